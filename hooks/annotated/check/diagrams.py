"""Diagrams: what must hold between the fences of pages and the stored drawings."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from annotated.records.drawings import Drawing, drawing_id, load_drawing
from annotated.records.pages import Fence
from annotated.records.problems import Place, Problem

LANGUAGE = "mermaid"
COMMAND = "make diagrams"
MOST_NODES = 14
LONGEST_LABEL_WORD = 22

_TITLE = re.compile(r"^[ \t]*accTitle[ \t]*:[ \t]*\S", re.MULTILINE)
_DESCRIPTION = re.compile(r"^[ \t]*accDescr[ \t]*(?::[ \t]*\S|\{\s*[^\s}])", re.MULTILINE)
#: What Mermaid reads in a label and a drawing shows as it was typed.
_NOT_DRAWN = re.compile(
    r"(?P<markdown>\"`|`\")|(?P<icon>\bfa[a-z]?:fa-[\w-]+|@\{[^}]*\b(?:icon|img)\s*:)"
    r"|(?P<formula>\$\$)|(?P<html>(?<!<)<(?!br\s*/?>)/?[A-Za-z][\w-]*[^<>]*>)"
)
_NOT_DRAWN_MEANS = {
    "markdown": "a Markdown string",
    "icon": "an icon",
    "formula": "a formula",
    "html": "HTML",
}
#: Mermaid's own way to write a sign by its name or number: #quot; #35;
_ENTITY = re.compile(r"(?<!&)#(?:(\d+)|([a-z]+));")
_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
_SVG_TEXT = re.compile(r"<text\b[^>]*>([^<]*)</text>")


def diagrams_of(fences: Iterable[Fence]) -> list[Fence]:
    """The fences that are diagrams."""
    return [fence for fence in fences if fence.language == LANGUAGE]


def named_and_described(fences: Iterable[Fence]) -> Iterator[Problem]:
    """Each diagram has a title and a description for those who cannot see it."""
    for fence in diagrams_of(fences):
        missing = [
            word
            for word, pattern in (("accTitle", _TITLE), ("accDescr", _DESCRIPTION))
            if not pattern.search(fence.text)
        ]
        if missing:
            yield Problem(
                fence.place,
                "diagram-unnamed",
                f"the diagram has no {' and no '.join(missing)}: add a line '{missing[0]}: …'",
            )


def plain_labels(fences: Iterable[Fence]) -> Iterator[Problem]:
    """No label asks for what a stored drawing cannot show: Markdown, icons, formulas, HTML."""
    for fence in diagrams_of(fences):
        for number, line in enumerate(fence.text.split("\n"), 1):
            if match := _NOT_DRAWN.search(line):
                kind = str(match.lastgroup)
                yield Problem(
                    Place(
                        fence.place.file,
                        fence.place.line + number,
                        fence.place.column + match.start(),
                    ),
                    "diagram-label",
                    f"found '{match[0]}': {_NOT_DRAWN_MEANS[kind]}, which would be drawn as typed; "
                    "a label holds words and <br>",
                )


def drawn(
    fences: Iterable[Fence], folder: Path, settings: bytes, shown: str = "drawings"
) -> Iterator[Problem]:
    """Each diagram has its drawing, and the drawing says what the fence says.

    `shown` is how messages name `folder`.
    """
    for fence in diagrams_of(fences):
        id_ = drawing_id(fence.text, settings)
        try:
            drawing = load_drawing(folder, id_)
        except ValueError as error:
            yield Problem(fence.place, "diagram-broken", f"{error}; run '{COMMAND}'")
            continue
        if drawing is None:
            yield Problem(
                fence.place,
                "diagram-missing",
                f"the diagram has no drawing '{id_}', or an old one; run '{COMMAND}' and commit "
                f"'{shown}/'",
            )
            continue
        stale = (f"{found}; run '{COMMAND}'" for found in mismatches(drawing, fence.text))
        for message in [*stale, *excesses(drawing)]:
            yield Problem(fence.place, "diagram-words", message)


def mismatches(drawing: Drawing, source: str) -> Iterator[str]:
    """Say which words of one diagram its drawing or its source has not."""
    shown = _flat(" ".join(html.unescape(text) for text in _SVG_TEXT.findall(drawing.svg)))
    written = _flat(source)
    labels = drawing.labels() + [edge.label for edge in drawing.edges if edge.label]
    # Mermaid breaks lines inside words, and sets signs of its own between them.
    form = _flat if drawing.is_own else _letters
    for label in dict.fromkeys(labels):
        if form(label) not in form(shown):
            yield f"'{label}' does not stand in drawing '{drawing.id}'"
        elif form(label) not in form(written):
            yield f"'{label}' of drawing '{drawing.id}' is not in the fence"


def excesses(drawing: Drawing) -> Iterator[str]:
    """Say what makes one diagram too much to take in, or its arrows too wide."""
    if not drawing.is_own:
        return  # its width is bounded where it is drawn
    count = sum(node.point is None for node in drawing.nodes)
    if count > MOST_NODES:
        yield f"the diagram has {count} nodes; {MOST_NODES} at most: draw two diagrams"
    for edge in drawing.edges:
        for word in edge.label.split():
            if len(word) > LONGEST_LABEL_WORD:
                yield (
                    f"'{word}' on an arrow has {len(word)} letters; {LONGEST_LABEL_WORD} at most: "
                    "make it a node, or say it shorter"
                )


def unused(fences: Iterable[Fence], folder: Path, settings: bytes, shown: str) -> Iterator[Problem]:
    """No drawing is left over. `shown` is how messages name `folder`."""
    used = {drawing_id(fence.text, settings) for fence in diagrams_of(fences)}
    for path in leftovers(folder, used):
        yield Problem(
            Place(f"{shown}/{path.name}"), "diagram-unused", f"no page uses it; run '{COMMAND}'"
        )


def leftovers(folder: Path, used: Iterable[str]) -> list[Path]:
    """Files of drawings in `folder` that are not among the ids `used`."""
    ids = set(used)
    files = sorted(folder.glob("d-*.*")) if folder.is_dir() else []
    return [path for path in files if path.suffix in {".svg", ".json"} and path.stem not in ids]


def _letters(text: str) -> str:
    """The letters and digits of a text alone, to compare by."""
    return re.sub(r"[\W_]+", "", _signs(_BREAK.sub("", text))).casefold()


def _flat(text: str) -> str:
    """Text without line breaks, entities and quotes, to compare by."""
    text = _signs(_BREAK.sub(" ", text))
    return re.sub(r"\s+", " ", text).strip()


def _signs(text: str) -> str:
    """Text with signs in the place of entities.

    >>> _signs("a &amp; b #35;1 #quot;c#quot;")
    'a & b #1 "c"'
    """
    return html.unescape(_ENTITY.sub(lambda m: f"&#{m[1]};" if m[1] else f"&{m[2]};", text))
