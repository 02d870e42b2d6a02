"""Rules about comparisons."""

from __future__ import annotations

from collections.abc import Iterable

from annotated.check.references import ids_once, page_shows
from annotated.records.load import Site
from annotated.records.problems import Problem, nearest


def whole_tables(site: Site) -> Iterable[Problem]:
    """Every row has a cell for every subject, and none for anybody else."""
    for comparison in site.comparisons.values():
        subjects = [subject.id for subject in comparison.value.subjects]
        for index, row in enumerate(comparison.value.rows):
            for subject in subjects:
                if subject not in row.cells:
                    yield Problem(
                        comparison.at("rows", index, "cells"),
                        "missing-cell",
                        f"row '{row.id}' has no cell for '{subject}'; "
                        "where its sources do not say, write 'value: unknown' and the sources",
                    )
            for name in row.cells:
                if name not in subjects:
                    yield Problem(
                        comparison.at("rows", index, "cells", name),
                        "unknown-subject",
                        f"there is no subject '{name}'{nearest(name, subjects)}",
                    )


def unique_parts(site: Site) -> Iterable[Problem]:
    """No two subjects and no two rows of a table share an id."""
    for comparison in site.comparisons.values():
        yield from ids_once(comparison, ("subjects",), comparison.value.subjects)
        yield from ids_once(comparison, ("rows",), comparison.value.rows)


def own_page(site: Site) -> Iterable[Problem]:
    """A comparison's page exists and shows it, or is still `open`."""
    for name, comparison in site.comparisons.items():
        yield from page_shows(
            site, "comparison", name, comparison.value.page, comparison.at("page")
        )


def once_a_page(site: Site) -> Iterable[Problem]:
    """A page shows a comparison once: its rows have ids, and an id stands once on a page."""
    for page in site.pages.values():
        seen: set[str] = set()
        for directive in page.directives:
            if directive.name == "comparison" and directive.argument in seen:
                yield Problem(
                    directive.place,
                    "duplicate-id",
                    f"the page shows '{directive.argument}' already; once is enough",
                )
            if directive.name == "comparison":
                seen.add(directive.argument)
