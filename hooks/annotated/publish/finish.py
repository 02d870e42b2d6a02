"""The last step of a published build: from what MkDocs wrote to what readers get.

Values in, values out: the files of the site by path, as bytes.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Callable, Container
from dataclasses import dataclass

import minify_html

from annotated.publish.cards import FOLDER as CARDS
from annotated.publish.cards import card_of
from annotated.publish.metadata import SiteFacts, head_links, llms_txt, open_search
from annotated.publish.offline import manifest, service_worker
from annotated.publish.policy import inline_texts, judged_scripts, with_policy
from annotated.publish.scripts import smaller_inline_scripts, smaller_script
from annotated.publish.styles import linked_sheets, one_stylesheet, with_one_sheet
from annotated.records.nesting import MOST_LEVELS, deepest
from annotated.records.pages import Page
from annotated.records.problems import Place, Problem, in_order
from annotated.render.edition import Edition
from annotated.render.plain import page_markdown

WORKER = "assets/offline/sw.js"
ICON = "assets/mark.svg"
SCRIPT = "assets/site.js"

# Firefox takes it as an order to fetch the next page, which the policy forbids and reports: it
# becomes a word for scripts/keys.js, which makes it a link when the page key is pressed.
_NEXT = re.compile(r'<link rel="next" href="([^"]*)">')


@dataclass(frozen=True)
class Release:
    """What the finishing needs to know beside the files."""

    facts: SiteFacts
    order: list[str]  # pages in the order of the navigation
    icons: list[str]  # images for the web app manifest
    diagram: Callable[[str], str | None]  # says a diagram in words
    scripts: frozenset[str] = frozenset()  # texts of our own inline scripts
    templates: frozenset[str] = frozenset({"404.html"})  # pages that the theme makes by itself


def finish(files: dict[str, bytes], edition: Edition, release: Release) -> dict[str, bytes]:
    """Return the files to publish.

    Raises:
        ValueError: a page does not have the shape that a step relies on, or holds a script that
            nobody knows; names the page.
    """
    out = dict(files)
    strange: list[Problem] = []
    pages = {page.output: page for page in edition.site.pages.values()}
    # What an author has copied in stays as it is: it may prove whose site this is.
    made = [path for path in files if path in pages or path in release.templates]
    html = {path: files[path].decode("utf-8") for path in made}
    if SCRIPT in out:
        out[SCRIPT] = smaller_script(out[SCRIPT].decode("utf-8")).encode("utf-8")
    _one_stylesheet(out, html)
    for path, text in html.items():
        added = ""
        try:
            if path in pages:
                root = posixpath.relpath(".", posixpath.dirname(path) or ".") + "/"
                root = "" if root == "./" else root
                card = _card(pages[path], edition, release.facts.name, out)
                added = head_links(pages[path], edition, release.facts, root, card)
                text = text.replace("</head>", added + "</head>", 1)
                text = _NEXT.sub(r'<meta name="next" content="\1">', text)
                # Only a published page knows of the worker: serve never registers it.
                text = text.replace(
                    '<span class="offline"', f'<span class="offline" data-root="{root}"', 1
                )
            own = release.scripts.union(inline_texts(added))
            # Judged while "<" is still escaped in attributes; hashed as it will be read.
            _, unknown = judged_scripts(text, path, own)
            strange += [_strange(pages.get(path), path, found) for found in unknown]
            text, shorter = smaller_inline_scripts(_smaller(text), own)
            hashes, _ = judged_scripts(text, path, own | shorter)
            out[path] = with_policy(text, hashes).encode("utf-8")
        except ValueError as error:
            raise ValueError(f"{path}: {error}") from error
    if strange:
        raise ValueError("\n".join(map(str, in_order(strange))))
    for page in edition.site.pages.values():
        out[page.path] = page_markdown(page, edition, release.diagram).encode("utf-8")
    facts = release.facts
    out["llms.txt"] = llms_txt(edition, facts, release.order).encode("utf-8")
    out["manifest.webmanifest"] = manifest(
        facts.name, facts.description, facts.language, release.icons
    ).encode("utf-8")
    if facts.url:
        out["opensearch.xml"] = open_search(facts, ICON).encode("utf-8")
    template = out.pop(WORKER, None)
    if template is not None:
        prefix = re.sub(r"[^a-z0-9]+", "-", facts.name.lower()).strip("-") + ":"
        out["sw.js"] = service_worker(template.decode("utf-8"), out, prefix).encode("utf-8")
    return out


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


def _card(page: Page, edition: Edition, site: str, files: Container[str]) -> str | None:
    """The picture of a page, or the home page's where it has none of its own."""
    home = edition.site.pages.get("index.md")
    for candidate in (page, home):
        if candidate is not None:
            path = f"{CARDS}/{card_of(candidate, edition, site).name}"
            if path in files:
                return path
    return None


def _one_stylesheet(out: dict[str, bytes], html: dict[str, str]) -> None:
    """Replace the stylesheets by one, named by its content, in `out` and in every page."""
    index = html.get("index.html")
    if index is None:
        return
    sheets = [posixpath.normpath(href) for href in linked_sheets(index)]
    scripts = [
        content.decode("utf-8", "replace")
        for path, content in out.items()
        if path.endswith(".js") and "/lunr/" not in path and not path.startswith("search/")
    ]
    css = one_stylesheet(
        [out[sheet].decode("utf-8") for sheet in sheets if sheet in out], html.values(), scripts
    )
    name = f"assets/site.{hashlib.sha256(css.encode()).hexdigest()[:8]}.css"
    for path, text in html.items():
        first = (linked_sheets(text) or [""])[0]
        root = first.removesuffix(sheets[0]) if sheets else ""
        html[path] = with_one_sheet(text, root + name)
    for sheet in sheets:
        out.pop(sheet, None)
        out.pop(sheet + ".map", None)
    out[name] = css.encode("utf-8")


def _smaller(html: str) -> str:
    depth = deepest(html)
    if depth > MOST_LEVELS:  # the minifier would end the whole process
        raise ValueError(f"elements stand {depth} deep in each other, {MOST_LEVELS} at most")
    return minify_html.minify(
        html,
        keep_closing_tags=True,
        keep_html_and_head_opening_tags=True,
        keep_input_type_text_attr=True,
        minify_doctype=False,
    )
