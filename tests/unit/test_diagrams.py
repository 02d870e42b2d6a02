"""Diagrams: names, words, figures, files, and what is wrong with them. No browser."""

from __future__ import annotations

import json
import os
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from annotated.check.diagrams import (
    drawn,
    excesses,
    mismatches,
    named_and_described,
    plain_labels,
    unused,
)
from annotated.publish.drawings import standalone_style, standalone_svg
from annotated.records.drawings import (
    Drawing,
    Edge,
    Group,
    Node,
    drawing_id,
    load_drawing,
    read_drawing,
)
from annotated.records.models import Role, Shape
from annotated.records.pages import Fence
from annotated.records.problems import Place, Problem
from annotated.records.wording import Words
from annotated.render.diagrams import diagram_figure, diagram_markdown
from annotated.render.fences import DiagramFence
from annotated.render.sentences import sentences

ROOT = Path(__file__).resolve().parents[2]
STYLES = ROOT / "overrides" / "assets" / "styles"
SETTINGS = b'{"width": 344}\n'
SOURCE = """flowchart TB
  accTitle: Making tea
  accDescr: The maker fills the pot, and the pot fills the cup.
  subgraph kitchen["Kitchen"]
    maker(["Tea<br>maker"]):::code
    pot[["Pot & lid"]]:::you
  end
  maker -- "fills" --> pot
  pot --> cup[("Cup")]:::data
"""
NODES = (
    Node("maker", "Tea maker", "code"),
    Node("pot", "Pot & lid", "you"),
    Node("cup", "Cup", "data"),
)
GROUPS = (Group("kitchen", "Kitchen", ("maker", "pot")),)
EDGES = (Edge("maker", "pot", "fills", 1), Edge("pot", "cup", "", 2))
SVG = """<svg xmlns="http://www.w3.org/2000/svg" class="dg" viewBox="0 0 344 200" role="img" \
aria-labelledby="d-0-title" aria-describedby="d-0-desc">
<title id="d-0-title">Making tea</title>
<desc id="d-0-desc">The maker fills the pot, and the pot fills the cup.</desc>
<g>
<text class="dg-title" x="1" y="1">Kitchen</text>
<text class="dg-label" x="1" y="1">fills</text>
<g class="dg-node dg-pill"><text class="dg-name" x="1" y="1">Tea</text>
<text class="dg-name" x="1" y="9">maker</text></g>
<g class="dg-node dg-sides"><text class="dg-name" x="1" y="1">Pot &amp; lid</text></g>
<g class="dg-node dg-drum"><text class="dg-name" x="1" y="1">Cup</text></g>
</g>
</svg>
"""
ROLES = {
    "you": Role.model_validate({"shape": "sides", "name": {"en": "Yours to manage"}}),
    "code": Role.model_validate({"shape": "pill", "name": {"en": "Your code"}}),
    "data": Role.model_validate({"shape": "drum", "name": {"en": "Data"}}),
    "aws": Role.model_validate({"shape": "box", "name": {"en": "Never used"}}),
}


