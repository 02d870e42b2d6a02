"""Are two drawings the same, but for a unit or two?"""

from __future__ import annotations

import re

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def difference(old: str, new: str, tolerance: float) -> str:
    """Say how `new` differs from `old`, or nothing: other elements, or numbers too far apart."""
    if _NUMBER.sub("#", old) != _NUMBER.sub("#", new):
        return "drawn again it has other elements than the stored drawing"
    pairs = zip(_NUMBER.findall(old), _NUMBER.findall(new), strict=True)
    worst = max((abs(float(a) - float(b)) for a, b in pairs), default=0.0)
    if worst > tolerance:
        return f"drawn again it differs by {worst:.1f} units; {tolerance:g} at most"
    return ""
