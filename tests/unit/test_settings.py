"""Settings that MkDocs hands on as they come: a wrong one is named at its place, before a build."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import cli
from mkdocs_layout import read_layout
from tests.conftest import ROOT, lay_golden


def check(root: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    code = cli.main(["--root", str(root), "check"])
    said = capsys.readouterr().err.splitlines()
    assert bool(code) == bool(said)
    return [line for line in said if "error[" in line]


def configure(root: Path, pattern: str, new: str) -> str:
    """Write a setting where it stands, in the site's own file or in the one it inherits."""
    for name in ("mkdocs.yml", "hooks/settings.yml"):
        old = (root / name).read_text(encoding="utf-8")
        text, found = re.subn(pattern, lambda _: new, old, flags=re.MULTILINE)
        if found:
            (root / name).write_text(text, encoding="utf-8")
            return name
    raise AssertionError(f"{pattern!r} is not in the settings")


#: What stands in the configuration, what an author writes instead, and what is said of it.
WRONG = [
    (r"^  language: en", "  language: 5", "'language': found '5'"),
    (r"^  language: en", "  language: [en]", "'language': found"),
    (r"^  language: en", "  language:", "'language': found ''"),
    (r"^  name: .*", "  name: readthedocs", "'name': Expected one of"),
    (r"^  logo: .*", "  logo: {}", "'logo': found '{}'"),
    (r"^  logo: .*", "  logo: https://example.org/logo.svg", "'logo': found"),
    (r"^  favicon: .*", "  favicon: true", "'favicon': found 'True'"),
    (r"^  features:\n(?:    .*\n)*", "  features: {a: b}\n", "'features': Expected a list"),
    (r"^  features:\n(?:    .*\n)*", "  features: [5]\n", "'features': found '5'"),
    (r"^  palette:\n(?:    .*\n)*", "  palette: [x]\n", "'palette': "),
    (r"^  palette:\n(?:    .*\n)*", "  palette: x\n", "'palette': Expected a list"),
    (r"^      toggle: .*", "      toggle: x", "'palette': Sub-option 'toggle'"),
    (r"^  font: .*", "  font: 5", "'font': Expected type"),
    (r"^extra_css: .*", 'extra_css: ["javascript:alert(1)"]', "'extra_css': found 'javascript"),
    (r"^extra_css: .*", "extra_css: ['']", "'extra_css': found ''"),
    (r"^extra_css: .*", "extra_css: [5]", "'extra_css': found '5'"),
    (r"^extra_css: .*", "extra_css: [//example.org/a.css]", "'extra_css': found"),
    (r"path: assets/site.js", "path: https://example.org/a.js", "'extra_javascript': found"),
    (r"^  licence: .*", "  licence: '[x](javascript:1)'", "'licence': found"),
    (r"^  licence: .*", "  licence: javascript://x/%0aalert(1)", "'licence': found"),
    (r"toc_depth: 2-3", "toc_depth: 1" + "0" * 30, "'toc_depth': found"),
    (r"toc_depth: 2-3", "toc_depth: 2-9", "'toc_depth': found"),
    (r"toc_depth: 2-3", "toc_depth: true", "'toc_depth': found 'True'"),
    (r"^site_name: .*", 'site_name: "Te\\u200ba"', "'site_name': found U+200B"),
    (r"^site_description: .*", 'site_description: "a\\u202eb"', "'site_description': found U+202E"),
    (r"^copyright: .*", 'copyright: "a\\u00adb"', "'copyright': found U+00AD"),
    (r"^  custom_dir: .*", "  custom_dir: {a: b}", "'custom_dir' holds what MkDocs cannot take"),
]


@pytest.mark.parametrize(("pattern", "new", "message"), WRONG)
def test_a_setting_that_makes_no_sense_is_named_at_its_place(
    golden: Path, capsys: pytest.CaptureFixture[str], pattern: str, new: str, message: str
) -> None:
    name = configure(golden, pattern, new)
    line = (golden / name).read_text(encoding="utf-8").split(new.rstrip())[0].count("\n")
    said = [text for text in check(golden, capsys) if message in text]
    assert said
    assert re.match(rf"{re.escape(name)}:({line + 1}|{line}):\d+: error\[", said[0]), said