def xml(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314  our own files


def drawing() -> Drawing:
    return Drawing(
        "flowchart", "Making tea", "How.", 344, 200, NODES, GROUPS, EDGES, id="d-0", svg=SVG
    )


def words() -> Words:
    entries = yaml.safe_load((ROOT / "data/words/en.yml").read_text(encoding="utf-8"))["words"]
    names = {f"diagram-role-{name}": role.name.in_language("en") for name, role in ROLES.items()}
    return Words("en", {**entries, **names})


def fence(text: str = SOURCE, line: int = 9) -> Fence:
    return Fence("mermaid", text, Place("docs/en/tea.md", line))


def store(folder: Path, name: str, drawing: Drawing, svg: str = SVG) -> None:
    structure = {
        "mermaid": "12.3.0",
        "kind": drawing.kind,
        "title": drawing.title,
        "description": drawing.description,
        "width": drawing.width,
        "height": drawing.height,
        "nodes": [{"id": n.id, "label": n.label, "role": n.role} for n in drawing.nodes],
        "groups": [
            {"id": g.id, "label": g.label, "members": list(g.members)} for g in drawing.groups
        ],
        "edges": [
            {"from": e.source, "to": e.target, "label": e.label, "order": e.order}
            for e in drawing.edges
        ],
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(structure), encoding="utf-8")
    (folder / f"{name}.svg").write_text(svg, encoding="utf-8")


# Names ---------------------------------------------------------------------------------------


def test_the_name_depends_on_source_and_settings_only() -> None:
    name = drawing_id(SOURCE, SETTINGS)
    assert re.fullmatch(r"d-[0-9a-f]{8}", name)
    spaced = "\n\n" + SOURCE.replace("\n", "  \r\n") + "\n"
    assert drawing_id(spaced, SETTINGS.replace(b"\n", b"\r\n")) == name
    assert drawing_id(SOURCE.replace("Cup", "Mug"), SETTINGS) != name
    assert drawing_id(SOURCE, SETTINGS + b" ") != name


def test_a_drawing_is_read_back(tmp_path: Path) -> None:
    store(tmp_path, "d-0", drawing())
    assert load_drawing(tmp_path, "d-0") == replace(drawing(), description="How.")
    assert load_drawing(tmp_path, "d-1") is None
    with pytest.raises(ValueError, match=r"d-2\.json is not a drawing"):
        read_drawing("d-2", '{"kind": "flowchart"}', "")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"from": "maker"', '"from": "nobody"'),
        ('"members": ["maker"', '"members": ["nobody"'),
        ('"width": 344', '"width": Infinity'),
        ('"label": "Cup"', '"label": null'),
        ('"order": 1', '"order": "1"'),
        ('"kind": "flowchart"', '"kind": "pies"'),
        ("{", "["),
    ],
)
def test_a_broken_structure_is_an_error_and_no_accident(tmp_path: Path, old: str, new: str) -> None:
    store(tmp_path, "d-0", drawing())
    text = (tmp_path / "d-0.json").read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(ValueError, match=r"d-0\.json is not a drawing"):
        read_drawing("d-0", text.replace(old, new, 1), SVG)


# Words ---------------------------------------------------------------------------------------


def said(kind: str, edges: list[Edge], nodes: tuple[Node, ...] = NODES) -> list[str]:
    look_up = words()
    return [look_up(f"diagram-{s.form}", **s.parts) for s in sentences(kind, nodes, (), edges)]


def test_each_arrow_is_one_sentence_in_order() -> None:
    assert said("flowchart", list(EDGES)) == [
        "Tea maker fills Pot & lid.",
        "Pot & lid leads to Cup.",
    ]


def test_an_arrow_turned_round_turns_its_sentence() -> None:
    turned = [Edge("pot", "maker", "fills", 1)]
    assert said("flowchart", turned)[0] == "Pot & lid fills Tea maker."


@pytest.mark.parametrize(
    ("heads", "label", "form"),
    [
        ("both", "", "both"),
        ("both", "x", "both-on"),
        ("none", "", "joined"),
        ("none", "x", "joined-on"),
    ],
)
def test_arrows_with_two_heads_or_none(heads: Any, label: str, form: str) -> None:
    edge = Edge("maker", "pot", label, 1, heads)
    assert sentences("flowchart", NODES[:2], (), [edge])[0].form == form


def test_boundaries_and_lonely_nodes_are_said_after_the_arrows() -> None:
    alone = (*NODES, Node("tray", "Tray", "data"))
    forms = [s.form for s in sentences("flowchart", alone, GROUPS, EDGES)]
    assert forms == ["acts", "leads", "holds", "alone"]


