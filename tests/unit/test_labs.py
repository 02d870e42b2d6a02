"""Labs as pages: their form, what is said of each block, and that nothing is said unseen."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from annotated.check import check_site, labs
from annotated.project import check_files, open_project
from annotated.records import patterns
from annotated.records.lab_results import FILE, BlockResult, LabResult
from annotated.records.labs import Block, blocks_of
from annotated.records.load import Site
from annotated.records.pages import Page
from annotated.records.problems import Problem
from annotated.render.directives import directive_markdown, render_directive
from annotated.render.edition import Edition
from annotated.render.labs import lab_files, labelled
from annotated.render.twin import page_markdown
from tests.conftest import ROOT, edit
from tests.labs.tea import CLEAN, GOOD, keep, lab, lay_tea, line_of

NAME = "labs/good.md"
PAGE = f"docs/en/{NAME}"


@pytest.fixture
def tea(records: Path) -> Path:
    lay_tea(records, ROOT / "labs" / "policies.py")
    lab(records, "good")
    return records


def opened(root: Path) -> tuple[Site, list[Problem]]:
    return open_project(root, root / "docs" / "en", "en", date(2024, 3, 2))


def page_of(root: Path) -> tuple[Page, Edition]:
    site, problems = opened(root)
    assert not problems
    return site.pages[NAME], Edition.of(site, "en")


def ran(root: Path, *fates: tuple[str, tuple[str, ...]], date: str = "2024-03-02") -> None:
    """Write results for the blocks of the good lab, in order."""
    blocks = blocks_of(opened(root)[0].pages[NAME])
    results = tuple(
        BlockResult(block.digest, fate, by)  # type: ignore[arg-type]
        for block, (fate, by) in zip(blocks, fates, strict=False)
    )
    keep(root, {NAME: LabResult(date, {"teapot": "2.1"}, results, ("green",))})


def all_ran(root: Path) -> None:
    ran(
        root,
        ("run", ()),
        ("patched", ("hot-at-once",)),
        ("validated", ("stub",)),
        ("shown", ("no-leaves",)),
        ("validated", ("taste",)),
        ("run", ()),
    )


def told(root: Path) -> list[str]:
    """The problems of a project, rules and lines."""
    _, problems = opened(root)
    return [f"{p.place.line}: {p.rule}: {p.message}" for p in problems if p.place.file == PAGE]


def test_blocks_are_read_with_their_outputs_reasons_and_names(tea: Path) -> None:
    blocks = blocks_of(opened(tea)[0].pages[NAME])
    assert [(b.file, b.output, b.reason, b.section) for b in blocks] == [
        ("", "cup-17 is green", "", "steps"),
        ("", None, "", "steps"),
        ("", None, "", "steps"),
        ("", None, "no-leaves", "steps"),
        ("one.tea", None, "", "steps"),
        ("", None, "", "clean-up"),
    ]
    assert [b.clean_up for b in blocks].index(True) == len(blocks) - 1
    assert blocks[0].code == 'CUP=green\nkettle fill "$CUP"'


def test_a_file_beside_the_page_that_it_links_to_is_a_block(tea: Path) -> None:
    edit(tea, PAGE, "A cup is", "[Leaves](leaves.tea) and [notes](../brewing.md). A cup is")
    file = tea / "docs/en/labs/leaves.tea"
    file.write_text("leaves\n", encoding="utf-8")
    first = blocks_of(opened(tea)[0].pages[NAME])[0]
    assert (first.file, first.code, first.end) == ("leaves.tea", "leaves\n", 0)
    before = first.digest
    file.write_text("more leaves\n", encoding="utf-8")
    assert blocks_of(opened(tea)[0].pages[NAME])[0].digest != before


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("<!-- lab -->\n", "", r"7: lab-box: found 0 '<!-- lab -->', expected one"),
        ("<!-- lab -->\n", "<!-- lab -->\n\n<!-- lab -->\n", r"14: lab-box: found 2"),
        ("{#clean-up}", "{#clean}", r"1: lab-heading: a lab has a heading {#clean-up}"),
        ("```text title", "```text  title", ""),
        ('```text title="one.tea"', "```text", r"\d+: lab-block: found 'text', expected 'bash'"),
        ('"one.tea"', '"one/tea"', r"\d+: lab-block: 'one/tea' is no name of a file"),
        ('"one.tea"', '"one.txt"', r"\d+: lab-file: nothing checks 'one.txt'"),
        ('```bash\nkettle brew "$CUP"\n```', '- so:\n\n    ```bash\n    kettle brew\n    ```',
         r"\d+: lab-block: a block of a lab begins in the first column"),
        ("```output", "And then:\n\n```output", r"\d+: lab-block: an 'output' stands straight below"),
        ("shown no-leaves", "shown no-leafs", r"\d+: unknown-reason: there is no reason 'no-leafs'; "
         "did you mean 'no-leaves'"),
        ("shown no-leaves", "shown", r"\d+: bad-argument: found 'shown', expected 'shown' and a reas"),
        ("<!-- block: shown no-leaves -->\n", "<!-- block: shown no-leaves -->\n\nSo.\n\n",
         r"\d+: bad-argument: stands above no block"),
        ("kind: lab", "kind: concept", r"\d+: bad-argument: 'lab' belongs to a page of 'kind: lab'"),
    ],
)  # fmt: skip
def test_what_is_not_as_labs_are_is_told(tea: Path, old: str, new: str, expected: str) -> None:
    edit(tea, PAGE, old, new)
    found = told(tea)
    if expected:
        assert any(re.match(expected, one) for one in found), found
    else:
        assert not found


def test_what_is_made_has_what_takes_it_away(tea: Path) -> None:
    edit(tea, PAGE, 'kettle empty "$CUP"', "echo empty")
    line = line_of(tea / PAGE, "kettle fill")
    site, problems = opened(tea)
    assert [str(p) for p in problems] == [
        f"{PAGE}:{line}:1: error[lab-left] 'kettle fill' makes what nothing in {{#clean-up}} takes "
        "away; expected 'kettle empty'"
    ]
    edit(tea, "data/labs.yml", '  - {makes: "kettle fill", unmakes: "kettle empty"}\n', "")
    assert "data/labs.yml has no pair that undoes it" in str(opened(tea)[1][0])
    assert list(labs.what_is_made_is_unmade(site))


@pytest.mark.parametrize(
    ("key", "old"),
    [("makes", "kettle fill"), ("unmakes", "kettle empty"), ("creating", "kettle (fill|brew)")],
)
def test_a_pattern_that_takes_for_ever_is_told_at_its_place(
    tea: Path, monkeypatch: pytest.MonkeyPatch, key: str, old: str
) -> None:
    monkeypatch.setattr(patterns, "PATIENCE", 2.0)
    slow = "(.|.|.|.|.|.)+!!"
    edit(tea, "data/labs.yml", f'{key}: "{old}"', f"{key}: '{slow}'")
    line = line_of(tea / "data/labs.yml", slow)
    column = (tea / "data/labs.yml").read_text().split("\n")[line - 1].index(f"{key}: '") + 1
    assert [str(problem) for problem in opened(tea)[1]] == [
        f"data/labs.yml:{line}:{column}: error[slow-pattern] the pattern '{slow}' takes longer than "
        f"2 seconds for a block of {PAGE}; make it simpler"
    ]


def test_the_patterns_of_all_labs_are_asked_at_once(
    tea: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To start a process for each lab would take longer than all other checks."""
    text = (tea / PAGE).read_text("utf-8")
    for number in range(4):
        more = text.replace("lab-cup", f"lab-cup-{number}")
        (tea / PAGE).with_name(f"another-{number}.md").write_text(more, "utf-8")
    edit(tea, PAGE, 'kettle empty "$CUP"', "echo empty")
    site, _ = opened(tea)
    started: list[int] = []
    answers = patterns._answers

    def counted(asked: dict[str, object], sought: Sequence[tuple[str, str]]) -> list[Any]:
        started.append(len(sought))
        return answers(asked, sought)

    monkeypatch.setattr(patterns, "_answers", counted)
    patterns._found.cache_clear()
    told = list(labs.what_is_made_is_unmade(site))
    assert [problem.place.file for problem in told] == [PAGE]
    assert len(started) == 1
    monkeypatch.setattr(patterns, "_AT_ONCE", 2)
    assert list(labs.what_is_made_is_unmade(site)) == told
    assert started[1:]
    assert set(started[1:]) <= {1, 2}


