"""Where the lines of old notes stand in new ones."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from annotated.importing.outline import said

#: How alike two texts are, of 1, to be one line that was changed.
ALIKE = 0.5
#: How many lines a changed one is looked for among, and how much of each is compared: a file that
#: was written anew must not keep anybody waiting.
_NEAR, _COMPARED = 10, 500
#: Digits of a line's hash: enough that no two lines of a hundred thousand are taken for one.
_DIGITS = 12


@dataclass(frozen=True)
class Known:
    """What was known of the notes at the last import: a hash of each line, the next claim's number.

    Hashes, so that notes that nobody shall read can be followed without being kept.
    """

    lines: tuple[str, ...]
    following: int

    def to_json(self) -> str:
        """Return what is stored; a line each, so that a version control shows what changed."""
        value = {"next": self.following, "lines": list(self.lines)}
        return json.dumps(value, indent=0) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Known | None:
        """Read what is stored; None where it is not what we store."""
        try:
            value = json.loads(text)
            lines, following = value["lines"], value["next"]
        except (ValueError, KeyError, TypeError):
            return None
        good = isinstance(lines, list) and all(isinstance(line, str) for line in lines)
        if not good or not isinstance(following, int) or isinstance(following, bool):
            return None
        return cls(tuple(lines), following)


@dataclass(frozen=True)
class Followed:
    """``to`` gives the new number of each old line that is still there, both counted from 1."""

    to: Mapping[int, int]
    changed: frozenset[int]  # old numbers of lines that say something else now
    came: tuple[int, ...]  # new numbers
    went: tuple[int, ...]  # old numbers


def fingerprint(line: str) -> str:
    """Return the hash of what a line says; empty for an empty line.

    Another bullet, or bold letters, make no other line.
    """
    text = said(line) or line.strip()
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:_DIGITS] if text else ""


def follow(old: Sequence[str], new: Sequence[str], texts: Mapping[int, str]) -> Followed:
    """Find each old line among the new ones.

    Args:
        old: the hashes of the lines at the last import.
        new: the lines of the notes as they are.
        texts: what old lines said, by number, as far as that is known.
    """
    hashes = [fingerprint(line) for line in new]
    to: dict[int, int] = {}
    blocks: list[tuple[range, range]] = []
    matcher = SequenceMatcher(None, old, hashes)
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag == "equal":
            to |= {start + n + 1: first + n + 1 for n in range(end - start)}
        else:
            blocks.append((range(start + 1, end + 1), range(first + 1, last + 1)))
    taken = set(to.values())
    _find_moved(old, hashes, to, taken)
    changed: set[int] = set()
    for before, after in blocks:
        left = [n for n in before if n not in to and old[n - 1]]
        free = [n for n in after if n not in taken and hashes[n - 1]]
        for a, b in _pairs(left, free, new, texts):
            to[a] = b
            taken.add(b)
            changed.add(a)
    came = tuple(n for n in range(1, len(new) + 1) if n not in taken)
    went = tuple(n for n in range(1, len(old) + 1) if n not in to)
    return Followed(to, frozenset(changed), came, went)


def _find_moved(
    old: Sequence[str], hashes: Sequence[str], to: dict[int, int], taken: set[int]
) -> None:
    """Find lines that stand elsewhere word for word; the first goes to the first."""
    places: dict[str, list[int]] = defaultdict(list)
    for number, name in enumerate(hashes, 1):
        if name and number not in taken:
            places[name].append(number)
    for number, name in enumerate(old, 1):
        if number not in to and places.get(name):
            to[number] = places[name].pop(0)
            taken.add(to[number])


def _pairs(
    left: list[int], free: list[int], new: Sequence[str], texts: Mapping[int, str]
) -> list[tuple[int, int]]:
    """Pair lines that went with lines that came in their place, in order."""
    pairs: list[tuple[int, int]] = []
    shown = {n: said(new[n - 1])[:_COMPARED] for n in free}
    at = 0
    for number in left:
        if number not in texts:
            continue
        scores = [
            (_alike(texts[number], shown[n]), -k) for k, n in enumerate(free[at : at + _NEAR])
        ]
        score, k = max(scores, default=(0.0, 0))
        if score >= ALIKE:
            pairs.append((number, free[at - k]))
            at += 1 - k
    paired = {a for a, _ in pairs} | {-b for _, b in pairs}
    unknown = [n for n in left if n not in paired and n not in texts]
    others = [n for n in free if -n not in paired]
    if len(unknown) == len(others) and len(unknown) + len(pairs) == len(left):
        pairs += zip(unknown, others, strict=True)
    return pairs


def _alike(a: str, b: str) -> float:
    matcher = SequenceMatcher(None, a[:_COMPARED], b, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= ALIKE else 0.0
