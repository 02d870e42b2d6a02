"""Which mutants `make mutants` tries, and by which tests; making them needs packages of its own."""

from __future__ import annotations

import doctest
import importlib.util
import sys
from collections.abc import Collection
from pathlib import Path
from types import ModuleType

import pytest

TOOL = Path(__file__).resolve().parents[2] / "tools" / "mutants"


@pytest.fixture(scope="module")
def choosing() -> ModuleType:
    spec = importlib.util.spec_from_file_location("choosing", TOOL / "choosing.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["choosing"] = module  # dataclasses look there for the names in annotations
    spec.loader.exec_module(module)
    return module


def test_its_examples_are_true(choosing: ModuleType) -> None:
    done = doctest.testmod(choosing)
    assert done.attempted
    assert not done.failed


def test_an_edit_of_one_file_leaves_the_choice_in_others(choosing: ModuleType) -> None:
    def chosen(leaves: int) -> set[str]:
        made = [
            choosing.Mutant(path, number, "", str)
            for path, size in (("a/leaf.py", leaves), ("b/pot.py", 300))
            for number in range(size)
        ]
        return {mutant.id for mutant in choosing.sample(made, 100, seed=1)}

    assert chosen(300) == chosen(300)
    assert len(chosen(300)) == 100
    pots = {name for name in chosen(300) if name.startswith("b/")}
    assert 30 < len(pots) < 70
    # Fewer places in one file make room; what was chosen in the other stays.
    assert pots <= chosen(200)


def test_a_line_asks_those_who_run_through_it(choosing: ModuleType) -> None:
    seen = {3: {"test_leaf"}, 4: {"test_pot"}, 9: {"test_cup"}, 1: set()}
    assert choosing.tests_of(3, range(2, 6), seen) == {"test_leaf"}
    # Within an expression of several lines none is noted: the function's count.
    assert choosing.tests_of(5, range(2, 6), seen) == {"test_leaf", "test_pot"}
    assert choosing.tests_of(7, range(6, 8), seen) == set()


def test_tests_named_like_the_file_are_asked_first_and_the_slowest_not(
    choosing: ModuleType,
) -> None:
    seconds = {"slow::a": 30.0, "b::a[1]": 0.4, "b::a[2]": 0.5, "b::a[3]": 0.55, "b::d": 1.0,
               "c::a": 3.0, "test_tea::a": 0.9}  # fmt: skip

    def asked(file: str, tests: Collection[str], near: Collection[str] = ()) -> list[list[str]]:
        turns: list[list[str]] = choosing.in_turns(file, tests, near, seconds, 1, 20)
        return turns

    tea, cup = "hooks/tea.py", "hooks/cup.py"
    # One case of each test comes before the second of any.
    later = [["b::a[1]", "b::d", "c::a", "b::a[2]", "b::a[3]"]]
    assert asked(tea, seconds) == [["test_tea::a"], *later]
    assert asked(cup, seconds)[0] == ["b::a[1]", "b::a[2]"], "what fits into the first second"
    assert asked(cup, seconds, {"b::a[3]"})[0] == ["b::a[3]", "b::a[1]"]
    assert asked(cup, {"c::a"}) == [["c::a"]]
    assert asked(cup, {"slow::a"}) == [["slow::a"]]
    assert asked(cup, ()) == []


def test_each_folder_has_its_score(choosing: ModuleType) -> None:
    verdict = choosing.Verdict
    told = choosing.summary({
        "a/x.py#1": verdict.KILLED, "a/y.py#1": verdict.SURVIVED, "b/z.py#1": verdict.UNSEEN,
    })  # fmt: skip
    assert [" ".join(line.split()) for line in told] == [
        "a 1 of 2 noticed (50%)", "b 0 of 1 noticed (0%)", "all 1 of 3 noticed (33%)"
    ]  # fmt: skip
