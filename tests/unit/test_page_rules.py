"""What a page may not hold, named at its place; and plain Markdown in which every link lands."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pytest
from markdown import markdown

from annotated.check.references import anchors_of
from annotated.project import open_project
from annotated.records.grammar import scheme_of
from annotated.records.pages import Page, read_page
from annotated.records.problems import Problem
from annotated.render.edition import Edition
from annotated.render.twin import page_markdown
from tests.conftest import lay_golden

PAGE = "docs/en/brewing.md"
KIND = "kind: concept\n"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project for many small changes, each of which is taken back."""
    return lay_golden(tmp_path_factory.mktemp("rules") / "golden")


def problems_with(root: Path, text: str, file: str = PAGE) -> list[Problem]:
    """The problems of the project with `text` at the end of a page."""
    return problems_of(root, file, lambda page: f"{page}\n{text}\n")


def problems_of(root: Path, file: str, change: Callable[[str], str]) -> list[Problem]:
    """The problems of the project while a page is changed."""
    path = root / file
    good = path.read_text(encoding="utf-8")
    try:
        path.write_text(change(good), encoding="utf-8")
        return open_project(root, root / "docs" / "en", "en", date(2026, 11, 24))[1]
    finally:
        path.write_text(good, encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "rule", "part"),
    [
        ("<script>alert(1)</script>", "forbidden-html", "<script>"),
        ("<iframe src='brewing.md'></iframe>", "forbidden-html", "<iframe>"),
        ("<meta http-equiv='refresh' content='0;url=x'>", "forbidden-html", "<meta>"),
        ("<form action='x'></form>", "forbidden-html", "<form>"),
        ("<textarea></textarea>", "forbidden-html", "<textarea>"),
        ("a <svg></svg>", "forbidden-html", "<svg>"),
        ("<div style='color:red'>x</div>", "forbidden-html", "use a class"),
        ("<b onclick='x'>x</b>", "forbidden-html", "'onclick'"),
        ("*x*{ onmouseover=y }", "forbidden-html", "'onmouseover'"),
        ("*x*{ style='y' }", "forbidden-html", "'style'"),
        ("![x](https://host.test/x.png)", "outside-media", "loads nothing"),
        ("<img src='//host.test/x.png' alt=''>", "outside-media", "loads nothing"),
        *(
            (f"<{media}='https://host.test/x'></{media.split()[0]}>", "outside-media", "nothing")
            for media in (
                "source src", "source srcset", "video src", "video poster", "audio src",
                "track src", "img alt='' srcset",
            )
        ),
        ("[x](javascript:y)", "unknown-scheme", "expected a page"),
        ("[x](JavaScript:y 'z')", "unknown-scheme", "expected a page"),
        ("[x](java\tscript:y)", "unknown-scheme", "expected a page"),
        ("[x](&#106;avascript:y)", "unknown-scheme", "expected a page"),
        ("> [x][y]\n>\n> [y]: javascript:z", "unknown-scheme", "expected a page"),
        ("[x](http://host.test)", "unknown-scheme", "'https'"),
        ("[x](//host.test/)", "unknown-scheme", "expected a page"),
        ("[x](\\\\host.test)", "absolute-link", "relative"),
        ("<a href='data:text/html,x'>x</a>", "unknown-scheme", "expected a page"),
        ("<a href='term:oxidation'>x</a>", "link-in-html", "[text](term:oxidation)"),
        ("<a href='index.md'>x</a>", "link-in-html", "[text](index.md)"),
        ("[x](index.md){ href=https://host.test }", "link-in-attributes", "in the brackets"),
        ("*x*{ href=javascript:y }", "link-in-attributes", "in the brackets"),
        ("<!-- comparison: tea-kinds -->", "duplicate-id", "'table-tea-kinds'"),
        ("## X {#p-001}", "duplicate-id", "'p-001'"),
        ("## X {#kinds}", "duplicate-id", "'kinds'"),
        ("<div id='kinds'></div>", "duplicate-id", "'kinds'"),
        ("*x*{ #kinds }", "duplicate-id", "'kinds'"),
        ("```{.python #kinds}\nx\n```", "duplicate-id", "'kinds'"),
        ("## X {#__search}", "reserved-id", "the theme"),
        ("<b id='v-wrong'>x</b>", "reserved-id", "the theme"),
        ("Sub\n---", "heading-without-id", "{#sub}"),
        ("> ## Quoted", "heading-without-id", "{#quoted}"),
        ("##Near", "heading-without-id", "{#near}"),
        ("<h2>Raw</h2>", "heading-without-id", "{#raw}"),
        *((f"{'#' * n} Deep", "heading-without-id", "{#deep}") for n in range(2, 7)),
        ("> # Again", "one-title", "found 2"),
        ("![a [^c-001]](tea.png)", "mark-in-attribute", "end of a sentence"),
        ("<code>[^c-001]</code>", "mark-in-code", "end of a sentence"),
        ("a[^c-001\nc-002]", "footnote", "write it on one line"),
        ("> a[^c-001\n> c-002]", "footnote", "write it on one line"),
        ("a\n\n<o:p>b</o:p>", "forbidden-html", "<o:p>"),
        ("a\n\n<x_y>b</x_y>", "forbidden-html", "<x_y>"),
        ("```mermaid title='x'\nflowchart TB\n```", "fence-settings", "shown as code"),
    ],
)  # fmt: skip
def test_what_a_page_may_not_hold(shared: Path, text: str, rule: str, part: str) -> None:
    first = (shared / PAGE).read_text(encoding="utf-8").count("\n") + 1
    problems = problems_with(shared, text)
    found = [p for p in problems if p.rule == rule]
    assert found, [str(p) for p in problems]
    assert part in found[0].message
    assert first <= found[0].place.line <= first + text.count("\n") + 1 or rule == "one-title"


