"""The published build in a browser: this site below a sub-path, as a reader gets it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright
from web.browser import launch
from web.server import serving

from tests import site_tools
from tests.conftest import ROOT, lay_golden
from tests.site_tools import mkdocs

#: Milliseconds: a machine that is busy with other tests may take its time, and nothing waits longer
#: than it must.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)

DESK = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}


@dataclass(frozen=True)
class Published:
    """A published site: where it stands, and the address at which it is served."""

    folder: Path
    address: str

    @property
    def paths(self) -> list[str]:
        """Every page by its path below the site's root."""
        found = (file.relative_to(self.folder) for file in self.folder.rglob("*.html"))
        return sorted(path.as_posix() for path in found)


Open = Callable[..., Page]


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    site = site_tools.published(ROOT, tmp_path_factory)
    with serving(site.parent) as address:
        yield Published(site, f"{address}{site.name}/")


@pytest.fixture(scope="session")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    """The small site, which has every kind of record."""
    root = lay_golden(tmp_path_factory.mktemp("starter") / "project")
    done = mkdocs(root)
    assert done.returncode == 0, done.stderr
    with serving(root / "site") as address:
        yield Published(root / "site", address)


@pytest.fixture(scope="module")
def player() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(player: Playwright) -> Iterator[Browser]:
    started = launch(player)
    yield started
    started.close()


@pytest.fixture
def opened(browser: Browser, published: Published) -> Iterator[Open]:
    """Open a path of the published site at the width of a desk, unless told otherwise.

    A script that stumbles fails the test, whatever else it looks at.
    """
    contexts = []
    stumbled: list[str] = []

    def go(path: str, **context: Any) -> Page:
        settings = {"viewport": DESK, "reduced_motion": "reduce", "service_workers": "block"}
        contexts.append(browser.new_context(**{**settings, **context}))
        contexts[-1].on("weberror", lambda error: stumbled.append(str(error.error)))
        page = contexts[-1].new_page()
        page.goto(published.address + path)
        return page

    yield go
    for context in contexts:
        context.close()
    assert stumbled == []
