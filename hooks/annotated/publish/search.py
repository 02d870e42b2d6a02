"""Put the search engine and its index in the place of the theme's own."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Container, Iterable, Mapping, MutableMapping
from typing import Protocol, TypeVar
from urllib.parse import unquote

from markupsafe import Markup

from annotated.publish import search_index as search
from annotated.publish.scripts import smaller_script
from annotated.publish.search_shape import ConceptsIndex, TextsIndex
from annotated.publish.search_texts import PageReader, ReadPage, search_texts
from annotated.records.drawings import Drawing
from annotated.records.load import Site
from annotated.records.models import message_parts
from annotated.records.urls import named_by, parted
from annotated.records.wording import language_name
from annotated.render.edition import Edition, lines_label, link_to
from annotated.render.parts import part, plain
from annotated.render.tables import cell_words

SOURCES = "assets/search/"
INDEX = "search/search_index.json"
SENTENCES = ("nothing", "partly", "closest")
STAND_IN = "stand-in.js"

_WORKER = re.compile(r"^assets/javascripts/workers/search\.[0-9a-f]+\.min\.js$")
_FORM = re.compile(r'(<form class="md-search__form") name="search">')
_CONFIG = re.compile(r'<script id="__config"')


def advice(edition: Edition) -> str:
    """Say what to try where nothing is found; the languages of other editions are searched, too."""
    own = edition.site.language
    others = [site.language for site in edition.site.editions if site.language != own]
    if not others:
        return edition.words("search-advice")
    names = [language_name(other, own) for other in others]
    return edition.words("search-advice-also", languages=", ".join(names))


def page_names(site: Site) -> dict[str, list[str]]:
    """Return the names of an edition's pages, by address, with those that the first one has beside.

    As with terms, what a page is called in the first edition finds it in every other: readers of a
    translation type words of the original, too.
    """
    listed = [page for each in (site, *site.editions[:1]) for page in each.pages.values()]
    own = {page.url for page in site.pages.values()}
    names: dict[str, dict[str, None]] = {}
    for page in listed:
        if page.url in own:
            names.setdefault(page.url, {}).update(dict.fromkeys(page.names))
    return {url: list(found) for url, found in names.items()}


def put_search(
    files: MutableMapping[str, bytes],
    engine: Mapping[str, str],
    edition: Edition,
    drawings: Callable[[str], Drawing | None],
    pages: Iterable[tuple[str, str]],
    reader: PageReader,
) -> None:
    """Put our worker and indexes into `files`, in the place of the theme's.

    Args:
        files: the built site.
        engine: the engine's sources by file name.
        edition: the records that the search knows.
        drawings: the stored drawing of a diagram's source, if there is one.
        pages: location and title of each page that may be found.
        reader: what remembers the pages of the last build.

    Raises:
        ValueError: the theme is not as expected: it has no worker, or more than one, to replace,
            or a page has another search form.
    """
    read = read_pages(files, pages, reader)
    listed = {page.location for page in read}
    authored = edition.site.pages.values()
    sentences = {key: edition.words.entries[f"search-{key}"] for key in SENTENCES}
    sentences["advice"] = advice(edition)
    index = search.search_index(
        [doc for page in read for doc in search.docs_of(page)],
        _in_pages(_concepts(edition, listed), listed),
        _in_pages(_claims(edition), listed),
        _in_pages(_rows(edition), listed),
        _in_pages(_diagrams(edition, drawings), listed),
        _in_pages(_failures(edition), listed),
        language=edition.language,
        names=page_names(edition.site),
        kinds={page.url: page.front("kind") or "concept" for page in authored},
        sentences={**sentences, "home": link_to(edition.glossary_page or "index.md", "index.md")},
    )
    said = {key: edition.words.entries[f"search-{key}"] for key in ("failed", "loading", "retry")}
    put_engine(files, engine, index, search_texts(read), said, smaller_script)


def read_pages(
    files: Mapping[str, bytes], pages: Iterable[tuple[str, str]], reader: PageReader
) -> list[ReadPage]:
    """Read pages, given by location and title; a page without a heading has that as its title."""
    read = []
    for location, title in pages:
        page = reader.read(location, files[_file_of(location)].decode("utf-8"))
        page.places[0].title = page.places[0].title or title
        read.append(page)
    return read


def put_engine(
    files: MutableMapping[str, bytes],
    engine: Mapping[str, str],
    index: ConceptsIndex,
    texts: TextsIndex,
    said: Mapping[str, str],
    minify: Callable[[str], str] | None = None,
) -> None:
    """Put the engine and both indexes into the files of a site, in the place of the theme's.

    `said` is what a page says while the search loads, and when it does not: `loading`, `failed`,
    `retry`.

    Raises:
        ValueError: the theme has no worker, or more than one; a page has another search form.
    """
    workers = [path for path in files if _WORKER.match(path)]
    if len(workers) != 1:
        raise ValueError(f"expected one search worker of the theme, found {workers}")
    left_out = {INDEX, INDEX.replace(".json", ".js"), workers[0], f"{workers[0]}.map"}
    for path in list(files):
        if "/lunr/" in path or path in left_out:
            del files[path]
    indexes: dict[str, ConceptsIndex | TextsIndex] = {"concepts": index, "texts": texts}
    paths = {}
    for name, value in indexes.items():
        paths[name], made = search.index_files(name, value)
        files.update((path, text.encode("utf-8")) for path, text in made.items())
    script = search.engine_script(engine, paths, minify)
    worker = posixpath.join(posixpath.dirname(workers[0]), f"search.{named_by(script)}.js")
    files[worker] = script.encode("utf-8")
    script = Markup(stand_in_script(engine, minify))  # noqa: S704 (the engine's own)
    stand_in = part("stand-in", said=said, script=script) + "\n"
    for path in list(files):
        content = files[path] if path.endswith(".html") else b""
        if b'id="__config"' in content:
            page = content.decode("utf-8").replace(
                posixpath.basename(workers[0]), posixpath.basename(worker)
            )
            try:
                files[path] = _prepared(page, stand_in).encode("utf-8")
            except ValueError as error:
                raise ValueError(f"{path}: {error}") from error


def _file_of(location: str) -> str:
    """The file behind an address, from the site's root."""
    path = unquote(location)
    return path + "index.html" if not path or path.endswith("/") else path


