"""A diagram's fence becomes its stored drawing; without one, something an author can work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from markupsafe import escape

from annotated.records.drawings import Drawing, drawing_id, load_drawing, without_names
from annotated.render.diagrams import diagram_figure, diagram_markdown
from annotated.render.edition import Edition, link_to
from annotated.render.parts import part

FOLDER = "assets/drawings"


@dataclass
class DiagramFence:
    """Formats the diagrams of a build.

    Args:
        edition: for the words.
        folder: where the drawings are stored.
        settings: the file of settings that they were drawn with.
        page: called for the path of the page that is being rendered.
        live: draws a fence in the browser, where the library for that is installed.
    """

    edition: Edition
    folder: Path
    settings: bytes
    page: Callable[[], str]
    live: Callable[..., str] | None = None
    shown: dict[tuple[str, str], int] = field(default_factory=dict)
    undrawn: list[tuple[str, str]] = field(default_factory=list)  # page and source

    def __call__(
        self, source: str, language: str, css_class: str, options: Any, md: Any, **kwargs: Any
    ) -> str:
        """Return the HTML of one fence, in the form that superfences calls."""
        page, name = self.page(), drawing_id(source, self.settings)
        drawing = self.drawing(source)
        words = self.edition.words
        if drawing is not None:
            number = self.shown[page, name] = self.shown.get((page, name), 0) + 1
            href = link_to(f"{FOLDER}/{name}.svg", page)
            return diagram_figure(drawing, words, self.edition.site.roles, href, number)
        self.undrawn.append((page, source))
        if self.live is not None:
            return self.live(
                str(escape(without_names(source))), language, css_class, options, md, **kwargs
            )
        return part("undrawn", source=source, words=words)

    def drawing(self, source: str) -> Drawing | None:
        """Return the stored drawing of a fence, if there is one that can be read.

        The checks say what is wrong with one that cannot; a preview shows its fence meanwhile.
        """
        try:
            return load_drawing(self.folder, drawing_id(source, self.settings))
        except ValueError:
            return None

    def markdown(self, source: str) -> str | None:
        """Return the diagram in plain Markdown, or None where it is not drawn."""
        drawing = self.drawing(source)
        return None if drawing is None else diagram_markdown(drawing, self.edition.words)
