"""What the editions of a site share, and how machines learn of each: values in, values out."""

from __future__ import annotations

import gzip
import posixpath
import re
from collections.abc import Collection, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

from markupsafe import Markup

from annotated.publish.metadata import SiteFacts
from annotated.records.urls import url_of
from annotated.records.wording import language_name
from annotated.render.edition import Edition
from annotated.render.parts import part

SITEMAP = "sitemap.xml"
_ENTRY = re.compile(r"<url>\s*<loc>(?P<address>[^<]*)</loc>(?P<rest>.*?)</url>", re.DOTALL)
_URLSET = "<urlset "
_XHTML = 'xmlns:xhtml="http://www.w3.org/1999/xhtml" '
LOST = "404.html"
#: What pages show and load, and no program reads on its own: that has one place.
_SHARED = re.compile(
    r"^assets/|^licences\.txt$|\.(svg|png|jpe?g|gif|webp|avif|ico|woff2?|pdf|mp[34]|webm|ogg)$"
)
_LINK = re.compile(r'="([^"?#:\s]+)(?=["?#])')
#: What the page for lost readers says, in the template.
_SAID = re.compile(r"<!-- lost -->(.*)<!-- /lost -->", re.DOTALL)
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_CONFIG = re.compile(r'<script id="__config"[^>]*>(.*?)</script>', re.DOTALL)


@dataclass(frozen=True)
class Way:
    """The way from a page to the same page of another edition."""

    language: str
    name: str  # of the language, in itself
    href: str
    offer: str  # one line, in that language


def ways_from(path: str, own: Edition, editions: Iterable[Edition]) -> list[Way]:
    """Return the ways from the page at `path`, below an edition's root, to the other editions.

    The page for lost readers stands at any address: its ways begin at the site's root.
    """
    here = posixpath.dirname(own.folder + path) or "."
    found = []
    for other in editions:
        if other.folder != own.folder:
            there = other.folder + ("index.html" if path == LOST else path)
            href = there if path == LOST else posixpath.relpath(there, here)
            name = language_name(other.language)
            found.append(Way(other.language, name, url_of(href), other.words("edition-offer")))
    return found


#: Code, or where a link or a picture of Markdown leads.
_TWIN_LINK = re.compile(
    r"(?ms)^(?P<fence>[ >\t]*(?:`{3,}|~{3,})).*?^(?P=fence)|`[^`\n]*`"
    r"|(?P<head>\]\(|^ {0,3}\[[^\]\n]+\]:\s+)(?:<(?P<open>[^<>\n]*)>|(?P<bare>[^\s<>()]+))"
)


def share(files: MutableMapping[str, bytes], folder: str) -> set[str]:
    """Remove from the edition in `folder` what the first edition publishes as well.

    Returns:
        The paths of what was removed, below the edition's root.
    """
    own = (path.removeprefix(folder) for path in files if path.startswith(folder))
    same = {
        path
        for path in own
        if _SHARED.search(path) and path in files and files[path] == files[folder + path]
    }
    for path in same:
        del files[folder + path]
    return same


def sharing(html: str, page: str, shared: Collection[str], folder: str, base: str) -> str:
    """Return a page of the edition in `folder`, with the way to what is `shared`.

    Args:
        html: the page.
        page: its path below the edition's root.
        shared: the paths of what stands at the site's root alone.
        folder: where the edition stands, like ``ko/``.
        base: the path that the site is built for, which only pages for lost readers name.

    >>> sharing('<a href="../a.css"></a><a href="../b.css"></a>', "x/y.html", {"a.css"}, "ko/", "/")
    '<a href="../../a.css"></a><a href="../b.css"></a>'
    """
    here = posixpath.dirname(page)
    there = posixpath.dirname(folder + page)

    def way(match: re.Match[str]) -> str:
        link = unquote(match[1])
        if page == LOST and link.startswith(base + folder):
            path = link.removeprefix(base + folder)
            return f'="{base}{url_of(path)}' if path in shared else match[0]
        path = posixpath.normpath(posixpath.join(here, link))
        found = path in shared and page != LOST
        return f'="{url_of(posixpath.relpath(path, there))}' if found else match[0]

    return _LINK.sub(way, html)


