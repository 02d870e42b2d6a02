"""Break the code in a few hundred places, one at a time, and see whether a test notices.

Run as ``make mutants``; ``make mutants ARGS="check render/tables"`` takes only files whose path
has one of these parts. A run that is stopped goes on where it was. Not a part of `make test`: what
survives is for reading, and some of it cannot be told from what was there.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import sys
import time
from collections.abc import Mapping
from functools import partial
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import terminal  # noqa: E402
from choosing import (  # noqa: E402
    Mutant,
    Verdict,
    asked_for,
    change_of,
    in_turns,
    sample,
    summary,
    tests_of,
)
from engine import EngineError  # noqa: E402
from making import MakingError, functions, python_mutants, script_mutants  # noqa: E402
from trying import Copies, Copy, Recordings, TryingError, noticed, passes  # noqa: E402

FOLDER = ROOT / ".mutants"
#: The plain core. What else there is talks to MkDocs, the network or the disk.
PYTHON = [f"hooks/annotated/{part}/*.py" for part in ("records", "check", "render", "publish")]
#: What runs the search engine part by part.
ENGINE = "test_engine.py::test_the_parts"
#: Scripts that tests run in Node, each with a part of the names of these tests; what stands later
#: holds. All else asks a browser.
SCRIPTS = {
    "overrides/assets/search/*.js": (ENGINE, "::test_an_excerpt"),
    "overrides/assets/search/worker.js": (ENGINE, "::test_an_index", "[edge]"),
    "overrides/assets/search/stand-in.js": ("[start]",),
    "overrides/assets/later/tables/view.js": ("::test_views_of_tables",),
    "overrides/assets/later/choose/walk.js": ("::test_a_decision",),
    "overrides/assets/offline/*.js": ("[answers]", "[worker]"),
    "overrides/assets/offline/places.js": ("::test_the_workers", "[answers]"),
    "overrides/assets/offline/page.js": ("[kept]",),
    "tools/draw/page/layered*.js": ("test_layout.py::",),
    "tools/draw/page/layered/*.js": ("test_layout.py::",),
}
#: So many end in about ten minutes on two cores.
SAMPLE = 320
SEED = 15
#: Lines of a change that are shown.
SHOWN = 8
#: Seconds of processor time: what is asked at once, and all that is asked of one mutant.
FIRST, ALL = 1.0, 8.0


def main() -> int:
    """Try the mutants that the command line asks for; return 1 where that is not possible."""
    parser = argparse.ArgumentParser(
        prog="make mutants", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("names", nargs="*", help="a part of a path: files to take")
    parser.add_argument("--sample", type=int, default=SAMPLE, help="how many mutants to try")
    parser.add_argument("--seed", type=int, default=SEED, help="another number: other mutants")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many at a time")
    given = parser.parse_args()
    try:
        return run(given.names, given.sample, given.seed, given.jobs)
    except (EngineError, MakingError, TryingError) as error:
        print(error, file=sys.stderr)
    except KeyboardInterrupt:
        print("\nStopped; the next run goes on from here.", file=sys.stderr)
    return 1


def run(names: list[str], size: int, seed: int, jobs: int) -> int:
    """Make the copies, and end what runs in them."""
    FOLDER.mkdir(exist_ok=True)
    with (FOLDER / "lock").open("w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise TryingError("Another run is under way in .mutants: two would mix") from None
        copies = Copies(ROOT, FOLDER, jobs)
        try:
            return draw(copies, names, size, seed)
        finally:
            copies.end()


def draw(copies: Copies, names: list[str], size: int, seed: int) -> int:
    """Draw a sample and try it."""
    recordings = recorded(copies)
    scripts = {
        path.relative_to(ROOT).as_posix(): tests
        for pattern, tests in SCRIPTS.items()
        for path in ROOT.glob(pattern)
    }
    python = sorted(
        p.relative_to(ROOT).as_posix() for pattern in PYTHON for p in ROOT.glob(pattern)
    )
    os.chdir(ROOT)  # mutmut looks for its settings there
    source = copies.all[0].folder
    made = script_mutants(source, [path for path in sorted(scripts) if asked_for(path, names)])
    for path in python:
        if asked_for(path, names):
            made += python_mutants(source, path)
    chosen = sample(made, size, seed)
    print(f"{len(made)} mutants, {len(chosen)} of them are tried", flush=True)
    if not chosen:
        return 1
    verdicts = tried(copies, recordings, chosen, scripts)
    report(chosen, verdicts)
    return 0


def recorded(copies: Copies) -> Recordings:
    """Record the tests whose recording is missing or old, and read all."""
    recordings = Recordings(FOLDER / "recorded")
    missing = recordings.missing(copies)
    record = partial(recordings.record, copies)
    for number, (file, failed) in enumerate(copies.each(record, missing), 1):
        print(f"[{number}/{len(missing)}] recorded {file}", flush=True)
        for test in failed:
            print(f"    left out, for it fails as the code stands: {test}")
    recordings.read(copies)
    return recordings


def tests_for(
    mutant: Mutant, scripts: Mapping[str, tuple[str, ...]], recordings: Recordings
) -> list[list[str]]:
    """Return the tests that could notice a mutant, in the order in which they are asked."""
    near: set[str] = set()
    if mutant.path in scripts:
        parts = scripts[mutant.path]
        tests = {test for test in recordings.seconds if any(part in test for part in parts)}
    else:
        line, _ = change_of(mutant.before, mutant.write())
        seen = recordings.seen(mutant.path)
        near = set(seen.get(line, ()))
        span = None
        for lines in functions(mutant.before):
            span = lines if line in lines else span
        # What stands outside of functions ran when its file was loaded, for no test in particular.
        tests = set(recordings.seconds) if span is None else tests_of(line, span, seen)
    return in_turns(mutant.path, tests, near, recordings.seconds, FIRST, ALL)


def tried(
    copies: Copies,
    recordings: Recordings,
    chosen: list[Mutant],
    scripts: Mapping[str, tuple[str, ...]],
) -> dict[str, Verdict]:
    """Try mutants, but for those that were tried as all stands; each verdict is kept at once.

    Raises:
        TryingError: the tests fail without any change.
    """
    kept = FOLDER / f"verdicts-{copies.state()}.jsonl"
    verdicts = {}
    if kept.exists():
        lines = kept.read_text(encoding="utf-8").splitlines()
        verdicts = {name: Verdict(verdict) for name, verdict in map(json.loads, lines)}
    waiting = [mutant for mutant in chosen if mutant.id not in verdicts]
    sane(copies, [tests_for(mutant, scripts, recordings) for mutant in waiting[:1]], recordings)

    def verdict(copy: Copy, mutant: Mutant) -> Verdict:
        turns = tests_for(mutant, scripts, recordings)
        if not turns:
            return Verdict.UNSEEN
        killed = noticed(copy, mutant, turns, recordings.seconds)
        return Verdict.KILLED if killed else Verdict.SURVIVED

    started = time.monotonic()
    with kept.open("a", encoding="utf-8") as file:
        for number, (mutant, found) in enumerate(copies.each(verdict, waiting), 1):
            verdicts[mutant.id] = found
            file.write(json.dumps([mutant.id, found.value]) + "\n")
            file.flush()
            spent = time.monotonic() - started
            told = f"{found.value:<{len(Verdict.UNSEEN.value)}} {mutant.id}"
            print(f"[{number}/{len(waiting)}, {spent:.0f} s] {told}", flush=True)
    return {mutant.id: verdicts[mutant.id] for mutant in chosen}


def sane(copies: Copies, asked: list[list[list[str]]], recordings: Recordings) -> None:
    """See that tests pass where nothing is changed.

    Raises:
        TryingError: they do not, so no failure would mean anything.
    """
    for turn in chain.from_iterable(asked):
        if not passes(copies.all[0], turn, recordings.seconds):
            raise TryingError(f"These fail though nothing is changed: {' '.join(turn)}")


def report(chosen: list[Mutant], verdicts: Mapping[str, Verdict]) -> None:
    """Print what was not noticed, each with its place and the change, and the score."""
    print()
    for mutant in sorted(chosen, key=lambda mutant: (mutant.path, mutant.number)):
        if verdicts[mutant.id] is not Verdict.KILLED:
            line, change = change_of(mutant.before, mutant.write())
            print(f"{mutant.path}:{line}: {verdicts[mutant.id].value}")
            print("".join(f"    {part}\n" for part in change[:SHOWN]))
    print("\n".join(summary(verdicts)))


if __name__ == "__main__":
    sys.exit(terminal.run(main))
