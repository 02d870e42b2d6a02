"""Comparison tables: one tree of plain values, from which every form of a table is written.

HTML and Markdown here; the files for download in ``publish``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from annotated.records.evidence import EvidentCell
from annotated.records.load import Site
from annotated.records.models import Cell, Comparison, Number
from annotated.records.probes import cell_key
from annotated.records.wording import Words
from annotated.render import markdown
from annotated.render.edition import link_to
from annotated.render.parts import part
from annotated.render.probes import NO_PROOF, ProofView, holds_in, proof_view
from annotated.render.views import Cited, SourceView, cite, numbered, source_view

#: Where the amount stands in the word of a unit that says so.
AMOUNT = "{number}"
#: Stands at an answer that a program has looked up, where only text can.
PROVED = " ✓"
#: With more subjects than these a table scrolls in its own region, on a desk too.
MOST_NARROW = 3
#: So many columns a phone shows at first; the style and the script have the same number.
FIRST_ON_A_PHONE = 2


@dataclass(frozen=True)
class SubjectView:
    """A column."""

    id: str
    name: str


@dataclass(frozen=True)
class CellView(Cited):
    """An answer: in words, with `code` in backticks; its type; the numbers of its sources."""

    subject: SubjectView
    text: str
    note: str
    value: str  # yes, partly, no, unknown; or empty
    date: str  # or empty
    typed: Mapping[str, Any]  # the value as it is typed in the record; empty for a text
    proof: ProofView = NO_PROOF


@dataclass(frozen=True)
class RowView:
    """A question, and a cell for each subject."""

    id: str
    name: str
    cells: tuple[CellView, ...]


@dataclass(frozen=True)
class TableView:
    """A comparison in one language, with its sources numbered in the order of first use."""

    id: str
    title: str
    subjects: tuple[SubjectView, ...]
    rows: tuple[RowView, ...]
    sources: tuple[SourceView, ...]
    files: str = ""  # address of the CSV and JSON beside it, without ending
    report: str = ""  # address of a prefilled issue
    first: int = FIRST_ON_A_PHONE
    searched: bool = True  # not where it only repeats what stands elsewhere

    @property
    def answers(self) -> list[CellView]:
        """All cells, row by row."""
        return [cell for row in self.rows for cell in row.cells]

    @property
    def proved(self) -> int:
        """How many answers hold where a program has looked them up."""
        return sum(bool(cell.proof.holds) for cell in self.answers)

    def proof(self, words: Words) -> str:
        """Say how many answers hold, and where; empty if none was looked up."""
        if not self.proved:
            return ""
        found = dict.fromkeys(h for cell in self.answers for h in cell.proof.holdings)
        holds = holds_in(found, words)
        return words("probe-table", count=self.proved, all=len(self.answers), holds=holds)

    @property
    def anchor(self) -> str:
        """The id of the table on a page."""
        return f"table-{self.id}"

    @property
    def size(self) -> str:
        """Does it fit a page, or is it wide?"""
        return "wide" if len(self.subjects) > MOST_NARROW else "narrow"

    @property
    def latest(self) -> str:
        """The day on which a source was last read."""
        return max(source.read for source in self.sources)

    def source_id(self, number: int) -> str:
        """The id of a source in the list below the table, counted from 1."""
        return f"src-{self.id}-{number}"


def table_of(
    comparison: Comparison, site: Site, words: Words, files: str = "", report: str = ""
) -> TableView:
    """Build the tree of `comparison`; every subject has its cell in every row.

    Args:
        comparison: the record.
        site: where its sources are.
        words: the language, and the words of values and units.
        files: address of the CSV and JSON beside it, without ending; empty for none.
        report: address of a prefilled issue; empty for none.
    """
    language = words.language
    numbering: dict[str, int] = {}
    subjects = tuple(SubjectView(s.id, s.name.in_language(language)) for s in comparison.subjects)
    rows = []
    for row in comparison.rows:
        cells = []
        for subject in subjects:
            key = cell_key(comparison.id, row.id, subject.id)
            cells.append(cell_view(row.cells[subject.id], key, subject, site, words, numbering))
        rows.append(RowView(row.id, row.name.in_language(language), tuple(cells)))
    return TableView(
        comparison.id,
        comparison.title.in_language(language),
        subjects,
        tuple(rows),
        tuple(source_view(source, words) for source in site.source_list(list(numbering))),
        files,
        report,
    )


def cell_view(
    cell: Cell,
    key: str,
    subject: SubjectView,
    site: Site,
    words: Words,
    numbering: dict[str, int],
) -> CellView:
    """Return a cell as it is shown.

    Args:
        cell: the record.
        key: its name among the records that are looked up.
        subject: its column.
        site: where its sources are.
        words: the language.
        numbering: the numbers of sources so far; those of this cell are added.
    """
    return CellView(
        subject,
        cell_words(cell, words),
        cell.note.in_language(words.language) if cell.note else "",
        cell.value or "",
        cell.date or "",
        cell.typed(),
        proof_view(key, cell, site, words),
        sources=cite(cell.sources, numbering),
    )


def cell_words(cell: Cell, words: Words) -> str:
    """Say a typed value in words; identifiers stand in backticks."""
    if cell.value is not None:
        return words(f"value-{cell.value}")
    if cell.text is not None:
        return cell.text.in_language(words.language)
    if cell.code is not None:
        return ", ".join(f"`{name}`" for name in cell.code)
    if cell.number is not None:
        return number_words(cell.number, words)
    return words.date(cell.date) if cell.date else ""


def with_note(text: str, note: str) -> str:
    """Say an answer together with its conditions, where both stand in one text."""
    return f"{text}: {note}" if note else text


def cell_address(found: EvidentCell, page: str, *, html: bool) -> str:
    """Return where a cell stands, as seen from `page`; empty while its table has no page.

    In plain Markdown rows have addresses, cells do not.
    """
    if found.table.page == "open":
        return ""
    row = f"{found.table.page}#{found.table.id}-{found.row.id}"
    return link_to(f"{row}.{found.subject.id}" if html else row, page, html=html)


def number_words(number: Number, words: Words) -> str:
    """Say a quantity with its unit: ``0.25 to 32 litres``."""
    if number.exact is not None:
        return quantity_words(words.number(number.exact), number.exact, number.unit, words)
    if number.min is not None and number.max is not None:
        amount = words("number-range", min=words.number(number.min), max=words.number(number.max))
        return quantity_words(amount, number.max, number.unit, words)
    bound, key = (number.max, "number-to") if number.min is None else (number.min, "number-from")
    bound = bound or 0
    return words(key, quantity=quantity_words(words.number(bound), bound, number.unit, words))


def quantity_words(amount: str, number: float, unit: str, words: Words) -> str:
    """Say an amount with its unit: ``6 minutes``; `number` says which form of the unit it takes.

    The word of a unit may say itself where the amount stands, as counted things need it in some
    languages: ``찻잔 {number}개``.
    """
    word = words.form(words(f"unit-{unit}"), number)
    if AMOUNT in word:
        return word.replace(AMOUNT, amount)
    return words("quantity", number=amount, unit=word)


def table_html(table: TableView, words: Words) -> str:
    """Render the table, whole without script."""
    return part("table", view=table, words=words)


def table_markdown(table: TableView, words: Words) -> str:
    """Render the table in plain Markdown, with its sources as a numbered list below."""
    heads = [
        markdown.text(words("aspect")),
        *(markdown.rich(subject.name) for subject in table.subjects),
    ]
    title = markdown.anchor(table.anchor) + f"**{markdown.rich(table.title)}**"
    lines = [title, "", *markdown.head(heads)]
    for row in table.rows:
        name = markdown.anchor(f"{table.id}-{row.id}") + markdown.rich(row.name)
        lines.append(markdown.row([name, *map(_cell_markdown, row.cells)]))
    lines += numbered(table.sources, words)
    if proof := table.proof(words):
        lines += ["", markdown.text(proof)]
    return "\n".join(lines)


def _cell_markdown(cell: CellView) -> str:
    text = with_note(cell.text, cell.note)
    proved = PROVED if cell.proof.holds else ""
    if not cell.sources:
        return markdown.rich(text)
    return f"{markdown.rich(text)} [{', '.join(map(str, cell.sources))}]{proved}"
