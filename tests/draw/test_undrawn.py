"""A diagram of Mermaid's own kinds that is added under serve, before anybody has drawn it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from web.browser import launch

from tests.draw.kinds import source
from tests.site.test_serve import Server
from tests.site_tools import until

PACKAGES = Path(__file__).parents[2] / "tools" / "draw" / "node_modules"


def add(golden: Path, name: str) -> None:
    page = golden / "docs" / "en" / "brewing.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(f"{text}\n```mermaid\n{source(name)}```\n", encoding="utf-8")


@pytest.mark.node
def test_a_save_that_adds_one_is_served_and_mermaid_draws_it_in_the_page(
    golden: Path,
) -> None:
    (golden / "tools" / "draw").mkdir(parents=True, exist_ok=True)
    (golden / "tools" / "draw" / "node_modules").symlink_to(PACKAGES)
    running = Server(golden)
    try:
        running.until("Serving on")
        add(golden, "mindmap")
        add(golden, "pie")
        running.until("(?s)mindmap.*pie", "brewing.html")
        with sync_playwright() as playwright:
            page = launch(playwright).new_page()
            asked: list[str] = []
            page.on("request", lambda request: asked.append(request.url))
            page.goto(running.address + "brewing.html")
            # The theme draws into a shadow that scripts cannot look into.
            until(
                page,
                "[...document.querySelectorAll('div.mermaid')].filter(e => e.offsetHeight > 50)"
                ".length === 2",
                patience=120,
            )
            tools = page.context.new_cdp_session(page)
            drawn = json.dumps(tools.send("DOM.getDocument", {"depth": -1, "pierce": True}))
        for said in ('"mindmap"', '"pie"', "Temperature", "Picking"):
            assert said in drawn
        own = (running.address, "data:", "blob:")
        assert [address for address in asked if not address.startswith(own)] == []
        assert "Traceback" not in running.said
    finally:
        running.stop()


def test_without_the_library_its_source_is_shown(golden: Path) -> None:
    running = Server(golden)
    try:
        running.until("Serving on")
        add(golden, "mindmap")
        text = running.until("mindmap", "brewing.html")
        assert "assets/vendor/mermaid.min.js" not in text
        assert "make diagrams" in text
    finally:
        running.stop()
