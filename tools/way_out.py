"""Write the site for Zensical, and list what is lost when it builds that without our hooks.

``python tools/way_out.py write FOLDER`` writes pages, styles, drawings and a configuration;
``python tools/way_out.py compare SITE FOLDER/site`` reads both sites back and lists, page by page,
what of each kind is missing; it fails where something is.
"""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import yaml
from mergedeep import merge

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "hooks"))

from annotated.project import (  # noqa: E402
    Opened,
    all_problems,
    drawing_settings,
    drawings_of,
    open_editions,
)
from annotated.publish.assets import joined  # noqa: E402
from annotated.publish.downloads import comparison_files  # noqa: E402
from annotated.publish.drawings import standalone_drawings  # noqa: E402
from annotated.records.layout import Layout  # noqa: E402
from annotated.records.pages import Page  # noqa: E402
from annotated.records.problems import counted  # noqa: E402
from annotated.render.edition import Edition  # noqa: E402
from annotated.render.fences import DiagramFence  # noqa: E402
from annotated.render.portable import portable_page  # noqa: E402
from mkdocs_editions import TEXTS, renamed  # noqa: E402

#: What only MkDocs with our hooks understands.
OURS = ("INHERIT", "hooks", "plugins", "watch", "strict", "validation", "extra", "extra_javascript")

#: What must not be lost, by the class or the element that it has on a page.
KINDS = {
    "mk": "marks", "note-part": "notes", "cmp-t": "tables", "row": "statements", "term": "terms",
    "diagram": "drawings", "lede": "answers", "tally": "tallies", "fn": "source lists",
}  # fmt: skip


def write(folder: Path) -> int:
    """Write the project below `folder`, each edition in its folder; return how many pages."""
    from mkdocs_layout import read_layouts

    layouts = [layout for layout in read_layouts(ROOT) if not layout.draft]
    opened = open_editions(ROOT, layouts, date.today())
    problems = all_problems(opened)
    if problems:
        for problem in problems:
            print(problem, file=sys.stderr)
        return 0
    shutil.rmtree(folder, ignore_errors=True)
    return sum(write_edition(each, folder) for each in opened)


def write_edition(opened: Opened, folder: Path) -> int:
    """Write one edition: its pages, what stands beside them, its configuration."""
    site, layout = opened.site, opened.layout
    edition = Edition.of(site, layout.language, folder=layout.folder)
    other = layout.language if layout.folder else ""
    docs = folder / (other or "docs")
    current: list[str] = [""]
    fence = DiagramFence(edition, drawings_of(ROOT), drawing_settings(ROOT), lambda: current[0])

    def figure(source: str, page: Page) -> str:
        current[0] = page.path
        return fence(source, "mermaid", "mermaid", {}, None)

    for page in site.pages.values():
        put(docs / page.path, portable_page(page, edition, figure))
    for path, content in files(edition, layout):
        put(docs / path, content)
    name = f"mkdocs-{other}.yml" if other else "mkdocs.yml"
    settings = yaml.safe_dump(configuration(other), allow_unicode=True, sort_keys=False)
    put(folder / name, settings)
    return len(site.pages)


def files(edition: Edition, layout: Layout) -> list[tuple[str, str | bytes]]:
    """What stands beside the pages: tables, drawings, one stylesheet, the project's pictures."""
    assets = ROOT / "overrides" / "assets"
    found: list[tuple[str, str | bytes]] = [*comparison_files(edition)]
    found += standalone_drawings(drawings_of(ROOT), assets / "styles")
    found += [(path, text) for path, _, text in joined(assets) if path.endswith(".css")]
    found += [
        (f"assets/{file.name}", file.read_text(encoding="utf-8")) for file in assets.glob("*.svg")
    ]
    for path in layout.files or ():
        file = layout.file_of(path)
        if file.is_file():
            found.append((path, file.read_bytes()))
    return found


def put(file: Path, content: str | bytes) -> None:
    """Write `content`, with the folders above it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)


def configuration(language: str = "") -> dict[str, Any]:
    """The configuration, of another edition if named, without what only our hooks need."""

    class Loader(yaml.SafeLoader):
        """Takes MkDocs' own tags for nothing."""

    Loader.add_multi_constructor("", lambda *_: None)
    settings: dict[str, Any] = {}
    file: Path | None = ROOT / "mkdocs.yml"
    while file:
        one = yaml.load(file.read_text(encoding="utf-8"), Loader)  # noqa: S506 (a safe loader)
        parent = one.get("INHERIT")
        settings = merge(one, settings)
        file = file.parent / parent if parent else None
    if language:
        own = settings["extra"]["editions"][language]
        settings |= {key: own[key] for key in TEXTS if key in own}
        settings["nav"] = renamed(settings["nav"], own.get("nav", {}))
        settings["theme"]["language"] = language
        settings["site_dir"] = f"site/{language}"
    for key in OURS:
        settings.pop(key, None)
    settings["theme"].pop("custom_dir", None)
    settings["docs_dir"] = language or "docs"
    return {key: value for key, value in settings.items() if value is not None}


class Things(HTMLParser):
    """Counts what a page shows of each kind."""

    def __init__(self) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()
        self.places: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count an element by its classes and its name."""
        given = dict(attrs)
        classes = (given.get("class") or "").split()
        place = given.get("id") or ""
        if place and not place.startswith("__"):  # the theme's own
            self.places.add(place)
        self.found.update(KINDS[name] for name in {tag, *classes} if name in KINDS)


def things(file: Path) -> Things:
    """Read what a built page shows."""
    reader = Things()
    reader.feed(file.read_text(encoding="utf-8"))
    return reader


def lost(ours: Path, theirs: Path) -> list[str]:
    """List what pages below `ours` show and those below `theirs` do not."""
    said = []
    for file in sorted(ours.rglob("*.html")):
        name = file.relative_to(ours).as_posix()
        if file.name == "404.html":
            continue
        if not (theirs / name).exists():
            said.append(f"{name}: the page is missing")
            continue
        here, there = things(file), things(theirs / name)
        for kind, count in sorted(here.found.items()):
            if there.found[kind] < count:
                said.append(f"{name}: {count - there.found[kind]} of {count} {kind}")
        said += [f"{name}: the place '#{place}'" for place in sorted(here.places - there.places)]
    return said


def main(arguments: list[str]) -> int:
    """Write or compare; return the exit code."""
    if len(arguments) == 2 and arguments[0] == "write":
        count = write(Path(arguments[1]))
        print(f"{counted(count, 'page')} written to {arguments[1]}")
        return 0 if count else 1
    if len(arguments) == 3 and arguments[0] == "compare":
        missing = lost(Path(arguments[1]), Path(arguments[2]))
        print("\n".join(missing) or "nothing is lost")
        return 1 if missing else 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
