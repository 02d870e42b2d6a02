"""Rules about probes: they name places that are there, and their results are theirs."""

from __future__ import annotations

from collections.abc import Iterable

from annotated.check.references import page_target, unknown
from annotated.records.load import Site
from annotated.records.probes import answer_of, citing_models, located, probed_records
from annotated.records.problems import Problem


def known_places(site: Site) -> Iterable[Problem]:
    """Each probe and each watched list names a place, each place a package."""
    probing = site.probing
    places = probing.value.places if probing else {}
    for record in probed_records(site):
        for probe, place in record.probes:
            yield from unknown(site, "place", probe.where, places, place)
    if probing is None:
        return
    for name, location in probing.value.places.items():
        at = probing.at("places", name, "package")
        yield from unknown(site, "package", location.package, probing.value.packages, at)
    seen: set[str] = set()
    for i, watch in enumerate(probing.value.watch):
        yield from unknown(site, "place", watch.where, places, probing.at("watch", i, "where"))
        for p, page in enumerate(watch.pages):
            yield from page_target(site, page, probing.at("watch", i, "pages", p))
        if watch.id in seen:
            yield Problem(
                probing.at("watch", i, "id"), "duplicate-id", f"'{watch.id}' stands twice"
            )
        seen.add(watch.id)


def reasons_needed(site: Site) -> Iterable[Problem]:
    """A reason for having no probe belongs to a record that has none and cites an API model."""
    probing = site.probing
    if probing is None:
        return
    records = {record.key: record for record in probed_records(site)}
    citing = {record.key for record in citing_models(site)}
    for key in probing.value.without:
        at = probing.at("without", key)
        if key not in records:
            yield from unknown(site, "record", key, records, at)
        elif records[key].probes:
            yield Problem(at, "not-needed", f"'{key}' has a probe at {records[key].probes[0][1]}")
        elif key not in citing:
            yield Problem(at, "not-needed", f"'{key}' cites no API model; remove this line")


def answered(site: Site) -> Iterable[Problem]:
    """What is published was looked up: each probe has a result of its own, and it holds."""
    for record in probed_records(site):
        for probe, place in record.probes:
            if located(site, probe) is None:
                continue
            answer = answer_of(site, record.key, probe)
            if answer == "unknown":
                message = (
                    f"this probe of '{record.key}' has not been run as it is; run 'make probes'"
                )
                yield Problem(place, "probe-unknown", message)
            elif answer != "holds":
                message = f"'{record.key}' does not hold where it was looked up; run 'make probes'"
                yield Problem(place, f"probe-{answer}", message)
