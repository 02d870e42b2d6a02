"""The search index: what goes in, in which shape, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotated.publish import search_index as search

ENGINE = Path(__file__).resolve().parents[2] / "overrides" / "assets" / "search"

DOCS = [
    search.Doc("tea/index.html", "Tea", "<p>Leaves in <code>water</code> &amp; time.</p>"),
    search.Doc("tea/index.html#steep", "Steep", "<p>Three minutes.</p><p>Not more.</p>"),
    search.Doc("notes.html", "Notes", ""),
    search.Doc("notes.html#all", "All", "<p>Everything again.</p>"),
]

STEEPING = search.Concept(
    id="steeping",
    term={"en": "steeping", "ko": "우리기"},
    location="tea/index.html#steep",
    definition={"en": "Leaving leaves in `hot` water."},
    abbreviation="STP",
    aliases={"en": ["infusion"], "ko": ["인퓨전"]},
    misspellings={"en": ["steaping"]},
    questions={"ko": ["차를 얼마나 담가 두나"]},
)


def test_pages_come_once_and_parts_point_to_them() -> None:
    index = search.search_index(DOCS)
    assert [page[0] for page in index["pages"]] == ["tea/index.html", "notes.html"]
    assert index["pages"][0][1:] == ["Tea", "concept", 1.0, "Leaves in water & time."]
    assert index["parts"][0] == [0, "steep", search.SECTION, "Steep", "Three minutes. Not more."]


def test_reference_pages_rank_lower_and_do_not_repeat_texts() -> None:
    index = search.search_index(DOCS, kinds={"notes.html": "reference"})
    assert index["pages"][1][3] < 1
    assert index["parts"][1] == [1, "all", search.SECTION, "All", ""]


def test_a_concept_carries_every_name_in_every_language() -> None:
    (concept,) = search.search_index(DOCS, [STEEPING])["concepts"]
    assert concept == [
        0,
        "steep",
        "steeping",
        "Leaving leaves in hot water.",
        ["우리기", "STP", "infusion", "인퓨전"],
        ["steaping"],
        ["차를 얼마나 담가 두나"],
    ]


def test_a_concept_speaks_the_language_of_the_edition() -> None:
    (concept,) = search.search_index(DOCS, [STEEPING], language="ko")["concepts"]
    assert concept[2] == "우리기"
    assert "steeping" in concept[4]
    assert concept[3] == "Leaving leaves in hot water."


def test_claims_rows_and_diagrams_are_parts_of_their_pages() -> None:
    index = search.search_index(
        DOCS,
        claims=[search.ClaimText("c-001", "notes.html#c-001", "Line 1: wrong", "Ten", "Three")],
        rows=[search.RowText("tea/index.html#row-time", "Teas", "Time", "Green: 2, black: 4")],
        diagrams=[
            search.DiagramText("tea/index.html#steep", "To the cup", ["Leaf", "Cup", "Leaf"])
        ],
    )
    assert index["parts"][2:] == [
        [1, "c-001", search.CLAIM, "Line 1: wrong", "Ten → Three"],
        [0, "row-time", search.ROW, "Teas: Time", "Green: 2, black: 4"],
        [0, "steep", search.DIAGRAM, "To the cup", "Leaf, Cup"],
    ]


def test_a_concept_without_a_page_in_the_index_stops_the_build() -> None:
    with pytest.raises(search.SearchIndexError, match="steeping points to tea/index"):
        search.search_index(DOCS[2:], [STEEPING])


@given(st.text())
def test_plain_never_leaves_runs_of_spaces(text: str) -> None:
    shown = search.plain(text)
    assert shown == " ".join(shown.split())


@given(st.text(alphabet=st.characters(exclude_characters="<>&", exclude_categories=("Cs",))))
def test_plain_keeps_words(text: str) -> None:
    assert search.plain(f"<p>{text}</p>").split() == text.split()


def test_the_stub_keeps_materials_settings_and_adds_the_words() -> None:
    stub = search.stub_index({"separator": "[ ]+"}, {"failed": "Not loaded"}, "glossary.html")
    assert stub["docs"] == []
    assert stub["config"]["separator"] == "[ ]+"
    assert stub["config"]["words"] == {"failed": "Not loaded", "home": "glossary.html"}


def test_the_engine_is_one_plain_ascii_script() -> None:
    sources = {path.name: path.read_text(encoding="utf-8") for path in ENGINE.glob("*.js")}
    assert set(sources) == set(search.ENGINE_FILES)
    script = search.engine_script(sources)
    assert script.isascii()
    assert script.startswith("(function () {")


def test_the_engine_refuses_other_letters_and_missing_files() -> None:
    sources = dict.fromkeys(search.ENGINE_FILES, "")
    with pytest.raises(search.SearchIndexError, match="ASCII"):
        search.engine_script({**sources, "words.js": "/* 말 */"})
    del sources["rank.js"]
    with pytest.raises(search.SearchIndexError, match=r"rank\.js"):
        search.engine_script(sources)


def test_the_language_helps_have_no_doubles_and_survive_json() -> None:
    language = search.search_index(DOCS)["language"]
    assert json.loads(json.dumps(language)) == language
    for group in language["alike"]:
        assert len(group) == len(set(group)), group
