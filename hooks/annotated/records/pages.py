"""One authored page: what stands in it, and where.

What is a mark, a link, a heading is not decided here: the page is rendered (see
`annotated.records.rendered`), and what readers would see is what is taken down.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache

from annotated.records.front_matter import read_front_matter
from annotated.records.grammar import DIALECT, DIRECTIVES, MARK, Dialect, read_directive
from annotated.records.located import Document
from annotated.records.problems import Place, Problem
from annotated.records.rendered import Element, Rendered, Seen, headings_of, render
from annotated.records.texts import blanked
from annotated.records.urls import address_of, url_of

#: What stands for the day of the check on a page that nobody has checked yet.
UNCHECKED = "open"

#: What a page may hold at most, so that no few bytes keep a build busy: Python-Markdown takes a
#: time in the square of some of these. Letters in a page, in a word and in a block (what no empty
#: line parts); lines of a block; brackets that are open in one; HTML elements in a page; lists and
#: quotes that stand in each other.
MOST_LETTERS = 200_000
LONGEST_WORD = 2_000
LONGEST_BLOCK = 20_000
MOST_LINES = 800
MOST_OPEN = 50
MOST_ELEMENTS = 1_000
DEEPEST = 20

_ELEMENT = re.compile(r"<[A-Za-z]")
#: Empty lines, up to what follows them; and the end.
_GAP = re.compile(r"(?:\A|\n)(?:[ \t]*\n)+|\Z")
_MARKERS = re.compile(r"(?:[ \t]*(?:>|[-*+](?=[ \t])|[0-9]{1,9}\.(?=[ \t])))*+")
_MARKER = re.compile(r">|[-*+.]")
_WORDS = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_RECORD_LINK = re.compile(r"(?:term|claim):[^\s)>\]]*")

#: What a page is made of, by the elements that stand for it; a callout is a `div` of its own class.
BLOCKS = {
    "p": "paragraphs", "li": "items of lists", "tr": "rows of tables", "blockquote": "quotes",
    "details": "parts that open", "div": "callouts",
}  # fmt: skip
_CALLOUT = "admonition"

Span = tuple[int, int]  # from where to where in the page's text


@dataclass(frozen=True)
class Heading:
    """A heading: its level, what it says, and its id if one is written."""

    level: int
    text: str
    id: str | None
    place: Place


@dataclass(frozen=True)
class Directive:
    """A block directive, ``<!-- name: argument -->`` alone on its line."""

    name: str
    argument: str
    place: Place
    span: Span = (0, 0)


@dataclass(frozen=True)
class Mark:
    """A statement mark ``[^c-001 c-002]`` with the places of its ids."""

    ids: tuple[str, ...]
    places: tuple[Place, ...]
    inside: str | None  # "heading", "link", "code" or "attribute", where a mark may not stand
    span: Span = (0, 0)


@dataclass(frozen=True)
class Link:
    """Where an element points: its tag, the attribute, the address, and how it was written."""

    target: str
    place: Place
    tag: str = "a"
    attribute: str = "href"
    written: str = "markdown"  # or "raw", as HTML, or "listed", in an attribute list
    span: Span = (0, 0)  # of a link to a record


@dataclass(frozen=True)
class Picture:
    """A picture in a page: its address, and what stands for it; None where nothing is said."""

    target: str
    text: str | None
    place: Place
    written: str = "markdown"  # or "raw", as HTML


@dataclass(frozen=True)
class Fence:
    """A code fence: its language, its text, and the place of its first line of ticks."""

    language: str
    text: str
    place: Place
    formatter: str = ""  # what superfences gives it to
    span: Span = (0, 0)
    title: str = ""


@dataclass(frozen=True)
class Count:
    """A number in prose, ``{count:name}``."""

    name: str
    place: Place
    span: Span = (0, 0)


@dataclass
class Page:
    """One authored page. ``path`` is relative to the folder of pages, ``file`` to the project."""

    path: str
    file: str
    text: str
    meta: Document | None = None
    body_line: int = 1
    headings: list[Heading] = field(default_factory=list)
    directives: list[Directive] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    blocks: list[tuple[str, Place]] = field(default_factory=list)  # by their names in `BLOCKS`
    fences: list[Fence] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    elements: list[tuple[Element, Place]] = field(default_factory=list)  # written as HTML
    ids: list[tuple[str, Place]] = field(default_factory=list)  # all that are written
    unread: bool = False  # Markdown would not come to an end with it, or not take it
    word_count: int = 0  # of prose, code and diagrams aside
    beside: dict[str, str] = field(default_factory=dict)  # files that a lab links to, their texts

    @property
    def title(self) -> str:
        """The first heading of level one, else the path."""
        return next((h.text for h in self.headings if h.level == 1), self.path)

    @property
    def section(self) -> str:
        """The folder that the page stands in, empty at the top."""
        return self.path.rpartition("/")[0]

    @property
    def output(self) -> str:
        """The file that the page is written to, below the site's root."""
        return address_of(self.path)

    @property
    def url(self) -> str:
        """The page's address below the site's root, as it stands in a link."""
        return url_of(self.output)

    @property
    def names(self) -> list[str]:
        """Other names that people search the page by."""
        return list(self.meta.value.get("names", [])) if self.meta else []

    @property
    def anchors(self) -> set[str]:
        """The ids that are written in it."""
        return {name for name, _ in self.ids}

    @property
    def body(self) -> str:
        """The text without the front matter."""
        return self.text.split("\n", self.body_line - 1)[-1] if self.body_line > 1 else self.text

    def without_fences(self, *keep: str) -> str:
        """The text with spaces in place of its fences; of the languages in `keep` only ticks go."""
        text = self.text
        for fence in self.fences:
            start, end = fence.span
            lines = text[start:end].split("\n")
            kept = lines[1:-1] if fence.language in keep else map(blanked, lines[1:-1])
            lines[1:-1] = kept
            lines[0], lines[-1] = blanked(lines[0]), blanked(lines[-1])
            text = text[:start] + "\n".join(lines) + text[end:]
        return text

    @property
    def checked(self) -> str | None:
        """The day on which it was compared with its sources; None if nobody has done so yet."""
        day = self.front("checked")
        return None if day == UNCHECKED else day

    def front(self, key: str) -> str | None:
        """A value of the front matter, as text."""
        value = self.meta.value.get(key) if self.meta else None
        return None if value is None else str(value)


