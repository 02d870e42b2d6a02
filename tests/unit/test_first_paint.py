"""What stands in a page before anything is fetched, and where it says that the rest is."""

from __future__ import annotations

import pytest

from annotated.publish.first_paint import Look, look_of, styled
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


@pytest.mark.parametrize(
    ("script", "kept"),
    [
        ("assets/site.1a2b3c4d.js", True),
        ("assets/practice.1a2b3c4d.js", True),
        ("assets/offline.1a2b3c4d.js", True),
        ("assets/javascripts/bundle.1a2b3c4d.min.js", True),
        ("mine.js", True),
        ("search/engine.1a2b3c4d.js", False),
        ("assets/javascripts/lunr/min/lunr.ko.min.js", False),
    ],
)
def test_what_a_script_of_a_page_adds_has_its_styles(script: str, kept: bool) -> None:
    """Also of one that comes with a first use, which no page links."""
    files = {
        "all.css": b".is-right{top:0}.gone{left:0}p{right:0}",
        script: b'x.classList.add("is-right")',
    }
    look = look_of(["all.css"], [PAGE.format(root="")], files)
    assert (".is-right" in look.css, ".gone" in look.css) == (kept, False)
    assert "p{" in look.css
