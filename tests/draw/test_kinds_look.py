"""Stored drawings of Mermaid's kinds, as a page shows them: light, dark, on a phone, on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from annotated.render.diagrams import diagram_figure
from tests.draw.kinds import STORED, stored
from tests.draw.test_fit import FONTS, INSTALLED, STYLES
from tests.unit.test_diagrams import ROLES, words

LEAST = 11  # pixels of a letter

#: Letters that are too small, or stand outside of their drawing.
FAULTS = """least => [...document.querySelectorAll('.diagram-drawing svg')].flatMap(svg => {
  const [, , width, height] = svg.getAttribute('viewBox').split(' ').map(Number);
  const home = svg.getScreenCTM().inverse();
  return [...svg.querySelectorAll('text')].flatMap(text => {
    const size = parseFloat(getComputedStyle(text).fontSize) / home.a;
    const box = text.getBBox(), at = home.multiply(text.getScreenCTM());
    const corners = [[box.x, box.y], [box.x + box.width, box.y + box.height]]
      .map(([x, y]) => new DOMPoint(x, y).matrixTransform(at));
    const out = corners.some(p => p.x < -4 || p.x > width + 4 || p.y < -4 || p.y > height + 4);
    return [...(size < least ? [`${size} px: ${text.textContent}`] : []),
            ...(out ? [`outside: ${text.textContent}`] : [])];
  });
})"""


def show(
    page: Page, scheme: str = "default", font: str = "sans-serif", direction: str = "ltr"
) -> None:
    css = "".join(path.read_text(encoding="utf-8") for path in sorted(STYLES.glob("*.css")))
    own = f"body {{ margin: 0 16px }} .dg text {{ font-family: '{font}' !important }}"
    figures = "".join(diagram_figure(stored(name), words(), ROLES, "x.svg") for name in STORED)
    page.set_content(
        f"<!doctype html><html dir={direction} style='font-size:125%'><style>{css}{own}</style>"
        f'<body data-md-color-scheme="{scheme}"><div class="md-typeset">{figures}</div>'
    )


@pytest.mark.parametrize("font", FONTS)
def test_on_a_phone_each_label_is_whole_and_wide_ones_move_in_their_box(
    page: Page, font: str
) -> None:
    show(page)
    if not page.evaluate(INSTALLED, font):
        pytest.skip(f"the font {font} is not installed: run `python tools/web/browser.py`")
    show(page, font=font)
    assert page.evaluate(FAULTS, LEAST) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    moved = page.evaluate(
        "[...document.querySelectorAll('.diagram')].map(figure => {"
        " const box = figure.querySelector('.diagram-drawing');"
        " return box.scrollWidth > box.clientWidth; })"
    )
    assert moved == [stored(name).width > 344 for name in STORED]


def test_colours_follow_light_and_dark(page: Page) -> None:
    seen = []
    for scheme in ("default", "slate"):
        show(page, scheme)
        seen.append(
            page.evaluate(
                "[...document.querySelectorAll('[class*=dg-fill-],[class*=dg-stroke-],.dg text')]"
                ".flatMap(e => ['fill', 'stroke'].map(part =>"
                " [`${part} of ${e.getAttribute('class')}`, getComputedStyle(e)[part]]))"
            )
        )
    pairs = zip(*seen, strict=True)
    alike = {name for (name, one), (_, other) in pairs if one == other != "none"}
    assert alike == set(), "each shape and each word has other colours in the dark"


def test_on_paper_nothing_is_cut(page: Page) -> None:
    show(page)
    page.emulate_media(media="print")
    try:
        cut = page.evaluate(
            "[...document.querySelectorAll('.diagram-drawing')]"
            ".filter(box => box.scrollWidth > box.clientWidth + 1).length"
        )
    finally:
        page.emulate_media(media="screen")
    assert cut == 0


def test_a_wide_one_is_whole_in_the_dialog(page: Page) -> None:
    show(page)
    script = STYLES.parent / "scripts" / "diagrams.js"
    page.add_script_tag(content=script.read_text(encoding="utf-8"))
    page.locator(".diagram-wide .diagram-enlarge").first.click()
    stage, drawing = (
        page.locator(f"dialog .diagram-stage{part}").bounding_box() for part in ("", " svg")
    )
    assert stage
    assert drawing
    assert drawing["width"] <= stage["width"] <= 360
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids))


def test_a_drawing_stays_as_it_is_in_a_page_from_right_to_left(page: Page) -> None:
    places = (
        "[...document.querySelectorAll('.diagram-drawing text')].map(text => {"
        " const box = text.getBBox();"
        " return [text.textContent, Math.round(box.x), Math.round(box.width)]; })"
    )
    found = []
    for direction in ("ltr", "rtl"):
        show(page, direction=direction)
        found.append(page.evaluate(places))
    assert found[0] == found[1]


def test_labels_from_right_to_left_are_inside_of_what_they_name(page: Page) -> None:
    show(page, direction="rtl")
    out = page.evaluate(
        "[...document.querySelectorAll('.diagram')].filter(f => /شاي/.test(f.textContent))"
        ".flatMap(figure => { const shapes = [...figure.querySelectorAll('rect, circle, path')]"
        "   .map(shape => shape.getBBox()).filter(box => box.width && box.height > 12);"
        " return [...figure.querySelectorAll('.diagram-drawing text')].filter(text => {"
        "   const box = text.getBBox();"
        "   return !shapes.some(shape => shape.x <= box.x + 1 && shape.y <= box.y + 4"
        "     && shape.x + shape.width >= box.x + box.width - 1); })"
        " .map(text => text.textContent); })"
    )
    assert out == []
