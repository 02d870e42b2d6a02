"""What runs beside a lab, like a stand-in for what its commands speak to."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from annotated.records.models import Service

#: How long a service may take to start, on a busy machine.
STARTING = 60.0
_STEP = 0.05
#: A service stands on this machine: no proxy is asked for it.
_open = build_opener(ProxyHandler({})).open


class LabError(Exception):
    """Why labs cannot be run at all, in one sentence."""


@dataclass(frozen=True)
class Answer:
    """How a request of a block was answered: really, with a patch, or by a stub."""

    request: str
    how: str
    patches: tuple[str, ...]


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def filled(words: list[str], values: Mapping[str, str]) -> list[str]:
    """Return the words of a command with ``{port}`` and the like filled in."""
    out = []
    for word in words:
        for name, value in values.items():
            word = word.replace(f"{{{name}}}", value)
        out.append(word)
    return out


@contextmanager
def running(
    services: list[Service], values: Mapping[str, str], environment: dict[str, str], root: Path
) -> Iterator[None]:
    """Have all services run; they end with the block.

    Raises:
        LabError: one does not start.
    """
    started: list[subprocess.Popen[bytes]] = []
    log = Path(values["work"]) / "services.log"
    try:
        for service in services:
            with log.open("ab") as out:
                process = subprocess.Popen(
                    filled(service.command, values),
                    stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                    cwd=root, env=environment, start_new_session=True,
                )  # fmt: skip
            started.append(process)
            _wait(process, service, filled([service.ready], values)[0], log)
        yield
    finally:
        for process in started:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait(process: subprocess.Popen[bytes], service: Service, ready: str, log: Path) -> None:
    until = time.monotonic() + STARTING
    while not _is_ready(ready):
        if process.poll() is not None or time.monotonic() > until:
            said = log.read_text(encoding="utf-8", errors="replace").strip().split("\n")[-1]
            raise LabError(f"'{' '.join(service.command)}' does not start: {said}")
        time.sleep(_STEP)


def _is_ready(ready: str) -> bool:
    if not ready.startswith("http"):
        return Path(ready).exists()
    try:
        with _open(ready, timeout=5):
            return True
    except (URLError, OSError):
        return False


def ask(address: str | None, values: Mapping[str, str]) -> bytes:
    """Return what an address says; nothing where there is none to ask.

    Raises:
        LabError: it does not answer.
    """
    if address is None:
        return b""
    where = filled([address], values)[0]
    try:
        with _open(where, timeout=60) as said:
            content: bytes = said.read()
            return content
    except OSError as error:
        raise LabError(f"{where} does not answer: {error}") from error


def answers(address: str | None, values: Mapping[str, str]) -> list[Answer]:
    """Ask how the requests since the last time were answered; none where nobody tells.

    Raises:
        LabError: it does not say.
    """
    try:
        listed = json.loads(ask(address, values) or b"[]")
        return [Answer(one["request"], one["how"], tuple(one["patches"])) for one in listed]
    except (ValueError, KeyError, TypeError) as error:
        raise LabError(f"{address} does not say how requests were answered: {error}") from error
