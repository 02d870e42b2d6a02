"""Hosts as they are in the wild: what a site meets once it is published, on this machine.

A `Host` serves a folder in some `Manner`, which may change while it runs: a release fails half way,
the site moves, or goes. The browser finds it under a public name (`PUBLIC`), since the site keeps
no copy of what this machine itself serves.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import posixpath
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from web.server import LOOKS_UP

#: Chromium takes names that end so for this machine, and for secure, with `FLAGS`.
PUBLIC = "notes.site.test"
FLAGS = (
    "--host-resolver-rules=MAP *.site.test 127.0.0.1",
    "--unsafely-treat-insecure-origin-as-secure=*.site.test",
)

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


@dataclass(frozen=True)
class Manner:
    """How a host answers; the defaults are GitHub Pages'."""

    adds_slash: bool = True  # a folder without its slash is redirected to it
    strips_html: bool = False  # "tea.html" is redirected to "tea"
    lost_page: bool = True  # 404.html, with status 404; else a bare line
    hides_settings: bool = True  # "_headers", "_redirects" and the like are not served
    max_age: int = 600  # seconds
    by_time: bool = False  # "not modified" for all that is older than the browser's copy
    knows_head: bool = True
    moved_to: str = ""  # every address is moved there for good
    gone: int = 0  # the status of every answer, if it is not 0
    fallback: str = ""  # the file that answers for what is not there, with status 200
    status_of: Callable[[str], int] = lambda _: 0  # of a path that fails, else 0


#: The manners that a site must be able to live with.
MANNERS = {
    "GitHub Pages": Manner(),
    "strips .html": Manner(strips_html=True, hides_settings=False),
    "plain": Manner(adds_slash=False, lost_page=False, hides_settings=False, knows_head=False),
    "by time": Manner(by_time=True, max_age=0),
}


class Host:
    """A host on a free port, until it is stopped."""

    def __init__(self, folder: Path, manner: Manner = MANNERS["GitHub Pages"]) -> None:
        self.folder = folder
        self.manner = manner
        self.stopped = False
        #: Path, status and bytes of every answer: a service worker's requests show only here.
        self.answered: list[tuple[str, int, int]] = []
        handler = functools.partial(_Handler, self)
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.port: int = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(LOOKS_UP,), daemon=True).start()

    @property
    def address(self) -> str:
        """The address for a browser with `FLAGS`, ending in a slash."""
        return f"http://{PUBLIC}:{self.port}/"

    @property
    def loopback(self) -> str:
        """The address for this machine only, ending in a slash."""
        return f"http://127.0.0.1:{self.port}/"

    def __enter__(self) -> Host:
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Take the host off the network: connections are refused."""
        self.stopped = True
        self._server.shutdown()
        self._server.server_close()


@functools.cache
def _compressed(content: bytes) -> bytes:
    return gzip.compress(content, 6)


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, host: Host, *rest: Any) -> None:
        self.host = host
        super().__init__(*rest)

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        if self.host.manner.knows_head:
            self._answer()
        else:
            self._send(HTTPStatus.NOT_IMPLEMENTED, b"")

    def _answer(self) -> None:
        if self.host.stopped:  # asked over a connection that was open before
            self.close_connection = True
            return
        manner = self.host.manner
        parts = urlsplit(self.path)
        path = unquote(parts.path).lstrip("/")
        query = f"?{parts.query}" if parts.query else ""
        if manner.moved_to:
            self._send(HTTPStatus.MOVED_PERMANENTLY, b"", {"Location": manner.moved_to + path})
            return
        status = manner.gone or manner.status_of(path)
        if status:
            self._send(status, f"status {status}".encode())
            return
        folder = (self.host.folder / path).is_dir()
        if folder and path and not path.endswith("/") and manner.adds_slash:
            self._send(HTTPStatus.MOVED_PERMANENTLY, b"", {"Location": f"{parts.path}/{query}"})
            return
        if manner.strips_html and path.endswith(".html"):
            clean = parts.path.removesuffix(".html").removesuffix("index")
            self._send(HTTPStatus.PERMANENT_REDIRECT, b"", {"Location": (clean or "/") + query})
            return
        file = self._file(path)
        if file is None:
            self._send_lost()
        else:
            self._send_file(file)

    def _file(self, path: str) -> Path | None:
        manner = self.host.manner
        if ".." in path.split("/") or (
            manner.hides_settings and posixpath.basename(path).startswith("_")
        ):
            return None
        file = self.host.folder / path
        found = [file / "index.html"] if path.endswith("/") or not path else [file]
        if manner.strips_html:
            found.append(file.with_name(file.name + ".html"))
        if manner.fallback:
            found.append(self.host.folder / manner.fallback)
        return next((one for one in found if one.is_file()), None)

    def _send_file(self, file: Path) -> None:
        time = self.date_time_string(int(file.stat().st_mtime))
        headers = {"Content-Type": TYPES.get(file.suffix, "application/octet-stream")}
        headers["Last-Modified"] = time
        headers["Cache-Control"] = f"max-age={self.host.manner.max_age}"
        since = self.headers.get("If-Modified-Since")
        if since and self.host.manner.by_time and _seconds(since) >= _seconds(time):
            self._send(HTTPStatus.NOT_MODIFIED, b"", headers)
            return
        self._send(HTTPStatus.OK, file.read_bytes(), headers)

    def _send_lost(self) -> None:
        # A project's own page if its folder has one, as on a host that many projects share.
        folders = [self.host.folder, *sorted(self.host.folder.iterdir())]
        inside = [f for f in folders if self.path.startswith("/" + f.name + "/")]
        pages = [one / "404.html" for one in (*inside, self.host.folder)]
        page = next((one for one in pages if one.is_file()), None)
        if page is None or not self.host.manner.lost_page:
            self._send(HTTPStatus.NOT_FOUND, b"Not here.")
        else:
            headers = {"Content-Type": TYPES[".html"]}
            self._send(HTTPStatus.NOT_FOUND, page.read_bytes(), headers)

    def _send(self, status: int, content: bytes, headers: dict[str, str] | None = None) -> None:
        headers = dict(headers or {})
        if headers.get("Content-Type", "").startswith(("text/", "application/json", "image/svg")):
            content = _compressed(content)
            headers["Content-Encoding"] = "gzip"
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)
        self.host.answered.append((unquote(self.path), status, len(content)))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""


def _seconds(date: str) -> float:
    from email.utils import parsedate_to_datetime

    return parsedate_to_datetime(date).timestamp()
