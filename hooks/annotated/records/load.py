"""Folders to records: every file read, every record validated, every problem kept.

A broken record is left out, but its id is remembered, so that whoever refers to it is not
blamed as well.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from annotated.records import models
from annotated.records.drawings import Drawing, drawing_id, load_drawing
from annotated.records.explain import explain, kind_of, unknown_key
from annotated.records.lab_results import LabResults, read_lab_results
from annotated.records.layout import Layout
from annotated.records.located import Document, Path, read_yaml
from annotated.records.pages import Page, read_page
from annotated.records.problems import Place, Problem, counted, nearest
from annotated.records.readings import Readings
from annotated.records.results import Results, read_results
from annotated.records.texts import read_text
from annotated.records.urls import address_of
from annotated.records.wording import lent

if TYPE_CHECKING:
    from annotated.records.units import RecordText, Unit

T = TypeVar("T", bound=BaseModel)

#: What the keys of the site's own words begin with, beside those of the interface.
UNIT, ROLE = "unit-", "diagram-role-"
#: Packages, places and what is watched, below ``data``.
PROBES = "probes.yml"
#: How labs are run, below ``data``.
LABS = "labs.yml"
#: The kind of the pages whose blocks are run.
LAB = "lab"
#: Not a role: what an author marks with ``class x closed``; it is named last in a key.
CLOSED = "closed"

#: The lines of the notes, below ``data``, where readers shall see them; ``make import`` writes it.
ORIGINALS = "notes.txt"

#: What a unit once said, by the hashes of its content, if that is still known.
Earlier = Callable[["Unit", Collection[str]], str | None]

#: The language whose words every project holds; it lends what another one lacks.
LENDER = "en"


@dataclass(frozen=True)
class Located(Generic[T]):
    """A record with the document it stands in and its path there."""

    value: T
    document: Document = field(repr=False)
    path: Path = ()

    def at(self, *path: str | int) -> Place:
        """Return the place of a key or item inside this record."""
        return self.document.at(*self.path, *path)


@dataclass(frozen=True)
class Drawings:
    """Where the stored drawings are, and the settings that they were made with."""

    folder: FilePath
    settings: bytes
    shown: str  # how messages name the folder

    def of(self, source: str) -> Drawing | None:
        """Return the drawing of a diagram; None if it is missing or broken: one rule says which."""
        try:
            return load_drawing(self.folder, drawing_id(source, self.settings))
        except ValueError:
            return None


@dataclass
class Site:
    """Everything that the site knows: the records by id, and the pages by path."""

    sources: dict[str, Located[models.Source]] = field(default_factory=dict)
    claims: dict[str, Located[models.Claim]] = field(default_factory=dict)
    topics: list[tuple[Located[models.ClaimFile], list[str]]] = field(default_factory=list)
    changes: dict[str, Located[models.Change]] = field(default_factory=dict)
    corrections: dict[str, Located[models.Correction]] = field(default_factory=dict)
    terms: dict[str, Located[models.Term]] = field(default_factory=dict)
    comparisons: dict[str, Located[models.Comparison]] = field(default_factory=dict)
    combined: dict[str, Located[models.Combined]] = field(default_factory=dict)
    decisions: dict[str, Located[models.Decision]] = field(default_factory=dict)
    prices: dict[str, Located[models.Price]] = field(default_factory=dict)
    price_list: Located[models.PriceFile] | None = None  # but for its prices
    estimates: dict[str, Located[models.Estimate]] = field(default_factory=dict)
    failures: dict[str, Located[models.FailureList]] = field(default_factory=dict)
    practice: dict[str, Located[models.Practice]] = field(default_factory=dict)
    notes: Located[models.Notes] | None = None
    originals: tuple[str, ...] = ()  # the lines of the notes, where readers shall see them
    probing: Located[models.Probing] | None = None
    results: Results = field(default_factory=Results)  # what the probes have found, as committed
    labs: Located[models.Labs] | None = None
    lab_results: LabResults = field(default_factory=LabResults)  # as committed
    language: str = "en"  # of the edition that is read
    vocabulary: Located[models.Vocabulary] | None = None
    wordings: list[Located[models.Wording]] = field(default_factory=list)  # the nearest first
    pages: dict[str, Page] = field(default_factory=dict)
    files: frozenset[str] | None = None  # what else is published, by path; None if unknown
    pictures: dict[str, tuple[int, int]] | None = None  # width and height, by path as in `files`
    today: date = field(default_factory=date.today)
    drawings: Drawings = field(default_factory=lambda: Drawings(FilePath(), b"", ""))
    broken: set[str] = field(default_factory=set)  # ids of records that are not valid
    unreadable: set[str] = field(default_factory=set)  # kinds of files, like "claim" and "page"
    editions: list[Site] = field(default_factory=list, repr=False, compare=False)  # all, in order
    lent: frozenset[str] = frozenset()  # the pages that the first edition lends to a draft
    draft: bool = False  # whether this edition is unfinished
    # What the configuration says to readers, as in `Layout.said`.
    said: Mapping[str, tuple[str, Place]] = field(default_factory=dict)
    # Which originals it was read against; the first edition: what its questions rest on.
    readings: Readings = field(default_factory=Readings)
    earlier: Earlier | None = None  # asked of git, where there is one
    # All texts of the records, once `record_texts` was asked: records stay as they were read.
    texts: list[RecordText] | None = field(default=None, repr=False, compare=False)

    @property
    def words(self) -> dict[str, str]:
        """Every word that a page can show: those of the interface, and the site's own."""
        return {**self.interface, **self._own_words()}

    @property
    def units(self) -> dict[str, models.Text]:
        """The units of numbers, by id."""
        return self.vocabulary.value.units if self.vocabulary else {}

    @property
    def roles(self) -> dict[str, models.Role]:
        """The roles in diagrams, in the order of their key."""
        return self.vocabulary.value.roles if self.vocabulary else {}

    @property
    def interface(self) -> dict[str, str]:
        """The words of the interface: the edition's own, and those that it borrows."""
        found: dict[str, str] = {}
        for wording in reversed(self.wordings):
            lender = FilePath(wording.document.file).stem
            found.update(lent(wording.value.words, lender, self.language))
        return found

    def _own_words(self) -> dict[str, str]:
        texts = {f"{UNIT}{unit}": name for unit, name in self.units.items()}
        texts |= {f"{ROLE}{role}": each.name for role, each in self.roles.items()}
        if self.vocabulary and self.vocabulary.value.closed:
            texts[f"{ROLE}{CLOSED}"] = self.vocabulary.value.closed
        # Brackets of the site's own words are brackets; those of the interface are filled in.
        return {
            key: text.in_language(self.language).replace("{", "{{").replace("}", "}}")
            for key, text in texts.items()
        }

    @property
    def locale(self) -> str:
        """How dates and numbers are written: as the edition's own words say, or its language."""
        own = self._own_wording()
        return (own.value.locale if own else None) or self.language

    def borrowed_words(self) -> list[str]:
        """Return the keys of the words that another language lends, in order."""
        own = self._own_wording()
        return sorted(self.interface.keys() - (own.value.words.keys() if own else set()))

    def _own_wording(self) -> Located[models.Wording] | None:
        for wording in self.wordings:
            if FilePath(wording.document.file).stem == self.language:
                return wording
        return None

    def homes(self) -> dict[str, str]:
        """Return the page on which each claim's mark stands (the first, if there are two)."""
        found: dict[str, str] = {}
        for page in self.pages.values():
            for mark in page.marks:
                for claim in mark.ids:
                    found.setdefault(claim, page.path)
        return found

    def practice_pages(self) -> dict[str, str]:
        """Return the page that lists the questions of each file (the first, if there are two)."""
        found: dict[str, str] = {}
        for page in self.pages.values():
            for directive in page.directives:
                if directive.name == "practice":
                    found.setdefault(directive.argument, page.path)
        return found

    def downloads(self) -> dict[str, str]:
        """Return the address, without ending, of the files of each comparison that has a page.

        They are named like the page; where it holds more than one table, by their ids.
        """
        return self._stems({name: c.value.page for name, c in self.comparisons.items()})

    def failure_downloads(self) -> dict[str, str]:
        """Return the same for each list of failures."""
        return self._stems({name: listed.value.page for name, listed in self.failures.items()})

    def decision_downloads(self) -> dict[str, str]:
        """Return the same for each decision."""
        return self._stems({name: decision.value.page for name, decision in self.decisions.items()})

    def _stems(self, pages: dict[str, str]) -> dict[str, str]:
        shared = Counter(c.value.page for c in self.comparisons.values())
        shared.update(listed.value.page for listed in self.failures.values())
        shared.update(decision.value.page for decision in self.decisions.values())
        return {
            name: address_of(page).removesuffix(".html")
            if shared[page] == 1
            else posixpath.join(posixpath.dirname(page), name)
            for name, page in pages.items()
            if page != "open"
        }

    def failures_shown(
        self, argument: str
    ) -> tuple[models.FailureList, list[models.FailureGroup]] | None:
        """Return the list and the groups that a directive names: ``teapot``, ``teapot/lid``."""
        name, _, group = argument.partition("/")
        if name not in self.failures:
            return None
        listed = self.failures[name].value
        groups = [one for one in listed.groups if one.id == group] if group else listed.groups
        return (listed, groups) if groups else None

    def source_list(self, ids: list[str]) -> list[models.Source]:
        """Return the sources with these ids, in order."""
        return [self.sources[i].value for i in ids if i in self.sources]


