"""Which records have probes, what each has found, and what that says of the record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from annotated.records.load import Site
from annotated.records.models import Location, Package, Probe, Probed
from annotated.records.problems import Place
from annotated.records.results import digest, registered

#: What a record's probes say together, from the best to the worst.
State = Literal["holds", "unknown", "changed", "gone"]


@dataclass(frozen=True)
class ProbedRecord:
    """A record that can have probes: how it is named, where it stands, which pages say it."""

    key: str
    value: Probed
    place: Place
    probes: tuple[tuple[Probe, Place], ...]
    sources: tuple[str, ...]
    pages: tuple[str, ...]


@dataclass(frozen=True)
class Holding:
    """A package in which a record's probes hold."""

    package: str
    version: str
    released: str


def term_key(name: str) -> str:
    """How a term is named among records: its id alone could be that of a change."""
    return f"term:{name}"


def change_key(name: str) -> str:
    """How a change is named among records."""
    return f"change:{name}"


def failure_key(listed: str, name: str) -> str:
    """How a failure is named among records."""
    return f"failure:{listed}/{name}"


def cell_key(table: str, row: str, subject: str) -> str:
    """How a cell is named among records."""
    return f"{table}/{row}/{subject}"


def probed_records(site: Site) -> Iterator[ProbedRecord]:
    """Yield every record that can have probes: claims, changes, terms, cells, failures."""
    homes = site.homes()
    for name, claim in site.claims.items():
        home = homes.get(name)
        yield _record(name, claim.value, claim.at, claim.value.sources, [home] if home else [])
    for name, change in site.changes.items():
        value = change.value
        yield _record(change_key(name), value, change.at, value.sources, value.pages)
    for name, term in site.terms.items():
        yield _record(term_key(name), term.value, term.at, term.value.sources, [term.value.page])
    for name, table in site.comparisons.items():
        for r, row in enumerate(table.value.rows):
            for subject, cell in row.cells.items():
                at = partial(table.at, "rows", r, "cells", subject)
                key = cell_key(name, row.id, subject)
                yield _record(key, cell, at, cell.sources, [table.value.page])

    yield from _failures(site)


def _failures(site: Site) -> Iterator[ProbedRecord]:
    for name, listed in site.failures.items():
        for i, failure in enumerate(listed.value.failures):
            at = partial(listed.at, "failures", i)
            pages = [listed.value.page, *failure.pages]
            yield _record(failure_key(name, failure.id), failure, at, failure.sources, pages)


def _record(
    key: str,
    value: Probed,
    at: Callable[..., Place],
    sources: Sequence[str],
    pages: Sequence[str],
) -> ProbedRecord:
    probes = tuple((probe, at("probes", i)) for i, probe in enumerate(value.probes))
    return ProbedRecord(key, value, at(), probes, tuple(sources), tuple(pages))


def located(site: Site, probe: Probe) -> tuple[Location, str, Package] | None:
    """Return the place of `probe`, its package's key and the package; None if unknown."""
    probing = site.probing.value if site.probing else None
    location = probing.places.get(probe.where) if probing else None
    package = probing.packages.get(location.package) if probing and location else None
    if location is None or package is None:
        return None
    return location, location.package, package


def answer_of(site: Site, key: str, probe: Probe) -> State:
    """What `probe` of the record `key` has found; unknown if its result is of another probe."""
    found = located(site, probe)
    if found is None:
        return "unknown"
    location, name, package = found
    if site.results.versions.get(name) != package.version:
        return "unknown"
    answer = site.results.answer(key, digest(probe, location, registered(name, package)))
    return answer or "unknown"


def state_of(site: Site, key: str, record: Probed) -> State | None:
    """What the probes of a record say together: the worst of them; None if it has none."""
    states = {answer_of(site, key, probe) for probe in record.probes}
    worst: tuple[State, ...] = ("gone", "changed", "unknown", "holds")
    return next((state for state in worst if state in states), None)


def holdings(site: Site, key: str, record: Probed) -> list[Holding]:
    """Return the packages in which a record holds: all of its probes do; else none."""
    if state_of(site, key, record) != "holds":
        return []
    found = {}
    for probe in record.probes:
        if place := located(site, probe):
            _, name, package = place
            found[name] = Holding(package.name or name, package.version, package.released)
    return list(found.values())


def citing_models(site: Site) -> Iterator[ProbedRecord]:
    """Yield the records that a program should be able to look up: they cite an API model."""
    models = {name for name, source in site.sources.items() if source.value.via == "api-model"}
    for record in probed_records(site):
        if models.intersection(record.sources):
            yield record
