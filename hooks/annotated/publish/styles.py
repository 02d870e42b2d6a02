"""One stylesheet: the theme's and ours joined, without the classes that no page uses."""

from __future__ import annotations

import re
from collections.abc import Iterable

import lightningcss

_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_WORD = re.compile(r"[A-Za-z_][\w-]*")


def one_stylesheet(sheets: Iterable[str], pages: Iterable[str], scripts: Iterable[str]) -> str:
    """Join `sheets` in order, minified.

    A class of theirs that no element of `pages` has and no word of `scripts` names (a script
    may add it) is dropped.
    """
    css = "\n".join(sheets)
    # Splitting is several times faster than a pattern over every page.
    lists = {
        part.partition('"')[0]
        for page in pages
        for attribute in ('class="', 'id="')
        for part in page.split(attribute)[1:]
    }
    words = {word for names in lists for word in names.split()}
    for script in scripts:
        words.update(_WORD.findall(script))
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
