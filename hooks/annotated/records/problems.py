"""What is wrong, where, and what would be right: one line for each problem."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Place(NamedTuple):
    """A position in a file: path relative to the project, line and column counted from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True)
class Problem:
    """One defect: ``rule`` is a kebab-case name, ``message`` says what was found and expected."""

    place: Place
    rule: str
    message: str

    def __str__(self) -> str:
        # A value quoted in the message may hold line breaks; the problem stays one line.
        return f"{self.place}: error[{self.rule}] {' '.join(self.message.split())}"


def nearest(found: str, known: Iterable[str]) -> str:
    """Return ``"; did you mean 'x'?"`` for the known name closest to `found`, else ``""``."""
    match = difflib.get_close_matches(found, sorted(known), n=1, cutoff=0.6)
    return f"; did you mean '{match[0]}'?" if match else ""


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems sorted by place, each once."""
    return sorted(set(problems))
