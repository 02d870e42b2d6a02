"""Keep one issue for each weekly report: open it, bring it up to date, close it.

Run as ``python tools/weekly_issue.py links|probes REPORT`` where GitHub's ``gh`` is signed in.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Kind:
    """What an issue is called, how it begins, and what is said when nothing is left."""

    title: str
    introduction: str
    done: str


KINDS = {
    "links": Kind(
        "Outside links that lead nowhere, or elsewhere",
        "Found by the weekly link check, which keeps this issue up to date and closes it when"
        " nothing is left. Read the new page before you change an address: its text may have"
        " changed too.",
        "Every outside link leads where it should.",
    ),
    "probes": Kind(
        "Facts that have changed, and what is new",
        "Found by the weekly run of the probes against today's packages, which keeps this issue up"
        " to date and closes it when nothing is left. A ready line of YAML says what is there now;"
        " read the source before you believe it, and change the record with it.",
        "Every probe holds in today's packages, and nothing new is on the lists.",
    ),
}
#: GitHub takes no longer text for an issue (its API says: body is too long, 65536 at most).
LONGEST = 65_000


def main(arguments: list[str]) -> int:
    """Bring the issue in line with the report; return 1 if gh fails."""
    kind = KINDS[arguments[0]]
    report = Path(arguments[1]).read_text(encoding="utf-8")
    body = f"{kind.introduction}\n\n{report}"[:LONGEST]
    try:
        number = open_issue(kind.title)
        if report and number:
            gh("issue", "edit", number, "--body-file", "-", text=body)
        elif report:
            gh("issue", "create", "--title", kind.title, "--body-file", "-", text=body)
        elif number:
            gh("issue", "close", number, "--comment", kind.done)
    except subprocess.CalledProcessError as error:
        print(f"gh failed: {error.stderr.strip()}", file=sys.stderr)
        return 1
    return 0


def open_issue(title: str) -> str:
    """Return the number of the open issue; empty if there is none."""
    search = f'in:title "{title}"'
    fields = ("--json", "number,title")
    found = json.loads(gh("issue", "list", "--state", "open", "--search", search, *fields))
    return next((str(issue["number"]) for issue in found if issue["title"] == title), "")


def gh(*arguments: str, text: str = "") -> str:
    """Run gh with a text on its input and return what it prints."""
    done = subprocess.run(
        ["gh", *arguments], input=text, capture_output=True, text=True, check=True
    )
    return done.stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
