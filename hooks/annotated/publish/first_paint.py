"""What a page needs to be drawn stands in the page; nothing has to be fetched before.

The styles of its kind are written into the head. The whole sheet, which also styles what scripts
add (results of a search, the window of a drawing), is asked for at the first sign of a reader, by
``inline/sheet.js``. Scripts are announced, since a policy in a page hides them from the browser's
own look ahead.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from annotated.publish.styles import Seen, one_stylesheet, sheet_before_scripts
from annotated.records.urls import named_by

_STYLESHEET = re.compile(r'<link rel="stylesheet" href="(?P<href>[^"]+)">\s*')
_SCRIPT = re.compile(r'<script\b[^>]*?\ssrc="([^"]+)"')
_KIND = re.compile(r'<div class="page kind-([\w-]+)"')
#: Where a page says which sheet is to follow.
_FOLLOWS = 'data-sheet=""'


@dataclass(frozen=True)
class Look:
    """The styles of a site: those of each kind of page, and the sheet that follows."""

    replaced: list[str]  # the paths of the sheets that are no longer needed
    kinds: Mapping[str, str]  # the styles of a page by its kind
    path: str  # of the sheet that follows
    css: str  # what it holds


def linked_sheets(html: str) -> list[str]:
    """Return the addresses of the stylesheets of a page, in order, as written."""
    return [m["href"] for m in _STYLESHEET.finditer(html)]


def look_of(linked: list[str], pages: Iterable[str], files: Mapping[str, bytes]) -> Look:
    """Work out the styles of a site.

    Args:
        linked: the sheets that its start page links.
        pages: the HTML of every page that the build made.
        files: all files of the site, for its sheets and scripts.

    Raises:
        ValueError: a sheet cannot be parsed, or would end the element that holds it.
    """
    replaced = [posixpath.normpath(href) for href in linked]
    kinds: dict[str, Seen] = {}
    seen = Seen()
    for page in pages:
        kinds.setdefault(_kind(page), Seen()).add(page)
    for kind in kinds.values():
        seen.merge(kind)
    scripts = [
        content.decode("utf-8", "replace")
        for path, content in files.items()
        # What a search knows is data, and what a worker does no page sees.
        if path.endswith(".js") and not re.search(r"/lunr/|^search/", path)
    ]
    css = one_stylesheet([files[p].decode("utf-8") for p in replaced if p in files], seen, scripts)
    if "</style" in css.lower():
        raise ValueError("a stylesheet holds '</style', which would end it inside a page")
    name = f"assets/site.{named_by(css)}.css"
    parts = {kind: sheet_before_scripts(css, found) for kind, found in kinds.items()}
    return Look(replaced, parts, name, css)


def styled(html: str, look: Look) -> tuple[str, str]:
    """Return a page with its styles in it and its scripts announced, and those styles."""
    styles = look.kinds[_kind(html)]
    root = (linked_sheets(html) or [""])[0].removesuffix(look.replaced[0])
    ahead = "".join(
        f'<link rel="preload" as="script" href="{src}" fetchpriority="low">'
        for src in dict.fromkeys(_SCRIPT.findall(html))
    )
    # A place is kept for the styles, so that nothing in them is taken for a pattern.
    html = _STYLESHEET.sub("", _STYLESHEET.sub("\0", html, count=1))
    html = html.replace("\0", f"{ahead}<style>{styles}</style>", 1)
    return html.replace(_FOLLOWS, f'data-sheet="{root}{look.path}"', 1), styles


def _kind(html: str) -> str:
    match = _KIND.search(html)
    return match[1] if match else ""
