"""The search index: what goes in, in which shape, and what is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import stopwordsiso
from hypothesis import given
from hypothesis import strategies as st

from annotated.publish import search_index as search
from annotated.publish import search_pack as pack
from annotated.publish import search_shape as shape
from annotated.publish.search_texts import read_page
from annotated.publish.search_words import COMMON, LANGUAGE

ENGINE = Path(__file__).resolve().parents[2] / "overrides" / "assets" / "search"

DOCS = [
    search.Doc("tea/index.html", "Tea", "Leaves in water & time."),
    search.Doc("tea/index.html#steep", "Steep", "Three minutes. Not more."),
    search.Doc("notes.html", "Notes", ""),
    search.Doc("notes.html#all", "All", "Everything again."),
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
    index = search.search_index(DOCS, names={"notes.html": ["list", "sheet"]})
    assert index.pages == shape.Pages(
        locations="tea/index.html|notes.html",
        titles="Tea|Notes",
        kinds="concept|concept",
        names="\nlist|sheet",
    )
    assert index.parts == shape.Parts(
        pages=[0, 1],
        kinds="00",
        at="|",  # both are what their titles make
        titles="Steep|All",
        texts="|",
    )


def numbers_in(steps: str) -> list[int]:
    """Read the steps of a word back, as the engine does."""
    numbers, number, unit = [], -1, 1
    for digit in map(pack.DIGITS.index, steps):
        ends = digit < pack.LAST_DIGITS
        number += unit * (digit if ends else digit - pack.LAST_DIGITS)
        unit = 1 if ends else unit * (len(pack.DIGITS) - pack.LAST_DIGITS)
        if ends:
            numbers.append(number)
    return numbers


def words_in(packed: shape.WordList) -> dict[str, tuple[list[int], list[int]]]:
    """Read a word list back: each word with the numbers of its texts and of its questions."""
    letters, texts, questions = packed.words, packed.texts, packed.questions
    found, word = {}, ""
    coded = re.findall(r"([#-,])([^#-,]*)", letters)
    for (shared, rest), *steps in zip(coded, texts.split(" "), questions.split(" "), strict=True):
        word = word[: pack.DIGITS.index(shared)] + rest
        found[word] = (numbers_in(steps[0]), numbers_in(steps[1]))
    return found


def texts_in(index: shape.ConceptsIndex) -> dict[str, list[int]]:
    return {word: texts for word, (texts, _) in words_in(index.latin).items()}


def test_words_tell_where_they_stand() -> None:
    assert texts_in(search.search_index(DOCS)) == {
        "leaves": [0],
        "minutes": [2],
        "time": [0],
        "water": [0],
    }


@given(st.lists(st.integers(0, 5000), unique=True))
def test_numbers_can_be_read_back(numbers: list[int]) -> None:
    assert numbers_in(pack._steps(numbers)) == sorted(numbers)


@given(
    st.lists(st.lists(st.sampled_from("alpha beta betas gamma delta9 éa".split())), max_size=400)
)
def test_the_word_list_can_be_read_back(texts: list[list[str]]) -> None:
    """A word of many texts is noted for their page, here the first; one of most texts nowhere."""
    listed, _ = pack.word_list([pack.Text(" ".join(words), 0) for words in texts])
    found = words_in(listed) if listed.words else {}
    same = {"betas": "beta"} if any("beta" in words for words in texts) else {}
    for number, words in enumerate(texts):
        for word in words:
            base = same.get(word, word)
            at = found.get(base, ([], []))[0]
            having = sum(base in [same.get(w, w) for w in others] for others in texts)
            if having <= pack.MOST_PLACES:
                assert number in at
            else:
                assert at in ([], [0])


def test_a_question_of_two_texts_is_one_of_words() -> None:
    assert pack.telling(["how long|black tea"], []) == ["black tea"]
    assert pack.telling(["x|", "|y|z"], []) == ["x", "y z"]


def test_questions_are_read_back_by_their_words() -> None:
    latin, hangul = pack.word_list([pack.Text("pour tea", 0)], ["tea 찻잔", "", "찻잔 green"])
    assert words_in(latin) == {"green": ([], [2]), "pour": ([0], []), "tea": ([0], [0])}
    assert words_in(hangul) == {"cktwks": ([], [0, 2])}


def test_reference_pages_do_not_repeat_texts() -> None:
    docs = [*DOCS, search.Doc("notes.html#more", "More", "Porcelain.")]
    index = search.search_index(docs, kinds={"notes.html": "reference"})
    assert index.pages.kinds == "concept|reference"
    assert "porcelain" not in texts_in(index)


def test_headings_that_most_pages_have_are_no_places() -> None:
    docs = [search.Doc(f"{n}.html{part}", title, "")
            for n in range(5) for part, title in (("", str(n)), ("#next", "Read on"))]  # fmt: skip
    assert search.search_index(docs).parts.titles == ""


def test_a_concept_carries_every_name_that_the_engine_does_not_derive() -> None:
    concepts = search.search_index(DOCS, [STEEPING]).concepts
    assert concepts == shape.Concepts(
        at=[2],
        terms="steeping",
        texts="Leaving leaves in hot water.",
        misspellings="",
        names={"en": "STP|infusion", "ko": typed("우리기|인퓨전")},
        questions=[1],
        messages=[],
    )


def typed(text: str) -> str:
    packed: str = pack.compact_hangul(text)
    return packed


def test_a_concept_without_a_name_in_the_language_has_another() -> None:
    concept = search.Concept("x", {"ko": "`우리기`"}, STEEPING.location, {"en": "A text."})
    concepts = search.search_index(DOCS, [concept]).concepts
    assert (concepts.terms, concepts.texts) == (typed("우리기"), "A text.")
    assert set("".join(concepts.names.values())) == set(), concepts.names


def test_a_concept_speaks_the_language_of_the_edition() -> None:
    concepts = search.search_index(DOCS, [STEEPING], language="ko").concepts
    assert concepts.terms == typed("우리기")
    assert "steeping" in concepts.names["en"]
    assert concepts.texts == "Leaving leaves in hot water."


def test_claims_rows_and_diagrams_are_parts_of_their_pages() -> None:
    index = search.search_index(
        DOCS,
        claims=[search.ClaimText("c-001", "notes.html#c-001", "Line 1: wrong", "Ten", "Three")],
        rows=[
            search.RowText("tea/index.html#teas-time", "Teas", "Time", "Green: centuries"),
            search.RowText("tea/index.html#teas-heat", "Teas", "Warmth", "Green: degrees"),
        ],
        diagrams=[search.DiagramText("tea/index.html#steep", "To the cup", ["Leaf", "Kettle"])],
    )
    assert index.parts == shape.Parts(
        pages=[0, 0, 1, 1],
        kinds="0210",
        at="|steep|c-001|",
        titles="Steep|To the cup|Line 1: wrong|All",
        texts="||Ten|",
    )
    # "Green" stands in every row: a column.
    assert index.tables == shape.Tables(
        pages=[0],
        starts="teas-",
        titles="Teas",
        columns="Green",
        rows="Time|Warmth",
        ends="|heat",
    )
    words = texts_in(index)
    assert words["centuries"] == [6]
    assert words["degrees"] == [7]
    assert "green" not in words
    assert words["kettle"] == [3]


def test_a_concept_without_a_page_in_the_index_stops_the_build() -> None:
    with pytest.raises(search.SearchIndexError, match="steeping points to tea/index"):
        search.search_index(DOCS[2:], [STEEPING])


def test_a_section_holds_all_up_to_the_next_heading() -> None:
    page = read_page(
        "tea.html",
        """<article><h1 id=t>Tea &amp; <code>time</code></h1><p>Leaves<br>steep.<pre>let go</pre>
        <h2 id=heat>Heat</h2><table><caption>Teas</caption><tr id=row><th>Green<td>70
        <a data-search-exclude>3</a></table><svg><text>Kettle</text></svg><p>Not more.
        <span popover data-search-exclude>The notes said</span></p><h3>No place</h3>
        <h2 id=out data-search-exclude>Out</h2><p>Not this.<h2 id=end>End</h2>
        <footer>Checked</footer></article>""",
    )
    assert search.docs_of(page) == [
        search.Doc("tea.html", "Tea & time", "Tea & time Leaves steep."),
        search.Doc("tea.html#heat", "Heat", "Heat Teas Not more. No place Green 70"),
        search.Doc("tea.html#out", "Out", ""),
        search.Doc("tea.html#end", "End", "End"),
    ]


def test_an_index_is_named_by_its_content_and_the_engine_reads_that_one() -> None:
    index = search.search_index(DOCS, sentences={"nothing": "Nothing"})
    assert index.sentences == {"nothing": "Nothing"}
    path, files = search.index_files("concepts", index)
    assert set(files) == {f"{path}.js", f"{path}.json"}
    assert search.index_files("concepts", index) == (path, files)
    assert search.index_files("concepts", search.search_index(DOCS[:2]))[0] != path
    sources = dict.fromkeys(search.ENGINE_FILES, "") | {"worker.js": 'const INDEX = "%CONCEPTS%";'}
    assert f'INDEX = "{path}"' in search.engine_script(sources, {"concepts": path})


def test_the_engine_is_one_plain_ascii_script() -> None:
    sources = {path.name: path.read_text(encoding="utf-8") for path in ENGINE.glob("*.js")}
    assert set(sources) == {*search.ENGINE_FILES, "stand-in.js"}
    script = search.engine_script(sources)
    assert script.isascii()
    assert script.startswith("(function () {")


def test_a_minified_engine_is_plain_ascii_too() -> None:
    sources = dict.fromkeys(search.ENGINE_FILES, "/* why */")
    assert search.engine_script(sources, None, lambda script: 'x="\uac00"') == 'x="\\uac00"'


def test_the_engine_refuses_other_letters_and_missing_files() -> None:
    sources = dict.fromkeys(search.ENGINE_FILES, "")
    with pytest.raises(
        search.SearchIndexError, match=r"^the search engine must be plain ASCII: write"
    ):
        search.engine_script({**sources, "words.js": "/* 말 */"})
    del sources["rank.js"]
    with pytest.raises(search.SearchIndexError, match=r"rank\.js"):
        search.engine_script(sources)


def test_the_language_helps_have_no_doubles_and_common_words_are_no_choice_of_ours() -> None:
    for group in LANGUAGE["alike"]:
        assert len(group) == len(set(group)), group
    assert stopwordsiso.stopwords("en") >= set(COMMON)


def test_hangul_is_written_as_its_keys() -> None:
    assert pack.compact_hangul({"a": ["값이 tea 꽃", 1]}) == {"a": ["\x7frkqtdl tea \x7fRhc", 1]}
