"""No date lies in the future; one day of grace, since the world has time zones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from annotated.records.lab_results import FILE
from annotated.records.load import Site
from annotated.records.problems import Place, Problem


def is_day(text: str) -> bool:
    """Is it a day of the calendar, like 2026-11-24?

    >>> is_day("2026-02-28"), is_day("2026-02-30"), is_day("20260228")
    (True, False, False)
    """
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def not_in_the_future(site: Site) -> Iterable[Problem]:
    """Readings, texts, changes and page checks are of today at the latest."""
    limit = (site.today + timedelta(days=1)).isoformat()
    for key, value, place in _dates(site):
        if value is not None and value > limit[: len(value)]:
            yield Problem(
                place, "future-date", f"'{key}: {value}' lies in the future; today is {site.today}"
            )


def _dates(site: Site) -> Iterator[tuple[str, str | None, Place]]:
    if site.notes:
        yield "written", site.notes.value.written, site.notes.at("written")
    for source in site.sources.values():
        yield "read", source.value.read, source.at("read")
        yield "as_of", source.value.as_of, source.at("as_of")
    for claim in site.claims.values():
        yield "since", claim.value.since, claim.at("since")
    for change in site.changes.values():
        yield "date", change.value.date, change.at("date")
    for correction in site.corrections.values():
        yield "date", correction.value.date, correction.at("date")
    for lab in site.lab_results.labs.values():
        yield "date", lab.date, Place(FILE)
    for page in site.pages.values():
        checked = page.front("checked")
        if page.meta and checked and is_day(checked):
            yield "checked", checked, page.meta.at("checked")
