"""Measure what each number of the ranking does to the graded queries of a built site.

    python tests/search/effects.py SITE_DIR [NAME ...] [--every 4] [--sets messages] [--write]

Changes each number of ``tuning.js`` (or the groups and numbers that are named) by a fifth, down and
up, and prints how many queries of all three sets then gain or lose their right first page, and how
many show anything else. Of the held-out queries nothing but these sums is told.
`--every` takes a part of the queries, for numbers that take long; `--sets` takes others.
`--write` puts the figures into ``tuning.js``: all of them take 40 minutes of a core.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tools"), str(ROOT / "hooks")]

from node import node  # noqa: E402

from annotated.publish.search_index import engine_script  # noqa: E402
from tests.search.evaluate import read_queries  # noqa: E402

ENGINE = ROOT / "overrides" / "assets" / "search"
TUNING = ENGINE / "tuning.js"
SETS = ("queries", "worked-on", "held-out")


#: What is written beside a number, and in which line of which group it stands.
FIGURES = re.compile(r"\[\+\d+ -\d+ ~\d+; \+\d+ -\d+ ~\d+[^]\n]*\]")
_GROUP = re.compile(r"^  (\w+): \{$", re.MULTILINE)
_NUMBER = re.compile(r"^    (\w+): [\d.]+,.*$", re.MULTILINE)
_MEASURED = re.compile(r"Measured on \S+ at \w+")

#: The effects of a number: with less of it, and with more.
Effects = Mapping[str, Sequence[Mapping[str, int]]]


def graded(sets: Sequence[str] = SETS) -> list[dict[str, object]]:
    """Return the queries of some sets, each with the pages that it wants."""
    return [
        {"q": query.text, "want": query.want}
        for name in sets
        for query in read_queries(Path(__file__).with_name(f"{name}.yml"))
    ]


def numbers_of(tuning: str) -> dict[str, str]:
    r"""Return the line of each number, by ``group.number``.

    >>> numbers_of("  fits: {\n    stem: 0.97, // less\n  },")
    {'fits.stem': '    stem: 0.97, // less'}
    """
    _, *parts = _GROUP.split(tuning)
    return {
        f"{group}.{number[1]}": number[0]
        for group, body in zip(parts[::2], parts[1::2], strict=True)
        for number in _NUMBER.finditer(body)
    }


def with_effects(tuning: str, effects: Effects, of: str) -> str:
    r"""Return ``tuning.js`` with the figures of some numbers; `of` names what was asked.

    >>> told = {"gained": 1, "lost": 0, "changed": 7}
    >>> with_effects("  fits: {\n    stem: 0.97,\n", {"fits.stem": [told, told]}, "9")
    '  fits: {\n    stem: 0.97, // [+1 -0 ~7; +1 -0 ~7; of 9]\n'
    """
    lines = numbers_of(tuning)
    for path, measured in effects.items():
        figures = "; ".join(f"+{m['gained']} -{m['lost']} ~{m['changed']}" for m in measured)
        bare = FIGURES.sub("", lines[path]).rstrip()
        line = f"{bare}{'' if '//' in bare else ' //'} [{figures}; of {of}]"
        start = tuning.index(f"  {path.partition('.')[0]}: {{\n")
        tuning = tuning[:start] + tuning[start:].replace(lines[path], line, 1)
    return tuning


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--sets", nargs="+", default=SETS)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    indexes = [next(given.site.glob(f"search/{name}.*.json")) for name in ("concepts", "texts")]
    sources = {path.name: path.read_text(encoding="utf-8") for path in ENGINE.glob("*.js")}
    queries = graded(given.sets)[:: given.every]
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "engine.js"
        script.write_text(engine_script(sources), encoding="utf-8")
        harness = Path(__file__).with_name("effects.mjs")
        done = subprocess.run(
            [node(), str(harness), str(script), *map(str, indexes), *given.names],
            input=json.dumps(queries), stdout=subprocess.PIPE, encoding="utf-8", check=False,
        )  # fmt: skip
    sys.stdout.write(done.stdout)
    if given.write and not done.returncode:
        of = f"{len(queries)}{' messages' if given.sets == ['messages'] else ''}"
        tuning = with_effects(TUNING.read_text(encoding="utf-8"), json.loads(done.stdout), of)
        if not given.names:
            head = ["git", "rev-parse", "--short", "HEAD"]
            commit = subprocess.check_output(head, cwd=ROOT, encoding="utf-8").strip()
            tuning = _MEASURED.sub(f"Measured on {date.today()} at {commit}", tuning)
        TUNING.write_text(tuning, encoding="utf-8")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
