"""The shape of every record, as pydantic models.

The JSON Schemas for editors (``data/schemas``) are generated from these classes; what a
field means is said in its description, once, here.
"""

from __future__ import annotations

import posixpath
import re
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal, get_args
from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    RootModel,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)

from annotated.records.grammar import CODE
from annotated.records.problems import quoted

Verdict = Literal["correct", "imprecise", "garbled", "wrong", "outdated", "gap", "personal", "open"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
#: Not a judgement but the lack of one: nobody has compared the statement with a source yet.
UNCHECKED: Verdict = "open"
YesNo = Literal["yes", "partly", "no", "unknown"]
Via = Literal[
    "page", "copy", "api-model", "changelog", "repository", "mirror",
    "book", "paper", "lecture", "conversation",
]  # fmt: skip
#: What was read or heard without the web: an address is not needed there.
OFFLINE: tuple[Via, ...] = ("book", "paper", "lecture", "conversation")

#: The shapes that a drawing tells roles apart by.
Shape = Literal["box", "sides", "pill", "drum", "hexagon"]

#: More lines than anybody's notes have; a slip of the keyboard must not fill the memory.
MOST_LINES = 100_000
#: One statement stands on a few lines, one aside or comment of ours on a chapter at most.
MOST_LINES_OF_ONE = 10_000

_KEBAB = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
_CLAIM = r"^c-(?:[0-9]{3}|[1-9][0-9]{3,})$"
_ROW = rf"^{_KEBAB[1:-1]}/{_KEBAB[1:-1]}$"
_CELL = rf"^{_KEBAB[1:-1]}(?:/{_KEBAB[1:-1]}){{2}}$"
_EVIDENCE = rf"{_CLAIM}|{_CELL}"
_LANGUAGE = r"^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$"
_PARTIAL = r"^[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?$"
_FULL = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_RANGE = r"^[0-9]{1,9}(?:-[0-9]{1,9})?$"
_URL = r'^https://(?=[^\s/]+\.[^\s/])[^\s<>"\\^`{|}]+$'
_HTML = re.compile(r"<[A-Za-z!/]|&[a-z]+;|&#")
#: What differs from case to case in a message, like ``<image>``: a name in any script, in small
#: letters where it has such.
_VARIES = re.compile(r"<((?![A-Z])[^\W\d_](?:[^\W_A-Z]|[\u0300-\u036f \u30fc-])*)>")
_MARKDOWN = re.compile(r"\]\(|\]\[|\[\^|\{\s*[:#.]|\{count:|!\[")


class DefectError(ValueError):
    """A value that is not what it should be, with the name of the rule that it breaks."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule


def _form(pattern: str, rule: str, expected: str) -> AfterValidator:
    """Check a text against `pattern`, and say in words what is `expected`."""

    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise DefectError(rule, f"expected {expected}")
        return value

    return AfterValidator(check)


def _one_line(value: str) -> str:
    if not value.strip():
        raise DefectError("bad-value", "expected a text, found nothing")
    if value != value.strip():
        raise DefectError("bad-value", "found spaces around the text")
    if "\n" in value:
        raise DefectError("bad-value", "found a line break; expected one line, or one folded by >-")
    return value


def _prose(value: str) -> str:
    if value.count("`") % 2:
        raise DefectError("bad-value", "found a backtick without its partner")
    if "``" in value:
        raise DefectError(
            "bad-value", "found two backticks side by side; code stands in single ones"
        )
    words = CODE.sub(" ", value)
    if _HTML.search(words):
        raise DefectError("html-in-text", "found HTML; a text holds words, and `code` in backticks")
    if match := _MARKDOWN.search(words):
        raise DefectError(
            "markup-in-text",
            f"found '{match[0]}', which is Markdown; a text holds words, and `code` in backticks",
        )
    return value


def _once(values: list[str]) -> list[str]:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise DefectError("twice", f"{quoted(value)} stands twice in this list")
        seen.add(value)
    return values


def _word(value: str) -> str:
    if not value.strip():
        raise DefectError("bad-value", "expected a text, found nothing")
    if _HTML.search(value):
        raise DefectError("html-in-text", "found HTML; expected words")
    return value


def _no_pipe(value: str) -> str:
    if "|" in value:
        raise DefectError(
            "pipe-in-cell", "found '|', which a Markdown table would take for a column"
        )
    return value


@cache
def _language(value: str) -> str:
    try:
        Locale.parse(value, sep="-")
    except (UnknownLocaleError, ValueError) as error:
        raise DefectError("unknown-key", "expected a language, like 'en' or 'ko'") from error
    return value


def is_language(value: str) -> bool:
    """Is `value` the code of a language, like ``en`` or ``pt-BR``?"""
    try:
        return bool(_language(value))
    except DefectError:
        return False


def _partial_date(value: Any) -> Any:
    text = str(value)
    if not re.fullmatch(_PARTIAL, text):
        raise DefectError(
            "bad-date", "expected a date like 2026-04-07, a month like 2026-04, or a year"
        )
    _calendar_day((text + "-01-01")[:10])
    return text


def _calendar_day(value: str) -> str:
    try:
        date.fromisoformat(value)
    except ValueError as error:
        raise DefectError("bad-date", f"no such day: {error}") from error
    return value


def _line_numbers(value: Any) -> Any:
    """Turn ``68``, ``61-72`` or a list of those into a tuple of line numbers, in order.

    >>> _line_numbers([68, "61-63"])
    (61, 62, 63, 68)
    """
    numbers: set[int] = set()
    for part in value if isinstance(value, list) else [value]:
        if isinstance(part, (bool, float)) or not re.fullmatch(_RANGE, str(part)):
            raise DefectError(
                "bad-value", "expected a line number like 68, a range like 61-72, or a list"
            )
        first, _, last = str(part).partition("-")
        start, end = int(first), int(last or first)
        if end < start or start < 1:
            raise DefectError("bad-value", f"'{part}' is not a range of lines, counted from 1")
        if end > MOST_LINES:
            raise DefectError("bad-value", f"line {end} is too far; {MOST_LINES} at most")
        numbers.update(range(start, end + 1))
    return tuple(sorted(numbers))


def _few_lines(value: tuple[int, ...]) -> tuple[int, ...]:
    if not value:
        raise DefectError("bad-value", "expected a line number like 68, found none")
    if len(value) > MOST_LINES_OF_ONE:
        raise DefectError(
            "bad-value", f"found {len(value)} lines; {MOST_LINES_OF_ONE} at most in one record"
        )
    return value


def _page(value: str) -> str:
    path, mark, anchor = value.partition("#")
    plain = posixpath.normpath(path).lstrip("/") if path else path
    if path != plain or (mark and not anchor):
        target = plain + (mark if anchor else "") + anchor
        raise DefectError("bad-value", f"expected a path below the folder of pages: '{target}'")
    return value


def message_parts(message: str) -> list[tuple[str, bool]]:
    """Take a message apart: its words, and what differs from case to case.

    >>> message_parts("no <kind> of tea")
    [('no ', False), ('kind', True), (' of tea', False)]
    """
    parts = _VARIES.split(message)
    return [(part, bool(number % 2)) for number, part in enumerate(parts) if part]


def _message(value: str) -> str:
    words = "".join(part for part, varies in message_parts(value) if not varies)
    if "<" in words or ">" in words:
        raise DefectError(
            "bad-message", "what differs from case to case stands as '<name>', in small letters"
        )
    if not any(letter.isalnum() for letter in words):
        raise DefectError("bad-message", "found no word that stands in every such message")
    return value


def _regex(value: str) -> str:
    try:
        re.compile(value)
    except (re.error, OverflowError, RecursionError) as error:
        raise DefectError("bad-value", f"is no regular expression: {error}") from error
    return value


def _opens(value: str) -> str:
    try:
        urlsplit(value).port  # noqa: B018 (asked for what it raises)
    except ValueError as error:
        raise DefectError("bad-value", f"no browser opens it: {error}") from error
    return value


def _quantity(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise DefectError("wrong-type", "expected a number, like 4 or 0.25, without its unit")
    return value


Label = Annotated[str, AfterValidator(_one_line)]
Prose = Annotated[Label, AfterValidator(_prose)]
CellLabel = Annotated[Label, AfterValidator(_no_pipe)]
CellProse = Annotated[Prose, AfterValidator(_no_pipe)]
Word = Annotated[str, AfterValidator(_word)]
Message = Annotated[Label, AfterValidator(_message)]
PageTarget = Annotated[Label, AfterValidator(_page)]
Language = Annotated[
    str, AfterValidator(_language), WithJsonSchema({"type": "string", "pattern": _LANGUAGE})
]
Id = Annotated[
    str,
    _form(_KEBAB, "bad-id", "letters from a to z, digits and hyphens, like 'tea-encyclopedia'"),
    WithJsonSchema({"type": "string", "pattern": _KEBAB}),
]
ClaimId = Annotated[
    str,
    _form(_CLAIM, "bad-id", "a number like 'c-012': three digits, or more where they are needed"),
    WithJsonSchema({"type": "string", "pattern": _CLAIM}),
]
Evidence = Annotated[
    str,
    _form(_EVIDENCE, "bad-id", "a claim like 'c-012', or a cell like 'tea-kinds/oxidised/black'"),
    WithJsonSchema({"type": "string", "pattern": _EVIDENCE}),
]
RowName = Annotated[
    str,
    _form(_ROW, "bad-value", "a row as comparison/row, like 'tea-kinds/steeped'"),
    WithJsonSchema({"type": "string", "pattern": _ROW}),
]
CellName = Annotated[
    str,
    _form(_CELL, "bad-value", "a cell as comparison/row/subject, like 'tea-kinds/steeped/green'"),
    WithJsonSchema({"type": "string", "pattern": _CELL}),
]
PartialDate = Annotated[
    str,
    BeforeValidator(_partial_date),
    WithJsonSchema({"anyOf": [{"type": "string", "pattern": _PARTIAL}, {"type": "integer"}]}),
]
FullDate = Annotated[
    str,
    _form(_FULL, "bad-date", "a date like 2026-11-24"),
    AfterValidator(_calendar_day),
    WithJsonSchema({"type": "string", "pattern": _FULL}),
]
_ONE_OR_RANGE: dict[str, Any] = {
    "anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": _RANGE}]
}
ManyLines = Annotated[
    tuple[int, ...],
    BeforeValidator(_line_numbers),
    WithJsonSchema({"anyOf": [*_ONE_OR_RANGE["anyOf"], {"type": "array", "items": _ONE_OR_RANGE}]}),
]
Lines = Annotated[
    ManyLines,
    AfterValidator(_few_lines),
    WithJsonSchema(
        {
            "anyOf": [
                *_ONE_OR_RANGE["anyOf"],
                {"type": "array", "items": _ONE_OR_RANGE, "minItems": 1},
            ]
        }
    ),
]
Url = Annotated[
    str,
    _form(_URL, "bad-value", "an address that begins with https://"),
    AfterValidator(_opens),
    WithJsonSchema({"type": "string", "pattern": _URL}),
]
Regex = Annotated[Label, AfterValidator(_regex)]
Quantity = Annotated[int | float, BeforeValidator(_quantity), WithJsonSchema({"type": "number"})]


_ONCE: dict[str, Any] = {"uniqueItems": True}
Ids = Annotated[list[Id], AfterValidator(_once), Field(json_schema_extra=_ONCE)]
ClaimIds = Annotated[list[ClaimId], AfterValidator(_once), Field(json_schema_extra=_ONCE)]
PageTargets = Annotated[list[PageTarget], AfterValidator(_once), Field(json_schema_extra=_ONCE)]
Messages = Annotated[list[Message], AfterValidator(_once), Field(json_schema_extra=_ONCE)]
Labels = Annotated[list[Label], AfterValidator(_once), Field(json_schema_extra=_ONCE)]


class Record(BaseModel):
    """Base of all records: no unknown keys, no changes after loading, no silent conversion."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def _by_language(value: Any, info: ValidationInfo, example: str) -> Any:
    """Put the site's own language first: it stands in for those that are missing."""
    main = (info.context or {}).get("language")
    if not isinstance(value, dict):
        shown = value if isinstance(value, str) and 0 < len(value) < 40 else example
        raise DefectError("wrong-type", f"write it by language: {{{main or 'en'}: {shown}}}")
    if main in value:
        return {main: value[main], **value}
    return value


#: Of a mapping by language: for editors, too, no other key is one.
_ONLY_LANGUAGES: dict[str, Any] = {"additionalProperties": False}
_BY_LANGUAGE = Field(min_length=1, json_schema_extra=_ONLY_LANGUAGES)


class Text(RootModel[Annotated[dict[Language, Prose], _BY_LANGUAGE]]):
    """A text for readers, by language; always in the language of the site, others beside it."""

    model_config = ConfigDict(frozen=True, strict=True)

    @model_validator(mode="before")
    @classmethod
    def _own_language_first(cls, value: Any, info: ValidationInfo) -> Any:
        ordered = _by_language(value, info, "...")
        main = (info.context or {}).get("language")
        if main and main not in ordered:
            raise DefectError(
                "missing-key", f"key '{main}' is missing: each text stands in the site's language"
            )
        return ordered

    def in_language(self, language: str) -> str:
        """Return the text in `language`, or the one in the site's own language."""
        return self.root.get(language) or next(iter(self.root.values()))


class NotesText(Text):
    """A text that may still stand in the language of the notes alone."""

    @model_validator(mode="before")
    @classmethod
    def _own_language_first(cls, value: Any, info: ValidationInfo) -> Any:
        return _by_language(value, info, "...")


class CellText(Text):
    """A text in a table cell: as `Text`, without the character that parts columns."""

    root: Annotated[dict[Language, CellProse], _BY_LANGUAGE]


class WordLists(
    RootModel[Annotated[dict[Language, Labels], Field(json_schema_extra=_ONLY_LANGUAGES)]]
):
    """Search words by language: names, misspellings or questions."""

    model_config = ConfigDict(frozen=True, strict=True)

    @model_validator(mode="before")
    @classmethod
    def _own_language_first(cls, value: Any, info: ValidationInfo) -> Any:
        return _by_language(value, info, "[...]")

    def in_language(self, language: str) -> list[str]:
        """Return the words in `language`; there may be none."""
        return self.root.get(language, [])


class Source(Record):
    """Something that was read or heard: a page, a copy of it, an API model, a book, a lecture."""

    id: Id = Field(description="Its name in records", examples=["tea-encyclopedia"])
    title: Label = Field(description="Its own title")
    url: Url | None = Field(
        None, description="Its address; a book, a paper, a lecture or a conversation may have none"
    )
    publisher: Label | None = Field(
        None, description="Who published it; what has no address may have none"
    )
    author: Label | None = Field(None, description="Who wrote or said it")
    pages: Label | None = Field(None, description="The pages in it, like '12-19'")
    via: Via = Field(
        description="What was read: the live page, a stored copy, an API model ...; or heard"
    )
    as_of: PartialDate | None = Field(None, description="Date of the text that was read")
    read: FullDate = Field(description="When it was read, or heard")

    @model_validator(mode="after")
    def _found_again(self) -> Source:
        for key in ("url", "publisher"):
            if self.via not in OFFLINE and getattr(self, key) is None:
                raise DefectError(
                    "missing-key",
                    f"key '{key}' is missing: only what is 'via: book', 'paper', 'lecture' or "
                    "'conversation' goes without",
                )
        return self


def _named(value: Any) -> Any:
    values = value if isinstance(value, list) else [value]
    if not values or not all(isinstance(each, (str, int, float)) for each in values):
        raise DefectError("wrong-type", "expected a value, or a list like [a, b]")
    return value


#: What an expectation names: one value, or each of several.
Named = Annotated[Any, BeforeValidator(_named)]


class Probe(Record):
    """Where a program looks whether a fact still holds, and what it must find there.

    All expectations that are given must hold.
    """

    where: Id = Field(description="A place of data/probes.yml: a file or folder of a package")
    path: Label | None = Field(
        None, description="The way into the file, as JMESPath; without it, the whole of it"
    )
    equals: Any = Field(None, description="This value; the members of a list in any order")
    contains: Named = Field(
        None, description="Members of a list, keys of a mapping, or parts of a text, all of them"
    )
    lacks: Named = Field(None, description="The same, none of them")
    matches: Regex | None = Field(None, description="A regular expression, somewhere in the text")
    at_least: Quantity | None = Field(None, description="A number, this or more")
    at_most: Quantity | None = Field(None, description="A number, this or less")
    exists: Literal[True] | None = Field(None, description="Something is there")
    absent: Literal[True] | None = Field(
        None, description="Nothing is there, but what would hold it is"
    )

    @model_validator(mode="after")
    def _expects_something(self) -> Probe:
        given = [name for name in EXPECTATIONS if getattr(self, name) is not None]
        if not given:
            known = ", ".join(EXPECTATIONS)
            raise DefectError("missing-key", f"expected one of {known}; found none")
        for alone in ("exists", "absent"):
            if alone in given and len(given) > 1:
                others = " and ".join(name for name in given if name != alone)
                raise DefectError("bad-value", f"'{alone}' stands alone; found {others} beside it")
        if self.absent and self.path is None:
            raise DefectError("missing-key", "key 'path' is missing: what must be absent there?")
        return self

    def expectations(self) -> dict[str, Any]:
        """What must hold, by the name of the expectation."""
        named = {name: getattr(self, name) for name in EXPECTATIONS}
        return {name: value for name, value in named.items() if value is not None}


EXPECTATIONS = (
    "equals", "contains", "lacks", "matches", "at_least", "at_most", "exists", "absent"
)  # fmt: skip


class Probed(Record):
    """A record whose fact a program can look up."""

    probes: list[Probe] = Field(
        default_factory=list, description="Where a program looks whether this still holds"
    )


class Package(Record):
    """A package of a public registry, pinned; `hooks/cli.py probe --raise` writes its last keys."""

    registry: Literal["pypi", "npm"] = Field(description="Where the package comes from")
    name: Label | None = Field(None, description="Its name there, if it is not the key")
    version: Label = Field(description="The version that is looked into", examples=["1.40.0"])
    hash: Label = Field(description="Of its file: sha256:... on PyPI, sha512-... on npm")
    released: FullDate = Field(description="The day on which that version came out")


class Location(Record):
    """Where probes look: a file of a package, or the names in one of its folders."""

    package: Id = Field(description="A package of this file")
    file: Label | None = Field(default=None, description="A file in it")
    folder: Label | None = Field(default=None, description="Or a folder in it")

    @model_validator(mode="after")
    def _one_kind(self) -> Location:
        if (self.file is None) == (self.folder is None):
            raise DefectError("bad-value", "expected either 'file' or 'folder'")
        return self


class Watch(Record):
    """A list whose new members somebody should hear of."""

    id: Id = Field(description="Its name")
    name: Text = Field(description="What is watched, for readers")
    where: Id = Field(description="A place of this file")
    path: Label | None = Field(None, description="A list, or a mapping, whose keys are watched")
    pages: PageTargets = Field(default_factory=list, description="Where its members are spoken of")


class Probing(Record):
    """``data/probes.yml``: the packages, the places in them, what is watched."""

    packages: dict[Id, Package] = Field(description="Packages that are looked into, by name")
    places: dict[Id, Location] = Field(description="Files and folders in them, by name")
    watch: list[Watch] = Field(default_factory=list, description="Lists whose changes are told")
    without: dict[Label, Label] = Field(
        default_factory=dict, description="Records that cannot be looked up, each with the reason"
    )


class Claim(Probed):
    """One statement of the notes, or one thing that they leave out, judged."""

    id: ClaimId = Field(description="Its name: never changed, never used again", examples=["c-012"])
    origin: Literal["notes", "ours"] = Field(
        description="Whether the notes say it, or it is 'ours', because they leave it out"
    )
    lines: Lines = Field(
        description="The lines of the notes that say it, or that ours belongs to",
        examples=["61-72"],
    )
    verdict: Verdict = Field(description="What was found; 'open' is not checked yet")
    said: NotesText = Field(description="What the notes say, in our words")
    now: Text | None = Field(None, description="What is true now")
    since: PartialDate | None = Field(None, description="Since when, where the truth changed")
    sources: Ids = Field(
        default_factory=list, description="What shows it", examples=[["tea-encyclopedia"]]
    )
    home: Literal["open"] | None = Field(
        None, description="'open' until the page that teaches it carries its mark"
    )
    reviewed: Literal["wording-only"] | None = Field(
        None, description="Set when a change of text did not need a new reading"
    )

    @model_validator(mode="after")
    def _complete(self, info: ValidationInfo) -> Claim:
        if self.verdict == UNCHECKED:
            return self._unchecked()
        main = (info.context or {}).get("language")
        if main and main not in self.said.root:
            raise DefectError(
                "missing-key",
                f"key '{main}' is missing in 'said': each text stands in the site's language",
            )
        if self.verdict != "personal" and not self.sources:
            raise DefectError(
                "missing-key", "key 'sources' is missing: only a personal remark goes without"
            )
        if self.verdict not in ("correct", "personal") and self.now is None:
            raise DefectError(
                "missing-key", f"key 'now' is missing: a statement that is {self.verdict} needs it"
            )
        return self

    def _unchecked(self) -> Claim:
        """What nobody has looked up shows neither what is true nor how that is known."""
        if self.origin == "ours":
            raise DefectError("bad-value", "what we add ourselves is checked: 'open' cannot be")
        for key in ("now", "since", "sources"):
            if getattr(self, key):
                raise DefectError(
                    "bad-value",
                    f"'{key}' says what was found, but the verdict is still 'open', not checked "
                    "yet: give the verdict, or leave the key out",
                )
        return self


class Change(Probed):
    """Something that changed in the subject since the notes were written."""

    id: Id = Field(description="Its name", examples=["tasting-standard-2019"])
    date: PartialDate = Field(
        description="When it changed: a day, a month or a year", examples=["2019-12"]
    )
    title: Text = Field(description="What changed, in a few words")
    text: Text = Field(description="What it was, what it is, and what it means")
    claims: ClaimIds = Field(
        default_factory=list, description="The statements that it touches", examples=[["c-003"]]
    )
    pages: PageTargets = Field(
        default_factory=list, description="The pages that it touches", examples=[["brewing.md"]]
    )
    sources: Ids = Field(min_length=1, description="What shows it", examples=[["iso-3103"]])


class Correction(Record):
    """Something that this site said wrongly, and says otherwise since a day."""

    id: Id = Field(description="Its name")
    date: FullDate = Field(description="The day of the correction", examples=["2026-11-24"])
    text: Text = Field(description="What stood there, and what is true, in a sentence or two")
    pages: PageTargets = Field(min_length=1, description="The pages that were corrected")


class Term(Probed):
    """A concept: its names in each language, how people ask for it, and what it is."""

    id: Id = Field(description="Its name in links", examples=["oxidation"])
    term: Text = Field(
        description="The term, as its owner spells it", examples=[{"en": "oxidation"}]
    )
    abbreviation: Label | None = Field(
        None, description="Its short form, alike in every language", examples=["VM"]
    )
    also: WordLists = Field(
        default_factory=lambda: WordLists({}), description="Other names of it, for readers"
    )
    aliases: WordLists = Field(
        default_factory=lambda: WordLists({}),
        description="What else people type when they mean it, for the search alone",
    )
    misspellings: WordLists = Field(
        default_factory=lambda: WordLists({}),
        description="How people misspell it, for the search",
        examples=[{"en": ["oxydation"]}],
    )
    avoid: WordLists = Field(
        default_factory=lambda: WordLists({}),
        description="What no text of this site writes for it, where a word begins",
        examples=[{"en": ["oxidization"]}],
    )
    questions: WordLists = Field(
        default_factory=lambda: WordLists({}),
        description="How people ask for it, for the search",
        examples=[{"en": ["what makes tea black"]}],
    )
    definition: Text = Field(description="What it is, in a sentence or two")
    page: PageTarget = Field(description="The page, and heading, that teaches it")
    spelling: dict[Language, Id] = Field(
        default_factory=dict,
        description="The source in which its name in a language was seen",
        examples=[{"ko": "tea-encyclopedia"}],
        json_schema_extra={"additionalProperties": False},
    )
    sources: Ids = Field(min_length=1, description="What shows it", examples=[["tea-encyclopedia"]])

    @model_validator(mode="after")
    def _spelt_as_named(self) -> Term:
        for language in self.spelling:
            if language not in self.term.root:
                raise DefectError(
                    "missing-key",
                    f"'spelling' says where '{language}' was seen; 'term' has no '{language}'",
                )
        return self

    def other_names(self, language: str) -> list[str]:
        """The names beside the term in `language`, each once: short, other, foreign."""
        term = self.term.in_language(language)
        names = [self.abbreviation] if self.abbreviation else []
        names += self.also.in_language(language)
        names += self.term.root.values()
        seen, found = {term.casefold()}, []
        for name in names:
            if name.casefold() not in seen:
                seen.add(name.casefold())
                found.append(name)
        return found

    def searched_names(self) -> dict[str, list[str]]:
        """What finds the term beside its own name, by language, each once."""
        found: dict[str, list[str]] = {}
        for names in (self.also.root, self.aliases.root):
            for language, more in names.items():
                found[language] = list(dict.fromkeys([*found.get(language, []), *more]))
        return found


class Number(Record):
    """A quantity: exactly one value, or a range, with its unit."""

    exact: Quantity | None = Field(None, description="One number", examples=[4])
    min: Quantity | None = Field(None, description="The least", examples=[3])
    max: Quantity | None = Field(None, description="The most", examples=[5])
    unit: Id = Field(description="A unit of data/site.yml")

    @model_validator(mode="after")
    def _one_form(self) -> Number:
        ranged = self.min is not None or self.max is not None
        if (self.exact is None) == (not ranged):
            raise DefectError("bad-value", "expected either 'exact', or 'min' and/or 'max'")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise DefectError("bad-value", "'min' is greater than 'max'")
        return self


class Cell(Probed):
    """One answer in a comparison: one typed value, a note for its conditions, its sources."""

    value: YesNo | None = Field(
        None,
        description="'unknown' means that you looked there and it is not said; it never means no",
    )
    text: CellText | None = Field(
        None, description="An answer in words", examples=[{"en": "fully"}]
    )
    code: list[CellLabel] | None = Field(
        None, description="Identifiers, shown as code", examples=[["a", "b"]]
    )
    number: Number | None = Field(
        None, description="A quantity with its unit", examples=[{"exact": 4, "unit": "minutes"}]
    )
    date: PartialDate | None = Field(
        None, description="A day, a month or a year", examples=["2019-12"]
    )
    note: CellText | None = Field(
        None, description="Its conditions", examples=[{"en": "only in spring"}]
    )
    sources: Ids = Field(min_length=1, description="What shows it", examples=[["tea-encyclopedia"]])

    def typed(self) -> dict[str, Any]:
        """The answer as it is typed, by its kind; empty for an answer in words."""
        return self.model_dump(include={"value", "code", "number", "date"}, exclude_none=True)

    @model_validator(mode="after")
    def _one_kind(self) -> Cell:
        kinds = ("value", "text", "code", "number", "date")
        given = [kind for kind in kinds if getattr(self, kind) is not None]
        if len(given) != 1:
            found = "none" if not given else " and ".join(given)
            raise DefectError(
                "bad-value", f"expected exactly one of {', '.join(kinds)}; found {found}"
            )
        return self


class Subject(Record):
    """A column of a comparison."""

    id: Id = Field(description="Its name in cells", examples=["green"])
    name: CellText = Field(description="The head of the column", examples=[{"en": "Green tea"}])


class Row(Record):
    """A row of a comparison: one question, one cell for each subject."""

    id: Id = Field(description="Its name in links", examples=["steeped"])
    name: CellText = Field(description="The head of the row", examples=[{"en": "Steeped for"}])
    asks: Text | None = Field(
        None,
        description="The question that it answers, where the list of all questions should say more",
        examples=[{"en": "How long is it steeped?"}],
    )
    cells: dict[str, Cell] = Field(description="One cell for each subject, by its id")


class Comparison(Record):
    """A table: subjects side by side, one row a question."""

    id: Id = Field(description="Its name, and that of its file", examples=["tea-kinds"])
    title: Text = Field(description="What is compared")
    page: PageTarget = Field(description="The page under Compare that holds it, or 'open'")
    subjects: list[Subject] = Field(min_length=2, description="The columns")
    rows: list[Row] = Field(min_length=1, description="The rows")


class CombinedSubject(Record):
    """A column of a combined table: it has its answers in columns of comparisons."""

    id: Id = Field(description="Its name in links", examples=["green"])
    name: CellText = Field(description="The head of the column", examples=[{"en": "Green tea"}])
    columns: dict[Id, Id] = Field(
        min_length=1,
        description="Its column in each comparison that has one",
        examples=[{"tea-kinds": "green"}],
    )


class CombinedRow(Record):
    """A row of a combined table: a question that rows of several comparisons answer."""

    id: Id = Field(description="Its name in links", examples=["steeped"])
    name: CellText = Field(description="The head of the row", examples=[{"en": "Steeped for"}])
    rows: list[RowName] = Field(
        min_length=1,
        description="Where its answers stand: comparison/row; the first that has the column counts",
        examples=[["tea-kinds/steeped"]],
    )


class Combined(Record):
    """A table without a fact of its own: answers of comparisons, any two side by side."""

    id: Id = Field(description="Its name, and that of its file")
    title: Text = Field(description="What is compared")
    page: PageTarget = Field(description="The page that holds it")
    subjects: list[CombinedSubject] = Field(min_length=2, description="The columns")
    rows: list[CombinedRow] = Field(min_length=1, description="The rows")
    pairs: list[Annotated[list[Id], Field(min_length=2, max_length=2)]] = Field(
        default_factory=list,
        description="Which two are asked for often, by their ids",
        examples=[[["green", "black"]]],
    )


#: What can be expected of the answer in a cell.
CELL_EXPECTATIONS = ("equals", "contains", "lacks", "at_least", "at_most")


class Elimination(Record):
    """Candidates that an answer rules out, and the cell of a comparison that shows why.

    All expectations that are given must hold of the cell. A text is compared as it stands in the
    site's own language; of a range, `at_least` looks at its least and `at_most` at its most.
    """

    out: Ids = Field(min_length=1, description="The candidates that are ruled out")
    cell: CellName = Field(
        description="The cell that says why: comparison/row/subject",
        examples=["tea-kinds/oxidised/green"],
    )
    equals: Any = Field(None, description="The cell's answer is this one")
    contains: Named = Field(None, description="Its text has these parts, or its list these members")
    lacks: Named = Field(None, description="The same, none of them")
    at_least: Quantity | None = Field(None, description="Its number is this or more")
    at_most: Quantity | None = Field(None, description="Its number is this or less")

    @model_validator(mode="after")
    def _expects_something(self) -> Elimination:
        if not self.expectations():
            known = ", ".join(CELL_EXPECTATIONS)
            raise DefectError("missing-key", f"expected one of {known}; found none")
        return self

    def expectations(self) -> dict[str, Any]:
        """What must hold of the cell, by the name of the expectation."""
        named = {name: getattr(self, name) for name in CELL_EXPECTATIONS}
        return {name: value for name, value in named.items() if value is not None}


class Answer(Record):
    """One answer to a question, and what it rules out."""

    id: Id = Field(description="Its name in this question", examples=["yes"])
    text: Text = Field(description="The answer", examples=[{"en": "Yes"}])
    rules_out: list[Elimination] = Field(
        default_factory=list, description="The candidates that fall, each with its reason"
    )


class Question(Record):
    """One step of a decision.

    It is asked where an answer would rule out a candidate that is left, or where other questions
    hang on it and more than one candidate is left.
    """

    id: Id = Field(description="Its name in this decision", examples=["browned"])
    ask: Text = Field(description="The question")
    help: Text | None = Field(None, description="What helps to answer it, in a sentence")
    when: list[dict[Id, Ids]] = Field(
        default_factory=list,
        description="Asked only if one of these holds: answers to earlier questions, by their ids",
        examples=[[{"browned": ["yes"]}]],
    )
    answers: list[Answer] = Field(min_length=2, description="The answers, in order")


class Candidate(Record):
    """What can be chosen: what it is good for, and where that is taught."""

    id: Id = Field(description="Its name in this decision", examples=["green"])
    name: Text = Field(description="Its name", examples=[{"en": "Green tea"}])
    answer: Text = Field(description="What speaks for it, in a sentence or two")
    pages: PageTargets = Field(
        min_length=1, description="What to read next", examples=[["brewing.md"]]
    )
    sources: Ids = Field(min_length=1, description="What shows it")


class Decision(Record):
    """A way to choose: questions whose answers rule out candidates, until those that fit are left.

    Each way through it must leave a candidate. The one that stands first in the list is the
    advice; others that are left are possible, too.
    """

    id: Id = Field(description="Its name, and that of its file")
    title: Text = Field(description="What is decided")
    page: PageTarget = Field(description="The page that holds it", examples=["choosing.md"])
    candidates: list[Candidate] = Field(
        min_length=2, description="What can be chosen, the one that should be preferred first"
    )
    questions: list[Question] = Field(min_length=1, description="The questions, in order")


class Price(Record):
    """What one unit costs, as a source says; without an amount readers fill in their own."""

    id: Id = Field(description="Its name in estimates")
    amount: Quantity | None = Field(
        None, ge=0, description="In the currency of the file; left out where no source was read"
    )
    unit: Text = Field(description="What one of it is, like 'gram'")
    per: Ids = Field(min_length=1, description="Units of data/site.yml that a cost multiplies")
    sources: Ids = Field(min_length=1, description="Where the amount, or the unit, was read")


class PriceFile(Record):
    """``data/prices.yml``: one currency, one region, and an age after which checks warn."""

    currency: Annotated[
        str, _form(r"^[A-Z]{3}$", "bad-value", "a currency of ISO 4217, like 'USD'")
    ] = Field(description="Of all prices, as ISO 4217 names it", examples=["USD"])
    region: Text = Field(description="Where these prices hold")
    warn_after: int = Field(gt=0, description="Days after which a price should be read again")
    prices: list[Price] = Field(description="The prices")


class Factor(Record):
    """One thing that is counted: a quantity and its unit."""

    number: Quantity = Field(gt=0, description="How much", examples=[24])
    unit: Id = Field(description="A unit of data/site.yml")


class CostLine(Record):
    """One line of a bill: what is counted, multiplied, at which price."""

    id: Id = Field(description="Its name")
    name: CellText = Field(description="What is paid for")
    factors: list[Factor] = Field(min_length=1, description="What is multiplied by the price")
    price: Id = Field(description="A price of data/prices.yml")


class CostOption(Record):
    """One way to do it, as a bill."""

    id: Id = Field(description="Its name")
    name: CellText = Field(description="What is chosen")
    lines: list[CostLine] = Field(min_length=1, description="What it costs, one by one")


class Estimate(Record):
    """A worked example: the same work paid for in several ways, computed from prices."""

    id: Id = Field(description="Its name, and that of its file")
    title: Text = Field(description="What is computed")
    given: Text = Field(description="What is assumed")
    options: list[CostOption] = Field(min_length=1, description="What is compared")


class Step(Record):
    """Something to look at when it fails, and the command that shows it."""

    text: Text = Field(description="What to look at")
    command: Label | None = Field(None, description="What to type")


class Failure(Probed):
    """A way in which something fails, as whoever meets it sees it."""

    id: Id = Field(description="Its name in links")
    group: Id = Field(description="One of the groups of this file")
    messages: Messages = Field(
        min_length=1,
        description="What is read when it fails, the usual wording first; <name> for what differs",
    )
    aliases: WordLists = Field(
        default_factory=lambda: WordLists({}),
        description="What else people type when they mean it, for the search alone",
    )
    seen: Text = Field(description="Where the message is met")
    means: Text = Field(description="What it means")
    look: list[Step] = Field(min_length=1, description="What to look at, in this order")
    mends: Text = Field(description="What mends it")
    terms: Ids = Field(default_factory=list, description="Terms that explain it")
    pages: PageTargets = Field(default_factory=list, description="What explains it")
    origin: Literal["ours"] = Field("ours", description="No line of the notes says it")
    sources: Ids = Field(min_length=1, description="What shows it")


class FailureGroup(Record):
    """Failures with related causes; its heading, where all of a file are shown."""

    id: Id = Field(description="Its name")
    name: Text = Field(description="Its heading")


class FailureList(Record):
    """``data/failures/<where>.yml``: how one thing fails, in groups."""

    id: Id = Field(description="Its name, and that of its file")
    title: Text = Field(description="What fails there")
    page: PageTarget = Field(description="The page that holds it, or 'open'")
    groups: list[FailureGroup] = Field(min_length=1, description="Its headings, in order")
    failures: list[Failure] = Field(min_length=1, description="The failures")


class RightAnswer(Record):
    """The right answer of a practice question. Why it is right stands in the record it rests on."""

    text: Text = Field(description="The answer", examples=[{"en": "How far the leaf is oxidised"}])
    rests: Evidence = Field(
        description="A claim, or a cell as table/row/subject; readers are shown what it says",
        examples=["tea-kinds/oxidised/black"],
    )


class WrongAnswer(Record):
    """A wrong answer of a practice question: an error of the notes, or a common misreading."""

    text: Text = Field(description="The answer", examples=[{"en": "The plant that it comes from"}])
    why: Text | None = Field(
        None,
        description="Why it is wrong; left out where the record it rests on says so",
        examples=[{"en": "All tea comes from one plant."}],
    )
    rests: Evidence = Field(
        description="A claim, or a cell as table/row/subject; readers are shown what it says",
        examples=["c-002"],
    )


class PracticeQuestion(Record):
    """A question with one right answer."""

    id: Id = Field(description="Its name in links and decks", examples=["green-or-black"])
    ask: Text = Field(
        description="The question", examples=[{"en": "What parts green tea from black?"}]
    )
    right: RightAnswer = Field(description="The right answer")
    wrong: list[WrongAnswer] = Field(min_length=1, description="The wrong ones")

    def answers(self) -> list[RightAnswer | WrongAnswer]:
        """All answers, the right one first."""
        return [self.right, *self.wrong]


class Practice(Record):
    """``data/practice/<topic>.yml``: questions on one page."""

    id: Id = Field(description="Its name, and that of its file", examples=["brewing"])
    page: PageTarget = Field(description="The page that answers them", examples=["brewing.md"])
    questions: list[PracticeQuestion] = Field(min_length=1, description="The questions")


class Aside(Record):
    """Lines of the notes that state nothing: headings, dates, noise."""

    lines: Lines = Field(description="The lines that state nothing", examples=[[1, "3-4"]])
    reason: Text = Field(description="Why they state nothing", examples=[{"en": "A heading"}])


class Notes(Record):
    """The notes themselves: who wrote them, when, in which language, how many lines."""

    title: Text = Field(
        description="What the notes are called", examples=[{"en": "Notes on brewing tea"}]
    )
    author: Label = Field(
        description="Who wrote them; a handle will do", examples=["a tea drinker"]
    )
    written: FullDate = Field(description="The day of the notes", examples=["2024-02-10"])
    language: Language = Field(description="The language of the notes", examples=["ko"])
    lines: int = Field(
        gt=0,
        le=MOST_LINES,
        description="How many lines they have, as an editor counts them",
        examples=[162],
    )
    asides: list[Aside] = Field(
        default_factory=list, description="Lines that state nothing, each with its reason"
    )
    open: ManyLines = Field(
        (), description="Lines that nobody has looked at yet", examples=[["7-34"]]
    )
    show: bool = Field(
        False, description="Whether readers see the lines themselves, beside their claims"
    )


class Service(Record):
    """A program that runs beside a lab, like a stand-in for what its commands speak to.

    In its words, `{port}` is a free port, the same for all services, `{work}` a folder of the run,
    `{root}` the project, `{python}` the Python of the labs' own environment.
    """

    command: Labels = Field(min_length=1, description="The program and its arguments, one a word")
    ready: Label = Field(description="An address that answers, or a file that is there, once it is")


class Validator(Record):
    """A program that checks the files of labs; `{file}` is the one that it is to check.

    It prints `file:line: what is wrong` for each finding, and fails if there is one.
    """

    files: Labels = Field(
        min_length=1, description="Patterns of the names of files", examples=[["*.tea.yml"]]
    )
    command: Labels = Field(min_length=1, description="The program and its arguments")
    package: Label | None = Field(default=None, description="The package whose version is told")


class Normal(Record):
    """What differs from run to run in outputs, and what stands for it when they are compared."""

    pattern: Regex = Field(description="A regular expression", examples=["id-[0-9a-f]+"])
    by: str = Field(default="", description="What stands in its place")

    @model_validator(mode="after")
    def _names_groups_that_are_there(self) -> Normal:
        try:
            re.sub(self.pattern, self.by, "")
        except (re.error, IndexError) as error:
            raise DefectError("bad-value", f"'by' cannot stand in its place: {error}") from error
        return self


class Pair(Record):
    """A command that makes something, and the one that takes it away; both regular expressions."""

    makes: Regex = Field(description="What makes it", examples=["kettle fill"])
    unmakes: Regex | None = Field(
        default=None, description="What takes it away; without it, what is made goes by itself"
    )


class Brought(Record):
    """A patch that a machine may bring to a lab: looked for before the lab's first block."""

    command: list[Label] = Field(min_length=1, description="A command that succeeds where it is so")
    blocks: Regex = Field(
        description="The commands that it takes part in", examples=["kettle brew"]
    )


class Lab(Record):
    """What holds for one lab alone."""

    needs: list[Label] = Field(
        default_factory=list,
        description="A command that fails where this lab cannot be run; it is only checked there",
    )
    without: Id | None = Field(default=None, description="The reason that is given then")
    seconds: int | None = Field(
        default=None, gt=0, description="How long a block of it may run, if not as those of all"
    )
    listing: list[Label] = Field(
        default_factory=list, description="What prints what is there, if not that of all labs"
    )
    notice: Text | None = Field(
        default=None, description="What stands at its head, if not that of all labs"
    )
    versions: dict[Label, list[Label]] = Field(
        default_factory=dict,
        description="What it is run with, by the name that is told at its head in place of "
        "`packages`; with each the command that prints its version",
    )
    patches: dict[Id, Brought] = Field(
        default_factory=dict, description="Which `patches` a machine may bring to it"
    )


class Labs(Record):
    """``data/labs.yml``: how the commands of labs are run, and what is said of them."""

    services: list[Service] = Field(default_factory=list, description="What runs beside them")
    answers: Label | None = Field(
        default=None,
        description="An address that lists how requests were answered since it was last asked",
    )
    fresh: Label | None = Field(
        default=None,
        description="An address that is asked before each lab, so that it begins with nothing",
    )
    environment: dict[str, Label] = Field(
        default_factory=dict, description="Variables of the shell; no others are taken over"
    )
    path: Labels = Field(
        default_factory=list, description="Folders whose programs are taken before all others"
    )
    listing: list[Label] = Field(
        default_factory=list, description="The program that prints what is there, a line for each"
    )
    seconds: int = Field(default=120, gt=0, description="How long a block may run")
    packages: Labels = Field(
        default_factory=list,
        description="Packages of the labs' environment that are told at the head of each lab",
    )
    normalize: list[Normal] = Field(
        default_factory=list, description="What differs from run to run"
    )
    validators: dict[Id, Validator] = Field(
        default_factory=dict, description="What checks files, and `commands.sh`: a lab's commands"
    )
    sections: Ids = Field(
        default_factory=list, description="The headings that each lab has, by id, in this order"
    )
    creating: Regex | None = Field(default=None, description="Every command that makes something")
    pairs: list[Pair] = Field(default_factory=list, description="What makes, and what takes away")
    waiting: Regex | None = Field(
        default=None,
        description="Commands of a clean-up that only wait: none of them takes anything away",
    )
    patches: dict[Id, Text] = Field(
        default_factory=dict, description="What of that which labs are run on is ours, for readers"
    )
    reasons: dict[Id, Text] = Field(
        default_factory=dict, description="Why a block is shown only, for readers"
    )
    stubbed: Text | None = Field(
        default=None, description="What is said of a block whose requests were only checked"
    )
    notice: Text | None = Field(default=None, description="What stands at the head of each lab")
    order: PageTargets = Field(
        default_factory=list, description="The labs in the order in which all are listed"
    )
    labs: dict[PageTarget, Lab] = Field(
        default_factory=dict, description="What holds for one lab alone, by its page"
    )


class Wording(Record):
    """Interface words of one language."""

    locale: Language | None = Field(
        None, description="How dates and numbers are written, like en-GB; else as in the language"
    )
    words: dict[str, Word] = Field(description="The words, by their keys")


class Role(Record):
    """Who is in charge of a part of a diagram: the shape that says so, and its name in the key."""

    shape: Shape = Field(description="The shape of what has this role")
    name: Text = Field(description="Its name in the key of a diagram", examples=[{"en": "Yours"}])


class Spelling(Record):
    """What is not written in texts of a language, and what is written in its place."""

    avoid: list[Label] = Field(
        min_length=1, description="What is not written, where a word begins", examples=[["utilise"]]
    )
    endings: bool = Field(
        False, description="Whether these are ends of words; a consonant of Hangul ends a syllable"
    )
    unless: list[Label] = Field(
        default_factory=list, description="Words that begin alike, and are right"
    )
    write: Label = Field(description="What is written in its place", examples=["use"])


class Vocabulary(Record):
    """What only this site has words for: units, roles in diagrams, what is closed, its style."""

    units: dict[Id, Text] = Field(
        default_factory=dict,
        description="Of numbers in tables; a bar parts the forms of a counted word",
        examples=[{"years": {"en": "year|years"}}],
    )
    roles: dict[Id, Role] = Field(default_factory=dict, description="In the order of the key")
    closed: Text | None = Field(None, description="The name in the key of what is `class x closed`")
    style: dict[Language, list[Spelling]] = Field(
        default_factory=dict,
        description="How texts of a language are not written, on any page or in any record",
        json_schema_extra={"additionalProperties": False},
    )
    publish_unchecked: bool = Field(
        False, description="Whether statements that nobody has checked yet may be published"
    )


class SourceFile(Record):
    """All sources."""

    sources: list[Source] = Field(description="The sources, in any order")


class ClaimFile(Record):
    """The statements of one topic."""

    topic: Text = Field(
        description="The heading of these claims on the Notes page", examples=[{"en": "Brewing"}]
    )
    claims: list[Claim] = Field(description="The claims, in the order of the notes")


class ChangeFile(Record):
    """All changes."""

    changes: list[Change] = Field(description="The changes, the newest first")


class CorrectionFile(Record):
    """All corrections of this site."""

    corrections: list[Correction] = Field(description="The corrections, the newest first")


class TermFile(Record):
    """Terms of one topic."""

    terms: list[Term] = Field(description="The terms, in any order")


#: Every kind of file below ``data``: the name of its schema, its model, and where it stands.
FILES: dict[str, tuple[type[Record], str]] = {
    "notes": (Notes, "notes.yml"),
    "claims": (ClaimFile, "claims/<topic>.yml"),
    "sources": (SourceFile, "sources.yml"),
    "changes": (ChangeFile, "changes.yml"),
    "corrections": (CorrectionFile, "corrections.yml"),
    "glossary": (TermFile, "glossary/<topic>.yml"),
    "comparison": (Comparison, "comparisons/<id>.yml"),
    "combined": (Combined, "combined/<id>.yml"),
    "decision": (Decision, "decisions/<id>.yml"),
    "failures": (FailureList, "failures/<id>.yml"),
    "practice": (Practice, "practice/<id>.yml"),
    "prices": (PriceFile, "prices.yml"),
    "estimate": (Estimate, "estimates/<id>.yml"),
    "probes": (Probing, "probes.yml"),
    "labs": (Labs, "labs.yml"),
    "site": (Vocabulary, "site.yml"),
    "words": (Wording, "words/<language>.yml"),
}


def schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schemas for editors, by file name."""
    return {f"{name}.schema.json": model.model_json_schema() for name, (model, _) in FILES.items()}
