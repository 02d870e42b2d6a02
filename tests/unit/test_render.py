"""What records become: marks, tables in four forms, lists, plain Markdown."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown import Markdown
from markdown.extensions import Extension

from annotated.project import open_project
from annotated.publish.downloads import table_csv, table_json
from annotated.records.grammar import DIALECT
from annotated.records.wording import Words
from annotated.render.edition import Edition, link_to, numbers
from annotated.render.extension import AnnotatedExtension
from annotated.render.glossary import TermView
from annotated.render.marks import mark
from annotated.render.parts import breakable, part
from annotated.render.tables import quantity_words, table_html, table_markdown, table_of
from annotated.render.twin import page_markdown
from annotated.render.views import PageView


@pytest.fixture
def edition(golden: Path) -> Edition:
    site, problems = open_project(golden, golden / "docs" / "en", "en", date(2026, 11, 24))
    assert not problems
    return Edition.of(site, "en", "https://github.com/someone/tea")


def to_html(text: str, edition: Edition, page: str = "brewing.md") -> str:
    extensions: list[str | Extension] = [
        AnnotatedExtension(edition, lambda: page),
        "attr_list",
        "pymdownx.superfences",
    ]
    return Markdown(extensions=extensions).convert(text)


def test_numbers_are_written_shortly() -> None:
    assert numbers((61, 62, 63, 72, 63)) == "61–63, 72"
    assert numbers((5,)) == "5"


@pytest.mark.parametrize(
    ("target", "page", "link"),
    [
        ("glossary.md#task", "ecs/roles.md", "../glossary.html#task"),
        ("ecs/roles.md#a", "ecs/roles.md", "#a"),
        ("ecs/roles.md", "ecs/fargate.md", "roles.html"),
        ("compare/x.csv", "index.md", "compare/x.csv"),
    ],
)
def test_links_are_relative(target: str, page: str, link: str) -> None:
    assert link_to(target, page) == link


def test_text_is_escaped_and_code_may_break(edition: Edition) -> None:
    assert breakable("ECS_AWSVPC_BLOCK_IMDS") == ["ECS_AWSVPC_", "BLOCK_", "IMDS"]
    html = part("terms", words=edition.words, view=[
        TermView("x", "a < b & `ecs:DescribeTasks`", '"><b>', ("<i>",), PageView("<u>", "'><s>")),
    ])  # fmt: skip
    assert "a &lt; b &amp; <code>ecs:Describe<wbr>Tasks</code>" in html
    assert not re.search("<[bius]>", html)


@pytest.mark.parametrize(
    ("number", "unit", "said"),
    [
        (1, "minutes", "1 minute"), (2, "minutes", "2 minutes"), (1.5, "minutes", "1.5 minutes"),
        (1, "pots", "teapot 1"), (1, "stars", "1 звезда"), (3, "stars", "3 звезды"), (5, "stars", "5 звёзд"),
    ],
)  # fmt: skip
def test_a_unit_takes_the_form_of_its_number(number: float, unit: str, said: str) -> None:
    units = {"minutes": "minute|minutes", "pots": "teapot {{number}}|teapots {{number}}",
             "stars": "звезда|звезды|звёзд"}  # fmt: skip
    entries = {
        "quantity": "{number} {unit}",
        **{f"unit-{key}": word for key, word in units.items()},
    }
    words = Words("ru" if unit == "stars" else "en", entries)
    assert quantity_words(words.number(number), number, unit, words).replace("1,5", "1.5") == said


@pytest.mark.parametrize(
    ("code", "html"),
    [
        ("brew --tea pot-1 x", 'brew <span class="opt">--tea</span> <span class="opt">pot-1</span> x'),
        ("--of-the-teas-17", '<span class="opt">--of-the-teas-17</span>'),
        ("--of-the-teas-018", '<span class="opt long">--of-the-teas-018</span>'),
        ("--option-that-is-too-long", "--option-that-is-too-long"),
        ("a - b -- c", "a - b -- c"),
        ("<pot-1> & '-x'", '<span class="opt">&lt;pot-1&gt;</span> &amp; <span class="opt">\'-x\'</span>'),
    ],
)  # fmt: skip
def test_an_option_is_held_together(edition: Edition, code: str, html: str) -> None:
    """In prose, by Markdown alone and with inline highlighting, and in texts of records."""
    assert f"<p>a <code>{html}</code>, b</p>" in to_html(f"a `{code}`, b", edition)
    alone = Markdown(extensions=[AnnotatedExtension(edition, lambda: "index.md")])
    assert f"<p>a <code>{html}</code>, b</p>" in alone.convert(f"a `{code}`, b")
    term = TermView("x", f"a `{code}`, b", "x", (), PageView("x", "x"))
    told = part("terms", words=edition.words, view=[term]).replace("<wbr>", "")
    assert f"a <code>{html}</code>, b" in told.replace("&#39;", "'")


def test_a_mark_holds_verdict_words_and_sources(edition: Edition) -> None:
    html = mark(("c-002",), "plants.", "brewing.md", edition)
    assert 'popovertarget="pop-002"' in html
    assert 'aria-label="Note lines 3–4: wrong"' in html
    assert 'id="p-002"' in html
    assert "They differ by how far" in html
    assert "read 2 Mar 2024" in html
    assert "https://github.com/someone/tea/issues/new?title=" in html
    inner = html.split("data-search-exclude>", 1)[1].rsplit("</span>", 1)[0]
    assert "<span" not in inner, "a span inside would end the excluded part too early"


def test_the_mark_of_several_claims_shows_the_gravest(edition: Edition) -> None:
    html = mark(("c-001", "c-002"), "x", "brewing.md", edition)
    assert 'class="mk i v-wrong"' in html
    assert html.count("<note-part") == 2


def test_marks_work_in_lists_tables_and_not_in_code(edition: Edition) -> None:
    html = to_html("- one[^c-001]\n- `[^c-002]`\n", edition)
    assert html.count("popovertarget") == 1
    assert '<code><span class="opt">[^c-002]</span></code>' in html
    fenced = to_html("```text\n<!-- comparison: tea-kinds -->\nx[^c-001]\n```\n", edition)
    assert "popovertarget" not in fenced
    assert "<table" not in fenced.replace('class="highlighttable"', "")


def test_the_end_of_the_sentence_stays_with_its_mark(edition: Edition) -> None:
    assert '<span class="nb m-correct">leaf.\u202f<button' in to_html("the leaf.[^c-001]", edition)


def test_columns_are_aligned_without_inline_style(edition: Edition) -> None:
    extensions = [AnnotatedExtension(edition, lambda: "brewing.md"), *DIALECT.extensions]
    html = Markdown(extensions=extensions).convert("a | b\n:-: | --:\n1 | 2")
    assert "style" not in html
    assert html.count('align="center"') == html.count('align="right"') == 2


class Nesting(HTMLParser):
    """Says what does not nest as a browser wants it."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"div", "figure", "ol", "ul", "dl", "p", "table", "h2"} and "p" in self.open:
            self.wrong.append(f"<{tag}> in a paragraph")
        if tag not in {"br", "wbr", "input", "img", "hr"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        return  # shapes

    def handle_endtag(self, tag: str) -> None:
        if tag not in {"br", "wbr", "input"} and (not self.open or self.open.pop() != tag):
            self.wrong.append(f"</{tag}>")


AROUND = (
    "{}", "<div markdown>\n{}\n</div>", "<div markdown>\n<div markdown>\n\n{}\n\n</div>\n</div>",
    "<div markdown>\ntext\n{}\ntext\n</div>", "text\n{}\ntext", "# T\n{}\n\ntext", "# T\n\n{}",
)  # fmt: skip


def test_a_directive_is_whole_wherever_it_stands(edition: Edition) -> None:
    """Inside of HTML with Markdown in it, its own HTML was once read again, and came apart."""
    markdown = Markdown(
        extensions=[AnnotatedExtension(edition, lambda: "brewing.md"), *DIALECT.extensions]
    )
    for directive in (
        "tally", "sheet", "claims", "changes", "changes: 2", "glossary", "comparison: tea-kinds",
        "status: tasting-standard-2019",
    ):  # fmt: skip
        for around in AROUND:
            markdown.reset()
            html = markdown.convert(around.format(f"<!-- {directive} -->"))
            nesting = Nesting()
            nesting.feed(html)
            assert nesting.wrong + nesting.open == [], (directive, around)
            assert 'class="lede"' not in html or '<p class="lede">text</p>' in html, directive


def test_a_term_links_to_the_glossary_with_its_definition(edition: Edition) -> None:
    html = to_html("[leaf](term:oxidation)", edition)
    assert 'href="glossary.md#oxidation"' in html
    assert "browning of bruised leaves" in html


def test_the_answer_gets_its_class(edition: Edition) -> None:
    html = to_html("# T\n\nThe answer.\n\nMore.\n", edition)
    assert '<p class="lede">The answer.</p>' in html
    assert "<p>More.</p>" in html


def test_a_table_says_everything_in_each_form(edition: Edition) -> None:
    table = table_of(
        edition.site.comparisons["tea-kinds"].value,
        edition.site,
        edition.words,
        "compare/tea-kinds",
    )
    html = table_html(table, edition.words)
    assert "<caption>Kinds of tea</caption>" in html
    assert html.count('<th scope="col"') == 3
    assert html.count('<th scope="row"') == 3
    assert html.count('class="src"') == 6
    assert 'id="tea-kinds-oxidised"' in html
    assert 'href="compare/tea-kinds.csv"' in html
    markdown = table_markdown(table, edition.words)
    assert "Oxidised | No [1] | Yes: fully [1] |" in markdown
    assert "1. [Tea](https://en.wikipedia.org/wiki/Tea), copy read 2 Mar 2024" in markdown
    rows = list(csv.DictReader(io.StringIO(table_csv(table))))
    assert len(rows) == 6
    assert rows[1]["value"] == "Yes"
    assert rows[1]["note"] == "fully"
    assert all(row["sources"].startswith("https://") and row["read"] for row in rows)
    value = json.loads(table_json(table, "../schemas/table.schema.json"))
    assert value["rows"][0]["cells"]["green"]["value"] == "no"
    assert value["rows"][1]["cells"]["green"]["number"] == {"exact": 6, "unit": "minutes"}
    assert value["rows"][2]["cells"]["green"]["value"] == "unknown"


def test_plain_markdown_expands_all_but_code(edition: Edition) -> None:
    text = page_markdown(edition.site.pages["brewing.md"], edition)
    assert "Oxidised |" in text
    assert "(glossary.md#oxidation)" in text
    assert "[Note line 2: correct](notes/index.md#c-001)" in text
    assert "```markdown\n<!-- comparison: tea-kinds -->\nA statement.[^c-999]\n```" in text
    assert "`[^c-001]`" in text
    assert text.count("<!--") == 1


def test_counts_are_of_the_notes(edition: Edition) -> None:
    counts = edition.counts
    assert (counts["claims"], counts["ours"], counts["correct"], counts["cells"]) == (4, 1, 1, 6)
    assert (counts["subjects-tea-kinds"], counts["rows-tea-kinds"]) == (2, 3)
    assert (counts["pages-notes"], counts["minutes-notes"]) == (2, 5)
    assert "holds: 1" in to_html("holds: {count:correct}", edition)


def test_readers_see_other_names_and_the_search_knows_more(edition: Edition) -> None:
    """What people merely type is no other name of the thing."""
    term = edition.site.terms["oxidation"].value
    assert term.other_names("en") == ["fermentation"]
    assert term.searched_names() == {"en": ["fermentation", "fermented tea"]}
    row = to_html("<!-- glossary -->", edition, "glossary.md")
    assert "also: fermentation</small>" in row
    assert "fermented tea" not in row
