"""Keep one issue about outside links: open it, bring it up to date, close it.

Run as ``python tools/links_issue.py REPORT`` where GitHub's command ``gh`` is signed in.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

TITLE = "Outside links that lead nowhere, or elsewhere"
INTRODUCTION = (
    "Found by the weekly link check, which keeps this issue up to date and closes it when nothing"
    " is left. Read the new page before you change an address: its text may have changed too.\n\n"
)


def main(arguments: list[str]) -> int:
    """Bring the issue in line with the report; return 1 if gh fails."""
    report = Path(arguments[0]).read_text(encoding="utf-8")
    try:
        number = open_issue()
        if report and number:
            gh("issue", "edit", number, "--body-file", "-", text=INTRODUCTION + report)
        elif report:
            gh("issue", "create", "--title", TITLE, "--body-file", "-", text=INTRODUCTION + report)
        elif number:
            gh("issue", "close", number, "--comment", "Every outside link leads where it should.")
    except subprocess.CalledProcessError as error:
        print(f"gh failed: {error.stderr.strip()}", file=sys.stderr)
        return 1
    return 0


def open_issue() -> str:
    """Return the number of the open issue; empty if there is none."""
    search = f'in:title "{TITLE}"'
    fields = ("--json", "number,title")
    found = json.loads(gh("issue", "list", "--state", "open", "--search", search, *fields))
    return next((str(issue["number"]) for issue in found if issue["title"] == TITLE), "")


def gh(*arguments: str, text: str = "") -> str:
    """Run gh with a text on its input and return what it prints."""
    done = subprocess.run(
        ["gh", *arguments], input=text, capture_output=True, text=True, check=True
    )
    return done.stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