@pytest.mark.parametrize("text", ["b[^c-001]", "b[^c-002 c-001]\n\nc[^c-001 c-002]"])
def test_a_mark_that_stands_twice_is_said_of_the_mark_alone(shared: Path, text: str) -> None:
    assert {p.rule for p in problems_with(shared, text)} == {"two-homes"}


def test_a_term_may_not_have_the_id_of_a_heading(shared: Path) -> None:
    found = problems_with(shared, "## X {#oxidation}", "docs/en/glossary.md")
    assert [p.rule for p in found] == ["duplicate-id"]


@pytest.mark.parametrize(
    "text",
    [
        "a | b\n--- | ---:\n1 | 2",
        "<div class='x' markdown>\n\n*a*\n\n</div>",
        "<details><summary>a</summary>b</details>",
        "[x](mailto:a@b.test) <a@b.test> <https://b.test>",
        "[x](../en/index.md) [y](#kinds)",
        "*x*{ .y #z title='w' data-a=b aria-label=c }",
        "H<sub>2</sub>O<br>x <https://b.test/a> <c.d_e@b.test>",
    ],
)
def test_what_a_page_may_hold(shared: Path, text: str) -> None:
    assert problems_with(shared, text.replace("../en/", "")) == []


@pytest.mark.parametrize(
    ("line", "rule", "part"),
    [
        ("hide: 5", "wrong-type", "a list"),
        ("hide: [navigatio]", "unknown-value", "did you mean 'navigation'"),
        ("search: true", "wrong-type", "exclude: true"),
        ("search: {exclude: maybe}", "wrong-type", "exclude: true"),
        ("search: {boost: x}", "wrong-type", "boost: 2"),
        ("title: [a]", "wrong-type", "a text"),
        ("names: {a: b}", "wrong-type", "a list"),
        ("names: [1]", "wrong-type", "a list"),
    ],
)
def test_front_matter_has_types(shared: Path, line: str, rule: str, part: str) -> None:
    found = problems_of(
        shared,
        PAGE,
        lambda page: page.replace("title: Brewing\n", "").replace(KIND, KIND + line + "\n"),
    )
    assert [(p.rule, p.place.line) for p in found] == [(rule, 4)]
    assert part in found[0].message


@pytest.mark.parametrize("key", ["description", "kind", "checked"])
@pytest.mark.parametrize("value", ["[a]", "{a: b}"])
def test_what_must_be_said_is_a_text(shared: Path, key: str, value: str) -> None:
    found = problems_of(
        shared,
        PAGE,
        lambda page: re.sub(rf"^{key}: .*", f"{key}: {value}", page, flags=re.MULTILINE),
    )
    assert [p.rule for p in found] == ["wrong-type"]


@pytest.mark.parametrize("day", ["2026-02-30", "2024-3-2", "yesterday", "2024-03-02T10:00"])
def test_a_date_is_a_day(shared: Path, day: str) -> None:
    found = problems_of(
        shared, PAGE, lambda page: page.replace("checked: 2024-03-02", f"checked: {day}")
    )
    assert [(p.rule, p.place.line) for p in found] == [("bad-date", 5)]


