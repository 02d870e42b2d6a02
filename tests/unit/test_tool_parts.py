"""Tools in their rarer cases: limits, orders, what is said to the letter, and what is left alone."""

from __future__ import annotations

import errno
import json
import os
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import budgets
import indexes
import links
import lock
import pytest
import raise_request
import serve
import setup
import update
import way_out
import weekly_issue
import yaml
from budgets import Budget, NearBudgetWarning
from engine import LOCK, PATHS, Came, EngineError, Git, came_with, paths, version

from tests.conftest import ROOT, staged

# Each -----------------------------------------------------------------------------------------

BEGIN = 'if __name__ == "__main__":'
#: Mutants have an environment of their own, and the browser's part is started as a module.
ELSEWHERE = ("mutants", "web")


@pytest.mark.parametrize(
    "tool",
    [
        str(file.relative_to(ROOT))
        for file in sorted([*ROOT.glob("tools/*.py"), *ROOT.glob("tools/*/*.py")])
        if file.parent.name not in ELSEWHERE and BEGIN in file.read_text(encoding="utf-8")
    ],
)
def test_a_tool_finds_what_it_needs(tool: str) -> None:
    """As it is started: with nothing in the path but its own folder."""
    started = "import runpy, sys; sys.path[0] = sys.argv[1]; runpy.run_path(sys.argv[2])"
    done = subprocess.run(
        [sys.executable, "-c", started, str((ROOT / tool).parent), str(ROOT / tool)],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


# Budgets -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "most", "line"),
    [
        (90, 100, "x: 90 of 100 (90 %)"),
        (90.01, 100, "x: 90 of 100 (90 %)  NEAR: less"),
        (100, 100, "x: 100 of 100 (100 %)  NEAR: less"),
        (100.5, 100, "x: 100 of 100 (100 %)  OVER: less"),
        (999, 2000, "x: 999 of 2e+03 (50 %)"),
        (1000, 2000, "x: 1,000 of 2,000 (50 %)"),
        (1234567.8, 1000000, "x: 1,234,568 of 1,000,000 (123 %)  OVER: less"),
        (0.1234, 0.5, "x: 0.123 of 0.5 (25 %)"),
        (0, 5, "x: 0 of 5 (0 %)"),
    ],
)
def test_a_budget_warns_above_nine_tenths_and_fails_above_all(
    value: float, most: float, line: str
) -> None:
    budget = Budget("x", value, most, "less")
    assert str(budget) == line
    assert (budget.near, budget.over) == ("less" in line, "OVER" in line)


def test_all_budgets_are_told_and_one_that_is_passed_fails(
    capsys: pytest.CaptureFixture[str],
) -> None:
    fine, near, over = (Budget(n, v, 10, "less") for n, v in (("a", 1), ("b", 9.5), ("c", 11)))
    assert budgets.told(iter([fine, near])) == 0
    assert budgets.told(iter([over, fine])) == 1
    assert capsys.readouterr().out.splitlines() == [f"  {one}" for one in (fine, near, over, fine)]
    budgets.kept([fine])
    with pytest.warns(NearBudgetWarning, match=r"^b: 9\.5 of 10 \(95 %\)  NEAR: less$"):
        budgets.kept([fine, near])
    with pytest.raises(AssertionError, match=r"^c: 11 of 10 \(110 %\)  OVER: less$"):
        budgets.kept([fine, over])


def site_of(root: Path, folder: str, pages: dict[str, str]) -> Path:
    site = root / folder if folder else root
    (site / "search").mkdir(parents=True)
    terms = {"concepts": {"terms": "a|b|c"}}
    (site / "search" / "concepts.x.json").write_text(json.dumps(terms), encoding="utf-8")
    (site / "search" / "texts.x.json").write_text("x" * 100, encoding="utf-8")
    for name, html in pages.items():
        (site / name).write_text(html, encoding="utf-8")
    return site


