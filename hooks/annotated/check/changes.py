"""Rules about changes, and corrections of our own."""

from __future__ import annotations

from collections.abc import Iterable

from annotated.check.references import page_target, unknown
from annotated.records.load import Site
from annotated.records.problems import Problem


def known_claims(site: Site) -> Iterable[Problem]:
    """Every claim that a change touches exists."""
    for change in site.changes.values():
        for index, name in enumerate(change.value.claims):
            yield from unknown(site, "claim", name, site.claims, change.at("claims", index))


def known_pages(site: Site) -> Iterable[Problem]:
    """Every page that a change touches exists."""
    for change in site.changes.values():
        for index, target in enumerate(change.value.pages):
            yield from page_target(site, target, change.at("pages", index))


def corrected_pages(site: Site) -> Iterable[Problem]:
    """Every page that a correction names exists."""
    for correction in site.corrections.values():
        for index, target in enumerate(correction.value.pages):
            yield from page_target(site, target, correction.at("pages", index))
