"""Notes of any form become records, and records follow notes that change."""

from __future__ import annotations

import codecs
import os
import re
import shutil
import time
from datetime import date
from pathlib import Path

import pytest

import cli
from annotated.importing.editing import Edited
from annotated.importing.following import Followed, fingerprint, follow
from annotated.importing.fresh import configuration
from annotated.importing.outline import Outline, language_of, outline_of, said
from annotated.importing.reading import ImportStopError, lines_of
from annotated.importing.writing import slug, topics_of
from annotated.project import open_project
from annotated.publish.search_texts import places_of
from annotated.render.claims import claim_list, claims_markdown
from annotated.render.edition import Edition
from tests.conftest import ROOT, edit
from tests.unit.test_schemas import MODELINE

TODAY = date(2026, 11, 24)
#: Seconds, on a busy machine; what grows with the square of the notes takes minutes.
SOON = 60
KOREAN = """\
데이터베이스 정리
2024. 3. 5. 21:10
인덱스
- B-Tree 인덱스는 범위 검색에 쓴다
- 해시 인덱스는 범위 검색에 쓸 수 없다

트랜잭션
- 원자성은 모두 성공하거나 모두 실패하는 성질이다
- `READ COMMITTED`에서는 팬텀 리드가 생길 수 있다
"""


PAGE = """\
---
title: Notes
description: All notes.
kind: reference
checked: 2024-03-02
---

# Notes

All.
"""


@pytest.fixture
def bare(golden: Path) -> Path:
    """A project without notes and pages of its own; it has a source."""
    data, pages = golden / "data", golden / "docs" / "en"
    for part in [*data.iterdir(), *pages.iterdir()]:
        if part.is_file() and part.name != "sources.yml":
            part.unlink()
        elif part.is_dir() and part.name != "words":
            shutil.rmtree(part)
    (data / "changes.yml").write_text("changes: []\n", "utf-8")
    (pages / "index.md").write_text(PAGE, "utf-8")
    (pages / "notes.md").write_text(PAGE + "\n<!-- claims -->\n", "utf-8")
    config = golden / "mkdocs.yml"
    text = config.read_text("utf-8").partition("\nnav:")[0]
    config.write_text(text + "\nnav: [index.md, notes.md]\n", "utf-8")
    return golden


def take(root: Path, text: str | bytes, *options: str) -> int:
    file = root.parent / "notes.txt"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return cli.main(["--root", str(root), "import", *options, "--", str(file)])


def claims_of(root: Path) -> dict[str, tuple[tuple[int, ...], str, str]]:
    site, problems = open_project(root, root / "docs" / "en", "en", date.today())
    assert [str(p) for p in problems] == []
    return {
        name: (c.value.lines, c.value.verdict, next(iter(c.value.said.root.values())))
        for name, c in site.claims.items()
    }


def outline(text: str) -> Outline:
    return outline_of(text.splitlines(), "notes", TODAY)


def test_korean_notes_become_records(bare: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert take(bare, KOREAN, "--author", "나") == 0
    told = capsys.readouterr().out
    assert "title     데이터베이스 정리  (line 1" in told
    assert "date      2024-03-05  (line 2)" in told
    assert "language  ko" in told
    assert "5 of 9 lines: 5 asides, 0 with a verdict" in told
    assert claims_of(bare) == {
        "c-001": ((4,), "open", "B-Tree 인덱스는 범위 검색에 쓴다"),
        "c-002": ((5,), "open", "해시 인덱스는 범위 검색에 쓸 수 없다"),
        "c-003": ((8,), "open", "원자성은 모두 성공하거나 모두 실패하는 성질이다"),
        "c-004": ((9,), "open", "`READ COMMITTED`에서는 팬텀 리드가 생길 수 있다"),
    }
    assert {f.stem for f in (bare / "data" / "claims").iterdir()} == {
        "indegseu",
        "teulaenjaegsyeon",
    }
    assert cli.main(["--root", str(bare), "check"]) == 0
    told = capsys.readouterr().out
    assert "checked      5 of 9 lines; 0 of 4 claims" in told
    assert "open         8: 4 claims not checked, 4 without a page" in told


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("# Tea\n\n## Leaves\n- green\n### Deep\n- black\n## Water\nHot.\n", ["Leaves", "Deep", "Water"]),
        ("Tea\n===\n\nLeaves\n------\nAll from one plant.\n", ["Leaves"]),
        ("My notes on tea\n\n1. Leaves\nAll from one plant.\n\n2. Water\nIt is hot.\n", ["Leaves", "Water"]),
        ("Notes\n\nLeaves\n- one plant\n- many kinds\n\nWater\n- hot\n", ["Leaves", "Water"]),
        ("Notes\n\n**Leaves**\nThey come from one plant.\n", ["Leaves"]),
        ("Notes\n\n--- Leaves ---\nOne plant.\n===== Water\n~~ Cup ~~\nHot.\n", ["Leaves", "Cup"]),
        ("Notes\n\nLeaves:\n  They come from one plant.\n", ["Leaves"]),
        ("お茶\n\n■ 葉\n・緑茶は発酵しない。\n■ 水\n・熱い水を使う。\n", ["葉", "水"]),
        ("메모\n\n제1장 잎\n잎은 하나의 식물에서 온다.\n\n제2장 물\n물은 뜨겁다.\n", ["제1장 잎", "제2장 물"]),
        ("שלום\n\nעלים\n- כל התה מגיע מצמח אחד\n- יש הרבה סוגים\n", ["עלים"]),  # noqa: RUF001
    ],
)  # fmt: skip
def test_headings_of_every_form_are_found(text: str, headings: list[str]) -> None:
    assert [line.text for line in outline(text).lines if line.kind == "heading"] == headings


