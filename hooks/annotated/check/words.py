"""Rules about the words of the interface."""

from __future__ import annotations

from collections.abc import Iterable
from string import Formatter

from annotated.records.load import Site
from annotated.records.models import VERDICTS
from annotated.records.problems import Place, Problem, nearest
from annotated.records.wording import KEYS


def every_word_there(site: Site) -> Iterable[Problem]:
    """Each key that the renderers use has its word."""
    if not site.words:
        return
    expected = {*KEYS, *(f"verdict-{verdict}" for verdict in VERDICTS)}
    for key in sorted(expected - site.words.keys()):
        yield Problem(
            Place("data/words"), "missing-word", f"key '{key}' is missing{nearest(key, site.words)}"
        )


def readable_words(site: Site) -> Iterable[Problem]:
    """A word's {names} can be filled in."""
    for key, text in site.words.items():
        try:
            fields = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
        except ValueError as error:
            yield Problem(Place("data/words"), "bad-word", f"'{key}: {text}': {error}")
            continue
        for name in fields:
            if not name.isidentifier():
                yield Problem(
                    Place("data/words"), "bad-word", f"'{key}': '{{{name}}}' is not a name"
                )


def known_units(site: Site) -> Iterable[Problem]:
    """Each unit in a table has a word, under the key ``unit-<name>``."""
    units = {key.removeprefix("unit-") for key in site.words if key.startswith("unit-")}
    for comparison in site.comparisons.values():
        for index, row in enumerate(comparison.value.rows):
            for subject, cell in row.cells.items():
                if cell.number and cell.number.unit not in units:
                    yield Problem(
                        comparison.at("rows", index, "cells", subject, "number", "unit"),
                        "unknown-unit",
                        f"there is no word 'unit-{cell.number.unit}'"
                        f"{nearest(cell.number.unit, units)}",
                    )
