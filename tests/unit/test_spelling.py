"""One word for one thing, and one style: what a site says that it does not write is found."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from annotated.project import all_problems, open_editions
from mkdocs_layout import read_layouts
from tests.conftest import ROOT, edit, lay_records

STYLE = """
style:
  ko:
    - {avoid: [ㅂ니다, 세요], endings: true, write: 평어체}
    - {avoid: [포트], unless: [포트폴리오], write: 찻주전자}
  en:
    - {avoid: [utilise, Kettle], write: use}
"""
GLOSSARY, SITE, PAGE = "data/glossary/tea.yml", "data/site.yml", "docs/{}/glossary.md"


@pytest.fixture
def both(tmp_path: Path) -> Path:
    root = lay_records(tmp_path / "both", editions=True)
    (root / "overrides").mkdir(exist_ok=True)
    (root / "hooks").symlink_to(ROOT / "hooks")
    file = root / SITE
    file.write_text(file.read_text(encoding="utf-8") + STYLE, encoding="utf-8")
    edit(root, GLOSSARY, "    definition:", "    avoid: {ko: [산화작용]}\n    definition:")
    return root


def found(root: Path) -> list[str]:
    problems = all_problems(open_editions(root, read_layouts(root), date(2026, 11, 24)))
    assert {problem.rule for problem in problems} <= {"spelling"}
    return [str(problem) for problem in problems]


def test_the_starter_keeps_to_it(both: Path) -> None:
    assert found(both) == []


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("ko", "갈변은 산화작용이다.", "'산화작용' is not written here; expected '산화'"),
        ("ko", "차를 마십니다.", "'십니다' is not written here; expected '평어체'"),
        ("ko", "차를 드세요", "'드세요' is not written here"),
        ("ko", "## 마십니다 {#more}", "'십니다' is not"),
        ("ko", "[마십니다](index.md)", "'십니다' is not"),
        ("ko", "찻주전자와 포트를 데운다.", "'포트' is not written here; expected '찻주전자'"),
        ("ko", "| a |\n| --- |\n| 포트 |", "'포트' is not"),
        ("en", "We utilise tea.", "'utilise' is not written here; expected 'use'"),
        ("ko", "차를 지니다. 포트폴리오. `마십니다` 리포트.", ""),
        ("ko", "[차](brewing.md \"합니다\")<!-- 합니다 -->", ""),
        ("ko", "```\n마십니다.\n```", ""),
        ("ko", "```\n차.\n```\n\n차를 마십니다.", "'십니다' is not"),
        ("ko", "```mermaid\nflowchart TD\n  a[\"마십니다\"]\n```", "'십니다' is not"),
        ("ko", "차를 utilise Kettle", ""),
        ("ko", "차 ` 물\n\n마십니다.\n\n물 ` 차", "'십니다' is not"),
        ("ko", "- 차 ` 물\n- 마십니다 ` 차", "'십니다' is not"),
        ("ko", r"\`마십니다\`", "'십니다' is not"),
        ("ko", "**산화**(산화작용)와 산화(산화작용).", ""),
        ("ko", "물(산화작용).", "'산화작용' is not"),
        ("ko", "API은 두고, `API`은 뺀다.", "'API은' is not read so; expected 'API는'"),
        ("ko", "물 9이 남고 IPv6로 QUIC을 1.37이 URL로 task를 task을.", "'9이' is not read so"),
        ("en", "API은", ""),
        ("en", "It utilises teaKettle, `utilise`, Kettles and a.Kettle. 합니다.", ""),
    ],
)  # fmt: skip
def test_what_is_not_written_is_found_in_a_page(
    both: Path, language: str, text: str, said: str
) -> None:
    page = both / PAGE.format(language)
    page.write_text(page.read_text(encoding="utf-8") + f"\n{text}\n", encoding="utf-8")
    lines = found(both)
    assert len(lines) == bool(said), lines
    if said:
        whole = page.read_text(encoding="utf-8")
        start = whole.rindex(said.split("'")[1])
        number = whole.count("\n", 0, start) + 1
        column = start - whole.rfind("\n", 0, start)
        assert (
            lines[0]
            == f"{PAGE.format(language)}:{number}:{column}: error[spelling] "
            + (lines[0].partition("[spelling] ")[2])
        )
        assert said in lines[0]


@pytest.mark.parametrize(
    ("file", "old", "new", "place"),
    [
        ("docs/ko/brewing.md", "title: 우리기", "title: 우립니다", ":2:"),
        ("data/claims/brewing.yml", "ko: \"", "ko: \"산화작용. ", ":"),
        ("data/words/ko.yml", "  search-dialog: 검색", "  search-dialog: 검색하세요", ":"),
        (SITE, "ko: 분", "ko: 산화작용", ":"),
    ],
)  # fmt: skip
def test_what_is_not_written_is_found_in_records_and_words(
    both: Path, file: str, old: str, new: str, place: str
) -> None:
    edit(both, file, old, new)
    (line,) = found(both)
    assert line.startswith(f"{file}{place}")
    assert "error[spelling]" in line


def test_a_page_that_the_first_edition_lends_has_its_own_language(both: Path) -> None:
    edit(both, "mkdocs.yml", "    ko:\n", "    ko:\n      draft: true\n")
    (both / "docs/ko/glossary.md").unlink()
    page = both / PAGE.format("en")
    page.write_text(
        page.read_text(encoding="utf-8") + "\n산화작용 포트 합니다.\n", encoding="utf-8"
    )
    assert found(both) == []
