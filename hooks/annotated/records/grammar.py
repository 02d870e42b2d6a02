"""What authors can write beyond Markdown, said once: marks, counts, directives, links.

`Grammar` teaches a Python-Markdown parser this syntax. It is used twice: with a handler that
renders (the page that readers get), and with one that takes down what was read and where (the
checks, the plain text). So nobody has a second opinion on what is code and what is a mark:
whatever Markdown reads as text, in whatever nesting, is text for everybody.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor

#: A number planted in a page's source (see `annotated.records.rendered`), in characters of
#: Unicode's private use area, so that it means nothing to Markdown. Empty where none is.
_ANY_PIN = "(?:\ue000[0-9]+\ue001)?"

_PIN = re.compile("\ue000[0-9]+\ue001")

#: ``[^c-001 c-002]``: a statement mark. Other footnotes are left to whoever knows them.
MARK = re.compile(rf"\[\^[ \t]*(c-[\w-]+(?:[ \t]+c-[\w-]+)*)[ \t]*{_ANY_PIN}\]")

#: ``{{count:claims}}`` with single braces: a number that the site counts.
COUNT = re.compile(rf"\{{count:([^{{}}\n\ue000]*){_ANY_PIN}\}}")

#: `` `code` `` in a text of a record, which is no Markdown: between single ticks.
CODE = re.compile(r"`([^`]+)`")

#: A letter that does not end its paragraph, item, row or heading.
_WITHIN = r"(?!\n[ \t>]*(?:\n|[-*+][ \t]|[0-9]+\.[ \t]|[|#]))."

#: `` `code` `` in a page's Markdown, for those who look for words in it: as many ticks end it as
#: begin it, in the same paragraph; after a backslash a tick is none. The second group is what is
#: in it.
CODE_SPAN = re.compile(rf"(?<![`\\])(?:\\\\)*(`+)(?!`)((?:{_WITHIN})+?)(?<!`)\1(?!`)", re.DOTALL)

#: What of a text nobody reads as a word or a number of it: where links lead, marks, comments,
#: attributes and tags.
UNREAD = re.compile(r"\]\([^)]*\)|\[\^[^\]]*\]|<!--.*?-->|\{[^{}]*\}|<[^>]*>", re.DOTALL)

_NAME = re.compile(r"[A-Za-z][\w-]*")
_TICKS = re.compile("`+")

#: The block directives: ``<!-- name -->`` or ``<!-- name: argument -->``, alone on a line.
DIRECTIVES = (
    "tally", "comparison", "claims", "changes", "glossary", "sheet", "status", "decision",
    "combined", "rows", "estimate", "failures", "practice", "reference", "lab", "labs", "block",
)  # fmt: skip

#: Links into the records, as in ``[task role](term:task-role)``.
RECORD_SCHEMES = ("term", "claim")

#: Every other scheme that a link may have. A link without scheme leads into the site.
WEB_SCHEMES = ("https", "mailto")

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")

#: How many letters before a mark are kept on its line: the end of a word, not all of a long one.
GLUED = 12
_GLUED = re.compile(rf"[^\s*_\[\]()`<>&{{}}\x02\x03\\]{{0,{GLUED}}}$")


def read_directive(line: str) -> tuple[str, str] | None:
    """Return name and argument if `line` is a block directive, else None.

    >>> read_directive("<!-- comparison: tea-kinds -->")
    ('comparison', 'tea-kinds')
    >>> read_directive("<!-- a remark -->") is None
    True
    """
    line = _PIN.sub("", line).rstrip()
    if not (line.startswith("<!--") and line.endswith("-->") and len(line) >= len("<!---->")):
        return None
    name, _, argument = line[4:-3].partition(":")
    name, argument = name.strip(), argument.strip()
    if not _NAME.fullmatch(name) or "-->" in argument:
        return None
    return name, argument


def scheme_of(target: str) -> str:
    """Return the scheme of an address as browsers read it, in small letters; empty if none.

    They leave out spaces and control characters, and take a backslash for a slash.

    >>> scheme_of("java script:x"), scheme_of("a.md#b"), scheme_of("//host/x")
    ('javascript', '', '//')
    """
    address = re.sub(r"[\x00-\x20]", "", target).replace("\\", "/")
    if address.startswith("//"):
        return "//"
    found = _SCHEME.match(address)
    return found[1].lower() if found else ""


@dataclass(frozen=True, eq=False)
class Dialect:
    """The Markdown that a site is written in: extensions of Python-Markdown and their settings."""

    extensions: Sequence[str | Extension] = (
        "admonition",
        "attr_list",
        "footnotes",
        "md_in_html",
        "tables",
        "pymdownx.details",
        "pymdownx.inlinehilite",
        "pymdownx.superfences",
        "pymdownx.tasklist",
    )
    settings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @cached_property
    def _key(self) -> str:
        return repr((self.extensions, self.settings))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Dialect) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)


#: The Markdown of this project, where nobody says otherwise.
DIALECT = Dialect()


class Handler(Protocol):
    """What becomes of what was read. Each method returns what stands in its place."""

    def mark(self, ids: tuple[str, ...], source: str, word: str) -> str:
        """Return the HTML of a mark glued to `word`, the letters straight before it."""

    def count(self, name: str, source: str) -> str:
        """Return the text of a number; `source` where there is no such number."""

    def directive(self, name: str, argument: str, source: str) -> str:
        """Return the Markdown of a block directive, HTML allowed."""


class Grammar(Extension):
    """Teach a Markdown parser this project's syntax; `handler` says what becomes of it."""

    def __init__(self, handler: Handler) -> None:
        super().__init__()
        self.handler = handler

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the library's name)
        """Register the processors; see each one's docstring for why it stands where it does."""
        md.preprocessors.register(_Directives(md, self.handler), "annotated-directives", 22)
        md.preprocessors.register(_Finished(md), "annotated-finished", 20.5)
        md.inlinePatterns.register(_Marks(md, self.handler), "annotated-marks", 175)
        md.inlinePatterns.register(_Counts(md, self.handler), "annotated-counts", 174)
        _pass_over_ticks(md.inlinePatterns["backtick"])


