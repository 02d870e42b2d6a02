"""Rules about the pictures in pages: each is there, can be shown, and is described."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from urllib.parse import unquote

from annotated.records.grammar import scheme_of
from annotated.records.load import Site
from annotated.records.problems import Problem, quoted


def described(site: Site) -> Iterable[Problem]:
    """Each picture says in words what it shows.

    HTML with ``alt=""`` says that it shows nothing that a reader has to know
    (https://www.w3.org/WAI/tutorials/images/decorative/); Markdown cannot say that on purpose.
    """
    for page in site.pages.values():
        for picture in page.pictures:
            told = picture.text is not None and (picture.text.strip() or picture.written == "raw")
            if not told:
                name = posixpath.basename(picture.target) or "picture.png"
                yield Problem(
                    picture.place,
                    "picture-without-text",
                    "say what the picture shows, for those who do not see it: "
                    f"![a cup of tea]({name})",
                )


def readable(site: Site) -> Iterable[Problem]:
    """Each picture of the site's own can be shown, and its size is known."""
    for page in site.pages.values():
        for picture in page.pictures:
            if scheme_of(picture.target) or site.files is None or site.pictures is None:
                continue
            path = unquote(picture.target.partition("#")[0].partition("?")[0])
            full = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path))
            if full in site.files and full not in site.pictures:
                hint = (
                    "an SVG says its size by 'width' and 'height', or a 'viewBox'"
                    if full.endswith(".svg")
                    else "save it as PNG, JPEG, WebP, AVIF, GIF or SVG"
                )
                message = f"{quoted(full)} cannot be read as a picture; {hint}"
                yield Problem(picture.place, "unreadable-picture", message)
