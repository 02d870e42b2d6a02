"""Follow every outside link of the built site and of the sources, and write a report.

Run as ``python tools/links.py [REPORT]`` after a build; it needs the network. The report is empty
when there is nothing to do. A page that refuses programs is not called broken. What a server
says is never trusted: it can hold a link up for so long, lead to public addresses only, and put
no markup into the report. (The ready-made link checkers do not see a page that sends its readers
on by a refresh, which is how most documentation moves.)
"""

from __future__ import annotations

import ipaddress
import os
import re
import socket
import sys
import threading
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
from urllib.parse import quote, urldefrag, urljoin, urlsplit, urlunsplit

import yaml
from setup import ROOT

AGENT = "Mozilla/5.0 (compatible; link check of a documentation site, once a week)"
TIMEOUT = 30  # seconds without a byte
LIMIT = 90  # seconds for one try, however steadily the bytes drip
PAUSES = (5, 30)  # seconds before the second and the third try
AT_ONCE = 4
REFUSED = (401, 403, 405, 406, 429, 451)  # the page may well be there for a reader
HEAD = 64 * 1024  # bytes: far enough to find a page that only sends its reader on
IN_ADDRESSES = "!#$%&'()*+,/:;=?@[]~"  # what may stand in one as it is
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
    """Follows redirects to allowed addresses and remembers whether all of them are for good."""

    allowed: Callable[[str], bool]
    codes: list[int] = field(default_factory=list)

    def redirect_request(self, *given: object) -> urllib.request.Request | None:
        if not self.allowed(str(given[5])):
            raise ValueError("it leads to an address that is not public")
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
    print(f"Outside links followed: {len(links)}; of them refuse programs: {refused}.")
    print(text or "None is broken or has moved.")
    if arguments:
        Path(arguments[0]).write_text(text, encoding="utf-8")
    return 0


def outside_links(root: Path, own: list[str]) -> dict[str, list[str]]:
    """Return each outside address, without its fragment, and where it stands."""
    places: dict[str, list[str]] = {}
    records = yaml.safe_load((root / "data" / "sources.yml").read_text(encoding="utf-8"))
    for source in records["sources"]:
        if "url" in source:  # a book has none
            address = urldefrag(source["url"]).url
            places.setdefault(address, []).append(f"source {source['id']}")
    for page in sorted((root / "site").rglob("*.html")):
        anchors = _Anchors()
        anchors.feed(page.read_text(encoding="utf-8"))
        for link in anchors.links:
            address = urldefrag(link).url
            outside = not any(below(address, site) for site in own)
            if urlsplit(address).scheme in ("http", "https") and outside:
                where = places.setdefault(address, [])
                name = page.relative_to(root / "site").as_posix()
                if name not in where:
                    where.append(name)
    return dict(sorted(places.items()))


def below(address: str, site: str) -> bool:
    """Tell whether an address is that of a site, or of what stands below it.

    >>> below("https://host.example/me/a", "https://host.example/me"), below("x://a-two", "x://a")
    (True, False)
    """
    site = site.rstrip("/")
    return address == site or address.startswith((f"{site}/", f"{site}?"))


def public(address: str) -> bool:
    """Tell whether an address leads to the public web: by http, and to no inner host."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return False
    try:
        hosts = socket.getaddrinfo(parts.hostname, None)
    except OSError:
        return True  # an unknown host is broken, and following it says so
    return all(ipaddress.ip_address(str(host[4][0])).is_global for host in hosts)


def follow(
    address: str,
    pause: Callable[[float], None] = time.sleep,
    allowed: Callable[[str], bool] = public,
    limit: float = LIMIT,
) -> Answer:
    """Follow one link; try again where the trouble may pass.

    Args:
        address: where the link leads.
        pause: waits for so many seconds.
        allowed: whether an address may be asked at all; redirects are asked about as well.
        limit: the seconds after which one try is given up.
    """
    answer = Answer("broken", "never tried")
    for wait in (*PAUSES, None):
        answer, again = _within(limit, address, allowed)
        if not again or wait is None:
            break
        pause(wait)
    return answer


def _within(limit: float, address: str, allowed: Callable[[str], bool]) -> tuple[Answer, bool]:
    """Follow one link, but for no longer than `limit` seconds; a slow one is left behind."""
    answers: list[tuple[Answer, bool]] = []
    thread = threading.Thread(
        target=lambda: answers.append(_follow_once(address, allowed)), daemon=True
    )
    thread.start()
    thread.join(limit)
    return answers[0] if answers else (Answer("broken", f"no whole answer in {limit:g} s"), False)


def as_sent(address: str) -> str:
    """Return an address as programs send it; people may write it in the letters of any language.

    >>> as_sent("https://ko.wikipedia.org/wiki/꿀벌?q=%20")
    'https://ko.wikipedia.org/wiki/%EA%BF%80%EB%B2%8C?q=%20'
    >>> as_sent("https://한글.kr/")
    'https://xn--bj0bj06e.kr/'

    Raises:
        ValueError: the name of the host cannot be one.
    """
    parts = urlsplit(address)
    host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode("ascii")
    return quote(urlunsplit(parts._replace(netloc=host)), safe=IN_ADDRESSES)


def _follow_once(address: str, allowed: Callable[[str], bool]) -> tuple[Answer, bool]:
    """Follow one link; tell also whether another try makes sense."""
    if not allowed(address):
        return Answer("broken", "it leads to an address that is not public"), False
    redirects = _Redirects(allowed)
    opener = urllib.request.build_opener(redirects)
    try:
        request = urllib.request.Request(as_sent(address), headers={"User-Agent": AGENT})
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
        target = urljoin(end, onward[1].decode("utf-8", "replace"))
        if urlsplit(target).scheme not in ("http", "https"):
            return Answer("broken", f"sends its readers to {target}"), False
        return Answer("moved", target), False
    if end != address and redirects.codes and set(redirects.codes) <= {301, 308}:
        return Answer("moved", end), False
    return Answer("well"), False


def report(links: dict[str, list[str]], answers: dict[str, Answer]) -> str:
    """Return the report in Markdown; empty if no link is broken or has moved."""
    parts = []
    for state, title in (("broken", "Broken"), ("moved", "Moved for good")):
        lines = [
            f"- {_link(address)}: {_detail(answers[address])} (in {', '.join(places)})"
            for address, places in links.items()
            if answers[address].state == state
        ]
        if lines:
            parts.append(f"## {title}\n\n" + "\n".join(lines) + "\n")
    return "\n".join(parts)


def _link(address: str) -> str:
    """Return an address as a link that nothing in it can end."""
    return f"<{quote(address, safe=IN_ADDRESSES)}>"


def _detail(answer: Answer) -> str:
    """Return what to say of a link; the words of a server stand in a code span, on one line."""
    if answer.state == "moved":
        return f"now {_link(answer.detail)}"
    return f"`{' '.join(answer.detail.replace('`', ' ').split())}`"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
