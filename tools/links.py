"""Follow every outside link of the built site and of the sources, and write a report.

Run as ``python tools/links.py [REPORT]`` after a build; it needs the network. The report is empty
when there is nothing to do. A page that refuses programs is not called broken.
"""

from __future__ import annotations

import os
import re
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPException
from pathlib import Path
from typing import Literal
from urllib.parse import urldefrag, urljoin, urlsplit

import yaml
from setup import ROOT

AGENT = "Mozilla/5.0 (compatible; link check of a documentation site, once a week)"
TIMEOUT = 30  # seconds
PAUSES = (5, 30)  # seconds before the second and the third try
AT_ONCE = 4
REFUSED = (401, 403, 405, 406, 429, 451)  # the page may well be there for a reader
HEAD = 64 * 1024  # bytes: far enough to find a page that only sends its reader on
ONWARD = re.compile(
    rb"""<meta[^>]+http-equiv=["']?refresh["']?[^>]+content=["'][^"']*url=([^"'>\s]+)""",
    re.IGNORECASE,
)

State = Literal["well", "moved", "broken", "refused"]


@dataclass(frozen=True)
class Answer:
    """What came of following a link, and what to say about it."""

    state: State
    detail: str = ""


@dataclass
class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects and remembers whether all of them are for good."""

    codes: list[int] = field(default_factory=list)

    def redirect_request(self, *given: object) -> urllib.request.Request | None:
        self.codes.append(given[2])  # type: ignore[arg-type]
        return super().redirect_request(*given)  # type: ignore[arg-type]


class _Anchors(HTMLParser):
    """Collects where the links of a page lead."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get("href")
        if tag == "a" and address:
            self.links.append(address)


def main(arguments: list[str]) -> int:
    """Follow the links, print what was found and write the report."""
    own = [os.environ[name] for name in ("SITE_URL", "REPOSITORY_URL") if os.environ.get(name)]
    links = outside_links(ROOT, own)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = dict(zip(links, pool.map(follow, links), strict=True))
    text = report(links, answers)
    refused = sum(answer.state == "refused" for answer in answers.values())
    print(f"{len(links)} outside links followed, {refused} of them refuse programs.")
    print(text or "None is broken or has moved.")
    if arguments:
        Path(arguments[0]).write_text(text, encoding="utf-8")
    return 0


def outside_links(root: Path, own: list[str]) -> dict[str, list[str]]:
    """Return each outside address, without its fragment, and where it stands."""
    places: dict[str, list[str]] = {}
    records = yaml.safe_load((root / "data" / "sources.yml").read_text(encoding="utf-8"))
    for source in records["sources"]:
        places.setdefault(urldefrag(source["url"]).url, []).append(f"source {source['id']}")
    for page in sorted((root / "site").rglob("*.html")):
        anchors = _Anchors()
        anchors.feed(page.read_text(encoding="utf-8"))
        for link in anchors.links:
            address = urldefrag(link).url
            if urlsplit(address).scheme in ("http", "https") and not address.startswith(tuple(own)):
                where = places.setdefault(address, [])
                name = page.relative_to(root / "site").as_posix()
                if name not in where:
                    where.append(name)
    return dict(sorted(places.items()))


def follow(address: str, pause: Callable[[float], None] = time.sleep) -> Answer:
    """Follow one link; try again where the trouble may pass."""
    answer = Answer("broken", "never tried")
    for wait in (*PAUSES, None):
        answer, again = _follow_once(address)
        if not again or wait is None:
            break
        pause(wait)
    return answer


def _follow_once(address: str) -> tuple[Answer, bool]:
    """Follow one link; tell also whether another try makes sense."""
    redirects = _Redirects()
    opener = urllib.request.build_opener(redirects)
    request = urllib.request.Request(address, headers={"User-Agent": AGENT})
    try:
        with opener.open(request, timeout=TIMEOUT) as response:
            end = urldefrag(response.url).url
            onward = ONWARD.search(response.read(HEAD))
    except urllib.error.HTTPError as error:
        again = error.code == 429 or error.code >= 500
        state: State = "refused" if error.code in REFUSED else "broken"
        return Answer(state, f"answers {error.code}"), again
    except (OSError, HTTPException, ValueError) as error:
        return Answer("broken", f"no answer ({getattr(error, 'reason', error)})"), True
    if onward:
        return Answer("moved", urljoin(end, onward[1].decode("utf-8", "replace"))), False
    if end != address and redirects.codes and set(redirects.codes) <= {301, 308}:
        return Answer("moved", end), False
    return Answer("well"), False


def report(links: dict[str, list[str]], answers: dict[str, Answer]) -> str:
    """Return the report in Markdown; empty if no link is broken or has moved."""
    parts = []
    for state, title in (("broken", "Broken"), ("moved", "Moved for good")):
        lines = [
            f"- <{address}>: {'now ' if state == 'moved' else ''}{answers[address].detail}"
            f" (in {', '.join(places)})"
            for address, places in links.items()
            if answers[address].state == state
        ]
        if lines:
            parts.append(f"## {title}\n\n" + "\n".join(lines) + "\n")
    return "\n".join(parts)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
