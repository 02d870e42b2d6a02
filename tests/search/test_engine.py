"""What Python packs, the engine reads; and what its parts do, one by one, without a browser."""

from __future__ import annotations

import json
import random
import re
import subprocess
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import pytest
from node import node

from annotated.publish import search_index as search
from annotated.publish import search_pack as pack
from annotated.publish.search_texts import folded, read_page, search_texts
from tests.conftest import ROOT
from tests.search.effects import FIGURES, TUNING, numbers_of, with_effects
from tests.search.engine import call
from tests.search.small_site import CONCEPTS, ENGINE, SENTENCES

Call = Callable[..., list[Any]]

DOCS = [
    search.Doc("index.html", "Tea", "Leaves, water and time."),
    search.Doc("brewing.html", "Brewing", "How leaves become tea, with a kettle."),
    search.Doc("brewing.html#steeping", "Steeping time", "Three minutes for oolong."),
    search.Doc("glossary.html", "Glossary", ""),
]
INDEX = search.search_index(
    DOCS,
    CONCEPTS,
    claims=[search.ClaimText("c-1", "index.html#c-1", "Line 1: wrong", "물은 뜨겁다")],
    rows=[
        search.RowText("brewing.html#teas-time", "Teas", "Time", "Green: centuries"),
        search.RowText("brewing.html#teas-heat", "Teas", "Warmth", "Green: degrees"),
    ],
    diagrams=[search.DiagramText("brewing.html#d-1", "To the cup", ["Leaf", "Kettle"])],
    kinds={"glossary.html": "reference"},
    names={"glossary.html": ["all words", "용어"]},
    sentences=SENTENCES,
)
PAGES = [
    ("index.html", "<h1>Tea</h1><p>Leaves</p><ul><li id=c-1>물은 뜨겁다</ul>"),
    ("brewing.html", "<p>Leaves</p><h2 id=steeping>Steeping</h2><p>Porcelain &amp; \"oolong\" <b>now</b></p>"),
    ("glossary.html", "<p>Leaves</p><p>Porcelain</p>"),
]  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Call:
    sources = {path.name: path.read_text(encoding="utf-8") for path in ENGINE.glob("*.js")}
    script = tmp_path_factory.mktemp("engine") / "engine.js"
    script.write_text(search.engine_script(sources), encoding="utf-8")
    return lambda *calls: call(script, calls)


