"""Rules about editions: none says less, more or something else than the first.

What is the same in every language is compared: pages, headings, directives, marks, terms, links,
code, the structure of diagrams. Every text of a record is there, and every text was read against
its original as that is now.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any

from annotated.check.untranslated import untranslated
from annotated.records.drawings import Drawing, is_own
from annotated.records.grammar import CODE_SPAN, UNREAD
from annotated.records.load import Drawings, Site
from annotated.records.pages import BLOCKS, Fence, Page
from annotated.records.problems import Place, Problem, counted, quoted
from annotated.records.units import Unit, record_texts, section_at, sections_of

#: What of the front matter is no text.
_SAME_FRONT = ("kind", "hide", "search")
#: So many differences between a text and what it was are told.
_TOLD = 3

_NUMBER = re.compile(r"(?<![A-Za-z\d.])\d+(?:[.,\u00a0\u202f\u066b\u066c]\d+)*")

#: What of a line of Mermaid is words; what is left is structure.
_WORDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        (r"^(accTitle|accDescr|title)\b.*", r"\1"),
        (r'"[^"]*"', '""'),
        (r"(--|==|-\.)\s*(?:<br>|[^-=.>|])+?\s*(-->|---|==>|===|\.->)", r"\1 \2"),
        (r"(-->|---|==>|-\.->)\s*\|[^|]*\|", r"\1||"),
        (r"^(subgraph\s+[^\s\[]+)\s*\[.*\]", r"\1[]"),
        (r"^((?:participant|actor)\s+\S+)\s+as\s.*", r"\1"),
        (r"^(loop|alt|opt|else|par|and|critical|option|break)\b.*", r"\1"),
        (r"^([^:]*(?:>>|->|--\)|-x|[Nn]ote [^:]*)[^:]*):(?!:).*", r"\1:"),
        (r"^([\w-]+)\s*:(?!:).*", r"\1:"),
        (r"([\[({>/\\]+)[^\[\](){}\"/\\]*[^\[\](){}\"/\\\s][^\[\](){}\"/\\]*([\])}/\\]+)", r"\1\2"),
    )
)


def in_step(site: Site) -> Iterable[Problem]:
    """Every edition that is published is in step with the first."""
    for other in site.editions[1:]:
        if not other.draft:
            yield from drift(site.editions[0], other)


def drift(first: Site, other: Site) -> Iterator[Problem]:
    """Say where an edition is not in step with the first."""
    yield from page_drift(first, other)
    yield from _texts(first, other)
    yield from _values(first, other)
    yield from unread(first, other)
    yield from untranslated(first, other)


def page_drift(first: Site, other: Site) -> Iterator[Problem]:
    """Say which pages differ in what every language has alike."""
    for path in sorted(first.pages.keys() | other.pages.keys()):
        original, page = first.pages.get(path), other.pages.get(path)
        if page is None or (original is not None and page.file == original.file):
            assert original is not None
            message = f"has no page in '{other.language}': expected '{path}' there"
            yield Problem(Place(original.file), "edition-page", message)
        elif original is None:
            message = f"the first edition, in '{first.language}', has no page '{path}'"
            yield Problem(Place(page.file), "edition-page", message)
        else:
            yield from _page(original, page, other.drawings)


def _page(original: Page, page: Page, stored: Drawings) -> Iterator[Problem]:
    for key in _SAME_FRONT:
        own, there = ((p.meta.value.get(key) if p.meta else None) for p in (page, original))
        if own != there:
            at = page.meta.at(key) if page.meta and own is not None else Place(page.file)
            said, expected = ("nothing" if v is None else quoted(v) for v in (own, there))
            message = f"'{key}' is {said}, expected {expected} as in {original.file}"
            yield Problem(at, "edition-front", message)
    for rule, listed in (
        ("edition-heading", _headings), ("edition-directive", _directives), ("edition-code", _code),
    ):  # fmt: skip
        yield from _sequence(rule, listed(page), listed(original), page)
    for rule, found in (
        ("edition-mark", _marks), ("edition-term", _terms), ("edition-link", _links),
        ("edition-count", _counts),
    ):  # fmt: skip
        yield from _by_section(rule, page, original, found)
    yield from _blocks(page, original)
    yield from _diagrams(page, original, stored)


_Item = tuple[str, Place]


def _headings(page: Page) -> list[_Item]:
    return [(f"{'#' * h.level} {{#{h.id}}}", h.place) for h in page.headings if h.level > 1]


def _directives(page: Page) -> list[_Item]:
    return [(f"{d.name}: {d.argument}".rstrip(": "), d.place) for d in page.directives]


def _code(page: Page) -> list[_Item]:
    """The lines of code, each with its place; diagrams are compared by what they say."""
    return [
        (line, Place(fence.place.file, fence.place.line + number, 1))
        for fence in page.fences
        if fence.language != "mermaid"
        for number, line in enumerate([_opening(fence), *fence.text.split("\n")])
    ]


def _opening(fence: Fence) -> str:
    """How code begins: its language, and whether it has a title, in whatever words."""
    return " ".join(filter(None, ["```", fence.language, 'title="..."' if fence.title else ""]))


def _marks(page: Page) -> list[_Item]:
    return [
        (f"[^{claim}]", place)
        for mark in page.marks
        for claim, place in zip(mark.ids, mark.places, strict=False)
    ]


def _terms(page: Page) -> list[_Item]:
    return [(li.target, li.place) for li in page.links if li.target.startswith(("term:", "claim:"))]


def _links(page: Page) -> list[_Item]:
    records = ("term:", "claim:")
    return [(li.target, li.place) for li in page.links if not li.target.startswith(records)]


def _counts(page: Page) -> list[_Item]:
    return [(f"{{count:{count.name}}}", count.place) for count in page.counts]


def _sequence(
    rule: str, own: Sequence[_Item], there: Sequence[_Item], page: Page
) -> Iterator[Problem]:
    """Say where two lists part: in what, at which place, and where the first edition has it."""
    end = Place(page.file, page.text.count("\n") + 1)
    matcher = SequenceMatcher(None, [k for k, _ in own], [k for k, _ in there], autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        found = " ".join(quoted(k) for k, _ in own[a:b][:_TOLD]) or "nothing"
        expected = " ".join(quoted(k) for k, _ in there[c:d][:_TOLD]) or "nothing"
        source = f" as in {there[c][1].file}:{there[c][1].line}" if c < d else ""
        place = own[a][1] if a < len(own) else end
        yield Problem(place, rule, f"found {found}, expected {expected}{source}")


def _by_section(
    rule: str, page: Page, original: Page, found: Callable[[Page], list[_Item]]
) -> Iterator[Problem]:
    """Say what a section has and its original lacks, or the other way round; order is free."""
    own, there = (_in_sections(p, found(p)) for p in (page, original))
    for section in sorted(own.keys() | there.keys()):
        mine, theirs = own.get(section, {}), there.get(section, {})
        where, start = _section(page, section)
        for item in sorted(theirs.keys() - mine.keys()):
            at = theirs[item]
            message = f"{quoted(item)} is missing in {where}; {at.file}:{at.line} has it"
            yield Problem(start, rule, message)
        for item in sorted(mine.keys() - theirs.keys()):
            message = f"{quoted(item)} does not stand in {where} of {original.file}"
            yield Problem(mine[item], rule, message)


def _section(page: Page, section: str) -> tuple[str, Place]:
    """How a section is called, and where it starts, or would have to."""
    name = f"section '#{section}'" if section else "the part above the first section"
    own = (h.place for h in page.headings if section and h.id == section)
    return name, next(own, Place(page.file, page.body_line))


def _blocks(page: Page, original: Page) -> Iterator[Problem]:
    """Say which sections have fewer paragraphs, items and the like than their originals, or more.

    Sentences may be parted and joined; a paragraph that one edition lacks is something unsaid.
    """
    own, there = (_blocks_in(p) for p in (page, original))
    both = {"", *(h.id for h in page.headings)} & {"", *(h.id for h in original.headings)}
    for section, block in sorted(own.keys() | there.keys()):
        found, expected = own[section, block], there[section, block]
        if found != expected and section in both:
            where, start = _section(page, section)
            at = _section(original, section)[1]
            message = f"{block}: found {found} in {where}, expected {expected}"
            yield Problem(start, "edition-block", f"{message} as in {at.file}:{at.line}")


def _blocks_in(page: Page) -> Counter[tuple[str, str]]:
    """How often each block stands in each section; what Markdown makes of directives is none."""
    found = Counter((section_at(page, place), block) for block, place in page.blocks)
    found.subtract((section_at(page, d.place), BLOCKS["p"]) for d in page.directives)
    return found


def _in_sections(page: Page, items: Iterable[_Item]) -> dict[str, dict[str, Place]]:
    found: dict[str, dict[str, Place]] = {}
    for item, place in items:
        found.setdefault(section_at(page, place), {}).setdefault(item, place)
    return found


def _diagrams(page: Page, original: Page, stored: Drawings) -> Iterator[Problem]:
    own, there = ([f for f in p.fences if f.language == "mermaid"] for p in (page, original))
    if len(own) != len(there):
        place = own[0].place if own else Place(page.file, page.body_line)
        message = (
            f"found {counted(len(own), 'diagram')}, expected {len(there)} as in {original.file}"
        )
        yield Problem(place, "edition-diagram", message)
        return
    for mine, theirs in zip(own, there, strict=True):
        if is_own(mine.text) or is_own(theirs.text):
            yield from _sequence("edition-diagram", structure(mine), structure(theirs), page)
            continue
        own_drawing, original_drawing = stored.of(mine.text), stored.of(theirs.text)
        if own_drawing and original_drawing:
            yield from _sequence(
                "edition-diagram", skeleton(own_drawing, mine.place),
                skeleton(original_drawing, theirs.place), page,
            )  # fmt: skip


def skeleton(drawing: Drawing, place: Place) -> list[_Item]:
    """What a diagram of Mermaid's says without its words: ids, arrows, levels, values.

    Mermaid's parser has read them: no other knows the grammar of each kind.
    """
    said = [f"kind {drawing.kind}", *(f"node {node.id}" for node in drawing.nodes)]
    said += [f"boundary around {', '.join(group.members)}" for group in drawing.groups]
    for edge in drawing.edges:
        ends = " to ".join(filter(None, edge.ends))
        kind = " ".join(filter(None, [edge.means or f"heads {edge.heads}", ends]))
        said.append(f"{edge.source} - {edge.target}, {kind}{', with words' if edge.label else ''}")
    for line in drawing.lines:
        said.append(f"level {line.depth + 1}{', with words' if line.label else ''} {line.value}")
    return [(text.rstrip(), place) for text in said]


def structure(fence: Fence) -> list[_Item]:
    r"""What a diagram says without its words: nodes, arrows, boundaries, a line each.

    >>> fence = Fence("mermaid", 'flowchart TB\n a["잎"]:::step -- 차<br>된다 --> b', Place("", 4))
    >>> [line for line, _ in structure(fence)]
    ['flowchart TB', 'a[""]:::step -- --> b']
    """
    lines = []
    for number, line in enumerate(fence.text.split("\n"), start=1):
        text = line.strip()
        for pattern, by in _WORDS if not text.startswith("%%") else ():
            text = pattern.sub(by, text)
        if text:
            lines.append((text, Place(fence.place.file, fence.place.line + number)))
    return lines


def _texts(first: Site, other: Site) -> Iterator[Problem]:
    """Every text of a record stands in every language."""
    for each in record_texts(first):
        if other.language not in each.text.root:
            original = each.text.in_language(first.language)
            message = f"key '{other.language}' is missing beside {quoted(original)}"
            yield Problem(each.place, "edition-text", message)


def _values(first: Site, other: Site) -> Iterator[Problem]:
    """Say where a text has other code than its original, or lacks one of its numbers."""
    for name, original, text, place in _pairs(first, other):
        (code, numbers), (own, there) = values_of(original), values_of(text)
        for span in sorted(code ^ own):
            what = "is missing in" if span in code else "does not stand in the original of"
            yield Problem(place, "edition-code", f"code {quoted(span)} {what} '{name}'")
        for digits in sorted(numbers.keys() - there.keys()):
            message = f"the number {quoted(numbers[digits])} is missing in '{name}'"
            yield Problem(place, "edition-number", message)


def _pairs(first: Site, other: Site) -> Iterator[tuple[str, str, str, Place]]:
    """The name of each translated text, its original, the text, and where it stands."""
    for path, page in sorted(other.pages.items()):
        original = first.pages.get(path)
        if original is not None and page.file != original.file:
            own = {unit.name: unit for unit in _prose(page)}
            for unit in _prose(original):
                if unit.name in own:
                    yield unit.name, unit.text, own[unit.name].text, own[unit.name].place
    for each in record_texts(first):
        if {first.language, other.language} <= each.text.root.keys():
            texts = (each.text.root[first.language], each.text.root[other.language])
            yield each.name, *texts, each.place


def _prose(page: Page) -> Iterator[Unit]:
    """The units of a page without its fences, which are compared by themselves."""
    return sections_of(replace(page, text=page.without_fences()))


def values_of(text: str) -> tuple[set[str], dict[str, str]]:
    r"""What a text has that every language writes alike: its code, and its numbers by their digits.

    >>> values_of("Up to 1,024 of `cpu`, 0.5 GB, on 4 tasks since 2026-04.[^c-012]")
    ({'cpu'}, {'1024': '1,024', '05': '0.5', '2026': '2026'})
    >>> sorted(values_of("\uff12\uff10 t, \u0661\u066c\u0660\u0662\u0664 g")[1])
    ['1024', '20']
    """
    code = {match[2].strip() for match in CODE_SPAN.finditer(text)}
    said = UNREAD.sub(" ", CODE_SPAN.sub(" ", text))
    numbers = {}
    for number in _NUMBER.findall(said):
        digits = "".join(str(unicodedata.digit(d)) for d in number if d.isdecimal())
        digits = digits if re.search(r"\D", number) else digits.lstrip("0")
        if len(digits) > 1:
            numbers[digits] = number
    return code, numbers


# What was read against what --------------------------------------------------------------------


def originals(first: Site, other: Site) -> Iterator[tuple[Unit, Place]]:
    """Each unit of the first edition that the other has translated, and where it has."""
    for path, page in sorted(other.pages.items()):
        original = first.pages.get(path)
        if original is None or page.file == original.file:
            continue
        there = {unit.name: unit.place for unit in sections_of(page)}
        for unit in sections_of(original):
            if unit.name in there:
                yield unit, there[unit.name]
    for name, (said, place) in first.said.items():
        its, its_place = other.said.get(name, (said, place))
        if its != said:  # "© 2026 J. Doe" is the same in both: there is nothing to read
            yield Unit(name, said, place), its_place
    for each in record_texts(first):
        text = each.text.root.get(first.language)
        if text and other.language in each.text.root:
            yield Unit(each.name, text, each.place), each.place


def unread(first: Site, other: Site) -> Iterator[Problem]:
    """Say which translations were not read against their original as it is now."""
    yield from not_read(originals(first, other), other, "edition")


def not_read(units: Iterable[tuple[Unit, Place]], reader: Site, rule: str) -> Iterator[Problem]:
    """Say which texts were not read against what stands behind them, as that is now.

    Args:
        units: what stands behind each text, and where the text is.
        reader: the edition whose readings count.
        rule: what the names of the rules begin with.
    """
    for unit, place in units:
        read = reader.readings.read.get(unit.name, frozenset())
        if unit.digest in read:
            continue
        if read:
            was = reader.earlier(unit, read) if reader.earlier else None
            now = f"it reads now {quoted(unit.text.strip())}"
            change = _changed(was, unit.text) if was else now
            message = f"'{unit.name}' changed in {unit.place.file}:{unit.place.line}: {change}; "
        else:
            message = f"nobody has yet said that '{unit.name}' was read against its original; "
        message += f"read it again, then run 'python hooks/cli.py reread {unit.name}'"
        yield Problem(place, f"{rule}-changed" if read else f"{rule}-unread", message)


def _changed(was: str, now: str) -> str:
    """Say in a few words how a text has changed.

    >>> _changed("It allows two pots.", "It allows three pots, and a cup.")
    "'two pots.' became 'three pots, and a cup.'"
    """
    before, after = was.split(), now.split()
    told: list[str] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        old, new = quoted(" ".join(before[a:b])), quoted(" ".join(after[c:d]))
        if kind == "replace":
            told.append(f"{old} became {new}")
        elif kind == "delete":
            told.append(f"{old} was taken out")
        elif kind == "insert":
            told.append(f"{new} was added")
    return ", ".join(told[:_TOLD]) + (" and more" if len(told) > _TOLD else "")


def tally(problems: Iterable[Problem]) -> str:
    """Count gaps by their kind, in words."""
    kinds: Counter[Any] = Counter(problem.rule.removeprefix("edition-") for problem in problems)
    return ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
