"""The site without a network: kept by the worker after one visit, or opened from a folder."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from web.browser import launch
from web.server import Quiet, Watched

import cli
from tests.conftest import lay_golden
from tests.site_tools import mkdocs

READY = "() => navigator.serviceWorker.ready.then(r => r.active && r.active.state === 'activated')"


class Host:
    """An origin whose folder can be changed, and that can go away."""

    def __init__(self, folder: Path) -> None:
        handler = functools.partial(Quiet, directory=str(folder))
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two releases of the golden site, as built."""
    base = tmp_path_factory.mktemp("releases")
    root = lay_golden(base / "golden")
    assert mkdocs(root).returncode == 0
    shutil.copytree(root / "site", base / "one")
    page = root / "docs" / "en" / "brewing.md"
    page.write_text(
        page.read_text(encoding="utf-8").replace("# Brewing tea", "# Brewing, second release"),
        encoding="utf-8",
    )
    assert mkdocs(root).returncode == 0
    shutil.copytree(root / "site", base / "two")
    return base / "one", base / "two"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = launch(playwright)
        yield started
        started.close()


@pytest.fixture
def origin(releases: tuple[Path, Path], tmp_path: Path) -> Iterator[tuple[Host, Path]]:
    """A host with release one below /tea/, and the folder it serves."""
    folder = tmp_path / "origin"
    shutil.copytree(releases[0], folder / "tea")
    host = Host(folder)
    yield host, folder
    host.stop()


def visit(browser: Browser, address: str) -> tuple[Watched, Page]:
    watched = Watched(browser, address)
    watched.page.goto(address)
    watched.page.wait_for_function(READY, timeout=60_000)
    watched.page.locator(".offline").wait_for(state="visible", timeout=60_000)
    return watched, watched.page


def replace(folder: Path, release: Path, *, truncate: str | None = None) -> None:
    shutil.rmtree(folder)
    shutil.copytree(release, folder)
    if truncate:
        file = folder / truncate
        file.write_bytes(file.read_bytes()[:100])


def update(page: Page) -> None:
    page.evaluate("() => navigator.serviceWorker.ready.then(r => r.update().catch(() => {}))")
    page.wait_for_timeout(3000)


def test_after_one_visit_everything_works_without_a_network(
    browser: Browser, origin: tuple[Host, Path]
) -> None:
    host, _ = origin
    watched, page = visit(browser, host.address + "tea/index.html")
    assert "ready to read offline" in page.locator(".offline").inner_text()
    host.stop()
    for path in ("brewing.html", "compare/tea-kinds.html", "notes/index.html", "glossary.html", ""):
        page.goto(host.address + "tea/" + path)
        assert page.locator("h1").is_visible()
    page.goto(host.address + "tea/brewing.html?h=tea#kinds")
    assert page.locator("#kinds").is_visible()
    page.keyboard.press("/")
    page.keyboard.type("oxidation", delay=30)
    page.locator(".md-search-result__link").first.wait_for(timeout=20_000)
    page.goto(host.address + "tea/no-such-page.html")
    assert page.locator("h1").is_visible()
    watched.context.close()


def test_a_broken_release_leaves_the_old_one_whole(
    browser: Browser, origin: tuple[Host, Path], releases: tuple[Path, Path]
) -> None:
    host, folder = origin
    watched, page = visit(browser, host.address + "tea/index.html")
    replace(folder / "tea", releases[1], truncate="glossary.html")
    update(page)
    for path in ("brewing.html", "glossary.html"):
        page.goto(host.address + "tea/" + path)
        assert "second release" not in page.content()
        assert page.locator("h1").is_visible()
    host.stop()
    page.goto(host.address + "tea/brewing.html")
    assert page.locator("h1").inner_text().startswith("Brewing tea")
    watched.context.close()


def test_a_release_switches_whole_and_only_when_asked(
    browser: Browser, origin: tuple[Host, Path], releases: tuple[Path, Path]
) -> None:
    host, folder = origin
    watched, page = visit(browser, host.address + "tea/index.html")
    other = watched.context.new_page()
    other.goto(host.address + "tea/brewing.html")
    replace(folder / "tea", releases[1])
    update(page)
    other.reload()
    assert "second release" not in other.content(), "a waiting release shows nothing"
    page.locator(".offline button").click()
    other.wait_for_function(
        "() => document.querySelector('h1').innerText.includes('second release')", timeout=30_000
    )
    keys = page.evaluate("() => caches.keys()")
    assert len(keys) == 1, "the old release is gone"
    watched.context.close()


def test_two_sites_on_one_origin_keep_their_caches(
    browser: Browser, origin: tuple[Host, Path], releases: tuple[Path, Path]
) -> None:
    host, folder = origin
    shutil.copytree(releases[1], folder / "other")
    watched, page = visit(browser, host.address + "tea/index.html")
    page.goto(host.address + "other/index.html")
    page.wait_for_function("() => caches.keys().then(k => k.length === 2)", timeout=60_000)
    page.locator(".offline").wait_for(state="visible", timeout=60_000)
    host.stop()
    page.goto(host.address + "tea/brewing.html")
    assert "second release" not in page.content()
    page.goto(host.address + "other/brewing.html")
    assert "second release" in page.content()
    watched.context.close()


def test_readers_who_save_data_are_left_alone(browser: Browser, origin: tuple[Host, Path]) -> None:
    host, _ = origin
    watched = Watched(browser, host.address)
    watched.page.add_init_script(
        "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"
    )
    watched.page.goto(host.address + "tea/index.html")
    watched.page.wait_for_timeout(2500)
    assert watched.page.evaluate("() => caches.keys()") == []
    watched.close()


def test_without_room_the_site_stays_online(browser: Browser, origin: tuple[Host, Path]) -> None:
    host, _ = origin
    watched = Watched(browser, host.address)
    watched.page.goto(host.address + "tea/index.html")
    session = watched.context.new_cdp_session(watched.page)
    session.send(
        "Storage.overrideQuotaForOrigin", {"origin": host.address.rstrip("/"), "quotaSize": 2000}
    )
    watched.page.wait_for_timeout(3500)
    assert not watched.page.locator(".offline").is_visible()
    watched.page.goto(host.address + "tea/brewing.html")
    assert watched.page.locator("h1").is_visible()
    watched.context.close()


def test_the_zip_works_by_double_click(
    browser: Browser, releases: tuple[Path, Path], tmp_path: Path
) -> None:
    packed = tmp_path / "tea-offline.zip"
    assert cli.main(["offline", str(releases[0]), str(packed)]) == 0
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(tmp_path)
        assert not any(name.endswith("sw.js") for name in archive.namelist())
    start = (tmp_path / "tea-offline" / "index.html").as_uri()
    watched = Watched(browser, "file:")
    page = watched.page
    page.goto(start)
    page.locator(".md-content a", has_text="Read on").first.click()
    page.locator("[popovertarget=pop-002]").click()
    assert page.get_by_text("They differ by how far").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("oxidation", delay=30)
    page.locator(".md-search-result__link").first.wait_for(timeout=20_000)
    page.keyboard.press("Escape")
    page.locator("label[for=__palette_1]").click()
    scheme = page.evaluate("document.body.dataset.mdColorScheme")
    page.reload()
    assert page.evaluate("document.body.dataset.mdColorScheme") == scheme
    watched.close()


def test_the_zip_is_the_same_twice(releases: tuple[Path, Path], tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        assert cli.main(["offline", str(releases[0]), str(tmp_path / name / "site.zip")]) == 0
    assert (tmp_path / "a/site.zip").read_bytes() == (tmp_path / "b/site.zip").read_bytes()
