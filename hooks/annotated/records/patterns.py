"""Patterns that an author wrote, applied within a time.

Some take for ever on a short text, and nothing stops one in the process that applies it: they are
applied in another, `matching`, which is ended when its time is over.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from annotated.records import matching

#: Seconds for all that is asked at once, on a busy machine: milliseconds will do.
PATIENCE = 10.0
#: So many answers are kept: those of the pages that have not changed.
_KEPT = 256

Found = list[tuple[int, str]]


class PatternError(Exception):
    """A pattern that does not end in time, as a sentence; `pattern` is as its author wrote it."""

    def __init__(self, pattern: str, why: str) -> None:
        super().__init__(f"the pattern '{pattern}' {why}")
        self.pattern = pattern


def found(asked: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Found]:
    """Return for each pattern and text where it stands there, and what it has found.

    Raises:
        PatternError: one does not end.

    >>> found([("t[eo]a?", "tea to go")])
    {('t[eo]a?', 'tea to go'): [(0, 'tea'), (4, 'to')]}
    """
    return dict(zip(asked, _found(tuple(asked)), strict=True))


@lru_cache(_KEPT)
def _found(asked: tuple[tuple[str, str], ...]) -> tuple[Found, ...]:
    answers = _answers({"find": asked}, [pattern for pattern, _ in asked])
    return tuple([(start, text) for start, text in answer] for answer in answers)


def replaced(text: str, rules: Sequence[tuple[str, str]]) -> str:
    r"""Return `text` with what stands beside each pattern in its place, one after the other.

    Raises:
        PatternError: one does not end.

    >>> replaced("pot-7", [("pot-([0-9])", r"\1 pots"), ("pots", "cups")])
    '7 cups'
    """
    answers = _answers({"text": text, "replace": rules}, [pattern for pattern, _ in rules])
    return str(answers[-1]) if answers else text


def _answers(asked: dict[str, object], patterns: Sequence[str]) -> list[Any]:
    """What the other process says of each of `patterns`, in order."""
    if not patterns:
        return []
    command = [sys.executable, "-I", "-S", str(Path(matching.__file__))]
    try:
        done = subprocess.run(
            command, input=json.dumps(asked).encode(), capture_output=True,
            timeout=PATIENCE, check=False,
        )  # fmt: skip
        said, why = done.stdout, "cannot be applied"
    except subprocess.TimeoutExpired as error:
        said, why = error.stdout or b"", f"takes longer than {PATIENCE:g} seconds"
    answers = [json.loads(line) for line in said.split(b"\n")[:-1]]
    if len(answers) < len(patterns):
        raise PatternError(patterns[len(answers)], why)
    return answers
