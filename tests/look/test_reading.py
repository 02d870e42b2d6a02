"""What a reader does on the published site: keys, layers, copying, going back, print."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.look.conftest import PHONE, Open, Published
from tests.site_tools import escape

WITH_DIAGRAM = "ecs/iam-roles.html"


def order_of_pages(page: Page) -> tuple[str, str]:
    """The pages before and after this one, as its foot names them."""
    links = [
        page.locator(f".md-footer__link--{way}").get_attribute("href") for way in ("prev", "next")
    ]
    before, after = (page.evaluate("href => new URL(href, location).href", link) for link in links)
    return before, after


@pytest.mark.parametrize("key", ["n", ".", "p", ","])
def test_page_keys_turn_the_page(opened: Open, key: str) -> None:
    page = opened(WITH_DIAGRAM)
    before, after = order_of_pages(page)
    page.keyboard.press(key)
    page.wait_for_url(after if key in "n." else before)


def test_page_keys_do_nothing_where_somebody_writes_or_looks(opened: Open) -> None:
    page = opened(WITH_DIAGRAM)
    start = page.url
    page.locator(".diagram-enlarge").first.click()
    assert page.locator("dialog[open]").is_visible()
    for key in ("n", ".", "p", ",", "s", "f", "/"):
        page.keyboard.press(key)
    assert page.locator("dialog[open]").is_visible()
    assert not page.locator("#__search").is_checked()
    page.keyboard.press("+")  # its own keys go on working
    escape(page)
    page.keyboard.press("/")
    page.keyboard.type("n.p,")
    assert page.locator("[data-md-component=search-query]").input_value() == "n.p,"
    assert page.url == start


@pytest.mark.parametrize("viewport", [None, PHONE], ids=["desk", "phone"])
def test_search_and_navigation_lie_above_an_open_note(
    opened: Open, viewport: dict[str, int] | None
) -> None:
    page = opened(WITH_DIAGRAM, **({"viewport": viewport} if viewport else {}))
    note = page.locator(".cl:popover-open")
    page.locator(".mk:visible").first.click()
    assert note.count() == 1
    page.keyboard.press("/")
    page.locator("#__search:checked").wait_for(state="attached")
    assert note.count() == 0
    page.keyboard.press("Escape")
    if viewport:
        page.locator(".mk:visible").first.click()
        page.evaluate("document.querySelector('label[for=__drawer]').click()")
        assert note.count() == 0


def copied(page: Page, selector: str) -> str:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("s => getSelection().selectAllChildren(document.querySelector(s))", selector)
    page.keyboard.press("ControlOrMeta+c")
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def test_copied_text_is_the_text(opened: Open) -> None:
    """Neither line numbers of marks, nor numbers of sources, nor the signs of links to headings."""
    page = opened(WITH_DIAGRAM)
    page.locator(".showall").check()
    number = page.locator(".mk:visible").first
    number.evaluate("e => { e.textContent = '98765' }")
    text = copied(page, "article .page")
    assert "98765" not in text
    assert "¶" not in text
    page.goto(page.url.replace("ecs/iam-roles", "compare/ecs-iam-roles"))
    page.locator(".src").first.evaluate("e => { e.textContent = '98765' }")
    text = copied(page, ".cmp-t tbody")
    assert "The ECS agent and the Docker daemon on the instance" in text
    assert "98765" not in text


# Words of code with a hyphen that a line of a phone holds, and stand in two lines nevertheless.
BROKEN = r"""() => [...document.querySelectorAll("article code")].flatMap(code => {
  if (getComputedStyle(code).whiteSpace === "pre" || !code.checkVisibility()) return [];
  const texts = [], walk = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
  let all = "";
  while (walk.nextNode()) { texts.push([all.length, walk.currentNode]); all += walk.currentNode.data; }
  const place = at => { const [from, node] = texts.findLast(([from]) => from <= at); return [node, at - from]; };
  return [...all.matchAll(/\S*-\w\S*/g)].map(found => [found[0], found.index]).filter(([word, at]) => {
    if (word.length > 24) return false;
    const range = document.createRange(), [last, letter] = place(at + word.length - 1);
    range.setStart(...place(at));
    range.setEnd(last, letter + 1);
    return new Set([...range.getClientRects()].filter(box => box.width).map(box => Math.round(box.top))).size > 1;
  }).map(([word]) => word);
})"""


@pytest.mark.parametrize("edition", ["", "ko/"])
def test_an_option_stands_in_one_line_of_a_phone(opened: Open, edition: str) -> None:
    for path in ("ecs/when-it-fails", "eks/when-it-fails", "ecs/exec", "compare/log-drivers"):
        page = opened(f"{edition}{path}.html", viewport=PHONE)
        assert page.evaluate(BROKEN) == [], path
        assert page.evaluate("document.scrollingElement.scrollWidth") == PHONE["width"], path


#: Dates of which a part stands on the next line, of all that a page shows, folds or notes.
PARTED = r"""
() => {
  for (const folded of document.querySelectorAll("details")) folded.open = true;
  for (const note of document.querySelectorAll(".cl")) note.popover = "manual", note.showPopover();
  const parted = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text; (text = walker.nextNode());) {
    for (const { 0: day, index } of text.data.matchAll(/\d{4}(-\d\d){1,2}/g)) {
      const range = new Range();
      range.setStart(text, index);
      range.setEnd(text, index + day.length);
      if (new Set([...range.getClientRects()].map(({ top }) => top)).size > 1) parted.push(day);
    }
  }
  return parted;
}
"""


@pytest.mark.parametrize("edition", ["", "ko/"])
def test_a_date_stands_in_one_line_of_a_phone(opened: Open, edition: str) -> None:
    for path in (
        "compare/ecs-storage", "compare/load-balancers", "notes/index", "app-runner/index",
        "eks/index", "practice/ecr-and-eks", "compare/service-scaling-policies",
    ):  # fmt: skip
        page = opened(f"{edition}{path}.html", viewport=PHONE)
        assert page.evaluate(PARTED) == [], path


def test_a_copied_command_is_the_command(opened: Open) -> None:
    page = opened("ecs/when-it-fails.html", viewport=PHONE)
    command = "aws logs tail /ecs/orders --log-stream-name-prefix web --since 1h"
    page.locator("pre > code", has_text=command).first.evaluate("e => { e.id = 'told' }")
    assert copied(page, "#told") == command


# The first row that is read below the bars, and where it stands.
READ = """() => { for (let y = 120; y < 700; y += 20) {
  const part = document.elementFromPoint(180, y)?.closest("article [id]");
  if (part) return [part.id, Math.round(part.getBoundingClientRect().top)];
} }"""


@pytest.mark.parametrize("path", ["compare/ecs-capacity.html", "notes/index.html", "glossary.html"])
def test_going_back_keeps_the_place(opened: Open, published: Published, path: str) -> None:
    """Without the page cache, on a phone, after a jump over rows that were never drawn."""
    page = opened(path, viewport=PHONE, is_mobile=True, has_touch=True)
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight * 0.6)")
    page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
    name, top = page.evaluate(READ)
    page.goto(published.address + "about.html")
    page.go_back()
    for _ in range(50):
        now = page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", name)
        if abs(now - top) < 8:
            break
        page.evaluate("() => new Promise(requestAnimationFrame)")
    assert abs(now - top) < 8, f"{name} stood at {top}, now at {now}"


@pytest.mark.parametrize("path", ["index.html", "notes/index.html"])
def test_an_address_that_names_nothing_stops_no_script(opened: Open, path: str) -> None:
    page = opened("about.html")
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    home = page.url.removesuffix("about.html")
    for fragment in ("#100%", "#%E0%A4%A", "#choose-x?%=%"):
        page.goto("about:blank")
        page.goto(f"{home}{path}{fragment}")
        page.evaluate("hash => { location.hash = hash; }", "#50%")
        page.keyboard.press("/")
        page.keyboard.type("fargate")
        page.locator(".md-search-result__item").first.wait_for()
        assert errors == [], fragment
