"""Measure the search of a built site, through its real search box in a browser.

    python tests/search/evaluate.py SITE_DIR [--stock SITE_DIR2] [--throttle 4] [--file|--offline]
        [--queries FILE] [--misses] [--edition ko]

Prints, for every kind of query in queries.yml: how often a right page comes first (R@1) or among
the first three (R@3), the mean reciprocal rank of the first ten (MRR), and how many answerable
queries find no page. Where the box says that nothing was found and only shows what comes closest,
that sentence takes the first place. For unanswerable queries it counts how often it is said.
Then sizes and the time from a key to the drawn results, for every key of every query.
`--stock` measures a second site beside it: the same content with Material's own search.
`--throttle` slows the page's main thread. Over http the engine runs in a worker, which the
browser does not slow; with `--file` it runs on the main thread and is slowed with it.
`--offline` stops the server after one visit: all that is measured comes from the service worker.
"""

from __future__ import annotations

import argparse
import gzip
import statistics
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

import indexes  # noqa: E402
from budgets import told  # noqa: E402
from web.server import serving  # noqa: E402

from tests.search.box import Answer, SearchBox, browser, search_box  # noqa: E402

QUERIES = Path(__file__).with_name("queries.yml")
HELD_OUT = Path(__file__).with_name("held-out.yml")
MESSAGES = Path(__file__).with_name("messages.yml")
ASKED = Path(__file__).with_name("asked.yml")


@dataclass(frozen=True)
class Query:
    """A line of queries.yml."""

    text: str
    kind: str
    want: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """What a query got.

    The rank of the first right page (0: none), whether no page was shown, whether the box said
    that nothing was found, and what came first.
    """

    query: Query
    rank: int
    empty: bool
    refused: bool
    got: tuple[str, ...]


@dataclass
class Run:
    """One site, measured."""

    outcomes: list[Outcome] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    first: float = 0
    problems: list[str] = field(default_factory=list)


def read_queries(path: Path) -> list[Query]:
    """Read the graded set."""
    rows: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))["queries"]
    return [
        Query(str(row["q"]), row["kind"], tuple(_built(page) for page in row["want"]))
        for row in rows
    ]


def _built(page: str) -> str:
    return page.removesuffix(".md") + ".html"


def grade(query: Query, answer: Answer) -> Outcome:
    """Compare an answer with what the query wants."""
    pages = answer.pages[:10]
    rank = next((place for place, page in enumerate(pages, 1) if page in query.want), 0)
    return Outcome(query, rank, not any(pages), answer.nothing, tuple(pages[:3]))


def measure(box: SearchBox, queries: Sequence[Query]) -> Run:
    """Type every query key by key, and grade what stands there at the end."""
    run = Run()
    run.first = box.type("a")[0]
    for query in queries:
        times = box.type(*(query.text[:end] for end in range(1, len(query.text) + 1)))
        run.times += [time for time in times if time >= 0]
        run.outcomes.append(grade(query, box.read()))
    return run


def scores(outcomes: Sequence[Outcome]) -> str:
    """Return one row of figures."""
    wanted = [one for one in outcomes if one.query.want]
    rest = [one for one in outcomes if not one.query.want]
    if not wanted:
        honest = sum(one.refused for one in rest)
        return f"nothing found for {honest} of {len(rest)}"
    first = sum(one.rank == 1 for one in wanted) / len(wanted)
    third = sum(0 < one.rank <= 3 for one in wanted) / len(wanted)
    mean = sum(1 / one.rank for one in wanted if one.rank) / len(wanted)
    empty = sum(one.empty for one in wanted)
    return f"{first:.3f}  {third:.3f}  {mean:.3f}  {empty:3d}"


