"""Controls of the published site, each by what a reader would miss if it did something else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.look.conftest import DESK, Open, Published
from tests.site_tools import escape, until

WITH_DIAGRAM = "ecs/iam-roles.html"
VIEW = "document.querySelector('dialog svg').getAttribute('viewBox').split(' ').map(Number)"


def enlarged(opened: Open) -> Page:
    page = opened(WITH_DIAGRAM)
    page.locator(".diagram-enlarge").first.click()
    page.locator("dialog[open] svg").wait_for()
    return page


def point(page: Page, x: float, y: float) -> tuple[float, float]:
    """What place of the drawing is seen at a place of the window."""
    found = page.evaluate(
        """([x, y]) => { const svg = document.querySelector("dialog svg");
          const at = new DOMPoint(x, y).matrixTransform(svg.getScreenCTM().inverse());
          return [at.x, at.y]; }""",
        [x, y],
    )
    return found[0], found[1]


def test_the_wheel_zooms_at_the_pointer(opened: Open) -> None:
    page = enlarged(opened)
    box = page.locator(".diagram-stage").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] * 0.55, box["y"] + box["height"] * 0.45
    page.mouse.move(x, y)
    before, width = point(page, x, y), page.evaluate(VIEW)[2]
    page.mouse.wheel(0, -300)
    page.wait_for_timeout(100)
    after = point(page, x, y)
    assert page.evaluate(VIEW)[2] < width / 1.3, "it has come nearer"
    assert after == pytest.approx(before, abs=1.5), "what is under the pointer stays there"


def test_a_drawing_follows_the_hand_and_stays_in_the_window(opened: Open) -> None:
    page = enlarged(opened)
    for _ in range(4):
        page.keyboard.press("+")
    x, y = 640.0, 400.0
    held = point(page, x, y)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 40, steps=4)
    page.mouse.up()
    assert point(page, x + 60, y + 40) == pytest.approx(held, abs=1.5)
    moved = page.evaluate(VIEW)
    page.mouse.move(x, y)
    assert page.evaluate(VIEW) == moved, "let go is let go"
    for _ in range(60):
        page.keyboard.press("ArrowRight")
    left, _, width, _ = page.evaluate(VIEW)
    whole = page.locator(".diagram-drawing svg").first.get_attribute("viewBox") or ""
    assert left + width / 2 <= float(whole.split()[2]) + 9, "half of it stays in sight"


def test_zooming_ends(opened: Open) -> None:
    page = enlarged(opened)
    whole = page.evaluate(VIEW)
    for _ in range(40):
        page.keyboard.press("+")
    assert whole[2] / page.evaluate(VIEW)[2] == pytest.approx(12, rel=0.01)
    for _ in range(60):
        page.keyboard.press("-")
    assert page.evaluate(VIEW) == whole
    page.keyboard.press("+")
    page.keyboard.press("0")
    assert page.evaluate(VIEW) == whole


def test_the_page_behind_a_drawing_does_not_scroll(opened: Open) -> None:
    page = enlarged(opened)
    overflow = "getComputedStyle(document.documentElement).overflowY"
    assert page.evaluate(overflow) == "hidden"
    escape(page)
    # A browser says that a window has closed a moment after it has.
    until(page, f"{overflow} !== 'hidden'")


@pytest.mark.parametrize("path", [WITH_DIAGRAM, "index.html", "compare/ecs-capacity.html"])
def test_copy_as_markdown_copies_this_page(opened: Open, published: Published, path: str) -> None:
    page = opened(path, permissions=["clipboard-read", "clipboard-write"])
    page.locator("[data-copy]").click()
    page.locator("[data-copy]", has_text="Copied").wait_for()
    text = page.evaluate("navigator.clipboard.readText()")
    twin = published.folder / path.replace(".html", ".md")
    assert text == twin.read_text("utf-8")
    assert len(text) > 500


def test_code_is_copied_as_it_stands(opened: Open) -> None:
    page = opened("ecs/managed-instances.html", permissions=["clipboard-read", "clipboard-write"])
    code = page.locator("pre > code").first
    page.locator(".md-code__button").first.click()
    page.locator(".md-dialog", has_text="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.strip() == code.inner_text().strip() != ""


def printed(page: Page, folder: Path) -> str:
    page.pdf(path=str(folder / "page.pdf"))
    return " ".join(
        "".join(part.extract_text() for part in PdfReader(folder / "page.pdf").pages).split()
    )


def test_paper_opens_lists_and_leaves_out_notes_on_demand(opened: Open, tmp_path: Path) -> None:
    page = opened(WITH_DIAGRAM)
    source = page.locator(".fn li a").first.text_content() or ""
    said = page.locator(".cl .said").first.text_content() or ""
    closed = page.locator("details.fn:not([open])").count()
    assert closed > 0
    text = printed(page, tmp_path)
    assert source in text
    assert said[:40] in text
    assert page.locator("details.fn:not([open])").count() == closed, "closed again"
    page.locator(".printnotes").uncheck()
    text = printed(page, tmp_path)
    assert source in text
    assert said[:40] not in text
    assert page.locator(".printnotes").locator("xpath=..").inner_text().strip().startswith("Print")


def test_only_a_page_with_notes_asks_whether_to_print_them(opened: Open) -> None:
    assert opened("about.html").locator(".printnotes").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_verdict_has_its_colour(opened: Open, scheme: str) -> None:
    page = opened("notes/index.html", color_scheme=scheme)
    tokens = page.evaluate(
        """() => { const style = getComputedStyle(document.body), probe = document.body.appendChild(document.createElement("i"));
          const of = name => { probe.style.color = style.getPropertyValue(name); return getComputedStyle(probe).color; };
          return Object.fromEntries(["wrong", "gap", "old", "care"].map(name => [name, of("--c-" + name)])); }"""
    )
    assert len({*tokens.values()}) == 4
    verdicts = page.evaluate(
        """() => Object.fromEntries(["wrong", "gap", "outdated", "imprecise", "garbled"].map(name => {
          const probe = document.body.appendChild(document.createElement("i"));
          probe.className = "v-" + name; probe.style.color = "var(--c)";
          return [name, getComputedStyle(probe).color]; }))"""
    )
    expected = {
        "wrong": "wrong",
        "gap": "gap",
        "outdated": "old",
        "imprecise": "care",
        "garbled": "care",
    }
    assert verdicts == {name: tokens[token] for name, token in expected.items()}


@pytest.mark.parametrize("width", [800, 1280])
def test_the_head_of_a_table_stays_in_sight(opened: Open, width: int) -> None:
    page = opened("compare/ecs-capacity.html", viewport={"width": width, "height": 700})
    row = page.locator(".cmp-t tbody tr").last
    row.scroll_into_view_if_needed()
    page.evaluate("document.querySelector('.cmp-w').scrollTop = 1e6")
    head = page.locator(".cmp-t thead th").nth(1)
    box, below = head.bounding_box(), row.bounding_box()
    assert box is not None
    assert below is not None
    assert box["y"] >= 40, "below the bar"
    top = page.evaluate(
        "([x, y]) => document.elementFromPoint(x, y)?.closest('th')?.textContent",
        [box["x"] + 20, box["y"] + box["height"] / 2],
    )
    assert top == head.text_content(), "and nothing above it"
    assert below["y"] > box["y"]


def test_the_row_that_a_link_leads_to_is_marked(opened: Open) -> None:
    for path, target, part in (
        ("compare/ecs-iam-roles.html", ".cmp-t tbody tr", "td"),
        ("notes/index.html", ".row", ""),
        ("notes/changes.html", ".chg > li", ""),
        ("glossary.html", ".gl > div", ""),
    ):
        page = opened(path)
        row = page.locator(target).nth(2)
        cell = row.locator(part).first if part else row
        ground = "e => getComputedStyle(e).backgroundColor"
        before = cell.evaluate(ground)
        page.evaluate("id => { location.hash = id }", row.get_attribute("id"))
        assert cell.evaluate(ground) != before, path
        assert cell.evaluate(ground) == "rgb(253, 240, 184)", path


def test_motion_stops_for_those_who_ask(opened: Open) -> None:
    moving = """() => [...document.querySelectorAll("*")].filter(e => {
      const s = getComputedStyle(e);
      return s.animationName !== "none" || s.scrollBehavior === "smooth"
        || s.transitionDuration.split(",").some(t => parseFloat(t) > 0) && s.transitionProperty !== "none";
    }).length"""
    assert opened(WITH_DIAGRAM, reduced_motion="reduce").evaluate(moving) == 0
    assert opened(WITH_DIAGRAM, reduced_motion="no-preference").evaluate(moving) > 0


def test_controls_say_what_they_do(opened: Open) -> None:
    page = opened(WITH_DIAGRAM)
    label = page.locator(".mk:visible").first.get_attribute("aria-label") or ""
    assert re.fullmatch(r"Note lines? [\d–, ]+: [a-z, ]+", label), label
    row = page.locator(".tally label")
    assert row.inner_text().strip() == "Show all notes"
    page.locator(".diagram-enlarge").first.click()
    words = page.locator(".diagram-dialog-bar button").all_inner_texts()
    assert words == ["Zoom in", "Zoom out", "Show all", "Close"]
    page = opened("notes/index.html", viewport=DESK)
    for text in page.locator(".filter label").all_inner_texts():
        assert re.fullmatch(r"(All|[A-Z][a-z]+) \d+", " ".join(text.split())), text
