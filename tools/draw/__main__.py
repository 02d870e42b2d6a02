"""Draw the diagrams of the pages: ``python tools/draw``. Only authors need this.

Without an option it draws what is missing and removes what no page uses. ``--check`` says what
is missing, stale or unused, and needs no browser. ``--all`` draws everything anew and compares it
with what is stored.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "hooks"))

from geometry import difference  # noqa: E402

from annotated.check.diagrams import (  # noqa: E402
    diagrams_of,
    drawn,
    leftovers,
    mismatches,
    named_and_described,
    plain_labels,
    unused,
)
from annotated.records.drawings import drawing_id, load_drawing, read_drawing  # noqa: E402
from annotated.records.located import read_yaml  # noqa: E402
from annotated.records.models import Vocabulary  # noqa: E402
from annotated.records.pages import Fence, read_page  # noqa: E402
from annotated.records.problems import Place, Problem, counted, in_order  # noqa: E402

TOLERANCE = 2.0  # units by which a drawing may differ when drawn again


@dataclass(frozen=True)
class Places:
    """Where pages, drawings and settings are."""

    root: Path
    pages: Path
    drawings: Path
    settings: Path

    @property
    def shown(self) -> str:
        """The folder of drawings as messages name it."""
        return _shown(self.drawings, self.root)

    def roles(self) -> dict[str, str]:
        """The shape of each role that the site has."""
        file = self.root / "data" / "site.yml"
        document, _ = read_yaml(_shown(file, self.root), file.read_text(encoding="utf-8"))
        vocabulary = Vocabulary.model_validate(document.value if document else {})
        return {name: role.shape for name, role in vocabulary.roles.items()}


#: The rules of what could not be drawn.
_NOT_DRAWN = ("diagram-syntax", "diagram-words")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the tool; return the exit code."""
    options = _options(arguments)
    places = Places(
        options.root.resolve(),
        (options.root / options.pages).resolve(),
        (options.root / options.drawings).resolve(),
        HERE / "settings.json",
    )
    settings = places.settings.read_bytes()
    fences = find_fences(places)
    if options.check:
        return report(check(fences, places, settings))
    return draw(fences, places, settings, everything=options.all)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python tools/draw", description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="only say what is not as it should be")
    parser.add_argument("--all", action="store_true", help="draw all anew, only to compare")
    parser.add_argument("--root", type=Path, default=HERE.parents[1], help="the project's folder")
    parser.add_argument("--pages", default="docs", help="folder of the pages, below the root")
    parser.add_argument("--drawings", default="overrides/assets/drawings", help="where they go")
    return parser.parse_args(arguments)


def find_fences(places: Places) -> list[Fence]:
    """All diagrams of all pages, in the order of their paths."""
    found: list[Fence] = []
    for path in sorted(places.pages.rglob("*.md")):
        shown = _shown(path, places.root)
        page, _ = read_page(shown, shown, path.read_text(encoding="utf-8"))
        found += diagrams_of(page.fences)
    return found


def check(fences: list[Fence], places: Places, settings: bytes) -> list[Problem]:
    """What is missing, stale or unused; no browser is needed."""
    return in_order(
        [
            *named_and_described(fences),
            *plain_labels(fences),
            *drawn(fences, places.drawings, settings),
            *unused(fences, places.drawings, settings, places.shown),
        ]
    )


def report(problems: list[Problem]) -> int:
    """Print problems, one a line; return the exit code."""
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def install(settings: dict[str, Any]) -> str:
    """Install the pinned packages of Node where they are missing; return what went wrong."""
    if not not_installed(settings):
        return ""
    npm = shutil.which("npm")
    if npm is None:
        return "npm not found: drawing needs Node 20 or newer with npm (building the site does not)"
    print("Installing what draws (npm ci in tools/draw) ...", flush=True)
    quiet = ("--no-progress", "--loglevel=error")
    # No package's own script runs at set-up.
    done = subprocess.run([npm, "ci", "--ignore-scripts", *quiet], cwd=HERE, check=False)
    if done.returncode:
        return "npm could not install what draws: see its message above, then run again"
    missing = not_installed(settings)
    return f"{missing}: package.json and settings.json must name one version" if missing else ""


