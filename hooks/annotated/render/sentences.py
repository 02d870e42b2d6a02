"""What a diagram says, in sentences: one an arrow, in order; then what stands where.

A sentence is a form and what fills it; the words of each form stand in ``data/words``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from annotated.records.drawings import Drawing, Edge, Group, Node
from annotated.records.wording import Words

#: The forms that say where something stands; all others say what an arrow says.
PLACES = ("holds", "alone")


@dataclass(frozen=True)
class Sentence:
    """What an arrow or a boundary says, before any language: a form and what fills it."""

    form: str
    parts: Mapping[str, str]


@dataclass(frozen=True)
class Piece:
    """A piece of a sentence in a language; what the sentence is about is `strong`."""

    text: str
    strong: bool = False


def in_words(drawing: Drawing, words: Words) -> tuple[list[list[Piece]], list[list[Piece]]]:
    """Say the drawing: the sentences of its arrows, in order; then what stands where."""
    said = sentences(drawing.kind, drawing.nodes, drawing.groups, drawing.edges)
    told = {line.label for line in drawing.lines}
    return (
        [_pieces(sentence, words) for sentence in said if sentence.form not in PLACES],
        [
            _pieces(sentence, words)
            for sentence in said
            if sentence.form in PLACES
            and not (sentence.form == "alone" and sentence.parts["subject"] in told)
        ],
    )


def _pieces(sentence: Sentence, words: Words) -> list[Piece]:
    pieces = words.pieces(f"diagram-{sentence.form}", **sentence.parts)
    return [Piece(text, name in ("subject", "object", "group")) for text, name in pieces]


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
    many = [f" ({count})" if count else "" for count in edge.ends]
    subject, target = labels[edge.source] + many[0], labels[edge.target] + many[1]
    verb = edge.label
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
    form = edge.means or form
    if verb and form != "acts":
        form += "-on"
    return Sentence(form, {key: text for key, text in parts.items() if text})
