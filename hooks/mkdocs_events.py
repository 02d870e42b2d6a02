"""What happens when in MkDocs. Read it from top to bottom as the story of a build.

Whatever has an opinion lives in `annotated`; here its plain functions are called at the right
moment. Only `Session` outlives a build: what this process does, and where it is writing.
"""

from __future__ import annotations

import os
import posixpath
import shutil
import sys
from collections import defaultdict
from collections.abc import Callable, Collection
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import TemplateError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from annotated.check import WARNING_RULES, check_site
from annotated.compiled import Compiled
from annotated.folder import Folder
from annotated.project import (
    Opened,
    all_problems,
    check_editions,
    check_files,
    drawing_settings,
    drawings_of,
    gaps_of,
    open_editions,
    open_layout,
)
from annotated.publish.assets import joined
from annotated.publish.deck import deck_file
from annotated.publish.downloads import all_files
from annotated.publish.drawings import standalone_drawings
from annotated.publish.editions import LOST, alternates, ways_from
from annotated.publish.feed import FEED, feed
from annotated.publish.finish import ICON, Part, Release, finish, without_worker
from annotated.publish.licences import FILE as LICENCES
from annotated.publish.licences import licences
from annotated.publish.metadata import SiteFacts
from annotated.publish.navigation import shown_entries
from annotated.publish.page_html import accessible_names, html_of, named_tasks, sized_pictures
from annotated.publish.search import SOURCES, put_search, stand_in_script
from annotated.publish.search_texts import PageReader
from annotated.records.layout import Layout
from annotated.records.problems import Place, Problem, counted
from annotated.records.urls import url_of
from annotated.records.wording import Words
from annotated.render.edition import Edition, link_to
from annotated.render.extension import AnnotatedExtension
from annotated.render.fences import FOLDER, DiagramFence
from annotated.render.labs import labelled
from annotated.render.parts import PartError
from annotated.render.practice import brought_later, practice_offer
from annotated.render.returning import citation, corrections_html
from annotated.repository import repository_of
from annotated.staging import Staging, StagingError
from mkdocs_editions import build as build_edition
from mkdocs_editions import configured_again
from mkdocs_kept import Kept, KeptSites, Stamps, sources, stamps
from mkdocs_layout import Keys, layouts_of

log = get_plugin_logger("annotated")

#: Where a page finds the library that draws a fence live, under serve only.
LIVE = "assets/vendor/mermaid.min.js"
#: What MkDocs takes for the folder of pages and their branch, where nobody has told it.
GUESSED = (None, "", "edit/master/docs/", "src/default/docs/")
#: What leaves a part of a page out of the search, as Markdown's attribute lists write it.
MARKED_OUT = 'data-search-exclude="data-search-exclude"'


@dataclass
class Build:
    """One build: what it renders from, and the page that is being rendered.

    MkDocs makes a Markdown parser for each page and does not tell it which; only the event
    before that does. So the page stands here, and what renders asks for it.
    """

    edition: Edition
    root: Path
    layout: Layout
    page: str = ""
    nav: list[StructureItem] = field(default_factory=list)
    order: list[str] = field(default_factory=list)
    sections: dict[str, str] = field(default_factory=dict)
    facts: SiteFacts | None = None
    feed: str = ""
    fence: DiagramFence | None = None
    library: Path | None = None
    searched: list[tuple[str, str]] = field(default_factory=list)
    others: list[tuple[MkDocsConfig, Opened]] = field(default_factory=list)


