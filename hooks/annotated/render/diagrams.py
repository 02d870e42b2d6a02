"""A stored drawing -> the figure of a page, and plain Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from annotated.records.drawings import Drawing
from annotated.records.load import CLOSED, ROLE
from annotated.records.models import Role
from annotated.records.wording import Words
from annotated.render import markdown
from annotated.render.parts import part
from annotated.render.sentences import Piece, in_words

#: Words for the view that opens over the page; its script reads them from the figure.
DIALOG = ("close", "zoom-in", "zoom-out", "whole", "help")


@dataclass(frozen=True)
class KeyView:
    """A line of a key: a shape, and who is in charge of what has it."""

    shape: str
    name: str


@dataclass(frozen=True)
class FigureView:
    """A diagram in a page: its drawing, the same in sentences, and its key."""

    title: str
    svg: Markup
    arrows: list[list[Piece]]
    places: list[list[Piece]]
    key: tuple[KeyView, ...]
    href: str
    dialog: tuple[str, ...] = DIALOG


def figure_view(
    drawing: Drawing, words: Words, roles: Mapping[str, Role], href: str, number: int = 1
) -> FigureView:
    """Return what the figure of `drawing` shows.

    Args:
        drawing: the stored drawing.
        words: the interface words.
        roles: those of the site, in the order of a key.
        href: the address of the drawing's own file, as seen from the page.
        number: 1 for the first figure of this drawing on a page, 2 for the next: ids differ.
    """
    arrows, places = in_words(drawing, words)
    return FigureView(
        drawing.title, _inline(drawing, number), arrows, places, _key(drawing, words, roles), href
    )


def diagram_figure(
    drawing: Drawing, words: Words, roles: Mapping[str, Role], href: str, number: int = 1
) -> str:
    """Return the figure of `drawing`; for the arguments see `figure_view`."""
    return part("figure", view=figure_view(drawing, words, roles, href, number), words=words)


def _key(drawing: Drawing, words: Words, roles: Mapping[str, Role]) -> tuple[KeyView, ...]:
    """The roles that are used, in their own order; what is closed comes last."""
    used = set(drawing.roles())
    key = [
        KeyView(role.shape, words(f"{ROLE}{name}")) for name, role in roles.items() if name in used
    ]
    if drawing.has_closed() and words.has(f"{ROLE}{CLOSED}"):
        key.append(KeyView(CLOSED, words(f"{ROLE}{CLOSED}")))
    return tuple(key)


def _inline(drawing: Drawing, number: int) -> Markup:
    """The SVG as it stands in a page: no namespace, ids of its own.

    It is HTML as it is: the checks let no drawing pass that is more than shapes and words.
    """
    svg = drawing.svg.strip().replace(' xmlns="http://www.w3.org/2000/svg"', "", 1)
    if number > 1:
        for name in ("title", "desc"):
            svg = svg.replace(f'"{drawing.id}-{name}"', f'"{drawing.id}-{name}-{number}"')
    return Markup(svg)  # noqa: S704 (see above)


def diagram_markdown(drawing: Drawing, words: Words) -> str:
    """Return title, description and sentences as plain Markdown."""
    arrows, places = in_words(drawing, words)
    lines = [f"**{markdown.text(drawing.title)}**", "", markdown.text(drawing.description), ""]
    lines += [f"{number}. {_markdown(said)}" for number, said in enumerate(arrows, 1)]
    if places:
        lines += ["", *(f"- {_markdown(said)}" for said in places)]
    return "\n".join(lines).rstrip() + "\n"


def _markdown(sentence: list[Piece]) -> str:
    return "".join(
        f"**{markdown.text(p.text)}**" if p.strong else markdown.inner(p.text) for p in sentence
    )
