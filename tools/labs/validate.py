"""Files of a lab, and its commands, are checked by the programs that ``data/labs.yml`` names."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from service import filled

from annotated.check.labs import SCRIPT
from annotated.records.labs import Block
from annotated.records.models import Labs, Validator
from annotated.records.problems import Place, Problem

#: A finding is worth reading to its end; what a crashed program says is not.
_MOST_LINES = 20
_SECONDS = 120


@dataclass(frozen=True)
class Checking:
    """Where and how the validators run."""

    labs: Labs
    root: Path
    values: Mapping[str, str]
    environment: dict[str, str]
    folder: Path  # for the copies that they read

    def names(self, title: str) -> list[str]:
        """The validators of files with this name."""
        every = self.labs.validators.items()
        return [name for name, one in every if any(fnmatch(title, p) for p in one.files)]

    def problems(self, blocks: Sequence[Block]) -> list[Problem]:
        """Check the files among `blocks`, each for itself, and all commands as one script."""
        found: list[Problem] = []
        for number, block in enumerate(blocks):
            if block.file:
                text = _padded([block]) if block.end else block.code
                file = self._copy(f"{number}", block.file, text)
                for name in self.names(block.file):
                    found += self._run(name, file, block.place, inside=bool(block.end))
        commands = [block for block in blocks if not block.file]
        if commands and self.names(SCRIPT):
            file = self._copy("commands", SCRIPT, _padded(commands, "#!/bin/bash"))
            for name in self.names(SCRIPT):
                found += self._run(name, file, commands[0].place)
        return found

    def written(self, folder: Path, block: Block, known: dict[str, str]) -> list[Problem]:
        """Check the files in `folder` that are not in `known` as they are: what a block wrote."""
        found: list[Problem] = []
        for file in sorted(folder.iterdir()):
            if not file.is_file() or not self.names(file.name):
                continue
            text = file.read_text(encoding="utf-8", errors="replace")
            if known.get(file.name) != text:
                known[file.name] = text
                for name in self.names(file.name):
                    found += self._run(name, file, _written_at(block, file.name), inside=False)
        return found

    def _copy(self, folder: str, name: str, text: str) -> Path:
        file = self.folder / folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def _run(
        self, name: str, file: Path, place: Place, *, inside: bool = True
    ) -> Iterator[Problem]:
        validator: Validator = self.labs.validators[name]
        command = filled(validator.command, {**self.values, "file": str(file)})
        try:
            done = subprocess.run(
                command, cwd=self.root, env=self.environment, stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
                timeout=_SECONDS, check=False,
            )  # fmt: skip
            code, said = done.returncode, done.stdout
        except (OSError, subprocess.TimeoutExpired) as error:
            code, said = 1, str(error)
        if code:
            yield from _findings(name, said, file, place, inside=inside)


def _written_at(block: Block, name: str) -> Place:
    """The line of a block that names a file."""
    for number, line in enumerate(block.code.split("\n"), start=1):
        if name in line:
            return Place(block.place.file, block.place.line + number)
    return block.place


def _findings(name: str, said: str, file: Path, place: Place, *, inside: bool) -> Iterator[Problem]:
    """Each finding at its line of the page; where none is told, all that was said.

    Args:
        name: of the validator.
        said: what it said.
        file: which it was given.
        place: where that stands in the page.
        inside: whether its lines are those of the page.
    """
    told = False
    for line in said.splitlines():
        at = re.match(rf"{re.escape(str(file))}:(\d+)(?::(\d+))?:?\s*(.*)", line)
        if at:
            told = True
            where = Place(place.file, max(int(at[1]), 1), int(at[2] or 1)) if inside else place
            message = at[3] if inside else f"{file.name}:{at[1]}: {at[3]}"
            yield Problem(where, f"lab-{name}", message)
    if not told:
        lines = [line.strip() for line in said.strip().splitlines()[-_MOST_LINES:]]
        yield Problem(place, f"lab-{name}", " ".join(filter(None, lines)) or "fails")


def _padded(blocks: Sequence[Block], first: str = "") -> str:
    """The code of `blocks`, each line where it stands in the page, so that lines told are its."""
    lines: list[str] = [first] if first else []
    for block in blocks:
        lines += [""] * (block.place.line - len(lines))
        lines += block.code.rstrip("\n").split("\n")
    return "\n".join(lines) + "\n"
