"""How the search index is made small: words once, Hangul as keys, nothing that the engine derives.

Each function has its other half in the engine: the word list and the keys are read back in
``library.js``; what `near` and `telling` leave out is found there by other means.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise, takewhile
from typing import Any

from annotated.publish.search_words import LANGUAGE, QUIET

# Digits of the word list: printable ASCII that JSON does not escape.
DIGITS = "".join(chr(code) for code in range(35, 127) if chr(code) != "\\")
ONE_DIGIT = 70

# The keys of the two-set Korean keyboard, in the order of Unicode, as in `hangul.js`.
LEADS = "rRseEfaqQtTdwWczxvg"
VOWELS = "k o i O j p u P h hk ho hl y n nj np nl b m ml l".split(" ")
TAILS = " r R rt s sw sg e f fr fa fq ft fx fv fg a q qt t T d w c z x v g".split(" ")
MARK = "\x7f"

# Endings without which a word is the same word, if that stands in the texts too.
FORMS = ("s", "es", "d", "ed", "ing")
SHORTEST_BASE = 3

# How alike a misspelling and a name must be for the engine to find the name alone.
NEAR = 0.8
# How much of a question must be new beside the names and the questions before it.
NEWS = 0.7

EMPTY = frozenset(LANGUAGE["weak"])

_SYLLABLES = re.compile("[\uac00-\ud7a3]+")
_HANGUL = "\uac00-\ud7a3\u3131-\u3163"
_WORD = re.compile(rf"[{_HANGUL}]+|[^\W_{_HANGUL}]+")
_POSSESSIVE = re.compile(r"['\u2019]s\b")
_HUMP = re.compile(r"[a-z0-9][A-Z]")


def solid(name: str) -> str:
    """Return a name without what the engine does not look at: spaces, hyphens, capitals.

    >>> solid("Auto-Scaling group")
    'autoscalinggroup'
    """
    return re.sub(r"[\W_]+", "", name).lower()


def near(spelling: str, name: str, least: float = NEAR) -> bool:
    """Tell whether the engine finds `name` from a spelling by itself: most letters are the same.

    >>> near("steaping", "steeping"), near("brew", "steeping")
    (True, False)
    """
    one, other = _letters(spelling), _letters(name)
    total = len(one) + len(other)
    # Too different in length, or in letters of whatever order: most pairs end here.
    if 2 * min(len(one), len(other)) < least * total:
        return False
    if 2 * sum((_counted(one) & _counted(other)).values()) < least * total:
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= least


@cache
def _counted(letters: str) -> Counter[str]:
    return Counter(letters)


@cache
def _letters(text: str) -> str:
    return unicodedata.normalize("NFD", solid(text))


def shared_start(one: str, other: str) -> str:
    """Return what two texts begin with alike.

    >>> shared_start("steep", "steam")
    'ste'
    """
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return "".join(letter for letter, _ in same)


def words_of(text: str) -> list[str]:
    """Return the words of a text that say something."""
    words = _WORD.findall(_POSSESSIVE.sub("", text))
    return [word for word in words if not _is_empty(word)]


@cache
def _is_empty(word: str) -> bool:
    if word.isascii():
        return word.lower() in EMPTY
    longer = (end for end in LANGUAGE["endings"] if len(end) > 1)
    return (
        word in EMPTY
        or word in LANGUAGE["endings"]
        or any(word.removesuffix(end) in EMPTY for end in longer)
    )


@cache
def stem(word: str) -> str:
    """Return a Korean word without its longest ending, another in small letters.

    >>> stem("찻잔에서"), stem("Tea"), stem("teaPot")
    ('찻잔', 'tea', 'teaPot')
    """
    if word.isascii():
        return word if _HUMP.search(word) else word.lower()
    endings = (ending for ending in LANGUAGE["endings"] if word.endswith(ending))
    base = word.removesuffix(max(endings, key=len, default=""))
    return base if len(base) > 1 else word


def telling(questions: Sequence[str], known: Iterable[str]) -> list[str]:
    """Return the questions, without empty words, that bring words not known already.

    >>> telling(["how long does it steep", "how long to steep it"], ["tea"])
    ['steep']
    """
    seen = set(known)
    kept = []
    for question in questions:
        words = [stem(word) for word in words_of(question.replace("|", " "))]
        if words and len(set(words) - seen) >= NEWS * len(words):
            kept.append(" ".join(words))
            seen.update(words)
    return kept


def word_list(texts: Sequence[str], said: Sequence[str] = ()) -> list[str]:
    """Return the words of the texts in order, and for each the numbers of the texts that have it.

    `said` is what each text is found by anyway: words of that are left out, and words that say
    nothing, forms of a word that stands there too, and words in other letters than Latin (the
    glossary has those). A word is written as the number of letters that it shares with the
    one before, in one of `DIGITS`, and the rest. Numbers rise, so each is its distance from
    the one before: in one of `DIGITS` when it is small, else in two.

    >>> word_list(["green tea", "Teas", "tear"], ["", "", ""])
    ['#green#tea&r', '$ $$ &']
    """
    found: dict[str, set[int]] = {}
    for number, text in enumerate(texts):
        known = set(map(stem, words_of(said[number]))) if said else set()
        for word in set(map(stem, words_of(text))) - known - set(QUIET):
            if len(word) > 1 and word.isascii() and not word.isdigit():
                found.setdefault(word, set()).add(number)
    for word in list(found):
        bases = (word.removesuffix(end) for end in FORMS if word.endswith(end))
        base = next((base for base in bases if base in found and len(base) >= SHORTEST_BASE), "")
        if base:
            found[base] |= found.pop(word)
    words, steps, before = "", [], ""
    for word in sorted(found):
        shared = min(9, len(shared_start(before, word)))
        words += DIGITS[shared] + word[shared:]
        steps.append("".join(_step(b - a) for a, b in pairwise([-1, *sorted(found[word])])))
        before = word
    return [words, " ".join(steps)]


def _step(step: int) -> str:
    if step < ONE_DIGIT:
        return DIGITS[step]
    high, low = divmod(step - ONE_DIGIT, len(DIGITS))
    if high >= len(DIGITS) - ONE_DIGIT:
        raise ValueError(f"the search index has too many parts to count ({step})")
    return DIGITS[ONE_DIGIT + high] + DIGITS[low]


def compact_hangul(value: Any) -> Any:
    r"""Write Hangul as the keys that type it, after a mark: shorter, and the engine knows them.

    >>> compact_hangul(["\ucc28 tea"])
    ['\x7fck tea']
    """
    if isinstance(value, dict):
        return {key: compact_hangul(item) for key, item in value.items()}
    if isinstance(value, list):
        return [compact_hangul(item) for item in value]
    if isinstance(value, str):
        return _SYLLABLES.sub(lambda run: MARK + "".join(map(_keys, run[0])), value)
    return value


def _keys(syllable: str) -> str:
    number = ord(syllable) - ord("\uac00")
    return LEADS[number // 588] + VOWELS[number // 28 % 21] + TAILS[number % 28]
