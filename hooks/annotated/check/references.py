"""What the rules share: is this id, page or anchor known?"""

from __future__ import annotations

import posixpath
from collections.abc import Container, Iterable

from annotated.records.load import Site
from annotated.records.order import sections
from annotated.records.problems import Place, Problem, nearest
from annotated.records.urls import parted

#: What a table can be downloaded as, beside its page.
DOWNLOADS = (".csv", ".json")


def unknown(
    site: Site, kind: str, name: str, known: Iterable[str], place: Place
) -> Iterable[Problem]:
    """Yield a problem if `name` is no known `kind`; a broken record counts as known."""
    names: Container[str] = known if isinstance(known, (dict, set)) else set(known)
    if name not in names and name not in site.broken and kind not in site.unreadable:
        rule = "unknown-" + kind.replace(" ", "-")
        yield Problem(place, rule, f"there is no {kind} '{name}'{nearest(name, known)}")


def page_target(site: Site, target: str, place: Place, base: str = "") -> Iterable[Problem]:
    """Yield a problem if ``page.md#anchor``, relative to the page `base`, leads nowhere."""
    path, anchor = parted(target)
    full = posixpath.normpath(posixpath.join(posixpath.dirname(base), path)) if path else base
    page = site.pages.get(full)
    if page is None and "page" in site.unreadable:
        return
    if page is None:
        yield Problem(place, "broken-link", f"there is no page '{full}'{nearest(full, site.pages)}")
    elif anchor and anchor not in anchors_of(site, full):
        yield Problem(
            place,
            "broken-anchor",
            f"page '{full}' has no heading '{anchor}'{nearest(anchor, anchors_of(site, full))}",
        )


def file_target(site: Site, path: str, place: Place, base: str) -> Iterable[Problem]:
    """Yield a problem if a file beside the pages, relative to the page `base`, is not there."""
    full = posixpath.normpath(posixpath.join(posixpath.dirname(base), path))
    tables = {stem + ending for stem in site.downloads().values() for ending in DOWNLOADS}
    page = f"{full.removesuffix('.html')}.md"
    if full.endswith(".html") and page in site.pages:
        yield Problem(place, "broken-link", f"'{path}': expected the page itself, ending in .md")
    elif site.files is None or full in site.files or full in tables:
        return
    elif "comparison" not in site.unreadable:
        known = {*site.files, *tables, *site.pages}
        yield Problem(
            place, "broken-link", f"there is no page and no file '{full}'{nearest(full, known)}"
        )


def anchors_of(site: Site, path: str) -> set[str]:
    """Return the ids on a page: those written, and those that its directives make."""
    page = site.pages[path]
    found = set(page.anchors)
    for directive in page.directives:
        if directive.name == "claims":
            found.update(site.claims)
            found.update(section.anchor for section in sections(site))
        elif directive.name == "changes" and not directive.argument:
            found.update(site.changes)
        elif directive.name == "glossary":
            found.update(site.terms)
        elif directive.name == "comparison" and directive.argument in site.comparisons:
            comparison = site.comparisons[directive.argument].value
            found.add(f"table-{comparison.id}")
            found.update(f"{comparison.id}-{row.id}" for row in comparison.rows)
    found.update("p-" + claim.removeprefix("c-") for mark in page.marks for claim in mark.ids)
    return found