def test_an_edition_has_texts_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = lay_golden(tmp_path / "golden", editions=True)
    configure(root, r"^      copyright: .*", '      copyright: "a\\u00adb"')
    [said] = check(root, capsys)
    lines = (root / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
    line = lines.index('      copyright: "a\\u00adb"') + 1
    assert f"mkdocs.yml:{line}:7: error[configuration] 'copyright': found U+00AD" in said


def test_all_mistakes_of_the_settings_are_said_at_once(
    golden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(golden, r"^extra_css: .*", 'extra_css: ["", 5, assets/site.css, "data:x"]')
    configure(golden, r"^  logo: .*", "  logo: {}")
    said = [line for line in check(golden, capsys) if "[configuration]" in line]
    assert len(said) == 4


ODD = ("5", "true", "[x]", "{a: b}", "[{a: 5}]", "null")


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize(("name", "least"), [("mkdocs.yml", 10), ("hooks/settings.yml", 15)])
def test_no_value_of_a_setting_ends_in_a_trace(
    golden: Path, odd: str, name: str, least: int
) -> None:
    """Whatever stands under a key of the configuration or of its theme."""
    file = golden / name
    text = file.read_text(encoding="utf-8")
    keys = list(re.finditer(r"^(?:[a-z_]+|  [a-z_]+):(?=.*$)", text, re.MULTILINE))
    assert len(keys) > least
    for key in keys:
        indent = len(key[0]) - len(key[0].lstrip())
        below = re.compile(rf"(?:[ ]{{{indent + 1},}}.*\n|\n)*")
        line_end = text.find("\n", key.end()) + 1
        rest = below.sub("", text[line_end:], count=1) if below.match(text[line_end:]) else ""
        file.write_text(f"{text[: key.end()]} {odd}\n{rest}", encoding="utf-8")
        assert read_layout(golden) is not None


@pytest.mark.parametrize("content", ["photo.jpg", "notes/a.txt", "index.html"])
def test_a_site_takes_the_place_of_no_other_folder(
    golden: Path, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    file = golden.parent / "photos" / content
    file.parent.mkdir(parents=True)
    file.write_text("mine", encoding="utf-8")
    configure(golden, r"^site_dir: .*", "site_dir: ../photos")
    [said] = check(golden, capsys)
    assert "error[site-folder] '../photos' is there and is no site" in said


def test_a_site_that_is_a_file_is_named(golden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (golden / "site").write_text("mine", encoding="utf-8")
    [said] = check(golden, capsys)
    assert "error[site-folder] 'site' is there and is no site" in said


@pytest.mark.parametrize("hidden", [".git", ".nojekyll", "lost+found"])
def test_what_nobody_sees_in_a_folder_keeps_no_site_away(
    golden: Path, capsys: pytest.CaptureFixture[str], hidden: str
) -> None:
    (golden / "site" / hidden).mkdir(parents=True)
    assert check(golden, capsys) == []


@pytest.mark.parametrize(
    ("target", "why"), [("..", "stands in"), ("../..", "stands in"), (".", "stands in"),
                        ("../../../elsewhere", "out of the project")]
)  # fmt: skip
def test_a_link_that_leads_round_or_away_is_not_followed(
    golden: Path, capsys: pytest.CaptureFixture[str], target: str, why: str
) -> None:
    (golden.parent / "elsewhere").mkdir()
    (golden / "docs" / "en" / "loop").symlink_to(target, target_is_directory=True)
    (golden / "docs" / "en" / "again").symlink_to(target, target_is_directory=True)
    said = check(golden, capsys)
    assert len(said) == 2
    assert all("error[link]" in line and why in line for line in said)


@pytest.mark.parametrize(
    ("pattern", "new", "said"),
    [
        (r"(?s)\A.*\Z", "5\n", "mkdocs.yml:1:1: error[wrong-type] expected 'site_name: ...'"),
        (
            r"^  custom_dir: .*",
            "  custom_dir: {a: b}",
            "hooks/settings.yml:14:3: error[configuration]",
        ),
        (r"^extra_css: .*", "extra_css: [5]", "error[configuration] 'extra_css'"),
        (r"^      toggle: .*", "      toggle: x", "error[configuration] 'palette'"),
    ],
)
def test_a_build_ends_in_lines_that_say_what_is_wrong(
    golden: Path, pattern: str, new: str, said: str
) -> None:
    shutil.copy(ROOT / "tools" / "run_mkdocs.py", golden / "tools")
    configure(golden, pattern, new)
    done = subprocess.run(
        [sys.executable, "tools/run_mkdocs.py", "build", "--quiet"],
        cwd=golden, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr + done.stdout
