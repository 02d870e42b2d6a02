"""What the rules share: is this id, page or anchor known?"""

from __future__ import annotations

import posixpath
from collections.abc import Container, Generator, Iterable, Iterator
from typing import Any, Protocol

from annotated.records.evidence import DECK, evidence
from annotated.records.load import Located, Site
from annotated.records.order import initial, letter_anchor, sections
from annotated.records.pages import Directive, Page
from annotated.records.probes import cell_key
from annotated.records.problems import Place, Problem, nearest, quoted
from annotated.records.reference import entries
from annotated.records.urls import parted

#: What a table can be downloaded as, beside its page.
DOWNLOADS = (".csv", ".json")
#: The id of the way to the questions of a page, at its end.
PRACTICE = "practice"


#: Where a thing is added that is not there yet, by its kind.
_ADDED = {
    "change": "data/changes.yml",
    "combined": "data/combined/",
    "comparison": "data/comparisons/",
    "decision": "data/decisions/",
    "estimate": "data/estimates/",
    "failures": "data/failures/",
    "practice": "data/practice/",
    "source": "data/sources.yml",
    "term": "data/glossary/",
    "unit": "'units' of data/site.yml",
}


class _Named(Protocol):
    """A part of a record that has an id."""

    @property
    def id(self) -> str: ...


def unknown(
    site: Site, kind: str, name: str, known: Iterable[str], place: Place
) -> Iterable[Problem]:
    """Yield a problem if `name` is no known `kind`; a broken record counts as known."""
    names: Container[str] = known if isinstance(known, (dict, set)) else set(known)
    if name not in names and name not in site.broken and kind not in site.unreadable:
        rule = "unknown-" + kind.replace(" ", "-")
        hint = nearest(name, known)
        if not hint and kind in _ADDED:
            hint = f"; add it to {_ADDED[kind]}"
        yield Problem(place, rule, f"there is no {kind} '{name}'{hint}")


def known_cell(site: Site, name: str, place: Place) -> Iterable[Problem]:
    """Yield a problem if there is no cell ``comparison/row/subject``, or no such comparison."""
    table = name.partition("/")[0]
    if table not in site.comparisons:
        yield from unknown(site, "comparison", table, site.comparisons, place)
    elif evidence(site, name) is None:
        rows = site.comparisons[table].value.rows
        cells = [cell_key(table, row.id, subject) for row in rows for subject in row.cells]
        yield from unknown(site, "cell", name, cells, place)


