"""The graded queries themselves: each can be read, stands once, and wants pages that exist."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT

SETS = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))["queries"]
    for path in sorted(Path(__file__).parent.glob("*.yml"))
}
README = Path(__file__).with_name("README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SETS)
def test_every_query_is_complete_and_wants_pages_that_exist(name: str) -> None:
    for row in SETS[name]:
        assert str(row["q"]).strip(), row
        assert row["lang"] in ("en", "ko", "mixed"), row
        assert f"| `{row['kind']}` |" in README, row
        assert len(row["want"]) <= 3, row
        assert bool(row["want"]) != (row["kind"] == "unanswerable"), row
        for page in row["want"]:
            assert (ROOT / "docs" / "en" / page).exists(), row


@pytest.mark.parametrize("edition", ["", "ko"])
def test_no_query_stands_twice(edition: str) -> None:
    """In the sets of one edition: its own author need not know those of the other."""
    texts = [
        str(row["q"]).strip().lower()
        for name, rows in SETS.items()
        if (name.partition("-")[0] if name.startswith("ko-") else "") == edition
        for row in rows
    ]
    assert texts
    assert [text for text, count in Counter(texts).items() if count > 1] == []
