"""Readers paste the blocks of a lab into the shell that they have: bash, or zsh on macOS."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

#: zsh reads a letter after ``$NAME:`` as a modifier (zshexpn, "Modifiers"): ``$NAME:l`` is the
#: value in lower case, and the ``l`` is gone. ``${NAME}:l`` means the same in both shells.
MODIFIER = re.compile(r"\$\w+:[A-Za-z&]")
#: What runs, with the files that it writes: the shell fills in both.
BLOCK = re.compile(r"^```bash.*?^```", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(
    "page", sorted(ROOT.glob("docs/*/labs/*.md")), ids=lambda page: f"{page.parts[-3]}-{page.stem}"
)
def test_commands_mean_the_same_in_zsh(page: Path) -> None:
    code = "\n".join(BLOCK.findall(page.read_text(encoding="utf-8")))
    assert MODIFIER.findall(code) == []