def _pass_over_ticks(code: Any) -> None:
    """Have the search for code go on behind ticks that nothing closes.

    The library's own goes on as many letters later as there are ticks: over the beginning of a span
    that stands there, and further on or not as there is a pin.
    """
    find = code.find_code_spans

    def found(start: int, text: str) -> tuple[int, int | None]:
        begin, end = find(start, text)
        return (_TICKS.match(text, start).end() if end is None else begin), end  # type: ignore[union-attr]

    code.find_code_spans = found


class _Directives(Preprocessor):
    """Replace directives: after fences (25) were put aside, before raw HTML (20) is."""

    def __init__(self, md: Markdown, handler: Handler) -> None:
        super().__init__(md)
        self.handler = handler

    def run(self, lines: list[str]) -> list[str]:
        out: list[str] = []
        for line in lines:
            found = read_directive(line)
            if found is None:
                out.append(line)
            else:
                rendered = self.handler.directive(*found, line)
                for block in rendered.split("\n\n"):
                    html = block.startswith("<")
                    out += ["", *([_BEGIN] if html else []), *block.split("\n")]
                    out += [_END, ""] if html else [""]
        return out


#: What parts finished HTML from Markdown between the two preprocessors of directives.
_BEGIN, _END = "\ue010", "\ue011"


class _Finished(Preprocessor):
    """Put the HTML of directives aside, before raw HTML is read (20): it is finished.

    Not earlier, since MkDocs looks for the ids in it (21).
    """

    def run(self, lines: list[str]) -> list[str]:
        out: list[str] = []
        block: list[str] | None = None
        for line in lines:
            if line == _BEGIN:
                block = []
            elif line == _END and block is not None:
                out.append(self.md.htmlStash.store("\n".join(block)))
                block = None
            else:
                (out if block is None else block).append(line)
        return out


class _Inline(InlineProcessor):
    """An inline processor with a handler."""

    def __init__(self, pattern: re.Pattern[str], md: Markdown, handler: Handler) -> None:
        super().__init__(pattern.pattern, md)
        self.handler = handler


class _Marks(_Inline):
    """Replace ``word[^c-001]``: after code (190) and escapes (180), before links (170)."""

    def __init__(self, md: Markdown, handler: Handler) -> None:
        super().__init__(MARK, md, handler)

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[str, int, int]:
        # Looking back from the mark, not forward from each word, keeps this linear.
        before = data[max(0, m.start() - GLUED) : m.start()]
        glued = _GLUED.search(before)
        word = glued[0] if glued else ""
        html = self.handler.mark(tuple(m[1].split()), m[0], word)
        return self.md.htmlStash.store(html), m.start() - len(word), m.end()


class _Counts(_Inline):
    """Replace ``{count:name}`` by the number."""

    def __init__(self, md: Markdown, handler: Handler) -> None:
        super().__init__(COUNT, md, handler)

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002 (the library calls it so)
    ) -> tuple[str, int, int]:
        return self.handler.count(m[1].strip(), m[0]), m.start(), m.end()
