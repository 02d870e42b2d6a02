"""Examples in docstrings are run, so that they stay true."""

from __future__ import annotations

import doctest
import importlib

import pytest

from tests.conftest import ROOT

MODULES = [
    ".".join(file.relative_to(folder).with_suffix("").parts)
    for folder in (ROOT / "hooks", ROOT / "tools")
    for file in sorted([*folder.glob("*.py"), *folder.glob("annotated/**/*.py")])
    if ">>> " in file.read_text(encoding="utf-8")
]


def test_there_are_examples() -> None:
    assert len(MODULES) > 5


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_are_true(name: str) -> None:
    done = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert done.attempted
    assert not done.failed
