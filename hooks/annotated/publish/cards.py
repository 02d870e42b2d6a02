"""The picture of a page for other sites: its title, and the marks that it carries.

A picture is named by what it shows, so that an old one is never taken for the page as it is now.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from annotated.records.models import UNCHECKED, VERDICTS
from annotated.records.pages import Page
from annotated.records.problems import Place, Problem
from annotated.records.urls import named_by
from annotated.render.edition import Edition
from annotated.render.parts import part, plain

FOLDER = "assets/cards"
COMMAND = "make cards"
#: As many marks as fit on a card.
MOST_MARKS = 88


@dataclass(frozen=True)
class Card:
    """A picture: its file, and the page of 1200 by 630 px that is photographed for it."""

    name: str
    html: str


def card_of(page: Page, edition: Edition, site: str) -> Card:
    """Return the card of `page`; `site` is the site's name.

    A page without marks of its own shows one of each kind that is a judgement.
    """
    claims = edition.claims_at_home(page.path)
    marks = [claim.verdict for claim in claims[:MOST_MARKS]]
    marks = marks or [verdict for verdict in VERDICTS if verdict != UNCHECKED]
    html = part("card", title=plain(page.title), marks=marks, site=site)
    digest = named_by(html)
    return Card(f"{page.path.removesuffix('.md').replace('/', '-')}-{digest}.png", html)


def stale_cards(
    wanted: Mapping[str, tuple[Card, Page]], there: Collection[str], shown: str
) -> Iterator[Problem]:
    """Say which pages have no card, or an old one, and which cards no page has.

    Args:
        wanted: the card of each page, by its name.
        there: the names of the cards that there are; without any, the project has none to keep.
        shown: how messages name the folder of cards.
    """
    if not there:
        return
    for name, (_, page) in wanted.items():
        if name not in there:
            yield Problem(
                Place(page.file),
                "card-stale",
                f"its card '{name}' is missing or shows the page as it was; run '{COMMAND}'",
            )
    for name in sorted(set(there) - wanted.keys()):
        yield Problem(Place(f"{shown}/{name}"), "card-unused", f"no page has it; run '{COMMAND}'")
