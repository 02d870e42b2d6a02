"""Imported first by a command: whoever types what a message names need not know of environments.

Where the packages are missing, the command runs in the environment that the Makefile has set up.
"""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

_HOME = Path(__file__).resolve().parent.parent / ".venv"
_PYTHONS = ("bin/python", "Scripts/python.exe")
#: One of the packages that every command needs.
_NEEDED = "babel"


def _elsewhere() -> None:
    found = [file for name in _PYTHONS if (file := _HOME / name).exists()]
    if not found or Path(sys.prefix) == _HOME:
        sys.exit("The packages of requirements.txt are not installed here: 'make check' does that")
    sys.exit(subprocess.call([str(found[0]), *sys.argv]))


if find_spec(_NEEDED) is None:
    _elsewhere()
