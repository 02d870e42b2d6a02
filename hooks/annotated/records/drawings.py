"""Stored drawings: what a diagram is, and how it is read.

A diagram is a Mermaid fence in a page. An author's tool draws it and stores two files under a
name made from the fence's content: the SVG, and what it says (nodes, boundaries, arrows), so
that the build needs neither a parser nor a browser.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import Field, TypeAdapter, ValidationError

#: The kinds that the tool lays out itself.
_Own = Literal["flowchart", "sequence", "state"]
#: The kinds that Mermaid draws, as its parser calls them.
_Mermaid = Literal[
    "agentflow", "architecture", "block", "c4", "classDiagram", "cynefin", "er", "gantt",
    "gitGraph", "ishikawa", "journey", "kanban", "mindmap", "packet", "pie", "quadrantChart",
    "radar", "railroad", "railroadAbnf", "railroadEbnf", "railroadPeg", "requirement", "sankey",
    "swimlane", "timeline", "treeView", "treemap", "usecase", "venn", "wardley", "xychart",
]  # fmt: skip
#: How the sources of those begin.
_OWN_WORDS = ("flowchart", "graph", "sequenceDiagram", "stateDiagram")
#: A label with Hebrew, Arabic or another script that runs from right to left.
_FROM_THE_RIGHT = re.compile(
    "(?<=>)([^<>]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc][^<>]*)(?=</(?:text|tspan)>)"
)
_NAMES = re.compile(r"^[ \t]*acc(?:Title|Descr)[ \t]*(?::.*|\{[^}]*\}.*)\n?", re.MULTILINE)


@dataclass(frozen=True)
class Node:
    """Something that acts or is acted on. ``point``: where states start, end or part."""

    id: str
    label: str
    role: str | None = None
    closed: bool = False
    point: Literal["start", "end", "choice"] | None = None


@dataclass(frozen=True)
class Group:
    """A boundary, and the ids of what stands directly inside."""

    id: str
    label: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Edge:
    """An arrow, in the order of the source; ``when`` holds the conditions around a message.

    ``means`` is what an arrow between classes says by its head, ``ends`` how many there are at
    each end.
    """

    source: Annotated[str, Field(validation_alias="from")]
    target: Annotated[str, Field(validation_alias="to")]
    label: str
    order: int
    heads: Literal["end", "both", "none"] = "end"
    when: tuple[str, ...] = ()
    means: Literal["extends", "implements", "composes", "aggregates", "depends"] | None = None
    ends: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Line:
    """What a chart or a tree says, a line each: words, and a value that no language changes."""

    depth: int
    label: str
    value: str = ""

    @property
    def words(self) -> str:
        """The line as it is read.

        >>> Line(0, "Green", "45").words
        'Green: 45'
        """
        return ": ".join(part for part in (self.label, self.value) if part)


@dataclass(frozen=True)
class Structure:
    """What a drawing says, as it is stored."""

    kind: _Own | _Mermaid
    title: str
    description: str
    width: int
    height: int
    nodes: tuple[Node, ...]
    groups: tuple[Group, ...]
    edges: tuple[Edge, ...]
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Drawing(Structure):
    """A stored drawing: what it says, its name, and its SVG."""

    id: str = field(kw_only=True)
    svg: str = field(kw_only=True)

    @property
    def readable(self) -> str:
        """The SVG with each label that is written from right to left read in that direction.

        Places are those of a drawing from left to right; the isolate (U+2068) has only the order
        of the words inside follow their letters (https://www.unicode.org/reports/tr9/).
        """
        return _FROM_THE_RIGHT.sub("\u2068\\1\u2069", self.svg)

    def roles(self) -> list[str]:
        """The roles used, in the order of first use."""
        return list(dict.fromkeys(node.role for node in self.nodes if node.role))

    @property
    def is_own(self) -> bool:
        """Was it laid out by the tool itself, in the width of a phone's column?"""
        return self.kind in get_args(_Own)

    def labels(self) -> list[str]:
        """Every label but those of arrows, in their order."""
        every = [node.label for node in self.nodes] + [group.label for group in self.groups]
        every += [line.label for line in self.lines]
        return list(dict.fromkeys(filter(None, every)))

    def has_closed(self) -> bool:
        """Does it show a service that is marked as closed?"""
        return any(node.closed for node in self.nodes)


_STORED = TypeAdapter(Structure)


def keyword(source: str) -> str:
    r"""The word that a diagram begins with, after settings and comments.

    >>> keyword("%% a note\npie showData")
    'pie'
    """
    lines = [line.strip() for line in source.strip().splitlines()]
    if lines[:1] == ["---"] and "---" in lines[1:]:
        lines = lines[lines.index("---", 1) + 1 :]
    said = (line.split()[0] for line in lines if line and not line.startswith("%%"))
    return next(said, "")


def is_own(source: str) -> bool:
    """Does the tool lay this diagram out itself?"""
    return keyword(source).startswith(_OWN_WORDS)


def without_names(source: str) -> str:
    """The source as every kind of Mermaid's reads it: not each knows of title and description."""
    return source if is_own(source) else _NAMES.sub("", source)


def drawing_id(source: str, settings: bytes) -> str:
    """The name of the drawing of a fence's `source` made with the file of `settings`."""
    lines = [line.rstrip() for line in source.strip().splitlines()]
    content = "\n".join(lines).encode() + b"\0" + settings.replace(b"\r\n", b"\n")
    return "d-" + hashlib.sha256(content).hexdigest()[:8]


def read_drawing(id_: str, structure: str, svg: str) -> Drawing:
    """Build a drawing from its stored JSON and SVG.

    Raises:
        ValueError: the JSON is not that of a drawing; says where in it.
    """
    try:
        stored = _STORED.validate_json(structure, strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        raise ValueError(f"{id_}.json is not a drawing: {where} {first['msg'].lower()}") from error
    for defect in _defects(stored):
        raise ValueError(f"{id_}.json is not a drawing: {defect}")
    return Drawing(**vars(stored), id=id_, svg=svg)


def _defects(drawing: Structure) -> Iterator[str]:
    """Say what a stored drawing names and does not have."""
    ids = [node.id for node in drawing.nodes] + [group.id for group in drawing.groups]
    named = [end for edge in drawing.edges for end in (edge.source, edge.target)]
    named += [member for group in drawing.groups for member in group.members]
    if len(set(ids)) < len(ids):
        yield f"the id '{next(name for name in ids if ids.count(name) > 1)}' stands twice"
    if unknown := [name for name in named if name not in ids]:
        yield f"there is no node '{unknown[0]}'"
    depth = -1
    for line in drawing.lines:
        if not 0 <= line.depth <= depth + 1:
            yield f"the line '{line.words}' stands under nothing"
        depth = line.depth
    if drawing.width <= 0 or drawing.height <= 0:
        yield f"its size is {drawing.width} by {drawing.height}"


def load_drawing(folder: Path, id_: str) -> Drawing | None:
    """Read the drawing `id_` from `folder`; None where one of its two files is missing.

    Raises:
        ValueError: a file is there and is none of a drawing.
    """
    files = [folder / f"{id_}{ending}" for ending in (".json", ".svg")]
    if not all(file.exists() for file in files):
        return None
    if not all(file.is_file() for file in files):  # a pipe would be waited for
        raise ValueError(f"{id_} is not a file")
    try:
        structure, svg = (file.read_text(encoding="utf-8") for file in files)
    except OSError as error:
        raise ValueError(f"{id_} cannot be read: {error.strerror}") from error
    return read_drawing(id_, structure, svg)
