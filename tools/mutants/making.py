"""The mutants of a file: of Python by mutmut, of scripts by Stryker's instrumenter."""

from __future__ import annotations

import ast
import functools
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

from choosing import Mutant
from mutmut.mutation.file_mutation import create_mutations
from node import install, node

HERE = Path(__file__).resolve().parent


class MakingError(Exception):
    """Why no mutants can be made, as one sentence for the person at the terminal."""


def python_mutants(root: Path, path: str) -> list[Mutant]:
    """Return the mutants of a Python file.

    mutmut's own runner would leave out what stands outside of functions, and have all versions
    of a function in one file, with its tests outside of the repository; here each is a file.
    """
    source = (root / path).read_text(encoding="utf-8")
    module, mutations, _, _ = create_mutations(path, source)

    def written(number: int) -> str:
        mutation = mutations[number]
        changed = module.deep_replace(mutation.original_node, mutation.mutated_node)
        return str(changed.code)

    return [
        Mutant(path, number, source, functools.partial(written, number))
        for number in range(len(mutations))
    ]


def script_mutants(root: Path, paths: list[str]) -> list[Mutant]:
    """Return the mutants of scripts.

    Raises:
        MakingError: npm cannot install what makes them.
    """
    if not paths:
        return []
    if install(HERE):
        raise MakingError("npm could not install what changes scripts: is there a network?")
    made = subprocess.run(
        [node(), HERE / "make.mjs"],
        input=json.dumps(paths), cwd=root, stdout=subprocess.PIPE, encoding="utf-8", check=True,
    )  # fmt: skip
    numbers = dict.fromkeys(paths, -1)
    mutants = []
    for one in json.loads(made.stdout):
        path = one["fileName"]
        numbers[path] += 1
        source = (root / path).read_text(encoding="utf-8")
        start, end = (offset(source, one["location"][side]) for side in ("start", "end"))
        write = functools.partial(spliced, source, start, end, one["replacement"])
        mutants.append(Mutant(path, numbers[path], source, write))
    return mutants


def spliced(source: str, start: int, end: int, replacement: str) -> str:
    """Return a text with another part in the place of one."""
    return source[:start] + replacement + source[end:]


def offset(source: str, place: dict[str, int]) -> int:
    """Return where a place is in a text, given as line and column, both from 0."""
    lines = source.splitlines(keepends=True)
    return sum(map(len, lines[: place["line"]])) + place["column"]


def functions(source: str) -> Iterator[range]:
    """Yield the lines of the body of each function of a Python file, those within others later."""
    for found in ast.walk(ast.parse(source)):
        if isinstance(found, ast.FunctionDef | ast.AsyncFunctionDef):
            yield range(found.body[0].lineno, (found.end_lineno or found.lineno) + 1)
