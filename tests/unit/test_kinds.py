"""The kinds that Mermaid draws itself: what is stored of them, and what pages make of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from annotated.check.diagrams import drawn, excesses, mismatches, named_and_described, plain_labels
from annotated.check.editions import page_drift, skeleton
from annotated.check.svg import strange_parts
from annotated.publish.drawings import standalone_style, standalone_svg
from annotated.records.drawings import Drawing, Line, is_own, read_drawing, without_names
from annotated.records.load import Drawings, Site
from annotated.records.pages import Fence, read_page
from annotated.records.problems import Place
from annotated.render.diagrams import diagram_figure, diagram_markdown
from annotated.render.fences import DiagramFence
from tests.draw.kinds import ALL, SETTINGS, STORED, lay, page, source, stored
from tests.unit.test_diagrams import ROLES, STYLES, tokens, words


def figure(name: str, number: int = 1) -> str:
    return diagram_figure(stored(name), words(), ROLES, "../assets/drawings/d-0.svg", number)


def fence(name: str) -> Fence:
    return Fence("mermaid", source(name), Place("docs/en/tea.md", 9))


@pytest.mark.parametrize("name", STORED)
def test_a_drawing_of_mermaid_is_made_of_what_ours_are(name: str, tmp_path: Path) -> None:
    drawing = stored(name)
    assert not drawing.is_own
    assert strange_parts(drawing.svg) == []
    ids = re.findall(r' id="([^"]*)"', drawing.svg)
    assert ids == [f"{drawing.id}-title", f"{drawing.id}-desc"]
    for word in (
        "style",
        "font",
        "url(",
        "href",
        "javascript",
        "foreignObject",
        "fill=",
        "stroke=",
    ):
        assert word not in drawing.svg, word
    lay(tmp_path, name)
    folder = tmp_path / "overrides" / "assets" / "drawings"
    assert not list(drawn([fence(name)], folder, SETTINGS))
    assert not list(named_and_described([fence(name)]))
    assert not list(plain_labels([fence(name)]))


def test_no_class_of_a_drawing_is_without_its_colours() -> None:
    """In a page, and in the file that is opened alone, in light and in dark."""
    css = (STYLES / "diagrams.css").read_text(encoding="utf-8")
    section = css[css.index("/* drawing */") : css.index("/* end */")]
    used = {
        name
        for kind in STORED
        for listed in re.findall(r'class="([^"]*)"', stored(kind).svg)
        for name in listed.split()
    }
    assert [
        name for name in sorted(used - {"dg"}) if not re.search(rf"\.{name}[ ,]", section)
    ] == []
    style = standalone_style(tokens(), css)
    assert "var(" not in standalone_svg(stored("pie"), style)
    for name in "abcdefg":
        assert style.count(f".dg-fill-{name}{{fill: #") == 2, name
        assert style.count(f".dg-stroke-{name}{{stroke: #") == 2, name


def test_what_is_wider_than_a_phone_moves_in_a_box_of_its_own() -> None:
    wide, narrow = figure("gantt"), figure("pie")
    assert stored("gantt").width > 344 > stored("pie").width
    assert '<figure class="diagram diagram-wide"' in wide
    assert 'tabindex="0" role="region" aria-label="A season of picking"' in wide
    assert "diagram-wide" not in narrow
    assert "tabindex" not in narrow
    for html, name in ((wide, "gantt"), (narrow, "pie")):
        assert f'width="{round(stored(name).width * 1.2)}"' in html
        assert "style=" not in html


def test_two_figures_of_one_drawing_have_ids_of_their_own() -> None:
    ids = re.compile(r' id="([^"]+)"')
    one, other = (ids.findall(figure("class", number)) for number in (1, 2))
    assert len(one) == len(set(one) | set(other)) / 2


def items(html: str) -> list[str]:
    part = re.search(r"<figcaption>(.*?)<p class=\"diagram-tools", html, re.DOTALL)
    assert part
    found = re.findall(r"<li>((?:(?!<ul>|<li>|</li>).)*)", part[1])
    return [re.sub(r"<[^>]*>", "", text) for text in found]


def test_arrows_between_classes_are_said_by_what_their_heads_mean() -> None:
    said = items(figure("class"))
    assert said[:5] == [
        "Green tea is a kind of A tea.",
        "Black tea is a kind of A tea.",
        "A pot (1) has A tea (0..*): holds.",
        "Green tea depends on A pot: needs.",
        "Black tea implements What is served.",
    ]
    assert said[5:8] == ["A tea", "abstract", "+String name"]
    assert "#List&lt;Leaf&gt; leaves" in said


def test_entities_are_said_with_how_many_there_are() -> None:
    assert items(figure("er"))[:2] == [
        "GUEST (1) places ORDER (0..n).",
        "ORDER (1) holds CUP (1..n).",
    ]


def test_charts_plans_and_trees_are_said_in_lines() -> None:
    assert items(figure("pie")) == ["Green: 45", "Black: 30", "Oolong: 15", "White: 10"]
    assert items(figure("gantt"))[:3] == [
        "First flush",
        "Picking: 2026-04-01 – 2026-04-15",
        "Sorting: 2026-04-15 – 2026-04-22",
    ]
    lists = re.search(r"<ul><li>Tea<ul><li>The leaf<ul>", figure("mindmap"))
    assert lists, "what belongs to a line stands under it"
    text = diagram_markdown(stored("mindmap"), words())
    assert "- Tea\n    - The leaf\n        - Region\n" in text


def test_words_from_a_chart_cannot_become_markup() -> None:
    lines = (Line(0, "<script>", "<b>"), Line(1, "&lt;script>"))
    html = diagram_figure(replace(stored("pie"), lines=lines), words(), ROLES, "x.svg")
    assert "<script>" not in html
    assert "<b>" not in html


def test_search_finds_every_label() -> None:
    assert stored("gantt").labels()[:2] == ["First flush", "Picking"]
    assert {"Tea shop", "Guest", "Takes orders and makes bills"} <= set(stored("c4").labels())
    assert "녹차는 몇 초" in stored("mindmap.ko").labels()


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda d: replace(d, lines=(*d.lines, Line(0, "Mate", "3"))), "'Mate' does not stand in"),
        (
            lambda d: replace(d, svg=d.svg.replace("Oolong", "Rooibos")),
            "'Oolong' does not stand in",
        ),
        (lambda d: replace(d, lines=(Line(0, "45"),)), ""),
    ],
)
def test_a_drawing_that_says_something_else_is_found(
    change: Callable[[Drawing], Drawing], found: str
) -> None:
    assert [
        text.startswith(found) for text in mismatches(change(stored("pie")), source("pie"))
    ] == ([True] if found else [])
    assert "is not in the fence" in next(
        mismatches(stored("pie"), source("pie").replace("Oolong", "Rooibos"))
    )


def test_a_large_drawing_of_mermaid_is_bounded_by_its_width_alone() -> None:
    drawing = stored("er")
    many = replace(drawing, nodes=drawing.nodes * 9)
    assert not list(excesses(many))


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ('"depth": 0', '"depth": 1', "stands under nothing"),
        ('"depth": 0', '"depth": -1', "stands under nothing"),
        ('"value": "45"', '"value": 45', "lines.0.value"),
    ],
)
def test_a_stored_chart_that_is_none_is_named(old: str, new: str, found: str) -> None:
    structure = (Path(__file__).parents[1] / "draw/kinds/pie.json").read_text(encoding="utf-8")
    assert old in structure
    with pytest.raises(ValueError, match=found):
        read_drawing("d-0", structure.replace(old, new, 1), "")


# Editions ------------------------------------------------------------------------------------


def drift(tmp_path: Path, first: str, other: str, *drawings: str) -> list[str]:
    lay(tmp_path, *drawings)
    sites = []
    for language, text in (("en", first), ("ko", other)):
        site = Site(language=language)
        read, _ = read_page("tea.md", f"docs/{language}/tea.md", page([text]))
        site.pages["tea.md"] = read
        folder = tmp_path / "overrides" / "assets" / "drawings"
        site.drawings = Drawings(folder, SETTINGS, "drawings")
        sites.append(site)
    return [problem.message for problem in page_drift(*sites)]


@pytest.mark.parametrize("name", ["class", "mindmap"])
def test_other_words_are_no_other_structure(tmp_path: Path, name: str) -> None:
    assert drift(tmp_path, source(name), source(f"{name}.ko"), name, f"{name}.ko") == []


@pytest.mark.parametrize(("name", "other"), [("pie", "gantt"), ("class", "er")])
def test_another_structure_is_told(tmp_path: Path, name: str, other: str) -> None:
    found = drift(tmp_path, source(name), source(other), name, other)
    assert any("as in docs/en/tea.md:7" in message for message in found), found


def test_each_thing_that_no_language_changes_is_compared() -> None:
    chart, graph = stored("pie"), stored("class")
    place = Place("a.md")

    def told(drawing: Drawing) -> list[str]:
        return [text for text, _ in skeleton(drawing, place)]

    renamed = replace(chart, lines=tuple(replace(line, label="차") for line in chart.lines))
    assert told(renamed) == told(chart)
    edge, *edges = graph.edges
    for other in (
        replace(chart, lines=chart.lines[1:]),
        replace(chart, lines=(replace(chart.lines[0], value="46"), *chart.lines[1:])),
        replace(chart, lines=(replace(chart.lines[0], depth=1), *chart.lines[1:])),
        replace(chart, lines=(replace(chart.lines[0], label=""), *chart.lines[1:])),
    ):
        assert told(other) != told(chart)
    for other in (
        replace(graph, nodes=graph.nodes[1:]),
        replace(graph, edges=tuple(edges)),
        replace(graph, edges=(replace(edge, target=edge.source), *edges)),
        replace(graph, edges=(replace(edge, means="composes"), *edges)),
        replace(graph, edges=(replace(edge, ends=("1", "2")), *edges)),
        replace(graph, edges=(replace(edge, label="x"), *edges)),
    ):
        assert told(other) != told(graph)


# Before it is drawn --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ALL)
def test_no_sample_is_taken_for_one_of_ours(name: str) -> None:
    assert not is_own(source(name))
    bare = without_names(source(name))
    assert "acc" not in bare.replace("account", "")
    assert len(bare.splitlines()) == len(source(name).splitlines()) - 2


@pytest.mark.parametrize("start", ["flowchart TB", "graph", "%% x\n\nsequenceDiagram", "stateDiagram-v2",
                                   "---\ntitle: x\n---\nflowchart LR"])  # fmt: skip
def test_ours_keep_their_names(start: str) -> None:
    text = f"{start}\n  accTitle: Tea\n  accDescr {{\n    Tea.\n  }}\n"
    assert is_own(text)
    assert without_names(text) == text
    assert without_names(text.replace(start, "pie")) == "pie\n"


def test_under_serve_the_live_view_gets_what_each_kind_reads(tmp_path: Path) -> None:
    shown: list[str] = []

    def live(text: str, *_: object, **__: object) -> str:
        shown.append(text)
        return "<pre>live</pre>"

    edition = type("Edition", (), {"words": words()})()
    drawer = DiagramFence(edition, tmp_path, SETTINGS, lambda: "tea.md", live)
    drawer(source("mindmap"), "mermaid", "mermaid", {}, None)
    assert "accTitle" not in shown[0]
    assert "root((Tea))" in shown[0]
    assert drawer.undrawn == [("tea.md", source("mindmap"))]


@pytest.mark.parametrize("line", ["  <<interface>> Tea", "class Tea { <<abstract>> }"])
def test_a_stereotype_is_no_html(line: str) -> None:
    assert not list(plain_labels([Fence("mermaid", f"classDiagram\n{line}\n", Place("a.md"))]))
    assert list(plain_labels([Fence("mermaid", f"{line} <b>x</b>\n", Place("a.md"))]))
