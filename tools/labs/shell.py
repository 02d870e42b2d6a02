"""One bash for the whole of a lab: blocks run in it one after the other, and share variables."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

#: What tells where the last command stood, should it be the one that fails.
_LISTEN = "set -T; trap '[[ ${BASH_SOURCE[0]:-} == */block-*.sh ]] && echo $LINENO >|{at}' DEBUG"


@dataclass(frozen=True)
class Ran:
    """What one block did: its exit code, what it printed, the line of its last command, how long.

    The code is None where it did not come to an end in time.
    """

    code: int | None
    output: str
    line: int
    seconds: float


class Shell:
    """A bash that is fed block by block.

    Args:
        folder: where the commands run.
        scripts: where the blocks are kept for it.
        environment: all of its variables.
    """

    def __init__(self, folder: Path, scripts: Path, environment: dict[str, str]) -> None:
        self.scripts = scripts
        self.count = 0
        self.process = subprocess.Popen(
            ["bash", "--noprofile", "--norc"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=environment,
            start_new_session=True,
        )
        self.at = scripts / "at"
        self._send(_LISTEN.replace("{at}", str(self.at)))

    def __enter__(self) -> Shell:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def kill(self) -> None:
        """End the shell and all that it started; whoever waits for a block waits no longer."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def close(self) -> None:
        """End the shell, and leave nothing of it."""
        self.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                with suppress(BrokenPipeError):  # a block has ended the shell before it was read
                    pipe.close()

    def run(self, code: str, first: int, seconds: float) -> Ran:
        """Run `code`, whose first line is line `first` of its page, for `seconds` at most."""
        self.count += 1
        script = self.scripts / f"block-{self.count}.sh"
        printed = self.scripts / f"block-{self.count}.txt"
        # As many lines above it as in the page: what bash says of a line is true of the page.
        script.write_text("\n" * (first - 1) + code.rstrip("\n") + "\n", encoding="utf-8")
        begun = time.monotonic()
        self._send(f"source '{script}' >'{printed}' 2>&1 </dev/null; echo $?")
        said = self._line(begun + seconds)
        took = time.monotonic() - begun
        output = printed.read_text(encoding="utf-8", errors="replace") if printed.exists() else ""
        output = output.replace(f"{script}: ", "")
        line = self.at.read_text(encoding="ascii").strip() if self.at.exists() else ""
        return Ran(int(said) if said else None, output, max(first, int(line or first)), took)

    def _send(self, line: str) -> None:
        assert self.process.stdin is not None
        with suppress(BrokenPipeError):  # a block has ended the shell; reading says so
            self.process.stdin.write(f"{line}\n".encode())
            self.process.stdin.flush()

    def _line(self, until: float) -> str:
        """The next line that the shell says; empty if it says none in time."""
        assert self.process.stdout is not None
        found = b""
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            while not found.endswith(b"\n"):
                if not selector.select(max(0.0, until - time.monotonic())):
                    return ""
                read = os.read(self.process.stdout.fileno(), 4096)
                if not read:
                    return "255"  # it was ended from within
                found += read
        return found.decode().strip()