def test_a_numbered_list_and_sentences_are_no_headings() -> None:
    text = (
        "Notes\n\n1. boil water\n2. pour it\n3. wait\n\nTea is a plant.\nIt grows in the hills.\n"
    )
    kinds = [line.kind for line in outline(text).lines]
    assert kinds == ["title", "blank", "claim", "claim", "claim", "blank", "claim", "claim"]


def test_signs_that_a_backslash_makes_letters_stay_in_titles_and_headings() -> None:
    text = "# On \\*tea\\* and C#\n\n## C\\#\n\n\\# no heading.\n\n## Closed ##\n\nIt is so.\n"
    found = outline(text)
    assert found.title.value == "On *tea* and C#"
    told = [(line.kind, line.text) for line in found.lines if line.text]
    assert told[1:] == [("heading", "C#"), ("claim", "# no heading."), ("heading", "Closed"),
                        ("claim", "It is so.")]  # fmt: skip


def test_what_states_nothing_is_an_aside_with_its_reason() -> None:
    text = (
        "---\ntitle: Tea\ndate: 2024-02-10\nauthor: Kim\n---\nTea is a plant, and a drink.\n----\n"
        "```sh\nboil water\n```\nhttps://example.org/tea\n![a cup](cup.png)\n<!-- later -->\n"
        "TODO ask about water\n"
    )
    read = outline(text)
    assert (read.title.value, read.title.sure) == ("Tea", True)
    assert read.written
    assert read.written.value == "2024-02-10"
    assert read.author
    assert read.author.value == "Kim"
    assert [line.kind for line in read.lines] == [
        *["meta"] * 5, "claim", "rule", "code", "code", "code", "address", "picture", "comment",
        "todo",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("2023. 6. 3. 14:51", "2023-06-03"),
        ("2023년 6월 3일", "2023-06-03"),
        ("June 3rd, 2023", "2023-06-03"),
        ("3 Jun 2023", "2023-06-03"),
        ("Date: 2023/06/03", "2023-06-03"),
        ("03/06/2023", None),  # of June, or of March
        ("2023-06-31", None),
        ("2031-06-03", None),  # to come
    ],
)
def test_a_date_is_taken_where_it_is_sure(line: str, day: str | None) -> None:
    found = outline(f"Tea\n{line}\n\nTea is a plant, and a drink that people make of it.\n").written
    assert (found.value if found else None) == day


def test_two_dates_are_none() -> None:
    assert outline("Tea\n2023-06-03\n2023-07-01\n\nTea is a plant.\n").written is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The leaf is what matters, and it is not the water that you use for this.", "en"),
        ("Das Blatt ist nicht das Wasser, und die Tasse wird mit dem Tee auch warm.", "de"),
        ("お茶は植物の葉から作られる。", "ja"),
        ("所有的茶都来自一种植物。", "zh"),
        ("Docker는 OS 위에서 돈다\nAmazon ECS\nEC2", "ko"),
        ("Весь чай получают из одного растения, и это не зависит от того, как его сушат.", "ru"),  # noqa: RUF001
        ("tea", None),
    ],
)
def test_a_language_is_told_where_it_is_sure(text: str, language: str | None) -> None:
    found = language_of(text.split("\n"))
    assert (found.value if found else None) == language


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("  * **Tea** is _one_ [plant](https://example.org/a_(b))", "Tea is one plant"),
        ("- [ ] buy ~~tea~~ a cup", "buy tea a cup"),
        ("> quoted\ttext", "quoted text"),
        ("| a | b |", "a, b"),
        ("if a <b> c</b> & d", "if a c & d"),
        ("`x < y` and a<b", "`x < y` and a< b"),
        ("an odd ` tick, {#id} and [^1]", "an odd ' tick, (#id} and"),
        ("\u202eabc\u200b", "abc"),
        (r"\*not\* **it**, \_nor\_ snake\_case", "*not* it, _nor_ snake_case"),
        (r"- \# is no heading, C\# neither", "# is no heading, C# neither"),
        (r"\- no item, 1\. neither", "- no item, 1. neither"),
        (r"\[x] no task", "[x] no task"),
        (r"- [ ] a task, see [x] there", "a task, see [x] there"),
        (r"\[a\](b) [c\]d](e) \!\[f](g)", "[a] (b) c]d ! [f] (g)"),
        (r"**a \* b** and \\*c*", "a * b and \\c"),
        (r"| a \| b | c |", "a | b, c"),
        (r"`a\*b` \`c", r"`a\*b` 'c"),
        (r"C:\temp is no escape, \alpha neither" + "\\", r"C:\temp is no escape, \alpha neither"),
        (r"\<b\> \&amp; \{#id}", "< b> & amp; (#id}"),
        ("`<b>` and `&lt;` are code, <b>", "`<b>` and `&lt;` are code,"),
        ("`` a `<b>` b ``, ``` `` ```", "`a <b> b`,"),
        ("``<b>`, `<i>", "'' `,`"),
        (r"\``<b>` c", "'`<b>` c"),
        ("| `<td>` | `<b> |", "`<td>`, '"),
    ],
)
def test_a_line_is_said_as_a_record_holds_it(line: str, text: str) -> None:
    assert said(line) == text
    assert said(text) == text or "\\" in line  # so that a record is known for its line again


