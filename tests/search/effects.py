"""Measure what each number of the ranking does to the graded queries of a built site.

    python tests/search/effects.py SITE_DIR [NAME ...] [--every 4] [--sets messages]

Changes each number of ``tuning.js`` (or the groups and numbers that are named) by a fifth, down and
up, and prints how many queries of all three sets then gain or lose their right first page, and how
many show anything else. Of the held-out queries nothing but these sums is told.
`--every` takes a part of the queries, for numbers that take long; `--sets` takes others.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tools"), str(ROOT / "hooks")]

from node import node  # noqa: E402

from annotated.publish.search_index import engine_script  # noqa: E402
from tests.search.evaluate import read_queries  # noqa: E402

ENGINE = ROOT / "overrides" / "assets" / "search"
SETS = ("queries", "worked-on", "held-out")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--sets", nargs="+", default=SETS)
    given = parser.parse_args()
    indexes = [next(given.site.glob(f"search/{name}.*.json")) for name in ("concepts", "texts")]
    sources = {path.name: path.read_text(encoding="utf-8") for path in ENGINE.glob("*.js")}
    queries = [
        {"q": query.text, "want": query.want}
        for name in given.sets
        for query in read_queries(Path(__file__).with_name(f"{name}.yml"))
    ][:: given.every]
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "engine.js"
        script.write_text(engine_script(sources), encoding="utf-8")
        harness = Path(__file__).with_name("effects.mjs")
        done = subprocess.run(
            [node(), str(harness), str(script), *map(str, indexes), *given.names],
            input=json.dumps(queries), stdout=subprocess.PIPE, encoding="utf-8", check=False,
        )  # fmt: skip
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
