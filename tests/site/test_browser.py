"""What only a browser shows: marks, tables, search, phones, paper, no script, no outside request."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pypdf import PdfReader
from web.browser import launch
from web.server import Watched, serving

from tests.conftest import lay_golden
from tests.site_tools import escape, mkdocs

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = lay_golden(tmp_path_factory.mktemp("browser") / "golden")
    done = mkdocs(root)
    assert done.returncode == 0, done.stderr
    with serving(root / "site") as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = launch(playwright)
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Open]:
    """Open a path of the site; what went wrong meanwhile fails the test at its end."""
    opened: list[Watched] = []

    def go(path: str, **context: Any) -> Page:
        watched = Watched(
            browser, address, **{"viewport": {"width": 1280, "height": 800}, **context}
        )
        opened.append(watched)
        watched.page.goto(address + path)
        return watched.page

    yield go
    for watched in opened:
        watched.close()


def is_open(page: Page, selector: str) -> bool:
    return bool(page.evaluate("s => document.querySelector(s).matches(':popover-open')", selector))


def test_a_mark_opens_its_note_by_tap_and_by_key(open_page: Open) -> None:
    page = open_page("brewing.html")
    mark = page.locator("[popovertarget=pop-002]")
    assert not page.locator("#pop-002").is_visible()
    mark.click()
    assert is_open(page, "#pop-002")
    assert page.get_by_text("They differ by how far").is_visible()
    escape(page)
    assert not is_open(page, "#pop-002")
    mark.focus()
    page.keyboard.press("Enter")
    assert is_open(page, "#pop-002")
    escape(page)
    assert not is_open(page, "#pop-002")
    assert page.evaluate("document.activeElement.getAttribute('popovertarget')") == "pop-002"


def test_a_tap_outside_closes_the_note(open_page: Open) -> None:
    page = open_page("brewing.html")
    page.locator("[popovertarget=pop-002]").click()
    page.locator("h1").click()
    assert not is_open(page, "#pop-002")


def test_marks_of_correct_statements_show_on_demand(open_page: Open) -> None:
    page = open_page("brewing.html")
    correct = page.locator("[popovertarget=pop-001]")
    assert not correct.is_visible()
    page.locator(".showall").check()
    # The rest of the styles comes with the first sign of a reader.
    page.locator("#p-001").wait_for()
    page.locator("#p-002").wait_for()
    page.locator(".showall").uncheck()
    page.locator("#p-001").wait_for(state="hidden")


def test_a_link_to_a_note_shows_it_in_the_text(open_page: Open) -> None:
    page = open_page("brewing.html#p-003")
    assert page.locator("#p-003").is_visible()
    assert page.locator("#p-005").is_visible(), "the other claim of the same mark"
    assert not page.locator("#p-002").is_visible()


def test_without_script_everything_is_there(open_page: Open) -> None:
    page = open_page("brewing.html", java_script_enabled=False)
    page.locator("[popovertarget=pop-002]").click()
    assert page.get_by_text("They differ by how far").is_visible()
    assert page.locator("#table-tea-kinds tbody tr").count() == 3
    assert page.get_by_text("Unknown").first.is_visible()
    page.locator(".fn summary").first.click()
    assert page.locator(".fn li").first.is_visible()


def test_paper_holds_every_note(open_page: Open, tmp_path: Path) -> None:
    page = open_page("brewing.html")
    paper = tmp_path / "brewing.pdf"
    page.pdf(path=str(paper))
    text = " ".join("".join(p.extract_text() for p in PdfReader(paper).pages).split())
    for said in (
        "All tea comes from one plant",
        "Green tea and black tea are different plants",
        "The standard for tasting asks for a pot",
        "likes it without milk",
        "Nothing is said of water temperature",
    ):
        assert said in text


ISO = "ISO 3103: Tea, preparation of liquor for use in sensory tests"


def test_a_cell_names_its_sources(open_page: Open) -> None:
    page = open_page("compare/tea-kinds.html")
    number = page.locator("#tea-kinds-steeped .src").last
    note = page.locator(".cs:popover-open")
    number.click()
    expect(note.locator("a")).to_have_text(["Tea", ISO, "Link to this cell"])
    assert "read 2 Mar 2024" in note.inner_text()
    expect(number).to_have_attribute("aria-expanded", "true")
    number.click()
    expect(note).to_have_count(0)
    expect(number).not_to_have_attribute("aria-expanded", "true")
    # In the same row: of the others, the open note may cover one.
    other = page.locator("#tea-kinds-steeped .src").first
    number.click()
    other.click()
    expect(note.locator("a")).to_have_text([ISO, "Link to this cell"])
    escape(page)
    expect(note).to_have_count(0)
    other.press("Enter")
    expect(note).to_have_count(1)
    other.press("Enter")
    expect(note).to_have_count(0)


def test_without_script_a_number_leads_to_the_list(open_page: Open) -> None:
    page = open_page("compare/tea-kinds.html", java_script_enabled=False)
    number = page.locator("#tea-kinds-steeped .src").last
    target = page.locator(number.get_attribute("href") or "")
    assert not target.is_visible()
    number.click()
    assert target.is_visible()
    assert target.inner_text().startswith("Tea ")
    assert page.locator("[id^=src-]").count() == 2, "each source stands once"


@pytest.mark.parametrize("width", [320, 360, 768, 1280, 1920])
@pytest.mark.parametrize(
    "path",
    ["index.html", "brewing.html", "compare/tea-kinds.html", "notes/index.html", "glossary.html"],
)
def test_no_page_is_wider_than_its_window(open_page: Open, path: str, width: int) -> None:
    page = open_page(path, viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.body.scrollWidth") <= width


def test_search_finds_a_page(open_page: Open) -> None:
    page = open_page("index.html")
    page.keyboard.press("/")
    page.keyboard.type("oxidation", delay=20)
    page.locator(".md-search-result__link").first.wait_for(timeout=15_000)
    page.keyboard.press("Enter")
    page.wait_for_url("**/*.html?h=*")


def test_the_palette_is_kept(open_page: Open) -> None:
    page = open_page("index.html")
    page.locator("label[for=__palette_1]").click()
    scheme = page.evaluate("document.body.dataset.mdColorScheme")
    page.reload()
    assert page.evaluate("document.body.dataset.mdColorScheme") == scheme
