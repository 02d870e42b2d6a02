"""The only module that talks to MkDocs. Read it from top to bottom as the story of a build.

Whatever has an opinion lives in `annotated`; here its plain functions are called at the right
moment. Nothing is kept between builds except where the current one is being written.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from annotated.project import open_project, read_folder, repository_url, write_folder
from annotated.publish.assets import joined
from annotated.publish.downloads import comparison_files
from annotated.publish.finish import ICON, Release, finish
from annotated.publish.metadata import SiteFacts
from annotated.render.edition import Edition
from annotated.render.extension import AnnotatedExtension

log = get_plugin_logger("annotated")


@dataclass
class Build:
    """One build: what it renders from, and the page that is being rendered."""

    edition: Edition
    root: Path
    page: str = ""
    nav: list[Page] = field(default_factory=list)


@dataclass
class Staging:
    """Where the running build is written, so that the last good site stays until it is whole."""

    command: str = ""
    target: Path | None = None
    complete: bool = False

    @property
    def folder(self) -> Path:
        """The sibling in which the next site is built."""
        assert self.target is not None
        return self.target.with_name(self.target.name + ".building")

    def swap(self) -> None:
        """Put the finished build in the place of the old site, by two renames."""
        if self.target is None or not self.folder.exists():
            return
        old = self.target.with_name(self.target.name + ".old")
        shutil.rmtree(old, ignore_errors=True)
        if self.target.exists():
            self.target.rename(old)
        self.folder.rename(self.target)
        shutil.rmtree(old, ignore_errors=True)

    def drop(self) -> None:
        """Remove an unfinished build."""
        if self.target is not None:
            shutil.rmtree(self.folder, ignore_errors=True)


staging = Staging()


def on_startup(command: str, dirty: bool) -> None:
    """Remember whether this process builds or serves."""
    staging.command = command
    staging.target = None
    staging.complete = False


@event_priority(100)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Load and check everything first: a problem stops the build before a file is written."""
    root = Path(config.config_file_path).parent
    language = str(config.theme["language"])
    site, problems = open_project(root, Path(config.docs_dir), language, date.today())
    if problems:
        for problem in problems:
            print(problem, file=sys.stderr)
        raise PluginError(f"{len(problems)} problem(s) in records and pages; nothing was written")
    repository = repository_url(root)
    build = Build(Edition.of(site, language, repository), root)
    config.extra["build"] = build
    config.extra["words"] = build.edition.words
    config.extra["repository"] = repository
    if repository:
        docs = Path(config.docs_dir).relative_to(root).as_posix()
        config.edit_uri = f"{repository}/edit/main/{docs}/"
    config.markdown_extensions.append(
        AnnotatedExtension(build.edition, lambda: build.page)  # type: ignore[arg-type]
    )
    staging.target = Path(config.site_dir)
    staging.complete = False
    config.site_dir = str(staging.folder)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what is generated: tables as CSV and JSON, the joined styles and scripts."""
    build: Build = config.extra["build"]
    for path, content in comparison_files(build.edition):
        files.append(File.generated(config, path, content=content))
    for path, parts, content in joined(Path(config.theme.dirs[0]) / "assets"):
        for part in parts:
            file = files.get_file_from_path(part)
            if file:
                files.remove(file)
        files.append(File.generated(config, path, content=content))
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    """Remember the order in which pages are read."""
    config.extra["build"].nav = list(nav.pages)


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Tell the Markdown extension which page it is working on."""
    config.extra["build"].page = page.file.src_uri


@event_priority(-100)
def on_post_build(config: MkDocsConfig) -> None:
    """Finish what was written, after all other plugins: the site is whole.

    Under serve only what pages need to work is done; the rest is for publishing.
    """
    if staging.command == "build":
        folder = Path(config.site_dir)
        files = read_folder(folder)
        facts = SiteFacts(
            config.site_name, config.site_description or "", config.site_url or "",
            str(config.theme["language"]),
        )  # fmt: skip
        order = [p.file.src_uri for p in config.extra["build"].nav]
        try:
            finished = finish(files, config.extra["build"].edition, Release(facts, order, [ICON]))
        except ValueError as error:
            raise PluginError(str(error)) from error
        write_folder(folder, files, finished)
    staging.complete = True


def on_build_error(error: Exception) -> None:
    """The site is not whole, even if all its files were written: strict mode aborts late."""
    staging.complete = False


def on_shutdown() -> None:
    """Publish a finished build, drop an unfinished one (Ctrl-C ends here as well)."""
    if staging.command == "build" and staging.complete and sys.exc_info()[0] is None:
        staging.swap()
    staging.drop()


def on_serve(server: Any, config: MkDocsConfig, builder: Callable[..., None]) -> Any:
    """Serve the first build; when a later one fails, say why and go on serving the last good."""
    staging.swap()
    rebuild = server.builder

    def careful() -> None:
        staging.complete = False
        try:
            rebuild()
        except (Exception, SystemExit) as error:
            log.error(f"not rebuilt, the last good pages are still served: {error}")
            staging.drop()
        else:
            if staging.complete:
                staging.swap()

    server.builder = careful
    return server
