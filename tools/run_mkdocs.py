"""Run MkDocs; a configuration that it stumbles over is named in one line, at its place.

Run as ``python tools/run_mkdocs.py build`` (or any other of its commands) inside the environment.
All other mistakes are said by our hooks, but nobody calls them before the configuration is read.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main(arguments: list[str]) -> int:
    """Do what MkDocs does with `arguments`; return 1 if it cannot take the configuration."""
    # Material's notice about a MkDocs that this project does not use.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    sys.path[0] = str(ROOT / "hooks")  # in the place of this folder
    from mkdocs.__main__ import cli

    from mkdocs_layout import SURPRISED, read_layout

    try:
        cli(arguments, prog_name="mkdocs")
    except SURPRISED:
        layout = read_layout(ROOT)
        if layout.known:
            raise
        for problem in layout.problems:
            print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
