"""The site in a few files: what the service worker fetches, one pack for each section.

A page weighs little beside what all pages repeat (styles, head, navigation), and each file of its
own costs a request. So a section's files travel together. A pack is, compressed as a whole by gzip:

1. a line of JSON: ``[[path, bytes], ...]``;
2. the first 8 kB of each file, one after the other; then the next 8 kB of each; and so on.

What pages repeat stands at about the same place in each. Cut up so, it comes near enough for gzip
to see that it is the same (its window is 32 kB): two fifths less to fetch.

The pack is compressed here, not by the host: some hosts do not compress, others rewrite what they
take for text, and the browser checks each byte. It is named by its content, so that no cache on
the way can give the bytes of another release.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

FOLDER = "assets/offline/"

#: What stands side by side. A few of these must fit into gzip's window. `unpacked` in places.js
#: knows the same number.
CHUNK = 8192

#: A section that is heavier is parted, so that the first copy stays small. Compressed bytes.
MOST_PACK_BYTES = 165_000
#: How much of a section is compressed to see how well it can be.
SAMPLE_BYTES = 4_000_000

#: A single file that is heavier stays online: nobody asked for a film.
MOST_FILE_BYTES = 1_000_000

#: What every page needs, and what answers a first question: fetched before anything else.
SHELL, SEARCH = "shell", "search"
#: What a reader takes away: tables as data, drawings.
DOWNLOADS = "downloads"
#: Pages that stand in no folder.
HOME = "home"
ASSETS = "assets"

FIRST_INDEX = "search/concepts."

# What only hosts, search engines and authors ask for, what is taken away in one piece, and films:
# a browser asks for parts of them, which a kept copy cannot give.
_NOT_KEPT = re.compile(
    r"(^|/)([._][^/]*|CNAME)$"  # settings of hosts, which many do not serve
    r"|/lunr/|^search/.*\.js$|^sw\.js$|^" + FOLDER + r"|^assets/cards/"
    r"|\.(map|gz|zip|xml|txt|md|pdf|mp3|mp4|m4a|m4v|ogg|ogv|wav|webm|mov)$"
)


@dataclass(frozen=True)
class Pack:
    """Files that travel together."""

    section: str
    files: tuple[str, ...]  # in their order
    content: bytes
    edition: str = ""  # where the edition that it belongs to stands, like "ko/"

    @property
    def name(self) -> str:
        """Section and content: another content has another name."""
        return f"{self.section}.{hashlib.sha256(self.content).hexdigest()[:12]}"

    @property
    def path(self) -> str:
        """Where it is published, below the site's root."""
        return f"{FOLDER}{self.name}.pack"

    @property
    def is_first(self) -> bool:
        """Whether it belongs to the first copy of its edition, whatever is being read there."""
        return self.section.removeprefix(_prefix(self.edition)) in (SHELL, SEARCH)


def integrity(content: bytes) -> str:
    """Return the subresource integrity value of `content`."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content).digest()).decode()


def packs_of(files: Mapping[str, bytes], editions: Collection[str] = ()) -> list[Pack]:
    """Return the packs of a site: shell and first search index, then sections by name.

    Args:
        files: every published file by path, in its last form.
        editions: the folders of the editions beside the first, like ``ko/``: each has packs of
            its own, and all of them need the first one's shell.
    """
    own: dict[str, dict[str, list[str]]] = {"": {}}
    for path in sorted(files):
        edition = next((folder for folder in editions if path.startswith(folder)), "")
        inside = path.removeprefix(edition)
        if not _NOT_KEPT.search(inside) and len(files[path]) <= MOST_FILE_BYTES:
            sections = own.setdefault(edition, {})
            sections.setdefault(section_of(inside), []).append(path)
    found = []
    for edition, sections in own.items():
        for section in sorted(sections, key=lambda name: (name != SHELL, name != SEARCH, name)):
            for number, paths in enumerate(_parts(sections[section], files), start=1):
                name = _prefix(edition) + (section if number == 1 else f"{section}.{number}")
                content = packed({path: files[path] for path in paths})
                found.append(Pack(name, tuple(paths), content, edition))
    return found


def _prefix(edition: str) -> str:
    """How the names of an edition's packs begin; no section of the first has a full stop there.

    >>> _prefix(""), _prefix("pt-BR/")
    ('', 'pt-br.')
    """
    return edition.strip("/").lower() + "." if edition else ""


def section_of(path: str) -> str:
    """Return the section that a file belongs to, as letters and digits of ASCII.

    >>> section_of("tea/index.html"), section_of("index.html"), section_of("assets/site.1.css")
    ('tea', 'home', 'shell')
    """
    folder, _, rest = path.partition("/")
    if path == "404.html" or (folder == "assets" and path.endswith((".css", ".js"))):
        return SHELL
    if folder == "search":
        return SEARCH if path.startswith(FIRST_INDEX) else "search-words"
    if path.endswith((".csv", ".json")) or path.startswith("assets/drawings/"):
        return DOWNLOADS
    if folder == "assets":
        return ASSETS if "/" in rest else SHELL  # icons stand there
    if not rest:
        return HOME if path.endswith(".html") else SHELL
    # Two folders of the same slug share a pack, which harms nothing.
    slug = re.sub(r"[^a-z0-9]+", "-", folder.lower()).strip("-")
    if slug in (SHELL, HOME, DOWNLOADS):
        return f"{slug}-pages"
    return slug or hashlib.sha256(folder.encode()).hexdigest()[:6]


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return the pack of some files; the same files give the same bytes."""
    listed = [[path, len(content)] for path, content in files.items()]
    index = json.dumps(listed, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    chunks = [
        content[at : at + CHUNK]
        for at in range(0, max(map(len, files.values()), default=0), CHUNK)
        for content in files.values()
    ]
    return gzip.compress(b"".join([index, b"\n", *chunks]), 9, mtime=0)


def listing(packs: Iterable[Pack]) -> dict[str, dict[str, object]]:
    """Return what the worker must know of each pack, by its name."""
    return {
        pack.name: {
            "section": pack.section,
            "first": pack.is_first,
            "edition": pack.edition,
            "bytes": len(pack.content),
            "integrity": integrity(pack.content),
            "files": list(pack.files),
        }
        for pack in packs
    }


def _parts(paths: list[str], files: Mapping[str, bytes]) -> Iterator[list[str]]:
    """Part a section by the size that its files will have side by side, going by a sample."""
    sample: dict[str, bytes] = {}
    seen = 0
    for path in paths:
        if seen < SAMPLE_BYTES:
            sample[path] = files[path]
            seen += len(files[path])
    most = MOST_PACK_BYTES * seen / len(packed(sample))
    part: list[str] = []
    weight = 0
    for path in paths:
        size = len(files[path])
        if part and weight + size > most:
            yield part
            part, weight = [], 0
        part.append(path)
        weight += size
    yield part
