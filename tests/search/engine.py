"""The search engine of a built site, run by Node: what it answers, without a browser."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from node import node

from tests.search.box import Answer

Ask = Callable[[Sequence[str]], list[Answer]]

HARNESS = Path(__file__).with_name("engine.mjs")


@contextmanager
def engine(site: Path) -> Iterator[Ask]:
    """Start the engine of a site with both indexes loaded; yields what answers each of a list.

    Raises:
        RuntimeError: it stumbled, or said anything.
    """
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as said,
        subprocess.Popen(
            [node(), str(HARNESS), str(site)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said, encoding="utf-8",
        ) as process,
    ):  # fmt: skip
        questions, answers = process.stdin, process.stdout
        assert questions
        assert answers

        def asked(queries: Sequence[str]) -> list[Answer]:
            questions.write(json.dumps(queries) + "\n")
            questions.flush()
            return [
                Answer([list(map(_link, group)) for group in answer["items"]], "")
                for answer in json.loads(answers.readline())
            ]

        try:
            yield asked
        finally:
            process.communicate()
            said.seek(0)
            words = said.read()
            if process.returncode or words:
                raise RuntimeError(words)


def ask(site: Path, queries: Sequence[str]) -> list[Answer]:
    """Return the answer of a site's engine to each query."""
    with engine(site) as asked:
        return asked(queries)


def _link(item: dict[str, Any]) -> dict[str, Any]:
    return {**item, "note": "search-note" in item["title"]}


def call(script: Path, calls: Sequence[Sequence[Any]]) -> list[Any]:
    """Call functions of an engine's script, each a name with its arguments; return the values."""
    done = subprocess.run(
        [node(), str(HARNESS.with_name("parts.mjs")), str(script)],
        input=json.dumps(calls), capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr)
    answers: list[Any] = json.loads(done.stdout)
    return answers
