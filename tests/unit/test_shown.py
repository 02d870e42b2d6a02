"""All that is written of a project in which every field says something: nothing is lost or changed.

What pages, their Markdown, files and heads say stands in ``shown/``. A change that is meant is taken
over by ``SHOWN=write python -m pytest tests/unit/test_shown.py``, and read as a diff. Of HTML only what is read
or heard stands there, and where it leads: how it looks is free.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Self

import pytest

import cli
from annotated.publish.cards import card_of
from annotated.publish.deck import deck
from annotated.publish.downloads import all_files
from annotated.publish.feed import feed
from annotated.publish.metadata import SiteFacts, head_links, llms_txt, open_search
from annotated.render.directives import render_directive
from annotated.render.edition import Edition
from annotated.render.marks import mark
from annotated.render.practice import practice_offer
from annotated.render.returning import citation, corrections_html
from annotated.render.shared import shared
from annotated.render.twin import page_markdown
from tests.conftest import ROOT
from tests.unit.held import SHOWN, held
from tests.unit.rich import TODAY, editions_of, lay_rich

FACTS = {
    "en": SiteFacts("Tea & more", "All of <tea>.", "https://tea.test/", "en", "https://licence.test/"),
    "ko": SiteFacts("차", "차의 모든 것.", "https://tea.test/ko/", "ko", folder="ko/"),
}  # fmt: skip
#: What somebody hears of an element, or where it leads; all else is how it looks.
_TOLD = (
    "id", "href", "src", "lang", "hreflang", "dir", "alt", "title", "aria-label", "datetime",
    "download", "popovertarget", "hidden", "rel", "value", "for", "name", "type", "open",
)  # fmt: skip
#: Lists every field of every record, which stand in REFERENCE.md, too.
_LONG = "how-it-works.md"


class _Seen(HTMLParser):
    """Writes down what is read in HTML, a line for each text, and what elements say beside it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.style = False
        self.feed(re.sub(r"\.[0-9a-f]{8}\.js", ".js", html))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.style = tag == "style"
        told = [f"{name}={value}" for name, value in attrs
                if name in _TOLD or (name.startswith("data-") and value)]  # fmt: skip
        if told or re.fullmatch("h[1-6]|t[hdr]|li|d[td]|pre|code|var|bdi|blockquote", tag):
            self.lines.append(f"<{' '.join([tag, *told])}>")

    def handle_endtag(self, tag: str) -> None:
        self.style = False

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if text and not self.style:
            self.lines.append(f"  {text}")


def seen(html: str) -> str:
    """What is read in HTML, and where it leads."""
    return "\n".join(_Seen(html).lines)


Sections = Iterator[tuple[str, str]]


def twins(edition: Edition) -> Sections:
    """Every page as Markdown."""
    for page in edition.site.pages.values():
        if page.path != _LONG:
            yield page.path, page_markdown(page, edition, lambda _: "It says:\n\n- so")


def parts(edition: Edition) -> Sections:
    """What directives, marks and ends of pages say in HTML."""
    done = set()
    for page in edition.site.pages.values():
        for directive in page.directives:
            name = (directive.name, directive.argument)
            if directive.name == "reference" or name in done:
                continue
            done.add(name)
            html = render_directive(*name, page.path, edition)
            yield f"{page.path} {directive.name} {directive.argument}", seen(html)
        for one in page.marks:
            yield f"{page.path} {' '.join(one.ids)}", seen(mark(one.ids, "so.", page.path, edition))
        yield f"{page.path} offer", seen(practice_offer(page.path, edition))
        yield f"{page.path} corrections", seen(corrections_html(page.path, edition))


def files(edition: Edition) -> Sections:
    """What can be downloaded."""
    yield from all_files(edition)
    facts = FACTS[edition.language]
    yield "deck", deck(edition, facts)
    yield "deck without address", deck(edition, replace(facts, url="", name="A::B `c`"))
    yield "feed", feed(edition, facts)
    yield "llms.txt", llms_txt(edition, facts, list(edition.site.pages), {"compare": "A & B"})
    yield "opensearch", open_search(facts, "a&b.svg")


def heads(edition: Edition) -> Sections:
    """What machines read of each page, and how it is cited."""
    facts = FACTS[edition.language]
    for path in ("brewing.md", "compare/tea-kinds.md", "glossary.md"):
        page = edition.site.pages[path]
        html = head_links(page, edition, facts, "../", "card.png", "changes.xml")
        yield path, re.sub(r"(?<=>)(?=<)|, (?=\")", "\n", html)
        own = replace(facts, url="", licence="", description="All")
        html = head_links(page, edition, own, "", None, "")
        yield f"{path} without address", re.sub(r"(?<=>)(?=<)|, (?=\")", "\n", html)
        yield f"{path} cited", citation(page, edition, facts.name, "1.2", facts.url)
        yield f"{path} card", seen(card_of(page, edition, facts.name).html)
    value: Any = [each for each in shared(edition)[1:] if each[0] != _LONG]
    yield "shared", "\n".join(json.dumps(each, ensure_ascii=False) for each in value)
    yield "counts", json.dumps(edition.counts)


KINDS: dict[str, Callable[[Edition], Sections]] = {
    "twins": twins, "parts": parts, "files": files, "heads": heads
}  # fmt: skip


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project, with what its configuration names."""
    root = lay_rich(tmp_path_factory.mktemp("shown") / "rich")
    (root / "overrides").mkdir(exist_ok=True)
    (root / "hooks").symlink_to(ROOT / "hooks")
    return root


@pytest.fixture(scope="module")
def editions(rich: Path) -> dict[str, Edition]:
    return {edition.language: edition for edition in editions_of(rich)}


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("kind", KINDS)
def test_all_that_is_shown_is_as_it_was_read(
    editions: dict[str, Edition], language: str, kind: str
) -> None:
    held(SHOWN / f"{kind}.{language}.txt", dict(KINDS[kind](editions[language])))


class Today(date):
    """A day that stays."""

    @classmethod
    def today(cls) -> Self:
        """The day of the tests."""
        return cls(*TODAY.timetuple()[:3])


#: What a maintainer types, and whether all is well then.
COMMANDS = {
    ("check",): 1, ("check", "--published"): 1, ("--language", "ko", "check"): 1,
    ("--language", "de", "check"): 1, ("stale",): 0, ("stale", "--days", "998"): 0,
    ("stale", "--days", "100000"): 0, ("stats",): 0, ("--language", "ko", "stats"): 0,
    ("reread", "brewing.md", "nothing.md"): 1, ("reread", "--alike"): 1, ("docset", "nowhere"): 1,
}  # fmt: skip


def test_what_a_maintainer_is_told(
    rich: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cli, "date", Today)
    told = {}
    for command, code in COMMANDS.items():
        assert cli.main(["--root", str(rich), *command]) == code, command
        said = capsys.readouterr()
        lines = [f"! {line}" for line in said.err.splitlines()]
        if "check" in command and "check" in told:
            lines = lines[-1:]  # the first one has told them all
        told[" ".join(command)] = "\n".join([*said.out.splitlines(), *lines])
    held(SHOWN / "commands.txt", told)
