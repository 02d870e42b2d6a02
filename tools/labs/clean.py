"""The commands of a clean-up, one by one, so that each can be left out once."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator

_JOINED = re.compile(r"\s*&&\s*$")
_CONSTANT = re.compile(r"\s*(?:(?:export\s+)?\w+=\S*\s*)+$|\s*(?:#.*)?$")


def statements(code: str) -> list[str]:
    """Take a block apart: each statement with the lines that it stands on.

    A statement is as few lines as bash reads as a whole; ``&&`` at the end of a line joins two.
    """
    out: list[str] = []
    waiting: list[str] = []
    for line in code.rstrip("\n").split("\n"):
        waiting.append(line)
        text = "\n".join(waiting)
        if not line.endswith("\\") and _whole(_JOINED.sub("", text)):
            out.append(text)
            waiting = []
    if waiting:
        out.append("\n".join(waiting))
    return out


def _whole(text: str) -> bool:
    done = subprocess.run(
        ["bash", "-n"], input=text, capture_output=True, text=True, check=False
    )  # fmt: skip
    # Bash only warns of a here-document that does not end.
    return done.returncode == 0 and "here-document" not in done.stderr


def goes_on(code: str) -> str | None:
    """Return the first statement of a block that an error would not stop, if there is one.

    What may stand by itself: the last statement, one that is joined to the next, a constant.
    """
    every = [each for each in statements(code) if each.strip()]
    for each in every[:-1]:
        if not _JOINED.search(each) and not _CONSTANT.fullmatch(each):
            return each
    return None


def constants(codes: Iterable[str]) -> list[str]:
    r"""Return the constants that blocks set, in order.

    >>> constants(["CUP=green\nfill $CUP &&\nempty $CUP", "POT=big"])
    ['CUP=green', 'POT=big']
    """
    every = (each for code in codes for each in statements(code))
    return [each for each in every if "=" in each and _CONSTANT.fullmatch(each)]


def single(code: str) -> list[str]:
    r"""Return the statements of a block, each as it runs alone.

    >>> single("empty green &&\nempty black")
    ['empty green', 'empty black']
    """
    return [_JOINED.sub("", each) for each in statements(code)]


def without_each(code: str) -> Iterator[tuple[str, str]]:
    """Yield each statement of a block, and the block without it."""
    every = statements(code)
    for number, each in enumerate(every):
        if _CONSTANT.fullmatch(each):
            continue
        rest = every[:number] + every[number + 1 :]
        if number == len(every) - 1 and rest:
            rest[-1] = _JOINED.sub("", rest[-1])
        yield each, "\n".join(rest) or ":"
