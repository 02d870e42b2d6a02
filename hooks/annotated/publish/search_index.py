"""The index that the search engine reads: pages, their parts, and concepts, in one compact value.

The engine (``overrides/assets/search``) knows no words of any language and nothing of the
subject. What it needs stands in the index: names, words, and the language helps of
``search_words``. It is fetched at the first query, so its size counts: the texts of pages are
not in it, only their words, and names that the engine finds by itself are left out.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import groupby

from annotated.publish.search_pack import (
    Text,
    compact_hangul,
    near,
    shared_start,
    solid,
    stem,
    telling,
    word_list,
    words_of,
)
from annotated.publish.search_shape import (
    Concepts,
    ConceptsIndex,
    Pages,
    Parts,
    Tables,
    TextsIndex,
)
from annotated.publish.search_texts import ReadPage
from annotated.publish.search_words import LANGUAGE, quiet_words
from annotated.records.urls import named_by

ENGINE_PARTS = (
    "tuning", "hangul", "sound", "words", "shape", "meanings", "split", "vocabulary", "library",
    "query", "rank", "texts", "show", "pasted", "worker",
)  # fmt: skip
ENGINE_FILES = tuple(f"{part}.js" for part in ENGINE_PARTS)

SECTION, CLAIM, DIAGRAM = range(3)

# A heading on this many pages is furniture ("What to read next"), no place to find something.
FURNITURE = 5

# Languages whose texts are in Hangul: others quote a word of it at most.
IN_HANGUL = frozenset({"ko"})

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


@dataclass(frozen=True)
class Doc:
    """A page up to its first section, or a section (with ``#``); the text is prose, no HTML."""

    location: str
    title: str
    text: str


@dataclass(frozen=True)
class Concept:
    """A term of the glossary, or a failure; `location` is the place that teaches it."""

    id: str
    term: Mapping[str, str]
    location: str
    definition: Mapping[str, str]
    abbreviation: str | None = None
    aliases: Mapping[str, Sequence[str]] = field(default_factory=dict)
    misspellings: Mapping[str, Sequence[str]] = field(default_factory=dict)
    questions: Mapping[str, Sequence[str]] = field(default_factory=dict)
    messages: Sequence[str] = ()  # of a failure, beside the first, which is its name


@dataclass(frozen=True)
class ClaimText:
    """A statement of the notes; `title` is what a reader sees, with line and verdict."""

    id: str
    location: str
    title: str
    said: str
    now: str = ""


@dataclass(frozen=True)
class RowText:
    """A row of a comparison, with its cells in words."""

    location: str
    table: str
    row: str
    text: str


@dataclass(frozen=True)
class DiagramText:
    """A diagram: its title, and the labels in it."""

    location: str
    title: str
    labels: Sequence[str]


def docs_of(page: ReadPage) -> list[Doc]:
    """Return what the first index has of a page: each section holds all up to the next heading."""
    parts: list[tuple[str, str, list[str]]] = []
    for place in page.places:
        if not parts or (place.fragment and place.title):
            parts.append((place.fragment, place.title, []))
        parts[-1][-1].extend(place.prose)
    return [
        Doc(f"{page.location}#{fragment}" if fragment else page.location, title, " ".join(words))
        for fragment, title, words in parts
    ]


class SearchIndexError(ValueError):
    """Something in the index points to a page that does not exist."""


@dataclass(frozen=True)
class _Part:
    """A place on a page that can be a result; `words` is what it is found by, beside its title."""

    page: int
    fragment: str
    kind: int
    title: str
    shown: str = ""
    words: str = ""


class _Pages:
    """The pages of the index, by number."""

    def __init__(self, docs: Sequence[Doc], kinds: Mapping[str, str]) -> None:
        whole = [doc for doc in docs if "#" not in doc.location]
        titles = {doc.location: doc.title for doc in reversed(whole)}
        self.locations = list(reversed(titles))
        self.titles = [titles[location] for location in self.locations]
        self.kinds = [kinds.get(location, "concept") for location in self.locations]
        self.numbers = {location: number for number, location in enumerate(self.locations)}

    def place(self, location: str, what: str) -> tuple[int, str]:
        """Return the number of a page, and the fragment on it; `what` leads there."""
        page, _, fragment = location.partition("#")
        if page not in self.numbers:
            raise SearchIndexError(f"{what} points to {location}, which is not in the search index")
        return self.numbers[page], fragment


def search_index(
    docs: Iterable[Doc],
    concepts: Iterable[Concept] = (),
    claims: Iterable[ClaimText] = (),
    rows: Iterable[RowText] = (),
    diagrams: Iterable[DiagramText] = (),
    failures: Iterable[Concept] = (),
    *,
    language: str = "en",
    kinds: Mapping[str, str] | None = None,
    names: Mapping[str, Sequence[str]] | None = None,
    sentences: Mapping[str, str] | None = None,
) -> ConceptsIndex:
    """Return the first index.

    `kinds` tells a page's kind by its location: pages that only collect what stands
    elsewhere (`reference`) rank lower, and their sections' words are left out. `names` gives
    other names of pages that no concept stands for: the glossary, the list of changes.
    `failures` are named by their messages; found in a longer text that is pasted, too.
    `sentences` are what the search itself says: `nothing` and `partly` (with ``{query}``),
    `closest` (with ``{term}``), `advice`; `home` is the page that "nothing found" leads to.

    Everything is counted through, pages first, then parts, rows and concepts: words and
    concepts point to those numbers.

    Raises:
        SearchIndexError: something leads to a page that is not there.
    """
    docs, failures = list(docs), list(failures)
    concepts = [*concepts, *failures]
    pages = _Pages(docs, kinds or {})
    ledes, sections = _sections(docs, pages)
    parts = sorted([*_claims(claims, pages), *sections, *_drawings(diagrams, pages)], key=_page)
    tables, cells = _tables(rows, pages)
    found = [_concept(concept, language) for concept in concepts]
    at = [_target(concept, pages, parts) for concept in concepts]
    said = _said(pages, parts, found, at)
    numbers = range(len(pages.locations))
    texts = [
        *(Text(ledes.get(page, ""), page, said[page]) for page in numbers),
        *(Text(part.words, part.page, said[n]) for n, part in enumerate(parts, len(numbers))),
        *cells,
    ]
    questions = [question for one in found for question in one.questions]
    named = _names(found) if language in IN_HANGUL else []
    latin, hangul = word_list(texts, questions, quiet_words(language), named)
    listed = [(names or {}).get(location, ()) for location in pages.locations]
    return compact_hangul(
        ConceptsIndex(
            language=language,
            sentences=dict(sentences or {}),
            helps={key: _lined(words) for key, words in LANGUAGE.items()},
            pages=Pages(
                locations=_joined(pages.locations),
                titles=_joined(pages.titles),
                kinds=_joined(pages.kinds),
                names=_lines([_no_ticks(name) for name in group] for group in listed),
            ),
            parts=_packed_parts(parts),
            tables=tables,
            concepts=_packed_concepts(
                found,
                at,
                [len(one.messages) for one in found[-len(failures) :]] if failures else [],
            ),
            latin=latin,
            hangul=hangul,
        )
    )


def _names(found: Iterable[_Found]) -> list[str]:
    return [name for one in found for group in ([one.term], *one.names.values()) for name in group]


def _page(part: _Part) -> int:
    return part.page


def _sections(docs: Sequence[Doc], pages: _Pages) -> tuple[dict[int, str], list[_Part]]:
    """The words before the first section of each page, and the sections."""
    furniture = Counter(doc.title for doc in docs if "#" in doc.location)
    ledes: dict[int, str] = {}
    sections = []
    for doc in docs:
        page, fragment = pages.place(doc.location, doc.title)
        words = "" if pages.kinds[page] == "reference" else doc.text
        if not fragment:
            ledes[page] = words
        elif furniture[doc.title] < FURNITURE:
            sections.append(_Part(page, fragment, SECTION, doc.title, words=words))
    return ledes, sections


def _claims(claims: Iterable[ClaimText], pages: _Pages) -> list[_Part]:
    return [
        _Part(*pages.place(claim.location, claim.id), CLAIM, claim.title, _no_ticks(claim.said))
        for claim in claims
    ]


def _drawings(diagrams: Iterable[DiagramText], pages: _Pages) -> list[_Part]:
    return [
        _Part(
            *pages.place(diagram.location, diagram.title),
            DIAGRAM,
            _no_ticks(diagram.title),
            words=" ".join(diagram.labels),
        )
        for diagram in diagrams
    ]


def _target(concept: Concept, pages: _Pages, parts: Sequence[_Part]) -> int | list[int | str]:
    """Where a concept is taught: the number of a section or a page, or a page and a fragment."""
    page, fragment = pages.place(concept.location, concept.id)
    if not fragment:
        return page
    first = len(pages.locations)
    for number, part in enumerate(parts, first):
        if (part.page, part.fragment, part.kind) == (page, fragment, SECTION):
            return number
    return [page, fragment]


def _said(
    pages: _Pages,
    parts: Sequence[_Part],
    found: Sequence[_Found],
    at: Sequence[int | list[int | str]],
) -> list[str]:
    """What is said of pages and parts by titles and concepts: their texts need not repeat it."""
    said = [*pages.titles, *(part.title for part in parts)]
    for place, one in zip(at, found, strict=True):
        number = place if isinstance(place, int) else int(place[0])
        said[number] += f" {one.term} {one.text}"
    return said


def _packed_parts(parts: Sequence[_Part]) -> Parts:
    return Parts(
        pages=[part.page for part in parts],
        kinds="".join(str(part.kind) for part in parts),
        at=_joined("" if part.fragment == slug(part.title) else part.fragment for part in parts),
        titles=_joined(part.title for part in parts),
        texts=_joined(part.shown for part in parts),
    )


def _joined(texts: Iterable[str]) -> str:
    """Texts as one, which compresses better than a list."""
    return "|".join(text.replace("|", " ") for text in texts)


def _lined(words: Sequence[str] | Sequence[Sequence[str]]) -> str:
    """Words as one text; groups of words, a line each."""
    return "\n".join(word if isinstance(word, str) else " ".join(word) for word in words)


def _lines(groups: Iterable[Iterable[str]]) -> str:
    """Groups of texts, a line each."""
    return "\n".join(map(_joined, groups))


def _tables(rows: Iterable[RowText], pages: _Pages) -> tuple[Tables, list[Text]]:
    """The tables with their rows, and the texts of the rows in the same order.

    Words that stand in every row name columns: they say nothing of a row.
    """
    placed = sorted(
        ((*pages.place(row.location, row.row), row) for row in rows),
        key=lambda item: (item[0], item[2].table),
    )
    tables, cells = [], []
    for (page, title), group in groupby(placed, key=lambda item: (item[0], item[2].table)):
        members = list(group)
        fragments = [fragment for _, fragment, _ in members]
        start = shared_start(min(fragments), max(fragments))
        names = [_no_ticks(row.row) for *_, row in members]
        ends = [fragment[len(start) :] for fragment in fragments]
        words = [words_of(_no_ticks(row.text)) for *_, row in members]
        columns = set.intersection(*map(set, words)) if len(words) > 1 else set()
        tables.append((page, start, _no_ticks(title), sorted(columns), names, ends))
        cells += [Text(" ".join(w for w in row if w not in columns), page) for row in words]
    packed = Tables(
        pages=[page for page, *_ in tables],
        starts=_joined(start for _, start, *_ in tables),
        titles=_joined(title for _, _, title, *_ in tables),
        columns=_lined([columns for *_, columns, _, _ in tables]),
        rows=_lines(names for *_, names, _ in tables),
        ends=_lines(
            ["" if end == slug(name) else end for name, end in zip(names, ends, strict=True)]
            for *_, names, ends in tables
        ),
    )
    return packed, cells


def slug(title: str) -> str:
    """Return the id that most titles have, which the engine makes itself.

    >>> slug("What it costs (a lot)")
    'what-it-costs-a-lot'
    """
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")


@dataclass(frozen=True)
class _Found:
    """What the engine needs of a concept: what it shows, and by which phrases it finds it."""

    term: str
    text: str
    names: dict[str, list[str]]
    misspellings: list[str]
    questions: list[str]
    messages: list[str]


def _concept(concept: Concept, language: str) -> _Found:
    term = _no_ticks(concept.term.get(language) or next(iter(concept.term.values())))
    seen = {solid(term): term}
    messages = [_no_ticks(message) for message in concept.messages if solid(message) not in seen]
    names = {language: list(messages)} if messages else {}
    seen |= {solid(message): message for message in messages}
    abbreviation = [concept.abbreviation] if concept.abbreviation else []
    for tongue in dict.fromkeys([*concept.term, *concept.aliases]):
        own = [concept.term[tongue]] if tongue in concept.term else []
        for name in [*own, *abbreviation, *concept.aliases.get(tongue, ())]:
            twin = solid(name) in seen or (
                len(name) >= 6 and any(near(name, known, 0.84) for known in seen.values())
            )
            if not twin:
                seen[solid(name)] = _no_ticks(name)
                names.setdefault(tongue, []).append(_no_ticks(name))
    misspellings = {
        solid(name): _no_ticks(name)
        for group in concept.misspellings.values()
        for name in group
        if not any(near(name, right) for right in seen.values())
    }
    text = _no_ticks(concept.definition.get(language) or next(iter(concept.definition.values())))
    known = {stem(word) for name in seen.values() for word in words_of(name)}
    questions = [one for group in concept.questions.values() for one in telling(group, known)]
    return _Found(term, text, names, list(misspellings.values()), questions, messages)


def _packed_concepts(
    found: Sequence[_Found], at: list[int | list[int | str]], messages: list[int]
) -> Concepts:
    tongues = dict.fromkeys(tongue for one in found for tongue in one.names)
    return Concepts(
        at=at,
        terms=_joined(one.term for one in found),
        texts=_joined(one.text for one in found),
        misspellings=_lines(one.misspellings for one in found),
        names={key: _lines(one.names.get(key, ()) for one in found) for key in tongues},
        questions=[len(one.questions) for one in found],
        messages=messages,
    )


def _no_ticks(text: str) -> str:
    return text.replace("`", "").replace("|", " ")


def engine_script(
    sources: Mapping[str, str],
    indexes: Mapping[str, str] | None = None,
    minify: Callable[[str], str] | None = None,
) -> str:
    """Join the engine's files into one classic script, which must be plain ASCII.

    Opened from a file, a script is read in the page's encoding: other letters stand as escapes,
    also where `minify` wrote them out. `indexes` are the paths of the indexes by their names,
    without an ending.
    """
    missing = [name for name in ENGINE_FILES if name not in sources]
    if missing:
        raise SearchIndexError(f"the search engine lacks {', '.join(missing)}")
    body = "\n".join(sources[name].strip() for name in ENGINE_FILES)
    for name, path in (indexes or {}).items():
        body = body.replace(f"%{name.upper()}%", path)
    script = f'(function () {{\n"use strict";\n{body}\n}})();\n'
    if not script.isascii():
        raise SearchIndexError("the search engine must be plain ASCII: write \\u escapes")
    if minify is None:
        return script
    return _NOT_ASCII.sub(lambda letter: f"\\u{ord(letter[0]):04x}", minify(script))


def index_files(name: str, index: ConceptsIndex | TextsIndex) -> tuple[str, dict[str, str]]:
    """Return an index as JSON, for http, and as a script, for a double click.

    Both are named by their content: a page of one release never reads the index of another.

    Returns:
        Their path without its ending, and the files.
    """
    text = json.dumps(asdict(index), ensure_ascii=False, separators=(",", ":"))
    path = f"search/{name}.{named_by(text)}"
    return path, {f"{path}.json": text, f"{path}.js": f"var searchIndex = {text};\n"}
