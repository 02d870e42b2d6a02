"""The navigation that stands in every page, cut to what a reader of that page needs.

A section of a thousand pages, listed in each of them, would be a million links. The theme leaves
out the sections that are not open (``navigation.prune``); of one that is, a page lists its
neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

#: Up to so many entries are a list that people look through; more are searched.
MOST_ENTRIES = 60
#: How many of a longer list are shown on either side of the page.
NEIGHBOURS = 20


def shown_entries(entries: Sequence[T], at: int) -> list[T]:
    """Return the entries of a section to list on the page `at` in it, in their order.

    A long list is cut to the first, which is often an overview, and those around the page.

    >>> shown_entries(range(1000), 500)[:3], len(shown_entries(range(1000), 500))
    ([0, 480, 481], 42)
    """
    if len(entries) <= MOST_ENTRIES:
        return list(entries)
    return [
        entry
        for number, entry in enumerate(entries)
        if number == 0 or abs(number - at) <= NEIGHBOURS
    ]
