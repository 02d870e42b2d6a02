"""Bytes and requests of a first visit, up to `load` and within five seconds after it."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

TOOLS = Path(__file__).resolve().parents[1]
if str(TOOLS) not in sys.path:
    sys.path.insert(0, str(TOOLS))

import indexes  # noqa: E402 (found by the line above)
from budgets import Budget, told  # noqa: E402
from web.hosts import FLAGS, Host  # noqa: E402

#: A first visit to a page with a diagram may cost this much, up to `load`. The longest takes 79,600:
#: all that is decided or noted on a page stands in it, to be read, printed and found as it comes.
MOST_BYTES = 80_500
MOST_REQUESTS = 8
#: A list that people look something up in (glossary, notes, messages) is one page, so that it can
#: be searched, printed and kept: it may cost this much, and grows with what it lists.
MOST_LIST_BYTES = 105_000
#: What a page of an edition beside the first may cost more: its letters may take three bytes each. The
#: longest in Korean takes 3,500 more than the same in English, the longest list 5,200.
MORE_BESIDE = 4_000
MORE_LISTED_BESIDE = 5_500
#: The first copy for reading offline: what every page needs, the first search index, one section.
MOST_COPY_BYTES = 400_000
_DIAGRAM = re.compile(r'<figure[^>]*class="?diagram\b')
_LIST = re.compile(r"\bkind-reference\b")
_TABLE = re.compile(r"<figure[^>]*\bid=\"?table-")


@dataclass
class Visit:
    """What one first visit cost: compressed bytes over the wire, headers included, by address."""

    before: dict[str, int] = field(default_factory=dict)
    after: list[tuple[str, int]] = field(default_factory=list)  # of every request, in order

    @property
    def bytes(self) -> int:
        """Bytes up to `load`."""
        return sum(self.before.values())

    @property
    def first_copy(self) -> list[tuple[str, int]]:
        """The service worker's script, and the packs that it fetches before it serves."""
        packs = [(path, size) for path, size in self.after if path.endswith(".pack")]
        return [one for one in self.after if one[0].endswith("/sw.js")][:1] + packs[:3]


def first_visit(browser: Browser, host: Host, path: str, *, width: int = 412) -> Visit:
    """Visit a page with nothing cached, and count; `browser` takes the host for a public one."""
    address = host.address
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
    loaded = len(host.answered)
    page.wait_for_timeout(5000)
    visit.after = [(name, size) for name, _, size in host.answered[loaded:]]
    context.close()
    return visit


def budgets(visit: Visit, most: int = MOST_BYTES) -> list[Budget]:
    """Return what a first visit cost beside what it may cost, up to `most` bytes."""
    advice = "what does loads after the page, at first use, or not at all? See what is listed"
    return [
        Budget("bytes", visit.bytes, most, advice),
        Budget("requests", len(visit.before), MOST_REQUESTS, advice),
        Budget(
            "first copy",
            sum(size for _, size in visit.first_copy),
            MOST_COPY_BYTES,
            "part the section (MOST_PACK_BYTES in publish/packs.py), or look into its packs",
        ),
    ]


def watched(site: Path) -> dict[str, int]:
    """The heaviest pages of each edition, each with the bytes that a first visit may cost."""
    found = {}
    for each in indexes.editions(site):
        among = {file.relative_to(site) for file in indexes.pages_of(each)}
        beside = each != site
        found[page_with_diagram(site, among)] = MOST_BYTES + MORE_BESIDE * beside
        found[longest_list(site, among)] = MOST_LIST_BYTES + MORE_LISTED_BESIDE * beside
    return found


def has_diagram(file: Path) -> bool:
    """Whether the page in this file shows a diagram."""
    return bool(_DIAGRAM.search(file.read_text(encoding="utf-8")))


def page_with_diagram(site: Path, among: Collection[Path] | None = None) -> str:
    """The heaviest page that teaches by a diagram, by its HTML; lists have a budget of their own.

    Of all pages, or of those `among`, paths below the site.
    """

    def teaches(text: str) -> bool:
        return bool(_DIAGRAM.search(text)) and not _LIST.search(text)

    return _heaviest(site, teaches, "a diagram", among)


def longest_list(site: Path, among: Collection[Path] | None = None) -> str:
    """The heaviest page that lists things to look up, by its HTML; of all, or of those `among`."""
    return _heaviest(site, lambda text: bool(_LIST.search(text)), "a list", among)


def page_with_table(site: Path) -> str:
    """The heaviest page that holds a comparison and no diagram, by its HTML."""

    def table_alone(text: str) -> bool:
        return bool(_TABLE.search(text)) and not _DIAGRAM.search(text)

    return _heaviest(site, table_alone, "a comparison alone")


def _heaviest(
    site: Path, fits: Callable[[str], bool], what: str, among: Collection[Path] | None = None
) -> str:
    files = [
        file
        for file in site.rglob("*.html")
        if (among is None or file.relative_to(site) in among)
        and fits(file.read_text(encoding="utf-8"))
    ]
    if not files:
        sys.exit(f"no page of {site} holds {what}")
    return max(files, key=lambda file: file.stat().st_size).relative_to(site).as_posix()


def report(site: Path) -> int:
    """Print the figures; return 1 if a page is over the budget."""
    from web.browser import launch

    code = told(indexes.budgets(site))
    with Host(site) as host, sync_playwright() as playwright:
        browser = launch(playwright, FLAGS)
        for path, most in {"index.html": MOST_BYTES, **watched(site)}.items():
            visit = first_visit(browser, host, path)
            print(f"{path}, up to load, and its first copy for reading offline:")
            code |= told(budgets(visit, most))
            for name, size in sorted(visit.before.items(), key=lambda item: -item[1]):
                print(f"  {size / 1000:7.1f} kB  {name}")
            later = sum(size for _, size in visit.after)
            print(
                f"  within 5 s after load: {later / 1000:.1f} kB, {len(visit.after)} requests, "
                f"{len(visit.first_copy)} of them for the first copy"
            )
        browser.close()
    return code
