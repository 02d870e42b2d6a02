"""Which files are pages, and what a configuration gets wrong: as MkDocs sees it, before a build."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest

import cli
from mkdocs_layout import read_layout

PAGE = "---\ndescription: A page.\nkind: concept\nchecked: 2024-01-01\n---\n\n# A page\n\nText.{mark}\n"


def add(root: Path, path: str, mark: str = "") -> Path:
    file = root / "docs" / "en" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(PAGE.format(mark=mark), encoding="utf-8")
    return file


def configure(root: Path, old: str, new: str) -> None:
    """Replace a part of the configuration, the site's own or what it inherits."""
    files = (root / "mkdocs.yml", root / "hooks" / "settings.yml")
    texts = {file: file.read_text(encoding="utf-8") for file in files}
    file = next(file for file, text in texts.items() if old in text)
    file.write_text(texts[file].replace(old, new, 1), encoding="utf-8")


def check(root: Path, capsys: pytest.CaptureFixture[str]) -> str:
    code = cli.main(["--root", str(root), "check"])
    said = capsys.readouterr().err
    assert bool(code) == bool(said)
    return said


@pytest.mark.parametrize("parent", ["0", "[]", "{a: b}", "null", "mkdocs.yml", "mkdocs.yml/"])
def test_what_is_no_parent_of_a_configuration_is_told(golden: Path, parent: str) -> None:
    configure(golden, "INHERIT: hooks/settings.yml", f"INHERIT: {parent}")
    (problem,) = read_layout(golden).problems
    assert problem.rule == "configuration"
    assert problem.place.file == "mkdocs.yml"


@pytest.mark.parametrize("setting", ["exclude_docs", "draft_docs"])
def test_drafts_are_not_read(
    golden: Path, capsys: pytest.CaptureFixture[str], setting: str
) -> None:
    add(golden, "drafts/idea.md", "[^c-001]")
    configure(golden, "\nnav:", f"\n{setting}: drafts/\nnav:")
    assert "drafts/idea.md" not in read_layout(golden).pages
    assert check(golden, capsys) == ""


