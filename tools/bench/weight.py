"""Bytes and requests of a first visit, up to `load` and within five seconds after it."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from gzip_server import answered, serving
from playwright.sync_api import Browser, sync_playwright

TOOLS = Path(__file__).resolve().parents[1]
if str(TOOLS) not in sys.path:
    sys.path.insert(0, str(TOOLS))

from budgets import Budget, told  # noqa: E402 (found by the line above)

#: A first visit to a page with a diagram may cost this much, up to `load`.
MOST_BYTES = 78_000
MOST_REQUESTS = 8
_DIAGRAM = re.compile(r'<figure[^>]*class="?diagram\b')
_TABLE = re.compile(r"<figure[^>]*\bid=\"?table-")


@dataclass
class Visit:
    """What one first visit cost: compressed bytes over the wire, headers included, by address."""

    before: dict[str, int] = field(default_factory=dict)
    after: list[tuple[str, int]] = field(default_factory=list)

    @property
    def bytes(self) -> int:
        """Bytes up to `load`."""
        return sum(self.before.values())


def first_visit(browser: Browser, address: str, path: str, *, width: int = 412) -> Visit:
    """Visit a page with nothing cached, and count."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    names: dict[str, str] = {}
    visit, state = Visit(), {"loaded": False}

    def finished(event: dict[str, object]) -> None:
        name = names.get(str(event["requestId"]), "?").removeprefix(address) or "index.html"
        if name.startswith("data:"):
            return  # part of the stylesheet, no request
        if not state["loaded"]:
            size = int(str(event["encodedDataLength"]).split(".")[0])
            visit.before[name] = visit.before.get(name, 0) + size

    session.on(
        "Network.requestWillBeSent",
        lambda event: names.update({event["requestId"]: event["request"]["url"]}),
    )
    session.on("Network.loadingFinished", finished)
    page.goto(address + path, wait_until="load")
    page.evaluate("1")
    state["loaded"] = True
    answered.clear()
    page.wait_for_timeout(5000)
    visit.after = list(answered)
    context.close()
    return visit


def budgets(visit: Visit) -> list[Budget]:
    """Return what a first visit cost beside what it may cost."""
    advice = "what does loads after the page, at first use, or not at all? See what is listed"
    return [
        Budget("bytes", visit.bytes, MOST_BYTES, advice),
        Budget("requests", len(visit.before), MOST_REQUESTS, advice),
    ]


def page_with_diagram(site: Path) -> str:
    """The heaviest page that holds a diagram, by its HTML."""
    return _heaviest(site, lambda text: bool(_DIAGRAM.search(text)), "a diagram")


def page_with_table(site: Path) -> str:
    """The heaviest page that holds a comparison and no diagram, by its HTML."""

    def table_alone(text: str) -> bool:
        return bool(_TABLE.search(text)) and not _DIAGRAM.search(text)

    return _heaviest(site, table_alone, "a comparison alone")


def _heaviest(site: Path, fits: Callable[[str], bool], what: str) -> str:
    files = [file for file in site.rglob("*.html") if fits(file.read_text(encoding="utf-8"))]
    if not files:
        sys.exit(f"no page of {site} holds {what}")
    return max(files, key=lambda file: file.stat().st_size).relative_to(site).as_posix()


def report(site: Path) -> int:
    """Print the figures; return 1 if a page is over the budget."""
    from web.browser import launch

    code = 0
    with serving(site) as address, sync_playwright() as playwright:
        browser = launch(playwright)
        for path in dict.fromkeys(["index.html", page_with_diagram(site)]):
            visit = first_visit(browser, address, path)
            print(f"{path}, up to load:")
            code |= told(budgets(visit))
            for name, size in sorted(visit.before.items(), key=lambda item: -item[1]):
                print(f"  {size / 1000:7.1f} kB  {name}")
            later = sum(size for _, size in visit.after)
            print(
                f"  within 5 s after load: {later / 1000:.1f} kB, {len(visit.after)} requests, "
                "by the service worker, which keeps the site for reading offline"
            )
        browser.close()
    return code
