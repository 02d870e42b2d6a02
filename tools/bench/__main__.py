"""Measure the project: ``python tools/bench [builds|weight|phone] ...``; all but phone by default."""

from __future__ import annotations

import argparse
import sys

import builds


def main() -> int:
    """Print what was asked for."""
    parser = argparse.ArgumentParser(prog="tools/bench", description=__doc__)
    parser.add_argument("what", nargs="*", default=["builds"])
    parser.add_argument("--sizes", type=int, nargs="*", default=[100, 1000])
    chosen = parser.parse_args()
    if "builds" in chosen.what:
        builds.report(chosen.sizes)
    return 0


if __name__ == "__main__":
    sys.exit(main())
