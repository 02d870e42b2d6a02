"""What the answers of practice questions rest on: claims, and cells of comparisons."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import ValidationError

from annotated.records.load import Located, Site
from annotated.records.located import Document
from annotated.records.models import Cell, Claim, Comparison, Row, Subject, Text
from annotated.records.problems import Place
from annotated.records.units import Unit

#: What the names of units begin with that say what a question rests on.
RESTED = "practice/"
#: The questions of an edition as a deck of cards, below its root.
DECK = "practice-anki.txt"


@dataclass(frozen=True)
class EvidentCell:
    """A cell of a comparison, with all that says which."""

    table: Comparison
    row: Row
    subject: Subject
    cell: Cell
    place: Place


def evidence(site: Site, name: str) -> Located[Claim] | EvidentCell | None:
    """Return the claim or cell with this name; None if there is none."""
    table, *parts = name.split("/")
    if not parts:
        return site.claims.get(name)
    located = site.comparisons.get(table)
    if located is None:
        return None
    row_id, subject_id = parts
    subject = next((s for s in located.value.subjects if s.id == subject_id), None)
    for index, row in enumerate(located.value.rows):
        if row.id == row_id and subject and subject_id in row.cells:
            place = located.at("rows", index, "cells", subject_id)
            return EvidentCell(located.value, row, subject, row.cells[subject_id], place)
    return None


def rested(site: Site) -> Iterator[tuple[Unit, Place]]:
    """Yield what each question rests on as a unit, and where the question names it.

    The unit is named by the question and the record: it holds what the record says in the
    language of the site, so that its hash changes whenever that does.
    """
    for name, practice in site.practice.items():
        for index, question in enumerate(practice.value.questions):
            at = practice.at("questions", index, "id")
            for key in dict.fromkeys(answer.rests for answer in question.answers()):
                found = evidence(site, key)
                if found is not None:
                    yield _unit(f"{RESTED}{name}/{question.id}/{key}", found, site.language), at


def said_by(site: Site, name: str) -> list[str]:
    """What the claim or cell with this name says of itself, in the language of the site."""
    found = evidence(site, name)
    if found is None:
        return []
    texts: list[Text | None] = (
        [found.cell.text, found.cell.note]
        if isinstance(found, EvidentCell)
        else [found.value.now or found.value.said]
    )
    return [text.in_language(site.language) for text in texts if text]


def said_in(document: Document | None, name: str, language: str) -> str | None:
    """Return what a unit of `rested` held in an earlier version of the file of its record.

    None if the record was not there, or has been of another shape.
    """
    key = name.split("/", 3)[3]
    site, context = Site(language=language), {"language": language}
    try:
        assert document is not None
        if "/" in key:
            table = Comparison.model_validate(document.value, context=context)
            site.comparisons[table.id] = Located(table, document)
        for item in document.value.get("claims", []):
            if item["id"] == key:
                site.claims[key] = Located(Claim.model_validate(item, context=context), document)
    except (ValidationError, AssertionError, AttributeError, KeyError, TypeError):
        return None
    found = evidence(site, key)
    return _unit(name, found, language).text if found else None


def _unit(name: str, found: Located[Claim] | EvidentCell, language: str) -> Unit:
    texts: list[Text | None]
    if isinstance(found, EvidentCell):
        typed = found.cell.typed()
        said = [json.dumps(typed, sort_keys=True)] if typed else []
        texts = [found.row.name, found.subject.name, found.cell.text, found.cell.note]
        place = found.place
    else:
        claim = found.value
        said, texts, place = [claim.verdict], [claim.said, claim.now], found.at()
    said += [text.in_language(language) for text in texts if text]
    return Unit(name, "; ".join(said), place)