@dataclass
class Session:
    """What outlives a build: what this process is doing, and where the next site is built.

    Under serve there is no site to lose until the first build stands, so that one is written in
    place.
    """

    serving: bool = False
    staged: bool = True
    staging: Staging | None = None
    complete: bool = False
    config: MkDocsConfig | None = None
    inner: Opened | None = None  # another edition that is being built within the first
    editions: list[Edition] = field(default_factory=list)  # all that this build is of
    parts: list[Part] = field(default_factory=list)  # the editions that are written
    compiled: Compiled = field(default_factory=Compiled)
    # By edition: pages of the same name stand in each, so each has what remembers them.
    readers: dict[str, PageReader] = field(default_factory=lambda: defaultdict(PageReader))
    kept: dict[str, Kept] = field(default_factory=lambda: defaultdict(Kept))
    read: KeptSites = field(default_factory=KeptSites)
    alone: bool = False  # whether the first edition is built and the others stay as they are
    seen: dict[str, Stamps] = field(default_factory=dict)  # what each edition was made from

    def begin(self, config: MkDocsConfig) -> None:
        """Have `config` write to a folder of its own."""
        self.drop()
        self.config = config
        self.complete = False
        if self.staged:
            self.staging = Staging.beside(Path(config.site_dir))
            config.site_dir = str(self.staging.folder)

    def publish(self) -> None:
        """Put the finished site in its place; what follows a build finds it there."""
        if self.staging is None or self.config is None:
            return
        staging, self.staging = self.staging, None
        kept = staging.publish(keep=not self.serving)
        self.config.site_dir = str(staging.target)
        if kept:
            log.info(f"kept what was not made here: {', '.join(kept)}")

    def end(self, built: Collection[str] | None = None) -> None:
        """The build of these editions was good, or of all: the next one may take over its pages."""
        for folder, kept in self.kept.items():
            if built is None or folder in built:
                kept.end()

    def drop(self) -> None:
        """Remove an unfinished site."""
        if self.staging is not None:
            self.staging.drop()
            self.staging = None


session = Session()


def on_startup(command: str, dirty: bool) -> None:
    """Remember whether this process serves; anything else publishes, as gh-deploy does."""
    if session.inner is not None:
        return
    session.drop()
    session.serving = command == "serve"
    session.staged = not session.serving


