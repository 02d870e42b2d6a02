"""How deep elements stand in each other: what walks a page by calling itself has an end."""

from __future__ import annotations

import re

#: No page for people comes near it; the minifier ends the whole process at some thousands.
MOST_LEVELS = 500

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
#: Elements that hold nothing, and those that the next of their kind ends.
_FLAT = frozenset(
    "area base br col embed hr img input link meta source track wbr "
    "p li dt dd tr td th thead tbody tfoot option path use rect circle line g".split()
)


def deepest(html: str) -> int:
    """Return how many elements stand in each other at the deepest place, in one pass.

    >>> deepest("<div><b>a</b><br><i><b>b</b></i></div>")
    3
    """
    depth = most = 0
    for closing, name in _TAG.findall(html):
        if name.lower() in _FLAT:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        most = max(most, depth)
    return most
