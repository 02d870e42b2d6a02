"""Rules about prices and the worked examples that are computed from them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from math import prod

from annotated.check.references import ids_once, unknown
from annotated.records.load import Site
from annotated.records.models import CostLine
from annotated.records.problems import Place, Problem, counted, quoted

#: Of anything counted, and of any currency: more than anybody pays for one line.
_MOST = 1e12


def known_prices(site: Site) -> Iterable[Problem]:
    """Each line of a bill names a price, and each price and factor has units with words."""
    for price in site.prices.values():
        for index, unit in enumerate(price.value.per):
            yield from unknown(site, "unit", unit, site.units, price.at("per", index))
    for estimate in site.estimates.values():
        for o, option in enumerate(estimate.value.options):
            for n, line in enumerate(option.lines):
                path = ("options", o, "lines", n)
                yield from unknown(
                    site, "price", line.price, site.prices, estimate.at(*path, "price")
                )
                for f, factor in enumerate(line.factors):
                    place = estimate.at(*path, "factors", f, "unit")
                    yield from unknown(site, "unit", factor.unit, site.units, place)
                yield from _fitting_units(site, line, estimate.at(*path, "factors"))
                yield from _countable(site, line, estimate.at(*path, "factors"))


def _fitting_units(site: Site, line: CostLine, place: Place) -> Iterable[Problem]:
    """What a price is per has to be counted: an hour that is forgotten is a wrong bill."""
    price = site.prices.get(line.price)
    counted = [factor.unit for factor in line.factors]
    for unit in price.value.per if price else ():
        if counted.count(unit) != 1:
            yield Problem(
                place,
                "unfitting-units",
                f"the price {quoted(line.price)} is per {quoted(unit)}; expected one factor of "
                f"that unit, found {counted.count(unit)}",
            )


def _countable(site: Site, line: CostLine, place: Place) -> Iterable[Problem]:
    """A slip of the keyboard makes a bill that nobody could read, or compute to the cent."""
    price = site.prices.get(line.price)
    amount = price.value.amount if price else None
    quantity = prod(float(factor.number) for factor in line.factors)
    if max(quantity, quantity * (amount or 0)) > _MOST:
        message = f"these factors come to {quantity:.3g}; expected a bill below {_MOST:.0e}"
        yield Problem(place, "bad-value", message)


def unique_lines(site: Site) -> Iterable[Problem]:
    """No two options of an estimate and no two lines of an option share an id."""
    for estimate in site.estimates.values():
        options = estimate.value.options
        yield from ids_once(estimate, ("options",), options)
        for o, option in enumerate(options):
            yield from ids_once(estimate, ("options", o, "lines"), option.lines)


def each_is_shown(site: Site) -> Iterable[Problem]:
    """An estimate stands on a page, once: its rows have ids."""
    shown: dict[str, list[Place]] = {}
    for page in site.pages.values():
        for directive in page.directives:
            if directive.name == "estimate":
                shown.setdefault(directive.argument, []).append(directive.place)
    for name, estimate in site.estimates.items():
        places = shown.get(name, [])
        if not places and "page" not in site.unreadable:
            message = f"no page shows it; add <!-- estimate: {name} --> to one"
            yield Problem(estimate.at("id"), "estimate-without-page", message)
        for place in places[1:]:
            message = f"{quoted(name)} is shown already, {places[0]}; once is enough"
            yield Problem(place, "duplicate-id", message)


def old_prices(site: Site) -> Iterable[Problem]:
    """Say which amounts rest on a text older than the price list allows; not an error."""
    limit = site.price_list.value.warn_after if site.price_list else 0
    for price in site.prices.values() if limit else ():
        if price.value.amount is None:
            continue
        for name in price.value.sources:
            source = site.sources.get(name)
            if source is None:
                continue
            text = source.value.as_of or source.value.read
            day = date.fromisoformat((text + "-01-01")[:10])
            age = (site.today - day).days
            if age > limit:
                yield Problem(
                    price.at("amount"),
                    "old-price",
                    f"{quoted(price.value.id)} rests on a text of {text}, "
                    f"{counted(age, 'day')} ago; read it again after {limit}",
                    "warning",
                )