def test_any_line_makes_a_record_that_is_valid(bare: Path) -> None:
    lines = [
        "x ![](a.png) y is here.", "a `b` c ` d is odd.", "{count:claims} is no count.", "a ]( b.",
        "&nbsp; and &#12; stand here.", "<script>alert(1)</script> is shown.", "c: 'd' # e, \"f\".",
        "a \\ b is it.", "`<b>` is code.", "``two ` ticks`` is it.", "[a][b] [^c-001] is it.",
        "- * + - nested.", "😀 \u200d smile.", "\ttabs\there.", "a | b is a pipe.", "% @ ! start.",
        r"a \*not\* \_b\_ \# c.", r"\[x\](y) is \{count:claims} and \<b>.", r"C:\temp \\ is a \| b.",
    ]  # fmt: skip
    assert take(bare, "\n".join(["Odd lines", "", *lines]) + "\n") == 0
    assert len(claims_of(bare)) == len(lines)


@pytest.mark.parametrize(
    ("content", "read_as"),
    [
        (codecs.BOM_UTF8 + KOREAN.encode(), "UTF-8"),
        (KOREAN.encode("utf-16"), "UTF-16"),
        (codecs.BOM_UTF16_LE + KOREAN.encode("utf-16-le"), "UTF-16"),
        (codecs.BOM_UTF16_BE + KOREAN.encode("utf-16-be"), "UTF-16"),
        (codecs.BOM_UTF32_LE + KOREAN.encode("utf-32-le"), "UTF-32"),
        (codecs.BOM_UTF32_BE + KOREAN.encode("utf-32-be"), "UTF-32"),
        ("Tea is a plant\nand a drink\n".encode("utf-16-le"), "UTF-16"),
        (KOREAN.encode("cp949"), "CP949"),
        (KOREAN.replace("\n", "\r\n").encode(), "UTF-8"),
        (KOREAN.replace("\n", "\r", 3).encode(), "UTF-8"),
    ],
)
def test_every_encoding_and_line_end_is_read(content: bytes, read_as: str) -> None:
    raw = lines_of(content, "notes.txt")
    assert raw.encoding == read_as
    assert len(raw.lines) == (9 if "데" in raw.lines[0] else 2)
    assert all("\r" not in line for line in raw.lines)


