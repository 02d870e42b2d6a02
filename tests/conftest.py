"""Fixtures: a small project on another subject, complete, in a folder of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def lay_golden(target: Path) -> Path:
    """Lay out the golden project with this project's hooks and theme at `target`."""
    skip = shutil.ignore_patterns("__pycache__", "*.pyc", "drawings", "cards")
    for part in ("hooks", "overrides"):
        shutil.copytree(ROOT / part, target / part, ignore=skip)
    shutil.copytree(ROOT / "starter", target, dirs_exist_ok=True)
    settings = target / "tools" / "draw" / "settings.json"
    if (ROOT / "tools" / "draw" / "settings.json").exists():
        settings.parent.mkdir(parents=True)
        shutil.copy(ROOT / "tools" / "draw" / "settings.json", settings)
    return _lay_words(target)


def lay_records(target: Path) -> Path:
    """Lay out only records and pages of the golden project: quick, for what needs no theme."""
    shutil.copytree(ROOT / "starter", target)
    return _lay_words(target)


def _lay_words(target: Path) -> Path:
    shutil.copytree(ROOT / "data" / "words", target / "data" / "words", dirs_exist_ok=True)
    return target


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """The records and pages of the golden project, free to be broken."""
    return lay_records(tmp_path / "records")


@pytest.fixture
def golden(tmp_path: Path) -> Path:
    """The golden project, good in every part, free to be broken."""
    return lay_golden(tmp_path / "golden")
