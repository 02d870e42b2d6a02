"""Where the source of a project is on the web."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from annotated.repository import Repository, repository_of, web_address


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("https://github.com/o/r.git", "https://github.com/o/r"),
        ("https://github.com/o/r/", "https://github.com/o/r"),
        ("https://user:secret@github.com/o/r.git", "https://github.com/o/r"),
        ("https://GitHub.com/o/r", "https://github.com/o/r"),
        ("http://git.example.org:8080/o/r.git", "http://git.example.org:8080/o/r"),
        ("https://git.example.org:8443/o/r", "https://git.example.org:8443/o/r"),
        ("git://github.com/o/r.git", "https://github.com/o/r"),
        ("git@github.com:o/r.git", "https://github.com/o/r"),
        ("github.com:o/r", "https://github.com/o/r"),
        ("me@git.example.org:o/r", "https://git.example.org/o/r"),
        ("git@github.com:/o/r.git", "https://github.com/o/r"),
        ("ssh://git@github.com/o/r.git", "https://github.com/o/r"),
        ("ssh://git@github.com:22/o/r.git", "https://github.com/o/r"),
        ("ssh://git@ssh.github.com:443/o/r.git", "https://github.com/o/r"),
        ("git+ssh://git@github.com/o/r.git", "https://github.com/o/r"),
        ("git@gitlab.com:group/sub/r.git", "https://gitlab.com/group/sub/r"),
        ("git@ssh.dev.azure.com:v3/o/p/r", "https://dev.azure.com/o/p/_git/r"),
        ("https://github.com/o/r.js.git", "https://github.com/o/r.js"),
        ("/srv/git/r.git", ""),
        ("../r.git", ""),
        ("file:///srv/git/r.git", ""),
        ("C:/work/r.git", ""),
        ("C:\\work\\r", ""),
        ("work:o/r", ""),
        ("", ""),
    ],
)
def test_a_remote_has_a_web_address_or_none(remote: str, address: str) -> None:
    assert web_address(remote) == address


@pytest.mark.parametrize(
    ("url", "editor"),
    [
        ("https://github.com/o/r", "https://github.com/o/r/edit/next/notes/docs/"),
        ("https://gitlab.com/o/r", "https://gitlab.com/o/r/-/edit/next/notes/docs/"),
        ("https://codeberg.org/o/r", "https://codeberg.org/o/r/_edit/next/notes/docs/"),
        ("", ""),
    ],
)
def test_a_page_is_edited_on_its_branch_and_below_its_folder(url: str, editor: str) -> None:
    assert Repository(url, "next", "notes/").editor("docs/") == editor


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone whose project stands in a folder of its own."""
    for name in ("REPOSITORY_URL", "REPOSITORY_BRANCH"):
        monkeypatch.delenv(name, raising=False)
    git(tmp_path, "init", "-q", "-b", "trunk", "origin")
    (tmp_path / "origin" / "notes").mkdir()
    (tmp_path / "origin" / "notes" / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    git(tmp_path / "origin", "add", "-A")
    git(tmp_path / "origin", "commit", "-qm", "first")
    git(tmp_path, "clone", "-q", "origin", "here")
    git(tmp_path / "here", "remote", "set-url", "origin", "git@github.com:o/r.git")
    return tmp_path / "here" / "notes"


def test_the_branch_is_the_default_one_of_the_remote(clone: Path) -> None:
    git(clone, "switch", "-qc", "my-change")
    assert repository_of(clone) == Repository("https://github.com/o/r", "trunk", "notes/")


def test_without_a_default_it_is_the_one_at_hand(clone: Path) -> None:
    git(clone, "remote", "set-head", "origin", "--delete")
    git(clone, "switch", "-qc", "my-change")
    assert repository_of(clone).branch == "my-change"
    git(clone, "switch", "-q", "--detach")
    assert repository_of(clone).branch == "main"


def test_what_is_given_goes_first(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert repository_of(clone, "https://example.org/x/").url == "https://example.org/x"
    monkeypatch.setenv("REPOSITORY_URL", "https://example.org/y/")
    monkeypatch.setenv("REPOSITORY_BRANCH", "edition")
    assert repository_of(clone, "https://example.org/x/") == Repository(
        "https://example.org/y", "edition", "notes/"
    )


def test_a_folder_without_git_has_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REPOSITORY_URL", raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert repository_of(tmp_path) == Repository("", "main", "")
