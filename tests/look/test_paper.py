"""On paper nothing scrolls and nothing is pressed: what a page holds stands there."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.look.conftest import Open, Published
from tests.look.test_choose import PAGE as DECISION

#: As wide as the text of a sheet of A4 is between its margins, in pixels of 1/96 inch. What is
#: seen there may reach into the margin, of 16 mm, and no further.
PAPER: ViewportSize = {"width": 673, "height": 1000}

CUT = """() => [...document.querySelectorAll(".cmp-w, .cmp-w table")]
  .filter((part) => part.checkVisibility())
  .filter((part) => getComputedStyle(part).overflow !== "visible" &&
    (part.scrollWidth > part.clientWidth || part.scrollHeight > part.clientHeight)
    || part.getBoundingClientRect().right > innerWidth + 60)
  .map((part) => `${part.closest("[id]").id} ${part.className}: ${part.scrollWidth} x ${part.scrollHeight}`
    + ` in ${part.clientWidth} x ${part.clientHeight}`)"""

#: Words of a table that reach out of their cell or of the column of text, or that are broken in a
#: comparison where no hyphen or identifier is; and cells that nobody sees although nobody hid them.
UNREADABLE = """() => [...document.querySelectorAll("table")].flatMap((table) => {
  const column = table.closest("article").getBoundingClientRect();
  const wrong = [];
  for (const cell of table.querySelectorAll("th, td")) {
    const frame = cell.getBoundingClientRect();
    const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    const heading = cell.closest("thead");
    if (heading && heading.clientWidth < 2) continue; // for those who hear the page
    if (!heading && !cell.closest("[hidden]") && !cell.checkVisibility()) wrong.push(`unseen: ${cell.textContent}`);
    for (let text; (text = texts.nextNode()) && cell.checkVisibility();) {
      if (text.parentElement.closest(".vh")) continue;
      for (const word of text.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
        const range = document.createRange();
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        const lines = [...range.getClientRects()].filter((line) => line.width > 1);
        if (lines.some((line) => line.right > Math.min(frame.right, column.right) + 1
            || line.left < Math.max(frame.left, column.left) - 1))
          wrong.push(`out: ${word[0]}`);
        const broken = new Set(lines.map((line) => Math.round(line.top))).size > 1;
        const whole = table.className && word[0].length < 14 && !text.parentElement.closest("code");
        if (broken && whole) wrong.push(`broken: ${word[0]}`);
      }
    }
  }
  return wrong;
})"""
#: A sheet of A5, whose text is as narrow as a phone's.
SMALL_PAPER: ViewportSize = {"width": 438, "height": 680}


def longest_tables(published: Published) -> set[str]:
    """A page with each number of columns, the longest table of each; and one of Markdown's own."""
    longest: dict[str, tuple[int, str]] = {}
    for path in published.paths:
        text = (published.folder / path).read_text(encoding="utf-8")
        for columns in re.findall(r'class="cmp \w+ n\d+"|<table>', text):
            longest[columns] = max(longest.get(columns, (0, "")), (text.count("<tr"), path))
    assert len(longest) > 3
    return {path for _, path in longest.values()}


def test_no_table_is_cut_off_on_paper(opened: Open, published: Published) -> None:
    page = opened("index.html", viewport=PAPER)
    page.emulate_media(media="print")
    for path in longest_tables(published):
        page.goto(published.address + path)
        assert page.locator("table").count(), path
        assert page.evaluate(CUT) == [], path


@pytest.mark.parametrize("paper", [PAPER, SMALL_PAPER], ids=["A4", "A5"])
def test_every_word_of_a_table_is_read_on_paper(
    opened: Open, published: Published, paper: ViewportSize
) -> None:
    page = opened("index.html", viewport=paper)
    page.emulate_media(media="print")
    for path in longest_tables(published):
        page.goto(published.address + path)
        assert page.evaluate(UNREADABLE) == [], path


def test_two_chosen_columns_stand_side_by_side_on_paper(opened: Open) -> None:
    page = opened("compare/any-two.html", viewport=PAPER)
    page.locator(".pairs a").first.click()
    seen = page.locator(".cmp-t thead th:not([hidden])")
    expect(seen).to_have_count(3)
    page.emulate_media(media="print")
    assert page.evaluate(UNREADABLE) == []
    first, second = (seen.nth(n).bounding_box() for n in (1, 2))
    assert first
    assert second
    assert first["y"] == second["y"]


def test_a_decision_stands_whole_on_paper(opened: Open) -> None:
    page = opened(DECISION, viewport=PAPER)
    assert not page.locator(".choose-all").is_visible()
    page.emulate_media(media="print")
    for part in ("ways", "candidates", "reasons"):
        shown = page.locator(f".choose-{part} li")
        assert shown.count() > 5
        assert shown.first.is_visible(), part
        assert shown.last.is_visible(), part
    assert not page.locator(".choose-now").is_visible(), "one question alone is of no use there"
