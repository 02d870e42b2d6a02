"""Permissions that are wider than they need be: a small rule of our own.

Run as ``python labs/policies.py FILE``, it prints ``file:line: what is wrong``. The emulator asks
it of each policy that a request carries.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from findings import end


def defects(given: dict[str, Any]) -> list[str]:
    """Return what is too wide in the policies that a request carries."""
    return [
        f"{name}: {said}"
        for name, value in given.items()
        if name.lower().endswith(("policydocument", "policytext")) and isinstance(value, str)
        for _, said in too_wide(value)
    ]


def too_wide(text: str) -> list[tuple[int, str]]:
    """Return line and finding for what is too wide in a policy.

    >>> too_wide('{"Statement": {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}}')
    [(1, "'iam:PassRole' on '*' passes any role: name the role")]
    """
    try:
        policy = json.loads(text)
    except ValueError:
        return []  # another check says so
    return [found for one in statements(policy) for found in _of_one(one, text)]


def statements(policy: Any) -> list[dict[str, Any]]:
    """The statements of a policy."""
    every = _many(policy.get("Statement")) if isinstance(policy, dict) else []
    return [one for one in every if isinstance(one, dict)]


def line_of(text: str, part: str) -> int:
    """The first line that holds a part of a policy."""
    return next((n for n, line in enumerate(text.split("\n"), 1) if part in line), 1)


def _of_one(statement: dict[str, Any], text: str) -> Iterator[tuple[int, str]]:
    if statement.get("Effect") != "Allow":
        return
    wide = "*" in _many(statement.get("Resource"))
    for action in map(str, _many(statement.get("Action"))):
        line = line_of(text, f'"{action}"')
        if action.lower() in ("iam:passrole", "iam:pass*") and wide:
            yield line, f"{action!r} on '*' passes any role: name the role"
        elif action == "*" or action.endswith(":*"):
            yield line, f"{action!r} allows more than is needed: name the actions"


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


if __name__ == "__main__":
    end(sys.argv[1], too_wide(Path(sys.argv[1]).read_text(encoding="utf-8")))
