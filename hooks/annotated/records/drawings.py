"""Stored drawings: what a diagram is, and how it is read.

A diagram is a Mermaid fence in a page. An author's tool draws it and stores two files under a
name made from the fence's content: the SVG, and what it says (nodes, boundaries, arrows), so
that the build needs neither a parser nor a browser.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, ValidationError


@dataclass(frozen=True)
class Node:
    """Something that acts or is acted on. ``point`` is ``start`` or ``end`` of a state diagram."""

    id: str
    label: str
    role: str | None = None
    closed: bool = False
    point: Literal["start", "end"] | None = None


@dataclass(frozen=True)
class Group:
    """A boundary, and the ids of what stands directly inside."""

    id: str
    label: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Edge:
    """An arrow, in the order of the source; ``when`` holds the conditions around a message."""

    source: Annotated[str, Field(validation_alias="from")]
    target: Annotated[str, Field(validation_alias="to")]
    label: str
    order: int
    heads: Literal["end", "both", "none"] = "end"
    when: tuple[str, ...] = ()


@dataclass(frozen=True)
class Structure:
    """What a drawing says, as it is stored."""

    kind: Literal["flowchart", "sequence", "state"]
    title: str
    description: str
    width: int
    height: int
    nodes: tuple[Node, ...]
    groups: tuple[Group, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True)
class Drawing(Structure):
    """A stored drawing: what it says, its name, and its SVG."""

    id: str
    svg: str

    def roles(self) -> list[str]:
        """The roles used, in the order of first use."""
        return list(dict.fromkeys(node.role for node in self.nodes if node.role))

    def has_closed(self) -> bool:
        """Does it show a service that is marked as closed?"""
        return any(node.closed for node in self.nodes)


_STORED = TypeAdapter(Structure)


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
