"""Published scripts, made smaller without changing what they do."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from importlib.util import find_spec

_INLINE = re.compile(r"(<script(?: data-[^>]*)?>)(.*?)(?=</script>)", re.DOTALL)


def smaller_script(script: str) -> str:
    """Return a classic script with short names and no comments.

    Not every machine has a build of the minifier (see requirements.in): there, the script stays
    as it is.

    Raises:
        ValueError: the script has a syntax error; the message tells where.
    """
    if find_spec("minify") is None:
        return script
    import minify  # noqa: PLC0415 (it may be missing)

    try:
        smaller: str = minify.string("application/javascript", script)
    except minify.MinifyError as error:
        raise ValueError(f"a script cannot be read: {error}") from error
    return smaller


@cache
def _smaller_inline(script: str) -> str:
    return smaller_script(script)


def smaller_inline_scripts(html: str, own: Collection[str]) -> tuple[str, frozenset[str]]:
    """Make our own scripts that stand in a page smaller.

    Args:
        html: the page.
        own: the texts of our scripts, without white space around them.

    Returns:
        The page, and the texts of our scripts as they stand in it now.

    Raises:
        ValueError: a script has a syntax error.
    """
    found = set()

    def shorten(match: re.Match[str]) -> str:
        if match[2].strip() not in own:
            return match[0]
        shorter = _smaller_inline(match[2])
        found.add(shorter.strip())
        return match[1] + shorter

    return _INLINE.sub(shorten, html), frozenset(found)