@event_priority(100)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Load and check everything first: a problem stops the build before a file is written."""
    root = Path(config.config_file_path).parent
    if session.inner is not None:
        prepare(config, root, session.inner)
        return config
    editions, opened = read_editions(config, root)
    problems = all_problems(opened)
    if not session.serving:
        problems += check_files([each.site for each in opened], root)
        problems += check_editions(opened)
    refuse(problems)
    if session.serving:  # while one language is written, the other may wait
        for each in opened[1:]:
            log.info(f"edition '{each.layout.language}': {gaps_of(opened[0], each)}")
    for warning in check_site(opened[0].site, WARNING_RULES):
        print(warning, file=sys.stderr)
    others = [
        (own, each)
        for (own, _), each in zip(editions[1:], opened[1:], strict=True)
        if session.serving or not each.layout.draft
    ]
    session.parts = []
    session.editions = [
        Edition.of(each.site, each.layout.language, folder=each.layout.folder)
        for each in (opened[0], *(other for _, other in others))
    ]
    build = prepare(config, root, opened[0])
    build.others = others
    try:
        session.begin(config)
    except StagingError as error:
        raise PluginError(str(error)) from error
    return config


def refuse(problems: list[Problem]) -> None:
    """Stop a build that has problems, and say them all."""
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        raise PluginError(
            f"{counted(len(problems), 'problem')} in records and pages; nothing was written"
        )


def read_editions(
    config: MkDocsConfig, root: Path
) -> tuple[list[tuple[MkDocsConfig, Layout]], list[Opened]]:
    """Read each edition; under serve, those of which a file has changed since the last build."""
    editions = layouts_of(config, drafts=session.serving)
    read = partial(session.read.open, config) if session.serving else open_layout
    return editions, open_editions(root, [layout for _, layout in editions], date.today(), read)


def prepare(config: MkDocsConfig, root: Path, opened: Opened) -> Build:
    """Have one edition built: put at hand what its pages are rendered from."""
    site, layout = opened.site, opened.layout
    repository = repository_of(root, config.repo_url or "")
    edition = Edition.of(site, layout.language, repository.url, layout.folder)
    build = Build(edition, root, layout)
    build.facts = SiteFacts(
        config.site_name,
        config.site_description or "",
        config.site_url or "",
        layout.language,
        str(config.extra.get("licence", "")),
        layout.folder,
    )
    config.extra["build"] = build
    config.extra["words"] = build.edition.words
    speak(config, build.edition.words)
    config.extra["repository"] = repository.url
    # The theme asks whether there are other languages, and includes our switch.
    config.extra["alternate"] = len(session.editions) > 1
    config.extra["scope"] = urlsplit(config.site_url or "/").path.removesuffix(layout.folder) or "/"
    config.extra["ways"] = ways_from(LOST, edition, session.editions)
    config.extra["alternates"] = []
    config.extra["first"] = not layout.folder
    config.extra["ways_on"] = [
        site.pages[path]
        for path in (build.edition.notes_page, build.edition.glossary_page)
        if path is not None
    ]
    if config.edit_uri in GUESSED and not config.edit_uri_template:
        docs = os.path.relpath(config.docs_dir, root).replace(os.sep, "/")
        config.edit_uri = repository.editor(f"{docs}/") or None
    config.markdown_extensions.append(
        AnnotatedExtension(build.edition, lambda: build.page)  # type: ignore[arg-type]
    )
    draw_fences(config, build)
    return build


def speak(config: MkDocsConfig, words: Words) -> None:
    """Give the theme the words of the edition where the configuration leaves them out."""
    palette = config.theme.get("palette")
    options = palette if isinstance(palette, list) else []
    for option, following in zip(options, options[1:] + options[:1], strict=True):
        # A switch says what it leads to: the option after it.
        leads_to = {"default": "light", "slate": "dark"}.get(following.get("scheme"), "system")
        if "toggle" in option:
            option["toggle"].setdefault("name", words(f"palette-{leads_to}"))
    contents = config.mdx_configs.setdefault("toc", {})
    contents.setdefault("permalink_title", words("section-link"))
    if "footnotes" in config.markdown_extensions:
        notes = config.mdx_configs.setdefault("footnotes", {})
        notes.setdefault("BACKLINK_TITLE", words("footnote-back", number="{}"))


def draw_fences(config: MkDocsConfig, build: Build) -> None:
    """Have Mermaid fences formatted by their stored drawings.

    While an author is still writing one, mermaid2 draws it live under serve, if the library
    that ``make diagrams`` installs is there.
    """
    library = build.root / "tools/draw/node_modules/mermaid/dist/mermaid.min.js"
    live: Callable[..., str] | None = None
    plugin = config.plugins.get("mermaid2")
    if session.serving and plugin is not None and library.exists():
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
    for path, lent in build.layout.lent.items():
        folder = str(lent).removesuffix(path)
        files.append(File(path, folder, config.site_dir, use_directory_urls=False))
    for page in files.documentation_pages(inclusion=InclusionLevel.all):
        page.edit_uri = url_of(page.src_uri)
    assert build.facts is not None
    for path, content in [
        *all_files(build.edition),
        *brought_later(build.edition),
        *deck_file(build.edition, build.facts),
    ]:
        files.append(File.generated(config, path, content=content))
    build.feed = feed(build.edition, build.facts) if build.facts.url else ""
    if build.feed:
        files.append(File.generated(config, FEED, content=build.feed))
    notices = licences(str(config.theme.name))
    if notices:
        files.append(File.generated(config, LICENCES, content=notices))
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
    for page in nav.pages:
        if page.parent is not None:
            folder = page.file.src_uri.rpartition("/")[0]
            build.sections.setdefault(folder, page.parent.title)
    if session.serving:
        made_from = session.read.seen["all"]
        kept_of(config).begin(config, files, build.edition, build.library, made_from)


def kept_of(config: MkDocsConfig) -> Kept:
    """The pages of this edition that need not be made again."""
    build: Build = config.extra["build"]
    return session.kept[build.layout.folder]


@event_priority(100)
def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Tell the Markdown extension which page it is working on, and MkDocs what stands in it.

    Front matter has one parser, ours: MkDocs takes what it cannot read for text.
    """
    build: Build = config.extra["build"]
    build.page = page.file.src_uri
    authored = build.edition.site.pages.get(page.file.src_uri)
    if authored is None:
        return markdown
    page.meta = dict(authored.meta.value) if authored.meta else {}
    if session.serving:
        kept_of(config).take(page, f"{authored.text}{authored.beside}")
    return labelled(authored, build.edition)


