"""What a slow phone sees: paint, blocking, shifts, the diagram, the next page; beside stock Material.

Four times slower processor, slow 4G as Lighthouse slows it. Machines differ and are noisy: rounds
of both sites alternate, medians are compared, and the aims are ratios.
"""

from __future__ import annotations

import re
import shutil
import statistics
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import stock
from budgets import Budget, told
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright
from web.hosts import FLAGS, Host
from weight import first_visit, has_diagram, page_with_diagram, page_with_table

WATCH = """
window.seen = {lcp: 0, blocked: 0, shift: 0, diagram: 0};
new PerformanceObserver(l => l.getEntries().forEach(e => { seen.lcp = e.startTime; }))
  .observe({type: "largest-contentful-paint", buffered: true});
new PerformanceObserver(l => l.getEntries().forEach(e => { seen.blocked += Math.max(0, e.duration - 50); }))
  .observe({type: "longtask", buffered: true});
new PerformanceObserver(l => l.getEntries().forEach(e => { if (!e.hadRecentInput) seen.shift += e.value; }))
  .observe({type: "layout-shift", buffered: true});
(function look() {
  const drawn = document.querySelector("figure.diagram svg.dg, figure.diagram svg, div.mermaid");
  if (drawn && drawn.getBoundingClientRect().height > 20) { seen.diagram = performance.now(); return; }
  requestAnimationFrame(look);
})();
"""
#: Rounds of all pages; an odd number, for a middle.
ROUNDS = 3
#: Milliseconds a request waits, bytes a second down and up: slow 4G, the requests of one page.
NETWORK = {
    "offline": False, "latency": 562.5, "downloadThroughput": 184_320, "uploadThroughput": 84_375,
}  # fmt: skip
SLOWER = 4
#: After load, a page has this long to settle before blocking time is read.
SETTLES_MS = 6000

#: What a page may take of what stock Material takes, from the best of seven peers beside it.
AIMS = {
    "diagram": {"lcp": 0.78, "blocked": 0.13},
    # Not milliseconds: they do not travel, and the theme's script alone, without any style, may
    # take more than the 50 that the best peer's page was to be held to.
    "table": {"lcp": 0.83, "blocked": 0.5},
}
#: More than a page of the notes has elements costs more than it tells.
MOST_ELEMENTS = 1200
#: Of blocking time the least: another program on the machine only adds to it.
MIDDLE: dict[str, Callable[[Iterable[float]], float]] = {"blocked": min}
LABELS = (
    ("kB", "kB up to load"), ("requests", "requests up to load"), ("elements", "elements"),
    ("lcp", "largest paint"), ("blocked", "blocking time"), ("shift", "layout shift"),
    ("diagram", "diagram visible"), ("next", "next page painted"),
)  # fmt: skip


def _local_library(route: Route) -> None:
    """Stand in for the network: stock pages ask another host for the diagram engine."""
    route.fulfill(body=stock.LIBRARY.read_bytes(), content_type="text/javascript")


def _slowed(context: BrowserContext, page: Page) -> None:
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def _one(browser: Browser, address: str, path: str, next_path: str) -> dict[str, float]:
    context = browser.new_context(viewport={"width": 412, "height": 823}, device_scale_factor=2)
    if stock.LIBRARY.exists():
        context.route("https://unpkg.com/mermaid**", _local_library)
    page = context.new_page()
    _slowed(context, page)
    page.add_init_script(WATCH)
    page.goto(address + path, wait_until="load", timeout=120_000)
    page.wait_for_timeout(SETTLES_MS)
    seen: dict[str, Any] = page.evaluate("seen")
    elements = page.evaluate("document.querySelectorAll('*').length")
    start = page.evaluate("performance.timeOrigin + performance.now()")
    page.goto(address + next_path, wait_until="commit", timeout=120_000)
    painted = page.evaluate(
        """() => new Promise(done => new PerformanceObserver((list) => {
          const [first] = list.getEntriesByName("first-contentful-paint");
          if (first) done(performance.timeOrigin + first.startTime);
        }).observe({type: "paint", buffered: true}))"""
    )
    context.close()
    return {
        **{key: float(value) for key, value in seen.items()},
        "elements": float(elements),
        "next": painted - start,
    }


#: What a page blocks for with parts of it left out: what nobody here can lower, and what it adds.
FLOORS = {
    "no script at all": {"scripts": False, "styles": True, "own": False},
    "the theme's script, no styles": {"scripts": True, "styles": False, "own": False},
    "the theme's script, our styles": {"scripts": True, "styles": True, "own": False},
    "and our own script": {"scripts": True, "styles": True, "own": True},
}


