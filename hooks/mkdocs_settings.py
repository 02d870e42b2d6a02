"""What MkDocs hands on unseen, checked by its own types: settings of the theme, texts, addresses.

MkDocs checks the keys that it reads itself. What the theme, an extension or we read it takes as it
comes; of a wrong type, that ends in a trace, or in pages that are not what was meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig

from annotated.records.grammar import scheme_of
from annotated.records.models import is_language
from annotated.records.problems import quoted
from annotated.records.texts import unseen_in

#: Where a mistake is, as the keys that lead to it; and what is wrong there.
Mistake = tuple[tuple[str | int, ...], str]

_DEPTH = re.compile(r"[1-6](?:-[1-6])?")
_WEB = re.compile(r"https?://[^\s/]\S*")


class _Text(c.OptionallyRequired[str]):
    """A text that readers see."""

    expected = "a text"

    def run_validation(self, value: object) -> str:
        """Return the text, if it is one of those that are meant."""
        text = str(value) if self.is_text(value) else ""
        if unseen := unseen_in(text):
            raise base.ValidationError(f"found {unseen}, which nobody sees; remove it")
        if not self.is_text(value) or not self.is_meant(text):
            raise base.ValidationError(f"found {quoted(value)}, expected {self.expected}")
        return text

    def is_text(self, value: object) -> bool:
        """Whether YAML has read a text, or what stands for one here."""
        return isinstance(value, str)

    def is_meant(self, text: str) -> bool:  # noqa: ARG002 (others look at it)
        """Whether the text is one that makes sense here."""
        return True


class _Language(_Text):
    expected = "a language, like 'en'"

    def is_meant(self, text: str) -> bool:
        return is_language(text)


class _File(_Text):
    """Pages load nothing from elsewhere."""

    expected = "the path of a file of the site"

    def is_meant(self, text: str) -> bool:
        return bool(text.strip()) and not scheme_of(text)


class _Address(_Text):
    expected = "an address on the web, 'https://...'"

    def is_meant(self, text: str) -> bool:
        return not text or bool(_WEB.fullmatch(text))


class _Depth(_Text):
    """Down to which level headings are listed, or from which to which."""

    expected = "1 to 6, or like '2-3'"

    def is_text(self, value: object) -> bool:
        return isinstance(value, (str, int)) and not isinstance(value, bool)

    def is_meant(self, text: str) -> bool:
        return bool(_DEPTH.fullmatch(text))


class _Toggle(base.Config):
    icon = c.Optional(_Text())
    name = c.Optional(_Text())


class _Colours(base.Config):
    media = c.Optional(_Text())
    scheme = c.Optional(_Text())
    primary = c.Optional(_Text())
    accent = c.Optional(_Text())
    toggle = c.SubConfig(_Toggle)


class _Theme(base.Config):
    name = c.Optional(c.Choice(("material",)))
    language = c.Optional(_Language())
    direction = c.Optional(c.Choice(("ltr", "rtl")))
    features = c.ListOfItems(_Text(), default=[])
    font = c.Optional(c.Type((bool, dict)))
    icon = c.Optional(c.Type(dict))
    logo = c.Optional(_File())
    favicon = c.Optional(_File())
    palette = c.ListOfItems(c.SubConfig(_Colours), default=[])


class _Extra(base.Config):
    licence = c.Optional(_Address())


class _Contents(base.Config):
    toc_depth = c.Optional(_Depth())


class _Names(base.Config):
    site_name = c.Optional(_Text())
    site_description = c.Optional(_Text())
    site_author = c.Optional(_Text())
    copyright = c.Optional(_Text())


class _Files(base.Config):
    extra_css = c.ListOfItems(_File(), default=[])
    extra_javascript = c.ListOfItems(_File(), default=[])


def mistakes(config: MkDocsConfig) -> Iterator[Mistake]:
    """Yield what is wrong in the settings of a site that MkDocs does not look at."""
    palette = config.theme.get("palette")
    theme = {key: config.theme.get(key) for key in _Theme()}
    theme |= {"name": config.theme.name or "", "language": theme["language"] or ""}
    theme["palette"] = [palette] if isinstance(palette, dict) else palette
    scripts = [getattr(script, "path", script) for script in config.extra_javascript]
    yield from names(config)
    yield from _wrong(_Theme, theme, "theme")
    yield from _wrong(_Extra, config.extra, "extra")
    yield from _wrong(_Contents, config.mdx_configs.get("toc") or {}, "markdown_extensions", "toc")
    yield from _wrong(_Files, {"extra_css": config.extra_css, "extra_javascript": scripts})


def names(config: MkDocsConfig) -> Iterator[Mistake]:
    """Yield what is wrong in the texts by which a site, or an edition of it, is known."""
    yield from _wrong(_Names, config)


def _wrong(schema: type[base.Config], values: Mapping[str, Any], *path: str) -> Iterator[Mistake]:
    """Have MkDocs check those of `values` that a schema speaks of; each item of a list alone."""
    for key in schema():
        value = values.get(key)
        if isinstance(value, list):
            for number, item in enumerate(value):
                yield from _mistake(schema, key, [item], (*path, key, number))
        elif key in values:
            yield from _mistake(schema, key, value, (*path, key))


def _mistake(
    schema: type[base.Config], key: str, value: Any, path: tuple[str | int, ...]
) -> Iterator[Mistake]:
    """What MkDocs says of one value, other keys aside."""
    checked = schema()
    checked.load_dict({key: value})
    for name, error in checked.validate()[0]:
        if name == key:
            yield path, f"'{key}': {error}"
