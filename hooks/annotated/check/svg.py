"""What a stored drawing may hold: shapes and words, nothing that acts, loads or leads away.

A drawing is a generated file, which reviewers skip; it is written into pages as it stands, and it
is published as a file of its own, where no policy holds. So it is read against a list of what
drawings are made of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.parsers import expat

from annotated.records.problems import Place, Problem
from annotated.records.texts import read_text

_NUMBERS = r"[\d\s.,+-]*"
_STYLE = r"dg(?:-[a-z]+){0,2}(?: dg(?:-[a-z]+){1,2})*"
_NAME = r"d-[0-9a-f]+-(?:title|desc)"
_MOVE = rf"(?:translate|rotate|scale)\({_NUMBERS}\)"
_PEN = dict.fromkeys(
    ("stroke-width", "stroke-dasharray", "stroke-opacity", "fill-opacity"), _NUMBERS
)
#: Every element of a drawing with its attributes, and the whole of what each may be.
ALLOWED: dict[str, dict[str, str]] = {
    "svg": {
        "xmlns": re.escape("http://www.w3.org/2000/svg"),
        "viewBox": _NUMBERS,
        "role": "img",
        "aria-labelledby": _NAME,
        "aria-describedby": _NAME,
    },
    "title": {"id": _NAME},
    "desc": {"id": _NAME},
    "g": {"transform": rf"{_MOVE}(?: {_MOVE})*"},
    "rect": _PEN | dict.fromkeys(("x", "y", "width", "height", "rx"), _NUMBERS),
    "circle": _PEN | dict.fromkeys(("cx", "cy", "r"), _NUMBERS),
    "path": _PEN | {"d": r"[\d\s.,+\-MmZzLlHhVvCcSsQqTtAa]*"},
    "text": dict.fromkeys(("x", "y"), _NUMBERS),
}
_PATTERNS = {
    (element, name): re.compile(pattern)
    for element, attributes in ALLOWED.items()
    for name, pattern in {"class": _STYLE, **attributes}.items()
}

#: Elements of a picture that run something, or hold a page.
_ACTING = {"script", "foreignobject", "iframe", "embed", "object", "handler", "audio", "video"}
#: Elements that change attributes while a picture is shown.
_MOVING = {"animate", "set"}
#: A way inside of the picture, or a picture that it brings.
_WITHIN = re.compile(r"#|data:image/(?:png|jpeg|gif|webp|avif);base64,")


def only_drawn(folder: Path, shown: str) -> Iterator[Problem]:
    """Every drawing in `folder` is made of shapes and words. `shown` is how messages name it."""
    for file in sorted(folder.glob("*.svg")):
        text, problems = read_text(f"{shown}/{file.name}", file)
        yield from problems
        if text is None:
            continue
        for line, column, message in strange_parts(text):
            yield Problem(Place(f"{shown}/{file.name}", line, column), "unsafe-drawing", message)


def harmless(file: Path, shown: str) -> Iterator[Problem]:
    """An author's picture may hold what it likes, but nothing that acts or leads elsewhere.

    Opened by its own address it is a page of this site, and no policy holds there.
    """
    text, problems = read_text(shown, file)
    yield from problems
    for line, column, message in acting_parts(text) if text is not None else []:
        yield Problem(Place(shown, line, column), "unsafe-picture", message)


def strange_parts(svg: str) -> list[tuple[int, int, str]]:
    """Return line, column and description of each part of `svg` that no drawing is made of."""

    def strange(name: str, attributes: dict[str, str]) -> Iterator[str]:
        if name not in ALLOWED:
            yield f"found <{name}>; a drawing is made of {', '.join(sorted(ALLOWED))}"
            return
        for attribute, value in attributes.items():
            pattern = _PATTERNS.get((name, attribute))
            if pattern is None or not pattern.fullmatch(value):
                yield f'<{name}> has {attribute}="{value[:60]}", which no drawing has'

    return _read(svg, strange, drawn=True)


def acting_parts(svg: str) -> list[tuple[int, int, str]]:
    """Return line, column and description of each part of `svg` that runs, loads or leads away."""

    def acting(name: str, attributes: dict[str, str]) -> Iterator[str]:
        bare = name.rpartition(":")[2].lower()
        if bare in _ACTING:
            yield f"found <{name}>; a picture holds no scripts and no pages"
        for attribute, value in attributes.items():
            plain = attribute.rpartition(":")[2].lower()
            if plain.startswith("on"):
                yield f"<{name}> has '{attribute}'; a picture does nothing when it is touched"
            elif plain in ("href", "src") and not _WITHIN.match(value.strip()):
                yield f"<{name}> leads to '{value[:60]}'; a picture holds all that it shows"
            elif bare in _MOVING and plain == "attributename" and value.lower().endswith("href"):
                yield f"<{name}> changes where a link leads"

    return _read(svg, acting, drawn=False)


def _read(
    svg: str, judge: Callable[[str, dict[str, str]], Iterator[str]], *, drawn: bool
) -> list[tuple[int, int, str]]:
    """Read `svg`, and note what `judge` says of each element; a drawing is of elements alone."""
    found: list[tuple[int, int, str]] = []
    parser = expat.ParserCreate()

    def note(message: str) -> None:
        found.append((parser.CurrentLineNumber, parser.CurrentColumnNumber + 1, message))

    def element(name: str, attributes: dict[str, str]) -> None:
        for message in judge(name, attributes):
            note(message)

    def doctype(*told: object) -> None:
        own = told[-1]  # whether it defines something itself; else it only names a public one
        if drawn or own:
            note("found <!DOCTYPE" + (" with entities" if own else ""))

    def instruction(target: str, _: str) -> None:
        note(f"found a processing instruction, <?{target}")

    parser.StartElementHandler = element
    parser.StartDoctypeDeclHandler = doctype
    parser.ProcessingInstructionHandler = instruction
    if drawn:
        parser.CommentHandler = lambda _: note("found a comment")
        # In a page, what HTML takes for the end of such a section is not what XML takes for it.
        parser.StartCdataSectionHandler = lambda: note("found <![CDATA[")
    try:
        parser.Parse(svg, True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        found.append((error.lineno, error.offset + 1, f"it is not well-formed: {reason}"))
    return found
