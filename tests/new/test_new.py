"""`make new`: a repository that publishes when it is pushed, whatever its name, and names nobody."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from annotated import __version__
from tests.conftest import ROOT
from tests.new.conftest import lend_packages, new, run
from tests.unit.test_house import LOCKS, speaks_of_the_subject


def git(folder: Path, *arguments: str) -> str:
    done = run(folder, "git", *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_it_is_a_repository_with_one_commit_and_nothing_left_to_do(made: Path) -> None:
    assert git(made, "status", "--porcelain") == ""
    assert git(made, "branch", "--show-current") == "main"
    assert git(made, "log", "--format=%an: %s").splitlines() == [
        f"Some Body: A site for notes, made with engine {__version__}"
    ]
    for path in (
        "README.md", "CONTRIBUTING.md", "LICENSE", "LICENSE-ENGINE", "Makefile", "mkdocs.yml",
        ".github/workflows/publish.yml", ".github/ISSUE_TEMPLATE/1-statement.yml",
        "data/schemas/claims.schema.json", "tests/own/test_site.py", "overrides/assets/mark.svg",
    ):  # fmt: skip
        assert (made / path).is_file(), path


def test_the_list_of_the_engine_is_what_came(made: Path) -> None:
    first, *entries = (made / "engine.lock").read_text(encoding="utf-8").splitlines()
    assert first == f"# engine {__version__}"
    assert len(entries) > 150
    tracked = set(git(made, "ls-files", "--stage").splitlines())
    assert set(entries) <= tracked
    own = {line.partition("\t")[2] for line in tracked - set(entries)}
    assert {"README.md", "mkdocs.yml", "overrides/assets/mark.svg", "engine.lock"} <= own
    assert not [path for path in own if path.startswith(("hooks/", "tools/", "tests/"))]


def test_nothing_in_it_tells_where_it_came_from(made: Path) -> None:
    """Neither the subject, the name, nor the authors of the site that the engine was made for."""
    found = []
    for path in git(made, "ls-files").splitlines():
        if path.endswith(".png") or LOCKS.search(path):
            continue
        text = (made / path).read_text(encoding="utf-8")
        found += [f"{path}: {word}" for word in speaks_of_the_subject(text)]
        assert str(ROOT) not in text, path
    assert found == []


def test_what_its_texts_lead_to_is_there(made: Path) -> None:
    for path in ("README.md", "CONTRIBUTING.md"):
        text = (made / path).read_text(encoding="utf-8")
        code = re.findall(r"`((?:\.github|docs|hooks|overrides|tests|tools)/[\w./-]*)`", text)
        links = re.findall(r"\]\((?!https?:)([^)#]+)", re.sub(r"`+[^`\n]*`+", "", text))
        for target in {*code, *links}:
            assert (made / target).exists(), f"{path}: {target}"
        commands = set(re.findall(r"(?m)(?:`|^)make ([a-z-]+)", text))
        assert commands <= set(listed(made)), path


def listed(folder: Path) -> list[str]:
    """The commands that `make help` lists."""
    return re.findall(r"^make ([a-z-]+) ", run(folder, "make", "help").stdout, re.MULTILINE)


#: Not run here: what asks the network, and what never ends by itself.
ELSEWHERE = {"help", "links", "serve"}
#: What is said with a command.
SAID = {"import": ["NOTES=notes.txt", "ARGS=--fresh"], "update": [f"FROM={ROOT}"]}


def test_every_command_works(mine: Path) -> None:
    """Each that `make help` lists, in a new folder, one after the other, and what it leaves."""
    lend_packages(mine)
    commands = [name for name in listed(mine) if name not in ELSEWHERE]
    assert {"build", "check", "test", "cards", "diagrams", "offline", "shots"} <= set(commands)
    assert not {"new", "bench", "lock", "browsers", "properdocs", "zensical"} & set(commands)
    assert "mutants" not in commands
    (mine / "notes.txt").write_text("Notes on coffee\n\nCoffee is a seed.\n", encoding="utf-8")
    git(mine, "add", "notes.txt")
    git(mine, "commit", "--quiet", "-m", "notes")
    few = mine.parent / "few"
    said = {**SAID, "shots": [f"ARGS={few} shots"]}
    # What changes the folder for good comes last.
    for name in sorted(commands, key=lambda name: (name == "clean", name == "import")):
        done = run(mine, "make", name, *said.get(name, ()))
        assert done.returncode == 0, f"make {name}\n{done.stdout}\n{done.stderr}"
        assert "Traceback" not in done.stdout + done.stderr, name
        if name == "build":  # two pages are enough to see that pictures are taken
            shutil.copytree(mine / "site", few)
            for page in few.rglob("*.html"):
                if page not in (few / "index.html", few / "brewing.html"):
                    page.unlink()
        if name not in ("cards", "import", "clean"):
            left = git(mine, "status", "--porcelain").splitlines()
            assert [line for line in left if "assets/cards/" not in line] == [], name
    assert not (mine / "site").exists(), "cleaned up"


@pytest.mark.parametrize(
    ("licence", "name", "words"),
    [
        ("mit", "MIT", "MIT License"),
        ("Apache-2.0", "Apache 2.0", "TERMS AND CONDITIONS FOR USE"),
        ("cc-by-4.0", "CC BY 4.0", "Attribution 4.0 International"),
        ("cc-by-sa-4.0", "CC BY-SA 4.0", "ShareAlike 4.0 International"),
        ("cc0-1.0", "CC0 1.0", "CC0 1.0 Universal"),
    ],
)
def test_the_licence_is_the_one_that_was_chosen(
    tmp_path: Path, licence: str, name: str, words: str
) -> None:
    site = tmp_path / "site"
    done = new(site, licence)
    assert done.returncode == 0, done.stderr
    assert f"under {name}." in done.stdout
    assert words in (site / "LICENSE").read_text(encoding="utf-8")
    config = (site / "mkdocs.yml").read_text(encoding="utf-8")
    marks = re.findall(r"^ *copyright: (.*)$", config, re.MULTILINE)
    assert len(marks) == 2, "of each edition"
    for mark in marks:
        assert re.fullmatch(rf'"© \d{{4}} .+, {name}"', mark)
    assert re.search(r'^  licence: "https://\S+"$', config, re.MULTILINE)
    for readme in ("README.md", "README.ko.md"):
        assert f"[{name}](https://" in (site / readme).read_text(encoding="utf-8")


def test_without_a_choice_nobody_is_given_anything(tmp_path: Path) -> None:
    done = new(tmp_path / "site")
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "site" / "LICENSE").exists()
    config = (tmp_path / "site" / "mkdocs.yml").read_text(encoding="utf-8")
    assert "all rights reserved" in (tmp_path / "site" / "README.md").read_text("utf-8")
    assert re.search(r'^copyright: "© \d{4} [^,]+"$', config, re.MULTILINE)
    assert '  licence: ""' in config


def test_whoever_git_does_not_know_is_told_what_to_do(tmp_path: Path) -> None:
    nobody = {"GIT_AUTHOR_NAME": "", "GIT_COMMITTER_NAME": "", "EMAIL": ""}
    done = new(tmp_path / "site", **nobody)
    assert done.returncode == 0, done.stderr
    assert "git config --global user.name" in done.stdout
    assert "A  README.md" in run(tmp_path / "site", "git", "status", "--short").stdout


@pytest.mark.parametrize("name", ["내 노트", """it's "a" $b""", "$(touch made)", "-x"])
def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    """Through make and a shell, and the line to copy leads there."""
    done = run(
        ROOT, "make", "new", f"PYTHON={ROOT / '.venv/bin/python'}", f"NAME={tmp_path}/{name}/site"
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / name / "site" / "mkdocs.yml").is_file()
    line = re.search(r"^Next: (cd .*) && make serve$", done.stdout, re.MULTILINE)
    assert line
    there = subprocess.run(
        ["sh", "-c", f"{line[1]} && ls"], capture_output=True, text=True, check=True
    )
    assert "mkdocs.yml" in there.stdout
    assert [folder.name for folder in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("", "Say where: make new NAME=../my-notes"),
        ("  ", "Say where"),
        ("~nobody-here/site", "home of somebody who is not here"),
        ("./~", "exists already"),
        ("a/~/b", "a folder '~'"),
        ("a\nb", "on one line"),
        ("taken", "exists already"),
        ("taken/site", "not a directory"),
        ("dangling", "exists already"),
        ("/proc/x", "'/proc/"),
        ("x" * 300, "file name too long"),
        (str(ROOT / "hooks" / "mine"), "is inside this project"),
        (str(ROOT / "mine"), "is inside this project"),
    ],
)
def test_what_is_no_place_is_one_sentence(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    (tmp_path / "dangling").symlink_to(tmp_path / "nothing")
    before = sorted(tmp_path.rglob("*"))
    done = run(tmp_path, str(ROOT / ".venv/bin/python"), str(ROOT / "tools/new"), name, given="")
    assert done.returncode == 1
    assert message in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "mine"


def test_a_licence_that_nobody_knows_is_named(tmp_path: Path) -> None:
    done = new(tmp_path / "site", "gpl")
    assert done.returncode == 1
    assert "'gpl' is none of the licences: cc-by-4.0" in done.stderr
    assert not (tmp_path / "site").exists()


def test_home_is_home(tmp_path: Path) -> None:
    done = new("~/notes", HOME=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "notes" / "mkdocs.yml").is_file()
    assert new("~", HOME=str(tmp_path)).returncode == 1
    assert not (ROOT / "~").exists()
