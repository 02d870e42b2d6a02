"""YAML to plain values, with the place of every key and item.

YAML is read in its 1.2 sense: ``yes`` and ``no`` are words, dates stay text, ``010`` is ten. So
an author's ``value: no`` is never turned into something else on the way to the model. Records
are small and shallow: what only programs write, tags and references, is refused, which also
bounds what a few bytes can grow to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

import yaml

from annotated.records.problems import Place, Problem, quoted
from annotated.records.texts import unseen_in

Path = tuple[str | int, ...]

#: The deepest record, a source in a cell of a row, is at 7.
_DEEPEST = 20
#: Longer numbers are texts: nobody counts so far, and Python refuses to read some of them.
_NULL = re.compile(r"~|null|Null|NULL|")
_BOOL = re.compile(r"true|True|TRUE|false|False|FALSE")
_INT = re.compile(r"[-+]?[0-9]{1,15}")
_FLOAT = re.compile(r"[-+]?[0-9]{1,15}\.[0-9]{1,15}")
_COMMENT = re.compile(r"\s+#")

_Parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Document:
    """A YAML file: its plain value, and the place of each path in it."""

    file: str
    value: Any
    places: dict[Path, Place] = field(repr=False)

    def at(self, *path: str | int) -> Place:
        """Return the place of `path`, or of the nearest path above it that exists."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Place(self.file))


def read_yaml(file: str, text: str) -> tuple[Document | None, list[Problem]]:
    """Parse `text` of `file`; return the document, or None, and what is wrong with it.

    Broken syntax yields one problem, at its cause as far as that can be told; every key that
    stands twice in one mapping yields one more.
    """
    reader = _Reader(file, text)
    value = reader.document()
    if reader.problems:
        return None, reader.problems
    return Document(file, value, reader.places), []


def read_places(file: str, text: str) -> Document:
    """Return what `text` of `file` holds, with its places, as far as it can be read."""
    reader = _Reader(file, text)
    return Document(file, reader.document(), reader.places)


class _UnreadableError(Exception):
    """Reading ends here: what follows cannot be trusted."""


