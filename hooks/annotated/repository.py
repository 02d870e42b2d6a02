"""Where the source of a project can be read and mended on the web: asked of git, or given."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

#: What forges call the branch of a new repository: taken where nothing else is known.
USUAL_BRANCH = "main"
#: How forges address the editor of a file, by a part of the host's name; else as GitHub does.
_EDITORS = (
    ("gitlab", "{repository}/-/edit/{branch}/{path}"),
    ("bitbucket", "{repository}/src/{branch}/{path}"),
    ("codeberg", "{repository}/_edit/{branch}/{path}"),
    ("gitea", "{repository}/_edit/{branch}/{path}"),
)
_GITHUB = "{repository}/edit/{branch}/{path}"

# https://user:secret@host:8443/owner/name.git, also http, git, ssh and their plus forms
_URL = re.compile(
    r"(?P<scheme>https?|git|ssh|git\+ssh|git\+https)://(?:[^@/]*@)?(?P<host>[\w.-]+)"
    r"(?::(?P<port>\d+))?/+(?P<path>.+)"
)
# git@host:owner/name.git, with any user, or none
_SHORT = re.compile(r"(?:[\w.+-]+@)?(?P<host>[\w-]+(?:\.[\w-]+)+):(?!//)/*(?P<path>.+)")
#: Hosts that only take connections, and those that show what they take.
_SHOWN_AT = {"ssh.github.com": "github.com", "altssh.gitlab.com": "gitlab.com",
             "altssh.bitbucket.org": "bitbucket.org"}  # fmt: skip


@dataclass(frozen=True)
class Repository:
    """A project's place on the web; `url` is empty if it has none, `folder` ends in a slash."""

    url: str = ""
    branch: str = USUAL_BRANCH
    folder: str = ""

    def editor(self, path: str) -> str:
        """The address at which the file or folder `path` of the project is edited."""
        if not self.url:
            return ""
        host = self.url.partition("://")[2].partition("/")[0]
        form = next((form for name, form in _EDITORS if name in host), _GITHUB)
        return form.format(repository=self.url, branch=self.branch, path=self.folder + path)


def repository_of(root: Path, configured: str = "") -> Repository:
    """Return where the source of the project at `root` is.

    The address is that of the variable REPOSITORY_URL, else the one that is configured, else of
    git's remote; the branch is that of REPOSITORY_BRANCH, else the remote's default, else the
    one at hand.
    """
    url = os.environ.get("REPOSITORY_URL", "") or configured
    url = url or web_address(_said(root, "remote", "get-url", "origin"))
    return Repository(url.rstrip("/"), _branch(root), _said(root, "rev-parse", "--show-prefix"))


def _branch(root: Path) -> str:
    given = os.environ.get("REPOSITORY_BRANCH", "")
    default = _said(root, "symbolic-ref", "--short", "refs/remotes/origin/HEAD")
    here = _said(root, "symbolic-ref", "--short", "HEAD")
    return given or default.removeprefix("origin/") or here or USUAL_BRANCH


def web_address(remote: str) -> str:
    """Turn a git remote into its web address; empty where it has none, as a folder has.

    >>> web_address("git@github.com:someone/notes.git")
    'https://github.com/someone/notes'
    >>> web_address("ssh://git@ssh.github.com:443/someone/notes")
    'https://github.com/someone/notes'
    >>> web_address("../notes.git")
    ''
    """
    remote = remote.strip()
    match = _URL.fullmatch(remote) or _SHORT.fullmatch(remote)
    if match is None:
        return ""
    parts = match.groupdict()
    host = _SHOWN_AT.get(parts["host"].lower(), parts["host"].lower())
    path = re.sub(r"(?:\.git)?/*$", "", parts["path"].strip("/").removeprefix("~"))
    if host == "ssh.dev.azure.com":
        owner = path.removeprefix("v3/").split("/")
        return f"https://dev.azure.com/{'/'.join(owner[:-1])}/_git/{owner[-1]}"
    scheme = parts.get("scheme") or ""
    # The port of a connection by ssh says nothing of the one that pages are served on.
    port = f":{parts['port']}" if parts.get("port") and scheme.startswith("http") else ""
    return f"{'http' if scheme == 'http' else 'https'}://{host}{port}/{path}"


def _said(root: Path, *arguments: str) -> str:
    """What git says, or nothing where it does not know."""
    try:
        return git(root, *arguments).strip()
    except ValueError:
        return ""


def git(root: Path, *arguments: str) -> str:
    """Run git at `root` and return what it says, read as UTF-8 whatever the system's own is.

    Raises:
        ValueError: git is missing, or refuses; the message is its own first line.
    """
    try:
        done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=False)
    except OSError as error:
        raise ValueError(f"git cannot be run: {error.strerror}") from error
    said = done.stderr.decode("utf-8", "replace").strip().splitlines()
    if done.returncode:
        raise ValueError(said[0] if said else "git failed")
    return done.stdout.decode("utf-8", "replace")
