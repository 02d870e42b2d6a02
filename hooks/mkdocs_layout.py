"""What MkDocs makes of a project, asked of MkDocs itself and handed on as plain values.

A build asks it with the configuration at hand, and ``cli.py`` with the file, so that both see the
same pages.
"""

from __future__ import annotations

import copy
import functools
import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.structure.files import Files, InclusionLevel, get_files
from mkdocs.utils.yaml import yaml_load
from pathspec.gitignore import GitIgnoreSpec

import mkdocs_editions as editions
import mkdocs_settings as settings
from annotated.publish.licences import FILE as LICENCES
from annotated.records.grammar import WEB_SCHEMES, Dialect, scheme_of
from annotated.records.layout import Layout
from annotated.records.problems import Place, Problem, nearest, quoted
from annotated.records.urls import address_of
from annotated.staging import is_site

#: The configuration of a site.
MAIN = "mkdocs.yml"

#: What editors, merges and systems leave beside pages, and nobody means to publish; hidden files
#: MkDocs leaves out itself. A line of ``exclude_docs`` with ``!`` takes one back in.
LEFTOVERS = GitIgnoreSpec.from_lines(
    ["*~", r"\#*#", "~$*", "*.orig", "*.rej", "*.bak", "*.tmp", "Thumbs.db", "desktop.ini"]
)
#: What a project is made of: folders that a site would replace, with all that is in them.
OWN_FOLDERS = ("data", "hooks", "overrides", "tools", "tests", "starter", ".git", ".github")

#: What MkDocs raises where the type of a value surprises it, and what for a configuration at all.
SURPRISED = (TypeError, AttributeError, KeyError, RecursionError)
NOT_CONFIGURED = (Abort, ConfigurationError, OSError, UnicodeDecodeError, *SURPRISED)

#: Where the text of a configuration error tells its place.
_YAML_PLACE = re.compile(r"line (\d+), column (\d+)")
_OPTION = re.compile(r"Config value '([\w.]+)': (.*)", re.DOTALL)
_UNKNOWN = re.compile(r"Unrecognised configuration name: (.*)")
_CONFLICT = re.compile(r"Excluding '(.*)' from the site because it conflicts with '(.*)'\.")


def read_layout(root: Path) -> Layout:
    """Return the layout of the project at `root`, with what is wrong in its configuration."""
    return read_layouts(root)[0]


def read_layouts(root: Path) -> list[Layout]:
    """Return the layout of each edition of the project at `root`, the first one first."""
    file = root / MAIN
    if not file.is_file():
        problem = Problem(Place(MAIN), "missing-file", "expected the configuration of MkDocs")
        return [_unknown(root, [problem])]
    keys = Keys(file)
    try:
        with heard() as said:
            config = load_config(str(file))
        return [layout for _, layout in layouts_of(config)]
    except SURPRISED as error:
        return [_unknown(root, [_surprise(file, keys, error)])]
    except NOT_CONFIGURED as error:
        told = [*said] or [str(error)]
        return [_unknown(root, [_config_problem(text, keys) for text in told])]


def layouts_of(config: MkDocsConfig, *, drafts: bool = False) -> list[tuple[MkDocsConfig, Layout]]:
    """Return each edition of a site: its configuration, and the layout that it stands for.

    Args:
        config: the site's configuration, which is that of the first edition.
        drafts: whether pages that only a preview shows are read, too.
    """
    first = layout_of(config, drafts=drafts)
    declared, problems = editions.declared_in(config, Keys(Path(config.config_file_path)))
    first.problems.extend(problems)
    found = [(config, first)]
    for edition in declared:
        own = editions.config_of(config, edition)
        found.append((own, _beside(first, edition, layout_of(own, drafts=drafts, beside=True))))
    return found


def _beside(first: Layout, edition: editions.Declared, own: Layout) -> Layout:
    """The layout of another edition: what it does not have itself, the first one lends.

    Files beside pages always; pages to an edition that is not finished, for its preview.
    """
    files = frozenset(first.files or ()) - frozenset(own.files or ())
    lent = {path: first.docs / path for path in files if (first.docs / path).is_file()}
    pages = dict(own.pages)
    if edition.draft:
        missing = {path: to for path, to in first.pages.items() if path not in pages}
        lent |= {path: first.docs / path for path in missing}
        pages |= missing
    return replace(
        own,
        pages=pages,
        files=frozenset(own.files or ()) | files,
        main=first.language,
        folder=edition.folder,
        draft=edition.draft,
        lent=lent,
    )


def _unknown(root: Path, problems: list[Problem]) -> Layout:
    """What is left to say where the configuration cannot be read."""
    return Layout(root / "docs" / "en", "en", {}, None, problems, known=False)


