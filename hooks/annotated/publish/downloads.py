"""Comparisons as files: CSV and JSON beside the page of each."""

from __future__ import annotations

from annotated.records.urls import address_of
from annotated.render.edition import Edition
from annotated.render.tables import table_csv, table_json, table_of


def comparison_files(edition: Edition) -> list[tuple[str, str]]:
    """Return path below the site's root and content of every table's downloads."""
    out = []
    for located in edition.site.comparisons.values():
        comparison = located.value
        if comparison.page == "open":
            continue
        table = table_of(comparison, edition.site, edition.words)
        stem = address_of(comparison.page).removesuffix(".html")
        # The byte order mark makes spreadsheet programs read UTF-8.
        out.append((stem + ".csv", "\ufeff" + table_csv(table)))
        out.append((stem + ".json", table_json(table)))
    return out