def stand_in_script(
    engine: Mapping[str, str], minify: Callable[[str], str] | None = smaller_script
) -> str:
    """Return the script that each page holds in itself, from the engine's sources."""
    source = engine[STAND_IN]
    return (source if minify is None else minify(source)).strip()


def _prepared(page: str, stand_in: str) -> str:
    """A page whose bundle meets our stand-in, and does not load an index of its own.

    By the form's name the theme's bundle knows that there is an index to fetch.
    """
    for pattern, by in ((_FORM, r"\1>"), (_CONFIG, stand_in.replace("\\", r"\\") + r"\g<0>")):
        page, found = pattern.subn(by, page)
        if found != 1:
            raise ValueError(f"expected {pattern.pattern!r} once in a page, found it {found} times")
    return page


class _Place(Protocol):
    """Something that the search leads to."""

    @property
    def location(self) -> str: ...


_Found = TypeVar("_Found", bound=_Place)


def _in_pages(found: Iterable[_Found], pages: Container[str]) -> list[_Found]:
    """Leave out what leads to none of `pages`."""
    return [one for one in found if one.location.partition("#")[0] in pages]


def _concepts(edition: Edition, listed: Container[str]) -> list[search.Concept]:
    found = []
    for key, located in edition.site.terms.items():
        term = located.value
        taught = term.page != "open" and link_to(parted(term.page)[0], "index.md") in listed
        target = term.page if taught else f"{edition.glossary_page}#{key}"
        found.append(
            search.Concept(
                key,
                term.term.model_dump(exclude_none=True),
                link_to(target, "index.md"),
                term.definition.model_dump(exclude_none=True),
                term.abbreviation,
                term.searched_names(),
                term.misspellings.model_dump(),
                term.questions.model_dump(),
            )
        )
    return found


def _failures(edition: Edition) -> list[search.Concept]:
    """Failures are concepts whose names are what is read then."""
    found = []
    for key, located in edition.site.failures.items():
        for failure in located.value.failures:
            if located.value.page == "open":
                continue
            first, *others = map(_bare, failure.messages)
            found.append(
                search.Concept(
                    f"{key}-{failure.id}",
                    {edition.language: first},
                    link_to(f"{located.value.page}#{key}-{failure.id}", "index.md"),
                    failure.means.model_dump(exclude_none=True),
                    aliases=failure.aliases.model_dump(),
                    messages=others,
                )
            )
    return found


def _bare(message: str) -> str:
    """A message without what differs from case to case."""
    return "".join("\u2026" if varies else text for text, varies in message_parts(message))


def _claims(edition: Edition) -> list[search.ClaimText]:
    if edition.notes_page is None:
        return []
    words, language = edition.words, edition.language
    return [
        search.ClaimText(
            claim.id,
            link_to(f"{edition.notes_page}#{claim.id}", "index.md"),
            words(
                "mark-label",
                lines=lines_label(claim.lines, words),
                verdict=words(f"verdict-{claim.verdict}").lower(),
            ),
            claim.said.in_language(language),
            claim.now.in_language(language) if claim.now else "",
        )
        for claim in edition.claims_in_order
    ]


def _rows(edition: Edition) -> list[search.RowText]:
    words, language = edition.words, edition.language
    found = []
    for key, located in edition.site.comparisons.items():
        table = located.value
        if table.page == "open":
            continue
        for row in table.rows:
            cells = []
            for subject in table.subjects:
                cell = row.cells[subject.id]
                note = f" ({cell.note.in_language(language)})" if cell.note else ""
                name = subject.name.in_language(language)
                cells.append(f"{name}: {cell_words(cell, words)}{note}")
            found.append(
                search.RowText(
                    link_to(f"{table.page}#{key}-{row.id}", "index.md"),
                    table.title.in_language(language),
                    row.name.in_language(language),
                    "; ".join(cells),
                )
            )
    return found


def _diagrams(
    edition: Edition, drawings: Callable[[str], Drawing | None]
) -> list[search.DiagramText]:
    found = []
    for page in edition.site.pages.values():
        for fence in page.fences:
            drawing = drawings(fence.text) if fence.language == "mermaid" else None
            if drawing is not None:
                labels = drawing.labels()
                target = f"{page.path}#{drawing.id}"
                title = plain(drawing.title)
                found.append(search.DiagramText(link_to(target, "index.md"), title, labels))
    return found
