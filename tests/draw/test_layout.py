"""The layout of fixed graphs, tested in Node: no browser, no package of npm."""

from __future__ import annotations

import subprocess
from pathlib import Path

from node import node


def test_fixed_graphs_are_laid_out_as_they_were() -> None:
    tests = Path(__file__).with_name("layout.test.mjs")
    done = subprocess.run(
        [node(), "--test", str(tests)], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
