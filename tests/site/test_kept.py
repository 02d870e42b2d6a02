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


#: The same where there are two editions: whose pages are made again, and which are read.
KO_BREWING, CUP = "docs/ko/brewing.md", "docs/en/cup.txt"
POT, KO_POT, CLAIMS = "docs/en/pot.txt", "docs/ko/pot.txt", "data/claims/brewing.yml"
IN_TWO: dict[str, tuple[tuple[str, str, str], list[str], list[str], list[str]]] = {
    "the first edition's": (
        (BREWING, "what differs is", "what sets it apart is"),
        ["brewing.md"], ["brewing.html"], ["en"],
    ),
    "the other's": (
        (KO_BREWING, "다를 뿐이다", "다르기만 하다"),
        ["brewing.md"], ["brewing.html"], ["ko"],
    ),
    "the first one's again": (
        (BREWING, "what sets it apart is", "what differs is"),
        ["brewing.md"], ["brewing.html"], ["en"],
    ),
}  # fmt: skip


#: What is saved after and while another build runs, which `None` stands for.
IN_TURN: dict[str, list[Any]] = {
    "a file that is lent": [(CUP, "200", "250")],
    "a file that is lent again": [(KO_POT, "300 ml", None), None, (POT, "400", "450")],
    "a record, while it was read": [
        (CLAIMS, "All tea comes", "All teas come", "meanwhile"), (START, "[Read", "[Go"), None,
    ],
}  # fmt: skip


def build_again(root: Path, edits: list[list[Any]]) -> list[dict[str, Any]]:
    """Serve a project and do one edit after the other; return what each has made anew."""
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("kept_builds.py")), str(root)],
        input=json.dumps(edits), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    from tests.conftest import lay_golden

    root = lay_golden(tmp_path_factory.mktemp("kept") / "golden")
    lines = build_again(root, [edits for edits, _ in EDITS.values()])
    return dict(zip(EDITS, lines, strict=True))


@pytest.fixture(scope="module")
def built_in_two(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """With a file that the first edition lends the other, as every site with downloads has."""
    from tests.conftest import lay_golden

    root = lay_golden(tmp_path_factory.mktemp("kept") / "both", editions=True)
    for file, text in ((CUP, "200 ml"), (POT, "400 ml"), (KO_POT, "300 ml")):
        (root / file).write_text(text, encoding="utf-8")
    edits = [[edit] for edit, *_ in IN_TWO.values()]
    lines = build_again(root, [*edits, *IN_TURN.values()])
    return dict(zip([*IN_TWO, *IN_TURN], lines, strict=True))


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


@pytest.mark.parametrize("edit", IN_TWO)
def test_where_there_are_two_editions_one_page_of_one_is_made_and_read_again(
    built_in_two: dict[str, dict[str, Any]], edit: str
) -> None:
    _, made, searched, opened = IN_TWO[edit]
    assert built_in_two[edit] == {
        "made": made, "searched": searched, "opened": opened, "differ": [],
    }  # fmt: skip


def test_a_file_that_is_lent_is_copied_to_both(built_in_two: dict[str, dict[str, Any]]) -> None:
    assert built_in_two["a file that is lent"]["opened"] == ["en", "ko"]


@pytest.mark.parametrize("edit", IN_TURN)
def test_what_was_saved_after_or_while_another_build_ran_is_shown(
    built_in_two: dict[str, dict[str, Any]], edit: str
) -> None:
    assert built_in_two[edit]["differ"] == []
