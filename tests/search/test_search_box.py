"""The search box of a small site in a real browser: what it finds, and what nothing may break."""

from __future__ import annotations

import os
import shutil
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser
from web.server import serving

from tests.search import small_site
from tests.search.box import SearchBox, browser, search_box
from tests.search.small_site import SAID

NASTY = [
    "x" * 10_000,
    "차" * 10_000,
    "steeping " * 1_200,
    '<img src=x onerror="window.injected=1">',
    "<script>window.injected=1</script>",
    '"><mark>steeping</mark>',
    "&lt;b&gt; &amp; &#60;",
    "(.*+?^${}[]|\\/)",
    "((((((((((a+)+)+)+)+)+)+)+)+)+$",
    "\\u0000 \x00 \x1b[31m",
    "🍵🫖👩‍👩‍👧‍👦🇰🇷",
    "\ud800 lone surrogate",
    "steeping\u202egnipeets",
    "은는이가을를",
    "에서 으로 은 는",
    "ㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋ",
    "ㅏㅑㅓㅕ",
    "the of and",
    "__proto__ constructor toString",
    "-steeping +water ~3 title:tea",
    "' OR 1=1 --",
    "e\u0301\u0301\u0301\u0301 ﷺ ﬁ \uff21\uff11",
]

FOREIGN = """
() => [...document.querySelectorAll(".md-search-result__list *")]
  .filter((element) => ["SCRIPT", "IMG", "B", "IFRAME"].includes(element.tagName)
    || [...element.attributes].some((attribute) => attribute.name.startsWith("on"))).length
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_site.build(tmp_path_factory.mktemp("tea"))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.fixture(scope="module", params=["http", "file"])
def box(
    request: pytest.FixtureRequest, site: Path, chromium: Browser
) -> Iterator[tuple[SearchBox, list[str]]]:
    problems: list[str] = []
    with serving(site) as address:
        root = address if request.param == "http" else site.as_uri() + "/"
        with search_box(chromium, root + "index.html", problems=problems) as opened:
            yield opened, problems


@pytest.fixture(scope="module")
def written(box: tuple[SearchBox, list[str]]) -> SearchBox:
    """The box once the texts are there, which it fetches at its first question."""
    box[0].ask("데워")
    box[0].page.locator("mark:text-is('데워')").wait_for()
    return box[0]


@pytest.mark.parametrize("query", NASTY, ids=lambda query: ascii(query[:24]))
def test_no_query_breaks_or_freezes_the_box(box: tuple[SearchBox, list[str]], query: str) -> None:
    opened, problems = box
    (time,) = opened.type(query)
    assert 0 <= time < 1_000
    assert opened.page.evaluate(FOREIGN) == 0
    assert opened.page.evaluate("window.injected") is None
    assert problems == []


@pytest.mark.parametrize(
    "query",
    [
        "steeping",
        "Steep",
        "steepign",
        "우리기",
        "우리기는",
        "인퓨전",
        "dnflrl",
        "ㅇㄹㄱ",
        "우릭",
        "infusiontime",
        "inﬁsion",  # a ligature
        "".join(chr(ord(letter) + 0xFEE0) for letter in "steeping"),  # full width
        "ﾷￓﾩￜﾡￚ",  # 우리기, in half-width letters
        unicodedata.normalize("NFD", "우리기"),
    ],
)
def test_a_concept_comes_first_with_its_definition(
    box: tuple[SearchBox, list[str]], query: str
) -> None:
    answer = box[0].ask(query)
    page, concept, *_ = answer.groups[0]
    assert page["location"] == "brewing.html"
    assert concept["location"] == "brewing.html#steeping"
    assert "Leaving leaves in water <until> it tastes." in concept["text"]
    assert concept["h"]
    assert concept["score"] == max(link["score"] for group in answer.groups for link in group)


@pytest.mark.parametrize(
    ("typed", "section", "marked"),
    [
        ("tea:StartSteeping", "signs", "tea:StartSteeping"),
        ("startsteep", "signs", "StartSteep"),
        ("KETTLE_IS", "signs", "KETTLE_IS"),
        ("kettle_is_hot", "signs", "KETTLE_IS_HOT"),
        ("porcelain", "signs", "porcelain"),
        ("porcelains", "signs", "porcelain"),
        ("whiskMatcha --slowly", "signs", "whiskMatcha"),
        ("찻주전자", "scripts", "찻주전자"),
        ("찻주전자는", "scripts", "찻주전자"),
        ("데워", "scripts", "데워"),
        ("чайник", "scripts", "Чайник"),
        ("кип", "scripts", "кип"),
        ("淹れ", "scripts", "淹れ"),
        ("热水", "scripts", "热水"),
        ("الشاي", "scripts", "الشاي"),
        ("น้ำ", "scripts", "น้ำ"),
        ("listo", "scripts", "listo"),
        ("esta listo", "scripts", "está"),
    ],
)
def test_whatever_stands_on_a_page_is_found_in_its_sentence(
    written: SearchBox, typed: str, section: str, marked: str
) -> None:
    written.ask("")  # what is asked twice is not answered anew
    answer = written.ask(typed)
    first = max((link for group in answer.groups[:1] for link in group), key=lambda li: li["score"])
    assert first["location"] == f"letters.html#{section}"
    assert marked in written.page.locator(".md-search-result__list mark").all_inner_texts()
    assert first["h"]


def test_concepts_come_before_what_is_only_written(box: tuple[SearchBox, list[str]]) -> None:
    assert box[0].ask("steeping").pages[:2] == ["brewing.html", "letters.html"]


def test_texts_are_shown_as_written(box: tuple[SearchBox, list[str]]) -> None:
    answer = box[0].ask("water heat")
    titles = [link["title"] for group in answer.groups for link in group]
    assert "Water & <b>heat</b>" in titles


def test_nothing_found_says_so_and_offers_the_closest(box: tuple[SearchBox, list[str]]) -> None:
    answer = box[0].ask("steepening of mountains <3")
    assert answer.nothing or answer.pages[0] == "brewing.html"
    answer = box[0].ask("zzxxqq <b>")
    assert answer.nothing
    assert answer.groups[0][0]["title"] == "Nothing found for “zzxxqq <b>”"
    assert answer.count == "No matching documents"


def test_what_comes_closest_is_shown_below_a_plain_no(box: tuple[SearchBox, list[str]]) -> None:
    answer = box[0].ask("volcano glacier water")
    note, *closest = (group[0] for group in answer.groups)
    assert answer.nothing
    assert note["title"] == "No page answers all of “volcano glacier water”"
    assert sorted(page["location"] for page in closest) == ["brewing.html", "index.html"]
    assert answer.count == "No matching documents"
    scores = [link["score"] for group in answer.groups for link in group]
    assert max(scores) > note["score"], "the Enter key opens a page"


def test_only_spaces_is_no_query(box: tuple[SearchBox, list[str]]) -> None:
    assert box[0].ask("  \t ").groups == []


def test_a_result_lands_on_its_heading_with_the_word_marked(site: Path, chromium: Browser) -> None:
    with serving(site) as address, search_box(chromium, address + "index.html") as box:
        box.ask("인퓨전")
        box.page.keyboard.press("Enter")
        box.page.wait_for_url("**/brewing.html?h=*#steeping")
        marked = box.page.locator("article mark[data-md-highlight]")
        marked.first.wait_for()
        assert "steeping" in {word.lower() for word in marked.all_inner_texts()}


def test_nothing_of_the_search_is_loaded_until_its_box_is_opened(
    site: Path, chromium: Browser
) -> None:
    asked: list[str] = []
    with serving(site) as address:
        page = chromium.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address + "index.html", wait_until="networkidle")
        assert not [url for url in asked if "search" in url]
        page.locator("[data-md-component=search-query]").focus()
        page.wait_for_event("requestfinished", lambda request: "concepts" in request.url)
        page.keyboard.type("tea leaves")
        page.locator(".md-search-result__link").first.wait_for()
        names = [url.rpartition("/")[2].split(".")[0] for url in asked if "search" in url]
        assert names == ["search", "concepts", "texts"]
        page.close()


@pytest.mark.parametrize("broken", [None, "{", '{"format": 0}'], ids=str)
def test_without_the_texts_concepts_are_found_and_the_texts_asked_for_again(
    tmp_path: Path, site: Path, chromium: Browser, broken: str | None
) -> None:
    folder = tmp_path / "site"
    shutil.copytree(site, folder)
    (texts,) = folder.glob("search/texts.*.json")
    content = texts.read_text(encoding="utf-8")
    if broken is None:
        texts.unlink()
    else:
        texts.write_text(broken, encoding="utf-8")
        os.utime(texts, (0, 0))  # so old that the browser takes its own copy the next time
    with serving(folder) as address, search_box(chromium, address + "index.html") as box:
        assert box.ask("steeping").pages[0] == "brewing.html"
        assert box.ask("데워").nothing
        texts.write_text(content, encoding="utf-8")
        box.until_found(
            "데워 둔"
        )  # a query while the broken ones are on their way asks for no more
        box.page.locator("mark:text-is('데워')").wait_for()


@pytest.mark.parametrize("broken", [None, "", "{", "{}", "[]"], ids=str)
@pytest.mark.parametrize("by", ["http", "file"])
def test_an_index_that_fails_is_said_and_can_be_retried(
    tmp_path: Path, site: Path, chromium: Browser, broken: str | None, by: str
) -> None:
    suffix = ".json" if by == "http" else ".js"
    (index,) = (site / "search").glob(f"concepts.*{suffix}")
    content = index.read_text(encoding="utf-8")
    if broken is None:
        index.unlink()
    else:
        index.write_text(broken, encoding="utf-8")
    try:
        with serving(site) as address:
            root = address if by == "http" else site.as_uri() + "/"
            with search_box(chromium, root + "brewing.html") as box:
                answer = box.ask("steeping")
                assert answer.groups[0][0]["title"] == SAID["failed"] == answer.count
                assert SAID["retry"] in answer.groups[0][0]["text"]
                index.write_text(content, encoding="utf-8")
                box.page.locator(".search-retry").click()
                box.page.locator("text=Leaving leaves").first.wait_for()
                assert box.page.url.endswith("brewing.html")
                assert box.read().pages[0] == "brewing.html"
    finally:
        index.write_text(content, encoding="utf-8")


ASK = """
(query) => new Promise((resolve) => {
  const began = performance.now();
  const engine = self.searchEngine((message) =>
    resolve({ ...message.data, time: performance.now() - began }));
  engine({ type: 2, data: query });
})
"""

TAGS = """
(html) => {
  const parsed = new DOMParser().parseFromString(html, "text/html").body;
  return [...parsed.querySelectorAll("*")].map((element) => element.tagName);
}
"""


@pytest.fixture(scope="module")
def engine(site: Path, chromium: Browser) -> Iterator[Any]:
    """The engine alone, on a page opened from a file."""
    page = chromium.new_page()
    page.goto((site / "index.html").as_uri())
    (script,) = site.glob("assets/javascripts/workers/search.*.js")
    page.add_script_tag(url=script.as_uri())
    yield lambda query: page.evaluate(ASK, query), lambda html: page.evaluate(TAGS, html)
    page.close()


queries = st.one_of(
    st.text(max_size=60),
    st.text(alphabet=st.sampled_from("<>&\"'`=/ steeping우리기ㅇㄹㄱ()[]*+?\\"), max_size=40),
    st.lists(
        st.sampled_from(["steeping", "우리기를", "<b>", "tea", "&amp;", "물", "ㅇㄹ"]), max_size=12
    ).map(" ".join),
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(query=queries)
@example(query="\x1f")
def test_any_query_gives_well_formed_groups(engine: Any, query: str) -> None:
    ask, tags = engine
    answer = ask(query)
    assert answer["time"] < 500
    if not query.strip():
        assert answer["items"] == []
    markup = []
    for group in answer["items"]:
        assert "#" not in group[0]["location"]
        for item in group:
            assert item["score"] == item["score"]
            assert abs(item["score"]) < 1e6
            assert all(isinstance(value, bool) for value in item["terms"].values())
            assert not any(set(word) & set("<>&\"' ") for word in item["terms"])
            markup += [item["title"], item["text"]]
    assert set(tags("".join(markup))) <= {"MARK", "SPAN"}


@pytest.mark.parametrize(
    ("typed", "completed"),
    [("Steep", ["Steeping"]), ("인퓨", ["인퓨전"]), ("steeping", []), ("", None)],
)
def test_the_word_being_typed_is_completed(
    engine: Any, typed: str, completed: list[str] | None
) -> None:
    ask, _ = engine
    assert ask(typed).get("suggest") == completed