def test_a_page_beside_the_navigation_is_read(
    golden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(golden, "aside.md", "[^c-001]")
    configure(golden, "\nnav:", "\nnot_in_nav: aside.md\nnav:")
    assert "two-homes" in check(golden, capsys)


@pytest.mark.parametrize("folder", ["data", "data/claims", "overrides", "hooks/site"])
def test_a_site_takes_the_place_of_nothing_of_the_project(
    golden: Path, capsys: pytest.CaptureFixture[str], folder: str
) -> None:
    (golden / "hooks").mkdir(exist_ok=True)
    (golden / "overrides").mkdir(exist_ok=True)
    configure(golden, "site_dir: site", f"site_dir: {folder}")
    said = check(golden, capsys)
    assert "mkdocs.yml:8:1: error[site-folder]" in said
    assert folder.split("/", maxsplit=1)[0] in said


@pytest.mark.parametrize("name", ["a.md~", "#a.md#", "~$a.md", "a.md.orig", "a.md.rej", "a.bak"])
def test_what_editors_and_merges_leave_is_not_published(
    golden: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    add(golden, name, "[^c-001]")
    layout = read_layout(golden)
    assert name not in (layout.files or ())
    assert name not in layout.pages
    assert check(golden, capsys) == ""


def test_a_leftover_is_published_where_the_configuration_asks_for_it(golden: Path) -> None:
    add(golden, "a.bak")
    configure(golden, "\nnav:", "\nexclude_docs: '!*.bak'\nnav:")
    assert "a.bak" in (read_layout(golden).files or ())


@pytest.mark.parametrize(
    "path", [".#brewing.md", "._brewing.md", ".obsidian/note.md", ".trash/x.md"]
)
def test_what_editors_leave_beside_pages_is_no_page(
    golden: Path, capsys: pytest.CaptureFixture[str], path: str
) -> None:
    file = add(golden, path)
    if path == ".#brewing.md":  # Emacs locks a file by a link to nowhere
        file.unlink()
        file.symlink_to("someone@machine.1:2")
    assert check(golden, capsys) == ""


@pytest.mark.parametrize("name", ["._brewing.yml", ".#brewing.yml"])
def test_what_editors_leave_beside_records_is_no_record(
    golden: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (golden / "data" / "claims" / name).write_bytes(b"\x00\x05\x16\x07Mac OS X")
    assert check(golden, capsys) == ""


def test_a_readme_is_the_index_of_its_folder(
    golden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pages = golden / "docs" / "en"
    (pages / "notes" / "index.md").rename(pages / "notes" / "README.md")
    configure(golden, "notes/index.md", "notes/README.md")
    for file in pages.rglob("*.md"):
        file.write_text(file.read_text().replace("notes/index.md", "notes/README.md"))
    assert read_layout(golden).pages["notes/README.md"] == "notes/index.html"
    assert check(golden, capsys) == ""
    add(golden, "notes/index.md")
    assert "notes/README.md:1:1: error[same-address]" in check(golden, capsys)
    logging.getLogger("mkdocs").setLevel(logging.ERROR)  # as 'mkdocs build --quiet' does
    try:
        assert "same-address" in {problem.rule for problem in read_layout(golden).problems}
    finally:
        logging.getLogger("mkdocs").setLevel(logging.NOTSET)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("- Brewing: brewing.md", "- Brewing: brew.md",
         r"error[nav-not-found] there is no page 'brew.md'; did you mean 'brewing.md'?"),
        ("  - Brewing: brewing.md\n", "",
         "docs/en/brewing.md:1:1: error[nav-omitted]"),
        ("- Brewing: brewing.md", "- Brewing: /brewing.md", "error[nav-absolute]"),
        ("- Brewing: brewing.md", "- Brewing: brewing.md\n  - X: 'JavaScript:x'",
         "error[unknown-scheme]"),
        ("- Brewing: brewing.md", "- Brewing: brewing.md\n  - X: \"java\\tscript:x\"",
         "error[unknown-scheme]"),
        ("- Brewing: brewing.md", "- Brewing: brewing.md\n  - X: 'data:text/html,x'",
         "error[unknown-scheme]"),
        ("theme:", "theem:", "mkdocs.yml:"),
        ("custom_dir: overrides", "custom_dir: {a: b}", "error[configuration]"),
        ("theme:", "theme: [", "error[configuration]"),
        ("strict: true", "strict: true\nuse_directory_url: true",
         "error[unknown-key] unknown key 'use_directory_url'; did you mean 'use_directory_urls'?"),
        ("use_directory_urls: false", "use_directory_urls: true", "error[directory-urls]"),
        ("docs_dir: docs/en", "docs_dir: docs/nowhere", "error[configuration] 'docs_dir'"),
        ("  language: en", "  language: de", "key 'de' is missing"),
        ("plugins:", "plugins:\n  nothing: {}", "error[configuration] 'plugins'"),
        ("markdown_extensions:", "markdown_extensions:\n  nothing: {}",
         "error[configuration] 'markdown_extensions'"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_configuration_is_named(
    golden: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, message: str
) -> None:
    configure(golden, old, new)
    said = check(golden, capsys)
    assert message in said
    assert "Traceback" not in said
    if "configuration" in message or "unknown-key" in message:
        assert said.count("error[") == 1, "pages that nobody knows are no other problem"


def test_a_file_in_the_navigation_is_no_page(
    golden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (golden / "docs/en/tea.png").write_bytes(b"x")
    configure(golden, "- Brewing: brewing.md", "- Brewing: brewing.md\n  - X: tea.png")
    assert "error[nav-file]" in check(golden, capsys)


@pytest.mark.parametrize("text", ["5\n", "1.5\n", "- a\n", "text\n", ""])
def test_a_configuration_of_another_shape_is_no_trace(
    golden: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    (golden / "mkdocs.yml").write_text(text, encoding="utf-8")
    assert "mkdocs.yml:" in check(golden, capsys)


def test_a_missing_configuration_is_one_sentence(
    golden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (golden / "mkdocs.yml").unlink()
    assert "mkdocs.yml:1:1: error[missing-file]" in check(golden, capsys)


def test_what_the_configuration_allows_is_no_problem(
    golden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(golden, "  - Brewing: brewing.md\n", "")
    configure(golden, "omitted_files: warn", "omitted_files: info")
    assert check(golden, capsys) == ""


def test_pages_can_stand_elsewhere(golden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (golden / "docs" / "en").rename(golden / "pages")
    configure(golden, "docs_dir: docs/en", "docs_dir: pages")
    assert check(golden, capsys) == ""


def test_the_first_page_is_missed(golden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pages = golden / "docs" / "en"
    (pages / "index.md").rename(pages / "start.md")
    configure(golden, "index.md", "start.md")
    assert "docs/en/index.md:1:1: error[missing-page]" in check(golden, capsys)


@pytest.mark.parametrize("name", ["glossary", "claims", "changes"])
def test_a_page_that_others_lead_to_is_missed(
    golden: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    for file in (golden / "docs" / "en").rglob("*.md"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(f"<!-- {name} -->", ""), encoding="utf-8")
    said = check(golden, capsys)
    assert f"error[missing-page] no page holds '<!-- {name} -->'" in said


@pytest.mark.parametrize(
    "ending", ["png", "JPG", "webp", "gif", "avif", "ico", "pdf", "mp4", "csv"]
)
def test_a_file_beside_the_pages_can_be_linked_to_if_it_is_there(
    golden: Path, capsys: pytest.CaptureFixture[str], ending: str
) -> None:
    page = golden / "docs" / "en" / "brewing.md"
    link = f"\n[A leaf](leaf%20one.{ending}) and [the same](leaf%20one.{ending}?x=1#page=2).\n"
    page.write_text(page.read_text(encoding="utf-8") + link, encoding="utf-8")
    said = check(golden, capsys)
    assert said.count("error[broken-link]") == 2
    assert f"there is no page and no file 'leaf one.{ending}'" in said
    (golden / "docs" / "en" / f"leaf one.{ending}").write_bytes(b"x")
    assert check(golden, capsys) == ""


def test_what_is_made_for_a_page_can_be_linked_to(
    golden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = golden / "docs" / "en" / "brewing.md"
    link = "\n[Table](compare/tea-kinds.csv), [logo](assets/mark.svg), [none](compare/tea.csv).\n"
    page.write_text(page.read_text(encoding="utf-8") + link, encoding="utf-8")
    said = check(golden, capsys)
    assert said.count("error[") == 1
    assert "'compare/tea.csv'; did you mean 'compare/tea-kinds.csv'?" in said


def test_a_page_that_is_no_file_is_named(golden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pages = golden / "docs" / "en"
    os.mkfifo(pages / "pipe.md")
    (pages / "circle.md").symlink_to(pages / "circle.md")
    (pages / "secret.md").symlink_to("/etc/hostname")
    said = check(golden, capsys)
    assert "docs/en/pipe.md:1:1: error[not-a-file]" in said
    assert "docs/en/circle.md:1:1: error[not-a-file]" in said
    assert "docs/en/secret.md:1:1: error[outside]" in said


def test_a_page_by_another_ending_is_named(
    golden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(golden, "other.markdown")
    assert "docs/en/other.markdown:1:1: error[page-name]" in check(golden, capsys)


def test_a_place_in_an_inherited_configuration_is_named(
    golden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (golden / "mkdocs.yml").rename(golden / "base.yml")
    (golden / "mkdocs.yml").write_text("INHERIT: base.yml\n", encoding="utf-8")
    assert check(golden, capsys) == ""
    text = (golden / "base.yml").read_text(encoding="utf-8")
    (golden / "base.yml").write_text(text.replace("brewing.md", "brew.md"), encoding="utf-8")
    line = next(n for n, t in enumerate(text.splitlines(), 1) if "brewing.md" in t)
    assert f"base.yml:{line}:" in check(golden, capsys)


@pytest.mark.parametrize(
    "path",
    ["docs/en/x.md", "docs/en/x.png", "data/claims/x.yml", "overrides/x.html",
     "overrides/assets/styles/x.css", "overrides/assets/scripts/x.js",
     "overrides/assets/drawings/d-x.svg"],
)  # fmt: skip
def test_a_pipe_is_not_waited_for(
    golden: Path, capsys: pytest.CaptureFixture[str], path: str
) -> None:
    file = golden / path
    file.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(file)
    assert f"{path}:1:1: error[" in check(golden, capsys)
