"""Ask for raised pins: put what ``hooks/cli.py probe --raise`` has written into a pull request.

Run as ``python tools/raise_request.py REPORT`` where GitHub's ``gh`` is signed in. There is one
such request: a later run brings its branch up to date.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

BRANCH = "weekly/pins"
TITLE = "Look facts up in newer packages"
FILES = ("data/probes.yml", "data/results/probes.json")
INTRODUCTION = (
    "The packages in which facts are looked up, raised to today's versions. Where a probe does not"
    " hold any more, the checks of this request fail until its record is corrected here.\n\n"
)
AUTHOR = ("-c", "user.name=weekly run", "-c", "user.email=weekly@users.noreply.github.com")


def main(arguments: list[str]) -> int:
    """Push the branch and open or bring up to date its request; return 1 if git or gh fails."""
    report = Path(arguments[0]).read_text(encoding="utf-8")
    try:
        if not run("git", "status", "--porcelain", "--", *FILES):
            print("nothing to raise")
            return 0
        run("git", "checkout", "--quiet", "-B", BRANCH)
        run("git", "add", "--", *FILES)
        run("git", *AUTHOR, "commit", "--quiet", "-m", TITLE)
        run("git", "push", "--quiet", "--force", "origin", BRANCH)
        open_ones = json.loads(
            run("gh", "pr", "list", "--head", BRANCH, "--state", "open", "--json", "number")
        )
        verb = ("edit", str(open_ones[0]["number"])) if open_ones else ("create", "--head", BRANCH)
        body = INTRODUCTION + report
        run("gh", "pr", *verb, "--title", TITLE, "--body-file", "-", text=body[:65_000])
    except subprocess.CalledProcessError as error:
        print(f"{error.cmd[0]} failed: {error.stderr.strip()}", file=sys.stderr)
        return 1
    return 0


def run(*command: str, text: str = "") -> str:
    """Run a command with a text on its input and return what it prints."""
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    return done.stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
