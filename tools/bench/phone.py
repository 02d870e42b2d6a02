"""What a slow phone sees: paint, blocking, shifts, the diagram, the next page; beside stock Material.

Four times slower processor, 1.6 Mbit/s, 150 ms. Machines differ and are noisy: read the ratios.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path
from typing import Any

import stock
from gzip_server import serving
from playwright.sync_api import Browser, Route, sync_playwright
from weight import first_visit, page_with_diagram

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
RUNS = 3


def _local_library(route: Route) -> None:
    """Stand in for the network: stock pages ask another host for the diagram engine."""
    route.fulfill(body=stock.LIBRARY.read_bytes(), content_type="text/javascript")


def _one(browser: Browser, address: str, path: str, next_path: str) -> dict[str, float]:
    context = browser.new_context(viewport={"width": 412, "height": 823}, device_scale_factor=2)
    if stock.LIBRARY.exists():
        context.route("https://unpkg.com/mermaid*", _local_library)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": 150,
            "downloadThroughput": 200_000,
            "uploadThroughput": 90_000,
        },
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.add_init_script(WATCH)
    page.goto(address + path, wait_until="load", timeout=120_000)
    page.wait_for_timeout(6000)
    seen: dict[str, Any] = page.evaluate("seen")
    start = page.evaluate("performance.timeOrigin + performance.now()")
    page.goto(address + next_path, wait_until="commit", timeout=120_000)
    page.wait_for_function(
        "() => performance.getEntriesByName('first-contentful-paint').length > 0", timeout=120_000
    )
    painted = page.evaluate(
        "performance.timeOrigin + performance.getEntriesByName('first-contentful-paint')[0].startTime"
    )
    context.close()
    return {**{key: float(value) for key, value in seen.items()}, "next": painted - start}


def report(site: Path) -> None:
    """Print medians of three runs for this site and for the stock one, side by side."""
    from web.browser import launch

    path = page_with_diagram(site)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        plain = stock.build(Path(folder))
        browser = launch(playwright)
        rows: dict[str, dict[str, float]] = {}
        for name, root in (("this site", site), ("stock", plain)):
            with serving(root) as address:
                runs = [_one(browser, address, path, "glossary.html") for _ in range(RUNS)]
                visit = first_visit(browser, address, path)
            rows[name] = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
            rows[name]["kB"] = visit.bytes / 1000
            rows[name]["requests"] = float(len(visit.before))
        browser.close()
    print(
        f"{path}, median of {RUNS}; times in ms\n{'':<26}{'this site':>12}{'stock':>12}{'ratio':>8}"
    )
    for key, label in (
        ("kB", "kB up to load"), ("requests", "requests up to load"),
        ("lcp", "largest paint"), ("blocked", "blocking time"), ("shift", "layout shift"),
        ("diagram", "diagram visible"), ("next", "next page painted"),
    ):  # fmt: skip
        ours, theirs = rows["this site"][key], rows["stock"][key]
        ratio = f"{ours / theirs:.2f}" if theirs else "-"
        never = "never" if key == "diagram" and not theirs else f"{theirs:.2f}"
        print(f"{label:<26}{ours:>12.2f}{never:>12}{ratio:>8}")
