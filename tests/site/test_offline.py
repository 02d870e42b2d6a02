"""The site without a network: kept by the worker, or opened from a folder; on hosts of all kinds."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Response,
    Route,
    expect,
    sync_playwright,
)
from web.browser import launch
from web.hosts import FLAGS, MANNERS, Host, Manner
from web.server import Watched

import cli
from annotated.publish import offline
from annotated.publish.packs import packs_of
from tests import site_tools
from tests.conftest import ROOT, lay_golden
from tests.site_tools import escape, mkdocs, until

READY = "This site is ready to read offline."
UPDATE = "A newer version is ready."
#: A pack for each of some fifteen sections, and another for one that is too heavy.
MOST_PACKS = 24
PATIENCE = 1000 * site_tools.PATIENCE  # ms, as Playwright counts


# ---- Sites and hosts ----


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site itself, as `make build` writes it."""
    folder = tmp_path_factory.mktemp("published") / "site"
    shutil.copytree(site_tools.published(ROOT, tmp_path_factory), folder)
    (folder / "_headers").write_text("/*\n  X-Of: the host\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two releases of a small site; the second is the newer."""
    base = tmp_path_factory.mktemp("releases")
    root = lay_golden(base / "golden")
    assert mkdocs(root).returncode == 0
    shutil.copytree(root / "site", base / "one")
    page = root / "docs" / "en" / "brewing.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("# Brewing tea", "# Brewing, second release"), encoding="utf-8")
    assert mkdocs(root).returncode == 0
    shutil.copytree(root / "site", base / "two")
    for number, folder in enumerate((base / "one", base / "two")):
        for file in folder.rglob("*"):
            os.utime(file, (1_700_000_000 + number * 1000, 1_700_000_000 + number * 1000))
    return base / "one", base / "two"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = launch(playwright, FLAGS)
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context()
    yield opened
    opened.close()


@pytest.fixture
def host(releases: tuple[Path, Path], tmp_path: Path) -> Iterator[Host]:
    """A host with release one below /tea/."""
    shutil.copytree(releases[0], tmp_path / "origin" / "tea")
    started = Host(tmp_path / "origin")
    yield started
    started.stop()


def put(host: Host, release: Path, where: str = "tea") -> None:
    """Publish a release in the place of what is there, times and all."""
    shutil.rmtree(host.folder / where, ignore_errors=True)
    shutil.copytree(release, host.folder / where)


# ---- What a reader sees and does ----


def says(page: Page, words: str) -> None:
    """Wait until the line at the page's end says `words`."""
    page.locator(".offline", has_text=words).wait_for(timeout=PATIENCE)


def visit(context: BrowserContext, address: str, words: str = READY) -> Page:
    page = context.new_page()
    page.goto(address)
    says(page, words)
    return page


def look_for_update(page: Page) -> None:
    """Have the browser look for a new worker, and wait until it has come to an end with it."""
    page.evaluate(
        """async () => {
          const registration = await navigator.serviceWorker.ready;
          await registration.update().catch(() => {});
          const next = registration.installing;
          if (next) await new Promise((done) => next.addEventListener("statechange", done));
        }"""
    )


def finds(page: Page, typed: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(typed)
    page.locator(".md-search-result__link").first.wait_for(timeout=PATIENCE)


def heading(page: Page) -> str:
    return page.locator("h1:visible").inner_text()


def answer(page: Page, address: str) -> Response:
    found = page.goto(address)
    assert found is not None
    return found


def caches_of(page: Page) -> list[str]:
    names: list[str] = page.evaluate("caches.keys()")
    return [name.rpartition(":")[2] for name in names]


# ---- Hosts ----


@pytest.mark.parametrize("below", ["", "notes/"], ids=["root", "sub-path"])
@pytest.mark.parametrize("manner", MANNERS)
def test_the_published_site_lives_on_every_host(
    context: BrowserContext, published: Path, tmp_path: Path, manner: str, below: str
) -> None:
    folder = tmp_path / "origin"
    shutil.copytree(published, folder / below, dirs_exist_ok=True)
    host = Host(folder, MANNERS[manner])
    site = host.address + below
    page = visit(context, site + "ecs/iam-roles.html")
    finds(page, "task role")
    if MANNERS[manner].adds_slash:
        assert answer(page, site + "notes").ok, "a redirect is the host's to make"
        assert page.url == site + "notes/"
    lost = answer(page, site + "no-such-page.html")
    assert (lost.status, heading(page)) == (404, "This page is a gap")

    host.stop()
    for path in ("", "ecs/", "ecs/iam-roles.html?h=role#x", "ecs/iam-roles", "glossary"):
        assert answer(page, site + path).ok, path
    assert answer(page, site + "notes").ok
    assert page.url == site + "notes/", "the links of a folder's page start in the folder"
    finds(page, "task role")
    assert page.evaluate("fetch('../compare/ecs-capacity.csv').then(a => a.status)") == 200
    missing = answer(page, site + "ecs/no-such-page.html")
    assert (missing.status, heading(page)) == (503, "No copy of this page")
    until(page, "getComputedStyle(document.body).margin === '0px'")  # its stylesheet was found
    home = page.locator(".nf a").first.evaluate("link => link.href")
    assert home.removesuffix("index.html") == site, "though it was built for another place"


@pytest.mark.parametrize("address", ["%E0%A4%A", "100%.html", "constructor", "__proto__/x.html"])
def test_odd_addresses_are_the_hosts_to_answer(
    context: BrowserContext, host: Host, address: str
) -> None:
    page = visit(context, host.address + "tea/index.html")
    assert answer(page, host.address + "tea/" + address).status == 404


@pytest.mark.parametrize("status", [401, 403, 500, 503])
def test_what_the_host_says_is_shown(context: BrowserContext, host: Host, status: int) -> None:
    page = visit(context, host.address + "tea/index.html")
    host.manner = Manner(status_of=lambda path: status if path.endswith("new.html") else 0)
    assert answer(page, host.address + "tea/new.html").status == status
    assert page.inner_text("body") == f"status {status}"


def test_other_projects_of_the_host_are_left_alone(
    context: BrowserContext, releases: tuple[Path, Path], tmp_path: Path
) -> None:
    shutil.copytree(releases[0], tmp_path / "origin")
    other = tmp_path / "origin" / "other"
    other.mkdir()
    (other / "index.html").write_text("<h1>Another project</h1>", encoding="utf-8")
    (other / "404.html").write_text("<h1>Another gap</h1>", encoding="utf-8")
    host = Host(tmp_path / "origin")
    page = visit(context, host.address + "index.html")
    page.evaluate("caches.open('another').then(c => c.put('x', new Response('')))")
    answer(page, host.address + "other")
    assert (page.url, heading(page)) == (host.address + "other/", "Another project")
    answer(page, host.address + "other/nothing.html")
    assert heading(page) == "Another gap"
    assert "another" in caches_of(page)
    host.stop()
    with pytest.raises(Exception, match="ERR_CONNECTION_REFUSED"):
        page.goto(host.address + "other/nothing.html")


def test_two_sites_of_one_host_keep_their_copies(
    context: BrowserContext, host: Host, releases: tuple[Path, Path]
) -> None:
    put(host, releases[1], "other")
    page = visit(context, host.address + "tea/index.html")
    page.goto(host.address + "other/index.html")
    says(page, READY)
    host.stop()
    page.goto(host.address + "tea/brewing.html")
    assert heading(page).startswith("Brewing tea")
    page.goto(host.address + "other/brewing.html")
    assert heading(page).startswith("Brewing, second release")


# ---- A site that goes, or that is not there ----

GONE = {
    "404": Manner(gone=404),
    "410": Manner(gone=410),
    "another site": Manner(fallback="index.html"),
    "moved": Manner(moved_to="http://moved.site.test/"),
}


@pytest.mark.parametrize("how", GONE)
def test_a_site_that_is_gone_takes_its_worker_with_it(
    context: BrowserContext, host: Host, how: str
) -> None:
    page = visit(context, host.address + "tea/index.html")
    shutil.rmtree(host.folder / "tea")
    (host.folder / "index.html").write_text("<title>Another site</title>", encoding="utf-8")
    host.manner = GONE[how]
    page.goto(host.address + "tea/brewing.html")
    if how == "another site":
        expect(page).to_have_title("Another site", timeout=PATIENCE)
    else:
        says(page, "This site has moved or is gone")
    until(page, "navigator.serviceWorker.getRegistrations().then(all => all.length === 0)")
    until(page, "caches.keys().then(all => all.length === 0)")
    if how == "moved":
        other = Host(host.folder)
        host.manner = Manner(moved_to=other.address)
        page.reload()
        assert page.url == other.address + "tea/brewing.html"
        other.stop()
    elif how != "another site":
        shown = page.reload()
        assert shown is not None
        assert shown.status == GONE[how].gone


def test_a_host_that_is_down_is_not_a_site_that_is_gone(
    context: BrowserContext, host: Host
) -> None:
    page = visit(context, host.address + "tea/index.html")
    host.manner = Manner(gone=503)
    for _ in range(2):
        page.goto(host.address + "tea/brewing.html")
        says(page, READY)
    assert heading(page).startswith("Brewing tea")


def test_a_worker_can_be_switched_off(
    context: BrowserContext, host: Host, releases: tuple[Path, Path]
) -> None:
    """By `offline: false`, which `make serve` does too: the script in its place removes it."""
    page = visit(context, host.address + "tea/index.html")
    (host.folder / "tea" / "brewing.html").write_text("<h1>Edited</h1>", encoding="utf-8")
    shutil.copy(ROOT / "overrides" / offline.REMOVER, host.folder / "tea" / "sw.js")
    page.goto(host.address + "tea/brewing.html")
    page.locator("h1", has_text="Edited").wait_for(timeout=PATIENCE)  # loaded anew by itself
    until(page, "navigator.serviceWorker.getRegistrations().then(all => all.length === 0)")
    until(page, "caches.keys().then(all => all.length === 0)")


def test_a_site_may_have_no_worker(tmp_path: Path) -> None:
    root = lay_golden(tmp_path / "golden")
    settings = root / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    assert "\nextra:\n" in text
    settings.write_text(text.replace("\nextra:\n", "\nextra:\n  offline: false\n"), "utf-8")
    assert mkdocs(root).returncode == 0
    assert (root / "site/sw.js").read_bytes() == (root / "overrides" / offline.REMOVER).read_bytes()
    assert not [file for file in (root / "site/assets").rglob("*offline*") if file.is_file()]


# ---- Releases ----


def test_a_release_switches_whole_and_only_when_asked(
    context: BrowserContext, host: Host, releases: tuple[Path, Path]
) -> None:
    page = visit(context, host.address + "tea/index.html")
    other = visit(context, host.address + "tea/brewing.html")
    put(host, releases[1])
    look_for_update(page)
    says(page, UPDATE)
    other.reload()
    assert heading(other).startswith("Brewing tea"), "a waiting release shows nothing"
    page.locator(".offline button").click()
    other.locator("h1", has_text="second release").wait_for(timeout=PATIENCE)
    says(other, READY)
    new = {pack.name for pack in packs_of(files_of(releases[1]))}
    assert set(caches_of(other)) == {*new, "state"}, "the old release is gone"


def test_a_tab_of_the_old_release_goes_on(
    context: BrowserContext, host: Host, releases: tuple[Path, Path]
) -> None:
    page = visit(context, host.address + "tea/index.html")
    put(host, releases[1])
    look_for_update(page)
    host.stop()
    finds(page, "oxidation")
    page.goto(host.address + "tea/brewing.html")
    assert heading(page).startswith("Brewing tea")


def fails_on(name: str) -> Manner:
    return Manner(status_of=lambda path: 503 if name in path else 0)


def test_a_release_that_fails_half_way_leaves_the_old_one_whole(
    context: BrowserContext, host: Host, releases: tuple[Path, Path]
) -> None:
    page = visit(context, host.address + "tea/index.html")
    old = set(caches_of(page))
    put(host, releases[1])
    host.manner = fails_on("offline/home.")
    for _ in range(2):
        look_for_update(page)
    page.goto(host.address + "tea/brewing.html")
    assert heading(page).startswith("Brewing tea")
    says(page, "There is a newer version, but it could not be fetched")
    new = {pack.name for pack in packs_of(files_of(releases[1]))}
    assert set(caches_of(page)) <= old | new
    # The next release goes another way, and what the failed one left goes with it.
    host.manner = Manner()
    page.reload()
    says(page, UPDATE)
    page.locator(".offline button").click()
    page.locator("h1", has_text="second release").wait_for(timeout=PATIENCE)
    says(page, READY)
    assert set(caches_of(page)) == {*new, "state"}


def test_failed_releases_do_not_pile_up(
    context: BrowserContext, host: Host, releases: tuple[Path, Path], tmp_path: Path
) -> None:
    page = visit(context, host.address + "tea/index.html")
    put(host, releases[1])
    host.manner = fails_on("offline/home.")
    look_for_update(page)
    old = {"state", *(pack.name for pack in packs_of(files_of(releases[0])))}
    for number in range(3):
        script = host.folder / "tea" / "sw.js"
        release = script.read_text(encoding="utf-8")
        shell = next((host.folder / "tea/assets/offline").glob("shell.*.pack"))
        other = shell.with_name(f"shell.00000000000{number}.pack")
        shell.rename(other)
        script.write_text(release.replace(shell.stem, other.stem), encoding="utf-8")
        look_for_update(page)
        new = {other.stem, *(pack.name for pack in packs_of(files_of(releases[1])))}
        assert other.stem in caches_of(page), "as far as it came"
        assert set(caches_of(page)) <= old | new


def test_a_pack_is_taken_only_as_it_was_made(
    context: BrowserContext, host: Host, releases: tuple[Path, Path]
) -> None:
    """A whole pack that opens, with other words in it: only its hash can tell."""
    page = visit(context, host.address + "tea/index.html")
    put(host, releases[1])
    pack = next((host.folder / "tea/assets/offline").glob("home.*.pack"))
    good = pack.read_bytes()
    other = gzip.decompress(good).replace(b"second release", b"forged release")
    pack.write_bytes(gzip.compress(other))
    look_for_update(page)
    assert page.evaluate("navigator.serviceWorker.ready.then(r => r.waiting === null)")
    page.goto(host.address + "tea/brewing.html")
    assert heading(page).startswith("Brewing tea")
    # The bad copy may stay in the browser's own cache for ten minutes: a new try goes past it.
    pack.write_bytes(good)
    look_for_update(page)
    says(page, UPDATE)


def test_a_site_that_cannot_be_kept_says_so(context: BrowserContext, host: Host) -> None:
    host.manner = fails_on("offline/shell.")
    page = visit(context, host.address + "tea/index.html", "could not be kept")
    assert answer(page, host.address + "tea/brewing.html").ok


def test_a_host_may_go_back_to_older_files(
    context: BrowserContext, host: Host, releases: tuple[Path, Path]
) -> None:
    """One that goes by time answers "not modified" to a browser that has the newer worker."""
    put(host, releases[1])
    host.manner = MANNERS["by time"]
    page = visit(context, host.address + "tea/brewing.html")
    put(host, releases[0])
    page.reload()
    says(page, UPDATE)
    page.locator(".offline button").click()
    page.locator("h1", has_text="Brewing tea").wait_for(timeout=PATIENCE)


def test_a_page_and_a_worker_of_two_releases_do_not_mix(
    context: BrowserContext, host: Host, releases: tuple[Path, Path]
) -> None:
    """The page is loaded, then the release is replaced, then the worker comes."""
    page = context.new_page()

    def released(route: Route) -> None:
        put(host, releases[1])
        route.continue_()

    page.route("**/assets/site.*.js", released)
    page.goto(host.address + "tea/brewing.html")
    until(page, "navigator.serviceWorker.getRegistration().then(found => Boolean(found?.active))")
    page.unroute_all()
    page.goto(host.address + "tea/index.html")
    says(page, READY)
    host.stop()
    page.goto(host.address + "tea/brewing.html")
    names = page.evaluate(
        "[...document.querySelectorAll('[src], link[rel=stylesheet]')].map(e => e.src || e.href)"
    )
    assert all(
        page.evaluate("names => Promise.all(names.map(n => fetch(n).then(a => a.ok)))", names)
    )
    finds(page, "oxidation")


# ---- Asked and unasked ----


def test_nothing_is_kept_of_this_machine_unless_asked(context: BrowserContext, host: Host) -> None:
    page = visit(context, host.loopback + "tea/index.html", "Keep the whole site offline")
    assert not [path for path, *_ in host.answered if path.endswith(("sw.js", ".pack"))]
    page.locator(".offline button").click()
    says(page, READY)


def test_readers_who_save_data_pay_only_what_they_ask_for(
    context: BrowserContext, host: Host
) -> None:
    context.add_init_script(
        "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"
    )
    cost = json.loads((host.folder / "tea" / offline.SIZE).read_bytes())["bytes"][""] / 1e6
    offer = f"Keep the whole site offline ({cost:.1f} MB)"
    page = visit(context, host.address + "tea/index.html", offer)
    assert not [path for path, *_ in host.answered if path.endswith(("sw.js", ".pack"))]
    page.locator(".offline button").click()
    says(page, READY)


def test_a_large_site_is_kept_as_it_is_read(
    context: BrowserContext, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offline, "MOST_UNASKED_BYTES", 1000)
    site = host.folder / "tea"
    packs = packs_of(files_of(site))
    sources = {path: (ROOT / "overrides" / path).read_bytes() for path in offline.WORKER_FILES}
    (site / "sw.js").write_text(offline.service_worker(sources, packs, "/"), encoding="utf-8")
    page = visit(context, host.address + "tea/brewing.html", "This section is ready")
    assert {name.split(".")[0] for name in caches_of(page)} == {"home", "search", "shell", "state"}
    page.goto(host.address + "tea/compare/tea-kinds.html")
    says(page, "This section is ready")
    host_down = Manner(gone=503)
    host.manner = host_down
    assert answer(page, host.address + "tea/notes/index.html").status == 503
    host.manner = Manner()
    page.goto(host.address + "tea/brewing.html")
    page.locator(".offline button").click()
    says(page, READY)


def test_a_cache_that_was_emptied_is_not_called_ready(context: BrowserContext, host: Host) -> None:
    page = visit(context, host.address + "tea/index.html")
    page.evaluate("caches.keys().then(all => Promise.all(all.map(one => caches.delete(one))))")
    # What the browser itself has cached would mend it without a word.
    context.new_cdp_session(page).send("Network.clearBrowserCache")
    host.manner = fails_on(".pack")
    page.reload()
    page.locator(".offline button", has_text="Keep the whole site").wait_for(timeout=PATIENCE)
    assert READY not in page.locator(".offline").inner_text()
    host.manner = Manner()
    page.locator(".offline button").click()
    says(page, READY)


def test_without_room_the_site_stays_online(context: BrowserContext, host: Host) -> None:
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send(
        "Storage.overrideQuotaForOrigin", {"origin": host.address.rstrip("/"), "quotaSize": 2000}
    )
    page.goto(host.address + "tea/index.html")
    says(page, "could not be kept")
    assert answer(page, host.address + "tea/brewing.html").ok


# ---- What the first visit costs ----

#: Compressed bytes: the shell, the first search index and the section that is read.
MOST_FIRST_BYTES = 400_000


def files_of(site: Path) -> dict[str, bytes]:
    """Return what was published, without the worker and its own files."""
    return {
        file.relative_to(site).as_posix(): file.read_bytes()
        for file in site.rglob("*")
        if file.is_file()
    }


def test_the_first_copy_is_small(published: Path) -> None:
    packs = packs_of(files_of(published), ["ko/"])
    shell = [pack for pack in packs if pack.is_first and pack.section == "shell"]
    for edition in ("", "ko/"):
        own = [pack for pack in packs if pack.edition == edition and pack not in shell]
        assert own
        first = sum(len(pack.content) for pack in [*shell, *own] if pack.is_first)
        # What is read is a section; the words and the downloads come after it.
        later = ("search-words", "downloads")
        read = (one for one in own if not one.is_first and not one.section.endswith(later))
        assert first + max(len(pack.content) for pack in read) <= MOST_FIRST_BYTES, edition
    script = (published / "sw.js").read_bytes()
    assert len(gzip.compress(script)) < 10_000


def test_the_first_copy_comes_first_and_in_few_requests(
    context: BrowserContext, published: Path, tmp_path: Path
) -> None:
    shutil.copytree(published, tmp_path / "origin")
    host = Host(tmp_path / "origin")
    visit(context, host.address + "ecs/iam-roles.html")
    asked = [path for path, *_ in host.answered if path.startswith("/assets/offline/")]
    names = [path.removeprefix("/assets/offline/").rsplit(".", 2)[0] for path in asked]
    assert names[:3] == ["shell", "search", "ecs"]
    assert len(names) == len(set(names)) < MOST_PACKS
    paths = [path for path, *_ in host.answered]
    later = paths[paths.index("/sw.js") :]
    assert not [path for path in later if path.endswith((".css", ".html"))], "the page comes first"
    host.stop()


def test_the_manifest_is_found(context: BrowserContext, host: Host) -> None:
    page = visit(context, host.address + "tea/compare/tea-kinds.html")
    address = page.locator("link[rel=manifest]").evaluate("link => link.href")
    assert address == host.address + "tea/manifest.webmanifest"
    found = json.loads(page.evaluate("href => fetch(href).then(a => a.text())", address))
    assert found["start_url"] == "./index.html"


# ---- From a folder ----


def test_the_zip_works_by_double_click(
    browser: Browser, releases: tuple[Path, Path], tmp_path: Path
) -> None:
    packed = tmp_path / "tea-offline.zip"
    assert cli.main(["offline", str(releases[0]), str(packed)]) == 0
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(tmp_path)
        assert not [n for n in archive.namelist() if n.endswith(("sw.js", ".pack"))]
    start = (tmp_path / "tea-offline" / "index.html").as_uri()
    watched = Watched(browser, "file:")
    page = watched.page
    page.goto(start)
    page.locator(".md-content a", has_text="Read on").first.click()
    page.locator("[popovertarget=pop-002]").click()
    assert page.get_by_text("They differ by how far").is_visible()
    escape(page)
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
