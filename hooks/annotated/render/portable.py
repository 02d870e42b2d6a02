"""A page as Markdown with this project's HTML in it: what another generator shows without us.

The theme that the site stands on ends on 5 May 2027. Any generator that reads Python-Markdown's
syntax and lets HTML through shows such pages whole: marks, notes, tables with their sources,
drawings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from annotated.records.pages import Fence, Link, Page, Span
from annotated.render.directives import render_directive
from annotated.render.edition import Edition, link_to
from annotated.render.marks import mark
from annotated.render.parts import plain
from annotated.render.practice import practice_offer
from annotated.render.returning import corrections_html
from annotated.render.twin import put_in

#: What Markdown would read inside of a line of HTML.
_SIGNS = re.compile(r"[\\`*_\[\]{}|~!]")
#: What begins another block than a paragraph.
_NO_PARAGRAPH = re.compile(r"[#<>|]|```|~~~|!!!|\?\?\?|---|[-+*] |[0-9]+\. |    |\t")


def portable_page(page: Page, edition: Edition, figure: Callable[[str, Page], str]) -> str:
    """Return `page` as Markdown with HTML in it, with its front matter.

    Args:
        page: the page.
        edition: what it is rendered from.
        figure: draws a diagram's source as it stands on a page.
    """
    text = put_in(page, _replaced(page, edition, figure))
    ends = (corrections_html(page.path, edition), practice_offer(page.path, edition))
    return text + "".join(f"\n{_line(html)}\n" for html in ends if html)


def _replaced(
    page: Page, edition: Edition, figure: Callable[[str, Page], str]
) -> Iterator[tuple[Span, str]]:
    yield from _answer(page)
    for one in page.marks:
        yield one.span, inert(mark(one.ids, "\u202f", page.path, edition))
    for count in page.counts:
        yield count.span, edition.words.number(edition.counts.get(count.name, 0))
    for directive in page.directives:
        yield (
            directive.span,
            render_directive(directive.name, directive.argument, page.path, edition),
        )
    for link in page.links:
        if link.span != (0, 0):
            yield _link(link, page, edition)
    for fence in page.fences:
        if fence.language == "mermaid":
            yield fence.span, _lead(fence, page) + _line(figure(fence.text, page))


def _answer(page: Page) -> Iterator[tuple[Span, str]]:
    """The paragraph after the title gets its class, which our extension gives it else."""
    title = next((h for h in page.headings if h.level == 1), None)
    if title is None:
        return
    lines = page.text.split("\n")
    first = next((n for n in range(title.place.line, len(lines)) if lines[n].strip()), len(lines))
    last = next((n for n in range(first, len(lines)) if not lines[n].strip()), len(lines))
    if first < last and not _NO_PARAGRAPH.match(lines[first]):
        end = len("\n".join(lines[:last]))
        yield (end, end), "\n{ .lede }"


def _link(link: Link, page: Page, edition: Edition) -> tuple[Span, str]:
    scheme, _, name = link.target.partition(":")
    where = edition.glossary_page if scheme == "term" else edition.notes_page
    target = link_to(f"{where}#{name}", page.path, html=False) if where else f"#{name}"
    start, end = link.span
    if scheme != "term" or page.text[end : end + 1] != ")":
        return link.span, target
    definition = edition.site.terms[name].value.definition.in_language(edition.language)
    title = plain(definition).replace("&", "&amp;").replace('"', "&quot;")
    return (start, end + 1), f'{target} "{inert(title)}"){{ .term }}'


def _lead(fence: Fence, page: Page) -> str:
    """What stands before a fence on its line, in a list or a quote."""
    line = page.text[fence.span[0] : fence.span[1]].split("\n", 1)[0]
    return line[: len(line) - len(line.lstrip(" >\t"))]


def _line(html: str) -> str:
    return " ".join(html.split("\n"))


def inert(html: str) -> str:
    """Return HTML on one line in which Markdown reads nothing.

    >>> inert('<b class="a">x_y [z]</b>')
    '<b class="a">x&#95;y &#91;z&#93;</b>'
    """
    return _SIGNS.sub(lambda sign: f"&#{ord(sign[0])};", _line(html))
