"""What is wrong, where, and what would be right: one line for each problem."""

from __future__ import annotations

import difflib
import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

#: Characters that nobody sees, or that turn the order of what is seen: control characters, line
#: separators, marks of direction (Unicode's category Cf; https://www.unicode.org/reports/tr9/),
#: blank fillers, tags, and what stands where a character was lost. Joiners and variation
#: selectors belong to emoji and to scripts beyond ASCII: only there.
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
    "|(?<![^\x00-\x7f])[\u200c\u200d]|(?<![^\x00-\x7f])(?<![0-9#*])[\ufe00-\ufe0f]"
)
#: A quoted value longer than this tells no more.
_LONGEST_QUOTE = 60
#: The longest of our own sentences is shorter: what goes on is a value that somebody wrote.
_LONGEST_MESSAGE = 600
#: Among how many names, around where the word would stand, the nearest one is looked for:
#: comparing with every name would take minutes where thousands are missing.
_NEIGHBOURS = 200


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
    severity: str = "error"  # or "warning", which stops nothing

    def __str__(self) -> str:
        # A value quoted in the message may hold line breaks or what steers a terminal; the
        # problem stays one line that shows what it says.
        message = " ".join(self.message.split())
        if len(message) > _LONGEST_MESSAGE:
            message = message[:_LONGEST_MESSAGE] + "…"
        line = f"{self.place}: {self.severity}[{self.rule}] {message}"
        return UNSEEN.sub(lambda match: f"<U+{ord(match[0]):04X}>", line)


def nearest(found: str, known: Iterable[str]) -> str:
    """Return ``"; did you mean 'x'?"`` for the known name closest to `found`, else ``""``.

    >>> nearest("wrnog", ["wrong", "correct"])
    "; did you mean 'wrong'?"
    """
    if len(found) > _LONGEST_QUOTE:
        return ""
    names = sorted(known)
    if len(names) > _NEIGHBOURS:
        at = bisect_left(names, found)
        names = names[max(0, at - _NEIGHBOURS // 2) : at + _NEIGHBOURS // 2]
    match = difflib.get_close_matches(found, names, n=1, cutoff=0.6)
    return f"; did you mean '{match[0]}'?" if match else ""


def counted(number: int, what: str) -> str:
    """Return a number and what it counts, in English, as all messages are: the plural has an s.

    >>> counted(1, "page"), counted(2, "page"), counted(0, "page")
    ('1 page', '2 pages', '0 pages')
    """
    return f"{number} {what}" + ("" if number == 1 else "s")


def quoted(value: object) -> str:
    """Return `value` in quotes for a message, cut where it tells no more."""
    text = str(value)
    return f"'{text[:_LONGEST_QUOTE]}…'" if len(text) > _LONGEST_QUOTE else f"'{text}'"


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems sorted by place, each once."""
    return sorted(set(problems))
