"""Drawings as files of their own, with their colours inside, to open, keep and print."""

from __future__ import annotations

from pathlib import Path

from annotated.check.diagrams import Drawing, load_drawing
from annotated.render.diagrams import standalone_style, standalone_svg
from annotated.render.fences import FOLDER


def standalone_drawings(folder: Path, styles: Path) -> list[tuple[str, str]]:
    """Return path below the site's root and content of every drawing stored in `folder`.

    Args:
        folder: the stored drawings.
        styles: the folder of the stylesheets, whose tokens give the colours.
    """
    names = sorted(file.stem for file in folder.glob("d-*.svg"))
    if not names:
        return []
    tokens, diagrams = (
        next(iter(sorted(styles.glob(f"*{name}.css")))).read_text(encoding="utf-8")
        for name in ("tokens", "diagrams")
    )
    style = standalone_style(tokens, diagrams)
    drawings = (_readable(folder, name) for name in names)
    return [(f"{FOLDER}/{d.id}.svg", standalone_svg(d, style)) for d in drawings if d is not None]


def _readable(folder: Path, name: str) -> Drawing | None:
    """A stored drawing; None where it cannot be read, which the checks say."""
    try:
        return load_drawing(folder, name)
    except ValueError:
        return None
