"""The edge to the file system and to git: where a project's parts are, and how to reach them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from annotated.check import (
    DRAWING_RULES,
    EDITION_RULES,
    PROBE_RULES,
    PUBLISHING_RULES,
    check_site,
    svg,
)
from annotated.check.drawn import each_is_drawn
from annotated.check.editions import drift, originals, page_drift, tally
from annotated.check.since import changed_without_reading
from annotated.check.untranslated import copies
from annotated.publish import cards, sources
from annotated.records.evidence import RESTED, rested, said_in
from annotated.records.layout import Layout, by_convention
from annotated.records.load import Drawings, Site, load_site
from annotated.records.located import Document, read_yaml
from annotated.records.pages import Page, read_page
from annotated.records.pictures import ENDINGS, size_of
from annotated.records.problems import Problem, in_order
from annotated.records.readings import (
    PRACTICE,
    lines_of,
    load_readings,
    meant_alike,
    of_translations,
    written,
)
from annotated.records.units import Unit, sections_of
from annotated.render.edition import Edition
from annotated.repository import git


def open_project(root: Path, docs: Path, language: str, today: date) -> tuple[Site, list[Problem]]:
    """Load and check the project at `root` whose pages are all that is below `docs`."""
    return open_layout(root, by_convention(docs, language), today)


def open_layout(root: Path, layout: Layout, today: date) -> tuple[Site, list[Problem]]:
    """Load and check the project at `root`; return the site and all its problems in order.

    Where the configuration cannot be read, nobody knows the pages that records speak of.
    """
    site, problems = load_site(root, layout)
    if not layout.known:
        return site, in_order(problems)
    folder = drawings_of(root)
    site.today = today
    site.lent = frozenset(layout.lent)
    site.said = layout.said
    site.pictures = dict(_sizes(layout))
    site.drawings = Drawings(folder, drawing_settings(root), folder.relative_to(root).as_posix())
    return site, in_order([*problems, *check_site(site), *_pictures(root, layout)])


#: What loads and checks one edition, like `open_layout`.
Reader = Callable[[Path, Layout, date], tuple[Site, list[Problem]]]


@dataclass(frozen=True)
class Opened:
    """An edition: its layout, what it holds, and what is wrong with it."""

    layout: Layout
    site: Site
    problems: list[Problem]


def open_editions(
    root: Path, layouts: Sequence[Layout], today: date, read: Reader = open_layout
) -> list[Opened]:
    """Load and check each edition of the project at `root`, the first one first.

    Args:
        root: the project.
        layouts: of each edition.
        today: no record may be of a later day.
        read: loads and checks one of them; what it returns is changed here.
    """
    opened = [Opened(layout, *read(root, layout, today)) for layout in layouts]
    first = opened[0]
    for each in opened:
        each.site.editions = [other.site for other in opened]
        each.site.draft = each.layout.draft
    first.site.readings, found = load_readings(root, PRACTICE)
    first.site.earlier = partial(_earlier, root, first.layout)
    first.problems.extend(found)
    for other in opened[1:]:
        other.site.readings, found = load_readings(root, of_translations(other.layout.language))
        other.site.earlier = partial(_earlier, root, first.layout)
        # What its pages lack is said of them, not of the records that then have no page.
        if any(page_drift(first.site, other.site)):
            found += [p for p in other.problems if not p.place.file.startswith("data/")]
            other.problems[:] = found
        else:
            other.problems.extend(found)
    return opened


def check_editions(opened: Sequence[Opened]) -> list[Problem]:
    """Check that every edition says what the first one says, where it is published."""
    return check_site(opened[0].site, EDITION_RULES)


def gaps_of(first: Opened, other: Opened) -> str:
    """Count where an edition is not in step with the first, in words."""
    waiting = each_is_drawn(replace(other.site, draft=False))
    return tally([*drift(first.site, other.site), *waiting]) or "says all that the first says"


@dataclass(frozen=True)
class ReadAgain:
    """The file of readings of an edition, and how it differs from the one that is there."""

    text: str
    read: list[str]  # names of texts whose reading is new in it
    gone: int  # how many texts are there no more, and left out
    strange: list[str]  # what was asked for, and is no text of this edition


def read_again(
    opened: Opened, first: Opened, names: Collection[str], *, new: bool, alike: bool = False
) -> ReadAgain:
    """Return the readings of an edition, with what was read again.

    Of the first edition these are its questions, read against what they rest on; of the others
    their translations.

    Args:
        opened: the edition that was read.
        first: the first edition.
        names: of texts, or of what they are parts of, like ``brewing.md`` and ``claims/c-001``.
        new: whether all that was never recorded is taken as well.
        alike: whether the named texts may say the same, word for word, as their originals.
    """
    behind = rested(first.site) if opened is first else originals(first.site, opened.site)
    units = {unit.name: unit.digest for unit, _ in behind}
    copied = [] if opened is first else copies(first.site, opened.site)
    copied_units = {unit.name: unit.digest for unit, _, _ in copied}
    before = set(lines_of(opened.site.readings))
    known = {name for name, _ in before}
    parts = {name: re.compile(rf"{re.escape(name)}([/#:].*)?") for name in names}
    meant = {
        name: set(filter(part.fullmatch, {**units, **copied_units})) for name, part in parts.items()
    }
    named = set().union(*meant.values())
    taken = {
        (name, digest)
        for name, digest in units.items()
        if name in named or (new and name not in known)
    }
    if alike:
        taken |= {(meant_alike(n), digest) for n, digest in copied_units.items() if n in named}
    again = {name for name, _ in taken}
    there = units.keys() | set(map(meant_alike, copied_units))
    kept = {(name, digest) for name, digest in before if name in there and name not in again}
    return ReadAgain(
        written(kept | taken),
        sorted(name for name, _ in taken - before),
        len(known - there),
        [name for name, found in meant.items() if not found],
    )


#: So many versions of a file are looked at for what a text once said.
_VERSIONS = 50


def _earlier(root: Path, layout: Layout, unit: Unit, digests: Collection[str]) -> str | None:
    """Return what a unit of the first edition said when its hash was one of `digests`."""
    name = unit.place.file
    try:
        revisions = git(root, "log", f"-{_VERSIONS}", "--format=%H", "--", name).split()
        for revision in revisions:
            text = git(root, "show", f"{revision}:./{name}")
            for candidate in _units_in(unit, name, text, layout):
                if candidate.digest in digests:
                    return candidate.text
    except ValueError:
        pass  # no repository, or not so far back
    return None


def _units_in(unit: Unit, name: str, text: str, layout: Layout) -> Iterator[Unit]:
    """What a version of a file holds that may be the unit."""
    if name.endswith(".md"):
        path = unit.name.partition("#")[0].removesuffix(":front")
        page, _ = read_page(path, name, text, layout.dialect)
        yield from sections_of(page)
        return
    document, _ = read_yaml(name, text)
    if unit.name.startswith(RESTED) and (said := said_in(document, unit.name, layout.language)):
        yield Unit(unit.name, said, unit.place)
        return
    waiting: list[Any] = [document.value if document else None]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, str):
            yield Unit(unit.name, value, unit.place)


def all_problems(opened: Sequence[Opened]) -> list[Problem]:
    """What is wrong with the editions; what they share is said once."""
    return in_order(problem for each in opened for problem in each.problems)


def _sizes(layout: Layout) -> Iterator[tuple[str, tuple[int, int]]]:
    """The pictures beside the pages, with width and height, as far as they can be read."""
    for path in layout.files or ():
        if path.lower().endswith(ENDINGS) and layout.file_of(path).is_file():
            size = size_of(layout.file_of(path))
            if size is not None:
                yield path, size


def _pictures(root: Path, layout: Layout) -> Iterator[Problem]:
    """Check the pictures of authors that can hold more than a picture, as far as they are known."""
    for path in sorted(layout.files or ()):
        file = layout.docs / path
        if path.endswith(".svg") and file.is_file():
            shown = file.relative_to(root) if file.is_relative_to(root) else file
            yield from svg.harmless(file, shown.as_posix())


def drawings_of(root: Path) -> Path:
    """The folder of stored drawings."""
    return root / "overrides" / "assets" / "drawings"


def drawing_settings(root: Path) -> bytes:
    """The settings that drawings are made with; empty in a project that draws nothing."""
    file = root / "tools" / "draw" / "settings.json"
    return file.read_bytes() if file.is_file() else b""


def check_files(sites: Sequence[Site], root: Path) -> list[Problem]:
    """Check what stands beside records and pages: drawings, results, templates, styles, scripts."""
    rules = (*DRAWING_RULES, *PROBE_RULES)
    found = [problem for site in sites for problem in check_site(site, rules)]
    return in_order([*found, *sources.mistakes(root)])


def check_published(site: Site) -> list[Problem]:
    """Check what must hold before others get to read the site."""
    return check_site(site, PUBLISHING_RULES)


def check_cards(opened: Sequence[Opened], root: Path) -> list[Problem]:
    """Check that each page's card shows the page as it is, where the site's name is known."""
    folder = root / "overrides" / cards.FOLDER
    known = all(each.layout.name for each in opened)
    there = {file.name for file in folder.glob("*.png")} if known else set()
    shown = folder.relative_to(root).as_posix()
    return in_order(cards.stale_cards(cards_of(opened), there, shown))


def cards_of(opened: Sequence[Opened]) -> dict[str, tuple[cards.Card, Page]]:
    """The card of each page of the editions that are published, by its name."""
    found = {}
    for each in opened:
        if not each.layout.draft:
            edition = Edition.of(each.site, each.layout.language)
            for page in each.site.pages.values():
                card = cards.card_of(page, edition, each.layout.name)
                found[card.name] = (card, page)
    return found


def compare_with(site: Site, root: Path, revision: str) -> list[Problem]:
    """Compare the claims with those of a git revision, as far as they can be read there.

    Raises:
        ValueError: git does not know the revision.
    """
    names = git(root, "ls-tree", "-r", "-z", "--name-only", revision, "data/claims",
                "data/sources.yml")  # fmt: skip
    claims: dict[str, Any] = {}
    reads: dict[str, str] = {}
    for name in filter(None, names.split("\0")):
        # "./" makes git look below this folder, which need not be the top of the repository.
        document, _ = read_yaml(name, git(root, "show", f"{revision}:./{name}").lstrip("\ufeff"))
        for item in _items(document, "claims"):
            claims[item["id"]] = item
        for item in _items(document, "sources"):
            reads[item["id"]] = str(item.get("read", ""))
    return in_order(changed_without_reading(site, claims, reads))


def _items(document: Document | None, key: str) -> list[dict[str, Any]]:
    """The records under a key of a file that may once have had another shape."""
    value = document.value if document else None
    items = value.get(key) if isinstance(value, dict) else None
    if not isinstance(items, list):
        return []
    return [item for item in items if isinstance(item, dict) and isinstance(item.get("id"), str)]
