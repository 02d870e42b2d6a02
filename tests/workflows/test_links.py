"""The weekly link check, against a server on this machine and a stand-in for gh."""

from __future__ import annotations

import json
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import links
import pytest
import weekly_issue

Seen = Counter[str]
TITLE = weekly_issue.KINDS["links"].title


class Pages(BaseHTTPRequestHandler):
    """A server with every kind of page."""

    seen: Seen

    def do_GET(self) -> None:
        self.seen[self.path] += 1
        body = b"<p>here</p>"
        code = {"/gone": 410, "/missing": 404, "/shy": 403, "/down": 500}.get(self.path, 200)
        if self.path == "/shaky":
            code = 200 if self.seen[self.path] > 1 else 503
        if self.path in ("/moved", "/elsewhere-today"):
            code = 301 if self.path == "/moved" else 302
        onwards = "/well"
        if self.path.startswith("/by/"):  # from one redirect to the next, by the codes in the path
            first, _, others = self.path.removeprefix("/by/").partition("/")
            code, onwards = int(first), f"/by/{others}" if others else "/well"
        if self.path == "/onward":
            body = b'<meta http-equiv="refresh" content="0; url=new.html">'
        if self.path == "/script":
            body = b'<meta http-equiv="refresh" content="0; url=javascript:alert(1)">'
        if self.path == "/inner":
            code = 302
        if self.path == "/drip":
            for _ in range(100):
                self.wfile.write(b"H")
                time.sleep(0.05)
            return
        self.send_response(code)
        if 300 < code < 309:
            inner = "http://127.0.0.2:9/latest/meta-data"
            self.send_header("Location", inner if self.path == "/inner" else onwards)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (as its parent has it)
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[tuple[str, Seen]]:
    """Return the server's address, and a count of what it was asked for."""
    seen: Seen = Counter()
    handler = type("SeenPages", (Pages,), {"seen": seen})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as pages:
        thread = threading.Thread(target=pages.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{pages.server_port}", seen
        pages.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("path", "state", "detail", "asked"),
    [
        ("/well", "well", "", 1),
        ("/꿀벌", "well", "", 1),
        ("/missing", "broken", "answers 404", 1),
        ("/gone", "broken", "answers 410", 1),
        ("/shy", "refused", "answers 403", 1),
        ("/down", "broken", "answers 500", 3),
        ("/shaky", "well", "", 2),
        ("/moved", "moved", "/well", 1),
        ("/elsewhere-today", "well", "", 1),
        ("/onward", "moved", "/new.html", 1),
        ("/script", "broken", "sends its readers to javascript:alert(1)", 1),
    ],
)
def test_link_is_judged(
    server: tuple[str, Seen], path: str, state: str, detail: str, asked: int
) -> None:
    address, seen = server
    pauses: list[float] = []
    answer = links.follow(address + path, pauses.append, allowed=lambda address: True)
    assert answer.state == state
    assert answer.detail.removeprefix(address) == detail
    assert seen[quote(path)] == asked
    assert len(pauses) == asked - 1


@pytest.mark.parametrize("first", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("second", [301, 302, 303, 307, 308, None])
def test_a_link_has_moved_for_good_if_every_step_of_its_way_is_for_good(
    server: tuple[str, Seen], first: int, second: int | None
) -> None:
    """Where one step is of today, nobody can tell where the next reader is sent."""
    way = [code for code in (first, second) if code]
    address = f"{server[0]}/by/{'/'.join(map(str, way))}"
    answer = links.follow(address, lambda pause: None, allowed=lambda address: True)
    good = {301, 308}.issuperset(way)
    expected = links.Answer("moved", f"{server[0]}/well") if good else links.Answer("well")
    assert answer == expected


def test_no_answer_is_broken(server: tuple[str, Seen]) -> None:
    answer = links.follow("http://127.0.0.1:9/", lambda pause: None, allowed=lambda address: True)
    assert answer.state == "broken"
    assert answer.detail.startswith("no answer")


def test_a_dripping_server_holds_nobody_up(server: tuple[str, Seen]) -> None:
    began = time.monotonic()
    answer = links.follow(f"{server[0]}/drip", allowed=lambda address: True, limit=0.2)
    assert answer == links.Answer("broken", "no whole answer in 0.2 s")
    assert time.monotonic() - began < 4


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1/", "http://169.254.169.254/latest/", "http://[::1]/", "http://10.0.0.1/",
     "file:///etc/passwd", "ftp://a.example/"],
)  # fmt: skip
def test_an_inner_address_is_not_asked(address: str) -> None:
    assert not links.public(address)
    assert links.follow(address).detail == "it leads to an address that is not public"


