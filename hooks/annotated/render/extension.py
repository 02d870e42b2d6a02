"""The Python-Markdown extension that renders: directives, marks, terms, counts, the lede.

What is a mark, a count, a directive is said in `annotated.records.grammar`; here stands what
becomes of each.
"""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Callable
from html import unescape
from itertools import pairwise

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE, AtomicString, code_escape

from annotated.records.grammar import Grammar
from annotated.records.wording import Words
from annotated.render.directives import render_directive
from annotated.render.edition import Edition, link_to
from annotated.render.marks import mark
from annotated.render.parts import code_words, plain


class AnnotatedExtension(Extension):
    """Have a Markdown parser render this project's syntax.

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
        Grammar(_Render(self)).extendMarkdown(md)
        md.treeprocessors.register(_Terms(md, self), "annotated-terms", 15)
        md.treeprocessors.register(_Callouts(md, self.edition.words), "annotated-callouts", 5)
        md.treeprocessors.register(_Lede(md), "annotated-lede", 4)
        md.treeprocessors.register(_Alignment(md), "annotated-alignment", 3)
        # After the table of contents (5), which takes a heading's text as it stands.
        md.treeprocessors.register(_Options(md), "annotated-options", 2)


class _Render:
    """The handler that renders. The checks have run: what is not known renders to itself."""

    def __init__(self, extension: AnnotatedExtension) -> None:
        self.extension = extension

    def mark(self, ids: tuple[str, ...], source: str, word: str) -> str:  # noqa: ARG002
        return mark(ids, word + "\u202f", self.extension.page(), self.extension.edition)

    def count(self, name: str, source: str) -> str:
        number = self.extension.edition.counts.get(name)
        return source if number is None else self.extension.edition.words.number(number)

    def directive(self, name: str, argument: str, source: str) -> str:  # noqa: ARG002
        return render_directive(name, argument, self.extension.page(), self.extension.edition)


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
                # Markdown takes an entity in an attribute for what it stands for.
                definition = plain(term.definition.in_language(edition.language))
                link.set("title", definition.replace("&", "&amp;"))
            elif scheme == "claim" and edition.notes_page:
                target = f"{edition.notes_page}#{name}"
            else:
                continue
            link.set("href", link_to(target, page, html=False))


class _Callouts(Treeprocessor):
    """Say what kind of callout it is in the edition's language, where its author gave no title.

    Without one, Markdown's extensions write the name of the kind with a capital.
    """

    def __init__(self, md: Markdown, words: Words) -> None:
        super().__init__(md)
        self.words = words

    def run(self, root: etree.Element) -> None:
        for callout in root.iter():
            kinds = callout.get("class", "").removeprefix("admonition ").split()
            title = callout[0] if len(callout) and callout.tag in {"div", "details"} else None
            if title is None or not kinds or title.text != kinds[0].capitalize():
                continue
            titled = title.tag == "summary" or title.get("class") == "admonition-title"
            if titled and not len(title) and self.words.has(f"callout-{kinds[0]}"):
                title.text = self.words(f"callout-{kinds[0]}")


class _Lede(Treeprocessor):
    """Give the paragraph after the title its class: it is the page's answer."""

    def run(self, root: etree.Element) -> None:
        for parent in root.iter():
            children = list(parent)
            for first, second in pairwise(children):
                block = HTML_PLACEHOLDER_RE.fullmatch((second.text or "").strip())
                if first.tag == "h1" and second.tag == "p" and not block:
                    second.set("class", "lede")
                    return


class _Alignment(Treeprocessor):
    """Align columns by an attribute, which the theme knows: pages have no inline style."""

    def run(self, root: etree.Element) -> None:
        for cell in root.iter():
            if cell.tag in {"td", "th"} and cell.get("style", "").startswith("text-align:"):
                cell.set("align", cell.attrib.pop("style").removeprefix("text-align:").strip(" ;"))


class _Options(Treeprocessor):
    """Hold options in `code` together, as the templates do it in texts of records."""

    def run(self, root: etree.Element) -> None:
        for parent in root.iter():
            for code in parent.findall("code") if parent.tag != "pre" else ():
                self._hold(code)

    def _hold(self, code: etree.Element) -> None:
        text = code.text or ""
        # What reads code may have put its text aside as finished HTML (`pymdownx.inlinehilite`).
        kept = HTML_PLACEHOLDER_RE.fullmatch(text)
        text = str(self.md.htmlStash.rawHtmlBlocks[int(kept[1])]) if kept else text
        words = code_words(unescape(text))
        if len(code) or "<" in text or not any(word.whole for word in words):
            return
        code.text, last = "", None
        for word in words:
            shown = AtomicString(code_escape("".join(word.parts)))
            if word.whole:
                last = etree.SubElement(code, "span", {"class": word.styles})
                last.text = shown
            elif last is None:
                code.text += shown
            else:
                last.tail = (last.tail or "") + shown
