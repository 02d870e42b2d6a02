"""Results that a command writes and that are committed: read back, or said to be bad."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from annotated.records.problems import Place, Problem
from annotated.records.texts import read_text

Results = TypeVar("Results")


def read_committed(
    root: Path, file: str, command: str, made: Callable[[Any], Results], none: Results
) -> tuple[Results, list[Problem]]:
    """Return the results of a file below `root`, and what is wrong with it.

    Args:
        root: the project.
        file: where they stand below it.
        command: what writes them, for the message where they are of another shape.
        made: makes them of the JSON; what it raises of another shape is caught.
        none: what is returned where none were written, or they cannot be read.
    """
    if not (root / file).exists():
        return none, []
    text, problems = read_text(file, root / file)
    if text is None:
        return none, problems
    try:
        return made(json.loads(text)), problems
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        message = f"is not what '{command}' writes; run it again"
        return none, [*problems, Problem(Place(file), "bad-results", message)]
