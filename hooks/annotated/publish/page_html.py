"""What is mended on the finished HTML of a page, because the theme leaves it out."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from html import unescape
from typing import Any
from urllib.parse import unquote

from markupsafe import Markup, escape

from annotated.records.wording import Words

#: What stands in a page, the name that it has if any, and the key of the name that it needs.
_NAMELESS = (
    (r'data-md-component="search" role="dialog"', "", "search-dialog"),
    (r'class="md-nav md-nav--primary(?: md-nav--\w+)*"', r' aria-label="[^"]*"', "nav-pages"),
)
_ICON = r'<span class="md-nav__icon md-icon"></span>'
#: A section of the navigation, named by a switch that may be missing or say nothing.
_SECTION = re.compile(
    r' aria-labelledby="(__nav_\w+)_label"'
    rf'([^>]*>\s*<label class="md-nav__title" for="\1">\s*{_ICON}\s*(.*?)\s*</label>)',
    re.DOTALL,
)
_SILENT_SWITCH = re.compile(
    rf'(<label class="md-nav__link[^>]* for="(__nav_\w+)"[^>]*>)(\s*{_ICON})'
)
#: A box of a task list, as `pymdownx.tasklist` writes it.
_TASK = re.compile(r'<input type="checkbox" disabled( checked|)\s*/?>')
_PICTURE = re.compile(r"<img\b[^>]*>")
_SOURCE, _SIZE = re.compile(r'\ssrc="([^"]*)"'), re.compile(r"\s(?:width|height)=")
#: The text of an entry of the navigation, where it is nothing but text.
_WRAPPED = re.compile(
    r'(<(?:a|label|span) [^>]*?\bclass="md-nav__link\b[^"]*"[^>]*>)\s*'
    r'<span class="md-ellipsis">\s*([^<]*?)\s*</span>\s*'
)
_IDLE_MARK = re.compile(r'<span class="[pw]">([^<]*)</span>')


def html_of(value: Any) -> Any:
    """Return `value` with every text in it, at any depth, as HTML that shows the text.

    The theme's templates write texts as they are. Filters that escape leave the result alone.

    >>> html_of({"title": "A & <b>", "tags": ["<i>"], "order": 3})
    {'title': Markup('A &amp; &lt;b&gt;'), 'tags': [Markup('&lt;i&gt;')], 'order': 3}
    """
    if isinstance(value, str):
        return escape(value)
    if isinstance(value, dict):
        return {key: html_of(item) for key, item in value.items()}
    if isinstance(value, list):
        return [html_of(item) for item in value]
    return value


def without_idle_marks(html: str) -> str:
    """Take the marks off white space and punctuation in highlighted code: half of all its elements.

    They would have the colour of the text, or nearly.

    >>> without_idle_marks('<b>a</b><span class="p">:</span><span class="w"> </span>')
    '<b>a</b>: '
    """
    return _IDLE_MARK.sub(r"\1", html)


def without_wraps(html: str) -> str:
    """Take the element off the text of each entry of the navigation: it would cut a long word off.

    Here long words break instead (styles/20-frame.css). Of a page's elements one in twenty goes,
    each of which the theme's script would measure.

    >>> without_wraps('<a class="md-nav__link"> <span class="md-ellipsis"> A </span> </a>')
    '<a class="md-nav__link">A</a>'
    """
    return _WRAPPED.sub(r"\1\2", html)


def sized_pictures(html: str, page: str, sizes: Mapping[str, tuple[int, int]]) -> str:
    """Tell the browser how large each picture of the site is, so that nothing moves as it comes.

    Args:
        html: a finished page.
        page: its address below the root of its edition.
        sizes: width and height of each picture, by its path below that root.

    >>> sized_pictures('<img alt="" src="../a%20b.png">', "x/y.html", {"a b.png": (4, 3)})
    '<img alt="" src="../a%20b.png" width="4" height="3">'
    """

    def sized(tag: re.Match[str]) -> str:
        source = _SOURCE.search(tag[0])
        if source is None or _SIZE.search(tag[0]):
            return tag[0]
        path = unquote(unescape(source[1]).partition("#")[0].partition("?")[0])
        size = sizes.get(posixpath.normpath(posixpath.join(posixpath.dirname(page), path)))
        if size is None:
            return tag[0]
        end = len(tag[0].rstrip(" />"))
        return f'{tag[0][:end]} width="{size[0]}" height="{size[1]}"{tag[0][end:]}'

    return _PICTURE.sub(sized, html)


def named_tasks(html: str, words: Words) -> str:
    """Say of each box of a task list whether it is done, for those who do not see it.

    The box is only a sign: its item stands beside it, and may hold links and marks of its own.
    """

    def named(box: re.Match[str]) -> str:
        name = Markup('aria-label="{}"').format(words("task-done" if box[1] else "task-open"))
        return f'<input type="checkbox" disabled{box[1]} {name}>'

    return _TASK.sub(named, html)


def accessible_names(html: str, words: Words) -> str:
    """Name the search dialog and the navigation, for those who do not see them.

    Raises:
        ValueError: a part is not there exactly once; the theme has changed.
    """
    for part, old, key in _NAMELESS:
        name = str(Markup(' aria-label="{}"').format(words(key)))
        pieces = re.split(f"({part}){old}", html)
        found = len(pieces) // 2
        if found != 1:
            raise ValueError(f"expected {part!r} once in a page, found it {found} times")
        html = pieces[0] + pieces[1] + name + pieces[2]
    return _named_sections(html)


def _named_sections(html: str) -> str:
    """Name each section of the navigation, and its switch, by the section's title."""
    titles = {m[1]: re.sub(r"<[^>]*>", "", m[3]).strip() for m in _SECTION.finditer(html)}
    if html.count(' aria-labelledby="__nav_') != len(titles):
        raise ValueError("a section of the navigation has another shape than expected")
    html = _SECTION.sub(lambda m: f' aria-label="{titles[m[1]]}"{m[2]}', html)
    return _SILENT_SWITCH.sub(lambda m: f'{m[1]}<span class="vh">{titles[m[2]]}</span>{m[3]}', html)
