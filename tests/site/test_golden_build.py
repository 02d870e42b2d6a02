"""The golden project through MkDocs: what is good is published, what fails loses nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.site_tools import broken_links, documents, mkdocs


def spoil(root: Path, file: str, old: str, new: str) -> None:
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_good_project_is_published(golden: Path) -> None:
    done = mkdocs(golden)
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    pages = documents(golden / "site")
    assert broken_links(golden / "site", pages) == []
    assert "Kinds of tea" in pages["compare/tea-kinds.html"].text
    assert (golden / "site" / "compare" / "tea-kinds.csv").exists()
    assert (golden / "site" / "compare" / "tea-kinds.json").exists()
    assert not (golden / "site.building").exists()
    assert not (golden / "site.old").exists()
    assert "AWS" not in "".join(page.text for page in pages.values())


@pytest.fixture
def published(golden: Path) -> Path:
    """A golden project whose site of yesterday stands."""
    (golden / "site").mkdir()
    (golden / "site" / "index.html").write_text("yesterday", encoding="utf-8")
    return golden


def still_there(root: Path) -> bool:
    return (root / "site" / "index.html").read_text(encoding="utf-8") == "yesterday" and not (
        root / "site.building"
    ).exists()


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "data/claims/brewing.yml",
            "verdict: wrong",
            "verdict: wrnog",
            "data/claims/brewing.yml:13:5: error[unknown-value]",
        ),
        (
            "docs/en/index.md",
            "](brewing.md)",
            "](brewing.md#nowhere)",
            "docs/en/index.md:11:",
        ),
        ("docs/en/brewing.md", "<!-- tally -->", "<!-- taly -->", "error[unknown-directive]"),
        ("mkdocs.yml", "- Brewing: brewing.md", "- Brewing: brew.md", "brew.md"),
    ],
)
def test_a_failed_build_loses_nothing(
    published: Path, file: str, old: str, new: str, message: str
) -> None:
    spoil(published, file, old, new)
    done = mkdocs(published)
    assert done.returncode != 0
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert still_there(published)


def test_all_problems_of_a_run_are_printed(published: Path) -> None:
    spoil(published, "data/claims/brewing.yml", "verdict: wrong", "verdict: wrnog")
    spoil(published, "docs/en/brewing.md", "<!-- tally -->", "<!-- taly -->")
    done = mkdocs(published)
    assert done.stderr.count(": error[") == 2
    assert still_there(published)


def test_an_interrupted_build_loses_nothing(published: Path) -> None:
    (published / "docs" / "en" / "slow.md").write_text(
        "---\ndescription: x\nkind: concept\nchecked: 2024-01-01\n---\n\n# Slow\n", encoding="utf-8"
    )
    spoil(published, "mkdocs.yml", "hooks: [hooks/mkdocs_events.py]",
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
    process.wait(timeout=20)
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
