"""Words in drawings that Mermaid made are found by the search of a built site."""

from __future__ import annotations

import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest

from tests.conftest import ROOT, lay_golden
from tests.draw.kinds import STORED, lay, source, stored
from tests.search.engine import ask

#: What Mermaid writes beside what the author wrote, and nobody looks for: kinds of parts in brackets,
#: shares of a pie, days on an axis.
NOT_SOUGHT = re.compile(r"\[.*\]|\d+%|[\d:.* -]+|[«<].*[»>]")
#: The page that shows them.
PAGE = "brewing"


def words_in(name: str) -> list[str]:
    """What can be read in a stored drawing."""
    found = re.findall(r"<text[^>]*>(.*?)</text>", stored(name).svg, re.DOTALL)
    texts = (unescape(re.sub(r"<[^>]*>", "", text)).strip() for text in found)
    return [text for text in dict.fromkeys(texts) if text and not NOT_SOUGHT.fullmatch(text)]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = lay_golden(tmp_path_factory.mktemp("drawings") / "golden")
    lay(root, *STORED)
    page = root / "docs" / "en" / f"{PAGE}.md"
    fences = "".join(f"\n```mermaid\n{source(name)}```\n" for name in STORED)
    page.write_text(page.read_text("utf-8") + "\n## Drawings {#drawings}\n" + fences, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q"], cwd=root, check=False,
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


@pytest.mark.node
def test_each_word_of_each_drawing_is_found(built: Path) -> None:
    queries = [(name, text) for name in STORED for text in words_in(name)]
    assert len(queries) > 50
    answers = ask(built, [text for _, text in queries])
    # Of words that stand in several drawings, the best place is told: one of them, or their section.
    drawings = {f"{PAGE}.html#{part}" for part in ("drawings", *(stored(n).id for n in STORED))}
    # What the page's own prose or its tables say, too, may be told from there.
    prose = (ROOT / "starter" / "docs" / "en" / f"{PAGE}.md").read_text("utf-8").lower()
    lost = []
    for (name, text), answer in zip(queries, answers, strict=True):
        places = [item["location"] for group in answer.groups for item in group]
        elsewhere = all(word in prose for word in text.lower().split())
        if not drawings.intersection(places) and not elsewhere:
            lost.append((name, text))
    assert lost == []
