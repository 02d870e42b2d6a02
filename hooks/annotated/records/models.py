"""The shape of every record, as pydantic models.

The JSON Schemas for editors (``data/schemas``) are generated from these classes; what a
field means is said in its description, once, here.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

Verdict = Literal["correct", "imprecise", "garbled", "wrong", "outdated", "gap", "personal"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
YesNo = Literal["yes", "partly", "no", "unknown"]
Via = Literal["page", "copy", "api-model", "changelog", "repository", "mirror"]
KEBAB = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
_HTML = re.compile(r"<[A-Za-z!/]|&[a-z]+;|&#")
_PARTIAL = re.compile(r"^\d{4}(?:-\d{2}(?:-\d{2})?)?$")
_ONE_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")


class DefectError(ValueError):
    """A value that is not what it should be, with the name of the rule that it breaks."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule


def _kebab(value: str) -> str:
    if not re.match(KEBAB, value):
        raise DefectError("bad-id", "expected lower-case words joined by hyphens, like 'task-role'")
    return value


def _prose(value: str) -> str:
    if not value.strip():
        raise DefectError("bad-value", "expected a text, found nothing")
    if value != value.strip():
        raise DefectError("bad-value", "found spaces around the text")
    if _HTML.search(value):
        raise DefectError("html-in-text", "found HTML; a text holds words, and `code` in backticks")
    if value.count("`") % 2:
        raise DefectError("bad-value", "found a backtick without its partner")
    return value


def _partial_date(value: Any) -> Any:
    text = str(value)
    if not _PARTIAL.match(text):
        raise DefectError(
            "bad-date", "expected a date like 2026-04-07, a month like 2026-04, or a year"
        )
    _calendar_day((text + "-01-01")[:10])
    return text


def _calendar_day(value: str) -> None:
    try:
        date.fromisoformat(value)
    except ValueError as error:
        raise DefectError("bad-date", f"no such day: {error}") from error


def _full_date(value: Any) -> Any:
    if not isinstance(value, str) or not _ONE_DAY.match(value):
        raise DefectError("bad-date", "expected a date like 2026-11-24")
    _calendar_day(value)
    return value


def _line_numbers(value: Any) -> Any:
    """Turn ``68``, ``61-72`` or a list of those into a tuple of line numbers, in order."""
    numbers: list[int] = []
    for part in value if isinstance(value, list) else [value]:
        match = re.fullmatch(r"(\d+)(?:-(\d+))?", str(part))
        if not match:
            raise DefectError(
                "bad-value", "expected a line number like 68, a range like 61-72, or a list"
            )
        first, last = int(match[1]), int(match[2] or match[1])
        if last < first or first < 1 or last - first > 10_000:
            raise DefectError("bad-value", f"'{part}' is not a range of lines")
        numbers += range(first, last + 1)
    return tuple(dict.fromkeys(numbers))


def _address(value: str) -> str:
    if not re.match(r"^https://[^\s/]+\.[^\s]+$", value):
        raise DefectError("bad-value", "expected an address that begins with https://")
    return value


def _cell_text(value: str) -> str:
    if "|" in value:
        raise DefectError(
            "pipe-in-cell", "found '|', which a Markdown table would take for a column"
        )
    return value


