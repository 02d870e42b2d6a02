"""The golden project through MkDocs: what is good is published, what fails loses nothing."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from annotated.project import open_project
from annotated.publish.cards import FOLDER as CARDS
from annotated.publish.cards import card_of
from annotated.render.edition import Edition
from annotated.staging import ROOT_FILES
from tests.conftest import edit
from tests.draw.kinds import lay, source, stored
from tests.site_tools import broken_links, documents, mkdocs


def test_a_good_project_is_published(golden: Path) -> None:
    done = mkdocs(golden)
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    pages = documents(golden / "site")
    assert broken_links(golden / "site", pages) == []
    assert "Kinds of tea" in pages["compare/tea-kinds.html"].text
    assert (golden / "site" / "compare" / "tea-kinds.csv").exists()
    assert (golden / "site" / "compare" / "tea-kinds.json").exists()
    assert list(golden.glob("site?*")) == []
    assert "AWS" not in "".join(page.text for page in pages.values())


def test_every_page_leads_to_the_notices_of_others(golden: Path) -> None:
    """The theme's licence asks for its notice in every copy."""
    done = mkdocs(golden)
    assert done.returncode == 0, done.stderr
    notices = (golden / "site" / "licences.txt").read_text(encoding="utf-8")
    assert notices.startswith("mkdocs-material 9.")
    for said in ("by Martin Donath", "under the licence MIT", "Permission is hereby granted"):
        assert said in notices
    for name, page in documents(golden / "site").items():
        ways = [link for _, _, link in page.links if link.endswith("licences.txt")]
        assert len(ways) == 1, name


def test_a_page_is_published_with_its_own_card_or_that_of_the_first(golden: Path) -> None:
    """The build looks for the names that `make cards` gives, by the names of the published site."""
    configuration = golden / "mkdocs.yml"
    text = configuration.read_text(encoding="utf-8").replace("Tea, annotated", "Tea & <b>annotated")
    configuration.write_text(text, encoding="utf-8")
    opened, _ = open_project(golden, golden / "docs" / "en", "en", date(2026, 11, 24))
    edition = Edition.of(opened, "en")
    cards = {
        path: card_of(edition.site.pages[path], edition, "Tea & <b>annotated").name
        for path in ("index.md", "brewing.md")
    }
    folder = golden / "overrides" / CARDS
    folder.mkdir(parents=True, exist_ok=True)
    for name in cards.values():
        (folder / name).write_bytes(b"a picture")
    done = mkdocs(golden, SITE_URL="https://tea.example/")
    assert done.returncode == 0, done.stderr
    for page, card in (("brewing", "brewing.md"), ("index", "index.md"), ("glossary", "index.md")):
        html = (golden / "site" / f"{page}.html").read_text(encoding="utf-8")
        assert f"https://tea.example/{CARDS}/{cards[card]}" in html
        assert (golden / "site" / CARDS / cards[card]).is_file()


@pytest.fixture
def published(golden: Path) -> Path:
    """A golden project whose site of yesterday stands."""
    (golden / "site").mkdir()
    for name in ("index.html", *ROOT_FILES):
        (golden / "site" / name).write_text("yesterday", encoding="utf-8")
    return golden


def still_there(root: Path) -> bool:
    return (root / "site" / "index.html").read_text(encoding="utf-8") == "yesterday" and not (
        list(root.glob("site?*"))
    )


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "data/claims/brewing.yml",
            "verdict: wrong",
            "verdict: wrnog",
            "data/claims/brewing.yml:14:5: error[unknown-value]",
        ),
        (
            "docs/en/index.md",
            "](brewing.md)",
            "](brewing.md#nowhere)",
            "docs/en/index.md:11:",
        ),
        ("docs/en/brewing.md", "<!-- tally -->", "<!-- taly -->", "error[unknown-directive]"),
        ("mkdocs.yml", "- Brewing: brewing.md", "- Brewing: brew.md", "brew.md"),
        (
            "overrides/parts/row.html",
            "row.name",
            "row.nmae",
            "overrides/parts/row.html:4:1: error[template] ",
        ),
    ],
)
def test_a_failed_build_loses_nothing(
    published: Path, file: str, old: str, new: str, message: str
) -> None:
    edit(published, file, old, new)
    done = mkdocs(published)
    assert done.returncode != 0
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert still_there(published)


