"""What each rule says, whole: place, rule, what was found, what is expected, the nearest valid value."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from annotated.project import all_problems, check_editions, open_editions, open_layout
from annotated.records.layout import by_convention
from annotated.records.located import Path as Steps
from annotated.records.located import read_yaml
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


def lists_with_ids(value: Any, path: Steps = ()) -> Iterator[Steps]:
    """The paths of all lists whose members have an id."""
    if isinstance(value, list) and any(isinstance(one, dict) and "id" in one for one in value):
        yield path
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from lists_with_ids(inner, (*path, key))


def twice(value: Any, path: Steps) -> tuple[str, Steps]:
    """A record as it is written if the last member of a list stands in it again, its id below."""
    members = value = deepcopy(value)
    for step in path:
        members = members[step]
    again = deepcopy(members[-1])
    again["id"] = again.pop("id")  # behind all other keys
    members.append(again)
    text = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=9999)
    return text, (*path, len(members) - 1, "id")


def test_an_id_that_is_taken_is_told_where_it_stands_again(whole: Path) -> None:
    """Of each list of records and of their parts, whichever key they begin with."""
    tried: set[Steps] = set()
    for file in sorted((whole / "data").rglob("*.yml")):
        name, good = file.relative_to(whole).as_posix(), file.read_text(encoding="utf-8")
        document, _ = read_yaml(name, good)
        assert document
        for path in lists_with_ids(document.value):
            kind = (file.parent.name, *(step for step in path if isinstance(step, str)))
            if kind in tried:
                continue
            tried.add(kind)
            text, again = twice(document.value, path)
            written, _ = read_yaml(name, text)
            assert written
            start = f"{written.at(*again)}: error[duplicate-id]"
            said = said_of(whole, [(name, good, text)])
            assert [one for one in said if one.startswith(start)], (kind, said)
    assert len(tried) > 15, tried


@pytest.mark.parametrize("case", cases("rules-of-editions.yml"), ids=named)
def test_an_edition_that_is_not_in_step_is_told_where(both: Path, case: dict[str, Any]) -> None:
    assert said_of_editions(both, case["edits"]) == case["said"]
