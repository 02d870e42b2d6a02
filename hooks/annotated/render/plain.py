"""A page as plain Markdown: directives, marks, terms and counts expanded, code untouched."""

from __future__ import annotations

import re
from collections.abc import Callable

from annotated.records.pages import COUNT, DIRECTIVE_LINE, MARK, Page
from annotated.render.directives import directive_markdown
from annotated.render.edition import Edition, link_to
from annotated.render.marks import mark_markdown

_CODE = re.compile(
    r"^(?P<fence>[ >]*(?P<ticks>`{3,}|~{3,}).*?\n(?:.*\n)*?[ >]*(?P=ticks)[`~]*[ \t]*)$"
    r"|(?<!`)(?P<span>(?P<t>`+)(?!`).+?(?<!`)(?P=t))(?!`)",
    re.MULTILINE,
)


def page_markdown(
    page: Page, edition: Edition, diagram: Callable[[str], str | None] | None = None
) -> str:
    """Return `page` as Markdown that any renderer understands, without front matter.

    Args:
        page: the page.
        edition: what it is rendered from.
        diagram: says a diagram's source in words; without it, its fence stays alone.
    """
    body = "\n".join(page.text.split("\n")[page.body_line - 1 :])
    out, last = [], 0
    for code in _CODE.finditer(body):
        out.append(_expand(body[last : code.start()], page, edition))
        out.append(code[0] + _said(code[0], diagram))
        last = code.end()
    out.append(_expand(body[last:], page, edition))
    return re.sub(r"\n{3,}", "\n\n", "".join(out)).strip() + "\n"


def _said(code: str, diagram: Callable[[str], str | None] | None) -> str:
    """What follows a diagram's fence: the same in words, for who cannot see it drawn."""
    match = re.match(r"```mermaid\n(.*)\n```[ \t]*$", code, re.DOTALL)
    said = diagram(match[1]) if match and diagram else None
    return f"\n\n{said}" if said else ""


def _expand(text: str, page: Page, edition: Edition) -> str:
    text = MARK.sub(lambda m: mark_markdown(tuple(m[1].split()), page.path, edition), text)
    counts = edition.counts
    text = COUNT.sub(lambda m: f"{counts.get(m[1].strip(), 0):,}", text)
    text = re.sub(r"\]\((term|claim):([^)\s]+)\)", lambda m: _target(m, page.path, edition), text)
    # Last, so that the texts of records stay as they are.
    return re.sub(
        DIRECTIVE_LINE.pattern.replace(r"\s*$", r"[ \t]*$"),
        lambda m: directive_markdown(m[1], (m[2] or "").strip(), page.path, edition),
        text,
        flags=re.MULTILINE,
    )


def _target(match: re.Match[str], page: str, edition: Edition) -> str:
    where = edition.glossary_page if match[1] == "term" else edition.notes_page
    return f"]({link_to(f'{where}#{match[2]}', page, html=False)})" if where else match[0]
