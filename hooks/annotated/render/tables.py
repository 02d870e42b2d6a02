"""Comparison tables: one tree, from which HTML, Markdown, CSV and JSON are written."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass, field
from typing import Any

from annotated.records.load import Site
from annotated.records.models import Cell, Comparison, Number, Source
from annotated.records.wording import Words
from annotated.render import markdown
from annotated.render.html import citation, code, escape, icon, plain, reading, rich


@dataclass(frozen=True)
class CellView:
    """A cell as shown: its words, what follows below them, the numbers of its sources."""

    cell: Cell
    text: str  # plain words, `code` in backticks
    note: str
    sources: tuple[int, ...]


@dataclass(frozen=True)
class Table:
    """A comparison in one language, with its sources numbered in the order of first use."""

    id: str
    title: str
    subjects: tuple[tuple[str, str], ...]  # id, name
    rows: tuple[tuple[str, str, tuple[CellView, ...]], ...]  # id, name, cells
    sources: tuple[Source, ...] = field(default=())


def table_of(comparison: Comparison, site: Site, words: Words) -> Table:
    """Build the tree of `comparison`; every subject has its cell in every row."""
    numbering: dict[str, int] = {}
    rows = []
    for row in comparison.rows:
        cells = []
        for subject in comparison.subjects:
            cell = row.cells[subject.id]
            for source in cell.sources:
                numbering.setdefault(source, len(numbering) + 1)
            note = cell.note.in_language(words.language) if cell.note else ""
            used = tuple(sorted(numbering[s] for s in cell.sources))
            cells.append(CellView(cell, cell_words(cell, words), note, used))
        rows.append((row.id, row.name.in_language(words.language), tuple(cells)))
    return Table(
        comparison.id,
        comparison.title.in_language(words.language),
        tuple((s.id, s.name.in_language(words.language)) for s in comparison.subjects),
        tuple(rows),
        tuple(site.source_list(list(numbering))),
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


def number_words(number: Number, words: Words) -> str:
    """Say a quantity with its unit: ``0.25 to 32 vCPU``."""
    if number.exact is not None:
        amount = words.number(number.exact)
    elif number.min is not None and number.max is not None:
        amount = words("number-range", min=words.number(number.min), max=words.number(number.max))
    elif number.min is not None:
        amount = words("number-from", min=words.number(number.min))
    else:
        amount = words("number-to", max=words.number(number.max or 0))
    return f"{amount} {words('unit-' + number.unit)}"


def table_html(table: Table, words: Words, downloads: str = "") -> str:
    """Render the table, whole without script.

    Args:
        downloads: address of the CSV and JSON beside it, without ending; empty for none.
    """
    heads = "".join(
        f'<th scope="col" role="columnheader" data-col="{i}">{rich(name)}</th> '
        for i, (_, name) in enumerate(table.subjects)
    )
    body = "".join(_row_html(table, row, words) for row in table.rows)
    size = "wide" if len(table.subjects) > 3 else "narrow"
    return (
        f'<figure class="cmp {size} n{len(table.subjects)}" id="table-{table.id}" '
        f'data-comparison="{table.id}">'
        f'<div class="cmp-w" role="region" tabindex="0" aria-label="{escape(plain(table.title))}">'
        f'<table class="cmp-t" role="table"><caption>{rich(table.title)}</caption>'
        f'<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">'
        f'<span class="vh">{escape(words("aspect"))}</span></th> {heads}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table></div>'
        f"{_popovers(table, words)}"
        f"<figcaption>{_source_list(table, words)}{_downloads(downloads, words)}</figcaption>"
        "</figure>"
    )


def _row_html(table: Table, row: tuple[str, str, tuple[CellView, ...]], words: Words) -> str:
    row_id, name, cells = row
    same = "" if len({(c.text, c.note) for c in cells}) > 1 else ' class="same"'
    tds = "".join(
        f'<td role="cell" data-col="{i}" data-s="{escape(plain(table.subjects[i][1]))}">'
        f"{_cell_html(table, view, words)}</td> "
        for i, view in enumerate(cells)
    )
    return (
        f'<tr role="row" id="{table.id}-{row_id}"{same}>'
        f'<th scope="row" role="rowheader">{rich(name)}</th> {tds}</tr>'
    )


def _cell_html(table: Table, view: CellView, words: Words) -> str:
    cell = view.cell
    source = _source_button(table, view.sources, words)
    if cell.value is not None:
        body = f'<b class="yn yn-{cell.value}">{icon("t-" + cell.value)}{escape(view.text)}</b>'
    elif cell.date is not None:
        body = f'<time datetime="{cell.date}">{escape(view.text)}</time>'
    elif cell.code is not None:
        body = ", ".join(code(name) for name in cell.code)
    else:
        body = rich(view.text)
    if view.note:
        note = _glued(rich(view.note), source)
        return f'<div class="c">{body} <small class="yn-t">{note}</small></div>'
    return f'<div class="c">{_glued(body, source)}</div>'


def _glued(content: str, button: str) -> str:
    """Keep the source button on the line of the last word, badge or identifier."""
    if content.endswith("</code>"):
        head, _, last = content.rpartition("<code>")
        last = f"<code>{last}\u2060"  # the identifier may break inside, not at its end
    elif content.endswith(">"):
        head, last = "", content
    else:
        before, space, last = content.rpartition(" ")
        head = before + space
        if "</code>" in last and "<code>" not in last:
            return content + button  # an identifier with a space in it is not cut in two
    return f'{head}<span class="nb">{last}{button}</span>'


def _source_button(table: Table, used: tuple[int, ...], words: Words) -> str:
    shown = ",".join(map(str, used))
    label = words("cell-sources", numbers=shown)
    return (
        f'<button type="button" class="src" popovertarget="{_popover_id(table, used)}" '
        f'aria-label="{escape(label)}" data-search-exclude>{shown}</button>'
    )


def _popover_id(table: Table, used: tuple[int, ...]) -> str:
    return f"src-{table.id}-{'-'.join(map(str, used))}"


def _popovers(table: Table, words: Words) -> str:
    """One popover for each set of sources, shared by the cells that cite it."""
    sets = dict.fromkeys(view.sources for _, _, cells in table.rows for view in cells)
    out = []
    for used in sets:
        cited = "<br>".join(citation(table.sources[n - 1], words) for n in used)
        out.append(
            f'<span class="cl cs" id="{_popover_id(table, used)}" popover role="note" '
            f'aria-label="{escape(words("sources-title"))}" data-search-exclude>{cited}</span>'
        )
    return "".join(out)


def _source_list(table: Table, words: Words) -> str:
    items = "".join(f"<li>{citation(source, words)}</li>" for source in table.sources)
    latest = max(source.read for source in table.sources)
    summary = words("sources-read", count=len(table.sources), date=latest)
    return (
        f'<details class="fn" data-search-exclude><summary>{escape(summary)}</summary>'
        f"<ol>{items}</ol></details>"
    )


def _downloads(address: str, words: Words) -> str:
    if not address:
        return ""
    return (
        f'<div class="dl"><a href="{address}.csv" download>{escape(words("csv"))}</a> '
        f'<a href="{address}.json" download>{escape(words("json"))}</a></div>'
    )


def table_markdown(table: Table, words: Words) -> str:
    """Render the table in plain Markdown, with its sources as a numbered list below."""
    lines = [f"**{markdown.rich(table.title)}**", ""]
    heads = [markdown.text(words("aspect")), *(markdown.rich(name) for _, name in table.subjects)]
    lines.append("| " + " | ".join(heads) + " |")
    lines.append("|" + " --- |" * (len(table.subjects) + 1))
    for _, name, cells in table.rows:
        lines.append("| " + " | ".join([markdown.rich(name), *map(_cell_markdown, cells)]) + " |")
    lines += ["", f"{words('sources-title')}:", ""]
    for number, source in enumerate(table.sources, 1):
        cited = markdown.link(source.title, source.url)
        lines.append(f"{number}. {cited}, {markdown.text(reading(source, words))}")
    return "\n".join(lines)


def _cell_markdown(view: CellView) -> str:
    text = f"{view.text}: {view.note}" if view.note else view.text
    return f"{markdown.rich(text)} [{', '.join(map(str, view.sources))}]"


#: What a spreadsheet program takes for the beginning of a formula, in any width of letters.
_FORMULA = re.compile(r"[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
#: A quantity below zero is none: a number, and words for its unit.
_QUANTITY = re.compile(r"-\d[\d,]*(?:\.\d+)?(?: [^\W\d_]+)*")


def csv_cell(text: str) -> str:
    """Return `text` as a cell that a spreadsheet program shows and does not compute.

    By the way that such programs know themselves: a leading apostrophe makes a text of it.

    >>> csv_cell("=1+1"), csv_cell("-5 minutes"), csv_cell("-5+cmd")
    ("'=1+1", '-5 minutes', "'-5+cmd")
    """
    if _FORMULA.match(text) and not _QUANTITY.fullmatch(text):
        return "'" + text
    return text


def table_csv(table: Table) -> str:
    """The table as CSV: one line a cell, so that notes, sources and dates keep their columns."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["row", "subject", "value", "note", "sources", "read"])
    for _, name, cells in table.rows:
        for (_, subject), view in zip(table.subjects, cells, strict=True):
            cited = [table.sources[n - 1] for n in view.sources]
            told = [name, subject, view.text, view.note]
            urls, read = " ".join(s.url for s in cited), max(s.read for s in cited)
            writer.writerow([*(csv_cell(plain(text)) for text in told), urls, read])
    return out.getvalue()


def table_json(table: Table) -> str:
    """The table as JSON: typed values, notes, and sources with their dates."""
    value: dict[str, Any] = {
        "id": table.id,
        "title": plain(table.title),
        "subjects": [{"id": i, "name": plain(name)} for i, name in table.subjects],
        "rows": [
            {
                "id": row_id,
                "name": plain(name),
                "cells": {
                    subject: _cell_json(view, table)
                    for (subject, _), view in zip(table.subjects, cells, strict=True)
                },
            }
            for row_id, name, cells in table.rows
        ],
        "sources": {s.id: s.model_dump(exclude={"id"}, exclude_none=True) for s in table.sources},
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _cell_json(view: CellView, table: Table) -> dict[str, Any]:
    typed = view.cell.model_dump(include={"value", "code", "number", "date"}, exclude_none=True)
    result: dict[str, Any] = {"text": plain(view.text), **typed}
    if view.note:
        result["note"] = plain(view.note)
    result["sources"] = [table.sources[n - 1].id for n in view.sources]
    return result
