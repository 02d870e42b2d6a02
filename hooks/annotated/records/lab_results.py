"""What has become of each block of each lab, as it is committed: tied to the block by a hash."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from annotated.records.committed import read_committed
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


def read_lab_results(root: Path) -> tuple[LabResults, list[Problem]]:
    """Read the results of the project; none where none were written."""
    return read_committed(root, FILE, "make labs", _results, LabResults())


def _results(value: Any) -> LabResults:
    return LabResults({str(page): _result(lab) for page, lab in value.items()})


def _result(value: Any) -> LabResult:
    blocks = tuple(
        BlockResult(str(digest), _known(fate), tuple(map(str, by)))
        for digest, fate, by in value["blocks"]
    )
    versions = {str(name): str(version) for name, version in value["versions"].items()}
    return LabResult(str(value["date"]), versions, blocks, tuple(map(str, value["made"])))


def _known(fate: Any) -> Fate:
    if fate not in FATES:
        raise ValueError(fate)
    known: Fate = fate
    return known


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