def load_site(root: FilePath, layout: Layout) -> tuple[Site, list[Problem]]:
    """Read ``data/`` below `root` and the pages of `layout`; return the site and its problems.

    Paths in problems are relative to `root`, with forward slashes.

    Args:
        root: the project.
        layout: the pages and the languages of the edition.
    """
    language, main = layout.language, layout.main or layout.language
    site, problems = Site(language=language, files=layout.files), list(layout.problems)
    reader = _Reader(site, root, main, problems)
    _load_records(site, root / "data", reader)
    for document in reader.documents("words", _word_files(root / "data/words", language, main)):
        wording = reader.validate(document, (), models.Wording)
        if wording:
            site.wordings.append(wording)
        else:
            site.unreadable.add("words")
    site.results, found = read_results(root)
    problems += found
    site.lab_results, found = read_lab_results(root)
    problems += found
    problems += _unread(root, reader.read)
    _load_pages(site, root, layout, problems)
    return site, problems


def _load_records(site: Site, data: FilePath, reader: _Reader) -> None:
    for document in reader.documents("source", [data / "sources.yml"]):
        reader.gather(document, "sources", models.Source, site.sources)
    for document in reader.documents("claim", _yaml_files(data / "claims")):
        ids = reader.gather(document, "claims", models.Claim, site.claims, models.ClaimFile)
        head = reader.validate(document, (), models.ClaimFile, without="claims")
        if head:
            site.topics.append((head, ids))
    for document in reader.documents("change", [data / "changes.yml"]):
        reader.gather(document, "changes", models.Change, site.changes)
    for document in reader.documents("correction", _if_there(data / "corrections.yml")):
        reader.gather(document, "corrections", models.Correction, site.corrections)
    for document in reader.documents("term", _yaml_files(data / "glossary")):
        reader.gather(document, "terms", models.Term, site.terms)
    for document in reader.documents("comparison", _yaml_files(data / "comparisons")):
        reader.single(document, models.Comparison, site.comparisons)
    for document in reader.documents("combined", _yaml_files(data / "combined")):
        reader.single(document, models.Combined, site.combined)
    for document in reader.documents("decision", _yaml_files(data / "decisions")):
        reader.single(document, models.Decision, site.decisions)
    _load_costs(site, data, reader)
    _load_lists(site, data, reader)
    own = _if_there(data / "site.yml")
    for document in reader.documents("unit", own):
        site.vocabulary = reader.validate(document, (), models.Vocabulary)
    if own and site.vocabulary is None:
        site.unreadable |= {"unit", "role"}
    _load_probing(site, data / PROBES, reader)
    _load_labs(site, data / LABS, reader)
    _load_notes(site, data, reader)


