"""Notes of every kind of line, taken over and followed: what is told, and what files become."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Self

import pytest

import cli
from annotated.importing import command
from annotated.importing.editing import Edited
from annotated.importing.following import Known, follow
from annotated.importing.outline import language_of, outline_of, said
from annotated.importing.reading import ImportStopError, lines_of
from annotated.importing.writing import Topic, aside_texts, claims_file, fit, slug
from tests.conftest import ROOT
from tests.unit.held import SHOWN, held

NOTES = """\
---
title: On "tea" & more
date: 2024-02-10
tags: [a]
---
# On tea

by A. Drinker

# Leaves

Tea is a plant, and it is a *drink*.
- The leaf is [green](https://t.test/a_(b)) at first,
* then it is `left & dried`.
1) It is heated.
> Somebody has said so.
| kind | colour |
| --- | --- |
TODO ask whether so

~~~sh
boil water
~~~
https://t.test/tea
![a cup](cup.png)
<!-- later -->
***

## Deeper

It is <b>hot</b> & {#odd} and [^1].

# Leaves

Another leaf is white; it is rare.

Water:
  It boils at 100 degrees, and so it does.

"""

#: The same, a year later: lines moved, changed, came and went.
LATER = (
    NOTES.replace("# On tea\n", "# On tea\n\nTea came first, and that is all.\n")
    .replace("- The leaf is [green]", "- The leaf is often [green]")
    .replace("1) It is heated.\n", "")
    .replace("TODO ask whether so\n", "")
    .replace("It is <b>hot</b>", "It is very <b>hot</b>")
    .replace("# Leaves\n\nAnother leaf is white; it is rare.\n", "")
    + "# Cups\n\nA cup holds 200 ml of it.\n- A pot holds more than that.\n\nhttps://t.test/cups\n"
)


class Today(date):
    """A day that stays."""

    @classmethod
    def today(cls) -> Self:
        return cls(2026, 11, 24)


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site without records, whose owner git knows."""
    root = tmp_path / "site"
    (root / "data" / "words").mkdir(parents=True)
    for name in ("en", "ko"):
        text = (ROOT / "data" / "words" / f"{name}.yml").read_text(encoding="utf-8")
        (root / "data" / "words" / f"{name}.yml").write_text(text, encoding="utf-8")
    for name in ("sources", "changes"):
        (root / "data" / f"{name}.yml").write_text(f"{name}: []\n", encoding="utf-8")
    (root / "docs" / "en").mkdir(parents=True)
    config = "site_name: T\ntheme: {name: null, language: en}\ndocs_dir: docs/en\n"
    (root / "mkdocs.yml").write_text(config, encoding="utf-8")
    monkeypatch.setattr(command, "date", Today)
    monkeypatch.setattr(command, "_user", lambda _: "")
    return root


def take(root: Path, text: str, *options: str) -> int:
    file = root.parent / "my notes.md"
    file.write_text(text, encoding="utf-8")
    os.utime(file, (1_700_000_000, 1_700_000_000))
    return cli.main(["--root", str(root), "import", *options, "--", str(file)])


def test_what_is_told_and_written_of_notes_that_change(
    empty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown: dict[str, str] = {}

    def note(name: str) -> None:
        told = capsys.readouterr()
        assert told.err == ""
        shown[name] = told.out.replace(str(empty.parent), "")
        for file in sorted((empty / "data").rglob("*")):
            new = file.is_file() and file.suffix in (".yml", ".txt") and file.parent.name != "words"
            if new and file.name not in ("sources.yml", "changes.yml"):
                shown[f"{name} {file.relative_to(empty).as_posix()}"] = file.read_text(
                    encoding="utf-8"
                )

    assert take(empty, NOTES, "--show") == 0
    note("first")
    claims = empty / "data" / "claims" / "leaves.yml"
    text = claims.read_text(encoding="utf-8")
    judged = text.replace("verdict: open", "verdict: personal", 2).replace(
        "    home: open\n", "", 1
    )
    claims.write_text(judged.replace("lines: 12", "lines: [12, 15]"), encoding="utf-8")
    assert take(empty, LATER) == 0
    note("later")
    assert take(empty, LATER) == 0
    shown["again"] = capsys.readouterr().out.replace(str(empty.parent), "")
    assert take(empty, NOTES) == 0
    note("back")
    held(SHOWN / "import.txt", shown)


def test_statements_may_come_at_the_top_again_and_again(empty: Path) -> None:
    text = "# Tea\n\nTea is a plant, and it is a drink.\n"
    assert take(empty, text) == 0
    names = ["tea"]
    for number, name in enumerate(("notes", "notes-2", "notes-3", "notes-4", "notes-5"), 1):
        text = f"Number {number} came first of all, and so it is.\n\n" + text
        assert take(empty, text) == 0
        names.append(name)
        there = {file.stem for file in (empty / "data" / "claims").iterdir()}
        assert there == set(names)


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("by A. Drinker", "A. Drinker"), ("Author: J. R. R. Tolkien", "J. R. R. Tolkien"),
        ("글쓴이: 홍길동", "홍길동"), ("by **Somebody**", "Somebody"),
        ("by the way, it is hot.", None), ("by", None), ("bystander", None),
        ("Written by me", "me"), ("von 1. Somebody", "1. Somebody"),
    ],
)  # fmt: skip
def test_who_wrote_the_notes_keeps_an_initial(line: str, author: str | None) -> None:
    found = outline_of(["Tea", line, "", "Tea is a plant."], "n", date(2026, 1, 1)).author
    assert (found.value if found else None) == author
    front = outline_of(["---", f"author: {author}", "---", "x"], "n", date(2026, 1, 1)).author
    assert (front.value if front else None) == str(author)