def test_addresses_are_read_as_browsers_read_them() -> None:
    assert [scheme_of(a) for a in ("\x01java\nscript:x", "/\\host", "a.md#b:c", "C:x")] == [
        "javascript", "//", "", "c"
    ]  # fmt: skip


def plain_site(root: Path) -> tuple[Edition, dict[str, Page]]:
    """The project, and each of its pages read again as plain Markdown."""
    site, problems = open_project(root, root / "docs" / "en", "en", date(2026, 11, 24))
    assert not problems
    edition = Edition.of(site, "en")
    return edition, {
        path: read_page(path, path, page_markdown(page, edition))[0]
        for path, page in site.pages.items()
    }


def test_every_link_of_plain_markdown_lands(golden: Path) -> None:
    edition, plain = plain_site(golden)
    for path, page in plain.items():
        assert anchors_of(edition.site, path) <= page.anchors, path
        assert page.meta is not None
        assert page.meta.value == edition.site.pages[path].meta.value  # type: ignore[union-attr]
        for link in page.links:
            if not re.match("[a-z]+:", link.target):
                there, _, anchor = link.target.partition("#")
                full = posixpath.normpath(
                    posixpath.join(posixpath.dirname(path), unquote(there)) if there else path
                )
                assert not anchor or anchor in plain[full].anchors, f"{path}: {link.target}"


@pytest.mark.parametrize("lead", ["", "> ", "- x\n\n    ", "> - x\n>\n>     ", "1. x\n\n    > "])
def test_what_a_drawing_says_stands_as_far_inside_as_the_drawing(golden: Path, lead: str) -> None:
    """In a list or a quote, too: it ends neither."""
    *before, last = lead.split("\n")
    own = re.sub(r"[^>\s]", " ", last)
    fence = [f"{own}```mermaid", f"{own}flowchart TB", f"{own}  a", f"{own}```"]
    page = golden / PAGE
    page.write_text(
        page.read_text(encoding="utf-8") + "\n" + "\n".join([*before, *fence]) + "\n", "utf-8"
    )
    edition, _ = plain_site(golden)
    plain = page_markdown(edition.site.pages["brewing.md"], edition, lambda _: "It says:\n\n- so")
    tail = plain[plain.index("```mermaid") :].split("```", 2)[2]
    assert [line.strip(" >") for line in tail.strip("\n").split("\n") if line.strip(" >")] == [
        "It says:", "- so",
    ]  # fmt: skip
    html = markdown(plain, extensions=["pymdownx.superfences"])
    around: dict[str, list[str]] = {name: [] for name in ("code", "It says:", "so")}
    open_tags: list[str] = []
    for tag, text in re.findall(r"<(/?\w+)[^>]*>([^<]*)", html[html.index("<h2") :]):
        if tag.startswith("/"):
            while open_tags and open_tags.pop() != tag[1:]:
                pass
        elif tag not in {"a", "br", "img"}:
            open_tags.append(tag)
        for name in around:
            if tag == name or text.strip() == name:
                around[name] = [each for each in open_tags if each in {"blockquote", "ul", "ol"}]
    assert around["It says:"] == around["code"], html[-600:]
    assert around["so"] == [*around["code"], "ul"]


def test_plain_markdown_leaves_code_alone(golden: Path) -> None:
    page = golden / PAGE
    code = "```text\na\n\n\n\nb [^c-001] {count:claims}\n```\n\n    x[^c-001]\n\n- y\n\n\t~~~\n\t<!-- tally -->\n\t~~~\n"
    page.write_text(page.read_text(encoding="utf-8") + "\n" + code, encoding="utf-8")
    edition, _ = plain_site(golden)
    assert page_markdown(edition.site.pages["brewing.md"], edition).endswith(code)


def test_what_a_page_makes_for_its_notes_is_no_place_to_link_to(shared: Path) -> None:
    """A note opens beside its mark; where a statement stands is what a link leads to."""
    site, _ = open_project(shared, shared / "docs" / "en", "en", date(2026, 11, 24))
    marked = [path for path, page in site.pages.items() if page.marks]
    assert marked
    for path in marked:
        assert not {name for name in anchors_of(site, path) if name.startswith("pop-")}
        assert {name for name in anchors_of(site, path) if name.startswith("p-")}


@pytest.mark.parametrize(
    "html", ["<div><![0</div>", "<pre><![if x]>a</pre>", "<div><!b><?c></div>"]
)
def test_what_looks_like_a_declaration_is_no_accident(shared: Path, html: str) -> None:
    assert isinstance(problems_with(shared, f"{html}\n"), list)
