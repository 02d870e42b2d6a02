"""The Python-Markdown extension: directives, statement marks, terms, counts, the lede.

Directives are rendered after fences have been put aside and before raw HTML is, so that
code is never touched and MkDocs sees the ids that they make. Marks are an inline pattern,
so that code spans, lists and tables come right by themselves.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable
from itertools import pairwise

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from annotated.records.pages import DIRECTIVE_LINE
from annotated.render.directives import render_directive
from annotated.render.edition import Edition, link_to
from annotated.render.marks import mark
from annotated.render.parts import plain

#: What is glued to a mark: the end of a word, no markup. A long word may still break before that.
_WORD = r"[^\s*_\[\]()`<>&{}\x02\x03\\]{0,12}"


class AnnotatedExtension(Extension):
    """Teach a Markdown parser this project's syntax.

    Args:
        edition: the records to render from.
        page: called for the path of the page that is being rendered.
    """

    def __init__(self, edition: Edition, page: Callable[[], str]) -> None:
        super().__init__()
        self.edition = edition
        self.page = page

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the library's name)
        """Register the processors; see each one's docstring for why it stands where it does."""
        md.preprocessors.register(_Directives(md, self), "annotated-directives", 22)
        md.inlinePatterns.register(_Marks(md, self), "annotated-marks", 175)
        md.inlinePatterns.register(_Counts(md, self), "annotated-counts", 174)
        md.treeprocessors.register(_Terms(md, self), "annotated-terms", 15)
        md.treeprocessors.register(_Lede(md), "annotated-lede", 4)


class _Directives(Preprocessor):
    """Replace ``<!-- name: argument -->`` lines: after fences (25), before raw HTML (20)."""

    def __init__(self, md: Markdown, extension: AnnotatedExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, lines: list[str]) -> list[str]:
        out: list[str] = []
        for line in lines:
            match = DIRECTIVE_LINE.match(line)
            if match:
                rendered = render_directive(
                    match[1],
                    (match[2] or "").strip(),
                    self.extension.page(),
                    self.extension.edition,
                )
                out += ["", *rendered.split("\n"), ""]
            else:
                out.append(line)
        return out


class _Marks(InlineProcessor):
    """Replace ``word[^c-001]``: after code spans (190), before links (170)."""

    def __init__(self, md: Markdown, extension: AnnotatedExtension) -> None:
        super().__init__(rf"({_WORD})\[\^([^\]\n]*)\]", md)
        self.extension = extension

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002 (the library calls it so)
    ) -> tuple[str, int, int]:
        html = mark(
            tuple(m[2].split()),
            m[1] + "\u202f",
            self.extension.page(),
            self.extension.edition,
        )
        return self.md.htmlStash.store(html), m.start(0), m.end(0)


class _Counts(InlineProcessor):
    """Replace ``{count:name}`` by the number."""

    def __init__(self, md: Markdown, extension: AnnotatedExtension) -> None:
        super().__init__(r"\{count:([^}\n]*)\}", md)
        self.extension = extension

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002 (the library calls it so)
    ) -> tuple[str, int, int]:
        number = self.extension.edition.counts.get(m[1].strip())
        return m[0] if number is None else f"{number:,}", m.start(0), m.end(0)


class _Terms(Treeprocessor):
    """Point ``term:`` and ``claim:`` links at their pages, before MkDocs checks links (0)."""

    def __init__(self, md: Markdown, extension: AnnotatedExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: etree.Element) -> None:
        edition, page = self.extension.edition, self.extension.page()
        for link in root.iter("a"):
            scheme, _, name = link.get("href", "").partition(":")
            if scheme == "term" and name in edition.site.terms and edition.glossary_page:
                term = edition.site.terms[name].value
                target = f"{edition.glossary_page}#{name}"
                link.set("class", "term")
                link.set("title", plain(term.definition.in_language(edition.language)))
            elif scheme == "claim" and edition.notes_page:
                target = f"{edition.notes_page}#{name}"
            else:
                continue
            link.set("href", link_to(target, page, html=False))


class _Lede(Treeprocessor):
    """Give the paragraph after the title its class: it is the page's answer."""

    def run(self, root: etree.Element) -> None:
        for parent in root.iter():
            children = list(parent)
            for first, second in pairwise(children):
                if first.tag == "h1" and second.tag == "p":
                    second.set("class", "lede")
                    return
