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
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

from annotated.publish.search_words import LANGUAGE

ENGINE_PARTS = ("hangul", "sound", "words", "vocabulary", "library", "rank", "show", "worker")
ENGINE_FILES = tuple(f"{part}.js" for part in ENGINE_PARTS)

SECTION, CLAIM, ROW, DIAGRAM = range(4)

# How much of a section is shown under a result. All its words are found, shown or not.
SHOWN = 0

# Digits of the word list: printable ASCII that JSON does not escape.
DIGITS = "".join(chr(code) for code in range(35, 127) if chr(code) != "\\")
ONE_DIGIT = 70

# The keys of the two-set Korean keyboard, in the order of Unicode, as in `hangul.js`.
LEADS = "rRseEfaqQtTdwWczxvg"
VOWELS = "k o i O j p u P h hk ho hl y n nj np nl b m ml l".split(" ")
TAILS = " r R rt s sw sg e f fr fa fq ft fx fv fg a q qt t T d w c z x v g".split(" ")
MARK = "\x7f"

MIN_PLURAL = 4
EMPTY = frozenset(LANGUAGE["weak"])

BOOSTS = {"concept": 1.0, "compare": 0.9, "home": 0.7, "reference": 0.6}

_TAG = re.compile(r"<[^>]*>")
_SAMPLE = re.compile(r"<pre>.*?</pre>", re.DOTALL)
_BLOCK = re.compile(r"</?(?:p|li|ol|ul|pre|td|th|tr|br|h[1-6])\b[^>]*>")
_SPACE = re.compile(r"\s+")
_SYLLABLES = re.compile("[\uac00-\ud7a3]+")
_HANGUL = "\uac00-\ud7a3\u3131-\u3163"
_WORD = re.compile(rf"[{_HANGUL}]+|[^\W_{_HANGUL}]+")
_POSSESSIVE = re.compile(r"['\u2019]s\b")
_HUMP = re.compile(r"[a-z0-9][A-Z]")


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
    names: Mapping[str, Sequence[str]] | None = None,
) -> dict[str, Any]:
    """Return the index as plain values, ready for JSON.

    `kinds` tells a page's kind by its location: pages that only collect what stands
    elsewhere (`reference`) rank lower, and their sections' texts are left out. `names` gives
    other names of pages that no concept stands for: the glossary, the list of changes.
    """
    kinds, names = kinds or {}, names or {}
    places: dict[str, int] = {}
    pages: list[list[Any]] = []
    parts: list[list[Any]] = []
    texts: list[tuple[list[Any], str]] = []

    def place(location: str, what: str) -> list[Any]:
        page, _, fragment = location.partition("#")
        if page not in places:
            raise SearchIndexError(f"{what} points to {location}, which is not in the search index")
        return [places[page], fragment]

    def add(part: list[Any], text: str, shown: int) -> None:
        parts.append([*part, shorten(text, shown)])
        texts.append((parts[-1], text))

    for doc in docs:
        location, _, fragment = doc.location.partition("#")
        kind = kinds.get(location, "concept")
        text = "" if kind == "reference" and fragment else plain(doc.text)
        if location not in places:
            places[location] = len(pages)
            boost = BOOSTS.get(kind, 1.0)
            lede = "" if fragment else text
            also = "|".join(map(_no_ticks, names.get(location, ())))
            pages.append([location, plain(doc.title), kind, boost, shorten(lede, SHOWN), also])
            texts.append((pages[-1], lede))
        if fragment:
            add([places[location], fragment, SECTION, plain(doc.title)], text, SHOWN)
    for claim in claims:
        said = _no_ticks(claim.said)
        parts.append([*place(claim.location, claim.id), CLAIM, claim.title, said])
    for row in rows:
        title = _no_ticks(f"{row.table}: {row.row}")
        add([*place(row.location, title), ROW, title], _no_ticks(row.text), 0)
    for diagram in diagrams:
        text = ", ".join(dict.fromkeys(plain(label) for label in diagram.labels))
        add([*place(diagram.location, diagram.title), DIAGRAM, diagram.title], text, 0)
    known = list(concepts)
    order = sorted(range(len(parts)), key=lambda number: parts[number][0])
    where = {id(page): number for number, page in enumerate(pages)}
    where |= {id(parts[old]): len(pages) + new for new, old in enumerate(order)}
    index = {
        "pages": pages,
        "parts": [parts[number] for number in order],
        "concepts": _columns(
            [place(concept.location, concept.id) for concept in known],
            [_concept(concept, language) for concept in known],
        ),
        "words": word_list({where[id(item)]: text for item, text in texts}),
        "tongue": language,
        "language": LANGUAGE,
    }
    packed: dict[str, Any] = _packed(index)
    return packed


def _packed(value: Any) -> Any:
    """Write Hangul as the keys that type it, after a mark: shorter, and the engine knows them."""
    if isinstance(value, dict):
        return {key: _packed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_packed(item) for item in value]
    if isinstance(value, str):
        return _SYLLABLES.sub(lambda run: MARK + "".join(map(_keys, run[0])), value)
    return value


