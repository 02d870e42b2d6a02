"""What a page does around the search: keys, pasted text, marks, releases that come and go."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, Route
from web.server import Quiet, serving

from tests.search import small_site
from tests.search.box import browser
from tests.search.small_site import SAID

BOX = "[data-md-component=search-query]"
LINK = ".md-search-result__link"
META = ".md-search-result__meta"


class _Pages(Quiet):
    """Like GitHub Pages: what was fetched is not asked for again within ten minutes."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "max-age=600")
        super().end_headers()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_site.build(tmp_path_factory.mktemp("tea"))


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The next release of the same site: worker and index have other names."""
    sentences = {**small_site.SENTENCES, "advice": "Another piece of advice."}
    return small_site.build(tmp_path_factory.mktemp("later"), sentences)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(service_workers="block")
    trouble: list[str] = []
    context.on("weberror", lambda error: trouble.append(str(error.error)))
    yield context.new_page()
    context.close()
    assert trouble == [], "no script of the page stumbles"


def release(new: Path, target: Path) -> None:
    """Publish `new` where the old release stands: nothing of the old one is kept."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(new, target)


@pytest.mark.parametrize("used", [False, True], ids=["box never opened", "results shown"])
def test_a_tab_of_the_old_release_searches_the_new_one(
    tmp_path: Path, site: Path, later: Path, page: Page, used: bool
) -> None:
    folder = tmp_path / "site"
    release(site, folder)
    with serving(folder, _Pages) as address:
        page.goto(address + "brewing.html")
        if used:
            page.locator(BOX).fill("steeping")
            page.locator(LINK).first.wait_for()
        release(later, folder)
        page.locator(BOX).fill("infusion")
        page.locator("text=Leaving leaves").first.wait_for()


def test_an_index_that_went_away_under_a_started_worker_is_looked_up_again(
    tmp_path: Path, site: Path, later: Path, page: Page
) -> None:
    """The worker came from the old release, its index is gone before it was loaded."""
    folder = tmp_path / "site"
    release(site, folder)
    with serving(folder) as address:
        page.goto(address + "brewing.html")

        def renew(route: Route) -> None:
            release(later, folder)
            route.continue_()

        page.route("**/search/concepts.*", renew)
        page.locator(BOX).fill("infusion")
        page.locator("text=Leaving leaves").first.wait_for()


def test_a_search_without_a_network_says_so_and_asks_again(site: Path, page: Page) -> None:
    with serving(site) as address:
        page.goto(address + "brewing.html")
        page.context.set_offline(True)
        page.locator(BOX).fill("steeping")
        page.locator(f"{META}:has-text('{SAID['failed']}')").wait_for()
        page.context.set_offline(False)
        page.locator(".search-retry").click()
        page.locator("text=Leaving leaves").first.wait_for()
        assert page.url == address + "brewing.html"


def test_what_is_typed_while_the_search_loads_is_told_so(site: Path, page: Page) -> None:
    held: list[Route] = []
    released = False

    def hold(route: Route) -> None:
        if released:
            route.continue_()
        else:
            held.append(route)

    with serving(site) as address:
        page.goto(address + "brewing.html")
        page.route("**/search/concepts.*", hold)
        page.locator(BOX).fill("steeping")
        page.locator(f"{META}:has-text('{SAID['loading']}')").wait_for()
        released = True
        for route in held:
            route.continue_()
        page.locator("text=Leaving leaves").first.wait_for()
        assert SAID["loading"] not in page.locator(META).inner_text()


def test_pasted_text_is_searched(site: Path, page: Page) -> None:
    with serving(site) as address:
        page.goto(address + "index.html")
        page.locator(BOX).focus()
        page.keyboard.insert_text("steeping")  # tells of input, of no key
        page.locator("text=Leaving leaves").first.wait_for()


COMPOSE = """
(keys) => {
  const input = document.querySelector("[data-md-component=search-query]");
  const say = (type, more) => input.dispatchEvent(
    new (type.startsWith("key") ? KeyboardEvent : CompositionEvent)(type, { bubbles: true, cancelable: true, ...more }));
  say("compositionstart");
  for (const key of keys) {
    say("compositionend");
    say("keydown", { key, keyCode: 229, which: 229 });
    say("keyup", { key, keyCode: 13 });
  }
}
"""


def test_enter_that_ends_a_composition_opens_no_result(site: Path, page: Page) -> None:
    """Safari's order: the composition ends first, then comes the key, with code 229."""
    with serving(site) as address:
        page.goto(address + "index.html")
        page.locator(BOX).fill("우리기")
        page.locator(LINK).first.wait_for()
        page.evaluate(COMPOSE, ["Enter", "Escape", "Tab"])
        assert page.evaluate("document.activeElement.matches('.md-search__input')")
        page.wait_for_timeout(200)
        assert page.url == address + "index.html"
        page.keyboard.press("Enter")
        page.wait_for_url("**/brewing.html?h=*")


NOTE = """
() => {
  const note = document.createElement("div");
  note.popover = "manual";
  note.textContent = "A note";
  document.querySelector("article").append(note);
  note.showPopover();
}
"""


def test_an_open_note_makes_way_for_the_results(site: Path, page: Page) -> None:
    with serving(site) as address:
        page.goto(address + "index.html")
        page.evaluate(NOTE)
        assert page.locator("text=A note").is_visible()
        page.keyboard.press("/")
        assert not page.locator("text=A note").is_visible()


@pytest.mark.parametrize(
    ("asked", "marked"),
    [
        ("three", ["three"]),
        ("THREE black", ["three", "black"]),
        ("eep", ["eep", "eep"]),  # stands in words only: Steeping, Steeping
        ("time", ["time"]),
        ("*", []),
        ("* . - +", []),
        ("((((a+)+)+)+$", []),
        ("<b>heat</b>", ["<b>heat</b>"]),
        ("volcano", []),
        # A sign that means something in a pattern stands for itself, whatever follows.
        *((f"zz{sign} three", ["three"]) for sign in ".*+?^${}()|[]\\/-"),
        ("thr.e", []),
        ("zz|three", []),
        ("three?", []),
        ("bl[a]ck", []),
    ],
)
def test_the_words_of_the_address_are_marked(
    site: Path, page: Page, asked: str, marked: list[str]
) -> None:
    with serving(site) as address:
        page.goto(address + "brewing.html")
        before = page.locator("article").inner_text()
        page.goto(f"{address}brewing.html?{urlencode({'h': asked})}")
        marks = page.locator("article mark[data-md-highlight]").all_inner_texts()
        assert sorted(m.lower() for m in marks) == sorted(marked)
        assert page.locator("article").inner_text() == before