@pytest.mark.parametrize(
    ("text", "options", "told"),
    [
        ("Tea\n\nA leaf is what it is, and it is not the water.\n", [],
         ["title     Tea  (line 1; a guess: change it in data/notes.yml if it is wrong)",
          "date      2023-11-14  (the day on which the file was last changed; the notes do not tell; a guess: change it in data/notes.yml if it is wrong)",
          "author    unknown  (the notes do not tell; a guess: change it in data/notes.yml if it is wrong)"]),
        ("Tea.\n", [],
         ["title     my notes  (the name of the file; a guess: change it in data/notes.yml if it is wrong)",
          "language  en  (the site's own; the notes are too short to tell; a guess: change it in data/notes.yml if it is wrong)",
          "1 of 1 line: 0 asides, 0 with a verdict"][:2]),
        ("차는 하나의 식물이다.\n", ["--title", "T", "--author", "A", "--written", "2020-01-02"],
         ["title     T  (as you say)", "date      2020-01-02  (as you say)", "author    A  (as you say)",
          "The notes are in 'ko' and the site is in 'en': headings stand there as the notes have them until you translate them."]),
        ("Tea is it.\n", ["--notes-language", "fr"], ["language  fr  (as you say)"]),
    ],
)  # fmt: skip
def test_each_guess_says_why_and_how_sure_it_is(
    empty: Path, capsys: pytest.CaptureFixture[str], text: str, options: list[str], told: list[str]
) -> None:
    assert take(empty, text, *options) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in told if line not in lines] == [], lines


