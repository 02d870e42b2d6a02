"""What stands on the pages, read from their HTML; and the second index, which is made of it.

The engine looks for what was typed in the texts themselves, so that any word, any part of an
identifier and any script is found, and shows the sentence around it. A text that stands in
several places, such as a correction in the notes and beside a paragraph, is kept once.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from annotated.publish.search_shape import TextsIndex
from annotated.records.html_reader import HtmlReader

#: A text that stands in this many places of one page is kept for the first: "Sources", "Yes".
FURNITURE = 4

_INLINE = frozenset(
    "a abbr b bdi bdo cite code data del dfn em font i ins kbd mark q s samp small span strong sub"
    " sup time tspan u var wbr".split()
)
_VOID = frozenset("area base br col embed hr img input link meta source track use wbr".split())
_UNSEEN = frozenset("script style template select option".split())
_NO_PROSE = frozenset("pre svg footer".split())
_HEADING = re.compile(r"h[1-6]")
_ARTICLE = re.compile(r"<article\b.*</article>", re.DOTALL | re.IGNORECASE)
_BODY = re.compile(r"<body\b.*", re.DOTALL | re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
#: The page that stands for what surrounds every page.
HOME = "index.html"
_KEPT_LETTERS = re.compile("[\u3131-\u318e\u0e33\u0eb3]+")


@dataclass
class Place:
    """Where a result may lead: a page, or a part of it by the id of an element.

    Only the page and its headings have a title; other parts show that of the heading above them.
    """

    fragment: str = ""
    title: str = ""
    texts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # texts that open on their own
    #: What the place is about: both in their order, but no code, no drawings, nothing marked
    #: ``data-search-exclude`` (a section: at its heading), and not what ends the page.
    prose: list[str] = field(default_factory=list)


@dataclass
class ReadPage:
    """A page as a reader sees it; of the first, `around` is what surrounds it, as on every page."""

    location: str
    places: list[Place]
    around: list[str] = field(default_factory=list)

    @cached_property
    def kept(self) -> list[Place]:
        """The places with the texts of each that the second index keeps; it needs no page title."""
        places: Sequence[Place] = self.places
        if self.around:
            places = [*places, Place(texts=self.around)]
        often = Counter(text for place in places for text in place.texts)
        kept, met = [], set()
        for place in places:
            notes = [text for text in place.notes if text not in often]
            texts = [
                text
                for text in [*place.texts, *notes]
                if often[text] < FURNITURE or text not in met
            ]
            met.update(texts)
            texts = _telling(texts)
            if texts:
                kept.append(Place(place.fragment, place.title if place.fragment else "", texts))
        return kept


@dataclass
class PageReader:
    """Reads pages, and remembers them: under serve, only what has changed is read again."""

    known: dict[str, tuple[int, ReadPage]] = field(default_factory=dict)

    def read(self, location: str, html: str) -> ReadPage:
        """Return what stands on a page, from its HTML as it is published."""
        sign, page = self.known.get(location, (None, None))
        if page is None or sign != hash(html):
            page = read_page(location, html)
            self.known[location] = (hash(html), page)
        return page


def read_page(location: str, html: str) -> ReadPage:
    """Return what stands on a page: in its article, and around that if it is the first."""
    article = _ARTICLE.search(html)
    if article is None:
        return ReadPage(location, places_of(html))
    around = _around(html, article) if location == HOME else []
    return ReadPage(location, places_of(article[0]), around)


def places_of(html: str) -> list[Place]:
    """Return the places of a page with their texts, in the order of the page.

    Args:
        html: a page, or a part of one.

    >>> [place] = places_of("<p>Green<wbr>Tea &amp; <code>water</code></p>")
    >>> place.texts
    ['GreenTea & water']
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_text()
    return [place for place in reader.places.values() if place.texts or place.notes]


def search_texts(pages: Iterable[ReadPage]) -> TextsIndex:
    """Return the second index, from what stands on each page, in the order of the first index."""
    numbers: dict[str, int] = {}
    places: list[tuple[int, Place, int, list[int]]] = []
    for number, page in enumerate(pages):
        for place in page.kept:
            before = len(numbers)
            met = [numbers.setdefault(text, len(numbers)) for text in place.texts]
            places.append((number, place, len(numbers) - before, [n for n in met if n < before]))
    return TextsIndex(
        texts="\n".join(numbers),
        pages=[number for number, *_ in places],
        fragments="|".join(place.fragment for _, place, *_ in places),
        titles="|".join(place.title.replace("|", " ") for _, place, *_ in places),
        new=[new for *_, new, _ in places],
        shared="|".join(" ".join(_steps(shared)) for *_, shared in places),
    )


def _steps(numbers: Iterable[int]) -> list[str]:
    return [str(b - a) for a, b in pairwise([0, *sorted(numbers)])]


def _around(html: str, article: re.Match[str]) -> list[str]:
    """What stands on every page, around its article."""
    body = _BODY.search(html)
    start = body.start() if body else 0
    parts = places_of(html[start : article.start()] + html[article.end() :])
    return [text for place in parts for text in place.texts]