class _Reader:
    """Builds the value of one document from the parser's events."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.lines = text.removeprefix("\ufeff").split("\n")
        self.places: dict[Path, Place] = {}
        self.problems: list[Problem] = []
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=_Parser)
        self._commented: yaml.ScalarEvent | None = None

    def document(self) -> Any:
        """Return the value of the only document; whatever is wrong is added to the problems."""
        try:
            value = self._only_document()
        except yaml.MarkedYAMLError as error:
            problem = self._syntax(error)
            # What has been found at the cause already says it better.
            if problem.place not in [found.place for found in self.problems]:
                self.problems.append(problem)
        except yaml.YAMLError as error:
            self._problem(Place(self.file), "yaml-syntax", f"is not YAML: {error}")
        except _UnreadableError:
            pass
        else:
            return value
        return None

    def _only_document(self) -> Any:
        next(self._events)  # the stream
        if isinstance(next(self._events), yaml.StreamEndEvent):
            self._problem(Place(self.file), "empty-file", "found nothing, expected records")
            return None
        value = self._value(next(self._events), ())
        next(self._events)  # the end of the document
        event = next(self._events)
        if isinstance(event, yaml.DocumentStartEvent):
            self._problem(
                self._start(event), "yaml-syntax", "a second document begins here; expected one"
            )
        return value

    def _value(self, event: yaml.Event, path: Path) -> Any:
        # A value in a mapping has the place of its key.
        self.places.setdefault(path, self._start(event))
        self._refuse(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if len(path) >= _DEEPEST:
            self._problem(
                self._start(event),
                "yaml-syntax",
                f"nested deeper than {_DEEPEST}; expected records",
            )
            raise _UnreadableError
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        items: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*path, len(items))))
        return items

    def _mapping(self, path: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            self._refuse(event)
            if not isinstance(event, yaml.ScalarEvent):
                self._problem(self._start(event), "yaml-key", "found a key that is not a word")
                raise _UnreadableError
            key, place = str(event.value), self._start(event)
            self._seen(event)
            if key in result:
                first = self.places[(*path, key)].line
                self._problem(
                    place,
                    "duplicate-key",
                    f"key {quoted(key)} stands twice in this mapping; the first is on line {first}",
                )
            self.places.setdefault((*path, key), place)
            value = next(self._events)
            if result and self._is_rest(event, value):
                self._problem(place, "cut-text", _comma_hint(result, key))
            result[key] = self._value(value, (*path, key))
        return result

    def _is_rest(self, key: yaml.ScalarEvent, value: yaml.Event) -> bool:
        """Whether a key is what a comma cut off a text in braces: no colon, no value."""
        end: Any = key.end_mark
        colon = self._line(end)[end.column :].lstrip().startswith(":")
        return not colon and isinstance(value, yaml.ScalarEvent) and not value.value

    def _scalar(self, event: yaml.ScalarEvent) -> Any:
        self._seen(event)
        if event.style:
            return event.value
        end: Any = event.end_mark
        if _COMMENT.match(self._line(end), end.column):
            self._commented = event
            if " " in event.value:
                self._problem(self._comment(event), "cut-text", _hash_hint(event.value))
        return _plain(event.value)

    def _refuse(self, event: yaml.Event) -> None:
        """Records have no use for what YAML has for programs."""
        place = self._start(event)
        if isinstance(event, yaml.AliasEvent):
            self._problem(
                place,
                "yaml-alias",
                f"found the reference '*{event.anchor}'; write out what it stands for, or put a "
                "text that begins with '*' into quotes",
            )
            raise _UnreadableError
        if getattr(event, "anchor", None):
            self._problem(
                place,
                "yaml-alias",
                f"found the anchor '&{cast(Any, event).anchor}'; put a text that begins with '&' "
                "into quotes",
            )
        if tag := getattr(event, "tag", None):
            name = str(tag).replace("tag:yaml.org,2002:", "!!")
            self._problem(
                place,
                "yaml-tag",
                f"found the tag {quoted(name)}; remove it, or put a text that begins with '!' into "
                "quotes",
            )

    def _seen(self, event: yaml.ScalarEvent) -> None:
        """An escape in quotes can write what nobody sees."""
        if name := unseen_in(event.value):
            self._problem(
                self._start(event),
                "unseen-character",
                f"found {name}, which nobody sees; remove it",
            )

    def _problem(self, place: Place, rule: str, message: str) -> None:
        self.problems.append(Problem(place, rule, message))

    def _start(self, event: yaml.Event) -> Place:
        return self._mark(event.start_mark)

    def _mark(self, mark: Any) -> Place:
        if mark is None:
            return Place(self.file)
        if mark.line >= len(self.lines):
            return Place(self.file, len(self.lines), len(self.lines[-1]) + 1)
        return Place(self.file, mark.line + 1, mark.column + 1)

    def _comment(self, event: yaml.ScalarEvent) -> Place:
        """The place of the ``#`` behind a text."""
        end: Any = event.end_mark
        column = self._line(end).index("#", end.column)
        return Place(self.file, end.line + 1, column + 1)

    # What the parser stumbles over, said so that an author knows what to write -----------------

    def _syntax(self, error: yaml.MarkedYAMLError) -> Problem:
        """Name the cause of a syntax error; the parser often notices it later, or elsewhere."""
        what = error.problem or ""
        at: Any = error.problem_mark
        opened: Any = error.context_mark
        cut = self._commented
        if cut and opened and _unclosed(what) and self._start(cut) > self._mark(opened):
            return Problem(self._comment(cut), "yaml-syntax", _hash_hint(cut.value))
        if "end of stream" in what and opened:
            return Problem(
                self._mark(opened), "yaml-syntax", "a quote that opens here is never closed"
            )
        if _unclosed(what) and opened and at and at.line > opened.line:
            found = f"the '{self._character(opened)}' that opens here is not closed"
            if " #" in self._line(opened)[opened.column :]:
                found += "; ' #' begins a comment: put a text that holds it into quotes"
            return Problem(self._mark(opened), "yaml-syntax", found)
        if at and "node content" in what and not self._line(at)[at.column :].strip():
            what = "the file ends where a bracket is still open"
        return Problem(
            self._mark(at or opened),
            "yaml-syntax",
            f"is not valid YAML: {what}{self._hint(what, at)}",
        )

    def _line(self, mark: Any) -> str:
        # At the end of a text the parser may stand on a line that is not there.
        return self.lines[mark.line] if mark and mark.line < len(self.lines) else ""

    def _character(self, mark: Any) -> str:
        return self._line(mark)[mark.column : mark.column + 1] if mark else ""

    def _hint(self, what: str, at: Any) -> str:
        character = self._character(at)
        if character == "\t" or "tab" in what:
            return "; indent with spaces, not with tabs"
        if character == ":" or "mapping values" in what:
            return "; put a text that holds ': ' into quotes"
        if "cannot start" in what or "alphabetic" in what:
            return "; put a text that begins with a sign like @ % ` * & ! into quotes"
        if at and at.column and self._line(at)[at.column - 1 : at.column] in ('"', "'"):
            return "; a quote inside quotes is written \\\" in \"...\", and '' in '...'"
        return ""


def _unclosed(what: str) -> bool:
    return "',' or" in what


def _hash_hint(text: str) -> str:
    return (
        f"' #' begins a comment, so only {quoted(text)} is read; put the text into quotes, or the "
        "comment on a line of its own"
    )


def _comma_hint(before: dict[str, Any], rest: str) -> str:
    """Say what became of a text in braces that holds a comma: its rest is read as a key."""
    key, value = list(before.items())[-1]
    whole = f'{{{key}: "{value}, {rest}"}}'
    return f"', ' ends a text in braces; put the whole text into quotes: {quoted(whole)[1:-1]}"


def _plain(text: str) -> Any:
    """Read a scalar that stands without quotes.

    >>> [_plain(text) for text in ("010", "no", "2019-12", "1.5", "true", "~")]
    [10, 'no', '2019-12', 1.5, True, None]
    """
    if _NULL.fullmatch(text):
        return None
    if _BOOL.fullmatch(text):
        return text.lower() == "true"
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text
