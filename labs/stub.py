"""Answers with the shape of an answer and nothing behind it, for what moto does not have.

A stub remembers nothing: what it answers says only that a client could read it. It repeats what
the request says, since commands that follow need names; lists are empty.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_DNS, uuid5

#: Structures within structures, after which nothing is filled in that need not be there.
DEEPEST = 2
#: What says that there is more to come: there never is.
MORE = ("token", "marker")
ACCOUNT, REGION = "123456789012", "eu-west-1"


def answer(service: str, operation: Any, given: dict[str, Any]) -> dict[str, Any]:
    """Return an answer to `operation` that repeats what was `given`."""
    if operation.output_shape is None:
        return {}
    names = {key.lower(): value for key, value in _flat(given)}
    made = _value(operation.output_shape, "", names, service, 0)
    assert isinstance(made, dict)
    return made


def _flat(value: Any) -> list[tuple[str, Any]]:
    if not isinstance(value, dict):
        return []
    inner = [pair for item in value.values() for pair in _flat(item)]
    return inner + list(value.items())


def _value(shape: Any, name: str, given: dict[str, Any], service: str, depth: int) -> Any:
    kind, said = shape.type_name, given.get(name.lower())
    if kind == "structure":
        wanted = shape.members if depth < DEEPEST else shape.required_members
        inner = {**given, **{k.lower(): v for k, v in _flat(said)}}
        return {
            key: _value(member, key, inner, service, depth + 1)
            for key, member in shape.members.items()
            if key in wanted and not key.lower().endswith(MORE)
        }
    if kind in ("list", "map"):
        empty = {"list": list, "map": dict}[kind]
        return said if isinstance(said, empty) else empty()
    if said is not None and not isinstance(said, (dict, list)):
        return said
    return _scalar(shape, name, given, service)


def _scalar(shape: Any, name: str, given: dict[str, Any], service: str) -> Any:
    kind = shape.type_name
    if kind == "string":
        return _text(shape, name, given, service)
    return {
        "timestamp": datetime(2030, 1, 1, tzinfo=UTC),
        "boolean": False,
        "blob": b"",
        "float": 0.0,
        "double": 0.0,
    }.get(kind, int(shape.metadata.get("min") or 0))


def _text(shape: Any, name: str, given: dict[str, Any], service: str) -> str:
    if getattr(shape, "enum", None):
        return str(shape.enum[0])
    if name.lower().endswith("arn"):
        what = name[:-3].lower() or "stub"
        named = next((str(v) for k, v in given.items() if k.endswith("name")), "stub")
        made = uuid5(NAMESPACE_DNS, f"{service}{what}{named}").hex
        return f"arn:aws:{service}:{REGION}:{ACCOUNT}:{what}/{named}/{made}"
    return "stub"