def layout_of(config: MkDocsConfig, *, drafts: bool = False, beside: bool = False) -> Layout:
    """Return the layout that a configuration stands for.

    Args:
        config: the configuration.
        drafts: whether pages that only a preview shows are read, too.
        beside: whether it is an edition beside the first, which has the same pages and the same
            navigation: what is wrong with those is said of the first.
    """
    file = Path(config.config_file_path)
    root, docs = file.parent, Path(config.docs_dir)
    keys = Keys(file)
    problems = list(_settings(config, keys, beside=beside))
    endless = list(_endless(docs, root))
    if endless:
        return _unknown(root, [*problems, *endless])
    excluded = config.exclude_docs.patterns if config.exclude_docs else ()
    config.exclude_docs = GitIgnoreSpec([*LEFTOVERS.patterns, *excluded])
    with heard() as said:
        found = get_files(config)
    for text in said:
        match = _CONFLICT.match(text)
        place = Place(_below(docs / match[1], root)) if match else keys.at("docs_dir")
        problems.append(Problem(place, "same-address", text))
    lowest = InclusionLevel.DRAFT if drafts else InclusionLevel.NOT_IN_NAV
    pages, files = {}, set()
    for one in found:
        if one.inclusion.value < lowest.value:
            continue
        place = Place(_below(docs / one.src_uri, root))
        if not os.path.isfile(str(one.abs_src_path)):  # noqa: PTH113 (a path in MkDocs is a word)
            problems.append(Problem(place, "not-a-file", "expected a file that can be read"))
        elif not _inside(str(one.abs_src_path), (str(root), config.docs_dir)):
            problems.append(Problem(place, "outside", "a link out of the project is not followed"))
        elif not one.is_documentation_page():
            files.add(one.dest_uri)
        elif one.src_uri.endswith(".md"):
            pages[one.src_uri] = one.dest_uri
            if not config.use_directory_urls and one.dest_uri != address_of(one.src_uri):
                text = f"MkDocs writes it to '{one.dest_uri}', expected {address_of(one.src_uri)}"
                problems.append(Problem(place, "address", text))
        else:
            problems.append(Problem(place, "page-name", "expected a name that ends in .md"))
    if "index.html" not in pages.values() and not beside:
        place = Place(_below(docs / "index.md", root))
        problems.append(Problem(place, "missing-page", "expected the first page of the site"))
    files |= _theme_files(config) | {LICENCES}
    if not beside:
        problems += _navigation(config, found, keys, lowest)
    language = str(config.theme["language"])
    return Layout(
        docs,
        language,
        pages,
        frozenset(files),
        problems,
        name=config.site_name,
        said=dict(_said(config, keys, language if beside else "")),
        main=language,
        dialect=Dialect(tuple(config.markdown_extensions), dict(config.mdx_configs)),
    )


def _said(
    config: MkDocsConfig, keys: Keys, edition: str
) -> Iterator[tuple[str, tuple[str, Place]]]:
    """What a configuration says to readers; an edition beside the first, in its own words."""
    at = ("extra", "editions", edition) if edition else ()
    for key in editions.TEXTS:
        if config[key]:
            yield f"{MAIN}:{key}", (str(config[key]), keys.at(*at, key))


def _endless(docs: Path, root: Path) -> Iterator[Problem]:
    """Links to folders around them, which MkDocs would follow again and again, or far away."""
    for folder, below, _ in os.walk(docs, followlinks=True):
        for name in sorted(below):
            link = Path(folder, name)
            real = os.path.realpath(link)
            around = Path(os.path.realpath(folder)).is_relative_to(real)
            if link.is_symlink() and (around or not _inside(real, (str(root), str(docs)))):
                below.remove(name)
                what = (
                    "leads to a folder that it stands in" if around else "leads out of the project"
                )
                message = f"the link {what}, and is not followed; remove it"
                yield Problem(Place(_below(link, root)), "link", message)


def _settings(config: MkDocsConfig, keys: Keys, *, beside: bool) -> Iterator[Problem]:
    """What is wrong in settings that MkDocs takes; an edition beside has its own texts alone."""
    at = ("extra", "editions", str(config.theme["language"])) if beside else ()
    for path, message in settings.names(config) if beside else settings.mistakes(config):
        yield Problem(keys.at(*at, *path), "configuration", message)
    if beside:
        return
    if config.use_directory_urls:
        message = "expected 'use_directory_urls: false': one site serves http and a double click"
        yield Problem(keys.at("use_directory_urls"), "directory-urls", message)
    yield from _site_folder(config, keys.file.parent, keys)


