"""One lab from its first block to its last: what each did, what stood there, what is left."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from clean import constants, goes_on, single
from compare import first_difference, normal
from service import Answer, LabError, answers, ask, filled, free_port, running
from shell import Ran, Shell
from validate import Checking

from annotated.check.labs import SCRIPT
from annotated.records.lab_results import STUB, BlockResult
from annotated.records.labs import Block, blocks_of
from annotated.records.models import Lab, Labs
from annotated.records.pages import Page
from annotated.records.patterns import found
from annotated.records.problems import Place, Problem

#: How long what only looks may take, in seconds, like the listing.
LOOKING = 120.0
#: How often the listing is tried: a stand-in that does other labs' work may stumble.
TRIES = 3


@dataclass
class Outcome:
    """What a run of a lab has shown; it was good if there are no problems."""

    page: Page
    problems: list[Problem] = field(default_factory=list)
    blocks: list[BlockResult] = field(default_factory=list)
    made: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    versions: dict[str, str] = field(default_factory=dict)  # of what this lab alone is run with
    seconds: float = 0.0
    ran: bool = False  # this machine has what it needs
    late: bool = False  # a block did not end in time


@dataclass
class Runner:
    """Runs labs of one project.

    Args:
        root: the project.
        labs: its ``data/labs.yml``.
        python: the Python of the labs' environment.
        tell: called with a line of progress.
        seconds: how long a block may run, if not as the record says.
    """

    root: Path
    labs: Labs
    python: Path
    tell: Callable[[str], None] = print
    seconds: float = 0.0
    values: dict[str, str] = field(default_factory=dict)
    shell: Shell | None = None  # in which a lab is being run
    machine: Lock = field(default_factory=Lock)  # held while a lab uses what the machine has once

    def another(self) -> Runner:
        """A runner of the same labs with services of its own, on the same machine."""
        return Runner(
            self.root, self.labs, self.python, self.tell, self.seconds, machine=self.machine
        )

    def stop(self) -> None:
        """End what is being run."""
        if self.shell is not None:
            self.shell.kill()

    def run(self, page: Page, changed: dict[Place, str] | None = None) -> Outcome:
        """Run a lab in a world of its own; `changed` has other code for some of its blocks.

        Raises:
            LabError: it cannot be run at all.
        """
        begun = time.monotonic()
        outcome = Outcome(page)
        blocks = blocks_of(page)
        own = self.labs.labs.get(page.path, Lab())
        alone = self.machine if own.needs else nullcontext()
        with alone, self._world(page.path, own.listing or self.labs.listing) as world:
            outcome.ran = not own.needs or world.can(own.needs)
            if not changed:
                outcome.problems += world.checking.problems(blocks)
                outcome.problems += _not_stopping(blocks)
            if outcome.ran:
                outcome.versions = world.versions(own.versions)
                world.brought.update(
                    (name, one.blocks)
                    for name, one in own.patches.items()
                    if world.can(one.command)
                )
                whole = False
                try:
                    self._blocks(blocks, world, outcome, changed or {})
                    whole = not outcome.problems
                finally:
                    if own.needs and not whole:
                        self._put_away(blocks, world)
            else:
                outcome.blocks = [_unrun(block, own, world.checking) for block in blocks]
        outcome.seconds = time.monotonic() - begun
        return outcome

    @contextmanager
    def services(self) -> Iterator[None]:
        """Have the services run, for all labs that are run meanwhile.

        Raises:
            LabError: one does not start.
        """
        with tempfile.TemporaryDirectory(prefix="lab-services-") as name:
            self.values = {
                "port": str(free_port()), "work": name, "root": str(self.root),
                "python": str(self.python),
            }  # fmt: skip
            with running(self.labs.services, self.values, self._environment(name), self.root):
                yield

    def _environment(self, home: str) -> dict[str, str]:
        """All variables of what is run: none of the person's own reach it."""
        folders = [str(self.root / folder) for folder in self.labs.path]
        folders += [str(self.python.parent), "/usr/local/bin", "/usr/bin", "/bin"]
        given = {name: filled([v], self.values)[0] for name, v in self.labs.environment.items()}
        return {"PATH": ":".join(folders), "HOME": home, "LANG": "C.UTF-8", **given}

    @contextmanager
    def _world(self, page: str, listing: list[str]) -> Iterator[World]:
        """The folders of one run; nothing of them stays."""
        with tempfile.TemporaryDirectory(prefix="lab-") as name:
            work = Path(name)
            for folder in ("home", "here", "scripts", "checked"):
                (work / folder).mkdir()
            environment = self._environment(str(work / "home"))
            checking = Checking(self.labs, self.root, self.values, environment, work / "checked")
            ask(self.labs.fresh, self.values)
            yield World(page, listing, work, self.values, environment, checking, self.labs.answers)

    def _blocks(
        self, blocks: Sequence[Block], world: World, outcome: Outcome, changed: dict[Place, str]
    ) -> None:
        before, made = Counter(world.listing()), Counter[str]()
        listed = False
        with Shell(world.work / "here", world.work / "scripts", world.environment) as shell:
            self.shell = shell
            world.answers()
            for number, block in enumerate(blocks, start=1):
                if block.clean_up and not listed and not changed:
                    made, listed = Counter(world.listing()) - before, True
                    world.answers()
                self.tell(f"  {number}/{len(blocks)} {block.place.file}:{block.place.line}")
                result, problems, late = self._block(block, world, shell, changed)
                outcome.blocks.append(result)
                outcome.problems += problems
                outcome.late = outcome.late or late
                if problems:
                    return  # what follows would only fail for it
        if world.lister:
            outcome.left = sorted((Counter(world.listing()) - before).elements())
            outcome.made = normal("\n".join(sorted(made.elements())), self.labs.normalize)
            outcome.made = sorted(filter(None, outcome.made))
            outcome.problems += _cleaned(outcome, blocks, looked=not changed)

    def _put_away(self, blocks: Sequence[Block], world: World) -> None:
        """Run each command of the clean-up, whatever the others do, in a shell of its own.

        What such a lab makes stays on this machine: what a failed run has left would be in the way
        of the next one.
        """
        limit = self.seconds or self.labs.seconds
        with Shell(world.work / "here", world.work / "scripts", world.environment) as shell:
            self.shell = shell
            known = constants(block.code for block in blocks if not block.file)
            shell.run("\n".join(known), 1, limit)
            for block in blocks:
                if block.clean_up and not block.reason:
                    for command in single(block.code):
                        shell.run(command, 1, limit)

    def _block(
        self, block: Block, world: World, shell: Shell, changed: dict[Place, str]
    ) -> tuple[BlockResult, list[Problem], bool]:
        """Do with a block what its page says; return what has become of it, and what is wrong."""
        if block.reason:
            return BlockResult(block.digest, "shown", (block.reason,)), [], False
        if block.file:
            text = block.code.rstrip("\n") + "\n"
            world.files[block.file] = text
            (world.work / "here" / block.file).write_text(text, encoding="utf-8")
            names = tuple(world.checking.names(block.file))
            return BlockResult(block.digest, "validated", names), [], False
        code = changed.get(block.place, block.code)
        own = self.labs.labs.get(world.page, Lab())
        limit = self.seconds or own.seconds or self.labs.seconds
        ran = shell.run(code, block.place.line + 1, limit)
        result = _judged(block, world.answers(), world.brought)
        problems = list(_failed(block, ran, limit))
        if not problems and not changed:
            problems += world.checking.written(world.work / "here", block, world.files)
        same = code == block.code and result.by != (STUB,)
        if not problems and same and block.output is not None:
            problems += _differs(block, block.output, ran, self.labs)
        return result, problems, ran.code is None


