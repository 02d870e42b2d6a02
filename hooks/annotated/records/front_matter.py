"""The front matter of a page: the one parser of it, for the checks and for what builds.

It stands between ``---`` on the first line and the next ``---`` (or ``...``), each alone on its
line. MkDocs accepts less here and more there, and takes what it cannot read for text; so what
is read here is what it is given.
"""

from __future__ import annotations

import re

from annotated.records.located import Document, read_yaml
from annotated.records.problems import Place, Problem

_RULE = "front-matter"
_OPENER = re.compile(r"---[ \t]*")
_CLOSER = re.compile(r"(?:---|\.\.\.)[ \t]*")
_LIKE_OPENER = re.compile(r"\s*[-–—]{2,}\s*")
_LIKE_KEY = re.compile(r"[A-Za-z_]+:(?:\s.*)?")


def read_front_matter(file: str, text: str) -> tuple[Document | None, int, list[Problem]]:
    """Return the front matter of `text`, the line on which the body begins, and problems.

    Lines count from 1. The document is None where there is none, or none that can be read.
    """
    lines = text.split("\n")
    first = next((i for i, line in enumerate(lines) if line.strip()), 0)
    if not _OPENER.fullmatch(lines[0]):
        return None, 1, list(_not_opened(file, lines[first], first + 1))
    closed = next((i for i, line in enumerate(lines[1:], 1) if _CLOSER.fullmatch(line)), None)
    if closed is None:
        # What looks like text is read as text, so that nothing else is blamed.
        end = next((i for i, line in enumerate(lines) if not line.strip() or line[0] == "#"), 1)
        message = "is opened by '---' and never closed: put '---' alone on the line after it"
        return None, end + 1, [Problem(Place(file), _RULE, message)]
    document, problems = read_yaml(file, "\n".join(["", *lines[1:closed]]))
    if document is not None and not isinstance(document.value, dict):
        problems.append(
            Problem(Place(file, 2), _RULE, "expected lines of the form 'key: value' between '---'")
        )
        document = None
    return document, closed + 2, problems


def _not_opened(file: str, line: str, number: int) -> list[Problem]:
    if _OPENER.fullmatch(line):
        message = "'---' must stand on the very first line; take away the empty lines above"
    elif _LIKE_OPENER.fullmatch(line):
        message = f"found '{line.strip()}', expected '---', three hyphens at the line's beginning"
    elif _LIKE_KEY.fullmatch(line):
        message = f"found '{line.strip()[:40]}', expected '---' on a line of its own above it"
    else:
        message = (
            "expected '---' on the first line, then 'description', 'kind' and 'checked', then '---'"
        )
    return [Problem(Place(file, number), _RULE, message)]
