"""Particles of Korean after a word that is filled in: 은 or 는 by how the word ends when spoken.

The words of the interface write both, ``{object}을(를)``. Where nobody can know how a word is
spoken, as after many English ones, both stay, which is correct as well.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

#: As written in the words of the interface: after a final consonant, and without one.
PARTICLES = {
    "은(는)": ("은", "는"),
    "이(가)": ("이", "가"),
    "을(를)": ("을", "를"),
    "와(과)": ("과", "와"),
    "(으)로": ("으로", "로"),
}
_PAIR = re.compile("|".join(map(re.escape, PARTICLES)))
#: Of the 28 syllables that begin alike, the first has no final consonant, the ninth ends in ㄹ
#: (The Unicode Standard, 3.12, Conjoining Jamo Behavior).
_FINALS, _RIEUL = 28, 8
#: How digits end when they are read: 영, 일, 이, 삼, 사, 오, 육, 칠, 팔, 구.
_DIGITS = dict(zip("0123456789", ("ng", "l", "", "m", "", "", "k", "l", "l", ""), strict=True))
#: How letters end when they are spelt out: 엘, 엠, 엔, 알; all others end in a vowel.
_LETTERS = {"L": "l", "M": "m", "N": "n", "R": "l"}
#: What stands after the last sound and is not spoken; a bracket repeats what stands before it.
_UNSPOKEN = re.compile(r"(?:\s*\([^()]*\)|[\s\"'”’»」』`*_.,!?…\]])+$")

#: A number, a word of Latin letters or one of Hangul with its English in brackets, and the particle
#: that follows it at once.
_FOLLOWED = re.compile(
    r"(?<![\w.])([A-Za-z]+|\d[\d.,]*|[가-힣]+\([^()가-힣\n]+\))"
    rf"({'|'.join(sum(PARTICLES.values(), ()))})(?!\w)"
)
#: Capitals that are spelt out: three at most, or more without a vowel, as HTTPS; else they are read
#: as a word, as RUNNING is.
_SPELT_OUT = re.compile(r"[A-Z]{1,3}|[^AEIOUY]+")
#: Words that Hangul closes, as in 프라이빗, where most of their ending stay open, as in 업데이트.
_CLOSED = frozenset({"composite", "favorite", "minute", "private", "template"})


def final(word: str) -> str | None:
    """Return how a word ends when spoken: "l" for ㄹ, "" for a vowel, None if nobody knows.

    >>> [final(word) for word in ("서비스", "역할", "볼륨", "URL", "API", "10", "Region", "task")]
    ['', 'l', 'x', 'l', '', 'ng', 'n', None]
    >>> [final(word) for word in ("Autoscaler", "Mode", "Archived", "Files", "pipe", "bucket")]
    ['', '', '', '', None, None]
    >>> [final(word) for word in ("RUNNING", "STOPPED", "USER", "HTTPS", "QUIC", "Private")]
    ['n', '', '', '', None, 'x']
    """
    word = unicodedata.normalize("NFC", _UNSPOKEN.sub("", word))
    last = word[-1:]
    if "가" <= last <= "힣":
        jong = (ord(last) - ord("가")) % _FINALS
        return "" if jong == 0 else "l" if jong == _RIEUL else "x"
    if last in _DIGITS:
        return _DIGITS[last]
    spelt = re.search(r"[A-Za-z]+$", word)
    if spelt is None:
        return None
    if spelt[0].isupper() and _SPELT_OUT.fullmatch(spelt[0]):
        return _LETTERS.get(last, "")
    english = spelt[0].lower()
    if english in _CLOSED:
        return "x"
    # An English word keeps the sounds of these; of others it depends on the word.
    ending = re.search(r"(?:l|le|m|me|n|ne|ng)$", english)
    if ending:
        return "l" if "l" in ending[0] else ending[0][0]
    # Hangul ends these in a vowel: r falls silent, and most consonants take one, as in 모드, 푸시.
    return "" if re.search(r"(?:[adfhiorsuvwxyz]|[cdgkrstvz]e)$", english) else None


def chosen(word: str, following: str) -> str:
    """Return what follows a word, its particle chosen if it begins with one.

    >>> chosen("역할", "은(는) 따로"), chosen("서비스", "은(는) 따로"), chosen("task", "을(를)")
    ('은 따로', '는 따로', '을(를)')
    >>> chosen("서울", "(으)로"), chosen("부산", "(으)로"), chosen("태스크(task)", "와(과)")
    ('로', '으로', '와')
    """
    pair = _PAIR.match(following)
    end = final(word) if pair else None
    if pair is None or end is None:
        return following
    closed, open_ = PARTICLES[pair[0]]
    takes_open = end == "" or (end == "l" and open_ == "로")
    return (open_ if takes_open else closed) + following[pair.end() :]


def misfits(text: str) -> Iterator[tuple[int, str, str]]:
    """Where a number, a Latin word or a bracket has the particle that the sound does not take.

    Yields:
        where the word starts, the word with its particle, and with the right one.

    >>> list(misfits("물 9이 남고 API은 뜨거운 차를, 1.37을 IPv6로 QUIC을 URL이"))
    [(2, '9이', '9가'), (8, 'API은', 'API는')]
    >>> list(misfits("RUNNING로 바뀐 태스크(task)은 역할(role)을 쓴다"))
    [(0, 'RUNNING로', 'RUNNING으로'), (12, '태스크(task)은', '태스크(task)는')]
    """
    for match in _FOLLOWED.finditer(text):
        word, particle = match.groups()
        both = next(both for both, pair in PARTICLES.items() if particle in pair)
        right = chosen(word, both)
        if right not in (both, particle):
            yield match.start(), match[0], word + right
