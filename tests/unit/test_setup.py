"""Setting up and serving: each thing that can be wrong on a machine is one clear sentence."""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import serve
import setup
from web import browser

ROOT = Path(setup.__file__).resolve().parent.parent
PINNED = "some-package==1.0 --hash=sha256:" + "0" * 64 + "\n"


class Runs:
    """Stands in for running commands: remembers them and answers as told."""

    def __init__(self) -> None:
        self.commands: list[list[str]] = []
        self.said = ""
        self.code = 0

    def __call__(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        self.commands.append(command)
        if "venv" in command:
            python = setup.interpreter(Path(command[-1]))
            python.parent.mkdir(parents=True, exist_ok=True)
            python.touch()
            return subprocess.CompletedProcess(command, 0, "")
        return subprocess.CompletedProcess(command, self.code, self.said)

    def kinds(self) -> list[str]:
        """Tell the commands apart by the module that they run."""
        return [command[command.index("-m") + 1] for command in self.commands]


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Runs:
    """No command is run: not Python's venv, not pip."""
    fake = Runs()
    monkeypatch.setattr(setup, "run", fake)
    return fake


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one requirement."""
    (tmp_path / "requirements.txt").write_text(PINNED, encoding="utf-8")
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    return tmp_path


def test_setup_reads_on_old_pythons() -> None:
    source = Path(setup.__file__).read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 6))
    assert "from __future__" not in source  # `annotations` is an error before 3.7


@pytest.mark.parametrize("version", [(3, 11, 4), (3, 9, 18), (2, 7, 18)])
def test_python_too_old_is_said(version: tuple[int, ...]) -> None:
    with pytest.raises(setup.SetupError, match=r"^Python 3\.11\.5 or newer is needed, and this is"):
        setup.check_python(version)


@pytest.mark.parametrize("version", [(3, 11, 5), (3, 12, 0), (4, 0, 0)])
def test_python_new_enough_passes(version: tuple[int, ...]) -> None:
    setup.check_python(version)


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_python_without_venv_is_said(
    project: Path,
    runs: Runs,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    module: str,
) -> None:
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == module else object()
    )
    assert setup.main([]) == 1
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1
    assert f"lacks its {module} module" in said[0]
    assert "apt install python3-venv" in said[0]
    assert not runs.commands
    assert not (project / ".venv").exists()


@pytest.mark.parametrize(
    "said",
    [
        "WARNING: Retrying after connection broken by 'NewConnectionError'\nERROR: none found",
        "ERROR: Temporary failure in name resolution",
        "[Errno 11001] getaddrinfo failed",
    ],
)
def test_no_network_is_said(
    project: Path, runs: Runs, capsys: pytest.CaptureFixture[str], said: str
) -> None:
    runs.code, runs.said = 1, said
    assert setup.main([]) == 1
    errors = capsys.readouterr().err.splitlines()
    assert len(errors) == 1
    assert "the network does not answer: connect and run this again" in errors[0]
    assert ".venv/setup.log" in errors[0].replace(os.sep, "/")
    assert (project / ".venv" / "setup.log").read_text(encoding="utf-8") == said


def test_what_pip_refuses_is_said(
    project: Path, runs: Runs, capsys: pytest.CaptureFixture[str]
) -> None:
    runs.code, runs.said = 1, "Collecting\nERROR: THESE PACKAGES DO NOT MATCH THE HASHES\n\n"
    assert setup.main([]) == 1
    errors = capsys.readouterr().err.splitlines()
    assert len(errors) == 1
    assert "cannot install requirements.txt: ERROR: THESE PACKAGES DO NOT MATCH" in errors[0]
    assert not list((project / ".venv").glob("*.sha256"))


def test_missing_requirements_are_said(
    project: Path, runs: Runs, capsys: pytest.CaptureFixture[str]
) -> None:
    assert setup.main(["requirements-none.txt"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "There is no requirements-none.txt here, so this cannot be set up."
    ]
    assert not runs.commands


def test_second_run_does_nothing(
    project: Path, runs: Runs, capsys: pytest.CaptureFixture[str]
) -> None:
    assert setup.main([]) == 0
    assert runs.kinds() == ["venv", "pip"]
    assert "--require-hashes" in runs.commands[1]
    assert len(capsys.readouterr().out.splitlines()) == 1
    assert setup.main([]) == 0
    assert len(runs.commands) == 2
    assert not capsys.readouterr().out


def test_changed_requirements_are_installed_again(project: Path, runs: Runs) -> None:
    setup.main([])
    (project / "requirements.txt").write_text(PINNED.replace("1.0", "1.1"), encoding="utf-8")
    assert setup.main([]) == 0
    assert runs.kinds() == ["venv", "pip", "pip"]


def test_set_up_that_was_broken_off_starts_over(project: Path, runs: Runs) -> None:
    runs.code, runs.said = 1, "ERROR: killed"
    assert setup.main([]) == 1
    runs.code = 0
    assert setup.main([]) == 0
    assert runs.kinds() == ["venv", "pip", "venv", "pip"]


def test_two_requirements_share_an_environment(project: Path, runs: Runs) -> None:
    (project / "requirements-test.txt").write_text(PINNED * 2, encoding="utf-8")
    setup.main([])
    setup.main(["requirements-test.txt"])
    setup.main([])
    assert runs.kinds() == ["venv", "pip", "pip"]


def test_interrupt_ends_without_a_trace(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(command: list[str]) -> subprocess.CompletedProcess[str]:
        raise KeyboardInterrupt

    monkeypatch.setattr(setup, "run", interrupted)
    assert setup.main([]) == 130
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no make")
def test_missing_python_is_said() -> None:
    done = subprocess.run(
        ["make", "--no-print-directory", "setup", "PYTHON=no-such-python"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode
    assert done.stderr.splitlines()[0].startswith("Python is missing: install Python 3.11.5 or")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no make")
def test_help_lists_every_command() -> None:
    done = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True)
    listed = [line.split()[1] for line in done.stdout.splitlines()]
    for command in ("serve", "build", "test", "check", "diagrams", "bench", "new", "clean"):
        assert command in listed
    assert all(len(line.split()) > 3 for line in done.stdout.splitlines())
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"make ([a-z]+)", readme)) <= set(listed)


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port on which something listens."""
    with socket.socket() as listener:
        listener.bind((serve.HOST, 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_taken_port_is_said(taken_port: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert serve.main([str(taken_port)]) == 1
    errors = capsys.readouterr().err.splitlines()
    assert len(errors) == 1
    assert f"Port {taken_port} is taken" in errors[0]


@pytest.mark.parametrize("wanted", ["http", "-1", "0", "65536", "8000.5"])
def test_what_is_no_port_is_said(wanted: str) -> None:
    with pytest.raises(serve.PortError, match="is not a port"):
        serve.choose_port(wanted)


def test_first_free_port_is_taken(taken_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "FIRST", taken_port)
    assert serve.choose_port("") != taken_port


def test_no_free_port_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "is_free", lambda port: False)
    with pytest.raises(serve.PortError, match="Ports 8000 to 8099 are all taken"):
        serve.choose_port("")


class NoBrowser:
    """Stands in for Playwright on a machine without any browser."""

    class chromium:  # noqa: N801 (as Playwright spells it)
        executable_path = "/no/such/browser"


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """No browser is installed and no command works; return the commands that were tried."""
    tried: list[list[str]] = []

    def fail(command: list[str]) -> subprocess.CompletedProcess[str]:
        tried.append(command)
        return subprocess.CompletedProcess(command, 1, "", "")

    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(browser, "installed", list)
    monkeypatch.setattr(browser, "shells", list)
    monkeypatch.setattr(browser, "run", fail)
    return tried


def test_no_browser_is_said_and_sudo_never_asked(
    bare: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "can_install", lambda: False)
    with pytest.raises(browser.BrowserError, match="`python -m playwright install chromium`"):
        browser.provide(NoBrowser())  # type: ignore[arg-type]
    assert bare == [[sys.executable, "-m", "playwright", "install", "chromium"]]


@pytest.mark.parametrize("root", [True, False])
def test_playwright_that_does_not_start_is_said(
    bare: list[list[str]], monkeypatch: pytest.MonkeyPatch, root: bool
) -> None:
    monkeypatch.setattr(browser, "can_install", lambda: root)
    with pytest.raises(browser.BrowserError, match=r"^Playwright does not start .*libatomic1"):
        browser.provide_driver()
    assert ("apt-get" in {command[0] for command in bare}) is root


def test_root_is_told_before_a_package_is_installed(
    bare: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(browser, "can_install", lambda: True)
    with pytest.raises(browser.BrowserError):
        browser.provide(NoBrowser())  # type: ignore[arg-type]
    assert "installing Debian's package chromium with apt-get, as root" in capsys.readouterr().out
    assert bare[-1][:2] == ["apt-get", "install"]
    assert not any("sudo" in command for command in bare)


def test_the_quick_browser_comes_first_and_a_whole_one_where_it_must_be(
    bare: list[list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    whole, shell = tmp_path / "chromium", tmp_path / "shell"
    whole.touch()
    monkeypatch.setattr(browser, "installed", lambda: [whole])
    assert browser.find(NoBrowser()) == whole  # type: ignore[arg-type]
    monkeypatch.setattr(browser, "shells", lambda: [tmp_path / "gone", shell])
    assert browser.find(NoBrowser()) == whole, "not there"  # type: ignore[arg-type]
    shell.touch()
    assert browser.find(NoBrowser()) == shell  # type: ignore[arg-type]
    assert browser.find(NoBrowser(), whole=True) == whole  # type: ignore[arg-type]


@pytest.mark.parametrize(("root", "asked"), [(True, True), (False, False)])
def test_root_gets_the_quick_browser_beside_a_whole_one(
    bare: list[list[str]], monkeypatch: pytest.MonkeyPatch, root: bool, asked: bool
) -> None:
    monkeypatch.setattr(browser, "installed", lambda: [Path(sys.executable)])
    monkeypatch.setattr(browser, "can_install", lambda: root)
    assert browser.provide(NoBrowser()) == Path(sys.executable)  # type: ignore[arg-type]
    assert ("chromium-headless-shell" in [word for line in bare for word in line]) == asked
    monkeypatch.setenv("CHROMIUM", sys.executable)
    bare.clear()
    assert browser.provide(NoBrowser()) == Path(sys.executable)  # type: ignore[arg-type]
    assert bare == [], "who names a browser gets that one"


def test_chromium_variable_comes_first(
    bare: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHROMIUM", sys.executable)
    assert browser.provide(NoBrowser()) == Path(sys.executable)  # type: ignore[arg-type]
    assert not bare


def test_wrong_chromium_variable_is_said(
    bare: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHROMIUM", "/no/such/browser")
    with pytest.raises(browser.BrowserError, match="CHROMIUM names no program"):
        browser.provide(NoBrowser())  # type: ignore[arg-type]
    assert not bare


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="only systems with users have a root")
@pytest.mark.parametrize(("user", "there"), [(0, True), (1000, False)])
def test_only_root_goes_without_sandbox(
    user: int, there: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user)
    assert ("--no-sandbox" in browser.flags()) is there


def test_pins_name_no_machine_and_no_host() -> None:
    for file in ROOT.glob("requirements*.txt"):
        text = file.read_text(encoding="utf-8")
        assert "://" not in text, file.name
        pins = [line for line in text.splitlines() if line[:1].isalnum()]
        assert pins, file.name
        assert all("==" in line for line in pins), file.name
        assert text.count("--hash=sha256:") >= len(pins), file.name


def test_environments_agree() -> None:
    def pins(name: str) -> set[str]:
        text = (ROOT / name).read_text(encoding="utf-8")
        return {line.split()[0] for line in text.splitlines() if line[:1].isalnum()}

    site = pins("requirements.txt")
    assert site <= pins("requirements-test.txt")
    assert site <= pins("requirements-properdocs.txt")
