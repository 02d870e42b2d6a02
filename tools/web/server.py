"""A web server for built sites, as plain as GitHub Pages, and pages that report what they do."""

from __future__ import annotations

import functools
import http.server
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

#: Seconds after which a server that was told to stop hears of it.
LOOKS_UP = 0.02


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Answers with files, and says nothing of it."""

    extensions_map = {  # noqa: RUF012 (the library's own attribute)
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".webmanifest": "application/manifest+json",
        ".md": "text/markdown; charset=utf-8",
    }

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""


class Server(http.server.ThreadingHTTPServer):
    """Knows that browsers leave a page before all of it has come."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of who has hung up; all else is told."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def serving(folder: Path, answers: type[Quiet] = Quiet) -> Iterator[str]:
    """Serve `folder` on a free port; yields its address, ending in a slash."""
    handler = functools.partial(answers, directory=str(folder))
    server = Server(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(LOOKS_UP,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Watched:
    """A page that remembers what went wrong and what was asked of other hosts."""

    def __init__(self, browser: Browser, address: str, **context: Any) -> None:
        self.context = browser.new_context(**context)
        self.page: Page = self.context.new_page()
        self.trouble: list[str] = []
        self.outside: list[str] = []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))
        self.page.on("request", lambda request: self._request(request.url, address))
        self.page.on("response", self._response)
        self.page.on("requestfailed", self._failed)
        # Where scripts are off, a browser gives up those that a page announces.
        self.scripts = bool(context.get("java_script_enabled", True))

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.trouble.append(message.text)

    def _response(self, response: Any) -> None:
        if response.status >= 400:
            self.trouble.append(f"{response.status}: {response.url}")

    def _failed(self, request: Any) -> None:
        if request.failure == "net::ERR_ABORTED":
            return  # the page was left while it was still loading
        if self.scripts or not request.url.endswith(".js"):
            self.trouble.append(f"failed: {request.url}")

    def _request(self, url: str, address: str) -> None:
        if not url.startswith((address, "data:", "blob:", "file:")):
            self.outside.append(url)

    def close(self) -> None:
        """Close the page; nothing may have gone wrong, and nothing been asked of others."""
        self.context.close()
        assert not self.trouble, self.trouble
        assert not self.outside, self.outside
