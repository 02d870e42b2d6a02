"""What stands on the pages of a built site, read another way than the search reads it."""

from __future__ import annotations

import random
import re
from html.parser import HTMLParser
from pathlib import Path

_UNSEEN = {"script", "style", "template"}
_WITHIN_WORDS = {"wbr", "span", "i", "em", "code"}
_EDGES = " .,;:!?()[]{}<>\"'“”‘’…¶·→—–|"


class _Visible(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
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


def visible_texts(site: Path) -> dict[str, str]:
    """Return the text of each page that the search covers, by its path."""
    found = {}
    for file in sorted(site.rglob("*.html")):
        if file.name != "404.html":
            reader = _Visible()
            html = file.read_text(encoding="utf-8")
            reader.feed(html[html.index("<body") :])
            found[file.relative_to(site).as_posix()] = "".join(reader.pieces)
    return found


def draw(texts: dict[str, str], count: int, seed: int) -> list[str]:
    """Draw words and, for two of five, identifiers: names with capitals or signs in them."""
    tokens = {token.strip(_EDGES) for text in texts.values() for token in text.split()}
    names = sorted(t for t in tokens if re.search(r"[a-z][A-Z]|\w[_:./-]\w", t) and t.isprintable())
    words = sorted({w for t in tokens for w in re.findall(r"[^\W\d_]{2,}", t)})
    chance = random.Random(seed)  # noqa: S311 (a sample, no secret)
    return chance.sample(words, count * 3 // 5) + chance.sample(names, count * 2 // 5)
