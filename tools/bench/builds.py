"""Time builds from the start, of this site and of synthetic ones, and from a save to its page.

Beside them: what stock Material needs for the same pages, and what our hooks do with their part.
"""

from __future__ import annotations

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import stock
from one_build import PARTS
from synthetic import ROOT, lay

ONE_BUILD = Path(__file__).with_name("one_build.py")
#: An author saves so often, and so many seconds after the page was last served.
SAVES, PAUSE = 5, 1.1
ENV = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUNBUFFERED": "1"}


HEAD = (
    f"{'site':<16}{'pages':>6}{'build s':>9}{'CPU s':>8}{'stock s':>9}{'hooks':>7}"
    + "".join(f"{part:>8}" for part in PARTS)
    + f"{'MB':>6}{'saved s':>9}"
)


@dataclass(frozen=True)
class Figures:
    """One measured project: seconds of the processor, but for two that say otherwise; megabytes."""

    name: str
    pages: int
    build: dict[str, float]  # what one_build.py prints
    stock: float  # what stock Material needs for the same pages
    served: float | None = None  # from saving a page to having it served, by the clock

    def row(self) -> str:
        """The figures as a line of the table."""
        whole = self.build["processor"]
        shares = "".join(f"{self.build[part] / whole:>8.0%}" for part in PARTS)
        served = "-" if self.served is None else f"{self.served:.2f}"
        return (
            f"{self.name:<16}{self.pages:>6}{self.build['seconds']:>9.2f}{whole:>8.2f}"
            f"{self.stock:>9.2f}{self.build['hooks'] / whole:>7.0%}{shares}"
            f"{self.build['megabytes']:>6.0f}{served:>9}"
        )


def measure(name: str, root: Path, *, serve: bool) -> Figures:
    """Build the project at `root`, and its pages with stock Material; serve it once if asked."""
    pages = len(list((root / "docs").rglob("*.md")))
    with tempfile.TemporaryDirectory() as folder:
        plain = built(stock.lay(Path(folder), root))["processor"]
    return Figures(name, pages, built(root), plain, save_to_served(root) if serve else None)


def built(root: Path, times: int = 3) -> dict[str, float]:
    """Build a project some times from the start, and return the figures of the fastest.

    Raises:
        RuntimeError: it could not be built; the message says why.
    """
    best: dict[str, float] = {}
    for _ in range(times):
        with tempfile.TemporaryDirectory() as out:
            done = subprocess.run(
                [sys.executable, str(ONE_BUILD), str(root), f"{out}/site"],
                capture_output=True, text=True, check=False, env=ENV,
            )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{root} could not be built:\n{done.stderr}")
        figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
        if not best or figures["processor"] < best["processor"]:
            best = figures
    return best


def save_to_served(root: Path) -> float:
    """Serve `root`, save a page some times, and return the median of seconds until it is served."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    page = next(iter(sorted((root / "docs" / "en").glob("page-*.md"))), root / "docs/en/brewing.md")
    process = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "--livereload", "-a", f"127.0.0.1:{port}"],
        cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENV,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}/{page.stem}.html"
    try:
        wait_for(address, "</html>", 300)
        text, seconds = page.read_text(encoding="utf-8"), []
        for number in range(SAVES):
            time.sleep(PAUSE)
            start = time.perf_counter()
            page.write_text(f"{text}\nSaved just now, {number}.\n", encoding="utf-8")
            wait_for(address, f"Saved just now, {number}.", 300)
            seconds.append(time.perf_counter() - start)
        return statistics.median(seconds)
    finally:
        process.terminate()
        process.wait()


def wait_for(address: str, text: str, seconds: float) -> None:
    """Ask until `text` is served.

    Raises:
        TimeoutError: it was not, within `seconds`.
    """
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=seconds) as answer:
                if text in answer.read().decode():
                    return
        except (urllib.error.URLError, OSError):
            pass
        time.sleep(0.05)
    raise TimeoutError(f"{address} did not show {text!r}")


def report(sizes: list[int]) -> None:
    """Print the table: this site, then synthetic sites of `sizes` pages."""
    print(HEAD)
    print(measure("this site", ROOT, serve=False).row())
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            root = lay(Path(folder) / "site", size)
            print(measure(f"synthetic {size}", root, serve=True).row(), flush=True)