def test_what_stands_in_the_place_of_a_pattern_names_its_groups(tea: Path) -> None:
    edit(tea, "data/labs.yml", "by: cup", r"by: '\1'")
    (problem,) = opened(tea)[1]
    assert "error[bad-value] '0': 'by' cannot stand in its place: invalid group reference 1" in str(
        problem
    )


def test_only_the_clean_up_takes_away_for_good(tea: Path) -> None:
    """What a step empties, another may fill again."""
    edit(tea, PAGE, 'kettle brew "$CUP"', 'kettle empty "$CUP"\nkettle fill "$CUP"')
    assert not opened(tea)[1]
    edit(tea, PAGE, '```bash\nkettle empty "$CUP"\n```', "```bash\necho empty\n```")
    lines = [n for n, line in enumerate((tea / PAGE).read_text("utf-8").split("\n"), 1)
             if line.startswith("kettle fill")]  # fmt: skip
    assert len(lines) == 2
    found = opened(tea)[1]
    assert [(p.rule, p.place.line) for p in found] == [("lab-left", line) for line in lines]


def test_a_block_that_was_not_run_as_it_is_is_not_published(tea: Path) -> None:
    lines = [block.place.line for block in blocks_of(opened(tea)[0].pages[NAME])]
    site, problems = opened(tea)
    assert not problems  # under serve, a label says so
    found = check_files([site], tea)
    assert [p.place.line for p in found if p.rule == "lab-unknown"] == lines
    all_ran(tea)
    assert not [p for p in check_files([opened(tea)[0]], tea) if p.rule == "lab-unknown"]
    edit(tea, PAGE, "cup-17 is green", "cup-18 is green")
    stale = [p for p in check_files([opened(tea)[0]], tea) if p.rule == "lab-unknown"]
    assert [str(p) for p in stale] == [
        f"{PAGE}:{lines[0]}:1: error[lab-unknown] this block has not been run as it is; run "
        "'make labs LAB=good'"
    ]


