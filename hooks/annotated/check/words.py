"""Rules about the words of the interface."""

from __future__ import annotations

from collections.abc import Iterable
from string import Formatter

from annotated.check.references import unknown
from annotated.records.load import Site
from annotated.records.models import VERDICTS
from annotated.records.problems import Problem, nearest, quoted
from annotated.records.wording import KEYS, NAMES, THEME, theme_key


def every_word_there(site: Site) -> Iterable[Problem]:
    """Each key that the renderers use has its word, and no word has a key of nobody."""
    if not site.wordings:
        return
    needed = {*KEYS, *(f"verdict-{verdict}" for verdict in VERDICTS)}
    expected = needed | set(map(theme_key, THEME))
    for key in sorted(needed - site.words.keys()):
        yield Problem(
            site.wordings[0].at("words"),
            "missing-word",
            f"key '{key}' is missing{nearest(key, site.words)}",
        )
    for wording in site.wordings:
        for key in wording.value.words:
            if key not in expected:
                yield Problem(
                    wording.at("words", key),
                    "unknown-word",
                    f"nothing shows a word {quoted(key)}{nearest(key, expected)}",
                )


def readable_words(site: Site) -> Iterable[Problem]:
    """A word's {names} are those that are filled in, and nothing but names."""
    for wording in site.wordings:
        for key, text in wording.value.words.items():
            for message in _defects(key, text):
                yield Problem(wording.at("words", key), "bad-word", f"{quoted(key)}: {message}")


def _defects(key: str, text: str) -> Iterable[str]:
    known = NAMES.get(key, ())
    names = " or ".join(f"{{{name}}}" for name in known) or "no name in brackets"
    try:
        fields = list(Formatter().parse(text))
    except ValueError as error:
        yield f"{error}; a bracket that is to be seen is written twice: {{{{"
        return
    for _, name, form, conversion in fields:
        if name is None:
            continue
        if name not in known:
            hint = nearest(name, known) or f"; expected {names}"
            yield f"found {quoted('{' + name + '}')}{hint}"
        elif form or conversion:
            yield f"found more than a name in '{{{name}...}}', expected '{{{name}}}'"


def known_units(site: Site) -> Iterable[Problem]:
    """Each unit in a table has its word in ``data/site.yml``."""
    for comparison in site.comparisons.values():
        for index, row in enumerate(comparison.value.rows):
            for subject, cell in row.cells.items():
                if cell.number:
                    path = ("rows", index, "cells", subject, "number", "unit")
                    place = comparison.at(*path)
                    yield from unknown(site, "unit", cell.number.unit, site.units, place)
