"""Permissions that are wider than they need be, where they are given: a small rule of our own."""

from __future__ import annotations

import json
from typing import Any


def defects(given: dict[str, Any]) -> list[str]:
    """Return what is too wide in the policies that a request carries."""
    found = []
    for name, value in given.items():
        if name.lower().endswith(("policydocument", "policytext")) and isinstance(value, str):
            found += [f"{name}: {each}" for each in too_wide(value)]
    return found


def too_wide(text: str) -> list[str]:
    """Return what is too wide in a policy: a role of any name may be passed, or all is allowed.

    >>> too_wide('{"Statement": {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}}')
    ["'iam:PassRole' on '*' passes any role: name the role"]
    """
    try:
        policy = json.loads(text)
    except ValueError:
        return []
    statements = _many(policy.get("Statement") if isinstance(policy, dict) else None)
    return [said for one in statements if isinstance(one, dict) for said in _of_one(one)]


def _of_one(statement: dict[str, Any]) -> list[str]:
    if statement.get("Effect") != "Allow":
        return []
    found = []
    wide = "*" in _many(statement.get("Resource"))
    for action in map(str, _many(statement.get("Action"))):
        if action.lower() in ("iam:passrole", "iam:pass*") and wide:
            found.append(f"{action!r} on '*' passes any role: name the role")
        elif action == "*" or action.endswith(":*"):
            found.append(f"{action!r} allows more than is needed: name the actions")
    return found


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
