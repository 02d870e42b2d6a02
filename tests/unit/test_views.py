"""What readers and machines are told, in the right order, under the right name."""

from __future__ import annotations

import re
import shutil
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from annotated.project import Opened, check_cards, open_project
from annotated.publish.cards import FOLDER, card_of
from annotated.publish.downloads import table_csv
from annotated.publish.metadata import SiteFacts, head_links, llms_txt, open_search
from annotated.records.layout import by_convention
from annotated.records.models import Number
from annotated.render.changes import change_list, change_views
from annotated.render.claims import topic_views
from annotated.render.edition import Edition
from annotated.render.marks import mark
from annotated.render.parts import part, without_breaks
from annotated.render.summary import sheet_view, tally_markdown, tally_view
from annotated.render.tables import number_words, table_html, table_of
from annotated.render.views import SourceView

FACTS = SiteFacts("Tea & more", "All of tea.", "https://tea.test/", "en", "https://licence.test/")
OLDER = """
  - id: first-standard
    date: 1980-06
    title: {en: The first standard}
    text: {en: It asked for one pot.}
    claims: [c-002, c-005]
    sources: [iso-3103]
"""


@pytest.fixture
def project(golden: Path) -> Path:
    changes = golden / "data" / "changes.yml"
    changes.write_text(changes.read_text(encoding="utf-8") + OLDER, encoding="utf-8")
    return golden


@pytest.fixture
def edition(project: Path) -> Edition:
    site, problems = open_project(project, project / "docs" / "en", "en", date(2026, 11, 24))
    assert not problems
    return Edition.of(site, "en")


