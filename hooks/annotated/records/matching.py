"""The process in which an author's patterns are applied: see `patterns`, which ends it in time.

It reads one JSON object, and writes a line for each pattern as soon as it is done.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from typing import Any


def answers(asked: dict[str, Any]) -> Iterator[Any]:
    """Yield what each pattern has found, or the text after each has been replaced."""
    for pattern, text in asked.get("find", ()):
        yield [[match.start(), match[0]] for match in re.finditer(pattern, text)]
    text = asked.get("text", "")
    for pattern, by in asked.get("replace", ()):
        text = re.sub(pattern, by, text)
        yield text


if __name__ == "__main__":
    for answer in answers(json.load(sys.stdin)):
        print(json.dumps(answer), flush=True)
