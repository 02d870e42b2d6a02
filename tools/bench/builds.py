"""Time builds: this site and synthetic ones, cold; share of our hooks; memory; save to served."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from synthetic import ROOT, lay

ENV = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUNBUFFERED": "1"}


@dataclass(frozen=True)
class Figures:
    """One measured project: seconds and megabytes."""

    name: str
    pages: int
    build: float
    processor: float
    hooks: float
    memory: float
    served: float | None = None

    def row(self) -> str:
        """The figures as a line of the table."""
        served = "-" if self.served is None else f"{self.served:.2f}"
        return (
            f"{self.name:<14}{self.pages:>6}{self.build:>10.2f}{self.processor:>9.2f}"
            f"{self.hooks:>9.2f}{self.hooks / self.processor:>8.0%}{self.memory:>8.0f}{served:>12}"
        )


HEAD = f"{'site':<14}{'pages':>6}{'build s':>10}{'CPU s':>9}{'hooks s':>9}{'share':>8}{'MB':>8}{'saved s':>12}"


def measure(name: str, root: Path, *, serve: bool) -> Figures:
    """Build the project at `root` three times, keep the fastest; serve it once if asked."""
    best: dict[str, float] = {}
    for _ in range(3):
        with tempfile.TemporaryDirectory() as out:
            done = subprocess.run(
                [
                    sys.executable,
                    str(Path(__file__).with_name("one_build.py")),
                    str(root),
                    f"{out}/site",
                ],
                capture_output=True,
                text=True,
                check=False,
                env=ENV,
            )
        if done.returncode:
            sys.exit(f"{name} could not be built:\n{done.stderr}")
        figures = json.loads(done.stdout.splitlines()[-1])
        if not best or figures["processor"] < best["processor"]:
            best = figures
    pages = len(list((root / "docs").rglob("*.md")))
    saved = save_to_served(root) if serve else None
    return Figures(
        name, pages, best["seconds"], best["processor"], best["hooks"], best["megabytes"], saved
    )


def save_to_served(root: Path) -> float:
    """Serve `root`, save a page, and return the seconds until the change is served."""
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
        text = page.read_text(encoding="utf-8")
        start = time.perf_counter()
        page.write_text(text + "\nSaved just now.\n", encoding="utf-8")
        wait_for(address, "Saved just now.", 300)
        return time.perf_counter() - start
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
