"""Copies of the project in which mutants are tried, and what the tests say there."""

from __future__ import annotations

import hashlib
import json
import os
import queue
import re
import signal
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TypeVar

from choosing import Mutant
from coverage import CoverageData
from engine import Git

HERE = Path(__file__).resolve().parent
#: What asks whether code is right without a browser or a build of the site.
TESTS = ("tests/unit/test_*.py", "tests/search/test_engine.py", "tests/draw/test_layout.py")
#: The tests of this tool itself.
OWN = "test_mutants.py"
#: Left out: these ask how long something takes, which on a busy machine is no mutant's doing,
#: or break hundreds of records and take longer than all others.
LEFT_OUT = (
    "twice_as_much", "twice_the_text", "found_quickly", "keep_nobody_waiting", "keep_a_check_busy",
    "ten_thousand", "references_do_not_grow", "wrong_values", "broken_files_never",
)  # fmt: skip
#: What a recording hangs on. Records, pages and pictures change often and lead few tests astray.
CODE = re.compile(
    r"(?:hooks|overrides(?!/assets/(?:cards|drawings))|starter|tests|tools(?!/mutants))/"
)
TEST_FILE = re.compile(r"^tests/.*test_[^/]*\.py$")
#: Processor seconds: what a run may take beyond several times what its tests took when they passed.
START, PATIENCE = 10, 3
#: Processor seconds that no file's tests take.
STUCK = 900

Item = TypeVar("Item")
Answer = TypeVar("Answer")


class TryingError(Exception):
    """Why nothing can be tried, as one sentence for the person at the terminal."""


class Copy:
    """A copy of the project, and a process that runs tests in it."""

    def __init__(self, folder: Path, tests: list[str]) -> None:
        """Start the process; what it says goes to a log beside the folder."""
        self.folder = folder
        with folder.with_suffix(".log").open("w", encoding="utf-8") as log:
            self.worker = subprocess.Popen(
                [sys.executable, HERE / "worker.py", *tests],
                cwd=folder, encoding="utf-8", start_new_session=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
            )  # fmt: skip

    def ask(self, tests: list[str], limit: float, **more: object) -> int:
        """Run tests; return an exit code of pytest, or the signal that ended it, below 0.

        Args:
            tests: Their names.
            limit: Seconds of processor time after which they are stopped.
            more: What `recording.record` takes besides, if lines are to be noted.

        Raises:
            TryingError: the process is gone.
        """
        assert self.worker.stdin
        assert self.worker.stdout
        try:
            print(
                json.dumps({"tests": tests, "limit": int(limit), **more}),
                file=self.worker.stdin,
                flush=True,
            )
            return int(self.worker.stdout.readline())
        except (OSError, ValueError):
            log = self.folder.with_suffix(".log")
            raise TryingError(f"What runs the tests has ended: {log} says why") from None

    def end(self) -> None:
        """End the process, and what it runs."""
        with suppress(ProcessLookupError):
            os.killpg(self.worker.pid, signal.SIGKILL)
        self.worker.wait()


class Copies:
    """Copies of the project as it stands, each for one mutant at a time."""

    def __init__(self, root: Path, folder: Path, number: int) -> None:
        """Make or renew the copies: all that git knows, with changes that are not committed."""
        git = Git(root)
        names = ("-c", "user.name=mutants", "-c", "user.email=mutants@localhost")
        self.commit = git(*names, "stash", "create").strip() or git("rev-parse", "HEAD").strip()
        folders = [folder / f"copy-{one}" for one in range(1, number + 1)]
        for copy in folders:
            if not copy.exists():
                git("clone", "--quiet", "--shared", "--no-checkout", str(root), str(copy))
            Git(copy)("checkout", "--quiet", "--force", "--detach", self.commit)
        self.tests = sorted(
            file.relative_to(folders[0]).as_posix()
            for tests in TESTS
            for file in folders[0].glob(tests)
            if file.name != OWN
        )
        self.all = [Copy(one, self.tests) for one in folders]
        self.free: queue.Queue[Copy] = queue.Queue()
        for one in self.all:
            self.free.put(one)
        listed = git("ls-tree", "-r", self.commit).splitlines()
        self.files = {line.partition("\t")[2]: line for line in listed}

    def state(self, test_file: str = "") -> str:
        """Return a hash of the code that tests run, and of all tests or of those of one file."""
        lines = [
            line for path, line in sorted(self.files.items())
            if CODE.match(path)
            and (not test_file or path == test_file or not TEST_FILE.match(path))
        ]  # fmt: skip
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]

    def each(
        self, work: Callable[[Copy, Item], Answer], items: Sequence[Item]
    ) -> Iterator[tuple[Item, Answer]]:
        """Do work on each item in some copy, as many at a time as there are; yield what ends."""

        def done(item: Item) -> Answer:
            copy = self.free.get()
            try:
                return work(copy, item)
            finally:
                self.free.put(copy)

        with ThreadPoolExecutor(len(self.all)) as pool:
            waiting = {pool.submit(done, item): item for item in items}
            try:
                for future in as_completed(waiting):
                    yield waiting[future], future.result()
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                self.end()
                raise

    def end(self) -> None:
        """End all processes."""
        for copy in self.all:
            copy.end()