def not_installed(settings: dict[str, Any]) -> str:
    """Say which of Node's packages is missing or not the pinned version, else nothing."""
    pinned = {key: settings[key] for key in ("mermaid", "elkjs")} | settings["fonts"]
    for name, version in pinned.items():
        manifest = HERE / "node_modules" / name / "package.json"
        found = json.loads(manifest.read_bytes())["version"] if manifest.is_file() else "nothing"
        if found != version:
            return f"{name} {version} is needed, {found} is installed"
    return ""


def draw(fences: list[Fence], places: Places, settings: bytes, *, everything: bool) -> int:
    """Draw what is missing (or all, to compare) and remove what is left over."""
    from browser import NoBrowserError, pen  # --check needs no Playwright

    wanted = {drawing_id(fence.text, settings): fence for fence in reversed(fences)}
    todo = [
        id_ for id_ in reversed(wanted) if everything or load_drawing(places.drawings, id_) is None
    ]
    problems = [*named_and_described(fences), *plain_labels(fences)]
    if todo:
        missing = install(json.loads(settings))
        if missing:
            print(missing, file=sys.stderr)
            return 2
        places.drawings.mkdir(parents=True, exist_ok=True)
        try:
            with pen(settings, places.roles()) as artist:
                for number, id_ in enumerate(todo, 1):
                    fence = wanted[id_]
                    print(
                        f"{number}/{len(todo)} {id_} {fence.place.file}:{fence.place.line}",
                        flush=True,
                    )
                    drawn_ = artist.draw(id_, fence.text)
                    if drawn_.mistake:
                        line = fence.place.line + drawn_.line
                        place = Place(fence.place.file, line, 1)
                        problems.append(Problem(place, "diagram-syntax", _one_line(drawn_.mistake)))
                        continue
                    structure = stored(id_, drawn_.structure)
                    drawing = read_drawing(id_, structure, drawn_.svg)
                    if lost := list(mismatches(drawing, fence.text)):
                        found = f"{lost[0]}: Mermaid left it out; write it shorter, or in words"
                        problems.append(Problem(fence.place, "diagram-words", found))
                        continue
                    if everything:
                        problems += compare(fence, places.drawings / f"{id_}.svg", drawn_.svg)
                        continue
                    _write(places.drawings / f"{id_}.svg", drawn_.svg)
                    _write(places.drawings / f"{id_}.json", structure)
        except NoBrowserError as error:
            print(error, file=sys.stderr)
            return 2
    if not everything:
        for path in leftovers(places.drawings, wanted):
            path.unlink()
            print(f"removed {_shown(path, places.root)}")
    failed = sum(problem.rule in _NOT_DRAWN for problem in problems)
    left = f", {failed} not drawn: see below" if failed else ""
    print(f"{counted(len(wanted), 'diagram')}, {len(todo) - failed} drawn{left}")
    return report(in_order(problems))


def stored(id_: str, structure: dict[str, object]) -> str:
    """The JSON of a drawing, as it is stored; read back, to be sure that it can be."""
    text = json.dumps(structure, ensure_ascii=False, indent=1) + "\n"
    read_drawing(id_, text, "")
    return text


def compare(fence: Fence, stored: Path, svg: str) -> list[Problem]:
    """Compare a drawing with the stored one: same elements, geometry within the tolerance."""
    if not stored.is_file():
        return []
    found = difference(stored.read_text(encoding="utf-8"), svg, TOLERANCE)
    return [Problem(fence.place, "diagram-moved", found)] if found else []


def _one_line(message: str) -> str:
    return " | ".join(line.strip() for line in message.splitlines() if line.strip())


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _shown(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


if __name__ == "__main__":
    sys.exit(main())
