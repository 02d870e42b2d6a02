"""What stands at a path of a file: JSON, YAML or text in, a plain value out, or why not.

A path is JMESPath (https://jmespath.org/specification.html) without what can turn "nothing is
there" into an answer: comparisons outside of filters, "or", "not", and most functions.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import jmespath
import yaml
from jmespath.exceptions import JMESPathError

from annotated.probing.packages import Archive, PackageError
from annotated.records.models import Location
from annotated.records.problems import nearest, quoted

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
#: Functions that fail on nothing, instead of making something of it.
FUNCTIONS = (
    "keys", "length", "max", "max_by", "min", "min_by", "reverse", "sort", "sort_by", "to_number",
    "values",
)  # fmt: skip
_REFUSED = ("comparator", "or_expression", "and_expression", "not_expression")
_PROJECTIONS = ("projection", "value_projection", "filter_projection", "flatten")
#: A path that finds more values than this says nothing in particular.
MOST = 5_000


#: Names so much alike differ by a slip of the keyboard, even if what follows is not there either.
_A_SLIP = 0.8


class GoneError(Exception):
    """There is nothing at the place; the message says where the way ends."""


class PathError(ValueError):
    """A path that cannot be read, or says more than where something is."""


def value_at(archive: Archive, location: Location) -> Any:
    """Return what a place holds: the value of a file, or the names in a folder.

    Raises:
        GoneError: there is no such file or folder.
        PackageError: the file is broken.
    """
    if location.folder is not None:
        folder = location.folder.rstrip("/")
        if folder not in archive.folders:
            raise GoneError(f"no folder {quoted(folder)}{_nearest_path(folder, archive.folders)}")
        return sorted(archive.folders[folder])
    name = location.file or ""
    if name not in archive.names:
        raise GoneError(f"no file {quoted(name)}{_nearest_path(name, archive.names)}")
    return _parsed(name, archive.read(name))


def _nearest_path(name: str, known: Any) -> str:
    """The nearest path: one with the same last name, else one that is spelled alike."""
    last = name.rpartition("/")[2]
    same = [path for path in known if path.rpartition("/")[2] == last]
    alike = nearest(name[-60:], {path[-60:]: path for path in same})
    if not alike:
        folder = name.rpartition("/")[0]
        beside = [path for path in known if path.startswith(folder + "/")]
        alike = nearest(last, {path.rpartition("/")[2] for path in beside})
    return alike


def _parsed(name: str, content: bytes) -> Any:
    kind = name.removesuffix(".gz").rpartition(".")[2]
    try:
        text = content.decode("utf-8-sig")
        if kind == "json":
            return json.loads(text)
        if kind in ("yml", "yaml"):
            documents = list(yaml.load_all(text, Loader=_Loader))
            return documents[0] if len(documents) == 1 else documents
    except (ValueError, yaml.YAMLError, RecursionError) as error:
        first = str(error).splitlines()[0]
        raise PackageError(f"'{name}' cannot be read: {first}") from error
    return text


@cache
def compiled(path: str) -> Any:
    """Read a path.

    Raises:
        PathError: it is no JMESPath, or says more than where something is.
    """
    try:
        parsed = jmespath.compile(path)
    except JMESPathError as error:
        raise PathError(f"is not a path: {' '.join(str(error).split())}") from error
    for node in _nodes(parsed.parsed):
        kind, named = node["type"], str(node.get("value"))
        if kind in _REFUSED:
            raise PathError("says whether, not where: compare with an expectation")
        if kind == "function_expression" and named not in FUNCTIONS:
            raise PathError(
                f"uses the function {quoted(named)}{nearest(named, FUNCTIONS)}; "
                f"known are {', '.join(FUNCTIONS)}"
            )
    return parsed


def _nodes(node: Any) -> Iterator[Any]:
    """Yield the nodes of a path; what a filter compares is its own matter."""
    yield node
    children = node.get("children", [])
    if node["type"] == "filter_projection":
        children = children[:2]  # the third is the condition
    for child in children:
        if isinstance(child, dict):
            yield from _nodes(child)


def found_at(path: str | None, value: Any) -> Any:
    """Return what stands at `path` of `value`.

    Raises:
        GoneError: nothing does.
        PathError: the path cannot be read.
    """
    if path is None:
        return value
    parsed = compiled(path)
    try:
        found = parsed.search(value)
    except JMESPathError as error:
        raise GoneError(_way_ends(path, value) or f"nothing at '{path}': {error}") from error
    many = any(node["type"] in _PROJECTIONS for node in _nodes(parsed.parsed))
    if found is None or (many and found in ([], 0)):
        raise GoneError(_way_ends(path, value) or f"nothing at '{path}'")
    if isinstance(found, list) and None in found:
        raise GoneError(f"a part of '{path}' is not there")
    return found


def parent_at(path: str, value: Any) -> Any:
    """Return what would hold the last step of `path`.

    Raises:
        GoneError: that is not there.
        PathError: the path does not end in a name.
    """
    steps = _steps(compiled(path).parsed)
    if steps is None or not isinstance(steps[-1], str):
        raise PathError("does not end in a name: what must be absent is named")
    for at, step in enumerate(steps[:-1]):
        value = _step(value, step)
        if value is None:
            raise GoneError(f"nothing at '{_shown(steps[: at + 1])}'")
    return value


def _steps(node: Any) -> list[str | int] | None:
    """The steps of a path that is a plain way down; None if it is more than that."""
    kind = node["type"]
    if kind == "field":
        return [node["value"]]
    if kind == "index":
        return [node["value"]]
    if kind in ("subexpression", "index_expression"):
        parts = [_steps(child) for child in node["children"]]
        return None if None in parts else [step for part in parts for step in part or []]
    return None


def _beginning(node: Any) -> list[str | int]:
    """The plain way down with which a path begins."""
    steps = _steps(node)
    if steps is not None:
        return steps
    children = [child for child in node.get("children", []) if isinstance(child, dict)]
    if not children:
        return []
    if node["type"] == "subexpression":
        first = _beginning(children[0])
        whole = _steps(children[0])
        return first + _beginning(children[1]) if whole is not None else first
    return _beginning(children[0])


def _step(value: Any, step: str | int) -> Any:
    if isinstance(step, str):
        return value.get(step) if isinstance(value, dict) else None
    inside = isinstance(value, list) and -len(value) <= step < len(value)
    return value[step] if inside else None


def _way_ends(path: str, value: Any) -> str:
    """Say where the way into `value` ends, and what stands there instead; empty if it does not."""
    steps = _beginning(compiled(path).parsed)
    for at, step in enumerate(steps):
        following = _step(value, step)
        if following is None:
            where = f"'{_shown(steps[:at])}' has" if at else "the file has"
            return f"{where} no {quoted(step)}{_right(steps, at, step, value)}"
        value = following
    return ""


def _right(steps: list[str | int], at: int, step: str | int, value: Any) -> str:
    """Name the nearest right way."""
    if isinstance(value, list):
        return f"; the list has {len(value)}"
    if not isinstance(value, dict):
        return "; it is no mapping"
    for name in difflib.get_close_matches(str(step), map(str, value), n=3):
        rest = steps[at + 1 :]
        if _leads_on(value[name], rest):
            return f"; did you mean '{_shown([*steps[:at], name, *rest])}'?"
        if difflib.SequenceMatcher(None, str(step), name).ratio() >= _A_SLIP:
            return f"; did you mean '{_shown([*steps[:at], name])}'?"
    few = sorted(map(str, value))
    return f"; it has {', '.join(few[:8])}{' …' if len(few) > 8 else ''}"


def _leads_on(value: Any, steps: list[str | int]) -> bool:
    """Is there something at the end of `steps`?"""
    for step in steps:
        value = _step(value, step)
        if value is None:
            return False
    return True


def _shown(steps: list[str | int]) -> str:
    out = ""
    for step in steps:
        if isinstance(step, int):
            out += f"[{step}]"
        else:
            plain = step.replace("_", "a").isalnum() and step.isascii() and not step[:1].isdigit()
            out += ("." if out else "") + (step if plain else json.dumps(step))
    return out
