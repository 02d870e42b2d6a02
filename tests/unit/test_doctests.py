"""Examples in docstrings are run, so that they stay true."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

from tests.conftest import ROOT

#: The folders that Python looks for modules in: those of hooks and tools, and each program's own.
FOLDERS = [ROOT / "hooks", ROOT / "labs", ROOT / "tools", *sorted((ROOT / "tools").glob("*/"))]
MODULES = [
    (folder, ".".join(file.relative_to(folder).with_suffix("").parts))
    for folder in FOLDERS
    for file in sorted([*folder.glob("*.py"), *folder.glob("annotated/**/*.py")])
    if ">>> " in file.read_text(encoding="utf-8")
]


def test_there_are_examples() -> None:
    assert len(MODULES) > 5


@pytest.mark.parametrize(("folder", "name"), MODULES, ids=lambda each: str(each).rpartition("/")[2])
def test_the_examples_of_a_module_are_true(
    monkeypatch: pytest.MonkeyPatch, folder: Path, name: str
) -> None:
    monkeypatch.syspath_prepend(folder)
    done = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert done.attempted
    assert not done.failed
