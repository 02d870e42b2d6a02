"""Texts that stand in another language as they stand in the first: copied, and never translated.

A reading says that somebody compared two texts, or took down all that is new at once; it does not
see that both are the same. Names and code are the same in every language, so only what else a text
says counts, and only from a length on at which two languages hardly ever agree.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from annotated.records.grammar import CODE_SPAN, UNREAD
from annotated.records.load import Site
from annotated.records.pages import Page
from annotated.records.problems import Place, Problem, quoted
from annotated.records.readings import meant_alike
from annotated.records.units import Unit, record_texts, sections_of

#: As much as a text must say beside names and code before it counts, in columns (a letter of East
#: Asia takes two): three or four words of English. Most of what two languages spell alike by
#: chance, or as a term, has fewer.
LEAST = 16
#: What says nothing in any language: code, what nobody reads, addresses.
_NO_PROSE = re.compile(
    rf"{CODE_SPAN.pattern}|{UNREAD.pattern}|\b[a-z][a-z0-9+.-]*://\S+", re.DOTALL
)
_WORD = re.compile(r"[^\W\d_]+")
#: Where a paragraph, an item of a list, a row of a table or a callout begins, or a heading ends.
_BLOCK = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*+|]|\d+\.|!!!|\?\?\?))|(?<=[^\s{]})\n")
#: Names begin with a capital, where letters have them; so do sentences, for a word.
_CAPITALS = ("Lu", "Lt")
#: Where a diagram says what it is: in words, whatever its kind.
_SAID = re.compile(r"^[ \t]*acc(?:Title|Descr)[ \t]*(?::(.*)|\{([^}]*)\})", re.MULTILINE)


def untranslated(first: Site, other: Site) -> Iterator[Problem]:
    """Say which texts of an edition are those of the first, word for word."""
    for unit, copied, place in copies(first, other):
        if unit.digest in other.readings.read.get(meant_alike(unit.name), ()):
            continue
        where = f"{unit.place.file}:{unit.place.line}"
        yield Problem(
            place,
            "edition-untranslated",
            f"'{unit.name}' is not translated: it says {quoted(' '.join(copied.split()))}, word "
            f"for word as {where}; translate it, or if that is meant, run 'python hooks/cli.py "
            f"reread --alike {unit.name}'",
        )


def copies(first: Site, other: Site) -> Iterator[tuple[Unit, str, Place]]:
    """Each text of the first edition that the other has word for word: which part, and where."""
    for unit, text, place in _in_both(first, other):
        if copied := _copied(unit.text, text):
            yield unit, copied, place


def _in_both(first: Site, other: Site) -> Iterator[tuple[Unit, str, Place]]:
    """Each text of the first edition that the other has, too, what that says, and where."""
    for path, page in sorted(other.pages.items()):
        original = first.pages.get(path)
        if original is None or page.file == original.file:
            continue
        there = {unit.name: unit for unit in _units(page)}
        for unit in _units(original):
            if (its := there.get(unit.name)) is not None:
                yield unit, its.text, its.place
    for name, (said, place) in first.said.items():
        if name in other.said:
            yield Unit(name, said, place), *other.said[name]
    for each in record_texts(first):
        text, its_text = (each.text.root.get(site.language) for site in (first, other))
        if text and its_text:
            yield Unit(each.name, text, each.place), its_text, each.place


def _units(page: Page) -> Iterator[Unit]:
    """The sections of a page without its code, and what its diagrams are called."""
    for unit in sections_of(replace(page, text=page.without_fences())):
        front = unit.name.endswith(":front")  # title and description are two texts
        yield replace(unit, text=unit.text.replace("\n", "\n\n")) if front else unit
    diagrams = (fence for fence in page.fences if fence.language == "mermaid")
    for number, fence in enumerate(diagrams, 1):
        said = "\n\n".join(one or more for one, more in _SAID.findall(fence.text))
        yield Unit(f"{page.path}:diagram-{number}", said, fence.place)


def prose(text: str) -> tuple[str, ...]:
    """The words of a text that are no names and no code.

    >>> prose("Run `make test` in [Tea House](tea.md), then wait.[^c-001]")
    ('in', 'then', 'wait')
    """
    words = _WORD.findall(_NO_PROSE.sub(" ", text))
    return tuple(word for word in words if unicodedata.category(word[0]) not in _CAPITALS)


def _length(words: tuple[str, ...]) -> int:
    letters = "".join(words)
    return len(letters) + sum(unicodedata.east_asian_width(letter) in "WF" for letter in letters)


def _copied(original: str, text: str) -> str:
    """The first part of a text that stands in its original, and says enough; else nothing."""
    there = {prose(block) for block in _BLOCK.split(original)}
    for block in _BLOCK.split(text):
        words = prose(block)
        if words in there and _length(words) >= LEAST:
            return block
    return ""
