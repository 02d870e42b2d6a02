"""Diagrams: what a stored drawing is, and what must hold between fences and drawings.

A diagram is a Mermaid fence in a page. An author's tool draws it and stores two files under a
name made from the fence's content: the SVG, and what it says (nodes, boundaries, arrows), so
that the build needs neither a parser nor a browser.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from annotated.records.pages import Fence
from annotated.records.problems import Place, Problem

LANGUAGE = "mermaid"
COMMAND = "make diagrams"
MOST_NODES = 14
LONGEST_LABEL_WORD = 22

_TITLE = re.compile(r"^[ \t]*accTitle[ \t]*:[ \t]*\S", re.MULTILINE)
_DESCRIPTION = re.compile(r"^[ \t]*accDescr[ \t]*(?::[ \t]*\S|\{\s*[^\s}])", re.MULTILINE)
_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
_SVG_TEXT = re.compile(r"<text\b[^>]*>([^<]*)</text>")


@dataclass(frozen=True)
class Node:
    """Something that acts or is acted on. ``point`` is ``start`` or ``end`` of a state diagram."""

    id: str
    label: str
    role: str | None = None
    closed: bool = False
    point: str | None = None


@dataclass(frozen=True)
class Group:
    """A boundary, and the ids of what stands directly inside."""

    id: str
    label: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Edge:
    """An arrow, in the order of the source; ``when`` holds the conditions around a message."""

    source: str
    target: str
    label: str
    order: int
    heads: str = "end"
    when: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sentence:
    """What an arrow or a boundary says, before any language: a form and what fills it."""

    form: str
    parts: Mapping[str, str]

    def stored(self) -> dict[str, str]:
        """The sentence as it stands in the drawing's JSON."""
        return {"form": self.form, **self.parts}


@dataclass(frozen=True)
class Drawing:
    """A stored drawing: what it says, and its SVG."""

    id: str
    kind: str
    title: str
    description: str
    width: int
    height: int
    nodes: tuple[Node, ...]
    groups: tuple[Group, ...]
    edges: tuple[Edge, ...]
    sentences: tuple[Sentence, ...]
    svg: str

    def roles(self) -> list[str]:
        """The roles used, in the order of first use."""
        return list(dict.fromkeys(node.role for node in self.nodes if node.role))

    def has_closed(self) -> bool:
        """Does it show a service that is closed to new customers?"""
        return any(node.closed for node in self.nodes)


def drawing_id(source: str, settings: bytes) -> str:
    """The name of the drawing of a fence's `source` made with the file of `settings`."""
    lines = [line.rstrip() for line in source.strip().splitlines()]
    content = "\n".join(lines).encode() + b"\0" + settings.replace(b"\r\n", b"\n")
    return "d-" + hashlib.sha256(content).hexdigest()[:8]


def read_drawing(id_: str, structure: str, svg: str) -> Drawing:
    """Build a drawing from its stored JSON and SVG.

    Raises:
        ValueError: the JSON is not that of a drawing.
    """
    try:
        data = json.loads(structure)
        drawing = Drawing(
            id_,
            data["kind"],
            data["title"],
            data["description"],
            int(data["width"]),
            int(data["height"]),
            tuple(_node(item) for item in data["nodes"]),
            tuple(Group(g["id"], g["label"], tuple(g["members"])) for g in data["groups"]),
            tuple(_edge(item) for item in data["edges"]),
            tuple(_sentence(item) for item in data["words"]),
            svg,
        )
    except (
        LookupError,
        TypeError,
        AttributeError,
        ValueError,
        OverflowError,
        RecursionError,
    ) as error:
        raise ValueError(f"{id_}.json is not a drawing: {error}") from error
    for defect in _defects(drawing):
        raise ValueError(f"{id_}.json is not a drawing: {defect}")
    return drawing


def _defects(drawing: Drawing) -> Iterator[str]:
    """Say what a stored drawing names and does not have, or holds in another form."""
    ids = [node.id for node in drawing.nodes] + [group.id for group in drawing.groups]
    named = [end for edge in drawing.edges for end in (edge.source, edge.target)]
    named += [member for group in drawing.groups for member in group.members]
    texts = [drawing.kind, drawing.title, drawing.description, *ids, *named]
    texts += [group.label for group in drawing.groups]
    if not all(isinstance(text, str) for text in texts):
        yield "a text is not a text"
    elif len(set(ids)) < len(ids):
        yield f"the id '{next(name for name in ids if ids.count(name) > 1)}' stands twice"
    elif unknown := [name for name in named if name not in ids]:
        yield f"there is no node '{unknown[0]}'"
    elif drawing.width <= 0 or drawing.height <= 0:
        yield f"its size is {drawing.width} by {drawing.height}"


