"""What readers do, on what readers get: the published build, over http and from the zip.

In the suite Chromium walks the paths; ``make browsers`` has Firefox and WebKit walk them too.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from web.server import serving

from tests.conftest import ROOT
from tests.published.drivers import BROWSERS, Chromium, Driver
from tests.published.paths import MARKED_PAGE, PATHS
from tests.published.paths import Path as ReadersPath
from tests.site_tools import published

#: How the site is read: below a sub-path of a host, and unpacked by double click.
WAYS = ("http", "zip")
OTHERS = [pytest.param(name, marks=pytest.mark.browsers) for name in BROWSERS if name != "chromium"]


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The address of the site in each way of reading it."""
    folder = tmp_path_factory.mktemp("packed")
    site = published(ROOT, tmp_path_factory)
    packed = folder / "notes.zip"
    packed.write_bytes(_zip(site))
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(folder / "unpacked")
    index = next((folder / "unpacked").rglob("index.html"))
    with serving(site.parent) as host:
        yield {"http": f"{host}{site.name}/", "zip": f"{index.parent.as_uri()}/"}


def _zip(site: Path) -> bytes:
    from annotated.folder import Folder
    from annotated.publish.offline import site_zip

    return site_zip(Folder(site), "notes")


@pytest.fixture(scope="module", params=["chromium", *OTHERS])
def driver(request: pytest.FixtureRequest) -> Iterator[Driver]:
    """A browser; one that is asked for and is not there is an error that names it."""
    with ExitStack() as stack:
        yield stack.enter_context(BROWSERS[request.param]())


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.__name__)
@pytest.mark.parametrize("way", WAYS)
def test_path(driver: Driver, sites: dict[str, str], way: str, path: ReadersPath) -> None:
    driver.resize(1280, 800)
    path(driver, sites[way])


def test_paper_holds_the_notes_unless_told_otherwise(driver: Driver, sites: dict[str, str]) -> None:
    if not isinstance(driver, Chromium):
        pytest.skip("only Chromium prints without a window")
    driver.open(sites["http"] + MARKED_PAGE)
    assert "The notes said" in _paper(driver)
    driver.run("() => document.querySelector('.printnotes').click()")
    without = _paper(driver)
    assert "The notes said" not in without
    assert "instance role" in without


def _paper(driver: Chromium) -> str:
    pages = PdfReader(BytesIO(driver.page.pdf())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())
