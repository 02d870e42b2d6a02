"""Stored drawings in a real browser, with each reader's font: nothing is cut, nothing overlaps."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
DRAWINGS = sorted((ROOT / "overrides/assets/drawings").glob("*.svg"))
STYLES = ROOT / "overrides/assets/styles"
FONTS = ("DejaVu Sans", "Liberation Sans", "Noto Sans CJK KR")
MARGIN = 16  # of a page on a phone, in pixels

INSTALLED = """name => {
  const pen = document.createElement('canvas').getContext('2d');
  const width = font => (pen.font = `40px ${font}`, pen.measureText('mmiWlgoQa').width);
  return ['monospace', 'serif'].every(other => width(`"${name}", ${other}`) !== width(other));
}"""

# All measures are units of the drawing, but the size of letters, which is pixels of the screen.
FAULTS = """([least]) => {
  const faults = [];
  for (const svg of document.querySelectorAll('svg.dg')) {
    const id = svg.getAttribute('aria-labelledby').replace('-title', '');
    const say = (what, text) => faults.push(`${id}: ${what}: ${text}`);
    const place = part => {
      const box = part.getBBox(), at = part.getCTM(), scale = svg.getCTM();
      const dx = (at.e - scale.e) / scale.a, dy = (at.f - scale.f) / scale.d;
      return { left: box.x + dx, right: box.x + box.width + dx, top: box.y + dy,
               bottom: box.y + box.height + dy, dx, dy };
    };
    const share = (a, b, byX, byY) => a.left + byX < b.right && b.left + byX < a.right
      && a.top + byY < b.bottom && b.top + byY < a.bottom;
    const [, , width, height] = svg.getAttribute('viewBox').split(' ').map(Number);
    const texts = [...svg.querySelectorAll('text')].map(part => ({ part, ...place(part) }));
    const shapes = [...svg.querySelectorAll('.dg-shape')].map(part => ({ part, ...place(part) }));
    const perPixel = svg.getBoundingClientRect().width / width;
    for (const text of texts) {
      const words = text.part.textContent;
      const size = parseFloat(getComputedStyle(text.part).fontSize) * perPixel;
      if (size < least) say(`letters of ${size.toFixed(1)} px`, words);
      if (text.left < 0 || text.right > width || text.top < 0 || text.bottom > height)
        say('over the edge', words);
      const own = text.part.closest('.dg-node')?.querySelector('.dg-shape');
      for (const shape of shapes) {
        const out = text.left < shape.left + 1 || text.right > shape.right - 1;
        if (shape.part === own && out) say('over its shape', words);
        if (shape.part !== own && share(text, shape, 1, 1)) say('over another shape', words);
      }
      for (const other of texts) {
        const later = text.part.compareDocumentPosition(other.part) === 4;
        const node = text.part.closest('.dg-node');
        const together = node && node === other.part.closest('.dg-node');
        // The boxes of two lines of one label touch in fonts with high lines; letters do not.
        if (later && !together && share(text, other, 0, 3.5))
          say('over other words', `${words} / ${other.part.textContent}`);
      }
    }
    for (const line of svg.querySelectorAll('.dg-line')) {
      const { dx, dy } = place(line), length = line.getTotalLength();
      for (let at = 0; at <= length; at += 2) {
        const point = line.getPointAtLength(at);
        const x = point.x + dx, y = point.y + dy;
        const hit = texts.find(t => x > t.left && x < t.right && y > t.top + 2 && y < t.bottom - 2);
        if (hit) { say('crossed by an arrow', hit.part.textContent); break; }
      }
    }
  }
  return faults;
}"""


def faults(page: Page, font: str, extra: str = "") -> list[str]:
    """Show all stored drawings on a phone, in one font, and measure them."""
    css = "".join(path.read_text(encoding="utf-8") for path in sorted(STYLES.glob("*.css")))
    own = f".dg text {{ font-family: '{font}' !important }} body {{ margin: 0 {MARGIN}px }}{extra}"
    drawings = "".join(path.read_text(encoding="utf-8") for path in DRAWINGS)
    page.set_content(
        f"<!doctype html><style>{css}{own}</style>"
        f'<body data-md-color-scheme="default"><div class="diagram-drawing">{drawings}</div>'
    )
    return list(page.evaluate(FAULTS, [11]))


@pytest.mark.parametrize("font", FONTS)
def test_every_reader_sees_every_label_whole(page: Page, font: str) -> None:
    if not page.evaluate(INSTALLED, font):
        pytest.skip(f"the font {font} is not installed: run `python tools/web/browser.py`")
    assert faults(page, font) == []


def test_the_measure_finds_what_is_wrong(page: Page) -> None:
    large = ".dg text { font-size: 22px !important }"
    found = " ".join(faults(page, "sans-serif", large))
    for what in ("over its shape", "over another shape", "over other words", "crossed by an arrow"):
        assert what in found
    small = ".dg text { font-size: 8px !important }"
    assert "letters of 7.6 px" in " ".join(faults(page, "sans-serif", small))
