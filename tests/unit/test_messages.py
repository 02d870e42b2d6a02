"""Every message speaks to a beginner: no words of a library, no pattern, whatever is wrong."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import Field, ValidationError

from annotated.records.explain import explain
from annotated.records.located import Document, read_yaml
from annotated.records.models import FILES, Record

STARTER = Path(__file__).resolve().parents[2] / "starter" / "data"
#: What somebody may write in the place of anything.
WRONG = [
    None, "", "x y", "yes", 5, -1, 0, 1.5, True, [], ["a", "a"], {}, {"en": 5}, {"xx": "a"},
    {"en": ""}, {"a": {"b": 1}}, "<b>", "2024-13-45", "c-1", "..", 10**9,
]  # fmt: skip
#: Words of pydantic, of Python, and what only a pattern holds.
STRANGE = re.compile(
    r"input should|validation|instance|dictionary|pydantic|valid (?:string|list)|none\b|\^\[|\(\?"
    r"|got an|unexpected|\{\d+\}"
)


def files() -> list[tuple[str, Path]]:
    found = []
    for kind, (_, name) in FILES.items():
        pattern = re.sub(r"<\w+>", "*", name)
        found += [(kind, file) for file in sorted(STARTER.glob(pattern))[:1]]
    return found


def paths(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if path:
        yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths(inner, (*path, key))
    elif isinstance(value, list) and value:
        yield from paths(value[0], (*path, 0))


@pytest.mark.parametrize(("kind", "file"), files(), ids=lambda x: x if isinstance(x, str) else "")
def test_what_is_wrong_is_said_in_plain_words(kind: str, file: Path) -> None:
    document, _ = read_yaml(file.name, file.read_text("utf-8"))
    assert document
    model, _ = FILES[kind]
    strange = set()
    for path in paths(document.value):
        for wrong in WRONG:
            value = copy.deepcopy(document.value)
            holder = value
            for step in path[:-1]:
                holder = holder[step]
            holder[path[-1]] = wrong
            try:
                model.model_validate(value, context={"language": "en"})
            except ValidationError as error:
                for problem in explain(document, (), model, error):
                    told = re.sub(r"found none|'[^']*'", "", problem.message)
                    if STRANGE.search(told):
                        strange.add(problem.message)
    assert strange == set()


def test_bounds_and_types_are_named() -> None:
    document, _ = read_yaml("notes.yml", (STARTER / "notes.yml").read_text("utf-8"))
    assert document
    model, _ = FILES["notes"]

    def told(**wrong: Any) -> list[str]:
        try:
            model.model_validate({**document.value, **wrong}, context={"language": "en"})
        except ValidationError as error:
            return [problem.message for problem in explain(document, (), model, error)]
        return []

    assert told(lines=0) == ["'lines: 0': expected a number above 0"]
    assert told(lines=10**6) == ["'lines: 1000000': expected 100000 at most"]
    assert told(show="yes") == ["'show' holds a text, expected true or false"]
    assert told(title="Tea") == ["'title: Tea': write it by language: {en: Tea}"]
    assert told(title={}) == [
        "'title': key 'en' is missing: each text stands in the site's language"
    ]


#: What may be a list of nothing; where something has to stand, it is refused.
MAY_BE_EMPTY = {
    "changes.changes", "changes.changes.claims", "changes.changes.pages", "claims.claims",
    "decision.questions.answers.rules_out", "failures.failures.aliases.en",
    "failures.failures.aliases.ko", "failures.failures.pages", "failures.failures.terms",
    "glossary.terms", "glossary.terms.aliases.en", "glossary.terms.aliases.ko",
    "glossary.terms.also.en", "glossary.terms.also.ko", "glossary.terms.misspellings.en",
    "glossary.terms.misspellings.ko", "glossary.terms.questions.en", "glossary.terms.questions.ko",
    "notes.asides", "prices.prices", "sources.sources",
}  # fmt: skip


def test_a_list_of_nothing_is_refused_where_something_has_to_stand() -> None:
    passed, tried = set(), 0
    for kind, file in files():
        document, _ = read_yaml(file.name, file.read_text("utf-8"))
        assert document
        model, _ = FILES[kind]
        for path in paths(document.value):
            value = copy.deepcopy(document.value)
            holder = value
            for step in path[:-1]:
                holder = holder[step]
            if not isinstance(holder[path[-1]], list):
                continue
            tried += 1
            holder[path[-1]] = []
            try:
                model.model_validate(value, context={"language": "en"})
            except ValidationError:
                continue
            passed.add(".".join([kind, *(step for step in path if isinstance(step, str))]))
    assert tried > 40
    assert passed == MAY_BE_EMPTY


class _Inner(Record):
    leaf: str


class _Asked(Record):
    """A record with every kind and every bound that a message names."""

    text: str = ""
    whole: int = 0
    yes: bool = True
    some: list[str] = Field([], min_length=2, max_length=3)
    by_name: dict[str, str] = Field(default_factory=dict)
    inner: _Inner | None = None
    above: int = Field(1, gt=0)
    least: int = Field(1, ge=1)
    below: int = Field(1, lt=9)
    most: int = Field(1, le=8)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"text": 5}, "wrong-type 'text' holds a number, expected a text; put it into quotes"),
        ({"whole": "x"}, "wrong-type 'whole' holds a text, expected a whole number"),
        ({"whole": 1.5}, "wrong-type 'whole' holds a number, expected a whole number"),
        ({"yes": None}, "wrong-type 'yes' holds nothing, expected true or false"),
        ({"some": "a"}, "wrong-type 'some' holds a text, expected a list, like [a, b]"),
        ({"by_name": ["a"]}, "wrong-type 'by_name' holds a list, expected 'key: ...' lines"),
        ({"inner": True}, "wrong-type 'inner' holds true or false, expected 'key: ...' lines with 'leaf'"),
        ({"inner": {}}, "missing-key key 'leaf' is missing"),
        ({"inner": {"leaf": "a", "leav": "b"}}, "unknown-key unknown key 'leav'; did you mean 'leaf'?; expected 'leaf'"),
        ({"some": ["a"]}, "bad-value 'some': expected 2 or more, found 1"),
        ({"some": ["a"] * 4}, "bad-value 'some': expected 3 at most, found 4"),
        ({"above": 0}, "bad-value 'above: 0': expected a number above 0"),
        ({"least": 0}, "bad-value 'least: 0': expected 1 or more"),
        ({"below": 9}, "bad-value 'below: 9': expected a number below 9"),
        ({"most": 9}, "bad-value 'most: 9': expected 8 at most"),
    ],
)  # fmt: skip
def test_each_kind_and_each_bound_has_its_sentence(wrong: dict[str, Any], said: str) -> None:
    document = Document("a.yml", wrong, {})
    with pytest.raises(ValidationError) as error:
        _Asked.model_validate(wrong)
    told = [f"{p.rule} {p.message}" for p in explain(document, (), _Asked, error.value)]
    assert told == [said]
