"""Checks: what must hold between records and pages. A file a record kind, a function a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from annotated.check import (
    changes,
    claims,
    combined,
    comparisons,
    dates,
    decisions,
    drawn,
    editions,
    estimates,
    failures,
    labs,
    notes,
    pages,
    pictures,
    practice,
    probes,
    sources,
    spelling,
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
    changes.corrected_pages,
    terms.taught_somewhere,
    terms.one_alias_one_term,
    spelling.one_word_for_one_thing,
    spelling.particles_that_fit,
    comparisons.whole_tables,
    comparisons.unique_parts,
    comparisons.own_page,
    comparisons.once_a_page,
    combined.known_parts,
    combined.unique_parts,
    combined.own_page,
    decisions.known_parts,
    decisions.unique_parts,
    decisions.own_page,
    decisions.reasons_hold,
    decisions.every_way_ends_well,
    decisions.drawings_agree,
    estimates.known_prices,
    estimates.unique_lines,
    estimates.each_is_shown,
    failures.known_parts,
    failures.unique_parts,
    failures.no_empty_group,
    failures.one_message_one_failure,
    failures.own_page,
    practice.known_evidence,
    practice.each_has_its_reason,
    practice.no_reason_again,
    practice.unique_parts,
    practice.own_page,
    practice.once,
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
    pictures.described,
    pictures.readable,
    pages.special_pages,
    pages.nesting,
    pages.counts,
    dates.not_in_the_future,
    drawn.drawings_are_drawings,
    probes.known_places,
    probes.reasons_needed,
    labs.form,
    labs.known_parts,
    labs.files_are_checked,
    labs.what_is_made_is_unmade,
)

#: What must hold before a site is published; while it is being written, a drawing may be missing.
DRAWING_RULES: tuple[Rule, ...] = (
    drawn.each_is_named,
    drawn.labels_are_plain,
    drawn.each_is_drawn,
    drawn.roles_are_known,
    drawn.each_is_used,
)

#: What must hold besides when others get to read it: asked for by ``check --published``.
PUBLISHING_RULES: tuple[Rule, ...] = (claims.fit_to_publish,)

#: What is worth a look and stops nothing.
WARNING_RULES: tuple[Rule, ...] = (estimates.old_prices,)


#: What was looked up or run, too; while a probe or a block is written, its result may be missing.
PROBE_RULES: tuple[Rule, ...] = (probes.answered, labs.answered)


#: Of the first edition, once all are read: the others say what it says, and whoever wrote from a
#: record has read it as it is now.
EDITION_RULES: tuple[Rule, ...] = (editions.in_step, practice.read_again)


def check_site(site: Site, rules: Iterable[Rule] = RULES) -> list[Problem]:
    """Run `rules` over `site`; return all problems in the order of their places."""
    return in_order(problem for rule in rules for problem in rule(site))
