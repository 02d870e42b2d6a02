"""Enter in the search box opens the first result of what stands there, however late that comes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.look.conftest import Open
from tests.site_tools import until

BOX = "[data-md-component=search-query]"
#: What the engine says is heard by the page so many milliseconds later.
SLOW = """
window.Worker = class extends Worker {
  set onmessage(heard) {
    super.onmessage = heard && ((event) => setTimeout(heard, window.late || 0, event));
  }
};
"""
LATE = 400
#: By key codes, as input methods send them; the box takes 229 for a key of theirs.
COMPOSED = """
(text) => {
  const input = document.querySelector("[data-md-component=search-query]");
  const say = (kind, type, more) =>
    input.dispatchEvent(new kind(type, { bubbles: true, cancelable: true, ...more }));
  say(CompositionEvent, "compositionstart");
  input.value += text;
  say(InputEvent, "input", { isComposing: true });
  say(KeyboardEvent, "keydown", { key: "Enter", keyCode: 229, isComposing: true });
  say(CompositionEvent, "compositionend", { data: text });
  say(InputEvent, "input");
}
"""
#: Of each edition: what is typed first, and what follows, which leads elsewhere.
TYPED = [("index.html", "task", " role"), ("ko/index.html", "작업", " 역할")]
#: As the theme chooses.
FIRST = """
() => [...document.querySelectorAll(".md-search-result :first-child [href]")]
  .sort((a, b) => b.firstElementChild.dataset.mdScore - a.firstElementChild.dataset.mdScore)[0]?.href
"""


def asked(page: Page, text: str) -> str:
    """Put a text into the box, wait for its answer, and return where its first result leads."""
    before = page.evaluate(FIRST)
    page.locator(BOX).fill(text)
    until(page, lambda: page.evaluate(FIRST) not in (None, before))
    first: str = page.evaluate(FIRST)
    return first


def searching(opened: Open, path: str, early: str, more: str) -> tuple[Page, str]:
    """A page whose box shows the answer to `early`, and where the whole text's first result leads."""
    page = opened(path)
    page.context.add_init_script(SLOW)
    page.reload()
    page.locator(BOX).focus()
    page.keyboard.insert_text("zzxxqq")
    page.locator(".search-note").wait_for()
    page.wait_for_timeout(500)  # the texts have come, which add to what is drawn
    wanted = asked(page, early + more)
    assert asked(page, early) != wanted
    return page, wanted


@pytest.mark.parametrize(("path", "early", "more"), TYPED)
@pytest.mark.parametrize("late", [LATE, 0])
def test_enter_opens_what_is_typed_not_what_is_drawn(
    opened: Open, path: str, early: str, more: str, late: int
) -> None:
    """Late by a slow engine, or by a slow machine: there the answer comes when it comes."""
    page, wanted = searching(opened, path, early, more)
    page.evaluate(f"window.late = {late}")
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 12})
    visits: list[str] = []
    page.on("framenavigated", lambda frame: visits.append(frame.url))
    page.keyboard.insert_text(more)
    page.keyboard.press("Enter")
    if late:  # it has not opened yet: where it has, a second press opens it again
        page.keyboard.press("Enter")
    page.wait_for_url(wanted)
    page.wait_for_timeout(300)
    assert visits == [wanted], "once"


@pytest.mark.parametrize("change", ["Escape", "Tab", "x"])
def test_who_goes_on_has_not_chosen(opened: Open, change: str) -> None:
    page, _ = searching(opened, *TYPED[0])
    before = page.url
    page.evaluate(f"window.late = {LATE}")
    page.keyboard.insert_text(" role")
    page.keyboard.press("Enter")
    page.keyboard.press(change)
    page.wait_for_timeout(2 * LATE)
    assert page.url == before


def test_an_answer_without_results_opens_nothing(opened: Open) -> None:
    page, _ = searching(opened, *TYPED[0])
    before = page.url
    page.evaluate(f"window.late = {LATE}")
    page.locator(BOX).fill("volcano glacier task")
    page.keyboard.press("Enter")
    page.locator(".search-note").wait_for()
    page.wait_for_timeout(200)
    assert page.url == before, "what comes closest is shown, not opened"


def test_enter_that_ends_a_syllable_waits_for_nothing(opened: Open) -> None:
    page, wanted = searching(opened, *TYPED[1])
    before = page.url
    page.evaluate(f"window.late = {LATE}")
    page.evaluate(COMPOSED, TYPED[1][2])
    page.wait_for_timeout(2 * LATE)
    assert page.url == before
    page.keyboard.press("Enter")
    page.wait_for_url(wanted)


@pytest.mark.parametrize("text", [" task role ", '"task role"'])
def test_what_stands_around_the_words_keeps_nobody_waiting(opened: Open, text: str) -> None:
    page, _ = searching(opened, *TYPED[0])
    page.locator(BOX).fill("")
    wanted = asked(page, text)
    page.keyboard.press("Enter")
    page.wait_for_url(wanted)
