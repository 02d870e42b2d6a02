"""What those get who hear a page: each part has its name, its role, its state, its language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from annotated.project import open_project
from annotated.render.directives import render_directive
from annotated.render.edition import Edition
from annotated.render.marks import mark
from annotated.render.practice import brought_later
from tests.conftest import edit, lay_whole

#: What each element says beside its text, by tag and class: attributes, and the whole of each.
HEARD: dict[str, dict[str, str]] = {
    "a.src": {"aria-label": r"\d+(,\d+)*, sources of this cell", "href": "#src-.+"},
    "button.mk": {"type": "button", "aria-label": "Note line.+: .+", "popovertarget": "pop-.+"},
    "span.cl": {"role": "note", "aria-label": "What is behind it: Note line.+", "popover": ""},
    "button.cmp-b": {"type": "button", "aria-expanded": "false"},
    "div.cmp-w": {"role": "region", "tabindex": "0", "aria-label": ".+"},
    "table.cmp-t": {"role": "table"},
    "ol.sheet": {"aria-label": ".+"},
    "a.i": {"aria-label": "Note line.+: .+"},
    "a.vh": {"href": "#sheet-legend"},
    "section.choose": {"aria-label": ".+"},
    "section.practice": {"aria-labelledby": "practice-title"},
    "div.fails": {"role": "group", "aria-label": ".+"},
    "blockquote.orig": {"lang": "ko", "dir": "ltr", "aria-label": ".+"},
    "div.ref": {"lang": "en"},
    "th": {"scope": "col|row|rowgroup"},
    "time": {"datetime": r"\d{4}(-\d\d){0,2}"},
}


class Elements(HTMLParser):
    """Every start tag, by its name and its classes, with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[set[str], dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        names = {tag, *(f"{tag}.{name}" for name in given.get("class", "").split())}
        self.found.append((names, given))


#: What a record is called; in code, so that it is seen where nothing may show a backtick.
NAMED = re.compile(r"(?m)\b((?:name|title|ask|text): \{en: )([^\s\"'{}\[\],`][^\"'{}\[\],`]*)")


def opened(root: Path) -> Edition:
    site, problems = open_project(root, root / "docs" / "en", "en", date(2026, 11, 29))
    assert problems == []
    return Edition.of(site, "en")


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    root = lay_whole(tmp_path_factory.mktemp("heard") / "starter")
    edit(root, "data/notes.yml", "language: en", "language: ko\nshow: true")
    (root / "data" / "notes.txt").write_text("차 한 잔\n" * 6, encoding="utf-8")
    edit(root, "docs/en/brewing.md", "<!-- tally -->", "<!-- tally -->\n\n<!-- reference -->")
    return opened(root)


@pytest.fixture(scope="module")
def in_code(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """All that records become whose names are identifiers."""
    root = lay_whole(tmp_path_factory.mktemp("code") / "starter")
    count = 0
    for folder in ("combined", "comparisons", "decisions", "estimates", "failures"):
        for file in (root / "data" / folder).glob("*.yml"):
            text, found = NAMED.subn(r'\1"`\2`"', file.read_text(encoding="utf-8"))
            file.write_text(text, encoding="utf-8")
            count += found
    assert count > 20
    return made(opened(root))


@pytest.fixture(scope="module")
def parts(edition: Edition) -> list[str]:
    return made(edition)


def made(edition: Edition) -> list[str]:
    """All that records become on any page."""
    pages = edition.site.pages.values()
    out = [
        render_directive(each.name, each.argument, page.path, edition)
        for page in pages
        for each in page.directives
    ]
    out += [mark(each.ids, "word", page.path, edition) for page in pages for each in page.marks]
    scripts = (script for _, script in brought_later(edition))
    return out + [json.loads(script[script.index('"') : script.rindex(";")]) for script in scripts]


@pytest.mark.parametrize("element", HEARD)
def test_a_part_says_what_it_is(parts: list[str], element: str) -> None:
    found = [given for html in parts for names, given in Elements(html).found if element in names]
    assert found, "the starter shows one"
    for given in found:
        for name, form in HEARD[element].items():
            assert re.fullmatch(form, given.get(name, "missing")), (element, name, given)


def test_the_number_of_a_source_is_said_as_it_is_seen(parts: list[str]) -> None:
    for html in parts:
        for label, shown in re.findall(
            r'class="src"[^>]* aria-label="([\d,]+),[^>]*>\W*([\d,]+)<', html
        ):
            assert label == shown


def test_what_can_be_pressed_has_words_or_a_name(parts: list[str]) -> None:
    pressed = re.compile(r"<(button|a|summary)\b([^>]*)>(.*?)</\1>", re.DOTALL)
    count = 0
    for html in parts:
        for tag, attributes, inside in pressed.findall(html):
            named = re.search(r'aria-label="[^"]+"', attributes)
            assert named or re.sub(r"<[^>]*>|\s", "", inside), (tag, attributes)
            count += 1
    assert count > 100


def values(parts: list[str]) -> Iterator[tuple[str, str]]:
    for html in parts:
        for _, given in Elements(html).found:
            yield from given.items()


def test_no_attribute_shows_the_marks_of_code(in_code: list[str]) -> None:
    """What a screen reader says, and what stands before a cell on a phone, is plain words."""
    assert sum(html.count("<code>") for html in in_code) > 20
    assert [(name, value) for name, value in values(in_code) if "`" in value] == []


def test_a_list_of_sources_has_the_day_of_its_last_reading(parts: list[str]) -> None:
    lists = re.compile(r"<summary>([^<]*)</summary>\s*<ol [^>]*data-link.*?</ol>", re.DOTALL)
    days, several = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2} [A-Z][a-z]{2} \d{4}"), 0
    for html in parts:
        for found in lists.finditer(html):
            (last,) = days.findall(found[1])
            read = [days.findall(item)[0] for item in re.findall(r"<li.*?</li>", found[0])]
            assert day(last) == max(map(day, read)), found[0]
            several += len(set(read)) > 1
    assert several >= 2


def day(text: str) -> date:
    if "-" in text:
        return date.fromisoformat(text)
    number, month, year = text.split()
    names = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    return date(int(year), 1 + names.index(month), int(number))
