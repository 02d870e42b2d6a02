"""Budgets: a figure, the most it may be, and what to do when it comes near."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from dataclasses import dataclass

#: From this part of a budget on, somebody should look before the next change fails.
NEAR = 0.9


class NearBudgetWarning(UserWarning):
    """A budget comes near: a test still passes, and its summary says so."""


@dataclass(frozen=True)
class Budget:
    """One figure beside its limit.

    >>> print(Budget("bytes", 95, 100, "send less"))
    bytes: 95 of 100 (95 %)  NEAR: send less
    >>> Budget("bytes", 101, 100, "send less").over
    True
    """

    name: str
    value: float
    most: float
    advice: str

    @property
    def over(self) -> bool:
        """Whether the limit is passed."""
        return self.value > self.most

    @property
    def near(self) -> bool:
        """Whether the limit comes near, or is passed."""
        return self.value > NEAR * self.most

    def __str__(self) -> str:
        part = 100 * self.value / self.most
        line = f"{self.name}: {self.value:.3g} of {self.most:.3g} ({part:.0f} %)"
        if self.value >= 1000:
            line = f"{self.name}: {self.value:,.0f} of {self.most:,.0f} ({part:.0f} %)"
        if not self.near:
            return line
        return f"{line}  {'OVER' if self.over else 'NEAR'}: {self.advice}"


def told(budgets: Iterable[Budget]) -> int:
    """Print all budgets; 1 if one is passed."""
    budgets = list(budgets)
    for budget in budgets:
        print(f"  {budget}")
    return int(any(budget.over for budget in budgets))


def kept(budgets: Iterable[Budget]) -> None:
    """Fail a test whose budget is passed, warn of one that comes near.

    Raises:
        AssertionError: a budget is passed; the message tells what to do.
    """
    for budget in budgets:
        if budget.over:
            raise AssertionError(str(budget))
        if budget.near:
            warnings.warn(str(budget), NearBudgetWarning, stacklevel=2)
