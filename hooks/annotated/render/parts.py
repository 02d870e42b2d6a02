"""The parts of a page as templates: a view goes in, HTML comes out.

A part (a mark, a note, a table, a row ...) is a Jinja template in ``overrides/parts``, filled from
a plain view and the interface words. Everything that is filled in is escaped, unless it is HTML
that a template made. In a template a line break beside a tag means nothing, so that it can be laid
out for reading; a space on a line is a space in the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from traceback import extract_tb
from typing import Literal

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateError, TemplateNotFound

from annotated.records.grammar import CODE

#: Where a project keeps its templates: beside the hooks.
FOLDER = Path(__file__).resolve().parents[3] / "overrides" / "parts"

#: The template of what several parts share.
SHARED = "pieces.html"
#: Letters of an identifier that fit the narrowest column.
MOST_UNBROKEN = 16
#: Letters of an option, or of another word with hyphens, that fit a phone's column: browsers break
#: at every hyphen, so that it has to be held together.
MOST_HYPHENATED = 24
#: Fewer letters than these are not worth a place to break at.
LEAST_PART = 6

_TOKENS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|[ \t]*\n\s*", re.DOTALL)
_SPACES = re.compile(r"(\s+)")
#: A day or a month. Browsers break after each of its hyphens.
_DATE = re.compile(r"(?<![\w-])(\d{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)(?![\d-])")
_HYPHEN = re.compile(r"-\w")
#: Where an identifier may break: at humps, underscores, dots, slashes.
_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[_./:-])(?=\w)")


class PartError(ValueError):
    """A template that cannot be read or filled, as one line with its place."""


@dataclass(frozen=True)
class Piece:
    """A piece of a text: words, or code, or a date as it is written in records."""

    text: str
    kind: Literal["words", "code", "date"] = "words"


@dataclass(frozen=True)
class Word:
    """A word of code, or the spaces between two: the parts between which a line may break.

    One that is `whole` is held together, although browsers would break it.
    """

    parts: tuple[str, ...]
    whole: bool = False

    @property
    def styles(self) -> str:
        """The classes of one that is held together; a long one may break in a column of a table."""
        return "opt" if len(self.parts[0]) <= MOST_UNBROKEN else "opt long"


def pieces(text: str) -> list[Piece]:
    """Take a text of a record apart: words, `code` in backticks, and dates.

    >>> [(piece.text, piece.kind) for piece in pieces("set `taskRole` since 2026-04-07")]
    [('set ', 'words'), ('taskRole', 'code'), (' since ', 'words'), ('2026-04-07', 'date')]
    """
    parts = CODE.split(str(text))  # what a template misspells is no text, and says so here
    found = []
    for number, part in enumerate(parts):
        found += [Piece(part, "code")] if number % 2 else _dated(part)
    return [piece for piece in found if piece.text]


def _dated(words: str) -> list[Piece]:
    parts = _DATE.split(words)
    return [Piece(part, "date" if number % 2 else "words") for number, part in enumerate(parts)]


def code_words(code: str) -> list[Word]:
    """Take code apart at its spaces, and say of each word where a line may break.

    >>> [word.parts for word in code_words("brew DescribeBrewingInstructions")]
    [('brew',), (' ',), ('Describe', 'Brewing', 'Instructions')]
    >>> [word.whole for word in code_words("brew --tea-pot pot-1")]
    [False, False, True, False, True]
    """
    return [
        Word((word,), whole=True) if _hyphenated(word) else Word(tuple(breakable(word)))
        for word in _SPACES.split(str(code))
        if word
    ]


def _hyphenated(word: str) -> bool:
    return len(word) <= MOST_HYPHENATED and bool(_HYPHEN.search(word))


def breakable(identifier: str) -> list[str]:
    """Return the parts of an identifier between which a line may break.

    One that fits the narrowest column of a table stays whole, and no part is only a few letters.

    >>> breakable("kindOfTea"), breakable("tea:DescribeBrewingInstructions")
    (['kindOfTea'], ['tea:Describe', 'Brewing', 'Instructions'])
    """
    if len(identifier) <= MOST_UNBROKEN:
        return [identifier]
    parts = [""]
    for part in _HUMPS.split(identifier):
        if len(parts[-1]) < LEAST_PART:
            parts[-1] += part
        else:
            parts.append(part)
    return parts


def plain(text: str) -> str:
    """Return the text without its backticks, for labels and tooltips."""
    return str(text).replace("`", "")


def without_breaks(source: str) -> str:
    """Take the line breaks beside tags out of a template; elsewhere a break is a space.

    They become comments, so that messages name the line that an author sees.
    """

    def shortened(match: re.Match[str]) -> str:
        found = match[0]
        if found.startswith("{"):
            return found
        before, after = source[: match.start()][-1:], source[match.end() :][:1]
        space = "" if before in ("", ">", "}") or after in ("", "<", "{") else " "
        return space + "{#" + "\n" * found.count("\n") + "#}"

    return _TOKENS.sub(shortened, source)


class _Loader(BaseLoader):
    """Templates of one folder, without their line breaks, read again when they change."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get_source(
        self,
        environment: Environment,  # noqa: ARG002 (the library calls it so)
        template: str,
    ) -> tuple[str, str, Callable[[], bool]]:
        file = self.folder / template
        try:
            source, written = file.read_text(encoding="utf-8"), file.stat().st_mtime_ns
        except OSError as error:
            raise TemplateNotFound(template) from error
        return without_breaks(source), str(file), lambda: file.stat().st_mtime_ns == written


@cache
def _environment(folder: Path) -> Environment:
    environment = Environment(
        loader=_Loader(folder), autoescape=True, undefined=StrictUndefined, cache_size=-1
    )
    environment.filters.update(pieces=pieces, plain=plain, code_words=code_words)
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    return environment


def part(name: str, folder: Path = FOLDER, **values: object) -> str:
    """Return the HTML of the part `name`, filled from `values`.

    Raises:
        PartError: there is no such template, or it cannot be read or filled; says where.
    """
    try:
        return _environment(folder).get_template(f"{name}.html").render(values)
    except TemplateError as error:
        raise PartError(
            f"{_place(error, name)}: error[template] {error.message or error}"
        ) from error


def _place(error: TemplateError, name: str) -> str:
    """Where in a template an error is: as it says itself, or as the trace through it shows."""
    file, line = getattr(error, "filename", None), getattr(error, "lineno", None)
    if not line:
        passed = [
            step for step in extract_tb(error.__traceback__) if step.filename.endswith(".html")
        ]
        # What is handed to a shared piece was misspelt by the part that hands it over.
        passed = [step for step in passed if Path(step.filename).name != SHARED] or passed
        if passed:
            file, line = passed[-1].filename, passed[-1].lineno
    return f"overrides/parts/{Path(file or f'{name}.html').name}:{line or 1}:1"
