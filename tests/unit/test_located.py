"""Reading texts and YAML: what is read, and where each thing that cannot be read is placed."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from annotated.records.located import read_yaml
from annotated.records.problems import UNSEEN, Place, Problem, nearest
from annotated.records.texts import clean, read_text

#: text, rule, line, column, a part of the message
BAD = [
    ("a: !!int ''\n", "yaml-tag", 1, 4, "'!!int'"),
    ("a: 1\nb: !!timestamp x\n", "yaml-tag", 2, 4, "'!!timestamp'"),
    ("a: [1, !!bool maybe]\n", "yaml-tag", 1, 8, "'!!bool'"),
    ("a: !!python/name:os.system x\n", "yaml-tag", 1, 4, "remove it"),
    ("a: {en: !important note}\n", "yaml-tag", 1, 9, "into quotes"),
    ("!!map a: 1\n", "yaml-tag", 1, 1, "'!!map'"),
    ("a: &x 1\nb: 2\n", "yaml-alias", 1, 4, "'&x'"),
    ("a: *x\n", "yaml-alias", 1, 4, "'*x'"),
    ("? [a, b]\n: c\n", "yaml-key", 1, 3, "not a word"),
    ("a: " + "[" * 30, "yaml-syntax", 1, 23, "deeper"),
    ("a: " + "[" * 30_000, "yaml-syntax", 1, 0, "nesting"),
    ('a: "\\x02"\n', "unseen-character", 1, 4, "U+0002"),
    ('a: 1\n"\\u202e": 2\n', "unseen-character", 2, 1, "U+202E"),
    ("a: 1\n---\nb: 2\n", "yaml-syntax", 2, 1, "second document"),
    ("", "empty-file", 1, 1, "found nothing"),
    ("a: 1\nb: {en: Use the # key}\nc: 2\n", "cut-text", 2, 17, "begins a comment"),
    ("a: 1\nb: {en: C # D}\nc: 2\n", "yaml-syntax", 2, 11, "only 'C' is read"),
    ("a: Use the # key\n", "cut-text", 1, 12, "into quotes"),
    ("a: {ko: 하나, 둘}\nb: 1\n", "cut-text", 1, 13, '{ko: "하나, 둘"}'),
    ("a: Notes: on tea\n", "yaml-syntax", 1, 9, "holds ': '"),
    ("a: {en: Notes: on tea}\n", "yaml-syntax", 1, 14, "holds ': '"),
    ("b: 1\na: {en:", "yaml-syntax", 2, 8, "the file ends"),
    ("a: {en: b\nc: 1\n", "yaml-syntax", 1, 4, "'{' that opens here"),
    ("a: 'b\nc: 1\n", "yaml-syntax", 1, 4, "quote that opens here"),
    ('a: {en: "say "hi" now"}\n', "yaml-syntax", 1, 15, "quote inside quotes"),
    ("a: `b` c\n", "yaml-syntax", 1, 4, "begins with a sign"),
    ("a: {en: *much* better}\n", "yaml-syntax", 1, 14, "begins with a sign"),
    ("a:\n\tb: 1\n", "yaml-syntax", 2, 1, "with spaces"),
]


@pytest.mark.parametrize(("text", "rule", "line", "column", "part"), BAD)
def test_what_cannot_be_read_is_placed_at_its_cause(
    text: str, rule: str, line: int, column: int, part: str
) -> None:
    document, problems = read_yaml("f.yml", text)
    assert document is None
    assert rule in [problem.rule for problem in problems], [str(p) for p in problems]
    found = next(p for p in problems if p.rule == rule)
    assert found.place.line == line, str(found)
    assert not column or found.place.column == column, str(found)
    assert part in found.message, str(found)


def test_plain_values_are_those_of_yaml_1_2() -> None:
    text = "[08, 010, -3, 1.50, no, yes, 2019-12, 2024-01-01, 1e3, .inf, true, ~, '', '8', 9999999999999999999]"
    document, problems = read_yaml("f.yml", text)
    assert not problems
    assert document is not None
    assert document.value == [
        8, 10, -3, 1.5, "no", "yes", "2019-12", "2024-01-01", "1e3", ".inf", True, None, "", "8",
        "9999999999999999999",
    ]  # fmt: skip


def test_a_comment_behind_a_word_is_a_comment() -> None:
    document, problems = read_yaml(
        "f.yml", "# first\nverdict: wrong  # or correct\nlines: 6 # six\n"
    )
    assert not problems
    assert document is not None
    assert document.value == {"verdict": "wrong", "lines": 6}


def test_references_do_not_grow() -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
    )
    started = time.perf_counter()
    _, problems = read_yaml("f.yml", bomb)
    assert [p.rule for p in problems] == ["yaml-alias", "yaml-alias", "yaml-alias"]
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize(
    ("content", "place", "part"),
    [
        ("a: 차\n".encode("utf-16"), (1, 1), "is UTF-16"),
        ("a: tea\n".encode("utf-16-le"), (1, 1), "is UTF-16"),
        ("a: tea\n".encode("utf-32"), (1, 1), "is UTF-32"),
        ("a: 1\nb: 차\n".encode("euc-kr"), (2, 4), "byte 0xc2 is not UTF-8"),
        ("a: caf\xe9\n".encode("latin-1"), (1, 7), "byte 0xe9 is not UTF-8"),
    ],
)
def test_another_encoding_is_one_problem(
    tmp_path: Path, content: bytes, place: tuple[int, int], part: str
) -> None:
    file = tmp_path / "f.yml"
    file.write_bytes(content)
    text, problems = read_text("f.yml", file)
    assert text is None
    assert [(p.rule, p.place) for p in problems] == [("encoding", Place("f.yml", *place))]
    assert part in problems[0].message


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    file = tmp_path / "f.yml"
    file.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r")
    assert read_text("f.yml", file) == ("a: 1\nb: 2\n", [])


@pytest.mark.parametrize(
    "character", "\x00\x07\x1b\x7f\x85\xad\u200b\u200e\u202e\u2028\u2066\ufeff\ufffd\u3164"
)
def test_what_nobody_sees_is_named(tmp_path: Path, character: str) -> None:
    file = tmp_path / "f.md"
    file.write_text(f"line one\nAnd the wo{character}rd two, long enough\n", encoding="utf-8")
    text, problems = read_text("f.md", file)
    assert text == "line one\nAnd the word two, long enough\n"
    assert [(p.rule, p.place) for p in problems] == [("unseen-character", Place("f.md", 2, 11))]
    assert f"U+{ord(character):04X}" in problems[0].message


def test_what_belongs_to_a_script_is_seen() -> None:
    assert not UNSEEN.search("👩‍🚒 ❤️ 1️⃣ می‌خواهم क्‍ष 차\u00a0tea\tend\n")


@pytest.mark.parametrize("mark", ["<<<<<<< HEAD", "||||||| base", ">>>>>>> theirs"])
def test_a_merge_that_was_not_finished_is_one_problem(tmp_path: Path, mark: str) -> None:
    file = tmp_path / "f.yml"
    file.write_text(f"a: 1\n{mark}\nb: [\n", encoding="utf-8")
    text, problems = read_text("f.yml", file)
    assert text is None
    assert [(p.rule, p.place) for p in problems] == [("merge-conflict", Place("f.yml", 2, 1))]


@pytest.mark.parametrize("mark", ["<<<<<<< HEAD", "||||||| base", ">>>>>>> " + "branch" * 9])
def test_each_mark_of_a_merge_is_shown_up_to_thirty_letters(mark: str) -> None:
    (problem,) = clean("f.yml", f"a: 1\n{mark}\n=======\n")[1]
    assert str(problem) == (
        f"f.yml:2:1: error[merge-conflict] found '{mark[:30]}', the mark of a merge that was not "
        "finished"
    )


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "f.yml").mkdir()
    text, problems = read_text("f.yml", tmp_path / "f.yml")
    assert text is None
    assert "not a file" in str(problems[0])


def test_a_problem_shows_what_steers_a_terminal() -> None:
    line = str(Problem(Place("f\x1b[2J.yml"), "bad-id", "found 'a\u202eb\nc'"))
    assert line == "f<U+001B>[2J.yml:1:1: error[bad-id] found 'a<U+202E>b c'"


def took(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


@pytest.mark.parametrize(
    "grow",
    [
        lambda n: "a: " + "[" * n,
        lambda n: "a: " + "{a: " * n,
        lambda n: "- " * n,
        lambda n: "a: [" + "x, " * n + "]",
        lambda n: "a: " + "x" * n,
        lambda n: "a: " + "x " * n + "# b",
        lambda n: "a: [\n" + "- # \n" * n,
        lambda n: "".join(f"a{i}: &a{i} 1\n" for i in range(n)),
        lambda n: "a: 1\n" * n,
        lambda n: 'a: "' + "\\u202e" * n + '"',
    ],
)
def test_twice_as_much_takes_about_twice_as_long(grow: Callable[[int], str]) -> None:
    small, large = grow(10_000), grow(80_000)
    least = min(took(lambda: read_yaml("f.yml", small)) for _ in range(3))
    # The best of three: a busy machine may spoil one measurement.
    assert min(took(lambda: read_yaml("f.yml", large)) for _ in range(3)) < 24 * least + 0.2


def test_the_nearest_of_many_is_found_quickly() -> None:
    many = [f"c-{n:05}" for n in range(50_000)]
    assert nearest("c-030000", many) == "; did you mean 'c-03000'?"
    assert took(lambda: [nearest(f"c-{n}x", many) for n in range(20)]) < 1
    assert nearest("x" * 80_000, many) == ""


def test_a_comment_that_swallows_a_bracket_is_guessed() -> None:
    _, [problem] = read_yaml("a.yml", "a: 1\nsaid: {en: #1 of all}\nb: 2\n")
    assert (problem.place.line, problem.place.column) == (2, 7)
    assert "' #' begins a comment" in problem.message
