"""The site itself, built strictly, read back, and walked through in a browser."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import TimeoutError as NothingCame
from web.browser import launch
from web.server import Watched, serving

from annotated.publish.policy import script_hash
from tests.site_tools import (
    ADDRESS,
    Document,
    broken_links,
    broken_plain_links,
    documents,
    published,
    violations,
)
from tools.shots.__main__ import kinds

ROOT = Path(__file__).resolve().parents[2]
#: The page of an edition for addresses that lead nowhere, which is served at any depth.
LOST = "404.html"
#: What other programs and people must be able to do; lesser advice is for reading.
GRAVE = {"critical", "serious", "moderate"}
#: Milliseconds that an answer of the search may take on a machine that is busy with other tests.
PATIENCE = 10_000


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as it is published."""
    return published(ROOT, tmp_path_factory)


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Document]:
    return documents(site)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = launch(playwright)
        yield started
        started.close()


def test_every_record_and_page_is_good() -> None:
    """Drawings, pictures and templates are looked at, too."""
    done = subprocess.run(
        [sys.executable, "hooks/cli.py", "check", "--published"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_link_inside_leads_somewhere(site: Path, pages: dict[str, Document]) -> None:
    assert broken_links(site, pages, "/notes/") == []


def test_every_link_of_the_markdown_pages_lands(site: Path) -> None:
    count, broken = broken_plain_links(site)
    assert count
    assert broken == []


def test_no_id_stands_twice(pages: dict[str, Document]) -> None:
    for name, page in pages.items():
        twice = [i for i, count in Counter(page.ids).items() if count > 1]
        assert not twice, f"{name}: {twice}"


def test_no_directive_is_left_over(pages: dict[str, Document]) -> None:
    for name, page in pages.items():
        text = re.sub(r"(?s)<(script|code|pre)\b.*?</\1>", "", page.text)
        assert not re.search(r"<!--\s*[a-z]+\s*(:|-->)", text), name
        assert not re.search(r"\[\^c-\d", text), name
        assert "{count:" not in text, name
        assert not re.search(r"(?:href=\"?)(?:term|claim):", text), name


def test_nothing_comes_from_elsewhere(pages: dict[str, Document]) -> None:
    """Scripts, styles, pictures, frames and prefetches are the site's own."""
    for name, page in pages.items():
        for tag, attribute, link in page.links:
            if tag == "a" or (tag == "link" and link.startswith(ADDRESS)):
                continue
            assert not re.match(r"^(?:https?:)?//", link), f"{name}: <{tag} {attribute}={link}>"
        assert "unpkg.com" not in page.text, name
        assert "fonts.g" not in page.text, name


def test_every_page_has_its_policy_and_one_style_that_it_knows(pages: dict[str, Document]) -> None:
    for name, page in pages.items():
        metas = [
            a
            for t, a in page.tags
            if t == "meta" and "content-security" in a.get("http-equiv", "").lower()
        ]
        assert len(metas) == 1, name
        assert "default-src 'none'" in metas[0]["content"], name
        assert not [t for t, a in page.tags if "style" in a], name
        [styles] = re.findall(r"(?s)<style>(.*?)</style>", page.text)
        assert f"'{script_hash(styles)}'" in metas[0]["content"], name


def test_no_page_orders_the_next_one(pages: dict[str, Document]) -> None:
    """Firefox fetches what rel=next names, and reports that the policy forbids it."""
    assert [name for name, page in pages.items() if re.search(r"rel=\"?next\b", page.text)] == []


def test_machines_can_read_it(site: Path, pages: dict[str, Document]) -> None:
    for name, page in pages.items():
        for value in re.findall(
            r"(?s)<script type=\"?application/ld\+json\"?>(.*?)</script>", page.text
        ):
            assert json.loads(value)["url"].startswith(ADDRESS), name
    index = (site / "llms.txt").read_text(encoding="utf-8")
    for path in re.findall(rf"\({re.escape(ADDRESS)}([^)]+)\)", index):
        assert (site / path).exists(), path
    for name, page in pages.items():
        if not name.endswith(LOST):
            assert (site / name.replace(".html", ".md")).exists(), name
            assert ("link", "href", ADDRESS + name) in page.links, name


def test_no_file_says_where_it_was_made(site: Path) -> None:
    for file in site.rglob("*"):
        if file.suffix in {".html", ".js", ".json", ".css", ".md", ".txt", ".svg"}:
            assert os.fspath(ROOT) not in file.read_text(encoding="utf-8"), file


def test_a_page_of_each_kind_works_for_everybody(
    site: Path, pages: dict[str, Document], browser: Browser
) -> None:
    """On a phone: nothing in the way of anybody, nothing too wide, nothing asked of other hosts.

    All of it in the first language, in the light. In another one no colours, which are the same; in
    the dark those alone.
    """
    found = []
    [first, *_] = editions_of(pages)
    others = tuple(edition for edition in editions_of(pages) if edition != first)
    with serving(site.parent) as host:
        address = f"{host}{site.name}/"
        for path in (path for path in kinds(site).values() if not path.endswith(LOST)):
            watched = Watched(
                browser, address, viewport={"width": 360, "height": 740}, color_scheme="light",
                reduced_motion="reduce", service_workers="block", locale=language_of(pages[path]),
            )  # fmt: skip
            page = watched.page
            page.goto(address + path)
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, f"{path} is {wide} px too wide"
            if path.startswith(others):
                found += faults(page, path, rules={"color-contrast": {"enabled": False}})
            else:
                found += faults(page, path)
                page.emulate_media(color_scheme="dark", reduced_motion="reduce")
                page.locator("body[data-md-color-scheme=slate]").wait_for()
                found += faults(page, f"{path} in the dark", runOnly=["color-contrast"])
            watched.close()
    assert found == []


def faults(page: Page, where: str, **options: Any) -> list[str]:
    """What axe finds in a page, one line each; what passes is as long as the page."""
    found = violations(page, {**options, "resultTypes": ["violations"]})
    return [
        f"{where} {item['id']}: {item['nodes'][0]['html'][:160]}"
        for item in found
        if item["impact"] in GRAVE
    ]


def editions_of(pages: dict[str, Document]) -> list[str]:
    """The folders of a site's editions, the first edition's first: each has a page for the lost."""
    return sorted((name.removesuffix(LOST) for name in pages if name.endswith(LOST)), key=len)


def test_the_search_finds_the_pages(
    site: Path, pages: dict[str, Document], browser: Browser
) -> None:
    """What stands in the heading of a page leads there, typed into the search of its edition."""
    found = re.compile(r"(?s)<h1[^>]*>(.*?)</h1>")
    headings = {
        name: html.unescape(re.sub(r"<a\b.*?</a>|<[^>]+>", "", match[1])).strip()
        for name, page in pages.items()
        if not name.endswith(LOST) and (match := found.search(page.text))
    }
    editions = editions_of(pages)
    missed = []
    with serving(site.parent) as host:
        for edition in editions:
            others = tuple(e for e in editions if e.startswith(edition) and e != edition)
            # Who prefers another language is led to its edition.
            watched = Watched(
                browser, host, viewport={"width": 1280, "height": 800},
                locale=language_of(pages[f"{edition}index.html"]),
            )  # fmt: skip
            watched.page.goto(f"{host}{site.name}/{edition}index.html")
            for name, heading in headings.items():
                if name.startswith(edition) and not name.startswith(others):
                    missed += [] if leads(watched.page, heading, name) else [f"{heading} ({name})"]
            watched.close()
    assert missed == []


def language_of(page: Document) -> str:
    """The language that a page says it is in."""
    found = re.search(r'<html\b[^>]*\blang="?([\w-]+)', page.text)
    assert found
    return found[1]


def leads(page: Page, text: str, name: str) -> bool:
    """Whether the search, asked for a text, shows a link to a page."""
    page.locator("[data-md-component=search-query]").fill(text)
    results = page.locator("[data-md-component=search-result]")
    try:
        results.locator(f"a[href*='{name}']").first.wait_for(state="attached", timeout=PATIENCE)
    except NothingCame:
        return False
    return True
