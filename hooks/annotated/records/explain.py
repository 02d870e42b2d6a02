"""pydantic's errors to sentences that tell an author what to write."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, RootModel, ValidationError
from pydantic_core import ErrorDetails

from annotated.records.located import Document, Path
from annotated.records.models import DefectError
from annotated.records.problems import Problem, nearest, quoted

#: What is expected where pydantic names a type.
_EXPECTED = {
    "string_type": "a text; put it into quotes",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "list_type": "a list, like [a, b]",
    "dict_type": "'key: ...' lines",
    "model_type": "'key: ...' lines with {keys}",
}


#: What is expected where pydantic names a bound; the names are those of its contexts.
_BOUNDS = {
    "too_short": "expected {min_length} or more, found {actual_length}",
    "too_long": "expected {max_length} at most, found {actual_length}",
    "greater_than": "expected a number above {gt}",
    "greater_than_equal": "expected {ge} or more",
    "less_than": "expected a number below {lt}",
    "less_than_equal": "expected {le} at most",
}


def explain(
    document: Document, path: Path, model: type[BaseModel], error: ValidationError
) -> Iterator[Problem]:
    """Yield a problem for each thing that is wrong with the record at `path`, at its place."""
    for item in error.errors():
        yield _explain(document, path, model, item)


def unknown_key(document: Document, path: Path, key: str, known: set[str]) -> Problem:
    """A key that no record has; `known` are those that may stand here."""
    return Problem(
        document.at(*path),
        "unknown-key",
        f"unknown key {quoted(key)}{nearest(key, known)}; expected {_named(known)}",
    )


def _named(keys: set[str]) -> str:
    return ", ".join(f"'{name}'" for name in sorted(keys))


def kind_of(value: Any) -> str:
    """Say what an author wrote.

    >>> kind_of(["a"]), kind_of(None)
    ('a list', 'nothing')
    """
    if value is None:
        return "nothing"
    kinds = {bool: "true or false", int: "a number", float: "a number", str: "a text"}
    kinds |= {list: "a list", dict: "'key: ...' lines"}
    return kinds.get(type(value), "something else")


def _explain(
    document: Document, path: Path, model: type[BaseModel], error: ErrorDetails
) -> Problem:
    # "[key]" is pydantic's way to say that the key itself is wrong.
    inner: Path = tuple(step for step in error["loc"] if step != "[key]")
    key = str(inner[-1]) if inner else ""
    kind, found, context = error["type"], error["input"], error.get("ctx", {})
    if kind == "missing":
        return Problem(document.at(*path, *inner[:-1]), "missing-key", f"key '{key}' is missing")
    place = document.at(*path, *inner)
    if kind == "extra_forbidden":
        return unknown_key(document, (*path, *inner), key, _keys(model, inner[:-1]))
    if kind == "literal_error":
        expected = str(context.get("expected", ""))
        words = [w.strip("'") for part in expected.split(" or ") for w in part.split(", ")]
        message = f"{quoted(found)} is not a value of '{key}'{nearest(str(found), words)}"
        return Problem(place, "unknown-value", f"{message}; expected {expected}")
    if kind == "value_error":
        defect = context.get("error")
        rule = defect.rule if isinstance(defect, DefectError) else "bad-value"
        return Problem(place, rule, f"{_subject(key, found)}{defect}")
    if kind in _EXPECTED:
        message = f"'{key}' holds {kind_of(found)}" if key else f"found {kind_of(found)}"
        expected = _EXPECTED[kind].format(keys=_named(_keys(model, inner)))
        return Problem(place, "wrong-type", f"{message}, expected {expected}")
    told = _BOUNDS[kind].format_map(context) if kind in _BOUNDS else error["msg"].lower()
    return Problem(place, "bad-value", f"{_subject(key, found)}{told}")


def _subject(key: str, value: Any) -> str:
    if isinstance(value, (str, int, float)) and key and str(value) != key:
        return f"'{key}: {quoted(value)[1:-1]}': "
    return f"{quoted(key)}: " if key else ""


def _keys(model: type[BaseModel], path: Path) -> set[str]:
    """Return the keys that the model accepts at `path`."""
    current: Any = model
    if issubclass(model, RootModel):
        current = _model_in(model.model_fields["root"].annotation) or model
    for step in path:
        if isinstance(step, int):
            continue
        info = current.model_fields.get(step) if hasattr(current, "model_fields") else None
        if info is None:
            continue
        current = _model_in(info.annotation) or current
    return set(current.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        found = _model_in(part)
        if found:
            return found
    return None