BAD = [
    (b"", "is empty"),
    (b" \n\n\t\n", "nothing but empty lines"),
    (b"tea\0 is a plant, and more than a few letters\n", "holds a NUL byte (line 1)"),
    (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe\xf0", "NUL bytes"),
    (codecs.BOM_UTF16_LE + b"\x00\xd8", "broken UTF-16"),
]


@pytest.mark.parametrize(("content", "message"), BAD)
def test_bad_input_is_one_sentence_and_changes_nothing(
    bare: Path, capsys: pytest.CaptureFixture[str], content: bytes, message: str
) -> None:
    before = sorted(bare.rglob("*"))
    assert take(bare, content) == 1
    told = capsys.readouterr()
    assert message in told.err
    assert told.out == ""
    assert len(told.err.splitlines()) == 1
    assert sorted(bare.rglob("*")) == before


def test_what_is_no_file_is_one_sentence(bare: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pipe = bare.parent / "pipe"
    os.mkfifo(pipe)
    for name in (str(bare), "/proc/x", "/proc/self/environ", str(pipe), "/dev/zero", "a\0b", ""):
        assert cli.main(["--root", str(bare), "import", "--", name]) == 1
        assert len(capsys.readouterr().err.splitlines()) == 1, name
    assert cli.main(["--root", str(bare), "import", "--", "~nobody-of-that-name/x"]) == 1
    assert "who is not here" in capsys.readouterr().err
    file = bare.parent / "a 'b\" 메모.txt"
    file.write_text("Tea is a plant, and it is a drink.\n", "utf-8")
    for encoding in ("klingon", "undefined", "rot13", "utf-8\0"):
        assert cli.main(["--root", str(bare), "import", "--encoding", encoding, str(file)]) == 1
        assert f"no encoding '{encoding.replace(chr(0), '<U+0000>')}'" in capsys.readouterr().err
    assert cli.main(["--root", str(bare), "import", str(file)]) == 0


def test_what_is_said_of_the_notes_is_written_as_records_hold_it(bare: Path) -> None:
    file = bare.parent / "notes.txt"
    file.write_text("Tea is a plant, and it is a drink.\n", "utf-8")
    said = ["--title", "On\n tea\x07", "--author", "\u202eme\n: x"]
    assert cli.main(["--root", str(bare), "import", *said, "--", str(file)]) == 0
    assert cli.main(["--root", str(bare), "check"]) == 0


def test_records_that_are_there_are_not_overwritten(
    golden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {f: f.read_bytes() for f in golden.rglob("*") if f.is_file()}
    assert take(golden, KOREAN) == 1
    assert "was not made from a file" in capsys.readouterr().err
    assert take(golden, KOREAN, "--adopt") == 1
    assert "speaks of 6 lines, and these notes have 9" in capsys.readouterr().err
    assert {f: f.read_bytes() for f in golden.rglob("*") if f.is_file()} == before


def test_records_written_by_hand_can_be_followed(
    golden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notes = "Tea\nOne plant.\nGreen and\nblack differ.\n150 ml.\nNo milk.\n"
    assert take(golden, notes, "--adopt") == 0
    assert take(golden, "A line that came first of all.\n" + notes) == 0
    assert "line 1: c-006, not checked yet" in capsys.readouterr().out
    claims = golden / "data" / "claims" / "brewing.yml"
    assert "lines: 4-5\n    verdict: wrong" in claims.read_text("utf-8")


# Shown ------------------------------------------------------------------------------------------


def test_lines_are_shown_beside_their_claims_where_the_owner_allows(bare: Path) -> None:
    assert take(bare, KOREAN, "--show") == 0
    judge(bare)
    site, problems = open_project(bare, bare / "docs" / "en", "en", date.today())
    assert problems == []
    edition = Edition.of(site, "en")
    html = claim_list("notes.md", edition)
    original = "<p>- 해시 인덱스는 범위 검색에 쓸 수 없다</p></blockquote>"
    assert 'lang="ko" dir="ltr"' in html
    assert original + '<p class="said">Hash' in html.replace("  ", "").replace("> <", "><")
    # What nobody has put into other words stands there once.
    assert html.count("B-Tree 인덱스는 범위 검색에 쓴다") == 1
    assert "해시 인덱스는 범위 검색에 쓸 수 없다" in claims_markdown("notes.md", edition)
    assert "해시 인덱스는 범위 검색에 쓸 수 없다" in " ".join(
        text for place in places_of(html) for text in place.texts
    )


def test_lines_stay_out_where_he_does_not(bare: Path) -> None:
    assert take(bare, KOREAN) == 0
    judge(bare)
    assert not (bare / "data" / "notes.txt").exists()
    assert "해시" not in "".join(f.read_text("utf-8") for f in (bare / "data").glob("notes*"))
    site, _ = open_project(bare, bare / "docs" / "en", "en", date.today())
    assert "해시" not in claim_list("notes.md", Edition.of(site, "en"))


def test_a_language_of_the_other_direction(bare: Path) -> None:
    assert take(bare, "תה\n\n- כל התה מגיע מצמח אחד\n", "--show") == 0
    site, _ = open_project(bare, bare / "docs" / "en", "en", date.today())
    assert 'lang="he" dir="rtl"' in claim_list("notes.md", Edition.of(site, "en"))


def test_shown_lines_that_are_missing_have_their_place(bare: Path) -> None:
    assert take(bare, KOREAN) == 0
    notes = bare / "data" / "notes.yml"
    notes.write_text(notes.read_text("utf-8") + "show: true\n", "utf-8")
    problems = open_project(bare, bare / "docs" / "en", "en", date.today())[1]
    assert [p.rule for p in problems] == ["notes-text"]
    assert "data/notes.txt, which readers shall see, is missing; run 'make import'" in str(
        problems[0]
    )
    assert take(bare, KOREAN) == 0
    assert len(claims_of(bare)) == 4
    # And out again, once he has changed his mind.
    notes.write_text(notes.read_text("utf-8").replace("show: true\n", ""), "utf-8")
    assert take(bare, KOREAN) == 0
    assert not (bare / "data" / "notes.txt").exists()


# In the place of what is there ---------------------------------------------------------------------


def test_a_new_site_shows_the_notes_and_nothing_else(
    golden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert take(golden, KOREAN, "--fresh") == 0
    told = capsys.readouterr().out
    assert "The site speaks 'ko' now: its pages stand in docs/ko/" in told
    assert "What was here stands in before-import/ now." in told
    assert (golden / "before-import" / "docs" / "en" / "brewing.md").is_file()
    assert (golden / "before-import" / "data" / "claims" / "brewing.yml").is_file()
    site, problems = open_project(golden, golden / "docs" / "ko", "ko", date.today())
    assert (len(site.claims), problems) == (4, [])
    assert all(page.checked is None for page in site.pages.values())
    assert "language: ko" in (golden / "mkdocs.yml").read_text("utf-8")
    for readme in ("README.md", "README.ko.md"):
        assert (golden / readme).read_text("utf-8").startswith("# 데이터베이스 정리\n"), readme
    assert "units: {years: {ko: ...}}" in (golden / "data" / "site.yml").read_text("utf-8")
    for file in (golden / "data").rglob("*.yml"):
        named = MODELINE.match(file.read_text("utf-8"))
        assert named, f"{file} does not tell editors its schema"
        schema = ROOT / "data" / file.parent.relative_to(golden / "data") / named[1]
        assert schema.is_file()
    assert cli.main(["--root", str(golden), "check"]) == 0
    assert "진술 4개가 있고, 그중 4개는 아직 확인 전이다" in cli_render(golden)
    assert take(golden, KOREAN, "--fresh") == 1
    assert "'before-import' is there already" in capsys.readouterr().err
    assert take(golden, KOREAN) == 0
    assert "Nothing has changed" in capsys.readouterr().out


JAPANESE = """\
# 調律メモ

標準ピッチは440Hz。
鍵盤は88鍵ある。
"""


def test_a_new_site_speaks_the_language_of_the_notes_whether_or_not_the_interface_does(
    golden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert take(golden, JAPANESE, "--fresh") == 0
    told = capsys.readouterr().out
    assert "language  ja  (3 of 3 lines in its letters)" in told
    assert "The site speaks 'ja' now: its pages stand in docs/ja/" in told
    assert "English lends the words of the interface" in told
    assert "data/words/ja.yml" in told
    assert "language: ja" in (golden / "mkdocs.yml").read_text("utf-8")
    assert 'topic: {ja: "調律メモ"}' in "".join(
        file.read_text("utf-8") for file in (golden / "data" / "claims").iterdir()
    )
    site, problems = open_project(golden, golden / "docs" / "ja", "ja", date.today())
    assert (len(site.claims), problems) == (2, [])
    assert cli.main(["--root", str(golden), "check"]) == 0


def test_a_new_site_may_speak_another_language_than_the_notes(
    golden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for wrong in ("klingon", "xx"):
        assert take(golden, JAPANESE, "--fresh", "--site-language", wrong) == 1
        assert f"'{wrong}' is not a language, like 'en' or 'ko'" in capsys.readouterr().err
    assert take(golden, JAPANESE, "--site-language", "en") == 1
    assert "so it goes with --fresh" in capsys.readouterr().err
    assert take(golden, JAPANESE, "--fresh", "--site-language", "en") == 0
    told = capsys.readouterr().out
    assert "The site speaks 'en' now" in told
    assert "lends" not in told
    assert "language: ja\n" in (golden / "data" / "notes.yml").read_text("utf-8")


def test_a_few_lines_in_letters_of_several_languages_are_guessed_and_not_sure() -> None:
    for text, likely in (("الخميرة كائن حي", "ar"), ("Дрожжи живые", "ru"), ("खमीर जीवित है", "hi")):
        guess = language_of([text])
        assert guess is not None
        assert (guess.value, guess.sure) == (likely, False)
    assert language_of(["Yeast lives."]) is None


def cli_render(root: Path) -> str:
    """The first page in plain Markdown."""
    assert cli.main(["--root", str(root), "render", str(root / "out")]) == 0
    return (root / "out" / "index.md").read_text("utf-8")


def test_a_configuration_takes_title_language_and_pages() -> None:
    before = (
        "# mine\nsite_name: >-\n  A\n  b\n# and\ndocs_dir: docs/en\ntheme:\n  name: x\n  language: en\n"
        "extra:\n  a: b\n  # of editions\n  editions:\n    ko:\n      nav: {a: b}\n  # kept\n  c: d\n"
        "plugins:\n  nav: x\nnav:\n- A: a.md\n- b:\n  - c.md\n\nlast: 1\n"
    )
    assert configuration(before, 'T: "x"', "ko", "docs/ko") == (
        '# mine\nsite_name: "T: \\"x\\""\n# and\ndocs_dir: docs/ko\ntheme:\n  name: x\n  language: ko\n'
        "extra:\n  a: b\n  # kept\n  c: d\nplugins:\n  nav: x\n"
        "nav:\n  - index.md\n  - notes/index.md\n\nlast: 1\n"
    )


# Again ------------------------------------------------------------------------------------------

JUDGED = """verdict: wrong
    said: {en: Hash indexes do no ranges.}
    now: {en: They do none.}  # as the manual says
    sources: [tea-encyclopedia]
    home: open"""


def judge(root: Path) -> None:
    """What an owner does: judge a claim, in other words, with a remark."""
    file = root / "data" / "claims" / "indegseu.yml"
    before = 'verdict: open\n    said: {ko: "해시 인덱스는 범위 검색에 쓸 수 없다"}\n    home: open'
    text = file.read_text("utf-8")
    assert before in text
    file.write_text("# my own remark\n" + text.replace(before, JUDGED), "utf-8")


def test_again_with_the_same_notes_nothing_changes(
    bare: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert take(bare, KOREAN) == 0
    judge(bare)
    before = {f: f.read_bytes() for f in (bare / "data").rglob("*") if f.is_file()}
    capsys.readouterr()
    assert take(bare, KOREAN.replace("- B-Tree", "* **B-Tree**")) == 0  # says the same
    told = capsys.readouterr().out
    assert "Nothing has changed" in told
    assert "6 of 9 lines: 5 asides, 1 with a verdict" in told
    assert {f: f.read_bytes() for f in (bare / "data").rglob("*") if f.is_file()} == before


def test_lines_move_change_come_and_go(bare: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert take(bare, KOREAN) == 0
    judge(bare)
    capsys.readouterr()
    changed = (
        KOREAN.replace("인덱스\n", "인덱스\n- 인덱스는 쓰기를 느리게 한다\n", 1)  # came
        .replace("성질이다", "성질")  # changed
        .replace("- `READ COMMITTED`에서는 팬텀 리드가 생길 수 있다\n", "")  # went
        + "\n잠금\n- 잠금은 교착 상태를 낳을 수 있다\n"  # a topic that came
    )
    assert take(bare, changed) == 0
    told = capsys.readouterr().out
    assert "moved    lines 4-8 -> 5-9" in told
    assert "line 4: c-005, not checked yet" in told
    assert "changed  line 9: c-003 says now" in told
    assert "line 9: c-004, which nobody had checked, is removed" in told
    claims = claims_of(bare)
    assert claims["c-001"][0] == (5,)
    assert claims["c-002"] == ((6,), "wrong", "Hash indexes do no ranges.")
    assert claims["c-003"] == ((9,), "open", "원자성은 모두 성공하거나 모두 실패하는 성질")
    assert claims["c-005"] == ((4,), "open", "인덱스는 쓰기를 느리게 한다")
    assert claims["c-006"] == ((12,), "open", "잠금은 교착 상태를 낳을 수 있다")
    assert "c-004" not in claims
    text = (bare / "data" / "claims" / "indegseu.yml").read_text("utf-8")
    assert text.startswith("# my own remark\n")
    assert "now: {en: They do none.}  # as the manual says" in text
    assert (bare / "data" / "claims" / "jamgeum.yml").exists()
    # And back: an id is never used again.
    assert take(bare, KOREAN) == 0
    assert claims_of(bare)["c-007"] == (
        (9,),
        "open",
        "`READ COMMITTED`에서는 팬텀 리드가 생길 수 있다",
    )


def test_asides_and_what_waits_follow_their_lines(
    bare: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def told(text: str) -> tuple[str, str]:
        assert take(bare, text) == 0
        return capsys.readouterr().out, (bare / "data/notes.yml").read_text("utf-8")

    notes = "# Tea\n\n## Leaves\nOne plant has them all.\n\nIt is hot.\nhttps://a.test/\n"
    record = told(notes)[1]
    address = '  - lines: 7\n    reason: {en: "An address"}\n'
    assert address in record
    (bare / "data/notes.yml").write_text(
        record.replace(address, "").replace("lines: 7\n", "lines: 7\nopen: 7\n"), "utf-8"
    )
    more = notes.replace("## Leaves", "## The leaves").replace("hot.\n", "hot.\nIt is wet.\n")
    said, record = told(more)
    assert "line 3: an aside says now '## The leaves'" in said
    assert "\nlines: 8\nopen: 8\n" in record
    assert "open" not in told(more.replace("https://a.test/\n", ""))[1]
    assert "asides" not in told("One plant has them all.\nIt is hot.\nIt is wet.\n")[1]


def claims_by_topic(root: Path) -> dict[str, list[str]]:
    """The claims of each topic, by its heading."""
    site = open_project(root, root / "docs" / "en", "en", date.today())[0]
    return {topic.value.topic.in_language("en"): ids for topic, ids in site.topics}


def test_what_is_one_is_said_as_one(bare: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert take(bare, "All tea comes from one plant.\n") == 0
    assert cli.main(["--root", str(bare), "check"]) == 0
    edit(bare, "data/claims/notes.yml", "lines: 1", "lines: 1-2")
    assert cli.main(["--root", str(bare), "check"]) == 1
    told = "".join(capsys.readouterr())
    assert "0 of 1 line: 0 asides" in told
    assert "the notes have 1 line\n" in told
    assert "1 problem\n" in told
    said = [line for line in told.splitlines() if re.search(r"(?<![-.\d])1 [a-z]+s\b", line)]
    assert said == [], "the form of more than one"


TWO = "# Tea\n\n## Leaves\nOne plant has them all.\n\n## Water\nIt is hot.\nIt is soft.\n"
WATER = "data/claims/water.yml"


def test_a_topic_goes_with_its_last_claim(bare: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert take(bare, TWO) == 0
    assert (bare / WATER).exists()
    gone = TWO.replace("It is hot.\nIt is soft.\n", "")
    capsys.readouterr()
    assert take(bare, gone) == 0
    assert f"went     {WATER}, which has no claims any more, is removed" in capsys.readouterr().out
    assert not (bare / WATER).exists()
    # What comes below the heading that stayed is a topic again.
    assert take(bare, gone + "It boils.\n") == 0
    assert claims_by_topic(bare) == {"Leaves": ["c-001"], "Water": ["c-004"]}
    assert (bare / WATER).exists()


def test_a_topic_stays_for_what_its_owner_wrote(
    bare: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert take(bare, TWO) == 0
    edit(bare, WATER, "claims:\n", "claims:\n  # ask grandmother\n")
    capsys.readouterr()
    assert take(bare, TWO.replace("It is hot.\nIt is soft.\n", "")) == 0
    assert f"{WATER} has no claims any more; it stays for your remarks" in capsys.readouterr().out
    assert "# ask grandmother\n" in (bare / WATER).read_text("utf-8")
    assert claims_by_topic(bare) == {"Leaves": ["c-001"], "Water": []}


def test_a_topic_whose_claims_are_all_others_now_stays_the_same_topic(bare: Path) -> None:
    assert take(bare, TWO) == 0
    edit(bare, WATER, '{en: "Water"}', '{en: "Water", ko: 물}')
    new = TWO.replace("It is hot.\nIt is soft.\n", "Boil what comes from the spring.\n")
    assert take(bare, new) == 0
    assert claims_by_topic(bare) == {"Leaves": ["c-001"], "Water": ["c-004"]}
    assert "ko: 물" in (bare / WATER).read_text("utf-8")


def test_what_comes_straight_below_a_heading_is_of_its_topic(bare: Path) -> None:
    assert take(bare, TWO) == 0
    edit(bare, WATER, "claims:\n", "claims:\n  # ask grandmother\n")
    new = TWO.replace("It is hot", "Boil what comes from the spring.\nIt is hot")
    new = new.replace("One plant", "Pick them by hand.\nThen dry them.\nOne plant")
    assert take(bare, new) == 0
    assert claims_by_topic(bare) == {
        "Leaves": ["c-004", "c-005", "c-001"],
        "Water": ["c-006", "c-002", "c-003"],
    }


def test_a_judged_claim_whose_line_went_stays_and_is_named(
    bare: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert take(bare, KOREAN) == 0
    judge(bare)
    capsys.readouterr()
    assert take(bare, KOREAN.replace("- 해시 인덱스는 범위 검색에 쓸 수 없다\n", "")) == 0
    assert "line 5: c-002 has no line any more" in capsys.readouterr().out
    problems = open_project(bare, bare / "docs" / "en", "en", date.today())[1]
    assert [str(p).partition(" expected")[0] for p in problems] == [
        "data/claims/indegseu.yml:13:5: error[bad-value] 'lines':"
    ]
    assert "They do none." in (bare / "data" / "claims" / "indegseu.yml").read_text("utf-8")


SAID = 'verdict: open\n    said: {ko: "해시 인덱스는 범위 검색에 쓸 수 없다"}\n    home: open'
#: What an owner may write into a claim.
WRITTEN = {
    "a verdict": JUDGED,
    "a place": SAID.replace("\n    home: open", ""),
    "other words": SAID.replace("쓸 수 없다", "못 쓴다"),
    "another language": SAID.replace('없다"', '없다", en: "They do none"'),
}


@pytest.mark.parametrize("written", WRITTEN)
def test_what_somebody_has_written_into_a_claim_outlives_its_line(
    bare: Path, written: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert take(bare, KOREAN) == 0
    edit(bare, "data/claims/indegseu.yml", SAID, WRITTEN[written])
    if written == "a place":
        edit(bare, "docs/en/index.md", "# Notes\n", "# Notes\n\nHash indexes.[^c-002]\n")
    capsys.readouterr()
    assert take(bare, KOREAN.replace("- 해시 인덱스는 범위 검색에 쓸 수 없다\n", "")) == 0
    assert "line 5: c-002 has no line any more" in capsys.readouterr().out
    assert WRITTEN[written] in (bare / "data/claims/indegseu.yml").read_text("utf-8")


def test_a_judged_claim_whose_line_changed_is_to_be_read_again(
    bare: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert take(bare, KOREAN) == 0
    judge(bare)
    capsys.readouterr()
    assert take(bare, KOREAN.replace("쓸 수 없다", "못 쓴다")) == 0
    assert "changed  line 5: read c-002 again" in capsys.readouterr().out
    assert claims_of(bare)["c-002"][1] == "wrong"


def test_two_lines_that_change_places_keep_their_claims(bare: Path) -> None:
    assert take(bare, KOREAN) == 0
    lines = KOREAN.splitlines()
    lines[3], lines[8] = lines[8], lines[3]
    assert take(bare, "\n".join(lines) + "\n") == 0
    assert {name: claim[0] for name, claim in claims_of(bare).items()} == {
        "c-001": (9,), "c-002": (5,), "c-003": (8,), "c-004": (4,)
    }  # fmt: skip


def test_files_keep_their_line_ends(bare: Path) -> None:
    assert take(bare, KOREAN) == 0
    file = bare / "data" / "claims" / "indegseu.yml"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert take(bare, "처음에 온 줄이 하나 있다\n" + KOREAN) == 0
    content = file.read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n") > 0
    assert claims_of(bare)["c-001"][0] == (5,)


def test_ten_thousand_lines(bare: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = ["All of it", ""]
    lines += [
        f"Statement {n} says that this is number {n}." if n % 4 else "" for n in range(1, 9999)
    ]
    assert take(bare, "\n".join(lines) + "\n") == 0
    claims = claims_of(bare)
    assert len(claims) == 7499
    assert "c-1000" in claims
    lines.insert(5000, "This one came in the middle of them all.")
    assert take(bare, "\n".join(lines) + "\n") == 0
    assert "line 5001: c-7500" in capsys.readouterr().out


def test_notes_that_are_written_anew_keep_nobody_waiting(bare: Path) -> None:
    def written(word: str) -> str:
        return "All of it\n\n" + "".join(
            f"The {word} number {n} is a {word}.\n" for n in range(1500)
        )

    assert take(bare, written("thing")) == 0
    started = time.monotonic()
    assert take(bare, written("question")) == 0
    hostile = "All of it\n\n" + "**a " * 50_000 + "\n" + "[" * 50_000 + "x\n" + "`" * 50_001 + "x\n"
    assert take(bare, hostile) == 0
    assert time.monotonic() - started < SOON


# Parts ------------------------------------------------------------------------------------------


def test_names_of_files_are_plain_and_free() -> None:
    assert slug("AUX") == "topic-aux"
    assert slug("🎉") == "tada"
    assert slug("ㅡ" * 80 + " x").isascii()
    assert len(slug("very " * 40)) <= 40
    text = "Notes\n\n# One\n- a\n\n# One\n- b\n\n# Ones!\n- c\n"
    assert [topic.name for topic in topics_of(outline(text))] == ["one", "one-2", "ones"]


def test_lines_are_paired_by_what_they_say() -> None:
    old = ["h1", "h2"]
    found = follow(
        old, ["Tea is one single plant", "Something else"], {1: "Tea is one plant", 2: "Water"}
    )
    assert found == Followed({1: 1}, frozenset({1}), (2,), (2,))


def test_lines_that_are_alike_keep_their_order_where_they_move() -> None:
    first, rest = (
        ["Tea is a plant"] * 3,
        ["Water is hot", "Milk is white", "Sugar is sweet", "Done"],
    )
    old = [fingerprint(line) for line in [*first, *rest]]
    found = follow(old, [*rest, *first], {})
    assert found.to == {1: 5, 2: 6, 3: 7, 4: 1, 5: 2, 6: 3, 7: 4}
    assert (found.came, found.went, found.changed) == ((), (), frozenset())


def test_yaml_is_edited_where_it_stands() -> None:
    text = (
        "a: 1  # one\nlist:\n- x: >-\n    folded\n    text\n  y: [1,\n    2]\n# between\n- x: b\n"
    )
    file = Edited("a.yml", text)
    first, second = file.items("list")
    file.replace(file.value(first, "y"), "3")
    file.add_items("list", ["x: c"], first)
    file.remove_item("list", second)
    file.set("a", "2")
    file.set("b", "4")
    assert file.result() == (
        "a: 2  # one\nlist:\n- x: >-\n    folded\n    text\n  y: 3\n- x: c\n# between\nb: 4\n"
    )
    flow = Edited("a.yml", "list: [{x: 1}]\n")
    with pytest.raises(ImportStopError, match=r"a\.yml:1: this list stands in brackets"):
        flow.add_items("list", ["x: 2"])
    empty = Edited("a.yml", "list: []\n")
    empty.add_items("list", ["x: 2\ny: 3"])
    assert empty.result() == "list:\n  - x: 2\n    y: 3\n"
