"""Has a claim been changed without a new reading? This needs the past, so it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from annotated.records.load import Site
from annotated.records.models import UNCHECKED
from annotated.records.problems import Problem


def changed_without_reading(
    site: Site, old_claims: Mapping[str, Any], old_reads: Mapping[str, str]
) -> Iterable[Problem]:
    """Yield a problem for each claim that says something new on the strength of old readings.

    Args:
        old_claims: the claims of the earlier revision as plain mappings, by id.
        old_reads: the day on which each source had been read then, by id.
    """
    for name, claim in site.claims.items():
        before = old_claims.get(name)
        if before is None or claim.value.reviewed == "wording-only":
            continue
        if before.get("verdict") == UNCHECKED:
            continue  # judged for the first time
        now = claim.value.now.model_dump(exclude_none=True) if claim.value.now else None
        said = claim.value.said.model_dump(exclude_none=True)
        same = (
            _same(before.get("said"), said)
            and _same(before.get("now"), now)
            and before.get("verdict") == claim.value.verdict
        )
        fresh = any(
            site.sources[s].value.read > old_reads.get(s, "")
            for s in claim.value.sources
            if s in site.sources
        )
        if not same and not fresh:
            yield Problem(
                claim.at("id"),
                "changed-without-reading",
                f"'{name}' was changed, but none of its sources was read anew; update 'read' of a "
                "source, or say 'reviewed: wording-only'",
            )


def _same(before: Mapping[str, str] | None, now: Mapping[str, str] | None) -> bool:
    """Does a text say the same in the languages that it had then? Another is no other statement."""
    if not before or not now:
        return before == now
    shared = before.keys() & now.keys()
    return bool(shared) and all(before[language] == now[language] for language in shared)
