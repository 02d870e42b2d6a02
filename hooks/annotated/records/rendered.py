"""Read a page as Markdown renders it, and know where in the source each thing stands.

Whatever may be a mark, a link, a heading, raw HTML gets a *pin* first: a number in characters
that mean nothing to Markdown. Then the site's own Markdown renders the page, and in its HTML
each pin tells what became of the place: a mark, text, code, a comment. So the checks see what
readers see, in any nesting, with line and column.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from itertools import accumulate
from typing import Any
from xml.etree import ElementTree as etree

from markdown import Markdown
from markdown.util import AtomicString

from annotated.records.grammar import MARK, Dialect, Grammar
from annotated.records.html_reader import HtmlReader

#: What follows a pin's number says what it is planted in, or what became of it.
_PLAIN, _TAG, _LIST = "\ue001", "\ue002", "\ue003"
_MARK, _COUNT, _DIRECTIVE, _FENCE = "\ue004", "\ue005", "\ue006", "\ue007"
_PIN = re.compile("\ue000([0-9]+)([\ue001-\ue007])")
_PLANTED = re.compile("\ue000[0-9]+\ue001| data-at=\ue000[0-9]+\ue002| data-at=\ue000[0-9]+\ue003 ")
_RESERVED = re.compile("[\ue000-\ue007]")

#: Elements that have no content, and so no end.
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())

#: Elements that end an open paragraph in a browser, so that Markdown's own end stays over.
BLOCK = frozenset(
    """address article aside blockquote details div dl fieldset figcaption figure footer form h1 h2
    h3 h4 h5 h6 header hr main nav ol p pre section table ul""".split()
)

_LEAD = r"^[ >\t]*(?:(?:[-*+]|[0-9]{1,9}\.)[ \t]+)*"
_CANDIDATES: tuple[tuple[str, re.Pattern[str]], ...] = (
    # An editor that wraps lines may have parted one.
    ("footnote", re.compile(r"\[\^[^\[\]\n]*+(?:\n[^\[\]\n]++)?\]")),
    ("count", re.compile(r"\{count:[^{}\n]*(?=\})")),
    ("comment", re.compile(r"<!--")),
    ("link", re.compile(r"(?<!\\)\]\([ \t]*+(?![<{])")),
    ("link", re.compile(r"(?<!\\)\]\([ \t]*+<(?![/!?])[^<>\n'\"=]*(?=>)")),
    ("link", re.compile(r"^[ >\t]*\[(?!\^)[^\[\]\n]+\]:[ \t]*+(?=[^\s<])", re.MULTILINE)),
    ("link", re.compile(r"^[ >\t]*\[(?!\^)[^\[\]\n]+\]:[ \t]*+<[^<>\n]*(?=>)", re.MULTILINE)),
    ("link", re.compile(r"<(?:https?|ftps?):[^<>\n]*(?=>)", re.IGNORECASE)),
    ("heading", re.compile(_LEAD + r"#{1,6}+(?![ \t]*\{)", re.MULTILINE)),
    # A list of attributes straight behind belongs to what ends there, if it is no fence after all.
    (
        "fence",
        re.compile(_LEAD + r"(?:`{3,}+(?=[^\n`]*$)|~{3,}+)(?:\{[^{}\n]*\})?+", re.MULTILINE),
    ),
    # Names as browsers read them, <o:p> from a word processor, too; not <https://...>.
    ("element", re.compile(r"<[A-Za-z][A-Za-z0-9:._-]*(?<!:)(?=[\s/>])")),
    ("attributes", re.compile(r"\{(?!count:):?(?=[ ]*[#.\w])")),
)
_WRITTEN = {"element": "raw", "attributes": "listed", "code": "markdown"}
_UNDERLINE = re.compile(r"^[ >\t]*(?:=+|-+)[ \t]*$")


@dataclass(frozen=True)
class Candidate:
    """What may be something: its kind, and from where to where it reaches in the body."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Seen:
    """What became of a pin: how it was read, inside which elements (outermost first)."""

    candidate: Candidate
    state: str  # text, code, pre, comment, attribute, mark, count, directive, footnote, definition
    inside: tuple[str, ...]


@dataclass
class Element:
    """A start tag as a browser reads it. ``at`` is its place in the body, or the nearest before."""

    tag: str
    attributes: Mapping[str, str]
    at: int
    written: str  # "raw" as HTML, "listed" with an attribute list, "markdown" else
    linked: bool  # its address was written as Markdown writes addresses
    text: list[str] = field(default_factory=list)  # of headings

    @property
    def is_heading(self) -> bool:
        """Is it one of ``h1`` to ``h6``?"""
        return len(self.tag) == 2 and self.tag[0] == "h" and self.tag[1] in "123456"

    @property
    def words(self) -> str:
        """What a heading says."""
        return " ".join("".join(self.text).split())


