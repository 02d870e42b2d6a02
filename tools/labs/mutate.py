"""Is a forgotten clean-up found? Each command of it is left out once, and the lab must fail."""

from __future__ import annotations

import re
import sys

from clean import without_each
from run import Outcome, Runner

from annotated.records.labs import blocks_of
from annotated.records.models import Lab
from annotated.records.pages import Page

#: How long a block may run then: one that waits for what will never be gone is caught, too.
SECONDS = 30.0


def mutate(pages: list[Page], runner: Runner) -> int:
    """Print for each command of each clean-up what finds it missing; 1 if nothing does."""
    runner.seconds = SECONDS
    missed = total = 0
    for page in pages:
        if runner.labs.labs.get(page.path, Lab()).needs:
            continue
        for block in blocks_of(page):
            if not block.clean_up or block.reason:
                continue
            for left_out, code in without_each(block.code):
                if runner.labs.waiting and re.match(runner.labs.waiting, left_out.strip()):
                    continue
                outcome = runner.run(page, {block.place: code})
                total += 1
                missed += not outcome.problems
                runner.tell("")
                command = " ".join(left_out.removesuffix("&&").split())
                print(f"{_caught(outcome):60} {block.place.file}: {command}", flush=True)
    print(f"{total - missed} of {total} caught")
    if missed:
        print(f"{missed} commands can be left out and nothing finds it", file=sys.stderr)
    return 1 if missed else 0


def _caught(outcome: Outcome) -> str:
    """What finds the missing command, in words."""
    if not outcome.problems:
        return "MISSED"
    if outcome.late:
        return "caught: out of time"
    if outcome.left:
        return f"caught: left {', '.join(outcome.left)}"[:60]
    return f"caught: {outcome.problems[0].rule}"
