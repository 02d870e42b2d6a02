"""`make doctor`: what is missing, for what, and the command that mends it, on each system."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import doctor
import pytest
import setup

VERSIONS = {"git": "git version 2.43.0", "make": "GNU Make 4.3", "node": "v22.1.0", "npm": "10.7.0"}
ANSWERS = {
    "rev-parse": "true", "config": "somebody", "symbolic-ref": "main", "rev-list": "0",
    "remote": "git@github.com:somebody/notes.git",
}  # fmt: skip

Machine = Callable[..., tuple[int, str]]


@pytest.fixture
def machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Machine:
    """Run it on a machine that has all but what is named; return its code and what it says."""
    from web import installed

    def run(
        *missing: str,
        system: str = doctor.DEBIAN,
        python: tuple[int, ...] = (3, 12, 1),
        **answers: str,
    ) -> tuple[int, str]:
        def which(name: str) -> str | None:
            return None if name in missing else f"/usr/bin/{name}"

        def said(*command: str) -> str:
            if command[0] in missing:
                return ""
            if command[-1] == "--version":
                return {**VERSIONS, **answers}[command[0]]
            if command[0] == "fc-list":
                return "" if "fonts" in missing else "Some Font"
            return {**ANSWERS, **answers}[command[1]]

        monkeypatch.delenv("CHROMIUM", raising=False)
        monkeypatch.setattr(shutil, "which", which)
        monkeypatch.setattr(doctor, "said", said)
        monkeypatch.setattr(doctor, "kind_of_system", lambda: system)
        monkeypatch.setattr(doctor, "ROOT", tmp_path)
        monkeypatch.setattr(sys, "version_info", (*python, "final", 0))
        monkeypatch.setattr(setup, "lacking", lambda: "venv" if "venv" in missing else "")
        monkeypatch.setattr(installed, "fetched", list)
        browsers = [] if "browser" in missing else [Path(__file__)]
        monkeypatch.setattr(installed, "installed", lambda: browsers)
        workflow = tmp_path / ".github" / "workflows" / "publish.yml"
        workflow.parent.mkdir(parents=True, exist_ok=True)
        workflow.touch()
        return doctor.main(), capsys.readouterr().out

    return run


def test_it_reads_on_old_pythons() -> None:
    source = Path(doctor.__file__).read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 6))
    assert "from __future__" not in source


def test_where_all_is_there_it_fits_on_a_screen(machine: Machine) -> None:
    code, said = machine()
    assert code == 0
    assert "  -- " not in said
    assert "Building works." in said
    assert "https://github.com/somebody/notes/settings/pages" in said
    assert len(said.splitlines()) <= 24
    assert max(map(len, said.splitlines())) <= 100


@pytest.mark.parametrize("system", [doctor.DEBIAN, doctor.MACOS, doctor.WINDOWS, doctor.OTHER])
@pytest.mark.parametrize(
    ("missing", "purpose", "works"),
    [
        ("venv", "To build", False),
        ("git", "To build", True),
        ("make", "To build", True),
        ("browser", "To test", True),
        ("fonts", "To test", True),
        ("node", "To draw diagrams", True),
        ("npm", "To draw diagrams", True),
    ],
)
def test_what_is_missing_is_said_with_what_mends_it(
    machine: Machine, system: str, missing: str, purpose: str, works: bool
) -> None:
    code, said = machine(missing, system=system)
    assert code == (0 if works else 1)
    if missing == "make" and system == doctor.WINDOWS:
        assert "make" not in said.split("To test")[0], "nobody has it there"
        return
    if missing == "fonts" and system in (doctor.MACOS, doctor.WINDOWS):
        assert "which the system brings" in said
        return
    group = said[said.index(purpose) :].split("\nTo ")[0]
    mended = doctor.MENDED_BY["node" if missing == "npm" else missing][system]
    assert f"       {mended}" in group.splitlines()
    if missing != "git":
        assert len(said.splitlines()) <= 24


@pytest.mark.parametrize("python", [(3, 6, 9), (3, 11, 4)])
def test_an_old_python_is_said_and_nothing_else_is_tried(
    machine: Machine, python: tuple[int, ...]
) -> None:
    code, said = machine(python=python)
    assert code == 1
    assert f"{setup.dotted(python)}: 3.11.5 or newer is needed" in said
    assert "Building does not work yet" in said
    assert "To publish" not in said


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"rev-parse": ""}, "-- no git repository"),
        ({"config": ""}, "-- git does not know you"),
        ({"symbolic-ref": "draft"}, "?? on branch draft; what is published is main"),
        ({"symbolic-ref": ""}, "?? on branch none"),
        ({"remote": ""}, "-- no place to push to"),
        ({"remote": "https://gitlab.com/a/b.git"}, "the workflows are for GitHub"),
        ({"rev-list": "3"}, "?? commits: 3, not pushed yet"),
        ({"rev-list": ""}, "?? this branch is not pushed yet"),
        ({"node": "v18.2.0"}, "-- Node v18.2.0: 20 or newer is needed"),
    ],
)
def test_what_a_push_needs_is_looked_at(
    machine: Machine, answers: dict[str, str], message: str
) -> None:
    code, said = machine(**answers)
    assert code == 0
    assert message in said


def test_a_program_that_never_answers_holds_nothing_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*_: object, **options: float) -> None:
        raise subprocess.TimeoutExpired("git", options["timeout"])

    monkeypatch.setattr(subprocess, "run", late)
    assert doctor.said("git", "--version") == ""


@pytest.mark.parametrize("program", ["doctor.py", "update.py", "new"])
def test_output_may_be_cut_off(program: str, tmp_path: Path) -> None:
    """As `make doctor | head -1` does; a name that a terminal has no letters for is no trace."""
    read, write = os.pipe()
    os.close(read)
    arguments = [str(tmp_path / "site")] if program == "new" else []
    done = subprocess.run(
        [sys.executable, str(Path(doctor.__file__).parent / program), *arguments],
        stdin=subprocess.DEVNULL, stdout=write, stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    os.close(write)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_a_terminal_may_lack_letters(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(Path(doctor.__file__).parent / "new"), str(tmp_path / "노트")],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "노트" / "mkdocs.yml").is_file()
