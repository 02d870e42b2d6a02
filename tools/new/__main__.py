"""Start a site for your own notes: ``python tools/new FOLDER [LICENCE]``, or ``make new NAME=...``.

The folder becomes a git repository that publishes when it is pushed: the starter, which is its
owner's from then on, and the engine, of which `engine.lock` keeps a list for later updates.
"""

from __future__ import annotations

import html
import json
import re
import shlex
import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import terminal  # noqa: E402
from engine import ROOT, SOURCE, EngineError, Git, stage, version  # noqa: E402

STARTER = ROOT / "starter"
TEXTS = HERE / "licences"
#: What GitHub publishes from unless it is told otherwise.
BRANCH = "main"


@dataclass(frozen=True)
class Licence:
    """A licence for what the owner writes: its name, and where it is explained."""

    name: str
    url: str


#: By the names that SPDX gives them; without one, all rights stay with the owner.
LICENCES = {
    "cc-by-4.0": Licence("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "cc-by-sa-4.0": Licence("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    "cc0-1.0": Licence("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "mit": Licence("MIT", "https://opensource.org/license/mit"),
    "apache-2.0": Licence("Apache 2.0", "https://www.apache.org/licenses/LICENSE-2.0"),
}  # fmt: skip
NONE = "none"


def main(arguments: list[str]) -> int:
    """Make the folder; print one sentence and return 1 where that is not possible."""
    try:
        folder = place(arguments[0] if arguments else "")
        licence = chosen(arguments[1] if len(arguments) > 1 else "")
        committed = make(folder, licence)
    except EngineError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:
        raise
    except OSError as error:
        print(f"'{error.filename or folder}': {(error.strerror or str(error)).lower()}",
              file=sys.stderr)  # fmt: skip
        return 1
    except KeyboardInterrupt:
        print("\nStopped; nothing was made.", file=sys.stderr)
        return 130
    terms = f"under {LICENCES[licence].name}" if licence in LICENCES else "all rights yours"
    print(f"A site for your notes stands in '{folder}', {terms}.")
    if not committed:
        print("Git does not know you yet, so nothing is committed. Say once:\n"
              '  git config --global user.name "Your Name"\n'
              "  git config --global user.email you@example.org\n"
              "and then, in the folder: git commit -m 'The first state'")  # fmt: skip
    print(f"Next: cd {_typed(folder)} && make serve")
    return 0


def place(name: str) -> Path:
    """Return the folder that a name stands for.

    Raises:
        EngineError: it is none that can be made.
    """
    if not name.strip():
        raise EngineError("Say where: make new NAME=../my-notes")
    if any(ord(letter) < 32 for letter in name):
        raise EngineError(f"{name!r} is no name for a folder: write it on one line")
    try:
        folder = Path(name).expanduser()
    except RuntimeError:
        raise EngineError(f"'{name}' names the home of somebody who is not here") from None
    if "~" in folder.parts:
        raise EngineError(f"'{folder}' has a folder '~', which shells take for your home")
    if _there(folder):
        raise EngineError(f"'{folder}' exists already; choose a new name")
    if folder.resolve().is_relative_to(ROOT):
        raise EngineError(f"'{folder}' is inside this project; name a place beside it")
    return folder


def _there(folder: Path) -> bool:
    """Tell whether something has a name already, were it a link to nothing.

    Raises:
        OSError: nothing can have this name.
    """
    try:
        folder.lstat()
    except FileNotFoundError:
        return False
    return True


def chosen(given: str) -> str:
    """Return the licence that was named, or that is asked for where somebody can answer.

    Raises:
        EngineError: there is no such licence.
    """
    names = [*LICENCES, NONE]
    if not given and sys.stdin.isatty() and sys.stdout.isatty():
        print("Under which licence may others use what you write? " + ", ".join(names))
        try:
            given = input(f"[{NONE}] ")
        except EOFError:
            print()
    wanted = given.strip().lower() or NONE
    if wanted not in names:
        raise EngineError(f"'{given}' is none of the licences: {', '.join(names)}")
    return wanted


def make(folder: Path, licence: str) -> bool:
    """Make the folder, whole or not at all; tell whether its first state could be committed."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".new-notes.", dir=folder.parent) as made:
        part = Path(made).absolute() / "site"
        part.mkdir()
        committed = fill(part, licence)
        part.rename(folder)
    return committed


def fill(folder: Path, licence: str) -> bool:
    """Make a repository with all that a site needs; tell whether it could be committed."""
    git = Git(folder)
    git("init", "--quiet", f"--initial-branch={BRANCH}")
    stage(git, ROOT)
    git("add", "--ignore-removal", "--", ".", work_tree=STARTER)
    git("checkout-index", "--all")
    sign(folder, licence, _owner(git))
    git("config", SOURCE, _source())
    git("add", "--all")
    if git.run("var", "GIT_COMMITTER_IDENT").returncode:
        return False
    # Neither a key to sign with nor a hook of another project may stand in the way.
    git("-c", "commit.gpgSign=false", "commit", "--quiet", "--no-verify", "-m",
        f"A site for notes, made with engine {version(ROOT)}")  # fmt: skip
    return True


def sign(folder: Path, licence: str, owner: str) -> None:
    """Write whose the texts are, and what others may do with them."""
    year = date.today().year
    given = LICENCES.get(licence)
    # In any language of the site: whose, since when, and the licence by its name.
    mark = f"© {year} {owner}" + (f", {given.name}" if given else "")
    shown = json.dumps(html.escape(mark, quote=False), ensure_ascii=False)
    _put(folder / "mkdocs.yml", r"^( *copyright: ).*$", shown)
    for readings in folder.glob("data/translated/*.txt"):  # alike in all: there is nothing to read
        _put(readings, r"^()[0-9a-f]+ mkdocs\.yml:copyright\n", "")
    _put(folder / "mkdocs.yml", r"^(  licence: ).*$", f'"{given.url if given else ""}"')
    terms = f"© {year} {owner}, all rights reserved."
    if given:
        terms = f"© {year} {owner}, [{given.name}]({given.url}): see [LICENSE](LICENSE)."
        words = (TEXTS / f"{licence}.txt").read_text(encoding="utf-8")
        words = words.replace("{year}", str(year)).replace("{holder}", owner)
        (folder / "LICENSE").write_text(words, encoding="utf-8")
    for readme in folder.glob("README*.md"):
        _put(readme, r"^()<!-- licence -->$", terms)
    engine = (TEXTS / "mit.txt").read_text(encoding="utf-8")
    engine = engine.replace("{year}", str(year)).replace("{holder}", "the authors of the engine")
    (folder / "LICENSE-ENGINE").write_text(engine, encoding="utf-8")


def _put(file: Path, pattern: str, text: str) -> None:
    """Replace what follows the group in the lines of a file that fit a pattern."""
    old = file.read_text(encoding="utf-8")
    new, count = re.subn(pattern, lambda line: line[1] + text, old, flags=re.MULTILINE)
    assert count, f"{file.name}: {pattern}"
    file.write_text(new, encoding="utf-8")


def _owner(git: Git) -> str:
    """Whose the site is, as git knows it."""
    return git.run("config", "user.name").stdout.strip() or "the authors"


def _source() -> str:
    """Where later versions come from: the address of this clone's origin, or the clone itself.

    The address serves longer, but only if it has what was taken.
    """
    git = Git(ROOT)
    address = git.run("remote", "get-url", "origin").stdout.strip()
    changed = git.run("status", "--porcelain").stdout
    there = git.run("branch", "--remotes", "--contains", "HEAD").stdout
    if not address or changed or not there:
        return str(ROOT)
    local = ROOT / address
    return str(local.resolve()) if local.exists() else address


def _typed(folder: Path) -> str:
    """A folder as it is typed after `cd`."""
    text = str(folder)
    return shlex.quote(f"./{text}" if text.startswith("-") else text)


if __name__ == "__main__":
    sys.exit(terminal.run(lambda: main(sys.argv[1:])))
