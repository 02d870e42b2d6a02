"""Parts, each with and without what a record may lack: what is there is said, what is not leaves no trace."""

from __future__ import annotations

import re
from types import SimpleNamespace as View
from typing import Any

import pytest

from annotated.render.parts import part


class Said:
    """Interface words that name themselves, with what is filled into them."""

    language, locale = "en", ""

    def __call__(self, name: str, /, **given: object) -> str:
        return f"({name}{''.join(f' {value}' for value in given.values())})"

    def pieces(self, _: str, /, **given: str) -> list[tuple[str, str]]:
        pieces = [piece for name, value in given.items() for piece in ((" ", ""), (value, name))]
        return pieces[1:]

    def date(self, day: str, *, with_year: bool = True) -> str:
        return day if with_year else day[5:]


WORDS = Said()
SURE, NO_PROOF = View(holds="holds there", doubt=""), View(holds="", doubt="")
DOUBT = View(holds="holds there", doubt="changed there")
READ = View(url="https://a.test/", title="Tea & leaf", reading="read 2 Mar")
BOOK = View(url="", title="A book", reading="read 3 Mar")
WRONG = View(name="wrong", word="wrong")


def html(name: str, **values: Any) -> str:
    return part(name, words=WORDS, **values)


def text(found: str) -> str:
    """What is read of a part, with one space where there are several."""
    found = re.sub(
        r"</?(?:p|li|ol|div|dd|note-head|note-row|tr|th|td|h3|summary|caption)\b[^>]*>", " ", found
    )  # a line of their own
    return " ".join(re.sub(r"<[^>]+>", "", found).replace("&#8288;", "").split())


def but(view: View, **other: object) -> View:
    return View(**{**vars(view), **other})