def test_what_an_index_may_weigh_grows_with_what_can_be_read(tmp_path: Path) -> None:
    first = site_of(tmp_path, "", {
        "index.html": "<head><title>no</title></head><body><p>ab<wbr>cd<b>e</b></p><script>no</script></body>",
        "404.html": "<body>lost</body>",
    })  # fmt: skip
    other = site_of(tmp_path, "ko", {"index.html": "<body>차</body>"})
    assert indexes.editions(tmp_path) == [first, other]
    assert indexes.visible_texts(first) == {"index.html": "  abcd e     "}
    assert indexes.visible_texts(other)["index.html"].strip() == "차"
    one, two = indexes.budgets(first)
    assert (one.name, one.most) == ("first search index, bytes for 3 concepts", 3 * 290)
    assert two.name == "second search index, bytes for 13 to read"
    assert two.most == pytest.approx(13 * 110_000 / 569_543)
    assert [one.value < 60, two.value < 60] == [True, True], "compressed"
    assert indexes.budgets(other)[1].name.endswith("bytes for 5 to read"), "three for a syllable"


# Ports ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("port", ["1", "80", "8000", "65535", "09000"])
def test_every_port_can_be_named(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setattr(serve, "is_free", lambda _: True)
    assert serve.choose_port(port) == int(port)


def test_free_ports_are_looked_for_from_the_first_to_the_hundredth(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[int] = []

    def free(port: int) -> bool:
        asked.append(port)
        return port == 8099

    monkeypatch.setattr(serve, "is_free", free)
    assert serve.choose_port("") == 8099
    assert asked == list(range(8000, 8100))


def test_a_port_is_free_until_somebody_listens() -> None:
    with socket.socket() as listener:
        listener.bind((serve.HOST, 0))
        port = listener.getsockname()[1]
        listener.listen()
        assert not serve.is_free(port)
    assert serve.is_free(port)


def test_the_address_is_told_before_mkdocs_takes_over(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    became: list[Any] = []
    monkeypatch.setattr(serve, "is_free", lambda _: True)
    monkeypatch.setattr(os, "execv", lambda *given: became.append(given))
    serve.main(["9000"])
    assert capsys.readouterr().out == (
        "The site will be at http://127.0.0.1:9000/ once it is built; Ctrl-C stops it.\n"
    )
    [(program, command)] = became
    assert (program, command[0]) == (sys.executable, sys.executable)
    assert Path(command[1]) == ROOT / "tools" / "run_mkdocs.py"
    assert command[2:] == ["serve", "--livereload", "--dev-addr", "127.0.0.1:9000"]


# Locks ---------------------------------------------------------------------------------------


def test_every_list_of_requirements_is_locked_the_first_one_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    done: list[list[str]] = []
    codes = iter([0, 0, 3])

    def run(command: list[str], **given: Any) -> SimpleNamespace:
        assert given == {"cwd": tmp_path, "check": False}
        done.append(command)
        return SimpleNamespace(returncode=next(codes, 0))

    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}")
    monkeypatch.setattr(subprocess, "run", run)
    assert lock.main(["--upgrade"], tmp_path) == 3, "and stops there"
    assert len(done) == 3
    done.clear()
    codes = iter([])
    assert lock.main([], tmp_path) == 0
    assert [command[-1] for command in done] == [f"{name}.in" for name in lock.NAMES]
    assert {f"{name}.in" for name in lock.NAMES} == {f.name for f in ROOT.glob("requirements*.in")}
    assert done[0] == [
        "/bin/uv", "pip", "compile", "--quiet", "--universal", "--python-version=3.11.5",
        "--generate-hashes", "--no-emit-index-url", "--output-file=requirements.txt",
        "requirements.in",
    ]  # fmt: skip
    assert lock.command("uv", "requirements", ["--upgrade"])[-2:] == [
        "--upgrade",
        "requirements.in",
    ]


def test_locking_needs_uv_and_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert lock.main([]) == 1
    assert capsys.readouterr().err == "Locking needs uv: run `pipx install uv`, then this again.\n"


# Links ---------------------------------------------------------------------------------------


def raising(error: Exception) -> Any:
    class Opener:
        def open(self, *_: Any, **__: Any) -> None:
            raise error

    return lambda *_: Opener()


@pytest.mark.parametrize(
    ("code", "state", "tries"),
    [
        (400, "broken", 1), (401, "refused", 1), (402, "broken", 1), (403, "refused", 1),
        (404, "broken", 1), (405, "refused", 1), (406, "refused", 1), (408, "broken", 1),
        (410, "broken", 1), (428, "broken", 1), (429, "refused", 3), (430, "broken", 1),
        (451, "refused", 1), (499, "broken", 1), (500, "broken", 3), (502, "broken", 3),
        (503, "broken", 3), (599, "broken", 3),
    ],
)  # fmt: skip
def test_what_a_server_answers_is_judged_by_its_code(
    monkeypatch: pytest.MonkeyPatch, code: int, state: str, tries: int
) -> None:
    error = urllib.error.HTTPError("https://t.test/", code, "", {}, None)  # type: ignore[arg-type]
    monkeypatch.setattr(urllib.request, "build_opener", raising(error))
    waited: list[float] = []
    answer = links.follow("https://t.test/", waited.append, allowed=lambda _: True)
    assert answer == links.Answer(state, f"answers {code}")  # type: ignore[arg-type]
    assert waited == [5, 30][: tries - 1]


class Said:
    """What a server says."""

    def __init__(self, body: bytes, url: str = "https://t.test/a/b.html") -> None:
        self.body, self.url = body, url
        self.read_to = 0

    def __enter__(self) -> Said:
        return self

    def __exit__(self, *_: object) -> None: ...

    def read(self, size: int) -> bytes:
        self.read_to = size
        return self.body[:size]


@pytest.mark.parametrize(
    ("body", "state", "detail"),
    [
        (b'<meta http-equiv="refresh" content="0; url=c.html">', "moved", "https://t.test/a/c.html"),
        (b"<META HTTP-EQUIV=refresh CONTENT='5;URL=/c'>", "moved", "https://t.test/c"),
        (b'<meta name=x http-equiv="refresh" id=y content="0;url=https://u.test/">', "moved", "https://u.test/"),
        (b'<meta http-equiv="refresh" content="0;url=mailto:a@b.c">', "broken", "sends its readers to mailto:a@b.c"),
        (b'<meta http-equiv="refresh" content="30">', "well", ""),
        (b'<meta http-equiv="content-type" content="x; url=c">', "well", ""),
        (b"x" * links.HEAD + b'<meta http-equiv="refresh" content="0;url=c">', "well", ""),
    ],
)  # fmt: skip
def test_a_page_that_only_sends_on_has_moved(
    monkeypatch: pytest.MonkeyPatch, body: bytes, state: str, detail: str
) -> None:
    said = Said(body)
    given: list[Any] = []

    def opened(request: Any, timeout: float) -> Said:
        given.extend([request, timeout])
        return said

    opener = SimpleNamespace(open=opened)
    monkeypatch.setattr(urllib.request, "build_opener", lambda *_: opener)
    answer = links.follow("https://t.test/a/b.html", lambda _: None, allowed=lambda _: True)
    assert answer == links.Answer(state, detail)  # type: ignore[arg-type]
    assert (given[1], said.read_to) == (30, 65536)
    assert given[0].headers["User-agent"].startswith("Mozilla/5.0 (compatible; link check")


def test_an_end_that_differs_without_a_redirect_is_no_move(monkeypatch: pytest.MonkeyPatch) -> None:
    opener = SimpleNamespace(open=lambda *_, **__: Said(b"", "https://t.test/b#part"))
    monkeypatch.setattr(urllib.request, "build_opener", lambda *_: opener)
    assert links.follow("https://t.test/a", allowed=lambda _: True) == links.Answer("well")


@pytest.mark.parametrize(
    ("error", "detail"),
    [
        (urllib.error.URLError("no host"), "no answer (no host)"),
        (OSError(errno.ECONNRESET, "reset"), "no answer ([Errno 104] reset)"),
        (ValueError("it leads to an address that is not public"), "no answer (it leads to an address that is not public)"),
    ],
)  # fmt: skip
def test_who_does_not_answer_is_asked_three_times(
    monkeypatch: pytest.MonkeyPatch, error: Exception, detail: str
) -> None:
    monkeypatch.setattr(urllib.request, "build_opener", raising(error))
    waited: list[float] = []
    answer = links.follow("https://t.test/", waited.append, allowed=lambda _: True)
    assert answer == links.Answer("broken", detail)
    assert waited == [5, 30]


@pytest.mark.parametrize(
    ("hosts", "is_public"),
    [
        (["93.184.216.34"], True),
        (["93.184.216.34", "10.0.0.1"], False),
        (["192.168.1.1"], False),
        (["fe80::1"], False),
        (["2606:4700::1111"], True),
        ([], True),
    ],
)
def test_a_name_is_public_if_all_that_it_stands_for_is(
    monkeypatch: pytest.MonkeyPatch, hosts: list[str], is_public: bool
) -> None:
    def asked(host: str, port: object) -> list[Any]:
        assert (host, port) == ("t.test", None)
        if not hosts:
            raise OSError
        return [(0, 0, 0, "", (one, 0)) for one in hosts]

    monkeypatch.setattr(socket, "getaddrinfo", asked)
    assert links.public("http://t.test:8080/x") is is_public
    assert not links.public("https:///x")


def test_the_report_has_what_is_broken_first_and_each_in_the_order_of_addresses() -> None:
    places = {f"https://t.test/{n}": [f"{n}.html"] for n in "abcd"}
    states = zip("abcd", ("moved", "broken", "well", "broken"), strict=True)
    answers = {f"https://t.test/{n}": links.Answer(s, "x") for n, s in states}  # type: ignore[arg-type]
    assert links.report(places, answers) == (
        "## Broken\n\n- <https://t.test/b>: `x` (in b.html)\n- <https://t.test/d>: `x` (in d.html)\n"
        "\n## Moved for good\n\n- <https://t.test/a>: now <x> (in a.html)\n"
    )


def test_the_run_says_how_many_and_writes_the_report(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data").mkdir()
    records = "sources: [{id: book}, {id: a, url: 'https://t.test/a#x'}, {id: b, url: 'https://own.test/b'}]"
    (tmp_path / "data" / "sources.yml").write_text(records, encoding="utf-8")
    (tmp_path / "site").mkdir()
    page = '<link href="https://l.test/"><a href="https://own.test/c">c</a><a name=x>y</a><a href="HTTP://t.test/z">'
    (tmp_path / "site" / "p.html").write_text(page, encoding="utf-8")
    monkeypatch.setattr(links, "ROOT", tmp_path)
    monkeypatch.setenv("SITE_URL", "https://own.test/")
    monkeypatch.delenv("REPOSITORY_URL", raising=False)
    asked: list[str] = []

    def follow(address: str) -> links.Answer:
        asked.append(address)
        return links.Answer("refused" if address.endswith("a") else "broken", "answers 404")

    monkeypatch.setattr(links, "follow", follow)
    report = tmp_path / "links.md"
    assert links.main([str(report)]) == 0
    assert sorted(asked) == ["HTTP://t.test/z", "https://own.test/b", "https://t.test/a"]
    said = capsys.readouterr().out
    assert said.startswith("Outside links followed: 3; of them refuse programs: 1.\n## Broken\n")
    assert report.read_text(encoding="utf-8") in said
    monkeypatch.setattr(links, "follow", lambda _: links.Answer("well"))
    assert links.main([]) == 0
    assert capsys.readouterr().out.endswith("None is broken or has moved.\n")


# Weekly --------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", weekly_issue.KINDS)
def test_an_issue_says_what_it_is_and_no_more_than_github_takes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: str
) -> None:
    done: list[tuple[tuple[str, ...], str]] = []
    open_ones: list[dict[str, Any]] = []

    def gh(*arguments: str, text: str = "") -> str:
        done.append((arguments, text))
        return json.dumps(open_ones) if arguments[1] == "list" else ""

    monkeypatch.setattr(weekly_issue, "gh", gh)
    report = tmp_path / "report.md"
    report.write_text("x" * 70_000, encoding="utf-8")
    told = weekly_issue.KINDS[kind]
    assert weekly_issue.main([kind, str(report)]) == 0
    (listing, _), (made, body) = done
    assert listing == (
        "issue", "list", "--state", "open", "--search", f'in:title "{told.title}"',
        "--json", "number,title",
    )  # fmt: skip
    assert made == ("issue", "create", "--title", told.title, "--body-file", "-")
    assert body.startswith(f"{told.introduction}\n\nxxx")
    assert len(body) == 65_000
    open_ones.append({"number": 12, "title": told.title})
    report.write_text("", encoding="utf-8")
    done.clear()
    assert weekly_issue.main([kind, str(report)]) == 0
    assert done[-1] == (("issue", "close", "12", "--comment", told.done), "")
    report.write_text("y", encoding="utf-8")
    assert weekly_issue.main([kind, str(report)]) == 0
    assert done[-1] == (
        ("issue", "edit", "12", "--body-file", "-"), f"{told.introduction}\n\ny"
    )  # fmt: skip


@pytest.mark.parametrize("tool", [weekly_issue, raise_request])
def test_a_program_that_fails_is_told_in_its_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str], tool: Any
) -> None:
    def run(command: list[str], **_: Any) -> None:
        raise subprocess.CalledProcessError(1, command, stderr=" HTTP 403\n")

    monkeypatch.setattr(tool.subprocess, "run", run)
    report = tmp_path / "report.md"
    report.write_text("x", encoding="utf-8")
    arguments = ["probes", str(report)] if tool is weekly_issue else [str(report)]
    assert tool.main(arguments) == 1
    assert capsys.readouterr().err in ("gh failed: HTTP 403\n", "git failed: HTTP 403\n")


