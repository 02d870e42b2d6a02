"""Build a project with MkDocs in this process or as a command, and read back its HTML."""

from __future__ import annotations

import os
import posixpath
import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from filelock import FileLock
from playwright.sync_api import Error, Page

from annotated.records.pages import read_page


def mkdocs(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run MkDocs in `root` and return what it said."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", *(arguments or ("build",))],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1", **environment},
    )


def violations(
    page: Page, options: dict[str, Any], within: list[list[str]] | None = None
) -> list[dict[str, Any]]:
    """What axe finds in a page, or in parts of it: the page keeps what was loaded into it first.

    Args:
        page: where to look.
        options: axe's own.
        within: the selectors of the parts, one in each list; the whole page if there are none.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    given = [{"include": within} if within else None, options]
    run = "async ([parts, options]) => (await axe.run(parts ?? document, options)).violations"
    found: list[dict[str, Any]] = page.evaluate(run, given)
    return found


#: Seconds; a busy machine may take its time, and nothing waits longer than it must.
PATIENCE = 60.0


def until(page: Page, true: str | Callable[[], object], patience: float = PATIENCE) -> None:
    """Let a page go on until something holds; what Playwright offers for this, a page's policy forbids.

    `wait_for_function` asks once by itself and then from within the page, by `eval`: where the
    first answer is yes, nobody notices.

    Args:
        page: it may load another document meanwhile.
        true: an expression or function of JavaScript, whose promise is waited for, or what only the
            test can see.
        patience: seconds.
    """
    end = time.monotonic() + patience
    while True:
        try:
            if page.evaluate(true) if isinstance(true, str) else true():
                return
        except Error as error:
            if "context was destroyed" not in error.message:
                raise
        assert time.monotonic() < end, f"it never held: {true}"
        page.wait_for_timeout(20)


def escape(page: Page) -> None:
    """Press Escape and wait until nothing is open: a browser closes its windows when it comes to it."""
    page.keyboard.press("Escape")
    until(page, "!document.querySelector('dialog[open], :popover-open')")


#: Below a sub-path, as GitHub Pages serves a project.
ADDRESS = "https://someone.github.io/notes/"


def published(root: Path, factory: pytest.TempPathFactory) -> Path:
    """The site at `root` as GitHub Pages gets it, built without a warning, once in a run of tests.

    It is for reading: who changes it takes a copy. It stands alone in its folder, which a test can
    serve, so that the site is below a sub-path.
    """
    base = factory.getbasetemp()
    if base.name.startswith("popen-"):  # as pytest-xdist names a process's part of the run's folder
        base = base.parent
    folder = base / "published" / "notes"
    with FileLock(base / "published.lock"):
        if not folder.exists():
            done = mkdocs(
                *(root, "build", "-d", str(folder)),
                SITE_URL=ADDRESS, REPOSITORY_URL="https://github.com/a/b",
            )  # fmt: skip
            assert done.returncode == 0, done.stderr
            assert "WARNING" not in done.stderr
    return folder


@dataclass
class Document(HTMLParser):
    """What a test asks of a built page."""

    text: str
    ids: list[str] = field(default_factory=list)
    links: list[tuple[str, str, str]] = field(default_factory=list)  # tag, attribute, address
    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        self.tags.append((tag, given))
        if tag in ("title", "textarea"):  # they hold text only, which Python's parser does not know
            self.set_cdata_mode(tag)
        if "id" in given:
            self.ids.append(given["id"])
        for name in ("href", "src", "action", "poster", "data"):
            if name in given:
                self.links.append((tag, name, given[name]))


def documents(site: Path) -> dict[str, Document]:
    """Return every HTML page of a built site by its path."""
    return {
        file.relative_to(site).as_posix(): Document(file.read_text(encoding="utf-8"))
        for file in sorted(site.rglob("*.html"))
    }


def broken_plain_links(site: Path) -> tuple[int, list[str]]:
    """Count the links inside the site of its Markdown pages, and name those that do not land."""
    pages = {
        file.relative_to(site).as_posix(): read_page(
            file.name, file.name, file.read_text(encoding="utf-8")
        )[0]
        for file in site.rglob("*.md")
    }
    count, broken = 0, []
    for name, page in pages.items():
        for link in page.links:
            if re.match("[a-z]+:", link.target):
                continue
            count += 1
            path, _, anchor = link.target.partition("#")
            file = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(path)))
            there = file if path else name
            lands = (there in pages or (site / there).is_file()) and (
                not anchor or (there in pages and unquote(anchor) in pages[there].anchors)
            )
            if not lands:
                broken.append(f"{name}: {link.target}")
    return count, broken


def broken_links(site: Path, pages: dict[str, Document], base: str = "/") -> list[str]:
    """Return each link inside the site that leads to no file or to no id.

    Args:
        site: the built site.
        pages: its pages.
        base: the path below which it is published; only the page for lost readers names it.
    """
    broken = []
    for name, page in pages.items():
        for _, _, link in page.links:
            if re.match(r"^(?:[a-z][a-z0-9+.-]*:|//)", link) or not link:
                continue
            page_url = "https://site.test/" + quote(name)
            target = urlsplit(urljoin(page_url, link))
            path = unquote(target.path).lstrip("/") or "index.html"
            if posixpath.basename(name) == "404.html" and link.startswith("/"):
                path = unquote(urlsplit(link).path).removeprefix(base).lstrip("/")
            file = site / path
            if file.is_dir():
                file = file / "index.html"
            if not file.exists():
                broken.append(f"{name}: {link}")
            elif target.fragment and file.suffix == ".html":
                relative = file.relative_to(site).as_posix()
                # What follows a question mark says what the part of that id shows.
                part = unquote(target.fragment).partition("?")[0]
                if part not in pages[relative].ids and not part.startswith("__"):
                    broken.append(f"{name}: {link} (no such id)")
    return broken
