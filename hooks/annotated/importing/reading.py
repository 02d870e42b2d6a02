"""A file of notes to its lines, whatever program wrote it."""

from __future__ import annotations

import codecs
import stat
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes

from annotated.records.models import MOST_LINES
from annotated.records.problems import quoted

#: More than anybody writes by hand; a file of the system that never ends must not be waited for.
MOST_BYTES = 20_000_000
#: What a file may begin with, and how it is read then; the longer marks first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
#: Where a quarter of all bytes is NUL, the file is UTF-16 without its mark.
_NULS_OF_UTF16 = 4
#: The Hangul that Koreans write: KS X 1001 has a tenth of all two-byte codes of CP949, so a text
#: in another encoding would hit others.
_USUAL_HANGUL = "euc-kr"


class ImportStopError(Exception):
    """The notes cannot be taken over; the message is one sentence that says why."""


@dataclass(frozen=True)
class Raw:
    """The lines of a file as an editor counts them, and how the file was read."""

    lines: tuple[str, ...]
    encoding: str


def read_notes(file: Path, encoding: str | None = None) -> Raw:
    """Read the notes in `file`.

    Args:
        file: where they are.
        encoding: how they are written, if the author says so; else it is found out.

    Raises:
        ImportStopError: they cannot be read, or are no text.
    """
    return lines_of(_content(file), str(file), encoding)


def _content(file: Path) -> bytes:
    try:
        found = file.stat()
        if stat.S_ISDIR(found.st_mode):
            raise ImportStopError(f"'{file}' is a folder; name the file of your notes")
        if not stat.S_ISREG(found.st_mode):
            raise ImportStopError(f"'{file}' is not an ordinary file; name the file of your notes")
        if found.st_size == 0:  # so are those of /proc, some of which would be waited for
            raise ImportStopError(f"'{file}' is empty")
        if found.st_size > MOST_BYTES:
            size, most = found.st_size // 1_000_000, MOST_BYTES // 1_000_000
            raise ImportStopError(f"'{file}' has {size} MB; {most} MB at most")
        return file.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ImportStopError(f"'{file}' cannot be read: {reason}") from error
    except ValueError as error:  # a NUL in the name
        raise ImportStopError(f"{str(file)!r} is not the name of a file") from error


def lines_of(content: bytes, name: str, encoding: str | None = None) -> Raw:
    """Return the lines of a file's `content`; `name` is how messages call it.

    Lines end in LF, CRLF or CR, mixed as they may be. The end of the last line begins none.

    Raises:
        ImportStopError: it is no text, or has too many lines.
    """
    text, read_as = _decoded(content, name, encoding)
    if "\0" in text:
        at = text[: text.index("\0")].count("\n") + 1
        raise ImportStopError(f"'{name}' holds a NUL byte (line {at}): it is not a text")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    if not lines:
        raise ImportStopError(f"'{name}' holds nothing but empty lines")
    if len(lines) > MOST_LINES:
        raise ImportStopError(f"'{name}' has {len(lines):,} lines; {MOST_LINES:,} at most")
    return Raw(tuple(lines), read_as)


def _decoded(content: bytes, name: str, encoding: str | None) -> tuple[str, str]:
    if encoding is not None:
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError as error:
            raise ImportStopError(f"'{name}' is not {encoding}: {_where(error)}") from error
        except (LookupError, ValueError) as error:  # the latter of a name that can be none
            raise ImportStopError(
                f"there is no encoding {quoted(encoding)}; try UTF-8 or CP949"
            ) from error
    for mark, codec, said in _MARKS:
        if content.startswith(mark):
            try:
                return content.decode(codec), said
            except UnicodeDecodeError as error:
                raise ImportStopError(f"'{name}' is broken {said}: {_where(error)}") from error
    if content.count(0) * _NULS_OF_UTF16 > len(content):
        codec = "utf-16-le" if content[1::2].count(0) >= content[::2].count(0) else "utf-16-be"
        try:
            return content.decode(codec), "UTF-16"
        except UnicodeDecodeError as error:
            raise ImportStopError(f"'{name}' is not a text") from error
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError as error:
        if 0 in content:
            raise ImportStopError(f"'{name}' holds NUL bytes: it is not a text") from error
    return _guessed(content, name)


def _guessed(content: bytes, name: str) -> tuple[str, str]:
    """Read an older encoding: the Korean one where it fits, else what statistics say."""
    for codec, said in ((_USUAL_HANGUL, "CP949"), ("cp949", "CP949")):
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        letters = [c for c in text if ord(c) > 127]
        if sum("가" <= c <= "힣" for c in letters) * 2 > len(letters):
            return text, said
    best = from_bytes(content).best()
    if best is None:
        raise ImportStopError(
            f"'{name}' is in an encoding that is not known here; save it as UTF-8, or name it: "
            "ARGS='--encoding cp949'"
        )
    return str(best), best.encoding.upper().replace("_", "-")


def _where(error: UnicodeDecodeError) -> str:
    return f"byte {error.start + 1:,} does not belong there"
