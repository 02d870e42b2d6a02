"""The weekly request for newer pins, with a repository of its own and a stand-in for gh."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
import raise_request


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments],
        cwd=folder, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return done.stdout.strip()


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone whose gh writes down what it is asked, and knows no open request."""
    folder = tmp_path / "clone"
    (folder / "data" / "results").mkdir(parents=True)
    git(tmp_path, "init", "-q", "--bare", "origin.git")
    git(tmp_path, "init", "-q", "-b", "main", str(folder))
    for file in raise_request.FILES:
        (folder / file).write_text("old\n")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "first")
    git(folder, "remote", "add", "origin", str(tmp_path / "origin.git"))
    program = tmp_path / "bin" / "gh"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\necho "$@" >> {tmp_path}/asked\n'
        f'case "$2" in list) cat {tmp_path}/open;; *) cat > {tmp_path}/body;; esac\n'
    )
    program.chmod(0o755)
    (tmp_path / "open").write_text("[]")
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.chdir(folder)
    return folder


def test_newer_pins_become_one_request(clone: Path) -> None:
    report = clone.parent / "probes.md"
    report.write_text("## New")
    (clone / "data/probes.yml").write_text("new\n")
    (clone / "unrelated").write_text("x\n")
    assert raise_request.main([str(report)]) == 0
    shown = git(clone.parent / "origin.git", "show", "--stat", "--format=%s", raise_request.BRANCH)
    assert shown.startswith(raise_request.TITLE)
    assert "data/probes.yml" in shown
    assert "unrelated" not in shown
    assert "pr create --head weekly/pins" in (clone.parent / "asked").read_text()
    assert (clone.parent / "body").read_text().endswith("## New")
    (clone.parent / "open").write_text('[{"number": 12}]')
    (clone / "data/probes.yml").write_text("newer\n")
    assert raise_request.main([str(report)]) == 0
    assert "pr edit 12 --title" in (clone.parent / "asked").read_text()


def test_nothing_raised_asks_for_nothing(clone: Path) -> None:
    report = clone.parent / "probes.md"
    report.write_text("")
    assert raise_request.main([str(report)]) == 0
    assert not (clone.parent / "asked").exists()


def test_a_refused_push_is_told(clone: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = clone.parent / "probes.md"
    report.write_text("")
    (clone / "data/probes.yml").write_text("new\n")
    git(clone, "remote", "set-url", "origin", str(clone.parent / "nowhere.git"))
    assert raise_request.main([str(report)]) == 1
    assert "git failed: " in capsys.readouterr().err
