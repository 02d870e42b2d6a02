"""Labs that are run, on another subject: what is right of them, and each kind of mistake."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from annotated.records.lab_results import FILE, read_lab_results
from tests.conftest import ROOT, edit, lay_records
from tests.labs.tea import CLEAN, CLEARED, GOOD, POTS, lab, lay_pots, lay_tea, line_of

#: Seeded mistakes: name, steps, clean-up, the part of the page whose line is told, rule, words.
SEEDS: list[tuple[str, str, str, str, str, str]] = [
    ("bad-flag", "```bash\nCUP=green\nkettle fill $CUP &&\nkettle --hot\n```\n", CLEAN,
     "kettle --hot", "lab-failed", "what is '--hot'?"),
    ("wrong-output", GOOD.replace("cup-17 is green", "cup-17 is black"), CLEAN,
     "cup-17 is black", "lab-output", "prints in line 1 'cup is green', expected 'cup is black'"),
    ("leaks", GOOD, CLEAN.replace('kettle empty "$CUP"', "echo kettle empty"),
     "echo kettle empty", "lab-leaves", "'green' is left after the clean-up"),
    ("bad-file", GOOD.replace("leaves and water", "leaves\nand coffee"), CLEAN,
     "and coffee", "lab-taste", "coffee is no tea"),
    ("bad-heredoc", '```bash\nCUP=green\ncat > my.tea <<EOF &&\n$CUP coffee\nEOF\nkettle fill $CUP\n```\n',
     CLEAN, "cat > my.tea", "lab-taste", "my.tea:1: coffee is no tea"),
    ("starred", GOOD + """
