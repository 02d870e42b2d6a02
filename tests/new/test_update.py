"""`make update`: what is new comes, what the owner changed stays, and nothing is ever lost."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import update
from engine import LOCK, PATHS, SOURCE, Git

from tests.conftest import ROOT, staged
from tests.new.conftest import SOMEBODY, run

LINES = [f"line {n}" for n in range(1, 31)]


def write(file: Path, lines: list[str]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def changed(file: Path, line: int, by: str) -> None:
    """Change one line of a file."""
    lines = file.read_text(encoding="utf-8").splitlines()
    lines[line - 1] = f"{lines[line - 1]}, changed by {by}"
    write(file, lines)


def git(folder: Path, *arguments: str) -> str:
    done = run(folder, "git", *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.rstrip("\n")


def commit(folder: Path, message: str = "mine") -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "-m", message)


@pytest.fixture(autouse=True)
def somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    for key, value in SOMEBODY.items():
        monkeypatch.setenv(key, value)


@pytest.fixture
def engine(tmp_path: Path) -> Path:
    """A small engine, of a few files."""
    folder = tmp_path / "engine"
    write(folder / PATHS, ["# what goes along", "hooks", "Makefile", ":!hooks/here.py"])
    set_version(folder, "1.0.0")
    for name in ("a", "b", "moved", "gone", "here"):
        write(folder / "hooks" / f"{name}.py", [f"# {name}", *(f"{name} {x}" for x in LINES)])
    write(folder / "Makefile", ["all:"])
    return folder


def set_version(engine: Path, number: str) -> None:
    write(
        engine / "hooks" / "annotated" / "__init__.py",
        ['"""The core."""', f'__version__ = "{number}"'],
    )


@pytest.mark.parametrize("name", ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"])
def test_what_a_hook_of_another_repository_leaves_behind_is_not_heard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Git tells its hooks and aliases by such variables where they are; all else is elsewhere."""
    for folder in ("here", "other"):
        git(tmp_path, "init", "--quiet", folder)
        write(tmp_path / folder / f"{folder}.txt", LINES)
        commit(tmp_path / folder)
    value = {"GIT_DIR": ".git", "GIT_INDEX_FILE": ".git/index"}.get(name, "")
    monkeypatch.setenv(name, str(tmp_path / "other" / value))
    here = Git(tmp_path / "here")
    assert Path(here("rev-parse", "--show-toplevel").strip()) == tmp_path / "here"
    assert here("ls-files").split() == ["here.txt"]
    assert here("status", "--porcelain") == ""


@pytest.fixture
def site(engine: Path, tmp_path: Path) -> Path:
    """A site that was made from it, and to which its owner has added."""
    folder = tmp_path / "site"
    repository = staged(folder, engine)
    write(folder / "docs" / "index.md", ["# Mine", *LINES])
    write(folder / "hooks" / "mine.py", ["# mine", *LINES])
    repository("config", SOURCE, str(engine))
    commit(folder)
    return folder


def renew(engine: Path) -> None:
    """The engine of a year later: files changed, added, moved, removed."""
    set_version(engine, "1.1.0")
    changed(engine / "hooks" / "a.py", 3, "the engine")
    changed(engine / "hooks" / "b.py", 3, "the engine")
    (engine / "hooks" / "moved.py").rename(engine / "hooks" / "annotated" / "there.py")
    changed(engine / "hooks" / "annotated" / "there.py", 3, "the engine")
    (engine / "hooks" / "gone.py").unlink()
    write(engine / "hooks" / "new.py", ["# new"])
    write(engine / "tools" / "also.py", ["# also"])
    write(engine / PATHS, ["hooks", "Makefile", "tools/also.py", ":!hooks/here.py"])


