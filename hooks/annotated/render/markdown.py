r"""Texts of records as Markdown that shows them: nothing in a text becomes markup.

What is escaped is escaped in the way that both CommonMark and Python-Markdown read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from annotated.records.grammar import CODE

#: Signs that mark something wherever they stand; an underscore only at the edge of a word.
_SIGNS = re.compile(
    r"[\\`*{}\[\]|]|(?<![^\W_])_+|_+(?![^\W_])|^#+|#+$|^[-+>](?=\s)|(?<=^\d)[.)](?=\s)"
)
#: What no backslash helps against everywhere.
_ENTITIES = re.compile(r"<|~|&(?=#?\w+;)")
#: What would end an address, or is not part of one.
_NO_ADDRESS = re.compile(r"[^!#$%&*+,\-./0-9:;=?@A-Z_a-z~]")


def text(value: str) -> str:
    r"""Return words, on one line, as Markdown that shows them.

    >>> text("[x](javascript:y) a_b *c*\n# d")
    '\\[x\\](javascript:y) a_b \\*c\\* # d'
    """
    value = " ".join(value.split())
    value = _ENTITIES.sub(lambda m: f"&#{ord(m[0])};", value)
    return _SIGNS.sub(lambda m: "".join("\\" + sign for sign in m[0]), value)


def rich(value: str) -> str:
    """Return a text of a record as Markdown: its `code` is code, all else is words."""
    parts = CODE.split(" ".join(value.split()))
    return "".join(code(part) if i % 2 else inner(part) for i, part in enumerate(parts))


def inner(value: str) -> str:
    """Words between others: the spaces at their edges stay."""
    bare = value.strip()
    before, after = value[: len(value) - len(value.lstrip())], value[len(value.rstrip()) :]
    return before + text(bare) + after if bare else value


def code(value: str) -> str:
    """Return an identifier as a code span."""
    ticks = "`" * (1 + max((len(run) for run in re.findall("`+", value)), default=0))
    edge = " " if value.startswith("`") or value.endswith("`") else ""
    return f"{ticks}{edge}{value}{edge}{ticks}"


def address(value: str) -> str:
    """Return an address with what Markdown would take for its end in percent signs."""
    return _NO_ADDRESS.sub(lambda m: "".join(f"%{byte:02X}" for byte in m[0].encode()), value)


def link(words: str, target: str) -> str:
    """Return a link whose text is `words`."""
    return f"[{text(words)}]({address(target)})"


def rich_link(value: str, target: str) -> str:
    """Return a link whose text is a text of a record.

    >>> rich_link("kinds of `tea`", "tea.md")
    '[kinds of `tea`](tea.md)'
    """
    return f"[{rich(value)}]({address(target)})"


def row(cells: Iterable[str]) -> str:
    """Return a row of a table; the cells are Markdown already."""
    return f"| {' | '.join(cells)} |"


def head(cells: Sequence[str]) -> list[str]:
    """Return the first two rows of a table: its heads, and the line below them."""
    return [row(cells), row(["---"] * len(cells))]


def anchor(name: str) -> str:
    """Return a place that links lead to, in the one form that every renderer keeps."""
    return f'<a id="{name}"></a>'


def heading(words: str, anchor: str) -> str:
    """Return a heading of the second level with its id, as the pages write it."""
    return f"## {rich(words)} {{#{anchor}}}"