@dataclass(frozen=True)
class Code:
    """A fence: language and text as its formatter gets them, and its first and last line."""

    language: str
    text: str
    first: int
    last: int
    formatter: str
    title: str = ""


@dataclass
class Rendered:
    """A page's body as it is rendered."""

    candidates: list[Candidate] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    fences: list[Code] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    comments: list[tuple[int, str]] = field(default_factory=list)  # place, what it says
    lost: list[str] = field(default_factory=list)  # footnotes whose text is shown nowhere
    defects: list[tuple[int, str, str]] = field(default_factory=list)  # place, rule, message


def render(body: str, dialect: Dialect) -> Rendered:
    """Render `body` in `dialect` and take down what it holds, with offsets in `body`.

    Raises:
        RecursionError: it is nested too deeply for Markdown.
    """
    markdown = _markdown(dialect)
    source = _RESERVED.sub("\ufffd", body)
    ranges = markdown.fences_in(source.split("\n"))
    result, shown = _rendered(source, ranges, markdown)
    if len(shown) < len(ranges):
        # Code by indentation, or a comment, had taken them in: what they hold is no code then.
        result, _ = _rendered(source, [ranges[number] for number in shown], markdown)
    return result


def _rendered(
    source: str, ranges: list[tuple[int, int]], markdown: _Markdown
) -> tuple[Rendered, list[int]]:
    """Render `source`, whose fences are `ranges` of lines; return which of them are shown."""
    lines = source.split("\n")
    candidates = list(_candidates(lines, ranges))
    markdown.first = len(candidates)
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    candidates += [Candidate("code", starts[first], starts[first]) for first, _ in ranges]
    reader = _Reader(candidates, source)
    reader.feed(markdown.convert(_planted(source, candidates[: markdown.first])))
    reader.close()
    reader.finish()
    result, shown = reader.result, sorted(reader.fences)
    result.candidates = candidates[: markdown.first]
    result.lost = [without_pins(key) for key in markdown.md.references if key.startswith("^")]
    for number in shown:
        result.fences.append(
            Code(
                *markdown.took[number],
                *ranges[number],
                markdown.by[number],
                markdown.titles[number],
            )
        )
    return result, shown


def without_pins(text: str) -> str:
    """Return `text` as it was before pins were planted in it."""
    return _PLANTED.sub("", text)


# Before: what may be something --------------------------------------------------------------


def _candidates(lines: list[str], ranges: list[tuple[int, int]]) -> Iterator[Candidate]:
    """Find what may be something, outside fences."""
    visible = list(lines)
    for first, last in ranges:
        visible[first:last] = [" " * len(line) for line in lines[first:last]]
    text = "\n".join(visible)
    for kind, pattern in _CANDIDATES:
        for match in pattern.finditer(text):
            yield Candidate(kind, *match.span())
    offset = 0
    for line, following in zip(visible, [*visible[1:], ""], strict=True):
        words = line.rstrip()
        # Text after a tag or a cell's border would change how the line is read.
        if _UNDERLINE.match(following) and not words.endswith((">", "|")):
            words = words[: words.rfind("{") if words.endswith("}") else None].rstrip()
            if words.strip(" >\t") and not _UNDERLINE.match(line):
                yield Candidate("underlined", offset, offset + len(words))
        offset += len(line) + 1


def _planted(source: str, candidates: list[Candidate]) -> str:
    """Plant a pin at each candidate; its number is the candidate's index."""
    pins = []
    for number, candidate in enumerate(candidates):
        at, pin = candidate.end, f"\ue000{number}{_PLAIN}"
        if candidate.kind == "footnote":
            if MARK.fullmatch(source, candidate.start, candidate.end):
                at -= 1  # inside, where the pattern of a mark takes it along
            elif source.startswith(":", at):
                continue  # the text of a footnote
        elif candidate.kind == "element":
            closed = source.startswith("/", at)
            pin = f" data-at=\ue000{number}{_LIST} " if closed else f" data-at=\ue000{number}{_TAG}"
        elif candidate.kind == "attributes":
            pin = f" data-at=\ue000{number}{_LIST} "
        pins.append((at, number, pin))
    out, last = [], 0
    for at, _, pin in sorted(pins):
        out += [source[last:at], pin]
        last = at
    return "".join([*out, source[last:]])


# The parser ---------------------------------------------------------------------------------


