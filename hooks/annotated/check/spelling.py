"""Rules about how texts are written: one thing has one word, and all sentences one style.

What is not written is the site's own to say: of a term in its ``avoid``, of a language in ``style``
of ``data/site.yml``. Code and identifiers are no text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from annotated.records.grammar import CODE, CODE_SPAN
from annotated.records.load import Site
from annotated.records.pages import Page
from annotated.records.particles import misfits
from annotated.records.problems import Place, Problem, quoted
from annotated.records.texts import blanked
from annotated.records.units import record_texts

#: What of a page is no text, once its fences are out: comments, tags, code, where links lead to,
#: attribute lists.
_NO_TEXT = re.compile(
    rf"<!--.*?-->|</?[A-Za-z][^<>]*>|{CODE_SPAN.pattern}|(?<=\])\([^()\s]*[^()]*\)"
    r"|\{[:#.][^{}\n]*\}|\{count:[^{}\n]*\}",
    re.DOTALL,
)
_SAID = ("title", "description")
_RULE = "spelling"
#: What finds something in a text: where, and what is said of it.
_Finder = Callable[[str], Iterator[tuple[int, str]]]

#: Syllables of Hangul are numbered by first consonant and vowel, 399 pairs, then by their end, 28
#: of them; the ends as consonants that stand alone (The Unicode Standard, 3.12).
_FIRST, _PAIRS, _ENDS = 0xAC00, 399, 28
_FINALS = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"


#: Letters of the Latin script, with and without accents.
_LATIN = r"A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
#: Scripts without spaces: where a word begins, nothing tells, but that Katakana stand together.
_KATAKANA = r"[\u30a0-\u30ff]"
_WITHOUT_SPACES = r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u309f\u3400-\u9fff]"


@dataclass(frozen=True)
class _Spelling:
    """What is looked for, and what is to be written in its place."""

    pattern: re.Pattern[str]
    instead: str
    held: str  # by whatever the pattern finds: most texts do not have it, and that is quickly seen


def particles_that_fit(site: Site) -> Iterable[Problem]:
    """No Korean text has a particle that the word or number before it does not take."""
    if site.language.partition("-")[0] == "ko":
        yield from _everywhere(site, _misfits)


def one_word_for_one_thing(site: Site) -> Iterable[Problem]:
    """No text has a spelling that the terms or the style of its language forbid."""
    spellings = list(_forbidden(site))
    if spellings:
        yield from _everywhere(site, lambda text: _found(text, spellings))


def _everywhere(site: Site, found: _Finder) -> Iterator[Problem]:
    """What is found in the pages, records and words of a site."""
    for path, page in site.pages.items():
        if path not in site.lent:  # that has another language
            yield from _in_page(page, found)
    for text, place in _in_records(site):
        for _, message in found(_blanked(CODE, text)):
            yield Problem(place, _RULE, message)


def _in_records(site: Site) -> Iterator[tuple[str, Place]]:
    """The texts of records, and the words of the interface, in the site's language."""
    for each in record_texts(site):
        yield each.text.root.get(site.language, ""), each.place
    for wording in site.wordings:
        if PurePosixPath(wording.document.file).stem == site.language:
            for key, text in wording.value.words.items():
                yield text, wording.at("words", key)


def _forbidden(site: Site) -> Iterator[_Spelling]:
    for term in site.terms.values():
        for word in term.value.avoid.in_language(site.language):
            yield _Spelling(_begins(word, ()), term.value.term.in_language(site.language), word)
    style = site.vocabulary.value.style if site.vocabulary else {}
    for one in style.get(site.language, []):
        for word in one.avoid:
            pattern = _ends(word) if one.endings else _begins(word, tuple(one.unless))
            yield _Spelling(pattern, one.write, word[1:] if one.endings else word)


@lru_cache
def _begins(word: str, unless: tuple[str, ...]) -> re.Pattern[str]:
    r"""What finds a spelling where a word begins; a particle or an ending may follow it.

    >>> [bool(_begins("롤", ("롤링",)).search(text)) for text in ("이 롤을", "롤링", "컨트롤")]
    [True, False, False]
    >>> [bool(_begins("Pod", ()).search(text)) for text in ("Pod는", "PodSpec", "iPod")]
    [True, False, False]
    >>> [bool(_begins("Öl", ()).search(text)) for text in ("Öl,", "Ölung", "Ölöl")]
    [True, False, False]
    >>> [bool(_begins("ピン", ()).search(text)) for text in ("古いピンを", "スピン")]
    [True, False]
    """
    latin = rf"[0-9_{_LATIN}]"
    if re.match(latin, word):
        before = rf"(?<!{latin})(?<!{latin}[./-])"
    elif re.match(_KATAKANA, word):
        before = rf"(?<!{_KATAKANA})"
    elif re.match(_WITHOUT_SPACES, word):
        before = ""
    else:
        before = rf"(?<![^\W\d_{_LATIN}])"
    after = rf"(?!{latin})(?![./-]{latin})" if re.search(f"{latin}$", word) else ""
    but = f"(?!{'|'.join(map(re.escape, unless))})" if unless else ""
    return re.compile(f"{before}{but}{re.escape(word)}{after}")


@lru_cache
def _ends(ending: str) -> re.Pattern[str]:
    """What finds an ending of words; a consonant at its beginning ends the syllable before.

    >>> [bool(_ends("ㅂ니다").search(text)) for text in ("합니다.", "습니다", "지니다", "합니다만")]
    [True, True, False, False]
    """
    number = _FINALS.find(ending[0]) + 1
    if number:
        syllables = (chr(_FIRST + pair * _ENDS + number) for pair in range(_PAIRS))
        return re.compile(rf"[{''.join(syllables)}]{re.escape(ending[1:])}(?!\w)")
    return re.compile(rf"\w*{re.escape(ending)}(?!\w)")


def _in_page(page: Page, found: _Finder) -> Iterator[Problem]:
    text = page.without_fences("mermaid")
    front = len(page.text) - len(page.body)
    text = _blanked(_NO_TEXT, blanked(text[:front]) + text[front:])
    for start, message in found(text):
        line = text.count("\n", 0, start) + 1
        yield Problem(Place(page.file, line, start - text.rfind("\n", 0, start)), _RULE, message)
    if page.meta is None:
        return
    for key in _SAID:
        for _, message in found(str(page.meta.value.get(key, ""))):
            yield Problem(page.meta.at(key), _RULE, message)


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    """The text with spaces in place of what is none, so that all else keeps its place."""
    return pattern.sub(lambda match: blanked(match[0]), text)


def _misfits(text: str) -> Iterator[tuple[int, str]]:
    for start, found, right in misfits(text):
        yield start, f"{quoted(found)} is not read so; expected {quoted(right)}"


def _found(text: str, spellings: list[_Spelling]) -> Iterator[tuple[int, str]]:
    """Where in a text something stands that is not written, and what is said of it.

    In brackets behind what is to be written, as a first use may have it, nothing is wrong.
    """
    for spelling in spellings:
        for match in spelling.pattern.finditer(text) if spelling.held in text else ():
            before = text[: match.start()]
            if before.endswith("(") and before[:-1].rstrip("*").endswith(spelling.instead):
                continue
            found, expected = quoted(match[0]), quoted(spelling.instead)
            yield match.start(), f"{found} is not written here; expected {expected}"
