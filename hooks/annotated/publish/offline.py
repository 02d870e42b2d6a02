"""The site without a network: the service worker, the web app manifest, the zip."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from annotated.publish.metadata import short_name
from annotated.publish.packs import FOLDER, SHELL, Pack, listing

#: The worker's sources, one classic script in this order.
WORKER_FILES = (f"{FOLDER}places.js", f"{FOLDER}worker.js")
#: What a page says of the copy, and orders. It comes after the page, as a file of its own.
PAGE_SCRIPT = f"{FOLDER}page.js"
#: How the names of all words begin that it says.
_WORDS = "offline-"
#: What stands in the worker's place where no copy is wanted.
REMOVER = f"{FOLDER}remove.js"
#: What the copy of each edition weighs, for a page that asks before it fetches anything.
SIZE = f"{FOLDER}size.json"

#: A reader who never asked for a copy pays at most this for it, in compressed bytes: about one
#: large photograph. A larger site is kept section by section, as it is read, or on demand.
MOST_UNASKED_BYTES = 3_000_000


def service_worker(sources: Mapping[str, bytes], packs: Sequence[Pack], base: str) -> str:
    """Join the worker's sources and fill them in.

    Args:
        sources: its files by path (`WORKER_FILES`).
        packs: the packs of the release.
        base: the path that the page for lost readers was built for, ending in a slash.
    """
    script = "\n".join(sources[path].decode("utf-8") for path in WORKER_FILES)
    fits = max(bytes_by_edition(packs).values()) <= MOST_UNASKED_BYTES
    for name, value in (("PACKS", listing(packs)), ("ALL", fits)):
        text = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
        script = script.replace(f'"%{name}%"', text)
    return script.replace('"%BASE%"', json.dumps(base))


def page_script(source: bytes, words: Mapping[str, Mapping[str, str]]) -> str:
    """Fill the words of the interface into the page's part, by language."""
    said = {
        language: {
            key.removeprefix(_WORDS): text
            for key, text in entries.items()
            if key.startswith(_WORDS)
        }
        for language, entries in words.items()
    }
    return source.decode("utf-8").replace('"%WORDS%"', json.dumps(said, ensure_ascii=False))


def bytes_by_edition(packs: Sequence[Pack]) -> dict[str, int]:
    """Return what the copy of each edition weighs, compressed: its packs, and the common shell."""
    shell = sum(len(pack.content) for pack in packs if pack.section == SHELL)
    found: dict[str, int] = {}
    for pack in packs:
        found.setdefault(pack.edition, shell if pack.edition else 0)
        found[pack.edition] += len(pack.content)
    return found


def manifest(name: str, description: str, language: str, icons: list[str]) -> str:
    """Return the web app manifest, with paths relative to the site's root."""
    value: dict[str, Any] = {
        "name": name,
        "short_name": short_name(name),
        "description": description,
        "lang": language,
        "start_url": "./index.html",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": "#ffffff",
        "theme_color": "#ffffff",
        "icons": [_icon(path) for path in icons],
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _icon(path: str) -> dict[str, str]:
    if path.endswith(".svg"):
        return {"src": path, "sizes": "any", "type": "image/svg+xml"}
    size = re.search(r"(\d+)\.png$", path)
    edge = size[1] if size else "192"
    return {"src": path, "sizes": f"{edge}x{edge}", "type": "image/png"}


_LEFT_OUT = re.compile(
    r"sw\.js|assets/(cards|offline)/.*"
    r"|(.+/)?(sitemap\.xml\.gz|assets/javascripts/(.*/)?lunr/.*|assets/(java|style).*\.map)"
)


def left_out(path: str) -> bool:
    """Is it the service worker, or what only a web server serves, which no copy on disk needs?

    An author's files stay in, whatever they are.
    """
    return bool(_LEFT_OUT.fullmatch(path))


def site_zip(files: Mapping[str, bytes], folder: str) -> bytes:
    """Pack the site for a double click: the same bytes give the same zip.

    The service worker and what only a web server serves stay out.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(files):
            if left_out(path):
                continue
            entry = zipfile.ZipInfo(f"{folder}/{path}", date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[path])
    return out.getvalue()