def _load_lists(site: Site, data: FilePath, reader: _Reader) -> None:
    for document in reader.documents("failures", _yaml_files(data / "failures")):
        reader.single(document, models.FailureList, site.failures)
    for document in reader.documents("practice", _yaml_files(data / "practice")):
        reader.single(document, models.Practice, site.practice)


def _load_notes(site: Site, data: FilePath, reader: _Reader) -> None:
    for document in reader.documents("notes", [data / "notes.yml"]):
        site.notes = reader.validate(document, (), models.Notes)
    if site.notes and site.notes.value.show:
        site.originals = _originals(site.notes, data / ORIGINALS, reader)


def _load_costs(site: Site, data: FilePath, reader: _Reader) -> None:
    for document in reader.documents("price", _if_there(data / "prices.yml")):
        reader.gather(document, "prices", models.Price, site.prices, models.PriceFile)
        site.price_list = reader.validate(document, (), models.PriceFile, without="prices")
    for document in reader.documents("estimate", _yaml_files(data / "estimates")):
        reader.single(document, models.Estimate, site.estimates)


def _load_probing(site: Site, file: FilePath, reader: _Reader) -> None:
    there = _if_there(file)
    for document in reader.documents("place", there):
        site.probing = reader.validate(document, (), models.Probing)
    if there and site.probing is None:
        site.unreadable.add("place")


