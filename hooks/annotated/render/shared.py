"""What a page may show of others: with it unchanged, a page shows what it did."""

from __future__ import annotations

from typing import Any

from annotated.records.pages import Page
from annotated.render.edition import Edition


def shared(edition: Edition) -> list[Any]:
    """Return all that the pages of `edition` show of each other, in plain values.

    The records are not in it, and neither is prose: a renderer that reads another page's text
    has to put here what it takes from there.
    """
    return [
        sorted(edition.counts.items()),
        *(_shown_elsewhere(page) for page in edition.site.pages.values()),
    ]


def _shown_elsewhere(page: Page) -> tuple[Any, ...]:
    """How a page appears on others: titles, entries of the navigation, homes of marks, links."""
    return (
        page.path,
        page.meta.value if page.meta else None,
        [(heading.level, heading.text, heading.id) for heading in page.headings],
        sorted(page.anchors),
        [mark.ids for mark in page.marks],
        [(directive.name, directive.argument) for directive in page.directives],
    )