def table(runs: dict[str, Run]) -> str:
    """Return the figures of all sites side by side, by kind of query."""
    kinds = list(dict.fromkeys(one.query.kind for one in next(iter(runs.values())).outcomes))
    heads = "  ".join(f"{name + ': R@1    R@3    MRR  empty':<34}" for name in runs)
    lines = [f"{'kind':<18}{'n':>4}  {heads}"]
    groups = [(kind, [kind]) for kind in kinds]
    groups.append(("all answerable", [kind for kind in kinds if kind != "unanswerable"]))
    for name, members in groups:
        cells, count = [], 0
        for run in runs.values():
            chosen = [one for one in run.outcomes if one.query.kind in members]
            count = len(chosen)
            cells.append(f"{scores(chosen):<34}")
        lines.append(f"{name:<18}{count:>4}  {'  '.join(cells)}")
    return "\n".join(lines)


def sizes(site: Path) -> str:
    """Return the bytes of engine and index, plain and compressed as a server would."""
    engine = sorted(site.glob("assets/javascripts/workers/search.*.js"))
    indexes = sorted(site.glob("search/*.json"))
    parts = {"engine": engine[0], **{path.name.split(".")[0]: path for path in indexes}}
    shown, total = [], 0
    for name, path in parts.items():
        content = path.read_bytes()
        packed = len(gzip.compress(content, 6))
        total += packed
        shown.append(f"{name} {len(content) / 1000:.1f} kB ({packed / 1000:.1f} kB compressed)")
    return f"{', '.join(shown)}, together {total / 1000:.1f} kB compressed"


def timing(run: Run) -> str:
    """Return the time of a key."""
    times = sorted(run.times)
    late = times[min(len(times) - 1, int(len(times) * 0.95))]
    return (
        f"a key: median {statistics.median(times):.1f} ms, p95 {late:.1f} ms, "
        f"most {times[-1]:.0f} ms, of {len(times)}; first key with loading {run.first:.0f} ms"
    )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("site", type=Path)
    parser.add_argument("--stock", type=Path)
    parser.add_argument("--throttle", type=float, default=1)
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--file", action="store_true")
    where.add_argument("--offline", action="store_true")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--queries", type=Path, default=QUERIES)
    parser.add_argument("--page", default="index.html")
    parser.add_argument("--edition", default="", help="measure another edition, by its folder")
    parser.add_argument("--only", help="measure one kind of query")
    options = parser.parse_args()
    queries = read_queries(options.queries)
    if options.only:
        queries = [query for query in queries if query.kind == options.only]
    sites = {"ours": options.site.resolve()}
    if options.stock:
        sites["stock"] = options.stock.resolve()
    runs: dict[str, Run] = {}
    with browser() as chromium:
        for name, site in sites.items():
            problems: list[str] = []
            with ExitStack() as stack:
                # Material's own site works neither from a file nor offline: it is served.
                by_file = options.file and name == "ours"
                server = stack.enter_context(ExitStack())
                root = site.as_uri() + "/" if by_file else server.enter_context(serving(site))
                opened = search_box(
                    chromium,
                    root + (Path(options.edition) / options.page).as_posix(),
                    throttle=options.throttle,
                    problems=problems,
                    stop_server=server.close if options.offline and name == "ours" else None,
                )
                box = stack.enter_context(opened)
                runs[name] = measure(box, queries)
            runs[name].problems = problems
    print(table(runs))
    for name, run in runs.items():
        print(f"{name}: {sizes(sites[name] / options.edition)}\n{name}: {timing(run)}")
        if run.problems:
            print(f"{name}: {len(run.problems)} problems reported, first: {run.problems[0]}")
    code = told(indexes.budgets(sites["ours"] / options.edition))
    if options.misses:
        for one in runs["ours"].outcomes:
            right = one.refused if not one.query.want else one.rank == 1
            if not right:
                want = ", ".join(one.query.want) or "nothing"
                got = ", ".join(one.got) or "nothing"
                print(f"{one.query.kind:<16} {one.query.text!r}: want {want}, got {got}")
    return code


if __name__ == "__main__":
    sys.exit(main())
