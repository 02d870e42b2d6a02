"""The site as a docset: what Dash, Zeal and their like read offline, beside the zip.

A docset is a folder with the pages, a list of properties and an index in SQLite
(https://kapeli.com/docsets). The same site gives the same bytes.
"""

from __future__ import annotations

import gzip
import io
import plistlib
import re
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from annotated.publish.offline import left_out
from annotated.render.edition import Edition, link_to
from annotated.render.parts import plain

#: Kinds of entries, as the readers of docsets name them.
PAGE, TERM, TABLE, FAILURE = "Guide", "Word", "Section", "Error"
_NOT_IN_A_NAME = re.compile(r"[^\w.-]+")

Entry = tuple[str, str, str]  # name, kind, address


def docset(files: Mapping[str, bytes], edition: Edition, name: str) -> bytes:
    """Pack the files of a built site as a docset.

    Args:
        files: the site by path.
        edition: the edition whose pages, terms, tables and failures are found by name.
        name: of the site.
    """
    folder = _NOT_IN_A_NAME.sub("-", name).strip("-") or "site"
    root = f"{folder}.docset/Contents"
    start = edition.folder + "index.html"
    contents = {
        f"{root}/Info.plist": _properties(name, folder.lower(), start),
        f"{root}/Resources/docSet.dsidx": _index(sorted(set(_entries(edition)))),
        **{
            f"{root}/Resources/Documents/{path}": files[path]
            for path in files
            if not left_out(path)
        },
    }
    out = io.BytesIO()
    with (
        gzip.GzipFile(fileobj=out, mode="wb", compresslevel=9, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w") as archive,
    ):
        for path in sorted(contents):
            info = tarfile.TarInfo(path)
            info.size, info.mode = len(contents[path]), 0o644
            archive.addfile(info, io.BytesIO(contents[path]))
    return out.getvalue()


def _properties(name: str, identifier: str, start: str) -> bytes:
    return plistlib.dumps(
        {
            "CFBundleIdentifier": identifier,
            "CFBundleName": name,
            "DocSetPlatformFamily": identifier,
            "dashIndexFilePath": start,
            "isDashDocset": True,
            "isJavaScriptEnabled": True,
        }
    )


def _entries(edition: Edition) -> Iterator[Entry]:
    site, language = edition.site, edition.language

    def address(target: str) -> str:
        return edition.folder + link_to(target, "")

    for page in site.pages.values():
        yield plain(page.title), PAGE, address(page.path)
    if edition.glossary_page:
        for key, term in site.terms.items():
            for name in [term.value.term.in_language(language), *term.value.other_names(language)]:
                yield name, TERM, address(f"{edition.glossary_page}#{key}")
    for key, table in site.comparisons.items():
        if table.value.page != "open":
            title = plain(table.value.title.in_language(language))
            yield title, TABLE, address(f"{table.value.page}#table-{key}")
    for key, listed in site.failures.items():
        if listed.value.page != "open":
            for failure in listed.value.failures:
                for message in failure.messages:
                    yield message, FAILURE, address(f"{listed.value.page}#{key}-{failure.id}")


def _index(entries: list[Entry]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "index"
        database = sqlite3.connect(file)
        try:
            with database:
                database.execute(
                    "CREATE TABLE searchIndex"
                    "(id INTEGER PRIMARY KEY, name TEXT, type TEXT, path TEXT)"
                )
                database.execute("CREATE UNIQUE INDEX anchor ON searchIndex (name, type, path)")
                database.executemany(
                    "INSERT INTO searchIndex(name, type, path) VALUES (?, ?, ?)", entries
                )
        finally:
            database.close()
        return file.read_bytes()
