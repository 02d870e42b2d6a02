"""The last step of a published build: from what MkDocs wrote to what readers get.

Values in, values out: the files of the site by path, as bytes.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Collection, Container, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import minify_html

from annotated.publish.cards import FOLDER as CARDS
from annotated.publish.cards import card_of
from annotated.publish.editions import (
    LOST,
    lost_in_any_language,
    one_sitemap,
    share,
    sharing,
    sharing_twin,
)
from annotated.publish.feed import FEED
from annotated.publish.first_paint import Look, linked_sheets, look_of, styled
from annotated.publish.metadata import SiteFacts, head_links, llms_txt, open_search
from annotated.publish.offline import (
    PAGE_SCRIPT,
    REMOVER,
    SIZE,
    WORKER_FILES,
    bytes_by_edition,
    manifest,
    page_script,
    service_worker,
)
from annotated.publish.packs import packs_of
from annotated.publish.page_html import without_idle_marks, without_wraps
from annotated.publish.policy import inline_texts, judged_scripts, with_policy
from annotated.publish.scripts import smaller_inline_scripts, smaller_script
from annotated.records.pages import Page
from annotated.records.problems import Place, Problem, in_order
from annotated.records.urls import named_by
from annotated.render.edition import Edition
from annotated.render.twin import page_markdown

WORKER = "sw.js"
ICON = "assets/mark.svg"
SCRIPT = "assets/site.js"

# Which versions built a page is nothing that a reader needs.
_GENERATOR = re.compile(r'<meta name="generator" content="[^"]*">\s*')
# Firefox takes it as an order to fetch the next page, which the policy forbids and reports: it
# becomes a word for scripts/keys.js, which makes it a link when the page key is pressed.
_NEXT = re.compile(r'<link rel="next" href="([^"]*)">')

_SCRIPT_LINK = re.compile(rf'(<script[^>]* src="[^"]*){re.escape(SCRIPT)}"')


@dataclass(frozen=True)
class Release:
    """What the finishing needs to know beside the files."""

    facts: SiteFacts
    order: list[str]  # pages in the order of the navigation
    icons: list[str]  # images for the web app manifest
    diagram: Callable[[str], str | None]  # says a diagram in words
    scripts: frozenset[str] = frozenset()  # texts of our own inline scripts
    templates: frozenset[str] = frozenset({"404.html"})  # pages that the theme makes by itself
    offline: bool = True  # whether readers' browsers keep a copy
    sections: Mapping[str, str] = field(default_factory=dict)  # what the navigation calls folders


@dataclass(frozen=True)
class Part:
    """One edition of the site, to finish together with the others."""

    edition: Edition
    release: Release

    @property
    def folder(self) -> str:
        """Where it stands below the site's root."""
        return self.release.facts.folder

    @property
    def pages(self) -> dict[str, Page | None]:
        """What the build made, by path: pages, and what the theme makes by itself."""
        pages = {page.output: page for page in self.edition.site.pages.values()}
        return {**dict.fromkeys(sorted(self.release.templates)), **pages}


