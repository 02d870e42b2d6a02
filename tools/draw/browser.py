"""A browser that draws: found on this machine, fed from this folder, never from the network."""

from __future__ import annotations

import json
import mimetypes
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserType, Page, Route, sync_playwright
from playwright.sync_api import Error as PlaywrightError

HERE = Path(__file__).parent
ORIGIN = "http://draw.invalid"
START_SECONDS = 120  # a loaded machine starts a browser slowly
INSTALLED = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_BROWSER = (
    "no browser found to draw with: run 'python -m playwright install chromium', or set CHROMIUM "
    "to the path of a Chromium, Chrome or Edge"
)


class NoBrowserError(Exception):
    """There is no browser; the message says what to do."""


@dataclass(frozen=True)
class Drawn:
    """What the page gave back for one fence: a drawing, or the author's mistake and its line."""

    svg: str = ""
    structure: dict[str, Any] = field(default_factory=dict)
    mistake: str = ""
    line: int = 0


class Pen:
    """Draws fences in one page of one browser."""

    def __init__(self, page: Page, settings: bytes, roles: Mapping[str, str]) -> None:
        self._page = page
        self._settings = {**json.loads(settings), "roles": dict(roles)}

    def draw(self, id_: str, source: str) -> Drawn:
        """Draw one fence."""
        answer = self._page.evaluate(
            "([id, source, settings]) => window.draw(id, source, settings)",
            [id_, source, self._settings],
        )
        if "mistake" in answer:
            return Drawn(mistake=answer["mistake"], line=int(answer["line"]))
        return Drawn(answer["svg"], answer["structure"])


@contextmanager
def pen(settings: bytes, roles: Mapping[str, str]) -> Iterator[Pen]:
    """Open a browser and give a pen that knows the shape of each role.

    Raises:
        NoBrowserError: none could be started.
    """
    with sync_playwright() as playwright:
        browser = _launch(playwright.chromium)
        try:
            page = browser.new_page(timezone_id="UTC", locale="en-GB")
            page.set_default_timeout(START_SECONDS * 1000)
            page.route("**/*", _serve)
            page.goto(f"{ORIGIN}/page/index.html")
            page.wait_for_function("window.draw !== undefined")
            yield Pen(page, settings, roles)
        finally:
            browser.close()


def _serve(route: Route) -> None:
    """Answer from this folder; everything else does not exist."""
    address = route.request.url
    path = (HERE / address.removeprefix(ORIGIN + "/").split("?")[0]).resolve()
    if address.startswith(ORIGIN + "/") and path.is_file() and HERE.resolve() in path.parents:
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        kind = "text/javascript" if path.suffix == ".js" else kind
        route.fulfill(body=path.read_bytes(), content_type=kind)
    else:
        route.abort()


def _launch(chromium: BrowserType) -> Browser:
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    args = ["--disable-gpu", "--font-render-hinting=none", *(["--no-sandbox"] if as_root else [])]
    for choice in _choices():
        try:
            return chromium.launch(args=args, timeout=START_SECONDS * 1000, **choice)
        except PlaywrightError:
            continue
    raise NoBrowserError(NO_BROWSER)


def _choices() -> Iterator[dict[str, Any]]:
    """The variable CHROMIUM, Playwright's own, then what is installed."""
    named = os.environ.get("CHROMIUM")
    if named:
        yield {"executable_path": named}
        return
    yield {}
    yield {"channel": "chrome"}
    yield {"channel": "msedge"}
    for name in INSTALLED:
        found = shutil.which(name)
        if found:
            yield {"executable_path": found}