def _part(browser: Browser, address: str, file: Path, left: dict[str, bool]) -> float:
    """The blocking time of a page of which parts are left out, over the same slow network.

    The page is served from `file`, which is written anew for that.
    """
    whole = file.read_text(encoding="utf-8")
    context = browser.new_context(viewport={"width": 412, "height": 823}, device_scale_factor=2)
    page = context.new_page()
    _slowed(context, page)
    if not left["styles"]:
        file.write_text(re.sub(r"<style>.*?</style>", "", whole, flags=re.DOTALL), encoding="utf-8")
        page.route("**/*.css", lambda route: route.abort())
    if not left["own"]:
        page.route("**/site*.js", lambda route: route.abort())
    if not left["scripts"]:
        page.route("**/*.js", lambda route: route.abort())
    page.add_init_script(WATCH)
    page.goto(address, wait_until="load", timeout=120_000)
    page.wait_for_timeout(SETTLES_MS)
    blocked = float(page.evaluate("seen.blocked"))
    context.close()
    file.write_text(whole, encoding="utf-8")
    return blocked


def _page_drawn_by_both(site: Path, plain: Path) -> str:
    """The heaviest page that teaches by a diagram which stock Material draws, too."""
    drawn = {
        file.relative_to(plain)
        for file in plain.rglob("*.html")
        if 'class="mermaid"' in file.read_text(encoding="utf-8")
    }
    return page_with_diagram(site, drawn)


def report(site: Path, paths: Iterable[str] = ()) -> int:
    """Print medians for this site and for the stock one, side by side; 1 if an aim is missed.

    Of the pages at `paths` below the site; without any, the heaviest with a diagram and the
    heaviest with a table.
    """
    from web.browser import launch

    code = 0
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        plain = stock.build(Path(folder))
        copy = Path(shutil.copytree(site, Path(folder) / "parts"))
        chosen = list(paths) or [_page_drawn_by_both(site, plain), page_with_table(site)]
        browser = launch(playwright, FLAGS)
        for path in chosen:
            kind = "diagram" if has_diagram(site / path) else "table"
            runs: dict[str, list[dict[str, float]]] = {"this site": [], "stock": []}
            with Host(site) as ours, Host(plain) as theirs, Host(copy) as parted:
                both = (("this site", ours), ("stock", theirs))
                visits = {name: first_visit(browser, host, path) for name, host in both}
                for _ in range(ROUNDS):
                    for name, host in both:
                        runs[name].append(_one(browser, host.address, path, "glossary.html"))
                floors = {
                    name: min(
                        _part(browser, parted.address + path, copy / path, left)
                        for _ in range(ROUNDS)
                    )
                    for name, left in FLOORS.items()
                }
            rows = {
                name: {
                    key: MIDDLE.get(key, statistics.median)(run[key] for run in found)
                    for key in found[0]
                } | {"kB": visits[name].bytes / 1000, "requests": float(len(visits[name].before))}
                for name, found in runs.items()
            }  # fmt: skip
            code |= _print(kind, path, rows["this site"], rows["stock"], floors)
        browser.close()
    return code


def _print(
    kind: str, path: str, ours: dict[str, float], theirs: dict[str, float], floors: dict[str, float]
) -> int:
    """Print one page's table and its aims; 1 if one is missed."""
    print(
        f"\n{path}, median of {ROUNDS}, the least for blocking; ms at a {SLOWER} times slower processor"
    )
    print(f"{'':<26}{'this site':>12}{'stock':>12}{'ratio':>8}")
    for key, label in LABELS:
        ratio = f"{ours[key] / theirs[key]:.2f}" if theirs[key] else "-"
        other = "never" if key == "diagram" and not theirs[key] else f"{theirs[key]:.2f}"
        print(f"{label:<26}{ours[key]:>12.2f}{other:>12}{ratio:>8}")
    print("blocking time of this page with")
    for name, floor in floors.items():
        print(f"  {name:<32}{floor:>6.0f}")
    aims = [
        Budget(
            f"{key}, of stock's", ours[key] / theirs[key], most, "look at what is new before paint"
        )
        for key, most in AIMS[kind].items()
        if theirs[key]
    ]
    aims.append(
        Budget("elements", ours["elements"], MOST_ELEMENTS, "say once what stands in many places")
    )
    return told(aims)
