"""Combined tables: answers of other tables, with their sources; nothing is written twice."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from annotated.project import open_project
from annotated.publish import docset, search
from annotated.records.counts import counts_of
from annotated.render.combined import combined_of, pairs_of, rows_of
from annotated.render.directives import directive_markdown, render_directive
from annotated.render.edition import Edition
from annotated.render.glossary import term_views
from annotated.render.tables import table_of
from tests.conftest import edit

FILE = "data/combined/teas.yml"
TEAS = """id: teas
title: {en: Any two teas}
page: brewing.md
subjects:
  - {id: green, name: {en: Green tea}, columns: {tea-kinds: green}}
  - {id: black, name: {en: Black tea}, columns: {tea-kinds: black}}
  - {id: mate, name: {en: Mate}, columns: {leaves: mate}}
rows:
  - {id: brown, name: {en: Is it browned?}, rows: [tea-kinds/oxidised]}
  - {id: time, name: {en: How long?}, rows: [leaves/steeped, tea-kinds/steeped]}
pairs:
  - [green, black]
"""
LEAVES = """id: leaves
title: {en: Leaves}
page: open
subjects:
  - {id: mate, name: {en: Mate}}
  - {id: mint, name: {en: Mint}}
rows:
  - id: steeped
    name: {en: Steeping}
    cells:
      mate: {number: {exact: 3, unit: minutes}, sources: [iso-3103]}
      mint: {number: {exact: 5, unit: minutes}, sources: [iso-3103]}
"""


@pytest.fixture
def teas(records: Path) -> Path:
    (records / "data" / "combined").mkdir()
    (records / FILE).write_text(TEAS, encoding="utf-8")
    (records / "data/comparisons/leaves.yml").write_text(LEAVES, encoding="utf-8")
    page = records / "docs/en/brewing.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n<!-- combined: teas -->\n", "utf-8")
    return records


def opened(root: Path) -> tuple[Edition, list[str]]:
    site, problems = open_project(root, root / "docs" / "en", "en", date(2026, 11, 24))
    return Edition.of(site, "en"), [str(problem) for problem in problems]


def test_answers_are_those_of_the_tables_with_their_sources(teas: Path) -> None:
    edition, problems = opened(teas)
    assert problems == []
    combined = edition.site.combined["teas"].value
    table = combined_of(combined, edition)
    told = [[(cell.text, len(cell.sources)) for cell in row.cells] for row in table.rows]
    none = (edition.words("cell-none"), 0)
    assert told[0] == [("No", 1), ("Yes", 1), none]
    assert [text for text, _ in told[1]] == ["6 minutes", "6 minutes", "3 minutes"]
    assert [pair.fragment for pair in pairs_of(combined, edition)] == [
        "#table-teas?columns=green,black"
    ]


def test_a_cell_that_changes_changes_there_too(teas: Path) -> None:
    edit(teas, "data/comparisons/tea-kinds.yml", "green: {value: no,", "green: {value: partly,")
    edition, _ = opened(teas)
    for made in (render_directive, directive_markdown):
        assert "Partly" in made("combined", "teas", "brewing.md", edition)


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("{tea-kinds: green}", "{tea-kind: green}", 5, "'tea-kind'; did you mean 'tea-kinds'?"),
        ("{tea-kinds: green}", "{tea-kinds: gren}", 5, "'gren'; did you mean 'green'?"),
        ("tea-kinds/oxidised]", "tea-kinds/oxidized]", 9, "did you mean 'tea-kinds/oxidised'?"),
        ("[green, black]", "[green, blakc]", 12, "'blakc'; did you mean 'black'?"),
        ("id: mate, name", "id: black, name", 7, "'black' stands twice among the subjects"),
        ("page: brewing.md", "page: index.md", 3, "add <!-- combined: teas --> there"),
        ("id: teas", "id: tea-kinds", 1, "is a comparison already"),
    ],
)
def test_what_does_not_exist_is_named_with_the_nearest(
    teas: Path, old: str, new: str, line: int, told: str
) -> None:
    edit(teas, FILE, old, new)
    _, problems = opened(teas)
    assert [p for p in problems if p.startswith(f"{FILE}:{line}:") and told in p], problems


def test_the_questions_of_all_tables_are_listed(teas: Path) -> None:
    edit(
        teas,
        "data/comparisons/tea-kinds.yml",
        "    name: {en: Oxidised}\n",
        "    name: {en: Oxidised}\n    asks: {en: Which leaf is browned?}\n",
    )
    edition, problems = opened(teas)
    assert problems == []
    told = directive_markdown("rows", "", "index.md", edition)
    assert "[Which leaf is browned?](compare/tea-kinds.md#tea-kinds-oxidised)" in told
    assert "leaves" not in told.lower(), "a table without a page has no address"


def test_what_has_no_page_yet_is_led_to_from_nowhere(teas: Path) -> None:
    """No list names the page ``open``, which is none: a table, a list of failures and a term wait."""
    for file in ("comparisons/tea-kinds.yml", "failures/tea.yml", "glossary/tea.yml"):
        text = (teas / "data" / file).read_text("utf-8")
        (teas / "data" / file).write_text(
            re.sub(r"(?m)^( *)page: .*", r"\1page: open", text), "utf-8"
        )
    edition, problems = opened(teas)
    assert problems == []
    assert rows_of("index.md", edition) == []
    assert "href" not in render_directive("rows", "", "index.md", edition)
    assert search._rows(edition) == []
    assert search._failures(edition) == []
    assert [one.location for one in search._concepts(edition, {"open"})] == [
        "glossary.html#oxidation"
    ]
    assert {kind for _, kind, _ in docset._entries(edition)} == {docset.PAGE, docset.TERM}
    assert {term.page for term in term_views("glossary.md", edition)} == {None}


def test_what_a_site_counts_of_a_table_is_what_it_shows(teas: Path) -> None:
    edition, _ = opened(teas)
    counts, site = counts_of(edition.site), edition.site
    tables = [table_of(one.value, site, edition.words) for one in site.comparisons.values()]
    tables += [combined_of(one.value, edition) for one in site.combined.values()]
    for table in tables:
        assert counts[f"rows-{table.id}"] == len(table.rows), table.id
        assert counts[f"subjects-{table.id}"] == len(table.subjects), table.id
    sizes = {(len(table.rows), len(table.subjects)) for table in tables}
    assert any(rows != subjects for rows, subjects in sizes), "else one could stand for the other"
    assert counts["cells"] == sum(len(table.answers) for table in tables[:-1])