```json title="pass-policy.json"
{"Version": "2012-10-17", "Statement": [{
  "Effect": "Allow",
  "Action": ["ecs:RunTask", "iam:PassRole"],
  "Resource": "*"
}]}
```
""", CLEAN, '"iam:PassRole"', "lab-no-stars", "'iam:PassRole' on '*' passes any role"),
    ("goes-on", "```bash\nCUP=green\nkettle fill $CUP\nkettle brew\n```\n", CLEAN,
     "kettle fill $CUP", "lab-goes-on", "does not stop the block"),
    ("makes-nothing", "```bash\necho tea\n```\n", CLEAN.replace('kettle empty "$CUP"', ": nothing"),
     ": nothing", "lab-empty", "made nothing"),
    ("waits", "```bash\nsleep 600\n```\n", CLEAN,
     "sleep 600", "lab-late", "did not end within 1 seconds"),
    ("ends-the-shell", "```bash\nexit 3\n```\n", CLEAN, "exit 3", "lab-failed", "fails with code"),
]  # fmt: skip


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "tools" / "labs"), "--root", str(root), *arguments],
        capture_output=True, text=True, timeout=900, check=False,
    )  # fmt: skip


@pytest.fixture
def tea(tmp_path: Path) -> Path:
    root = lay_records(tmp_path / "tea")
    (root / "hooks").symlink_to(ROOT / "hooks")
    lay_tea(root, ROOT / "labs" / "policies.py")
    return root


def test_a_good_lab_is_told_by_what_was_seen(tea: Path) -> None:
    lab(tea, "good")
    done = run(tea)
    assert done.returncode == 0, done.stderr
    assert "made 1, left 0" in done.stdout
    results, problems = read_lab_results(tea)
    assert not problems
    found = results.labs["labs/good.md"]
    assert found.made == ("green",)
    fates = [(block.fate, block.by) for block in found.blocks]
    assert fates == [
        ("run", ()),
        ("patched", ("hot-at-once",)),
        ("validated", ("stub",)),
        ("shown", ("no-leaves",)),
        ("validated", ("taste",)),
        ("run", ()),
    ]
    again = run(tea, "--check")
    assert again.returncode == 0, again.stderr
    text = (tea / FILE).read_text(encoding="utf-8")
    (tea / FILE).write_text(text.replace("patched", "run"), encoding="utf-8")
    told = run(tea, "--check")
    assert told.returncode == 1
    assert "labs/good.md:1:1: error[lab-changed]" in told.stderr


def test_each_kind_of_mistake_is_told_with_its_line(tea: Path) -> None:
    files = {name: lab(tea, name, steps, clean) for name, steps, clean, *_ in SEEDS}
    with (tea / "data" / "labs.yml").open("a", encoding="utf-8") as out:
        out.write("labs: {labs/waits.md: {seconds: 1}}\n")
    done = run(tea)
    assert done.returncode == 1
    said = done.stderr.splitlines()
    for name, _, _, part, rule, words in SEEDS:
        own = [line for line in said if f"/{name}.md:" in line]
        start = f"docs/en/labs/{name}.md:{line_of(files[name], part)}:"
        assert any(
            line.startswith(start) and f"error[{rule}]" in line and words in line for line in own
        ), f"{start} {rule}: {words}\n" + "\n".join(own)
    assert not (tea / FILE).exists(), "nothing was found, so nothing is kept"


def test_a_failed_lab_keeps_its_last_results(tea: Path) -> None:
    file = lab(tea, "good")
    assert run(tea).returncode == 0
    before = (tea / FILE).read_text(encoding="utf-8")
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("kettle whistle", "kettle boil"), encoding="utf-8")
    done = run(tea, "good")
    assert done.returncode == 1
    assert "what is 'boil'?" in done.stderr
    assert (tea / FILE).read_text(encoding="utf-8") == before


def test_a_clean_up_without_one_of_its_commands_is_caught(tea: Path) -> None:
    two = GOOD.replace('kettle fill "$CUP"', 'kettle fill "$CUP" &&\nkettle fill black > more.txt')
    lab(tea, "two", two, CLEAN.replace('empty "$CUP"', 'empty "$CUP" &&\nkettle empty black'))
    done = run(tea, "--mutate")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 of 2 caught" in done.stdout
    assert "caught: left black" in done.stdout
    edit(tea, "data/labs.yml", "{work}/shelf", "{work}/no-shelf")
    untold = run(tea, "--mutate")  # a listing that fails judges none, and stops none
    assert untold.returncode == 1
    assert untold.stdout.count("NOT JUDGED: the listing") == 2
    assert "0 of 2 caught" in untold.stdout
    edit(tea, "data/labs.yml", "{work}/no-shelf", "{work}/shelf")
    edit(tea, "data/labs.yml", 'listing: [ls, "{work}/shelf"]\n', "")
    missed = run(tea, "--mutate")  # nobody looks what is left: the pairs find one who has no other
    assert missed.returncode == 1
    assert "0 of 2 caught" in missed.stdout
    edit(tea, "data/labs.yml", 'unmakes: "kettle empty"', 'unmakes: "kettle empty black"')
    paired = run(tea, "--mutate")
    assert "1 of 2 caught" in paired.stdout
    assert "caught: lab-left" in paired.stdout


def test_a_listing_that_stumbles_is_tried_again(tea: Path) -> None:
    lab(tea, "good")
    once = 'mkdir "{work}/once" && exit 1; ls "{work}/shelf"'
    edit(tea, "data/labs.yml", 'listing: [ls, "{work}/shelf"]', f"listing: [bash, -c, '{once}']")
    done = run(tea)
    assert done.returncode == 0, done.stderr
    edit(tea, "data/labs.yml", "listing: [bash, -c,", "listing: [no-such-program, -c,")
    gone = run(tea)
    assert gone.returncode == 1
    assert gone.stderr.strip() == "the listing of what is there fails: nothing said"


def test_a_lab_that_needs_what_is_not_there_is_checked_and_says_so(tea: Path) -> None:
    lab(tea, "good")
    with (tea / "data" / "labs.yml").open("a", encoding="utf-8") as out:
        out.write("labs: {labs/good.md: {needs: [no-such-kettle], without: no-leaves}}\n")
    done = run(tea)
    assert done.returncode == 0, done.stderr
    first = read_lab_results(tea)[0].labs["labs/good.md"].blocks[0]
    assert (first.fate, first.by) == ("validated", ("taste", "no-leaves"))


def test_a_run_that_is_stopped_ends_at_once_and_leaves_nothing(tea: Path) -> None:
    lab(tea, "waits", '```bash\ntouch "$WORK/begun"\nsleep 1234.5\n```\n')
    work = tea / "work"
    work.mkdir()
    running = subprocess.Popen(
        [sys.executable, str(ROOT / "tools" / "labs"), "--root", str(tea)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "TMPDIR": str(work)},
    )  # fmt: skip
    while not list(work.glob("*/begun")):
        assert running.poll() is None, running.communicate()
        time.sleep(0.05)
    running.send_signal(signal.SIGTERM)
    _, said = running.communicate(timeout=600)
    assert running.returncode == 130
    assert "Stopped; nothing was written." in said
    assert not (tea / FILE).exists()
    assert not list(work.iterdir())


def test_a_lab_tells_what_it_alone_is_run_with_and_what_the_machine_brings(tea: Path) -> None:
    lab(tea, "pots", POTS, CLEARED)
    lay_pots(tea, "pots")
    assert run(tea).returncode == 0
    found = read_lab_results(tea)[0].labs["labs/pots.md"]
    assert (found.versions, found.made) == ({"Pot": "3.1"}, ("big", "small"))
    assert [block.fate for block in found.blocks] == ["run", "run", "run"]
    (tea / "hot").touch()
    assert run(tea).returncode == 0
    found = read_lab_results(tea)[0].labs["labs/pots.md"]
    assert [(block.fate, block.by) for block in found.blocks] == [
        ("patched", ("hot-at-once",)), ("run", ()), ("run", ()),
    ]  # fmt: skip
    edit(tea, "data/labs.yml", '["pot", "version"]', '["pot", "age"]')
    untold = run(tea)
    assert untold.returncode == 1
    assert untold.stderr.strip() == "'pot age' does not say which version Pot has"


#: Steps that fail once the pots are there, each in a way of its own.
FAILING = {
    "sings": "pot sing",
    "waits": "sleep 600",
    "ends": "exit 1",
    "differs": "echo tea\n```\n\n```output\ncoffee",
}


def test_what_a_failed_lab_leaves_on_the_machine_is_taken_away(tea: Path) -> None:
    for name, steps in FAILING.items():
        lab(tea, name, f"{POTS}\n```bash\n{steps}\n```\n", CLEARED)
    table = lay_pots(tea, *FAILING)
    edit(tea, "data/labs.yml", '"labs/waits.md": {', '"labs/waits.md": {"seconds": 1, ')
    done = run(tea)
    assert done.returncode == 1
    told = [line.partition("error[")[2].partition("]")[0] for line in done.stderr.splitlines()]
    assert sorted(told) == ["lab-failed", "lab-failed", "lab-late", "lab-output"], done.stderr
    assert not list(table.iterdir())


def test_a_clean_up_on_the_machine_is_mutated_one_at_a_time(tea: Path) -> None:
    lab(tea, "pots", POTS, CLEARED)
    table = lay_pots(tea, "pots")
    done = run(tea, "--mutate")
    assert done.returncode == 0, done.stdout + done.stderr
    assert [line.split(" docs/")[0].strip() for line in sorted(done.stdout.splitlines())] == [
        "2 of 2 caught", "caught: left big", "caught: left small",
    ]  # fmt: skip
    assert not list(table.iterdir())
    table.rmdir()
    lacking = run(tea, "--mutate")
    assert lacking.returncode == 0
    assert lacking.stdout.count("not run: this machine lacks what it needs") == 2
    assert "0 of 0 caught" in lacking.stdout


def test_a_lab_that_must_run_here_and_cannot_fails(tea: Path) -> None:
    lab(tea, "good")
    lab(tea, "pots", POTS, CLEARED)
    table = lay_pots(tea, "pots")
    assert run(tea, "--must-run").returncode == 0
    table.rmdir()
    done = run(tea, "--must-run")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "docs/en/labs/pots.md:1:1: error[lab-unrun] this machine cannot run it: "
        "'test -d {root}/table' fails"
    ]


def test_a_run_that_is_stopped_clears_what_it_has_put_on_the_machine(tea: Path) -> None:
    lab(tea, "pots", f"{POTS}\n```bash\nsleep 1234.5\n```\n", CLEARED)
    table = lay_pots(tea, "pots")
    running = subprocess.Popen(
        [sys.executable, str(ROOT / "tools" / "labs"), "--root", str(tea)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    while len(list(table.iterdir())) < 2:
        assert running.poll() is None, running.communicate()
        time.sleep(0.05)
    running.send_signal(signal.SIGTERM)
    running.communicate(timeout=600)
    assert running.returncode == 130
    assert not list(table.iterdir())


def test_what_cannot_be_run_at_all_is_one_line(tea: Path) -> None:
    lab(tea, "good")
    unknown = run(tea, "god")
    assert unknown.returncode == 1
    assert unknown.stderr.strip() == "there is no lab 'god'; did you mean 'good'?"
    (tea / "tea" / "server.py").write_text("raise SystemExit('no water')", encoding="utf-8")
    done = run(tea)
    assert done.returncode == 1
    assert "does not start: no water" in done.stderr
    assert "Traceback" not in done.stderr
    broken = (tea / "data" / "labs.yml").read_text().replace("seconds: 300", "seconds: soon")
    (tea / "data" / "labs.yml").write_text(broken, encoding="utf-8")
    wrong = run(tea)
    assert wrong.returncode == 1
    assert "data/labs.yml:" in wrong.stderr
    assert "nothing was run" in wrong.stderr