Id = Annotated[str, AfterValidator(_kebab), Field(json_schema_extra={"pattern": KEBAB})]
Prose = Annotated[str, AfterValidator(_prose)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
PartialDate = Annotated[str, BeforeValidator(_partial_date)]
FullDate = Annotated[str, BeforeValidator(_full_date)]
Lines = Annotated[
    tuple[int, ...],
    BeforeValidator(_line_numbers),
    Field(
        json_schema_extra={
            "anyOf": [
                {"type": "integer"},
                {"type": "string", "pattern": r"^\d+-\d+$"},
                {"type": "array", "items": {"type": ["integer", "string"]}},
            ]
        }
    ),
]
Url = Annotated[str, AfterValidator(_address)]
ClaimId = Annotated[str, StringConstraints(pattern=r"^c-\d{3}$")]


class Record(BaseModel):
    """Base of all records: no unknown keys, no changes after loading, no silent conversion."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Text(Record):
    """A text for readers, by language; English always, others where they exist."""

    en: Prose
    ko: Prose | None = None

    def in_language(self, language: str) -> str:
        """Return the text in `language`, or the English one."""
        return (self.ko or self.en) if language == "ko" else self.en


class CellText(Record):
    """A text in a table cell: as `Text`, without the character that parts columns."""

    en: Annotated[Prose, AfterValidator(_cell_text)]
    ko: Annotated[Prose, AfterValidator(_cell_text)] | None = None

    def in_language(self, language: str) -> str:
        """Return the text in `language`, or the English one."""
        return (self.ko or self.en) if language == "ko" else self.en


class WordLists(Record):
    """Search words by language: names, misspellings or questions."""

    en: list[Words] = Field(default_factory=list)
    ko: list[Words] = Field(default_factory=list)


class Source(Record):
    """Something that was read: a page, a copy of it, an API model, a changelog."""

    id: Id
    title: Words = Field(description="The page's own title")
    url: Url
    publisher: Words
    via: Via = Field(description="What was read: the live page, a stored copy, an API model ...")
    as_of: PartialDate | None = Field(None, description="Date of the text that was read")
    read: FullDate = Field(description="When it was read")


class Claim(Record):
    """One statement of the notes, or one thing that they leave out, judged."""

    id: ClaimId
    origin: Literal["notes", "ours"]
    lines: Lines
    verdict: Verdict
    said: Text = Field(description="What the notes say, in our words")
    now: Text | None = Field(None, description="What is true now")
    since: PartialDate | None = Field(None, description="Since when, where the truth changed")
    sources: list[Id] = Field(default_factory=list)
    home: Literal["open"] | None = Field(
        None, description="'open' until the page that teaches it carries its mark"
    )
    reviewed: Literal["wording-only"] | None = Field(
        None, description="Set when a change of text did not need a new reading"
    )

    @model_validator(mode="after")
    def _complete(self) -> Claim:
        if self.verdict != "personal" and not self.sources:
            raise DefectError(
                "missing-key", "key 'sources' is missing: only a personal remark goes without"
            )
        if self.verdict not in ("correct", "personal") and self.now is None:
            raise DefectError(
                "missing-key", f"key 'now' is missing: a statement that is {self.verdict} needs it"
            )
        return self


class Change(Record):
    """Something that changed in the subject since the notes were written."""

    id: Id
    date: PartialDate
    title: Text
    text: Text
    claims: list[ClaimId] = Field(default_factory=list)
    pages: list[Words] = Field(default_factory=list)
    sources: list[Id] = Field(min_length=1)


class Term(Record):
    """A concept: its names in both languages, how people ask for it, and what it is."""

    id: Id
    term: Text
    abbreviation: Words | None = None
    aliases: WordLists = Field(default_factory=WordLists)
    misspellings: WordLists = Field(default_factory=WordLists)
    questions: WordLists = Field(default_factory=WordLists)
    definition: Text
    page: Words = Field(description="The page, and heading, that teaches it")
    ko_source: Id | None = Field(None, description="Where the Korean spelling was found")
    sources: list[Id] = Field(min_length=1)


class Number(Record):
    """A quantity: exactly one value, or a range, with its unit."""

    exact: int | float | None = None
    min: int | float | None = None
    max: int | float | None = None
    unit: Id = Field(description="A word of the interface: unit-<this>")

    @model_validator(mode="after")
    def _one_form(self) -> Number:
        ranged = self.min is not None or self.max is not None
        if (self.exact is None) == (not ranged):
            raise DefectError("bad-value", "expected either 'exact', or 'min' and/or 'max'")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise DefectError("bad-value", "'min' is greater than 'max'")
        return self


class Cell(Record):
    """One answer in a comparison: one typed value, a note for its conditions, its sources."""

    value: YesNo | None = None
    text: CellText | None = None
    code: list[Annotated[Words, AfterValidator(_cell_text)]] | None = None
    number: Number | None = None
    date: PartialDate | None = None
    note: CellText | None = None
    sources: list[Id] = Field(min_length=1)

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

    id: Id
    name: CellText


class Row(Record):
    """A row of a comparison: one question, one cell for each subject."""

    id: Id
    name: CellText
    cells: dict[str, Cell]


class Comparison(Record):
    """A table: subjects side by side, one row a question."""

    id: Id
    title: Text
    page: Words = Field(description="The page under Compare that holds it, or 'open'")
    subjects: list[Subject] = Field(min_length=2)
    rows: list[Row] = Field(min_length=1)


class Outcome(Record):
    """Where a decision ends: an answer with its reason and the page that teaches it."""

    answer: Text
    page: Words
    sources: list[Id] = Field(min_length=1)


class Question(Record):
    """One step of a decision. `yes` and `no` name the next question or an outcome."""

    id: Id
    ask: Text
    yes: Id
    no: Id


class Decision(Record):
    """A way to choose: questions that lead to outcomes."""

    id: Id
    title: Text
    first: Id
    questions: list[Question] = Field(min_length=1)
    outcomes: dict[str, Outcome]


class Aside(Record):
    """Lines of the notes that state nothing: headings, dates, noise."""

    lines: Lines
    reason: Text


class Notes(Record):
    """The notes themselves: who wrote them, when, in which language, how many lines."""

    title: Text
    author: Words
    written: FullDate
    language: Words
    lines: int = Field(gt=0)
    asides: list[Aside] = Field(default_factory=list)
    open: Lines = ()


class Wording(Record):
    """Interface words of one language."""

    words: dict[str, str]


class SourceFile(Record):
    """``data/sources.yml``."""

    sources: list[Source]


class ClaimFile(Record):
    """``data/claims/<topic>.yml``."""

    topic: Text
    claims: list[Claim]


class ChangeFile(Record):
    """``data/changes.yml``."""

    changes: list[Change]


class TermFile(Record):
    """``data/glossary/<topic>.yml``."""

    terms: list[Term]


def schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schemas for editors, by file name."""
    kinds: dict[str, type[Record]] = {
        "notes": Notes,
        "sources": SourceFile,
        "claims": ClaimFile,
        "changes": ChangeFile,
        "glossary": TermFile,
        "comparison": Comparison,
        "decision": Decision,
        "words": Wording,
    }
    return {f"{name}.schema.json": model.model_json_schema() for name, model in kinds.items()}
