"""In which order things stand: the same on a page, in its plain twin and in lists of pages."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from pathlib import Path
from typing import Literal

import pytest

from annotated.check.references import anchors_of
from annotated.project import open_project
from annotated.publish.metadata import SiteFacts, llms_txt
from annotated.records.order import in_note_order, initial, ranges, sections
from annotated.render.directives import render_directive
from annotated.render.edition import Edition
from annotated.render.twin import page_markdown

CLAIM = "  - {{id: {id}, origin: {origin}, lines: {lines}, verdict: correct, said: {{en: Tea {id}.}}, home: open, sources: [iso-3103]}}\n"


@pytest.fixture
def edition(records: Path) -> Edition:
    """Two topics that take turns in the notes."""
    page = records / "docs" / "en" / "brewing.md"
    page.write_text(
        re.sub(r"\[\^[^]]+\]", "", page.read_text("utf-8")).replace("(claim:c-003)", "(index.md)"),
        "utf-8",
    )
    (records / "data" / "changes.yml").write_text("changes: []\n", "utf-8")
    for name in ("index.md", "brewing.md"):
        page = records / "docs" / "en" / name
        page.write_text(
            page.read_text("utf-8").replace("<!-- status: tasting-standard-2019 -->", ""), "utf-8"
        )
    for topic, claims in {
        "leaves": [("c-1001", "4"), ("c-001", "2-3"), ("c-009", "1")],
        "water": [("c-004", "6"), ("c-999", "4"), ("c-005", "5")],
        "late": [("c-010", "3")],
    }.items():
        lines = "".join(CLAIM.format(id=i, lines=n, origin="notes") for i, n in claims)
        file = records / "data" / "claims" / f"{topic}.yml"
        file.write_text(f"topic: {{en: {topic.title()}}}\nclaims:\n{lines}", "utf-8")
    (records / "data" / "claims" / "brewing.yml").unlink()
    notes = records / "data" / "notes.yml"
    notes.write_text(notes.read_text("utf-8").partition("asides:")[0], "utf-8")
    site, problems = open_project(records, records / "docs" / "en", "en", date(2026, 11, 24))
    assert [str(p) for p in problems] == []
    return Edition.of(site, "en")


def test_a_topic_that_comes_back_gets_a_heading_again(edition: Edition) -> None:
    assert [(s.anchor, [c.id for c in s.claims]) for s in sections(edition.site)] == [
        ("leaves", ["c-009", "c-001"]),
        ("late", ["c-010"]),
        ("water", ["c-999"]),
        ("leaves-2", ["c-1001"]),
        ("water-2", ["c-005", "c-004"]),
    ]
    assert {"leaves", "leaves-2", "water-2"} <= anchors_of(edition.site, "notes/index.md")


def test_a_topic_in_any_file_has_an_anchor(records: Path) -> None:
    claims = records / "data" / "claims"
    (claims / "brewing.yml").rename(claims / "how to (brew), 녹차.yml")
    site, _ = open_project(records, records / "docs" / "en", "en", date(2026, 11, 24))
    assert [section.anchor for section in sections(site)] == ["how-to-brew-녹차"]


def test_page_and_twin_keep_the_order_of_the_notes(edition: Edition) -> None:
    order = ["c-009", "c-001", "c-010", "c-999", "c-1001", "c-005", "c-004"]
    assert [c.id for c in in_note_order(edition.claims_in_order)] == order
    page = edition.site.pages["notes/index.md"]
    html = render_directive("claims", "", page.path, edition)
    assert re.findall(r'<li[^>]* id="(c-\d+)"', html) == order
    twin = page_markdown(page, edition)
    assert re.findall(r"Tea (c-\d+)", twin.replace("\\", "")) == order


def test_a_folder_is_one_group_of_llms_txt_and_the_site_none(edition: Edition) -> None:
    facts = SiteFacts("Tea notes", "About tea.", "https://example.org/", "en")
    order = [
        "index.md",
        "compare/tea-kinds.md",
        "notes/index.md",
        "brewing.md",
        "notes/changes.md",
        "glossary.md",
    ]
    text = llms_txt(edition, facts, order)
    assert re.findall(r"(?m)^## (.*)$", text) == ["Pages", "compare", "The notes, line by line"]
    assert text.count("Tea notes") == 1
    assert "\n## Tables\n" in llms_txt(edition, facts, order, {"": "No", "compare": "Tables"})
    assert re.findall(r"example\.org/(\S+)\)", text) == [
        "index.md", "brewing.md", "glossary.md", "compare/tea-kinds.md", "notes/index.md", "notes/changes.md",
    ]  # fmt: skip


def test_whole_numbers_are_ranges() -> None:
    assert ranges([]) == []
    assert ranges([9, 10, 7, 34, 8], "–") == ["7–10", "34"]


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_a_name_stands_under_one_letter_however_it_was_typed(form: Literal["NFC"]) -> None:
    """Some systems store letters in parts: they are the same letters."""
    names = {"컨테이너": "ㅋ", "까치": "ㄲ", "Étage": "E", "ñandú": "N", "8080": "#", "task": "T"}
    found = {name: initial(unicodedata.normalize(form, name)) for name in names}
    assert found == names
