"""The ten steps of the README, run as they stand there, from a text file to a pushed site."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import textwrap
import urllib.request
from pathlib import Path

import pytest

from tests.conftest import ROOT, staged
from tests.new.conftest import SOMEBODY, lend_packages, run

#: Where the README pushes to; git is told to take a folder for it.
FORGE = "https://github.com/you/"


def steps() -> list[str]:
    """The commands of each step."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    section = re.split(r"^## ", text.partition("\n## Your own notes\n")[2], flags=re.MULTILINE)[0]
    numbered = re.split(r"^\d+\. ", section, flags=re.MULTILINE)[1:]
    blocks = [re.search(r"(?s)```sh\n(.*?)\n *```", step) for step in numbered]
    return [textwrap.dedent(block[1]) for block in blocks if block]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone of this project, as far as a new site is made of it."""
    folder = tmp_path / "clone"
    staged(folder, ROOT)
    (folder / "engine.lock").unlink()
    for part in ("starter", "tools/new"):
        shutil.copytree(ROOT / part, folder / part, dirs_exist_ok=True)
    for name in ("engine.mk", "requirements-engine.txt"):
        shutil.copy(ROOT / name, folder / name)
    lend_packages(folder)
    return folder


def serve(folder: Path) -> str:
    """Run `make serve` until the site answers; return its first page."""
    known = {
        key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "GIT_"))
    }
    process = subprocess.Popen(
        ["make", "serve"], cwd=folder, env={**known, **SOMEBODY}, text=True, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert process.stdout
    address, said = "", ""
    try:
        for line in process.stdout:
            said += line
            found = re.search(r"http://127\.0\.0\.1:\d+/", line)
            address = found[0] if found and not address else address
            if "Serving on" in line:
                with urllib.request.urlopen(address, timeout=60) as answer:
                    return str(answer.read().decode())
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(timeout=60)
        process.stdout.close()
    raise AssertionError(said)


def test_ten_steps_lead_from_a_text_file_to_a_pushed_site(clone: Path, tmp_path: Path) -> None:
    commands = steps()
    assert len(commands) == 10
    settings = tmp_path / "gitconfig"
    remote = tmp_path / "remote"
    settings.write_text(f'[url "file://{remote}/"]\n\tinsteadOf = {FORGE}\n', encoding="utf-8")
    run(tmp_path, "git", "init", "--quiet", "--bare", str(remote / "my-notes"))
    here, said = clone, ""
    for number, command in enumerate(commands, 1):
        if command == "make serve":
            assert "Tea, annotated" in serve(here)
            continue
        script = f"set -e\n{command}\npwd > {tmp_path}/here\n"
        done = run(here, "sh", "-c", script, GIT_CONFIG_GLOBAL=str(settings))
        said = f"step {number}\n{done.stdout}\n{done.stderr}"
        assert done.returncode == 0, said
        assert "Traceback" not in said
        here = Path((tmp_path / "here").read_text(encoding="utf-8").strip())
        if not (here / ".venv").exists():
            lend_packages(here)
    pushed = run(remote / "my-notes", "git", "ls-tree", "-r", "--name-only", "main").stdout.split()
    assert {"docs/en/tea.md", "data/claims/tea.yml"} <= set(pushed)
    assert not [path for path in pushed if path.endswith(("brewing.md", "notes.txt"))]
    done = run(here, "make", "build")
    assert done.returncode == 0, done.stderr
    page = (here / "site" / "tea.html").read_text(encoding="utf-8")
    assert "They differ by how far the leaves are oxidised." in page
