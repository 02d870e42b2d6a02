"""YAML to plain values, with the place of every key and item.

YAML is read in its 1.2 sense: ``yes`` and ``no`` are words and dates stay text, so that an
author's ``value: no`` is never turned into something else on the way to the model.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any, ClassVar, cast

import yaml

from annotated.records.problems import Place, Problem

Path = tuple[str | int, ...]

_TEXT = "tag:yaml.org,2002:str"

_LoaderBase: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_LoaderBase):  # type: ignore[misc]
    """A safe loader that knows only null, true/false, integers and floats as non-text."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, re.Pattern[str]]]]] = {}


for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("tag:yaml.org,2002:bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("tag:yaml.org,2002:int", r"^[-+]?[0-9]+$", list("-+0123456789")),
    ("tag:yaml.org,2002:float", r"^[-+]?[0-9]+\.[0-9]+$", list("-+0123456789")),
):
    _Loader.add_implicit_resolver(_tag, re.compile(_pattern), _first)


@dataclass(frozen=True)
class Document:
    """A YAML file: its plain value, and the place of each path in it."""

    file: str
    value: Any
    places: dict[Path, Place] = field(repr=False)

    def at(self, *path: str | int) -> Place:
        """Return the place of `path`, or of the nearest path above it that exists."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Place(self.file))


def read_yaml(file: str, text: str) -> tuple[Document | None, list[Problem]]:
    """Parse `text` of `file`; return the document, or None, and what is wrong with it.

    Broken syntax yields one problem at the place that the parser names; every key that
    stands twice in one mapping yields one more.
    """
    try:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            if node is None:
                return None, [Problem(Place(file), "empty-file", "found nothing, expected records")]
            document = Document(file, None, {})
            problems: list[Problem] = []
            value = _plain(loader, node, (), document.places, problems, file, set())
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        return None, [_syntax_problem(file, error)]
    except (RecursionError, ValueError) as error:
        return None, [Problem(Place(file), "yaml-syntax", f"cannot be read: {error}")]
    if problems:
        return None, problems
    return Document(file, value, document.places), []


def _syntax_problem(file: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
    text = getattr(error, "problem", None) or str(error).splitlines()[0]
    return Problem(place, "yaml-syntax", f"not valid YAML: {text}")


def _plain(
    loader: Any,
    node: yaml.Node,
    path: Path,
    places: dict[Path, Place],
    problems: list[Problem],
    file: str,
    open_nodes: set[int],
) -> Any:
    # A value in a mapping has the place of its key.
    if path not in places:
        places[path] = _place(file, node)
    if isinstance(node, yaml.ScalarNode):
        return node.value if node.tag == _TEXT else cast(Hashable, loader.construct_object(node))
    if id(node) in open_nodes:
        problems.append(Problem(_place(file, node), "yaml-alias", "an alias contains itself"))
        return None
    open_nodes.add(id(node))
    value = _inside(loader, node, path, places, problems, file, open_nodes)
    open_nodes.discard(id(node))
    return value


def _inside(
    loader: Any,
    node: yaml.Node,
    path: Path,
    places: dict[Path, Place],
    problems: list[Problem],
    file: str,
    open_nodes: set[int],
) -> Any:
    if isinstance(node, yaml.MappingNode):
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                problems.append(
                    Problem(_place(file, key_node), "yaml-key", "found a key that is not a word")
                )
                continue
            key = key_node.value
            if key in result:
                problems.append(
                    Problem(
                        _place(file, key_node),
                        "duplicate-key",
                        f"key '{key}' stands twice in this mapping; the first is on line "
                        f"{places[(*path, key)].line}",
                    )
                )
                continue
            places[(*path, key)] = _place(file, key_node)
            result[key] = _plain(
                loader, value_node, (*path, key), places, problems, file, open_nodes
            )
        return result
    return [
        _plain(loader, item, (*path, index), places, problems, file, open_nodes)
        for index, item in enumerate(node.value)
    ]


def _place(file: str, node: yaml.Node) -> Place:
    mark = node.start_mark
    return Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