def test_all_problems_of_a_run_are_printed(published: Path) -> None:
    edit(published, "data/claims/brewing.yml", "verdict: wrong", "verdict: wrnog")
    edit(published, "docs/en/brewing.md", "<!-- tally -->", "<!-- taly -->")
    done = mkdocs(published)
    assert done.stderr.count(": error[") == 2
    assert still_there(published)


def test_an_interrupted_build_loses_nothing(published: Path) -> None:
    (published / "docs" / "en" / "slow.md").write_text(
        "---\ndescription: x\nkind: concept\nchecked: 2024-01-01\n---\n\n# Slow\n", encoding="utf-8"
    )
    edit(published, "mkdocs.yml", "  - Brewing: brewing.md", "  - Brewing: brewing.md\n  - slow.md")
    edit(published, "hooks/settings.yml", "hooks: [hooks/mkdocs_events.py]",
          "hooks: [hooks/mkdocs_events.py, slow.py]")  # fmt: skip
    (published / "slow.py").write_text(
        "import time\n\ndef on_page_markdown(markdown, **_):\n    print('ready', flush=True)\n"
        "    time.sleep(60)\n",
        encoding="utf-8",
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "build"],
        cwd=published,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        # A test that runs in the background of a shell inherits that Ctrl-C is ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "ready"
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    process.wait(timeout=120)
    process.stdout.close()
    if process.stderr:
        process.stderr.close()
    assert process.returncode != 0
    assert still_there(published)


def test_the_site_works_below_a_sub_path(golden: Path) -> None:
    done = mkdocs(golden, "build", SITE_URL="https://someone.github.io/tea/")
    assert done.returncode == 0, done.stderr
    pages = documents(golden / "site")
    for name, page in pages.items():
        for _, _, link in page.links:
            if name != "404.html":
                assert not link.startswith("/"), f"{name}: {link}"
    assert ("link", "href", "https://someone.github.io/tea/brewing.html") in pages[
        "brewing.html"
    ].links


def test_a_fork_links_to_its_own_repository(golden: Path) -> None:
    done = mkdocs(golden, "build", REPOSITORY_URL="https://github.com/fork/tea")
    assert done.returncode == 0, done.stderr
    text = (golden / "site" / "brewing.html").read_text(encoding="utf-8")
    assert "https://github.com/fork/tea/edit/main/docs/en/brewing.md" in text
    assert "https://github.com/fork/tea/issues/new?title=" in text


def test_what_is_left_out_is_published_nowhere(golden: Path) -> None:
    """Neither its page nor its Markdown, nor anything that it says, whatever setting it is."""
    pages = golden / "docs" / "en"
    for path in ("drafts/idea.md", "old/idea.md", ".hidden/idea.md", ".#idea.md"):
        (pages / path).parent.mkdir(exist_ok=True)
        (pages / path).write_text(
            "---\ndescription: idea\nkind: concept\nchecked: 2024-01-01\n---\n\n# Idea\n\n"
            "Unfinished thought.[^c-001]\n",
            encoding="utf-8",
        )
    edit(golden, "mkdocs.yml", "\nnav:", "\nexclude_docs: old/\ndraft_docs: drafts/\nnav:")
    done = mkdocs(golden)
    assert done.returncode == 0, done.stderr
    published = [f for f in (golden / "site").rglob("*") if f.is_file()]
    assert [f for f in published if "idea" in f.name] == []
    assert [f for f in published if b"Unfinished thought" in f.read_bytes()] == []


FENCE = """
```mermaid
flowchart TB
  accTitle: A new thought
  accDescr: Not drawn yet.
  a["Leaf"] -- "becomes" --> b["Tea"]
```
"""


@pytest.mark.parametrize("indent", ["", "    ", "\t"])
def test_no_page_is_published_with_a_diagram_that_is_not_drawn(
    published: Path, indent: str
) -> None:
    """However it is written, and whether or not the check has seen it."""
    page = published / "docs" / "en" / "brewing.md"
    opening = "\n- A point\n\n" if indent else ""
    fence = "".join(f"{indent}{line}\n" if line else "\n" for line in FENCE.split("\n"))
    page.write_text(page.read_text(encoding="utf-8") + opening + fence, encoding="utf-8")
    done = mkdocs(published)
    assert done.returncode != 0
    assert re.search(r"docs/en/brewing\.md:\d+:\d+: error\[diagram-missing\]", done.stderr)
    assert "Traceback" not in done.stderr
    assert still_there(published)


