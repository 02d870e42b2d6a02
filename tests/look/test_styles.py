"""What the styles promise: contrast of every pair of text and ground, and their size."""

from __future__ import annotations

import gzip
import math
import re
from itertools import product

import pytest
from budgets import Budget, NearBudgetWarning, kept

from annotated.publish.assets import joined
from tests.conftest import ROOT

STYLES = ROOT / "overrides" / "assets" / "styles"
#: Bytes of all styles, gzipped: a bound for those who keep them, with room for a rule more.
#: A reader gets what the page uses, which `site/test_real_site.py` weighs with the page.
LIMIT = 13_000

#: Running text: 7:1. Everything else that is read: 4.5:1. Edges of controls: 3:1.
BODY = ("ink", "ink2")
SMALL = ("ink3", "link", "link-h", "c-wrong", "c-care", "c-old", "c-gap")
GROUNDS = ("paper", "sheet")
SHAPES = ("box", "sides", "pill", "drum", "hexagon")
SYNTAX = ("dg-pill-line", "dg-hexagon-line", "dg-box-line")


def schemes() -> dict[str, dict[str, str]]:
    """The colours of each scheme: the dark one replaces what it names."""
    text = (STYLES / "10-tokens.css").read_text(encoding="utf-8")
    before, _, after = text.partition('[data-md-color-scheme="slate"]')
    light, dark = (
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", part)) for part in (before, after)
    )
    return {"light": light, "dark": light | dark}


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2.

    >>> round(contrast("#000000", "#ffffff"))
    21
    """
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def pairs() -> list[tuple[str, str, float]]:
    found = [(text, ground, 7.0) for text, ground in product(BODY, GROUNDS)]
    found += [(text, ground, 4.5) for text, ground in product(SMALL, GROUNDS)]
    found += [(text, "hit", 4.5) for text in (*BODY, *SMALL)]
    found += [(f"dg-{role}-fill", "ink", 7.0) for role in SHAPES]
    found += [(f"dg-{role}-fill", "ink2", 4.5) for role in SHAPES]
    found += [(text, "sheet", 4.5) for text in SYNTAX]
    found += [("paper", "ink", 7.0), ("paper", "link-h", 4.5)]
    found += [(f"dg-{role}-line", "paper", 3.0) for role in SHAPES]
    found += [("edge", ground, 3.0) for ground in GROUNDS]
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground", "least"), pairs())
def test_contrast(scheme: str, text: str, ground: str, least: float) -> None:
    colours = schemes()[scheme]
    assert contrast(colours[text], colours[ground]) >= least


def test_the_dark_scheme_sets_every_colour() -> None:
    text = (STYLES / "10-tokens.css").read_text(encoding="utf-8")
    before, _, after = text.partition('[data-md-color-scheme="slate"]')
    named = re.findall(r"--([\w-]+): #", before)
    assert named == re.findall(r"--([\w-]+): #", after)


def test_roles_of_drawings_keep_clear_of_verdicts() -> None:
    for colours in schemes().values():
        for role, verdict in product(SHAPES, ("wrong", "care", "old", "gap")):
            line, word = colours[f"dg-{role}-line"], colours[f"c-{verdict}"]
            assert distance(line, word) > 0.08, (role, verdict)


def distance(one: str, other: str) -> float:
    """How unlike two colours look: their distance in OKLab."""
    return math.dist(oklab(one), oklab(other))


def oklab(colour: str) -> tuple[float, float, float]:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    medium = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def test_styles_are_small() -> None:
    css = next(text for path, _, text in joined(STYLES.parent) if path.endswith(".css"))
    size = len(gzip.compress(css.encode(), 9))
    kept(
        [
            Budget(
                "own styles, compressed",
                size,
                LIMIT,
                "say it with a rule that is there, or measure what pages pay and raise LIMIT",
            )
        ]
    )


def test_styles_use_no_name_that_is_not_set() -> None:
    css = "".join(file.read_text(encoding="utf-8") for file in sorted(STYLES.glob("*.css")))
    used = set(re.findall(r"var\(--([\w-]+)\)", css))
    given = set(re.findall(r"--([\w-]+):", css))
    assert {name for name in used - given if not name.startswith("md-")} == set()


def test_a_budget_warns_before_it_fails() -> None:
    kept([Budget("bytes", 90, 100, "less")])
    with pytest.warns(NearBudgetWarning, match=r"91 of 100.*NEAR: less"):
        kept([Budget("bytes", 91, 100, "less")])
    with pytest.raises(AssertionError, match=r"101 of 100.*OVER: less"):
        kept([Budget("bytes", 101, 100, "less")])
