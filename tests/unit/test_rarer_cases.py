"""Cases that come seldom: what fails half way, what is too much, what is only half there."""

from __future__ import annotations

import errno
import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import cli
from annotated.check.editions import _changed
from annotated.importing import command, reading
from annotated.importing.reading import ImportStopError, read_notes
from annotated.importing.taking import Taken
from annotated.project import open_project
from annotated.publish.cards import card_of, stale_cards
from annotated.records import choosing, pages
from annotated.records.located import read_yaml
from annotated.records.models import Decision
from annotated.records.nesting import MOST_LEVELS
from annotated.records.pages import MOST_LETTERS, read_page
from annotated.records.problems import Place, Problem, nearest, quoted
from annotated.render.directives import directive_markdown, render_directive
from annotated.render.edition import Edition, lines_label, link_to, note_lines, numbers
from annotated.render.marks import mark, mark_markdown
from annotated.render.parts import breakable, part
from annotated.render.summary import tally, tally_markdown
from tests.conftest import ROOT, edit, lay_records
from tests.labs.tea import lab, lay_tea

TODAY = date(2026, 11, 24)


def said(root: Path) -> list[str]:
    return [str(problem) for problem in open_project(root, root / "docs" / "en", "en", TODAY)[1]]


# Problems ------------------------------------------------------------------------------------


def test_a_message_ends_somewhere_and_stays_on_its_line() -> None:
    long = str(Problem(Place("a.yml", 2, 3), "rule", "x" * 599 + " y\nz\u202e"))
    assert long == f"a.yml:2:3: error[rule] {'x' * 599} …"
    assert str(Problem(Place("a"), "r", "x\n  y\u200bz", "warning")) == (
        "a:1:1: warning[r] x y<U+200B>z"
    )
    assert str(Problem(Place("a"), "r", "x" * 600)) == f"a:1:1: error[r] {'x' * 600}"


@pytest.mark.parametrize(
    ("length", "shown"), [(60, "'" + "x" * 60 + "'"), (61, "'" + "x" * 60 + "…'")]
)
def test_a_value_is_quoted_up_to_sixty_letters(length: int, shown: str) -> None:
    assert quoted("x" * length) == shown


def test_the_nearest_name_is_found_among_many_and_none_for_a_long_word() -> None:
    names = [f"name-{n:04}" for n in range(3000)]
    assert nearest("name-1500x", names) == "; did you mean 'name-1500'?"
    assert nearest("x" * 61, ["x" * 61]) == ""
    assert nearest("x" * 60, ["x" * 60]) == f"; did you mean '{'x' * 60}'?"
    assert nearest("abcde", ["abxyz"]) == "", "less than six tenths alike"
    assert nearest("abcde", ["abcyz"]) == "; did you mean 'abcyz'?"
    assert nearest("x", []) == ""


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ("a b c", "a c", "'b' was taken out"),
        ("a c", "a b c", "'b' was added"),
        ("a b c", "a x c", "'b' became 'x'"),
        ("a b c d e f g h", "x b y d z f w h", "'a' became 'x', 'c' became 'y', 'e' became 'z' and more"),
        ("a b c d e f", "x b y d z f", "'a' became 'x', 'c' became 'y', 'e' became 'z'"),
        ("a b", "a b", ""),
    ],
)  # fmt: skip
def test_a_change_is_told_in_a_few_words(before: str, now: str, told: str) -> None:
    assert _changed(before, now) == told


# Pages and records ---------------------------------------------------------------------------