@dataclass(frozen=True)
class World:
    """Where one run of a lab happens."""

    page: str
    lister: list[str]
    work: Path
    values: dict[str, str]
    environment: dict[str, str]
    checking: Checking
    told: str | None  # who says how requests were answered
    files: dict[str, str] = field(default_factory=dict)  # that are there and were checked
    # The patches that this machine brings, with the commands that each takes part in.
    brought: dict[str, str] = field(default_factory=dict)

    def listing(self) -> list[str]:
        """What is there now, a name a line.

        Raises:
            LabError: the listing fails, each time.
        """
        if not self.lister:
            return []
        for _ in range(TRIES):
            done = self._asked(self.lister)
            if done and not done.returncode:
                return [line for line in done.stdout.splitlines() if line.strip()]
        said = (done.stderr or done.stdout).strip() if done else ""
        last = (said or "nothing said").splitlines()[-1]
        raise LabError(f"the listing of what is there fails: {last}")

    def can(self, command: list[str]) -> bool:
        """Does a command succeed here?"""
        done = self._asked(command)
        return done is not None and done.returncode == 0

    def _asked(self, command: list[str]) -> subprocess.CompletedProcess[str] | None:
        """Run a command that only looks; None where it is not there, or says nothing in time."""
        try:
            return subprocess.run(
                filled(command, self.values),
                cwd=self.work / "here", env=self.environment, stdin=subprocess.DEVNULL,
                capture_output=True, text=True, errors="replace", timeout=LOOKING, check=False,
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired):
            return None

    def versions(self, commands: dict[str, list[str]]) -> dict[str, str]:
        """What each of these commands says of its version.

        Raises:
            LabError: one says nothing.
        """
        return {name: self._version(name, command) for name, command in commands.items()}

    def _version(self, name: str, command: list[str]) -> str:
        done = self._asked(command)
        said = done.stdout.strip() if done and not done.returncode else ""
        if not said:
            raise LabError(f"'{' '.join(command)}' does not say which version {name} has")
        return said.splitlines()[0]

    def answers(self) -> list[Answer]:
        """How requests were answered since the last time."""
        return answers(self.told, self.values)


