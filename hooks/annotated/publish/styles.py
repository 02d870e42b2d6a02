"""One stylesheet: the theme's and ours joined, without the classes that no page uses."""

from __future__ import annotations

import re
from collections.abc import Iterable

import lightningcss

_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_WORD = re.compile(r"[A-Za-z_][\w-]*")


def one_stylesheet(sheets: Iterable[str], used_in: Iterable[str]) -> str:
    """Join `sheets` in order, minified.

    A class of theirs that stands in none of the texts `used_in` (all pages and scripts, so
    that what a script adds is kept) is dropped: no element can have it.
    """
    css = "\n".join(sheets)
    words: set[str] = set()
    for text in used_in:
        words.update(_WORD.findall(text))
    unused = {name for name in _CLASS.findall(css) if name not in words}
    result: str = lightningcss.process_stylesheet(css, minify=True, unused_symbols=unused)
    return result


_STYLESHEET = re.compile(r'<link rel="stylesheet" href="(?P<href>[^"]+)">\s*')


def linked_sheets(html: str) -> list[str]:
    """Return the addresses of the stylesheets of a page, in order, as written."""
    return [m["href"] for m in _STYLESHEET.finditer(html)]


def with_one_sheet(html: str, href: str) -> str:
    """Link the page to the one stylesheet `href` in place of all others."""
    first = True

    def replace(match: re.Match[str]) -> str:
        nonlocal first
        if first:
            first = False
            return f'<link rel="stylesheet" href="{href}">'
        return ""

    return _STYLESHEET.sub(replace, html)
