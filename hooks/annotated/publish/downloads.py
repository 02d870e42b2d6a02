"""Comparisons, failures and decisions as files: CSV and JSON beside the page of each."""

from __future__ import annotations

import csv
import io
import json
import posixpath
import re
from collections.abc import Collection
from dataclasses import asdict
from typing import Any, get_args

from annotated.records.models import Via, YesNo
from annotated.render.decisions import DecisionView, ReasonView, decision_view
from annotated.render.edition import Edition
from annotated.render.failures import FailureView, failure_views, message_text
from annotated.render.labs import lab_files
from annotated.render.parts import plain
from annotated.render.probes import ProofView
from annotated.render.tables import CellView, TableView, table_of
from annotated.render.views import SourceView

#: What a spreadsheet program takes for the beginning of a formula, in any width of letters.
_FORMULA = re.compile(r"[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
#: A quantity below zero is none: a number, and words for its unit.
_QUANTITY = re.compile(r"-\d[\d,]*(?:\.\d+)?(?: [^\W\d_]+)*")

#: Where the schema of the tables' JSON stands; once published, it stays there.
TABLE_SCHEMA = "schemas/table.schema.json"


def csv_cell(text: str) -> str:
    """Return `text` as a cell that a spreadsheet program shows and does not compute.

    By the way that such programs know themselves: a leading apostrophe makes a text of it.

    >>> csv_cell("=1+1"), csv_cell("-5 minutes"), csv_cell("-5+cmd")
    ("'=1+1", '-5 minutes', "'-5+cmd")
    """
    if _FORMULA.match(text) and not _QUANTITY.fullmatch(text):
        return "'" + text
    return text


def all_files(edition: Edition) -> list[tuple[str, str]]:
    """Return path below the site's root and content of every download."""
    made = (comparison_files, failure_files, decision_files, lab_files)
    return [each for files in made for each in files(edition)]


def comparison_files(edition: Edition) -> list[tuple[str, str]]:
    """Return path below the site's root and content of every table's downloads."""
    out = []
    for name, stem in edition.site.downloads().items():
        table = table_of(edition.site.comparisons[name].value, edition.site, edition.words)
        # The byte order mark makes spreadsheet programs read UTF-8.
        out.append((stem + ".csv", "\ufeff" + table_csv(table)))
        schema = posixpath.relpath(TABLE_SCHEMA, posixpath.dirname(stem) or ".")
        out.append((stem + ".json", table_json(table, schema)))
    if out:
        out.append((TABLE_SCHEMA, table_schema()))
    return out


def failure_files(edition: Edition) -> list[tuple[str, str]]:
    """Return path below the site's root and content of the downloads of all failures."""
    out = []
    for name, stem in edition.site.failure_downloads().items():
        listed = edition.site.failures[name].value
        rows = [
            row
            for group in listed.groups
            for row in failure_views(listed, group.id, listed.page, edition)
        ]
        title = listed.title.in_language(edition.language)
        out.append((stem + ".csv", "\ufeff" + failures_csv(rows)))
        out.append((stem + ".json", failures_json(name, title, rows)))
    return out


def decision_files(edition: Edition) -> list[tuple[str, str]]:
    """Return path below the site's root and content of each decision as JSON."""
    stems = edition.site.decision_downloads()
    decisions = {name: edition.site.decisions[name].value for name in stems}
    return [
        (f"{stem}.json", decision_json(decision_view(decisions[name], f"{stem}.md", edition)))
        for name, stem in stems.items()
    ]


def decision_json(view: DecisionView) -> str:
    """A decision as JSON: candidates, questions, and what each answer rules out by which cell."""
    value = {
        "id": view.id,
        "title": plain(view.title),
        "candidates": [
            {
                "id": each.id,
                "name": plain(each.name),
                "answer": plain(each.answer),
                "pages": [page.href for page in each.pages],
                "sources": [view.sources[number - 1].id for number in each.sources],
            }
            for each in view.candidates
        ],
        "questions": [
            {
                "id": question.id,
                "ask": plain(question.ask),
                **({"help": plain(question.help)} if question.help else {}),
                **({"when": question.when} if question.when else {}),
                "answers": [
                    {
                        "id": answer.id,
                        "text": plain(answer.text),
                        "rules_out": [_reason_json(reason, view) for reason in answer.reasons],
                    }
                    for answer in question.answers
                ],
            }
            for question in view.questions
        ],
        "sources": {source.id: _source_json(source) for source in view.sources},
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _reason_json(reason: ReasonView, view: DecisionView) -> dict[str, Any]:
    return {
        "out": [each.id for each in reason.out],
        "cell": reason.cell,
        **reason.expects,
        "row": plain(reason.row),
        "subject": plain(reason.subject),
        "text": plain(reason.text),
        **({"note": plain(reason.note)} if reason.note else {}),
        "sources": [view.sources[number - 1].id for number in reason.sources],
    }


def failures_csv(rows: list[FailureView]) -> str:
    """Failures as CSV: one line each; several messages or steps are lines of their cell."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    head = ["id", "group", "message", "seen", "means", "look", "command", "mends"]
    writer.writerow([*head, "sources", "read", "holds"])
    for row in rows:
        told = [
            row.anchor,
            row.group,
            "\n".join(map(message_text, row.messages)),
            row.seen,
            row.means,
            "\n".join(step.text for step in row.look),
            "\n".join(step.command for step in row.look if step.command),
            row.mends,
        ]
        texts = (csv_cell(plain(text)) for text in told)
        writer.writerow([*texts, *_cited(row.sources), row.proof.holds])
    return out.getvalue()


def failures_json(name: str, title: str, rows: list[FailureView]) -> str:
    """Failures as JSON: messages with ``<name>`` for what differs, and sources with their dates."""
    sources = {source.id: _source_json(source) for row in rows for source in row.sources}
    value = {
        "id": name,
        "title": plain(title),
        "failures": [
            {
                "id": row.anchor,
                "group": row.group,
                "messages": list(map(message_text, row.messages)),
                "seen": plain(row.seen),
                "means": plain(row.means),
                "look": [
                    {"text": plain(step.text)} | ({"command": step.command} if step.command else {})
                    for step in row.look
                ],
                "mends": plain(row.mends),
                **_held(row.proof),
                "sources": [source.id for source in row.sources],
            }
            for row in rows
        ],
        "sources": sources,
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def table_csv(table: TableView) -> str:
    """The table as CSV: one line a cell, so that notes, sources and dates keep their columns."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["row", "subject", "value", "note", "sources", "read", "holds"])
    for row in table.rows:
        for cell in row.cells:
            cited = [table.sources[number - 1] for number in cell.sources]
            told = [row.name, cell.subject.name, cell.text, cell.note]
            texts = (csv_cell(plain(text)) for text in told)
            writer.writerow([*texts, *_cited(cited), cell.proof.holds])
    return out.getvalue()


def _cited(sources: Collection[SourceView]) -> tuple[str, str]:
    """Where an answer was read, and when last; what has no address is named by its title."""
    where = " ".join(source.url or source.title for source in sources)
    return csv_cell(where), max(source.read for source in sources)


def table_schema() -> str:
    """The JSON Schema of the tables as JSON."""
    text = {"type": "string", "minLength": 1}
    names = {"type": "array", "items": text, "minItems": 1}
    subject = _object({"id": text, "name": text})
    day = {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}
    quantity = _object(
        {"unit": text}, exact={"type": "number"}, min={"type": "number"}, max={"type": "number"}
    )
    cell = _object(
        {"text": text, "sources": names},
        value={"enum": list(get_args(YesNo))},
        code=names,
        number=quantity,
        date=day,
        note=text,
        holds={"type": "array", "items": {"type": "object", "additionalProperties": text}},
    )
    source = _object(
        {"title": text, "via": {"enum": list(get_args(Via))}, "read": day},
        url={"type": "string", "format": "uri"},
        publisher=text,
        author=text,
        pages=text,
        as_of=day,
    )
    rows = _object({"id": text, "name": text, "cells": _by_id(cell)})
    value = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A comparison: subjects, and rows with a cell for each",
        **_object(
            {
                "id": text,
                "title": text,
                "subjects": {"type": "array", "items": subject, "minItems": 2},
                "rows": {"type": "array", "items": rows, "minItems": 1},
                "sources": _by_id(source),
            },
            **{"$schema": text},
        ),
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _object(required: dict[str, Any], **optional: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {**required, **optional},
        "required": list(required),
        "additionalProperties": False,
    }


def _by_id(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": item}


def table_json(table: TableView, schema: str) -> str:
    """The table as JSON: typed values, notes, and sources with their dates.

    Args:
        table: the table in one language.
        schema: where its JSON Schema stands, as seen from the file.
    """
    value: dict[str, Any] = {
        "$schema": schema,
        "id": table.id,
        "title": plain(table.title),
        "subjects": [{"id": s.id, "name": plain(s.name)} for s in table.subjects],
        "rows": [
            {
                "id": row.id,
                "name": plain(row.name),
                "cells": {cell.subject.id: _cell_json(cell, table) for cell in row.cells},
            }
            for row in table.rows
        ],
        "sources": {source.id: _source_json(source) for source in table.sources},
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _cell_json(cell: CellView, table: TableView) -> dict[str, Any]:
    result: dict[str, Any] = {"text": plain(cell.text), **cell.typed}
    if cell.note:
        result["note"] = plain(cell.note)
    result |= _held(cell.proof)
    result["sources"] = [table.sources[number - 1].id for number in cell.sources]
    return result


def _held(proof: ProofView) -> dict[str, Any]:
    """Where a record holds; nothing where nobody has looked."""
    return {"holds": [asdict(h) for h in proof.holdings]} if proof.holdings else {}


def _source_json(source: SourceView) -> dict[str, str]:
    keys = ("title", "url", "publisher", "author", "pages", "via", "as_of", "read")
    return {key: getattr(source, key) for key in keys if getattr(source, key)}
