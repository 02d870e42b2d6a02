"""The pictures of authors: how large each one is, so that a page keeps its place while it loads."""

from __future__ import annotations

import re
from pathlib import Path
from xml.parsers import expat

import imagesize  # type: ignore[import-untyped]

#: What the names of pictures end in that browsers show.
ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".bmp", ".ico")


def size_of(file: Path) -> tuple[int, int] | None:
    """Return width and height of a picture in CSS pixels as it is shown; None if it is none.

    A photo that says that it lies on its side is shown upright.
    """
    width, height = imagesize.get(file)
    if width <= 0 and file.suffix.lower() == ".svg":
        width, height = _view_box(file.read_bytes())
    return (round(width), round(height)) if width > 0 and height > 0 else None


def _view_box(svg: bytes) -> tuple[float, float]:
    """The size of an SVG that gives none: that of the box it is drawn in, as browsers take it."""
    found: list[dict[str, str]] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda _, attributes: found.append(attributes)
    try:
        parser.Parse(svg, True)
    except expat.ExpatError:
        return 0, 0
    numbers = re.findall(r"-?[0-9]+(?:\.[0-9]+)?", found[0].get("viewBox", ""))
    return (float(numbers[2]), float(numbers[3])) if len(numbers) == 4 else (0, 0)