def test_the_parts_of_the_engine_do_what_they_say() -> None:
    """Plain functions, one by one, and whole answers of a small site packed by hand."""
    done = subprocess.run(
        [node(), "--test", str(ROOT / "tests/unit/search.test.js")],
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_numbers_are_read_back(engine: Call) -> None:
    chance = random.Random(1)  # noqa: S311 (a sample, no secret)
    lists = [sorted(chance.sample(range(60_000), n)) for n in (0, 1, 5, 200)] + [[0, 1, 70, 71]]
    assert engine(*(["numbersOf", pack._steps(numbers)] for numbers in lists)) == lists


def test_words_are_read_back_with_their_places(engine: Call) -> None:
    texts = [pack.Text(f"word{n} kettle{n % 7} 물{n}", n % 5) for n in range(90)]
    latin, hangul = pack.word_list(texts, ["찻잔 우리기", "kettle3 찻잔", ""])
    read, korean = engine(["wordsFrom", asdict(latin), False], ["wordsFrom", asdict(hangul), True])
    assert {"surface": "word42", "hangul": False, "inTexts": [42], "asked": []} in read
    assert [word["asked"] for word in read if word["surface"] == "kettle3"] == [[1]]
    assert {w["surface"]: w["asked"] for w in korean} == {"찻잔": [0, 1], "우리기": [0]}
    assert [word["surface"] for word in read] == sorted(word["surface"] for word in read)


def test_of_hangul_in_texts_the_words_of_names_are_noted(engine: Call) -> None:
    texts = [pack.Text("찻잔에서 우리는 차", 0), pack.Text("찻잔을 데운다", 1)]
    for names, noted in (["따뜻한 찻잔"], {"찻잔": [0, 1]}), ([], {}):
        _, hangul = pack.word_list(texts, names=names)
        read = engine(["wordsFrom", asdict(hangul), True])[0] if hangul.words else []
        assert {word["surface"]: word["inTexts"] for word in read} == noted


@pytest.mark.parametrize("text", ["값이 tea 꽃", "뷁 쀍", "까치 닭", "abc", ""])
def test_hangul_is_read_back(engine: Call, text: str) -> None:
    assert engine(["unpacked", {"a": [pack.compact_hangul(text)]}]) == [{"a": [text]}]


def test_both_sides_make_the_same_ids_and_letters(engine: Call) -> None:
    titles = ["What it costs (a lot)", "`awsvpc` mode", "한글 title", "--", "A  b", "é"]
    assert engine(*(["slugOf", title] for title in titles)) == [search.slug(t) for t in titles]
    texts = ["oﬃce ①", "ㅋㅌ 차", "น้ำ", "e\u0301", "a\u200bb\u00ad", unicode_wide("tea")]
    assert engine(*(["normal", text] for text in texts)) == [folded(text) for text in texts]


def unicode_wide(text: str) -> str:
    return "".join(chr(ord(letter) + 0xFEE0) for letter in text)


def test_every_entry_of_the_first_index_is_read_back(engine: Call) -> None:
    (entries,) = engine(["entriesOf", asdict(INDEX)])
    section, claim, drawing, row, concept, page = range(6)
    assert [(e["kind"], e["page"], e["fragment"], e["title"], e["text"]) for e in entries] == [
        (page, 0, "", "Tea", ""),
        (page, 1, "", "Brewing", ""),
        (page, 2, "", "Glossary", ""),
        (claim, 0, "c-1", "Line 1: wrong", "물은 뜨겁다"),
        (section, 1, "steeping", "Steeping time", ""),
        (drawing, 1, "d-1", "To the cup", ""),
        (row, 1, "teas-time", "Teas: Time", ""),
        (row, 1, "teas-heat", "Teas: Warmth", ""),
        (concept, 1, "steeping", "steeping", "Leaving leaves in water <until> it tastes."),
    ]
    (phrases,) = engine(["phrasesOf", asdict(INDEX)])
    named = {(p["entry"], p["sort"], p["text"]) for p in phrases}
    assert {(8, "name", "우리기"), (8, "name", "인퓨전"), (2, "name", "용어")} <= named
    assert (1, "label", "Teas Green") in named
    assert [p["words"] for p in phrases if p["sort"] == "question"] == [2]


def test_every_place_of_the_second_index_is_read_back(engine: Call) -> None:
    (places,) = engine(
        ["placesIn", asdict(INDEX), asdict(search_texts(read_page(*page) for page in PAGES))]
    )
    assert places == [
        {"page": 0, "fragment": "", "title": "", "texts": ["Tea", "Leaves"]},
        {"page": 0, "fragment": "c-1", "title": "", "texts": ["물은 뜨겁다"]},
        {"page": 1, "fragment": "", "title": "", "texts": ["Leaves"]},
        {"page": 1, "fragment": "steeping", "title": "Steeping", "texts": ["Steeping", 'Porcelain & "oolong" now']},
        {"page": 2, "fragment": "", "title": "", "texts": ["Leaves", "Porcelain"]},
    ]  # fmt: skip


def test_an_index_of_another_format_is_refused(engine: Call) -> None:
    texts = asdict(search_texts(read_page(*page) for page in PAGES))
    answers = engine(
        ["entriesOf", {**asdict(INDEX), "format": 1}],
        ["placesIn", asdict(INDEX), {**texts, "format": 1}],
    )
    assert [answer["error"] for answer in answers] == [
        f"search index: format 1, expected {number}" for number in (4, 2)
    ]


def ask(engine: Call, *queries: str) -> list[Any]:
    texts = asdict(search_texts(read_page(*page) for page in PAGES))
    return engine(*(["ask", asdict(INDEX), texts, query] for query in queries))


def test_what_is_shown_is_escaped(engine: Call) -> None:
    """In texts, titles and what was typed; quotes too, since attributes may hold it one day."""
    concept, text, nothing = ask(engine, "infusion time", "porcelain", "zz\"<b>'&")
    assert "&lt;until&gt;" in json.dumps(concept["items"])
    assert "&amp; &quot;" in json.dumps(text["items"])
    assert "zz&quot;&lt;b&gt;&#39;&amp;" in nothing["items"][0][0]["title"]


def test_the_closest_concept_is_offered_first(engine: Call) -> None:
    index = search.search_index(
        DOCS,
        [
            search.Concept(name, {"en": name}, "brewing.html", {"en": "A thing."})
            for name in ("kettles of clay", "kettle drum", "teapot")
        ],
        sentences=SENTENCES,
    )
    (answer,) = engine(["closestTo", asdict(index), "ketle drm"])
    assert answer == ["kettle drum", "kettles of clay"]


def test_the_word_of_the_best_page_completes_what_is_typed(engine: Call) -> None:
    """Two concepts begin alike: the better one's word is suggested."""
    index = search.search_index(
        DOCS,
        [
            search.Concept("a", {"en": "infuser basket lid"}, "index.html", {"en": "A."}),
            search.Concept("b", {"en": "infusion"}, "brewing.html", {"en": "B."}),
        ],
        sentences=SENTENCES,
    )
    (answer,) = engine(["ask", asdict(index), None, "infus"])
    assert answer["items"][0][0]["location"] == "brewing.html"
    assert answer["suggest"] == ["infusion"]


def test_a_page_that_teaches_comes_before_one_that_collects(engine: Call) -> None:
    docs = [
        search.Doc(f"{kind}.html", "Porcelain", "<p>White.</p>")
        for kind in ("reference", "home", "compare", "concept")
    ]
    kinds = {f"{kind}.html": kind for kind in ("reference", "home", "compare")}
    index = search.search_index(docs, kinds=kinds, sentences=SENTENCES)
    (answer,) = engine(["ask", asdict(index), None, "porcelain"])
    order = [group[0]["location"].removesuffix(".html") for group in answer["items"]]
    assert order == ["concept", "compare", "home", "reference"]


def test_words_that_several_pages_have_lead_to_the_place_that_has_them_all(engine: Call) -> None:
    (answer,) = ask(engine, "porcelain oolong")
    first = answer["items"][0]
    assert first[0]["location"] == "brewing.html"
    assert max(first, key=lambda item: item["score"])["location"] == "brewing.html#steeping"


def test_an_identifier_leads_to_where_it_is_written(engine: Call) -> None:
    """Its words name concepts, too, which do not come first."""
    pages = [*PAGES[:2], ("glossary.html", "<p>Allow tea:SteepingTimeOut</p>")]
    texts = asdict(search_texts(read_page(*page) for page in pages))
    asked = ("tea:SteepingTime", "steepingTimeO", "steeping time")
    answers = engine(*(["ask", asdict(INDEX), texts, query] for query in asked))
    first = [answer["items"][0][0]["location"] for answer in answers]
    assert first == ["glossary.html", "glossary.html", "brewing.html"]


FAILURES = [
    search.Concept(
        "kettle-boiled-dry",
        {"en": "KettleError: the kettle … has boiled dry"},
        "brewing.html#kettle-boiled-dry",
        {"en": "No water was left."},
        aliases={"en": ["why is there no water"], "ko": ["주전자 물 없음"]},
        messages=["boiled dry at … degrees"],
    ),
    search.Concept(
        "kettle-cold",
        {"en": "KettleError: the kettle … is cold after code 7"},
        "brewing.html#kettle-cold",
        {"en": "Nobody switched it on."},
    ),
    search.Concept(
        "pot-cracked", {"en": "PotCracked"}, "brewing.html#pot-cracked", {"en": "It leaks."}
    ),
    search.Concept("waiting", {"en": "Steeping"}, "brewing.html#waiting", {"en": "Not done."}),
]
FAILING = search.search_index(DOCS, CONCEPTS, failures=FAILURES, sentences=SENTENCES)


@pytest.mark.parametrize(
    ("pasted", "asked"),
    [
        ("KettleError: the kettle arn:tea:kettle/7f3a has boiled dry", 0),
        (
            "2026-11-29T10:00Z [ERROR] \"KettleError: The kettle 'k-1'   has boiled\tdry.\" at brew",
            0,
        ),
        (
            "The kettle is old. " * 20
            + "KettleError: the kettle k-9 has boiled dry. "
            + "x 9 y " * 200,
            0,
        ),
        ("KettleError: the kettle k-1 is cold after code 7", 1),
        ("KettleError: the kettle k-1 is cold after code 8", None),
        ("tea-7d9 0/1 PotCracked 5 (10s ago) 3m", 2),
        ("the pot is cracked", None),
        ("steeping for some minutes", None),
        ("kettle", None),
        ("", None),
        ("x" * 10_000, None),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_a_pasted_message_asks_for_its_failure(
    engine: Call, pasted: str, asked: int | None
) -> None:
    """Names and numbers of one case do not matter, nor what stands around; other numbers do."""
    (found,) = engine(["askedFor", asdict(FAILING), pasted])
    assert found == (None if asked is None else FAILURES[asked].term["en"])


def test_a_failure_comes_first_by_its_message_and_by_its_other_names(engine: Call) -> None:
    asked = ("Error: the kettle 7 has boiled dry (KettleError)", "주전자 물 없음", "potcracked")
    answers = engine(*(["ask", asdict(FAILING), None, query] for query in asked))
    best = [max(a["items"][0], key=lambda item: item["score"])["location"] for a in answers]
    assert best == [f"brewing.html#{FAILURES[n].id}" for n in (0, 0, 2)]


def korean_index(definition: str = "재는 시간.") -> dict[str, Any]:
    """A site in Korean: pages that teach, and labs, which are called after what they build."""
    titles = {
        "brew.html": "우리기",
        "lab.html": "실습: 찻잔 굽기",
        "cup.html": "찻잔",
        "more.html": "더 읽기",
    }
    titles |= {f"lab-{number}.html": f"실습: {number}째 차" for number in range(20)}
    concepts = [
        search.Concept("time", {"ko": "우리는 시간"}, "brew.html", {"ko": definition}),
        search.Concept(
            "cup", {"ko": "찻잔"}, "cup.html", {"ko": "차를 담는다."}, aliases={"ko": ["찻잔 받침"]}
        ),
    ]
    index = search.search_index(
        [search.Doc(page, title, "") for page, title in titles.items()],
        concepts,
        language="ko",
        names={"lab.html": ["찻잔 굽기 실습"]},
        kinds={page: "lab" for page in titles if page.startswith("lab")},
        sentences=SENTENCES,
    )
    return asdict(index)


def test_an_empty_word_stays_empty_where_a_text_has_it(engine: Call) -> None:
    asked = "우리는 시간은 뭐 하는지"
    texts = korean_index("얼마나 하는지 보고, 한 잔만 마신다.")
    weak = engine(["weakIn", texts, asked], ["weakIn", korean_index(), asked])
    assert weak == [["뭐", "하는지"]] * 2


def test_terse_and_spoken_korean_says_nothing_of_its_own(engine: Call) -> None:
    """Notes end in -음, talk in -인데: neither is what is asked for, and neither hides a word."""
    asked = "그런 거죠 안 됨 있음 한 찻잔임 찻잔인데"
    (weak,) = engine(["weakIn", korean_index(), asked])
    assert weak == asked.split()[:6]
    (ranked,) = engine(["rankFrozen", korean_index(), "찻잔임"])
    assert korean_index()["pages"]["locations"].split("|")[ranked[0]] == "cup.html"


def test_a_half_typed_name_stands_before_pages_on_which_its_letters_are_written(
    engine: Call,
) -> None:
    pages = [
        ("brew.html", "<p>찻잔을 두 손으로 받는다</p>"),
        ("lab.html", "가마"),
        ("cup.html", "물"),
    ]
    texts = asdict(search_texts([read_page(*page) for page in pages]))
    [answer] = engine(["ask", korean_index(), texts, "찻잔 받"])
    assert [group[0]["location"] for group in answer["items"]][:1] == ["cup.html"]


def test_a_lab_stands_behind_the_page_on_what_it_builds(engine: Call) -> None:
    index = korean_index()
    pages = index["pages"]["locations"].split("|")
    behind, first = engine(
        ["rankFrozen", index, "찻잔 받침 굽기"], ["rankFrozen", index, "찻잔 굽기 실습"]
    )
    assert pages[behind[0]] == "cup.html"
    assert pages[first[0]] == "lab.html"


def test_ranking_changes_nothing_that_it_did_not_make(engine: Call) -> None:
    """Entries, phrases and pages are frozen: a write would be an error."""
    for query in ("우리기", "steeping time", "차를 얼마나 담가 두나"):
        (pages,) = engine(["rankFrozen", asdict(INDEX), query])
        assert isinstance(pages, list), pages
        assert pages[0] == 1


def test_an_excerpt_shows_what_was_asked_for_between_whole_words(engine: Call) -> None:
    words = [f"leaf{number:03}" for number in range(120)]
    for asked in ("leaf000", "leaf060", "leaf119"):
        pages = [("index.html", f"<p>{' '.join(words)}</p>"), *PAGES[1:]]
        texts = asdict(search_texts(read_page(*page) for page in pages))
        (answer,) = engine(["ask", asdict(INDEX), texts, asked])
        text = answer["items"][0][-1]["text"]
        assert f"<mark>{asked}</mark>" in text
        plain = re.sub(r"<[^>]+>", "", text)
        shown = plain.strip("\u2026").split()
        assert set(shown) <= set(words), text
        assert 60 < len(plain) <= 192
        # What is left out at an end is said there, and nowhere else.
        assert plain.startswith("\u2026") is (asked != words[0])
        assert plain.endswith("\u2026") is (asked != words[-1])


def test_every_number_of_the_ranking_tells_what_it_does() -> None:
    """Measured, and written by the script that measures: a new number has nothing yet."""
    tuning = TUNING.read_text(encoding="utf-8")
    lines = numbers_of(tuning)
    assert len(lines) == len(re.findall(r"^ +\w+: [-.\d]", tuning, re.MULTILINE)) > 80
    assert [path for path, line in lines.items() if not FIGURES.search(line)] == []
    assert re.search(r"Measured on \d{4}-\d\d-\d\d at [0-9a-f]{7,};", tuning)


def test_measured_figures_take_the_place_of_the_last_ones() -> None:
    less, more = ({"gained": n, "lost": 0, "changed": n} for n in (1, 2))
    last = (
        "  fits: {\n    share: 2, // how much [+9 -9 ~9; +9 -9 ~9; of 9]\n  },\n"
        "  split: {\n    share: 2, // how much [+9 -9 ~9; +9 -9 ~9]\n    most: 1,\n  },\n"
    )
    now = with_effects(last, {"split.share": [less, more], "split.most": [more, less]}, "7")
    assert now.splitlines() == [
        *last.splitlines()[:4],
        "    share: 2, // how much [+1 -0 ~1; +2 -0 ~2; of 7]",
        "    most: 1, // [+2 -0 ~2; +1 -0 ~1; of 7]",
        "  },",
    ]
