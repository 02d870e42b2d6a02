"""Files to text: UTF-8 that people can see, or one true problem that says why not."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from annotated.records.problems import UNSEEN, Place, Problem

#: What a file in another encoding begins with; the longer marks first, since they begin alike.
_OTHER_ENCODINGS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
#: Where every so manieth byte is NUL, the file is UTF-16 without its mark.
_NULS_OF_UTF16 = 4
_CONFLICT = re.compile(r"^(?:<{7} \S|\|{7} \S|>{7} \S).*", re.MULTILINE)


def blanked(text: str) -> str:
    """Return as many spaces as `text` has letters, on as many lines: all else keeps its place."""
    return re.sub(r"[^\n]", " ", text)


def read_text(name: str, file: Path) -> tuple[str | None, list[Problem]]:
    """Read `file`; return its text without what nobody sees, or None, and what is wrong.

    Args:
        name: how problems call the file.
        file: where it is.
    """
    if file.exists() and not file.is_file():
        return None, [Problem(Place(name), "missing-file", "is not a file; expected a text")]
    try:
        content = file.read_bytes()
    except OSError as error:
        return None, [Problem(Place(name), "missing-file", f"cannot be read: {error.strerror}")]
    for mark, encoding in _OTHER_ENCODINGS:
        if content.startswith(mark):
            return None, [_not_utf8(Place(name), f"is {encoding}")]
    if content.count(0) * _NULS_OF_UTF16 > len(content):
        return None, [_not_utf8(Place(name), "is UTF-16")]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig", "replace")
        found = f"byte 0x{content[error.start]:02x} is not UTF-8"
        return None, [_not_utf8(_place(name, before, len(before)), found)]
    return clean(name, text.replace("\r\n", "\n").replace("\r", "\n"))


def clean(name: str, text: str) -> tuple[str | None, list[Problem]]:
    """Return `text` without what nobody sees, or None after a merge that was not finished.

    >>> clean("a.yml", "ta\u200bsk")[0]
    'task'
    """
    conflicts = [
        Problem(
            _place(name, text, match.start()),
            "merge-conflict",
            f"found '{match[0][:30]}', the mark of a merge that was not finished",
        )
        for match in _CONFLICT.finditer(text)
    ]
    if conflicts:
        return None, conflicts
    unseen = list(_unseen(name, text))
    return UNSEEN.sub("", text) if unseen else text, unseen


def unseen_in(text: str) -> str:
    """Name the first character of `text` that nobody sees; empty if there is none.

    >>> unseen_in("a\u202eb")
    'U+202E (right-to-left override)'
    """
    match = UNSEEN.search(text)
    return _named(match[0]) if match else ""


def _unseen(name: str, text: str) -> Iterator[Problem]:
    """Say the first of them in each line."""
    last = 0
    for match in UNSEEN.finditer(text):
        place = _place(name, text, match.start())
        if place.line != last:
            yield Problem(
                place, "unseen-character", f"found {_named(match[0])}, which nobody sees; remove it"
            )
        last = place.line


def _named(character: str) -> str:
    name = unicodedata.name(character, "control character").lower()
    return f"U+{ord(character):04X} ({name})"


def _not_utf8(place: Place, found: str) -> Problem:
    return Problem(place, "encoding", f"{found}; save the file as UTF-8")


def _place(name: str, text: str, offset: int) -> Place:
    line = text.count("\n", 0, offset)
    return Place(name, line + 1, offset - text.rfind("\n", 0, offset))
