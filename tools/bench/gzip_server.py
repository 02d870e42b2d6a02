"""A web server that compresses as GitHub Pages does (gzip, level 6), for honest byte counts."""

from __future__ import annotations

import functools
import gzip
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".md": "text/markdown; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".xml": "application/xml",
    ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".png": "image/png",
}


@functools.cache
def compressed(path: Path, changed: float) -> bytes:  # noqa: ARG001 (part of the cache's key)
    """The content of `path`, compressed."""
    return gzip.compress(path.read_bytes(), 6)


#: Path and bytes of every answer, in order: what a service worker fetches shows only here.
answered: list[tuple[str, int]] = []


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder; text is compressed, pictures are not."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with the file, or 404."""
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        if not path.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        kind = TYPES.get(path.suffix, "application/octet-stream")
        body = path.read_bytes()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        if path.suffix != ".png":
            body = compressed(path, path.stat().st_mtime)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(body)
        answered.append((self.path, len(body)))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""


class Server(http.server.ThreadingHTTPServer):
    """Says nothing when a browser hangs up."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Let the browser go."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve `folder`; yields its address, ending in a slash."""
    handler = functools.partial(Handler, directory=str(folder))
    server = Server(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