def test_a_run_of_another_day_than_today_is_of_the_past(tea: Path) -> None:
    for day, told in (
        ("2024-03-03", []),
        ("2024-03-04", ["'date: 2024-03-04' lies in the future"]),
    ):
        ran(tea, date=day)
        found = [str(p) for p in opened(tea)[1] if p.rule == "future-date"]
        assert found == [
            f"{FILE}:1:1: error[future-date] {one}; today is 2024-03-02" for one in told
        ]


def test_results_that_nobody_can_read_are_told(tea: Path) -> None:
    all_ran(tea)
    text = (tea / FILE).read_text(encoding="utf-8")
    for broken in (text.replace('"run"', '"surely"'), text[:-9], '{"labs/good.md": 3}', "[]"):
        (tea / FILE).write_text(broken, encoding="utf-8")
        assert {p.rule for p in opened(tea)[1]} == {"bad-results"}, broken


@pytest.mark.parametrize(
    ("old", "new", "place", "said"),
    [
        ('"2024-03-02"', '"2024-02-30"', "3:3", "no such day"),
        ('"2024-03-02"', "5", "3:3", "expected a text"),
        ('"2.1"', '"\\u202e1.2"', "4:16", "U+202E"),
        ('"green"', '"\\u0000"', "5:12", "U+0000"),
        ('"made"', '"date"', "1:1", "'date' stands twice"),
        ('"made"', '"mode"', "5:3", "unknown key 'mode'"),
        ('"made": ', '"made" ', "5:10", "is not JSON: expecting ':' delimiter"),
        ('"green"]', '["green"]]', "5:12", "holds a list, expected a text"),
    ],
)
def test_results_that_a_hand_has_changed_are_told_at_their_line(
    tea: Path, old: str, new: str, place: str, said: str
) -> None:
    all_ran(tea)
    edit(tea, FILE, old, new)
    problems = [str(problem) for problem in opened(tea)[1]]
    assert any(p.startswith(f"{FILE}:{place}: error[bad-results] ") and said in p for p in problems)
    assert all(p.endswith("; run 'make labs' again") for p in problems)


def test_no_lab_was_run_in_the_future(tea: Path) -> None:
    ran(tea, date="2024-03-04")
    assert [str(p).partition(" '")[0] for p in opened(tea)[1]] == [
        f"{FILE}:1:1: error[future-date]"
    ]


def test_each_label_says_what_was_seen(tea: Path) -> None:
    page, edition = page_of(tea)
    assert labelled(page, edition).count("Not run as it stands") == len(blocks_of(page))
    all_ran(tea)
    page, edition = page_of(tea)
    labels = re.findall(r'<p class="lab-label lab-(\w+)"[^>]*>(.*?)</p>', labelled(page, edition))
    said = [(fate, " ".join(re.sub(r"<[^>]+>", "", text).split())) for fate, text in labels]
    assert said == [
        ("run", "Run as it stands."),
        ("patched", "Run, with a patch of ours: the water is hot at once."),
        ("validated", "Not run; its requests were checked. Nobody heard it."),
        ("shown", "Shown, not run. there are no leaves here."),
        ("validated", "Not run, but checked by taste. Download one.tea"),
        ("run", "Run as it stands."),
    ]
    assert 'href="good/one.tea" download="one.tea"' in labels[4][1]
    assert lab_files(edition) == [("labs/good/one.tea", "leaves and water\n")]


def test_a_label_stands_below_the_output_of_its_block(tea: Path) -> None:
    all_ran(tea)
    page, edition = page_of(tea)
    body = labelled(page, edition)
    assert body.index("cup-17 is green") < body.index('class="lab-label lab-run"')
    without = re.sub(r"\n\n<p class=\"lab-label.*?</p>\n", "", body)
    assert without == page.body


