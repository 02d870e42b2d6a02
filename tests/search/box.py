"""A real browser at a built site's search box: type, wait for the drawn results, read them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from web.browser import launch

from tests.site_tools import until

TYPE = r"""
async (texts) => {
  const input = document.querySelector("[data-md-component=search-query]");
  const box = document.querySelector("[data-md-component=search-result]");
  const count = box.querySelector(".md-search-result__meta");
  input.focus();
  const times = [];
  for (const text of texts) {
    times.push(await new Promise((resolve) => {
      const began = performance.now();
      const done = (answered) => {
        observer.disconnect();
        clearTimeout(timer);
        box.offsetHeight;
        resolve(answered ? performance.now() - began : -1);
      };
      const loading = window.searchStandIn?.sentences.loading;
      const observer = new MutationObserver(() => count.textContent === loading || done(true));
      observer.observe(count, { childList: true });
      const timer = setTimeout(() => done(false), 8000);
      input.value = text;
      input.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true, key: "Unidentified" }));
    }));
  }
  return times;
}
"""

READ = r"""
() => {
  const box = document.querySelector("[data-md-component=search-result]");
  const { base } = JSON.parse(document.getElementById("__config").textContent);
  const root = new URL(base + "/", location.href).href;
  const links = (item) => [...item.querySelectorAll("a")];
  const groups = [...box.querySelectorAll("ol > li")].map((item) => links(item).map((link) => {
    const address = new URL(link.href);
    address.searchParams.delete("h");
    const href = address.href;
    return {
      location: href.startsWith(root) ? href.slice(root.length) : href,
      h: new URL(link.href).searchParams.get("h") || "",
      title: (link.querySelector("h1, h2") || link).textContent,
      text: link.textContent,
      folded: !!link.closest("details"),
      score: +link.querySelector("[data-md-score]").dataset.mdScore,
      note: !!link.querySelector(".search-note"),
    };
  })).filter((group) => group.length);
  return { groups, count: box.querySelector(".md-search-result__meta").textContent.trim() };
}
"""


@dataclass(frozen=True)
class Answer:
    """What the box shows: groups of links (a page, then its parts), and the line above them."""

    groups: list[list[dict[str, Any]]]
    count: str

    @property
    def nothing(self) -> bool:
        """Whether the box says that it found nothing."""
        return not self.groups or self.groups[0][0]["note"]

    @property
    def pages(self) -> list[str]:
        """The page of each group, best first.

        A note that nothing was found takes the first place, as "", before the closest pages.
        """
        places = [link for link, *_ in self.groups]
        return ["" if link["note"] else link["location"].split("#")[0] for link in places]


class SearchBox:
    """The search box of one open page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def type(self, *texts: str) -> list[float]:
        """Put each text into the box in turn; return the milliseconds until each was drawn."""
        times: list[float] = self.page.evaluate(TYPE, list(texts))
        return times

    def read(self) -> Answer:
        """Return what is drawn now."""
        return Answer(**self.page.evaluate(READ))

    def ask(self, text: str) -> Answer:
        """Type a text at once and return the answer."""
        self.type(text)
        return self.read()

    def until_found(self, text: str) -> None:
        """Ask for what only the second index has until it is found: then that index is there.

        Until then, what is drawn first may be the last answer once more, with what it adds.

        Raises:
            TimeoutError: it is not found.
        """
        for attempt in range(300):
            # Material takes the same text for the same query, and asks no more.
            if not self.ask(text + " " * (attempt % 2)).nothing:
                return
            self.page.wait_for_timeout(50)
        raise TimeoutError(f"the second index does not come: {text} is not found")


@contextmanager
def browser() -> Iterator[Browser]:
    """Start the browser of the tests."""
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        try:
            yield chromium
        finally:
            chromium.close()


def _note(message: ConsoleMessage, problems: list[str]) -> None:
    if message.type in ("error", "warning"):
        problems.append(message.text)


#: Whether the search says that it is ready, in whatever language the page is.
READY = r"""
() => {
  const { translations } = JSON.parse(document.getElementById("__config").textContent);
  const said = document.querySelector(".md-search-result__meta").textContent.trim();
  return said === translations["search.result.placeholder"];
}
"""


@contextmanager
def search_box(
    chromium: Browser,
    address: str,
    *,
    throttle: float = 1,
    problems: list[str] | None = None,
    stop_server: Callable[[], None] | None = None,
) -> Iterator[SearchBox]:
    """Open a page and its search box; collect errors that the page reports in `problems`.

    With `stop_server`, the page is visited once, until it says that it can be read offline; then
    the server is stopped and the page opened again, from what the service worker has kept.
    """
    context = chromium.new_context(service_workers="allow" if stop_server else "block")
    page = context.new_page()
    if problems is not None:
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda message: _note(message, problems))
    page.goto(address)
    if stop_server:
        page.locator(".offline button").click()  # nothing is kept of this machine unasked
        page.locator(".offline", has_text="This site is ready").wait_for(timeout=60_000)
        stop_server()
        page.goto(address)
    page.locator("[data-md-component=search-query]").wait_for(state="attached")
    page.evaluate("document.querySelector('#__search').click()")
    until(page, READY)
    if throttle > 1:
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": throttle})
    try:
        yield SearchBox(page)
    finally:
        context.close()
