"""Run the labs of this site: their blocks in order, against what ``data/labs.yml`` starts.

Run as ``make labs``, or ``python tools/labs [NAME ...]``. Writes ``data/results/labs.json``, from
which each block's label is made; with ``--check`` it only says whether that is still true.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(ROOT / "hooks"), str(ROOT / "tools")]

import terminal  # noqa: E402
from mutate import mutate  # noqa: E402
from run import Outcome, Runner, progress, versions_of  # noqa: E402
from service import LabError  # noqa: E402
from setup import interpreter  # noqa: E402
from together import together  # noqa: E402

from annotated.records.lab_results import FILE, LabResult, LabResults, written  # noqa: E402
from annotated.records.labs import labs_of, settings_of  # noqa: E402
from annotated.records.load import LABS, Site, load_site  # noqa: E402
from annotated.records.models import Lab, Labs  # noqa: E402
from annotated.records.pages import Page  # noqa: E402
from annotated.records.patterns import PatternError  # noqa: E402
from annotated.records.problems import Place, Problem, counted, nearest  # noqa: E402

#: The environment that ``make labs`` sets up.
ENVIRONMENT = ".venv-labs"


def main(arguments: list[str]) -> int:
    """Run the labs that are named, or all; return 0 if all are well."""
    parser = argparse.ArgumentParser(prog="tools/labs", description=__doc__)
    parser.add_argument("--root", type=Path, default=ROOT, help="the project (default: this one)")
    parser.add_argument("names", nargs="*", metavar="NAME", help="like first-image; all if none")
    parser.add_argument("--check", action="store_true", help="write nothing; compare with what is")
    parser.add_argument(
        "--must-run", action="store_true", help="a lab that this machine lacks something for fails"
    )
    parser.add_argument(
        "--mutate", action="store_true", help="leave out each command of each clean-up once"
    )
    chosen = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # nothing goes on running
    root = chosen.root.resolve()
    own = interpreter(root / ENVIRONMENT)
    python = own if own.exists() else Path(sys.executable)
    try:
        site = _site(root)
        pages = _chosen(site, chosen.names)
        labs = settings_of(site)
        runner = Runner(root, labs, python, progress)
        if chosen.mutate:
            return mutate(pages, runner)
        return _run_all(site, pages, runner, check=chosen.check, must_run=chosen.must_run)
    except LabError as error:
        print(error, file=sys.stderr)
        return 1
    except PatternError as error:
        print(f"data/labs.yml: {error}; make it simpler", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped; nothing was written.", file=sys.stderr)
        return 130


def _site(root: Path) -> Site:
    """Read the project.

    Raises:
        LabError: what is said of labs cannot be read; the rest is left to the checks.
    """
    from mkdocs_layout import read_layouts

    layout = read_layouts(root)[0]
    site, problems = load_site(root, layout)
    mine = {f"data/{LABS}", FILE, *(page.file for page in labs_of(site))}
    found = [one for one in problems if one.place.file in mine or not layout.known]
    for problem in found:
        print(problem, file=sys.stderr)
    if found:
        raise LabError("nothing was run")
    return site


def _chosen(site: Site, names: list[str]) -> list[Page]:
    """The labs with these names, or all.

    Raises:
        LabError: there is none of a name.
    """
    by_name = {page.path.rpartition("/")[2].removesuffix(".md"): page for page in labs_of(site)}
    for name in names:
        if name not in by_name:
            raise LabError(f"there is no lab '{name}'{nearest(name, by_name)}")
    return [by_name[name] for name in names] if names else list(by_name.values())


def _run_all(site: Site, pages: list[Page], runner: Runner, *, check: bool, must_run: bool) -> int:
    checking = {each.package for each in runner.labs.validators.values() if each.package}
    versions = versions_of(runner.python, sorted({*runner.labs.packages, *checking}))
    results = dict(site.lab_results.labs)
    here = {page.path for page in labs_of(site)}
    problems: list[Problem] = []
    begun = time.monotonic()
    for page, outcome in together(pages, runner, lambda own, page: own.run(page)):
        own = runner.labs.labs.get(page.path, Lab()).versions
        result = _result(outcome, _only(versions, checking) if own else versions)
        if must_run and not outcome.ran:
            outcome.problems.append(_lacking(page, runner.labs))
        if not outcome.problems and check:
            outcome.problems += _changes(results.get(page.path), result, runner.labs, page)
        elif not outcome.problems:
            results[page.path] = _better(results.get(page.path), result)
        progress("")
        print(_line(outcome), flush=True)
        for problem in outcome.problems:
            print(problem, file=sys.stderr, flush=True)
        problems += outcome.problems
    took = time.monotonic() - begun
    print(f"{counted(len(pages), 'lab')} in {took:.0f} s")
    if not check:
        _keep(runner.root / FILE, {path: one for path, one in results.items() if path in here})
    return 1 if problems else 0


def _lacking(page: Page, labs: Labs) -> Problem:
    """A lab that was only checked, where it was to be run."""
    needs = " ".join(labs.labs[page.path].needs)
    message = f"this machine cannot run it: '{needs}' fails"
    return Problem(Place(page.file), "lab-unrun", message)


def _keep(file: Path, results: dict[str, LabResult]) -> None:
    """Write the results; a site without labs has no file of them."""
    if not results:
        file.unlink(missing_ok=True)
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(written(LabResults(results)), encoding="utf-8")


def _result(outcome: Outcome, versions: dict[str, str]) -> LabResult:
    made, versions = tuple(outcome.made), {**versions, **outcome.versions}
    return LabResult(date.today().isoformat(), versions, tuple(outcome.blocks), made)


def _only(versions: dict[str, str], names: set[str]) -> dict[str, str]:
    return {name: version for name, version in versions.items() if name in names}


def _changes(before: LabResult | None, now: LabResult, labs: Labs, page: Page) -> list[Problem]:
    """What is committed is what was found: but where this machine can run more, or less."""
    if labs.labs.get(page.path, Lab()).needs:
        return []
    if before is None or replace(now, date=before.date) != before:
        message = f"its results are not those of {FILE}; run 'make labs' and look at what changed"
        return [Problem(Place(page.file), "lab-changed", message)]
    return []


def _better(before: LabResult | None, now: LabResult) -> LabResult:
    """The result that is kept: one of a machine that could run the same blocks is not given up."""
    ran = before and any(one.fate in ("run", "patched") for one in before.blocks)
    same = before and [one.digest for one in before.blocks] == [one.digest for one in now.blocks]
    unrun = all(one.fate in ("validated", "shown") for one in now.blocks)
    return before if before and ran and same and unrun else now


def _line(outcome: Outcome) -> str:
    """What became of a lab, on one line."""
    counts = ", ".join(
        f"{sum(block.fate == fate for block in outcome.blocks)} {fate}"
        for fate in dict.fromkeys(block.fate for block in outcome.blocks)
    )
    state = "FAILS" if outcome.problems else "ok"
    return (
        f"{state:5} {outcome.page.path:40} {outcome.seconds:5.1f} s  {counts}; "
        f"made {len(outcome.made)}, left {len(outcome.left)}"
    )


if __name__ == "__main__":
    sys.exit(terminal.run(lambda: main(sys.argv[1:])))
