"""One stylesheet: the theme's and ours joined, without what no page of the site can use.

What is unused is told to lightningcss by name, and its parser drops the rules: one whose every
selector needs an unused class outside of ``:not()`` and ``:has()`` can match nothing. No rule is
ever taken apart here.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import lightningcss

#: Parts of the theme that its script completes where a page already has a class that begins so.
_COMPLETED = (
    "admonition", "annotate", "footnote", "giscus", "keys", "linenos", "md-banner", "md-consent",
    "md-feedback", "md-post", "md-status", "md-tag", "mermaid", "tabbed-", "task-list",
)  # fmt: skip
#: Parts that its script adds on its own, each with what stands in a page that switches it on.
_ADDED = {
    "md-annotation": "content.code.annotate",
    "md-source__fact": 'data-md-component="source"',
    "md-version": '"provider"',
}
#: The theme's kinds of callouts: no script adds one, though many hold these words.
_CALLOUTS = {"bug", "example", "info", "note", "question", "quote", "success", "tip", "warning"}
#: What scripts add to every page as they start, and to one with code; a test looks for more.
_STARTED = {
    "diagram-large", "focus-visible", "js", "js-focus-visible", "md-header--shadow",
    "md-nav__link--active", "md-nav__link--passed",
}  # fmt: skip
_STARTED_IN_CODE = {"md-code__button", "md-code__nav"}
#: Attributes by which the theme chooses among many rules: direction of text, colours.
_CHOICE = r"dir|data-md-color-(?:primary|accent|scheme)"
_NAMES = re.compile(r"""\b(?:class|id)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_CHOSEN = re.compile(rf"""\b({_CHOICE})\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_WORD = re.compile(r"[A-Za-z_][\w-]*")
# What an at-rule names (keyframes, layers) is no class, though it may be called like one.
_NAMED = re.compile(r"@[\w-]+\s+(-?[A-Za-z_][\w-]*)")

# In a minified sheet a custom property is set after one of these, and read anywhere else.
_SET = re.compile(r"(?<=[{;])--[\w-]+(?=:)")
_READ = re.compile(r"(?<![{;\w-])--[\w-]+")

# The theme's plain tables. While a sheet asks whether an element has classes at all, each class
# that a script gives to the page itself has everything below it styled anew: where no page has
# such a table, nothing asks. As a class, which weighs the same, it can be told to be unused.
_PLAIN_TABLE = re.compile(
    r"<table(?:\s+(?!class\b)[\w-]+(?:=(?:\"[^\"]*\"|'[^']*'|[^\s>]+))?)*\s*>", re.IGNORECASE
)
_PLAIN, _PLAIN_AS_CLASS = "table:not([class])", "table.__plain-table"

# A choice written as a class, which weighs the same, and back.
_AS_CLASS = re.compile(rf"""\[({_CHOICE})=(?:([a-z-]+)|"([a-z-]+)"|'([a-z-]+)')\]""")
_CLASS_OF_CHOICE = re.compile(rf"\.__choice-({_CHOICE})--([a-z-]+)")


def names_of(page: str) -> set[str]:
    """Return the classes and ids that stand in the HTML of a page."""
    values = {"".join(match) for match in _NAMES.findall(page)}
    return {name for value in values for name in html.unescape(value).split()}


@dataclass
class Seen:
    """What the pages of a site have that a stylesheet can name."""

    names: set[str] = field(default_factory=set)  # classes and ids
    signs: set[str] = field(default_factory=set)  # by which a script knows what it adds to
    chosen: set[tuple[str, str]] = field(default_factory=set)  # choices of colours
    read: set[str] = field(default_factory=set)  # custom properties that a page reads itself
    _tags: set[str] = field(default_factory=set)

    def add(self, page: str) -> None:
        """Look at the HTML of one page, and of that only at tags which no page had before."""
        tags = {part for part in page.split(">") if "=" in part} - self._tags
        self._tags |= tags
        new = ">".join(tags)
        self.names |= names_of(new)
        self.chosen.update(_CHOSEN.findall(new))
        self.signs.update(sign for sign in _ADDED.values() if sign in page)
        if _PLAIN_TABLE.search(page):
            self.names.add(_PLAIN_AS_CLASS.partition(".")[2])
        if "var(" in page:
            self.read.update(_READ.findall(page))

    def merge(self, other: Seen) -> None:
        """Add what other pages have."""
        self.names |= other.names
        self.signs |= other.signs
        self.chosen |= other.chosen
        self.read |= other.read


def one_stylesheet(sheets: Iterable[str], seen: Seen, scripts: Iterable[str]) -> str:
    """Join `sheets` in order, minified, without the rules that can match nothing.

    Args:
        sheets: stylesheets in the order in which a page links them.
        seen: what the pages have.
        scripts: every script; a class that one of its words could name may be added by it.

    Raises:
        ValueError: a sheet cannot be parsed; the message tells where.
    """
    scripts = list(scripts)
    css = _minified("\n".join(sheets), set())
    css = _AS_CLASS.sub(lambda m: f".__choice-{m[1]}--{m[2] or m[3] or m[4]}", css)
    css = _minified(css, _unused_names(css, seen, scripts))
    css = _CLASS_OF_CHOICE.sub(r"[\1=\2]", css)
    return _without_unread(css, seen.read.union(*map(_READ.findall, scripts)))


def sheet_before_scripts(css: str, seen: Seen) -> str:
    """Return the part of `css` that pages need until somebody does something.

    Args:
        css: what `one_stylesheet` returned.
        seen: what these pages have.
    """
    css = css.replace(_PLAIN, _PLAIN_AS_CLASS)
    used = seen.names | _STARTED
    if "highlight" in used:
        used |= _STARTED_IN_CODE
    classes = set(_CLASS.findall(css)) - set(_NAMED.findall(css))
    css = _minified(css, classes - used).replace(_PLAIN_AS_CLASS, _PLAIN)
    return _without_unread(css, seen.read)


def _without_unread(css: str, elsewhere: set[str]) -> str:
    """Drop the custom properties that neither the sheet nor anything `elsewhere` reads."""
    while unread := set(_SET.findall(css)) - set(_READ.findall(css)) - elsewhere:
        css = _minified(css, unread)
    return css


def _unused_names(css: str, seen: Seen, scripts: list[str]) -> set[str]:
    """The classes of `css` that no page has and no script could add."""
    used = set(seen.names)
    off = [part for part in _COMPLETED if not any(name.startswith(part) for name in used)]
    off += [part for part, sign in _ADDED.items() if sign not in seen.signs]
    for script in scripts:
        words = set(_WORD.findall(script)) - _CALLOUTS
        used.update(word for word in words if not word.startswith(tuple(off)))
    used.update(f"__choice-{name.lower()}--{value}" for name, value in seen.chosen)
    return set(_CLASS.findall(css)) - used - set(_NAMED.findall(css))


def _minified(css: str, unused: set[str]) -> str:
    try:
        result: str = lightningcss.process_stylesheet(css, unused_symbols=unused, minify=True)
    except Exception as error:
        raise ValueError(f"a stylesheet cannot be read: {error}") from error
    return result
