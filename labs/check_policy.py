"""An IAM policy by Parliament. Prints ``file:line: what is wrong``.

Policies that say who may (trust, a repository's own) are no policies of an identity: they are left
to `policies.py`.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from findings import end
from parliament import analyze_policy_string
from policies import line_of, statements

#: What has a rule of ours, or is no fault.
IGNORED = {"RESOURCE_STAR", "NO_VERSION"}


def findings(text: str) -> Iterator[tuple[int, str]]:
    """Yield line and finding."""
    if any("Principal" in one for one in statements(json.loads(text))):
        return
    for each in analyze_policy_string(text).findings:
        if each.issue not in IGNORED:
            yield _line(text, each), f"{each.issue.lower().replace('_', ' ')}: {each.detail}"


def _line(text: str, finding: Any) -> int:
    location = finding.location if isinstance(finding.location, dict) else {}
    line = location.get("line")
    return line if isinstance(line, int) else line_of(text, str(finding.detail).split()[-1])


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    end(sys.argv[1], sorted(set(findings(Path(sys.argv[1]).read_text(encoding="utf-8")))))
