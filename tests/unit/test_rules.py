"""What each rule says, whole: place, rule, what was found, what is expected, the nearest valid value."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from annotated.project import all_problems, check_editions, open_editions, open_layout
from annotated.records.layout import by_convention
from annotated.records.problems import in_order
from tests.conftest import ROOT, lay_whole


def cases(name: str) -> list[dict[str, Any]]:
    """The cases of a file beside this one."""
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    found: list[dict[str, Any]] = yaml.safe_load(text)
    return found


def named(case: dict[str, Any]) -> str:
    """Name a test by its case."""
    return str(case["name"]).replace(" ", "-")


TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a record of every kind, for many small changes, each of which is taken back."""
    return lay_whole(tmp_path_factory.mktemp("rules") / "whole")


def lay_both(target: Path) -> Path:
    """Lay out the starter whole, in both of its languages."""
    shutil.copytree(ROOT / "starter", target)
    shutil.copytree(ROOT / "data" / "words", target / "data" / "words")
    return target


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter in both of its languages, for many small changes."""
    return lay_both(tmp_path_factory.mktemp("editions") / "both")


@contextmanager
def edited(root: Path, edits: Sequence[tuple[str, str, str]]) -> Iterator[None]:
    """Make these edits of the project, and take them back."""
    before: dict[Path, str | None] = {}
    try:
        for name, old, new in edits:
            file = root / name
            text = file.read_text(encoding="utf-8") if file.exists() else None
            before.setdefault(file, text)
            assert old in (text or ""), f"{old!r} is not in {name}"
            changed = text.replace(old, new, 1) if old and text else (text or "") + new
            file.parent.mkdir(exist_ok=True)
            file.write_text(changed, encoding="utf-8")
        yield
    finally:
        for file, good in before.items():
            if good is None:
                file.unlink()
            else:
                file.write_text(good, encoding="utf-8")


def said_of(root: Path, edits: Sequence[tuple[str, str, str]]) -> list[str]:
    """Every line that is said of the project while these edits are made."""
    with edited(root, edits):
        docs = root / "docs" / "en"
        beside = {file.relative_to(docs).as_posix() for file in docs.rglob("*.*")}
        files = frozenset(name for name in beside if not name.endswith(".md"))
        layout = replace(by_convention(docs, "en"), files=files)
        return [str(problem) for problem in open_layout(root, layout, TODAY)[1]]


def said_of_editions(root: Path, edits: Sequence[tuple[str, str, str]]) -> list[str]:
    """Every line that is said of both editions while these edits are made."""
    with edited(root, edits):
        layouts = [by_convention(root / "docs" / name, name, "en") for name in ("en", "ko")]
        opened = open_editions(root, layouts, TODAY)
        return list(map(str, in_order([*all_problems(opened), *check_editions(opened)])))


def test_the_whole_project_is_good(whole: Path) -> None:
    assert said_of(whole, []) == []


@pytest.mark.parametrize("case", cases("rules.yml"), ids=named)
def test_all_that_is_wrong_is_told_where_it_stands(whole: Path, case: dict[str, Any]) -> None:
    assert said_of(whole, case["edits"]) == case["said"]


@pytest.mark.parametrize("case", cases("rules-of-editions.yml"), ids=named)
def test_an_edition_that_is_not_in_step_is_told_where(both: Path, case: dict[str, Any]) -> None:
    assert said_of_editions(both, case["edits"]) == case["said"]
