"""Pin every requirements*.in, with hashes, in the .txt beside it; for authors, needs uv.

Run as ``python tools/lock.py``; ``--upgrade`` takes newer versions where the .in files allow them.
One file serves every platform and every Python from the oldest that the site supports.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from setup import OLDEST, ROOT

# The first one constrains the others (their -c line), so that all environments agree.
NAMES = (
    "requirements", "requirements-test", "requirements-engine", "requirements-properdocs",
    "requirements-zensical", "requirements-labs", "requirements-mutants",
)  # fmt: skip


def command(uv: str, name: str, extra: list[str]) -> list[str]:
    """Return the command that compiles one file; uv repeats it in the file's header."""
    oldest = ".".join(str(part) for part in OLDEST)
    return [
        *(uv, "pip", "compile", "--quiet", "--universal", f"--python-version={oldest}"),
        *("--generate-hashes", "--no-emit-index-url", f"--output-file={name}.txt"),
        *extra,
        f"{name}.in",
    ]


def main(arguments: list[str], root: Path = ROOT) -> int:
    """Compile each file and stop at the first that fails."""
    uv = shutil.which("uv")
    if uv is None:
        print("Locking needs uv: run `pipx install uv`, then this again.", file=sys.stderr)
        return 1
    for name in NAMES:
        done = subprocess.run(command(uv, name, arguments), cwd=root, check=False)
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
