"""Pictures beside pages: there, readable, described, and of a size that the browser knows."""

from __future__ import annotations

import re
import struct
import zlib
from datetime import date
from pathlib import Path

import markdown
import pytest

from annotated.project import open_layout, open_project
from annotated.publish.page_html import named_tasks, sized_pictures
from annotated.records.layout import Layout
from annotated.records.pages import read_page
from annotated.render.edition import Edition

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M0 0h9"/></svg>'


def png(width: int, height: int) -> bytes:
    """A picture of this size, all black."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\0" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def problems(root: Path, text: str, files: dict[str, bytes]) -> list[str]:
    docs = root / "docs" / "en"
    page = docs / "brewing.md"
    page.write_text(page.read_text("utf-8") + f"\n{text}\n", "utf-8")
    for name, content in files.items():
        (docs / name).write_bytes(content)
    pages = {p.relative_to(docs).as_posix(): "" for p in docs.rglob("*.md")}
    layout = Layout(docs, "en", pages, files=frozenset(files))
    return [f"{p.rule}: {p.message}" for p in open_layout(root, layout, date(2026, 11, 24))[1]]


GOOD = {"cup.png": png(4, 3), "a cup.svg": SVG.encode(), "broken.png": b"GIF", "no.svg": b"<svg/>"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("![A cup](cup.png)", []),
        ("![A cup](<a cup.svg>)", []),
        ('<img src="cup.png" alt="">', []),
        ("![](cup.png)", ["picture-without-text: say what the picture shows"]),
        ("![ ](cup.png)", ["picture-without-text: say what the picture shows"]),
        ('<img src="cup.png">', ["picture-without-text: say what the picture shows"]),
        ("![A cup](cap.png)", ["broken-link: there is no page and no file 'cap.png'; did you mean"]),
        ("![A cup](broken.png)", ["unreadable-picture: 'broken.png' cannot be read as a picture; save"]),
        ("![A cup](no.svg)", ["unreadable-picture: 'no.svg' cannot be read as a picture; an SVG"]),
        ("![A cup](https://example.org/cup.png)", ["outside-media: 'https://example.org/cup.png'"]),
        ("![A cup](//example.org/cup.png)", ["outside-media: '//example.org/cup.png'"]),
        ("![A cup](data:image/png;base64,AAAA)", ["unknown-scheme: "]),
        ("```\n![](cup.png)\n```", []),
    ],
)  # fmt: skip
def test_a_picture_is_there_and_described(records: Path, text: str, found: list[str]) -> None:
    told = problems(records, text, GOOD)
    assert len(told) == len(found)
    for one, begins in zip(told, found, strict=True):
        assert one.startswith(begins)


def test_a_picture_has_its_place(records: Path) -> None:
    page, _ = read_page("a.md", "a.md", "---\ntitle: x\n---\n\ntext\n\nand ![](cup.png)\n")
    assert [(p.target, p.place.line) for p in page.pictures] == [("cup.png", 7)]


def test_the_browser_is_told_how_large_a_picture_is() -> None:
    sizes = {"a/cup.png": (4, 3)}
    told = sized_pictures(
        '<p><img alt="A" src="cup.png" /><img src="../a/cup.png?v=1">', "a/b.html", sizes
    )
    assert told == (
        '<p><img alt="A" src="cup.png" width="4" height="3" />'
        '<img src="../a/cup.png?v=1" width="4" height="3">'
    )
    for other in ('<img src="cup.png" width="2">', '<img src="x.png">', "<img>"):
        assert sized_pictures(other, "a/b.html", sizes) == other


def test_each_box_of_a_task_list_says_whether_it_is_done(golden: Path) -> None:
    site, _ = open_project(golden, golden / "docs" / "en", "en", date(2024, 3, 3))
    source = "- [x] Tea\n- [ ] Milk\n\n    Warm.\n"
    html = markdown.markdown(source, extensions=["pymdownx.tasklist"])
    told = named_tasks(html, Edition.of(site, "en").words)
    assert re.findall("<input[^>]*>", told) == [
        '<input type="checkbox" disabled checked aria-label="Done">',
        '<input type="checkbox" disabled aria-label="To do">',
    ]