def load_drawing(folder: Path, id_: str) -> Drawing | None:
    """Read the drawing `id_` from `folder`; None where one of its two files is missing.

    Raises:
        ValueError: the files are not those of a drawing, or cannot be read.
    """
    try:
        structure = (folder / f"{id_}.json").read_text(encoding="utf-8")
        svg = (folder / f"{id_}.svg").read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ValueError(f"{id_} cannot be read: {error.strerror}") from error
    return read_drawing(id_, structure, svg)


def _node(item: Mapping[str, object]) -> Node:
    role, point = item.get("role"), item.get("point")
    return Node(
        str(item["id"]),
        str(item["label"]),
        str(role) if role else None,
        bool(item.get("closed")),
        str(point) if point else None,
    )


def _edge(item: dict[str, object]) -> Edge:
    when = item.get("when", [])
    return Edge(
        str(item["from"]),
        str(item["to"]),
        str(item["label"]),
        int(str(item["order"])),
        str(item.get("heads", "end")),
        tuple(str(text) for text in when) if isinstance(when, list) else (),
    )


def _sentence(item: dict[str, str]) -> Sentence:
    return Sentence(item["form"], {k: v for k, v in item.items() if k != "form"})


# What a drawing says ------------------------------------------------------------------------


def sentences(
    kind: str, nodes: Iterable[Node], groups: Iterable[Group], edges: Iterable[Edge]
) -> list[Sentence]:
    """Say a diagram: one sentence an arrow, in order; then what stands where."""
    nodes, groups, edges = list(nodes), list(groups), list(edges)
    known = {node.id: node for node in nodes}
    labels = {node.id: node.label for node in nodes}
    labels |= {group.id: group.label for group in groups}
    inside = {member: group for group in groups for member in group.members}
    said = [_arrow(kind, edge, known, labels, inside) for edge in edges]
    for group in groups:
        members = [labels[member] for member in group.members if labels[member]]
        if members and group.label:
            said.append(Sentence("holds", {"subject": group.label, "object": ", ".join(members)}))
    touched = {end for edge in edges for end in (edge.source, edge.target)} | set(inside)
    alone = [node for node in nodes if node.id not in touched and node.label]
    return said + [Sentence("alone", {"subject": node.label}) for node in alone]


def _arrow(
    kind: str,
    edge: Edge,
    nodes: Mapping[str, Node],
    labels: Mapping[str, str],
    inside: Mapping[str, Group],
) -> Sentence:
    subject, target, verb = labels[edge.source], labels[edge.target], edge.label
    parts = {"subject": subject, "verb": verb, "object": target}
    if kind == "sequence":
        form = "itself" if edge.source == edge.target else "tells"
        if edge.when:
            return Sentence(form + "-when", {**parts, "when": ", ".join(edge.when)})
        return Sentence(form, parts)
    if kind == "state":
        form = "becomes"
        for end, point in ((edge.source, "start"), (edge.target, "end")):
            node = nodes.get(end)
            if node is not None and node.point == point:
                form = point + "s"
                if end in inside:
                    form, parts = form + "-in", {**parts, "group": inside[end].label}
        form = form + "-on" if verb else form
        return Sentence(form, {key: text for key, text in parts.items() if text})
    form = {"both": "both", "none": "joined"}.get(edge.heads, "acts" if verb else "leads")
    if verb and form != "acts":
        form += "-on"
    return Sentence(form, {key: text for key, text in parts.items() if text})


# Rules --------------------------------------------------------------------------------------


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
        for message in [*mismatches(drawing, fence.text), *excesses(drawing)]:
            yield Problem(fence.place, "diagram-words", message)


def mismatches(drawing: Drawing, source: str) -> Iterator[str]:
    """Say where words, drawing and source of one diagram differ."""
    expected = sentences(drawing.kind, drawing.nodes, drawing.groups, drawing.edges)
    if expected != list(drawing.sentences):
        yield f"the words of drawing '{drawing.id}' do not match its arrows; run '{COMMAND}'"
    shown = _flat(" ".join(html.unescape(text) for text in _SVG_TEXT.findall(drawing.svg)))
    written = _flat(source)
    labels = [node.label for node in drawing.nodes]
    labels += [group.label for group in drawing.groups] + [edge.label for edge in drawing.edges]
    for label in dict.fromkeys(label for label in labels if label):
        if _flat(label) not in shown:
            yield f"'{label}' does not stand in drawing '{drawing.id}'; run '{COMMAND}'"
        elif _flat(label) not in written:
            yield f"'{label}' of drawing '{drawing.id}' is not in the fence; run '{COMMAND}'"


def excesses(drawing: Drawing) -> Iterator[str]:
    """Say what makes one diagram too much to take in, or its arrows too wide."""
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


def _flat(text: str) -> str:
    """Text without line breaks, entities and quotes, to compare by."""
    text = html.unescape(_BREAK.sub(" ", text))
    return re.sub(r"\s+", " ", text).strip()
