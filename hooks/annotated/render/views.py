"""What several parts show alike, in plain values: verdicts, sources, pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from annotated.records.models import VERDICTS, Claim, Source
from annotated.records.urls import parted
from annotated.records.wording import Words
from annotated.render import markdown
from annotated.render.edition import Edition, link_to
from annotated.render.parts import plain


@dataclass(frozen=True)
class VerdictView:
    """A verdict: its name, which is its class and its shape, and its word."""

    name: str
    word: str
    count: int = 0


@dataclass(frozen=True)
class SourceView:
    """A source that is cited: what was read, where, when."""

    id: str
    title: str
    url: str  # or empty
    publisher: str
    via: str
    as_of: str  # or empty
    read: str
    reading: str  # in words: what was read, the date of that text, the day of the reading
    author: str = ""
    pages: str = ""


@dataclass(frozen=True)
class Cited:
    """What rests on sources: their numbers in the list below it."""

    sources: tuple[int, ...] = field(kw_only=True)

    @property
    def numbers(self) -> str:
        """The numbers, as they stand beside the answer."""
        return ",".join(map(str, self.sources))


@dataclass(frozen=True)
class PageView:
    """A page that is linked to by its title."""

    title: str
    href: str


def verdict_view(name: str, words: Words) -> VerdictView:
    """Return a verdict as it is shown."""
    return VerdictView(name, words(f"verdict-{name}"))


def by_verdict(claims: Iterable[Claim], words: Words) -> tuple[VerdictView, ...]:
    """Count `claims` by verdict, in the order of the legend, without zeros."""
    counted = Counter(claim.verdict for claim in claims)
    return tuple(
        VerdictView(name, words(f"verdict-{name}"), counted[name])
        for name in VERDICTS
        if counted[name]
    )


def source_view(source: Source, words: Words) -> SourceView:
    """Return a source as it is cited."""
    dated = words("text-of", date=words.date(source.as_of)) if source.as_of else ""
    how = "heard-on" if source.via in ("lecture", "conversation") else "read-on"
    reading = words(how, via=words(f"via-{source.via}"), date=words.date(source.read), text=dated)
    pages = words("source-pages", pages=source.pages) if source.pages else ""
    told = [source.author, source.publisher if source.url is None else None, pages]
    reading = "; ".join(filter(None, [", ".join(filter(None, told)), reading]))
    return SourceView(
        source.id,
        source.title,
        source.url or "",
        source.publisher or "",
        source.via,
        source.as_of or "",
        source.read,
        reading,
        source.author or "",
        source.pages or "",
    )


def source_views(ids: list[str], edition: Edition) -> tuple[SourceView, ...]:
    """Return the sources with these ids, in order, as they are cited."""
    return tuple(source_view(s, edition.words) for s in edition.site.source_list(ids))


def cite(sources: Iterable[str], numbering: dict[str, int]) -> tuple[int, ...]:
    """Return the numbers of `sources`, in order; those that are new get the next ones.

    Args:
        sources: their ids.
        numbering: the numbers of sources so far; those that are new are added.
    """
    for source in sources:
        numbering.setdefault(source, len(numbering) + 1)
    return tuple(sorted(numbering[source] for source in sources))


def page_view(target: str, page: str, edition: Edition, *, html: bool = True) -> PageView:
    """Return the page of `target`, ``page.md#anchor``, as it is linked to from `page`."""
    title = plain(edition.site.pages[parted(target)[0]].title)
    return PageView(title, link_to(target, page, html=html))


def numbered(sources: Iterable[SourceView], words: Words) -> list[str]:
    """Return sources in plain Markdown, as the numbered list below a table."""
    lines = ["", f"{markdown.text(words('sources-title'))}:", ""]
    for number, source in enumerate(sources, 1):
        lines.append(f"{number}. {titled(source)}, {markdown.text(source.reading)}")
    return lines


def cited(sources: Iterable[SourceView]) -> str:
    """Return sources in plain Markdown, in a row, each with the day of the reading."""
    return "; ".join(f"{titled(s)}, {s.read}" for s in sources)


def titled(source: SourceView) -> str:
    """Return a source's title in plain Markdown: a link, if it has an address."""
    if source.url:
        return markdown.link(source.title, source.url)
    return f"*{markdown.text(source.title)}*"