TABLE = View(
    id="kinds", anchor="table-kinds", size="wide", title="Kinds of `tea`", latest="2 Mar", files="kinds",
    report="https://a.test/new", searched=True, first=2, rows=[], sources=[READ, BOOK],
    subjects=[View(id="a", name="Green"), View(id="b", name="Black"), View(id="c", name="`pu-erh`")],
    source_id=lambda number: f"src-kinds-{number}", proof=lambda words: "all hold",
)  # fmt: skip
CELL = View(
    value="", date="", text="3 minutes", note="", sources=[2], numbers="2", proof=NO_PROOF,
    subject=View(id="a", name="Green"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("given", "read", "parts"),
    [
        ({}, "3 minutes2", ['href="#src-kinds-2"', 'aria-label="(cell-sources 2)"']),
        ({"value": "yes", "text": "Yes"}, "Yes2", ['<b class="yn i yn-yes">Yes</b>']),
        ({"date": "2026-04-07", "text": "7 Apr"}, "7 Apr2", ['datetime="2026-04-07">7 Apr</time>']),
        ({"text": "`teaPot` & <b>"}, "teaPot &amp; &lt;b&gt;2", ["<code>teaPot</code>"]),
        ({"note": "if `hot`"}, "3 minutes if hot2", ['<small class="yn-t">if <code>hot</code>']),
        ({"sources": [], "numbers": ""}, "3 minutes", []),
        ({"note": "late", "sources": []}, "3 minutes late", ["late</small>"]),
        ({"proof": SURE}, "3 minutes2", ['data-holds="holds there"']),
        ({"proof": DOUBT}, "3 minutes2 changed there", ["<mark>changed there</mark>"]),
    ],
)
def test_an_answer_in_each_of_its_forms(given: dict[str, Any], read: str, parts: list[str]) -> None:
    found = html("cell", view=TABLE, cell=but(CELL, **given))
    assert text(found) == read
    assert [wanted for wanted in parts if wanted not in found] == []
    assert ('class="src"' in found) is bool(given.get("sources", [2]))
    assert ("<small" in found) is ("note" in given)
    assert ("data-holds" in found) is ("proof" in given)
    assert ("<mark>" in found) is (given.get("proof") is DOUBT)


def test_a_row_names_its_cells_for_addresses_and_for_a_phone() -> None:
    row = View(id="time", name="How long?", cells=[CELL, but(CELL, subject=TABLE.subjects[2])])
    found = html("row", view=TABLE, row=row)
    assert 'id="kinds-time"' in found
    assert re.findall(r'<td role="cell" id="([^"]+)" data-s="([^"]+)"', found) == [
        ("kinds-time.a", "Green"),
        ("kinds-time.c", "pu-erh"),
    ]
    assert '<th scope="row" role="rowheader">How long?</th>' in found


def test_a_table_with_and_without_files_a_report_and_columns_to_spare() -> None:
    found = html("table", view=TABLE)
    assert "(table-first 2 3)" in found
    assert "data-search-exclude><summary" not in found.split("<table")[0]
    assert [each in found for each in ("kinds.csv", "kinds.json", "https://a.test/new")] == [
        True
    ] * 3
    assert found.count("download>") == 2
    assert 'class="cmp wide n3" id="table-kinds" data-comparison="kinds">' in found
    assert '<th scope="col" role="columnheader">Green</th>' in found
    assert "all hold" in found
    assert re.findall(r'name="columns" value="(\w)" checked', found) == ["a", "b", "c"]
    assert 'data-first="2"' in found
    assert '<a href="https://a.test/">Tea &amp; leaf</a> read 2 Mar' in found
    assert "<cite>A book</cite> read 3 Mar" in found
    bare = html("table", view=but(TABLE, files="", first=3, searched=False, report=""))
    assert "table-first" not in bare
    assert 'class="dl"' not in bare
    assert 'data-comparison="kinds" data-search-exclude>' in bare
    assert "issue-link" not in html("table", view=but(TABLE, report=""))


def test_two_names_are_offered_with_the_pairs_that_are_asked_for() -> None:
    pair = View(
        first=TABLE.subjects[0], second=TABLE.subjects[2], fragment="#table-kinds?columns=a,c"
    )
    found = html("combined", view=TABLE, pairs=[pair])
    assert '<a href="#table-kinds?columns=a,c">(pair Green pu-erh)</a>' in found
    form = found.partition("</form>")[0]
    assert 'data-table="table-kinds" hidden' in form
    assert re.findall(r'<option value="(\w*)">([^<]*)', form) == [
        ("", ""), ("a", "Green"), ("b", "Black"), ("c", "pu-erh"),
    ]  # fmt: skip
    assert 'class="pairs"' not in html("combined", view=TABLE, pairs=[])


NOTE = View(
    id="p-002", verdict=WRONG, href="notes/index.html#c-002", lines="line 3", said="Two plants.",
    now="One `plant`.", since="2020-01-02", sources=[READ, BOOK], proof=SURE, report="https://a.test/new",
)  # fmt: skip


def test_a_note_says_all_that_its_claim_has_and_no_more() -> None:
    found = html("note", note=NOTE)
    assert text(found) == (
        "wrong line 3 (label-said) Two plants. (label-now) One plant. (label-since) 2020-01-02"
        " (label-sources) Tea &amp; leaf read 2 Mar A book read 3 Mar holds there (issue-link)"
    )
    assert '<a class="cl-l" href="notes/index.html#c-002">line 3</a>' in found
    assert '<note-part id="p-002" class="v-wrong">' in found
    bare = html("note", note=but(NOTE, href="", now="", since="", sources=[], report=""))
    assert text(bare) == "wrong line 3 (label-said) Two plants."
    assert "<a" not in bare
    assert '<time datetime="2020-01-02">' in found
    assert '<a class="cl-w" href="https://a.test/new" rel="noopener">' in found
    assert '<b class="vd i v-wrong">wrong</b>' in found
    mark = html("mark", view=View(
        id="pop-002", verdict="wrong", word="tea.", lines="3", label="Note line 3", note_label="Behind",
        notes=[NOTE, NOTE],
    ))  # fmt: skip
    assert mark.startswith(
        '<span class="nb m-wrong">tea.<button type="button" class="mk i v-wrong"'
        ' popovertarget="pop-002" aria-label="Note line 3">3</button></span>'
    )
    assert (
        '<span id="pop-002" class="cl m-wrong v-wrong" popover role="note" aria-label="Behind"'
        in mark
    )
    assert mark.count("<note-part") == 2
    assert "changed there" in html("note", note=but(NOTE, proof=DOUBT))
    assert "holds there" not in html("note", note=but(NOTE, proof=DOUBT))


CLAIM = View(
    id="c-002", verdict=WRONG, lines="3", original=View(language="ar", direction="rtl", lines=["a", "b"]),
    said="Two.", now="One.", sources=[READ], proof=SURE, ours=True, page=View(href="../x.html", title="X"),
)  # fmt: skip


def test_a_claim_on_the_notes_page_with_and_without_each_part() -> None:
    found = html("claims", view=[CLAIM])
    assert '<li class="row r-wrong" id="c-002">' in found
    assert (
        '<blockquote class="orig" lang="ar" dir="rtl" aria-label="(label-original)"><p>a</p><p>b</p>'
        in found
    )
    assert '<p class="said">Two.</p>' in found
    assert '<p class="now">One.</p>' in found
    assert '<small class="ours">(ours)</small>' in found
    assert text(found) == (
        "3 a b Two. One. (label-sources) Tea &amp; leaf read 2 Mar holds there wrong (ours) X"
    )
    assert '<a class="row-n" href="#c-002">3</a>' in found
    assert '<a href="../x.html">X</a>' in found
    bare = html("claims", view=[
        but(CLAIM, original=None, said="", now="", sources=[], ours=False, page=None)
    ])  # fmt: skip
    assert text(bare) == "3 wrong (claim-page-open)"
    for gone in ("blockquote", "said", "now", "details", "ours"):
        assert gone not in bare, gone


def test_a_change_says_whom_it_touches_or_that_it_is_new() -> None:
    change = View(
        id="x", date="2026-04-07", title="T", text="What.", sources=[READ, BOOK], proof=SURE,
        claims=[View(href="#c", lines="line 3", verdict=WRONG), View(href="", lines="line 4", verdict=WRONG)],
        pages=[View(href="../p.html", title="P")],
    )  # fmt: skip
    found = html("changes", view=[change])
    assert text(found) == (
        "04-07 T What. line 3 wrong line 4 wrong P"
        " (source) Tea &amp; leaf read 2 Mar; A book read 3 Mar. holds there"
    )
    assert '<a href="#c">line 3</a>' in found
    assert '<li id="x"><time datetime="2026-04-07">' in found
    assert '<a href="../p.html">P</a>' in found
    assert found.count("<a ") == 3
    bare = html("changes", view=[but(change, claims=[], pages=[], proof=NO_PROOF, sources=[READ])])
    assert text(bare) == "04-07 T What. (change-new) (source) Tea &amp; leaf read 2 Mar"
    teased = [
        View(date="2026-04-07", href="n.html#x", title="T"),
        View(date="2020", href="", title="U"),
    ]
    assert text(html("teasers", view=teased)) == "2026-04-07 T 2020 U"
    assert html("teasers", view=teased).count("<a ") == 1
    assert '<time datetime="2026-04-07">2026-04-07</time>' in html("teasers", view=teased)
    assert '<a href="n.html#x">T</a>' in html("teasers", view=teased)


def line(**given: object) -> View:
    usual: dict[str, object] = {
        "name": "Water", "counted": "3 litres", "price": "$0.10", "unit": "litre", "numbers": "1,2",
        "price_id": "water", "quantity": "3", "cost": "$0.30",
    }  # fmt: skip
    return View(**{**usual, **given})


def test_a_bill_whole_and_one_that_waits_for_a_price() -> None:
    whole = View(
        id="a", name="Pot", known="0.30", lines=[line()], whole=True, total="$0.30", ratio=""
    )
    view = View(
        anchor="estimate-x", currency="USD", title="A pot", given="Once.", region="Here", sources=[READ],
        latest="2 Mar", source_id=lambda number: f"src-{number}", options=[whole],
    )  # fmt: skip
    found = html("estimate", view=view)
    assert 'data-currency="USD" data-locale="en"' in found
    assert text(found) == (
        "A pot Once. Here. (cost-line) (cost-counted) (cost-price) (cost-sum)"
        " Pot Water 3 litres (cost-each $0.10 litre)1,2 $0.30 (cost-total) $0.30"
        " (sources-read 1 2 Mar) Tea &amp; leaf read 2 Mar"
    )
    assert '<figure class="cost" id="estimate-x"' in found
    assert 'href="#src-1" aria-label="(cell-sources 1,2)"' in found
    assert '<li id="src-1" class="read">' in found
    assert "cost-ratio" not in found
    assert "<input" not in found
    assert "<output" not in found
    part_of_it = but(
        whole, id="b", whole=False, ratio="50 %", lines=[line(price="", cost=""), line()]
    )
    found = html("estimate", view=but(view, options=[whole, part_of_it]))
    bill = found.partition('<tbody id="estimate-x-b" data-known="0.30">')[2]
    assert 'data-price="water" data-quantity="3" hidden' in bill
    assert bill.count("<input") == 1
    assert "<span>(cost-own litre)</span>" in bill
    assert "<output>(cost-unread)</output>" in bill
    assert (
        "(cost-known) <small>(cost-ratio 50 % Pot)</small></th><td><output>$0.30</output>" in bill
    )
    local = Said()
    local.locale = "en-GB"
    assert 'data-locale="en-GB"' in part("estimate", words=local, view=view)


def question(**given: object) -> View:
    right = View(
        letter="A",
        text="Yes",
        right=True,
        why="",
        reason=View(text="So.", href="x.html", title="X"),
    )
    wrong = View(letter="B", text="`no`", right=False, why="Not.", reason=None)
    unlinked = View(
        letter="C", text="?", right=False, why="No.", reason=View(text="It.", href="", title="Y")
    )
    usual: dict[str, object] = {
        "anchor": "practice-q", "ask": "Is it?", "right": right, "answers": [right, wrong, unlinked],
        "sources": [READ, BOOK],
    }  # fmt: skip
    return View(**{**usual, **given})


def test_a_question_tells_what_is_right_and_why_in_the_page_and_on_a_card() -> None:
    found = html("practice", view=View(questions=[question()]))
    answers, _, reasons = found.partition("<details")
    assert text(answers) == "Is it? ¶ A. Yes B. no C. ?"
    assert '<li class="q" id="practice-q">' in answers
    assert '<a class="headerlink" href="#practice-q"' in answers
    assert reasons.count('class="right"') == 1
    first, second, third = re.findall(r'<li(?: class="right")?>(<b class="i.*?)</li>', reasons)
    assert first == (
        '<b class="i yn-yes">(practice-right)</b> <span>So.</span> <a href="x.html">X</a>'
    )
    assert second == '<b class="i v-wrong">(practice-wrong)</b> <span>Not.</span>'
    assert third.endswith("<span>No. It.</span> <small>Y</small>")
    assert text(reasons).endswith("(source) Tea &amp; leaf read 2 Mar; A book read 3 Mar")
    view = View(title="The page")
    back = html("card-back", question=question(), view=view, address="https://a.test/p.html")
    assert text(back) == (
        "A: Yes (practice-right) So. (practice-wrong) Not. (practice-wrong) No. It."
        " (source) Tea &amp; leaf; A book The page"
    )
    assert '<a href="https://a.test/p.html">' in back
    assert '<a href="https://a.test/">Tea &amp; leaf</a>; <cite>A book</cite>' in back
    assert "The page" not in html("card-back", question=question(), view=view, address="")
    assert text(html("card-front", question=question())) == "Is it? Yes no ?"


def test_a_lab_says_what_became_of_it() -> None:
    count = View(fate="run", count=3, said="were run")
    file = View(fate="shown", href="a.yml", name="a.yml", said="is shown", more=["since `x`"])
    full = View(counts=[count], run="Ran once.", made="It made two.", notice="Costs.", files=[file])
    assert text(html("lab", view=full)) == (
        "3 were run Ran once. It made two. Costs. a.yml is shown since x"
    )
    bare = html("lab", view=but(full, run="", notice="", files=[]))
    assert text(bare) == "3 were run"
    assert "<p" not in bare
    found = html("lab", view=full)
    assert '<li class="lab-run"><b>3</b> were run</li>' in found
    assert '<p class="lab-label lab-shown"><a href="a.yml" download>a.yml</a>' in found
    assert text(html("lab", view=but(full, made="", notice="", files=[]))) == "3 were run Ran once."
    listed = View(href="labs/a.html", title="A lab", text="Make `tea`.", counts=[count])
    found = html("labs", view=[listed, listed])
    assert text(found) == " ".join(["A lab Make tea. 3 were run"] * 2)
    assert found.count('<a href="labs/a.html">A lab</a>') == 2
    assert found.count('<li class="lab-run">') == 2
    label = View(fate="run", said="was run", more=["on `arm`"], href="a.sh", name="block.sh")
    found = html("lab-label", view=label)
    assert '<p class="lab-label lab-run"' in found
    assert text(found) == "was run on arm (lab-download block.sh)"
    assert '<a href="a.sh" download="block.sh">(lab-download block.sh)</a>' in found
    assert "<a" not in html("lab-label", view=but(label, href=""))


def test_small_parts_with_and_without_what_they_lead_to() -> None:
    status = View(title="Closed", date="2026-04-07", text="Since then.", href="changes.html#x")
    assert text(html("status", view=status)) == "Closed (2026-04-07). Since then. (status-see)"
    assert '<a href="changes.html#x">' in html("status", view=status)
    assert '<time datetime="2026-04-07">' in html("status", view=status)
    corrected = [View(date="2024-06-01", text="A `pot` is larger.")] * 2
    assert text(html("corrections", view=corrected)) == " ".join(
        ["(corrections 2)", *["2024-06-01: A pot is larger."] * 2]
    )
    assert "<a" not in html("status", view=but(status, href=""))
    tally = View(lines="Lines 1–9", ours=2, verdicts=[View(name="wrong", word="Wrong", count=3)])
    assert text(html("tally", view=tally)) == "Lines 1–9 3 wrong 2 (tally-ours) (show-all)"
    assert "tally-ours" not in html("tally", view=but(tally, ours=0))
    term = View(
        id="t", name="Leaf", definition="A `leaf`.", others=["blade", "frond"], proof=SURE,
        page=View(href="b.html", title="B"),
    )  # fmt: skip
    assert text(html("terms", view=[term])) == "Leaf A leaf. (also blade, frond) B holds there"
    bare = html("terms", view=[but(term, others=[], page=None, proof=NO_PROOF)])
    assert text(bare) == "Leaf A leaf."
    assert '<div id="t">' in bare
    assert '<a href="b.html">B</a>' in html("terms", view=[term])
    assert "<small" not in bare


FACTS = View(
    url="https://a.test/ko/", site="https://a.test/", name="Tea & leaf", licence="CC", language="ko"
)


def test_machines_are_told_addresses_only_where_the_site_has_one() -> None:
    given = {
        "root": "../", "feed": "feed.xml", "title": "T", "description": "D", "url": "x.html",
        "card": "assets/cards/x.png", "speculation": {}, "data": [{"a": "</script>"}],
    }  # fmt: skip
    found = html("head", facts=FACTS, **given)
    for wanted in (
        'href="../opensearch.xml" title="Tea &amp; leaf"',
        'href="../feed.xml"',
        'content="https://a.test/ko/x.html"',
        'property="og:title" content="T"',
        'property="og:description" content="D"',
        'property="og:site_name" content="Tea &amp; leaf"',
        '<script type="speculationrules">{}</script>',
        'title="(feed-title Tea &amp; leaf)"',
        'content="https://a.test/assets/cards/x.png"',
        'content="summary_large_image"',
    ):
        assert wanted in found, wanted
    assert "</script>" not in found.partition("ld+json")[2].partition("}")[0]
    assert "twitter:card" not in html("head", facts=FACTS, **{**given, "card": ""})
    assert "feed" not in html("head", facts=FACTS, **{**given, "feed": ""})
    bare = html("head", facts=but(FACTS, url=""), **given)
    assert "og:" not in bare
    assert "opensearch" not in bare
    assert "ld+json" in bare


def test_a_feed_names_its_licence_where_there_is_one() -> None:
    entry = View(id="i", title="T", url="https://a.test/#x", updated="2026-04-07", text="W & v")
    given = {
        "entries": [entry],
        "title": "Feed",
        "address": "https://a.test/f",
        "home": "https://a.test/",
    }
    found = html("feed", facts=FACTS, **given)
    for wanted in (
        "<title>Feed</title>",
        "<id>https://a.test/f</id>",
        '<link rel="self" type="application/atom+xml" href="https://a.test/f"/>',
        '<link rel="alternate" type="text/html" href="https://a.test/"/>',
        "<name>Tea &amp; leaf</name>",
        "<rights>CC</rights>",
        '<id>i</id> <title>T</title> <link href="https://a.test/#x"/>',
    ):
        assert wanted in found, wanted
    assert found.count("<updated>2026-04-07</updated>") == 2, "as new as the newest of it"
    assert 'xml:lang="ko"' in found
    assert "<summary>W &amp; v</summary>" in found
    assert "<rights>" not in html("feed", facts=but(FACTS, licence=""), **given)


def test_a_drawing_says_what_it_has_and_can_be_moved_where_it_is_wide() -> None:
    strong = [View(text="Tea", strong=True), View(text=" flows", strong=False)]
    view = View(
        wide=True, dialog=["help"], title="Flow", svg="", arrows=[strong], places=[strong], href="x.svg",
        branches=[View(words="a", under=[View(words="b", under=[])])],
        key=[View(shape=shape, name=shape) for shape in ("box", "sides", "pill", "drum", "hexagon")],
    )  # fmt: skip
    found = html("figure", view=view)
    assert 'data-help="(diagram-help)"' in found
    assert 'tabindex="0" role="region" aria-label="Flow"' in found, "what scrolls is met by keys"
    assert found.count("<b>Tea</b> flows") == 2
    assert '<p class="diagram-title">Flow</p><p class="diagram-head">(diagram-words)</p>' in found
    assert 'aria-label="(diagram-key)"' in found
    assert '<a href="x.svg">(diagram-open)</a>' in found
    assert "hidden>(diagram-enlarge)</button>" in found
    assert 'class="diagram diagram-wide"' in found
    assert "<ul><li>a<ul><li>b</li></ul></li></ul>" in found
    shapes = re.findall(r'<g class="dg-(\w+)">(.*?)</g>', found)
    assert [name for name, _ in shapes] == ["box", "sides", "pill", "drum", "hexagon"]
    assert len({drawn for _, drawn in shapes}) == 5, "each role has its own"
    bare = html("figure", view=but(view, wide=False, arrows=[], places=[], branches=[], key=[]))
    for gone in ("<ol", "<ul", "diagram-wide", "tabindex", "role="):
        assert gone not in bare, gone
    assert 'class="diagram-enlarge" hidden>' in bare
