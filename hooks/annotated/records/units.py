"""What is translated, in units: a section of a page, a text of a record; each with a lasting name.

A unit is known by its content: whether a translation was made from the original as it is now is
asked of a hash, never of a clock.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from pydantic import BaseModel

from annotated.records.load import Located, Site
from annotated.records.models import Text
from annotated.records.order import ranges
from annotated.records.pages import Page
from annotated.records.problems import Place

#: So many digits of a hash tell thousands of texts apart, and stand on a line with their name.
_DIGITS = 12
#: What the front matter says to readers.
_SAID = ("title", "description")


@dataclass(frozen=True)
class Unit:
    """A text with its name, like ``brewing.md#kinds`` or ``claims/c-001/now``, and its place."""

    name: str
    text: str
    place: Place

    @property
    def digest(self) -> str:
        """What tells this text from any other; how its lines are broken does not count."""
        return hashlib.sha256(" ".join(self.text.split()).encode()).hexdigest()[:_DIGITS]


@dataclass(frozen=True)
class RecordText:
    """A text of a record, in every language that it has."""

    name: str
    text: Text
    place: Place


def sections_of(page: Page) -> Iterator[Unit]:
    """The units of a page: what its front matter says, then section by section, by heading id."""
    if page.meta:
        said = [str(page.meta.value.get(key, "")) for key in _SAID]
        yield Unit(f"{page.path}:front", "\n".join(said), Place(page.file))
    lines = page.text.split("\n")
    starts = [(h.place.line, h.id or "") for h in page.headings if h.level > 1 and h.id]
    starts = [(page.body_line, ""), *starts]
    for number, (line, name) in enumerate(starts):
        end = starts[number + 1][0] if number + 1 < len(starts) else len(lines) + 1
        text = "\n".join(lines[line - 1 : end - 1])
        yield Unit(f"{page.path}#{name}" if name else page.path, text, Place(page.file, line))


def section_at(page: Page, place: Place) -> str:
    """The id of the heading under which something stands; empty above the first."""
    above = [h.id for h in page.headings if h.level > 1 and h.id and h.place <= place]
    return (above[-1] or "") if above else ""


def record_texts(site: Site) -> list[RecordText]:
    """Every text of the records of a site, each with its name; looked for once: many rules ask."""
    if site.texts is None:
        site.texts = list(_record_texts(site))
    return site.texts


def _record_texts(site: Site) -> Iterator[RecordText]:
    for kind, value in vars(site).items():
        for located in _located(value):
            own = getattr(located.value, "id", "") or PurePosixPath(located.document.file).stem
            for name, path, text in _texts(located.value):
                yield RecordText("/".join((kind, own, *name)), text, located.at(*path))


def _located(value: Any) -> Iterator[Located[Any]]:
    """The records in what a site holds: one, some by id, or some with what belongs to them."""
    if isinstance(value, Located):
        yield value
    elif isinstance(value, dict):
        yield from (one for one in value.values() if isinstance(one, Located))
    elif isinstance(value, list):
        for one in value:
            yield from _located(one[0] if isinstance(one, tuple) else one)


_Found = tuple[tuple[str, ...], tuple[str | int, ...], Text]


def _texts(value: Any) -> Iterator[_Found]:
    """The texts in a value: by names that stay, and by paths that are where they stand."""
    if isinstance(value, Text):
        yield (), (), value
    elif isinstance(value, BaseModel):
        for field in type(value).model_fields:
            yield from _below(field, field, getattr(value, field))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _below(str(key), key, item)
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            lines = getattr(item, "lines", None)
            own = getattr(item, "id", None) or (",".join(ranges(lines)) if lines else str(index))
            yield from _below(str(own), index, item)


def _below(name: str, step: str | int, value: Any) -> Iterator[_Found]:
    for names, path, text in _texts(value):
        yield (name, *names), (step, *path), text
