"""Under serve: edits are served, a failing save is named, the last good pages stay."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import edit


class Server:
    """A running ``mkdocs serve`` and what it has said so far."""

    def __init__(self, root: Path, reload: str = "--livereload") -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}/"
        self.said = ""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", reload, "-a", f"127.0.0.1:{port}"],
            cwd=root,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={
                **os.environ,
                "NO_MKDOCS_2_WARNING": "1",
                "NO_COLOR": "1",
                "PYTHONUNBUFFERED": "1",
            },
        )
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line

    def get(self, path: str) -> str:
        with urllib.request.urlopen(self.address + path, timeout=120) as answer:
            return str(answer.read().decode())

    def until(self, condition: str, path: str | None = None, seconds: float = 240) -> str:
        """Wait until `condition` (a pattern) is said, or stands on the page `path`."""
        end = time.monotonic() + seconds
        text = ""
        while time.monotonic() < end and self.process.poll() is None:
            try:
                text = self.said if path is None else self.get(path)
            except (urllib.error.URLError, OSError):
                text = ""
            if re.search(condition, text):
                return text
            time.sleep(0.1)
        raise AssertionError(f"{condition!r} did not come; server said:\n{self.said}\n{text[:500]}")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=120)
        if self.process.stdout:
            self.process.stdout.close()


@pytest.fixture
def server(golden: Path) -> Iterator[Server]:
    text = (golden / "mkdocs.yml").read_text(encoding="utf-8")
    parent = next(line for line in text.splitlines() if line.startswith("INHERIT: "))
    (golden / "inherited.yml").write_text(parent + "\n", encoding="utf-8")
    edit(golden, "mkdocs.yml", parent, "INHERIT: inherited.yml")
    running = Server(golden)
    try:
        running.until("Serving on")
        yield running
    finally:
        running.stop()


def test_a_save_is_served_a_broken_one_is_survived(server: Server, golden: Path) -> None:
    assert "Kinds of tea" in server.get("compare/tea-kinds.html")
    remover = golden / "overrides/assets/offline/remove.js"
    assert server.get("sw.js") == remover.read_text(encoding="utf-8"), "no worker outlives a build"

    edit(golden, "data/comparisons/tea-kinds.yml", "en: fully", "en: entirely")
    server.until("entirely", "compare/tea-kinds.html")

    edit(golden, "data/claims/brewing.yml", "verdict: wrong", "verdict: wrnog")
    server.until(r"brewing\.yml:14:5: error\[unknown-value\]")
    server.until("the last good pages are still served")
    assert "entirely" in server.get("compare/tea-kinds.html")

    edit(golden, "data/claims/brewing.yml", "verdict: wrnog", "verdict: garbled")
    server.until("Garbled", "notes/index.html")

    edit(golden, "mkdocs.yml", "theme:", "theme: [")
    time.sleep(1)
    server.until(r"(?s)still served.*still served")
    assert "entirely" in server.get("compare/tea-kinds.html")
    edit(golden, "mkdocs.yml", "theme: [", "theme:")

    edit(golden, "docs/en/brewing.md", "## Kinds", "## All kinds")
    server.until("All kinds", "brewing.html")

    # What mkdocs.yml inherits is watched with it.
    server.said = ""
    inherited = golden / "inherited.yml"
    inherited.write_text(inherited.read_text(encoding="utf-8") + "broken: [\n", encoding="utf-8")
    server.until("still served")


def test_a_first_build_that_fails_says_so_and_ends(golden: Path) -> None:
    edit(golden, "data/claims/brewing.yml", "verdict: wrong", "verdict: wrnog")
    running = Server(golden)
    try:
        assert running.process.wait(timeout=240) != 0
        time.sleep(0.3)
    finally:
        running.stop()
    assert "brewing.yml:14:5: error[unknown-value]" in running.said
    assert "Traceback" not in running.said


FENCE = """
```mermaid
flowchart TB
  accTitle: A new thought
  accDescr: Not drawn yet.
  a["Leaf"] -- "becomes" --> b["Tea"]
```
"""


@pytest.mark.parametrize("library", [False, True])
def test_a_fence_that_is_not_drawn_is_shown_while_it_is_written(
    golden: Path, library: bool
) -> None:
    """From the start, with the library that draws it live and without, and after a save."""
    if library:
        file = golden / "tools/draw/node_modules/mermaid/dist/mermaid.min.js"
        file.parent.mkdir(parents=True)
        file.write_text("window.mermaid = {};", encoding="utf-8")
    page = golden / "docs" / "en" / "brewing.md"
    page.write_text(page.read_text(encoding="utf-8") + FENCE, encoding="utf-8")
    running = Server(golden)
    try:
        running.until("Serving on")
        text = running.get("brewing.html")
        assert "Leaf" in text
        assert ("assets/vendor/mermaid.min.js" in text) is library
        assert "accTitle" in running.get("brewing.html")
        edit(golden, "docs/en/brewing.md", '"becomes"', '"turns into"')
        running.until("turns into", "brewing.html")
    finally:
        running.stop()


def test_what_editors_leave_does_not_stop_serving(server: Server, golden: Path) -> None:
    (golden / "docs" / "en" / ".#brewing.md").symlink_to("someone@machine.1:2")
    (golden / "docs" / "en" / ".obsidian").mkdir()
    (golden / "docs" / "en" / ".obsidian" / "note.md").write_text("[^c-001]", encoding="utf-8")
    (golden / "data" / "claims" / "._brewing.yml").write_bytes(b"\x00\x05\x16\x07")
    edit(golden, "docs/en/brewing.md", "## Kinds", "## All kinds")
    server.until("All kinds", "brewing.html")


def test_a_draft_is_shown_to_its_author(golden: Path) -> None:
    (golden / "docs" / "en" / "idea.md").write_text(
        "---\ndescription: idea\nkind: concept\nchecked: 2024-01-01\n---\n\n# Idea\n\nText.\n",
        encoding="utf-8",
    )
    edit(golden, "mkdocs.yml", "\nnav:", "\ndraft_docs: idea.md\nnav:")
    running = Server(golden)
    try:
        running.until("Serving on")
        assert "Idea" in running.get("idea.html")
    finally:
        running.stop()


def test_without_live_reload_the_site_is_served_all_the_same(golden: Path) -> None:
    running = Server(golden, "--no-livereload")
    try:
        running.until("Serving on")
        assert "Kinds of tea" in running.get("compare/tea-kinds.html")
    finally:
        running.stop()
