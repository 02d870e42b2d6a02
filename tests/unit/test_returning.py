"""For readers who return, cite or read elsewhere: corrections, the feed, the docset."""

from __future__ import annotations

import io
import plistlib
import sqlite3
import tarfile
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import pytest

from annotated.check.references import anchors_of
from annotated.project import open_project
from annotated.publish import feed as feeds
from annotated.publish.docset import docset
from annotated.publish.feed import FEED, feed
from annotated.publish.metadata import SiteFacts, head_links
from annotated.records.problems import Problem
from annotated.render.edition import Edition
from annotated.render.returning import citation, corrections_html
from annotated.render.twin import page_markdown
from tests.conftest import edit

FACTS = SiteFacts(
    "Tea & more", "About tea", "https://example.org/tea/", "en", "https://a.example/by"
)
ATOM = "{http://www.w3.org/2005/Atom}"
CORRECTIONS = """\
corrections:
  - id: oxidation
    date: 2024-06-01
    text: {en: "Green tea was said to be `oxidised`; it is not."}
    pages: [brewing.md]
  - id: pots
    date: 2024-07-02
    text: {en: "A pot holds <less than said."}
    pages: ["brewing.md#kinds", compare/tea-kinds.md]
"""


def opened(root: Path) -> tuple[Edition, list[Problem]]:
    site, problems = open_project(root, root / "docs/en", "en", date(2026, 11, 24))
    return Edition.of(site, "en"), problems


@pytest.fixture
def corrected(records: Path) -> Path:
    """The golden project with corrections of its own."""
    text = CORRECTIONS.replace("<less", "less")
    (records / "data/corrections.yml").write_text(text, encoding="utf-8")
    return records


def test_a_page_shows_its_corrections_newest_first(corrected: Path) -> None:
    edition, problems = opened(corrected)
    assert problems == []
    html = corrections_html("brewing.md", edition)
    assert "Corrected here since it was published: 2" in html
    assert html.index("2024-07-02") < html.index("2024-06-01")
    assert "<code>oxidised</code>" in html
    twin = page_markdown(edition.site.pages["brewing.md"], edition)
    assert "- 2024-07-02: A pot holds less than said." in twin
    assert corrections_html("glossary.md", edition) == ""
    assert "Corrected here" not in page_markdown(edition.site.pages["glossary.md"], edition)


@pytest.mark.parametrize(
    ("old", "new", "rule", "said"),
    [
        ("pages: [brewing.md]", "pages: [brewin.md]", "broken-link", "did you mean 'brewing.md'"),
        ("pages: [brewing.md]", "pages: []", "bad-value", "pages"),
        ("date: 2024-06-01", "date: 2027-06-01", "future-date", "lies in the future"),
        ("date: 2024-06-01", "date: 2024-06", "bad-date", "a date like"),
        ("id: pots", "id: oxidation", "duplicate-id", "taken already"),
        ("text: {en", "txt: {en", "unknown-key", "did you mean 'text'"),
    ],
)
def test_what_is_wrong_with_a_correction_is_told(
    corrected: Path, old: str, new: str, rule: str, said: str
) -> None:
    edit(corrected, "data/corrections.yml", old, new)
    found = [p for p in opened(corrected)[1] if p.rule == rule]
    assert any(said in problem.message for problem in found), opened(corrected)[1]


def test_a_page_is_cited_by_title_version_and_date(records: Path) -> None:
    edition, _ = opened(records)
    page = edition.site.pages["brewing.md"]
    line = citation(page, edition, "Tea", "1.2.0", "https://example.org/brewing.html")
    title = page.title.replace("`", "")
    assert line.startswith(f"Cite: “{title}”. Tea 1.2.0. ")
    assert line.endswith(". https://example.org/brewing.html")
    assert edition.words.date(page.front("checked") or "") in line
    assert citation(page, edition, "Tea", "", "").count("..") == 0


