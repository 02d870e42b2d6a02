"""What stands in a page before anything is fetched, and where it says that the rest is."""

from __future__ import annotations

import pytest

from annotated.publish.first_paint import Look, styled
from annotated.publish.styles import Seen, sheet_before_scripts

LOOK = Look(["assets/theme.css", "assets/own.css"], {"lab": "p{}", "": "b{}"}, "assets/all.css", "")
PAGE = """\
<head><link rel="stylesheet" href="{root}assets/theme.css">
<link rel="stylesheet" href="{root}assets/own.css">
<script data-sheet=""></script></head>
<div class="page kind-lab"></div><script src="{root}assets/site.js"></script>"""


@pytest.mark.parametrize("root", ["", "../", "../../", "/notes/"])
def test_a_page_in_any_folder_names_what_follows_as_it_is_seen_from_there(root: str) -> None:
    html, styles = styled(PAGE.format(root=root), LOOK)
    assert f'data-sheet="{root}assets/all.css"' in html
    assert f'<link rel="preload" as="script" href="{root}assets/site.js"' in html
    assert f"<style>{styles}</style>" in html
    assert styles == "p{}", "the styles of its kind"
    assert "stylesheet" not in html


#: The theme's rule for plain tables, which a class on any element has the browser ask again.
PLAIN = "table:not([class]){color:red}"


@pytest.mark.parametrize(
    ("page", "kept"),
    [
        ("<table>", True),
        ('<TABLE\nalign="left">', True),
        ("<table id=a data-x='>'>", True),
        ("<table class=cmp-t>", False),
        ('<table role=table class="cmp-t">', False),
        ("<p>a table</p>", False),
    ],
)
def test_what_styles_plain_tables_stands_where_one_is(page: str, kept: bool) -> None:
    seen = Seen()
    seen.add(page)
    assert sheet_before_scripts(f"p{{top:0}}{PLAIN}", seen) == "p{top:0}" + PLAIN * kept
