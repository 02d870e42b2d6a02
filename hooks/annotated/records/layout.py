"""What a generator's configuration says of a project: which files are pages, and where they go.

The core takes this as given: MkDocs' own rules answer it (``hooks/mkdocs_layout.py``), so that a
check and a build never disagree. Without a generator, `by_convention` does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from annotated.records.grammar import DIALECT, Dialect
from annotated.records.problems import Place, Problem
from annotated.records.urls import address_of


@dataclass(frozen=True)
class Layout:
    """The files of a project that are published.

    Args:
        docs: the folder of pages.
        language: the language of the edition, like ``en``.
        main: the site's own language, in which each record stands; empty if it is the edition's.
        pages: the address of each page below the site's root, by its path below `docs`.
        files: the other files, which a page can link to, by their paths below the site's root;
            None where nobody knows them.
        problems: what is wrong with the configuration itself.
        known: whether the configuration could be read at all.
        name: the name of the site; empty where nobody knows it.
        said: what the configuration says to readers, by a name for each, and where it does.
        dialect: the Markdown that the pages are written in.
        folder: where the edition stands below the site's root, like ``ko/``; empty for the first.
        draft: whether the edition is unfinished: shown to authors, not published.
        lent: the files that are not in `docs`, and where they are: those of the first edition.
    """

    docs: Path
    language: str
    pages: dict[str, str]
    files: frozenset[str] | None = None
    problems: list[Problem] = field(default_factory=list)
    known: bool = True
    name: str = ""
    said: Mapping[str, tuple[str, Place]] = field(default_factory=dict)
    main: str = ""
    dialect: Dialect = DIALECT
    folder: str = ""
    draft: bool = False
    lent: Mapping[str, Path] = field(default_factory=dict)

    def file_of(self, path: str) -> Path:
        """Where the file of a page stands."""
        return self.lent.get(path) or self.docs / path


def by_convention(docs: Path, language: str, main: str = "") -> Layout:
    """Take every Markdown file below `docs` for a page, but for hidden ones."""
    pages = {path: address_of(path) for path in _markdown(docs)}
    return Layout(docs, language, pages, main=main)


def _markdown(docs: Path) -> Iterator[str]:
    for file in sorted(docs.rglob("*.md")):
        path = file.relative_to(docs)
        if not any(part.startswith(".") for part in path.parts):
            yield path.as_posix()
