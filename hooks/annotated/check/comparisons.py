"""Rules about comparisons."""

from __future__ import annotations

from collections.abc import Iterable

from annotated.check.references import page_target, repeated
from annotated.records.load import Site
from annotated.records.problems import Place, Problem, nearest


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
                        "write 'value: unknown' where the sources do not say",
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
        for key, ids in (
            ("subjects", [s.id for s in comparison.value.subjects]),
            ("rows", [r.id for r in comparison.value.rows]),
        ):
            for index, name in repeated(ids):
                place = comparison.at(key, index, "id")
                yield Problem(place, "duplicate-id", f"'{name}' stands twice among the {key}")


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


def page_shows(
    site: Site, directive: str, name: str, target: str, place: Place
) -> Iterable[Problem]:
    """Yield a problem if the page `target` of a record has no `directive` that shows it.

    Args:
        site: the pages.
        directive: the name of the directive, which is the kind of the record.
        name: the id of the record.
        target: its page, or `open` while nobody has written that.
        place: where the record names it.
    """
    if target == "open":
        return
    missing = list(page_target(site, target, place))
    yield from missing
    if missing or target not in site.pages:
        return
    shown = [(d.name, d.argument) for d in site.pages[target].directives]
    if (directive, name) not in shown:
        yield Problem(
            place,
            f"{directive}-without-page",
            f"page '{target}' does not show it; add <!-- {directive}: {name} --> there",
        )
