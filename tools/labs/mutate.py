"""Is a forgotten clean-up found? Each command of it is left out once, and the lab must fail."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from clean import without_each
from run import Outcome, Runner
from service import LabError
from together import together

from annotated.check.labs import left_by
from annotated.records import patterns
from annotated.records.labs import blocks_of
from annotated.records.models import Labs
from annotated.records.pages import Page
from annotated.records.problems import Place, counted

#: How long a block may run then: one that waits for what will never be gone is caught, too.
SECONDS = 30.0
#: What the run of a mutant comes to.
CAUGHT, MISSED, UNTOLD, UNRUN = "caught", "missed", "untold", "unrun"


@dataclass(frozen=True)
class Mutant:
    """A lab whose clean-up lacks one command."""

    page: Page
    place: Place
    left_out: str
    code: str


def mutants(pages: list[Page], labs: Labs) -> Iterator[Mutant]:
    """Yield the labs without each command of their clean-ups, but for those that only wait."""
    for page in pages:
        for block in blocks_of(page):
            if not block.clean_up or block.reason:
                continue
            for left_out, code in without_each(block.code):
                if not _only_waits(left_out.strip(), labs):
                    yield Mutant(page, block.place, left_out, code)


def _only_waits(command: str, labs: Labs) -> bool:
    if not labs.waiting:
        return False
    asked = (labs.waiting, command)
    try:
        return any(start == 0 for start, _ in patterns.found([asked])[asked])
    except patterns.PatternError as error:
        raise LabError(f"data/labs.yml: {error} in 'waiting'; make it simpler") from error


def mutate(pages: list[Page], runner: Runner) -> int:
    """Print for each command of each clean-up what finds it missing; 1 if nothing does."""
    runner.seconds = SECONDS
    every = list(mutants(pages, runner.labs))
    counts = Counter[str]()
    for mutant, found in together(every, runner, _without):
        fate, said = _judged(mutant, found, runner.labs)
        counts[fate] += 1
        command = " ".join(mutant.left_out.removesuffix("&&").split())
        runner.tell("")
        print(f"{said:60} {mutant.place.file}: {command}", flush=True)
    print(f"{counts[CAUGHT]} of {len(every) - counts[UNRUN]} caught")
    if counts[MISSED]:
        print(
            f"{counted(counts[MISSED], 'command')} can be left out and nothing finds it",
            file=sys.stderr,
        )
    if counts[UNTOLD]:
        message = f"{counted(counts[UNTOLD], 'command')} could not be judged: run again, by lab"
        print(message, file=sys.stderr)
    return 1 if counts[MISSED] or counts[UNTOLD] else 0


def _judged(mutant: Mutant, found: Outcome | LabError, labs: Labs) -> tuple[str, str]:
    """What the run of a mutant comes to, and that in words."""
    if isinstance(found, LabError):  # one that nobody can judge says nothing of the others
        return UNTOLD, f"NOT JUDGED: {found}"
    if not found.ran:
        return UNRUN, "not run: this machine lacks what it needs"
    if not found.problems:  # a stub forgets what it made; the pairs of commands do not
        changed = [
            replace(block, code=mutant.code) if block.place == mutant.place else block
            for block in blocks_of(mutant.page)
        ]
        found.problems += left_by(changed, labs)
    return (CAUGHT if found.problems else MISSED), _caught(found)


def _without(own: Runner, one: Mutant) -> Outcome | LabError:
    """What a lab without that command shows, or why nobody can tell."""
    try:
        return own.run(one.page, {one.place: one.code})
    except LabError as error:
        return error


def _caught(outcome: Outcome) -> str:
    """What finds the missing command, in words."""
    if not outcome.problems:
        return "MISSED"
    if outcome.late:
        return "caught: out of time"
    if outcome.left:
        return f"caught: left {', '.join(outcome.left)}"[:60]
    return f"caught: {outcome.problems[0].rule}"