@event_priority(100)
def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Keep what Markdown has made of the page, before another plugin works on it."""
    kept_of(config).keep_content(page)


@event_priority(100)
def on_env(env: Any, config: MkDocsConfig, files: Files) -> None:
    """Make HTML of what the theme writes as it finds it: names, titles, the front matter.

    Titles that come from a heading are HTML already. Templates stay compiled between builds.
    """
    env.bytecode_cache = session.compiled
    for name in ("site_name", "site_description", "site_author"):
        config[name] = html_of(config[name])
    items = list(config.extra["build"].nav)
    while items:
        item = items.pop()
        items += item.children or []
        if "title" in vars(item):
            item.title = html_of(item.title)
    inclusion = InclusionLevel.is_in_serve if session.serving else InclusionLevel.is_included
    built = [file.page for file in files.documentation_pages(inclusion=inclusion) if file.page]
    for page in built:
        page.meta = html_of(page.meta)
    config.extra["build"].searched = searched(built)


def searched(pages: list[Page]) -> list[tuple[str, str]]:
    """Return address and title of the pages that may be found, and have the theme's index skip all.

    Our search reads the finished pages, so what the theme's would gather is of no use.
    """
    found = []
    for page in pages:
        own = page.meta.get("search") or {}
        if not own.get("exclude"):
            found.append((page.url, str(page.title)))
        # The theme's would take this mark of an author away, which ours reads.
        page.content = (page.content or "").replace(MARKED_OUT, MARKED_OUT.partition("=")[0])
        page.meta["search"] = {**own, "exclude": True}
    return found


def on_page_context(
    context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation
) -> TemplateContext:
    """Give each page the part of the navigation that its readers need."""
    if kept_of(config).put_back(page):
        return context
    words: Words = config.extra["words"]
    part = copy(nav)
    part.items = listed(nav.items, words)
    context["nav"] = part
    address_editions(config, page)
    for_returning_readers(context, page, config)
    return context


def for_returning_readers(context: TemplateContext, page: Page, config: MkDocsConfig) -> None:
    """Give a page what stands at its end: questions, how it is cited, corrections, the feed."""
    build: Build = config.extra["build"]
    edition, path = build.edition, page.file.src_uri
    assert build.facts is not None
    own = edition.site.pages.get(path)
    version = str(config.extra.get("version", ""))
    address = page.canonical_url or ""
    named: dict[str, Any] = {
        "citation": citation(own, edition, build.facts.name, version, address) if own else "",
        "corrections": corrections_html(path, edition),
        "practice": practice_offer(path, edition),
        "feed": link_to(FEED, path) if build.feed and path == edition.changes_page else "",
    }
    context.update(named)  # type: ignore[typeddict-item]


def address_editions(config: MkDocsConfig, page: Page) -> None:
    """Say where the other editions of a page are, for its switch and for machines."""
    build: Build = config.extra["build"]
    folder = posixpath.dirname(build.layout.folder + page.file.dest_uri) or "."
    config.extra["ways"] = ways_from(page.file.dest_uri, build.edition, session.editions)
    # Settings of a reader are kept for the whole site, whichever edition it is.
    config.extra["scope"] = posixpath.relpath(".", folder)
    site = (config.site_url or "").removesuffix(build.layout.folder)
    addresses = [(each.language, site + each.folder) for each in session.editions]
    config.extra["alternates"] = alternates(url_of(page.file.dest_uri), addresses if site else [])


def listed(items: list[StructureItem], words: Words) -> list[StructureItem]:
    """Return the entries of a section that is open, and of those that are open in it.

    The last one says how many are left out, and leads to the first page of the section.
    """
    at = next((n for n, item in enumerate(items) if getattr(item, "active", False)), 0)
    entries = shown_entries(items, at)
    out: list[StructureItem] = []
    for item in entries:
        if isinstance(item, Section) and item.active:
            item = copy(item)
            item.children = listed(item.children, words)
        out.append(item)
    if len(entries) < len(items) and isinstance(items[0], Page):
        out.append(Link(words("nav-more", count=len(items) - len(entries)), items[0].url))
    return out


@event_priority(100)
def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Give names to what the theme leaves nameless for those who hear the page.

    First of all: another plugin may write the page anew, and attributes in another order.
    """
    kept_of(config).keep_output(page, output)
    output = sized_pictures(output, page.url, config.extra["build"].edition.site.pictures or {})
    output = named_tasks(output, config.extra["build"].edition.words)
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
    assert build.facts is not None
    files = Folder(Path(config.site_dir))
    engine = {
        file.name: file.read_text(encoding="utf-8")
        for file in (Path(config.theme.dirs[0]) / SOURCES).glob("*.js")
    }
    try:
        reader = session.readers[build.layout.folder]
        put_search(files, engine, build.edition, build.fence.drawing, build.searched, reader)
        if not session.serving:
            refuse_undrawn(build, config)
        release = Release(
            build.facts,
            build.order,
            [ICON],
            build.fence.markdown,
            own_scripts(config) | {stand_in_script(engine)},
            frozenset(t for t in config.theme.static_templates if t.endswith(".html")),
            bool(config.extra.get("offline", True)),
            build.sections,
        )
        session.parts.append(Part(build.edition, release))
        if session.serving:
            without_worker(files, first=session.inner is None)
        if session.inner is not None:
            return
        for own, opened in build.others:
            if session.alone:
                take_over(opened.layout.folder)
            else:
                build_within(own, opened)
        if not session.serving:
            finish(Folder(Path(config.site_dir)), session.parts)
    except ValueError as error:
        raise PluginError(str(error)) from error
    session.complete = True


