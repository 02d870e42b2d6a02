"""Practice in a browser: brought when asked for, answered by mouse, keys and ear, and on paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.look.conftest import DESK, PHONE, Open, Published
from tests.look.test_pages import faults

PAGE = "ecs/fargate.html"
ALL = "practice/ecs.html"
QUESTION = "practice-fargate-network-mode"
LINK = "[data-practice]"


def asked(opened: Open, path: str = PAGE, **options: object) -> Page:
    page = opened(path, **options)
    page.locator(LINK).click()
    page.locator(".q-o button").first.wait_for()
    return page


def question(page: Page) -> Locator:
    return page.locator(f"#{QUESTION}")


def answer(page: Page, text: str) -> Locator:
    return question(page).locator(".q-o button").filter(has_text=text)


def choose_wrongly_then_rightly(page: Page) -> None:
    spoken = page.locator(".q-s").first
    assert not question(page).locator("details").evaluate("e => e.open")
    letters = [text[:2] for text in question(page).locator(".q-o button").all_inner_texts()]
    assert letters == ["A.", "B.", "C."]
    answer(page, "bridge").click()
    expect(answer(page, "bridge")).to_have_attribute("aria-pressed", "true")
    expect(answer(page, "bridge")).to_have_class(re.compile("is-wrong"))
    expect(answer(page, "awsvpc")).to_have_class(re.compile("is-right"))
    expect(spoken).to_have_text(re.compile("^Not so. That is the default of Linux tasks"))
    expect(question(page).locator(".q-a .right")).to_be_visible()
    answer(page, "awsvpc").click()
    expect(answer(page, "bridge")).to_have_attribute("aria-pressed", "false")
    expect(answer(page, "bridge")).not_to_have_class(re.compile("is-wrong"))
    expect(spoken).to_have_text(re.compile("^Right. Network modes, Fargate"))


def test_questions_come_when_they_are_asked_for(opened: Open) -> None:
    page = opened("index.html")
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(page.url.replace("index.html", PAGE))
    page.wait_for_load_state("load")
    expect(page.locator(LINK)).to_have_text("Practice for this page: 4")
    assert not [url for url in fetched if "practice" in url]
    page.locator(LINK).click()
    page.locator(".q-o button").first.wait_for()
    # A page that a link leads to may be fetched ahead meanwhile: it is none of the questions.
    brought = [url for url in fetched if "practice" in url and url.endswith(".js")]
    assert len(brought) == 2, brought
    assert page.locator(".q").count() == 4
    expect(page.get_by_role("heading", name="Practice")).to_be_focused()
    choose_wrongly_then_rightly(page)
    assert page.evaluate("Object.keys(localStorage).concat(Object.keys(sessionStorage))"
                         ".filter((key) => /practice|quiz/.test(key))") == []  # fmt: skip


def test_all_questions_are_chosen_alike_on_their_own_page(opened: Open) -> None:
    page = opened(ALL)
    page.locator(".q-o button").first.wait_for()
    assert page.locator(LINK).count() == 0
    answer(page, "bridge").click()
    expect(page.locator("details[open]")).to_have_count(1)
    # What an answer is can be seen while the pointer is on it, too, as it is after a click.
    ground = "e => getComputedStyle(e).backgroundColor"
    for text in ("awsvpc", "bridge"):
        one = answer(page, text)
        one.click()
        under = one.evaluate(ground)
        page.mouse.move(0, 0)
        right = text == "awsvpc"
        assert (one.evaluate(ground) == under) is right, "only what is not right shows the pointer"


def test_questions_come_from_a_file(published: Published, opened: Open) -> None:
    page = opened("")
    page.goto((published.folder / PAGE).as_uri())
    page.locator(LINK).click()
    page.locator(".q-o button").first.wait_for()
    choose_wrongly_then_rightly(page)


def test_keys_alone_do(opened: Open) -> None:
    page = opened(PAGE)
    page.locator(LINK).focus()
    page.keyboard.press("Enter")
    page.locator(".q-o button").first.wait_for()
    expect(page.locator("#practice-title")).to_be_focused()
    page.keyboard.press("Tab")
    for _ in range(3):  # past the link to the question
        if page.evaluate("document.activeElement.matches('.q-o button')"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator(".q-o button").first).to_be_focused()
    expect(page.locator(".q-s")).to_have_text(re.compile(r"^(Right|Not so)\."))


@pytest.mark.parametrize("path", [ALL, PAGE])
def test_an_address_names_a_question(opened: Open, path: str) -> None:
    page = opened(f"{path}#{QUESTION}")
    question(page).locator("button").first.wait_for()
    expect(question(page)).to_be_in_viewport()


def test_an_address_names_the_questions_of_a_page(opened: Open) -> None:
    page = opened(f"{PAGE}#practice")
    page.locator(".q-o button").first.wait_for()
    expect(page.locator("#practice-title")).to_be_in_viewport()


def test_without_script_the_link_leads_to_questions_with_answers(opened: Open) -> None:
    page = opened(PAGE, java_script_enabled=False)
    page.locator(LINK).click()
    expect(page).to_have_url(re.compile(r"/practice/ecs\.html#practice-fargate$"))
    assert page.locator(".q-o button").count() == 0
    details = question(page).locator("details")
    details.locator("summary").click()
    expect(details.locator(".right")).to_be_visible()
    expect(details.locator("a[href*='docs.aws']").first).to_be_visible()


def test_where_a_script_does_not_come_the_link_leads_to_the_questions(opened: Open) -> None:
    page = opened(PAGE)
    page.route("**/practice-fargate.*.js", lambda route: route.abort())
    page.locator(LINK).click()
    expect(page.locator(".practice [role=alert]")).to_contain_text("could not be loaded")
    page.locator(LINK).click()
    expect(page).to_have_url(re.compile(r"/practice/ecs\.html#practice-fargate$"))


@pytest.mark.parametrize("viewport", [DESK, PHONE])
def test_nothing_is_in_the_way_of_a_question(opened: Open, viewport: dict[str, int]) -> None:
    for dark in (False, True):
        page = asked(opened, viewport=viewport, color_scheme="dark" if dark else "light")
        for chosen in ("bridge", "awsvpc"):
            answer(page, chosen).click()
            assert faults(page, within=[["#practice"]]) == []
        assert page.evaluate("document.scrollingElement.scrollWidth") <= viewport["width"]
        for button in page.locator(".q-o button").all():
            box = button.bounding_box()
            assert box is not None
            assert box["height"] >= 24, "room for a fingertip"


def test_on_paper_answers_stand_upside_down_below_their_question(opened: Open) -> None:
    page = opened(ALL, java_script_enabled=False)
    page.emulate_media(media="print")
    told = question(page).locator(".q-a > div")
    expect(told).to_be_visible()
    assert told.evaluate("e => getComputedStyle(e).rotate") == "180deg"
    below, above = told.bounding_box(), question(page).locator(".q-o").bounding_box()
    assert below is not None
    assert above is not None
    assert below["y"] >= above["y"] + above["height"] - 1
    page = opened(PAGE)
    page.emulate_media(media="print")
    expect(page.locator(LINK)).to_be_hidden()


def test_the_deck_is_where_the_page_says(opened: Open, published: Published) -> None:
    page = opened("practice/index.html")
    with page.expect_download() as download:
        page.locator("a[href$='practice-anki.txt']").evaluate(
            "e => { e.download = ''; e.click(); }"
        )
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert text.startswith("#separator:tab\n")
    assert text == (published.folder / "practice-anki.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [ALL, f"ko/{ALL}"])
def test_answers_stand_below_their_question(opened: Open, path: str) -> None:
    """Not further in, as the theme sets lists, which costs a phone a tenth of its line."""
    page = opened(path, viewport=PHONE)
    page.locator(".q-o button").first.wait_for()
    for part in (".q-o button", ".q-o"):
        assert (
            page.evaluate(
                """part => document.querySelector(part).getBoundingClientRect().left
              - document.querySelector(".q-ask").getBoundingClientRect().left""",
                part,
            )
            == 0
        )
    height = "part => getComputedStyle(document.querySelector(part)).lineHeight"
    assert page.evaluate(height, ".q-o button") == page.evaluate(height, ".q-ask")