def finish(files: MutableMapping[str, bytes], parts: Sequence[Part]) -> None:
    """Make of the `files` of a built site those to publish, one page at a time.

    Args:
        files: the site, with every edition in its folder.
        parts: the editions, the first one first.

    Raises:
        ValueError: a page does not have the shape that a step relies on, or holds a script that
            nobody knows; names the page.
    """
    first = parts[0].release
    base = urlsplit(first.facts.url).path.rstrip("/") + "/"
    common: dict[str, set[str]] = {}
    for part in parts[1:]:
        shared = common[part.folder] = share(files, part.folder)
        for path in [path for path in part.pages if part.folder + path in files]:
            html = files[part.folder + path].decode("utf-8")
            html = sharing(html, path, shared, part.folder, base)
            files[part.folder + path] = html.encode("utf-8")
    if len(parts) > 1:
        pages = {part.folder: files[part.folder + LOST].decode("utf-8") for part in parts}
        files[LOST] = lost_in_any_language(pages).encode("utf-8")
    # What an author has copied in stays as it is: it may prove whose site this is.
    made = [(part, path) for part in parts for path in part.pages if part.folder + path in files]
    all_words = {part.edition.language: part.edition.words.entries for part in parts}
    script = _one_script(files, _offline_script(files, all_words) if first.offline else "")
    look = _look(files, [part.folder + path for part, path in made])
    strange: list[Problem] = []
    for part, path in made:
        try:
            strange += _finish_page(files, part, path, script, look)
        except ValueError as error:
            raise ValueError(f"{part.folder}{path}: {error}") from error
    if strange:
        raise ValueError("\n".join(map(str, in_order(strange))))
    for part in parts:
        _add_beside(files, part, common.get(part.folder, set()))
    one_sitemap(files, [part.release.facts for part in parts])
    _keep_offline(files, first, [part.folder for part in parts[1:]])


def _finish_page(
    files: MutableMapping[str, bytes], part: Part, path: str, script: str, look: Look | None
) -> list[Problem]:
    """Give a page its last form; return what acts in it and is not known."""
    name, page = part.folder + path, part.pages[path]
    html, styles, added = files[name].decode("utf-8"), "", ""
    html = _SCRIPT_LINK.sub(rf'\1{script}"', html)
    if look is not None:
        html, styles = styled(html, look)
    if page is not None:
        html, added = _head(html, page, part.edition, part.release, files)
    own = part.release.scripts.union(inline_texts(added))
    # Judged while "<" is still escaped in attributes; hashed as it will be read.
    _, unknown = judged_scripts(html, name, own)
    html, shorter = smaller_inline_scripts(_smaller(without_wraps(without_idle_marks(html))), own)
    hashes, _ = judged_scripts(html, name, own | shorter)
    files[name] = with_policy(html, hashes, styles).encode("utf-8")
    return [_strange(page, name, found) for found in unknown]


def _head(
    html: str, page: Page, edition: Edition, release: Release, files: Container[str]
) -> tuple[str, str]:
    """Return a page with what machines read of it in its head, and that part alone."""
    root = posixpath.relpath(".", posixpath.dirname(page.output) or ".") + "/"
    root = "" if root == "./" else root
    card = _card(page, edition, release.facts.name, files)
    feed = FEED if release.facts.folder + FEED in files else ""
    added = head_links(page, edition, release.facts, root, card, feed)
    html = html.replace("</head>", added + "</head>", 1)
    html = _GENERATOR.sub("", html)
    html = _NEXT.sub(r'<meta name="next" content="\1">', html)
    # Only a published page knows of the worker: serve never registers it.
    found = '<span class="offline"'
    folder = release.facts.folder
    known = f'{found} data-language="{edition.language}" data-folder="{folder}"'
    return html.replace(found, known, 1), added


def _add_beside(files: MutableMapping[str, bytes], part: Part, shared: Collection[str]) -> None:
    """Add what stands beside the pages of an edition; `shared` is at the site's root alone."""
    edition, folder, facts = part.edition, part.folder, part.release.facts
    for page in edition.site.pages.values():
        text = page_markdown(page, edition, part.release.diagram)
        text = sharing_twin(text, page.path, shared, folder)
        files[folder + page.path] = text.encode("utf-8")
    files[folder + "llms.txt"] = llms_txt(
        edition, facts, part.release.order, part.release.sections
    ).encode("utf-8")
    icons = [posixpath.relpath(icon, folder or ".") for icon in part.release.icons]
    files[folder + "manifest.webmanifest"] = manifest(
        facts.name, facts.description, facts.language, icons
    ).encode("utf-8")
    if facts.url:
        files[folder + "opensearch.xml"] = open_search(facts, ICON).encode("utf-8")


