"""The changes as an Atom feed (RFC 4287), one for each edition, without a clock.

What changed in the subject and what we corrected are entries; each is dated by its record, so the
same records give the same feed.
"""

from __future__ import annotations

from dataclasses import dataclass

from annotated.publish.metadata import SiteFacts
from annotated.records.urls import parted
from annotated.render.changes import change_views
from annotated.render.edition import Edition, link_to
from annotated.render.parts import part, plain
from annotated.render.returning import corrections

#: Below the root of each edition.
FEED = "changes.xml"
#: Readers of feeds keep what they have seen; older entries stand on the page.
MOST = 60


@dataclass(frozen=True)
class EntryView:
    """An entry: its permanent name, where it is read, when, what."""

    id: str
    url: str
    updated: str
    title: str
    text: str


def feed(edition: Edition, facts: SiteFacts) -> str:
    """Return the feed of an edition whose address is known; empty where nothing has changed."""
    entries = sorted(
        [*_changes(edition, facts), *_corrections(edition, facts)],
        key=lambda entry: (entry.updated, entry.id),
        reverse=True,
    )[:MOST]
    if not entries:
        return ""
    page = edition.changes_page or "index.md"
    return part(
        "feed",
        facts=facts,
        title=edition.words("feed-title", site=facts.name),
        home=facts.url + link_to(page, "index.md"),
        address=facts.url + FEED,
        entries=entries,
    )


def _changes(edition: Edition, facts: SiteFacts) -> list[EntryView]:
    listed = edition.changes_page
    if listed is None:
        return []
    base = facts.url + link_to(listed, "")
    return [
        EntryView(
            f"{base}#{view.id}", f"{base}#{view.id}", _moment(view.date), plain(view.title),
            plain(view.text),
        )
        for view in change_views(listed, edition)
    ]  # fmt: skip


def _corrections(edition: Edition, facts: SiteFacts) -> list[EntryView]:
    found = []
    for one in corrections(edition):
        path, anchor = parted(one.pages[0])
        url = facts.url + link_to(path, "")
        title = edition.words("correction-of", page=plain(edition.site.pages[path].title))
        text = plain(one.text.in_language(edition.language))
        where = url + (f"#{anchor}" if anchor else "")
        found.append(EntryView(f"{url}#correction-{one.id}", where, _moment(one.date), title, text))
    return found


def _moment(date: str) -> str:
    """The first moment of a day, a month or a year."""
    return f"{(date + '-01-01')[:10]}T00:00:00Z"
