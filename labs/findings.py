"""How a check of a lab's file says what it has found."""

from __future__ import annotations

import sys
from collections.abc import Iterable


def end(file: str, found: Iterable[tuple[int, str]]) -> None:
    """Print ``file:line: what is wrong`` for each finding, and end: with 1 if there is one.

    Raises:
        SystemExit: always.
    """
    code = 0
    for line, said in found:
        print(f"{file}:{line}: {said}")
        code = 1
    sys.exit(code)