# The engine of a site ------------------------------------------------------------------------


@pytest.fixture
def site(tmp_path: Path) -> tuple[Git, Path]:
    """A small engine, and a site that it came into."""
    engine = tmp_path / "engine"
    for name, text in {
        PATHS: "# which\n\nhooks\nMakefile\n:!hooks/own.py\n",
        "hooks/a.py": "a\n", "hooks/own.py": "own\n", "Makefile": "all:\n",
        "hooks/annotated/__init__.py": '"""x"""\n__version__ = "2.10.0"\n',
    }.items():  # fmt: skip
        (engine / name).parent.mkdir(parents=True, exist_ok=True)
        (engine / name).write_text(text, encoding="utf-8")
    return staged(tmp_path / "site", engine), engine


def test_a_site_knows_what_came_and_what_is_no_longer_as_it_came(site: tuple[Git, Path]) -> None:
    git, engine = site
    assert paths(engine) == ["hooks", "Makefile", ":!hooks/own.py"]
    came = came_with(git.folder)
    assert came.version == version(engine) == "2.10.0"
    assert list(came.files) == ["Makefile", "hooks/a.py", "hooks/annotated/__init__.py"]
    assert came.changed(git) == {}
    (git.folder / "hooks" / "a.py").write_text("b\n", encoding="utf-8")
    git("rm", "--quiet", "--cached", "Makefile")
    git("add", "hooks/a.py")
    assert came.changed(git) == {"Makefile": " (removed)", "hooks/a.py": ""}
    first = came.hashes[0]
    assert came.entries() == "".join(f"{entry}\n" for entry in came.files.values())
    assert came.entries(without={first}).splitlines() == list(came.files.values())[1:]


