"""The project's own templates, styles and scripts, read before a build: a mistake has its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import lightningcss
from jinja2 import Environment, TemplateSyntaxError

from annotated.publish.scripts import smaller_script
from annotated.records.problems import Place, Problem
from annotated.records.texts import read_text

#: Where a style's error tells its place, lines counted from 0.
_STYLE_PLACE = re.compile(r"^Parsing stylesheet failed: (.*) at [^:]*:(\d+):(\d+)$", re.DOTALL)
_SCRIPT_PLACE = re.compile(r"^(?:a script cannot be read: )?(.*) on line (\d+) and column (\d+)")
#: What the build fills in, in the script of the service worker.
_BLANK = re.compile(r"%[A-Z_]+%")
_TEMPLATES = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)


def mistakes(root: Path, folder: str = "overrides") -> Iterator[Problem]:
    """Say what cannot be read below `folder` of the project at `root`, file by file."""
    for file in sorted((root / folder).rglob("*")):
        find = _FINDERS.get(file.suffix)
        if find is None or file.name.startswith("."):
            continue
        name = file.relative_to(root).as_posix()
        text, problems = read_text(name, file)
        yield from problems
        if text is not None:
            yield from find(name, text)


def _template(name: str, text: str) -> Iterator[Problem]:
    try:
        _TEMPLATES.parse(text)
    except TemplateSyntaxError as error:
        yield Problem(Place(name, error.lineno), "template-syntax", str(error.message))


def _style(name: str, text: str) -> Iterator[Problem]:
    try:
        lightningcss.process_stylesheet(text)
    except ValueError as error:
        found = _STYLE_PLACE.match(str(error))
        place = Place(name, int(found[2]) + 1, int(found[3])) if found else Place(name)
        yield Problem(place, "style-syntax", found[1] if found else str(error))


def _script(name: str, text: str) -> Iterator[Problem]:
    try:
        smaller_script(_BLANK.sub("0", text))
    except ValueError as error:
        found = _SCRIPT_PLACE.match(str(error))
        place = Place(name, int(found[2]), int(found[3])) if found else Place(name)
        yield Problem(place, "script-syntax", found[1] if found else str(error))


_FINDERS: dict[str, Callable[[str, str], Iterator[Problem]]] = {
    ".html": _template,
    ".css": _style,
    ".js": _script,
}
