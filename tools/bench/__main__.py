"""Measure the project: ``python tools/bench [builds] [weight] [phone]``.

Without a word: weight and builds. Weight fails when a page is over its budget.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

import builds
import weight

ROOT = Path(__file__).resolve().parents[2]
KINDS = ("builds", "weight", "phone")


def main() -> int:
    """Print what was asked for; return 1 if something is over its budget."""
    parser = argparse.ArgumentParser(prog="tools/bench", description=__doc__)
    parser.add_argument("what", nargs="*", metavar="|".join(KINDS))
    parser.add_argument("--sizes", type=int, nargs="*", default=[100, 1000])
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="a built site")
    parser.add_argument("--page", action="append", default=[], help="a page for phone, by its path")
    chosen = parser.parse_args()
    what = chosen.what or ["weight", "builds"]
    if unknown := set(what) - set(KINDS):
        parser.error(f"there is no {unknown.pop()!r}; choose from {', '.join(KINDS)}")
    code = 0
    if "weight" in what or "phone" in what:
        if not (chosen.site / "index.html").exists():
            subprocess.run([sys.executable, "-m", "mkdocs", "build"], cwd=ROOT, check=True)
        if "weight" in what:
            code = weight.report(chosen.site)
        if "phone" in what:
            import phone

            code |= phone.report(chosen.site, chosen.page)
    if "builds" in what:
        builds.report(chosen.sizes)
    return code


if __name__ == "__main__":
    sys.exit(main())