def test_a_redirect_leads_to_no_inner_address(server: tuple[str, Seen]) -> None:
    answer = links.follow(
        f"{server[0]}/inner", lambda pause: None, allowed=lambda address: "127.0.0.2" not in address
    )
    assert answer.state == "broken"
    assert "not public" in answer.detail


def test_links_come_from_sources_and_pages(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "sources.yml").write_text(
        "sources: [{id: a-page, url: 'https://a.example/page#part'}]", encoding="utf-8"
    )
    (tmp_path / "site" / "sub").mkdir(parents=True)
    (tmp_path / "site" / "sub" / "index.html").write_text(
        '<a href="https://a.example/page#other">A</a> <a href="../x.html">x</a> <a href="#y">y</a>'
        '<a href="https://b.example/">B</a> <a href="https://b.example/">B</a>'
        '<a href="https://host.example/me/edit">edit</a> <a href="mailto:me@a.example">me</a>'
        '<a href="https://host.example/me">me</a> <a href="https://host.example/me-too/a">too</a>',
        encoding="utf-8",
    )
    assert links.outside_links(tmp_path, ["https://host.example/me"]) == {
        "https://a.example/page": ["source a-page", "sub/index.html"],
        "https://b.example/": ["sub/index.html"],
        "https://host.example/me-too/a": ["sub/index.html"],
    }


def test_report_names_what_to_mend() -> None:
    places = {"https://a.example/": ["x.html", "y.html"], "https://b.example/": ["source b"]}
    answers = {
        "https://a.example/": links.Answer("broken", "answers 404"),
        "https://b.example/": links.Answer("moved", "https://c.example/"),
    }
    text = links.report(places, answers)
    assert "- <https://a.example/>: `answers 404` (in x.html, y.html)" in text
    assert "- <https://b.example/>: now <https://c.example/> (in source b)" in text


def test_a_server_puts_no_markup_into_the_report() -> None:
    places = {"https://a.example/": ["x.html"], "https://b.example/": ["x.html"]}
    answers = {
        "https://a.example/": links.Answer("moved", "https://c.example/>\n# <img src=x> `@all"),
        "https://b.example/": links.Answer("broken", "no answer (` <b>\n@someone `)"),
    }
    text = links.report(places, answers)
    assert "<https://c.example/%3E%0A#%20%3Cimg%20src=x%3E%20%60@all>" in text
    assert "`no answer ( <b> @someone )`" in text


def test_report_is_empty_when_all_is_well() -> None:
    places = {"https://a.example/": ["x.html"], "https://b.example/": ["x.html"]}
    answers = {
        "https://a.example/": links.Answer("well"),
        "https://b.example/": links.Answer("refused", "answers 403"),
    }
    assert links.report(places, answers) == ""


class Issues:
    """Stands in for gh: answers from a list of open issues and remembers what else was asked."""

    def __init__(self, *titles: str) -> None:
        self.open = [{"number": n, "title": title} for n, title in enumerate(titles, start=7)]
        self.done: list[tuple[str, ...]] = []

    def __call__(self, command: list[str], **given: object) -> subprocess.CompletedProcess[str]:
        if command[:3] == ["gh", "issue", "list"]:
            return subprocess.CompletedProcess(command, 0, json.dumps(self.open))
        self.done.append(tuple(command[1:4]))
        return subprocess.CompletedProcess(command, 0, "")


@pytest.mark.parametrize(
    ("report", "titles", "done"),
    [
        ("## Broken", [], [("issue", "create", "--title")]),
        ("## Broken", ["Another", TITLE], [("issue", "edit", "8")]),
        ("", [TITLE], [("issue", "close", "7")]),
        ("", ["Re: " + TITLE], []),
    ],
)
def test_there_is_one_issue(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    report: str,
    titles: list[str],
    done: list[tuple[str, ...]],
) -> None:
    issues = Issues(*titles)
    monkeypatch.setattr(weekly_issue.subprocess, "run", issues)  # type: ignore[attr-defined]
    (tmp_path / "links.md").write_text(report, encoding="utf-8")
    assert weekly_issue.main(["links", str(tmp_path / "links.md")]) == 0
    assert issues.done == done
