"""Does it still hold? What was found against what was expected, and the answer in words."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from annotated.probing.packages import Archive
from annotated.probing.values import GoneError, found_at, parent_at, value_at
from annotated.records.models import Location, Probe
from annotated.records.patterns import PatternError, found
from annotated.records.results import Answer

#: What is shown of a value that was found.
_LONGEST = 160
_WORD = re.compile(r"\w+")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


@dataclass(frozen=True)
class Finding:
    """What a probe has found: the answer; what is there, what should be, if it does not hold."""

    answer: Answer
    found: str
    expected: str


def look(probe: Probe, location: Location, archive: Archive) -> Finding:
    """Look where `probe` says.

    Raises:
        PackageError: the file is broken.
        PathError: the path cannot be read.
    """
    return judged(probe, lambda: value_at(archive, location))


def judged(probe: Probe, place: Callable[[], Any]) -> Finding:
    """Judge what `place()` holds; it may raise `GoneError`."""
    expected = in_words(probe)
    try:
        whole = place()
        if probe.absent:
            parent_at(probe.path or "", whole)
            try:
                value = found_at(probe.path, whole)
            except GoneError:
                return Finding("holds", "nothing", expected)
            return Finding("changed", shown(value), expected)
        value = found_at(probe.path, whole)
    except GoneError as error:
        return Finding("gone", str(error), expected)
    failed = [
        reason
        for name, wanted in probe.expectations().items()
        if (reason := _EXPECTED[name](value, wanted))
    ]
    if failed:
        return Finding("changed", "; ".join(failed), expected)
    return Finding("holds", shown(value), expected)


def in_words(probe: Probe) -> str:
    """Say what a probe expects: ``contains 'A'``."""
    said = []
    for name, wanted in probe.expectations().items():
        word = name.replace("_", " ")
        said.append(word if wanted is True and name != "equals" else f"{word} {_plain(wanted)}")
    return " and ".join(said)


def shown(value: Any) -> str:
    """A value as a report shows it: readable, and cut where it tells no more."""
    text = _plain(readable(value) if isinstance(value, str) else value)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def readable(text: str) -> str:
    r"""A text as people read it: without tags, entities and line breaks.

    >>> readable("<p>Up to <code>10</code>\n tasks &amp; more</p>")
    'Up to 10 tasks & more'
    """
    return " ".join(html.unescape(_TAG.sub("", text)).split())


def _plain(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _equals(value: Any, wanted: Any) -> str:
    if type(value) is type(wanted) or _is_number(value) == _is_number(wanted):
        if isinstance(value, list) and isinstance(wanted, list):
            same = sorted(map(_plain, value)) == sorted(map(_plain, wanted))
        else:
            text = isinstance(value, str) and isinstance(wanted, str)
            same = value == wanted or (text and readable(value) == wanted)
        return "" if same else _instead(value, wanted)
    return f"{shown(value)} is {_kind(value)}, expected {_kind(wanted)}"


def _instead(value: Any, wanted: Any) -> str:
    """Say what was found; of two lists, what came and what went."""
    if isinstance(value, list) and isinstance(wanted, list):
        came = [_plain(v) for v in value if v not in wanted]
        went = [_plain(v) for v in wanted if v not in value]
        parts = [f"new: {', '.join(came)}"] if came else []
        parts += [f"missing: {', '.join(went)}"] if went else []
        return "; ".join(parts) or shown(value)
    return shown(value)


def _contains(value: Any, wanted: Any) -> str:
    missing = [each for each in _each(wanted) if not _holds(value, each)]
    if not missing:
        return ""
    if isinstance(value, str):
        return _plain(_nearest_sentence(value, str(missing[0])))
    return f"{shown(value)} without {', '.join(map(_plain, missing))}"


def _nearest_sentence(text: str, part: str) -> str:
    """The sentence of a text that shares most words with `part`: where it has probably stood."""
    wanted = set(_WORD.findall(part.lower()))
    sentences = re.split(r"(?<=[.!?]) ", readable(text))
    best = max(sentences, key=lambda each: len(wanted.intersection(_WORD.findall(each.lower()))))
    return best if len(best) <= _LONGEST * 2 else shown(best)[1:-1]


def _lacks(value: Any, wanted: Any) -> str:
    if not isinstance(value, (str, list, dict)):
        return f"{shown(value)} is {_kind(value)}, expected a text, a list or a mapping"
    there = [each for each in _each(wanted) if _holds(value, each)]
    return f"it has {', '.join(map(_plain, there))}" if there else ""


def _each(wanted: Any) -> list[Any]:
    return wanted if isinstance(wanted, list) else [wanted]


def _holds(value: Any, part: Any) -> bool:
    if isinstance(value, str):
        named = str(part)
        return _stands(value, named) or _stands(readable(value), " ".join(named.split()))
    return isinstance(value, (list, dict)) and part in value


def _stands(text: str, part: str) -> bool:
    """Whether `part` stands in `text`, its numbers whole: "default 30" has no "default 3"."""
    before = r"(?<!\d)(?<!\d[.,])" if part[:1].isdigit() else ""
    after = r"(?![.,]?\d)" if part[-1:].isdigit() else ""
    return re.search(before + re.escape(part) + after, text) is not None


def _matches(value: Any, pattern: str) -> str:
    if not isinstance(value, str):
        return f"{shown(value)} is {_kind(value)}, expected a text"
    try:
        asked = (pattern, readable(value))
        if found([asked])[asked]:
            return ""
    except PatternError as error:
        return str(error)
    return shown(value)


def _at_least(value: Any, least: Any) -> str:
    if not _is_number(value):
        return f"{shown(value)} is {_kind(value)}, expected a number"
    return "" if value >= least else shown(value)


def _at_most(value: Any, most: Any) -> str:
    if not _is_number(value):
        return f"{shown(value)} is {_kind(value)}, expected a number"
    return "" if value <= most else shown(value)


def _exists(value: Any, wanted: Any) -> str:  # noqa: ARG001 (found is enough)
    return ""


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _kind(value: Any) -> str:
    kinds = {bool: "true or false", str: "a text", dict: "a mapping", int: "a number"}
    if isinstance(value, list):
        return f"a list of {len(value)}"
    return kinds.get(type(value), "a number")


_EXPECTED: dict[str, Callable[[Any, Any], str]] = {
    "equals": _equals,
    "contains": _contains,
    "lacks": _lacks,
    "matches": _matches,
    "at_least": _at_least,
    "at_most": _at_most,
    "exists": _exists,
}
