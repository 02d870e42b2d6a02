"""What has become of each block of each lab, as it is committed: tied to the block by a hash."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from pydantic import RootModel

from annotated.records.committed import Told, Written, read_committed
from annotated.records.models import FullDate
from annotated.records.problems import Problem

#: Below the project.
FILE = "data/results/labs.json"

#: From the most that can be said of a block to the least.
Fate = Literal["run", "patched", "validated", "shown"]
FATES: tuple[Fate, ...] = get_args(Fate)
#: What a block was validated by where only its requests were: a stand-in that made up its answers.
STUB = "stub"


@dataclass(frozen=True)
class BlockResult:
    """What has become of one block: its fate, and by which patches, validators, for what reason."""

    digest: str
    fate: Fate
    by: tuple[str, ...] = ()


@dataclass(frozen=True)
class LabResult:
    """What one run of a lab has shown.

    Args:
        date: the day of the run.
        versions: the packages that took part, by name.
        blocks: its blocks, in order.
        made: what was there before the clean-up and not before the lab, a name each.
    """

    date: str = ""
    versions: dict[str, str] = field(default_factory=dict)
    blocks: tuple[BlockResult, ...] = ()
    made: tuple[str, ...] = ()

    def of(self, digest: str) -> BlockResult | None:
        """What has become of the block with this hash; None if it never ran as it is."""
        return next((one for one in self.blocks if one.digest == digest), None)


@dataclass(frozen=True)
class LabResults:
    """The results of all labs, by the path of their pages."""

    labs: dict[str, LabResult] = field(default_factory=dict)


class _Lab(Written):
    """One lab as it is written."""

    date: FullDate
    versions: dict[Told, Told]
    made: tuple[Told, ...]
    blocks: tuple[tuple[Told, Fate, tuple[Told, ...]], ...]


class _Labs(RootModel[dict[Told, _Lab]]):
    """All labs as they are written, by the path of their pages."""


def read_lab_results(root: Path) -> tuple[LabResults, list[Problem]]:
    """Read the results of the project; none where none were written."""
    return read_committed(root, FILE, "make labs", _Labs, _results, LabResults())


def _results(written: _Labs) -> LabResults:
    return LabResults({page: _result(lab) for page, lab in written.root.items()})


def _result(lab: _Lab) -> LabResult:
    blocks = tuple(BlockResult(*block) for block in lab.blocks)
    return LabResult(lab.date, lab.versions, blocks, lab.made)


def written(results: LabResults) -> str:
    """Return the text of the results file: a line for each block, so that a change is one."""
    labs = []
    for page, lab in sorted(results.labs.items()):
        blocks = ",\n".join(
            "   " + json.dumps([one.digest, one.fate, list(one.by)]) for one in lab.blocks
        )
        labs.append(
            f' {json.dumps(page)}: {{\n  "date": {json.dumps(lab.date)},\n'
            f'  "versions": {json.dumps(lab.versions, sort_keys=True)},\n'
            f'  "made": {json.dumps(list(lab.made))},\n'
            f'  "blocks": [\n{blocks}\n  ]\n }}'
        )
    return "{\n" + ",\n".join(labs) + "\n}\n"
