"""Checks: what must hold between records and pages. A file a record kind, a function a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from annotated.check import (
    changes,
    claims,
    comparisons,
    dates,
    decisions,
    notes,
    pages,
    sources,
    terms,
    words,
)
from annotated.records.load import Site
from annotated.records.problems import Problem, in_order

Rule = Callable[[Site], Iterable[Problem]]

RULES: tuple[Rule, ...] = (
    sources.known_sources,
    claims.lines_in_range,
    claims.one_home,
    notes.every_line_accounted_for,
    changes.known_claims,
    changes.known_pages,
    terms.taught_somewhere,
    terms.one_alias_one_term,
    comparisons.whole_tables,
    comparisons.unique_parts,
    comparisons.own_page,
    comparisons.once_a_page,
    decisions.every_path_ends,
    decisions.unique_steps,
    decisions.every_step_reached,
    words.every_word_there,
    words.readable_words,
    words.known_units,
    pages.front_matter,
    pages.headings,
    pages.unique_ids,
    pages.elements,
    pages.fences,
    pages.directives,
    pages.marks,
    pages.links,
    pages.special_pages,
    pages.nesting,
    pages.counts,
)


def check_site(site: Site, today: date) -> list[Problem]:
    """Run every rule over `site`; return all problems in the order of their places."""
    found: list[Problem] = []
    for rule in RULES:
        found.extend(rule(site))
    found.extend(dates.not_in_the_future(site, today))
    return in_order(found)
