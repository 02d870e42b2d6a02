"""What the choosers of this site answer to situations that people have described in public."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
import yaml

from annotated.check.decisions import reasons_hold
from annotated.project import open_project
from annotated.records.choosing import next_question, start, steering
from annotated.records.load import Site
from annotated.records.located import read_yaml
from annotated.records.models import Cell, Decision
from tests.conftest import ROOT

FILE = ROOT / "tests" / "unit" / "situations.yml"
# In YAML's plainer sense, as records are read: yes and no are words.
SITUATIONS: list[dict[str, Any]] = yaml.load(FILE.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506


def decision(name: str) -> Decision:
    text = (ROOT / "data" / "decisions" / f"{name}.yml").read_text(encoding="utf-8")
    document, problems = read_yaml(name, text)
    assert document, problems
    return Decision.model_validate(document.value)


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda situation: str(situation["id"]))
def test_a_situation_has_its_answer(situation: dict[str, Any]) -> None:
    """Each question that comes up is answered, no other is, and what is left is the answer."""
    chosen = decision(situation["decision"])
    steers, way = steering(chosen), start(chosen)
    while question := next_question(chosen, way, steers):
        given = situation["answers"].get(question.id)
        assert given is not None, f"it is asked '{question.id}', too"
        answer = next(each for each in question.answers if each.id == given)
        way = way.answered(question, answer)
    assert dict(way.given) == situation["answers"]
    assert list(way.left) == situation["left"]


def test_there_are_twenty_of_them_and_most_ends_are_met() -> None:
    assert len(SITUATIONS) >= 20
    assert len({situation["id"] for situation in SITUATIONS}) == len(SITUATIONS)
    firsts = {situation["left"][0] for situation in SITUATIONS}
    assert len(firsts) >= 12


def test_each_reason_of_the_choosers_is_named_when_its_cell_says_otherwise() -> None:
    """All of them, one by one, in the records as they are."""
    site, problems = open_project(ROOT, ROOT / "docs" / "en", "en", date(2026, 11, 29))
    assert not [p for p in problems if "decisions" in p.place.file]
    flipped = 0
    for located in site.decisions.values():
        for q, question in enumerate(located.value.questions):
            for a, answer in enumerate(question.answers):
                for e, elimination in enumerate(answer.rules_out):
                    ((name, wanted),) = elimination.expectations().items()
                    place = located.at("questions", q, "answers", a, "rules_out", e, name)
                    with otherwise(site, elimination.cell, wanted if name == "lacks" else "other"):
                        told = {p.place: p for p in reasons_hold(site)}
                    assert told[place].rule == "reason-gone", elimination
                    assert elimination.cell in told[place].message
                    flipped += 1
    assert flipped > 150
    assert list(reasons_hold(site)) == []


@contextmanager
def otherwise(site: Site, name: str, text: str) -> Iterator[None]:
    """Have a cell say something else for a while."""
    table, row, subject = name.split("/")
    cells = next(r for r in site.comparisons[table].value.rows if r.id == row).cells
    kept = cells[subject]
    said = {"text": {"en": text}, "sources": kept.sources}
    cells[subject] = Cell.model_validate(said, context={"language": "en"})
    yield
    cells[subject] = kept