def _keys(syllable: str) -> str:
    number = ord(syllable) - ord("\uac00")
    return LEADS[number // 588] + VOWELS[number // 28 % 21] + TAILS[number % 28]


@dataclass(frozen=True)
class _Found:
    """What the engine needs of a concept: what it shows, and by which phrases it finds it."""

    term: str
    text: str
    names: dict[str, list[str]]
    misspellings: list[str]
    questions: dict[str, list[str]]


def _concept(concept: Concept, language: str) -> _Found:
    term = _no_ticks(concept.term.get(language) or concept.term["en"])
    seen = {_solid(term): term}
    names: dict[str, list[str]] = {}
    abbreviation = [concept.abbreviation] if concept.abbreviation else []
    for tongue in dict.fromkeys([*concept.term, *concept.aliases]):
        own = [concept.term[tongue]] if tongue in concept.term else []
        for name in [*own, *abbreviation, *concept.aliases.get(tongue, ())]:
            if _solid(name) not in seen:
                seen[_solid(name)] = _no_ticks(name)
                names.setdefault(tongue, []).append(_no_ticks(name))
    misspellings = {
        _solid(name): _no_ticks(name)
        for group in concept.misspellings.values()
        for name in group
        if not any(_near(name, right) for right in seen.values())
    }
    questions = {
        tongue: [" ".join(map(_stem, _words(question))) for question in group]
        for tongue, group in concept.questions.items()
    }
    text = _no_ticks(concept.definition.get(language) or concept.definition["en"])
    return _Found(term, text, names, list(misspellings.values()), questions)


def _columns(places: list[list[Any]], found: list[_Found]) -> dict[str, Any]:
    """The concepts as columns: like stands beside like, which compresses best."""
    tongues = dict.fromkeys(tongue for one in found for tongue in (*one.names, *one.questions))
    return {
        "places": places,
        "terms": [one.term for one in found],
        "texts": [one.text for one in found],
        "names": {key: ["|".join(one.names.get(key, ())) for one in found] for key in tongues},
        "misspellings": ["|".join(one.misspellings) for one in found],
        "questions": {
            key: ["|".join(one.questions.get(key, ())) for one in found] for key in tongues
        },
    }


def _words(question: str) -> list[str]:
    """The words of a text that say something."""
    return [word for word in _WORD.findall(_no_ticks(question)) if word.lower() not in EMPTY]


def _stem(word: str) -> str:
    """A Korean word without its longest ending, an English one in small letters."""
    if word.isascii():
        return word if _HUMP.search(word) else word.lower()
    endings = (ending for ending in LANGUAGE["endings"] if word.endswith(ending))
    longest = max(endings, key=len, default="")
    stem = word.removesuffix(longest)
    return stem if len(stem) > 1 else word


def _no_ticks(text: str) -> str:
    return text.replace("`", "").replace("|", " ")


def _solid(name: str) -> str:
    """A name without what the engine does not look at: spaces, hyphens, capitals."""
    return re.sub(r"[\W_]+", "", name).lower()


def _near(spelling: str, name: str) -> bool:
    """Whether the engine finds `name` from this spelling by itself: most letters are the same."""
    letters = [unicodedata.normalize("NFD", _solid(text)) for text in (spelling, name)]
    return SequenceMatcher(None, *letters, autojunk=False).ratio() >= 0.85


def shorten(text: str, most: int) -> str:
    """Return the beginning of a text, cut between words.

    >>> shorten("One two three", 9)
    'One two \u2026'
    """
    if len(text) <= most:
        return text
    return f"{text[:most].rsplit(' ', 1)[0]} \u2026" if most else ""


def word_list(texts: Mapping[int, str]) -> str:
    """Return the words of the texts, one a line, with the numbers of the texts that have it.

    Words that say nothing are left out, and plurals whose singular stands in the texts too.
    The numbers rise, so each is written as its distance from the one before: in one letter of
    `DIGITS` when it is small, else in two.
    """
    found: dict[str, set[int]] = {}
    for number, text in texts.items():
        for word in _WORD.findall(_POSSESSIVE.sub("", text)):
            spelling = word if _HUMP.search(word) else word.lower()
            if spelling not in EMPTY and not (spelling.isdigit() or len(spelling) == 1):
                found.setdefault(spelling, set()).add(number)
    for plural in [word for word in found if word.endswith("s") and len(word) > MIN_PLURAL]:
        if plural[:-1] in found:
            found[plural[:-1]] |= found.pop(plural)
    lines = []
    for word in sorted(found):
        steps = [after - before for before, after in pairwise([-1, *sorted(found[word])])]
        lines.append(f"{word} {''.join(map(_step, steps))}")
    return "\n".join(lines)


def _step(step: int) -> str:
    if step < ONE_DIGIT:
        return DIGITS[step]
    high, low = divmod(step - ONE_DIGIT, len(DIGITS))
    if high >= len(DIGITS) - ONE_DIGIT:
        raise SearchIndexError(f"the search index has too many parts to count ({step})")
    return DIGITS[ONE_DIGIT + high] + DIGITS[low]


def plain(markup: str) -> str:
    """Return the words of some HTML, without tags, entities, samples of code and runs of spaces.

    >>> plain("<p>A <code>task</code> &amp; its role</p><p>End</p>")
    'A task & its role End'
    """
    text = _TAG.sub("", _BLOCK.sub(" ", _SAMPLE.sub(" ", markup)))
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
