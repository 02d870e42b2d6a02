"""In which order things stand, said once: claims, topics, names, line numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePosixPath

from annotated.records.load import Located, Site
from annotated.records.models import Claim, ClaimFile

#: The first consonants in the order of Hangul's syllables, of which each begins so many
#: (The Unicode Standard, 3.12, Conjoining Jamo Behavior).
_CONSONANTS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_SYLLABLES = 588


@dataclass(frozen=True)
class Section:
    """Claims of one topic that follow each other in the notes, under a heading of their own."""

    anchor: str
    topic: ClaimFile
    claims: tuple[Claim, ...]


def in_note_order(claims: Iterable[Claim]) -> list[Claim]:
    """Return `claims` by their first line; where they share it, in the order of their numbers."""
    return sorted(claims, key=lambda claim: (claim.lines[0], int(claim.id.removeprefix("c-"))))


def sections(site: Site) -> list[Section]:
    """Part all claims by topic, in the order of the notes: a topic may come more than once.

    The first section of a topic has the name of its file as its anchor, the second
    ``<name>-2``, and so on.
    """
    topics: dict[str, Located[ClaimFile]] = {i: topic for topic, ids in site.topics for i in ids}
    claims = in_note_order(site.claims[i].value for i in topics)
    found: list[Section] = []
    seen: dict[str, int] = {}
    for stem, group in groupby(claims, lambda claim: _stem(topics[claim.id])):
        members = tuple(group)
        seen[stem] = seen.get(stem, 0) + 1
        anchor = stem if seen[stem] == 1 else f"{stem}-{seen[stem]}"
        found.append(Section(anchor, topics[members[0].id].value, members))
    return found


def _stem(topic: Located[ClaimFile]) -> str:
    return re.sub(r"[^\w-]+", "-", PurePosixPath(topic.document.file).stem)


def name_key(name: str) -> tuple[str, str]:
    """Sort names as a reader looks for them: case and accents count only where all else is equal.

    >>> sorted(["Zug", "Étage", "etage", "아침"], key=name_key)
    ['etage', 'Étage', 'Zug', '아침']
    """
    return _base(name), name


def initial(name: str) -> str:
    """The letter under which a name stands: a consonant in Hangul, ``#`` where there is no letter.

    >>> [initial(name) for name in ("task", "Étage", "컨테이너", "8080")]
    ['T', 'E', 'ㅋ', '#']
    """
    first = unicodedata.normalize("NFC", name)[:1]
    if "가" <= first <= "힣":
        return _CONSONANTS[(ord(first) - ord("가")) // _SYLLABLES]
    letter = _base(first)[:1].upper()
    return letter if letter.isalpha() else "#"


def letter_anchor(letter: str) -> str:
    """The id of a letter's heading in the glossary.

    >>> letter_anchor("T"), letter_anchor("#")
    ('letter-t', 'letter-other')
    """
    return f"letter-{letter.lower() if letter.isalpha() else 'other'}"


def _base(name: str) -> str:
    """Letters without case and accents; Hangul stays in whole syllables."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    return unicodedata.normalize("NFC", "".join(c for c in apart if not unicodedata.combining(c)))


def ranges(numbers: Iterable[int], dash: str = "-") -> list[str]:
    """Write whole numbers shortly, in order.

    >>> ranges([63, 61, 62, 72])
    ['61-63', '72']
    """
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return [str(a) if a == b else f"{a}{dash}{b}" for a, b in runs]
