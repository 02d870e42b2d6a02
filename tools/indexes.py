"""What the two indexes of the search may weigh: in proportion to what a site has to be found."""

from __future__ import annotations

import gzip
import json
from html.parser import HTMLParser
from pathlib import Path

from budgets import Budget

#: Bytes of the first index for a concept: 1.2 times the 242 of the second edition's first day, when
#: 219 concepts took 53 kB.
MOST_PER_CONCEPT = 290
#: Bytes of the second index for a byte that can be read: then 110 kB were allowed for the 569,543
#: letters of 41 pages, nearly all of one byte. A syllable of Hangul has three, and says as much.
MOST_PER_BYTE = 110_000 / 569_543

_UNSEEN = {"script", "style", "template"}
_WITHIN_WORDS = {"wbr", "span", "i", "em", "code"}


class _Visible(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 (the parser gives it)
        self.unseen += tag in _UNSEEN
        if tag not in _WITHIN_WORDS:
            self.pieces.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.unseen -= tag in _UNSEEN
        if tag not in _WITHIN_WORDS:
            self.pieces.append(" ")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.pieces.append(data)


def editions(site: Path) -> list[Path]:
    """Return the folder of each edition of a built site, the first one first: each has a search."""
    return sorted(file.parents[1] for file in site.glob("**/search/concepts.*.json"))


def pages_of(edition: Path) -> list[Path]:
    """Return the pages of an edition, in order: those of editions within it are not its own."""
    inner = [each for each in editions(edition) if each != edition]
    files = sorted(edition.rglob("*.html"))
    return [file for file in files if not any(map(file.is_relative_to, inner))]


def visible_texts(site: Path) -> dict[str, str]:
    """Return the text of each page that the search of an edition covers, by its path below it."""
    found = {}
    for file in pages_of(site):
        if file.name != "404.html":
            reader = _Visible()
            html = file.read_text(encoding="utf-8")
            reader.feed(html[html.index("<body") :])
            found[file.relative_to(site).as_posix()] = "".join(reader.pieces)
    return found


def budgets(site: Path) -> list[Budget]:
    """Return what the indexes of a built site weigh, compressed as a server would."""
    first, second = (
        next(site.glob(f"search/{name}.*.json")).read_bytes() for name in ("concepts", "texts")
    )
    concepts = len(json.loads(first)["concepts"]["terms"].split("|"))
    read = sum(len(text.encode()) for text in visible_texts(site).values())
    return [
        Budget(
            f"first search index, bytes for {concepts} concepts",
            len(gzip.compress(first, 6)),
            MOST_PER_CONCEPT * concepts,
            "see what search_pack.py may leave out, since the engine finds it by itself",
        ),
        Budget(
            f"second search index, bytes for {read:,} to read",
            len(gzip.compress(second, 6)),
            MOST_PER_BYTE * read,
            "look for texts that many pages repeat",
        ),
    ]
