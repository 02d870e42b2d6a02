"""What the lines of notes seem to be: title, date, language, headings, statements, asides.

All of it is guessed from the form of the lines, and each guess says how sure it is; whether a
statement is true is never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from babel import Locale
from babel.dates import get_month_names
from stopwordsiso import stopwords

from annotated.records.grammar import CODE
from annotated.records.problems import UNSEEN, counted

#: As wide as a heading is, in columns: a letter of East Asia takes two.
WIDEST_HEADING = 60
#: Where most lines are items of lists, what is none is a heading.
_MOSTLY = 0.5
#: A longer line is no prose that somebody marked up; looking for marks in it could take for ever.
_LONGEST_MARKED = 4_000
#: So many lines at the beginning may say who wrote the notes, and when.
_HEAD = 12

_ITEM = re.compile(r"\s*(?:[-*+•‣◦·∙▪–—※○●□■▶►→]|\(?\d{1,3}[.)]|\(?[A-Za-z][.)]|[①-⑳])\s+")
_TASK = re.compile(r"^\[[ xX]\]\s+")
_QUOTE = re.compile(r"\s*(?:>\s?)+")
_ATX = re.compile(r"\s{0,3}(#{1,6})(?:\s+|(?=[^\s#]))(.*?)(?:(?:^|\s)#+)?\s*")
_RULE = re.compile(r"[\s=*_~\-─━═—–·.#+|:]+")
_UNDERLINE = re.compile(r"\s*(={3,}|-{3,}|~{3,}|\*{3,}|_{3,}|─{2,}|━{2,}|═{2,})\s*")
_NUMBERED = re.compile(
    r"\s*(?P<number>(?:\d{1,2}\.)+(?:\d{1,2}\.?)?|[IVXL]{1,5}\.|(?:chapter|part|section|kapitel|제|第)"
    r"\s?[\d一二三四五六七八九十IVX]+\s?(?:장|절|부|편|章|節|节)?[.:]?)\s+\S",
    re.IGNORECASE,
)
_FRAMED = re.compile(
    r"\s*(?:\*\*(?P<a>[^*]+)\*\*|__(?P<b>[^_]+)__|\[(?P<c>[^\[\]]+)\]|【(?P<d>[^】]+)】|<(?P<e>[^<>/]+)>|"
    r"(?P<rule>[=*_~\-─━═—–·.#+])(?P=rule)+\s*(?P<f>.+?)\s*(?P=rule){2,}|[■◆▣◎★]\s*(?P<g>.+))\s*:?\s*"
)
_SENTENCE = re.compile(r".*(?:[.!?\u3002\uff01\uff1f\u2026;]|[^\W\d_]다|요)[\"'”’)\]]*\s*")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_COMMENT = re.compile(r"\s*<!--.*-->\s*")
_ADDRESS = re.compile(r"\s*(?:[-*+]\s+)?<?(?:https?|ftp)://\S+\s*")
_PICTURE = re.compile(r"\s*(?:[-*+]\s+)?(?:!\[[^\]]*\]\([^)]*\)|<img\b[^>]*>)\s*")
_TODO = re.compile(r"(?:TODO|FIXME|할\s?일|나중에|やること|待办)\b.*", re.IGNORECASE)
_AUTHOR = re.compile(
    r"\s*(?:by|author|written by|작성자|글쓴이|지은이|저자|著者|作者|von|par|por)"
    r"\s*[:\uff1a]?\s+(.{1,60})",
    re.IGNORECASE,
)
_META = re.compile(r"([A-Za-z][\w-]*):\s*(.*)")

# Text as a record holds it: words, and `code` in backticks
_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\)")
_REFERENCE = re.compile(r"\[([^\[\]]*)\]\[[^\[\]]*\]|\[\^[^\[\]]*\]")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->")
_STRONG = re.compile(r"(\*\*|__|~~|==)(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=\S)([^*_]+?)(?<=\S)\1(?![\w*])")
_BRACES = re.compile(r"\{\s*[:#.]|\{count:")
_HTML_START = re.compile(r"<(?=[A-Za-z!/])|&(?=[a-z]+;|#)")
_LEFT_OVER = re.compile(r"!\[|\]\(|\]\[|\[\^")
#: A sign that a backslash makes a letter, or code, in which it does not, or ticks that begin none:
#: what comes first holds.
_VERBATIM = re.compile(
    r"\\(?P<sign>[!-/:-@\[-`{-~])|(?P<ticks>`++)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)|`++"
)
#: Where such signs are, while the others are read: below what anybody writes.
_ASIDE = 0xF0000
_SIGN_ASIDE = re.compile(f"[{chr(_ASIDE)}-{chr(_ASIDE + 0x7F)}]")
_BAR = "|"


@dataclass(frozen=True)
class Line:
    """What a line seems to be: ``claim``, ``heading``, ``blank``, or why it states nothing."""

    kind: str
    text: str  # as a record would hold it; of a heading, what it says
    level: int = 0  # of a heading; 0 where its form does not tell
    sure: bool = True


@dataclass(frozen=True)
class Guess:
    """Something that the notes say of themselves; `why` says how it was found."""

    value: str
    why: str
    sure: bool = True


@dataclass(frozen=True)
class Outline:
    """Notes, line by line, and what they say of themselves where they do."""

    lines: tuple[Line, ...]
    title: Guess
    written: Guess | None
    language: Guess | None
    author: Guess | None


def outline_of(lines: Sequence[str], name: str, today: date) -> Outline:
    """Guess what `lines` are.

    Args:
        lines: the notes.
        name: what the file is called, without its ending; the title where nothing else is.
        today: nothing was written later.
    """
    language = language_of(lines)
    meta, skip = _front_matter(lines)
    read = _lines(lines, skip)
    head = [i for i, line in enumerate(lines[:200]) if i >= skip and line.strip()][:_HEAD]
    title = _title(lines, read, head, meta, name)
    written = _date(lines, head, meta, language.value if language else "en", today)
    author = _author(lines, head, meta)
    for found, kind in ((title, "title"), (written, "date"), (author, "author")):
        at = _line_in(found.why) if found else None
        if at is not None and (kind != "title" or read[at].kind in ("claim", "heading")):
            read[at] = Line(kind, read[at].text)
    return Outline(tuple(read), title, written, language, author)


# What a line is ---------------------------------------------------------------------------------


def _lines(lines: Sequence[str], skip: int) -> list[Line]:
    found: list[Line] = [Line("meta", "") for _ in lines[:skip]]
    texts = [line for line in lines[skip:] if line.strip()]
    items = sum(bool(_ITEM.match(line)) for line in texts)
    listed = bool(texts) and items / len(texts) >= _MOSTLY
    fence = ""
    for at in range(skip, len(lines)):
        line = lines[at]
        if fence:
            found.append(Line("code", ""))
            if line.strip().startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        elif opened := _FENCE.match(line):
            fence = opened[1]
            found.append(Line("code", ""))
        else:
            found.append(_line(lines, at, skip, listed=listed))
    return found


def _line(lines: Sequence[str], at: int, skip: int, *, listed: bool) -> Line:
    line = UNSEEN.sub("", lines[at])
    if not line.strip():
        return Line("blank", "")
    before = lines[at - 1] if at > skip else ""
    after = lines[at + 1] if at + 1 < len(lines) else ""
    if _RULE.fullmatch(line):
        return Line("rule", "")
    for kind, pattern in (("comment", _COMMENT), ("picture", _PICTURE), ("address", _ADDRESS)):
        if pattern.fullmatch(line):
            return Line(kind, "")
    text = said(line)
    if not any(c.isalnum() for c in text):
        return Line("rule", "")
    if _TODO.fullmatch(text):
        return Line("todo", text)
    return _heading(line, before, after, listed=listed) or Line("claim", text)


def _heading(line: str, before: str, after: str, *, listed: bool) -> Line | None:
    if (atx := _ATX.fullmatch(line)) and said(atx[2]):
        return Line("heading", said(atx[2]), len(atx[1]))
    words = said(line)
    if width(words) > WIDEST_HEADING:
        return None
    underlined = _UNDERLINE.fullmatch(after) and not before.strip()
    if underlined and not _ITEM.match(line) and not _SENTENCE.fullmatch(words):
        return Line("heading", words, 1 if after.strip()[0] in "=═━" else 2)
    if framed := _FRAMED.fullmatch(line):
        inner = said(next(framed[name] for name in "abcdefg" if framed[name]))
        if inner:
            return Line("heading", inner, sure=False)
    if number := _NUMBERED.match(line):
        level = max(1, number["number"].strip(".").count(".") + 1)
        # Numbers that follow each other at once are a list.
        alone = not _NUMBERED.match(after) and not _NUMBERED.match(before)
        if alone and not _SENTENCE.fullmatch(words):
            return Line("heading", words, level, sure=False)
        return None
    if _ITEM.match(line) or _SENTENCE.fullmatch(words) or "|" in line:
        return None
    colon = words.endswith((":", "\uff1a"))
    above_list = bool(_ITEM.match(after)) and not line[:1].isspace()
    opens = not before.strip() and bool(after.strip()) and width(after) > width(line)
    if listed or above_list or opens or (colon and after.strip()):
        return Line("heading", words.rstrip(":\uff1a "), sure=False)
    return None


def said(line: str) -> str:
    r"""Return what a line says, as a record holds it: without the marks of lists and of Markdown.

    >>> said("  - [x] **Tea** is [a plant](https://example.org), `Camellia`")
    'Tea is a plant, `Camellia`'
    >>> said(r"\*not\* emphasis, snake\_case, `a\*b`")
    '*not* emphasis, snake_case, `a\\*b`'
    """
    text = UNSEEN.sub("", line.replace("\t", " "))
    if len(text) > _LONGEST_MARKED:
        return " ".join(re.sub(r"[`<>\[\]{}&]+", " ", text).split())
    text = _QUOTE.sub("", text, count=1) if _QUOTE.match(text) else text
    item = _ITEM.match(text)
    text = _TASK.sub("", text[item.end() if item else 0 :].lstrip(), count=1)
    parts, words, last = [], "", 0
    for found in _VERBATIM.finditer(text):
        words += text[last : found.start()]
        last = found.end()
        if found["sign"]:
            words += chr(_ASIDE + ord(found["sign"]))
        elif not found["code"]:
            words += found[0]
        else:
            parts += [_words(words), f"`{found['code'].replace('`', '').strip()}`"]
            words = ""
    text = "".join([*parts, _words((words + text[last:]).rstrip().removesuffix("\\"))])
    if text.startswith("|") and text.endswith("|"):  # a row of a table
        text = ", ".join(cell.strip() for cell in text.strip("|").split("|") if cell.strip())
    text = text.replace(chr(_ASIDE + ord(_BAR)), _BAR)
    held = CODE.split(" ".join(text.replace("``", "").split()))
    return "".join(
        f"`{part}`" if number % 2 else _HTML_START.sub(_spaced, part)
        for number, part in enumerate(held)
    )


def _words(text: str) -> str:
    text = text.replace("`", "'")
    text = _REFERENCE.sub(r"\1", _LINK.sub(r"\1", text))
    text = _TAG.sub(" ", text)
    for _ in range(2):  # strong text may hold emphasis
        text = _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", text))
    text = _SIGN_ASIDE.sub(_sign, text)
    text = _BRACES.sub(lambda match: match[0].replace("{", "("), text)
    return _LEFT_OVER.sub(lambda match: " ".join(match[0]), text)


def _sign(match: re.Match[str]) -> str:
    """A sign that was set aside; but the bar, which would still part the cells of a table."""
    sign = chr(ord(match[0]) - _ASIDE)
    return match[0] if sign == _BAR else sign.replace("`", "'")


def _spaced(match: re.Match[str]) -> str:
    """A sign that would begin HTML outside of code, with a space behind it, begins none."""
    return match[0] + " "


def width(text: str) -> int:
    """Return how many columns a text takes: letters of East Asia take two."""
    text = text.strip()
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


# What the notes say of themselves ---------------------------------------------------------------


def _front_matter(lines: Sequence[str]) -> tuple[dict[str, str], int]:
    """The front matter of Markdown, read for its simple keys, and the line after it."""
    if not lines or lines[0].strip() != "---":
        return {}, 0
    meta: dict[str, str] = {}
    for at, line in enumerate(lines[1:100], 1):
        if line.strip() in ("---", "..."):
            return meta, at + 1
        if found := _META.fullmatch(line.strip()):
            meta[found[1].lower()] = found[2].strip().strip("\"'")
    return {}, 0


def _title(
    lines: Sequence[str], read: list[Line], head: list[int], meta: Mapping[str, str], name: str
) -> Guess:
    if said(meta.get("title", "")):
        return Guess(said(meta["title"]), "the front matter")
    for at in head:
        if _ATX.fullmatch(lines[at]) and read[at].level == 1:
            return Guess(read[at].text, _at(at))
    for at in head[:4]:
        line = read[at]
        path = " " not in line.text and "/" in line.text  # a category, like notes/tea
        item = _ITEM.match(lines[at]) and not _NUMBERED.match(lines[at])
        if line.kind in ("claim", "heading") and not path and not item and not _dates(lines[at]):
            if width(line.text) <= WIDEST_HEADING and not _SENTENCE.fullmatch(line.text):
                return Guess(line.text, _at(at), sure=False)
            break
    return Guess(said(name.replace("_", " ")) or "Notes", "the name of the file", sure=False)


def _at(index: int) -> str:
    return f"line {index + 1}"


def _line_in(why: str) -> int | None:
    found = re.match(r"line (\d+)", why)
    return int(found[1]) - 1 if found else None


def _date(
    lines: Sequence[str], head: list[int], meta: Mapping[str, str], language: str, today: date
) -> Guess | None:
    """The only date that stands at the beginning, on a line with little else."""
    for key in ("date", "created", "written", "날짜", "작성일"):
        days = _dates(meta.get(key, ""), language)
        if len(days) == 1 and days[0] <= today:
            return Guess(days[0].isoformat(), "the front matter")
    found: dict[date, int] = {}
    for at in head:
        days = _dates(lines[at], language)
        others = sum(c.isalpha() for c in lines[at])
        if len(days) == 1 and days[0] <= today and others <= _HEAD + 8:
            found.setdefault(days[0], at)
    if len(found) != 1:
        return None
    day, at = next(iter(found.items()))
    return Guess(day.isoformat(), _at(at))


def _dates(text: str, language: str = "en") -> list[date]:
    found = []
    for pattern, order in _date_patterns(language):
        for match in pattern.finditer(text):
            year, month, day = (match[name] for name in ("y", "m", "d"))
            number = int(month) if month.isdigit() else _months(order).get(month.casefold(), 0)
            try:
                found.append(date(int(year), number, int(day)))
            except ValueError:
                continue
    return list(dict.fromkeys(found))


@cache
def _date_patterns(language: str) -> list[tuple[re.Pattern[str], str]]:
    """Forms in which day and month cannot be taken for each other."""
    patterns = [
        (r"(?<!\d)(?P<y>(?:19|20)\d\d)([-./])\s?(?P<m>\d{1,2})\2\s?(?P<d>\d{1,2})(?!\d)", ""),
        (r"(?<!\d)(?P<y>\d{4})\s?[年년]\s?(?P<m>\d{1,2})\s?[月월]\s?(?P<d>\d{1,2})\s?[日일]", ""),
    ]
    for name in dict.fromkeys((language, "en")):
        months = "|".join(sorted(map(re.escape, _months(name)), key=len, reverse=True))
        if months:
            patterns += [
                (rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:de\s+)?(?P<m>{months})\.?,?\s+"
                 rf"(?:de\s+)?(?P<y>\d{{4}})", name),
                (rf"\b(?P<m>{months})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+"
                 rf"(?P<y>\d{{4}})", name),
            ]  # fmt: skip
    return [(re.compile(pattern, re.IGNORECASE), name) for pattern, name in patterns]


@cache
def _months(language: str) -> dict[str, int]:
    if not language:
        return {}
    try:
        locale = Locale.parse(language, sep="-")
    except Exception:  # noqa: BLE001 (whatever Babel does not know has no names of months)
        return {}
    names: dict[str, int] = {}
    for form in ("wide", "abbreviated"):
        for number, name in get_month_names(form, locale=locale).items():
            if any(c.isalpha() for c in str(name)):
                names.setdefault(str(name).casefold().rstrip("."), number)
    return names


def _author(lines: Sequence[str], head: list[int], meta: Mapping[str, str]) -> Guess | None:
    if named := _named(meta.get("author", "")):
        return Guess(named, "the front matter")
    for at in head[:5]:
        found = _AUTHOR.fullmatch(lines[at])
        named = _named(found[1]) if found and not _SENTENCE.fullmatch(found[1]) else ""
        if named:
            return Guess(named, _at(at))
    return None


def _named(text: str) -> str:
    """The name of a person; an initial at its beginning counts no list."""
    return " ".join(_words(UNSEEN.sub("", text)).split())


#: Scripts that one language alone writes today, by the beginning of their letters' names.
_SCRIPTS = {
    "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "THAI": "th", "GREEK": "el",
    "HEBREW": "he", "GEORGIAN": "ka", "ARMENIAN": "hy", "KHMER": "km", "LAO": "lo",
    "TAMIL": "ta", "TELUGU": "te", "BENGALI": "bn", "GUJARATI": "gu",
}  # fmt: skip
#: Languages that share their letters with others: their commonest words tell them apart.
_BY_WORDS = (
    "en de fr es it pt nl sv da no fi pl cs sk hu ro tr id vi ca ru uk bg ar fa ur hi mr"
).split()
#: Languages that share a script that none beside them uses, the one that most people write first.
_SHARED = {
    "ARABIC": ("ar", "fa", "ur"), "CYRILLIC": ("ru", "uk", "bg"), "DEVANAGARI": ("hi", "mr"),
}  # fmt: skip
#: A line in three with letters of a script makes it a text of that script: others are quoted.
_SHARE = 3
#: How many common words are enough to be sure, and how far ahead of the next language.
_ENOUGH, _AHEAD = 5, 1.5


def language_of(lines: Sequence[str]) -> Guess | None:
    """Return the language of notes, where their letters or their commonest words tell it."""
    found: Counter[str] = Counter()  # lines of each language: Japanese has letters of two scripts
    shared: Counter[str] = Counter()  # lines of each script
    told = 0
    for line in lines:
        names = {unicodedata.name(c, "").partition(" ")[0] for c in line if c.isalpha()}
        told += bool(names)
        shared.update(names)
        found.update({_SCRIPTS[name] for name in names & _SCRIPTS.keys()})
    for language, count in [*found.most_common(1), ("zh", shared["CJK"])]:
        if count and count * _SHARE >= told:
            return Guess(language, f"{count} of {counted(told, 'line')} in its letters")
    words = Counter(word for line in lines for word in _words_in(line))
    hits = Counter({name: sum(words[w] for w in stopwords(name)) for name in _BY_WORDS})
    (first, most), (_, next_most) = hits.most_common(2)
    if most >= _ENOUGH and most >= next_most * _AHEAD:
        return Guess(first, f"{most} of its commonest words")
    for script, languages in _SHARED.items():
        if shared[script] and shared[script] * _SHARE >= told:
            likely = max(languages, key=lambda name: hits[name])
            why = f"{shared[script]} of {counted(told, 'line')} in its letters, which others share"
            return Guess(likely, why, sure=False)
    return None


def _words_in(line: str) -> Iterator[str]:
    return (word.casefold() for word in re.findall(r"[^\W\d_]+", line))
