"""The commands without MkDocs: check, stale, stats, render, schemas, new."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

import cli


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
    assert "lines        6 of 6: 5 claimed, 1 asides, 0 open" in out
    assert "claims       5: 4 of the notes, 1 ours" in out
    assert "6 cells, all with source and date" in out
    assert "open         0" in out


def test_check_fails_on_a_problem(golden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = golden / "docs" / "en" / "brewing.md"
    page.write_text(page.read_text(encoding="utf-8").replace("tally", "taly"), encoding="utf-8")
    assert cli.main(["--root", str(golden), "check"]) == 1
    assert "brewing.md:12:1: error[unknown-directive]" in capsys.readouterr().err


def test_open_is_an_error_only_when_asked(golden: Path) -> None:
    table = golden / "data" / "comparisons" / "tea-kinds.yml"
    table.write_text(
        table.read_text(encoding="utf-8").replace("compare/tea-kinds.md", "open"), encoding="utf-8"
    )
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
        "index.md", "brewing.md", "glossary.md", "compare/tea-kinds.md", "notes/index.md",
        "notes/changes.md",
    }  # fmt: skip
    assert "| Oxidised |" in pages["compare/tea-kinds.md"]
    assert "## Brewing" in pages["notes/index.md"]
    assert "{count:" not in "".join(pages.values())


def test_schemas_are_up_to_date() -> None:
    assert cli.main(["schemas", "--check"]) == 0


def test_stale_schemas_are_named(golden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--root", str(golden), "schemas", "--check"]) == 1
    assert "claims.schema.json" in capsys.readouterr().err
    assert cli.main(["--root", str(golden), "schemas"]) == 0
    assert cli.main(["--root", str(golden), "schemas", "--check"]) == 0


def test_new_starts_a_project_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = tmp_path / "mine"
    assert cli.main(["new", str(mine)]) == 0
    assert cli.main(["--root", str(mine), "check"]) == 0
    assert cli.main(["new", str(mine)]) == 1
    assert "exists already" in capsys.readouterr().err
