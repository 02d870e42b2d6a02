"""Record that the starter's Korean and its questions were read again: TEXT ..., or --new.

The starter is half a project; what it shares with every other is laid beside it first.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(_ROOT), str(_ROOT / "hooks"), str(_ROOT / "tools")]

import cli  # noqa: E402
from tests.conftest import ROOT, lay_golden  # noqa: E402

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        root = lay_golden(Path(folder) / "starter", editions=True)
        shutil.copytree(ROOT / "starter", root, dirs_exist_ok=True)  # with all that tests leave out
        code = cli.main(["--root", str(root), "reread", *sys.argv[1:]])
        for file in ("data/translated/ko.txt", "data/practice/read.txt"):
            shutil.copyfile(root / file, ROOT / "starter" / file)
    sys.exit(code)