class Cells(HTMLParser):
    """Each cell of a table by its row and its subject."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.cells: dict[tuple[str, str], str] = {}
        self.row = ""
        self.at: tuple[str, str] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "tr":
            self.row = given.get("id") or ""
        if tag in ("td", "th"):
            self.at = (self.row, given.get("data-s") or "")
            self.cells[self.at] = ""

    def handle_data(self, data: str) -> None:
        if self.at:
            self.cells[self.at] += data


def test_each_cell_stands_under_its_subject(edition: Edition) -> None:
    comparison = edition.site.comparisons["tea-kinds"].value
    table = table_of(comparison, edition.site, edition.words)
    cells = Cells(table_html(table, edition.words)).cells
    said = {
        key: value.replace("\u2060", "").strip().rstrip("12,").strip()
        for key, value in cells.items()
    }
    assert said["tea-kinds-oxidised", "Green"] == "No"
    assert said["tea-kinds-oxidised", "Black"].startswith("Yes")
    assert said["tea-kinds-caffeine", "Green"] == "Unknown"
    assert said["tea-kinds-caffeine", "Black"].startswith("Partly")
    assert [line.split(",")[:3] for line in table_csv(table).splitlines()[1:3]] == [
        ["Oxidised", "Green", "No"],
        ["Oxidised", "Black", "Yes"],
    ]


def test_a_mark_leads_to_its_own_note(edition: Edition) -> None:
    for name, verdict, said in (
        ("c-001", "Correct", "All tea comes from one plant"),
        ("c-002", "Wrong", "Green tea and black tea are different plants"),
        ("c-003", "Outdated", "a pot of 150 ml"),
    ):
        html = mark((name,), "x", "brewing.md", edition)
        number = name.removeprefix("c-")
        assert re.findall(r'popovertarget="([^"]+)"|<span id="([^"]+)"', html) == [
            (f"pop-{number}", ""),
            ("", f"pop-{number}"),
        ]
        assert f'<note-part id="p-{number}" class="v-{verdict.lower()}">' in html
        assert f'<b class="vd i v-{verdict.lower()}">{verdict}</b>' in html
        assert said in html


def test_each_claim_has_its_own_verdict_and_each_change_those_of_its_claims(
    edition: Edition,
) -> None:
    claims = [c for topic in topic_views("notes/index.md", edition) for c in topic.claims]
    assert {c.id: c.verdict.name for c in claims} == {
        "c-001": "correct", "c-002": "wrong", "c-003": "outdated", "c-004": "personal",
        "c-005": "gap",
    }  # fmt: skip
    touched = {v.id: [c.verdict.name for c in v.claims] for v in change_views("x.md", edition)}
    assert touched == {"tasting-standard-2019": ["outdated"], "first-standard": ["wrong", "gap"]}
    marks = sheet_view("index.md", edition).marks
    assert [m.verdict for m in marks] == ["correct", "wrong", "outdated", "personal"]
    assert [m.href.partition("#")[2] for m in marks] == ["c-001", "c-002", "c-003", "c-004"]


def test_changes_stand_newest_first(edition: Edition) -> None:
    html = change_list("notes/changes.md", edition)
    assert re.findall(r"^## (\d+)", html, re.MULTILINE) == ["2019", "1980"]
    assert "The first standard" not in change_list("index.md", edition, 1)


def test_what_is_ours_is_not_counted_as_theirs(edition: Edition) -> None:
    view = tally_view("brewing.md", edition)
    assert view is not None
    assert ({v.name: v.count for v in view.verdicts}, view.ours) == (
        {"correct": 1, "wrong": 1, "outdated": 1, "personal": 1},
        1,
    )
    assert view.lines == "Note lines 2–6"
    assert tally_markdown("brewing.md", edition).endswith("1 personal, 1 added by us*")


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ({"exact": 1000}, "1,000 minutes"),
        ({"min": 3, "max": 5}, "3 to 5 minutes"),
        ({"min": 3}, "3 minutes or more"),
        ({"max": 5}, "up to 5 minutes"),
        ({"min": 0.25}, "0.25 minutes or more"),
    ],
)
def test_a_quantity_says_on_which_side_it_is_open(
    edition: Edition, number: dict[str, float], said: str
) -> None:
    assert number_words(Number(unit="minutes", **number), edition.words) == said


def test_minutes_are_those_of_two_hundred_words_a_minute(project: Path) -> None:
    page = project / "docs" / "en" / "compare" / "tea-kinds.md"
    text = page.read_text(encoding="utf-8")
    for words, minutes in ((100, 5), (2000, 10), (6000, 30)):
        page.write_text(text + "\nTea is a word.\n" * (words // 4), encoding="utf-8")
        site, problems = open_project(project, project / "docs" / "en", "en", date(2026, 11, 24))
        assert problems == []
        assert Edition.of(site, "en").counts["minutes-compare"] == minutes


def head(edition: Edition, card: str | None = None) -> str:
    return head_links(edition.site.pages["brewing.md"], edition, FACTS, "", card)


def test_machines_are_told_each_thing_under_its_name(edition: Edition) -> None:
    told = dict(re.findall(r'<meta property="og:(\w+)" content="([^"]*)">', head(edition)))
    assert told == {
        "type": "article",
        "site_name": "Tea &amp; more",
        "title": "Brewing tea",
        "description": "What tea is, and how a tasting standard brews it.",
        "url": "https://tea.test/brewing.html",
    }
    assert "og:image" not in head(edition)
    assert 'og:image" content="https://tea.test/card.png"' in head(edition, "card.png")


def test_the_address_bar_searches_by_the_word_that_the_page_reads(edition: Edition) -> None:
    root = ET.fromstring(open_search(FACTS, "a.svg"))  # noqa: S314 (made here)
    names = {child.tag.rpartition("}")[2]: child for child in root}
    assert names["Url"].get("template") == "https://tea.test/index.html?q={searchTerms}"
    assert names["ShortName"].text == "Tea & more"
    assert names["Image"].text == "https://tea.test/a.svg"


def test_a_search_is_called_by_whole_words() -> None:
    facts = replace(FACTS, name="AWS 컨테이너, 한 줄씩 짚어 보기")
    assert facts.search_names == ("AWS 컨테이너", "AWS 컨테이너, 한 줄씩 짚어 보기")
    long = "Everything about tea that a learner ever wrote down"
    assert replace(facts, name=long).search_names == (
        "Everything about", "Everything about tea that a learner ever wrote",
    )  # fmt: skip


def test_llms_txt_names_pages_and_says_what_they_are(edition: Edition) -> None:
    lines = llms_txt(edition, FACTS, ["index.md", "brewing.md"]).splitlines()
    assert lines[:3] == ["# Tea & more", "", "> All of tea."]
    assert lines[-1] == (
        "- [Brewing tea](https://tea.test/brewing.md): "
        "What tea is, and how a tasting standard brews it."
    )


def test_an_address_and_a_title_of_a_source_are_escaped(edition: Edition) -> None:
    source = SourceView("x", '"><b>', '"onclick="x', "<i>", "page", "", "2024-01-01", "<u>")
    note = part("claims", words=edition.words, view=[
        replace_sources(topic_views("notes/index.md", edition)[0].claims[0], source)
    ])  # fmt: skip
    assert 'href="&#34;onclick=&#34;x"' in note
    assert not re.search("<[biu]>", note)


def replace_sources(claim: object, source: SourceView) -> object:
    import dataclasses

    return dataclasses.replace(claim, sources=(source,))  # type: ignore[type-var]


# Cards ---------------------------------------------------------------------------------------


def test_a_card_is_named_by_all_that_it_shows(project: Path, edition: Edition) -> None:
    page = edition.site.pages["brewing.md"]
    name = card_of(page, edition, "Tea").name
    assert re.fullmatch(r"brewing-[0-9a-f]{8}\.png", name)
    assert card_of(page, edition, "Coffee").name != name
    claims = project / "data" / "claims" / "brewing.yml"
    text = claims.read_text(encoding="utf-8")
    claims.write_text(text.replace("verdict: wrong", "verdict: imprecise"), encoding="utf-8")
    site, _ = open_project(project, project / "docs" / "en", "en", date(2026, 11, 24))
    assert card_of(page, Edition.of(site, "en"), "Tea").name != name


def test_an_old_card_is_named_with_the_command_that_draws_it(
    project: Path, edition: Edition
) -> None:
    layout = replace(by_convention(project / "docs" / "en", "en"), name="Tea")
    opened = [Opened(layout, edition.site, [])]
    assert check_cards(opened, project) == [], "a project without cards keeps none"
    folder = project / "overrides" / FOLDER
    folder.mkdir(parents=True)
    for page in edition.site.pages.values():
        (folder / card_of(page, edition, "Tea").name).touch()
    assert check_cards(opened, project) == []
    shutil.move(folder / card_of(edition.site.pages["brewing.md"], edition, "Tea").name,
                folder / "brewing-00000000.png")  # fmt: skip
    found = [str(problem) for problem in check_cards(opened, project)]
    assert [text.partition("]")[0] for text in found] == [
        "docs/en/brewing.md:1:1: error[card-stale",
        "overrides/assets/cards/brewing-00000000.png:1:1: error[card-unused",
    ]
    assert all("run 'make cards'" in text for text in found)


# Templates -----------------------------------------------------------------------------------


def test_line_breaks_beside_tags_mean_nothing() -> None:
    source = "<p\n  class=x>\n  a\n  b {{ c }}\n  <i>{# d\n #}</i>\n</p>\n"
    shown = re.sub(r"\{#.*?#\}", "", without_breaks(source), flags=re.DOTALL)
    assert shown == "<p class=x>a b {{ c }}<i></i></p>"
    assert without_breaks(source).count("\n") == source.count("\n"), "lines keep their numbers"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<p>\n{{ nmae }}", "bad.html:2:1: error[template] 'nmae' is undefined"),
        ("<p>\n{% if %}", "bad.html:2:1: error[template]"),
        ("<p>\n{% include 'none.html' %}", "none.html"),
    ],
)
def test_a_broken_template_is_one_line(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "bad.html").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"error\[template\]") as caught:
        part("bad", tmp_path)
    assert said in str(caught.value)


def test_a_changed_template_is_read_again(tmp_path: Path) -> None:
    import os

    file = tmp_path / "one.html"
    for number, text in enumerate(("<p>one", "<p>two")):
        file.write_text(text, encoding="utf-8")
        os.utime(file, (number, number))
        assert part("one", tmp_path) == text
