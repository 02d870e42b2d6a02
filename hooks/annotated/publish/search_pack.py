"""How the search index is made small: words once, Hangul as keys, nothing that the engine derives.

Each function has its other half in the engine: the word list and the keys are read back in
``library.js``; what `near` and `telling` leave out is found there by other means.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise, takewhile
from typing import Any, TypeVar, cast

from annotated.publish.search_shape import WordList
from annotated.publish.search_words import LANGUAGE

# Digits of the word list: printable ASCII that JSON does not escape.
DIGITS = "".join(chr(code) for code in range(35, 127) if chr(code) != "\\")
# The first so many end a number; the others say that more follow.
LAST_DIGITS = 70

# The keys of the two-set Korean keyboard, in the order of Unicode, as in `hangul.js`.
LEADS = "rRseEfaqQtTdwWczxvg"
VOWELS = "k o i O j p u P h hk ho hl y n nj np nl b m ml l".split(" ")
TAILS = " r R rt s sw sg e f fr fa fq ft fx fv fg a q qt t T d w c z x v g".split(" ")
MARK = "\x7f"

# Endings without which a word is the same word, if that stands in the texts too.
FORMS = ("s", "es", "d", "ed", "ing")
SHORTEST_BASE = 3

# A word tells no text from another if more than this share of the texts has it; if more than
# so many texts have it, only their pages are noted.
MOST_TEXTS = 0.2
MOST_PLACES = 3

# How alike a misspelling and a name must be for the engine to find the name alone.
NEAR = 0.8
# How much of a question must be new beside the names and the questions before it.
NEWS = 0.7

EMPTY = frozenset(LANGUAGE["weak"])
ENDINGS = frozenset(LANGUAGE["endings"])
ENDING_SIZES = sorted({len(ending) for ending in ENDINGS}, reverse=True)

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


@cache  # under serve, only what was saved is compared again
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
    # An ending of one letter may be part of the word.
    bases = (word[:-size] for size in ENDING_SIZES if size > 1 and word[-size:] in ENDINGS)
    return word in EMPTY or word in ENDINGS or any(base in EMPTY for base in bases)


@cache
def stem(word: str) -> str:
    """Return a Korean word without its longest ending, another in small letters.

    >>> stem("찻잔에서"), stem("Tea"), stem("teaPot")
    ('찻잔', 'tea', 'teaPot')
    """
    if word.isascii():
        return word if _HUMP.search(word) else word.lower()
    size = next((size for size in ENDING_SIZES if word[-size:] in ENDINGS), 0)
    base = word[: len(word) - size]
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


@dataclass(frozen=True)
class Text:
    """A text to be found by its words; `page` is the number of the text that stands for its page.

    `said` is what it is found by anyway: words of that are not noted again.
    """

    words: str
    page: int
    said: str = ""


def word_list(
    texts: Sequence[Text],
    questions: Sequence[str] = (),
    quiet: frozenset[str] = frozenset(),
    names: Iterable[str] = (),
) -> tuple[WordList, WordList]:
    """Return the words of texts and questions, and for each the numbers of those that have it.

    Left out are words that say nothing, `quiet` ones, those that most texts have, and Hangul in
    texts but for the words of `names` (verbs with all their endings would be as many again): the
    second index has them all. A word of many texts is noted for their pages only.
    Forms of a word that stands there too count as that word.

    Returns:
        Those in Latin letters, and those in Hangul: the words in order, the numbers of their
        texts, and of their questions. A word is written as the number of letters that it shares
        with the one before, in one of `DIGITS`, and the rest; Hangul as keys.

    >>> latin, _ = word_list([Text("green tea", 0), Text("Teas", 1), Text("tear", 2)], ["tea time"])
    >>> latin
    WordList(words='#green#tea&r$ime', texts='$ $$ & ', questions=' $  $')
    """
    in_texts: dict[str, set[int]] = {}
    naming = {stem(word) for name in names for word in words_of(name)}
    for number, text in enumerate(texts):
        known = set(map(stem, words_of(text.said)))
        for word in set(map(stem, words_of(text.words))) - known - quiet:
            is_noted = word in naming or not _SYLLABLES.search(word)
            if len(word) > 1 and is_noted and not word.isdigit():
                in_texts.setdefault(word, set()).add(number)
    in_questions: dict[str, set[int]] = {}
    for number, question in enumerate(questions):
        for word in question.split():
            in_questions.setdefault(word, set()).add(number)
    _join_forms(in_texts, in_questions)
    most = max(MOST_PLACES, len(texts) * MOST_TEXTS)
    in_texts = {
        word: at if len(at) <= MOST_PLACES else {texts[number].page for number in at}
        for word, at in in_texts.items()
        if len(at) <= most
    }
    words = in_texts.keys() | in_questions.keys()
    hangul = {word: _SYLLABLES.sub(_typed, word) for word in words if _SYLLABLES.search(word)}
    latin = {word: word for word in words - hangul.keys()}
    return (
        _packed_words(latin, in_texts, in_questions),
        _packed_words(hangul, in_texts, in_questions),
    )


def _packed_words(
    written: Mapping[str, str],
    in_texts: Mapping[str, Iterable[int]],
    in_questions: Mapping[str, Iterable[int]],
) -> WordList:
    """Words, in the order of how they are written, with the numbers of where they stand."""
    order = sorted(written, key=lambda word: written[word])
    return WordList(
        words=_front_coded(written[word] for word in order),
        texts=" ".join(_steps(in_texts.get(word, ())) for word in order),
        questions=" ".join(_steps(in_questions.get(word, ())) for word in order),
    )


def _join_forms(*tables: dict[str, set[int]]) -> None:
    """Count "teas" as "tea" where that is a word of some table."""
    known = set().union(*tables)
    for word in sorted(known):
        bases = (word.removesuffix(end) for end in FORMS if word.endswith(end))
        base = next((base for base in bases if base in known and len(base) >= SHORTEST_BASE), "")
        for table in tables:
            if base and word in table:
                table[base] = table.get(base, set()) | table.pop(word)


def _front_coded(words: Iterable[str]) -> str:
    listed, before = "", ""
    for word in words:
        shared = min(9, len(shared_start(before, word)))
        listed += DIGITS[shared] + word[shared:]
        before = word
    return listed


def _steps(numbers: Iterable[int]) -> str:
    """Numbers as steps from one to the next: small ones take one of `DIGITS`, others more.

    >>> _steps([0, 1, 71])
    '$$q&'
    """
    return "".join(_step(b - a) for a, b in pairwise([-1, *sorted(numbers)]))


def _step(step: int) -> str:
    digits = ""
    while step >= LAST_DIGITS:
        step, low = divmod(step, len(DIGITS) - LAST_DIGITS)
        digits += DIGITS[LAST_DIGITS + low]
    return digits + DIGITS[step]


_Value = TypeVar("_Value")


def compact_hangul(value: _Value) -> _Value:
    r"""Write Hangul as the keys that type it, after a mark: shorter, and the engine knows them.

    >>> compact_hangul(["\ucc28 tea"])
    ['\x7fck tea']
    """
    return cast("_Value", _compact(value))


def _compact(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: _compact(getattr(value, f.name)) for f in fields(value)})
    if isinstance(value, dict):
        return {key: _compact(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_compact(item) for item in value]
    if isinstance(value, str):
        return _SYLLABLES.sub(lambda run: MARK + _typed(run), value)
    return value


def _typed(run: re.Match[str]) -> str:
    return "".join(map(_keys, run[0]))


def _keys(syllable: str) -> str:
    number = ord(syllable) - ord("\uac00")
    return LEADS[number // 588] + VOWELS[number // 28 % 21] + TAILS[number % 28]
