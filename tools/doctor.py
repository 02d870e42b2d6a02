"""Say in one screen what is missing for what, and the command that mends it.

Run as ``python3 tools/doctor.py``, or ``make doctor``. It needs nothing but Python, changes
nothing, and asks nothing of the network. The exit code is 0 if the site can be built. Syntax that
Python 3.6 can read: an old Python must get far enough to say that it is too old.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "hooks")]

import setup  # noqa: E402
import terminal  # noqa: E402

#: The oldest Node that draws diagrams.
NODE = 20
#: The branch that the workflow publishes.
BRANCH = "main"

DEBIAN, MACOS, WINDOWS, OTHER = "Debian", "macOS", "Windows", "other"
#: What brings a thing that is missing, by the kind of system.
MENDED_BY = {
    "python": {
        DEBIAN: "sudo apt install python3 python3-venv   # or pyenv, where that is too old",
        MACOS: "brew install python",
        WINDOWS: "winget install Python.Python.3.13",
        OTHER: "https://www.python.org/downloads/",
    },
    "venv": {
        DEBIAN: "sudo apt install python3-venv",
        MACOS: "brew install python",
        WINDOWS: "winget install Python.Python.3.13",
        OTHER: "install your system's package with Python's module venv",
    },
    "git": {
        DEBIAN: "sudo apt install git",
        MACOS: "brew install git",
        WINDOWS: "winget install Git.Git",
        OTHER: "https://git-scm.com/downloads",
    },
    "make": {
        DEBIAN: "sudo apt install make",
        MACOS: "xcode-select --install",
        WINDOWS: "type the commands that `make help` would run; README has the first ones",
        OTHER: "install your system's package make",
    },
    "browser": {
        DEBIAN: "sudo apt install chromium   # or let `make test` fetch one",
        MACOS: "brew install --cask google-chrome",
        WINDOWS: "winget install Google.Chrome",
        OTHER: "install Chrome, Edge or Chromium, or let `make test` fetch one",
    },
    "fonts": {
        DEBIAN: "sudo apt install fonts-noto-cjk",
        OTHER: "install your system's package of Noto Sans CJK",
    },
    "node": {
        DEBIAN: "sudo apt install nodejs npm   # or nvm, where that is older than Node 20",
        MACOS: "brew install node",
        WINDOWS: "winget install OpenJS.NodeJS.LTS",
        OTHER: "https://nodejs.org/",
    },
}

#: What is there, what is missing, what cannot be seen from here or may wait.
GOOD, BAD, UNKNOWN = "ok", "--", "??"


class Finding(NamedTuple):
    """One line: whether something is there, what it is, and what brings it."""

    mark: str
    text: str
    mend: str


def main() -> int:
    """Print what was found; return 0 if the site can be built."""
    system = kind_of_system()
    needed = building(system)
    show("To build, check and show the site", needed)
    # What follows reads modules that an old Python cannot read.
    if recent():
        show("To test it, and to draw cards", testing(system))
        show("To draw diagrams", drawing(system))
        show("To publish it", publishing())
    works = all(finding.mark != BAD for finding in needed)
    print("Building works." if works else "Building does not work yet: mend what stands first.")
    return 0 if works else 1


def show(title: str, findings: "list[Finding]") -> None:
    """Print what was found for one purpose."""
    print(title)
    for finding in findings:
        print(f"  {finding.mark} {finding.text}")
        if finding.mend:
            print(f"       {finding.mend}")


def recent() -> bool:
    """Tell whether this Python is one that the site can be built with."""
    return tuple(sys.version_info[:3]) >= setup.OLDEST


def kind_of_system() -> str:
    """Tell which commands bring what is missing."""
    if sys.platform == "darwin":
        return MACOS
    if sys.platform == "win32":
        return WINDOWS
    return DEBIAN if shutil.which("apt-get") else OTHER


def building(system: str) -> "list[Finding]":
    """What every command needs."""
    shown = f"Python {setup.dotted(tuple(sys.version_info[:3]))}"
    if not recent():
        old = f"{shown}: {setup.dotted(setup.OLDEST)} or newer is needed"
        return [_missing("python", old, system)]
    found = [Finding(GOOD, shown, "")]
    if setup.interpreter(ROOT / ".venv").exists():
        found.append(Finding(GOOD, "its packages, in .venv", ""))
    elif setup.lacking():
        lacks = f"Python's module {setup.lacking()}, which makes .venv"
        found.append(_missing("venv", lacks, system))
    else:
        text = "its packages come with the first command that needs them, from the network"
        found.append(Finding(GOOD, text, ""))
    # A site can be built without either; on Windows nobody has make.
    for program in ("git", "make")[: 1 if system == WINDOWS else 2]:
        one = _program(program, program, system)
        found.append(one if one.mark == GOOD else one._replace(mark=UNKNOWN))
    return found


def testing(system: str) -> "list[Finding]":
    """What `make test`, `make cards` and `make shots` need."""
    named = os.environ.get("CHROMIUM", "")
    if named:
        found = [Path(named)] if shutil.which(named) else []
    else:
        from web.installed import fetched, installed

        found = [*(path for path in installed() if path.is_file()), *fetched()]
    if found:
        browser = Finding(GOOD, f"a browser: {found[0]}", "")
    elif named:
        browser = Finding(BAD, f"CHROMIUM names no program: {named}", "correct it, or unset it")
    else:
        browser = _missing("browser", "no Chrome, Edge or Chromium", system)
    return [browser, fonts(system)]


def fonts(system: str) -> Finding:
    """Diagrams are measured, and pictures taken, with fonts for the scripts in them."""
    text = "fonts for Chinese, Japanese and Korean"
    if system in (MACOS, WINDOWS):
        return Finding(GOOD, text + ", which the system brings", "")
    if not shutil.which("fc-list"):
        return Finding(UNKNOWN, text + " (fontconfig, which would tell, is not here)",
                       MENDED_BY["fonts"][system])  # fmt: skip
    if all(said("fc-list", ":lang=" + language) for language in ("ko", "ja", "zh-cn")):
        return Finding(GOOD, text, "")
    return _missing("fonts", "no " + text, system)


def drawing(system: str) -> "list[Finding]":
    """What `make diagrams` needs beside a browser; a site without new diagrams needs none of it."""
    node = _program("node", "Node", system)
    if node.mark == GOOD:
        first = "".join(c for c in node.text.split()[-1].lstrip("v").split(".")[0] if c.isdigit())
        if int(first or 0) < NODE:
            node = _missing("node", f"{node.text}: {NODE} or newer is needed", system)
    npm = _program("npm", "npm", system)
    return [node, npm if npm.mark == GOOD else npm._replace(mend=MENDED_BY["node"][system])]


def publishing() -> "list[Finding]":
    """What a push needs to become a published site, as far as it can be seen from here."""
    if not shutil.which("git"):
        return [Finding(BAD, "git is missing", "")]
    if said("git", "rev-parse", "--is-inside-work-tree") != "true":
        mend = f"git init --initial-branch={BRANCH} && git add --all && git commit -m first"
        return [Finding(BAD, "no git repository", mend)]
    found = []
    if not said("git", "config", "user.name") or not said("git", "config", "user.email"):
        mend = 'git config --global user.name "You"; git config --global user.email you@example.org'
        found.append(Finding(BAD, "git does not know you", mend))
    branch = said("git", "symbolic-ref", "--short", "HEAD")
    if branch == BRANCH:
        found.append(Finding(GOOD, "a repository, on branch " + BRANCH, ""))
    else:
        text = f"on branch {branch or 'none'}; what is published is {BRANCH}"
        found.append(Finding(UNKNOWN, text, "git switch " + BRANCH))
    remote = said("git", "remote", "get-url", "origin")
    if not remote:
        mend = "git remote add origin https://github.com/you/notes && git push -u origin " + BRANCH
        return [*found, Finding(BAD, "no place to push to", mend)]
    found.append(Finding(GOOD, "a place to push to: " + remote, ""))
    ahead = said("git", "rev-list", "--count", "@{upstream}..HEAD")
    if ahead != "0":
        what = f"commits: {ahead}," if ahead else "this branch is"
        text = f"{what} not pushed yet"
        found.append(Finding(UNKNOWN, text, "git push -u origin " + (branch or BRANCH)))
    if not (ROOT / ".github" / "workflows" / "publish.yml").is_file():
        return [
            *found,
            Finding(BAD, "no workflow that publishes: .github/workflows/publish.yml", ""),
        ]
    return [*found, pages(remote)]


def pages(remote: str) -> Finding:
    """What a forge is set to cannot be seen from here; where to look can be said."""
    from annotated.repository import web_address

    address = web_address(remote)
    if "github.com" not in address:
        text = "the workflows are for GitHub; elsewhere, serve the folder that `make build` writes"
        return Finding(UNKNOWN, text, "")
    text = "GitHub Pages (cannot be seen from here): its Source has to be GitHub Actions"
    return Finding(UNKNOWN, text, address + "/settings/pages")


def _program(command: str, name: str, system: str) -> Finding:
    """A program that is there, with its version, or what brings it."""
    if not shutil.which(command):
        key = command if command in MENDED_BY else "node"
        return _missing(key, "no " + name, system)
    version = (said(command, "--version").splitlines() or [""])[0]
    short = next((word for word in version.split() if any(c.isdigit() for c in word)), "")
    return Finding(GOOD, " ".join([name, short]).strip(), "")


def _missing(key: str, text: str, system: str) -> Finding:
    return Finding(BAD, text, MENDED_BY[key][system])


def said(*command: str) -> str:
    """What a program says; empty where it fails, is not there, or takes too long to say."""
    try:
        done = subprocess.run(
            [shutil.which(command[0]) or command[0], *command[1:]],
            cwd=str(ROOT),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            errors="replace",
            timeout=20,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


if __name__ == "__main__":
    sys.exit(terminal.run(main))
