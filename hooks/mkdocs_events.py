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
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from annotated.project import (
    check_diagrams,
    drawing_settings,
    drawings_of,
    open_project,
    read_folder,
    repository_url,
    write_folder,
)
from annotated.publish.assets import joined
from annotated.publish.downloads import comparison_files
from annotated.publish.drawings import standalone_drawings
from annotated.publish.finish import ICON, Release, finish
from annotated.publish.metadata import SiteFacts
from annotated.publish.page_html import accessible_names, html_of
from annotated.publish.search import SOURCES, with_search
from annotated.render.edition import Edition
from annotated.render.extension import AnnotatedExtension
from annotated.render.fences import FOLDER, DiagramFence

log = get_plugin_logger("annotated")

#: Where a page finds the library that draws a fence live, under serve only.
LIVE = "assets/vendor/mermaid.min.js"


@dataclass
class Build:
    """One build: what it renders from, and the page that is being rendered."""

    edition: Edition
    root: Path
    page: str = ""
    nav: list[StructureItem] = field(default_factory=list)
    order: list[str] = field(default_factory=list)
    facts: SiteFacts | None = None
    fence: DiagramFence | None = None
    library: Path | None = None


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
    if staging.command == "build":
        problems += check_diagrams(site, root)
    if problems:
        for problem in problems:
            print(problem, file=sys.stderr)
        raise PluginError(f"{len(problems)} problem(s) in records and pages; nothing was written")
    repository = repository_url(root)
    build = Build(Edition.of(site, language, repository), root)
    build.facts = SiteFacts(
        config.site_name, config.site_description or "", config.site_url or "", language
    )
    config.extra["build"] = build
    config.extra["words"] = build.edition.words
    config.extra["repository"] = repository
    if repository:
        docs = Path(config.docs_dir).relative_to(root).as_posix()
        config.edit_uri = f"{repository}/edit/main/{docs}/"
    config.markdown_extensions.append(
        AnnotatedExtension(build.edition, lambda: build.page)  # type: ignore[arg-type]
    )
    draw_fences(config, build)
    staging.target = Path(config.site_dir)
    staging.complete = False
    config.site_dir = str(staging.folder)
    return config


def draw_fences(config: MkDocsConfig, build: Build) -> None:
    """Have Mermaid fences formatted by their stored drawings.

    While an author is still writing one, mermaid2 draws it live under serve, if the library
    that ``make diagrams`` installs is there.
    """
    library = build.root / "tools/draw/node_modules/mermaid/dist/mermaid.min.js"
    live: Callable[..., str] | None = None
    plugin = config.plugins.get("mermaid2")
    if staging.command == "serve" and plugin is not None and library.exists():
        from mermaid2 import fence_mermaid_custom  # type: ignore[import-untyped]  # noqa: PLC0415

        live = fence_mermaid_custom
        # The plugin looks for its library below docs/ only; on_files puts it where pages ask.
        plugin._javascript = LIVE  # noqa: SLF001
        build.library = library
    fence = DiagramFence(
        build.edition,
        drawings_of(build.root),
        drawing_settings(build.root),
        lambda: build.page,
        live,
    )

    def formatter(*args: Any, **kwargs: Any) -> str:
        return fence(*args, **kwargs)

    # By this name the plugin knows that fences may hold diagrams for it.
    formatter.__name__ = "fence_mermaid_custom"
    settings = config.mdx_configs.setdefault("pymdownx.superfences", {})
    others = [f for f in settings.get("custom_fences", []) if f["name"] != "mermaid"]
    settings["custom_fences"] = [
        *others,
        {"name": "mermaid", "class": "mermaid", "format": formatter},
    ]
    build.fence = fence


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what is generated: tables as CSV and JSON, the joined styles and scripts."""
    build: Build = config.extra["build"]
    assets = Path(config.theme.dirs[0]) / "assets"
    for path, content in comparison_files(build.edition):
        files.append(File.generated(config, path, content=content))
    for path, parts, content in joined(assets):
        for part in parts:
            file = files.get_file_from_path(part)
            if file:
                files.remove(file)
        files.append(File.generated(config, path, content=content))
    for file in [f for f in files if f.src_uri.startswith((FOLDER, SOURCES))]:
        files.remove(file)
    for path, content in standalone_drawings(drawings_of(build.root), assets / "styles"):
        files.append(File.generated(config, path, content=content))
    if build.library is not None:
        files.append(File.generated(config, LIVE, abs_src_path=str(build.library)))
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    """Remember the order in which pages are read."""
    build: Build = config.extra["build"]
    build.nav, build.order = list(nav), [page.file.src_uri for page in nav.pages]


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Tell the Markdown extension which page it is working on."""
    config.extra["build"].page = page.file.src_uri


@event_priority(100)
def on_env(env: Any, config: MkDocsConfig, files: Files) -> None:
    """Make HTML of what the theme writes as it finds it: names, titles, the front matter.

    Titles that come from a heading are HTML already.
    """
    for name in ("site_name", "site_description", "site_author"):
        config[name] = html_of(config[name])
    items = list(config.extra["build"].nav)
    while items:
        item = items.pop()
        items += item.children or []
        if "title" in vars(item):
            item.title = html_of(item.title)
    for file in files.documentation_pages():
        if file.page is not None:
            file.page.meta = html_of(file.page.meta)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Give names to what the theme leaves nameless for those who hear the page."""
    return named(output, page.file.src_uri, config)


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """Do the same on the page for lost readers, which is a template."""
    if template_name != "404.html":
        return output_content
    return named(output_content, template_name, config)


def named(html: str, name: str, config: MkDocsConfig) -> str:
    """Return a finished page with its accessible names; a theme that has changed is an error."""
    try:
        return accessible_names(html, config.extra["build"].edition.words)
    except ValueError as error:
        raise PluginError(f"{name}: {error}") from error


@event_priority(-100)
def on_post_build(config: MkDocsConfig) -> None:
    """Finish what was written, after all other plugins: search always, the rest to publish."""
    build: Build = config.extra["build"]
    assert build.fence is not None
    folder = Path(config.site_dir)
    files = read_folder(folder)
    assert build.facts is not None
    engine = {
        file.name: file.read_text(encoding="utf-8")
        for file in (Path(config.theme.dirs[0]) / SOURCES).glob("*.js")
    }
    try:
        done = with_search(files, engine, build.edition, build.fence.drawing)
        if staging.command == "build":
            release = Release(
                build.facts, build.order, [ICON], build.fence.markdown, own_scripts(config)
            )
            done = finish(done, build.edition, release)
    except ValueError as error:
        raise PluginError(str(error)) from error
    write_folder(folder, files, done)
    staging.complete = True


def own_scripts(config: MkDocsConfig) -> frozenset[str]:
    """The scripts of the project's own theme folder: what a page may hold of them in itself."""
    files = (Path(config.theme.dirs[0]) / "assets").rglob("*.js")
    return frozenset(file.read_text(encoding="utf-8").strip() for file in files)


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
        except (Exception, SystemExit) as error:  # noqa: BLE001 (whatever it is, serving goes on)
            log.error(f"not rebuilt, the last good pages are still served: {error}")
            staging.drop()
        else:
            if staging.complete:
                staging.swap()

    server.builder = careful
    return server
