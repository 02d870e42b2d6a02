"""What the choosers of this site answer to situations that people have described in public."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from annotated.records.choosing import next_question, start, steering
from annotated.records.located import read_yaml
from annotated.records.models import Decision
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