def _load_labs(site: Site, file: FilePath, reader: _Reader) -> None:
    there = _if_there(file)
    for document in reader.documents("labs", there):
        site.labs = reader.validate(document, (), models.Labs)
    if there and site.labs is None:
        site.unreadable |= {"labs", "reason"}


def _originals(notes: Located[models.Notes], file: FilePath, reader: _Reader) -> tuple[str, ...]:
    """The lines of the notes, of which there are as many as their record says."""
    lines: list[str] = []
    try:
        lines = file.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        found = "is missing" if isinstance(error, FileNotFoundError) else "cannot be read"
    else:
        found = f"has {counted(len(lines), 'line')}, not {notes.value.lines}"
        if len(lines) == notes.value.lines:
            return tuple(lines)
    message = (
        f"data/{ORIGINALS}, which readers shall see, {found}; run 'make import' with your notes"
    )
    reader.problems.append(Problem(notes.at("show"), "notes-text", message))
    return ()


def _load_pages(site: Site, root: FilePath, layout: Layout, problems: list[Problem]) -> None:
    for path in sorted(layout.pages, key=FilePath):
        file = layout.file_of(path)
        text, found = read_text(_name(root, file), file)
        problems += found
        if text is None:
            site.unreadable.add("page")
            continue
        page, found = read_page(path, _name(root, file), text, layout.dialect)
        problems += found
        if page.unread:
            site.unreadable.add("page")
        else:
            site.pages[path] = page
            if page.front("kind") == LAB:
                page.beside = dict(_beside(page, layout))


def _beside(page: Page, layout: Layout) -> Iterator[tuple[str, str]]:
    """The files of a lab that stand beside its page: those in the same folder that it links to."""
    for link in page.links:
        path = posixpath.join(posixpath.dirname(page.path), link.target)
        file = layout.file_of(path)
        if re.fullmatch(r"\w[\w.-]*", link.target) and path not in layout.pages and file.is_file():
            text, _ = read_text(link.target, file)
            if text is not None:
                yield link.target, text


def _if_there(file: FilePath) -> list[FilePath]:
    """A file that a project may do without; a broken link is there, and is told."""
    return [file] if os.path.lexists(file) else []


def _yaml_files(folder: FilePath) -> list[FilePath]:
    """The YAML files of a folder, but for hidden ones, which editors and systems leave."""
    found = [*folder.glob("*.yml"), *folder.glob("*.yaml")]
    return sorted(file for file in found if not file.name.startswith("."))


def _name(root: FilePath, file: FilePath) -> str:
    return file.relative_to(root).as_posix() if file.is_relative_to(root) else file.as_posix()


def _word_files(folder: FilePath, language: str, main: str) -> list[FilePath]:
    """The words of the edition, and those that lend it what it lacks: one must be there."""
    files = [folder / f"{name}.yml" for name in dict.fromkeys((language, main, LENDER))]
    return [file for file in files if os.path.lexists(file)] or files[:1]


