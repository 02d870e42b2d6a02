"""What a stored drawing may hold: shapes and words, nothing that acts, loads or leads away.

A drawing is a generated file, which reviewers skip; it is written into pages as it stands, and it
is published as a file of its own, where no policy holds. So it is read against a list of what
drawings are made of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from annotated.records.problems import Place, Problem
from annotated.records.texts import read_text

_NUMBERS = r"[\d\s.,+-]*"
_STYLE = r"dg(?:-[a-z]+)?(?: dg-[a-z]+)*"
_NAME = r"d-[0-9a-f]+-(?:title|desc)"
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
    "g": {"transform": rf"(?:translate|rotate|scale)\({_NUMBERS}\)"},
    "rect": dict.fromkeys(("x", "y", "width", "height", "rx"), _NUMBERS),
    "circle": dict.fromkeys(("cx", "cy", "r"), _NUMBERS),
    "path": {"d": r"[\d\s.,+\-MmZzLlHhVvCcSsQqTtAa]*"},
    "text": dict.fromkeys(("x", "y"), _NUMBERS),
}
_PATTERNS = {
    (element, name): re.compile(pattern)
    for element, attributes in ALLOWED.items()
    for name, pattern in {"class": _STYLE, **attributes}.items()
}


def only_drawn(folder: Path, shown: str) -> Iterator[Problem]:
    """Every drawing in `folder` is made of shapes and words. `shown` is how messages name it."""
    for file in sorted(folder.glob("*.svg")):
        text, problems = read_text(f"{shown}/{file.name}", file)
        yield from problems
        if text is None:
            continue
        for line, column, message in strange_parts(text):
            yield Problem(Place(f"{shown}/{file.name}", line, column), "unsafe-drawing", message)


def strange_parts(svg: str) -> list[tuple[int, int, str]]:
    """Return line, column and description of each part of `svg` that no drawing is made of."""
    found: list[tuple[int, int, str]] = []
    parser = expat.ParserCreate()

    def note(message: str) -> None:
        found.append((parser.CurrentLineNumber, parser.CurrentColumnNumber + 1, message))

    def element(name: str, attributes: dict[str, str]) -> None:
        if name not in ALLOWED:
            note(f"found <{name}>; a drawing is made of {', '.join(sorted(ALLOWED))}")
            return
        for attribute, value in attributes.items():
            pattern = _PATTERNS.get((name, attribute))
            if pattern is None or not pattern.fullmatch(value):
                note(f'<{name}> has {attribute}="{value[:60]}", which no drawing has')

    parser.StartElementHandler = element
    parser.CommentHandler = lambda _: note("found a comment")
    parser.ProcessingInstructionHandler = lambda *_: note("found a processing instruction")
    # In a page, what HTML takes for the end of such a section is not what XML takes for it.
    parser.StartCdataSectionHandler = lambda: note("found <![CDATA[")
    parser.StartDoctypeDeclHandler = lambda *_: note("found <!DOCTYPE")
    try:
        parser.Parse(svg, True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        found.append((error.lineno, error.offset + 1, f"it is not well-formed: {reason}"))
    return found
