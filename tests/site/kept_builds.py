"""Build a project again and again as ``mkdocs serve`` does, and compare with builds from the start.

Run as ``python kept_builds.py ROOT``: reads a list of edits as JSON, ``[[file, old, new], ...]``,
and prints for each which pages were made and which files differ from those of a fresh build; which
pages the search has read, and which editions were read and checked. A file whose new text is null is
removed; an edit that is null is a build; one with a fourth item is saved while the next build reads.
"""

from __future__ import annotations

import json
import logging
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

URL = "http://127.0.0.1:8000/"


class Serving:
    """What ``mkdocs serve`` does of its own accord: a first build, and one for each change."""

    def __init__(self, root: Path, site: Path) -> None:
        self.root, self.site = root, site
        first = self.config()
        first.plugins.on_startup(command="serve", dirty=False)
        self.build(first)
        self.server = SimpleNamespace(builder=self.build, watch=lambda folder: None)
        first.plugins.on_serve(self.server, config=first, builder=self.build)  # type: ignore[arg-type]

    def config(self) -> MkDocsConfig:
        config = load_config(str(self.root / "mkdocs.yml"), site_dir=str(self.site))
        config.site_url = URL
        return config

    def build(self, config: MkDocsConfig | None = None) -> None:
        build(config or self.config(), serve_url=URL)


def content(site: Path) -> dict[str, bytes]:
    """Every file of a site; the map for search engines has times in it when packed."""
    return {
        file.relative_to(site).as_posix(): file.read_bytes()
        for file in site.rglob("*")
        if file.is_file() and not file.name.endswith(".gz")
    }


def save(root: Path, file: str, old: str, new: str | None, *_: object) -> None:
    """Write a file, or remove it, as an author does."""
    path = root / file
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    assert old in text, f"{old!r} is not in {file}"
    if new is None:
        path.unlink()
    else:
        path.write_text(text.replace(old, new, 1) if old else new, encoding="utf-8")


def heard(
    module: ModuleType, name: str, then: Callable[[], None] = lambda: None
) -> list[tuple[Any, ...]]:
    """Return the list of what a function of a module is asked from now on; `then` follows it."""
    calls: list[tuple[Any, ...]] = []
    function = getattr(module, name)

    def noted(*args: object) -> object:
        calls.append(args)
        result = function(*args)
        then()
        return result

    setattr(module, name, noted)
    return calls


def main(root: Path) -> None:
    """Do every edit of the list."""
    logging.getLogger("mkdocs").setLevel(logging.CRITICAL)
    made: list[str] = []
    render = Page.render

    def counted(page: Page, *args: object) -> None:
        made.append(page.file.src_uri)
        render(page, *args)  # type: ignore[arg-type]

    Page.render = counted  # type: ignore[method-assign, assignment]
    with tempfile.TemporaryDirectory() as folder:
        serving = Serving(root, Path(folder) / "kept")
        session = sys.modules["hooks/mkdocs_events.py"].session
        searched = heard(sys.modules["annotated.publish.search_texts"], "read_page")
        meanwhile: list[list[Any]] = []

        def saved_meanwhile() -> None:
            while meanwhile:
                save(root, *meanwhile.pop())

        opened = heard(sys.modules["mkdocs_kept"], "open_layout", saved_meanwhile)
        for edits in json.load(sys.stdin):
            for edit in edits:
                if edit is None:
                    serving.server.builder()
                elif len(edit) > len(("file", "old", "new")):
                    meanwhile.append(edit)
                else:
                    save(root, *edit)
            for calls in (made, searched, opened):
                calls.clear()
            serving.server.builder()
            again = {
                "made": list(made),
                "searched": [location for location, _ in searched],
                "opened": [layout.language for _, layout, _ in opened],
            }
            kept = content(serving.site)
            for remembered in (session.kept, session.read.known, session.readers):
                remembered.clear()
            # Whatever has changed, all is built: as for a file that is neither page nor record.
            session.seen.clear()
            serving.server.builder()
            fresh = content(serving.site)
            differ = [name for name in {*kept, *fresh} if kept.get(name) != fresh.get(name)]
            print(json.dumps({**again, "differ": sorted(differ)}), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
