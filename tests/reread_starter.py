"""Record that the starter's Korean was read against its English again: TEXT ..., or --new.

The starter is half a project; what it shares with every other is laid beside it first.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).parents[1] / "hooks")]

import cli  # noqa: E402
from tests.conftest import ROOT, lay_golden  # noqa: E402

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        root = lay_golden(Path(folder) / "starter", editions=True)
        code = cli.main(["--root", str(root), "reread", *sys.argv[1:]])
        file = "data/translated/ko.txt"
        shutil.copyfile(root / file, ROOT / "starter" / file)
    sys.exit(code)