def test_what_was_said_before_is_not_said_again(
    empty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert take(empty, NOTES) == 0
    before = {f: f.read_bytes() for f in empty.rglob("*") if f.is_file()}
    for option in (["--title", "x"], ["--author", "x"], ["--written", "2020-01-01"],
                   ["--notes-language", "ko"], ["--show"]):  # fmt: skip
        capsys.readouterr()
        assert take(empty, LATER, *option) == 1
        assert capsys.readouterr().err == (
            "title, author, date, language and 'show' stand in data/notes.yml now\n"
        )
    known = empty / "data" / "notes.lines.json"
    good = known.read_text(encoding="utf-8")
    for broken in ("{", "[]", '{"next": 1}', '{"next": "1", "lines": []}', '{"next": 1, "lines": [3]}',
                   '{"next": true, "lines": []}'):  # fmt: skip
        known.write_text(broken, encoding="utf-8")
        assert take(empty, LATER) == 1
        assert "data/notes.lines.json cannot be read" in capsys.readouterr().err
    known.write_text(good, encoding="utf-8")
    notes = empty / "data" / "notes.yml"
    text = notes.read_text(encoding="utf-8")
    count = len(NOTES.rstrip().split("\n"))
    notes.write_text(text.replace(f"lines: {count}\n", "lines: 36\n"), encoding="utf-8")
    capsys.readouterr()
    assert take(empty, LATER) == 1
    assert f"set 'lines: {count}' there, and run this again" in capsys.readouterr().err
    notes.write_text(text, encoding="utf-8")
    assert {f: f.read_bytes() for f in empty.rglob("*") if f.is_file()} == before


@pytest.mark.parametrize(
    ("line", "options", "message"),
    [
        ("", ["--written", "2020-13-01"], "'2020-13-01' is not a day, like 2023-06-03"),
        ("", ["--notes-language", "klingon"], "'klingon' is not a language, like 'en' or 'ko'"),
    ],
)
def test_what_is_said_wrongly_is_one_line(
    empty: Path, capsys: pytest.CaptureFixture[str], line: str, options: list[str], message: str
) -> None:
    assert take(empty, NOTES, *options) == 1
    assert capsys.readouterr().err == f"{message}\n"
    assert not (empty / "data" / "notes.yml").exists()


# Lines ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "kind", "text"),
    [
        ("####### seven", "claim", "####### seven"),
        ("###### six ##", "heading", "six"),
        ("##tag", "heading", "tag"),
        ("    # in code", "claim", "# in code"),
        ("----", "rule", ""), ("* * *", "rule", ""), ("…", "rule", ""), ("| --- |", "rule", ""),
        ("<!-- x -->", "comment", ""), ("<!-- x --> y is.", "claim", "y is."),
        ("<https://t.test>", "address", ""), ("- http://t.test", "address", ""),
        ("See https://t.test for it.", "claim", "See https://t.test for it."),
        ("![x](y)", "picture", ""), ("<img src=x>", "picture", ""),
        ("FIXME this", "todo", "FIXME this"), ("나중에 본다", "todo", "나중에 본다"),
        ("todos are many.", "claim", "todos are many."),
        ("[x] done is it.", "claim", "done is it."),
        ("a) one is it.", "claim", "one is it."), ("(3) three is it.", "claim", "three is it."),
        ("1000. not an item.", "claim", "1000. not an item."),
        ("**bold** is not framed.", "claim", "bold is not framed."),
    ],
)  # fmt: skip
def test_each_line_is_what_its_form_says(line: str, kind: str, text: str) -> None:
    before = ["It is so, and it was so before.", ""]
    found = outline_of([*before, line, ""], "n", date(2026, 1, 1)).lines[2]
    assert (found.kind, found.text) == (kind, text)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("[a](b \"c\") [d][e] [^f] ![g](h)", "a d g"),
        ("**a _b_ c** __d__ ==e== ~~f~~", "a b c d e f"),
        ("snake_case_name and 2*3*4", "snake_case_name and 2*3*4"),
        ("`` a ` b `` is", "`a b` is"),
        ("a &amp; b &#12; & c", "a & amp; b & #12; & c"),
        ("|a||b|", "a, b"), ("a | b", "a | b"),
            ("x" * 3999 + " `y`", "x" * 3999 + " y"),
        (">> a", "a"), ("- - a", "- a"), ("", ""),
    ],
)  # fmt: skip
def test_marks_of_markdown_are_no_words(line: str, text: str) -> None:
    assert said(line) == text


@pytest.mark.parametrize(
    ("lines", "language"),
    [
        (["한글", "a b", "c d"], "ko"), (["한글", "a b", "c d", "e f"], None),
        (["漢字", "かな"], "ja"), (["漢字"], "zh"), (["Ελλάδα"], "el"), (["ไทย"], "th"),
        (["the and of to"], None), (["the and of to in"], "en"), (["12", "!"], None),
    ],
)  # fmt: skip
def test_letters_of_a_third_of_the_lines_tell_a_language(
    lines: list[str], language: str | None
) -> None:
    found = language_of(lines)
    assert (found.value if found else None) == language


# Following -----------------------------------------------------------------------------------


def test_what_is_known_of_lines_is_read_as_it_was_written() -> None:
    known = Known(("a", "", "b"), 12)
    assert known.to_json() == '{\n"next": 12,\n"lines": [\n"a",\n"",\n"b"\n]\n}\n'
    assert Known.from_json(known.to_json()) == known


