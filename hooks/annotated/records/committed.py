"""Results that a command writes and that are committed: read back, or said to be bad.

They are shown to readers, and anybody may change the file: it is checked like a record.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from annotated.records.explain import explain
from annotated.records.located import read_places
from annotated.records.models import DefectError
from annotated.records.problems import Place, Problem, quoted
from annotated.records.texts import read_text, unseen_in

Shape = TypeVar("Shape", bound=BaseModel)
Results = TypeVar("Results")


class Written(BaseModel):
    """Base of what such a file holds: no unknown keys, no silent conversion."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def _seen(value: str) -> str:
    if name := unseen_in(value):
        raise DefectError("unseen-character", f"found {name}, which nobody sees")
    return value


#: A text that is shown, or compared with one that is.
Told = Annotated[str, AfterValidator(_seen)]


def read_committed(
    root: Path,
    file: str,
    command: str,
    shape: type[Shape],
    made: Callable[[Shape], Results],
    none: Results,
) -> tuple[Results, list[Problem]]:
    """Return the results of a file below `root`, and what is wrong with it.

    Args:
        root: the project.
        file: where they stand below it.
        command: what writes them, for the message where they are of another shape.
        shape: what the JSON has to be.
        made: makes the results of it.
        none: what is returned where none were written, or they cannot be read.
    """
    if not (root / file).exists():
        return none, []
    text, problems = read_text(file, root / file)
    if text is None:
        return none, problems

    def bad(place: Place, found: str) -> Problem:
        return Problem(place, "bad-results", f"{found}; run '{command}' again")

    try:
        json.loads(text, object_pairs_hook=_once)
        results = made(shape.model_validate_json(text))
    except json.JSONDecodeError as error:
        place = Place(file, error.lineno, error.colno)
        return none, [*problems, bad(place, f"is not JSON: {error.msg.lower()}")]
    except ValidationError as error:
        # JSON is YAML, as far as these files go, whose reader knows the places.
        found = explain(read_places(file, text), (), shape, error)
        return none, [*problems, *(bad(one.place, one.message) for one in found)]
    except (ValueError, RecursionError) as error:
        return none, [*problems, bad(Place(file), f"cannot be read: {error}")]
    return results, problems


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse what would hide one of two values."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"key {quoted(key)} stands twice")
        found[key] = value
    return found
