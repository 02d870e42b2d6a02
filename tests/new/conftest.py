"""A site as `make new` leaves it, with the packages of this environment lent to it."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

#: Who works with git in the tests, whatever the machine's own settings are.
SOMEBODY = {
    "GIT_AUTHOR_NAME": "Some Body", "GIT_AUTHOR_EMAIL": "some@example.org",
    "GIT_COMMITTER_NAME": "Some Body", "GIT_COMMITTER_EMAIL": "some@example.org",
    "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull,
}  # fmt: skip


def run(
    folder: Path, *command: str, given: str | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a command as somebody at a terminal would, without what pytest and make put around it."""
    apart = ("PYTEST", "MAKE", "GIT_", "PYTHONPATH", "VIRTUAL_ENV", "NAME", "LICENSE")
    known = {key: value for key, value in os.environ.items() if not key.startswith(apart)}
    return subprocess.run(
        command, cwd=folder, input=given, capture_output=True, text=True, check=False,
        env={**known, **SOMEBODY, **environment},
    )  # fmt: skip


def new(
    folder: Path | str, licence: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Make a site."""
    return run(ROOT, sys.executable, "tools/new", str(folder), licence, given="", **environment)


def lend_packages(site: Path) -> None:
    """Give a site this environment as its own, as if it had been set up there."""
    own = Path(sys.prefix)
    (site / ".venv").mkdir()
    for part in (Path(sys.executable).parent.name, "lib", "pyvenv.cfg"):
        (site / ".venv" / part).symlink_to(own / part)
    for file in site.glob("requirements*.txt"):
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        (site / ".venv" / f"{file.name}.sha256").write_text(digest, encoding="ascii")


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new site, to be looked at."""
    folder = tmp_path_factory.mktemp("new") / "notes"
    done = new(folder, "cc-by-4.0")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def mine(made: Path, tmp_path: Path) -> Path:
    """A new site, to be changed."""
    return Path(shutil.copytree(made, tmp_path / "mine", symlinks=True))