class _Notes:
    """The handler that leaves pins where something was read."""

    def mark(self, ids: tuple[str, ...], source: str, word: str) -> str:  # noqa: ARG002
        return f"{word}<x-mark>{_turned(source, _MARK)}</x-mark>"

    def count(self, name: str, source: str) -> str:  # noqa: ARG002
        return _turned(source, _COUNT)

    def directive(self, name: str, argument: str, source: str) -> str:  # noqa: ARG002
        # Emphasis shows whether Markdown is read where it stands.
        return f"*{_turned(source, _DIRECTIVE)}*"


def _turned(source: str, state: str) -> str:
    pin = _PIN.search(source)
    return f"\ue000{pin[1]}{state}" if pin else ""


def _plain_code(src: str, **_: Any) -> etree.Element:
    """Code in a line as it is: highlighting it would take the pins in it apart."""
    code = etree.Element("code")
    code.text = AtomicString(src)
    return code


class _Markdown:
    """A parser of one dialect, used for one page after the other."""

    def __init__(self, dialect: Dialect) -> None:
        settings = {name: dict(values) for name, values in dialect.settings.items()}
        fences = settings.setdefault("pymdownx.superfences", {})
        names = {fence["name"] for fence in fences.get("custom_fences", [])}
        if "mermaid" not in names:
            mermaid = {"name": "mermaid", "class": "mermaid", "format": None}
            fences["custom_fences"] = [*fences.get("custom_fences", []), mermaid]
        # The table of contents is made of what is here; its own links would only disturb.
        extensions = [name for name in dialect.extensions if name != "toc"]
        if "pymdownx.superfences" not in extensions:
            extensions.append("pymdownx.superfences")
        self.md = Markdown(extensions=[*extensions, Grammar(_Notes())], extension_configs=settings)
        self.took: list[tuple[str, str]] = []  # language and text of each fence, in order
        self.by: list[str] = []  # who formats it
        self.titles: list[str] = []
        self.first = 0  # the number of the first fence's pin
        self._listen()

    def _listen(self) -> None:
        """Have each fence's formatter take down what it gets; nothing is highlighted."""
        extension: Any = self.md.preprocessors["fenced_code_block"].extension  # type: ignore[attr-defined]
        for entry in extension.superfences:
            entry["formatter"] = self._formatter(entry["name"])
        code: Any = self.md.inlinePatterns["backtick"]
        if hasattr(code, "formatters"):  # those of inlinehilite, the first its own
            code.formatters[0]["formatter"] = _plain_code

    def _formatter(self, name: str) -> Callable[..., str]:
        def take(src: str = "", language: str | None = None, **kwargs: Any) -> str:
            self.took.append((language or "", src))
            self.by.append(name)
            self.titles.append((kwargs.get("options") or {}).get("title", ""))
            number = len(self.took) - 1
            at = f"data-at=\ue000{self.first + number}{_TAG}"
            # A drawing has an id of its own.
            given = kwargs.get("id_value") if name == "superfences" else ""
            id_ = f' id="{escape(given)}"' if given else ""
            return f"<div {at}{id_}><pre>\ue000{number}{_FENCE}</pre></div>"

        return take

    def _reset(self) -> None:
        self.md.reset()
        self.took.clear()
        self.by.clear()
        self.titles.clear()

    def fences_in(self, lines: list[str]) -> list[tuple[int, int]]:
        """Return first line and line after the last of each fence, in order."""
        found: list[tuple[int, int]] = []
        if not any("```" in line or "~~~" in line for line in lines):
            return found
        self._reset()
        fences: Any = self.md.preprocessors["fenced_code_block"]
        whole = fences.reassemble

        def listen(now: list[str]) -> Any:
            found.extend((first, last) for _, first, last in fences.stack)
            return whole(now)

        fences.reassemble = listen
        try:
            fences.run(self.md.preprocessors["normalize_whitespace"].run(lines))
        finally:
            fences.reassemble = whole
        return found

    def convert(self, text: str) -> str:
        """Return the HTML of `text`."""
        self._reset()
        return self.md.convert(text)


@lru_cache(maxsize=2)
def _markdown(dialect: Dialect) -> _Markdown:
    return _Markdown(dialect)


# After: what became of it -------------------------------------------------------------------