def test_the_box_says_when_with_what_and_how_much(tea: Path) -> None:
    edit(tea, "data/labs.yml", "seconds: 300", "seconds: 300\npackages: [teapot]")
    all_ran(tea)
    page, edition = page_of(tea)
    box = render_directive("lab", "", NAME, edition)
    assert "A kettle is not a tea house." in box
    assert "2 Mar 2024" in box
    assert "teapot 2.1" in box
    assert [int(n) for n in re.findall(r"<b>(\d+)</b>", box)] == [2, 1, 2, 1]
    assert "gone after the clean-up: 1." in box
    overview = render_directive("labs", "", "index.md", edition)
    assert 'href="labs/good.html"' in overview
    assert "A lab about tea." in overview
    plain = page_markdown(page, edition)
    assert "> A kettle is not a tea house." in plain
    assert "Run, with a patch of ours: the water is hot at once." in plain
    assert "Nobody heard it." in plain
    assert "[good](labs/good.md)" in directive_markdown("labs", "", "index.md", edition)
    assert "<!-- block" not in plain


def test_the_box_of_a_lab_without_packages_names_none(tea: Path) -> None:
    all_ran(tea)
    _, edition = page_of(tea)
    assert "Last run on 2 Mar 2024." in render_directive("lab", "", NAME, edition)


def test_the_box_of_a_lab_tells_what_it_alone_is_run_with(tea: Path) -> None:
    own = "labs: {labs/good.md: {versions: {teapot: [teapot, version]}}}"
    edit(tea, "data/labs.yml", "seconds: 300", f"seconds: 300\npackages: [kettle]\n{own}")
    all_ran(tea)
    _, edition = page_of(tea)
    box = render_directive("lab", "", NAME, edition)
    assert "Last run on 2 Mar 2024, by teapot 2.1." in box


def test_a_patch_that_a_machine_may_bring_is_a_known_one(tea: Path) -> None:
    own = "labs: {labs/good.md: {patches: {hot-at-one: {command: [date], blocks: brew}}}}"
    edit(tea, "data/labs.yml", "seconds: 300", f"seconds: 300\n{own}")
    found = [str(problem) for problem in opened(tea)[1]]
    assert len(found) == 1
    assert (
        "error[unknown-patch] there is no patch 'hot-at-one'; did you mean 'hot-at-once'?"
        in found[0]
    )


def test_a_lab_that_was_only_checked_does_not_say_that_it_ran(tea: Path) -> None:
    ran(tea, *[("validated", ("taste", "no-leaves"))] * 6)
    page, edition = page_of(tea)
    box = render_directive("lab", "", NAME, edition)
    assert "Last checked on 2 Mar 2024." in box
    assert "Last run" not in box
    assert "there are no leaves here." in labelled(page, edition)


def test_labs_are_listed_as_the_record_orders_them_and_the_others_behind(tea: Path) -> None:
    for name in ("a-first", "z-last"):
        lab(tea, name)
    edit(
        tea, "data/labs.yml", "seconds: 300", "seconds: 300\norder: [labs/z-last.md, labs/good.md]"
    )
    edition = Edition.of(opened(tea)[0], "en")
    for form, ending in ((render_directive, "html"), (directive_markdown, "md")):
        found = re.findall(rf"labs/([\w-]+)\.{ending}", form("labs", "", "index.md", edition))
        assert found == ["z-last", "good", "a-first"]


def test_texts_of_labs_are_escaped(tea: Path) -> None:
    edit(tea, "data/labs.yml", "the water is hot at once.", '"a < b & `c < d`"')
    all_ran(tea)
    page, edition = page_of(tea)
    assert "a &lt; b &amp; <code>c &lt; d</code>" in labelled(page, edition)


def test_a_digest_is_of_all_that_is_run_and_seen() -> None:
    page = read(GOOD + CLEAN)
    first = blocks_of(page)[0]
    variants = {
        first.digest,
        *(
            Block(**{**vars(first), key: value}).digest
            for key, value in (("code", "x"), ("output", "x"), ("output", None), ("reason", "x"),
                               ("file", "x"))
        ),
    }  # fmt: skip
    assert len(variants) == 6
    assert Block(**{**vars(first), "end": 7}).digest == first.digest
    assert json.dumps(first.digest)


def read(text: str) -> Page:
    from annotated.records.pages import read_page

    page, _ = read_page(NAME, PAGE, "---\nkind: lab\n---\n\n# Lab\n\n" + text)
    return page


def test_checks_of_labs_say_nothing_where_there_are_none(records: Path) -> None:
    site, problems = opened(records)
    assert not problems
    assert not check_site(site, (labs.form, labs.known_parts, labs.answered))