@lru_cache(maxsize=4096)  # under serve, only the page that was saved is read again
def _read(path: str, file: str, text: str, dialect: Dialect) -> tuple[Page, tuple[Problem, ...]]:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    meta, body_line, problems = read_front_matter(file, text)
    page = Page(path, file, text, meta, body_line)
    source = _Source(page, dialect)
    limits = list(source.limits())
    if limits:
        page.unread = True
        return page, (*problems, *limits)
    try:
        rendered = render(page.body, dialect)
    except RecursionError:
        page.unread = True
        message = "lists, quotes or brackets stand too deep in each other for Markdown"
        return page, (*problems, Problem(Place(file, body_line), "too-deep", message))
    source.take(rendered)
    return page, (*problems, *source.problems(rendered))


def _is_callout(element: Element) -> bool:
    return _CALLOUT in element.attributes.get("class", "").split()


def read_page(
    path: str, file: str, text: str, dialect: Dialect = DIALECT
) -> tuple[Page, list[Problem]]:
    """Read the raw `text` of the page at `path`; return it and what cannot be understood."""
    page, problems = _read(path, file, text, dialect)
    return page, list(problems)


class _Source:
    """Fills a page from what was rendered: offsets in the body become places in the file."""

    def __init__(self, page: Page, dialect: Dialect) -> None:
        self.page = page
        self.footnotes = "footnotes" in dialect.extensions
        self.body = page.body
        self.start = len(page.text) - len(self.body)
        self.lines = [0, *(m.end() for m in re.finditer("\n", page.text))]

    def place(self, offset: int) -> Place:
        """Return the place of an offset in the body."""
        at = self.start + offset
        line = bisect_right(self.lines, at)
        return Place(self.page.file, line, at - self.lines[line - 1] + 1)

    def span(self, start: int, end: int) -> Span:
        return self.start + start, self.start + end

    def limits(self) -> Iterator[Problem]:
        """Say what would keep Markdown busy for ever."""
        if len(self.body) > MOST_LETTERS:
            yield self._too("long", 0, len(self.body), "letters", MOST_LETTERS)
            return
        elements = sum(1 for _ in _ELEMENT.finditer(self.body))
        if elements > MOST_ELEMENTS:
            yield self._too("long", 0, elements, "HTML elements", MOST_ELEMENTS)
        start = 0
        for gap in _GAP.finditer(self.body):
            block = self.body[start : gap.start()].removesuffix("\n")
            yield from self._block_limits(block, start)
            start = gap.end()

    def _block_limits(self, block: str, start: int) -> Iterator[Problem]:
        lines = block.split("\n")
        word = max(map(len, block.split()), default=0)
        deep = max(len(_MARKER.findall(_MARKERS.match(line)[0])) for line in lines)  # type: ignore[index]
        opened = max(block.count(a) - block.count(b) for a, b in ("[]", "()", "{}", "<>"))
        for kind, found, what, most in (
            ("long", len(block), "letters without an empty line between", LONGEST_BLOCK),
            ("long", len(lines), "lines without an empty line between", MOST_LINES),
            ("long", word, "letters in one word", LONGEST_WORD),
            ("deep", deep, "quotes and lists in each other", DEEPEST),
            ("deep", opened, "brackets that nothing closes", MOST_OPEN),
        ):
            if found > most:
                yield self._too(kind, start, found, what, most)

    def _too(self, kind: str, offset: int, found: int, what: str, most: int) -> Problem:
        message = f"found {found:,} {what}; {most:,} at most"
        return Problem(self.place(offset), f"too-{kind}", message)

    # What was rendered

    def take(self, rendered: Rendered) -> None:
        """Fill the page."""
        page = self.page
        for level, element in headings_of(rendered.elements):
            place = self.place(element.at)
            page.headings.append(Heading(level, element.words, element.attributes.get("id"), place))
        for element in rendered.elements:
            place = self.place(element.at)
            if element.written != "markdown":
                page.elements.append((element, place))
            if "id" in element.attributes:
                page.ids.append((element.attributes["id"], place))
            page.links.extend(self._links(element, place))
            if element.tag in BLOCKS and (element.tag != "div" or _is_callout(element)):
                page.blocks.append((BLOCKS[element.tag], place))
            if element.tag == "img":
                given = element.attributes
                written = "raw" if element.written == "raw" else "markdown"
                target = given.get("src", "").strip()
                page.pictures.append(Picture(target, given.get("alt"), place, written))
        for seen in sorted(rendered.seen, key=lambda one: one.candidate.start):
            self._seen(seen)
        for code in rendered.fences:
            first, last = (self.lines[page.body_line - 1 + n] for n in (code.first, code.last - 1))
            start, end = first - self.start, self._line_end(last - self.start)
            line = self.body[start : self._line_end(start)]
            ticks = len(line) - len(line.lstrip(" >\t"))
            place = self.place(start + ticks)
            page.fences.append(
                Fence(
                    code.language,
                    code.text,
                    place,
                    code.formatter,
                    self.span(start, end),
                    code.title,
                )
            )
        page.word_count = len(_WORDS.findall("".join(rendered.text)))

    def _links(self, element: Element, place: Place) -> Iterator[Link]:
        for attribute in ("href", "src", "cite", "poster", "data", "srcset", "xlink:href"):
            if attribute not in element.attributes:
                continue
            target = element.attributes[attribute].strip()
            written = "markdown" if element.linked else element.written
            record = _RECORD_LINK.match(self.body, element.at) if element.linked else None
            span = self.span(*record.span()) if record else (0, 0)
            yield Link(target, place, element.tag, attribute, written, span)

    def _seen(self, seen: Seen) -> None:
        candidate, page = seen.candidate, self.page
        text = self.body[candidate.start : candidate.end]
        place = self.place(candidate.start)
        if candidate.kind == "footnote" and seen.state in {"mark", "attribute"}:
            found = MARK.fullmatch(text)
            if found:
                places = tuple(
                    self.place(candidate.start + found.start(1) + word.start())
                    for word in re.finditer(r"\S+", found[1])
                )
                ids = tuple(found[1].split())
                span = self.span(candidate.start, candidate.end)
                page.marks.append(Mark(ids, places, _where(seen), span))
        elif candidate.kind == "count" and seen.state == "count":
            span = self.span(candidate.start, candidate.end + 1)
            page.counts.append(Count(text.removeprefix("{count:").strip(), place, span))
        elif candidate.kind == "comment" and seen.state == "directive":
            end = self._line_end(candidate.start)
            directive = read_directive(self.body[candidate.start : end])
            if directive:
                page.directives.append(
                    Directive(*directive, place, self.span(candidate.start, end))
                )

    def _line_end(self, start: int) -> int:
        end = self.body.find("\n", start)
        return end if end >= 0 else len(self.body)

    # What was not read as it was meant

    def problems(self, rendered: Rendered) -> Iterator[Problem]:
        """Say what readers would see as text, or not at all."""
        for offset, rule, message in rendered.defects:
            yield Problem(self.place(offset), rule, message)
        fence = False
        for seen in sorted(rendered.seen, key=lambda one: one.candidate.start):
            if seen.candidate.kind == "fence":
                if seen.state == "text" or (seen.state == "code" and "pre" not in seen.inside):
                    if not fence:  # the others follow from the first
                        yield self._open_fence(seen)
                    fence = True
            elif seen.state == "definition":
                text = self.body[seen.candidate.start : seen.candidate.end]
                message = f"'{text}:' - what a claim says stands in data/claims; remove this line"
                yield Problem(self.place(seen.candidate.start), "footnote", message)
            elif seen.state == "text" and not self._escaped(seen.candidate.start):
                yield from self._as_text(seen)
        for offset, text in rendered.comments:
            yield from self._comment(offset, text)
        for key in rendered.lost:
            at = max(self.body.lower().find(f"[{key}]:"), 0)
            yield Problem(
                self.place(at),
                "footnote",
                f"the text after '[{key}]:' would not be shown: footnotes are off here; write it "
                "into the sentence, or record a claim and mark it [^c-001]",
            )
        yield from self._nowhere(rendered)

    def _nowhere(self, rendered: Rendered) -> Iterator[Problem]:
        """What Markdown takes away without a trace, in a title of a link for one."""
        seen_at = {seen.candidate.start for seen in rendered.seen}
        for candidate in rendered.candidates:
            if candidate.start not in seen_at and candidate.kind in {"footnote", "count"}:
                text = self.body[candidate.start : candidate.end]
                known = candidate.kind == "count" or MARK.fullmatch(text)
                if known and not self.body.startswith(":", candidate.end):
                    yield Problem(
                        self.place(candidate.start),
                        "not-shown",
                        f"'{text}' stands where Markdown shows no text, so nobody would see it",
                    )

    def _escaped(self, start: int) -> bool:
        before = start
        while self.body[before - 1 : before] == "\\":
            before -= 1
        return (start - before) % 2 == 1

    def _open_fence(self, seen: Seen) -> Problem:
        line = self.body[seen.candidate.start : self._line_end(seen.candidate.start)]
        ticks = line.lstrip(" >\t")
        place = self.place(seen.candidate.start + len(line) - len(ticks))
        mark = ticks[:1] * (len(ticks) - len(ticks.lstrip(ticks[:1])))
        return Problem(
            place,
            "open-fence",
            f"'{ticks[:40]}' opens no code that ends: close it by '{mark}' on a line of its own, "
            'indented alike; after the ticks stand a language and settings like title="..."',
        )

    def _as_text(self, seen: Seen) -> Iterator[Problem]:
        start, kind = seen.candidate.start, seen.candidate.kind
        text = self.body[start : seen.candidate.end]
        html = "inside HTML, Markdown is read only if its element says <div markdown>"
        if kind == "footnote":
            if MARK.fullmatch(text):
                message = f"'{text}' would be shown as text: {html}"
                yield Problem(self.place(start), "mark-as-text", message)
            elif not text[2:-1].strip():
                yield Problem(
                    self.place(start), "empty-mark", "a mark names a claim, like [^c-001]"
                )
            else:
                yield self._no_mark(start, text)
        elif kind == "count":
            message = f"'{text}}}' would be shown as text: {html}"
            yield Problem(self.place(start), "count-as-text", message)
        elif kind == "link" and text.startswith("]("):
            shown = self.body[start : self._line_end(start)].split(")")[0][:60]
            message = f"'{shown})' would be shown as text: close its brackets; {html}"
            yield Problem(self.place(start), "link-as-text", message)
        elif kind == "heading" and not any(re.fullmatch("h[1-6]", tag) for tag in seen.inside):
            message = f"'{text.strip()}' would be shown as text, not as a heading: {html}"
            yield Problem(self.place(start), "heading-as-text", message)
        elif kind == "comment":
            end = self.body.find("-->", start)
            if end < 0:
                message = "the comment is never closed: add '-->'"
                yield Problem(self.place(start), "open-comment", message)
            elif read_directive(self.body[start : self._line_end(start)]):
                message = f"a directive cannot stand here: {html}"
                yield Problem(self.place(start), "directive-in-html", message)
        elif kind == "attributes" and self.body[start + 1 : start + 2] in {"#", ".", ":"}:
            shown = self.body[start : self._line_end(start)].split("}")[0][:60]
            message = f"'{shown}}}' would be shown as text; it follows a heading or an element"
            yield Problem(self.place(start), "attributes-as-text", message)

    def _no_mark(self, start: int, text: str) -> Problem:
        ids = re.findall(r"c-[\w-]+", text)
        if "\n" in text:
            shown = " ".join(text.split())
            message = f"'{shown}' is parted by the end of a line; write it on one line"
        elif ids:
            message = f"found '{text}', expected claims parted by spaces: [^{' '.join(ids)}]"
        elif self.footnotes:
            message = (
                f"'{text}' has no text: add a line '{text}: ...', or record a claim and mark it "
                "[^c-001]"
            )
        else:
            message = (
                f"'{text}' would be shown as text: footnotes are off here; write the remark into "
                "the sentence, or record a claim and mark it [^c-001]"
            )
        return Problem(self.place(start), "footnote", message)

    def _comment(self, offset: int, text: str) -> Iterator[Problem]:
        words, place = text.split(), self.place(offset)
        if "\n" not in text.strip() and read_directive(f"<!--{text}-->"):
            message = f"'<!--{text}-->' must stand alone on its line, at its beginning"
            yield Problem(place, "directive-not-alone", message)
        elif 1 <= len(words) <= 2:
            name = words[0].rstrip(":").lower()
            guess = get_close_matches(name, DIRECTIVES, 1, cutoff=0.8 if len(words) == 2 else 1)
            if guess:
                right = ": ".join([*guess, *words[1:]])
                message = f"'<!--{text}-->' is a remark that nobody sees; expected <!-- {right} -->"
                yield Problem(place, "directive-form", message)


def _where(seen: Seen) -> str | None:
    if seen.state == "attribute":
        return "attribute"
    for tag in seen.inside:
        if re.fullmatch("h[1-6]", tag):
            return "heading"
        if tag == "a":
            return "link"
        if tag in {"code", "pre"}:
            return "code"
    return None
