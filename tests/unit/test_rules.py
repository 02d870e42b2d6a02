"""What each rule says, whole: place, rule, what was found, what is expected, the nearest valid value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from annotated.project import open_layout
from annotated.records.layout import by_convention
from tests.conftest import lay_whole

CASES = yaml.safe_load(Path(__file__).with_name("rules.yml").read_text(encoding="utf-8"))
TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a record of every kind, for many small changes, each of which is taken back."""
    return lay_whole(tmp_path_factory.mktemp("rules") / "whole")


def said_of(root: Path, edits: Sequence[tuple[str, str, str]]) -> list[str]:
    """Every line that is said of the project while these edits are made."""
    before: dict[Path, str | None] = {}
    try:
        for name, old, new in edits:
            file = root / name
            text = file.read_text(encoding="utf-8") if file.exists() else None
            before.setdefault(file, text)
            assert old in (text or ""), f"{old!r} is not in {name}"
            changed = text.replace(old, new, 1) if old and text else (text or "") + new
            file.write_text(changed, encoding="utf-8")
        docs = root / "docs" / "en"
        beside = {file.relative_to(docs).as_posix() for file in docs.rglob("*.*")}
        files = frozenset(name for name in beside if not name.endswith(".md"))
        layout = replace(by_convention(docs, "en"), files=files)
        return [str(problem) for problem in open_layout(root, layout, TODAY)[1]]
    finally:
        for file, good in before.items():
            if good is None:
                file.unlink()
            else:
                file.write_text(good, encoding="utf-8")


def test_the_whole_project_is_good(whole: Path) -> None:
    assert said_of(whole, []) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"].replace(" ", "-"))
def test_all_that_is_wrong_is_told_where_it_stands(whole: Path, case: dict[str, Any]) -> None:
    assert said_of(whole, case["edits"]) == case["said"]