def take_over(folder: str) -> None:
    """Have the next site show another edition as it is: what it is made from has not changed."""
    assert session.staging is not None
    there, to = session.staging.target / folder, session.staging.folder / folder
    shutil.rmtree(to, ignore_errors=True)  # as a build of the edition would
    shutil.copytree(there, to, copy_function=os.link)


def build_within(config: MkDocsConfig, opened: Opened, place: Path | None = None) -> None:
    """Build another edition into its folder of the first: both are published, or neither."""
    assert session.config is not None
    session.inner = opened
    config.site_dir = str(place or Path(session.config.site_dir) / opened.layout.folder)
    log.info(f"building the edition in '{opened.layout.language}'")
    try:
        build_edition(config, config.site_url or "/" if session.serving else None)
    finally:
        session.inner = None


def refuse_undrawn(build: Build, config: MkDocsConfig) -> None:
    """Whatever the checks have seen, no page is published with a diagram that is not drawn."""
    assert build.fence is not None
    for page, source in build.fence.undrawn:
        text = (Path(config.docs_dir) / page).read_text(encoding="utf-8-sig")
        first = next((line.strip() for line in source.splitlines() if line.strip()), "")
        line = text[: max(0, text.find(first))].count("\n")  # the fence begins a line before
        place = Place(build.edition.site.pages[page].file, max(1, line))
        print(
            Problem(place, "diagram-missing", "the diagram has no drawing; run 'make diagrams'"),
            file=sys.stderr,
        )
    if build.fence.undrawn:
        raise PluginError(
            f"{counted(len(build.fence.undrawn), 'diagram')} not drawn; nothing was published"
        )


def own_scripts(config: MkDocsConfig) -> frozenset[str]:
    """The scripts of the project's own theme folder: what a page may hold of them in itself."""
    files = (Path(config.theme.dirs[0]) / "assets").rglob("*.js")
    return frozenset(file.read_text(encoding="utf-8").strip() for file in files)


def on_build_error(error: Exception) -> None:
    """The site is not whole, even if all its files were written: strict mode aborts late.

    A template or a file that fails is a mistake of an author: it is told without a trace.
    """
    session.complete = False
    if isinstance(error, PartError):
        raise PluginError(str(error)) from error
    if isinstance(error, (TemplateError, OSError, UnicodeError)):
        place = getattr(error, "filename", None) or ""
        line = getattr(error, "lineno", None)
        where = f"{place}:{line}: " if line else f"{place}: " if place else ""
        raise PluginError(f"{where}{type(error).__name__}: {error}") from error


