"""What a new site says of itself in English and in Korean: the same commands, files and links."""

from __future__ import annotations

import re
import textwrap

from tests.conftest import ROOT

_FENCE = re.compile(r"(?ms)^( *)```sh\n(.*?)\n *```$")
_SPAN = re.compile(r"`([^`\n]+)`")


def commands(text: str) -> list[str]:
    """The fences of a text, without what shifts them into a list."""
    return [textwrap.dedent(found[2]) for found in _FENCE.finditer(text)]


def starter(name: str) -> str:
    return (ROOT / "starter" / name).read_text(encoding="utf-8")


def test_the_korean_readme_has_the_commands_of_the_english_one_and_of_the_ten_steps() -> None:
    project = (ROOT / "README.md").read_text(encoding="utf-8")
    section = project.partition("\n## Your own notes\n")[2].partition("\n## ")[0]
    steps = commands(section)
    assert len(steps) == 10
    own = commands(starter("README.md"))
    korean = commands(starter("README.ko.md"))
    # Whoever reads it has taken the first three: the folder is there.
    assert korean == [own[0], *steps[3:], *own[1:]]


def test_the_korean_readme_names_the_files_commands_and_places_of_the_english_one() -> None:
    english, korean = (_FENCE.sub("", starter(name)) for name in ("README.md", "README.ko.md"))
    assert set(_SPAN.findall(english)) - set(_SPAN.findall(korean)) == set()
    bold = re.compile(r"\*\*([^*]+)\*\*")
    assert set(bold.findall(english)) == set(bold.findall(korean))
    files = re.compile(r"\]\(([\w.-]+)\)")
    assert set(files.findall(english)) - {"README.ko.md"} <= set(files.findall(korean))
    anchors = {re.sub(r"\W+", "-", head.lower()) for head in re.findall(r"(?m)^## (.+)$", korean)}
    assert set(re.findall(r"\]\(#([^)]+)\)", korean)) <= anchors
    assert "<!-- licence -->" in korean
