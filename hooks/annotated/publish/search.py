"""Put the search engine and its index in the place of the theme's own."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping

from annotated.check.diagrams import Drawing
from annotated.publish import search_index as search
from annotated.publish.scripts import smaller_script
from annotated.render.edition import Edition, lines_label, link_to
from annotated.render.html import plain
from annotated.render.tables import cell_words

SOURCES = "assets/search/"
INDEX = "search/search_index.json"
_WORKER = re.compile(r"^assets/javascripts/workers/search\.[0-9a-f]+\.min\.js$")
SENTENCES = ("nothing", "partly", "closest", "advice", "failed", "retry")


def with_search(
    files: Mapping[str, bytes],
    engine: Mapping[str, str],
    edition: Edition,
    drawings: Callable[[str], Drawing | None],
) -> dict[str, bytes]:
    """Return `files` with our worker and index in them, and without the theme's.

    Args:
        files: the built site, with the theme's index in it.
        engine: the engine's sources by file name.
        edition: the records that the search knows.
        drawings: the stored drawing of a diagram's source, if there is one.

    Raises:
        ValueError: the theme has no worker, or more than one, to replace.
    """
    workers = [path for path in files if _WORKER.match(path)]
    if len(workers) != 1 or INDEX not in files:
        raise ValueError(f"expected one search worker and its index, found {workers}")
    out = {
        path: content
        for path, content in files.items()
        if "/lunr/" not in path and not path.endswith(f"{workers[0]}.map")
    }
    own = json.loads(files[INDEX])
    docs = [search.Doc(d["location"], d["title"], d["text"]) for d in own["docs"]]
    pages = edition.site.pages.values()
    index = search.search_index(
        docs,
        _concepts(edition),
        _claims(edition),
        _rows(edition),
        _diagrams(edition, drawings),
        language=edition.language,
        names={page.url: page.names for page in pages},
        kinds={page.url: page.front("kind") or "concept" for page in pages},
    )
    words = {key: edition.words.entries[f"search-{key}"] for key in SENTENCES}
    home = link_to(edition.glossary_page or "index.md", "index.md")
    stub = search.stub_index(own["config"], words, home)
    for path, text in search.index_files(index, stub).items():
        out[path] = text.encode("utf-8")
    out[workers[0]] = search.engine_script(engine, smaller_script).encode("utf-8")
    return out


def _concepts(edition: Edition) -> list[search.Concept]:
    found = []
    for key, located in edition.site.terms.items():
        term = located.value
        target = f"{edition.glossary_page}#{key}" if term.page == "open" else term.page
        found.append(
            search.Concept(
                key,
                term.term.model_dump(exclude_none=True),
                link_to(target, "index.md"),
                term.definition.model_dump(exclude_none=True),
                term.abbreviation,
                term.aliases.model_dump(),
                term.misspellings.model_dump(),
                term.questions.model_dump(),
            )
        )
    return found


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
                labels = [node.label for node in drawing.nodes if node.label]
                labels += [group.label for group in drawing.groups]
                target = f"{page.path}#{drawing.id}"
                title = plain(drawing.title)
                found.append(search.DiagramText(link_to(target, "index.md"), title, labels))
    return found
