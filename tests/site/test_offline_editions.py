"""Two languages without a network: the one that is read is kept, the other one on request."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext
from web.hosts import Host

from tests.conftest import lay_golden
from tests.site.test_offline import (  # noqa: F401 (fixtures)
    browser,
    context,
    finds,
    says,
    visit,
)
from tests.site_tools import mkdocs, until

READY = "이 사이트는 오프라인에서도 읽을 수 있"
OTHERS = "다른 언어도 저장"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = lay_golden(tmp_path_factory.mktemp("both") / "project", editions=True)
    assert mkdocs(root).returncode == 0
    return root / "site"


@pytest.fixture
def host(site: Path, tmp_path: Path) -> Iterator[Host]:
    shutil.copytree(site, tmp_path / "origin" / "tea")
    started = Host(tmp_path / "origin")
    yield started
    started.stop()


def test_what_is_read_is_kept_and_the_other_on_request(
    context: BrowserContext, host: Host  # noqa: F811
) -> None:  # fmt: skip
    page = visit(context, host.address + "tea/ko/brewing.html", READY)
    says(page, OTHERS)
    fetched = [path for path, _, _ in host.answered if path.endswith(".pack")]
    assert any("/ko." in path for path in fetched)
    assert {path.split("/")[-1].split(".")[0] for path in fetched} == {"ko", "shell"}, fetched
    page.locator(".offline button").click()
    until(page, "!document.querySelector('.offline button')")
    host.stop()
    page.goto(host.address + "tea/ko/compare/tea-kinds.html")
    finds(page, "막 끓은")
    page.goto(host.address + "tea/glossary.html")
    assert page.evaluate("document.documentElement.lang") == "en"
    finds(page, "freshly boiling")


def test_who_keeps_one_gets_its_home_and_its_gap(
    context: BrowserContext, host: Host  # noqa: F811
) -> None:  # fmt: skip
    page = visit(context, host.address + "tea/ko/index.html", READY)
    host.stop()
    page.goto(host.address + "tea/")
    assert page.url == host.address + "tea/ko/index.html"
    page.goto(host.address + "tea/ko/nowhere.html")
    assert page.locator("h1:visible").inner_text() == "저장된 사본이 없다"
    page.goto(host.address + "tea/brewing.html")
    assert page.locator("h1:visible").count() == 1
