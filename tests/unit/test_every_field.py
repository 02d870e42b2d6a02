"""What is checked of one record is checked of every record that has the like: a reference, a date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from pydantic import BaseModel

from annotated.check import check_site
from annotated.project import open_project
from annotated.records import models
from annotated.records.load import Located, Site
from annotated.records.models import Cell, Package, Record
from tests.conftest import lay_whole

#: Where each kind of reference stands, something that is not there, and how that is told.
REFERENCES: dict[str, tuple[Any, str]] = {
    "sources": (["nowhere"], "unknown-source"),
    "terms": (["nowhere"], "unknown-term"),
    "claims": (["c-999"], "unknown-claim"),
    "pages": (["nowhere.md"], "broken-link"),
    "page": ("nowhere.md", "broken-link"),
}
#: A table may tell what will be; a tool writes when a package came out.
MAY_COME = {(Cell, "date"), (Package, "released")}
_DATES = (models._PARTIAL, models._FULL)


def kinds(of: type[Record] = Record) -> Iterator[type[Record]]:
    for kind in of.__subclasses__():
        yield kind
        yield from kinds(kind)


def fields() -> Iterator[tuple[type[Record], str, Any]]:
    """Every field of every record, with its schema."""
    for kind in dict.fromkeys(kinds()):
        for name, schema in kind.model_json_schema()["properties"].items():
            yield kind, name, schema


def is_date(schema: Any) -> bool:
    forms = [schema, *schema.get("anyOf", [])]
    return any(form.get("pattern") in _DATES for form in [*forms, *forms[-1].get("anyOf", [])])


def is_reference(name: str, schema: Any) -> bool:
    """Is it an id, a path, or a list of those, and not the records themselves?"""
    wanted = "string" if name == "page" else "array"
    told = schema.get("items", schema)
    return name in REFERENCES and (schema.get("type"), told.get("type")) == (wanted, "string")


LINES = [(k, n) for k, n, _ in fields() if k.model_fields[n].annotation == tuple[int, ...]]
DATED = [(k, n) for k, n, schema in fields() if is_date(schema) and (k, n) not in MAY_COME]
REFERRING = [(k, n) for k, n, schema in fields() if is_reference(n, schema)]


def shown(value: object) -> str:
    return value.__name__ if isinstance(value, type) else str(value)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The starter whole, with a record of every kind."""
    root = lay_whole(tmp_path_factory.mktemp("fields") / "starter")
    site, problems = open_project(root, root / "docs" / "en", "en", date(2026, 11, 29))
    assert problems == []
    return site


def records_in(value: Any) -> Iterator[BaseModel]:
    """Every record in what a site holds, however deep."""
    if isinstance(value, Located):
        yield from records_in(value.value)
    elif isinstance(value, BaseModel):
        yield value
        for name in type(value).model_fields:
            yield from records_in(getattr(value, name))
    elif isinstance(value, (dict, list, tuple)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from records_in(each)


@contextmanager
def holding(site: Site, kind: type[Record], name: str, value: Any) -> Iterator[None]:
    """Have a record of that kind hold something else for a while."""
    found = [each for held in vars(site).values() for each in records_in(held)]
    own = next(vars(each) for each in found if type(each) is kind)
    kept, own[name] = own[name], value
    try:
        yield
    finally:
        own[name] = kept


def rules(site: Site) -> set[str]:
    return {problem.rule for problem in check_site(site)}


@pytest.mark.parametrize(("kind", "name"), REFERRING, ids=shown)
def test_a_reference_to_nothing_is_told(site: Site, kind: type[Record], name: str) -> None:
    value, rule = REFERENCES[name]
    with holding(site, kind, name, value):
        assert rule in rules(site)


@pytest.mark.parametrize(("kind", "name"), DATED, ids=shown)
def test_a_day_to_come_is_told(site: Site, kind: type[Record], name: str) -> None:
    with holding(site, kind, name, "2062-01-01"):
        assert "future-date" in rules(site)


@pytest.mark.parametrize(("kind", "name"), LINES, ids=shown)
def test_a_line_that_the_notes_do_not_have_is_told(
    site: Site, kind: type[Record], name: str
) -> None:
    with holding(site, kind, name, (99_999,)):
        assert "line-out-of-range" in rules(site)


def test_none_of_these_kinds_is_forgotten() -> None:
    assert len(REFERRING) > 15
    assert len(DATED) > 5
    assert len(LINES) > 2
