"""Texts that are held whole, in ``shown/``, and written there again by ``SHOWN=write``."""

from __future__ import annotations

import os
import re
from pathlib import Path

SHOWN = Path(__file__).with_name("shown")


def held(file: Path, given: dict[str, str]) -> None:
    """Compare texts by their names with those of a file; or write them there, if that is asked."""
    # Ends of lines that are not ours, as of CSV, and marks of the order of bytes are to be seen.
    visible = {
        name: text.replace("\r", "\\r").replace("\ufeff", "\\ufeff") for name, text in given.items()
    }
    said = {name: text.strip("\n") for name, text in visible.items()}
    if os.environ.get("SHOWN") == "write":
        whole = "\n".join(f"=== {name}\n{text}\n" for name, text in said.items())
        file.write_text(whole, encoding="utf-8", newline="\n")
    told = file.read_text(encoding="utf-8")
    expected = dict(re.findall(r"^=== (.*)\n((?:(?!=== ).*\n)*?)(?=\n=== |\Z)", told, re.MULTILINE))
    assert list(said) == list(expected)
    for name, text in said.items():
        assert text == expected[name].removesuffix("\n"), name