def _unread(root: FilePath, read: set[FilePath]) -> Iterator[Problem]:
    """Name each YAML file below ``data`` that nobody reads: its records would be missing unseen."""
    data = root / "data"
    folders = (
        "claims", "glossary", "comparisons", "combined", "decisions", "estimates", "failures",
        "practice", "words",
    )  # fmt: skip
    for file in sorted(data.rglob("*.y*ml")):
        parts = file.relative_to(data).parts
        hidden = any(part.startswith(".") for part in parts)
        if file in read or hidden or file.suffix not in (".yml", ".yaml"):
            continue
        if len(parts) == 2 and parts[0] == "words" and file.suffix == ".yml":
            if models.is_language(file.stem):
                continue  # another edition reads it
            message = f"'{file.stem}' is not a language, like 'en' or 'ko'"
        else:
            hint = nearest(parts[0], folders) if len(parts) == 2 else ""
            message = f"nothing reads this file{hint}; records stand in {', '.join(folders)}"
        yield Problem(Place(_name(root, file)), "unread-file", message)


@lru_cache(maxsize=1024)  # under serve, only the file that was saved is read again
def _read(name: str, text: str) -> tuple[Document | None, tuple[Problem, ...]]:
    document, problems = read_yaml(name, text)
    return document, tuple(problems)


@dataclass
class _Reader:
    """Reads files into `site`, and adds what is wrong to `problems`."""

    site: Site
    root: FilePath
    language: str
    problems: list[Problem]
    read: set[FilePath] = field(default_factory=set)

    def documents(self, kind: str, files: list[FilePath]) -> Iterator[Document]:
        """Yield what can be read; a file that cannot makes its `kind` unreadable for the checks."""
        for file in files:
            self.read.add(file)
            text, found = read_text(_name(self.root, file), file)
            self.problems += found
            document = None
            if text is not None:
                document, defects = _read(_name(self.root, file), text)
                self.problems += defects
            if document and not isinstance(document.value, dict):
                self._problem(
                    document.at(), "wrong-type", "found no mapping, expected 'key: ...' lines"
                )
                document = None
            if document:
                yield document
            else:
                self.site.unreadable.add(kind)

    def gather(
        self,
        document: Document,
        key: str,
        model: type[T],
        known: dict[str, Located[T]],
        head: type[BaseModel] | None = None,
    ) -> list[str]:
        """Validate each item of the list under `key`; return the ids of the good ones.

        What stands beside the list is checked by its own model, `head`, if there is one.
        """
        ids: list[str] = []
        items = document.value.get(key)
        if not isinstance(items, list):
            message = f"expected a list under '{key}', found {kind_of(items)}"
            self._problem(document.at(key), "missing-key", message)
            return ids
        if head is None:
            extra = sorted(set(document.value) - {key})
            self.problems += [unknown_key(document, (name,), name, {key}) for name in extra]
        for index, item in enumerate(items):
            record = self.validate(document, (key, index), model)
            name = item.get("id") if isinstance(item, dict) else None
            if record is None:
                if isinstance(name, str):
                    self.site.broken.add(name)
            elif self._new_id(record, str(name), known):
                known[str(name)] = record
                ids.append(str(name))
        return ids

    def single(self, document: Document, model: type[T], known: dict[str, Located[T]]) -> None:
        """Validate a file that is one record; it is named by its id."""
        name = document.value.get("id")
        record = self.validate(document, (), model)
        if record is None:
            if isinstance(name, str):
                self.site.broken.add(name)
        elif self._new_id(record, str(name), known):
            known[str(name)] = record
            stem = FilePath(document.file).stem
            if stem != name:
                message = f"id '{name}' stands in a file named '{stem}'"
                self._problem(record.at("id"), "file-name", message)

    def validate(
        self, document: Document, path: Path, model: type[T], without: str | None = None
    ) -> Located[T] | None:
        """Make a record of what stands at `path`, or say what hinders."""
        value = document.value
        for step in path:
            value = value[step]
        if without is not None:
            value = {**value, without: []}
        try:
            record = model.model_validate(value, context={"language": self.language})
        except ValidationError as error:
            self.problems += explain(document, path, model, error)
            return None
        return Located(record, document, path)

    def _new_id(self, record: Located[T], name: str, known: dict[str, Located[T]]) -> bool:
        if name not in known:
            return True
        message = f"id '{name}' is taken already by {known[name].at('id')}"
        self._problem(record.at("id"), "duplicate-id", message)
        return False

    def _problem(self, place: Place, rule: str, message: str) -> None:
        self.problems.append(Problem(place, rule, message))
