"""Two languages in a browser: the switch, the offer, the first visit, the page that is not there."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from web.hosts import Host

from annotated.folder import Folder
from annotated.publish.offline import site_zip
from tests.conftest import lay_golden
from tests.look.conftest import DESK, PHONE, Published
from tests.look.test_pages import faults
from tests.site_tools import mkdocs, until

BASE = "https://tea.test/notes/"


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    """The starter in both languages, below a path, on a host with one page for lost readers."""
    root = tmp_path_factory.mktemp("both")
    project = lay_golden(root / "project", editions=True)
    done = mkdocs(project, "build", "--site-dir", str(root / "host" / "notes"), SITE_URL=BASE)
    assert done.returncode == 0, done.stderr
    with Host(root / "host") as host:
        yield Published(root / "host" / "notes", host.loopback + "notes/")


@contextmanager
def reader(browser: Browser, language: str, **settings: Any) -> Iterator[BrowserContext]:
    """A reader whose browser asks for a language; nothing may go wrong in their console."""
    context = browser.new_context(
        locale=language, reduced_motion="reduce", service_workers="block",
        **{"viewport": DESK, **settings},
    )  # fmt: skip
    trouble: list[str] = []
    context.on("weberror", lambda error: trouble.append(str(error.error)))
    context.on("console", lambda m: trouble.append(m.text) if m.type == "error" else None)
    yield context
    context.close()
    assert not [text for text in trouble if "404 (Not Found)" not in text], trouble


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address, wait_until="load")
    return page


@pytest.mark.parametrize("view", [DESK, PHONE])
def test_the_switch_stays_on_the_page_and_heading(
    browser: Browser, both: Published, view: dict[str, int]
) -> None:
    with reader(browser, "en-GB", viewport=view) as context:
        page = opened(context, both.address + "brewing.html")
        switch = page.locator(".editions a")
        assert switch.inner_text() == "한국어"
        assert switch.get_attribute("lang") == "ko"
        box = switch.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24
        page.locator("#a-month").evaluate("e => e.scrollIntoView()")
        until(page, "scrollY > 0")
        switch.focus()
        page.keyboard.press("Enter")
        page.wait_for_url(both.address + "ko/brewing.html#a-month")
        until(page, "document.querySelector(':target').getBoundingClientRect().top < 200")
        assert page.evaluate("document.documentElement.lang") == "ko"
        page.locator(".editions a").click()
        page.wait_for_url(both.address + "brewing.html#a-month")


def test_without_scripts_the_switch_is_a_link(browser: Browser, both: Published) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = opened(context, both.address + "ko/compare/tea-kinds.html")
    page.locator(".editions a").click()
    page.wait_for_url(both.address + "compare/tea-kinds.html")
    assert not page.locator("[data-offer]").is_visible()
    lost = opened(context, both.address + "ko/nowhere.html")
    assert lost.locator("h1:visible").count() == 2, "in both languages, one after the other"
    context.close()


def test_only_the_home_page_follows_the_browser(browser: Browser, both: Published) -> None:
    with reader(browser, "ko-KR") as context:
        page = opened(context, both.address + "?a=b#changes")
        page.wait_for_url(both.address + "ko/index.html?a=b#changes")
        page = opened(context, both.address + "brewing.html")
        assert page.evaluate("document.documentElement.lang") == "en"
        offer = page.locator("[data-offer]:visible")
        assert (offer.get_attribute("lang"), offer.count()) == ("ko", 1)
        # Who goes home from an English page has not asked for Korean.
        page.locator(".md-logo").first.click()
        page.wait_for_url(both.address + "index.html")
        assert page.evaluate("document.documentElement.lang") == "en"
    with reader(browser, "en-GB") as context:
        # A link to the home page of another edition names it: nobody is sent on from there.
        for path in ("ko/", "ko/index.html"):
            page = opened(context, both.address + path)
            assert page.url == both.address + path
            offer = page.locator("[data-offer]:visible")
            assert (offer.get_attribute("lang"), offer.count()) == ("en", 1)
    with reader(browser, "de-DE") as context:
        page = opened(context, both.address)
        assert page.url == both.address
        assert page.locator("[data-offer]:visible").count() == 0


def test_a_choice_is_kept_for_all_pages(browser: Browser, both: Published) -> None:
    with reader(browser, "ko-KR") as context:
        page = opened(context, both.address + "ko/brewing.html")
        page.locator(".editions a").click()
        page.wait_for_url(both.address + "brewing.html**")
        assert page.locator("[data-offer]:visible").count() == 0, "they have chosen"
        assert opened(context, both.address).url == both.address
        page = opened(context, both.address + "ko/glossary.html")
        assert page.locator("[data-offer]:visible").get_attribute("lang") == "en"
        page.locator("label.md-header__button[title]:visible").first.click()
        scheme = page.evaluate("document.body.dataset.mdColorScheme")
        other = opened(context, both.address + "glossary.html")
        assert other.evaluate("document.body.dataset.mdColorScheme") == scheme


def test_where_nothing_can_be_kept_nothing_is_followed(browser: Browser, both: Published) -> None:
    refused = """Object.defineProperty(window, 'localStorage',
      {get() { throw new Error('no'); }, configurable: true})"""
    with reader(browser, "ko-KR") as context:
        context.add_init_script(refused)
        page = opened(context, both.address)
        assert page.url == both.address
        assert page.locator("[data-offer]:visible").get_attribute("lang") == "ko"
        page.locator(".editions a").click()
        page.wait_for_url(both.address + "ko/index.html")
        assert page.evaluate("document.documentElement.lang") == "ko"
    with reader(browser, "ko-KR") as context:
        context.add_init_script("Storage.prototype.setItem = () => { throw new Error('full'); }")
        assert opened(context, both.address).url == both.address


@pytest.mark.parametrize(
    ("path", "language", "said", "query"),
    [("ko/nowhere.html", "ko", "이 페이지는 빠져 있다", "막 끓은"), ("nowhere.html", "en", "", "freshly boiling")],
)  # fmt: skip
def test_the_page_for_lost_readers_speaks_the_language_of_the_address(
    browser: Browser, both: Published, path: str, language: str, said: str, query: str
) -> None:
    with reader(browser, "en-GB") as context:
        page = opened(context, both.address + path)
        assert page.evaluate("document.documentElement.lang") == language
        assert page.locator("h1:visible").count() == 1
        assert said in page.locator("h1:visible").inner_text()
        folder = "ko/" if language == "ko" else ""
        ways = page.evaluate(
            "[...document.querySelectorAll('.nf a, .md-logo')].map(a => a.pathname)"
        )
        assert all(("/ko/" in way) is (language == "ko") for way in ways), ways
        page.keyboard.press("/")
        page.locator("input.md-search__input").fill(query)
        link = page.locator(".md-search-result__link").first
        link.wait_for()
        assert link.evaluate("a => a.pathname").startswith(f"/notes/{folder}")
        link.click()
        page.wait_for_url(both.address + folder + "**")


def test_the_packed_site_has_both_and_switches_by_double_click(
    browser: Browser, both: Published, tmp_path: Path
) -> None:
    zipfile.ZipFile(io.BytesIO(site_zip(Folder(both.folder), "tea"))).extractall(tmp_path)
    with reader(browser, "ko-KR") as context:
        page = opened(context, (tmp_path / "tea" / "index.html").as_uri())
        assert page.url.endswith("tea/index.html"), "a file follows nobody: no choice would be kept"
        page.locator(".editions a").click()
        page.wait_for_url("**/tea/ko/index.html")
        page.keyboard.press("/")
        page.locator("input.md-search__input").fill("막 끓은")
        page.locator(".md-search-result__link").first.wait_for()


def test_no_other_site_map_is_asked_for(browser: Browser, both: Published) -> None:
    """The theme takes a link to another language for another site."""
    with reader(browser, "en-GB") as context:
        asked: list[str] = []
        context.on("request", lambda request: asked.append(request.url))
        opened(context, both.address + "brewing.html").wait_for_load_state("networkidle")
        assert not [url for url in asked if "sitemap" in url or "tea.test" in url]


def test_nobody_is_led_in_a_circle(browser: Browser, both: Published) -> None:
    """Back from where the home page led is where one came from; and a choice is the last word."""
    with reader(browser, "ko-KR") as context:
        page = opened(context, "about:blank")
        page.goto(both.address)
        page.wait_for_url(both.address + "ko/index.html")
        page.go_back()
        assert page.url == "about:blank"
        page.go_forward()
        assert page.url == both.address + "ko/index.html"
        page.locator(".editions a").click()
        page.wait_for_url(both.address + "index.html**")
        page.go_back()
        assert page.url == both.address + "ko/index.html", "what an address names is shown"
        assert page.locator("[data-offer]:visible").get_attribute("lang") == "en"
        page.go_forward()
        assert page.url.startswith(both.address + "index.html")


@pytest.mark.parametrize("languages", ["[]", "undefined", "['']", "['x', 'zz-ZZ']"])
def test_who_names_no_language_gets_the_first(
    browser: Browser, both: Published, languages: str
) -> None:
    """As programs do, which read for others."""
    with reader(browser, "ko-KR") as context:
        context.add_init_script(
            f"Object.defineProperty(navigator, 'languages', {{get: () => {languages}}})"
        )
        page = opened(context, both.address)
        assert page.url == both.address
        assert page.locator("[data-offer]:visible").count() == 0


#: Words of a page that stand on two lines; those that no line could hold may.
BROKEN = """() => {
  const found = [], range = document.createRange();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text; (text = walker.nextNode()); ) {
    let part = text.parentElement;
    // What is closed may be as narrow as nothing.
    if (part.closest(".md-search") || !part.checkVisibility({ contentVisibilityAuto: true })) continue;
    while (part && getComputedStyle(part).clipPath === "none") part = part.parentElement;
    if (part) continue; // heard, not seen
    for (const word of text.data.matchAll(/[가-힣]{2,6}/g)) {
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].filter((r) => r.width).map((r) => r.top));
      if (lines.size > 1) found.push(`${text.parentElement.localName}: ${word[0]}`);
    }
  }
  return found;
}"""


def test_no_korean_word_is_broken(browser: Browser, both: Published) -> None:
    words = "서비스 검색 컨테이너 인스턴스 역할(container instance role)로 "
    with reader(browser, "ko-KR", viewport={"width": 320, "height": 640}) as context:
        for path in [path for path in both.paths if path.startswith("ko/")]:
            page = opened(context, both.address + path)
            assert page.evaluate(BROKEN) == [], path
        page = opened(context, both.address + "ko/brewing.html")
        page.locator("article p").first.evaluate(
            """(p, words) => {
                for (const name of ["a", "code", "mark", "kbd", "em", "strong", "span"]) {
                    const part = document.createElement(name);
                    part.textContent = words.repeat(4);
                    p.append(part);
                }
            }""",
            words,
        )
        assert page.evaluate(BROKEN) == []


#: What a page says and where its parts are, without what a style leaves behind.
STATE = """[...document.querySelectorAll('.page > :not(.page-end)')].map(
  (part) => part.outerHTML.replace(' style=""', ''))"""
#: How far headings are from their own in the other language.
APART = """[...document.querySelectorAll('.page > :is(h2, h3)[id]')].map((own) => {
  const other = document.getElementById('beside-' + own.id);
  return Math.abs(own.getBoundingClientRect().top - other.getBoundingClientRect().top);
})"""
#: What names another part of the page that is not there, or is there twice.
LOOSE = """() => {
  const ids = [...document.querySelectorAll("[id]")].map((part) => part.id);
  const named = [...document.querySelectorAll(".both-t *")].flatMap((part) =>
    ["popovertarget", "for", "aria-labelledby", "aria-describedby"].flatMap((name) =>
      (part.getAttribute(name) || "").split(" ").filter(Boolean)));
  return [...ids.filter((id, at) => ids.indexOf(id) < at), ...named.filter((id) => !ids.includes(id))];
}"""


@pytest.mark.parametrize(
    ("path", "language", "other"),
    [("brewing.html", "en", "ko"), ("ko/compare/tea-kinds.html", "ko", "en")],
)
def test_two_languages_stand_side_by_side(
    browser: Browser, both: Published, path: str, language: str, other: str
) -> None:
    with reader(browser, "en-GB") as context:
        asked: list[str] = []
        context.on("request", lambda request: asked.append(request.url))
        page = opened(context, both.address + path + "#table-tea-kinds")
        whole = page.evaluate(STATE)
        assert not [url for url in asked if "beside" in url], "it comes with its first use"
        button = page.locator(f"[data-with={other}]")
        button.focus()
        page.keyboard.press("Enter")
        page.locator(".both").wait_for()
        assert button.get_attribute("aria-pressed") == "true"
        assert button.evaluate("e => e === document.activeElement")
        assert page.evaluate("document.documentElement.lang") == language
        languages = page.locator(".both-t").evaluate_all("parts => parts.map((p) => p.lang)")
        headings = page.locator(".page > :is(h2, h3)[id]").count()
        assert languages == [other] * (headings + 1)
        assert all(apart < 2 for apart in page.evaluate(APART)), page.evaluate(APART)
        assert page.evaluate(LOOSE) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        leads = page.locator(".both-t a:not([href^='#'])").evaluate_all(
            "all => all.map((a) => a.href)"
        )
        own = [way for way in leads if way.startswith(both.address)]
        assert own
        assert all(("/ko/" in way) is (other == "ko") for way in own), own
        assert page.url == f"{both.address}{path}?beside={other}#table-tea-kinds"
        assert faults(page, within=[[".page"]]) == []
        # In print, too; a narrow window shows what it has room for.
        page.emulate_media(media="print")
        assert page.locator(".both-t").first.is_visible()
        page.emulate_media(media="screen")
        page.set_viewport_size({"width": 360, "height": 740})
        assert not page.locator(".both-t:visible, .beside-b:visible").count()
        page.set_viewport_size({"width": 1280, "height": 800})
        button.click()
        page.locator(".both-t").first.wait_for(state="detached")
        assert page.url == f"{both.address}{path}#table-tea-kinds"
        assert page.evaluate(STATE) == whole


def test_an_address_may_ask_for_both(browser: Browser, both: Published) -> None:
    with reader(browser, "en-GB") as context:
        page = opened(context, both.address + "ko/brewing.html?beside=en#kinds")
        page.locator("[aria-pressed=true]").wait_for()
        assert page.locator(".both-t[lang=en]").count() > 1
    with reader(browser, "en-GB", viewport=PHONE) as context:
        page = opened(context, both.address + "ko/brewing.html?beside=en")
        page.wait_for_load_state("networkidle")
        assert not page.locator(".both-t, .beside-b:visible").count()


def test_what_is_read_stays_where_it_is(browser: Browser, both: Published) -> None:
    with reader(browser, "en-GB") as context:
        page = opened(context, both.address + "brewing.html")
        page.locator("#a-month").evaluate("e => e.scrollIntoView()")
        until(page, "scrollY > 0")
        top = "document.querySelector('#a-month').getBoundingClientRect().top"
        before = page.evaluate(top)
        page.locator("[data-beside]").click()
        page.locator(".both").wait_for()
        assert abs(page.evaluate(top) - before) < 2


@pytest.mark.parametrize("status", [404, 200])
def test_what_does_not_come_beside_says_so_and_is_asked_for_again(
    browser: Browser, both: Published, status: int
) -> None:
    """No page, or one for lost readers, as a worker shows it for what it has not kept."""
    with reader(browser, "en-GB") as context:
        page = opened(context, both.address + "brewing.html")
        asked = []

        def answer(route: Route) -> None:
            asked.append(route.request.resource_type)
            route.fulfill(status=status, content_type="text/html", body="<html lang=en>")

        context.route("**/ko/brewing.html", answer)
        button = page.locator("[data-beside]")
        name = button.inner_text()
        button.click()
        expect(button).to_have_text(str(button.get_attribute("data-lost")))
        assert page.locator(".both").count() == 0
        context.unroute("**/ko/brewing.html")
        button.click()
        page.locator(".both").wait_for()
        expect(button).to_have_text(name)
        assert asked == ["fetch"]
        assert page.url.split("?")[0] == both.address + "brewing.html"


def test_a_file_reads_no_other_and_a_collection_has_no_twin_beside(
    browser: Browser, both: Published
) -> None:
    with reader(browser, "en-GB") as context:
        page = opened(context, (both.folder / "brewing.html").as_uri() + "?beside=ko")
        assert not page.locator(".beside-b:visible").count()
        for path in ("glossary.html", "index.html", "notes/index.html", "404.html"):
            assert not opened(context, both.address + path).locator(".beside-b").count(), path
