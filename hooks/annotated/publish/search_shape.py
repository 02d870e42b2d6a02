"""The shape of the two indexes: what the build writes and the engine reads.

``overrides/assets/search/shape.js`` is the other half: the same names, as types that a checker
compares with their uses. A change of the shape, or of what a value means, takes a new number in
both. Texts of many stand as one, parted by ``|``, and like stands beside like: both compress best.
"""

from __future__ import annotations

from dataclasses import dataclass, field

#: The numbers of the shapes: the engine refuses an index of another.
CONCEPTS_FORMAT = 4
TEXTS_FORMAT = 2


@dataclass(frozen=True)
class Pages:
    """All pages, numbered from 0 in this order, which is that of their entries, too."""

    locations: str
    titles: str
    kinds: str
    names: str
    """Other names of each page: a line a page."""


@dataclass(frozen=True)
class Parts:
    """Sections, claims and drawings, numbered on from the pages."""

    pages: list[int]
    kinds: str
    """A digit each: 0 a section, 1 a claim, 2 a drawing."""
    at: str
    """The fragments; "" stands for the one that the title makes."""
    titles: str
    texts: str
    """What is shown of each, and searched."""


@dataclass(frozen=True)
class Tables:
    """Tables by their pages; their rows are numbered on from the parts."""

    pages: list[int]
    starts: str
    """What the fragments of a table's rows begin with."""
    titles: str
    columns: str
    """The words that name its columns: a line a table."""
    rows: str
    """The names of its rows: a line a table."""
    ends: str
    """The rest of their fragments; "" stands for the one that the name makes."""


@dataclass(frozen=True)
class Concepts:
    """The terms of the glossary, and the failures after them, numbered on from the rows."""

    at: list[int | list[int | str]]
    """Where each is taught: the number of an entry, or of a page with a fragment."""
    terms: str
    texts: str
    misspellings: str
    """A line a concept."""
    names: dict[str, str]
    """By language: a line a concept."""
    questions: list[int]
    """How many each has; their words stand in the word lists, in this order."""
    messages: list[int]
    """The last so many are failures: how many messages each has beside its own name. They come
    first among its names, and are found in a longer text that is pasted, too."""


@dataclass(frozen=True)
class WordList:
    """Words in order, each with the numbers of the texts and of the questions that have it.

    See ``search_pack.word_list`` for how they are written.
    """

    words: str
    texts: str
    questions: str


@dataclass(frozen=True)
class ConceptsIndex:
    """The first index: what names things, and where telling words stand."""

    language: str
    sentences: dict[str, str]
    """What the search says: `nothing`, `partly`, `closest`, `advice`; and `home`, a page."""
    helps: dict[str, str]
    """What the engine knows of the languages: see ``search_words``; a line a group."""
    pages: Pages
    parts: Parts
    tables: Tables
    concepts: Concepts
    latin: WordList
    hangul: WordList
    format: int = field(default=CONCEPTS_FORMAT)


@dataclass(frozen=True)
class TextsIndex:
    """The second index: all that can be read, in places of pages."""

    texts: str
    """A line each, in the order in which the places first have them."""
    pages: list[int]
    """The page of each place."""
    fragments: str
    titles: str
    """Only headings have one; other places show that of the heading before them."""
    new: list[int]
    """How many texts a place is the first to have."""
    shared: str
    """The numbers of its other texts, each as the step from the last."""
    format: int = field(default=TEXTS_FORMAT)