def _site_folder(config: MkDocsConfig, root: Path, keys: Keys) -> Iterator[Problem]:
    """A site takes the place of a folder: of none of the project's own, of nobody's work."""
    site, place = Path(os.path.realpath(config.site_dir)), keys.at("site_dir")
    if site.exists() and not is_site(site):
        message = (
            f"'{_below(site, root)}' is there and is no site: a build would take its place; "
            "move it, or name another folder"
        )
        yield Problem(place, "site-folder", message)
        return
    own = [root / name for name in OWN_FOLDERS] + [Path(config.theme.custom_dir or root)]
    for folder in (Path(os.path.realpath(each)) for each in own if each.exists()):
        if folder.is_relative_to(site) or (folder != root and site.is_relative_to(folder)):
            message = (
                f"the site would take the place of what stands in '{folder.name}'; "
                "expected a folder of its own, like 'site'"
            )
            yield Problem(place, "site-folder", message)
            return


def _inside(path: str, folders: tuple[str, ...]) -> bool:
    """Whether a file is in one of the folders, links resolved."""
    real = os.path.realpath(path)
    return any(
        os.path.commonpath([real, known]) == known for known in map(os.path.realpath, folders)
    )


def _theme_files(config: MkDocsConfig) -> set[str]:
    """What the project itself puts beside the theme's files."""
    if not config.theme.custom_dir:
        return set()
    folder = Path(config.theme.custom_dir)
    return {
        path.as_posix()
        for path in (file.relative_to(folder) for file in folder.rglob("*") if file.is_file())
        if path.suffix not in (".html", ".py", ".md") and not path.name.startswith(".")
    }


def _navigation(
    config: MkDocsConfig, files: Files, keys: Keys, lowest: InclusionLevel
) -> Iterator[Problem]:
    """What strict mode would say of ``nav``, at its place."""
    if config.nav is None:
        return
    named = set()
    for path, entry in _entries(config.nav):
        place = keys.at("nav", *path)
        file = files.get_file_from_path(entry)
        if file is None:
            yield from _no_file(config, files, entry, place)
            continue
        named.add(file.src_uri)
        if file.inclusion.value < lowest.value:
            yield Problem(place, "nav-draft", f"'{entry}' is left out of the site; take it out")
        elif not file.is_documentation_page():
            yield Problem(place, "nav-file", f"'{entry}' is no page; link to it from one")
    rules = config.validation.nav
    if not _blocks(config, rules.omitted_files):
        return
    for file in files.documentation_pages():
        if file.src_uri not in named and file.inclusion is InclusionLevel.INCLUDED:
            place = Place(_below(Path(config.docs_dir) / file.src_uri, keys.file.parent))
            yield Problem(
                place, "nav-omitted", f"the page is not in 'nav' of {keys.file.name}; add it there"
            )


def _no_file(config: MkDocsConfig, files: Files, entry: str, place: Place) -> Iterator[Problem]:
    """An entry of ``nav`` that is no file leads to another site, or nowhere."""
    rules, scheme = config.validation.nav, scheme_of(entry)
    if scheme in WEB_SCHEMES or entry.startswith("//"):
        return
    if scheme:
        message = f"{quoted(entry)}: expected a page, or one of {WEB_SCHEMES}"
        yield Problem(place, "unknown-scheme", message)
    elif entry.startswith("/"):
        if _blocks(config, rules.absolute_links):
            yield Problem(place, "nav-absolute", f"'{entry}': expected a path below the pages")
    elif _blocks(config, rules.not_found):
        known = [f.src_uri for f in files.documentation_pages()]
        yield Problem(place, "nav-not-found", f"there is no page '{entry}'{nearest(entry, known)}")


def _blocks(config: MkDocsConfig, level: Any) -> bool:
    """Whether a finding of this level ends a build."""
    return bool(config.strict) and isinstance(level, int) and level >= logging.WARNING


def _entries(nav: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[Any, ...], str]]:
    """The entries of ``nav`` with their paths in the configuration."""
    if isinstance(nav, str):
        yield path, nav
    elif isinstance(nav, dict):
        for key, value in nav.items():
            yield from _entries(value, (*path, key))
    elif isinstance(nav, list):
        for index, value in enumerate(nav):
            yield from _entries(value, (*path, index))