def test_the_feed_is_atom_and_tells_changes_and_corrections(corrected: Path) -> None:
    edition, _ = opened(corrected)
    text = feed(edition, FACTS)
    assert text == feed(edition, FACTS), "the same records give the same feed"
    root = ET.fromstring(text)  # noqa: S314 (our own)
    assert root.tag == f"{ATOM}feed"
    for name in ("title", "id", "updated", "author"):
        assert root.find(ATOM + name) is not None
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == len(edition.site.changes) + 2
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)
    updated = [entry.findtext(f"{ATOM}updated") or "" for entry in entries]
    assert updated == sorted(updated, reverse=True)
    assert root.findtext(f"{ATOM}updated") == updated[0]
    assert all(moment.endswith("T00:00:00Z") and len(moment) == 20 for moment in updated)
    for entry in entries:
        link = entry.find(f"{ATOM}link")
        assert link is not None
        address = link.get("href", "")
        assert address.startswith("https://example.org/tea/")
        path, _, anchor = address.removeprefix("https://example.org/tea/").partition("#")
        there = anchors_of(edition.site, path.replace(".html", ".md"))
        assert not anchor or anchor in there, "who follows an entry lands where it speaks of"
    head = head_links(edition.site.pages["brewing.md"], edition, FACTS, "../", None, FEED)
    assert 'rel="alternate feed" type="application/atom+xml" href="../changes.xml"' in head
    assert "feed" not in head_links(edition.site.pages["brewing.md"], edition, FACTS, "../")


def test_a_correction_of_a_page_with_letters_that_are_escaped_is_told_at_its_address(
    corrected: Path,
) -> None:
    file = corrected / "data/corrections.yml"
    text = file.read_text(encoding="utf-8").replace("[brewing.md]", "[녹차.md]")
    file.write_text(text, encoding="utf-8")
    page = (corrected / "docs/en/brewing.md").read_text(encoding="utf-8")
    (corrected / "docs/en/녹차.md").write_text(page, encoding="utf-8")
    edition, _ = opened(corrected)
    assert 'href="https://example.org/tea/%EB%85%B9%EC%B0%A8.html"' in feed(edition, FACTS)


@pytest.mark.parametrize("most", [1, 2])
def test_a_full_feed_tells_what_is_newest_of_changes_and_corrections(
    corrected: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """Neither kind keeps the other out; what is cut off is what is oldest."""
    edition, _ = opened(corrected)

    def told() -> list[str]:
        entries = ET.fromstring(feed(edition, FACTS)).findall(f"{ATOM}entry")  # noqa: S314 (our own)
        return [entry.findtext(f"{ATOM}id") or "" for entry in entries]

    everything = told()
    assert "correction-pots" in everything[0], "the newest is no change"
    assert len(everything) > most
    monkeypatch.setattr(feeds, "MOST", most)
    assert told() == everything[:most]


def test_without_changes_there_is_no_feed(records: Path) -> None:
    edition, _ = opened(records)
    edition.site.changes.clear()
    assert feed(edition, FACTS) == ""


def test_a_docset_finds_pages_terms_and_tables(records: Path) -> None:
    edition, _ = opened(records)
    files = {"index.html": b"<p>", "brewing.html": b"<p>", "sw.js": b"x", "assets/a.css": b"p{}"}
    packed = docset(files, edition, FACTS.name)
    assert packed == docset(files, edition, FACTS.name), "the same site gives the same bytes"
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        names = archive.getnames()
        read = {name: archive.extractfile(name).read() for name in names}  # type: ignore[union-attr]
    root = "Tea-more.docset/Contents"
    assert f"{root}/Resources/Documents/assets/a.css" in names
    assert not any(name.endswith("sw.js") for name in names)
    properties = plistlib.loads(read[f"{root}/Info.plist"])
    assert (properties["isDashDocset"], properties["dashIndexFilePath"]) == (True, "index.html")
    database = sqlite3.connect(":memory:")
    database.deserialize(read[f"{root}/Resources/docSet.dsidx"])
    found = set(database.execute("SELECT name, type, path FROM searchIndex"))
    database.close()
    kinds = {kind for _, kind, _ in found}
    assert {"Guide", "Word", "Section"} <= kinds
    key, table = next(iter(edition.site.comparisons.items()))
    where = table.value.page.replace(".md", ".html")
    assert (table.value.title.in_language("en"), "Section", f"{where}#table-{key}") in found
