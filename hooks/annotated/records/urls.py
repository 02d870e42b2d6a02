"""Where a page stands on the site: addresses from paths, in the one way that MkDocs has.

A build compares these addresses with those of MkDocs, so that a difference is an error and no
broken link.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from urllib.parse import quote

_PAGE = re.compile(r"(?P<path>.*?\.md)(?:#(?P<anchor>.*))?", re.DOTALL)


def address_of(path: str) -> str:
    """Return the file that a page is written to, as a path below the site's root.

    >>> address_of("brewing.md"), address_of("notes/README.md")
    ('brewing.html', 'notes/index.html')
    """
    if not path.endswith(".md"):
        return path
    folder, name = posixpath.split(path.removesuffix(".md"))
    return posixpath.join(folder, "index" if name == "README" else name) + ".html"


def url_of(path: str) -> str:
    """Write a path as it stands in a link, with the letters escaped that mean something there.

    >>> url_of("tea/what is 100%?.html")
    'tea/what%20is%20100%25%3F.html'
    """
    return quote(path)


def named_by(text: str) -> str:
    """Return the part of a file's name that its content gives it.

    A page of the last release never gets the file of this one; eight digits tell those apart.
    """
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def parted(target: str) -> tuple[str, str]:
    """Part ``page.md#anchor`` into path and anchor; a name may hold a ``#`` itself.

    >>> parted("brewing.md#time"), parted("c#.md#time"), parted("#time")
    (('brewing.md', 'time'), ('c#.md', 'time'), ('', 'time'))
    """
    match = _PAGE.fullmatch(target)
    if match:
        return match["path"], match["anchor"] or ""
    path, _, anchor = target.partition("#")
    return path, anchor
