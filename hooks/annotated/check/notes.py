"""Rules about the notes: every line is accounted for."""

from __future__ import annotations

from collections.abc import Iterable

from annotated.records.load import Site
from annotated.records.models import MOST_LINES
from annotated.records.order import ranges
from annotated.records.problems import Place, Problem, counted

#: More ranges in one message tell no more.
_RANGES_SHOWN = 20


def claimed_lines(site: Site) -> set[int]:
    """Return the lines that a statement of the notes stands on."""
    return {n for c in site.claims.values() if c.value.origin == "notes" for n in c.value.lines}


def said_lines(lines: Iterable[int]) -> str:
    """Say lines in a message: ``line 4``, or ``lines 7-9, 34``."""
    found = ranges(lines)
    shown = ", ".join(found[:_RANGES_SHOWN])
    more = f" and {len(found) - _RANGES_SHOWN} more" if len(found) > _RANGES_SHOWN else ""
    several = len(found) > 1 or "-" in shown
    return f"line{'s' if several else ''} {shown}{more}"


def every_line_accounted_for(site: Site) -> Iterable[Problem]:
    """A line is claimed, listed as an aside with its reason, or `open`; never two of these."""
    if site.notes is None:
        return
    notes = site.notes.value
    claimed = claimed_lines(site)
    listed: set[int] = set()
    for index, aside in enumerate(notes.asides):
        place = site.notes.at("asides", index, "lines")
        lines = set(aside.lines)
        yield from beyond(site, lines, place)
        yield from _twice(lines & claimed, "claimed and listed as aside", place)
        yield from _twice(lines & listed, "listed twice", place)
        listed |= lines
    place = site.notes.at("open")
    yield from beyond(site, notes.open, place)
    done = set(notes.open) & (claimed | listed)
    if done:
        message = f"accounted for and no longer open: {said_lines(done)}"
        yield Problem(place, "not-open", message)
    if "claim" in site.unreadable or any(name.startswith("c-") for name in site.broken):
        return  # a broken claim may be the one that accounts for a line
    missing = set(range(1, notes.lines + 1)) - claimed - listed - set(notes.open)
    if missing:
        yield Problem(
            site.notes.at("lines"),
            "unclaimed-line",
            f"neither claimed nor listed as an aside: {said_lines(missing)} of the notes; what "
            f"waits is 'open: [{', '.join(ranges(missing)[:_RANGES_SHOWN])}]'",
        )


def beyond(site: Site, lines: Iterable[int], place: Place) -> Iterable[Problem]:
    """Yield a problem for lines that the notes do not have."""
    last = site.notes.value.lines if site.notes else MOST_LINES
    missing = [line for line in lines if line > last]
    if missing:
        yield Problem(
            place,
            "line-out-of-range",
            f"{said_lines(missing)} cannot be: the notes have {counted(last, 'line')}",
        )


def _twice(lines: set[int], what: str, place: Place) -> Iterable[Problem]:
    if lines:
        verb = "is" if len(lines) == 1 else "are"
        yield Problem(place, "line-twice", f"{said_lines(lines)} {verb} {what}")
