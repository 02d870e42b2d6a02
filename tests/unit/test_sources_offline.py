"""Books, papers, lectures and conversations are sources, too: they need no address."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest

from annotated.project import open_project
from annotated.publish.downloads import TABLE_SCHEMA, comparison_files, failure_files
from annotated.records.models import OFFLINE, Source, Via
from annotated.records.wording import Words
from annotated.render.claims import claim_list, claims_markdown
from annotated.render.edition import Edition
from annotated.render.tables import table_markdown, table_of
from annotated.render.views import source_view

BOOK = """\
  - id: tea-encyclopedia
    title: The book of tea
    author: Kakuzo Okakura
    pages: 12-19
    via: book
    as_of: 1906
    read: 2024-03-02
"""


def lay(root: Path, source: str) -> None:
    file = root / "data" / "sources.yml"
    text = file.read_text("utf-8")
    start = text.index("  - id: tea-encyclopedia")
    end = text.find("\n  - ", start)
    file.write_text(text[:start] + source + (text[end + 1 :] if end > 0 else ""), "utf-8")


def test_a_book_is_cited_everywhere_without_a_link(records: Path) -> None:
    lay(records, BOOK)
    site, problems = open_project(records, records / "docs" / "en", "en", date(2026, 11, 24))
    assert problems == []
    edition = Edition.of(site, "en")
    html = claim_list("notes/index.md", edition)
    assert "<cite>The book of tea</cite>" in html
    assert "Kakuzo Okakura, p. 12-19; book read 2 Mar 2024, text of 1906" in html
    assert 'href=""' not in html
    assert "*The book of tea*, 2024-03-02" in claims_markdown("notes/index.md", edition)
    table = table_of(site.comparisons["tea-kinds"].value, site, edition.words)
    assert "1. *The book of tea*, Kakuzo Okakura" in table_markdown(table, edition.words)
    lines, *_ = (text for path, text in comparison_files(edition) if path.endswith(".csv"))
    assert ",The book of tea,2024-03-02" in lines
    value, *_ = (text for path, text in comparison_files(edition) if path.endswith(".json"))
    assert '"author": "Kakuzo Okakura"' in value


@pytest.mark.parametrize("via", OFFLINE)
@pytest.mark.parametrize("left_out", ["", "    author: Kakuzo Okakura\n", "    pages: 12-19\n"])
def test_a_table_that_cites_them_keeps_its_schema(records: Path, via: str, left_out: str) -> None:
    lay(records, BOOK.replace("via: book", f"via: {via}").replace(left_out, ""))
    site, problems = open_project(records, records / "docs" / "en", "en", date(2026, 11, 24))
    assert problems == []
    files = dict(comparison_files(Edition.of(site, "en")))
    schema = json.loads(files.pop(TABLE_SCHEMA))
    tables = [json.loads(text) for path, text in files.items() if path.endswith(".json")]
    assert tables
    for table in tables:
        jsonschema.validate(table, schema)


def test_a_title_is_no_formula_in_a_spreadsheet(records: Path) -> None:
    lay(records, BOOK.replace("The book of tea", '"=1+1, a book"'))
    site, problems = open_project(records, records / "docs" / "en", "en", date(2026, 11, 24))
    assert problems == []
    edition = Edition.of(site, "en")
    files = [*comparison_files(edition), *failure_files(edition)]
    cells = [
        cell
        for path, text in files
        if path.endswith(".csv")
        for row in csv.reader(text.splitlines())
        for cell in row
    ]
    assert [cell for cell in cells if cell.startswith("=")] == []
    assert "'=1+1, a book" in cells


@pytest.mark.parametrize("via", ["paper", "lecture", "conversation"])
def test_so_are_others(records: Path, via: str) -> None:
    lay(records, BOOK.replace("via: book", f"via: {via}").replace("    pages: 12-19\n", ""))
    site, problems = open_project(records, records / "docs" / "ko", "ko", date(2026, 11, 24))
    assert [p for p in problems if p.place.file == "data/sources.yml"] == []
    assert site.sources["tea-encyclopedia"].value.url is None


def test_what_was_said_was_heard_and_all_else_was_read() -> None:
    kinds = get_args(Via)
    said = {"read-on": "read {via}", "heard-on": "heard {via}"} | {f"via-{k}": k for k in kinds}
    rest: dict[str, Any] = {"title": "Tea", "publisher": "A House", "url": "https://tea.test/"}
    for kind in kinds:
        source = Source(id="tea", via=kind, read="2024-03-02", **rest)
        how = "heard" if kind in ("lecture", "conversation") else "read"
        assert source_view(source, Words("en", said)).reading == f"{how} {kind}"


def test_what_stands_on_the_web_needs_its_address(records: Path) -> None:
    lay(records, BOOK.replace("via: book", "via: page"))
    problems = open_project(records, records / "docs" / "en", "en", date(2026, 11, 24))[1]
    told = [p.message for p in problems if p.rule == "missing-key"]
    assert told == [
        "key 'url' is missing: only what is 'via: book', 'paper', 'lecture' or 'conversation' "
        "goes without"
    ]