def test_messages_say_to_whom_and_when() -> None:
    edges = [
        Edge("maker", "pot", "warm up", 1),
        Edge("pot", "pot", "wait", 2),
        Edge("maker", "pot", "pour", 3, when=("for each cup",)),
        Edge("pot", "pot", "drip", 4, when=("if full",)),
    ]
    assert said("sequence", edges)[:4] == [
        "Tea maker to Pot & lid: warm up.",
        "Pot & lid, by itself: wait.",
        "Tea maker to Pot & lid, for each cup: pour.",
        "Pot & lid, by itself, if full: drip.",
    ]


def test_states_start_change_and_end() -> None:
    nodes = (
        Node("a", "", point="start"),
        Node("cold", "Cold"),
        Node("hot", "Hot"),
        Node("z", "", point="end"),
    )
    edges = [Edge("a", "cold", "", 1), Edge("cold", "hot", "heat", 2), Edge("hot", "z", "drunk", 3)]
    assert said("state", edges, nodes) == [
        "It starts as Cold.",
        "Cold becomes Hot: heat.",
        "After Hot it ends: drunk.",
    ]
    inside = (Group("tea", "Tea", ("a", "cold")),)
    assert sentences("state", nodes, inside, edges)[0].form == "starts-in"


# Figure and files ----------------------------------------------------------------------------


def test_the_figure_holds_drawing_words_key_and_link() -> None:
    html = diagram_figure(drawing(), words(), ROLES, "../assets/drawings/d-0.svg")
    figure = xml(html.replace(" hidden>", ">").replace("data-search-exclude ", ""))
    svg = figure.find("div/svg")
    assert svg is not None
    assert svg.get("role") == "img"
    ids = [part.get("id") for part in svg.iter() if part.get("id")]
    assert [svg.get("aria-labelledby"), svg.get("aria-describedby")] == ids
    items = ["".join(item.itertext()) for item in figure.iterfind("figcaption/ol/li")]
    assert items == ["Tea maker fills Pot & lid.", "Pot & lid leads to Cup."]
    key = ["".join(item.itertext()).strip() for item in figure.findall("figcaption/ul/li")]
    assert key == ["Kitchen holds: Tea maker, Pot & lid.", "Yours to manage", "Your code", "Data"]
    assert 'href="../assets/drawings/d-0.svg"' in html
    assert "style=" not in html
    assert "<style" not in html


def test_the_second_figure_of_a_page_has_other_ids() -> None:
    one = diagram_figure(drawing(), words(), ROLES, "x.svg")
    other = diagram_figure(drawing(), words(), ROLES, "x.svg", number=2)
    ids = re.compile(r' id="([^"]+)"')
    assert ids.findall(one)
    assert not set(ids.findall(one)) & set(ids.findall(other))
    assert all(f'="{id_}"' in other for id_ in ids.findall(other))


def test_words_from_a_fence_cannot_become_markup() -> None:
    bad = (Node("maker", "<script>", "code"), *NODES[1:])
    changed = replace(drawing(), nodes=bad, title="<script>")
    assert "<script>" not in diagram_figure(changed, words(), ROLES, '"><script>')


def test_words_of_the_interface_cannot_become_markup() -> None:
    entries = {key: text + "<script>" for key, text in words().entries.items()}
    assert "<script>" not in diagram_figure(drawing(), Words("en", entries), ROLES, "x.svg")
    assert "**<" not in diagram_markdown(drawing(), Words("en", entries))


def test_plain_markdown_says_the_same() -> None:
    assert diagram_markdown(drawing(), words()).splitlines() == [
        "**Making tea**",
        "",
        "How.",
        "",
        "1. **Tea maker** fills **Pot & lid**.",
        "2. **Pot & lid** leads to **Cup**.",
        "",
        "- **Kitchen** holds: **Tea maker, Pot & lid**.",
    ]


def tokens() -> str:
    return next(iter(STYLES.glob("*tokens.css"))).read_text(encoding="utf-8")