def _strange(page: Page | None, path: str, found: str) -> Problem:
    """Say that something in a page acts and is not known, at its place if a page holds it."""
    place = Place(path)
    if page is not None:
        tag = re.match(r"<\w+", found)
        at = re.search(re.escape(tag[0] if tag else found), page.text, re.IGNORECASE)
        before = page.text[: at.start()] if at else ""
        place = Place(page.file, before.count("\n") + 1, len(before) - before.rfind("\n"))
    return Problem(
        place,
        "unknown-script",
        f"found '{found}'; a page runs the site's own scripts, and no other",
    )


def without_worker(files: MutableMapping[str, bytes], *, first: bool) -> None:
    """Leave the offline copy out of an edition.

    Beside the first one, sw.js removes the worker that an earlier visit has left, and what it
    has kept.
    """
    remover = files.pop(REMOVER, None)
    if first and remover is not None:
        files[WORKER] = remover
    for path in (*WORKER_FILES, PAGE_SCRIPT):
        files.pop(path, None)


def _offline_script(
    files: MutableMapping[str, bytes], words: Mapping[str, Mapping[str, str]]
) -> str:
    """Add the page's part of the copy, and return its path."""
    script = smaller_script(page_script(files[PAGE_SCRIPT], words))
    name = f"assets/offline.{named_by(script)}.js"
    files[name] = script.encode("utf-8")
    return name


def _keep_offline(
    files: MutableMapping[str, bytes], release: Release, editions: Sequence[str]
) -> None:
    """Add the worker and its packs, once every other file has its last form."""
    sources = {path: files[path] for path in WORKER_FILES}
    files[WORKER] = files.pop(REMOVER)
    for path in (*WORKER_FILES, PAGE_SCRIPT):
        del files[path]
    if not release.offline:
        return
    packs = packs_of(files, editions)
    base = urlsplit(release.facts.url).path.rstrip("/") + "/"
    files[WORKER] = smaller_script(service_worker(sources, packs, base)).encode("utf-8")
    files[SIZE] = json.dumps({"bytes": bytes_by_edition(packs)}).encode("utf-8")
    for pack in packs:
        files[pack.path] = pack.content


def _card(page: Page, edition: Edition, site: str, files: Container[str]) -> str | None:
    """The picture of a page, or the home page's where it has none of its own."""
    home = edition.site.pages.get("index.md")
    for candidate in (page, home):
        if candidate is not None:
            path = f"{CARDS}/{card_of(candidate, edition, site).name}"
            if path in files:
                return path
    return None


def _look(files: MutableMapping[str, bytes], made: Sequence[str]) -> Look | None:
    """Replace the stylesheets by the one that follows; None where no start page links any."""
    linked = linked_sheets(files["index.html"].decode("utf-8")) if "index.html" in made else []
    if not linked:
        return None
    look = look_of(linked, (files[path].decode("utf-8") for path in made), files)
    for sheet in look.replaced:
        files.pop(sheet, None)
        files.pop(sheet + ".map", None)
    files[look.path] = look.css.encode("utf-8")
    return look


def _one_script(files: MutableMapping[str, bytes], offline: str) -> str:
    """Name the site's own script by its content, so that an old copy never meets a new page.

    `offline` is the file beside it that it loads at last, or "": under serve it stays unnamed.
    """
    if SCRIPT not in files:
        return SCRIPT
    script = files.pop(SCRIPT).decode("utf-8")
    if offline:
        script = script.replace("%OFFLINE%", posixpath.basename(offline))
    script = smaller_script(script)
    name = f"assets/site.{named_by(script)}.js"
    files[name] = script.encode("utf-8")
    return name


def _smaller(html: str) -> str:
    return minify_html.minify(
        html,
        keep_closing_tags=True,
        keep_html_and_head_opening_tags=True,
        keep_input_type_text_attr=True,
        minify_doctype=False,
    )
