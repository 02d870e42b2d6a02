"""A stored drawing -> the figure of a page, and plain Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from annotated.records.drawings import Drawing, Line
from annotated.records.load import CLOSED, ROLE
from annotated.records.models import Role
from annotated.records.wording import Words
from annotated.render import markdown
from annotated.render.parts import part
from annotated.render.sentences import Piece, in_words

#: Words for the view that opens over the page; its script reads them from the figure.
DIALOG = ("close", "zoom-in", "zoom-out", "whole", "help")


#: The units that a phone's column holds; what is wider scrolls in a box of its own.
COLUMN = 344

#: Pixels for a unit of a drawing that Mermaid made: its letters are as large as those of a table.
LARGER = 1.2


@dataclass(frozen=True)
class KeyView:
    """A line of a key: a shape, and who is in charge of what has it."""

    shape: str
    name: str


@dataclass
class Branch:
    """A line of a chart or a tree, and what stands under it."""

    words: str
    under: list[Branch] = field(default_factory=list)


@dataclass(frozen=True)
class FigureView:
    """A diagram in a page: its drawing, the same in sentences and lines, and its key."""

    title: str
    svg: Markup
    arrows: list[list[Piece]]
    places: list[list[Piece]]
    branches: list[Branch]
    key: tuple[KeyView, ...]
    href: str
    wide: bool
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
        drawing.title,
        _inline(drawing, number),
        arrows,
        places,
        _branches(drawing.lines),
        _key(drawing, words, roles),
        href,
        drawing.width > COLUMN,
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


def _branches(lines: Iterable[Line]) -> list[Branch]:
    """The lines, each under what it belongs to."""
    root = Branch("")
    path = [root]
    for line in lines:
        branch = Branch(line.words)
        del path[line.depth + 1 :]
        path[-1].under.append(branch)
        path.append(branch)
    return root.under


def _inline(drawing: Drawing, number: int) -> Markup:
    """The SVG as it stands in a page: no namespace, ids of its own.

    It is HTML as it is: the checks let no drawing pass that is more than shapes and words.
    """
    size = "" if drawing.is_own else f' width="{round(drawing.width * LARGER)}"'
    svg = drawing.readable.strip().replace(' xmlns="http://www.w3.org/2000/svg"', size, 1)
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
    if drawing.lines:
        lines += [""] + [f"{'    ' * li.depth}- {markdown.text(li.words)}" for li in drawing.lines]
    return "\n".join(lines).rstrip() + "\n"


def _markdown(sentence: list[Piece]) -> str:
    return "".join(
        f"**{markdown.text(p.text)}**" if p.strong else markdown.inner(p.text) for p in sentence
    )