@pytest.mark.parametrize(
    ("texts", "new", "to"),
    [
        ({1: "Tea is one plant"}, ["Tea is a plant", "x"], {1: 1}),
        ({1: "Tea is one plant"}, ["Coffee has beans", "x"], {}),
        ({}, ["Anything"], {1: 1}),  # as many as went, in the place where they stood
        ({}, ["Anything", "more"], {}),
        ({1: "abcdefgh"}, ["abcdXXXX"], {1: 1}),  # half of it is alike
        ({1: "abcdefgh"}, ["abcXXXXX", "y"], {}),
    ],
)  # fmt: skip
def test_a_line_that_changed_is_found_by_what_it_said(
    texts: dict[int, str], new: list[str], to: dict[int, int]
) -> None:
    assert dict(follow(["h1"], new, texts).to) == to


def test_a_changed_line_is_looked_for_among_the_next_ten() -> None:
    others = [f"{letter} other line {letter}" for letter in "abcdefghi"]
    texts = {1: "Tea is one single plant"}
    assert dict(follow(["h1"], [*others, "Tea is one plant"], texts).to) == {1: 10}
    assert dict(follow(["h1"], [*others, "zz", "Tea is one plant"], texts).to) == {}


# Writing -------------------------------------------------------------------------------------


def test_names_of_files_are_cut_between_words() -> None:
    assert slug("a" * 50) == "a" * 40
    assert slug("ab " * 20) == "-".join(["ab"] * 13)
    assert slug("x" * 39 + " y") == "x" * 39
    for name in ("con", "PRN", "nul", "com1", "lpt9"):
        assert slug(name) == f"topic-{name.lower()}"
    assert slug("com10") == "com10"


def test_asides_of_many_lines_are_parted() -> None:
    lines = list(range(1, 10_002))
    assert [text.split("\n")[0] for text in aside_texts([("r", lines)], "en")] == [
        "lines: 1-10000", "lines: 10001",
    ]  # fmt: skip


def test_a_topic_has_its_title_in_each_language() -> None:
    topic = Topic("x", 'A "b"', (1,))
    assert claims_file(topic, ["id: c-001\nlines: 1"], ["en", "ko"]) == (
        "# yaml-language-server: $schema=../schemas/claims.schema.json\n"
        'topic: {en: "A \\"b\\"", ko: "A \\"b\\""}\nclaims:\n  - id: c-001\n    lines: 1\n'
    )
    assert fit("a <b> [c](d) `e") == "a b c (d) e"
    assert fit("<b>") == "b"
    assert fit("[](") == "("
    assert fit("`") == "…"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a\n" * 100_001, "'n' has 100,001 lines; 100,000 at most"),
        (b"a\nb\0" + b"c" * 20, "'n' holds a NUL byte (line 2): it is not a text"),
        ("a".encode("utf-16-le")[:-1] + b"\0\0", None),
    ],
)
def test_what_is_no_text_is_told(content: bytes, message: str | None) -> None:
    if message is None:
        return
    with pytest.raises(ImportStopError) as caught:
        lines_of(content, "n")
    assert str(caught.value) == message


def test_as_many_lines_as_anybody_writes_are_read() -> None:
    assert len(lines_of(b"a\n" * 100_000 + b"\n \n", "n").lines) == 100_000


def test_yaml_keeps_what_stands_around_a_change() -> None:
    file = Edited("a.yml", "a:\n  - x: 1 # why\n  - x: 2\nb: 3\nc: [1, 2]")
    first, second = file.items("a")
    file.remove_item("a", first)
    file.remove_item("a", second)
    file.drop("b")
    file.set("d", "4")
    assert file.result() == "a: []\nc: [1, 2]\nd: 4\n"
    same = Edited("a.yml", "a: 1")
    assert same.result() == "a: 1"
    added = Edited("a.yml", "b: 1\n")
    added.add_items("a", ["x: 1\ny: 2", "x: 3"])
    assert added.result() == "b: 1\na:\n  - x: 1\n    y: 2\n  - x: 3\n"
    flow = Edited("a.yml", "a: [{x: 1}, {x: 2}]\n")
    with pytest.raises(ImportStopError, match=r"^a\.yml:1: this list stands in brackets"):
        flow.remove_item("a", flow.items("a")[0])
    assert flow.value(flow.root, "none") is None
    assert flow.items("none") == []
