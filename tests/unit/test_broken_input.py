"""A good project broken at random: problems, never a stack trace, and always at a place."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotated.project import open_project
from tests.conftest import lay_golden

FILES = [
    "data/notes.yml",
    "data/sources.yml",
    "data/changes.yml",
    "data/claims/brewing.yml",
    "data/glossary/tea.yml",
    "data/comparisons/tea-kinds.yml",
    "data/words/en.yml",
    "docs/en/brewing.md",
    "docs/en/index.md",
]
JUNK = st.sampled_from(
    ["", ":", "- ", "{", "}", "[", "]", "'", '"', "|", "&x ", "*x", "!!python/name:os.system ",
     "\t", "null", "2026-13-45", "<!-- ", "-->", "[^", "`", "```\n", "---\n", "\u0000", "🍵", "<<: ",
     "9" * 400, "{#", "](", "# ", "<b>", "c-001", "\n\n", "? ", "%YAML 9\n"]
)  # fmt: skip


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_golden(tmp_path_factory.mktemp("broken") / "golden")


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    file=st.sampled_from(FILES),
    where=st.floats(0, 1, exclude_max=True),
    length=st.integers(0, 40),
    junk=JUNK,
)
def test_broken_files_never_raise(
    project: Path, file: str, where: float, length: int, junk: str
) -> None:
    path = project / file
    good = path.read_bytes()
    text = good.decode()
    at = int(where * len(text))
    try:
        path.write_text(text[:at] + junk + text[at + length :], encoding="utf-8")
        _, problems = open_project(project, project / "docs" / "en", "en", date(2026, 11, 24))
    finally:
        path.write_bytes(good)
    for problem in problems:
        assert problem.place.line >= 1
        assert problem.place.column >= 1
        assert "\n" not in str(problem)
        assert "Traceback" not in str(problem)


@pytest.mark.parametrize("folder", ["claims", "comparisons", "glossary", "words"])
def test_a_missing_folder_is_no_accident(golden: Path, folder: str) -> None:
    shutil.rmtree(golden / "data" / folder)
    _, problems = open_project(golden, golden / "docs" / "en", "en", date(2026, 11, 24))
    assert problems
