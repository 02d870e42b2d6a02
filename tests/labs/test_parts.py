"""What labs are run with, piece by piece: statements of bash, outputs, findings, what is kept."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import botocore.session
import pytest

from annotated.records import patterns
from annotated.records.lab_results import FILE, BlockResult, LabResult, LabResults, written
from annotated.records.labs import Block, blocks_of
from annotated.records.models import Lab, Labs, Normal, Pair, Validator
from annotated.records.pages import read_page
from annotated.records.problems import Place
from tests.conftest import ROOT
from tests.labs.test_aws import loaded

FOLDER = ROOT / "tools" / "labs"
NAMES = [file.stem for file in FOLDER.glob("[!_]*.py")]
PAGE = "docs/en/labs/a.md"


@pytest.fixture(scope="module")
def tool() -> Iterator[SimpleNamespace]:
    """The modules of the tool, which is a program of its own: its names are taken back."""
    sys.path.insert(0, str(FOLDER))
    spec = importlib.util.spec_from_file_location("labs_main", FOLDER / "__main__.py")
    assert spec
    assert spec.loader
    main = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(main)
        yield SimpleNamespace(main=main, **{name: importlib.import_module(name) for name in NAMES})
    finally:
        sys.path.remove(str(FOLDER))
        for name in NAMES:
            sys.modules.pop(name, None)


def block(code: str = "x", **given: Any) -> Block:
    told = {"file": "", "output": None, "reason": "", "section": "steps", "end": 9}
    return Block(code, place=given.pop("place", Place(PAGE, 10)), **{**told, **given})


def test_each_module_is_looked_at() -> None:
    assert {"clean", "compare", "mutate", "run", "service", "shell", "together", "validate"} == {
        *NAMES
    }


# Statements ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("a\nb", ["a", "b"]),
        ("a &&\nb", ["a &&", "b"]),
        ("a \\\n  b\nc", ["a \\\n  b", "c"]),
        ("for x in 1 2; do\n  echo $x\ndone\nb", ["for x in 1 2; do\n  echo $x\ndone", "b"]),
        ("cat > f <<EOF &&\na\nb\nEOF\nc", ["cat > f <<EOF &&\na\nb\nEOF\nc"]),
        ("cat > f <<EOF\na &&\nEOF\nc", ["cat > f <<EOF\na &&\nEOF", "c"]),
        ('echo "a\nb"\nc', ['echo "a\nb"', "c"]),
        ("if true\nthen", ["if true\nthen"]),
        ("a\n\nb\n", ["a", "", "b"]),
    ],
)
def test_a_block_is_taken_apart_where_bash_does(
    tool: SimpleNamespace, code: str, found: list[str]
) -> None:
    assert tool.clean.statements(code) == found


@pytest.mark.parametrize(
    ("code", "going"),
    [
        ("a", None),
        ("a &&\nb", None),
        ("a\nb", "a"),
        ("a &&\nb\nc", "b"),
        ("X=1\nY=2 Z=3\nexport W=4\nb", None),
        ("X=$(a b)\nc", "X=$(a b)"),
        ("# what\nb", None),
        ("\n\na  &&  \nb", None),
        ("X=1 # why\nb", "X=1 # why"),
    ],
)
def test_what_an_error_would_not_stop_is_found(
    tool: SimpleNamespace, code: str, going: str | None
) -> None:
    assert tool.clean.goes_on(code) == going


def test_each_command_is_left_out_once_and_what_is_left_can_be_run(tool: SimpleNamespace) -> None:
    code = "X=1\na &&\nb &&\nc"
    assert list(tool.clean.without_each(code)) == [
        ("a &&", "X=1\nb &&\nc"),
        ("b &&", "X=1\na &&\nc"),
        ("c", "X=1\na &&\nb"),
    ]
    assert list(tool.clean.without_each("a")) == [("a", ":")]


# Outputs -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "expected", "number"),
    [
        ("ab", "ab", None), ("ab", "aa", 1), ("ab", "a", 1), ("a", "ab", 1), ("", "", None),
        ("abc", ".c", None), ("abc", "a.", None), ("abc", ".", None), ("abc", ".b.", None),
        ("abcb", ".b", None), ("abc", ".b", 2), ("abc", "x", 0), ("ac", "a.c", None),
        ("ab", "a.c", 2), ("abab", "ab.ab", None), ("ab", ".ab.ab", 4),
    ],
)  # fmt: skip
def test_a_line_of_dots_stands_for_any_number_of_lines(
    tool: SimpleNamespace, found: str, expected: str, number: int | None
) -> None:
    lines = [tool.compare.ANY if letter == "." else letter for letter in expected]
    assert tool.compare.first_difference(list(found), lines) == number


def test_what_differs_from_run_to_run_is_set_aside_in_order(tool: SimpleNamespace) -> None:
    rules = [Normal(pattern="id-[0-9]+", by="id"), Normal(pattern="id (x)", by=r"\1")]
    text = "  id-17\tx  y \n\nid-1\n\n"
    assert tool.compare.normal(text, rules) == [" id x y", "", "id"]


# What a block has shown ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "fate", "by"),
    [
        ([], "run", ()),
        ([("moto", ())], "run", ()),
        ([("moto", ("b", "a")), ("moto", ("a",))], "patched", ("a", "b")),
        ([("moto", ("a",)), ("stub", ()), ("moto", ())], "validated", ("stub",)),
        ([("stub", ())], "validated", ("stub",)),
    ],
)
def test_the_least_that_answered_says_what_a_block_is(
    tool: SimpleNamespace, answers: list[tuple[str, tuple[str, ...]]], fate: str, by: Any
) -> None:
    given = [tool.service.Answer("r", how, patches) for how, patches in answers]
    one = block()
    assert tool.run._judged(one, given, {}) == BlockResult(one.digest, fate, by)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ran", "said"),
    [
        ((0, "", 11), None),
        ((2, "a  b\nc", 12), "12:1: error[lab-failed] 'second' fails with code 2; it said: a b c"),
        ((1, "", 11), "11:1: error[lab-failed] 'first' fails with code 1; it said: nothing"),
        ((None, "", 12), "12:1: error[lab-late] 'second' did not end within 2.5 seconds"),
        ((1, "x", 99), "99:1: error[lab-failed] 'second' fails with code 1; it said: x"),
        ((1, " ".join(map(str, range(70))), 11), f"it said: {' '.join(map(str, range(10, 70)))}"),
    ],
)
def test_a_command_that_fails_is_told_with_its_line(
    tool: SimpleNamespace, ran: Any, said: str | None
) -> None:
    code, output, line = ran
    found = tool.run._failed(block("first\n second "), tool.shell.Ran(code, output, line, 1.0), 2.5)
    told = [str(one) for one in found]
    assert len(told) == (said is not None)
    assert all(str(said) in one for one in told)


@pytest.mark.parametrize(
    ("found", "expected", "line", "said"),
    [
        ("a\nb", "a\nc", 21, "prints in line 2 'b', expected 'c'"),
        ("a", "a\nb", 21, "prints in line 2 nothing, expected 'b'"),
        ("a\nb", "a", 21, "prints in line 2 'b', expected nothing more"),
        ("", "a", 20, "prints in line 1 '', expected 'a'"),
    ],
)
def test_what_is_printed_otherwise_is_told_where_the_page_says_it(
    tool: SimpleNamespace, found: str, expected: str, line: int, said: str
) -> None:
    one = block("kettle", output=expected, seen_at=20)
    ran = tool.shell.Ran(0, found, 11, 1.0)
    (problem,) = tool.run._differs(one, expected, ran, Labs())
    assert str(problem) == f"{PAGE}:{line}:1: error[lab-output] 'kettle' {said}"
    assert list(tool.run._differs(one, found, ran, Labs())) == []


def test_a_block_that_goes_on_is_told_at_the_end_of_its_statement(tool: SimpleNamespace) -> None:
    blocks = [block("a", file="x"), block("X=1\na \\\n b\nc"), block("a\nb", file="f")]
    assert [str(one) for one in tool.run._not_stopping(blocks)] == [
        f"{PAGE}:13:1: error[lab-goes-on] an error of 'a \\ b' does not stop the block; end its "
        "line in '&&'"
    ]


@pytest.mark.parametrize(
    ("left", "made", "looked", "blocks", "rules"),
    [
        (["a", "b"], ["a"], True, [{}], ["lab-leaves", "lab-leaves"]),
        ([], [], True, [{}], ["lab-empty"]),
        ([], [], False, [{}], []),
        ([], [], True, [{"file": "x"}, {"reason": "r"}], []),
        ([], ["a"], True, [{}], []),
    ],
)
def test_a_lab_makes_something_and_leaves_nothing(
    tool: SimpleNamespace, left: list[str], made: list[str], looked: bool, blocks: Any,
    rules: list[str],
) -> None:  # fmt: skip
    page, _ = read_page("labs/a.md", PAGE, "---\nkind: lab\n---\n# A\n")
    outcome = tool.run.Outcome(page, left=left, made=made)
    steps = [block(**given) for given in blocks]
    found = list(tool.run._cleaned(outcome, steps, looked=looked))
    assert [one.rule for one in found] == rules
    assert {one.place for one in found} <= {Place(PAGE)}
    cleaning = [block(section="clean-up", place=Place(PAGE, n)) for n in (30, 40)]
    found = list(tool.run._cleaned(outcome, [*steps, *cleaning], looked=looked))
    assert {one.place for one in found} <= {Place(PAGE, 41)}, "below the last fence that cleans up"


def test_a_lab_that_cannot_be_run_says_what_was_checked_instead(tool: SimpleNamespace) -> None:
    taste = Validator(files=["*.tea", "commands.sh"], command=["x"])
    labs = Labs(validators={"taste": taste, "other": Validator(files=["a.*"], command=["x"])})
    checking = tool.validate.Checking(labs, ROOT, {}, {}, ROOT)
    own = Lab(needs=["x"], without="no-leaves")
    told = [
        (one.fate, one.by)
        for one in (
            tool.run._unrun(each, own, checking)
            for each in (block(), block(file="a.tea"), block(reason="r"), block(file="b.txt"))
        )
    ]
    assert told == [
        ("validated", ("taste", "no-leaves")),
        ("validated", ("taste", "other")),
        ("shown", ("r",)),
        ("validated", ()),
    ]
    assert tool.run._unrun(block(), Lab(), checking).by == ("taste",)


# Validators ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "inside", "told"),
    [
        ("FILE:3: wrong\nFILE:5:7: worse\nmore", True, ["3:1 wrong", "5:7 worse"]),
        ("FILE:3: wrong", False, ["10:1 f.tea:3: wrong"]),
        ("FILE:0: wrong", True, ["1:1 wrong"]),
        ("no\n  line \n", True, ["10:1 no line"]),
        ("", True, ["10:1 fails"]),
        ("\n".join(map(str, range(30))), True, [f"10:1 {' '.join(map(str, range(10, 30)))}"]),
    ],
)
def test_each_finding_stands_at_its_line(
    tool: SimpleNamespace, said: str, inside: bool, told: list[str]
) -> None:
    file = Path("/w/f.tea")
    found = tool.validate._findings(
        "taste", said.replace("FILE", str(file)), file, Place(PAGE, 10), inside=inside
    )
    assert [f"{one.place.line}:{one.place.column} {one.message}" for one in found] == told


def test_validators_read_copies_in_which_lines_are_those_of_the_page(
    tool: SimpleNamespace, tmp_path: Path
) -> None:
    """A file beside the page has lines of its own."""
    program = tmp_path / "say.py"
    program.write_text(
        "import sys\nfor n, line in enumerate(open(sys.argv[1]), 1):\n"
        "    if 'coffee' in line: print(f'{sys.argv[1]}:{n}: {line.strip()}')\n"
        "sys.exit(1)\n",
        encoding="utf-8",
    )
    taste = Validator(
        files=["*.tea", "commands.sh"], command=[sys.executable, str(program), "{file}"]
    )
    checking = tool.validate.Checking(
        Labs(validators={"taste": taste}), tmp_path, {}, {}, tmp_path / "checked"
    )
    blocks = [
        block("coffee 1", file="a.tea", place=Place(PAGE, 5)),
        block("tea\ncoffee 2", file="b.tea", place=Place(PAGE, 7), end=0),
        block("coffee 3", file="c.txt", place=Place(PAGE, 9)),
        block("tea\ncoffee 4", place=Place(PAGE, 20)),
        block("coffee 5", place=Place(PAGE, 30)),
    ]
    assert [str(one) for one in checking.problems(blocks)] == [
        f"{PAGE}:6:1: error[lab-taste] coffee 1",
        f"{PAGE}:7:1: error[lab-taste] b.tea:2: coffee 2",
        f"{PAGE}:22:1: error[lab-taste] coffee 4",
        f"{PAGE}:31:1: error[lab-taste] coffee 5",
    ]
    here = tmp_path / "here"
    (here / "folder").mkdir(parents=True)
    for name in ("new.tea", "old.tea", "no.txt"):
        (here / name).write_text("coffee\n", encoding="utf-8")
    known = {"old.tea": "coffee\n"}
    writing = block("x\ncat > new.tea", place=Place(PAGE, 40))
    told = [f"{PAGE}:42:1: error[lab-taste] new.tea:1: coffee"]
    assert [str(one) for one in checking.written(here, writing, known)] == told
    assert list(checking.written(here, writing, known)) == [], "told once, while it stays as it is"
    (here / "new.tea").write_text("more coffee\n", encoding="utf-8")
    assert len(checking.written(here, writing, known)) == 1, "written a second time, read again"
    gone = Validator(files=["*"], command=["/no/such/program", "{file}"])
    broken = replace(checking, labs=Labs(validators={"gone": gone}))
    (problem,) = broken.problems([block(file="a")])
    assert problem.rule == "lab-gone"
    assert "No such file" in problem.message


# Services ------------------------------------------------------------------------------------


def test_words_are_filled_in_wherever_they_stand(tool: SimpleNamespace) -> None:
    values = {"port": "80", "work": "/w"}
    given = ["--port={port}", "{work}/{port}", "{other}", "port"]
    assert tool.service.filled(given, values) == ["--port=80", "/w/80", "{other}", "port"]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b"", []),
        (b'[{"request": "r", "how": "moto", "patches": ["a"]}]', [("r", "moto", ("a",))]),
        (b"{", None), (b'[{"request": "r"}]', None), (b"[3]", None), (b"3", None),
    ],
)  # fmt: skip
def test_how_requests_were_answered_is_read_or_told(
    tool: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, body: bytes, found: Any
) -> None:
    monkeypatch.setattr(tool.service, "ask", lambda *_: body)
    if found is None:
        with pytest.raises(
            tool.service.LabError, match=r"^http://x does not say how requests were"
        ):
            tool.service.answers("http://x", {})
    else:
        told = tool.service.answers("http://x", {})
        assert [(one.request, one.how, one.patches) for one in told] == found


def test_where_nobody_is_asked_nobody_answers(tool: SimpleNamespace) -> None:
    assert tool.service.ask(None, {}) == b""
    assert tool.service.answers(None, {}) == []
    with pytest.raises(tool.service.LabError, match=r"^http://127\.0\.0\.1:9/ does not answer: "):
        tool.service.ask("http://127.0.0.1:{port}/", {"port": "9"})


def test_a_shell_keeps_variables_tells_lines_and_ends(
    tool: SimpleNamespace, tmp_path: Path
) -> None:
    with tool.shell.Shell(tmp_path, tmp_path, {"PATH": "/usr/bin:/bin", "A": "1"}) as shell:
        first = shell.run("B=2\necho $A\n", 20, 60)
        assert (first.code, first.output, first.line) == (0, "1\n", 21)
        second = shell.run('echo "$A$B" >&2\n\nfalse', 30, 60)
        assert (second.code, second.output, second.line) == (1, "12\n", 32)
        third = shell.run("no-such-program", 40, 60)
        assert (third.code, third.line) == (127, 40)
        assert third.output == "line 40: no-such-program: command not found\n"
        late = shell.run("echo begun\nsleep 60", 50, 0.5)
        assert (late.code, late.output, late.line) == (None, "begun\n", 51)
    assert shell.process.returncode is not None


def test_a_shell_that_ends_itself_says_so(tool: SimpleNamespace, tmp_path: Path) -> None:
    with tool.shell.Shell(tmp_path, tmp_path, {"PATH": "/usr/bin:/bin"}) as shell:
        assert shell.run("exit 3", 1, 60).code == 255
        assert shell.run("echo x", 1, 60).code == 255


# What is kept --------------------------------------------------------------------------------


def result(*fates: str, date: str = "2024-03-02", digest: str = "d") -> LabResult:
    blocks = tuple(BlockResult(f"{digest}{n}", fate) for n, fate in enumerate(fates))  # type: ignore[arg-type]
    return LabResult(date, {"a": "1"}, blocks, ("cup",))


@pytest.mark.parametrize(
    ("before", "now", "kept"),
    [
        (None, result("validated"), "now"),
        (result("run", "shown"), result("validated", "shown"), "before"),
        (result("patched"), result("validated"), "before"),
        (result("run", "shown"), result("run", "shown"), "now"),
        (result("validated"), result("shown"), "now"),
        (result("run", digest="e"), result("validated"), "now"),
        (result("run"), result("validated", "shown"), "now"),
        (result("run", "run"), result("validated", "patched"), "now"),
    ],
)
def test_what_a_machine_could_run_is_not_given_up_for_one_that_could_not(
    tool: SimpleNamespace, before: LabResult | None, now: LabResult, kept: str
) -> None:
    assert tool.main._better(before, now) is {"before": before, "now": now}[kept]


@pytest.mark.parametrize(
    ("before", "needs", "told"),
    [
        (result("run"), [], False),
        (result("run", date="2020-01-01"), [], False),
        (result("patched"), [], True),
        (None, [], True),
        (replace(result("run"), made=()), [], True),
        (replace(result("run"), versions={"a": "2"}), [], True),
        (result("patched"), ["docker"], False),
    ],
)
def test_what_is_committed_is_what_was_found_but_for_the_day(
    tool: SimpleNamespace, before: LabResult | None, needs: list[str], told: bool
) -> None:
    page, _ = read_page("labs/a.md", PAGE, "---\nkind: lab\n---\n# A\n")
    labs = Labs(labs={"labs/a.md": Lab(needs=needs)})
    found = [str(one) for one in tool.main._changes(before, result("run"), labs, page)]
    message = f"its results are not those of {FILE}; run 'make labs' and look at what changed"
    assert found == ([f"{PAGE}:1:1: error[lab-changed] {message}"] if told else [])


def test_results_are_written_and_go_with_the_last_lab(
    tool: SimpleNamespace, tmp_path: Path
) -> None:
    file = tmp_path / "data" / "results" / "labs.json"
    tool.main._keep(file, {"labs/a.md": result("run")})
    assert file.read_text("utf-8") == written(LabResults({"labs/a.md": result("run")}))
    tool.main._keep(file, {})
    assert not file.exists()
    tool.main._keep(file, {})


def test_one_line_tells_what_became_of_a_lab(tool: SimpleNamespace) -> None:
    page, _ = read_page("labs/a.md", PAGE, "---\nkind: lab\n---\n# A\n")
    outcome = tool.run.Outcome(page, made=["x", "y"], left=["z"], seconds=1.25)
    outcome.blocks = [BlockResult("d", fate) for fate in ("run", "shown", "run")]
    said = "labs/a.md                                  1.2 s  2 run, 1 shown; made 2, left 1"
    assert tool.main._line(outcome) == f"ok    {said}"
    outcome.problems = ["one"]
    assert tool.main._line(outcome) == f"FAILS {said}"


def test_labs_are_chosen_by_name_in_the_order_that_is_asked_for(tool: SimpleNamespace) -> None:
    site = SimpleNamespace(pages={})
    for name in ("a/first.md", "b/second.md"):
        site.pages[name], _ = read_page(name, name, "---\nkind: lab\n---\n# A\n")
    site.pages["c.md"], _ = read_page("c.md", "c.md", "# C\n")
    chosen = [page.path for page in tool.main._chosen(site, ["second", "first"])]
    assert chosen == ["b/second.md", "a/first.md"]
    assert [page.path for page in tool.main._chosen(site, [])] == ["a/first.md", "b/second.md"]
    with pytest.raises(tool.service.LabError, match=r"^there is no lab 'c'$"):
        tool.main._chosen(site, ["first", "c"])


def test_a_pattern_that_takes_for_ever_ends_the_run_with_its_name(
    tool: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patterns, "PATIENCE", 2.0)
    slow, text = "(a|aa)+!", "a" * 60
    with pytest.raises(tool.service.LabError) as wrong:
        tool.compare.normal(text, [Normal(pattern="b", by="c"), Normal(pattern=slow, by="")])
    told = f"data/labs.yml: the pattern '{slow}' takes longer than 2 seconds in 'normalize'; "
    assert str(wrong.value) == told + "make it simpler"
    page, _ = read_page("labs/a.md", PAGE, f"# A\n\n## C {{#clean-up}}\n\n```bash\n{text}\n```\n")
    with pytest.raises(
        tool.service.LabError, match=r"^data/labs\.yml: the pattern .* in 'waiting'"
    ):
        list(tool.mutate.mutants([page], Labs(waiting=slow)))
    with pytest.raises(patterns.PatternError, match="takes longer than 2 seconds"):
        tool.run._judged(*blocks_of(page), [], {"boiled": slow})


def test_mutants_leave_out_neither_what_waits_nor_what_is_only_shown(tool: SimpleNamespace) -> None:
    text = "---\nkind: lab\n---\n# A\n\n```bash\nfill\n```\n\n## C {#clean-up}\n\n"
    text += "```bash\nX=1\nempty &&\nwait for it &&\nrinse\n```\n\n"
    text += '<!-- block: shown why -->\n```bash\nbreak\n```\n\n```text title="f"\nx\n```\n'
    page, _ = read_page("labs/a.md", PAGE, text)
    labs = Labs(waiting=r"wait\b", pairs=[Pair(makes="fill", unmakes="empty")])
    left = [one.left_out for one in tool.mutate.mutants([page], labs)]
    assert left == ["empty &&", "rinse"]
    everyone = labs.model_copy(update={"waiting": None})
    assert len(list(tool.mutate.mutants([page], everyone))) == 3


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ({}, "MISSED"),
        ({"problems": [1], "late": True, "left": ["a"]}, "caught: out of time"),
        ({"problems": [1], "left": ["a", "b"]}, "caught: left a, b"),
        ({"problems": [1], "left": ["a" * 80]}, "caught: left " + "a" * 47),
        ({"problems": [SimpleNamespace(rule="lab-left")]}, "caught: lab-left"),
    ],
)
def test_what_caught_a_mutant_is_said(tool: SimpleNamespace, outcome: Any, said: str) -> None:
    assert tool.mutate._caught(tool.run.Outcome(None, **outcome)) == said


# What is this site's own ---------------------------------------------------------------------


def test_a_stub_repeats_what_was_asked_and_invents_no_more_pages() -> None:
    model = botocore.session.get_session().get_service_model("ecs")
    stub = loaded("stub")
    made = stub.answer("ecs", model.operation_model("CreateCluster"), {"clusterName": "tea"})
    cluster = made["cluster"]
    assert cluster["clusterName"] == "tea"
    assert cluster["clusterArn"].startswith("arn:aws:ecs:eu-west-1:123456789012:cluster/tea/")
    assert cluster["tags"] == []
    assert cluster["runningTasksCount"] == 0
    again = stub.answer("ecs", model.operation_model("CreateCluster"), {"clusterName": "tea"})
    assert again == made, "a name has one ARN"
    listed = stub.answer("ecs", model.operation_model("ListClusters"), {"maxResults": 5})
    assert listed == {"clusterArns": []}, "and no token"
    iam = botocore.session.get_session().get_service_model("iam")
    role = stub.answer("iam", iam.operation_model("CreateRole"), {"RoleName": "r"})["Role"]
    assert role["RoleName"] == "r"
    assert isinstance(role["CreateDate"], datetime)
    assert stub.answer("iam", iam.operation_model("DeleteRole"), {}) == {}


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [('{"a": 1}', 0, ""), ('{"a":\n 1,}', 1, ":2:4: "), ("", 1, ":1:1: Expecting value")],
)
def test_a_file_that_is_no_json_is_told_with_its_line_and_column(
    tmp_path: Path, text: str, code: int, said: str
) -> None:
    file = tmp_path / "a.json"
    file.write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(ROOT / "labs" / "check_json.py"), str(file)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == code
    assert done.stderr.startswith(f"{file}{said}" if said else "")


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"PolicyDocument": json.dumps({"Statement": {"Effect": "Allow", "Action": "*"}})},
         ["PolicyDocument: '*' allows more than is needed: name the actions"]),
        ({"assumeRolePolicyDocument": json.dumps({"Statement": [{"Effect": "Deny", "Action": "*"}]})}, []),
        ({"policyText": "no json"}, []),
        ({"policyText": json.dumps({"Statement": [3, {"Effect": "Allow", "Action": ["a:B", "a:*"]}]})},
         ["policyText: 'a:*' allows more than is needed: name the actions"]),
        ({"policyText": json.dumps([1])}, []),
        ({"name": json.dumps({"Statement": {"Effect": "Allow", "Action": "*"}})}, []),
        ({"policyText": {"Statement": {}}}, []),
        ({"policyText": json.dumps({"Statement": {"Effect": "Allow"}})}, []),
    ],
)  # fmt: skip
def test_policies_are_looked_for_wherever_a_request_carries_one(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, Any], found: list[str]
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "labs"))
    assert loaded("policies").defects(given) == found


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"clusterName": None}, []),
        ({"tags": [{"key": "a" * 129}]}, ["CreateCluster.tags[0].key: 129 letters, allowed are 1 to 128"]),
        ({"settings": [{"name": "x"}, {"nme": "y"}]},
         ["CreateCluster.settings[0].name: 'x' is none of containerInsights",
          "CreateCluster.settings[1]: there is no nme"]),
        ({"defaultCapacityProviderStrategy": [{"capacityProvider": "a", "weight": 1001}]},
         ["CreateCluster.defaultCapacityProviderStrategy[0].weight: 1001, allowed are 0 to 1000"]),
        ({"defaultCapacityProviderStrategy": [{"weight": "x"}]},
         ["CreateCluster.defaultCapacityProviderStrategy[0]: capacityProvider is missing",
          "CreateCluster.defaultCapacityProviderStrategy[0].weight: 'x' is not a number"]),
    ],
)  # fmt: skip
def test_every_part_of_a_request_has_its_way_in_the_message(
    given: dict[str, Any], found: list[str]
) -> None:
    model = botocore.session.get_session().get_service_model("ecs")
    shape = model.operation_model("CreateCluster").input_shape
    assert loaded("strict").defects(shape, given, "CreateCluster") == found
    assert loaded("strict").defects(None, given, "CreateCluster") == []
