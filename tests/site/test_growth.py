"""What a build takes grows with its pages and no faster, and our hooks take a bounded part of it.

A thousand pages are more than a test may build: their figures follow from two smaller sites, once
it is seen that growth is linear. `make bench ARGS="builds --sizes 1000"` measures them.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from budgets import Budget, kept

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools" / "bench"))

from builds import ONE_BUILD, built
from synthetic import lay

SIZES = (20, 60, 140)
#: Megabytes at a thousand pages, a fifth of a small machine's.
MOST_MEMORY = 500
#: Of a page, which MkDocs renders once and with less in it: decisions/19 says what for.
MOST_OF_BUILD = 0.68
#: How much dearer a page may be among many pages, noise of the machine included.
MOST_GROWTH = 1.25
#: Each size is built so often at most, when the first figures say that it is dearer.
MOST_ROUNDS = 5

Figures = dict[str, float]


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    folder = tmp_path_factory.mktemp("grown")
    return {size: lay(folder / str(size), size) for size in SIZES}


@pytest.fixture(scope="module")
def figures(projects: dict[int, Path]) -> dict[int, Figures]:
    return {size: built(project, times=1) for size, project in projects.items()}


def per_page(figures: dict[int, Figures], key: str, few: int, many: int) -> float:
    return (figures[many][key] - figures[few][key]) / (many - few)


def growth(figures: dict[int, Figures]) -> float:
    """How much dearer a page is among many than among few."""
    small, middle, large = SIZES
    few = per_page(figures, "processor", small, middle)
    return per_page(figures, "processor", middle, large) / few


def test_a_page_takes_no_longer_among_many(
    projects: dict[int, Path], figures: dict[int, Figures]
) -> None:
    """What else the machine does only makes a build slower: the fastest of each size is its own."""
    best = dict(figures)
    for _ in range(MOST_ROUNDS - 1):
        if growth(best) <= MOST_GROWTH:
            break
        for size, project in projects.items():
            best[size] = min(best[size], built(project, times=1), key=lambda one: one["processor"])
    kept([Budget("time of a page, of that among few", growth(best), MOST_GROWTH,
                 "what is quadratic?")])  # fmt: skip


PARENT = """
import subprocess, sys
large = bytearray(b"x") * 300_000_000
child = "import one_build; print(one_build.peak_memory())"
print(subprocess.run([sys.executable, "-c", child], capture_output=True, text=True).stdout)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux says whose it is")
def test_the_memory_of_a_build_is_its_own_and_not_of_what_started_it() -> None:
    said = subprocess.run(
        [sys.executable, "-c", PARENT], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(ONE_BUILD.parent)},
    )  # fmt: skip
    assert 1 < float(said.stdout) < 100


def test_a_thousand_pages_fit_into_the_memory_of_a_small_machine(
    figures: dict[int, Figures],
) -> None:
    _, middle, large = SIZES
    each = per_page(figures, "megabytes", middle, large)
    peak = figures[large]["megabytes"] + (1000 - large) * each
    kept(
        [
            Budget(
                "megabytes at 1,000 pages", peak, MOST_MEMORY, "what holds the whole site at once?"
            )
        ]
    )


def test_the_hooks_take_no_more_of_a_build_than_is_known(figures: dict[int, Figures]) -> None:
    large = figures[SIZES[-1]]
    kept([Budget("part of the hooks", large["hooks"] / large["processor"], MOST_OF_BUILD,
                 "`make bench ARGS=builds` says for what")])  # fmt: skip