def test_the_file_alone_has_its_colours() -> None:
    style = standalone_style(tokens(), (STYLES / "diagrams.css").read_text(encoding="utf-8"))
    svg = standalone_svg(drawing(), style)
    root = xml(svg)
    assert (root.get("width"), root.get("height")) == ("344", "200")
    assert root[0].tag.endswith("title")
    assert "var(" not in svg
    light, dark = style.split("@media(prefers-color-scheme:dark)")
    assert "#e9effa" in light
    assert "#e9effa" not in dark


# Colours -------------------------------------------------------------------------------------


def variables(selector: str) -> dict[str, str]:
    rule = tokens().split(selector + " {", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"(--[\w-]+):\s*(#[0-9a-f]{6});", rule))


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("selector", [":root", '[data-md-color-scheme="slate"]'])
def test_lines_and_letters_stand_out(selector: str) -> None:
    colour = variables(selector)
    for role in get_args(Shape):
        line, fill = colour[f"--dg-{role}-line"], colour[f"--dg-{role}-fill"]
        assert contrast(line, colour["--paper"]) >= 3, role
        assert contrast(line, fill) >= 3, role
        assert contrast(colour["--ink"], fill) >= 4.5, role
    for ground in ("--paper", "--sheet"):
        assert contrast(colour["--edge"], colour[ground]) >= 3
        assert contrast(colour["--ink2"], colour[ground]) >= 4.5


# Rules ---------------------------------------------------------------------------------------


def rules(problems: list[Problem]) -> list[str]:
    return [problem.rule for problem in problems]


def test_a_good_diagram_has_no_problem(tmp_path: Path) -> None:
    folder = tmp_path / "drawings"
    store(folder, drawing_id(SOURCE, SETTINGS), drawing())
    fences = [fence(), Fence("yaml", "a: 1", Place("docs/en/tea.md", 40))]
    assert not list(named_and_described(fences))
    assert not list(drawn(fences, folder, SETTINGS))
    assert not list(unused(fences, folder, SETTINGS, "drawings"))


@pytest.mark.parametrize(
    ("cut", "missing"),
    [
        (r"  accTitle.*\n", "no accTitle"),
        (r"  accDescr.*\n", "no accDescr"),
        (r"  acc.*\n", "no accTitle and no accDescr"),
        (r"Making tea", "no accTitle"),
    ],
)
def test_title_and_description_are_asked_for(cut: str, missing: str) -> None:
    found = list(named_and_described([fence(re.sub(cut, "", SOURCE))]))
    assert rules(found) == ["diagram-unnamed"]
    assert missing in found[0].message
    assert str(found[0]).startswith("docs/en/tea.md:9:1: error[diagram-unnamed]")


def test_a_description_of_several_lines_counts() -> None:
    several = SOURCE.replace("accDescr: The maker", "accDescr {\n The maker").replace(
        "cup.", "cup.\n }"
    )
    assert not list(named_and_described([fence(several)]))


def test_a_missing_drawing_names_the_command(tmp_path: Path) -> None:
    found = list(drawn([fence(), fence(SOURCE + "%%", 30)], tmp_path, SETTINGS))
    assert rules(found) == ["diagram-missing"] * 2
    assert "make diagrams" in found[0].message
    assert found[1].place.line == 30


def test_a_broken_drawing_is_said(tmp_path: Path) -> None:
    name = drawing_id(SOURCE, SETTINGS)
    (tmp_path / f"{name}.svg").write_text(SVG, encoding="utf-8")
    (tmp_path / f"{name}.json").write_text("{", encoding="utf-8")
    assert rules(list(drawn([fence()], tmp_path, SETTINGS))) == ["diagram-broken"]


def test_drawings_that_no_page_uses_are_found(tmp_path: Path) -> None:
    store(tmp_path, drawing_id(SOURCE, SETTINGS), drawing())
    store(tmp_path, "d-00000000", drawing())
    found = list(unused([fence()], tmp_path, SETTINGS, "drawings"))
    assert [str(problem.place) for problem in found] == [
        "drawings/d-00000000.json:1:1",
        "drawings/d-00000000.svg:1:1",
    ]


