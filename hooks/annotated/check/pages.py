"""Rules about pages: front matter, headings, directives, marks, links, counts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

from annotated.check.references import file_target, page_target, unknown
from annotated.records.load import Site
from annotated.records.nesting import MOST_LEVELS, deepest
from annotated.records.pages import Directive, Link, Page
from annotated.records.problems import Place, Problem, nearest

KINDS = ("home", "concept", "compare", "reference")
FRONT_KEYS = ("title", "description", "names", "kind", "checked", "hide", "search")
DIRECTIVES = ("tally", "comparison", "claims", "changes", "glossary", "sheet", "status", "decision")
COUNTS = (
    "lines", "claims", "correct", "imprecise", "garbled", "wrong", "outdated", "gap", "personal",
    "ours", "terms", "comparisons", "cells", "changes", "sources", "pages", "diagrams",
)  # fmt: skip


def front_matter(site: Site) -> Iterable[Problem]:
    """Each page says what it is for, its kind, and when it was last checked."""
    for page in site.pages.values():
        if page.meta is None:
            if page.text.startswith("---"):
                continue  # broken front matter has been reported by the parser
            yield Problem(
                Place(page.file), "front-matter", "expected 'description', 'kind' and 'checked'"
            )
            continue
        for key in page.meta.value:
            if key not in FRONT_KEYS:
                yield Problem(
                    page.meta.at(key),
                    "unknown-key",
                    f"unknown key '{key}'{nearest(key, FRONT_KEYS)}; expected one of {FRONT_KEYS}",
                )
        for key in ("description", "kind", "checked"):
            if not page.front(key):
                yield Problem(Place(page.file), "missing-key", f"key '{key}' is missing")
        names = page.meta.value.get("names", [])
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            yield Problem(page.meta.at("names"), "wrong-type", "expected a list: names: [a, b]")
        kind, checked = page.front("kind"), page.front("checked")
        if kind and kind not in KINDS:
            yield Problem(
                page.meta.at("kind"),
                "unknown-value",
                f"'{kind}' is not a kind of page{nearest(kind, KINDS)}; expected one of {KINDS}",
            )
        if checked and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", checked):
            yield Problem(
                page.meta.at("checked"), "bad-date", f"found '{checked}', expected like 2026-11-24"
            )


def headings(site: Site) -> Iterable[Problem]:
    """One title a page; every other heading has an explicit id of its own."""
    for page in site.pages.values():
        titles = [h for h in page.headings if h.level == 1]
        if len(titles) != 1:
            yield Problem(
                titles[1].place if titles else Place(page.file),
                "one-title",
                f"found {len(titles)} headings of level one, expected one",
            )
        seen: set[str] = set()
        for heading in page.headings:
            if heading.level > 1 and heading.id is None:
                yield Problem(
                    heading.place,
                    "heading-without-id",
                    f"'{heading.text}' needs an id, like {{#{_slug(heading.text)}}}",
                )
            if heading.id in seen:
                yield Problem(
                    heading.place, "duplicate-id", f"id '{heading.id}' stands twice on this page"
                )
            if heading.id:
                seen.add(heading.id)


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "name"


def directives(site: Site) -> Iterable[Problem]:
    """Each directive exists, and what it names exists."""
    for page in site.pages.values():
        for directive in page.directives:
            yield from _directive(site, directive)


def _directive(site: Site, directive: Directive) -> Iterable[Problem]:
    name, argument, place = directive.name, directive.argument, directive.place
    if name not in DIRECTIVES:
        yield Problem(
            place,
            "unknown-directive",
            f"there is no directive '{name}'{nearest(name, DIRECTIVES)}; "
            f"expected one of {', '.join(DIRECTIVES)}",
        )
    elif name == "comparison":
        yield from unknown(site, "comparison", argument, site.comparisons, place)
    elif name == "decision":
        yield from unknown(site, "decision", argument, site.decisions, place)
    elif name == "status":
        yield from unknown(site, "change", argument, site.changes, place)
    elif name == "changes":
        if argument and not re.fullmatch(r"[1-9]\d*", argument):
            yield Problem(place, "bad-argument", f"found '{argument}', expected a number, like 4")
    elif argument:
        yield Problem(place, "bad-argument", f"'{name}' takes no argument, found '{argument}'")


def marks(site: Site) -> Iterable[Problem]:
    """Each mark names known claims and stands in running text."""
    for page in site.pages.values():
        for mark in page.marks:
            place = mark.places[0]
            if not mark.ids:
                yield Problem(place, "empty-mark", "a mark names a claim, like [^c-001]")
            if mark.inside:
                yield Problem(
                    place,
                    f"mark-in-{mark.inside}",
                    f"a mark may not stand in a {mark.inside}; put it at the end of a sentence",
                )
            for claim, where in zip(mark.ids, mark.places, strict=False):
                yield from unknown(site, "claim", claim, site.claims, where)


def links(site: Site) -> Iterable[Problem]:
    """Each link inside the site leads to a page and a heading that exist."""
    for page in site.pages.values():
        for link in page.links:
            yield from _link(site, page, link)


def _link(site: Site, page: Page, link: Link) -> Iterable[Problem]:
    scheme, _, rest = link.target.partition(":")
    if scheme == "term":
        yield from unknown(site, "term", rest, site.terms, link.place)
    elif scheme == "claim":
        yield from unknown(site, "claim", rest, site.claims, link.place)
    elif re.match(r"^(?:https|mailto):", link.target):
        return
    elif re.match(r"^[a-z][a-z0-9+.-]*:", link.target) or link.target.startswith("//"):
        known = ("https", "mailto", "term", "claim")
        yield Problem(
            link.place,
            "unknown-scheme",
            f"'{link.target}': expected a page, or one of {known}{nearest(scheme, known)}",
        )
    elif link.target.startswith("/"):
        yield Problem(
            link.place, "absolute-link", f"'{link.target}': expected a path relative to this page"
        )
    else:
        written, _, anchor = link.target.partition("#")
        path = unquote(written.partition("?")[0])
        if path and not path.endswith(".md"):
            yield from file_target(site, path, link.place, base=page.path)
        else:
            yield from page_target(site, f"{path}#{unquote(anchor)}", link.place, base=page.path)


def nesting(site: Site) -> Iterable[Problem]:
    """HTML in a page is not nested deeper than programs can follow."""
    for page in site.pages.values():
        depth = deepest(page.text)
        if depth > MOST_LEVELS:
            yield Problem(
                Place(page.file, page.body_line),
                "too-deep",
                f"elements stand {depth} deep in each other, expected {MOST_LEVELS} at most",
            )


def special_pages(site: Site) -> Iterable[Problem]:
    """What other pages link to has its page: terms, statements and changes in full."""
    if "page" in site.unreadable:
        return
    there = {
        directive.name
        for page in site.pages.values()
        for directive in page.directives
        if not directive.argument
    }
    for name, kind, places in (
        ("glossary", "term", [term.at("id") for term in site.terms.values()]),
        ("claims", "claim", [claim.at("id") for claim in site.claims.values()]),
        ("changes", "change", [change.at("id") for change in site.changes.values()]),
    ):
        if places and name not in there:
            yield Problem(
                min(places),
                "missing-page",
                f"no page holds '<!-- {name} -->', where links to a {kind} lead: add one",
            )


def counts(site: Site) -> Iterable[Problem]:
    """Each number in prose is one that the site counts."""
    known = {*COUNTS, *(f"minutes-{p.section}" for p in site.pages.values() if p.section)}
    for page in site.pages.values():
        for count in page.counts:
            yield from unknown(site, "count", count.name, known, count.place)
