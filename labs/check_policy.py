"""An IAM policy by Parliament, and by our own rule for what it lets pass.

Prints ``file:line: what is wrong``. Policies that say who may (trust, a repository's own) name no
resource or are no policies of an identity: of them only actions and our rule are looked at.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from policies import too_wide

#: What Parliament has to say of good form only, or of what only an identity's policy must have.
IGNORED = {"RESOURCE_STAR", "NO_VERSION"}


def findings(text: str) -> Iterator[tuple[int, str]]:
    """Yield line and finding."""
    from parliament import analyze_policy_string  # noqa: PLC0415 (slow)

    policy = json.loads(text)
    for said in too_wide(text):
        yield _line(text, said.split("'")[1]), said
    if any("Principal" in one for one in _statements(policy)):
        return
    for each in analyze_policy_string(text).findings:
        if each.issue not in IGNORED:
            yield _place(text, each), f"{each.issue.lower().replace('_', ' ')}: {each.detail}"


def _statements(policy: dict[str, Any]) -> list[dict[str, Any]]:
    every = policy.get("Statement", [])
    return every if isinstance(every, list) else [every]


def _line(text: str, part: str) -> int:
    """The first line that holds a part of the policy."""
    return next((n for n, line in enumerate(text.split("\n"), 1) if part in line), 1)


def _place(text: str, finding: Any) -> int:
    location = finding.location if isinstance(finding.location, dict) else {}
    line = location.get("line")
    return line if isinstance(line, int) else _line(text, str(finding.detail).split("'")[-1])


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    found = sorted(set(findings(Path(sys.argv[1]).read_text(encoding="utf-8"))))
    for number, said in found:
        print(f"{sys.argv[1]}:{number}: {said}")
    sys.exit(1 if found else 0)
