"""Words and identifiers of a built site, drawn from what can be read on its pages."""

from __future__ import annotations

import random
import re

_EDGES = " .,;:!?()[]{}<>\"'“”‘’…¶·→—–|"


def draw(texts: dict[str, str], count: int, seed: int) -> list[str]:
    """Draw words and, for two of five, identifiers: names with capitals or signs in them."""
    tokens = {token.strip(_EDGES) for text in texts.values() for token in text.split()}
    names = sorted(t for t in tokens if re.search(r"[a-z][A-Z]|\w[_:./-]\w", t) and t.isprintable())
    words = sorted({w for t in tokens for w in re.findall(r"[^\W\d_]{2,}", t)})
    chance = random.Random(seed)  # noqa: S311 (a sample, no secret)
    return chance.sample(words, count * 3 // 5) + chance.sample(names, count * 2 // 5)