@pytest.mark.parametrize("more", [0, 1])
def test_a_page_is_as_long_and_as_deep_as_programs_can_follow(records: Path, more: int) -> None:
    text = "# A\n\n" + "some words\n\n" * (MOST_LETTERS // 10)
    text = text[: MOST_LETTERS - 1] + "x" * (1 + more)
    page, problems = read_page("a.md", "a.md", text)
    assert page.unread is bool(more)
    assert [p.rule for p in problems if p.rule == "too-long"] == ["too-long"] * more
    file = records / "docs" / "en" / "glossary.md"
    levels = MOST_LEVELS + more
    tags = ["<div>"] * levels + ["x"] + ["</div>"] * levels
    nested = "\n".join(" ".join(tags[at : at + 3]) for at in range(0, len(tags), 3))
    file.write_text(f"{file.read_text(encoding='utf-8')}\n{nested}\n", encoding="utf-8")
    assert (
        said(records)
        == [
            f"docs/en/glossary.md:7:1: error[too-deep] elements stand {levels} deep in each other, "
            f"expected {MOST_LEVELS} at most"
        ][:more]
    )


def _lines(count: int) -> str:
    return "\n".join(["x"] * count)


@pytest.mark.parametrize("end", ["", "\n", "\n\ne\n"])
@pytest.mark.parametrize(
    ("most", "body", "told"),
    [
        (pages.LONGEST_BLOCK, lambda n: ("abcdefg " * n)[: n - 1] + "x", "too-long {} letters without an empty line between"),
        (pages.MOST_LINES, _lines, "too-long {} lines without an empty line between"),
        (pages.LONGEST_WORD, lambda n: "x" * n, "too-long {} letters in one word"),
        (pages.DEEPEST, lambda n: "> " * n + "x", "too-deep {} quotes and lists in each other"),
        (pages.DEEPEST, lambda n: "- " * n + "x", "too-deep {} quotes and lists in each other"),
        (pages.MOST_OPEN, lambda n: "( " * n, "too-deep {} brackets that nothing closes"),
        (pages.MOST_OPEN, lambda n: "[ " * n + "(", "too-deep {} brackets that nothing closes"),
        (pages.MOST_OPEN, lambda n: "{ " * n, "too-deep {} brackets that nothing closes"),
        (pages.MOST_OPEN, lambda n: "< " * n, "too-deep {} brackets that nothing closes"),
        (pages.MOST_ELEMENTS, lambda n: "<b>x</b>\n\n" * n, "too-long {} HTML elements"),
    ],
)  # fmt: skip
def test_a_page_has_bounds_that_are_told(
    most: int, body: Callable[[int], str], told: str, end: str
) -> None:
    """Whatever is more than a bound is told with it, at the block that has it; the bound is not."""

    def limits(count: int) -> list[str]:
        text = f"# A\n\nb\nc\n \n\n\t\nd\n\n{body(count)}{end}"
        found = read_page("a.md", "a.md", text)[1]
        return [str(one) for one in found if one.rule in ("too-long", "too-deep")]

    assert limits(most) == []
    rule, what = told.format(f"{most + 1:,}").split(" ", 1)
    line = 1 if "HTML" in what else 10
    assert limits(most + 1) == [f"a.md:{line}:1: error[{rule}] found {what}; {most:,} at most"]


@pytest.mark.parametrize(
    ("file", "place"),
    [("changes.yml", 1), ("site.yml", 1), ("prices.yml", 1), ("claims/brewing.yml", 1),
     ("notes.yml", 1), ("words/en.yml", 1)],
)  # fmt: skip
def test_a_file_that_is_a_list_is_told_once(records: Path, file: str, place: int) -> None:
    (records / "data" / file).write_text("- a\n- b\n", encoding="utf-8")
    assert said(records) == [
        f"data/{file}:{place}:1: error[wrong-type] found no mapping, expected 'key: ...' lines"
    ]


def test_notes_that_are_shown_have_as_many_lines_as_their_record_says(records: Path) -> None:
    edit(records, "data/notes.yml", "lines: 6\n", "lines: 6\nshow: true\n")
    text = records / "data" / "notes.txt"
    end = "; run 'make import' with your notes"
    start = "data/notes.yml:7:1: error[notes-text] data/notes.txt, which readers shall see, "
    assert said(records) == [f"{start}is missing{end}"]
    text.write_text("a\n" * 5, encoding="utf-8")
    assert said(records) == [f"{start}has 5 lines, not 6{end}"]
    text.write_bytes(b"\xff\n" * 6)
    assert said(records) == [f"{start}cannot be read{end}"]
    for good in ("a\n" * 6, "a\n" * 5 + "a"):
        text.write_text(good, encoding="utf-8")
        assert said(records) == []


def test_headings_of_a_lab_have_their_order(records: Path) -> None:
    lay_tea(records, ROOT / "labs" / "policies.py")
    file = lab(records, "good")
    text = file.read_text(encoding="utf-8")
    swapped = text.replace("{#steps}", "{#x}").replace("{#clean-up}", "{#steps}")
    file.write_text(swapped.replace("{#x}", "{#clean-up}"), encoding="utf-8")
    line = swapped.split("\n").index("## Steps {#x}") + 1
    assert (
        f"docs/en/labs/good.md:{line}:1: error[lab-heading] found {{#clean-up}}, expected "
        "{#steps} first"
    ) in said(records)
    assert len([one for one in said(records) if "lab-heading" in one]) == 1


@pytest.mark.parametrize(("most", "whole"), [(2, False), (3, True)])
def test_a_decision_has_as_many_steps_as_somebody_reads(
    monkeypatch: pytest.MonkeyPatch, most: int, whole: bool
) -> None:
    assert choosing.MOST_STEPS == 150
    file = ROOT / "starter" / "data" / "decisions" / "which-kind.yml"
    document, _ = read_yaml("d.yml", file.read_text(encoding="utf-8"))
    assert document
    decision = Decision.model_validate(document.value)
    monkeypatch.setattr(choosing, "MOST_STEPS", most)
    if not whole:
        with pytest.raises(choosing.TooLongError):
            choosing.written_out(decision)
        return
    first = choosing.written_out(decision)
    assert [step.number for step in choosing.steps_of(first)] == [1, 0, 0]
    assert [way.left for way in choosing.ends_of(first)] == [("black",), ("green",)]


def test_cards_are_named_by_their_page_and_told_apart(few: Edition) -> None:
    page = few.site.pages["compare/tea-kinds.md"]
    card = card_of(page, few, "Tea")
    assert re.fullmatch(r"compare-tea-kinds-[0-9a-f]{8}\.png", card.name)
    wanted = {card.name: (card, page)}
    assert list(stale_cards(wanted, [], "cards")) == []
    assert [str(one) for one in stale_cards(wanted, ["z.png", "a.png"], "cards")] == [
        f"docs/en/compare/tea-kinds.md:1:1: error[card-stale] its card '{card.name}' is missing or "
        "shows the page as it was; run 'make cards'",
        "cards/a.png:1:1: error[card-unused] no page has it; run 'make cards'",
        "cards/z.png:1:1: error[card-unused] no page has it; run 'make cards'",
    ]
    assert list(stale_cards(wanted, [card.name], "cards")) == []


# Without a page ------------------------------------------------------------------------------


@pytest.fixture
def few(tmp_path: Path) -> Edition:
    """A site whose notes, changes and glossary have no pages yet."""
    root = lay_records(tmp_path / "few")
    for page, directive in (("notes/index.md", "claims"), ("notes/changes.md", "changes"),
                            ("glossary.md", "glossary")):  # fmt: skip
        edit(root, f"docs/en/{page}", f"<!-- {directive} -->", "")
    return Edition.of(open_project(root, root / "docs" / "en", "en", TODAY)[0], "en")


def test_what_has_no_page_yet_has_no_link(few: Edition) -> None:
    html = mark(("c-001",), "leaf", "brewing.md", few)
    assert "notes/index" not in html
    assert "Note line 2" in html
    assert mark_markdown(("c-001",), "brewing.md", few) == (
        ' (<a id="p-001"></a>Note line 2: correct)'
    )
    assert mark(("c-777",), "<b>", "brewing.md", few) == "&lt;b&gt;"
    assert mark_markdown(("c-777",), "brewing.md", few) == ""
    assert "issues/new" not in html, "nor where nobody takes reports"
    assert "#tasting-standard-2019" not in render_directive(
        "status", "tasting-standard-2019", "brewing.md", few
    )
    told = directive_markdown("failures", "tea", "when-it-fails.md", few)
    assert "[oxidation](#oxidation)" in told, "as near as can be"


def test_what_nobody_knows_is_shown_as_nothing(few: Edition) -> None:
    for name, argument in (("comparison", "x"), ("failures", "x"), ("failures", "tea/x"),
                           ("status", "x"), ("decision", "x"), ("xyz", ""), ("estimate", "x"),
                           ("combined", "x"), ("practice", "x"), ("block", "shown y")):  # fmt: skip
        assert render_directive(name, argument, "index.md", few) == "", name
        assert directive_markdown(name, argument, "index.md", few) == "", name
    assert tally("glossary.md", few) == ""
    assert tally_markdown("glossary.md", few) == ""
    group = directive_markdown("failures", "tea/pot", "when-it-fails.md", few)
    assert group.startswith('- <a id="tea-wrong-pot"></a>'), "a group alone has no heading"


@pytest.mark.parametrize(
    ("target", "page", "html", "address"),
    [
        ("a.md", "a.md", True, "a.html"), ("a.md#x", "a.md", True, "#x"), ("b/c.md#x", "b/d.md", True, "c.html#x"),
        ("b/c.md", "a.md", False, "b/c.md"), ("a b.md", "c/d.md", True, "../a%20b.html"),
        ("a.md", "", True, "a.html"),
    ],
)  # fmt: skip
def test_a_link_is_as_it_is_seen_from_its_page(
    target: str, page: str, html: bool, address: str
) -> None:
    assert link_to(target, page, html=html) == address


def test_lines_are_those_of_statements_and_ours_only_where_there_is_none(few: Edition) -> None:
    claims = {name: located.value for name, located in few.site.claims.items()}
    assert note_lines([claims["c-001"], claims["c-005"]]) == (2,)
    assert note_lines([claims["c-005"]]) == (2, 3, 4, 5, 6)
    assert lines_label((2,), few.words) == "Note line 2"
    assert lines_label((2, 3), few.words) == "Note lines 2–3"
    assert numbers((1, 3, 4, 6)) == "1, 3–4, 6"
    assert few.issue("a&b", "c d") == ""
    few.repository = "https://git.test/x"
    assert few.issue("a&b", "c d") == "https://git.test/x/issues/new?title=a%26b&body=c+d"


@pytest.mark.parametrize(
    ("identifier", "parts"),
    [
        ("x" * 16, ["x" * 16]), ("x" * 17, ["x" * 17]), ("abcdefGhijklMnopqr", ["abcdef", "Ghijkl", "Mnopqr"]),
        ("abcdeFghijklMnopqr", ["abcdeFghijkl", "Mnopqr"]), ("aaaaaa.bbbbbb/cccccc", ["aaaaaa.", "bbbbbb/", "cccccc"]),
        ("aaaaaa-bbbbbb:cccccc_dd", ["aaaaaa-", "bbbbbb:", "cccccc_", "dd"]),
    ],
)  # fmt: skip
def test_an_identifier_breaks_between_parts_that_are_worth_it(
    identifier: str, parts: list[str]
) -> None:
    assert breakable(identifier) == parts


def test_a_template_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(
        ValueError, match=r"^overrides/parts/none\.html:1:1: error\[template\] none"
    ):
        part("none", tmp_path)


# Taken over, and not -------------------------------------------------------------------------


def test_files_are_written_all_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.yml").write_text("old\n", encoding="utf-8")
    (tmp_path / "gone.yml").write_text("old\n", encoding="utf-8")
    (tmp_path / "a.yml").chmod(0o600)
    whole = Taken({"a.yml": "new\n", "sub/b.yml": "new\n", "gone.yml": None}, [])
    made = command._beside

    def failing(target: Path, text: str) -> Path:
        if target.name == "b.yml":
            raise OSError(errno.ENOSPC, "no room")
        return made(target, text)

    monkeypatch.setattr(command, "_beside", failing)
    with pytest.raises(OSError, match="no room"):
        command._write(tmp_path, whole)
    assert {f.name: f.read_text() for f in tmp_path.rglob("*") if f.is_file()} == {
        "a.yml": "old\n", "gone.yml": "old\n"
    }  # fmt: skip
    monkeypatch.setattr(command, "_beside", made)
    command._write(tmp_path, whole)
    assert {f.name: f.read_text() for f in tmp_path.rglob("*") if f.is_file()} == {
        "a.yml": "new\n", "b.yml": "new\n"
    }  # fmt: skip
    assert (tmp_path / "a.yml").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "sub" / "b.yml").stat().st_mode & 0o777 == 0o644


