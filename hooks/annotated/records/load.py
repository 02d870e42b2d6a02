"""Folders to records: every file read, every record validated, every problem kept.

A broken record is left out, but its id is remembered, so that whoever refers to it is not
blamed as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from annotated.records import models
from annotated.records.located import Document, Path, read_yaml
from annotated.records.pages import Page, read_page
from annotated.records.problems import Place, Problem, nearest
from annotated.records.texts import read_text

T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True)
class Located(Generic[T]):
    """A record with the document it stands in and its path there."""

    value: T
    document: Document = field(repr=False)
    path: Path = ()

    def at(self, *path: str | int) -> Place:
        """Return the place of a key or item inside this record."""
        return self.document.at(*self.path, *path)


@dataclass
class Site:
    """Everything that the site knows: the records by id, and the pages by path."""

    sources: dict[str, Located[models.Source]] = field(default_factory=dict)
    claims: dict[str, Located[models.Claim]] = field(default_factory=dict)
    topics: list[tuple[Located[models.ClaimFile], list[str]]] = field(default_factory=list)
    changes: dict[str, Located[models.Change]] = field(default_factory=dict)
    terms: dict[str, Located[models.Term]] = field(default_factory=dict)
    comparisons: dict[str, Located[models.Comparison]] = field(default_factory=dict)
    decisions: dict[str, Located[models.Decision]] = field(default_factory=dict)
    notes: Located[models.Notes] | None = None
    words: dict[str, str] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)  # ids of records that are not valid
    unreadable: set[str] = field(default_factory=set)  # kinds of files, like "claim" and "page"

    def homes(self) -> dict[str, str]:
        """Return the page on which each claim's mark stands (the first, if there are two)."""
        found: dict[str, str] = {}
        for page in self.pages.values():
            for mark in page.marks:
                for claim in mark.ids:
                    found.setdefault(claim, page.path)
        return found

    def source_list(self, ids: list[str]) -> list[models.Source]:
        """Return the sources with these ids, in order."""
        return [self.sources[i].value for i in ids if i in self.sources]


def load_site(root: FilePath, docs: FilePath, language: str) -> tuple[Site, list[Problem]]:
    """Read ``data/`` below `root` and the pages below `docs`; return the site and its problems.

    Paths in problems are relative to `root`, with forward slashes.
    """
    site, problems = Site(), list[Problem]()
    data = root / "data"
    for document in _documents(site, "source", root, [data / "sources.yml"], problems):
        _gather(site, document, "sources", models.Source, site.sources, problems)
    for document in _documents(site, "claim", root, _yaml_files(data / "claims"), problems):
        ids = _gather(site, document, "claims", models.Claim, site.claims, problems)
        head = _validate(document, (), models.ClaimFile, problems, without="claims")
        if head:
            site.topics.append((head, ids))
    for document in _documents(site, "change", root, [data / "changes.yml"], problems):
        _gather(site, document, "changes", models.Change, site.changes, problems)
    for document in _documents(site, "term", root, _yaml_files(data / "glossary"), problems):
        _gather(site, document, "terms", models.Term, site.terms, problems)
    for document in _documents(
        site, "comparison", root, _yaml_files(data / "comparisons"), problems
    ):
        _single(site, document, models.Comparison, site.comparisons, problems)
    for document in _documents(site, "decision", root, _yaml_files(data / "decisions"), problems):
        _single(site, document, models.Decision, site.decisions, problems)
    for document in _documents(site, "notes", root, [data / "notes.yml"], problems):
        site.notes = _validate(document, (), models.Notes, problems)
    for document in _documents(site, "words", root, [data / "words" / f"{language}.yml"], problems):
        wording = _validate(document, (), models.Wording, problems)
        site.words = dict(wording.value.words) if wording else {}
    site.topics.sort(key=lambda topic: min((_first_line(site, i) for i in topic[1]), default=0))
    for file in sorted(docs.rglob("*.md")):
        text, found = read_text(_name(root, file), file)
        problems += found
        if text is None:
            site.unreadable.add("page")
        else:
            path = file.relative_to(docs).as_posix()
            site.pages[path], found = read_page(path, _name(root, file), text)
            problems += found
    return site, problems


def _first_line(site: Site, claim: str) -> int:
    return min(site.claims[claim].value.lines) if claim in site.claims else 0


def _yaml_files(folder: FilePath) -> list[FilePath]:
    return sorted([*folder.glob("*.yml"), *folder.glob("*.yaml")])


def _name(root: FilePath, file: FilePath) -> str:
    return file.relative_to(root).as_posix() if file.is_relative_to(root) else file.as_posix()


def _documents(
    site: Site, kind: str, root: FilePath, files: list[FilePath], problems: list[Problem]
) -> Iterator[Document]:
    """Yield what can be read; a file that cannot makes its `kind` unreadable for the checks."""
    for file in files:
        text, found = read_text(_name(root, file), file)
        problems += found
        document = None
        if text is not None:
            document, found = read_yaml(_name(root, file), text)
            problems += found
        if document and not isinstance(document.value, dict):
            problems.append(
                Problem(document.at(), "wrong-type", "found no mapping, expected 'key: ...' lines")
            )
            document = None
        if document:
            yield document
        else:
            site.unreadable.add(kind)