def test_the_site_goes_to_a_branch_of_its_own(golden: Path, tmp_path: Path) -> None:
    def git(*arguments: str, folder: Path = golden) -> str:
        identity = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
        done = subprocess.run(
            ["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True
        )
        return done.stdout

    remote = tmp_path / "remote.git"
    git("init", "-q", "--bare", str(remote), folder=tmp_path)
    git("init", "-q")
    git("remote", "add", "origin", str(remote))
    git("add", "mkdocs.yml")
    git("commit", "-qm", "first")
    done = mkdocs(
        golden, "gh-deploy", "--force",
        GIT_AUTHOR_NAME="t", GIT_AUTHOR_EMAIL="t@example.org",
        GIT_COMMITTER_NAME="t", GIT_COMMITTER_EMAIL="t@example.org",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    files = git("ls-tree", "-r", "--name-only", "gh-pages", folder=remote).split()
    assert {"index.html", "sw.js", "brewing.md"} <= set(files)


def test_a_second_configuration_keeps_its_site_inside_the_first(golden: Path) -> None:
    (golden / "mkdocs.again.yml").write_text(
        "INHERIT: mkdocs.yml\nsite_dir: site/again\n", encoding="utf-8"
    )
    for arguments in ((), ("-f", "mkdocs.again.yml"), ()):
        done = mkdocs(golden, "build", *arguments)
        assert done.returncode == 0, done.stderr
    assert (golden / "site" / "again" / "index.html").exists()
    assert (golden / "site" / "index.html").exists()
    assert list((golden / "site").glob("again?*")) == []


def test_where_nothing_can_be_written_a_build_ends_with_a_sentence(golden: Path) -> None:
    done = mkdocs(golden, "build", "--site-dir", "/proc/site")
    assert done.returncode != 0
    assert "'/proc/site' cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_two_builds_at_once_both_end_well(golden: Path) -> None:
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    runs = [
        subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "build"],
            cwd=golden, env=environment, stderr=subprocess.PIPE, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    for run in runs:
        _, said = run.communicate(timeout=240)
        assert run.returncode == 0, said
    assert broken_links(golden / "site", documents(golden / "site")) == []
    assert list(golden.glob("site?*")) == []


def test_a_mistake_in_a_template_is_told_without_a_trace(published: Path) -> None:
    (published / "overrides" / "page-end.html").write_text("{{ nothing.at.all }}", encoding="utf-8")
    done = mkdocs(published)
    assert done.returncode != 0
    assert "'nothing' is undefined" in done.stderr
    assert "Traceback" not in done.stderr
    assert still_there(published)


ODD = "What is C#? 100%.md"


def test_any_name_of_a_page_is_an_address(golden: Path) -> None:
    """Its HTML, its Markdown, its table and the lists of pages all lead there."""
    pages = golden / "docs" / "en"
    (pages / "brewing.md").rename(pages / ODD)
    quoted = "What%20is%20C%23%3F%20100%25.md"
    for file in pages.rglob("*.md"):
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub(r"\]\(((?:\.\./)*)brewing\.md", rf"](\1{quoted}", text))
    edit(golden, "mkdocs.yml", "brewing.md", f'"{ODD}"')
    for file in (golden / "data").rglob("*.yml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub(r"brewing\.md(#[\w-]+)?", "index.md", text), encoding="utf-8")
    done = mkdocs(golden, "build", SITE_URL="https://example.org/tea/")
    assert done.returncode == 0, done.stderr
    site = golden / "site"
    assert (site / ODD).exists()
    assert broken_links(site, documents(site), "/tea/") == []
    said = (site / "llms.txt").read_text(encoding="utf-8")
    assert f"(https://example.org/tea/{quoted})" in said
    page = (site / ODD.replace(".md", ".html")).read_text(encoding="utf-8")
    assert f"/docs/en/{quoted}" in page or "rel=edit" not in page
    assert f'"url":"https://example.org/tea/{quoted.replace(".md", ".html")}"' in page
    # The page on how a site works says "brewing.md" as an example.
    twins = "".join(
        f.read_text(encoding="utf-8") for f in site.rglob("*.md") if f.stem != "how-it-works"
    )
    assert "brewing.md" not in twins
    assert quoted in twins


def test_a_readme_is_published_as_the_index_of_its_folder(golden: Path) -> None:
    pages = golden / "docs" / "en"
    (pages / "notes" / "index.md").rename(pages / "notes" / "README.md")
    (pages / "compare" / "tea-kinds.md").rename(pages / "compare" / "README.md")
    for file in [
        *golden.glob("docs/**/*.md"),
        *golden.glob("data/**/*.yml"),
        golden / "mkdocs.yml",
    ]:
        text = file.read_text(encoding="utf-8").replace("notes/index.md", "notes/README.md")
        file.write_text(text.replace("compare/tea-kinds.md", "compare/README.md"), encoding="utf-8")
    done = mkdocs(golden)
    assert done.returncode == 0, done.stderr
    site = golden / "site"
    assert broken_links(site, documents(site)) == []
    assert {f.name for f in (site / "compare").iterdir()} == {
        "README.md", "index.html", "index.csv", "index.json",
    }  # fmt: skip


def test_a_copied_page_stays_as_it_is(golden: Path) -> None:
    """No policy, no smaller form, no name: what proves that a site is mine must not change."""
    pages = golden / "docs" / "en"
    copied = {
        "google1234.html": b"google-site-verification: google1234.html",
        "old/tool.html": b"<!DOCTYPE html>\n<meta charset='utf-8'>\n<script>alert( 1 )</script>\n",
        "old/latin.htm": b"<p>caf\xe9</p>",
        "leaf.png": b"\x89PNG",
    }
    for path, content in copied.items():
        (pages / path).parent.mkdir(exist_ok=True)
        (pages / path).write_bytes(content)
    done = mkdocs(golden)
    assert done.returncode == 0, done.stderr
    for path, content in copied.items():
        assert (golden / "site" / path).read_bytes() == content
    assert "leaf.png" in (golden / "site" / "sw.js").read_text(encoding="utf-8")


def test_a_page_may_be_left_out_of_the_search(golden: Path) -> None:
    for path in ("brewing.md", "notes/index.md", "compare/tea-kinds.md"):
        edit(golden, f"docs/en/{path}", "---\n", "---\nsearch: {exclude: true}\n")
    done = mkdocs(golden)
    assert done.returncode == 0, done.stderr
    assert "brewing.html" not in index_of(golden, "concepts")["pages"]["locations"]
    assert "All tea is one plant" not in index_of(golden, "texts")["texts"]


def index_of(root: Path, name: str) -> dict[str, Any]:
    [file] = (root / "site" / "search").glob(f"{name}.*.json")
    index: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return index


def test_a_passage_that_is_marked_out_names_nothing(golden: Path) -> None:
    page = golden / "docs" / "en" / "brewing.md"
    passage = "\n\nzanzibar is far.\n{: data-search-exclude }\n\nyokohama is near.\n"
    page.write_text(page.read_text(encoding="utf-8") + passage, encoding="utf-8")
    done = mkdocs(golden)
    assert done.returncode == 0, done.stderr
    words = index_of(golden, "concepts")["latin"]["words"]
    assert "yokohama" in words
    assert "zanzibar" not in words


def test_a_page_that_nests_without_end_does_not_end_the_build(golden: Path) -> None:
    page = golden / "docs" / "en" / "brewing.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n" + "<b>" * 12_000 + "\n")
    done = mkdocs(golden)
    assert done.returncode == 1, "no crash"
    assert "error[too-" in done.stderr


def test_a_site_speaks_its_language(golden: Path) -> None:
    for file in [*(golden / "data").rglob("*.yml"), golden / "mkdocs.yml"]:
        if file.parent.name != "words":
            text = file.read_text(encoding="utf-8").replace("{en: ", "{ko: ")
            file.write_text(text.replace("language: en", "language: ko"), encoding="utf-8")
    done = mkdocs(golden)
    assert done.returncode == 0, done.stderr
    pages = documents(golden / "site")
    assert "2019년 12월" in pages["index.html"].text
    for text in (
        "Switch to dark",
        "Follow the system",
        "Link to this section",
        "Sources",
        "Verdict",
    ):
        assert not [path for path, page in pages.items() if text in page.text], text
    assert "다크 모드로 전환" in pages["index.html"].text
    assert "이 절의 링크" in pages["notes/index.html"].text


def test_two_tables_of_one_page_have_files_of_their_own(golden: Path) -> None:
    first = golden / "data" / "comparisons" / "tea-kinds.yml"
    text = first.read_text(encoding="utf-8").replace("id: tea-kinds", "id: tea-more")
    (golden / "data" / "comparisons" / "tea-more.yml").write_text(
        text.replace("Kinds of tea", "More of tea"), encoding="utf-8"
    )
    page = golden / "docs" / "en" / "compare" / "tea-kinds.md"
    page.write_text(
        page.read_text(encoding="utf-8") + "\n<!-- comparison: tea-more -->\n", encoding="utf-8"
    )
    done = mkdocs(golden)
    assert done.returncode == 0, done.stderr
    assert broken_links(golden / "site", documents(golden / "site")) == []
    titles = {
        file.name: json.loads(file.read_text(encoding="utf-8"))["title"]
        for file in (golden / "site" / "compare").glob("*.json")
    }
    assert titles == {"tea-kinds.json": "Kinds of tea", "tea-more.json": "More of tea"}
    text = (golden / "site" / "compare" / "tea-kinds.html").read_text(encoding="utf-8")
    assert re.findall(r"href=(tea-\w+\.csv)", text) == ["tea-kinds.csv", "tea-more.csv"]
    assert re.findall(r'"contentUrl":"compare/(tea-\w+\.csv)"', text) == [
        "tea-kinds.csv",
        "tea-more.csv",
    ]


def test_a_page_of_a_long_section_lists_its_neighbours(golden: Path) -> None:
    pages, nav = golden / "docs" / "en", ["  - Many:"]
    for n in range(90):
        (pages / f"page-{n}.md").write_text(
            f"---\ndescription: x\nkind: concept\nchecked: 2024-01-01\n---\n\n# Page {n}\n\nText.\n",
            encoding="utf-8",
        )
        nav.append(f"      - page-{n}.md")
    edit(golden, "mkdocs.yml", "  - Brewing", "\n".join(nav) + "\n  - Brewing")
    done = mkdocs(golden)
    assert done.returncode == 0, done.stderr
    site = golden / "site"
    assert broken_links(site, documents(site)) == []
    text = (site / "page-45.html").read_text(encoding="utf-8")
    listed = set(re.findall(r"href=\"?page-(\d+)\.html", text))
    assert listed == {str(n) for n in (0, *range(25, 66))} - {"45"} | listed & {"45"}
    assert re.search(r"48 more", text)
    other = (site / "brewing.html").read_text(encoding="utf-8")
    assert set(re.findall(r"href=\"?page-(\d+)\.html", other)) <= {"0", "89"}, "closed sections"


def test_what_mermaid_drew_is_published_said_and_found(golden: Path) -> None:
    """A chart and a plan: in the page and beside it, under the policy, with the words of each."""
    names = ("pie", "gantt")
    lay(golden, *names)
    fences = "".join(f"\n```mermaid\n{source(name)}```\n" for name in names)
    page = golden / "docs" / "en" / "brewing.md"
    page.write_text(page.read_text(encoding="utf-8") + fences, encoding="utf-8")
    done = mkdocs(golden)
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    html = (golden / "site" / "brewing.html").read_text(encoding="utf-8")
    for name in names:
        drawing = stored(name)
        assert f"{drawing.id}-title" in html
        alone = (golden / "site" / "assets" / "drawings" / f"{drawing.id}.svg").read_text("utf-8")
        assert f'width="{drawing.width}"' in alone
        assert "var(" not in alone
    figures = "".join(re.findall(r"<figure.*?</figure>", html, re.DOTALL))
    assert figures.count("<svg") == len(names)
    assert "style" not in figures, "the policy would refuse it"
    styles = "".join(f.read_text("utf-8") for f in (golden / "site" / "assets").rglob("*.css"))
    assert "dg-fill-a" in styles, "what a page uses is not pruned"
    assert "dg-fill-g" not in styles, "what no page uses is"
    said = (golden / "site" / "brewing.md").read_text(encoding="utf-8")
    assert "- Oolong: 15" in said
    assert "    - Tasting day: 2026-06-21" in said
    assert broken_links(golden / "site", documents(golden / "site")) == []