def test_a_mark_of_the_byte_order_stays(tmp_path: Path) -> None:
    file = tmp_path / "a.yml"
    file.write_bytes(b"\xef\xbb\xbfold\r\n")
    command._write(tmp_path, Taken({"a.yml": "new\nline\n"}, []))
    assert file.read_bytes() == b"\xef\xbb\xbfnew\r\nline\r\n"


@pytest.mark.parametrize(
    ("content", "encoding", "message"),
    [
        (b"caf\xe9 it is", "utf-8", "is not utf-8: byte 4 does not belong there"),
        (b"\xef\xbb\xbf\xff", None, "is broken UTF-8: byte 1 does not belong there"),
    ],
)
def test_an_encoding_that_does_not_fit_is_told(
    tmp_path: Path, content: bytes, encoding: str | None, message: str
) -> None:
    file = tmp_path / "n.txt"
    file.write_bytes(content)
    with pytest.raises(ImportStopError) as caught:
        read_notes(file, encoding)
    assert str(caught.value) == f"'{file}' {message}"


def test_an_older_encoding_is_guessed_and_told(tmp_path: Path) -> None:
    file = tmp_path / "n.txt"
    text = "Über das Kännchen und die schönen Gärten: Tee heißt, größere Füße müssen öfter üben.\n"
    file.write_bytes((text * 8).encode("latin-1"))
    raw = read_notes(file)
    assert raw.encoding not in ("UTF-8", "CP949")
    assert raw.lines[0] == text.strip()


