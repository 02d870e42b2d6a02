"""Every kind of page in a browser: for those who do not see it, at every width, in both schemes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from web.browser import launch
from web.server import serving

from tests.conftest import ROOT, lay_golden
from tests.site_tools import escape, mkdocs, published, violations
from tools.shots.__main__ import kinds

WIDTHS = (360, 1280)
#: Faults of these kinds are none of ours to leave; lesser ones are advice.
GRAVE = {"critical", "serious", "moderate"}
#: What passes is as long as the page, and nobody reads it.
FAULTS = {"resultTypes": ["violations"]}
RULES: dict[str, Any] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], **FAULTS
}  # fmt: skip
CONTRAST: dict[str, Any] = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, **FAULTS}
#: What a click on a mark or a source changes: the rest of the page was looked at before.
OPENED = [[".mk"], [".src"], [":popover-open"]]
#: What "Show all notes" brings into the text.
SHOWN = [[".mk"], [".cl"]]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """One page of each kind of a small site with every kind of record."""
    golden = lay_golden(tmp_path_factory.mktemp("look") / "golden")
    done = mkdocs(golden)
    assert done.returncode == 0, done.stderr
    with serving(golden / "site") as address:
        yield [address + path for path in kinds(golden / "site").values()]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """One page of each kind of this site in each of its languages, the first one's first."""
    site = published(ROOT, tmp_path_factory)
    with serving(site.parent) as address:
        yield [f"{address}{site.name}/{path}" for path in kinds(site).values()]


@pytest.fixture(scope="module")
def addresses(small: list[str], large: list[str]) -> list[str]:
    return small + large


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = launch(playwright)
        yield started
        started.close()


@contextmanager
def a_page(browser: Browser, **context: Any) -> Iterator[Page]:
    opened = browser.new_context(reduced_motion="reduce", **context)
    yield opened.new_page()
    opened.close()


def faults(
    page: Page, rules: dict[str, Any] = RULES, within: list[list[str]] | None = None
) -> list[str]:
    """What axe finds in the page, or in those parts of it that are there; one line each."""
    parts = [part for part in within or () if page.locator(part[0]).count()]
    return [
        f"{page.url} {item['id']}: {item['nodes'][0]['html'][:160]}"
        for item in violations(page, rules, parts)
        if item["impact"] in GRAVE
    ]


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_in_the_way(browser: Browser, small: list[str], width: int) -> None:
    assert in_the_way(browser, small, width) == []


def test_nothing_is_in_the_way_of_large_pages(browser: Browser, large: list[str]) -> None:
    """At a desk, in one language: `own/test_site` looks at a phone, in each, and at all colours."""
    first = [address for address in large if "/ko/" not in address]
    assert 0 < len(first) < len(large)
    assert in_the_way(browser, first, 1280, colours=False) == []


def in_the_way(
    browser: Browser, addresses: list[str], width: int, *, colours: bool = True
) -> list[str]:
    """Axe, with notes closed, open, and all in the text; then the contrast in the dark."""
    found = []
    closed = RULES if colours else {**RULES, "rules": {"color-contrast": {"enabled": False}}}
    with a_page(browser, viewport={"width": width, "height": 900}) as page:
        for address in addresses:
            page.goto(address)
            found += faults(page, closed)
            for button in (".mk:visible", ".src:visible"):
                if page.locator(button).count():
                    page.locator(button).first.click()
                    found += faults(page, within=OPENED)
                    escape(page)
            if page.locator(".showall").count():
                page.locator(".showall").check()
                found += faults(page, within=SHOWN)
            if colours:
                page.evaluate("document.body.dataset.mdColorScheme = 'slate'")
                found += faults(page, CONTRAST)
    return found


def test_nothing_is_wider_than_the_page(browser: Browser, addresses: list[str]) -> None:
    wide = []
    with a_page(browser, viewport={"width": 320, "height": 900}) as page:
        for address in addresses:
            page.goto(address)
            box = page.locator(".showall")
            for show_all in (False, True) if box.count() else (False,):
                if show_all:
                    box.check()
                for width in (320, 360, 480, 481, 600, 768, 960, 1219, 1220, 1280, 1600, 1920):
                    page.set_viewport_size({"width": width, "height": 900})
                    seen = page.evaluate("document.scrollingElement.scrollWidth")
                    if seen > width:
                        wide.append(f"{address} at {width}: {seen}")
    assert wide == []


@pytest.mark.parametrize("width", WIDTHS)
def test_an_open_note_stays_on_the_screen_and_off_its_mark(
    browser: Browser, addresses: list[str], width: int
) -> None:
    with a_page(browser, viewport={"width": width, "height": 700}) as page:
        for address in addresses:
            page.goto(address)
            for mark in page.locator(".mk:visible").all():
                mark.click()
                note = page.locator(".cl:popover-open").bounding_box()
                place = mark.bounding_box()
                assert note is not None
                assert place is not None
                assert note["x"] >= 0
                assert note["x"] + note["width"] <= width
                assert note["y"] >= 0
                assert note["y"] + note["height"] <= 700
                below = note["y"] >= place["y"] + place["height"] - 4
                above = note["y"] + note["height"] <= place["y"] + 4
                assert below or above, (address, note, place)
                escape(page)


def test_the_keyboard_meets_a_note_after_its_mark(browser: Browser, addresses: list[str]) -> None:
    with a_page(browser, viewport={"width": 1280, "height": 900}) as page:
        page.goto(next(address for address in addresses if address.endswith("brewing.html")))
        mark = page.locator(".mk:visible").first
        mark.focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("!!document.activeElement.closest('.cl:popover-open')")
        escape(page)
        assert page.evaluate("document.activeElement.className").startswith("mk")


def test_focus_is_seen(browser: Browser, addresses: list[str]) -> None:
    with a_page(browser, viewport={"width": 1280, "height": 900}) as page:
        page.goto(next(address for address in addresses if address.endswith("brewing.html")))
        unseen = []
        for _ in range(40):
            page.keyboard.press("Tab")
            seen = page.evaluate(
                "(() => { const e = document.activeElement, s = getComputedStyle(e);"
                " const f = e.closest('form') ? getComputedStyle(e.closest('form')) : s;"
                " return e === document.body || s.outlineStyle !== 'none' || f.boxShadow !== 'none' ? ''"
                " : e.outerHTML.slice(0, 120) })()"
            )
            if seen:
                unseen.append(seen)
        assert unseen == []


def test_a_page_reads_in_order(browser: Browser, addresses: list[str]) -> None:
    """What a screen reader says of a page with marks, from its title to its end."""
    with a_page(browser, viewport={"width": 1280, "height": 900}) as page:
        page.goto(next(address for address in addresses if address.endswith("brewing.html")))
        said = page.locator("article").aria_snapshot()
    order = [
        'heading "Brewing tea',
        "All tea is one plant",
        'button "Note lines 3–4: wrong"',
        "Note lines 2–6",
        "correct",
        'checkbox "Show all notes"',
        "A new edition of the tasting standard",
        'heading "Kinds',
        'button "Note line 5: outdated, gap"',
        'table "Kinds of tea"',
        'columnheader "Aspect"',
        'columnheader "Green"',
        'row "Oxidised No',
        "Sources: 2",
        "CSV",
        "Checked against its sources",
    ]
    at = 0
    for words in order:
        place = said.find(words, at)
        assert place >= 0, f"{words!r} does not follow in:\n{said}"
        at = place
