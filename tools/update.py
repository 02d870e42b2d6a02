"""Take the engine of today into this site: ``python3 tools/update.py [FROM]``, or ``make update``.

FROM is the address or the folder of the project that the site was made from; git remembers it.
What changed in the engine since it came is applied as one commit, by git: what the owner changed
stays, and where both changed the same, both stand in the file until the owner has chosen.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import terminal
from engine import LOCK, PATHS, ROOT, SOURCE, Came, EngineError, Git, came_with, stage, version

#: A file of the owner stays where it is, even if the engine's files beside it move.
_APPLY = (
    "-c", "merge.directoryRenames=false", "-c", "merge.conflictStyle=merge",
    "-c", "commit.gpgSign=false", "cherry-pick", "--allow-empty",
)  # fmt: skip


def main(arguments: list[str], root: Path = ROOT) -> int:
    """Update the site at `root`; print one sentence and return 1 where that is not possible."""
    try:
        return update(root, arguments[0] if arguments else "")
    except EngineError as error:
        print(error, file=sys.stderr)
        return 1


def update(root: Path, given: str) -> int:
    """Take over what is new; return 0 if nothing is left to do, 1 if the owner has to choose.

    Raises:
        EngineError: it cannot be done; nothing was changed.
    """
    git, came = Git(root), came_with(root)
    ready(git)
    address = given or git.run("config", SOURCE).stdout.strip()
    if not address:
        raise EngineError("Say where the engine comes from: make update FROM=https://...")
    with fetched(address) as source:
        new = version(source)
        if _numbers(new) < _numbers(came.version):
            raise EngineError(f"The engine there is older: {new}, and here is {came.version}")
        change = written(git, came, source)
    git("config", SOURCE, str(Path(address).resolve()) if Path(address).is_dir() else address)
    if not change:
        print(f"The engine is the one of today, {new}, already.")
        return 0
    print(f"The engine: {came.version} -> {new}, from {address}")
    name_what_is_yours(came, git)
    return applied(git, change, came.version, new)


def ready(git: Git) -> None:
    """Make sure that whatever comes can be taken back.

    Raises:
        EngineError: it could not.
    """
    top = git("rev-parse", "--show-toplevel").strip()
    if Path(top).resolve() != git.folder.resolve():
        raise EngineError(f"This site is a folder of a larger repository, '{top}': move it out")
    if git("status", "--porcelain", "--untracked-files=no"):
        raise EngineError("There are changes that are not committed: commit them, then run this")
    if git.run("var", "GIT_COMMITTER_IDENT").returncode:
        raise EngineError('Git does not know you: run git config --global user.name "Your Name"'
                          " and git config --global user.email you@example.org")  # fmt: skip


@contextmanager
def fetched(address: str) -> Iterator[Path]:
    """The project that the engine comes from, as a folder.

    Raises:
        EngineError: it cannot be had.
    """
    if (Path(address) / PATHS).is_file():
        yield Path(address).resolve()
        return
    with tempfile.TemporaryDirectory(prefix="engine.") as folder:
        git = Git(Path(folder))
        done = git.run("clone", "--quiet", "--depth=1", "--", _absolute(address), "source")
        if done.returncode:
            said = done.stderr.strip().splitlines()
            raise EngineError(f"'{address}' cannot be fetched: {said[-1] if said else ''}")
        yield Path(folder) / "source"


def _absolute(address: str) -> str:
    return str(Path(address).resolve()) if Path(address).exists() else address


def written(git: Git, came: Came, source: Path) -> str:
    """Write what changed in the engine as a commit beside the history; empty if nothing did."""
    with git.apart() as aside:
        known = aside("cat-file", "--batch-check", given="".join(f"{h}\n" for h in came.hashes))
        missing = {line.split()[0] for line in known.splitlines() if line.endswith(" missing")}
        # A file whose first state is not in this repository, as after a shallow clone, counts as
        # new: if it was changed here, both states are shown.
        aside("update-index", "--index-info", given=came.entries(without=missing))
        lock = git("rev-parse", f"HEAD:{LOCK}").strip()
        aside("update-index", "--add", "--cacheinfo", f"100644,{lock},{LOCK}")
        before = aside("write-tree").strip()
    with git.apart() as aside:
        stage(aside, source)
        after = aside("write-tree").strip()
        now = aside("ls-files", "--stage", "--", f":!{LOCK}")
    if now == came.entries():
        return ""
    old = git("commit-tree", before, "-m", f"Engine {came.version}").strip()
    message = f"Engine {came.version} -> {version(source)}"
    return git("commit-tree", after, "-p", old, "-m", message).strip()


def name_what_is_yours(came: Came, git: Git) -> None:
    """Print what the owner changed in the engine."""
    changed = came.changed(git)
    if not changed:
        print("You have changed nothing of it.")
        return
    print("You have changed, and it stays so:")
    for path, how in changed.items():
        print(f"  {path}{how}")


def applied(git: Git, change: str, old: str, new: str) -> int:
    """Apply the change; return 0 if all of it fits, 1 if the owner has to choose."""
    before = git("rev-parse", "HEAD").strip()
    done = git.run(*_APPLY, change)
    if not done.returncode:
        summary = git("diff", "--shortstat", before, "HEAD").strip()
        print(f"Taken over in one commit: {summary}.")
        if _numbers(new)[:1] != _numbers(old)[:1]:
            print("Its first number is another: records or pages may have to be changed by hand.")
        print("Next: make test\nTo take it back: git revert HEAD")
        return 0
    both = sorted({line.partition("\t")[2] for line in git("ls-files", "-u").splitlines()})
    if not both:
        git.run("cherry-pick", "--abort")
        lines = [line.strip() for line in done.stderr.splitlines() if line.startswith("\t")]
        if lines:
            raise EngineError(f"In the way, and not in git: {', '.join(lines)}. Move it first")
        raise EngineError(f"git: {(done.stderr or done.stdout).strip().splitlines()[0]}")
    states = dict(_states(git("status", "--porcelain")))
    print("You and the engine changed the same; choose in:")
    for path in both:
        print(f"  {path}: {_BOTH.get(states.get(path, ''), 'see git status')}")
    print("Then: git add --all && git -c core.editor=true cherry-pick --continue && make test\n"
          "Or take all of it back: git cherry-pick --abort")  # fmt: skip
    return 1


#: What git's two letters for a file mean here.
_BOTH = {
    "UU": "yours above =======, the engine's below",
    "AA": "yours above =======, the engine's below",
    "UD": "the engine has it no longer; yours is there (git rm it, or keep it)",
    "DU": "you have removed it; the engine's is there (git rm it, or keep it)",
    "AU": "the engine moved it; yours is there",
    "UA": "the engine moved it here",
    "DD": "gone on both sides, under another name (git rm it)",
}


def _states(said: str) -> Iterator[tuple[str, str]]:
    for line in said.splitlines():
        yield line[3:], line[:2]


def _numbers(text: str) -> list[int]:
    """A version as numbers, to compare; a version that is none comes first."""
    return [int(part) for part in text.split(".") if part.isdecimal()]


if __name__ == "__main__":
    sys.exit(terminal.run(lambda: main(sys.argv[1:])))