def test_what_is_no_engine_and_no_site_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(
        EngineError, match=r"holds no engine: there is no tools/new/engine\.txt in it"
    ):
        paths(tmp_path)
    assert version(tmp_path) == ""
    (tmp_path / "hooks" / "annotated").mkdir(parents=True)
    (tmp_path / "hooks" / "annotated" / "__init__.py").write_text("x = 1\n", encoding="utf-8")
    assert version(tmp_path) == ""
    for text in (None, ""):
        if text is not None:
            (tmp_path / LOCK).write_text(text, encoding="utf-8")
        with pytest.raises(EngineError, match="this is no site that `make new` made"):
            came_with(tmp_path)
    (tmp_path / LOCK).write_text("# engine 1.2\n", encoding="utf-8")
    assert came_with(tmp_path) == Came("1.2", {})


def test_git_keeps_who_somebody_is_and_forgets_where_it_was(
    site: tuple[Git, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    git, _ = site
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Somebody")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "a@b.c")
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    assert git("var", "GIT_AUTHOR_IDENT").startswith("Somebody <a@b.c> ")
    with git.apart() as aside:
        assert aside("ls-files") == "", "a list of its own"
    assert "Makefile" in git("ls-files")
    with pytest.raises(EngineError, match=r"^git rev-parse: fatal: "):
        git("rev-parse", "--verify", "nobody")
    (git.folder / "이름 \u00e9.md").write_text("x", encoding="utf-8")
    git("add", "--all")
    assert "이름 \u00e9.md" in git("ls-files").splitlines(), "as it is written"


def test_git_that_is_missing_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EngineError, match=r"^git is missing: install it and run this again$"):
        Git(tmp_path)("status")


@pytest.mark.parametrize(
    ("older", "newer"),
    [("1.9.0", "1.10.0"), ("", "0.1"), ("1.2", "1.2.1"), ("2.0.0", "10.0.0"), ("x", "1"),
     ("1.2.9", "1.2.10")],
)  # fmt: skip
def test_versions_are_compared_by_their_numbers(older: str, newer: str) -> None:
    assert update._numbers(older) < update._numbers(newer)


def test_states_of_both_are_told_by_what_git_calls_them() -> None:
    said = "UU a b.py\nDU c.py\n?? new\n"
    assert dict(update._states(said)) == {"a b.py": "UU", "c.py": "DU", "new": "??"}
    assert set(update._BOTH) == {"UU", "AA", "UD", "DU", "AU", "UA", "DD"}
    assert "yours above" in update._BOTH["AA"]
    assert "the engine has it no longer" in update._BOTH["UD"]
    assert "you have removed it" in update._BOTH["DU"]


@pytest.mark.parametrize(
    ("old", "new", "told"), [("1.9.9", "2.0.0", True), ("1.9", "1.10.0", False), ("", "1.0", True)]
)
def test_a_new_first_number_is_told(
    site: tuple[Git, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    old: str, new: str, told: bool,
) -> None:  # fmt: skip
    git, _ = site
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "T")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "t@t.t")
    git("commit", "--quiet", "-m", "first")
    (git.folder / "more").write_text("x\n", encoding="utf-8")
    git("add", "--all")
    git("commit", "--quiet", "-m", "more")
    change = git("rev-parse", "HEAD").strip()
    git("reset", "--quiet", "--hard", "HEAD^")
    assert update.applied(git, change, old, new) == 0
    said = capsys.readouterr().out
    assert said.startswith("Taken over in one commit: 1 file changed, 1 insertion(+).\n")
    assert ("Its first number is another" in said) is told
    assert said.endswith("Next: make test\nTo take it back: git revert HEAD\n")