def _telling(texts: Iterable[str]) -> list[str]:
    """Leave out texts whose words all stand in others: labels that a sentence repeats."""
    kept: set[str] = set()
    seen: set[str] = set()
    unique = list(dict.fromkeys(texts))
    for text in sorted(unique, key=len, reverse=True):
        words = set(_WORD.findall(text.lower()))
        if not words <= seen or not words:
            seen |= words
            kept.add(text)
    return [text for text in unique if text in kept]


def folded(text: str) -> str:
    """Return a text as it is shown and looked through: composed, in the plainest letters.

    Single Hangul letters and vowels of two signs stay: Unicode would take them apart. No letter
    of the result changes its length in small letters, so that places in both are the same.

    >>> folded("\ufb01ne\u00a0tea\u00ad")
    'fine tea'
    """
    if text.isascii():
        return " ".join(text.split())
    pieces = _KEPT_LETTERS.split(text)
    letters = _KEPT_LETTERS.findall(text)
    plain = [unicodedata.normalize("NFKC", piece) for piece in pieces]
    joined = "".join(a + b for a, b in zip(plain, [*letters, ""], strict=True))
    joined = re.sub("[\u00ad\u200b-\u200f\u2060\ufeff]", "", joined).replace("\u0130", "I")
    return " ".join(joined.split())


@dataclass
class _Element:
    """An element that is open; `order` counts those that are places.

    What is in an element that is unseen, or no prose, is neither.
    """

    tag: str
    place: Place | None
    order: int
    aside: bool
    unseen: bool = False
    prose: bool = True


_OUTERMOST = _Element("", None, 0, aside=False)


class _Reader(HtmlReader):
    """Reads a page into places: text belongs to the heading or the element with an id before it.

    What opens on its own, such as a note, stands aside: the text around it goes on behind it. In a
    row of links with something small behind each, every link begins a text.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.places: dict[str, Place] = {"": Place()}
        self.section = _Element("", self.places[""], 0, aside=False)
        self.open: list[_Element] = []
        # Letters of the text, and of what stands aside within it, each with whether they are prose.
        self.texts: list[list[tuple[str, bool]]] = [[]]
        self.just_closed = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        aside = "popover" in given or tag == "button"
        if aside:
            self.texts.append([])
        elif tag not in _INLINE or (tag == "a" and self.just_closed == "small"):
            self.end_text()
        elif (self.just_closed and tag != "wbr" and not self._in_code()) or tag == "small":
            self.texts[-1].append((" ", True))
        self.just_closed = ""
        if tag in _VOID:
            return
        around = self.open[-1] if self.open else _OUTERMOST
        unseen = around.unseen or tag in _UNSEEN or "headerlink" in given.get("class", "").split()
        prose = around.prose and tag not in _NO_PROSE and "data-search-exclude" not in given
        element = _Element(tag, None, len(self.places), aside, unseen, prose)
        if tag == "footer":  # of the page, whatever section comes before it
            element.place = self.places[""]
        if self._leads_somewhere(tag, given):
            fragment = given["id"]
            element.place = self.places.setdefault(fragment, Place(fragment))
            if _HEADING.fullmatch(tag):
                self.section = element
        self.open.append(element)

    def _leads_somewhere(self, tag: str, given: Mapping[str, str]) -> bool:
        """Whether an element is a place.

        The first heading is the page itself; what is folded away belongs to what is around it.
        """
        if not given.get("id") or tag in _INLINE or tag in ("button", "h1", "svg", "td"):
            return False
        return not any(element.tag in ("svg", "details") for element in self.open)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if all(element.tag != tag for element in reversed(self.open)):
            return
        closed = ""
        while closed != tag:
            element = self.open[-1]
            titled = self.places[""] if element.tag == "h1" else self.section.place
            if titled and not titled.title and (element is self.section or element.tag == "h1"):
                titled.title = self._joined()
            if element.aside or element.tag not in _INLINE:
                self.end_text()
            if element.aside:
                self.texts.pop()
            closed = self.open.pop().tag
        self.just_closed = tag

    def _in_code(self) -> bool:
        """Whether neighbours are the parts of one line of code, in colours of their own."""
        return any(element.tag in ("pre", "code") for element in self.open)

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.just_closed = ""
        around = self.open[-1] if self.open else _OUTERMOST
        if not around.unseen:
            self.texts[-1].append((data, around.prose and self.section.prose))

    def end_text(self) -> None:
        """Note the text that ends here at its place."""
        text = self._joined()
        mixed = not all(prose for _, prose in self.texts[-1])
        prose = self._joined(only_prose=True) if mixed else text
        self.texts[-1].clear()
        button = self.open and self.open[-1].tag == "button"
        if not any(letter.isalpha() if button else letter.isalnum() for letter in text):
            return
        inner = [element for element in self.open if element.place is not None]
        place = max([self.section, *inner], key=lambda element: element.order).place
        assert place is not None
        aside = any(element.aside for element in self.open)
        (place.notes if aside else place.texts).append(text)
        if prose:
            place.prose.append(prose)

    def _joined(self, *, only_prose: bool = False) -> str:
        """The text that is being read."""
        return folded("".join(text for text, prose in self.texts[-1] if prose or not only_prose))
