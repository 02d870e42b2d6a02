"""What is mended on the finished HTML of a page, because the theme leaves it out."""

from __future__ import annotations

import re

from annotated.records.wording import Words
from annotated.render.html import escape

#: What stands in a page, the name that it has if any, and the key of the name that it needs.
_NAMELESS = (
    (r'data-md-component="search" role="dialog"', "", "search-dialog"),
    (r'class="md-nav md-nav--primary(?: md-nav--\w+)*"', r' aria-label="[^"]*"', "nav-pages"),
)


def accessible_names(html: str, words: Words) -> str:
    """Name the search dialog and the navigation of pages, for those who do not see them.

    Raises:
        ValueError: a part is not there exactly once; the theme has changed.
    """
    for part, old, key in _NAMELESS:
        name = f' aria-label="{escape(words(key))}"'
        pieces = re.split(f"({part}){old}", html)
        found = len(pieces) // 2
        if found != 1:
            raise ValueError(f"expected {part!r} once in a page, found it {found} times")
        html = pieces[0] + pieces[1] + name + pieces[2]
    return html
