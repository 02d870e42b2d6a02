"""What a build takes grows with its pages and no faster, and our hooks take a bounded part of it.

A thousand pages are more than a test may build: their figures follow from two smaller sites, once
it is seen that growth is linear. `make bench ARGS="builds --sizes 1000"` measures them.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from budgets import Budget, kept

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools" / "bench"))

from builds import built
from synthetic import lay

SIZES = (20, 60, 140)
#: Megabytes at a thousand pages, a fifth of a small machine's.
MOST_MEMORY = 500
#: Of a page, which MkDocs renders once and with less in it: decisions/19 says what for.
MOST_OF_BUILD = 0.68
#: How much dearer a page may be among many pages, noise of the machine included.
MOST_GROWTH = 1.25

Figures = dict[str, float]


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Figures]:
    folder = tmp_path_factory.mktemp("grown")
    return {size: built(lay(folder / str(size), size), times=2) for size in SIZES}


def per_page(figures: dict[int, Figures], key: str, few: int, many: int) -> float:
    return (figures[many][key] - figures[few][key]) / (many - few)


def test_a_page_takes_no_longer_among_many(figures: dict[int, Figures]) -> None:
    small, middle, large = SIZES
    first = per_page(figures, "processor", small, middle)
    then = per_page(figures, "processor", middle, large)
    kept(
        [
            Budget(
                "time of a page, of that among few", then / first, MOST_GROWTH, "what is quadratic?"
            )
        ]
    )


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
