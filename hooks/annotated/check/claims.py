"""Rules about claims."""

from __future__ import annotations

from collections.abc import Iterable

from annotated.check.notes import beyond
from annotated.records.load import Located, Site
from annotated.records.models import UNCHECKED, Claim
from annotated.records.problems import Place, Problem


def lines_in_range(site: Site) -> Iterable[Problem]:
    """A claim names only lines that the notes have."""
    for claim in site.claims.values():
        yield from beyond(site, claim.value.lines, claim.at("lines"))


def one_home(site: Site) -> Iterable[Problem]:
    """Each claim's mark stands exactly once, or its home is still `open`."""
    marks: dict[str, list[Place]] = {}
    for page in site.pages.values():
        for mark in page.marks:
            for claim_id, place in zip(mark.ids, mark.places, strict=False):
                marks.setdefault(claim_id, []).append(place)
    for claim_id, claim in site.claims.items():
        places = marks.get(claim_id, [])
        for second in places[1:]:
            yield Problem(
                second,
                "two-homes",
                f"the mark of '{claim_id}' stands already at {places[0]}; "
                f"link to it instead: [text](claim:{claim_id})",
            )
        if not places and claim.value.home != "open" and "page" not in site.unreadable:
            yield Problem(
                claim.at("id"),
                "claim-without-home",
                f"no page carries the mark [^{claim_id}]; add it, or say 'home: open'",
            )
        if places and claim.value.home == "open":
            yield Problem(
                claim.at("home"),
                "not-open",
                f"'{claim_id}' has its home at {places[0]}; remove 'home: open'",
            )


def unchecked(site: Site) -> list[Located[Claim]]:
    """The statements that nobody has compared with a source yet."""
    return [claim for claim in site.claims.values() if claim.value.verdict == UNCHECKED]


def fit_to_publish(site: Site) -> Iterable[Problem]:
    """Nothing unchecked is published, unless the site says that it may be. One line a file."""
    if site.vocabulary and site.vocabulary.value.publish_unchecked:
        return
    files: dict[str, list[Located[Claim]]] = {}
    for claim in unchecked(site):
        files.setdefault(claim.document.file, []).append(claim)
    for claims in files.values():
        first, *others = claims
        more = f" and {len(others)} more of this file are" if others else " is"
        yield Problem(
            first.at("verdict"),
            "unchecked",
            f"'{first.value.id}'{more} not checked yet; give each its verdict, or allow it by "
            "'publish_unchecked: true' in data/site.yml",
        )
