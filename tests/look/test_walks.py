"""Walks: one page, opened once, taken through everything that its controls can do to it.

Where a page has one table, decision or drawing, a second comes from another page: what is done to
one may not touch the other.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.look.conftest import Open
from tests.site_tools import escape, until

TABLE = "compare/ecs-capacity.html"
ANCHOR = "table-ecs-capacity"

#: Put a part of another page at the end of this one, as if it had been written there.
ADD = """async ([address, selector]) => {
  const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
  document.querySelector(".page").append(document.adoptNode(page.querySelector(selector)));
}"""
#: Whether a click with a key held down is left to the browser, which opens a tab or a window.
LEFT = """link => ["ctrlKey", "metaKey", "shiftKey", "altKey"].map(key => {
  let left;
  const see = event => { left = !event.defaultPrevented; event.preventDefault(); };
  addEventListener("click", see);
  link.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, [key]: true }));
  removeEventListener("click", see);
  return left;
})"""


def expanded(numbers: Locator) -> list[int]:
    """Which of some numbers say that they are open."""
    told = numbers.evaluate_all("all => all.map(e => e.getAttribute('aria-expanded'))")
    return [n for n, said in enumerate(told) if said == "true"]


def test_one_number_at_a_time_shows_its_sources(opened: Open) -> None:
    page = opened(TABLE)
    page.evaluate(ADD, ["ecs-storage.html", "figure.cmp"])
    numbers, note = page.locator(f"#{ANCHOR} td .src"), page.locator(".cs:popover-open")
    one, other = numbers.nth(2), numbers.nth(9)
    one.click()
    other.click()
    expect(note).to_have_count(1)
    assert expanded(numbers) == [9], "the first says no longer that it is open"
    page.keyboard.press("Escape")
    expect(other).not_to_have_attribute("aria-expanded", "true")
    one.press("Enter")
    other.press("Enter")  # which closes nothing beforehand, as a press of the mouse does
    expect(note).to_have_count(1)
    assert expanded(numbers) == [9]
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('.cs:popover-open')"), "its links follow"
    page.keyboard.press("Escape")
    expect(other).to_be_focused()
    assert expanded(numbers) == []

    assert one.evaluate(LEFT) == [True] * 4
    expect(note).to_have_count(0)
    one.evaluate("e => { e.insertAdjacentHTML('afterend', '<a class=src href=#nowhere>9</a>'); }")
    page.locator("[href='#nowhere']").click()
    assert page.url.endswith("#nowhere"), "a number without a list is a link"
    expect(note).to_have_count(0)

    second = page.locator("figure.cmp").nth(1)
    number = second.locator("td .src").first
    source = second.locator(number.get_attribute("href") or "")
    number.click()
    expect(second.locator(".cs:popover-open a").first).to_have_text(
        source.locator("a").text_content() or ""
    )
    expect(note).to_have_count(1)


def columns(figure: Locator) -> int:
    return figure.locator("thead th:not(:first-child):visible").count()


def test_two_tables_of_a_page_are_worked_with_apart(opened: Open) -> None:
    page = opened(TABLE)
    page.evaluate(ADD, ["ecs-storage.html", "figure.cmp"])
    one, other = page.locator("figure.cmp").all()
    whole, second = columns(one), other.get_attribute("id")
    form, find = one.locator(".cmp-f"), one.locator("[name=find]")
    one.locator(".cmp-b").click()
    form.wait_for()
    assert other.locator(".cmp-f:visible").count() == 0
    assert form.locator("input").first.evaluate("e => e === document.activeElement")
    form.locator("[value=external]").uncheck()
    assert (columns(one), columns(other)) == (whole - 1, columns(other))
    rows = one.locator("tbody tr").count()
    expect(form.locator("[role=status]")).to_have_text(
        f"Rows: {rows} of {rows}. Columns: {whole - 1} of {whole}"
    )
    # The other table opens by an address; the first is whole again, since the address says so.
    page.evaluate("id => { location.hash = `#${id}?find=zone`; }", second)
    other.locator(".cmp-f").wait_for()
    expect(one.locator("thead th:visible")).to_have_count(whole + 1)
    assert 0 < other.locator("tbody tr:visible").count() < other.locator("tbody tr").count()
    page.go_back()
    expect(one.locator("thead th:visible")).to_have_count(whole)
    assert other.locator("tbody tr:visible").count() == other.locator("tbody tr").count()

    # Enter in the field sends nothing anywhere.
    at = page.url
    find.press("Enter")
    assert page.url == at

    # A word in one table, one in the other, one in the first again: three steps.
    for field, word in ((find, "gp"), (other.locator("[name=find]"), "zo"), (find, "u")):
        field.press_sequentially(word)
    for figure, word in ((second, "zo"), (ANCHOR, "gp")):
        page.go_back()
        until(page, f"location.hash.endsWith('find={word}')")
        assert f"#{figure}?" in page.url
    # What is typed after a step back is a step of its own: nothing is overwritten.
    page.go_back()
    expect(find).to_have_value("")
    page.go_forward()
    expect(find).to_have_value("gp")
    find.press_sequentially("u")
    page.go_back()
    expect(find).to_have_value("gp")

    # Where the clipboard refuses, the text stands there to be copied by hand, once.
    page.evaluate(
        "() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }"
    )
    for _ in range(2):
        form.locator("[name=markdown]").click()
        area = form.locator("textarea")
        expect(area).to_be_focused()
        text = area.input_value()
        assert (
            area.evaluate("e => e.readOnly && e.value.slice(e.selectionStart, e.selectionEnd)")
            == text
        )
    assert text.splitlines()[-1] == f"<{page.url}>"


DECISION, CHOOSE = "choose/service.html", "choose-service"


def test_two_decisions_of_a_page_are_taken_apart(opened: Open) -> None:
    page = opened(DECISION)
    page.evaluate(ADD, ["storage.html", "section.choose"])
    one, other = page.locator("section.choose").all()
    beginning = [each.locator(".choose-ask").inner_text() for each in (one, other)]
    # All ways come and go with their button, which says what it does next.
    button, all_of_it = one.locator(".choose-more button"), one.locator(".choose-all")
    words = button.inner_text()
    for shown in ("true", "false", "true"):
        button.click()
        expect(button).to_have_attribute("aria-expanded", shown)
        assert all_of_it.is_visible() is (shown == "true")
        assert (button.inner_text() == words) is (shown == "false")
    assert not other.locator(".choose-all").is_visible()
    # A way that is shown stays so where a link leads into it.
    page.evaluate(f"location.hash = '#{CHOOSE}-work'")
    expect(button).to_have_attribute("aria-expanded", "true")

    one.locator(".choose-answers a").first.click()
    expect(one.locator(".choose-ask")).not_to_have_text(beginning[0])
    expect(one.locator(".choose-ask")).to_be_focused()
    first = one.locator(".choose-ask").inner_text()
    assert other.locator(".choose-ask").inner_text() == beginning[1]
    other.locator(".choose-answers a").first.click()
    expect(other.locator(".choose-ask")).not_to_have_text(beginning[1])
    expect(one.locator(".choose-ask")).to_have_text(beginning[0])
    page.go_back()
    expect(one.locator(".choose-ask")).to_have_text(first)
    expect(other.locator(".choose-ask")).to_have_text(beginning[1])
    # An answer can be changed: the link of an answer leads to its question.
    one.locator(".choose-given > ol > li > a").first.click()
    expect(one.locator(".choose-ask")).to_have_text(beginning[0])
    expect(one.locator(".choose-ask")).to_be_focused()


def test_a_question_is_answered_in_its_own_list(opened: Open) -> None:
    page = opened("practice/ecs.html")
    lists = page.locator(".quiz")
    lists.nth(1).locator(".q-o button").first.wait_for()
    told = page.locator(".q-s")
    assert told.count() == lists.count() > 2
    question = lists.nth(1).locator(".q").nth(1)
    wrong = question.locator(".q-a li").evaluate_all(
        "all => all.findIndex(e => !e.classList.contains('right'))"
    )
    question.locator(".q-o button").nth(wrong).click()
    expect(told.nth(1)).not_to_be_empty()
    assert [text for n, text in enumerate(told.all_inner_texts()) if n != 1 and text] == []
    assert page.locator("details[open]").count() == 1
    assert page.locator("[aria-pressed=true]").count() == 1
    chosen = question.locator(".q-a li.chosen")
    assert chosen.count() == 1
    assert chosen.evaluate("e => [...e.parentNode.children].indexOf(e)") == wrong

    # What is right keeps its ground, and what is wrong its stroke, whatever the pointer is on.
    right, ground = question.locator(".is-right"), "e => getComputedStyle(e).backgroundColor"
    page.mouse.move(0, 0)
    before = right.evaluate(ground)
    plain = question.locator(".q-o button:not(.is-right)").first
    assert before != plain.evaluate(ground)
    right.hover()
    assert right.evaluate(ground) == before
    struck = question.locator(".is-wrong")
    struck.hover()
    assert "line-through" in struck.evaluate("e => getComputedStyle(e).textDecorationLine")

    # Paper does not tell beside a question what was chosen on the screen.
    page.mouse.move(0, 0)
    page.emulate_media(media="print")
    styles = question.locator(".q-o button").evaluate_all(
        "all => all.map(e => { const s = getComputedStyle(e);"
        " return [s.backgroundColor, s.color, s.fontWeight, s.textDecorationLine].join(); })"
    )
    assert len(set(styles)) == 1, styles
    assert page.locator(".q-a > summary:visible, .practice-all:visible").count() == 0


def test_a_link_to_questions_is_a_link(opened: Open) -> None:
    page = opened("ecs/fargate.html")
    link = page.locator("[data-practice]")
    assert link.evaluate(LEFT) == [True] * 4
    assert page.locator(".q").count() == 0
    page.evaluate("location.hash = '#practice-that-is-gone'")
    expect(page.locator("#practice-title")).to_be_focused()
    expect(page.locator("#practice-title")).to_be_in_viewport()
    page.evaluate("location.hash = '#practice'")  # which are there by now
    expect(page.locator(".q-s")).to_have_count(1)


SEEN = "document.querySelector('dialog svg').getAttribute('viewBox').split(' ').map(Number)"
#: A finger on the drawing, as a screen tells of it.
TOUCH = """([name, id, x, y]) => {
  const stage = document.querySelector(".diagram-stage");
  stage.setPointerCapture = () => {};
  stage.dispatchEvent(new PointerEvent(name,
    { pointerId: id, pointerType: "touch", clientX: x, clientY: y, bubbles: true }));
}"""


def test_each_drawing_opens_alone_and_gives_the_focus_back(opened: Open) -> None:
    page = opened("ecs/networking.html")
    dialog, bar = page.locator("dialog[open]"), page.locator(".diagram-dialog-bar")
    closes: list[Callable[[], None]] = [
        lambda: bar.get_by_role("button", name="Close").click(),
        lambda: page.keyboard.press("Escape"),
        # A press beside what stands in the window meets the dialog itself.
        lambda: page.locator("dialog").dispatch_event("click"),
    ]
    figures = page.locator("figure.diagram").all()
    assert len(figures) == 2
    for figure, close in zip([*figures, figures[0]], closes, strict=True):
        button = figure.locator(".diagram-enlarge")
        button.click()
        expect(page.locator(".diagram-dialog-title")).to_have_text(
            figure.locator(".diagram-title").inner_text()
        )
        box = (figure.locator(".diagram-drawing svg").get_attribute("viewBox") or "").split()
        left, top, width, height = page.evaluate(SEEN)
        assert (width, height) == (float(box[2]) + 16, float(box[3]) + 16), "whole"
        for name, nearer in (("Zoom in", True), ("Zoom out", False)):
            before = page.evaluate(SEEN)[2]
            bar.get_by_role("button", name=name).click()
            assert (page.evaluate(SEEN)[2] < before) is nearer, name
        assert page.evaluate(SEEN) == [left, top, width, height]
        help_text = page.locator(".diagram-stage").evaluate(
            "e => document.getElementById(e.getAttribute('aria-describedby')).textContent"
        )
        assert "Drag" in help_text
        named = page.locator("dialog svg").evaluate(
            "e => ['aria-labelledby', 'aria-describedby'].map(name =>"
            " !!document.getElementById(e.getAttribute(name)).closest('dialog'))"
        )
        assert named == [True, True], "it is named by its own words"
        close()
        expect(dialog).to_have_count(0)
        expect(button).to_be_focused()
        # A browser says that a window has closed a moment after it has.
        until(page, "!document.documentElement.classList.contains('diagram-open')")


def test_keys_and_fingers_move_a_drawing_as_far_as_they_are_meant_to(opened: Open) -> None:
    page = opened("ecs/iam-roles.html")
    page.locator(".diagram-enlarge").first.click()
    whole = page.evaluate(SEEN)

    def press(key: str) -> list[float]:
        page.keyboard.press(key)
        found: list[float] = page.evaluate(SEEN)
        return found

    # The same key without Shift, as keyboards have them.
    assert press("=")[2] < whole[2]
    assert press("_") == whole
    near = press("+")
    # The browser's own: to zoom the page, to go back.
    for key in ("Control+-", "Alt+ArrowLeft", "Meta+0"):
        assert press(key) == near, key
    for key, axis, more in (("Right", 0, 1), ("Left", 0, -1), ("Down", 1, 1), ("Up", 1, -1)):
        before = page.evaluate(SEEN)
        after = press("Arrow" + key)
        assert (after[axis] - before[axis]) * more > 0, key
        assert after[1 - axis] == before[1 - axis], key

    def touch(name: str, finger: int, x: float, y: float = 300) -> list[float]:
        page.evaluate(TOUCH, [name, finger, x, y])
        found: list[float] = page.evaluate(SEEN)
        return found

    # A touch that the system takes away is over: who touches again does not pinch with it.
    touch("pointerdown", 1, 300)
    touch("pointercancel", 1, 300)
    still = page.evaluate(SEEN)
    assert touch("pointermove", 1, 400) == still, "nobody touches any more"
    touch("pointerdown", 2, 500)
    moved = touch("pointermove", 2, 560)
    assert moved[2] == still[2], "one finger moves"
    assert moved[0] < still[0], "with the hand"
    # Two fingers that go the same way move, and what is between them stays between them.
    touch("pointerdown", 3, 660)
    before = touch("pointermove", 3, 660)
    touch("pointermove", 3, 700)
    after = touch("pointermove", 2, 600)
    assert after[2] == pytest.approx(before[2], rel=0.02)
    assert after[0] < before[0]
    # A third finger does nothing of its own.
    touch("pointerdown", 4, 400)
    three = page.evaluate(SEEN)
    assert touch("pointermove", 4, 500) == three
    for finger in (2, 3, 4):
        touch("pointerup", finger, 600)
    # A wheel that counts in lines goes as far as one that counts in pixels.
    widths = []
    for mode, turn in ((0, -48), (1, -3)):
        page.keyboard.press("0")
        page.locator(".diagram-stage").evaluate(
            "(e, [deltaMode, deltaY]) => e.dispatchEvent(new WheelEvent('wheel',"
            " { deltaMode, deltaY, clientX: 600, clientY: 300, bubbles: true, cancelable: true }))",
            [mode, turn],
        )
        widths.append(page.evaluate(SEEN)[2])
    assert widths[0] == widths[1] < whole[2]


def test_a_question_of_any_table_is_found_by_what_people_would_write(opened: Open) -> None:
    page = opened("compare/index.html")
    field, told = page.locator(".find-rows input"), page.locator(".find-rows [role=status]")
    heads, rows = page.locator(".all-rows dt:visible"), page.locator(".all-rows dd a:visible")

    def find(text: str) -> list[str]:
        field.fill(text)
        return [row.lower() for row in rows.all_inner_texts()]

    assert find("gpu") == find("  GPU, ") == find("\uff27\uff30\uff35")
    assert len(find("gpu")) > 1
    assert heads.count() <= rows.count()
    # Small words say nothing, unless there are no others.
    assert find("Is it me who patches our host?") == find("patches host") != []
    assert find("is") != []
    # A column's name and a table's finds its questions; each of several words has to be there.
    lambdas = find("lambda")
    assert lambdas
    word = max(lambdas[0].replace("?", "").split(), key=len)
    assert 0 < len(find(f"lambda {word}")) < len(lambdas)
    assert find("lambda xyzzy") == []
    assert told.inner_text()
    assert find("") == [], "as at the beginning"
    assert not told.inner_text()
    assert heads.count() == 0


def test_two_names_choose_the_columns_of_their_table(opened: Open) -> None:
    page = opened("compare/any-two.html")
    first, second = page.locator("form.pair select").all()
    shown = page.locator("thead th:not(:first-child):visible")
    whole = shown.count()
    assert first.locator("option").all_inner_texts() == second.locator("option").all_inner_texts()
    first.select_option("fargate")
    expect(shown).to_have_count(1)
    assert page.url.endswith("#table-compute?columns=fargate")
    expect(second.locator("option[value=fargate]")).to_be_disabled()  # nothing beside itself
    expect(first.locator("option[value=fargate]")).to_be_enabled()
    page.evaluate("location.hash = '#table-other?columns=fargate,external'")
    expect(first).to_have_value("")  # which is said of another table
    page.go_back()
    expect(first).to_have_value("fargate")
    first.select_option("")
    expect(shown).to_have_count(whole)
    assert page.url.endswith("#table-compute")


def sums(page: Page, figure: str) -> list[str]:
    return page.locator(f"{figure} output").all_inner_texts()


def test_a_price_is_that_of_its_example_in_each_bill(opened: Open) -> None:
    page = opened("costs/index.html")
    name = "#estimate-one-task-or-two"
    figure = page.locator(name)
    # The same line once more in the bill, and another price: a bill may lack several.
    figure.locator("tr:has(input)").first.evaluate(
        "row => { const other = row.cloneNode(true); other.querySelector('input').dataset.price = 'x';"
        " row.after(other); }"
    )
    fields = figure.locator("input")
    others = page.locator(f"figure.cost:not({name}) output").all_inner_texts()
    before = sums(page, name)
    fields.nth(0).fill("0,01")
    price = fields.nth(0).get_attribute("data-price")
    same = figure.locator(f"input[data-price='{price}']")
    assert same.count() > 1
    assert {field.input_value() for field in same.all()} == {"0,01"}
    assert fields.nth(1).input_value() == "", "another price is another number"
    after = sums(page, name)
    assert [n for n, text in enumerate(after) if text == before[n]] == [1]
    assert page.locator(f"figure.cost:not({name}) output").all_inner_texts() == others
    # A line is rounded to a cent, and the total adds up what is shown.
    bill = fields.nth(0).locator("xpath=ancestor::tbody")
    line, total = bill.locator("output").first, bill.locator(".sum output")
    quantity = float(fields.nth(0).get_attribute("data-quantity") or "")
    known = float(bill.get_attribute("data-known") or "")
    cost = round(quantity * 0.01 + 1e-9, 2)
    assert line.inner_text() == f"US${cost:,.2f}"
    assert total.inner_text() == f"US${known + cost:,.2f}"
    fields.nth(0).fill("0")
    assert line.inner_text() == "US$0.00", "nothing is a price, too"
    fields.nth(0).fill("")
    assert sums(page, name) == before


def test_paper_closes_only_what_it_has_opened(opened: Open) -> None:
    page = opened("notes/index.html")
    lists = page.locator("details.fn")
    page.evaluate("document.querySelectorAll('details.fn')[1].open = true")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details.fn:not([open])").count() == 0 < lists.count()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details.fn[open]").count() == 1
    assert lists.nth(1).evaluate("e => e.open")
    # Again, after one more was opened.
    page.evaluate("document.querySelectorAll('details.fn')[0].open = true")
    for event in ("beforeprint", "afterprint"):
        page.evaluate("name => dispatchEvent(new Event(name))", event)
    assert page.locator("details.fn[open]").count() == 2


#: Where the page has scrolled to when nothing moves it any more: as long as place.js may take.
REST = """() => new Promise(done => {
  let frames = 15;
  const next = () => (frames-- ? requestAnimationFrame(next) : done(scrollY));
  next();
})"""


def test_a_reader_stays_where_they_were(opened: Open) -> None:
    page = opened("ecs/iam-roles.html#who-uses-which")
    until(page, "scrollY > 0")
    target = page.evaluate(REST)
    page.evaluate("scrollTo(0, 1500)")
    assert target < 1400
    page.reload()  # the address still names what was left behind
    until(page, "scrollY > 0")
    assert page.evaluate(REST) == pytest.approx(1500, abs=30)
    # A step back within the page leads to where it was read, not to what its address names.
    page.evaluate("location.hash = 'next'")
    until(page, "scrollY > 1600")
    page.go_back()
    until(page, "scrollY < 1600")
    assert page.evaluate(REST) == pytest.approx(1500, abs=30)
    # Who was at the top comes back to the top.
    page.evaluate("scrollTo(0, 0)")
    page.goto(page.url.partition("ecs/")[0] + "about.html")
    page.go_back()
    assert page.evaluate(REST) == 0


def test_both_languages_side_by_side_are_one_page_that_works(opened: Open) -> None:
    page = opened("ecs/storage.html")
    page.locator("[data-beside]").click()
    page.locator(".both-t").first.wait_for()
    twin = page.locator(".both-t")
    loose = page.evaluate(
        """() => [...document.querySelectorAll(".both-t *")].flatMap(part => [...part.attributes])
          .flatMap(({ value }) => [...value.matchAll(/url\\(#([^)]*)\\)/g)].map(found => found[1]))
          .filter(id => !document.getElementById(id)?.closest(".both-t"))"""
    )
    assert loose == [], "a drawing takes its arrowheads from its own column"
    idle = "input, form, script, .cmp-b, .headerlink, button:not([popovertarget])"
    assert twin.locator(idle).count() == 0, "nothing stands there that would do nothing"
    number = twin.locator("a.src").first
    number.click()
    note = page.locator(".cs:popover-open")
    expect(note).to_have_count(1)
    assert "확인" in note.inner_text(), "in its own language"
    escape(page)
    mark = twin.locator("[popovertarget]").first
    if mark.count():
        mark.click()
        expect(twin.locator(":popover-open")).to_have_count(1)
        escape(page)
    page.reload()
    page.locator(".both-t").first.wait_for()
    page.locator("[data-beside][aria-pressed=true]").click()
    expect(page.locator(".both-t")).to_have_count(0)
    assert "beside" not in page.url


def test_the_scheme_is_told_to_the_browser_and_to_pages_that_were_kept(opened: Open) -> None:
    page = opened("about.html", color_scheme="light")

    def told() -> tuple[str, str, str]:
        found = page.evaluate(
            "[document.body.dataset.mdColorScheme, ...['color-scheme', 'theme-color'].map(name =>"
            " document.querySelector(`meta[name=${name}]`).content)]"
        )
        return found[0], found[1], found[2].replace("#ffffff", "#fff")

    light, dark = ("default", "light", "#fff"), ("slate", "dark", "#131615")
    until(page, "document.querySelector('meta[name=theme-color]')")
    assert told() == light
    page.locator("label[for=__palette_1]").click()
    page.locator("label[for=__palette_2]").click()
    assert told() == dark
    assert page.locator("meta[name=theme-color]").count() == 1
    # Another page chose while this one was kept, or was made ready.
    for how in ("window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))",
                "document.dispatchEvent(new Event('prerenderingchange'))"):  # fmt: skip
        page.evaluate("localStorage.clear()")
        page.evaluate(how)
        assert told() == light
        page.locator("label[for=__palette_1]").click()
        page.locator("label[for=__palette_2]").click()
        assert told() == dark
    page.keyboard.press("Tab")
    page.locator("#__palette_2").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "__palette_0", "round and round"


def test_blocks_of_code_are_no_landmarks(opened: Open) -> None:
    page = opened("labs/first-image.html")
    page.locator("article .md-code__nav").first.wait_for(state="attached")
    roles = page.locator("article .md-code__nav").evaluate_all("all => all.map(e => e.role)")
    assert len(roles) > 3
    assert set(roles) == {"group"}
