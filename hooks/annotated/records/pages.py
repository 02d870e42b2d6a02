"""Read a Markdown page without rendering it: headings, directives, marks, links, fences.

The checks need the place of each of these in the raw file, front matter counted, and must
never look into code. So code (fences and spans) is blanked out first, character for
character, and what is left is searched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from annotated.records.located import Document, read_yaml
from annotated.records.problems import Place, Problem
from annotated.records.urls import address_of, url_of

_FENCE = re.compile(r"^(?P<indent>[ >]*)(?P<ticks>`{3,}|~{3,})(?P<info>[^\n`]*)$")
_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
DIRECTIVE_LINE = re.compile(r"^<!--\s*([A-Za-z][\w-]*)\s*(?::\s*(.*?))?\s*-->\s*$")
MARK = re.compile(r"\[\^([^\]\n]*)\]")
COUNT = re.compile(r"\{count:([^}\n]*)\}")
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*$")
_HEADING_ID = re.compile(r"\{\s*#([^\s}]+)[^}]*\}\s*$")
_LINK = re.compile(r"(!?)\[(?P<text>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]\((?P<target>[^)\s]*)[^)]*\)")
_DEFINITION = re.compile(r"^ {0,3}\[[^\]^][^\]]*\]:\s*(\S+)", re.MULTILINE)
_ID_ATTRIBUTE = re.compile(r"""\bid=["']([^"']+)["']|\{[^}\n]*#([\w-]+)[^}\n]*\}""")


@dataclass(frozen=True)
class Heading:
    """A heading: its level, its text without the id, and the id if one is written."""

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


@dataclass(frozen=True)
class Mark:
    """A statement mark ``[^c-001 c-002]`` with the places of its ids."""

    ids: tuple[str, ...]
    places: tuple[Place, ...]
    inside: str | None  # "heading" or "link" where a mark may not stand


@dataclass(frozen=True)
class Link:
    """A Markdown link: where it points, as written."""

    target: str
    text: str
    place: Place


@dataclass(frozen=True)
class Fence:
    """A code fence: its language, its text, and the place of its first line of ticks."""

    language: str
    text: str
    place: Place


@dataclass(frozen=True)
class Count:
    """A number in prose, ``{count:name}``."""

    name: str
    place: Place


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
    fences: list[Fence] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    words: int = 0  # of prose, code and diagrams aside

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

    def front(self, key: str) -> str | None:
        """A value of the front matter, as text."""
        value = self.meta.value.get(key) if self.meta else None
        return None if value is None else str(value)


def read_page(path: str, file: str, text: str) -> tuple[Page, list[Problem]]:
    """Scan the raw `text` of the page at `path`; return it and what cannot be understood."""
    problems: list[Problem] = []
    page = Page(path, file, text)
    body = text
    front = re.match(r"---\r?\n(.*?)^(?:---|\.\.\.)\s*$\n?", text, re.DOTALL | re.MULTILINE)
    if front:
        page.body_line = text[: front.end()].count("\n") + 1
        body = text[front.end() :]
        page.meta, found = read_yaml(file, "\n" + front[1])
        problems += found
        if page.meta is not None and not isinstance(page.meta.value, dict):
            problems.append(Problem(Place(file), "front-matter", "expected 'key: value' lines"))
            page.meta = None
    visible = _without_fences(body, page)
    visible = _SPAN.sub(_blank, visible)
    _directives(visible, page, problems)
    visible = _COMMENT.sub(_blank, visible)
    _headings(visible, page)
    _links(visible, page)
    _marks(visible, page)
    page.words = len(re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", visible))
    for found_count in COUNT.finditer(visible):
        page.counts.append(
            Count(found_count[1].strip(), _place(page, visible, found_count.start()))
        )
    for attribute in _ID_ATTRIBUTE.finditer(visible):
        page.anchors.add(attribute[1] or attribute[2])
    page.anchors.update(h.id for h in page.headings if h.id)
    return page, problems


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _place(page: Page, body: str, offset: int) -> Place:
    line = body.count("\n", 0, offset)
    column = offset - (body.rfind("\n", 0, offset) + 1)
    return Place(page.file, page.body_line + line, column + 1)


def _without_fences(body: str, page: Page) -> str:
    out: list[str] = []
    closing: re.Pattern[str] | None = None
    content: list[str] = []
    language, opened, indent = "", 0, ""
    for number, line in enumerate(body.split("\n")):
        if closing is None:
            match = _FENCE.match(line)
            if not match:
                out.append(line)
                continue
            indent, language = match["indent"], (match["info"].split() or [""])[0].strip("{.}")
            tick = re.escape(match["ticks"][0])
            closing = re.compile(rf"^[ >]*{tick}{{{len(match['ticks'])},}}\s*$")
            opened, content = number, []
        elif closing.match(line):
            place = Place(page.file, page.body_line + opened, len(indent) + 1)
            page.fences.append(Fence(language, "\n".join(content), place))
            closing = None
        else:
            content.append(line.removeprefix(indent))
        out.append(" " * len(line))
    return "\n".join(out)


def _directives(visible: str, page: Page, problems: list[Problem]) -> None:
    for comment in _COMMENT.finditer(visible):
        place = _place(page, visible, comment.start())
        start = visible.rfind("\n", 0, comment.start()) + 1
        end = visible.find("\n", comment.end())
        line = visible[start : end if end >= 0 else len(visible)]
        match = DIRECTIVE_LINE.match(line)
        if match:
            page.directives.append(Directive(match[1], (match[2] or "").strip(), place))
        elif (
            re.match(r"<!--\s*[a-z][\w-]*\s*(?::[^\n]*)?-->$", comment[0])
            and "\n" not in comment[0]
        ):
            problems.append(
                Problem(
                    place,
                    "directive-not-alone",
                    f"'{comment[0]}' must stand alone on its line, at its beginning",
                )
            )


def _headings(visible: str, page: Page) -> None:
    offset = 0
    for line in visible.split("\n"):
        match = _HEADING.match(line)
        if match:
            written = _HEADING_ID.search(match[2])
            text = match[2][: written.start()].rstrip() if written else match[2]
            place = _place(page, visible, offset)
            page.headings.append(
                Heading(len(match[1]), text, written[1] if written else None, place)
            )
        offset += len(line) + 1


def _links(visible: str, page: Page) -> None:
    for match in _LINK.finditer(visible):
        page.links.append(
            Link(match["target"].strip("<>"), match["text"], _place(page, visible, match.start()))
        )
    for match in _DEFINITION.finditer(visible):
        page.links.append(Link(match[1].strip("<>"), "", _place(page, visible, match.start(1))))


def _marks(visible: str, page: Page) -> None:
    link_texts = [m.span("text") for m in _LINK.finditer(visible)]
    for match in MARK.finditer(visible):
        start = visible.rfind("\n", 0, match.start()) + 1
        inside = None
        if _HEADING.match(visible[start : match.end()]):
            inside = "heading"
        elif any(a <= match.start() < b for a, b in link_texts):
            inside = "link"
        ids, places = [], []
        for word in re.finditer(r"\S+", match[1]):
            ids.append(word[0])
            places.append(_place(page, visible, match.start(1) + word.start()))
        if not ids:
            places.append(_place(page, visible, match.start()))
        page.marks.append(Mark(tuple(ids), tuple(places), inside))
