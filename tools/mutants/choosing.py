"""Which mutants are tried, by which tests, and what is told of them: plain functions."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from enum import Enum


@dataclass(frozen=True)
class Mutant:
    """A file that differs from what it was in one place."""

    path: str
    """The file, from the root of the project, with slashes."""
    number: int
    """Its place among the mutants of its file, from 0."""
    before: str
    """The whole text that it is made from."""
    write: Callable[[], str]
    """Returns the whole changed text."""

    @property
    def id(self) -> str:
        """What names it, as long as its file stays the same."""
        return f"{self.path}#{self.number}"


class Verdict(Enum):
    """What became of a mutant."""

    KILLED = "killed"
    SURVIVED = "survived"
    UNSEEN = "no test runs it"


def asked_for(path: str, names: Sequence[str]) -> bool:
    """Return whether a file is one of those that are named, by any part of its path.

    >>> asked_for("hooks/annotated/render/tables.py", ["check", "render/tables"])
    True
    """
    return not names or any(name in path for name in names)


def sample(mutants: Iterable[Mutant], size: int, seed: int) -> list[Mutant]:
    """Choose so many, spread over the files as the mutants are; the same ones for the same seed.

    Each mutant is drawn by its own name: an edit of one file leaves the choice in others as it was.
    They come in the order of the draw, so that a run that is stopped has tried some of all files.
    """

    def drawn(mutant: Mutant) -> bytes:
        return hashlib.sha256(f"{seed} {mutant.id}".encode()).digest()

    return sorted(mutants, key=drawn)[:size]


def change_of(before: str, after: str) -> tuple[int, list[str]]:
    r"""Return the line of the first difference, from 1, and what differs, as a diff does.

    >>> change_of("a\nb\n", "a\nc\n")
    (2, ['- b', '+ c'])
    """
    lines = list(unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm=""))[2:]
    place = lines[0].split()[1].lstrip("-").split(",")[0]
    shown = [f"{line[0]} {line[1:].strip()}" for line in lines if not line.startswith("@@")]
    return int(place), shown


def tests_of(line: int, span: Collection[int], seen: Mapping[int, Collection[str]]) -> set[str]:
    """Return the tests that run through a line of a function.

    Args:
        line: The line that differs.
        span: The lines of the function around it.
        seen: The tests that were seen on each line of its file.

    Python notes no lines within an expression of several: then all tests of the function count.
    """
    return set(seen.get(line) or [test for other in span for test in seen.get(other, ())])


def in_turns(
    path: str,
    tests: Collection[str],
    near: Collection[str],
    seconds: Mapping[str, float],
    first: float,
    whole: float,
) -> list[list[str]]:
    """Divide tests into those that are asked at once and the rest.

    Those that are near come first, then those in a file that is named like the changed one, then
    the quickest: most mutants are noticed by the first that come by. A test of many cases takes
    its turn with the others, one case each time.

    Args:
        path: The changed file.
        tests: Their names.
        near: Those that were seen on the changed line itself.
        seconds: The processor time of each.
        first: Seconds for those that are asked at once.
        whole: Seconds for all; what comes later is left out, but one is always asked.
    """
    named = path.rpartition("/")[2].partition(".")[0]
    turns: Counter[str] = Counter()
    ranks = {}
    for test in sorted(tests, key=lambda one: (seconds[one], one)):
        function = test.partition("[")[0]
        elsewhere = named not in test.partition("::")[0]
        ranks[test] = (test not in near, elsewhere, turns[function], seconds[test], test)
        turns[function] += 1
    queue = sorted(tests, key=ranks.__getitem__)
    at_once = within(queue, seconds, first)
    left = whole - sum(seconds[test] for test in at_once)
    rest = within([test for test in queue if test not in at_once], seconds, left)
    if not at_once + rest:
        rest = queue[:1]
    return [turn for turn in (at_once, rest) if turn]


def within(tests: Iterable[str], seconds: Mapping[str, float], limit: float) -> list[str]:
    """Return the first tests that fit into a limit, and leave out each that does not.

    >>> within(["a", "b", "c"], {"a": 1, "b": 9, "c": 1}, 2.5)
    ['a', 'c']
    """
    taken = []
    for test in tests:
        if seconds[test] <= limit:
            limit -= seconds[test]
            taken.append(test)
    return taken


def folder_of(path: str) -> str:
    """Return what a file is counted with."""
    return path.rpartition("/")[0]


def summary(verdicts: Mapping[str, Verdict]) -> list[str]:
    """Return a line for each folder and one for all: how many of its mutants were noticed.

    Args:
        verdicts: By the mutant's id.
    """
    folders: dict[str, list[Verdict]] = defaultdict(list)
    for name, verdict in verdicts.items():
        folders[folder_of(name)].append(verdict)
    rows = sorted(folders.items())
    if len(rows) > 1:
        rows.append(("all", list(verdicts.values())))
    width = max((len(name) for name, _ in rows), default=0)
    return [
        f"{name:<{width}}  {found.count(Verdict.KILLED):>4} of {len(found):>4} noticed"
        f" ({found.count(Verdict.KILLED) / len(found):.0%})"
        for name, found in rows
    ]
