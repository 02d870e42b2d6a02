"""The commands without MkDocs: check, stale, stats, render, schemas."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import cli
from annotated.check.since import _same, changed_without_reading
from annotated.project import open_project
from tests.conftest import edit


def git(root: Path, *arguments: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments],
        cwd=root,
        check=True,
        capture_output=True,
    )


def test_check_counts(golden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--root", str(golden), "check"]) == 0
    out = capsys.readouterr().out
    assert "lines        6 of 6: 5 claimed, 1 aside, 0 open" in out
    assert "claims       5: 4 of the notes, 1 ours" in out
    assert "6 cells, all with source and date" in out
    assert "open         0" in out


def test_check_fails_on_a_problem(golden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = golden / "docs" / "en" / "brewing.md"
    page.write_text(page.read_text(encoding="utf-8").replace("tally", "taly"), encoding="utf-8")
    with contextlib.redirect_stderr(sys.stdout):
        assert cli.main(["--root", str(golden), "check"]) == 1
    *counts, problem, total = capsys.readouterr().out.splitlines()
    assert "brewing.md:12:1: error[unknown-directive]" in problem
    assert (counts[-1].split()[0], total) == ("open", "1 problem"), "below the counts"


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("data/comparisons/tea-kinds.yml", "page: compare/tea-kinds.md", "page: open"),
        ("data/failures/tea.yml", "page: when-it-fails.md", "page: open"),
        ("data/glossary/tea.yml", "page: brewing.md#kinds", "page: open"),
        ("data/notes.yml", "lines: 6\n", "lines: 7\nopen: 7\n"),
    ],
    ids=["comparison", "failures", "term", "line"],
)
def test_open_is_an_error_only_when_asked(golden: Path, file: str, old: str, new: str) -> None:
    edit(golden, file, old, new)
    assert cli.main(["--root", str(golden), "check"]) == 0
    assert cli.main(["--root", str(golden), "check", "--strict-open"]) == 1


def test_a_changed_claim_needs_a_new_reading(
    golden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(golden, "init", "-q")
    git(golden, "add", "-A")
    git(golden, "commit", "-qm", "first")
    claims = golden / "data" / "claims" / "brewing.yml"
    good = claims.read_text(encoding="utf-8")
    assert cli.main(["--root", str(golden), "check", "--since", "HEAD"]) == 0
    said = "en: Green tea and black tea are different plants."
    assert said in good
    # A translation that is added says nothing new.
    claims.write_text(good.replace(said, f"{said}, fr: Deux plantes"), encoding="utf-8")
    assert cli.main(["--root", str(golden), "check", "--since", "HEAD"]) == 0
    changed = good.replace("They differ by how far", "They differ in how far")
    claims.write_text(changed, encoding="utf-8")
    assert cli.main(["--root", str(golden), "check", "--since", "HEAD"]) == 1
    assert "error[changed-without-reading] 'c-002'" in capsys.readouterr().err
    claims.write_text(
        changed.replace("verdict: wrong", "verdict: wrong\n    reviewed: wording-only"),
        encoding="utf-8",
    )
    assert cli.main(["--root", str(golden), "check", "--since", "HEAD"]) == 0
    claims.write_text(changed, encoding="utf-8")
    sources = golden / "data" / "sources.yml"
    sources.write_text(
        sources.read_text(encoding="utf-8").replace("2024-03-02", "2024-04-01"), encoding="utf-8"
    )
    assert cli.main(["--root", str(golden), "check", "--since", "HEAD"]) == 0
    assert cli.main(["--root", str(golden), "check", "--since", "nowhere"]) == 1
    assert "cannot compare with 'nowhere'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("before", "now", "same"),
    [
        ({"en": "a", "ko": "x"}, {"en": "a", "ko": "x"}, True),
        ({"en": "a", "ko": "x"}, {"en": "b", "ko": "x"}, False),
        ({"en": "a", "ko": "x"}, {"en": "a", "ko": "y"}, False),
        ({"en": "a"}, {"en": "a", "ko": "x"}, True),
        ({"en": "a", "ko": "x"}, {"en": "a"}, True),
        ({"en": "a"}, {"ko": "x"}, False),
        ({"en": "a"}, None, False),
        (None, {"en": "a"}, False),
        (None, None, True),
    ],
    ids=str,
)
def test_a_text_is_the_same_if_each_language_that_it_had_says_the_same(
    before: dict[str, str] | None, now: dict[str, str] | None, same: bool
) -> None:
    """One that stays does not hide that another was written anew."""
    assert _same(before, now) is same


def test_each_part_of_a_claim_is_compared_and_one_new_reading_is_enough(records: Path) -> None:
    """What was said, what holds and the verdict; a source that was read on the same day is not new."""
    two = "sources: [tea-encyclopedia, iso-3103]"
    edit(records, "data/claims/brewing.yml", "sources: [tea-encyclopedia]", two)
    site, _ = open_project(records, records / "docs/en", "en", date(2026, 11, 24))
    claim = next(c.value for c in site.claims.values() if c.value.now and len(c.value.sources) > 1)
    assert claim.now
    before = {
        "said": claim.said.model_dump(exclude_none=True),
        "now": claim.now.model_dump(exclude_none=True),
        "verdict": claim.verdict,
    }
    reads = {name: source.value.read for name, source in site.sources.items()}

    def told(reads: dict[str, str], **other: Any) -> list[str]:
        found = changed_without_reading(site, {claim.id: {**before, **other}}, reads)
        return [problem.message.split("'")[1] for problem in found]

    assert told(reads) == []
    assert told(reads, now=None, verdict="open") == [], "nobody had judged it"
    for change in ({"said": {"en": "x"}}, {"now": {"en": "x"}}, {"verdict": "incomplete"}):
        assert told(reads, **change) == [claim.id], change
        assert told({**reads, claim.sources[-1]: "2000-01-01"}, **change) == []
        assert told(dict.fromkeys(reads, "2099-01-01"), **change) == [claim.id]


def test_stale_names_the_oldest_reading_first(
    golden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["--root", str(golden), "stale"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("2024-03-01")
    assert "brewing.md  iso-3103" in lines[0]


def test_stats_are_json(golden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--root", str(golden), "stats"]) == 0
    assert json.loads(capsys.readouterr().out)["cells"] == 6


def test_render_writes_plain_markdown(golden: Path, tmp_path: Path) -> None:
    out = tmp_path / "markdown"
    assert cli.main(["--root", str(golden), "render", str(out)]) == 0
    pages = {
        p.relative_to(out).as_posix(): p.read_text(encoding="utf-8") for p in out.rglob("*.md")
    }
    assert set(pages) == {
        "index.md", "brewing.md", "when-it-fails.md", "glossary.md", "compare/tea-kinds.md", "notes/index.md",
        "notes/changes.md", "how-it-works.md",
    }  # fmt: skip
    assert "Oxidised |" in pages["compare/tea-kinds.md"]
    assert "## Brewing" in pages["notes/index.md"]
    assert "{count:" not in "".join(pages.values())


def test_schemas_are_up_to_date() -> None:
    assert cli.main(["schemas", "--check"]) == 0


def test_stale_schemas_are_named(golden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--root", str(golden), "schemas", "--check"]) == 1
    assert "claims.schema.json" in capsys.readouterr().err
    assert cli.main(["--root", str(golden), "schemas"]) == 0
    assert cli.main(["--root", str(golden), "schemas", "--check"]) == 0


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("main.html", b"{% extends 'base.html' %}\n{% block content %}\n{{ x",
         "main.html:3:1: error[template-syntax]"),
        ("page-end.html", b"caf\xe9", "page-end.html:1:4: error[encoding]"),
        ("assets/styles/40-text.css", b"a { color: \xe9 }", "40-text.css:1:12: error[encoding]"),
        ("assets/styles/40-text.css", b".a {\n color red; }", "40-text.css:2:7: error[style-syntax]"),
        ("assets/scripts/copy.js", b"caf\xe9", "copy.js:1:4: error[encoding]"),
        ("assets/scripts/copy.js", b"ok();\nlet a = ;", "copy.js:2:9: error[script-syntax]"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_template_style_or_script_has_its_place(
    golden: Path, capsys: pytest.CaptureFixture[str], file: str, content: bytes, message: str
) -> None:
    (golden / "overrides" / file).write_bytes(content)
    assert cli.main(["--root", str(golden), "check"]) == 1
    assert message in capsys.readouterr().err


def test_who_judges_a_statement_for_the_first_time_reads_nothing_twice(golden: Path) -> None:
    """What nobody had judged rests on no old reading, even if its source was read before."""
    file, now = (
        "data/claims/brewing.yml",
        "    now: {en: They differ by how far the leaves are oxidised.}\n",
    )
    source = "    sources: [tea-encyclopedia]\n  - id: c-003"
    edit(golden, file, "verdict: wrong", "verdict: open")
    edit(golden, file, now, "")
    edit(golden, file, source, "  - id: c-003")
    git(golden, "init", "-q")
    git(golden, "add", "-A")
    git(golden, "commit", "-qm", "first")
    edit(golden, file, "verdict: open", "verdict: wrong")
    edit(golden, file, "  - id: c-003", source)
    edit(golden, file, source, now + source)
    assert cli.main(["--root", str(golden), "check", "--since", "HEAD"]) == 0


def test_claims_of_a_revision_with_another_shape_are_passed_over(golden: Path) -> None:
    claims = golden / "data" / "claims"
    (claims / "old.yml").write_text("- just\n- words\n", encoding="utf-8")
    (claims / "older.yml").write_text("claims: [text, {said: x}, {id: [c-001]}]\n")
    (claims / "찻잎.yml").write_bytes("claims: 한글\n".encode("cp949"))
    git(golden, "init", "-q")
    git(golden, "add", "-A")
    git(golden, "commit", "-qm", "first")
    for name in ("old.yml", "older.yml", "찻잎.yml"):
        (claims / name).unlink()
    assert cli.main(["--root", str(golden), "check", "--since", "HEAD"]) == 0


def test_a_project_in_a_folder_of_a_repository_is_compared(
    golden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    top = golden.parent
    git(top, "init", "-q")
    git(top, "add", "-A")
    git(top, "commit", "-qm", "first")
    claims = golden / "data" / "claims" / "brewing.yml"
    text = claims.read_text(encoding="utf-8").replace("They differ by how", "They differ in how")
    claims.write_text(text, encoding="utf-8")
    assert cli.main(["--root", str(golden), "check", "--since", "HEAD"]) == 1
    assert "changed-without-reading" in capsys.readouterr().err


def test_what_is_not_english_in_git_is_read_the_same_everywhere(golden: Path) -> None:
    """As UTF-8, on a system that takes its texts for Korean or Latin ones, too."""
    claims = golden / "data" / "claims" / "brewing.yml"
    text = claims.read_text(encoding="utf-8").replace(
        "They differ by how", "“They” differ by how 차"
    )
    claims.write_text(text, encoding="utf-8")
    git(golden, "init", "-q")
    git(golden, "add", "-A")
    git(golden, "commit", "-qm", "first")
    command = [sys.executable, "-X", "utf8=0", str(cli.__file__), "--root", str(golden)]
    done = subprocess.run(
        [*command, "check", "--since", "HEAD"],
        env={**os.environ, "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["render", "taken"], "'taken' is not a folder"),
        (["offline", ".", "missing/x.zip"], "there is no folder 'missing'"),
        (["offline", "."], "holds no built site"),
        (["--root", "nowhere", "check"], "there is no folder 'nowhere'"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    if "missing/x.zip" in arguments:
        (tmp_path / "index.html").write_text("built", encoding="utf-8")
    assert cli.main(arguments) == 1
    said = capsys.readouterr().err
    assert message in said
    assert said.count("\n") == 1
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "mine"


def test_output_may_be_cut_off(golden: Path) -> None:
    """As ``check | head -1`` does."""
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, str(cli.__file__), "--root", str(golden), "check"],
        stdout=write, stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    os.close(write)
    assert done.stderr == ""


def test_without_mkdocs_the_core_still_checks(
    golden: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "mkdocs_layout", None)
    assert cli.main(["--root", str(golden), "check"]) == 0
    assert "MkDocs is not installed" in capsys.readouterr().err
