"""Which addresses may stand in a record or in a page, read as a browser reads them."""

from __future__ import annotations

import html
import re

#: The schemes that lead out of the site. Everything else is a way inside it, or refused.
SCHEMES = ("https", "mailto")

_DROPPED = re.compile(r"[\t\n\r]|^[\x00-\x20]+")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")


def scheme(address: str) -> str:
    r"""Return the scheme of `address` in lower case, ``//`` where it names only a host, or "".

    A browser reads entities first, drops tabs and line breaks anywhere and white space in front,
    takes capitals for small letters and a backslash for a slash.

    >>> scheme("JavaScript:alert(1)"), scheme(" java\tscript&colon;x"), scheme("\\/evil.test")
    ('javascript', 'javascript', '//')
    >>> scheme("brewing.md#kinds"), scheme("#a:b")
    ('', '')
    """
    address = _DROPPED.sub("", html.unescape(address))
    address = _DROPPED.sub("", address).replace("\\", "/")
    match = _SCHEME.match(address)
    if match:
        return match[1].lower()
    return "//" if address.startswith("//") else ""
