"""No edition says less, more or something else than the first: each drift is caught by its name."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

import cli
from annotated.check.editions import structure
from annotated.project import (
    all_problems,
    check_editions,
    check_files,
    gaps_of,
    open_editions,
)
from annotated.publish.search import advice, page_names
from annotated.records.pages import Fence
from annotated.records.problems import Place, in_order
from annotated.records.readings import load_readings, of_translations
from annotated.render.edition import Edition
from mkdocs_layout import read_layouts
from tests.conftest import ROOT, edit, lay_records

GIT = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org"]


@pytest.fixture
def both(tmp_path: Path) -> Path:
    """Records and pages of the starter in both languages, with what its configuration names."""
    root = lay_records(tmp_path / "both", editions=True)
    (root / "overrides").mkdir(exist_ok=True)
    (root / "hooks").symlink_to(ROOT / "hooks")
    return root


def check(root: Path) -> tuple[list[str], str]:
    """What is wrong in records, pages and editions, and the count of the gaps."""
    opened = open_editions(root, read_layouts(root), date(2026, 11, 24))
    problems = in_order([*all_problems(opened), *check_editions(opened)])
    return [str(problem) for problem in problems], gaps_of(opened[0], opened[1])


def test_the_starter_says_the_same_in_both_languages(
    both: Path,
) -> None:
    errors, gaps = check(both)
    hint = "tell in Korean, too, what is new; then 'python tests/reread_starter.py --new', or TEXT"
    assert errors == [], hint
    assert gaps == "says all that the first says"


#: what drifts: file, what is replaced there, by what, and what is said
DRIFTS = {
    "heading": (
        "docs/ko/brewing.md", "{#kinds}", "{#kind}",
        "docs/ko/brewing.md:16:1: error[edition-heading] found '## {#kind}', expected '## {#kinds}' "
        "as in docs/en/brewing.md:16",
    ),
    "level": ("docs/ko/brewing.md", "## 종류", "### 종류", "error[edition-heading]"),
    "directive": (
        "docs/ko/brewing.md", "<!-- tally -->\n\n", "",
        "docs/ko/brewing.md:12:1: error[edition-directive] found nothing, expected 'tally' as in "
        "docs/en/brewing.md:12",
    ),
    "claim": (
        "docs/ko/brewing.md", "[^c-001]", "",
        "docs/ko/brewing.md:7:1: error[edition-mark] '[^c-001]' is missing in the part above the "
        "first section; docs/en/brewing.md:10 has it",
    ),
    "term": (
        "docs/ko/brewing.md", "[산화](term:oxidation)", "산화",
        "error[edition-term] 'term:oxidation' is missing",
    ),
    "count": ("docs/ko/index.md", "{count:lines}줄", "6줄", "error[edition-count] '{count:lines}'"),
    "link": (
        "docs/ko/index.md", "(brewing.md)", "(glossary.md)",
        "docs/ko/index.md:11:71: error[edition-link] 'glossary.md' does not stand in",
    ),
    "code line": (
        "docs/ko/brewing.md", "A statement.[^c-999]", "A statment.[^c-999]",
        "docs/ko/brewing.md:24:1: error[edition-code] found 'A statment.[^c-999]', expected "
        "'A statement.[^c-999]' as in docs/en/brewing.md:24",
    ),
    "code in a text": (
        "docs/ko/brewing.md", "표시는 `[^c-001]`처럼", "표시는 `[^c-002]`처럼",
        "docs/ko/brewing.md:16:1: error[edition-code] code '[^c-001]' is missing in "
        "'brewing.md#kinds'",
    ),
    "code in a record": (
        "data/claims/brewing.yml", "본래의 차(`Camellia sinensis`)", "본래의 차(`Camelia sinensis`)",
        "error[edition-code] code 'Camelia sinensis' does not stand in the original of "
        "'claims/c-001/now'",
    ),
    "number": (
        "data/claims/brewing.yml", "시음 표준은 150 ml", "시음 표준은 100 ml",
        "error[edition-number] the number '150' is missing in 'claims/c-003/said'",
    ),
    "number in a page": (
        "docs/en/brewing.md", "two pots", "12 pots",
        "docs/ko/brewing.md:16:1: error[edition-number] the number '12' is missing in "
        "'brewing.md#kinds'",
    ),
    "example of costs": (
        "data/estimates/a-month-of-tea.yml", "한 잔은 200 ml", "한 잔은 250 ml",
        "error[edition-number] the number '200' is missing in 'estimates/a-month-of-tea/given'",
    ),
    "kind of page": (
        "docs/ko/glossary.md", "kind: reference", "kind: concept",
        "docs/ko/glossary.md:4:1: error[edition-front] 'kind' is 'concept', expected 'reference'",
    ),
    "cell": (
        "data/comparisons/tea-kinds.yml", "{en: fully, ko: 완전히}", "{en: fully}",
        "data/comparisons/tea-kinds.yml:15:27: error[edition-text] key 'ko' is missing beside 'fully'",
    ),
    "definition": (
        "data/glossary/tea.yml", ", ko: \"상처 난 잎이 공기 중에서 갈색으로 변하는 것. 열을 가하면 멈춘다.\"",
        "", "error[edition-text] key 'ko' is missing beside 'The browning",
    ),
    "price": (
        "data/prices.yml", "{en: gram, ko: g}", "{en: gram}",
        "error[edition-text] key 'ko' is missing beside 'gram'",
    ),
    "text of a page": (
        "docs/en/brewing.md", "two pots", "three pots",
        "docs/ko/brewing.md:16:1: error[edition-changed] 'brewing.md#kinds' changed in "
        "docs/en/brewing.md:16",
    ),
    "text of a record": (
        "data/claims/brewing.yml", "two sizes of pot", "three sizes of pot",
        "error[edition-changed] 'claims/c-003/now' changed in data/claims/brewing.yml",
    ),
    "title": (
        "docs/en/glossary.md", "title: Glossary", "title: Terms",
        "docs/ko/glossary.md:1:1: error[edition-changed] 'glossary.md:front' changed",
    ),
    "paragraph": (
        "docs/ko/compare/tea-kinds.md", "잎은 같다", "잎\n\n은 같다",
        "docs/ko/compare/tea-kinds.md:7:1: error[edition-block] paragraphs: found 2 in the part above "
        "the first section, expected 1 as in docs/en/compare/tea-kinds.md:7",
    ),
    "description of the site": (
        "mkdocs.yml", "Notes on brewing tea", "Notes on drinking tea",
        "mkdocs.yml:20:7: error[edition-changed] 'mkdocs.yml:site_description' changed in "
        "mkdocs.yml:4",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", DRIFTS)
def test_a_drift_is_caught_by_name(both: Path, kind: str) -> None:
    file, old, new, said = DRIFTS[kind]
    edit(both, file, old, new)
    errors, _ = check(both)
    assert any(said in line for line in errors), errors


def test_what_the_site_says_alike_in_each_language_is_read_against_nothing(both: Path) -> None:
    """As `make new` writes whose the texts are: with a name, a year and a licence."""
    for told in (
        "Text under CC BY 4.0, code under the MIT licence.",
        "글은 CC BY 4.0, 코드는 MIT 라이선스를 따른다.",
    ):
        edit(both, "mkdocs.yml", told, "© 2026 J. Doe")
    assert check(both)[0] == []


def test_what_is_above_code_is_in_every_edition(both: Path) -> None:
    for language, title in (("en", ' title="Heat the water"'), ("ko", "")):
        page = both / f"docs/{language}/compare/tea-kinds.md"
        text = page.read_text(encoding="utf-8")
        page.write_text(f"{text}\n```sh{title}\nboil\n```\n", encoding="utf-8")
    errors = [e for e in check(both)[0] if "edition-code" in e]
    assert len(errors) == 1
    assert """found '``` sh', expected '``` sh title="..."' as in docs/en/""" in errors[0]


def test_a_page_that_one_of_them_lacks_is_named(
    both: Path,
) -> None:
    (both / "docs/ko/brewing.md").unlink()
    shutil.copy(both / "docs/ko/glossary.md", both / "docs/ko/more.md")
    errors, _ = check(both)
    lacks = "docs/en/brewing.md:1:1: error[edition-page] has no page in 'ko'"
    assert any(error.startswith(lacks) for error in errors)
    assert any("docs/ko/more.md:1:1: error[edition-page] the first edition" in e for e in errors)
    assert not any(line.startswith("data/") for line in errors), "records are not to blame"


DIAGRAM = """
```mermaid
flowchart TB
  accTitle: {title}
  accDescr: {title}.
  leaf["{leaf}"]:::thing
  tea(["{tea}"]):::step
  leaf -- {verb} --> tea
```
"""


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("--> tea", "--> leaf", 7),
        ("leaf[", "blatt[", 5),
        (":::step", ":::thing", 6),
        ("--> tea\n", "--> tea\n  tea --> leaf\n", 8),
    ],
)
def test_a_diagram_that_says_something_else_is_named(
    both: Path, old: str, new: str, line: int
) -> None:
    words = {
        "en": {"title": "A leaf", "leaf": "Leaf", "tea": "Tea", "verb": "becomes"},
        "ko": {"title": "찻잎", "leaf": "찻잎", "tea": "차", "verb": "이 된다"},
    }
    for language, said in words.items():
        page = both / "docs" / language / "glossary.md"
        text = page.read_text(encoding="utf-8")
        page.write_text(text + DIAGRAM.format_map(said), encoding="utf-8")
    first = (
        (both / "docs/ko/glossary.md").read_text(encoding="utf-8").split("\n").index("```mermaid")
    )
    assert not [e for e in check(both)[0] if "edition-diagram" in e]
    edit(both, "docs/ko/glossary.md", old, new)
    found = [e for e in check(both)[0] if "edition-diagram" in e]
    assert found[0].startswith(f"docs/ko/glossary.md:{first + line}:"), found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sequenceDiagram\n  participant a as Agent\n  a->>b: joins", "participant a as 에이전트\n  a->>b: 참여"),
        ("stateDiagram-v2\n  state \"New\" as n\n  [*] --> n: asked", "state \"새것\" as n\n  [*] --> n: 요청"),
        ("flowchart TB\n  subgraph one[An account]\n  a{Is it?} -->|yes| b[(Kept)]\n  end",
         "subgraph one[계정]\n  a{그런가?} -->|예| b[(보관)]\n  end"),
        ("sequenceDiagram\n  loop every minute\n  Note over a,b: waits\n  end", "loop 1분마다\n  Note over a,b: 기다린다\n  end"),
    ],
)  # fmt: skip
def test_words_of_a_diagram_are_no_structure(one: str, other: str) -> None:
    head = one.split("\n", maxsplit=1)[0]
    own = [text for text, _ in structure(Fence("mermaid", one, Place("a.md")))]
    assert own == [
        text for text, _ in structure(Fence("mermaid", f"{head}\n  {other}", Place("b.md")))
    ]


def test_what_changed_is_told_until_somebody_says_that_it_was_read_again(
    both: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "first"]):
        subprocess.run([*GIT, *command], cwd=both, check=True)
    edit(both, "docs/en/brewing.md", "two pots", "three pots")
    edit(both, "data/claims/brewing.yml", "two sizes of pot", "three sizes of pot")
    errors, gaps = check(both)
    assert any("'two' became 'three'" in e and "brewing.md#kinds" in e for e in errors), errors
    assert any("'two' became 'three'" in e and "claims/c-003/now" in e for e in errors), errors
    assert gaps == "2 changed"
    assert cli.main(["--root", str(both), "reread", "claims/c-003"]) == 0
    assert "ko  claims/c-003/now\n1 text recorded" in capsys.readouterr().out
    readings = both / "data/translated/ko.txt"
    before = readings.read_text(encoding="utf-8")
    assert cli.main(["--root", str(both), "reread", "brewing.md", "claims/c-0033"]) == 1
    assert "no text 'claims/c-0033'" in capsys.readouterr().err
    assert readings.read_text(encoding="utf-8") == before, "nothing is recorded by halves"
    assert check(both)[1] == "1 changed"
    assert cli.main(["--root", str(both), "reread", "brewing.md"]) == 0
    assert check(both)[0] == []


def test_how_lines_are_broken_is_no_change(both: Path) -> None:
    edit(
        both,
        "docs/en/compare/tea-kinds.md",
        "The leaf is the same. What",
        "The leaf is the same.\nWhat",
    )
    assert check(both)[0] == []


def test_readings_of_two_branches_are_kept_side_by_side(both: Path) -> None:
    file = both / "data/translated/ko.txt"
    text = file.read_text(encoding="utf-8")
    line = next(one for one in text.splitlines() if one.endswith(" brewing.md#kinds"))
    file.write_text(text + "0123456789ab brewing.md#kinds\n", encoding="utf-8")
    assert check(both)[0] == []
    assert load_readings(both, of_translations("ko"))[0].read["brewing.md#kinds"] == {
        line[:12],
        "0123456789ab",
    }
    file.write_text(text + "<<<<<<< HEAD\n", encoding="utf-8")
    errors, _ = check(both)
    end = text.count("\n") + 1
    assert any(e.startswith(f"data/translated/ko.txt:{end}:1: error[merge-") for e in errors)


def test_new_texts_are_recorded_and_old_ones_are_not_forgiven(both: Path) -> None:
    edit(both, "docs/en/brewing.md", "two pots", "three pots")
    for language, title in (("en", "More"), ("ko", "더")):
        page = both / "docs" / language / "glossary.md"
        text = page.read_text(encoding="utf-8")
        page.write_text(f"{text}\n## {title} {{#more}}\n\n{title}.\n", encoding="utf-8")
    assert check(both)[1] == "1 changed, 1 unread"
    assert cli.main(["--root", str(both), "reread", "--new"]) == 0
    assert check(both)[1] == "1 changed"


def test_what_an_unfinished_edition_lacks_is_counted(
    both: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(both, "mkdocs.yml", "    ko:\n", "    ko:\n      draft: true\n")
    (both / "docs/ko/brewing.md").unlink()
    edit(both, "data/comparisons/tea-kinds.yml", "{en: fully, ko: 완전히}", "{en: fully}")
    for language in ("en", "ko"):
        page = both / "docs" / language / "glossary.md"
        said = DIAGRAM.format(title="a", leaf="b", tea="c", verb="d")
        page.write_text(page.read_text(encoding="utf-8") + said, encoding="utf-8")
    opened = open_editions(both, read_layouts(both), date(2026, 11, 24))
    undrawn = [p.place.file for p in check_files([each.site for each in opened], both)]
    assert undrawn == ["docs/en/glossary.md"], "a draft may wait for its drawings"
    errors, gaps = check(both)
    assert errors == []
    assert gaps == "1 changed, 1 diagram-missing, 1 page, 1 text"
    cli.main(["--root", str(both), "check"])
    assert f"edition ko   draft; {gaps}" in capsys.readouterr().out


def test_a_page_is_found_by_its_names_of_the_first_edition_too(both: Path) -> None:
    """Each once; the first edition does not learn those of another."""
    for language, names in (("en", "[how to steep, 우리는 법]"), ("ko", "[우리는 법, 차 우리기]")):
        edit(both, f"docs/{language}/brewing.md", "---\n", f"---\nnames: {names}\n")
    (both / "docs/ko/tasting.md").write_text("---\ntitle: 시음\nnames: [맛보기]\n---\n", "utf-8")
    english, korean = open_editions(both, read_layouts(both), date(2026, 11, 24))
    own = page_names(korean.site)
    assert own["brewing.html"] == ["우리는 법", "차 우리기", "how to steep"]
    assert own["tasting.html"] == ["맛보기"]
    first = page_names(english.site)
    assert first["brewing.html"] == ["how to steep", "우리는 법"]
    assert "tasting.html" not in first


def test_the_search_offers_the_languages_that_there_are(both: Path) -> None:
    opened = open_editions(both, read_layouts(both), date(2026, 11, 24))
    said = [advice(Edition.of(each.site, each.site.language)) for each in opened]
    assert "also in Korean" in said[0]
    assert "다른 언어(영어)" in said[1]
    alone = open_editions(both, read_layouts(both)[:1], date(2026, 11, 24))[0].site
    assert "Korean" not in advice(Edition.of(alone, "en"))


#: what is copied from the first edition: file, what is replaced there, by what, and its name
COPIES = {
    "paragraph": (
        "docs/ko/compare/tea-kinds.md", "잎은 같다", "The leaf is the same. What is done to it differs.\n\n잎은 같다",
        "compare/tea-kinds.md",
    ),
    "front matter": (
        "docs/ko/compare/tea-kinds.md", "description: 녹차와 홍차를 나란히 놓고 본다.", "description: Green and black tea side by side.",
        "compare/tea-kinds.md:front",
    ),
    "record": (
        "data/glossary/tea.yml", 'ko: "상처 난 잎이 공기 중에서 갈색으로 변하는 것. 열을 가하면 멈춘다."', 'ko: "The browning of bruised leaves in air, stopped by heat."',
        "terms/oxidation/definition",
    ),
    "site": (
        "mkdocs.yml", "site_description: 차 우리기 노트를 한 줄씩 확인했다.", "",
        "mkdocs.yml:site_description",
    ),
    "diagram": ("docs/ko/glossary.md", "accDescr: 잎.", "accDescr: What one leaf becomes in a pot.", "glossary.md:diagram-1"),
}  # fmt: skip


@pytest.mark.parametrize("what", COPIES)
def test_what_is_copied_is_not_translated_until_somebody_says_that_it_is_meant(
    both: Path, what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file, old, new, name = COPIES[what]
    for language, title in (("en", "What one leaf becomes in a pot"), ("ko", "잎")):
        page = both / f"docs/{language}/glossary.md"
        drawn = DIAGRAM.format(title=title, leaf="a", tea="b", verb="c")
        page.write_text(page.read_text("utf-8") + drawn, "utf-8")
    edit(both, file, old, new)
    assert cli.main(["--root", str(both), "reread", "--new"]) == 0
    (error,) = (e for e in check(both)[0] if "edition-untranslated" in e)
    assert f"'{name}' is not translated: it says '" in error
    assert f"run 'python hooks/cli.py reread --alike {name}'" in error
    assert cli.main(["--root", str(both), "reread", "--alike", name]) == 0
    assert f"ko  alike:{name}" in capsys.readouterr().out
    assert [e for e in check(both)[0] if "untranslated" in e] == []
    # It is kept as long as the original stays as it was.
    assert cli.main(["--root", str(both), "reread", "--new"]) == 0
    assert [e for e in check(both)[0] if "untranslated" in e] == []
    assert cli.main(["--root", str(both), "reread", "--alike"]) == 1
    assert "say which texts may be alike" in capsys.readouterr().err


def test_names_code_and_short_words_may_be_alike_in_every_language(both: Path) -> None:
    alike = "`make serve --all-of-it` [Earl Grey](../brewing.md#kinds) Darjeeling First Flush, pH 7.\n\n"
    for language, before in (("en", "The leaf is"), ("ko", "잎은 같다")):
        edit(both, f"docs/{language}/compare/tea-kinds.md", before, alike + before)
    assert cli.main(["--root", str(both), "reread", "compare/tea-kinds.md"]) == 0
    assert check(both)[0] == []
