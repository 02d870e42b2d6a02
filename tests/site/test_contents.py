"""What notes contain, published: pictures, footnotes, callouts, what is folded away, tasks."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import cli
from annotated.publish.packs import packs_of
from tests.search.engine import ask
from tests.site_tools import mkdocs
from tests.unit.test_pictures import png

CONTENTS = """

A second remark.[^1] A third one.[^pot]

![A cup of tea](cup.png)

!!! warning "Hot"
    Water is hot.[^1]

??? note
    Folded away.

- [x] boil water

[^1]: The first footnote.
[^pot]: The second, with `code`.
"""


def test_what_notes_contain_is_published(golden: Path) -> None:
    for page in golden.glob("docs/*/brewing.md"):
        text = page.read_text("utf-8").replace("---\n", "---\nnames: [samovar, 찻자리]\n", 1)
        page.write_text(text + CONTENTS, "utf-8")
        (page.parent / "cup.png").write_bytes(png(40, 30))
    for page in golden.glob("docs/*/compare/tea-kinds.md"):
        text = page.read_text("utf-8")
        page.write_text(text.replace("checked: 2024-03-02", "checked: open"), "utf-8")
    done = mkdocs(golden)
    assert done.returncode == 0, done.stderr
    site = golden / "site"
    unchecked = (site / "compare" / "tea-kinds.html").read_text("utf-8")
    assert "Not checked yet" in unchecked
    assert "Checked against its sources" not in unchecked
    assert "dateModified" not in unchecked
    html = (site / "brewing.html").read_text("utf-8")
    assert 'width="40"' in html.partition("cup.png")[2][:60].replace("=40", '="40"')
    assert "fnref:1" in html
    assert "The first footnote." in html
    assert html.count("Back to footnote 1 in the text") == 2
    assert '"admonition warning"' in html
    assert 'id="p-001"' in html.replace("id=p-001", 'id="p-001"')
    assert "?xml" not in html
    styles = next((site / "assets").glob("site*.css")).read_text("utf-8")
    assert ".admonition" in styles
    for answer in ask(site, ["samovar", "찻자리"]):
        assert answer.groups[0][0]["location"] == "brewing.html", "a page is found by its names"
    packed = golden / "packed.zip"
    assert cli.main(["offline", str(site), str(packed)]) == 0
    with zipfile.ZipFile(io.BytesIO(packed.read_bytes())) as archive:
        assert any(name.endswith("/cup.png") for name in archive.namelist())
    files = {"cup.png": (site / "cup.png").read_bytes(), "brewing.html": b""}
    assert "cup.png" in {name for pack in packs_of(files) for name in pack.files}


def test_a_remote_picture_is_an_error_at_its_place(golden: Path) -> None:
    page = golden / "docs" / "en" / "brewing.md"
    page.write_text(page.read_text("utf-8") + "\n![A cup](https://example.org/cup.png)\n", "utf-8")
    done = mkdocs(golden)
    assert done.returncode == 1
    assert "error[outside-media]" in done.stderr
    assert not (golden / "site").exists()
