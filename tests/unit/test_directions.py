"""Styles and drawings in languages that are written from right to left."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from annotated.publish.drawings import standalone_svg
from annotated.render.diagrams import diagram_figure
from tests.conftest import ROOT
from tests.draw.kinds import stored
from tests.unit.test_diagrams import ROLES, words

STYLES = sorted((ROOT / "overrides" / "assets" / "styles").glob("*.css"))
#: What names a side of the paper, where a side of the text is meant; not as a part of a longer word.
SIDES = re.compile(
    r"(?:margin|padding|border)-(?:left|right)\b|(?<![\w-])(?:left|right)\s*:"
    r"|(?:text-align|float)\s*:\s*(?:left|right)\b"
)
#: Four values of which the second and the last are the right and the left side.
FOUR = re.compile(r"(?:margin|padding|inset)\s*:\s*([^\s;]+) ([^\s;]+) ([^\s;]+) ([^\s;]+)\s*;")
#: A picture of ways and arrows, which is laid out by hand.
BY_HAND = {"82-map.css"}


@pytest.mark.parametrize("file", STYLES, ids=lambda file: file.name)
def test_styles_name_the_sides_of_the_text_and_not_of_the_paper(file: Path) -> None:
    css = re.sub(r"(?s)/\*.*?\*/|url\([^)]*\)", "", file.read_text(encoding="utf-8"))
    if file.name in BY_HAND:
        return
    assert SIDES.findall(css) == []
    assert [four for four in FOUR.findall(css) if four[1] != four[3]] == []


def test_a_label_from_right_to_left_is_read_as_its_letters_are() -> None:
    drawing = stored("mindmap.ar")
    label = "مكان (T55)"
    assert f">{label}</text>" in drawing.svg
    for shown in (diagram_figure(drawing, words(), ROLES, "x.svg"), standalone_svg(drawing, "")):
        assert f">\u2068{label}\u2069</text>" in shown
        assert ">\u2068ورق\u2069</text>" in shown
    other = stored("mindmap")
    assert "\u2068" not in standalone_svg(other, "")
