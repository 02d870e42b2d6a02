"""A Kubernetes manifest against the schema of one version. Prints ``file:line: what is wrong``.

Run as ``python labs/check_manifest.py VERSION FILE``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import yaml
from findings import end
from kubernetes_validate import SchemaNotFoundError, ValidationError, validate


def findings(text: str, version: str) -> Iterator[tuple[int, str]]:
    """Yield line and finding, for each document the first."""
    for node in yaml.compose_all(text, Loader=yaml.SafeLoader):
        value = yaml.SafeLoader("").construct_document(node)
        if value is None:
            continue
        try:
            validate(value, version, strict=True)
        except ValidationError as error:
            path = ".".join(map(str, error.path))
            yield _line(node, list(error.path)), f"{path or 'the manifest'}: {error.message}"
        except SchemaNotFoundError as error:
            yield node.start_mark.line + 1, str(error)


def _line(node: yaml.Node, path: list[str | int]) -> int:
    """The line of what stands at `path`."""
    for step in path:
        if isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == step), node)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
    return int(node.start_mark.line) + 1


if __name__ == "__main__":
    version, file = sys.argv[1:]
    try:
        found = list(findings(Path(file).read_text(encoding="utf-8"), version))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        found = [((mark.line + 1) if mark else 1, str(getattr(error, "problem", error)))]
    end(file, found)
