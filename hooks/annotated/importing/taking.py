"""What it takes to take notes over: what is wanted, what is known, what comes of it.

Values in, values out: what files become, by path, and what is said of it. The edge writes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from annotated.importing import writing
from annotated.importing.following import Known, fingerprint
from annotated.importing.outline import Line, Outline
from annotated.importing.reading import ImportStopError, Raw
from annotated.records.load import ORIGINALS, Located, Site
from annotated.records.models import Notes
from annotated.records.problems import counted
from annotated.records.wording import Words

NOTES, CLAIMS = "data/notes.yml", "data/claims"
#: Hashes of the lines, by which they are found again; and the lines themselves, if they are shown.
KNOWN, TEXT = "data/notes.lines.json", f"data/{ORIGINALS}"
#: Lists of a report that are longer tell no more.
MOST_SHOWN = 20
#: As much of a line as a report shows.
_EXCERPT = 60


@dataclass(frozen=True)
class Wanted:
    """What the author says; empty where it shall be guessed."""

    title: str = ""
    author: str = ""
    language: str = ""
    written: str = ""
    show: bool = False


@dataclass(frozen=True)
class Taken:
    """What files become (None: they go), and the lines of the report."""

    files: Mapping[str, str | None]
    report: Sequence[str]
    title: str = ""


@dataclass(frozen=True)
class Setting:
    """What is known beside the notes.

    Args:
        words: of the site's own language.
        today: the day of the import.
        file_date: when the file was last changed.
        user: who keeps the repository; empty if nobody knows.
        name: the file's name without its ending.
    """

    words: Words
    today: date
    file_date: date
    user: str
    name: str


def kept(raw: Raw, following: int, *, show: bool) -> dict[str, str | None]:
    """Return what the next import needs, and the notes themselves if they are shown.

    Args:
        raw: the notes.
        following: the number of the next claim, which no claim has ever had.
        show: whether readers see the notes.
    """
    known = Known(tuple(fingerprint(line) for line in raw.lines), following)
    text = "\n".join(raw.lines) + "\n" if show else None
    return {KNOWN: known.to_json(), TEXT: text}


def asides_of(
    outline: Outline, words: Words, numbers: Iterable[int]
) -> list[tuple[str, list[int]]]:
    """Reasons and lines of what states nothing; a heading stands alone, the rest together."""
    together: dict[str, list[int]] = {}
    for number in numbers:
        line = outline.lines[number - 1]
        if line.kind != "claim":
            together.setdefault(_reason(line, words), []).append(number)
    return sorted(together.items(), key=lambda item: item[1])


#: What is said of each kind of line that states nothing: a key of the interface words.
_REASONS = {
    "heading": "aside-heading",
    "title": "aside-title",
    "date": "aside-date",
    "author": "aside-author",
    "blank": "aside-blank",
    "rule": "aside-rule",
    "code": "aside-code",
    "picture": "aside-picture",
    "address": "aside-address",
    "comment": "aside-comment",
    "meta": "aside-meta",
    "todo": "aside-todo",
}


def _reason(line: Line, words: Words) -> str:
    key = _REASONS[line.kind] if line.sure else "aside-heading-guess"
    return words(key, text=writing.fit(line.text) if line.text else "")


def progress(lines: int, asides: int, judged: int) -> str:
    """Say how far the work is: lines that need no more, of all."""
    done = f"{asides + judged} of {counted(lines, 'line')}"
    return f"{done}: {counted(asides, 'aside')}, {judged} with a verdict"


def notes_of(site: Site) -> Located[Notes]:
    """Return the record of the notes.

    Raises:
        ImportStopError: there is none.
    """
    if site.notes is None:
        raise ImportStopError(f"there is no {NOTES}")
    return site.notes


def excerpt(text: str) -> str:
    """Return the beginning of a text in quotes."""
    return f"'{text[:_EXCERPT]}…'" if len(text) > _EXCERPT else f"'{text}'"
