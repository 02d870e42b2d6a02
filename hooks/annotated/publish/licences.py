"""Whose work the published pages hold beside the site's own: names, licences, notices.

Licences ask for their notice in every copy. It is read from the metadata of the installed package,
so that it is that of the release in use.
"""

from __future__ import annotations

from email.utils import parseaddr
from importlib.metadata import Distribution, PackageNotFoundError, entry_points

FILE = "licences.txt"
#: Where packages register the themes that they bring.
_THEMES = "mkdocs.themes"


def licences(theme: str) -> str:
    """Return the notices of the package that brings the `theme`; empty if none is installed."""
    found = [point.dist for point in entry_points(group=_THEMES, name=theme) if point.dist]
    return "\n\n".join(_notice(package) for package in found)


def _notice(package: Distribution) -> str:
    told = package.metadata

    def first(*keys: str) -> str:
        return next((value for key in keys for value in told.get_all(key) or []), "")

    author = first("Author") or parseaddr(first("Author-email"))[0]
    licence = first("License-Expression", "License")
    head = f"{told['Name']} {told['Version']}, by {author}, under the licence {licence}"
    names = told.get_all("License-File") or []
    return "\n\n".join([head, *(_text(package, name) for name in names)]) + "\n"


def _text(package: Distribution, name: str) -> str:
    for path in (f"licenses/{name}", name):
        text = package.read_text(path)
        if text:
            return text.strip()
    raise PackageNotFoundError(f"{package.metadata['Name']} does not bring its licence '{name}'")
