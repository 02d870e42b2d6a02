"""Rules about combined tables: what they are made of exists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotated.check.references import ids_once, page_shows, unknown
from annotated.records.load import Located, Site
from annotated.records.models import Combined
from annotated.records.problems import Problem


def known_parts(site: Site) -> Iterable[Problem]:
    """Columns and rows are of comparisons; pairs are of subjects."""
    for combined in site.combined.values():
        yield from _columns(site, combined)
        yield from _rows(site, combined)
        subjects = {subject.id for subject in combined.value.subjects}
        for n, pair in enumerate(combined.value.pairs):
            for i, name in enumerate(pair):
                yield from unknown(site, "subject", name, subjects, combined.at("pairs", n, i))


def _columns(site: Site, combined: Located[Combined]) -> Iterator[Problem]:
    for n, subject in enumerate(combined.value.subjects):
        for table, column in subject.columns.items():
            place = combined.at("subjects", n, "columns", table)
            yield from unknown(site, "comparison", table, site.comparisons, place)
            if table in site.comparisons:
                known = [each.id for each in site.comparisons[table].value.subjects]
                yield from unknown(site, "subject", column, known, place)


def _rows(site: Site, combined: Located[Combined]) -> Iterator[Problem]:
    tables = {table for subject in combined.value.subjects for table in subject.columns}
    for n, row in enumerate(combined.value.rows):
        for i, name in enumerate(row.rows):
            place = combined.at("rows", n, "rows", i)
            table = name.partition("/")[0]
            yield from unknown(site, "comparison", table, site.comparisons, place)
            if table not in site.comparisons:
                continue
            known = [f"{table}/{each.id}" for each in site.comparisons[table].value.rows]
            yield from unknown(site, "row", name, known, place)
            if table not in tables:
                yield Problem(place, "unused-row", f"no subject has a column in '{table}'")


def unique_parts(site: Site) -> Iterable[Problem]:
    """No two subjects and no two rows share an id, and no comparison has that of the table."""
    for name, combined in site.combined.items():
        yield from ids_once(combined, ("subjects",), combined.value.subjects)
        yield from ids_once(combined, ("rows",), combined.value.rows)
        if name in site.comparisons:
            place = combined.at("id")
            yield Problem(place, "duplicate-id", f"'{name}' is a comparison already")


def own_page(site: Site) -> Iterable[Problem]:
    """Its page exists and shows it."""
    for name, combined in site.combined.items():
        yield from page_shows(site, "combined", name, combined.value.page, combined.at("page"))
