"""Which text something was read against that was written from it: a line a reading.

``data/translated/<language>.txt`` holds those of translations, ``data/practice/read.txt`` those of
questions, which rest on other records: a hash and the name of a unit on each line, in order. A
line says that somebody has read it against the original of that content; so two branches may
both add lines, and git may keep those of both (``merge=union`` in ``.gitattributes``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from annotated.records.problems import Place, Problem, quoted
from annotated.records.texts import read_text

#: Where it is kept what the questions of practice were read against.
PRACTICE = "data/practice/read.txt"
_LINE = re.compile(r"([0-9a-f]{12}) (\S.*)")
_HEAD = (
    "# Which original each text was last read against, by its content.\n"
    "# Written by `python hooks/cli.py reread`; when branches meet, keep the lines of both.\n"
)


@dataclass(frozen=True)
class Readings:
    """The hashes of the originals that each unit was read against, by its name."""

    file: str = ""
    read: Mapping[str, frozenset[str]] = field(default_factory=dict)


def of_translations(language: str) -> str:
    """Where the readings of an edition beside the first are kept."""
    return f"data/translated/{language}.txt"


def meant_alike(name: str) -> str:
    """The name under which it is kept that a translation says a text word for word, on purpose."""
    return f"alike:{name}"


def load_readings(root: Path, name: str) -> tuple[Readings, list[Problem]]:
    """Read a file of readings; there may be none yet."""
    if not (root / name).exists():
        return Readings(name), []
    text, problems = read_text(name, root / name)
    read: dict[str, frozenset[str]] = {}
    for number, line in enumerate((text or "").splitlines(), start=1):
        found = _LINE.fullmatch(line.strip())
        if found:
            read[found[2]] = read.get(found[2], frozenset()) | {found[1]}
        elif line.strip() and not line.startswith("#"):
            message = f"found {quoted(line)}, expected a hash and the name of a text"
            problems.append(Problem(Place(name, number), "reading", message))
    return Readings(name, read), problems


def written(readings: Iterable[tuple[str, str]]) -> str:
    """Return the file of readings, each a name and a hash."""
    return _HEAD + "".join(f"{digest} {name}\n" for name, digest in sorted(set(readings)))


def lines_of(readings: Readings) -> Iterator[tuple[str, str]]:
    """The readings as name and hash."""
    for name, digests in readings.read.items():
        for digest in digests:
            yield name, digest
