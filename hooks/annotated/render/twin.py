"""A page's twin in Markdown: directives, marks, terms and counts expanded, code untouched."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from annotated.records.labs import blocks_of, is_lab
from annotated.records.pages import Page, Span
from annotated.render.directives import directive_markdown
from annotated.render.edition import Edition, link_to
from annotated.render.labs import label_markdown
from annotated.render.marks import mark_markdown
from annotated.render.returning import corrections_markdown


def page_markdown(
    page: Page, edition: Edition, diagram: Callable[[str], str | None] | None = None
) -> str:
    """Return `page` as Markdown that any renderer understands, with its front matter.

    Args:
        page: the page.
        edition: what it is rendered from.
        diagram: says a diagram's source in words; without it, its fence stays alone.
    """
    text = put_in(page, _replaced(page, edition, diagram))
    return text + corrections_markdown(page.path, edition)


def put_in(page: Page, replaced: Iterable[tuple[Span, str]]) -> str:
    """Return the text of `page` with other text in the place of each span."""
    out, last = [], 0
    for (start, end), text in sorted(replaced):
        out += [page.text[last:start], text]
        last = end
    out.append(page.text[last:])
    return "".join(out).strip() + "\n"


def _replaced(
    page: Page, edition: Edition, diagram: Callable[[str], str | None] | None
) -> Iterator[tuple[Span, str]]:
    """Yield what stands for each thing that only this project understands."""
    for mark in page.marks:
        yield mark.span, mark_markdown(mark.ids, page.path, edition)
    for count in page.counts:
        yield count.span, edition.words.number(edition.counts.get(count.name, 0))
    for directive in page.directives:
        text = directive_markdown(directive.name, directive.argument, page.path, edition)
        start, end = directive.span
        # Where nothing is to be said, its line goes, and the empty one after it.
        gap = 0 if text else len(page.text[end : end + 2]) - len(page.text[end : end + 2].lstrip())
        yield (start, end + gap), text.strip("\n")
    for link in page.links:
        if link.span != (0, 0):
            yield link.span, _target(link.target, page.path, edition)
    for fence in page.fences:
        said = diagram(fence.text) if diagram and fence.language == "mermaid" else None
        if said:
            # After the fence, and as far inside of a list or quote as it stands.
            start, end = fence.span
            first = page.text[start : page.text.find("\n", start)]
            lead = first[: len(first) - len(first.lstrip(" >\t"))]
            lines = ["", *said.split("\n")]
            yield (end, end), "\n" + "\n".join((lead + line).rstrip() for line in lines)
    for block in blocks_of(page) if is_lab(page) else ():
        if block.end:
            yield (block.end, block.end), "\n\n" + label_markdown(block, page, edition)


def _target(target: str, page: str, edition: Edition) -> str:
    scheme, _, name = target.partition(":")
    where = edition.glossary_page if scheme == "term" else edition.notes_page
    return link_to(f"{where}#{name}", page, html=False) if where else target
