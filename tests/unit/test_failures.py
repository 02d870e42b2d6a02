"""Failures: what a record may say, and what becomes of it on pages, in files, in counts."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from pathlib import Path

import pytest

from annotated.project import open_project
from annotated.publish.downloads import failure_files
from annotated.records.models import message_parts
from annotated.records.problems import Problem
from annotated.render.directives import directive_markdown, render_directive
from annotated.render.edition import Edition
from tests.conftest import edit

TODAY = date(2026, 11, 24)
FAILURES = "data/failures/tea.yml"
PAGE = "docs/en/when-it-fails.md"
DIRECTIVE = "<!-- failures: tea -->"


def opened(root: Path) -> tuple[Edition, list[Problem]]:
    site, problems = open_project(root, root / "docs" / "en", "en", TODAY)
    return Edition.of(site, "en"), problems


#: rule, what is replaced, by what, the line of the problem, a part of the message
BAD = [
    ("missing-key", "    seen: {en: In the cup}\n", "", 11, "'seen' is missing"),
    ("missing-key", "    sources: [iso-3103]\n", "", 11, "'sources' is missing"),
    ("unknown-key", "    mends: {en: Pour", "    mend: {en: Pour", 20, "did you mean 'mends'"),
    ("unknown-value", "    seen: {en: In the cup}", "    origin: notes\n    seen: {en: In it}", 15, "'ours'"),
    ("unknown-source", "    sources: [iso-3103]\n", "    sources: [iso-3]\n", 23, "did you mean"),
    ("unknown-group", "    group: taste", "    group: tast", 12, "did you mean 'taste'"),
    ("unknown-term", "terms: [oxidation]", "terms: [oxydation]", 21, "did you mean 'oxidation'"),
    ("broken-anchor", "brewing.md#kinds", "brewing.md#kind", 22, "did you mean 'kinds'"),
    ("broken-link", "page: when-it-fails.md", "page: when-it-fail.md", 4, "did you mean"),
    ("failures-without-page", "page: when-it-fails.md", "page: glossary.md", 6, "<!-- failures: tea"),
    ("empty-group", "    group: pot", "    group: taste", 8, "no failure is of 'pot'"),
    ("duplicate-id", "id: wrong-pot", "id: bitter", 24, "'bitter' stands twice"),
    ("duplicate-id", "id: wrong-pot", "id: taste", 24, "'taste' stands twice"),
    ("shared-message", '"pot <size>: not', 'TOO strong  to taste, "pot <size>: not', 26, "'tea-bitter'"),
    ("bad-message", "<number> minutes", "<Number minutes", 13, "as '<name>'"),
    ("bad-message", "Too strong to taste", "<taste>!", 13, "no word that stands"),
    ("twice", "Too strong to taste", '"Bitter after <number> minutes"', 13, "stands twice"),
    ("html-in-text", "{en: In the cup}", "{en: In <b>the</b> cup}", 15, "HTML"),
    ("file-name", "id: tea", "id: green-tea", 2, "a file named"),
]  # fmt: skip


@pytest.mark.parametrize(
    "name", ["음 이름", "größe", "اسم", "\u97f3\u540d", "\u30d1\u30a4\u30d7\u540d", "no-of 2"]
)
def test_what_differs_may_be_named_in_any_script(records: Path, name: str) -> None:
    edit(records, FAILURES, "<number> minutes", f"<{name}> minutes")
    assert message_parts(f"a <{name}> b") == [("a ", False), (name, True), (" b", False)]
    assert opened(records)[1] == []


@pytest.mark.parametrize(("rule", "old", "new", "line", "part"), BAD)
def test_a_defect_is_named_at_its_place(
    records: Path, rule: str, old: str, new: str, line: int, part: str
) -> None:
    edit(records, FAILURES, old, new)
    found = [p for p in opened(records)[1] if p.rule == rule]
    assert line in [p.place.line for p in found], list(map(str, opened(records)[1]))
    assert any(part in str(p) for p in found), list(map(str, found))


@pytest.mark.parametrize(
    ("by", "rule", "part"),
    [
        ("<!-- failures: te -->", "unknown-failures", "did you mean 'tea'"),
        ("<!-- failures: tea/tast -->", "unknown-group", "did you mean 'taste'"),
        ("<!-- failures -->", "unknown-failures", "no failures ''"),
        (f"{DIRECTIVE}\n\n{DIRECTIVE}", "duplicate-id", "tea-taste"),
        ("<!-- failures: tea/taste -->", "failures-without-page", "tea/pot"),
        ("See [it](#tea-sour).\n\n" + DIRECTIVE, "broken-anchor", "tea-sour"),
    ],
)
def test_a_directive_names_failures_that_are_there(
    records: Path, by: str, rule: str, part: str
) -> None:
    edit(records, PAGE, DIRECTIVE, by)
    found = [str(p) for p in opened(records)[1] if p.rule == rule]
    assert any(part in message for message in found), list(map(str, opened(records)[1]))


def test_groups_may_stand_apart_and_a_list_may_wait_for_its_page(records: Path) -> None:
    apart = "<!-- failures: tea/pot -->\n\nWords.\n\n<!-- failures: tea/taste -->"
    edit(records, PAGE, DIRECTIVE, f"{apart}\n\n[back](#tea-bitter)")
    assert opened(records)[1] == []
    edit(records, FAILURES, "page: when-it-fails.md", "page: open")
    edition, problems = opened(records)
    assert problems == []
    assert failure_files(edition) == []


def test_a_broken_list_is_not_blamed_twice(records: Path) -> None:
    edit(records, FAILURES, "    seen: {en: In the cup}\n", "")
    edit(records, PAGE, DIRECTIVE, DIRECTIVE + "\n\n{count:failures-tea}")
    assert [p.rule for p in opened(records)[1]] == ["missing-key"]


def test_what_is_written_is_shown_as_it_is(records: Path) -> None:
    """Nothing in a record becomes markup, in HTML or in Markdown."""
    edit(records, FAILURES, "Too strong to taste", '"a *b* `c` & \\"d\\" [e](f) <who>"')
    edition, problems = opened(records)
    assert problems == []
    html = render_directive("failures", "tea", "when-it-fails.md", edition)
    assert "<code>a *b* `c` &amp; &#34;d&#34; [e](f) <var>who</var></code>" in html
    assert "sleep 360 &amp;&amp; echo" in html
    plain = directive_markdown("failures", "tea", "when-it-fails.md", edition)
    assert '``a *b* `c` & "d" [e](f) <who>``' in plain


def test_a_row_says_all_that_the_record_says(records: Path) -> None:
    edition, problems = opened(records)
    assert problems == []
    html = render_directive("failures", "tea", "when-it-fails.md", edition)
    plain = directive_markdown("failures", "tea", "when-it-fails.md", edition)
    assert re.findall(r"(?m)^## .*", html) == [
        "## The taste is wrong {#tea-taste}",
        "## The pot is wrong {#tea-pot}",
    ]
    assert re.findall(r'<section class="fail" id="([^"]+)"', html) == [
        "tea-bitter",
        "tea-wrong-pot",
    ]
    for text in ("In the cup", "six minutes", "The clock", "Take one of the two pots.", "ISO 3103"):
        assert text in html
        assert text in plain
    assert 'href="brewing.html#kinds"' in html
    assert 'href="glossary.html#oxidation"' in html
    assert '<a id="tea-bitter"></a>`Bitter after <number> minutes`' in plain
    assert "(glossary.md#oxidation)" in plain
    assert not re.search(r"(?m)^ *- *[.;·]", plain), (
        "nothing stands before a mark between two things"
    )
    assert html.count('href="when-it-fails.csv"') == 1
    group = render_directive("failures", "tea/pot", "when-it-fails.md", edition)
    assert "tea-bitter" not in group
    assert "## " not in group


def test_failures_are_files_too(records: Path) -> None:
    edit(records, FAILURES, "{en: In the cup}", '{en: "=cup()"}')
    edition, _ = opened(records)
    files = dict(failure_files(edition))
    assert sorted(files) == ["when-it-fails.csv", "when-it-fails.json"]
    lines = list(csv.DictReader(io.StringIO(files["when-it-fails.csv"].removeprefix("\ufeff"))))
    assert [line["id"] for line in lines] == ["tea-bitter", "tea-wrong-pot"]
    assert lines[0]["message"] == "Bitter after <number> minutes\nToo strong to taste"
    assert lines[0]["seen"] == "'=cup()"
    assert lines[1]["read"] == "2024-03-02"
    value = json.loads(files["when-it-fails.json"])
    assert value["failures"][0]["look"][0]["command"] == 'sleep 360 && echo "pour it off"'
    assert {s for f in value["failures"] for s in f["sources"]} == set(value["sources"])


def test_a_page_with_a_table_of_its_own_names_both_files_apart(records: Path) -> None:
    edit(
        records,
        "data/comparisons/tea-kinds.yml",
        "page: compare/tea-kinds.md",
        "page: when-it-fails.md",
    )
    site = opened(records)[0].site
    assert site.downloads() == {"tea-kinds": "tea-kinds"}
    assert site.failure_downloads() == {"tea": "tea"}


def test_failures_are_counted(records: Path) -> None:
    counts = opened(records)[0].counts
    assert (counts["failures"], counts["failures-tea"]) == (2, 2)
