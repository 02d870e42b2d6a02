"""Records as YAML, as an author would write them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from anyascii import anyascii
from pydantic import TypeAdapter, ValidationError

from annotated.importing.outline import Line, Outline
from annotated.records.models import MOST_LINES_OF_ONE, Prose
from annotated.records.order import ranges

#: As long as the name of a file may be.
_LONGEST_NAME = 40
#: Names that no file may have on Windows.
_DEVICES = re.compile(r"con|prn|aux|nul|(?:com|lpt)\d")
_PROSE = TypeAdapter(Prose)


@dataclass(frozen=True)
class Topic:
    """Statements below one heading; ``name`` is that of the file."""

    name: str
    title: str
    claims: tuple[int, ...]  # numbers of lines, from 1


def topics_of(outline: Outline, taken: Iterable[str] = ()) -> list[Topic]:
    """Part the statements by the headings above them.

    Where headings have levels, the highest ones part, and the deeper ones stand within.

    Args:
        outline: the notes.
        taken: names that files have already.
    """
    lines = outline.lines
    levels = [line.level for line in lines if line.kind == "heading" and line.level]
    top = min(levels, default=0)
    found: list[tuple[str, list[int]]] = [(outline.title.value, [])]
    for number, line in enumerate(lines, 1):
        if starts_topic(line, top):
            found.append((line.text, []))
        elif line.kind == "claim":
            found[-1][1].append(number)
    names = set(taken)
    topics = []
    for title, claims in found:
        if claims:
            name = free(slug(title), names)
            names.add(name)
            topics.append(Topic(name, title, tuple(claims)))
    return topics


def starts_topic(line: Line, top: int) -> bool:
    """Does a topic begin with `line`, where the highest headings have the level `top`?"""
    return line.kind == "heading" and (line.level == 0 or line.level <= top)


def free(name: str, taken: set[str]) -> str:
    """Return a name that no file has yet: this one, or with the first number that is free."""
    if name not in taken:
        return name
    return next(f"{name}-{n}" for n in range(2, len(taken) + 3) if f"{name}-{n}" not in taken)


def slug(text: str) -> str:
    """Return a name of a file for a heading in any script: small letters, digits, hyphens.

    >>> slug("컨테이너와 VM"), slug("Größe & Wert"), slug("…")
    ('keonteineowa-vm', 'grosse-wert', 'topic')
    """
    name = re.sub(r"[^a-z0-9]+", "-", anyascii(text).lower()).strip("-")
    if len(name) > _LONGEST_NAME:
        name = name[: _LONGEST_NAME + 1].rpartition("-")[0] or name[:_LONGEST_NAME]
    return f"topic-{name}" if _DEVICES.fullmatch(name) else name or "topic"


def claim_id(number: int) -> str:
    """Return the id of a claim: three digits, or more where they are needed."""
    return f"c-{number:03}"


def claim_text(id_: str, lines: Iterable[int], said: str, language: str) -> str:
    """Return a claim that nobody has checked yet."""
    return (
        f"id: {id_}\norigin: notes\nlines: {lines_text(lines)}\nverdict: open\n"
        f"said: {by_language({language: said})}\nhome: open"
    )


def schema_line(schemas: str, name: str) -> str:
    """Return the line that names a data file's schema to editors; `schemas` is their folder."""
    return f"# yaml-language-server: $schema={schemas}/{name}.schema.json\n"


def claims_file(topic: Topic, claims: Iterable[str], languages: Iterable[str]) -> str:
    """Return the file of a topic."""
    title = by_language(dict.fromkeys(languages, topic.title))
    head = schema_line("../schemas", "claims") + f"topic: {title}\nclaims:\n"
    return head + "".join(_listed(claim) for claim in claims)


def aside_text(lines: Iterable[int], reason: str, language: str) -> str:
    """Return an aside."""
    return f"lines: {lines_text(lines)}\nreason: {by_language({language: reason})}"


def aside_texts(asides: Sequence[tuple[str, list[int]]], language: str) -> Iterator[str]:
    """Return asides; of many lines with one reason, as many to an aside as one may have."""
    for reason, lines in asides:
        for start in range(0, len(lines), MOST_LINES_OF_ONE):
            yield aside_text(lines[start : start + MOST_LINES_OF_ONE], reason, language)


def listed(items: Iterable[str]) -> str:
    """Return mappings as the items of a list."""
    return "".join(_listed(item) for item in items)


def _listed(item: str) -> str:
    first, *others = item.split("\n")
    return "".join([f"  - {first}\n", *(f"    {line}\n" for line in others)])


def lines_text(lines: Iterable[int]) -> str:
    """Write numbers of lines as a record holds them.

    >>> lines_text([4]), lines_text([4, 5, 6]), lines_text([1, 4, 5])
    ('4', '4-6', '[1, 4-5]')
    """
    found = ranges(lines)
    return found[0] if len(found) == 1 else f"[{', '.join(found)}]"


def by_language(texts: Mapping[str, str]) -> str:
    """Write a text by language."""
    return "{" + ", ".join(f"{key}: {quoted(fit(text))}" for key, text in texts.items()) + "}"


def quoted(text: str) -> str:
    """Write a text in quotes, as YAML reads it whatever it holds."""
    return json.dumps(text, ensure_ascii=False)


def fit(text: str) -> str:
    """Return `text` so that a record may hold it.

    What is left of Markdown or HTML where a line holds only a part of it becomes words.
    """
    try:
        return str(_PROSE.validate_python(text))
    except ValidationError:
        bare = re.sub(r"[`<>\[\]{}&]+", " ", text)
        return " ".join(bare.split()) or "…"