def _judged(block: Block, given: list[Answer], brought: dict[str, str]) -> BlockResult:
    """What can be said of a block, by the least that one of its requests was answered by.

    Raises:
        PatternError: a pattern of `brought` does not end.
    """
    if any(one.how == STUB for one in given):
        return BlockResult(block.digest, "validated", (STUB,))
    taken = found([(commands, block.code) for commands in brought.values()])
    machine = {name for name, commands in brought.items() if taken[commands, block.code]}
    patches = tuple(sorted(machine.union(*(one.patches for one in given))))
    return BlockResult(block.digest, "patched" if patches else "run", patches)


def _unrun(block: Block, own: Lab, checking: Checking) -> BlockResult:
    """What is said of a block of a lab whose program this machine lacks."""
    if block.reason:
        return BlockResult(block.digest, "shown", (block.reason,))
    names = checking.names(block.file or SCRIPT)
    reasons = [own.without] if own.without and not block.file else []
    return BlockResult(block.digest, "validated", (*names, *reasons))


def _failed(block: Block, ran: Ran, limit: float) -> Iterator[Problem]:
    if ran.code == 0:
        return
    at, command = Place(block.place.file, ran.line), _command(block, ran)
    if ran.code is None:
        yield Problem(at, "lab-late", f"'{command}' did not end within {limit:g} seconds")
        return
    said = " ".join(ran.output.split()[-60:]) or "nothing"
    yield Problem(at, "lab-failed", f"'{command}' fails with code {ran.code}; it said: {said}")


def _command(block: Block, ran: Ran) -> str:
    """The line of a block whose command was the last one."""
    lines = block.code.split("\n")
    return lines[min(max(ran.line - block.place.line - 1, 0), len(lines) - 1)].strip()


def _differs(block: Block, output: str, ran: Ran, labs: Labs) -> Iterator[Problem]:
    found, expected = normal(ran.output, labs.normalize), normal(output, labs.normalize)
    number = first_difference(found, expected)
    if number is None:
        return
    told = f"'{expected[number]}'" if number < len(expected) else "nothing more"
    is_ = f"'{found[number]}'" if number < len(found) else "nothing"
    message = f"'{_command(block, ran)}' prints in line {number + 1} {is_}, expected {told}"
    yield Problem(Place(block.place.file, block.seen_at + number), "lab-output", message)


def _not_stopping(blocks: Sequence[Block]) -> Iterator[Problem]:
    """A block stops at its first error: else a reader pastes on in a broken state."""
    for block in blocks:
        going = None if block.file else goes_on(block.code)
        if going is not None:
            line = block.code[: block.code.find(going)].count("\n") + going.rstrip().count("\n")
            at = Place(block.place.file, block.place.line + 1 + line)
            message = f"an error of '{going.strip()}' does not stop the block; end its line in '&&'"
            yield Problem(at, "lab-goes-on", message)


def _cleaned(outcome: Outcome, blocks: Sequence[Block], *, looked: bool) -> Iterator[Problem]:
    """A lab has made something, if somebody looked, and nothing of it is left."""
    cleaning = [block for block in blocks if block.clean_up]
    last = cleaning[-1].place if cleaning else None
    at = Place(last.file, last.line + 1) if last else Place(outcome.page.file)
    for name in outcome.left:
        yield Problem(at, "lab-leaves", f"'{name}' is left after the clean-up")
    if looked and not outcome.made and any(not block.file and not block.reason for block in blocks):
        message = (
            "nothing stood there before the clean-up: the lab made nothing, or nobody lists it"
        )
        yield Problem(at, "lab-empty", message)


def versions_of(python: Path, packages: Sequence[str]) -> dict[str, str]:
    """Return the versions of packages in the labs' environment.

    Raises:
        LabError: one is not there.
    """
    code = "import sys, importlib.metadata as m; print(*map(m.version, sys.argv[1:]))"
    done = subprocess.run(
        [str(python), "-c", code, *packages], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise LabError(f"the labs' environment lacks a package: {done.stderr.strip()[-200:]}")
    return dict(zip(packages, done.stdout.split(), strict=True))


def progress(line: str) -> None:
    """Say how far a lab is, on one line that the next one replaces, where somebody watches."""
    if sys.stderr.isatty():
        print(f"\r\x1b[2K{line}", end="", file=sys.stderr, flush=True)
