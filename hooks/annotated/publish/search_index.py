"""The index that the search engine reads: pages, their parts, and concepts, in one compact value.

The engine (``overrides/assets/search``) knows no words of any language and nothing of the
subject. What it needs stands in the index: texts, names, and the language helps of
``search_words``. It is fetched at the first query, so its size counts; texts that a reader
finds elsewhere in the index are left out.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from annotated.publish.search_words import LANGUAGE

ENGINE_PARTS = ("hangul", "sound", "words", "vocabulary", "library", "rank", "show", "worker")
ENGINE_FILES = tuple(f"{part}.js" for part in ENGINE_PARTS)

SECTION, CLAIM, ROW, DIAGRAM = range(4)

BOOSTS = {"concept": 1.0, "compare": 0.9, "home": 0.7, "reference": 0.6}

_TAG = re.compile(r"<[^>]*>")
_BLOCK = re.compile(r"</?(?:p|li|ol|ul|pre|td|th|tr|br|h[1-6])\b[^>]*>")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Doc:
    """An entry of MkDocs' own search index: a page, or a section of one (with ``#``)."""

    location: str
    title: str
    text: str


@dataclass(frozen=True)
class Concept:
    """A term of the glossary; `location` is the page and heading that teaches it."""

    id: str
    term: Mapping[str, str]
    location: str
    definition: Mapping[str, str]
    abbreviation: str | None = None
    aliases: Mapping[str, Sequence[str]] = field(default_factory=dict)
    misspellings: Mapping[str, Sequence[str]] = field(default_factory=dict)
    questions: Mapping[str, Sequence[str]] = field(default_factory=dict)


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


class SearchIndexError(ValueError):
    """Something in the index points to a page that does not exist."""


def search_index(
    docs: Iterable[Doc],
    concepts: Iterable[Concept] = (),
    claims: Iterable[ClaimText] = (),
    rows: Iterable[RowText] = (),
    diagrams: Iterable[DiagramText] = (),
    *,
    language: str = "en",
    kinds: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return the index as plain values, ready for JSON.

    `kinds` tells a page's kind by its location: pages that only collect what stands
    elsewhere (`reference`) rank lower, and their sections' texts are left out.
    """
    kinds = kinds or {}
    places: dict[str, int] = {}
    pages: list[list[Any]] = []
    parts: list[list[Any]] = []
    for doc in docs:
        location, _, fragment = doc.location.partition("#")
        kind = kinds.get(location, "concept")
        text = "" if kind == "reference" and fragment else plain(doc.text)
        if location not in places:
            places[location] = len(pages)
            pages.append(
                [location, plain(doc.title), kind, BOOSTS.get(kind, 1.0), "" if fragment else text]
            )
        if fragment:
            parts.append([places[location], fragment, SECTION, plain(doc.title), text])

    def place(location: str, what: str) -> list[Any]:
        page, _, fragment = location.partition("#")
        if page not in places:
            raise SearchIndexError(f"{what} points to {location}, which is not in the search index")
        return [places[page], fragment]

    for claim in claims:
        text = " \u2192 ".join(part for part in (claim.said, claim.now) if part)
        parts.append([*place(claim.location, claim.id), CLAIM, claim.title, _no_ticks(text)])
    for row in rows:
        title = f"{row.table}: {row.row}"
        parts.append([*place(row.location, title), ROW, _no_ticks(title), _no_ticks(row.text)])
    for diagram in diagrams:
        text = ", ".join(dict.fromkeys(plain(label) for label in diagram.labels))
        parts.append([*place(diagram.location, diagram.title), DIAGRAM, diagram.title, text])
    return {
        "pages": pages,
        "parts": parts,
        "concepts": [
            [*place(concept.location, concept.id), *_concept(concept, language)]
            for concept in concepts
        ],
        "language": LANGUAGE,
    }


def _concept(concept: Concept, language: str) -> list[Any]:
    term = concept.term.get(language) or concept.term["en"]
    names = [*concept.term.values()]
    if concept.abbreviation:
        names.append(concept.abbreviation)
    names += _all(concept.aliases)
    known = dict.fromkeys(_no_ticks(name) for name in names if name != term)
    definition = concept.definition.get(language) or concept.definition["en"]
    return [
        _no_ticks(term),
        _no_ticks(definition),
        list(known),
        _all(concept.misspellings),
        _all(concept.questions),
    ]


def _all(texts: Mapping[str, Sequence[str]]) -> list[str]:
    return [text for group in texts.values() for text in group]


def _no_ticks(text: str) -> str:
    return text.replace("`", "")


def plain(markup: str) -> str:
    """Return the words of some HTML, without tags, entities and runs of spaces.

    >>> plain("<p>A <code>task</code> &amp; its role</p><p>End</p>")
    'A task & its role End'
    """
    text = _TAG.sub("", _BLOCK.sub(" ", markup))
    return _SPACE.sub(" ", html.unescape(text)).strip()


def stub_index(config: Mapping[str, Any], words: Mapping[str, str], home: str) -> dict[str, Any]:
    """Return what Material loads with each page in place of its own index.

    `words` are the sentences of the search itself: `nothing` (with ``{query}``), `closest`
    (with ``{term}``), `advice`, `failed`, `retry`. They must be here, since the index may be
    the thing that fails to load. `home` is the page that "nothing found" leads to.
    """
    return {"config": {**config, "words": {**words, "home": home}}, "docs": []}


def engine_script(sources: Mapping[str, str]) -> str:
    """Join the engine's files into one classic script; it must be plain ASCII."""
    missing = [name for name in ENGINE_FILES if name not in sources]
    if missing:
        raise SearchIndexError(f"the search engine lacks {', '.join(missing)}")
    body = "\n".join(sources[name].strip() for name in ENGINE_FILES)
    script = f'(function () {{\n"use strict";\n{body}\n}})();\n'
    if not script.isascii():
        raise SearchIndexError("the search engine must be plain ASCII: write \\u escapes")
    return script


def index_files(index: Mapping[str, Any], stub: Mapping[str, Any]) -> dict[str, str]:
    """Return the files under ``search/``: each as JSON for http, as a script for a double click."""
    files = {}
    for name, variable, value in (
        ("concepts", "searchConcepts", index),
        ("search_index", "__index", stub),
    ):
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        files[f"search/{name}.json"] = text
        files[f"search/{name}.js"] = f"var {variable} = {text};\n"
    return files
