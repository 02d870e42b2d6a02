"""The editions of a site beside the first: declared in its configuration, built like it.

Below ``extra.editions`` stands a language, and what differs in it::

    extra:
      editions:
        ko:
          site_name: ...
          nav: {Start: ..., Compare: ...}

Its pages stand beside those of the first edition, in a folder named by the language. All else,
the navigation among it, is the first edition's own: it cannot drift.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils.yaml import yaml_load

from annotated.records.models import is_language
from annotated.records.problems import Problem, nearest, quoted

if TYPE_CHECKING:
    from mkdocs_layout import Keys

#: What an edition says itself of the site; all else is the first edition's.
TEXTS = ("site_name", "site_description", "copyright")
SETTINGS = (*TEXTS, "docs_dir", "draft", "nav")


@dataclass(frozen=True)
class Declared:
    """An edition beside the first, as the configuration declares it."""

    language: str
    docs: Path
    texts: Mapping[str, str]
    names: Mapping[str, str]  # of what the navigation names, by the first edition's names
    draft: bool

    @property
    def folder(self) -> str:
        """Where it stands below the site's root."""
        return f"{self.language}/"


def declared_in(config: MkDocsConfig, keys: Keys) -> tuple[list[Declared], list[Problem]]:
    """Return the editions that can be built, and what is wrong with the others."""
    value = config.extra.get("editions") or {}
    if not isinstance(value, dict):
        message = "expected languages, each with what differs in it: 'ko: {site_name: ...}'"
        return [], [Problem(keys.at("extra", "editions"), "editions", message)]
    found, problems = [], []
    for language, settings in value.items():
        edition = _declared(config, str(language), {} if settings is None else settings)
        wrong = list(_mistakes(config, edition, settings or {}, keys))
        problems += wrong
        if not wrong:
            found.append(edition)
    return found, problems


def _declared(config: MkDocsConfig, language: str, settings: Any) -> Declared:
    given: dict[str, Any] = settings if isinstance(settings, dict) else {}
    names = given.get("nav")
    docs = Path(config.docs_dir).parent / language
    if isinstance(given.get("docs_dir"), str):
        docs = Path(config.config_file_path).parent / given["docs_dir"]
    texts = {key: given[key] for key in TEXTS if isinstance(given.get(key), str)}
    return Declared(
        language, docs, texts, names if isinstance(names, dict) else {}, given.get("draft") is True
    )


def _mistakes(
    config: MkDocsConfig, edition: Declared, settings: Any, keys: Keys
) -> Iterator[Problem]:
    at = ("extra", "editions", edition.language)
    here = keys.at(*at)
    if not is_language(edition.language) or edition.language == config.theme["language"]:
        message = f"{quoted(edition.language)}: expected another language than the first, like 'ko'"
        yield Problem(here, "edition-language", message)
    elif not any(
        (Path(folder) / f"partials/languages/{edition.language}.html").is_file()
        for folder in config.theme.dirs
    ):
        message = f"the theme does not speak '{edition.language}'; expected one of its languages"
        yield Problem(here, "edition-language", message)
    elif not isinstance(settings, dict):
        message = f"found {quoted(settings)}, expected 'site_name: ...' and the like below it"
        yield Problem(here, "wrong-type", message)
    elif not edition.docs.is_dir():
        message = f"expected its pages in the folder '{_shown(edition.docs, config)}'"
        yield Problem(here, "missing-folder", message)
    else:
        for key, value in settings.items():
            place = keys.at(*at, str(key))
            if key not in SETTINGS:
                message = f"unknown key {quoted(key)}{nearest(str(key), SETTINGS)}"
                yield Problem(place, "unknown-key", f"{message}; expected one of {SETTINGS}")
            elif not isinstance(value, {"draft": bool, "nav": dict}.get(key, str)):
                expected = {"draft": "true or false", "nav": "names by names"}.get(key, "a text")
                yield Problem(place, "wrong-type", f"'{key}': expected {expected}")
        there = set(_named(config.nav))
        for name in edition.names:
            if name not in there:
                message = f"'nav' names no {quoted(name)}{nearest(str(name), there)}"
                yield Problem(keys.at(*at, "nav", name), "unknown-key", message)
        for name in sorted(there - edition.names.keys()) if not edition.draft else ():
            message = f"{quoted(name)} of 'nav' has no name in '{edition.language}'"
            yield Problem(keys.at(*at, "nav"), "missing-key", f"{message}; add it here")


def _shown(folder: Path, config: MkDocsConfig) -> str:
    root = Path(config.config_file_path).parent
    return folder.relative_to(root).as_posix() if folder.is_relative_to(root) else str(folder)


def _named(nav: Any) -> Iterator[str]:
    """Every name that is written in ``nav``."""
    if isinstance(nav, list):
        for item in nav:
            yield from _named(item)
    elif isinstance(nav, dict):
        for name, below in nav.items():
            yield str(name)
            yield from _named(below)


def renamed(nav: Any, names: Mapping[str, str]) -> Any:
    """The navigation with other names, and the same pages."""
    if isinstance(nav, list):
        return [renamed(item, names) for item in nav]
    if isinstance(nav, dict):
        return {names.get(key, key): renamed(below, names) for key, below in nav.items()}
    return nav


def config_of(first: MkDocsConfig, edition: Declared) -> MkDocsConfig:
    """Return the configuration of an edition: that of the first, but for what differs.

    Raises:
        Abort: MkDocs does not take it; it has logged why.
    """
    file = str(first.config_file_path)
    with Path(file).open("rb") as source:
        raw = yaml_load(source)
    theme = raw.get("theme")
    theme = dict(theme) if isinstance(theme, dict) else {"name": theme}
    return load_config(
        file,
        docs_dir=str(edition.docs),
        site_dir=str(Path(first.site_dir) / edition.folder),
        site_url=first.site_url + edition.folder if first.site_url else None,
        theme={**theme, "language": edition.language},
        nav=renamed(raw.get("nav"), edition.names),
        strict=first.strict,
        **edition.texts,
    )


def configured_again(config: MkDocsConfig) -> MkDocsConfig:
    """Return the configuration of a site as it was before it was built: a build adds to it."""
    return load_config(
        str(config.config_file_path),
        site_dir=config.site_dir,
        site_url=config.site_url,
        strict=config.strict,
    )


def build(config: MkDocsConfig, serve_url: str | None) -> None:
    """Build one edition, by the generator that is at work: MkDocs, or what carries it on.

    Raises:
        Exception: whatever stops a build.
    """
    generator = type(config).__module__.partition(".")[0]
    config.plugins.on_startup(command="build", dirty=False)
    try:
        importlib.import_module(f"{generator}.commands.build").build(config, serve_url=serve_url)
    finally:
        config.plugins.on_shutdown()
