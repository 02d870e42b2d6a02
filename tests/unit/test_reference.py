"""Every record and field is explained, once, in its model."""

from __future__ import annotations

import inspect
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

import cli
from annotated.project import open_project
from annotated.records import models
from annotated.records.models import FILES, Record
from annotated.records.reference import entries
from annotated.render.edition import Edition
from annotated.render.reference import reference_file, reference_html

ROOT = Path(__file__).resolve().parents[2]
RECORDS = [
    model
    for _, model in inspect.getmembers(models, inspect.isclass)
    if issubclass(model, Record) and model not in (Record, models.Probed)
]


@pytest.mark.parametrize("model", RECORDS)
def test_every_field_is_explained(model: type[Record]) -> None:
    assert [name for name, field in model.model_fields.items() if not field.description] == []


@pytest.mark.parametrize("model", RECORDS)
def test_every_example_is_one(model: type[Record]) -> None:
    for name, field in model.model_fields.items():
        for example in field.examples or []:
            kind: TypeAdapter[Any] = TypeAdapter(type("One", (Record,), {
                "__annotations__": {name: field.annotation}, name: field
            }))  # fmt: skip
            assert kind.validate_python({name: example})


def test_every_record_and_field_is_listed() -> None:
    listed = {entry.name: {field.name for field in entry.fields} for entry in entries()}
    assert listed == {model.__name__: set(model.model_fields) for model in RECORDS}
    assert {entry.file for entry in entries() if entry.file} == {
        f"data/{file}" for _, file in FILES.values()
    }


def test_no_reader_is_shown_a_pattern() -> None:
    told = reference_file()
    assert not {"^[", "(?:", "{3}"} & set(told)
    assert "^" not in told
    assert "- `lines` (a line, a range, or a list of those; required)" in told
    assert "`correct`, `imprecise`" in told


def test_the_file_is_not_stale(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--root", str(ROOT), "reference", "--check"]) == 0
    assert cli.main(["--root", str(tmp_path), "reference", "--check"]) == 1
    assert "'REFERENCE.md' is stale" in capsys.readouterr().err
    assert cli.main(["--root", str(tmp_path), "reference"]) == 0
    assert (tmp_path / "REFERENCE.md").read_text("utf-8") == reference_file()


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_page_shows_it_in_every_edition(records: Path, language: str) -> None:
    docs = records / "docs" / language
    site, problems = open_project(records, docs, language, date(2026, 11, 24))
    assert [p for p in problems if "how-it-works" in p.place.file] == []
    html = reference_html(Edition.of(site, language))
    assert "{#record-claim}" in html
    assert '<div class="ref" lang="en">' in html
    assert ("required" if language == "en" else "필수") in html
