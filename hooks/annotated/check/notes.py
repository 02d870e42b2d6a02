"""Rules about the notes: every line is accounted for."""

from __future__ import annotations

from collections.abc import Iterable

from annotated.records.load import Site
from annotated.records.problems import Problem


def claimed_lines(site: Site) -> set[int]:
    """Return the lines that a statement of the notes stands on."""
    return {n for c in site.claims.values() if c.value.origin == "notes" for n in c.value.lines}


def every_line_accounted_for(site: Site) -> Iterable[Problem]:
    """A line is claimed, listed as an aside with its reason, or `open`; never two of these."""
    if site.notes is None:
        return
    notes = site.notes.value
    claimed = claimed_lines(site)
    listed: set[int] = set()
    for index, aside in enumerate(notes.asides):
        for number in aside.lines:
            place = site.notes.at("asides", index, "lines")
            if number > notes.lines:
                yield Problem(
                    place,
                    "line-out-of-range",
                    f"line {number} does not exist: the notes have {notes.lines} lines",
                )
            if number in claimed:
                yield Problem(place, "line-twice", f"line {number} is claimed and listed as aside")
            if number in listed:
                yield Problem(place, "line-twice", f"line {number} is listed twice")
            listed.add(number)
    for number in notes.open:
        if number in claimed or number in listed:
            yield Problem(
                site.notes.at("open"), "not-open", f"line {number} is accounted for; no longer open"
            )
    if "claim" in site.unreadable or any(name.startswith("c-") for name in site.broken):
        return  # a broken claim may be the one that accounts for a line
    for number in range(1, notes.lines + 1):
        if number not in claimed and number not in listed and number not in notes.open:
            yield Problem(
                site.notes.at("lines"),
                "unclaimed-line",
                f"line {number} of the notes is neither claimed nor listed as an aside",
            )
