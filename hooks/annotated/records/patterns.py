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
#: So many are asked of one process: to start it takes longer than to ask it for a hundred.
_AT_ONCE = 500
#: So many answers are kept: those to what has not changed.
_KEPT = 256

Found = list[tuple[int, str]]


class PatternError(Exception):
    """A pattern that does not end in time, as a sentence.

    `pattern` is as its author wrote it, `text` what it was sought in.
    """

    def __init__(self, pattern: str, why: str, text: str = "") -> None:
        super().__init__(f"the pattern '{pattern}' {why}")
        self.pattern = pattern
        self.text = text


def found(asked: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Found]:
    """Return for each pattern and text where it stands there, and what it has found.

    Raises:
        PatternError: one does not end.

    >>> found([("t[eo]a?", "tea to go")])
    {('t[eo]a?', 'tea to go'): [(0, 'tea'), (4, 'to')]}
    """
    told: dict[tuple[str, str], Found] = {}
    once = list(dict.fromkeys(asked))
    for start in range(0, len(once), _AT_ONCE):
        some = tuple(once[start : start + _AT_ONCE])
        told |= zip(some, _found(some), strict=True)
    return told


@lru_cache(_KEPT)
def _found(asked: tuple[tuple[str, str], ...]) -> tuple[Found, ...]:
    answers = _answers({"find": asked}, asked)
    return tuple([(start, text) for start, text in answer] for answer in answers)


def replaced(text: str, rules: Sequence[tuple[str, str]]) -> str:
    r"""Return `text` with what stands beside each pattern in its place, one after the other.

    Raises:
        PatternError: one does not end.

    >>> replaced("pot-7", [("pot-([0-9])", r"\1 pots"), ("pots", "cups")])
    '7 cups'
    """
    answers = _answers({"text": text, "replace": rules}, [(pattern, text) for pattern, _ in rules])
    return str(answers[-1]) if answers else text


def _answers(asked: dict[str, object], patterns: Sequence[tuple[str, str]]) -> list[Any]:
    """What the other process says of each of `patterns`, each with its text, in order."""
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
        pattern, text = patterns[len(answers)]
        raise PatternError(pattern, why, text)
    return answers