def test_words_that_do_not_match_are_found() -> None:
    blank = replace(drawing(), svg=SVG.replace(">fills<", "><"))
    assert list(mismatches(blank, SOURCE)) == ["'fills' does not stand in drawing 'd-0'"]
    assert "is not in the fence" in next(mismatches(drawing(), SOURCE.replace("Cup", "Mug")))
    assert not list(mismatches(drawing(), SOURCE))


def test_too_many_nodes_and_too_long_words() -> None:
    many = tuple(Node(f"n{i}", f"N{i}", "aws") for i in range(15))
    long = (Edge("n0", "n1", "CapacityProviderReservation", 1),)
    found = list(excesses(replace(drawing(), nodes=many, edges=long)))
    assert len(found) == 2
    assert found[0].startswith("the diagram has 15 nodes")
    assert "27 letters" in found[1]
    points = (*many[:14], Node("start", "", point="start"))
    assert not list(excesses(replace(drawing(), nodes=points)))


# What is stored ------------------------------------------------------------------------------


def test_the_pins_of_the_tool_agree() -> None:
    tool = ROOT / "tools" / "draw"
    settings = json.loads((tool / "settings.json").read_text(encoding="utf-8"))
    asked = json.loads((tool / "package.json").read_text(encoding="utf-8"))["dependencies"]
    locked = json.loads((tool / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    pinned = {"mermaid": settings["mermaid"], "elkjs": settings["elkjs"], **settings["fonts"]}
    assert asked == pinned
    assert {name: locked[f"node_modules/{name}"]["version"] for name in asked} == pinned
    assert not [name for name, entry in locked.items() if "resolved" in entry]


def test_stored_drawings_carry_no_style() -> None:
    for path in sorted((ROOT / "overrides/assets/drawings").glob("*.svg")):
        svg = path.read_text(encoding="utf-8")
        root = xml(svg)
        assert root.get("viewBox", "").startswith("0 0 344 "), path
        styled = [part for part in root.iter() if {"style", "fill", "stroke"} & set(part.attrib)]
        assert not styled, path
        assert "<style" not in svg, path
        assert "  " not in svg, path


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"from": "maker"', '"from": "nobody"'),
        ('"members": ["maker", "pot"]', '"members": ["maker", "kettle"]'),
        ('"members": ["maker", "pot"]', '"members": [null]'),
        ('"id": "pot"', '"id": "maker"'),
        ('"id": "kitchen"', '"id": null'),
        ('"label": "Kitchen"', '"label": null'),
        ('"width": 344', '"width": Infinity'),
        ('"width": 344', '"width": NaN'),
        ('"width": 344', '"width": 0'),
        ('"title": "Making tea"', '"title": null'),
        ('"order": 1', '"order": "first"'),
        ('"nodes": [', '"nodes": [null, '),
        ("{", "[" * 100_000),
    ],
)
def test_a_stored_drawing_that_is_none_is_named(tmp_path: Path, old: str, new: str) -> None:
    fence = Fence("mermaid", SOURCE, Place("docs/en/a.md", 7, 1))
    name = drawing_id(SOURCE, SETTINGS)
    store(tmp_path, name, drawing(), SVG.replace("d-0", name))
    file = tmp_path / f"{name}.json"
    structure = file.read_text(encoding="utf-8")
    assert old in structure
    file.write_text(structure.replace(old, new, 1), encoding="utf-8")
    problems = list(drawn([fence], tmp_path, SETTINGS))
    assert [problem.rule for problem in problems] == ["diagram-broken"]
    assert f"{name}.json is not a drawing" in problems[0].message


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo])
def test_what_is_no_file_in_the_place_of_a_drawing_is_named(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    fence = Fence("mermaid", SOURCE, Place("docs/en/a.md", 7, 1))
    name = drawing_id(SOURCE, SETTINGS)
    store(tmp_path, name, drawing(), SVG.replace("d-0", name))
    (tmp_path / f"{name}.json").unlink()
    make(tmp_path / f"{name}.json")
    problems = list(drawn([fence], tmp_path, SETTINGS))
    assert [problem.rule for problem in problems] == ["diagram-broken"]


@pytest.mark.parametrize(
    ("label", "found"),
    [
        ('"`**bold** tea`"', "a Markdown string"),
        ('"fa:fa-mug-hot Tea"', "an icon"),
        ("fab:fa-docker", "an icon"),
        ('"$$x^2$$"', "a formula"),
        ('"<b>Tea</b>"', "HTML"),
        ('"<img src=x>"', "HTML"),
    ],
)
def test_what_no_drawing_shows_is_named_at_its_place(label: str, found: str) -> None:
    text = SOURCE.replace('["Pot & lid"]', f"[{label}]").replace("[[[", "[[").replace("]]]", "]]")
    (problem,) = plain_labels([fence(text)])
    assert (problem.place.line, problem.rule) == (15, "diagram-label")
    assert text.split("\n")[5][problem.place.column - 1 :].startswith(problem.message.split("'")[1])
    assert found in problem.message
    assert not list(plain_labels([fence()]))


def test_a_node_with_an_icon_or_a_picture_is_named(tmp_path: Path) -> None:
    for shape in ('cup@{ icon: "mug", label: "Cup" }', 'cup@{ img: "https://x.test/a.png" }'):
        (problem,) = plain_labels([fence(SOURCE + "  " + shape + "\n")])
        assert "an icon" in problem.message


def test_a_drawing_that_says_other_words_or_too_much_is_told_at_its_fence(tmp_path: Path) -> None:
    other, long = SOURCE.replace("Cup", "Mug"), SOURCE.replace("fills", "x" * 25)
    store(tmp_path, drawing_id(other, SETTINGS), drawing())
    edges = (replace(EDGES[0], label="x" * 25), EDGES[1])
    store(tmp_path, drawing_id(long, SETTINGS), replace(drawing(), edges=edges))
    told = list(drawn([fence(other, 3), fence(long, 5)], tmp_path, SETTINGS))
    assert {(p.rule, p.place.line) for p in told} == {("diagram-words", 3), ("diagram-words", 5)}
    assert all("; run 'make diagrams'" in p.message for p in told if p.place.line == 3)
    assert any(f"'{'x' * 25}' on an arrow has 25 letters" in p.message for p in told)


def test_a_fence_becomes_its_drawing_and_without_one_stays_to_be_worked_with(
    tmp_path: Path,
) -> None:
    site = type("Site", (), {"roles": ROLES})()
    edition = type("Edition", (), {"words": words(), "site": site})()
    formatter = DiagramFence(edition, tmp_path, SETTINGS, lambda: "tea/cups.md")
    name = drawing_id(SOURCE, SETTINGS)

    def shown() -> str:
        return formatter(SOURCE, "mermaid", "mermaid", {}, None)

    assert "flowchart TB" in shown()
    assert formatter.markdown(SOURCE) is None
    (tmp_path / f"{name}.svg").write_text(SVG, encoding="utf-8")
    (tmp_path / f"{name}.json").write_text("{", encoding="utf-8")
    assert "flowchart TB" in shown(), "nor with one that is broken"
    assert formatter.undrawn == [("tea/cups.md", SOURCE)] * 2
    store(tmp_path, name, drawing(), SVG.replace("d-0", name))
    first, second = shown(), shown()
    assert f'href="../assets/drawings/{name}.svg"' in first
    assert first != second, "the ids of the second on a page are others"
    formatter.page = lambda: "index.md"
    assert f'href="assets/drawings/{name}.svg"' in shown()
    assert formatter.markdown(SOURCE) == diagram_markdown(drawing(), words())
    assert len(formatter.undrawn) == 2
