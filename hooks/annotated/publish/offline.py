"""The site without a network: the service worker's list, the web app manifest, the zip."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Mapping
from typing import Any

#: What a browser that has the site never asks for over http.
_NOT_CACHED = re.compile(
    r"(\.map|\.gz|\.md|/lunr/.*|^sw\.js|^search/[\w.]+\.js|\.zip|\.xml|\.txt|^assets/cards/.*)$"
)


def integrity(content: bytes) -> str:
    """Return the subresource integrity value of `content`."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content).digest()).decode()


def cached_files(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return path and hash of every file that the worker keeps, sorted by path."""
    return {path: integrity(files[path]) for path in sorted(files) if not _NOT_CACHED.search(path)}


def service_worker(template: str, files: Mapping[str, bytes], prefix: str) -> str:
    """Fill in the worker: the release is named by the hash of all that it holds.

    Args:
        template: the script with ``%RELEASE%``, ``%PREFIX%`` and ``%FILES%``.
        files: every published file by path, in its last form.
        prefix: what parts our caches from those of other projects on this origin.
    """
    listed = json.dumps(cached_files(files), separators=(",", ":"), ensure_ascii=False)
    release = hashlib.sha256((listed + template).encode()).hexdigest()[:12]
    return (
        template.replace("%RELEASE%", release)
        .replace("%PREFIX%", prefix)
        .replace("%FILES%", listed)
    )


def manifest(name: str, description: str, language: str, icons: list[str]) -> str:
    """Return the web app manifest, with paths relative to the site's root."""
    value: dict[str, Any] = {
        "name": name,
        "short_name": name.split(",", maxsplit=1)[0],
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


def site_zip(files: Mapping[str, bytes], folder: str) -> bytes:
    """Pack the site for a double click: the same bytes give the same zip.

    The service worker and what only a web server serves stay out.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(files):
            if re.search(r"(\.map|\.gz|^sw\.js|/lunr/.*|^assets/cards/.*)$", path):
                continue
            entry = zipfile.ZipInfo(f"{folder}/{path}", date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[path])
    return out.getvalue()