def _gather(
    site: Site,
    document: Document,
    key: str,
    model: type[T],
    known: dict[str, Located[T]],
    problems: list[Problem],
) -> list[str]:
    """Validate each item of the list under `key`; return the ids of the good ones."""
    ids: list[str] = []
    items = document.value.get(key)
    if not isinstance(items, list):
        what = "nothing" if items is None else type(items).__name__
        problems.append(
            Problem(document.at(key), "missing-key", f"expected a list under '{key}', found {what}")
        )
        return ids
    if model is not models.Claim:
        extra = sorted(set(document.value) - {key})
        problems.extend(_unknown_key(document, (name,), name, {key}) for name in extra)
    for index, item in enumerate(items):
        record = _validate(document, (key, index), model, problems)
        name = item.get("id") if isinstance(item, dict) else None
        if record is None:
            if isinstance(name, str):
                site.broken.add(name)
            continue
        if _new_id(record, str(name), known, problems):
            known[str(name)] = record
            ids.append(str(name))
    return ids


def _single(
    site: Site,
    document: Document,
    model: type[T],
    known: dict[str, Located[T]],
    problems: list[Problem],
) -> None:
    name = document.value.get("id")
    record = _validate(document, (), model, problems)
    if record is None:
        if isinstance(name, str):
            site.broken.add(name)
    elif _new_id(record, str(name), known, problems):
        known[str(name)] = record
        stem = FilePath(document.file).stem
        if stem != name:
            problems.append(
                Problem(
                    record.at("id"), "file-name", f"id '{name}' stands in a file named '{stem}'"
                )
            )


def _new_id(
    record: Located[T], name: str, known: dict[str, Located[T]], problems: list[Problem]
) -> bool:
    if name not in known:
        return True
    first = known[name].at("id")
    problems.append(
        Problem(record.at("id"), "duplicate-id", f"id '{name}' is taken already by {first}")
    )
    return False


def _validate(
    document: Document,
    path: Path,
    model: type[T],
    problems: list[Problem],
    without: str | None = None,
) -> Located[T] | None:
    value = document.value
    for step in path:
        value = value[step]
    if without is not None:
        value = {**value, without: []}
    try:
        return Located(model.model_validate(value), document, path)
    except ValidationError as error:
        problems.extend(_explain(document, path, model, item) for item in error.errors())
        return None


def _unknown_key(document: Document, path: Path, key: str, known: set[str]) -> Problem:
    return Problem(
        document.at(*path),
        "unknown-key",
        f"unknown key '{key}'{nearest(key, known)}; expected {_words(sorted(known))}",
    )


def _explain(
    document: Document, path: Path, model: type[BaseModel], error: ErrorDetails
) -> Problem:
    """Turn one of pydantic's errors into a sentence at its place."""
    inner: Path = tuple(error["loc"])
    place = document.at(*path, *inner)
    key = str(inner[-1]) if inner else ""
    context = error.get("ctx", {})
    if error["type"] == "missing":
        return Problem(document.at(*path, *inner[:-1]), "missing-key", f"key '{key}' is missing")
    if error["type"] == "extra_forbidden":
        return _unknown_key(document, (*path, *inner), key, _keys(model, inner[:-1]))
    if error["type"] == "literal_error":
        expected = str(context.get("expected", ""))
        words = [w.strip("'") for part in expected.split(" or ") for w in part.split(", ")]
        found = str(error["input"])
        return Problem(
            place,
            "unknown-value",
            f"'{found}' is not a value of '{key}'{nearest(found, words)}; expected {expected}",
        )
    if error["type"] == "value_error":
        defect = context.get("error")
        rule = defect.rule if isinstance(defect, models.DefectError) else "bad-value"
        return Problem(place, rule, f"{_subject(key, error['input'])}{defect}")
    if error["type"] == "string_pattern_mismatch":
        return Problem(
            place, "bad-id", f"found '{error['input']}', expected the form {context.get('pattern')}"
        )
    found = type(error["input"]).__name__ if error["input"] is not None else "nothing"
    return Problem(place, "wrong-type", f"'{key}' holds {found}: {error['msg'].lower()}")


def _subject(key: str, value: Any) -> str:
    if isinstance(value, (str, int)) and len(str(value)) < 60:
        return f"'{key}: {value}': "
    return f"'{key}': " if key and not isinstance(value, dict) else ""


def _words(names: list[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)


def _keys(model: type[BaseModel], path: Path) -> set[str]:
    """Return the keys that the model accepts at `path`."""
    current: Any = model
    for step in path:
        if isinstance(step, int):
            continue
        info = current.model_fields.get(step) if hasattr(current, "model_fields") else None
        if info is None:
            continue
        current = _model_in(info.annotation) or current
    return set(current.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        found = _model_in(part)
        if found:
            return found
    return None