class _Reader(HtmlReader):
    """Reads the HTML of a page and takes down what stands in it."""

    def __init__(self, candidates: list[Candidate], source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.candidates = candidates
        self.source = source
        self.result = Rendered()
        self.fences: list[int] = []
        self.open: list[Element] = []
        self.at = 0  # where in the source the reader is, as far as pins tell

    @property
    def tags(self) -> tuple[str, ...]:
        return tuple(element.tag for element in self.open)

    def _pins(self, text: str) -> Iterator[tuple[int, str]]:
        for pin in _PIN.finditer(text):
            yield int(pin[1]), pin[2]

    def _take(self, number: int, state: str) -> None:
        candidate = self.candidates[number]
        self.at = candidate.start
        self.result.seen.append(Seen(candidate, state, self.tags))
        heading = next((one for one in self.open if one.is_heading), None)
        if heading and candidate.kind in {"heading", "underlined"} and not heading.text:
            heading.at = candidate.start

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        written, linked = "markdown", False
        attributes = {}
        for name, value in attrs:
            value = value or ""
            for number, kind in self._pins(value):
                if kind in {_TAG, _LIST} and name == "data-at":
                    kind = self.candidates[number].kind
                    written = _WRITTEN[kind]
                    self.at = self.candidates[number].start
                elif kind == _PLAIN and self.candidates[number].kind == "link":
                    linked = True
                    self.at = self._target(self.candidates[number])
                elif kind in {_MARK, _COUNT}:
                    self._take(number, "attribute")
                elif name == "id" and self.candidates[number].kind == "footnote":
                    self._take(number, "definition")
            if name != "data-at":
                attributes[_PIN.sub("", name)] = _PIN.sub("", without_pins(value))
        element = Element(tag, attributes, self.at, written, linked)
        self.result.elements.append(element)
        if tag in BLOCK:
            self.result.text.append("\n")
            if "p" in self.tags:
                self._defect("html-nesting", f"<{tag}> stands inside a paragraph, which ends there")
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # A browser takes <div/> for <div>.
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCK:
            self.result.text.append("\n")
        if tag in VOID:
            return
        if tag not in self.tags:
            self._defect("html-nesting", f"</{tag}> ends nothing that is open here", f"</{tag}")
            return
        while self.open:
            element = self.open.pop()
            if element.tag == tag:
                return
            self._unclosed(element)

    def _target(self, link: Candidate) -> int:
        """Where the address begins: pins stand before it, or before the end of ``<address>``."""
        if self.source.startswith(">", link.end):
            return self.source.rfind("<", 0, link.end) + 1
        return link.end

    def _unclosed(self, element: Element) -> None:
        self.result.defects.append(
            (element.at, "html-nesting", f"<{element.tag}> is not closed: add </{element.tag}>")
        )

    def _defect(self, rule: str, message: str, search: str | None = None) -> None:
        at = self.source.find(search, self.at) if search else self.at
        self.result.defects.append((max(at, 0) if at >= 0 else self.at, rule, message))

    def handle_data(self, data: str) -> None:
        code = next((tag for tag in reversed(self.tags) if tag in {"code", "pre"}), None)
        for pin in _PIN.finditer(data):
            number, kind = int(pin[1]), pin[2]
            if kind == _FENCE:
                self.fences.append(number)
            elif kind == _DIRECTIVE:
                read = self.tags[-1:] == ("em",) and code is None
                self._take(number, "directive" if read else "text")
            elif kind == _MARK:
                self._take(number, "mark")
            elif kind == _COUNT:
                self._take(number, "count")
            elif self._is_footnote(number) and not data[: pin.start()].endswith("]"):
                self._take(number, "footnote")
            else:
                self._take(number, code or "text")
        text = _PIN.sub("", without_pins(data))
        if code is None and "x-mark" not in self.tags:
            self.result.text.append(text)
        for element in self.open:
            if element.is_heading and "x-mark" not in self.tags:
                element.text.append(text)

    def _is_footnote(self, number: int) -> bool:
        """Is it one that somebody else reads? Then its pin stands after it."""
        one = self.candidates[number]
        return one.kind == "footnote" and not MARK.fullmatch(self.source, one.start, one.end)

    def handle_comment(self, data: str) -> None:
        pin = _PIN.search(data)
        if pin:
            self._take(int(pin[1]), "comment")
        self.result.comments.append((self.at, without_pins(data)))
        for number, _ in self._pins(data):  # what is commented out, as it was meant
            if pin and number != int(pin[1]):
                self._take(number, "comment")

    def finish(self) -> None:
        """What is still open at the end is not closed."""
        for element in reversed(self.open):
            self._unclosed(element)
        self.open.clear()


def headings_of(elements: Iterable[Element]) -> Iterator[tuple[int, Element]]:
    """Yield each heading with its level."""
    for element in elements:
        if element.is_heading:
            yield int(element.tag[1]), element
