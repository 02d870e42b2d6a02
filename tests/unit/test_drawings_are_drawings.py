"""Stored drawings are read against a list of what drawings are made of, in every command."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from annotated.check.svg import acting_parts, strange_parts
from annotated.project import open_layout, open_project
from mkdocs_layout import read_layout

ROOT = Path(__file__).resolve().parents[2]
GOOD = (
    '<svg xmlns="http://www.w3.org/2000/svg" class="dg" viewBox="0 0 344 356" role="img">\n'
    '<title id="d-0e05a905-title">Tea</title>\n'
    '<g class="dg-node dg-sides" transform="translate(8,2)"><rect class="dg-shape" x="-1" y=".5"/>'
    '<path d="M94 58L94 65Q94 70z"/><text class="dg-name" x="1" y="2">Tea &amp; pot</text></g></svg>'
)


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("<text", "<script>alert(1)</script><text", "<script>"),
        ("<text", "<foreignObject><p>x</p></foreignObject><text", "<foreignObject>"),
        ("<text", '<a href="javascript:alert(1)"><text', "<a>"),
        ("<text", '<image href="https://evil.test/x.png"/><text', "<image>"),
        ("<text", '<use href="#p-001"/><text', "<use>"),
        ("<text", "<style>*{display:none}</style><text", "<style>"),
        ("<text", '<animate attributeName="href"/><text', "<animate>"),
        ('role="img"', 'role="img" onload="alert(1)"', "onload"),
        ('role="img"', 'role="img" style="position:fixed"', "style"),
        ('role="img"', 'role="alert"', "role"),
        ('class="dg"', 'class="dg md-overlay"', "class"),
        ("d-0e05a905-title", "p-001", "id"),
        ("translate(8,2)", "translate(8,2) url(#x)", "transform"),
        ("M94 58", "M94 url(x)", "d="),
        ('xmlns="http://www.w3.org/2000/svg"', 'xmlns="http://www.w3.org/1999/xhtml"', "xmlns"),
        (">Tea<", "><![CDATA[x><script>alert(1)</script>]]><", "CDATA"),
        (">Tea<", "><!-- x --><", "comment"),
        ("<svg", '<?xml-stylesheet href="x.css"?><svg', "processing instruction"),
        ("<svg", '<!DOCTYPE svg [<!ENTITY x "y">]><svg', "DOCTYPE"),
        ("</svg>", "", "well-formed"),
    ],
)
def test_nothing_but_shapes_and_words(old: str, new: str, found: str) -> None:
    assert strange_parts(GOOD) == []
    assert old in GOOD
    parts = strange_parts(GOOD.replace(old, new, 1))
    assert any(found in message for _, _, message in parts), parts


def test_every_command_reads_them_and_tells_the_place(golden: Path) -> None:
    drawing = golden / "overrides" / "assets" / "drawings" / "d-0e05a905.svg"
    drawing.parent.mkdir(parents=True, exist_ok=True)
    drawing.write_text(GOOD.replace("<text", "<script>x</script><text"), encoding="utf-8")
    _, problems = open_project(golden, golden / "docs" / "en", "en", date(2026, 11, 24))
    assert [str(p).partition(";")[0] for p in problems] == [
        "overrides/assets/drawings/d-0e05a905.svg:3:125: error[unsafe-drawing] found <script>"
    ]


def test_the_drawings_of_this_site_are_drawings() -> None:
    for file in (ROOT / "overrides" / "assets" / "drawings").glob("*.svg"):
        assert strange_parts(file.read_text(encoding="utf-8")) == [], file.name


@pytest.mark.parametrize(
    ("svg", "found"),
    [
        ("<svg><script>alert(1)</script></svg>", "<script>"),
        ('<svg xmlns:s="x"><s:script href="x"/></svg>', "<s:script>"),
        ('<svg onload="alert(1)"/>', "onload"),
        ('<svg><a xlink:href="javascript:alert(1)"/></svg>', "javascript:"),
        ('<svg><a href=" java&#10;script:alert(1)"/></svg>', "leads to"),
        ('<svg><image href="https://evil.test/x.png"/></svg>', "evil.test"),
        ('<svg><use href="data:image/svg+xml;base64,x"/></svg>', "leads to"),
        ("<svg><foreignObject/></svg>", "<foreignObject>"),
        ('<svg><a><set attributeName="xlink:href" to="x"/></a></svg>', "changes where"),
        ('<?xml-stylesheet href="x.css"?><svg/>', "processing instruction"),
        ('<!DOCTYPE svg [<!ENTITY x "y">]><svg>&x;</svg>', "entities"),
        ("<svg>", "well-formed"),
    ],
)
def test_a_picture_of_an_author_does_not_act(golden: Path, svg: str, found: str) -> None:
    if "xlink" in svg:
        svg = svg.replace("<svg", '<svg xmlns:xlink="http://www.w3.org/1999/xlink"', 1)
    assert any(found in message for _, _, message in acting_parts(svg))
    (golden / "docs" / "en" / "cup.svg").write_text(svg, encoding="utf-8")
    layout = read_layout(golden)
    _, problems = open_layout(golden, layout, date(2026, 11, 24))
    assert str(problems[0]).startswith("docs/en/cup.svg:1:")
    assert "error[unsafe-picture]" in str(problems[0])


def test_what_is_found_in_a_picture_is_told_where_it_is() -> None:
    found = acting_parts("<svg>\n <g/>\n  <script/></svg>")
    assert [place for *place, _ in found] == [[3, 3]]
    for judge in (acting_parts, strange_parts):
        broken = [part for part in judge("<svg>\n  <g></x>") if "well-formed" in part[2]]
        assert [place for *place, _ in broken] == [[2, 8]]


def test_what_is_no_element_is_told_in_a_sentence() -> None:
    inside = "<!-- x --><![CDATA[y]]><?z?>"
    svg = f'<!DOCTYPE svg [<!ENTITY a "b">]>\n<svg>{inside}</svg>'
    told = [message for *_, message in strange_parts(svg) if not message.startswith("found <svg")]
    assert [one for one in told if one.startswith("found ")] == [
        "found <!DOCTYPE with entities", "found a comment", "found <![CDATA[",
        "found a processing instruction, <?z",
    ]  # fmt: skip


def test_a_picture_of_an_author_may_be_any_picture() -> None:
    assert acting_parts(
        '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x">'
        '<svg xmlns="http://www.w3.org/2000/svg"><!-- made by hand --><style>.a{fill:red}</style>'
        '<defs><g id="a"/></defs><use href="#a"/><image href="data:image/png;base64,AA=="/>'
        '<animate attributeName="x" to="3"/></svg>'
    ) == []  # fmt: skip
