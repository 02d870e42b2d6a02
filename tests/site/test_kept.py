"""Under serve, pages are taken over from the build before: never one that would be another now."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

BREWING, START = "docs/en/brewing.md", "docs/en/index.md"

#: What an author changes, and whether the page that is saved is the only one to be made again.
EDITS: dict[str, tuple[list[tuple[str, str, str]], bool]] = {
    "prose": ([(BREWING, "what differs is", "what sets it apart is")], True),
    "code": ([(BREWING, "A statement.[^c-999]", "Another statement.")], True),
    "a link": ([(START, "[Read on](brewing.md)", "[Read on](brewing.md#kinds)")], True),
    "a heading": ([(BREWING, "## Kinds {", "## All kinds {")], False),
    "a title": ([(BREWING, "# Brewing tea", "# How tea is brewed")], False),
    "a name in the navigation": ([("mkdocs.yml", "- Start:", "- Home:")], False),
    "a setting that is inherited": ([("hooks/settings.yml", "toc_depth: 2-3", "toc_depth: 2-4")], False),
    "front matter": ([(BREWING, "title: Brewing", "title: How to brew")], False),
    "a mark that moves": (
        [
            (BREWING, "of milk.[^c-004]", "of milk."),
            ("docs/en/compare/tea-kinds.md", "\n\n<!-- comparison", "[^c-004]\n\n<!-- comparison"),
        ],
        False,
    ),
    "a statement": ([("data/claims/brewing.yml", "All tea comes", "All teas come")], False),
    "a term": ([("data/glossary/tea.yml", "The browning of", "The darkening of")], False),
    "a cell": ([("data/comparisons/tea-kinds.yml", "en: fully", "en: entirely")], False),
    "a word": ([("data/words/en.yml", "Show all notes", "Open all notes")], False),
    "a template": ([("overrides/parts/mark.html", "<", "<!-- new --><")], False),
    "the theme": ([("overrides/page-end.html", "<footer", "<footer data-new")], False),
    "a page": (
        [
            ("docs/en/pots.md", "", "---\ndescription: Pots.\nkind: concept\n"
             "checked: 2024-03-02\n---\n\n# Pots\n\nSee [tea](brewing.md).\n"),
            ("mkdocs.yml", "  - Compare:", "  - Pots: pots.md\n  - Compare:"),
        ],
        False,
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    from tests.conftest import lay_golden

    root = lay_golden(tmp_path_factory.mktemp("kept") / "golden")
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("kept_builds.py")), str(root)],
        input=json.dumps([edits for edits, _ in EDITS.values()]),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return dict(zip(EDITS, lines, strict=True))


@pytest.mark.parametrize("edit", EDITS)
def test_a_site_of_pages_that_are_taken_over_is_that_of_a_build_from_the_start(
    built: dict[str, dict[str, Any]], edit: str
) -> None:
    assert built[edit]["differ"] == []


@pytest.mark.parametrize("edit", [name for name, (_, alone) in EDITS.items() if alone])
def test_of_what_only_one_page_shows_that_page_is_made_again_and_no_other(
    built: dict[str, dict[str, Any]], edit: str
) -> None:
    [(file, *_)] = EDITS[edit][0]
    assert built[edit]["made"] == [file.removeprefix("docs/en/")]
