"""Under serve, what was made in the build before is taken over, if nothing in it has changed.

MkDocs makes every page again whenever one is saved. What takes the time is Markdown and the
theme's templates, so the result of both is kept, page by page, under a key of all that goes into
it. Nothing is kept between processes: what is published is always made from the start.

Beside ``mkdocs_events.py`` and ``mkdocs_layout.py`` the only module that talks to MkDocs.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from annotated.project import drawing_settings, open_layout
from annotated.records.layout import Layout
from annotated.records.load import Site
from annotated.records.problems import Problem
from annotated.render.edition import Edition
from annotated.render.shared import shared
from mkdocs_layout import Keys

#: The template that writes a page as it was.
TEMPLATE = "kept.html"
#: Plugins that look at one page at a time. Of others nobody knows what a page takes from the rest.
KNOWN_PLUGINS = {"search", "material/search", "mermaid2"}


#: Files, each with what changes whenever it is written.
Stamps = dict[str, tuple[int, int]]


@dataclass
class KeptSites:
    """Editions as they were read: none is read and checked again while its files are the same."""

    known: dict[str, tuple[object, Site, list[Problem]]] = field(default_factory=dict)
    #: What the build that is running reads, stamped before: the pages of each edition by its
    #: folder, and what all are made from by "all". What is saved meanwhile counts for the next.
    seen: dict[str, Stamps] = field(default_factory=dict)

    def open(
        self, config: MkDocsConfig, root: Path, layout: Layout, today: date
    ) -> tuple[Site, list[Problem]]:
        """Do what `open_layout` does, if it would not find what it found last."""
        made_from = (
            today,
            layout,
            drawing_settings(root),
            self._stamps("all", sources(config)),
            self._stamps(layout.folder, [layout.docs]),
            stamps(layout.lent.values()),
        )
        if layout.folder not in self.known or self.known[layout.folder][0] != made_from:
            self.known[layout.folder] = (made_from, *open_layout(root, layout, today))
        _, site, problems = self.known[layout.folder]
        # What is read together is tied together: a copy, or each save would hold all before it.
        return replace(site), list(problems)

    def _stamps(self, name: str, files: Iterable[Path]) -> Stamps:
        """The stamps of one part, as they were when this build began."""
        if name not in self.seen:
            self.seen[name] = stamps(files)
        return self.seen[name]


@dataclass
class KeptPage:
    """A page as Markdown leaves it, and what the theme's template made of it."""

    key: str
    content: str = ""
    toc: TableOfContents = field(default_factory=lambda: TableOfContents([]))
    title: str | None = None
    anchors: set[str] | None = None
    links: dict[str, dict[str, str]] = field(default_factory=dict)  # by the file they lead to
    output: str = ""

    def take_down(self, page: Page) -> None:
        """Remember a page that was rendered."""
        assert page.content is not None
        self.content, self.toc = page.content, page.toc
        self.title, self.anchors = page._title_from_render, page.present_anchor_ids  # noqa: SLF001
        self.links = {file.src_uri: links for file, links in (page.links_to_anchors or {}).items()}

    def put_into(self, page: Page, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        """Do what the page's own `render` would: fill in what Markdown makes of it."""
        page.content, page.toc = self.content, self.toc
        page._title_from_render, page.present_anchor_ids = self.title, self.anchors  # noqa: SLF001
        targets = {files.get_file_from_path(name): links for name, links in self.links.items()}
        page.links_to_anchors = {file: links for file, links in targets.items() if file}


@dataclass
class Kept:
    """The pages of the last good build, and those of the one that is running."""

    good: dict[str, KeptPage] = field(default_factory=dict)
    running: dict[str, KeptPage] = field(default_factory=dict)
    world: str = ""

    def begin(self, config: MkDocsConfig, files: Files, edition: Edition, *others: object) -> None:
        """Note all that pages are made from beside their own text: what `others` tell, too."""
        self.running = {}
        self.world = repr(
            [
                date.today(),
                *((file.src_uri, file.dest_uri, file.inclusion) for file in files),
                *others,
                *shared(edition),
            ]
        )
        # A plugin may show a page what nobody here knows of; a warning has to come again.
        if set(config.plugins) - set(config.hooks) - KNOWN_PLUGINS or not config.strict:
            self.good = {}

    def take(self, page: Page, source: str) -> None:
        """Have MkDocs take over the page, if it is what it was; `source` is all that is written."""
        key = hashlib.sha256(f"{source}\0{self.world}".encode()).hexdigest()
        kept = self.good.get(page.file.src_uri)
        if kept is None or kept.key != key:
            kept = KeptPage(key)
        else:
            page.meta["template"] = TEMPLATE
            page.render = partial(kept.put_into, page)  # type: ignore[method-assign]
        self.running[page.file.src_uri] = kept

    def keep_content(self, page: Page) -> None:
        """Remember what Markdown has made of the page."""
        if page.file.src_uri in self.running:
            self.running[page.file.src_uri].take_down(page)

    def keep_output(self, page: Page, output: str) -> None:
        """Remember what the theme has made of the page."""
        if page.file.src_uri in self.running:
            self.running[page.file.src_uri].output = output

    def put_back(self, page: Page) -> bool:
        """Hand a page that is taken over to its template, as the theme had made it."""
        taken: bool = page.meta.get("template") == TEMPLATE
        if taken:
            page.meta["kept"] = self.running[page.file.src_uri].output
        return taken

    def end(self) -> None:
        """The build was good: the next one may take its pages over."""
        self.good, self.running = self.running, {}


def sources(config: MkDocsConfig) -> Iterator[Path]:
    """What pages are made from beside their own text: records, templates, the configuration."""
    file = Path(config.config_file_path)
    yield from (file.parent / name for name in Keys(file).files)
    yield from map(Path, config.watch)
    yield file.parent / "data"
    yield from map(Path, config.theme.dirs[:1])


def stamps(folders: Iterable[Path]) -> Stamps:
    """Every file of the folders, with the time of its last change in nanoseconds, and its size."""
    found = {}
    for folder in folders:
        for file in [folder, *_below(folder)]:
            with suppress(OSError):  # an editor has just taken it away
                status = file.stat()
                if stat.S_ISREG(status.st_mode):
                    found[str(file)] = (status.st_mtime_ns, status.st_size)
    return found


def _below(folder: Path) -> Iterator[Path]:
    """All files below a folder, in order; links are followed, but for those to what is around."""
    for name, folders, files in os.walk(folder, followlinks=True):
        place = Path(name)
        here = place.resolve()
        folders[:] = sorted(f for f in folders if not here.is_relative_to((place / f).resolve()))
        yield from (place / file for file in sorted(files))
