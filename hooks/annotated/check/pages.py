"""Rules about pages: front matter, headings, directives, marks, links, counts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

from annotated.check.dates import is_day
from annotated.check.references import file_target, ids_of, page_and_anchor, unknown
from annotated.records.counts import counts_of
from annotated.records.grammar import DIRECTIVES, RECORD_SCHEMES, WEB_SCHEMES, scheme_of
from annotated.records.load import Site
from annotated.records.located import Document
from annotated.records.models import VERDICTS
from annotated.records.nesting import MOST_LEVELS, deepest
from annotated.records.pages import UNCHECKED, Directive, Link, Page
from annotated.records.problems import Place, Problem, nearest, quoted

KINDS = ("home", "concept", "compare", "lab", "reference")
FRONT_KEYS = ("title", "description", "names", "kind", "checked", "hide", "search")
#: What the theme can leave out of a page.
HIDEABLE = ("navigation", "toc", "path", "footer")
#: Shapes that each page carries once; an id of the same name would take their place.
SPRITE = {f"v-{verdict}" for verdict in VERDICTS} | {"t-yes", "t-partly", "t-no", "t-unknown"}
#: HTML that a page may hold: what structures text. What runs, frames, loads, asks or swallows the
#: rest of the page is not among it.
ELEMENTS = frozenset(
    """a abbr address article aside audio b bdi bdo blockquote br caption cite code col colgroup
    data dd del details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img
    ins kbd li mark nav ol p picture pre q rp rt ruby s samp section small source span strong sub
    summary sup table tbody td tfoot th thead time tr track u ul var video wbr""".split()
)
ATTRIBUTES = frozenset(
    """abbr align alt cite class colspan controls datetime decoding dir download headers height
    hidden href hreflang id lang loading loop markdown muted open poster preload rel reversed role
    rowspan scope span src srcset start tabindex target title translate type valign value
    width""".split()
)
#: Elements that load what they show.
SHOWN = ("img", "source", "video", "audio", "track")


def front_matter(site: Site) -> Iterable[Problem]:
    """Each page says what it is for, its kind, and when it was last checked."""
    for page in site.pages.values():
        if page.meta is None:
            continue  # the reader has said why
        for key in page.meta.value:
            if key not in FRONT_KEYS:
                yield Problem(
                    page.meta.at(key),
                    "unknown-key",
                    f"unknown key {quoted(key)}{nearest(key, FRONT_KEYS)}; "
                    f"expected one of {FRONT_KEYS}",
                )
        for key in ("description", "kind", "checked"):
            value = page.meta.value.get(key)
            if value is None or value == "":  # of any type, so no set is asked
                yield Problem(Place(page.file), "missing-key", f"key '{key}' is missing")
        yield from _front_types(page.meta)


def _front_types(meta: Document) -> Iterable[Problem]:
    """The values of the front matter are of the types that the theme and we expect."""
    value = meta.value
    for key in ("title", "description", "kind", "checked"):
        if value.get(key) is not None and not isinstance(value[key], str):
            yield _wrong_type(meta, key, "a text")
    for key in ("names", "hide"):
        if key in value and not _is_list_of_texts(value[key]):
            yield _wrong_type(meta, key, f"a list: {key}: [a, b]")
    if _is_list_of_texts(value.get("hide")):
        for index, part in enumerate(value["hide"]):
            if part not in HIDEABLE:
                yield _unknown_value(meta.at("hide", index), part, "a part of a page", HIDEABLE)
    search = value.get("search")
    if "search" in value and not (
        isinstance(search, dict)
        and all(
            (key == "exclude" and isinstance(setting, bool))
            or (key == "boost" and isinstance(setting, (int, float)) and setting is not True)
            for key, setting in search.items()
        )
    ):
        yield _wrong_type(meta, "search", "'exclude: true' or 'boost: 2' below it")
    kind, checked = value.get("kind"), value.get("checked")
    if kind and isinstance(kind, str) and kind not in KINDS:
        yield _unknown_value(meta.at("kind"), kind, "a kind of page", KINDS)
    if checked and isinstance(checked, str) and checked != UNCHECKED and not is_day(checked):
        yield Problem(
            meta.at("checked"),
            "bad-date",
            f"found {quoted(checked)}, expected a day like 2026-11-24, or 'open' before the "
            "first check",
        )


def _is_list_of_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _wrong_type(meta: Document, key: str, expected: str) -> Problem:
    found = "nothing" if meta.value[key] is None else quoted(meta.value[key])
    return Problem(meta.at(key), "wrong-type", f"'{key}' holds {found}, expected {expected}")


def _unknown_value(place: Place, found: str, what: str, known: tuple[str, ...]) -> Problem:
    return Problem(
        place,
        "unknown-value",
        f"{quoted(found)} is not {what}{nearest(found, known)}; expected one of {known}",
    )


def headings(site: Site) -> Iterable[Problem]:
    """One title a page; every other heading has an explicit id."""
    for page in site.pages.values():
        titles = [h for h in page.headings if h.level == 1]
        if len(titles) != 1:
            yield Problem(
                titles[1].place if titles else Place(page.file),
                "one-title",
                f"found {len(titles)} headings of level one, expected one",
            )
        for heading in page.headings:
            if heading.level > 1 and heading.id is None:
                yield Problem(
                    heading.place,
                    "heading-without-id",
                    f"{quoted(heading.text)} needs an id, like {{#{_slug(heading.text)}}}",
                )


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "name"


def unique_ids(site: Site) -> Iterable[Problem]:
    """No id stands twice on a page, whoever makes it: a heading, a list, a table, HTML, a mark."""
    for page in site.pages.values():
        first: dict[str, Place] = {}
        for name, place in ids_of(site, page.path):
            if name in first and first[name] != place:
                earlier = min(first[name], place)
                yield Problem(
                    max(first[name], place),
                    "duplicate-id",
                    f"id {quoted(name)} stands twice on this page; the first is on line "
                    f"{earlier.line}",
                )
            elif name in first:
                yield Problem(place, "duplicate-id", f"id {quoted(name)} is made twice here")
            first.setdefault(name, place)
        for name, place in page.ids:
            if name.startswith("__") or name in SPRITE:
                yield Problem(place, "reserved-id", f"id {quoted(name)} belongs to the theme")


def elements(site: Site) -> Iterable[Problem]:
    """HTML in a page is of the kind that a published page shows."""
    for page in site.pages.values():
        for element, place in page.elements:
            if element.tag not in ELEMENTS:
                yield Problem(
                    place,
                    "forbidden-html",
                    f"<{element.tag}> does not work in a published page, or breaks it",
                )
            for name in element.attributes:
                if name not in ATTRIBUTES and not name.startswith(("data-", "aria-")):
                    hint = "; use a class" if name == "style" else ""
                    yield Problem(
                        place,
                        "forbidden-html",
                        f"attribute {quoted(name)} has no effect in a published page{hint}",
                    )


def fences(site: Site) -> Iterable[Problem]:
    """A fence of a language that is drawn is drawn."""
    for page in site.pages.values():
        for fence in page.fences:
            if fence.language == "mermaid" and fence.formatter != "mermaid":
                yield Problem(
                    fence.place,
                    "fence-settings",
                    "with settings after 'mermaid' the fence is shown as code, not drawn",
                )


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
    elif name == "estimate":
        yield from unknown(site, "estimate", argument, site.estimates, place)
    elif name == "failures":
        yield from _failures(site, argument, place)
    elif name == "combined":
        yield from unknown(site, "combined", argument, site.combined, place)
    elif name == "practice":
        yield from unknown(site, "practice", argument, site.practice, place)
    elif name == "status":
        yield from unknown(site, "change", argument, site.changes, place)
    elif name == "changes":
        if argument and not re.fullmatch(r"[1-9]\d*", argument):
            yield Problem(place, "bad-argument", f"found '{argument}', expected a number, like 4")
    elif argument and name != "block":
        yield Problem(place, "bad-argument", f"'{name}' takes no argument, found '{argument}'")


def _failures(site: Site, argument: str, place: Place) -> Iterable[Problem]:
    name, slash, group = argument.partition("/")
    yield from unknown(site, "failures", name, site.failures, place)
    if name in site.failures and slash:
        groups = [one.id for one in site.failures[name].value.groups]
        yield from unknown(site, "group", group, groups, place)


def marks(site: Site) -> Iterable[Problem]:
    """Each mark names known claims and stands in running text."""
    for page in site.pages.values():
        for mark in page.marks:
            place = mark.places[0]
            if mark.inside:
                yield Problem(
                    place,
                    f"mark-in-{mark.inside}",
                    f"a mark may not stand in a {mark.inside}; put it at the end of a sentence",
                )
            for claim, where in zip(mark.ids, mark.places, strict=False):
                yield from unknown(site, "claim", claim, site.claims, where)


def links(site: Site) -> Iterable[Problem]:
    """Each link leads where its scheme may lead; inside the site, to what exists."""
    for page in site.pages.values():
        for link in page.links:
            yield from _link(site, page, link)


def _link(site: Site, page: Page, link: Link) -> Iterable[Problem]:
    scheme = scheme_of(link.target)
    rest = link.target.partition(":")[2]
    if link.written == "listed" and link.attribute in {"href", "src"}:
        message = "an address stands in the brackets after the text: [text](page.md)"
        yield Problem(link.place, "link-in-attributes", message)
    elif scheme in RECORD_SCHEMES and (link.written == "raw" or link.tag != "a"):
        message = f"{quoted(link.target)}: expected [text]({link.target})"
        yield Problem(link.place, "link-in-html", message)
    elif scheme == "term":
        yield from unknown(site, "term", rest, site.terms, link.place)
    elif scheme == "claim":
        yield from unknown(site, "claim", rest, site.claims, link.place)
    elif scheme in {"https", "//"} and link.tag in SHOWN:
        message = f"{quoted(link.target)} is not shown: a page loads nothing from other sites"
        yield Problem(link.place, "outside-media", message)
    elif scheme in WEB_SCHEMES:
        return
    elif scheme:
        known = (*WEB_SCHEMES, *RECORD_SCHEMES)
        yield Problem(
            link.place,
            "unknown-scheme",
            f"{quoted(link.target)}: expected a page, or one of {known}{nearest(scheme, known)}",
        )
    elif link.target.startswith(("/", "\\")):
        message = f"{quoted(link.target)}: expected a path relative to this page"
        yield Problem(link.place, "absolute-link", message)
    else:
        yield from _inside(site, page, link)


def _inside(site: Site, page: Page, link: Link) -> Iterable[Problem]:
    """A link inside the site: to a page, or to a file beside pages."""
    path, _, anchor = link.target.partition("#")
    path, anchor = unquote(path.partition("?")[0]), unquote(anchor)
    if link.written == "raw" and link.tag == "a" and path.endswith(".md"):
        message = (
            f"{quoted(link.target)}: in HTML it stays as it is; expected [text]({link.target})"
        )
        yield Problem(link.place, "link-in-html", message)
    elif not path or path.endswith(".md"):
        yield from page_and_anchor(site, path, anchor, link.place, base=page.path)
    else:
        yield from file_target(site, path, link.place, base=page.path)


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
    known = counts_of(site)
    for page in site.pages.values():
        for count in page.counts:
            # A broken table has no counts, and has been reported.
            if count.name.partition("-")[2] not in site.broken:
                yield from unknown(site, "count", count.name, known, count.place)