def sharing_twin(text: str, page: str, shared: Collection[str], folder: str) -> str:
    """Return the Markdown of a page of the edition in `folder`, with the way to what is `shared`.

    >>> sharing_twin("![A](a.png) ![B](<b c.png>) `](a.png)`", "x.md", {"a.png", "b c.png"}, "ko/")
    '![A](../a.png) ![B](../b%20c.png) `](a.png)`'
    """
    here = posixpath.dirname(page)
    there = posixpath.dirname(folder + page)

    def way(match: re.Match[str]) -> str:
        if not match["head"]:
            return match[0]  # code
        path = posixpath.normpath(posixpath.join(here, unquote(match["open"] or match["bare"])))
        if path not in shared:
            return match[0]
        return match["head"] + url_of(posixpath.relpath(path, there))

    return _TWIN_LINK.sub(way, text)


def alternates(path: str, editions: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the language and the address of a page in each edition, and in any other language.

    Args:
        path: the page, as it stands in an address.
        editions: language and address of each edition, the first one first.

    >>> alternates("a.html", [("en", "https://t.test/"), ("ko", "https://t.test/ko/")])[1:]
    [('ko', 'https://t.test/ko/a.html'), ('x-default', 'https://t.test/a.html')]
    """
    if len(editions) < 2:
        return []
    found = [(language, address + path) for language, address in editions]
    return [*found, ("x-default", editions[0][1] + path)]


def one_sitemap(files: MutableMapping[str, bytes], editions: Sequence[SiteFacts]) -> None:
    """Make one list of all pages of all editions, where each names the others."""
    if len(editions) < 2:
        return
    entries = []
    addresses = [(facts.language, facts.url) for facts in editions if facts.url]
    for facts in editions:
        name = facts.folder + SITEMAP
        for match in _ENTRY.finditer(files.get(name, b"").decode("utf-8")):
            path = match["address"].removeprefix(facts.url)
            links = "".join(
                f'<xhtml:link rel="alternate" hreflang="{language}" href="{address}"/>'
                for language, address in alternates(path, addresses)
            )
            entries.append(
                f"<url><loc>{match['address']}</loc>{match['rest'].strip()}{links}</url>"
            )
        if facts.folder:
            for path in (name, name + ".gz"):
                files.pop(path, None)
    if SITEMAP not in files:
        return
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n{_URLSET}{_XHTML}'
    text = head + 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    files[SITEMAP] = (text + "\n".join(entries) + "\n</urlset>\n").encode("utf-8")
    files[SITEMAP + ".gz"] = gzip.compress(files[SITEMAP], 9, mtime=0)


def lost_in_any_language(pages: Mapping[str, str]) -> str:
    """Return the page for lost readers, which speaks the language of the address.

    A host shows one such page for all addresses. It holds what each edition says; a script shows
    the one whose folder the address names (``inline/lost.js``). Without scripts all are read.

    Args:
        pages: that page of each edition, by the edition's folder, the first one first.

    Raises:
        ValueError: a page has another shape than expected.
    """
    parts = []
    for folder, page in pages.items():
        said, title, config = (_one(pattern, page) for pattern in (_SAID, _TITLE, _CONFIG))
        language = re.search(r'<html lang="([^"]*)"', page)
        parts.append(
            part(
                "lost",
                language=language[1] if language else "",
                place=folder,
                title=unescape(title),
                config=config,
                said=Markup(said),  # noqa: S704 (a part of a finished page)
            )
        )
    first = next(iter(pages.values()))
    return _SAID.sub(lambda _: "\n".join(parts), first)


def _one(pattern: re.Pattern[str], page: str) -> str:
    found = pattern.findall(page)
    if len(found) != 1:
        raise ValueError(f"{LOST}: expected {pattern.pattern!r} once, found it {len(found)} times")
    return str(found[0])