def on_shutdown() -> None:
    """Publish a finished site, drop an unfinished one (Ctrl-C ends here as well)."""
    if session.inner is not None:
        return
    try:
        if not session.serving and session.complete and sys.exc_info()[0] is None:
            session.publish()
    except StagingError as error:
        raise PluginError(str(error)) from error
    finally:
        session.drop()


def on_serve(server: Any, config: MkDocsConfig, builder: Callable[..., None]) -> Any:
    """When a later build fails, say why and go on serving the last good one."""
    session.staged = True
    session.end()
    watched: set[Path] = set()
    watch(server, config, watched)
    rebuild = server.builder
    session.seen = session.read.seen

    def careful() -> None:
        session.complete = False
        try:
            last = session.config or config
            now = session.read.seen = made_from(last)
            changed = {folder for folder in now if now[folder] != session.seen.get(folder)}
            others = {opened.layout.folder for _, opened in last.extra["build"].others}
            if changed and changed <= others:
                for folder in sorted(changed):
                    rebuild_other(folder)
                session.end(changed)
                session.seen = now
                return
            session.alone = changed == {""} and only_own_pages(last, session.seen[""], now[""])
            rebuild()
            if session.complete:
                session.publish()
                session.end({""} if session.alone else None)
                session.seen = now
        except (Exception, SystemExit) as error:  # noqa: BLE001 (whatever it is, serving goes on)
            log.error(f"not rebuilt, the last good pages are still served: {error}")
        finally:
            session.alone = False
            session.drop()
            watch(server, session.config or config, watched)

    server.builder = careful
    return server


def watch(server: Any, config: MkDocsConfig, watched: set[Path]) -> None:
    """Have a save in any edition seen: in one that is added later, or whose folder comes back.

    Watching ends with the folder that is watched: where there is one around those of the
    editions, it is that one. What the configuration inherits is read with it at each build, and
    so is watched with it; what the hooks are, Python has read once: that needs a restart.
    """
    root = Path(config.config_file_path).parent
    for name in Keys(Path(config.config_file_path)).files[1:]:  # MkDocs watches the first
        if root / name not in watched:
            server.watch(str(root / name))
            watched.add(root / name)
    for own in [config, *(own for own, _ in config.extra["build"].others)]:
        docs = Path(own.docs_dir)
        folder = docs.parent if root in docs.parent.parents else docs
        if folder not in watched:
            server.watch(str(folder))
            watched.add(folder)


def made_from(config: MkDocsConfig) -> dict[str, Stamps]:
    """What the pages of each edition are made from, by its folder; and what all are, by "all"."""
    editions = [("", config), *((e.layout.folder, own) for own, e in config.extra["build"].others)]
    found = {folder: stamps([Path(own.docs_dir)]) for folder, own in editions}
    return {**found, "all": stamps(sources(config))}


def only_own_pages(config: MkDocsConfig, before: Stamps, after: Stamps) -> bool:
    """Whether what has changed of the first edition are texts that no other edition shows.

    Where a file came or went, the others may link to it, or show it as their own.
    """
    if before.keys() != after.keys():
        return False
    changed = {file for file in after if after[file] != before[file]}
    others = config.extra["build"].others
    return changed.isdisjoint(str(f) for _, each in others for f in each.layout.lent.values())


def rebuild_other(folder: str) -> None:
    """Build one edition beside the first again, and put it in its place."""
    assert session.config is not None
    root = Path(session.config.config_file_path).parent
    editions, opened = read_editions(configured_again(session.config), root)
    refuse(all_problems(opened))
    one = next(n for n, each in enumerate(opened) if each.layout.folder == folder)
    log.info(f"edition '{opened[one].layout.language}': {gaps_of(opened[0], opened[one])}")
    session.staging = Staging.beside(Path(session.config.site_dir) / folder)
    session.parts = []
    build_within(editions[one][0], opened[one], session.staging.folder)
    staging, session.staging = session.staging, None
    staging.publish(keep=False)
    # It may show another page or file of the first edition than it did.
    session.config.extra["build"].others = [
        (own, each) for (own, _), each in zip(editions[1:], opened[1:], strict=True)
    ]
