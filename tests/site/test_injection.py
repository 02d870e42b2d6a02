"""Hostile texts: what is published shows them as text, and nothing of them acts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.site_tools import Document, documents, mkdocs

ATTACK = """</title></script><script>alert(1)</script>"'><img src=x onerror=alert(1)> &amp;"""


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{old!r} does not stand in {file}"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def acting(page: Document) -> list[str]:
    """Elements and attributes of a page that would act and are none of the site's own."""
    found = []
    for tag, given in page.tags:
        found += [f"<{tag} {name}>" for name in given if name.startswith("on")]
        found += [f"<{tag}>"] if tag in ("iframe", "object", "embed", "base") else []
    for tag, name, address in page.links:
        if address == "javascript:void(0)":
            continue  # the theme's button for sharing a search
        if address.strip().lower().startswith(("javascript:", "data:", "vbscript:")):
            found.append(f"<{tag} {name}={address}>")
    return found


def test_titles_and_descriptions_are_texts(golden: Path) -> None:
    """In the head, the navigation, the ways on, the machine-readable files."""
    brewing = golden / "docs" / "en" / "brewing.md"
    quoted = ATTACK.replace("'", "''")
    replace(brewing, "title: Brewing", f"title: 'T {quoted}'")
    replace(
        brewing, "What tea is, and", f"'The \"task role\" & what it is {quoted}'\nnames: [x]\n#"
    )
    replace(golden / "docs/en/notes/index.md", "# ", "# `</title><script>alert(2)</script>` & ")
    replace(golden / "mkdocs.yml", "  - Compare:", f"  - 'N {quoted}':")
    replace(golden / "mkdocs.yml", "site_name: Tea, annotated", f"site_name: 'S & {quoted}'")
    done = mkdocs(golden, "build", SITE_URL="https://someone.github.io/tea/")
    assert done.returncode == 0, done.stderr
    pages = documents(golden / "site")
    for name, page in pages.items():
        assert acting(page) == [], name
    page = pages["brewing.html"]
    said = {
        given.get("name") or given.get("property"): given.get("content")
        for tag, given in page.tags
        if tag == "meta"
    }
    for key in ("description", "og:description"):
        assert said[key] == f'The "task role" & what it is {ATTACK}'
    assert said["og:title"] == "Brewing tea"
    assert said["og:site_name"] == f"S & {ATTACK}"
    assert "<title>T &lt;/title>" in page.text.replace("&gt;", ">")


@pytest.mark.parametrize(
    ("file", "old", "new", "place"),
    [
        ("docs/en/brewing.md", "## Kinds", "<script>alert(1)</script>\n\n## Kinds", "docs/en/brewing.md:16:1"),
        ("docs/en/brewing.md", "## Kinds", "<div><SCRIPT src=x.js></SCRIPT></div>\n\n## Kinds", "docs/en/brewing.md:16:6"),
        ("docs/en/brewing.md", "## Kinds", '<meta http-equiv="refresh" content="0;url=//x.test">\n\n## Kinds', "docs/en/brewing.md:16:1"),
    ],
)  # fmt: skip
def test_a_script_that_nobody_knows_stops_the_build(
    golden: Path, file: str, old: str, new: str, place: str
) -> None:
    replace(golden / file, old, new)
    done = mkdocs(golden)
    assert done.returncode != 0
    assert f"{place}: error[" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (golden / "site").exists()
