"""The end of a page: whatever its texts hold, they are shown and are no markup."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace as Stand

import pytest
from jinja2 import Environment, FileSystemLoader

from annotated.project import open_project
from annotated.render.edition import Edition
from tests.conftest import ROOT

HOSTILE = '“<b onclick="x">Tea</b> & more”'


@pytest.fixture(scope="module")
def theme() -> Environment:
    """Templates as MkDocs fills them: it escapes nothing."""
    return Environment(loader=FileSystemLoader(ROOT / "overrides"))  # noqa: S701 (that is the point)


def end(theme: Environment, root: Path, checked: str, **given: str) -> str:
    site, _ = open_project(root, root / "docs" / "en", "en", date(2026, 11, 24))
    words = Edition.of(site, "en").words
    page = Stand(
        file=Stand(src_uri="notes/a b.md"),
        meta=Stand(checked=checked),
        content="<note-part>",
        edit_url="https://host.test/edit/main/docs/notes/a%20b.md",
    )
    return theme.get_template("page-end.html").render(
        config=Stand(extra=Stand(words=words)), page=page, **given
    )


def test_a_citation_is_text(theme: Environment, records: Path) -> None:
    html = end(theme, records, "2024-03-02", citation=HOSTILE)
    assert "&lt;b onclick=&#34;x&#34;&gt;Tea&lt;/b&gt; &amp; more" in html
    assert "<b " not in html


def test_it_says_when_the_page_was_checked_and_where_its_text_is(
    theme: Environment, records: Path
) -> None:
    html = end(theme, records, "2024-03-02")
    assert "2 Mar 2024" in html
    assert html.count('href="a%20b.md"') == html.count('data-copy="a%20b.md"') == 1
    assert 'href="https://host.test/edit/main/docs/notes/a%20b.md" rel="edit"' in html
    assert 'href="https://host.test/blob/main/docs/notes/a%20b.md?plain=1"' in html
    assert "cite" not in html
    assert "2 Mar 2024" not in end(theme, records, "open")
