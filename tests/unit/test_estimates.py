"""Worked examples: what is multiplied, how it is rounded, what is shown where a price is unread."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from annotated.check import WARNING_RULES, check_site
from annotated.project import open_project
from annotated.render.edition import Edition
from annotated.render.estimates import EstimateView, estimate_html, estimate_markdown, estimate_view
from tests.conftest import edit

TODAY = date(2026, 11, 29)
PRICES = """\
currency: USD
region: {en: Somewhere}
warn_after: 100
prices:
  - id: leaf
    amount: 0.0333
    unit: {en: gram}
    per: [grams]
    sources: [iso-3103]
  - id: pot
    unit: {en: pot}
    per: [cups]
    sources: [tea-encyclopedia]
"""
POT = """\
      - id: pot
        name: {en: Pot}
        factors: [{number: 1, unit: cups}]
        price: pot
"""


@pytest.fixture
def root(records: Path) -> Path:
    (records / "data" / "prices.yml").write_text(PRICES, encoding="utf-8")
    return records


def opened(root: Path) -> Edition:
    site, problems = open_project(root, root / "docs" / "en", "en", TODAY)
    assert problems == []
    return Edition.of(site, "en")


def with_a_pot(root: Path) -> None:
    """The second option needs a pot, whose price nobody read."""
    file = root / "data" / "estimates" / "a-month-of-tea.yml"
    file.write_text(file.read_text(encoding="utf-8") + POT, encoding="utf-8")


def view(edition: Edition) -> EstimateView:
    return estimate_view(edition.site.estimates["a-month-of-tea"].value, edition)


def test_a_line_is_the_product_rounded_to_a_cent_and_a_total_adds_up_what_is_shown(
    root: Path,
) -> None:
    two, four = view(opened(root)).options
    # 30 x 2 x 4 x 0.0333 = 7.992 and 30 x 4 x 4 x 0.0333 = 15.984
    assert two.lines[0].counted == "30 days × 2 cups × 4 g"
    assert (two.lines[0].price, two.lines[0].cost, two.total) == ("US$0.0333", "US$7.99", "US$7.99")
    assert (four.total, two.ratio, four.ratio) == ("US$15.98", "", "200%")


def test_half_a_cent_is_rounded_up_as_on_a_bill(root: Path) -> None:
    file = root / "data" / "prices.yml"
    file.write_text(PRICES.replace("0.0333", "0.0001875"), encoding="utf-8")  # 0.045
    assert view(opened(root)).options[0].total == "US$0.05"


def test_an_unread_price_is_asked_for_and_nothing_is_compared(root: Path) -> None:
    with_a_pot(root)
    edition = opened(root)
    four = view(edition).options[1]
    assert (four.whole, four.total, four.known, four.ratio) == (False, "US$15.98", "15.98", "")
    record = edition.site.estimates["a-month-of-tea"].value
    html = estimate_html(record, edition)
    assert re.findall(r'<input[^>]* data-price="(\w+)" data-quantity="(\d+)"', html) == [
        ("pot", "1")
    ]
    assert html.count("<output>") == 2
    assert "| In all, as far as prices are known |" in estimate_markdown(record, edition)


def test_every_price_is_cited(root: Path) -> None:
    with_a_pot(root)
    edition = opened(root)
    record = edition.site.estimates["a-month-of-tea"].value
    html = estimate_html(record, edition)
    cited = set(re.findall(r'href="#(src-[^"]+)"', html))
    assert cited == set(re.findall(r'<li id="(src-[^"]+)"', html))
    assert len(cited) == 2
    assert "Pot [2]" in estimate_markdown(record, edition)


def test_an_old_amount_is_a_warning_and_no_error(root: Path) -> None:
    # ISO's text is of 2019-12; where no amount is given, nothing is old.
    site, problems = open_project(root, root / "docs" / "en", "en", TODAY)
    assert problems == []
    (warning,) = check_site(site, WARNING_RULES)
    assert str(warning).startswith("data/prices.yml:6:5: warning[old-price] 'leaf' rests on a text")
    site.today = date(2020, 1, 1)
    assert check_site(site, WARNING_RULES) == []


@pytest.mark.parametrize(
    ("today", "dated", "old"),
    [
        (date(2024, 3, 2), "    as_of: 2019-12\n", True),  # read yesterday, and five years old
        (date(2024, 3, 2), "", False),
        (date(2024, 9, 1), "", True),
        (date(2024, 6, 9), "", False),  # the hundredth day after the reading
        (date(2024, 6, 10), "", True),
    ],
)
def test_an_amount_is_as_old_as_its_text_or_else_its_reading(
    root: Path, today: date, dated: str, *, old: bool
) -> None:
    edit(root, "data/sources.yml", "    as_of: 2019-12\n", dated)
    site, problems = open_project(root, root / "docs" / "en", "en", today)
    assert problems == []
    assert bool(check_site(site, WARNING_RULES)) == old


@pytest.mark.parametrize("amount", ["0.0333", "999999999999999.9"])
def test_a_bill_that_nobody_could_read_is_no_bill(root: Path, amount: str) -> None:
    edit(root, "data/prices.yml", "amount: 0.0333", f"amount: {amount}")
    if amount == "0.0333":
        file = root / "data/estimates/a-month-of-tea.yml"
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub("number: [0-9]+", "number: 999999999999999", text), encoding="utf-8")
    _, problems = open_project(root, root / "docs" / "en", "en", TODAY)
    told = [p for p in problems if p.rule == "bad-value"]
    assert told
    assert all("expected a bill below" in p.message for p in told)
