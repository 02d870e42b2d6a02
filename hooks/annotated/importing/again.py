"""Notes that have changed: what was written stays, and goes where its lines went."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from annotated.check.notes import said_lines
from annotated.importing import writing
from annotated.importing.editing import Edited
from annotated.importing.following import Followed, Known, fingerprint, follow
from annotated.importing.outline import Outline, said
from annotated.importing.reading import ImportStopError, Raw
from annotated.importing.taking import (
    CLAIMS,
    NOTES,
    Taken,
    asides_of,
    excerpt,
    kept,
    notes_of,
    progress,
)  # fmt: skip
from annotated.records.load import Located, Site
from annotated.records.models import UNCHECKED, Aside, Claim, ClaimFile
from annotated.records.order import in_note_order
from annotated.records.problems import counted
from annotated.records.wording import Words

#: Somebody's own words in a file of records; the line for editors is none.
_REMARK = re.compile(r"(?m)(?:^|\s)#(?! yaml-language-server:)")


@dataclass
class _Again:
    """One import over earlier ones: what is edited, and what is told."""

    raw: Raw
    outline: Outline
    site: Site
    words: Words
    edited: dict[str, Edited]
    followed: Followed
    old: Known
    touched: set[str] = field(default_factory=set)
    made: dict[str, str] = field(default_factory=dict)
    emptied: dict[str, ClaimFile] = field(default_factory=dict)  # by path: all its claims went
    ended: set[str] = field(default_factory=set)
    told: dict[str, list[str]] = field(default_factory=dict)
    number: int = 0

    def tell(self, what: str, line: str) -> None:
        self.told.setdefault(what, []).append(line)


def next_import(
    raw: Raw, outline: Outline, site: Site, texts: Mapping[str, str], old: Known, words: Words,
    shown: str | None = None,
) -> Taken:  # fmt: skip
    """Follow notes that have changed: what was written stays, and goes where its lines went.

    Args:
        raw: the notes as they are.
        outline: what their lines seem to be; only lines that came are taken for what they seem.
        site: the records.
        texts: the files of the records, by path.
        old: what was known at the last import.
        words: of the site's own language.
        shown: the notes as they were, if the site shows them.

    Raises:
        ImportStopError: the records are written in a way that cannot be edited, or speak of other
            notes.
    """
    notes = notes_of(site)
    if notes.value.lines != len(old.lines):
        raise ImportStopError(
            f"{NOTES} speaks of {counted(notes.value.lines, 'line')}, and the last import had "
            f"{len(old.lines)}: set 'lines: {len(old.lines)}' there, and run this again"
        )
    followed = follow(old.lines, raw.lines, _old_texts(site, old, shown))
    edited = {path: Edited(path, text) for path, text in texts.items()}
    again = _Again(raw, outline, site, words, edited, followed, old, number=old.following)
    again.number = max([again.number, *(int(c.removeprefix("c-")) + 1 for c in site.claims)])
    _renumber_claims(again)
    _renumber_notes(again)
    _add_claims(again)
    _end_topics(again)
    files: dict[str, str | None] = {
        path: None if path in again.ended else file.result()
        for path, file in edited.items()
        if path in again.touched
    }
    files |= again.made
    show = notes.value.show
    files |= kept(raw, again.number, show=show)
    judged = {
        followed.to[n]
        for claim in site.claims.values()
        if claim.value.origin == "notes" and claim.value.verdict != UNCHECKED
        for n in claim.value.lines
        if n in followed.to
    }
    asides = {followed.to[n] for a in notes.value.asides for n in a.lines if n in followed.to}
    asides |= {n for n in followed.came if outline.lines[n - 1].kind != "claim"}
    return Taken(
        {path: text for path, text in files.items() if text != texts.get(path, "")},
        [*_report(again), progress(len(raw.lines), len(asides), len(judged - asides))],
    )


def _old_texts(site: Site, old: Known, shown: str | None) -> dict[int, str]:
    """What the old lines said, as far as the site still knows."""
    if shown is not None and len(lines := shown.removesuffix("\n").split("\n")) == len(old.lines):
        return {number: said(line) for number, line in enumerate(lines, 1)}
    texts: dict[int, str] = {}
    for claim in site.claims.values():
        if claim.value.origin == "notes" and len(claim.value.lines) == 1:
            number = claim.value.lines[0]
            for text in claim.value.said.root.values():
                if number <= len(old.lines) and fingerprint(text) == old.lines[number - 1]:
                    texts[number] = text
    return texts


def _untouched(claim: Claim, old: Known) -> bool:
    """Has nobody written anything into it since it was made?"""
    number = claim.lines[0]
    return (
        claim.verdict == UNCHECKED
        and claim.home == "open"
        and len(claim.lines) == 1
        and len(claim.said.root) == 1
        and number <= len(old.lines)
        and fingerprint(next(iter(claim.said.root.values()))) == old.lines[number - 1]
    )


def _renumber_claims(again: _Again) -> None:
    followed = again.followed
    removed: set[str] = set()
    for name, located in again.site.claims.items():
        claim, path = located.value, located.document.file
        file = again.edited[path]
        node = file.items("claims")[int(located.path[1])]
        lines = [followed.to[n] for n in claim.lines if n in followed.to]
        changed = [n for n in claim.lines if n in followed.changed]
        untouched = _untouched(claim, again.old)
        if not lines and untouched:
            file.remove_item("claims", node)
            removed.add(name)
            again.touched.add(path)
            again.tell(
                "went", f"{said_lines(claim.lines)}: {name}, which nobody had checked, is removed"
            )
            continue
        if sorted(lines) != list(claim.lines):
            text = writing.lines_text(lines) if lines else "[]"
            file.replace(file.value(node, "lines"), text)
            again.touched.add(path)
        if not lines:
            again.tell(
                "went",
                f"{said_lines(claim.lines)}: {name} has no line any more; say in {path} on which "
                "line it stands, or delete it",
            )
        elif len(lines) < len(claim.lines):
            again.tell(
                "went", f"{said_lines(set(claim.lines) - followed.to.keys())}: a part of {name}"
            )
        for number in changed:
            new = followed.to[number]
            text = said(again.raw.lines[new - 1])
            if untouched:
                language = next(iter(claim.said.root))
                file.replace(file.value(node, "said"), writing.by_language({language: text}))
                again.touched.add(path)
                again.tell("changed", f"line {new}: {name} says now {excerpt(text)}")
            else:
                again.tell("changed", f"line {new}: read {name} again; it says now {excerpt(text)}")
    for topic, ids in again.site.topics:
        if ids and removed.issuperset(ids):
            again.emptied[topic.document.file] = topic.value


def _renumber_notes(again: _Again) -> None:
    notes, followed = notes_of(again.site).value, again.followed
    file = again.edited[NOTES]
    again.touched.add(NOTES)
    file.set("lines", str(len(again.raw.lines)))
    if notes.open:
        waiting = [followed.to[n] for n in notes.open if n in followed.to]
        if waiting:
            file.set("open", writing.lines_text(waiting))
        else:
            file.drop("open")
    came = dict(asides_of(again.outline, again.words, followed.came))
    nodes = file.items("asides")
    left = [
        _renumber_aside(again, aside, node, came)
        for aside, node in zip(notes.asides, nodes, strict=True)
    ]
    new = sorted(came.items(), key=lambda item: item[1])
    if new:
        file.add_items("asides", list(writing.aside_texts(new, again.words.language)))
    elif nodes and not any(left):
        file.drop("asides")
    for number in followed.came:
        line = again.outline.lines[number - 1]
        if line.kind not in ("claim", "blank"):
            what = excerpt(line.text or line.kind)
            again.tell("came", f"line {number}: taken for an aside, {what}")


def _renumber_aside(again: _Again, aside: Aside, node: Any, came: dict[str, list[int]]) -> bool:
    """Have an aside follow its lines, and take in those that `came` with its reason.

    Return whether any of its lines is left.
    """
    file, followed = again.edited[NOTES], again.followed
    reasons = list(aside.reason.root.values())
    lines = [followed.to[n] for n in aside.lines if n in followed.to]
    for reason in reasons:
        lines += came.pop(reason, [])
    gone = [n for n in aside.lines if n not in followed.to and again.old.lines[n - 1]]
    if gone:
        again.tell("went", f"{said_lines(gone)}: an aside, {excerpt(reasons[0])}")
    for number in sorted(set(aside.lines) & followed.changed):
        new = followed.to[number]
        text = excerpt(said(again.raw.lines[new - 1]))
        again.tell("changed", f"line {new}: an aside says now {text}")
    if not lines:
        file.remove_item("asides", node)
    elif sorted(lines) != list(aside.lines):
        file.replace(file.value(node, "lines"), writing.lines_text(lines))
    return bool(lines)


@dataclass
class _Come:
    """Claims that come: among those of a topic, or in a topic that begins."""

    behind: dict[str, list[tuple[int, str]]] = field(default_factory=dict)  # by path: which, text
    fresh: dict[str, tuple[writing.Topic, list[str]]] = field(default_factory=dict)

    def follows(self, claim: Located[Claim], text: str, *, ahead: bool = False) -> None:
        """Put `text` behind `claim`, or ahead of it: behind the one before."""
        index = int(claim.path[1]) - ahead
        self.behind.setdefault(claim.document.file, []).append((index, text))

    def begins(self, topic: writing.Topic, text: str) -> None:
        """Put `text` into a topic that has no claims yet."""
        self.fresh.setdefault(topic.name, (topic, []))[1].append(text)


def _add_claims(again: _Again) -> None:
    """Give each statement that came a claim, in the topic of the heading above it.

    A heading whose statements all went, or that never had any, begins a topic.
    """
    followed, lines = again.followed, again.outline.lines
    came = {n for n in followed.came if lines[n - 1].kind == "claim"}
    before = _claims_before(again)
    firsts = _firsts(again, before)
    language = notes_of(again.site).value.language
    files = map(PurePosixPath, again.edited)
    taken = {file.stem for file in files if file.parent == PurePosixPath(CLAIMS)}
    come = _Come()
    last: Located[Claim] | None = None
    first: Located[Claim] | None = None  # of the topic whose heading was the last line but asides
    topic: writing.Topic | None = None  # one that has no claims yet
    for number, line in enumerate(lines, 1):
        if number in firsts:
            first = firsts[number]
            topic = None if first else _topic(again, line.text, taken)
        elif number in before:
            last, first, topic = before[number], None, None
        elif number in came:
            id_ = writing.claim_id(again.number)
            again.number += 1
            text = writing.claim_text(id_, [number], line.text, language)
            again.tell("came", f"line {number}: {id_}, not checked yet, {excerpt(line.text)}")
            if first is not None:
                come.follows(first, text, ahead=True)
            elif topic is None and last is not None:
                come.follows(last, text)
            else:
                topic = topic or _topic(again, again.outline.title.value, taken, "notes")
                taken.add(topic.name)
                come.begins(topic, text)
    _write_claims(again, come)


def _claims_before(again: _Again) -> dict[int, Located[Claim]]:
    """The claims that were there, by the lines that they have now."""
    before: dict[int, Located[Claim]] = {}
    for claim in in_note_order(c.value for c in again.site.claims.values()):
        for number in claim.lines:
            if claim.origin == "notes" and number in again.followed.to:
                before[again.followed.to[number]] = again.site.claims[claim.id]
    return before


def _firsts(
    again: _Again, before: Mapping[int, Located[Claim]]
) -> dict[int, Located[Claim] | None]:
    """The first claim below each heading of a topic; of a heading that came, there is none."""
    lines = again.outline.lines
    levels = [line.level for line in lines if line.kind == "heading" and line.level]
    top = min(levels, default=0)
    heads = [n for n, line in enumerate(lines, 1) if writing.starts_topic(line, top)]
    ends = [*heads[1:], len(lines) + 1]
    return {
        head: None
        if head in again.followed.came
        else next((before[n] for n in range(head, end) if n in before), None)
        for head, end in zip(heads, ends, strict=bool(heads))
    }


def _write_claims(again: _Again, come: _Come) -> None:
    for path, items in come.behind.items():
        file = again.edited[path]
        nodes = file.items("claims")
        for index in dict.fromkeys(index for index, _ in items):
            texts = [text for at, text in items if at == index]
            if index < 0:
                file.add_items("claims", texts, first=True)
            else:
                file.add_items("claims", texts, nodes[index])
        again.touched.add(path)
    for name, (topic, texts) in come.fresh.items():
        path = f"{CLAIMS}/{name}.yml"
        if again.emptied.pop(path, None):
            again.edited[path].add_items("claims", texts)
        else:
            again.made[path] = writing.claims_file(topic, texts, [again.words.language])


def _topic(again: _Again, title: str, taken: set[str], name: str = "") -> writing.Topic:
    """The topic of a heading: one of that title whose statements went, or a new one."""
    for path, topic in again.emptied.items():
        if title in topic.topic.root.values():
            return writing.Topic(PurePosixPath(path).stem, title, ())
    return writing.Topic(writing.free(name or writing.slug(title), taken), title, ())


def _end_topics(again: _Again) -> None:
    """A topic goes with its last claim, unless its owner has written something beside."""
    for path in again.emptied:
        if _REMARK.search(again.edited[path].result()):
            again.tell("went", f"{path} has no claims any more; it stays for your remarks")
        else:
            again.ended.add(path)
            again.tell("went", f"{path}, which has no claims any more, is removed")


def _report(again: _Again) -> list[str]:
    out = []
    for first, last, new in _shifts(again.followed):
        if first != new:
            old = f"line {first}" if first == last else f"lines {first}-{last}"
            there = str(new) if first == last else f"{new}-{new + last - first}"
            out.append(f"moved    {old} -> {there}")
    for what in ("changed", "came", "went"):
        out += [f"{what:8} {line}" for line in again.told.get(what, [])]
    blank = [n for n in again.followed.came if again.outline.lines[n - 1].kind == "blank"]
    if blank:
        out.append(f"came     {said_lines(blank)}: empty")
    return out or ["Nothing has changed since the last import."]


def _shifts(followed: Followed) -> list[tuple[int, int, int]]:
    """Runs of lines that stand together as before: first and last old number, first new one."""
    runs: list[list[int]] = []
    for old, new in sorted(followed.to.items()):
        if runs and old == runs[-1][1] + 1 and new - old == runs[-1][2] - runs[-1][0]:
            runs[-1][1] = old
        else:
            runs.append([old, old, new])
    return [(a, b, c) for a, b, c in runs]