def _config_problem(text: str, keys: Keys) -> Problem:
    """Turn what MkDocs says of a configuration into a problem at its place."""
    option = _OPTION.match(text)
    if option:
        unknown = _UNKNOWN.match(option[2])
        if unknown:
            known = [key for key, _ in MkDocsConfig._schema]  # noqa: SLF001
            text = f"unknown key '{unknown[1]}'{nearest(unknown[1], known)}"
            return Problem(keys.at(unknown[1]), "unknown-key", text)
        return Problem(keys.at(option[1]), "configuration", f"'{option[1]}': {option[2]}")
    place = _YAML_PLACE.findall(text)
    where = Place(keys.file.name, *map(int, place[-1])) if place else Place(keys.file.name)
    return Problem(where, "configuration", text)


def _surprise(file: Path, keys: Keys, error: Exception) -> Problem:
    """Find the value that MkDocs has stumbled over: it is the one without which it does not."""
    try:
        with file.open("rb") as source:
            raw = yaml_load(source) if isinstance(_composed(file), yaml.MappingNode) else None
    except SURPRISED:  # reading goes on in the file that it names
        message = f"'INHERIT' names no file that MkDocs can read: {error}"
        return Problem(keys.at("INHERIT"), "configuration", message)
    if not isinstance(raw, dict):
        return Problem(Place(file.name), "wrong-type", "expected 'site_name: ...' and the like")
    path: tuple[str, ...] = ()
    values = raw
    while isinstance(values, dict):
        culprits = (key for key in [*values] if _taken(file, raw, values, key))
        found = next(culprits, None)
        if found is None:
            break
        path, values = (*path, str(found)), values[found]
    named = f"'{path[-1]}' holds what MkDocs cannot take" if path else "MkDocs cannot take it"
    return Problem(keys.at(*path), "configuration", f"{named}: {error}")


def _taken(file: Path, raw: dict[str, Any], values: dict[Any, Any], key: Any) -> bool:
    """Whether MkDocs takes the configuration `raw` without one key of `values`, a part of it."""
    value = values.pop(key)
    config = MkDocsConfig(config_file_path=str(file))
    config.load_dict(copy.deepcopy(raw))
    try:
        with heard():
            failed, _ = config.validate()
    except SURPRISED:
        return False
    finally:
        values[key] = value
    return not failed


class Keys:
    """The places of the keys of a configuration, and of those that it inherits."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._root = file.parent
        self._nodes: list[tuple[str, yaml.Node]] = []
        while len(self._nodes) < _MOST_PARENTS:
            node = _composed(file)
            if node is None:
                break
            self._nodes.append((_below(file, self._root), node))
            parent = _child(node, "INHERIT")
            if parent is None or not isinstance(parent[1], yaml.ScalarNode):
                break
            file = file.parent / parent[1].value

    @property
    def files(self) -> list[str]:
        """The configuration and those that it inherits, as paths below the project."""
        return [name for name, _ in self._nodes]

    def at(self, *path: str | int) -> Place:
        """The place of a key or item, or of the nearest one above it.

        Where one file says a part and the one that it inherits the rest, the nearer place counts.
        """
        best: tuple[int, Place] | None = None
        for name, root in self._nodes:
            node: yaml.Node | None = root
            for depth, step in enumerate(path, 1):
                found = None if node is None else _child(node, step)
                if found is None:
                    break
                mark, node = found[0].start_mark, found[1]
                if best is None or depth > best[0]:
                    best = depth, Place(name, mark.line + 1, mark.column + 1)
        if best is not None:
            return best[1]
        return Place(self.file.name)


#: More configurations than this inherit from each other in a circle.
_MOST_PARENTS = 10


def _composed(file: Path) -> yaml.Node | None:
    """The tree of a YAML file without its values, which may need MkDocs' own tags."""
    try:
        return _tree(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return None


@functools.lru_cache(_MOST_PARENTS)
def _tree(text: str) -> yaml.Node | None:
    """The tree of a text, which is asked for once for each edition, and more often."""
    node: yaml.Node | None = yaml.compose(text)
    return node


def _child(node: yaml.Node, step: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    """The key and the value under a key, or an item twice."""
    if isinstance(node, yaml.MappingNode) and isinstance(step, str):
        return next(((key, value) for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None


def _below(file: Path, root: Path) -> str:
    return Path(os.path.relpath(file, root)).as_posix()


@contextmanager
def heard() -> Iterator[list[str]]:
    """Gather the warnings of MkDocs in place of printing them."""
    logger = logging.getLogger("mkdocs")
    said: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    handlers, propagates, level = logger.handlers[:], logger.propagate, logger.level
    logger.handlers, logger.propagate = [Ear(logging.WARNING)], False
    logger.setLevel(logging.WARNING)  # a build that is told to be quiet says no less is wrong
    try:
        yield said
    finally:
        logger.handlers, logger.propagate = handlers, propagates
        logger.setLevel(level)