def test_a_file_may_be_as_large_as_anybody_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert reading.MOST_BYTES == 20_000_000
    monkeypatch.setattr(reading, "MOST_BYTES", 2_000_000)
    file = tmp_path / "n.txt"
    file.write_bytes(b"tea\n" * 500_000)
    with pytest.raises(ImportStopError, match="lines; 100,000 at most"):
        read_notes(file)
    file.write_bytes(b"tea\n" * 500_001)
    with pytest.raises(ImportStopError, match=r"has 2 MB; 2 MB at most$"):
        read_notes(file)


def test_records_that_are_broken_are_mended_first(
    golden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notes = golden.parent / "n.txt"
    notes.write_text("Tea\n\nTea is a plant.\n", encoding="utf-8")

    def take() -> str:
        assert cli.main(["--root", str(golden), "import", str(notes)]) == 1
        return capsys.readouterr().err

    edit(golden, "data/claims/brewing.yml", "verdict: wrong", "verdict: wrnog")
    assert take().startswith("data/claims/brewing.yml:14:5: error[unknown-value] 'wrnog'")
    edit(golden, "data/claims/brewing.yml", "verdict: wrnog", "verdict: wrong")
    (golden / "data" / "notes.yml").unlink()
    assert take() == (
        "'data/claims/brewing.yml' is there already, and no data/notes.yml; nothing was changed\n"
    )
    (golden / "data" / "words" / "en.yml").write_text("words: [", encoding="utf-8")
    assert "the words of the interface cannot be read: run 'make check'" in take()


def test_what_cannot_be_put_away_is_put_back(
    golden: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    notes = golden.parent / "n.txt"
    notes.write_text("Tea\n\nTea is a plant, and it is a drink.\n", encoding="utf-8")
    before = sorted(f.relative_to(golden) for f in golden.rglob("*") if f.is_file())
    rename = Path.rename

    def refused(self: Path, target: Any) -> Path:
        if self.name == "docs":
            raise PermissionError(errno.EACCES, "Permission denied", str(self))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refused)
    assert cli.main(["--root", str(golden), "import", "--fresh", str(notes)]) == 1
    assert "permission denied" in capsys.readouterr().err
    monkeypatch.undo()
    assert sorted(f.relative_to(golden) for f in golden.rglob("*") if f.is_file()) == before


# Commands ------------------------------------------------------------------------------------


def test_what_the_system_refuses_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for error, line in (
        (OSError(errno.ENOSPC, "No space left on device"), "no space left on device\n"),
        (PermissionError(errno.EACCES, "Permission denied", "/x"), "'/x': permission denied\n"),
        (OSError("Odd"), "odd\n"),
    ):

        def run(_: Any, error: OSError = error) -> int:
            raise error

        monkeypatch.setattr(cli, "run", run)
        assert cli.main([]) == 1
        assert capsys.readouterr().err == line


def test_packages_that_only_authors_have_are_named(
    golden: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "annotated.probing.command", None)
    assert cli.main(["--root", str(golden), "probe"]) == 1
    assert "'make probes' brings it" in capsys.readouterr().err


def test_a_docset_is_of_the_edition_that_is_asked_for(
    both: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its entries lead to that edition's pages."""
    asked: list[str] = []

    def docset(_files: object, edition: Edition, _name: str) -> bytes:
        asked.append(edition.folder)
        return b""

    monkeypatch.setattr(cli, "docset", docset)
    (tmp_path / "index.html").write_text("<p>", encoding="utf-8")
    for language in ([], ["--language", "ko"]):
        packed = [*language, "docset", str(tmp_path), str(tmp_path / "x.tgz")]
        assert cli.main(["--root", str(both), *packed]) == 0
    assert asked == ["", "ko/"]


def test_a_site_is_packed_in_both_ways(
    golden: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = tmp_path / "built"
    site.mkdir()
    (site / "index.html").write_text("<p>", encoding="utf-8")
    for name, words in (("offline", "unpack it and open index.html"),
                        ("docset", "unpack it into the docsets of your reader")):  # fmt: skip
        out = tmp_path / f"{name}.out"
        assert cli.main(["--root", str(golden), name, str(site), str(out)]) == 0
        size = f"{out.stat().st_size / 1024:,.0f}"
        assert capsys.readouterr().out == f"{out}: {size} kB; {words}\n"
        assert cli.main(["--root", str(golden), name, str(site), str(tmp_path / "no" / "x")]) == 1
        assert (
            capsys.readouterr().err == f"there is no folder '{tmp_path / 'no'}' to write 'x' to\n"
        )
        assert cli.main(["--root", str(golden), name, str(tmp_path), str(out)]) == 1
        assert "holds no built site; run 'make build' first" in capsys.readouterr().err


def test_a_reading_without_an_edition_is_refused(
    golden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["--root", str(golden), "reread", "--new"]) == 1
    assert capsys.readouterr().err == (
        "there is no edition beside the first; 'extra.editions' declares one\n"
    )


def test_files_beside_pages_are_rendered_with_them(
    golden: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (golden / "docs" / "en" / "sub").mkdir()
    (golden / "docs" / "en" / "sub" / "a.csv").write_text("1", encoding="utf-8")
    assert cli.main(["--root", str(golden), "render", str(tmp_path / "out")]) == 0
    assert capsys.readouterr().out == f"8 pages written to {tmp_path / 'out'}/\n"
    assert (tmp_path / "out" / "sub" / "a.csv").read_text(encoding="utf-8") == "1"
    assert (tmp_path / "out" / "compare" / "tea-kinds.csv").read_bytes().count(b"\r\n") == 7
