"""Worked examples of costs: the same work paid for in several ways, computed from prices.

A line is what is counted, multiplied, times a price. Lines are rounded as a bill rounds them, and
totals add up what is shown. Where a price has no amount, the reader's own completes the bill.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from math import prod

from annotated.records.models import CostLine, CostOption, Estimate, Price
from annotated.render import markdown
from annotated.render.edition import Edition
from annotated.render.parts import part
from annotated.render.tables import quantity_words
from annotated.render.views import SourceView, numbered, source_views

#: What a bill is rounded to.
CENT = Decimal("0.01")


@dataclass(frozen=True)
class LineView:
    """One line: what, what is counted, the price of one, the cost; the last two may be unread."""

    id: str
    name: str
    counted: str  # like 2 tasks × 730 hours
    quantity: str  # the product of what is counted, as a number for a script
    price_id: str
    price: str  # or empty, where nobody read one
    unit: str
    cost: str  # or empty
    numbers: str  # of the sources


@dataclass(frozen=True)
class OptionView:
    """A bill: its lines, and their sum as far as prices are known."""

    id: str
    name: str
    lines: tuple[LineView, ...]
    total: str
    known: str  # the sum of what is known, as a number for a script
    whole: bool  # is every price known?
    ratio: str  # to the first option, in per cent; empty for the first and where it is unknown


@dataclass(frozen=True)
class EstimateView:
    """A worked example in one language."""

    id: str
    title: str
    given: str
    region: str
    currency: str
    options: tuple[OptionView, ...]
    sources: tuple[SourceView, ...]

    @property
    def anchor(self) -> str:
        """The id of the example on a page."""
        return f"estimate-{self.id}"

    @property
    def latest(self) -> str:
        """The day on which a source was last read."""
        return max(source.read for source in self.sources)

    @property
    def whole(self) -> bool:
        """Is every price of every option known?"""
        return all(option.whole for option in self.options)

    def source_id(self, number: int) -> str:
        """The id of a source in the list below, counted from 1."""
        return f"src-{self.anchor}-{number}"


def cost_of(line: CostLine, price: Price) -> Decimal | None:
    """Return what `line` costs, rounded to a cent; None where the price is not known."""
    if price.amount is None:
        return None
    return (_quantity(line) * Decimal(str(price.amount))).quantize(CENT, ROUND_HALF_UP)


def _quantity(line: CostLine) -> Decimal:
    return prod((Decimal(str(factor.number)) for factor in line.factors), start=Decimal(1))


def total_of(option: CostOption, prices: dict[str, Price]) -> tuple[Decimal, bool]:
    """Return the sum of an option's known lines, and whether that is all of them."""
    costs = [cost_of(line, prices[line.price]) for line in option.lines]
    return sum((c for c in costs if c is not None), Decimal(0)), None not in costs


def estimate_view(estimate: Estimate, edition: Edition) -> EstimateView:
    """Compute `estimate` from the prices of the site."""
    site, language = edition.site, edition.language
    assert site.price_list is not None
    listed = site.price_list.value
    prices = {name: price.value for name, price in site.prices.items()}
    numbering: dict[str, int] = {}
    for option in estimate.options:
        for line in option.lines:
            for name in prices[line.price].sources:
                numbering.setdefault(name, len(numbering) + 1)
    first, first_whole = total_of(estimate.options[0], prices)
    options = []
    for index, option in enumerate(estimate.options):
        known, whole = total_of(option, prices)
        compared = index > 0 and whole and first_whole and first > 0
        options.append(
            OptionView(
                option.id,
                option.name.in_language(language),
                tuple(_line(line, prices[line.price], numbering, edition) for line in option.lines),
                edition.words.money(known, listed.currency),
                str(known),
                whole,
                edition.words.percent(known / first) if compared else "",
            )
        )
    return EstimateView(
        estimate.id,
        estimate.title.in_language(language),
        estimate.given.in_language(language),
        listed.region.in_language(language),
        listed.currency,
        tuple(options),
        source_views(list(numbering), edition),
    )


def _line(line: CostLine, price: Price, numbering: dict[str, int], edition: Edition) -> LineView:
    words, site = edition.words, edition.site
    assert site.price_list is not None
    currency = site.price_list.value.currency
    counted = " × ".join(
        quantity_words(words.number(factor.number), factor.number, factor.unit, words)
        for factor in line.factors
    )
    cost = cost_of(line, price)
    return LineView(
        line.id,
        line.name.in_language(edition.language),
        counted,
        str(_quantity(line)),
        price.id,
        "" if price.amount is None else words.money(price.amount, currency, exact=True),
        price.unit.in_language(edition.language),
        "" if cost is None else words.money(cost, currency),
        ",".join(str(numbering[name]) for name in price.sources),
    )


def estimate_html(estimate: Estimate, edition: Edition) -> str:
    """Render the example as one table, a bill below the other."""
    return part("estimate", view=estimate_view(estimate, edition), words=edition.words)


def estimate_markdown(estimate: Estimate, edition: Edition) -> str:
    """Return the same in plain Markdown."""
    view, words = estimate_view(estimate, edition), edition.words
    heads = [words(f"cost-{name}") for name in ("line", "counted", "price", "sum")]
    lines = [
        markdown.anchor(view.anchor) + f"**{markdown.rich(view.title)}**",
        "",
        f"{markdown.rich(view.given)} {markdown.rich(view.region)}.",
    ]
    for option in view.options:
        name = markdown.anchor(f"{view.anchor}-{option.id}") + markdown.rich(option.name)
        lines += ["", f"{name}:", "", *markdown.head([*map(markdown.text, heads)])]
        for line in option.lines:
            price = line.price or words("cost-unread")
            cells = [
                f"{markdown.rich(line.name)} [{line.numbers}]",
                markdown.rich(line.counted),
                markdown.rich(words("cost-each", price=price, unit=line.unit)),
                markdown.text(line.cost or words("cost-unread")),
            ]
            lines.append(markdown.row(cells))
        total = words("cost-total" if option.whole else "cost-known")
        sums = [markdown.text(total), option.ratio, "", markdown.text(option.total)]
        lines.append(markdown.row(sums))
    lines += numbered(view.sources, words)
    return "\n".join(lines)
