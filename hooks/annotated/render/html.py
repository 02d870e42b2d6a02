"""Small pieces of HTML that several renderers share."""

from __future__ import annotations

import html
import re

from annotated.records.models import Source
from annotated.records.wording import Words


def escape(text: str) -> str:
    """Escape `text` for HTML, in content and in attributes."""
    return html.escape(text, quote=True)


def rich(text: str) -> str:
    """Turn a text of a record into HTML: escaped, with `code` in backticks marked up."""
    parts = re.split(r"`([^`]+)`", text)
    return "".join(code(part) if i % 2 else escape(part) for i, part in enumerate(parts))


def code(identifier: str) -> str:
    """An identifier, with places where it may break: at humps, underscores, dots, slashes."""
    broken = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[_./:-])(?=\w)", "\0", identifier)
    return "<code>" + escape(broken).replace("\0", "<wbr>") + "</code>"


def plain(text: str) -> str:
    """The text without its backticks, for labels and tooltips."""
    return text.replace("`", "")


def verdict_badge(verdict: str, words: Words) -> str:
    """Shape and word of a verdict; the colour comes from the class."""
    word = escape(words(f"verdict-{verdict}"))
    return f'<b class="vd v-{verdict}">{icon("v-" + verdict)}{word}</b>'


def icon(name: str) -> str:
    """A shape of the sprite that each page carries once."""
    return f'<svg class="g" aria-hidden="true"><use href="#{name}"/></svg>'


def citation(source: Source, words: Words) -> str:
    """A source as a link, with what was read and when."""
    return (
        f'<a href="{escape(source.url)}">{escape(source.title)}</a> '
        f'<small class="read">{escape(reading(source, words))}</small>'
    )


def reading(source: Source, words: Words) -> str:
    """What was read of a source, the date of that text, and the day of the reading."""
    text = words("text-of", date=source.as_of) if source.as_of else ""
    return words("read-on", via=words(f"via-{source.via}"), date=source.read, text=text)
