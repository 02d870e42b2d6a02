"""What a site counts: the numbers that prose may name as ``{count:name}``.

A number that stands by hand beside a table that grows is wrong some day.
"""

from __future__ import annotations

from collections import Counter

from annotated.records.load import Site
from annotated.records.models import VERDICTS
from annotated.records.probes import citing_models, probed_records

#: How fast people read: words a minute, and the steps in which minutes are told.
WORDS_A_MINUTE = 200
STEP = 5


def counts_of(site: Site) -> dict[str, int]:
    """Return every count of `site` by its name.

    For a folder of pages there are ``pages-<folder>`` and ``minutes-<folder>``, for a table
    ``subjects-<id>``, ``rows-<id>`` and ``cells-<id>``, for a list of failures ``failures-<id>``.
    """
    claims = [c.value for c in site.claims.values()]
    said = [c for c in claims if c.origin == "notes"]
    verdicts = Counter(c.verdict for c in said)
    tables = _of_tables(site)
    failures = {f"failures-{name}": len(f.value.failures) for name, f in site.failures.items()}
    return {
        "lines": site.notes.value.lines if site.notes else 0,
        "claims": len(said),
        "ours": len(claims) - len(said),
        **{verdict: verdicts[verdict] for verdict in VERDICTS},
        "terms": len(site.terms),
        "comparisons": len(site.comparisons),
        "cells": sum(n for name, n in tables.items() if name.startswith("cells-")),
        "failures": sum(failures.values()),
        "questions": sum(len(each.value.questions) for each in site.practice.values()),
        **_of_probes(site),
        "changes": len(site.changes),
        "sources": len(site.sources),
        "pages": len(site.pages),
        "diagrams": sum(f.language == "mermaid" for p in site.pages.values() for f in p.fences),
        **tables,
        **failures,
        **_of_folders(site),
    }


def _of_probes(site: Site) -> dict[str, int]:
    """Count probes, records that have some, and of those that cite an API model the probed ones."""
    records = list(probed_records(site))
    citing = list(citing_models(site))
    return {
        "probes": sum(len(record.probes) for record in records),
        "probed": sum(bool(record.probes) for record in records),
        "modelled": len(citing),
        "modelled-probed": sum(bool(record.probes) for record in citing),
    }


def _of_tables(site: Site) -> dict[str, int]:
    found = {}
    for name, comparison in site.comparisons.items():
        found[f"subjects-{name}"] = len(comparison.value.subjects)
        found[f"rows-{name}"] = len(comparison.value.rows)
        found[f"cells-{name}"] = sum(len(row.cells) for row in comparison.value.rows)
    for name, combined in site.combined.items():
        found[f"subjects-{name}"] = len(combined.value.subjects)
        found[f"rows-{name}"] = len(combined.value.rows)
    return found


def _of_folders(site: Site) -> dict[str, int]:
    pages: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for page in site.pages.values():
        if page.section:
            pages[page.section] += 1
            words[page.section] += page.word_count
    found = {f"pages-{name}": count for name, count in pages.items()}
    for name, count in words.items():
        steps = round(count / WORDS_A_MINUTE / STEP)
        found[f"minutes-{name}"] = max(1, steps) * STEP
    return found
