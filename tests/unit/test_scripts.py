"""Plain functions of scripts, tested in Node; the worker's with a pack that Python has made."""

from __future__ import annotations

import base64
import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from node import node

from annotated.publish.packs import packed
from annotated.records.choosing import Way, next_question, ruled_out, start, steering
from annotated.records.located import read_yaml
from annotated.records.models import Decision
from tests.conftest import ROOT


def test_the_workers_plain_functions_do_what_they_say() -> None:
    files = {"a.html": "머리글" * 3000, "b.css": "b{}", "c.html": "글" * 6000}
    content = packed({path: text.encode() for path, text in files.items()})
    given = {"pack": base64.b64encode(content).decode(), "files": files}
    passes("places.test.js", PACK=json.dumps(given))


def test_an_index_is_waited_for_as_long_as_it_comes() -> None:
    passes("index.test.js")


def test_an_excerpt_holds_what_was_found_and_a_text_that_fits_is_whole() -> None:
    passes("excerpt.test.js")


def test_views_of_tables_do_what_they_say() -> None:
    passes("tables.test.js")


@pytest.mark.parametrize("script", ["answers", "edge", "kept", "start", "worker"])
def test_what_waits_for_a_network_or_a_cache_asks_again_and_says_the_truth(script: str) -> None:
    """The edge of the search, the service worker, and what a page says of its copy."""
    passes(f"{script}.test.js")


def test_scripts_of_a_page_do_what_they_say() -> None:
    passes("page.test.js")


def test_a_decision_is_walked_in_a_page_as_in_the_build() -> None:
    """Of the site and of the starter: each way leads the script to where it led the build."""
    files = sorted((ROOT / "data/decisions").glob("*.yml"))
    files += sorted((ROOT / "starter/data/decisions").glob("*.yml"))
    passes("choose.test.js", WAYS=json.dumps({"decisions": [walked(file) for file in files]}))


def walked(file: Path) -> dict[str, object]:
    document, _ = read_yaml(file.name, file.read_text(encoding="utf-8"))
    assert document
    decision = Decision.model_validate(document.value)
    return {
        "id": decision.id,
        "candidates": [candidate.id for candidate in decision.candidates],
        "questions": [
            {
                "id": question.id,
                "when": question.when,
                "answers": [
                    {"id": answer.id, "out": sorted(ruled_out(answer))}
                    for answer in question.answers
                ],
            }
            for question in decision.questions
        ],
        "ways": [{"given": way.given, "left": way.left} for way in every_way(decision)],
    }


def every_way(decision: Decision) -> Iterator[Way]:
    """All ways to an end, those that meet again as well."""
    steers, ways = steering(decision), [start(decision)]
    for way in ways:
        question = next_question(decision, way, steers)
        if question is None:
            yield way
        else:
            ways += [way.answered(question, answer) for answer in question.answers]


def passes(name: str, **variables: str) -> None:
    done = subprocess.run(
        [node(), "--test", str(Path(__file__).with_name(name))],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **variables},
    )
    assert done.returncode == 0, done.stdout + done.stderr