# Set-up --------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", setup.WITHOUT_NETWORK)
def test_each_way_to_say_that_the_network_is_away_is_known(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, said: str
) -> None:
    done = SimpleNamespace(returncode=1, stdout=f"pip: {said} x\nlast\n")
    monkeypatch.setattr(setup, "run", lambda _: done)
    log = tmp_path / ".venv" / "setup.log"
    log.parent.mkdir()
    with pytest.raises(setup.SetupError, match=r"the network does not answer.*\.venv/setup\.log"):
        setup.install(Path("python"), Path("requirements.txt"), log)
    assert log.read_text(encoding="utf-8") == done.stdout


def test_the_last_line_of_pip_is_its_reason(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    commands: list[list[str]] = []

    def run(command: list[str]) -> SimpleNamespace:
        commands.append(command)
        return SimpleNamespace(returncode=1, stdout="a\n  the reason \n\n")

    monkeypatch.setattr(setup, "run", run)
    log = tmp_path / ".venv" / "setup.log"
    log.parent.mkdir()
    with pytest.raises(setup.SetupError, match=r"^pip cannot install r\.txt: the reason \(\.venv/"):
        setup.install(Path("py"), Path("r.txt"), log)
    assert commands == [[
        "py", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input",
        "--retries", "2", "--only-binary", ":all:", "--require-hashes", "-r", "r.txt",
    ]]  # fmt: skip
    assert setup.last_line(" \n") == "it gives no reason"


# The way out ---------------------------------------------------------------------------------


def test_what_another_generator_loses_is_listed_by_page_kind_and_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    page = '<b class="mk i" id=a></b><b class=mk></b><note-part></note-part><table class="cmp-t"></table><i id="__x"></i>'
    for folder, html in ((ours, page), (theirs, '<b class="mk"></b><note-part id=z></note-part>')):
        (folder / "sub").mkdir(parents=True)
        (folder / "sub" / "p.html").write_text(html, encoding="utf-8")
    for name in ("404.html", "gone.html"):
        (ours / name).write_text("", encoding="utf-8")
    assert way_out.main(["compare", str(ours), str(theirs)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "gone.html: the page is missing",
        "sub/p.html: 1 of 2 marks",
        "sub/p.html: 1 of 1 tables",
        "sub/p.html: the place '#a'",
    ]
    assert way_out.main(["compare", str(theirs), str(theirs)]) == 0
    assert capsys.readouterr().out == "nothing is lost\n"
    for arguments in ([], ["write"], ["compare", "x"], ["move", "a", "b"]):
        assert way_out.main(arguments) == 2
    assert "tools/way_out.py write FOLDER" in capsys.readouterr().err


def test_each_edition_is_written_with_what_stands_beside_its_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, out, picture = tmp_path / "both", tmp_path / "out", b"\x89PNG\r\n\x1a\n\xff"
    shutil.copytree(ROOT / "starter", root)
    shutil.copytree(ROOT / "data" / "words", root / "data" / "words")
    for path in ("hooks", "tools", "overrides/assets/styles"):
        (root / path).symlink_to(ROOT / path)
    (root / "docs/en/cup.png").write_bytes(picture)
    monkeypatch.setattr(way_out, "ROOT", root)
    pages = [len(list((root / "docs" / language).rglob("*.md"))) for language in ("en", "ko")]
    assert way_out.write(out) == sum(pages)
    for folder, count in zip(("docs", "ko"), pages, strict=True):
        assert len(list((out / folder).rglob("*.md"))) == count
        assert (out / folder / "cup.png").read_bytes() == picture
    first, other = (
        yaml.safe_load((out / name).read_text("utf-8")) for name in ("mkdocs.yml", "mkdocs-ko.yml")
    )
    assert 'id="practice"' in (out / "docs" / "brewing.md").read_text("utf-8")
    assert (first["docs_dir"], other["docs_dir"]) == ("docs", "ko")
    assert (first["site_dir"], other["site_dir"]) == ("site", "site/ko")
    assert (first["theme"]["language"], other["theme"]["language"]) == ("en", "ko")
    assert other["nav"][0] == {"처음": "index.md"}
    assert other["site_name"] != first["site_name"]


def test_the_way_out_leaves_out_what_only_our_hooks_understand() -> None:
    settings = way_out.configuration()
    assert settings["docs_dir"] == "docs"
    assert not set(way_out.OURS) & set(settings)
    assert "custom_dir" not in settings["theme"]
    assert settings["site_name"]
    assert settings["markdown_extensions"]
    assert None not in settings.values()
