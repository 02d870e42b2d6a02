"""What every record and field is, read from the models: the one place where that is said."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from annotated.records import models
from annotated.records.models import FILES


@dataclass(frozen=True)
class FieldEntry:
    """A field: what it means, what it holds, what it is without being given, an example."""

    name: str
    text: str
    holds: str
    required: bool
    default: str  # as YAML; empty where nothing stands in its place
    example: str  # as YAML, or empty


@dataclass(frozen=True)
class RecordEntry:
    """A record: its name, the file that it is if it is one, what it means, its fields."""

    name: str
    file: str
    text: str
    fields: tuple[FieldEntry, ...]

    @property
    def anchor(self) -> str:
        """The id of its heading."""
        return "record-" + re.sub(r"(?<!^)(?=[A-Z])", "-", self.name).lower()


#: What fields hold, in words, by the patterns that editors check: no reader is shown a pattern.
_FORMS = {
    models._KEBAB: "a name: small letters, digits, hyphens",  # noqa: SLF001
    models._ROW: "a row: comparison/row",  # noqa: SLF001
    models._CELL: "a cell: comparison/row/subject",  # noqa: SLF001
    models._CLAIM: "the id of a claim",  # noqa: SLF001
    models._EVIDENCE: "a claim, or a cell as table/row/subject",  # noqa: SLF001
    models._LANGUAGE: "the code of a language",  # noqa: SLF001
    models._PARTIAL: "a day, a month or a year",  # noqa: SLF001
    models._FULL: "a day",  # noqa: SLF001
    models._RANGE: "a range",  # noqa: SLF001
    models._URL: "an address",  # noqa: SLF001
}
_TYPES = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
}
_LINES = models._ONE_OR_RANGE["anyOf"]  # noqa: SLF001
_TEXTS = {
    "Text": "a text by language",
    "NotesText": "a text by language",
    "CellText": "a text by language",
    "WordLists": "lists of words by language",
}


@functools.cache
def entries() -> tuple[RecordEntry, ...]:
    """Every record, each file before the records in it; the models stay what they are."""
    found: dict[str, RecordEntry] = {}
    for model, file in FILES.values():
        schema = model.model_json_schema()
        for name in _named(model.__name__, schema):
            if name not in found and name not in _TEXTS:
                part = schema if name == model.__name__ else schema["$defs"][name]
                path = f"data/{file}" if name == model.__name__ else ""
                found[name] = RecordEntry(name, path, _text(part), tuple(_fields(part)))
    return tuple(found.values())


def _named(name: str, schema: Mapping[str, Any]) -> Iterator[str]:
    """The names of the model and of all that stand in it, in the order of their fields."""
    seen: list[str] = [name]
    for current in seen:
        part = schema if current == name else schema["$defs"][current]
        for other in re.findall(r"#/\$defs/(\w+)", json.dumps(part.get("properties", {}))):
            if other not in seen:
                seen.append(other)
    return iter(seen)


def _text(part: Mapping[str, Any]) -> str:
    """The first paragraph of a model's own words."""
    return " ".join(str(part.get("description", "")).partition("\n\n")[0].split()).replace(
        "``", "`"
    )


def _fields(part: Mapping[str, Any]) -> Iterator[FieldEntry]:
    required = part.get("required", [])
    for name, field in part.get("properties", {}).items():
        default = field.get("default")
        examples = field.get("examples", [])
        yield FieldEntry(
            name,
            str(field.get("description", "")),
            _holds(field),
            name in required,
            "" if default in (None, {}, []) else as_yaml(default),
            as_yaml(examples[0]) if examples else "",
        )


def _holds(field: Mapping[str, Any]) -> str:
    """Say in words what a field holds."""
    if field.get("anyOf", [])[:2] == _LINES:
        return "a line, a range, or a list of those"
    if "anyOf" in field:
        parts = dict.fromkeys(_holds(one) for one in field["anyOf"] if one.get("type") != "null")
        return ", or ".join(parts)
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        return _TEXTS.get(name, _article(_spaced(name)))
    if "enum" in field:
        return ", ".join(f"`{value}`" for value in field["enum"])
    if "const" in field:
        return f"`{field['const']}`"
    if "pattern" in field:
        return _FORMS.get(field["pattern"], "a text")
    if field.get("type") == "array":
        return f"a list, each {_holds(field.get('items', {}))}"
    if field.get("type") == "object":
        inner = field.get("additionalProperties")
        values = _holds(inner) if isinstance(inner, dict) else "a text"
        return f"names, with each {values}"
    return _TYPES.get(str(field.get("type")), "a value, or a list of values")


def _article(name: str) -> str:
    return f"an {name}" if name[0] in "aeio" else f"a {name}"


def _spaced(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower()


def as_yaml(value: Any) -> str:
    """Write a small value as YAML, as an author would.

    >>> as_yaml({"en": "Tea"}), as_yaml([1, "3-4"]), as_yaml(False)
    ('{en: Tea}', '[1, 3-4]', 'false')
    """
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {as_yaml(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(as_yaml, value)) + "]"
    return str(value).lower() if isinstance(value, bool) else str(value)
