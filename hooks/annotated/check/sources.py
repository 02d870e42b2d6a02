"""Rules about sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotated.check.references import unknown
from annotated.records.load import Located, Site
from annotated.records.models import Change, Claim, Term
from annotated.records.problems import Place, Problem


def citations(site: Site) -> Iterator[tuple[str, Place]]:
    """Yield every place that names a source, with the id it names."""
    records: list[Located[Claim] | Located[Change] | Located[Term]]
    records = [*site.claims.values(), *site.changes.values(), *site.terms.values()]
    for record in records:
        for i, name in enumerate(record.value.sources):
            yield name, record.at("sources", i)
    for term in site.terms.values():
        for language, name in term.value.spelling.items():
            yield name, term.at("spelling", language)
    yield from _in_cells(site)
    for price in site.prices.values():
        for i, name in enumerate(price.value.sources):
            yield name, price.at("sources", i)
    yield from _of_failures(site)
    for decision in site.decisions.values():
        for n, candidate in enumerate(decision.value.candidates):
            for i, name in enumerate(candidate.sources):
                yield name, decision.at("candidates", n, "sources", i)


def _of_failures(site: Site) -> Iterator[tuple[str, Place]]:
    for listed in site.failures.values():
        for f, failure in enumerate(listed.value.failures):
            for i, name in enumerate(failure.sources):
                yield name, listed.at("failures", f, "sources", i)


def _in_cells(site: Site) -> Iterator[tuple[str, Place]]:
    for comparison in site.comparisons.values():
        for r, row in enumerate(comparison.value.rows):
            for subject, cell in row.cells.items():
                for i, name in enumerate(cell.sources):
                    yield name, comparison.at("rows", r, "cells", subject, "sources", i)


def known_sources(site: Site) -> Iterable[Problem]:
    """Every source that a record cites exists."""
    for name, place in citations(site):
        yield from unknown(site, "source", name, site.sources, place)
