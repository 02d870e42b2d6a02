"""What a site was made from: which files came with the engine, and in what state.

The engine is all of a site that is not its owner's: hooks, theme, tools, tests. A site keeps a
list of it, ``engine.lock``, a file a line with git's hash of what came; by it `make update` and
`make doctor` tell what the owner has changed since. Git is the only thing that is needed.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

#: The list of the engine's files: in a site, as they came.
LOCK = "engine.lock"
#: Where git keeps where later versions come from; it is never pushed.
SOURCE = "engine.source"
#: The paths that are the engine's: in the project that sites are made from.
PATHS = "tools/new/engine.txt"
_VERSION = re.compile(r'^__version__ = "([\w.]+)"', re.MULTILINE)


class EngineError(Exception):
    """Why something cannot be done, as one sentence for the person at the terminal."""


@dataclass(frozen=True)
class Git:
    """A repository, with the folder and the list of files ("index") that git works on."""

    folder: Path
    index: Path | None = None

    def __call__(
        self, *arguments: str, given: str | None = None, work_tree: Path | None = None
    ) -> str:
        """Run git and return what it says.

        Raises:
            EngineError: git is missing or refuses; the message is its own.
        """
        done = self.run(*arguments, given=given, work_tree=work_tree)
        if done.returncode:
            said = (done.stderr or done.stdout).strip().splitlines()
            raise EngineError(f"git {arguments[0]}: {said[-1] if said else 'it gives no reason'}")
        return done.stdout

    def run(
        self, *arguments: str, given: str | None = None, work_tree: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run git; the caller looks at what came of it.

        Raises:
            EngineError: git is missing.
        """
        # What a hook or an alias of git leaves in the environment is about another repository.
        known = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        kept = {key: value for key, value in os.environ.items() if key in _IDENTITY}
        index = {"GIT_INDEX_FILE": str(self.index)} if self.index else {}
        where = [] if work_tree is None else [
            f"--git-dir={self.folder / '.git'}", f"--work-tree={work_tree}"
        ]  # fmt: skip
        try:
            return subprocess.run(
                ["git", *_SETTINGS, *where, *arguments],
                cwd=work_tree or self.folder,
                env={**known, **kept, **index, "LC_ALL": "C.UTF-8"},
                input=given,
                capture_output=True,
                encoding="utf-8",
                errors="surrogateescape",
                check=False,
            )
        except FileNotFoundError:
            raise EngineError("git is missing: install it and run this again") from None

    @contextmanager
    def apart(self) -> Iterator[Git]:
        """Work on an empty list of files, beside the one that the owner sees."""
        with tempfile.TemporaryDirectory(prefix="engine.") as folder:
            yield Git(self.folder, Path(folder) / "index")


#: Paths as they are, and no rule of the person's own about what is to be left out.
_SETTINGS = ("-c", "core.quotePath=false", "-c", f"core.excludesFile={os.devnull}")
#: What git may be told about the person who works with it.
_IDENTITY = (
    "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL",
    "GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM", "GIT_SSH_COMMAND", "GIT_ASKPASS",
)  # fmt: skip


def paths(source: Path) -> list[str]:
    """Return the paths that are the engine's, as git takes them.

    Raises:
        EngineError: the folder is none that sites are made from.
    """
    try:
        lines = (source / PATHS).read_text(encoding="utf-8").splitlines()
    except OSError:
        raise EngineError(f"'{source}' holds no engine: there is no {PATHS} in it") from None
    return [line for line in lines if line and not line.startswith("#")]


def version(source: Path) -> str:
    """Return the version of the engine in a folder; empty if it tells none."""
    file = source / "hooks" / "annotated" / "__init__.py"
    found = _VERSION.search(file.read_text(encoding="utf-8")) if file.is_file() else None
    return found[1] if found else ""


def stage(git: Git, source: Path) -> None:
    """Put the engine's files of a folder, and their list, into git's list of files."""
    git("add", "--", *paths(source), work_tree=source)
    came = git("ls-files", "--stage")
    blob = git("hash-object", "-w", "--stdin", given=f"# engine {version(source)}\n{came}").strip()
    git("update-index", "--add", "--cacheinfo", f"100644,{blob},{LOCK}")


@dataclass(frozen=True)
class Came:
    """What came with the engine: its version, and git's entry of each file by its path."""

    version: str
    files: dict[str, str]

    @property
    def hashes(self) -> list[str]:
        """Git's hash of each file."""
        return [entry.split()[1] for entry in self.files.values()]

    def entries(self, without: Collection[str] = ()) -> str:
        """The files as git lists them, but for those whose hash is in `without`."""
        return "".join(
            f"{entry}\n" for entry in self.files.values() if entry.split()[1] not in without
        )

    def changed(self, git: Git) -> dict[str, str]:
        """The files that are no longer as they came, and how that is said after their name."""
        now = dict(_entries(git("ls-files", "--stage")))
        return {
            path: "" if path in now else " (removed)"
            for path, entry in self.files.items()
            if now.get(path) != entry
        }


def came_with(site: Path) -> Came:
    """Read what came with the engine.

    Raises:
        EngineError: the folder is no site that was made from one.
    """
    try:
        first, *lines = (site / LOCK).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        raise EngineError(
            f"There is no {LOCK} here: this is no site that `make new` made"
        ) from None
    files = dict(_entries("\n".join(lines)))
    return Came(first.removeprefix("# engine").strip(), files)


def _entries(said: str) -> Iterator[tuple[str, str]]:
    for line in said.splitlines():
        yield line.partition("\t")[2], line
