"""The search engine of a built site, run by Node: what it answers, without a browser."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from node import node

from tests.search.box import Answer

HARNESS = Path(__file__).with_name("engine.mjs")


def ask(site: Path, queries: Sequence[str]) -> list[Answer]:
    """Return the answer to each query, once both indexes are loaded."""
    done = subprocess.run(
        [node(), str(HARNESS), str(site)],
        input=json.dumps(queries), capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    if done.returncode or done.stderr:
        raise RuntimeError(done.stderr)
    return [
        Answer([list(map(_link, group)) for group in answer["items"]], "")
        for answer in json.loads(done.stdout)
    ]


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
