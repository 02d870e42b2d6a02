"""The edge to the file system and to git: where a project's parts are, and how to reach them."""

from __future__ import annotations

import os
import re
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

from annotated.check import check_site, diagrams, svg
from annotated.check.since import changed_without_reading
from annotated.records.load import Site, load_site
from annotated.records.located import read_yaml
from annotated.records.problems import Problem, in_order


def open_project(root: Path, docs: Path, language: str, today: date) -> tuple[Site, list[Problem]]:
    """Load and check the project at `root`; return the site and all its problems in order."""
    site, problems = load_site(root, docs, language)
    folder = drawings_of(root)
    drawings = svg.only_drawn(folder, folder.relative_to(root).as_posix())
    return site, in_order([*problems, *check_site(site, today), *drawings])


def drawings_of(root: Path) -> Path:
    """The folder of stored drawings."""
    return root / "overrides" / "assets" / "drawings"


def drawing_settings(root: Path) -> bytes:
    """The settings that drawings are made with; empty in a project that draws nothing."""
    file = root / "tools" / "draw" / "settings.json"
    return file.read_bytes() if file.exists() else b""


def check_diagrams(site: Site, root: Path) -> list[Problem]:
    """Check every diagram: named, drawn, not too large; and that no drawing is left over."""
    folder, settings = drawings_of(root), drawing_settings(root)
    fences = [fence for page in site.pages.values() for fence in page.fences]
    return in_order(
        [
            *diagrams.named_and_described(fences),
            *diagrams.drawn(fences, folder, settings),
            *diagrams.unused(fences, folder, settings, folder.relative_to(root).as_posix()),
        ]
    )


def compare_with(site: Site, root: Path, revision: str) -> list[Problem]:
    """Compare the claims with those of a git revision.

    Raises:
        ValueError: git does not know the revision.
    """
    names = _git(root, "ls-tree", "-r", "--name-only", revision, "data/claims", "data/sources.yml")
    claims: dict[str, Any] = {}
    reads: dict[str, str] = {}
    for name in names.splitlines():
        document, _ = read_yaml(name, _git(root, "show", f"{revision}:{name}"))
        if document is None:
            continue
        for item in document.value.get("claims", []):
            claims[item.get("id")] = item
        for item in document.value.get("sources", []):
            reads[item.get("id")] = item.get("read", "")
    return in_order(changed_without_reading(site, claims, reads))


def repository_url(root: Path) -> str:
    """The project's web address: REPOSITORY_URL, else the git remote, else empty."""
    given = os.environ.get("REPOSITORY_URL", "")
    if given:
        return given.rstrip("/")
    try:
        remote = _git(root, "remote", "get-url", "origin").strip()
    except ValueError:
        return ""
    return web_address(remote)


def web_address(remote: str) -> str:
    """Turn a git remote into its web address; empty where it has none.

    >>> web_address("git@github.com:someone/notes.git")
    'https://github.com/someone/notes'
    """
    match = re.fullmatch(
        r"(?:https://(?:[^@/]+@)?|ssh://git@|git@)([\w.-]+\.\w+)[:/](.+?)(?:\.git)?/?", remote
    )
    return f"https://{match[1]}/{match[2]}" if match else ""


def _git(root: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=root, capture_output=True, text=True, check=False
        )
    except OSError as error:
        raise ValueError(f"git cannot be run: {error.strerror}") from error
    if done.returncode:
        raise ValueError(done.stderr.strip().splitlines()[0] if done.stderr else "git failed")
    return done.stdout


def read_folder(folder: Path) -> dict[str, bytes]:
    """Return every file below `folder` by its path, with forward slashes."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def write_folder(folder: Path, before: dict[str, bytes], after: dict[str, bytes]) -> None:
    """Make `folder`, which holds the files `before`, hold the files `after`."""
    for path in before.keys() - after.keys():
        (folder / path).unlink()
    for path, content in after.items():
        if before.get(path) != content:
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
