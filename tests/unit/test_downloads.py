"""What a table is as JSON, and that its schema tells it from what it is not."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from annotated.project import open_project
from annotated.publish.downloads import all_files, comparison_files
from annotated.render.directives import render_directive
from annotated.render.edition import Edition
from tests.conftest import lay_whole

#: A value of another kind, and one that holds nothing.
OTHER: dict[type, list[Any]] = {
    str: [7, ""], int: ["tea"], float: ["tea"], list: ["tea", []], dict: ["tea", []]
}  # fmt: skip
#: What may be empty: nothing holds anywhere, and whether an address is one is not asked by all.
MAY_BE_EMPTY = {"holds", "url", "$schema"}


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Each value within one, with the keys that lead to it."""
    if path:
        yield path, value
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, each in inner:
        yield from places(each, (*path, key))


def test_the_schema_of_tables_refuses_every_value_of_another_kind(records: Path) -> None:
    site, problems = open_project(records, records / "docs" / "en", "en", date(2026, 11, 24))
    assert problems == []
    files = comparison_files(Edition.of(site, "en"))
    (schema,) = [text for path, text in files if path.endswith("schema.json")]
    asked = jsonschema.Draft202012Validator(json.loads(schema))
    tables = [json.loads(text) for path, text in files if path.endswith(".json") and text != schema]
    tried = 0
    for table in tables:
        asked.validate(table)
        for path, value in places(table):
            for other in OTHER[type(value)]:
                if not other and path[-1] in MAY_BE_EMPTY:
                    continue
                broken = copy.deepcopy(table)
                holder = broken
                for key in path[:-1]:
                    holder = holder[key]
                holder[path[-1]] = other
                assert not asked.is_valid(broken), f"{path}: {other!r} for {value!r}"
                tried += 1
    assert tried > 100


@pytest.mark.parametrize(
    ("was", "directive", "name", "ending"),
    [
        ("compare/tea-kinds.md", "comparison", "tea-kinds", "csv"),
        ("when-it-fails.md", "failures", "tea", "csv"),
        ("choosing.md", "decision", "which-kind", "json"),
    ],
)
def test_a_page_whose_name_holds_a_number_sign_leads_to_its_files(
    tmp_path: Path, was: str, directive: str, name: str, ending: str
) -> None:
    """`#` means something in an address, so it is escaped in those of files, as in those of pages."""
    records = lay_whole(tmp_path / "whole")
    folder = f"{Path(was).parent}/" if "/" in was else ""
    (records / "docs" / "en" / was).rename(records / "docs" / "en" / f"{folder}c#.md")
    for file in (records / "data").rglob("*.yml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(was, f"{folder}c#.md"), encoding="utf-8")
    site, _ = open_project(records, records / "docs" / "en", "en", date(2026, 11, 24))
    edition = Edition.of(site, "en")
    html = render_directive(directive, name, f"{folder}c#.md", edition)
    assert f'"c%23.{ending}"' in html
    assert f"{folder}c#.{ending}" in dict(all_files(edition))
