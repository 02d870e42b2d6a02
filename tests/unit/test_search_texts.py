"""The second index of the search: which texts of a page it keeps, and for which place."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotated.project import open_project
from annotated.publish.search import put_search
from annotated.publish.search_shape import TextsIndex
from annotated.publish.search_texts import (
    FURNITURE,
    PageReader,
    Place,
    folded,
    places_of,
    read_page,
    search_texts,
)
from annotated.render.edition import Edition
from tests.conftest import edit

PAGE = """
<body><header>Tea, annotated</header><article>
<h1 id=brewing>Brewing<a class=headerlink href=#brewing>¶</a></h1><p>Leaves, <b>water</b> and
time.<button popovertarget=n1>2</button><span popover id=n1><note-part id=p-001><b>The notes
said</b><span>Boil it.</span></note-part></span> Nothing more.</p>
<h2 id=heat>Heat &amp; time<a class=headerlink href=#heat>¶</a></h2>
<p>Call <code>tea:<wbr>Start<wbr>Steeping</code>.</p>
<table><caption>Teas</caption><tr id=teas-green><th>Green<td><svg><use href=#y /></svg>Yes<small>At 70 degrees</small>
</table><svg><title id=t>Cup</title><text>Kettle</text></svg><pre><span>let</span><span>Go</span></pre>
<ul><li id=c-001><p>Kein Wasser</p></li></ul><p>After the list</p><script>var x</script>
</article><footer>Not affiliated</footer></body>
"""


def places(html: str) -> dict[str, list[str]]:
    return {place.fragment: [*place.texts, *place.notes] for place in places_of(html)}


def test_text_belongs_to_the_heading_or_the_element_before_it() -> None:
    assert places(PAGE[PAGE.index("<article>") :]) == {
        "": ["Brewing", "Leaves, water and time. Nothing more.", "Not affiliated"],
        "p-001": ["The notes said Boil it."],
        "heat": [
            "Heat & time",
            "Call tea:StartSteeping.",
            "Teas",
            "Cup",
            "Kettle",
            "letGo",
            "After the list",
        ],
        "teas-green": ["Green", "Yes At 70 degrees"],
        "c-001": ["Kein Wasser"],
    }


def test_only_the_page_and_its_headings_have_titles() -> None:
    titles = {place.fragment: place.title for place in places_of(PAGE)}
    assert titles == {
        "": "Brewing",
        "p-001": "",
        "heat": "Heat & time",
        "teas-green": "",
        "c-001": "",
    }


def test_what_a_page_is_about_is_told_by_its_sentences() -> None:
    html = (
        "<h1>Tea</h1><p>Water <b>now</b></p><pre>brew()</pre><svg><text>Kettle</text></svg>"
        "<p data-search-exclude>Tally</p><p>Leaves</p><footer>Foot</footer><p>Again</p>"
    )
    (place,) = places_of(html)
    assert place.texts == [
        "Tea",
        "Water now",
        "brew()",
        "Kettle",
        "Tally",
        "Leaves",
        "Foot",
        "Again",
    ]
    assert place.prose == ["Tea", "Water now", "Leaves", "Again"]


def texts_index(*pages: tuple[str, str]) -> TextsIndex:
    return search_texts(read_page(*page) for page in pages)


def unpacked(packed: TextsIndex) -> list[tuple[int, str, str, set[str]]]:
    """Read the packed texts back, as the engine does."""
    texts = packed.texts.split("\n")
    rows, start = [], 0
    for page, fragment, title, new, shared in zip(
        packed.pages, packed.fragments.split("|"), packed.titles.split("|"),
        packed.new, packed.shared.split("|"), strict=True,
    ):  # fmt: skip
        numbers, number = list(range(start, start + new)), 0
        for step in shared.split():
            number += int(step)
            numbers.append(number)
        start += new
        rows.append((page, fragment, title, {texts[n] for n in numbers}))
    return rows


def test_what_surrounds_every_page_is_kept_for_the_first() -> None:
    rows = unpacked(texts_index(("index.html", PAGE), ("other.html", PAGE)))
    assert {"Tea, annotated", "Not affiliated"} in [texts for *_, texts in rows]
    first, other = ([row[1:] for row in rows if row[0] == page] for page in (0, 1))
    assert all(place in first for place in other)
    assert ("heat", "Heat & time") in {row[:2] for row in other}


def test_a_text_of_several_places_is_kept_once() -> None:
    pages = [("a.html", "<p>One</p><p>Two</p>"), ("b.html", "<p>Two</p><p>Three</p>")]
    packed = texts_index(*pages)
    assert packed.texts == "One\nTwo\nThree"
    assert unpacked(packed) == [(0, "", "", {"One", "Two"}), (1, "", "", {"Two", "Three"})]


def test_what_says_nothing_more_is_left_out() -> None:
    rows = "".join(f"<li id=r{n}>Sources</li>" for n in range(FURNITURE + 2))
    html = f"<p>A kettle boils water.</p><p>Kettle</p><button>1,2</button>{rows}"
    packed = texts_index(("a.html", html))
    assert packed.texts == "A kettle boils water.\nSources"
    assert packed.fragments == "|r0"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("oﬃce \uff54\uff45\uff41 ①", "office tea 1"),
        ("a\u00a0b\u200bc\u00ad", "a bc"),
        ("ㅋㅌ 차", "ㅋㅌ 차"),
        ("น้ำ", "น้ำ"),
        ("İstanbul", "Istanbul"),
        ("e\u0301", "é"),
    ],
)
def test_texts_are_kept_in_plain_letters(written: str, kept: str) -> None:
    assert folded(written) == kept


@given(st.text())
def test_small_letters_keep_their_places(text: str) -> None:
    assert len(folded(text).lower()) == len(folded(text))


@given(st.text())
@example("<pre><![0</pre>")
@example("<![if x]>a<!b><?c")
def test_any_page_can_be_read(html: str) -> None:
    assert all(isinstance(place, Place) for place in places_of(html))


words = st.text(st.characters(categories=["Ll", "Lo", "Nd"]), min_size=1, max_size=8)


@given(st.lists(st.lists(words, min_size=1, max_size=5), min_size=1, max_size=6))
def test_every_word_of_a_page_is_in_its_texts(paragraphs: list[list[str]]) -> None:
    html = "".join(f"<p id=p{n}>{' '.join(p)}</p>" for n, p in enumerate(paragraphs))
    kept = " ".join(text for *_, texts in unpacked(texts_index(("a.html", html))) for text in texts)
    for paragraph in paragraphs:
        for word in paragraph:
            assert folded(word) in kept


def test_sources_in_a_row_are_texts_of_their_own_and_folded_lists_no_places() -> None:
    html = "<a>One</a> <small>read</small> <a>Two</a> <small>read</small>"
    assert places(f"<details id=d><ul><li id=s1>{html}</ul></details>") == {
        "d": ["One read", "Two read"]
    }


def test_a_page_that_has_not_changed_is_not_read_again() -> None:
    reader = PageReader()
    first = reader.read("a.html", "<p>One</p>")
    assert reader.read("a.html", "<p>One</p>") is first
    assert reader.read("a.html", "<p>Two</p>").places[0].texts == ["Two"]
    assert reader.read("b.html", "<p>One</p>").location == "b.html"


def test_what_is_known_of_a_page_is_known_by_its_address(
    records: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not by its file: an index by another name knows nothing, and nobody is told."""
    edit(records, "docs/en/brewing.md", "---\n", "---\nnames: [samovar]\n")
    (records / "docs/en/brewing.md").rename(records / "docs/en/녹차.md")
    site, _ = open_project(records, records / "docs/en", "en", date(2026, 11, 24))
    known: dict[str, Any] = {}

    def index(*found: object, **given: Any) -> None:
        known.update(given)
        raise LookupError  # what follows writes files

    monkeypatch.setattr("annotated.publish.search_index.search_index", index)
    with pytest.raises(LookupError):
        put_search({}, {}, Edition.of(site, "en"), lambda source: None, [], PageReader())
    assert known["names"]["%EB%85%B9%EC%B0%A8.html"] == ["samovar"]
    assert known["kinds"]["glossary.html"] == "reference"
    assert known["names"].keys() == known["kinds"].keys()
    assert all(address.endswith(".html") for address in known["kinds"])
