"""What AWS's own model says of a request, and neither its clients nor moto look at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

#: So many names of a list are told.
_TOLD = 12


def defects(shape: Any, value: Any, path: str) -> list[str]:
    """Return what is wrong with `value`, a parameter of `shape`: values, lengths, ranges."""
    return [] if shape is None else list(_defects(shape, value, path))


def _defects(shape: Any, value: Any, path: str) -> Iterator[str]:
    kind, facts = shape.type_name, shape.metadata
    if value is None:
        return
    if kind == "structure":
        yield from _structure(shape, value, path)
    elif kind == "list":
        yield from _within(len(value), facts, f"{path}: {len(value)} items")
        for number, item in enumerate(value):
            yield from _defects(shape.member, item, f"{path}[{number}]")
    elif kind == "map":
        for key, item in value.items():
            yield from _defects(shape.key, key, f"{path}: key {key}")
            yield from _defects(shape.value, item, f"{path}.{key}")
    elif kind == "string" and isinstance(value, str):
        yield from _text(shape, value, path)
    elif kind in ("integer", "long", "float", "double"):
        try:
            yield from _within(float(value), facts, f"{path}: {value}")
        except (TypeError, ValueError):
            yield f"{path}: {value!r} is not a number"


def _structure(shape: Any, value: Any, path: str) -> Iterator[str]:
    for name in shape.required_members:
        if name not in value:
            yield f"{path}: {name} is missing"
    for name, item in value.items():
        if name in shape.members:
            yield from _defects(shape.members[name], item, f"{path}.{name}")
        else:
            yield f"{path}: there is no {name}"


def _text(shape: Any, value: str, path: str) -> Iterator[str]:
    names = getattr(shape, "enum", None)
    if names and value not in names:
        yield f"{path}: {value!r} is none of {', '.join(names[:_TOLD])}"
    yield from _within(len(value), shape.metadata, f"{path}: {len(value)} letters")
    pattern = shape.metadata.get("pattern")
    try:
        if pattern and not re.search(pattern, value):
            yield f"{path}: {value!r} does not match {pattern}"
    except re.error:
        return  # a pattern of another dialect


def _within(number: float, facts: dict[str, Any], said: str) -> Iterator[str]:
    least, most = facts.get("min"), facts.get("max")
    if (least is not None and number < least) or (most is not None and number > most):
        yield f"{said}, allowed are {least} to {most}"
