"""A page as Markdown with our HTML in it shows the same without our extension."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

from markdown import Markdown

from annotated.project import open_project
from annotated.records.grammar import DIALECT
from annotated.records.pages import Page
from annotated.render.edition import Edition
from annotated.render.extension import AnnotatedExtension
from annotated.render.portable import inert, portable_page
from annotated.render.returning import corrections_html
from tests.conftest import edit

CORRECTED = """
corrections:
  - id: milk
    date: 2024-03-03
    text: {en: "*Tea*"}
    pages: [brewing.md]
"""

#: What holds an option of `code` together; other generators break it as their themes do.
HELD = {"opt", "long"}


def classes(html: str) -> Counter[str]:
    """How often each class stands on a page, but for where a line of `code` may break."""
    found = re.findall(r'class="([^"]*)"', html)
    return Counter(name for names in found for name in names.split() if name not in HELD)


def titles(html: str) -> list[str]:
    """What the links of a page say when they are pointed at."""
    return [unescape(title) for title in re.findall(r'<a [^>]*\btitle="([^"]*)"', html)]


def figure(source: str, page: Page) -> str:
    return f'<figure class="diagram">{len(source)}</figure>'


def formatter(source: str, *_: Any, **__: Any) -> str:
    return figure(source, Page("", "", ""))


def rendered(page: Page, edition: Edition) -> str:
    """The page as our extension renders it."""
    fences = {"custom_fences": [{"name": "mermaid", "class": "mermaid", "format": formatter}]}
    return Markdown(
        extensions=[AnnotatedExtension(edition, lambda: page.path), *DIALECT.extensions],
        extension_configs={"pymdownx.superfences": fences},
    ).convert(page.body)


def test_a_page_shows_the_same_without_the_extension(golden: Path) -> None:
    file = golden / "docs" / "en" / "brewing.md"
    fence = "- x\n\n    ```mermaid\n    flowchart TB\n      a_b\n    ```\n"
    file.write_text(file.read_text(encoding="utf-8") + "\n" + fence, encoding="utf-8")
    edit(golden, "docs/en/index.md", "{count:lines} lines", "`tea`: {count:lines} lines")
    (golden / "data/corrections.yml").write_text(CORRECTED, encoding="utf-8")
    code = r"""The `<b title=\"x\">&lt;&amp; */` of bruised"""
    edit(golden, "data/glossary/tea.yml", "The browning of bruised", code)
    site, problems = open_project(golden, golden / "docs" / "en", "en", date(2026, 11, 24))
    assert not problems
    edition = Edition.of(site, "en")
    for path, page in site.pages.items():
        ours = rendered(page, edition) + corrections_html(path, edition)
        text = portable_page(page, edition, figure)
        alone = Markdown(extensions=list(DIALECT.extensions)).convert(text.split("---\n", 2)[2])
        assert classes(alone) == classes(ours), path
        assert titles(alone) == titles(ours), path
        assert re.findall(r'\bid="[^"]*"', alone) == re.findall(r'\bid="[^"]*"', ours), path


def test_html_stays_html_whatever_stands_in_it() -> None:
    html = '<b title="*a* `b` [c](d)">_x_ **y** \\z {#q} | ~~w~~ &amp; &lt;i&gt;</b>'
    assert Markdown(extensions=["attr_list", "tables"]).convert(inert(html)) == (
        "<p>" + re.sub(r"[\\`*_\[\]{}|~!]", lambda m: f"&#{ord(m[0])};", html) + "</p>"
    )
