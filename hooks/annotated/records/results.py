"""What the probes have found, as it is committed: one answer for each probe, tied to its text.

A probe is told by a hash of all that it says and of the place that it names, without the version
of the package: a raised pin leaves the answers of probes that still hold as they are.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from annotated.records.committed import Told, Written, read_committed
from annotated.records.models import Location, Package, Probe
from annotated.records.problems import Problem

#: Below the project.
FILE = "data/results/probes.json"

Answer = Literal["holds", "changed", "gone"]
#: How much of a hash is kept: two of a thousand probes are alike once in 10^11.
_DIGITS = 16


@dataclass(frozen=True)
class Results:
    """The answers by record, each a list of hash and answer, and the versions that gave them."""

    versions: dict[str, str] = field(default_factory=dict)
    answers: dict[str, list[tuple[str, Answer]]] = field(default_factory=dict)

    def answer(self, record: str, digest: str) -> Answer | None:
        """What the probe of `record` with this hash has found; None if it never ran."""
        return dict(self.answers.get(record, [])).get(digest)


def digest(probe: Probe, location: Location, package: str) -> str:
    """Return the hash of a probe: of the place that it names and of what it expects there."""
    place = location.model_dump(exclude_none=True)
    said = [package, place, probe.path, probe.expectations()]
    text = json.dumps(said, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]


def registered(key: str, package: Package) -> str:
    """The package as its registry knows it: ``pypi:requests``."""
    return f"{package.registry}:{package.name or key}"


class _Probed(Written):
    """The results as they are written."""

    versions: dict[Told, Told]
    answers: dict[Told, tuple[tuple[Told, Answer], ...]]


def read_results(root: Path) -> tuple[Results, list[Problem]]:
    """Read the results of the project; none where none were written."""
    return read_committed(root, FILE, "make probes", _Probed, _results, Results())


def _results(written: _Probed) -> Results:
    return Results(written.versions, {name: list(found) for name, found in written.answers.items()})


def written(results: Results) -> str:
    """Return the text of the results file: a line for each record, so that a change is one."""
    lines = [f"  {json.dumps(name)}: {json.dumps(found)}"
             for name, found in sorted(results.answers.items())]  # fmt: skip
    versions = json.dumps(results.versions, sort_keys=True)
    body = ",\n".join(lines)
    return f'{{\n "versions": {versions},\n "answers": {{\n{body}\n }}\n}}\n'
