"""On paper nothing scrolls and nothing is pressed: what a page holds stands there."""

from __future__ import annotations

import re

from tests.look.conftest import Open, Published
from tests.look.test_choose import PAGE as DECISION

#: As wide as the text of a sheet of A4 is between its margins, in pixels of 1/96 inch. What is
#: seen there may reach into the margin, of 16 mm, and no further.
PAPER = {"width": 673, "height": 1000}

CUT = """() => [...document.querySelectorAll(".cmp-w, .cmp-w table")]
  .filter((part) => part.checkVisibility())
  .filter((part) => getComputedStyle(part).overflow !== "visible" &&
    (part.scrollWidth > part.clientWidth || part.scrollHeight > part.clientHeight)
    || part.getBoundingClientRect().right > innerWidth + 60)
  .map((part) => `${part.closest("[id]").id} ${part.className}: ${part.scrollWidth} x ${part.scrollHeight}`
    + ` in ${part.clientWidth} x ${part.clientHeight}`)"""


def test_no_table_is_cut_off_on_paper(opened: Open, published: Published) -> None:
    """A page with each number of columns, the longest table of each."""
    longest: dict[str, tuple[int, str]] = {}
    for path in published.paths:
        text = (published.folder / path).read_text(encoding="utf-8")
        for columns in re.findall(r'class="cmp \w+ (n\d+)"', text):
            longest[columns] = max(longest.get(columns, (0, "")), (text.count("<tr"), path))
    assert len(longest) > 3
    page = opened("index.html", viewport=PAPER)
    page.emulate_media(media="print")
    for path in {path for _, path in longest.values()}:
        page.goto(published.address + path)
        assert page.locator(".cmp-w").count(), path
        assert page.evaluate(CUT) == [], path


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
