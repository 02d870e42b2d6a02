"""A text put into Markdown is shown, whatever it looks like: read back by the parser of the pages."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from markdown import markdown as parsed

from annotated.records.addresses import scheme
from annotated.render import markdown

HOSTILE = [
    "[x](javascript:alert(1))",
    "![x](https://evil.test/x.png)",
    "[x][y] [^c-001] {count:claims}",
    "a { onclick=f } #",
    "{: #p-001 .md-overlay }",
    "{#execution-role}",
    "*a* **b** _c_ __d__ a_b",
    "<script>alert(1)</script> & &amp; &#60;",
    "<!-- glossary -->",
    "a | b",
    "C# and F#",
    "# a",
    "- a",
    "1. a",
    "> a",
    "a\n\n# b\n<!-- claims -->",
    "back\\slash \\[x\\]",
    "a `` ` b",
]


class Read(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(" ".join([tag, *(name for name, _ in attrs)]))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize(
    ("frame", "tags"),
    [
        ("## {} {{#name}}", ["h2 id"]),
        ("- **{}**: x", ["ul", "li", "strong"]),
        ("{}", ["p"]),
        ("| a |\n| --- |\n| {} |", None),
    ],
)
def test_a_text_stays_a_text(text: str, frame: str, tags: list[str] | None) -> None:
    html = parsed(frame.format(markdown.text(text)), extensions=["tables", "attr_list"])
    read = Read(html)
    assert " ".join(text.split()) in " ".join(read.text.split())
    if tags is None:
        tags = ["table", "thead", "tr", "th", "tbody", "tr", "td"]
    assert read.tags == tags


@pytest.mark.parametrize("name", ["a`b", "``", "x\\", "<b>", "a|b]("])
def test_an_identifier_stays_an_identifier(name: str) -> None:
    read = Read(parsed(f"x {markdown.code(name)} y"))
    assert read.tags == ["p", "code"]
    assert read.text == f"x {name} y"


@pytest.mark.parametrize(
    "address", ["https://x.test/a_(b)", "https://x.test/a b", 'https://x.test/"><b>', "x.md) ![y](z"]
)  # fmt: skip
def test_a_link_has_one_address(address: str) -> None:
    html = parsed(markdown.link("[a](b)", address))
    assert Read(html).tags == ["p", "a href"]
    assert Read(html).text == "[a](b)"
    assert not re.search(r'href="[^"]*[\s()<>]', html)


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://x.test", "https"),
        ("HTTP://x.test", "http"),
        ("JavaScript:alert(1)", "javascript"),
        ("java\nscript:alert(1)", "javascript"),
        ("java&Tab;script:alert(1)", "javascript"),
        ("&#106;avascript&colon;alert(1)", "javascript"),
        (" \x01javascript:x.md", "javascript"),
        ("data:text/html,x", "data"),
        ("//evil.test", "//"),
        ("\\\\evil.test", "//"),
        ("/\\evil.test", "//"),
        ("brewing.md#a:b", ""),
        ("?a:b", ""),
        ("#javascript:x", ""),
    ],
)
def test_a_scheme_is_read_as_browsers_read_it(address: str, found: str) -> None:
    assert scheme(address) == found
