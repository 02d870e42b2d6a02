"""One stylesheet: the theme's and ours joined, without the classes that no page uses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial

import lightningcss

#: Parts that the theme's script adds only for features which a page must switch on itself.
_ON_DEMAND = (
    "admonition", "annotate", "footnote", "giscus", "keys", "linenos", "md-annotation",
    "md-banner", "md-consent", "md-feedback", "md-post", "md-source__fact", "md-status", "md-tag",
    "md-version", "mermaid", "tabbed-", "task-list",
)  # fmt: skip
_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_WORD = re.compile(r"[A-Za-z_][\w-]*")


# A rule without rules inside: its selectors and its declarations.
_RULE = re.compile(r"(?<![^{};])([^{}@;]+)\{([^{}]*)\}")
_NEGATED = re.compile(r":not\([^()]*(?:\([^()]*\)[^()]*)*\)")
# A custom property with its value, in which quoted text and addresses may hold anything.
_PROPERTY = re.compile(
    r"(?<=[{;])(--[\w-]+):(?:url\((?:\"[^\"]*\"|'[^']*'|[^)\"']*)\)|\"[^\"]*\"|'[^']*'|[^;{}\"'])*;?"
)
_SCHEME = re.compile(r"(?<=[{}])\[data-md-color-(?:primary|accent)=([a-z-]+)\][^{},]*\{[^{}]*\}")


def _selectors(group: str) -> list[str]:
    """Part a group of selectors at its commas, those inside brackets aside."""
    return re.findall(r"(?:[^,()\[\]]|\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\])+", group)


def pruned(css: str, can_match: Callable[[str], bool]) -> str:
    """Drop the selectors that can match nothing, and the rules that are left without one."""

    def rule(match: re.Match[str]) -> str:
        kept = [selector for selector in _selectors(match[1]) if can_match(selector)]
        return f"{','.join(kept)}{{{match[2]}}}" if kept else ""

    return _RULE.sub(rule, css)


def _if_named(names: set[str], match: re.Match[str]) -> str:
    """Keep what is matched if its first part is among `names`."""
    return match[0] if match[1] in names else ""


def without_unused(css: str, schemes: set[str]) -> str:
    """Drop what cannot show: custom properties that nothing reads, colours that no page names.

    Args:
        css: a minified stylesheet.
        schemes: the theme's colours in use, like ``indigo``.
    """
    css = _SCHEME.sub(partial(_if_named, schemes), css)
    while True:
        read = set(re.findall(r"var\((--[\w-]+)", css))
        shorter = _PROPERTY.sub(partial(_if_named, read), css)
        if shorter == css:
            return css
        css = shorter


def one_stylesheet(sheets: Iterable[str], pages: Iterable[str], scripts: Iterable[str]) -> str:
    """Join `sheets` in order, minified.

    A class of theirs that no element of `pages` has and no word of `scripts` names (a script
    may add it) is dropped.
    """
    css, pages = "\n".join(sheets), list(pages)
    # Splitting is several times faster than a pattern over every page.
    lists = {
        part.partition('"')[0]
        for page in pages
        for attribute in ('class="', 'id="')
        for part in page.split(attribute)[1:]
    }
    words = {word for names in lists for word in names.split()}
    for script in scripts:
        words.update(w for w in _WORD.findall(script) if not w.startswith(_ON_DEMAND))
    unused = {name for name in _CLASS.findall(css) if name not in words}
    right_to_left = any('dir="rtl"' in page for page in pages)

    def can_match(selector: str) -> bool:
        if "[dir=rtl]" in selector and not right_to_left:
            return False
        if ":is(" in selector or ":where(" in selector:
            return True  # one of several alternatives may match
        return unused.isdisjoint(_CLASS.findall(_NEGATED.sub("", selector)))

    minified: str = lightningcss.process_stylesheet(css, minify=True)
    colours = set(re.findall(r"data-md-color-(?:primary|accent)=\"?([a-z-]+)", "".join(pages)))
    smaller = without_unused(pruned(minified, can_match), colours)
    result: str = lightningcss.process_stylesheet(smaller, minify=True)
    return result


_STYLESHEET = re.compile(r'<link rel="stylesheet" href="(?P<href>[^"]+)">\s*')


def linked_sheets(html: str) -> list[str]:
    """Return the addresses of the stylesheets of a page, in order, as written."""
    return [m["href"] for m in _STYLESHEET.finditer(html)]


def with_one_sheet(html: str, href: str) -> str:
    """Link the page to the one stylesheet `href` in place of all others."""
    link = f'<link rel="stylesheet" href="{href}">'
    return _STYLESHEET.sub("", _STYLESHEET.sub("\0", html, count=1)).replace("\0", link)