def repeated(ids: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield the position and the name of each id that has stood before."""
    seen: set[str] = set()
    for index, name in enumerate(ids):
        if name in seen:
            yield index, name
        seen.add(name)


def ids_once(
    record: Located[Any], path: tuple[str | int, ...], parts: Iterable[_Named]
) -> Iterator[Problem]:
    """Yield a problem for each of the `parts` at `path` of a record whose id has stood before."""
    for index, name in repeated(part.id for part in parts):
        message = f"{quoted(name)} stands twice among the {path[-1]}"
        yield Problem(record.at(*path, index, "id"), "duplicate-id", message)


def page_shows(
    site: Site, directive: str, name: str, target: str, place: Place
) -> Iterable[Problem]:
    """Yield a problem if the page `target` of a record has no `directive` that shows it.

    Args:
        site: the pages.
        directive: the name of the directive, which is the kind of the record.
        name: the id of the record.
        target: its page, or `open` while nobody has written that.
        place: where the record names it.
    """
    page = yield from written_page(site, target, place)
    if page and name not in {d.argument for d in page.directives if d.name == directive}:
        yield Problem(
            place,
            f"{directive}-without-page",
            f"page '{target}' does not show it; add <!-- {directive}: {name} --> there",
        )


def written_page(site: Site, target: str, place: Place) -> Generator[Problem, None, Page | None]:
    """Return the page that a record names, None while it is `open`; yield what is wrong with it."""
    if target == "open":
        return None
    missing = list(page_target(site, target, place))
    yield from missing
    return None if missing else site.pages.get(target)


def page_target(site: Site, target: str, place: Place, base: str = "") -> Iterable[Problem]:
    """Yield a problem if ``page.md#anchor``, relative to the page `base`, leads nowhere."""
    yield from page_and_anchor(site, *parted(target), place, base)


def page_and_anchor(
    site: Site, path: str, anchor: str, place: Place, base: str = ""
) -> Iterable[Problem]:
    """Yield a problem if there is no page `path`, seen from `base`, or no id `anchor` on it."""
    full = posixpath.normpath(posixpath.join(posixpath.dirname(base), path)) if path else base
    page = site.pages.get(full)
    if page is None and "page" in site.unreadable:
        return
    if page is None:
        yield Problem(
            place, "broken-link", f"there is no page {quoted(full)}{nearest(full, site.pages)}"
        )
    elif anchor and anchor not in anchors_of(site, full):
        yield Problem(
            place,
            "broken-anchor",
            f"page '{full}' has no heading {quoted(anchor)}"
            f"{nearest(anchor, anchors_of(site, full))}",
        )


def file_target(site: Site, path: str, place: Place, base: str) -> Iterable[Problem]:
    """Yield a problem if a file beside the pages, relative to the page `base`, is not there."""
    full = posixpath.normpath(posixpath.join(posixpath.dirname(base), path))
    stems = [*site.downloads().values(), *site.failure_downloads().values()]
    tables = {stem + ending for stem in stems for ending in DOWNLOADS}
    # A broken record is told of itself.
    tables |= {DECK} if site.practice or site.broken else set()
    tables |= {f"{stem}.json" for stem in site.decision_downloads().values()}
    page = f"{full.removesuffix('.html')}.md"
    if full.endswith(".html") and page in site.pages:
        yield Problem(place, "broken-link", f"'{path}': expected the page itself, ending in .md")
    elif site.files is None or full in site.files or full in tables:
        return
    elif not {"comparison", "failures", "practice"} & site.unreadable:
        known = {*site.files, *tables, *site.pages}
        yield Problem(
            place, "broken-link", f"there is no page and no file '{full}'{nearest(full, known)}"
        )


def anchors_of(site: Site, path: str) -> set[str]:
    """Return the ids on a page that a link may lead to."""
    return {name for name, _ in ids_of(site, path) if not name.startswith("pop-")}


def ids_of(site: Site, path: str) -> Iterator[tuple[str, Place]]:
    """Yield each id on a page with the place that makes it: written, or made of records."""
    page = site.pages[path]
    yield from page.ids
    yield from ((PRACTICE, p.at("page")) for p in site.practice.values() if p.value.page == path)
    for directive in page.directives:
        for name in _made(site, directive):
            yield name, directive.place
    marked: dict[str, Place] = {}  # that a claim is marked twice is said of the marks
    for mark in page.marks:
        numbers = [claim.removeprefix("c-") for claim in mark.ids]
        for number, place in zip(numbers, mark.places, strict=True):
            marked.setdefault("p-" + number, place)
        marked.setdefault("pop-" + numbers[0], mark.places[0])
    yield from marked.items()


def _made(site: Site, directive: Directive) -> Iterator[str]:
    """The ids that a directive makes."""
    if directive.name == "claims":
        yield from site.claims
        yield from (section.anchor for section in sections(site))
    elif directive.name == "changes" and not directive.argument:
        yield from site.changes
        yield from {f"y-{change.value.date[:4]}" for change in site.changes.values()}
    elif directive.name == "glossary":
        yield from site.terms
        names = (term.value.term.in_language(site.language) for term in site.terms.values())
        yield from {letter_anchor(initial(name)) for name in names}
    elif directive.name == "reference":
        yield from (entry.anchor for entry in entries())
    elif directive.name == "sheet":
        yield "sheet-legend"
    elif directive.name == "estimate" and directive.argument in site.estimates:
        estimate = site.estimates[directive.argument].value
        yield f"estimate-{estimate.id}"
        yield from (f"estimate-{estimate.id}-{option.id}" for option in estimate.options)
    elif directive.name == "comparison" and directive.argument in site.comparisons:
        comparison = site.comparisons[directive.argument].value
        yield f"table-{comparison.id}"
        yield from (f"{comparison.id}-{row.id}" for row in comparison.rows)
    elif directive.name == "practice" and directive.argument in site.practice:
        name = directive.argument
        yield f"practice-{name}"
        questions = site.practice[name].value.questions
        yield from (f"practice-{name}-{question.id}" for question in questions)
    elif directive.name == "combined" and directive.argument in site.combined:
        combined = site.combined[directive.argument].value
        yield f"table-{combined.id}"
        yield from {f"{combined.id}-{row.id}" for row in combined.rows}
    elif directive.name == "decision" and directive.argument in site.decisions:
        decision = site.decisions[directive.argument].value
        yield f"choose-{decision.id}"
        yield from {f"choose-{decision.id}-{question.id}" for question in decision.questions}
    elif directive.name == "failures":
        yield from _of_failures(site, directive.argument)


def _of_failures(site: Site, argument: str) -> Iterator[str]:
    """The ids of the failures that are shown, and of the headings of their groups."""
    shown = site.failures_shown(argument)
    if shown is None:
        return
    listed, groups = shown
    if "/" not in argument:
        yield from (f"{listed.id}-{group.id}" for group in groups)
    names = {group.id for group in groups}
    yield from (f"{listed.id}-{one.id}" for one in listed.failures if one.group in names)
