"""A combined table: cells of comparisons under common questions, any two side by side."""

from __future__ import annotations

from dataclasses import dataclass

from annotated.records.evidence import EvidentCell, evidence
from annotated.records.models import Combined, CombinedRow, CombinedSubject
from annotated.records.probes import cell_key
from annotated.render import markdown
from annotated.render.edition import Edition, link_to
from annotated.render.parts import part
from annotated.render.tables import (
    CellView,
    RowView,
    SubjectView,
    TableView,
    cell_view,
    table_markdown,
)
from annotated.render.views import source_views


@dataclass(frozen=True)
class PairView:
    """Two subjects that are often asked for, and the address that shows them."""

    first: SubjectView
    second: SubjectView
    fragment: str


def combined_of(combined: Combined, edition: Edition) -> TableView:
    """Build the table of `combined` from the comparisons that it names; the checks have run."""
    language = edition.language
    numbering: dict[str, int] = {}
    heads = tuple(SubjectView(s.id, s.name.in_language(language)) for s in combined.subjects)
    rows = []
    for row in combined.rows:
        cells = tuple(
            _cell(row, subject, head, edition, numbering)
            for subject, head in zip(combined.subjects, heads, strict=True)
        )
        rows.append(RowView(row.id, row.name.in_language(language), cells))
    return TableView(
        combined.id,
        combined.title.in_language(language),
        heads,
        tuple(rows),
        source_views(list(numbering), edition),
        searched=False,
    )


def _cell(
    row: CombinedRow,
    subject: CombinedSubject,
    head: SubjectView,
    edition: Edition,
    numbering: dict[str, int],
) -> CellView:
    """The first answer that a comparison has for this subject; none is told as what it is."""
    for name in row.rows:
        table, of = name.split("/")
        key = cell_key(table, of, subject.columns.get(table, ""))
        found = evidence(edition.site, key)
        if isinstance(found, EvidentCell):
            return cell_view(found.cell, key, head, edition.site, edition.words, numbering)
    return CellView(head, edition.words("cell-none"), "", "", "", {}, sources=())


def pairs_of(combined: Combined, edition: Edition) -> list[PairView]:
    """The pairs that are asked for often, as links."""
    names = {
        s.id: SubjectView(s.id, s.name.in_language(edition.language)) for s in combined.subjects
    }
    return [
        PairView(names[a], names[b], f"#table-{combined.id}?columns={a},{b}")
        for a, b in combined.pairs
    ]


def combined_html(argument: str, edition: Edition) -> str:
    """Render a combined table with a choice of two; whole without script."""
    combined = edition.site.combined[argument].value
    view, pairs = combined_of(combined, edition), pairs_of(combined, edition)
    return part("combined", view=view, pairs=pairs, words=edition.words)


def combined_markdown(argument: str, edition: Edition) -> str:
    """Return the whole table in plain Markdown."""
    combined = edition.site.combined[argument].value
    return table_markdown(combined_of(combined, edition), edition.words)


@dataclass(frozen=True)
class RowLink:
    """A row of a comparison, and its address."""

    name: str
    href: str


@dataclass(frozen=True)
class TableRows:
    """A comparison with all of its rows, as links."""

    title: str
    href: str
    subjects: tuple[str, ...]
    rows: tuple[RowLink, ...]


def rows_of(page: str, edition: Edition, *, html: bool = True) -> list[TableRows]:
    """Return the rows of all comparisons that have a page, in the order of the files."""
    language, found = edition.language, []
    for name, located in edition.site.comparisons.items():
        table = located.value
        if table.page == "open":
            continue
        found.append(
            TableRows(
                table.title.in_language(language),
                link_to(table.page, page, html=html),
                tuple(subject.name.in_language(language) for subject in table.subjects),
                tuple(
                    RowLink(
                        (row.asks or row.name).in_language(language),
                        link_to(f"{table.page}#{name}-{row.id}", page, html=html),
                    )
                    for row in table.rows
                ),
            )
        )
    return found


def rows_html(page: str, edition: Edition) -> str:
    """Render the questions of all tables, with a field to find one."""
    return part("rows", tables=rows_of(page, edition), words=edition.words)


def rows_markdown(page: str, edition: Edition) -> str:
    """Return the questions of all tables in plain Markdown."""
    return "\n".join(
        f"- {markdown.rich_link(table.title, table.href)}: "
        + "; ".join(markdown.rich_link(row.name, row.href) for row in table.rows)
        for table in rows_of(page, edition, html=False)
    )