def test_what_is_new_comes_and_what_is_mine_stays(
    engine: Path, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed(site / "hooks" / "a.py", 25, "me")
    changed(site / "hooks" / "moved.py", 25, "me")
    changed(site / "docs" / "index.md", 3, "me")
    (site / "Makefile").unlink()
    commit(site)
    renew(engine)
    pages = git(site, "rev-parse", "HEAD:docs")
    assert update.main([], site) == 0, capsys.readouterr().err
    said = capsys.readouterr().out
    assert "The engine: 1.0.0 -> 1.1.0" in said
    mine = said.partition("You have changed, and it stays so:\n")[2].partition("Taken")[0]
    assert mine.split("\n") == ["  Makefile (removed)", "  hooks/a.py", "  hooks/moved.py", ""]
    assert "Next: make test" in said
    assert "changed by the engine" in (site / "hooks" / "a.py").read_text("utf-8").split("\n")[2]
    assert "changed by me" in (site / "hooks" / "a.py").read_text("utf-8").split("\n")[24]
    there = (site / "hooks" / "annotated" / "there.py").read_text("utf-8")
    assert "changed by me" in there
    assert "changed by the engine" in there
    for path, is_there in {
        "hooks/moved.py": False, "hooks/gone.py": False, "hooks/here.py": False, "Makefile": False,
        "hooks/new.py": True, "tools/also.py": True, "hooks/mine.py": True,
    }.items():  # fmt: skip
        assert (site / path).exists() is is_there, path
    assert git(site, "rev-parse", "HEAD:docs") == pages
    assert git(site, "status", "--porcelain") == ""
    assert git(site, "log", "-1", "--format=%s") == "Engine 1.0.0 -> 1.1.0"
    assert git(site, "rev-list", "--count", "HEAD") == "3"
    assert "# engine 1.1.0" in (site / LOCK).read_text("utf-8")
    assert update.main([], site) == 0
    assert "is the one of today, 1.1.0, already" in capsys.readouterr().out


def test_where_both_changed_the_same_both_are_shown_and_nothing_is_lost(
    engine: Path, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed(site / "hooks" / "a.py", 3, "me")
    changed(site / "hooks" / "gone.py", 3, "me")
    (site / "hooks" / "b.py").unlink()
    commit(site)
    before = git(site, "rev-parse", "HEAD^{tree}")
    renew(engine)
    assert update.main([], site) == 1
    said = capsys.readouterr().out
    assert "hooks/a.py: yours above =======, the engine's below" in said
    assert "hooks/b.py: you have removed it" in said
    assert "hooks/gone.py: the engine has it no longer" in said
    shown = (site / "hooks" / "a.py").read_text("utf-8")
    assert re.search(
        r"(?s)<<<<<<<.*changed by me\n=======\n.*changed by the engine\n>>>>>>>", shown
    )
    assert "changed by me" in (site / "hooks" / "gone.py").read_text("utf-8")
    # Until the owner has chosen, another update waits.
    assert update.main([], site) == 1
    assert "not committed" in capsys.readouterr().err
    git(site, "cherry-pick", "--abort")
    assert git(site, "rev-parse", "HEAD^{tree}") == before
    assert git(site, "status", "--porcelain") == ""
    # The other way: choose, and go on with the command that was printed.
    assert update.main([], site) == 1
    command = re.search(r"Then: (.*) && make test", capsys.readouterr().out)
    assert command
    write(site / "hooks" / "a.py", ["# chosen"])
    done = run(site, "sh", "-c", command[1])
    assert done.returncode == 0, done.stderr
    assert git(site, "status", "--porcelain") == ""
    assert update.main([], site) == 0
    assert "already" in capsys.readouterr().out


def test_it_can_be_taken_back(engine: Path, site: Path) -> None:
    before = git(site, "rev-parse", "HEAD^{tree}")
    renew(engine)
    assert update.main([], site) == 0
    git(site, "revert", "--no-edit", "HEAD")
    assert git(site, "rev-parse", "HEAD^{tree}") == before
    assert update.main([], site) == 0, "and taken again"
    assert (site / "hooks" / "new.py").exists()


def test_the_engine_may_be_a_repository_elsewhere(
    engine: Path, site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(engine, "init", "--quiet")
    renew(engine)
    commit(engine)
    git(tmp_path, "clone", "--quiet", "--bare", str(engine), "bare.git")
    git(site, "config", "--unset", SOURCE)
    assert update.main([], site) == 1
    assert "Say where the engine comes from: make update FROM=" in capsys.readouterr().err
    assert update.main([str(tmp_path / "bare.git")], site) == 0
    assert (site / "hooks" / "new.py").exists()
    assert update.main([], site) == 0, "the address is remembered"


def test_a_shallow_clone_is_updated_and_what_is_mine_is_shown(
    engine: Path, site: Path, tmp_path: Path
) -> None:
    """Its first state is not there: a changed file cannot be merged, and is not overwritten."""
    changed(site / "hooks" / "a.py", 25, "me")
    commit(site)
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{site}", "again")
    renew(engine)
    assert update.main([str(engine)], tmp_path / "again") == 1
    text = (tmp_path / "again" / "hooks" / "a.py").read_text("utf-8")
    assert "changed by me" in text
    assert "changed by the engine" in text
    assert (tmp_path / "again" / "hooks" / "new.py").exists()


def versions(here: str, there: str) -> Callable[[Path, Path], None]:
    """Have the site come from one version, and the engine be of another."""

    def spoil(site: Path, engine: Path) -> None:
        set_version(engine, there)
        lock = site / LOCK
        text = lock.read_text(encoding="utf-8")
        lock.write_text(text.replace("1.0.0", here, 1), encoding="utf-8")
        commit(site)

    return spoil


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda site, _: changed(site / "docs" / "index.md", 2, "me"), "not committed"),
        (lambda site, _: changed(site / "hooks" / "a.py", 2, "me"), "not committed"),
        (lambda site, _: write(site / "hooks" / "new.py", ["mine"]), "In the way"),
        (lambda site, _: (site / LOCK).unlink(), f"no {LOCK} here"),
        (lambda site, _: git(site, "config", SOURCE, "/nowhere"), "cannot be fetched"),
        (lambda site, _: shutil.rmtree(site / ".git"), "not a git repository"),
        (lambda _, engine: set_version(engine, "0.9.0"), "is older: 0.9.0, and here is 1.0.0"),
        (versions("1.10.0", "1.9.0"), "is older: 1.9.0, and here is 1.10.0"),
        (versions("1.2.10", "1.2.9"), "is older: 1.2.9, and here is 1.2.10"),
        (versions("1.2.1", "1.2"), "is older: 1.2, and here is 1.2.1"),
        (lambda _, engine: (engine / PATHS).unlink(), "cannot be fetched"),
        (lambda _, engine: write(engine / PATHS, ["nothing-there"]), "did not match"),
    ],
)
def test_what_stands_in_the_way_is_one_sentence(
    engine: Path,
    site: Path,
    capsys: pytest.CaptureFixture[str],
    spoil: Callable[[Path, Path], object],
    message: str,
) -> None:
    renew(engine)
    spoil(site, engine)
    before = {f: f.read_bytes() for f in site.rglob("*") if f.is_file() and ".git" not in f.parts}
    assert update.main([], site) == 1
    said = capsys.readouterr().err
    assert message in said
    assert len(said.strip().splitlines()) == 1
    assert before == {
        f: f.read_bytes() for f in site.rglob("*") if f.is_file() and ".git" not in f.parts
    }