@dataclass
class Recordings:
    """Which tests run through which lines, and how long each takes."""

    folder: Path
    seconds: dict[str, float] = field(default_factory=dict)
    """Processor time of each test."""
    data: list[CoverageData] = field(default_factory=list)
    known: dict[str, dict[int, set[str]]] = field(default_factory=dict)
    """What `seen` has answered."""

    def missing(self, copies: Copies) -> list[str]:
        """Return the files of tests that are not recorded as they stand."""
        return [file for file in copies.tests if not self.path(copies, file).exists()]

    def path(self, copies: Copies, file: str) -> Path:
        """Return where the times of a file's tests stand; their lines stand beside it."""
        return self.folder / f"{self.stem(file)}{copies.state(file)}.json"

    def stem(self, file: str) -> str:
        """Return how the names of a file's recordings begin."""
        return file.removesuffix(".py").replace("/", ".") + "-"

    def record(self, copies: Copies, copy: Copy, file: str) -> list[str]:
        """Run the tests of a file; return those that fail as the code stands.

        Raises:
            TryingError: pytest gives up.
        """
        target = self.path(copies, file)
        self.folder.mkdir(exist_ok=True)
        for old in self.folder.glob(f"{self.stem(file)}*"):
            old.unlink()
        if copy.ask([file], STUCK, data=str(target.with_suffix("")), without=LEFT_OUT):
            log = copy.folder.with_suffix(".log")
            raise TryingError(f"pytest cannot run {file}: {log} says why")
        failed: list[str] = json.loads(target.read_text(encoding="utf-8"))["failed"]
        return failed

    def read(self, copies: Copies) -> None:
        """Read all recordings."""
        for file in copies.tests:
            path = self.path(copies, file)
            noted = json.loads(path.read_text(encoding="utf-8"))
            failed = set(noted["failed"])
            self.seconds |= {
                test: seconds for test, seconds in noted["seconds"].items() if test not in failed
            }  # fmt: skip
            data = CoverageData(str(path.with_suffix("")))
            data.read()
            self.data.append(data)

    def seen(self, path: str) -> dict[int, set[str]]:
        """Return the tests that were seen on each line of a file."""
        if path in self.known:
            return self.known[path]
        seen: dict[int, set[str]] = defaultdict(set)
        for data in self.data:
            for measured in data.measured_files():
                if not Path(measured).as_posix().endswith(f"/{path}"):
                    continue
                for line, contexts in data.contexts_by_lineno(measured).items():
                    for context in contexts:
                        seen[line].update(self.named(context))
        self.known[path] = seen
        return seen

    def named(self, context: str) -> list[str]:
        """Return the tests that a context stands for: one, or all of a file."""
        if not context:
            return []
        if "::" in context:
            return [context] if context in self.seconds else []
        return [test for test in self.seconds if test.startswith(f"{context}::")]


#: A time that no file has had, so that nothing compiled before is taken for what it is now.
_LATER = count(1)


def noticed(copy: Copy, mutant: Mutant, turns: list[list[str]], seconds: dict[str, float]) -> bool:
    """Try a mutant: return whether a test fails."""
    file = copy.folder / mutant.path
    before, times = file.read_bytes(), file.stat()
    try:
        file.write_text(mutant.write(), encoding="utf-8", newline="")
        later = times.st_mtime + next(_LATER)
        os.utime(file, (later, later))
        return any(not passes(copy, turn, seconds) for turn in turns)
    finally:
        file.write_bytes(before)
        os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))


def passes(copy: Copy, tests: list[str], seconds: dict[str, float]) -> bool:
    """Run tests until one fails; a run that takes several times as long as it did has failed."""
    expected = sum(map(seconds.__getitem__, tests))
    return copy.ask(tests, START + PATIENCE * expected) == 0