def test_a_folder_of_a_larger_repository_is_left_alone(
    engine: Path, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(site / ".git")
    git(site.parent, "init", "--quiet")
    assert update.main([str(engine)], site) == 1
    assert "a folder of a larger repository" in capsys.readouterr().err


def test_a_new_site_takes_the_engine_of_today(mine: Path, tmp_path: Path) -> None:
    """The real one, by its command: where nothing is new, and where a part looks different."""
    done = run(mine, "make", "update", f"FROM={ROOT}")
    assert done.returncode == 0, done.stderr
    assert "is the one of today" in done.stdout
    today = Path(shutil.copytree(mine, tmp_path / "today", ignore=shutil.ignore_patterns(".git")))
    shutil.copytree(ROOT / "tools" / "new", today / "tools" / "new")
    part = today / "overrides" / "parts" / "figure.html"
    part.write_text(part.read_text("utf-8") + "{#- new -#}\n", encoding="utf-8")
    own = mine / "overrides" / "parts" / "table.html"
    own.write_text("{#- mine -#}\n" + own.read_text("utf-8"), encoding="utf-8")
    commit(mine)
    done = run(mine, "make", "update", f"FROM={today}")
    assert done.returncode == 0, done.stderr
    assert "  overrides/parts/table.html\n" in done.stdout
    assert "{#- new -#}" in (mine / "overrides" / "parts" / "figure.html").read_text("utf-8")
    assert "{#- mine -#}" in own.read_text("utf-8")
