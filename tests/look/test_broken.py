"""What readers do that nobody planned: impatient, on a bad network, coming back, following old links."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.look.conftest import Open, Published
from tests.site_tools import until

TABLE = "compare/ecs-capacity.html"
VIEW = "#table-ecs-capacity?columns=ec2,fargate"
CHOICE = "choose/service.html#choose-service?kubernetes=no"
PAIR = "compare/any-two.html#table-compute?"
BILL = "costs/index.html"
#: Scripts that come when they are asked for.
LATER = re.compile(r"/(tables|choose|practice|beside)[.-][^/]*\.js")


def stopped(page: Page, part: str) -> list[Route]:
    """Hold back what is asked for by an address with `part`; the test lets it go."""
    held: list[Route] = []
    page.route(f"**/*{part}*", lambda route: held.append(route))  # noqa: PLW0108
    return held


def test_who_presses_again_while_tools_come_opens_them_once(opened: Open) -> None:
    page = opened(TABLE)
    held = stopped(page, "tables.")
    for _ in range(2):
        page.locator(".cmp-b").click(delay=1)
        page.evaluate("document.querySelector('.cmp-b').click()")
    until(page, lambda: held)
    held[0].continue_()
    expect(page.locator(".cmp-f")).to_be_visible()


def test_a_double_click_opens_a_panel(opened: Open) -> None:
    page = opened(TABLE + VIEW)
    panel = page.locator(".cmp-f")
    panel.wait_for()
    page.locator(".cmp-b").click()
    expect(panel).to_be_hidden()
    page.locator(".cmp-b").dblclick()
    expect(panel).to_be_visible()


#: What a reader asks for: a page, what is pressed there, where it is said, and what shows that it came.
ASKED = {
    "table": (TABLE, ".cmp-b", ".cmp [role=alert]", ".cmp-f"),
    "view": (TABLE + VIEW, "", ".cmp [role=alert]", ".cmp-f"),
    "any two": (PAIR + "columns=fargate,external", "", ".cmp [role=alert]", ".cmp-f"),
    "decision": (CHOICE, "", ".choose [role=alert]", ".choose-given"),
    "practice": ("ecs/fargate.html", "p.practice a", ".practice [role=alert]", ".q-o button"),
    "a question": ("ecs/fargate.html#practice-fargate-network-mode", "", ".practice [role=alert]", ".q-o button"),
    "all questions": ("practice/ecs.html", "", ".page > [role=alert]", ".q-o button"),
}  # fmt: skip


def no_network(route: Route) -> None:
    route.abort()


def gone(route: Route) -> None:
    route.fulfill(status=404, body="<!doctype html><p>Not here", content_type="text/html")


def home_instead(route: Route) -> None:
    """As hosts of applications answer, which know no page that is not there."""
    route.fulfill(status=200, body="<!doctype html><p>Home", content_type="text/html")


@pytest.mark.parametrize("refuse", [no_network, gone, home_instead])
@pytest.mark.parametrize("asked", ASKED)
def test_what_does_not_come_is_told_and_asked_for_again(
    browser: Browser, published: Published, asked: str, refuse: Callable[[Route], None]
) -> None:
    path, pressed, told, came = ASKED[asked]
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    page.route(LATER, refuse)
    page.goto(published.address + path)
    if pressed:
        page.locator(pressed).click()
    line = page.locator(told).first
    expect(line).to_contain_text("could not be loaded")
    assert page.url == published.address + path
    page.unroute_all()
    line.locator("button").click()
    expect(page.locator(came).first).to_be_visible()
    expect(page.locator("[role=alert]")).to_have_count(0)
    context.close()


def test_buttons_say_what_did_not_come(opened: Open) -> None:
    page = opened("ecs/fargate.html")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.context.set_offline(True)
    for button in ("[data-copy]", "[data-beside]"):
        page.locator(button).click()
        expect(page.locator(button)).to_have_text("Could not be loaded. Try again")
    page.context.set_offline(False)
    page.locator("[data-copy]").click()
    expect(page.locator("[data-copy]")).to_have_text("Copied")
    page.locator("[data-beside]").click()
    page.locator(".both-t").first.wait_for()
    expect(page.locator("[data-beside]")).to_have_text("Side by side")


def test_who_presses_twice_for_what_never_comes_makes_no_error(opened: Open) -> None:
    page = opened("ecs/fargate.html")
    errors: list[object] = []
    page.on("pageerror", lambda error: errors.append(error))  # noqa: PLW0108
    held = stopped(page, "practice-")
    page.locator("p.practice a").dblclick()
    until(page, lambda: held)
    held[0].abort()
    expect(page.locator(".practice [role=alert]")).to_have_count(1)
    assert not errors


@pytest.mark.parametrize("kept", ["{", "null", "5"])
def test_what_others_keep_under_our_names_is_in_nobodys_way(opened: Open, kept: str) -> None:
    page = opened("about.html")
    page.add_init_script(f"sessionStorage.setItem('place:' + location.pathname, {kept!r});")
    page.goto(page.url.replace("about.html", TABLE))
    page.goto(page.url.replace(TABLE, "about.html"))
    page.go_back()
    page.locator(".cmp-b").click()
    expect(page.locator(".cmp-f")).to_be_visible()


def test_where_questions_do_not_come_all_ways_are_shown(opened: Open) -> None:
    page = opened("choose/service.html")
    page.route("**/*choose.*", lambda route: route.abort())
    page.locator(".choose-answers a").first.click()
    expect(page.locator(".choose-all")).to_be_visible()
    expect(page.locator(".choose-more button")).to_have_attribute("aria-expanded", "true")


@pytest.mark.parametrize("lost", ["**/*beside.*", "**/ko/ecs/fargate.html"])
def test_a_link_to_both_languages_stays_where_it_leads(opened: Open, lost: str) -> None:
    page = opened("about.html")
    tried = []

    def refuse(route: Route) -> None:
        tried.append(route.request.resource_type)
        route.abort()

    page.route(lost, refuse)
    address = page.url.replace("about.html", "ecs/fargate.html")
    page.goto(address + "?beside=ko")
    until(page, lambda: tried)
    expect(page.locator("[data-beside]")).to_have_text("Could not be loaded. Try again")
    expect(page.locator("[data-beside]")).to_have_attribute("aria-pressed", "false")
    assert page.url.startswith(address)
    page.evaluate("new Promise(done => setTimeout(done))")  # what was to come has come
    assert page.url.startswith(address)
    page.unroute_all()
    page.locator("[data-beside]").click()  # whoever presses gets it
    page.locator(".both-t").first.wait_for()


def test_a_view_of_a_table_is_kept_in_the_other_language(opened: Open) -> None:
    page = opened("ecs/storage.html")
    figure = page.locator("figure.cmp").first
    figure.evaluate("e => { location.hash = `#${e.id}?find=a`; }")
    page.locator(".cmp-f").first.wait_for()
    until(page, "scrollY > 0")
    asked = page.url.partition("#")[2]
    page.locator(".md-header [data-edition=ko]").click()
    page.wait_for_url("**/ko/**")
    assert page.url.endswith("#" + asked)


def test_prices_of_ones_own_are_counted_for_who_comes_back(opened: Open) -> None:
    page = opened(BILL)
    field, sums = page.locator(".own input").first, page.locator(".cost output")
    before = sums.all_inner_texts()
    field.fill("0.05")
    after = sums.all_inner_texts()
    assert before != after
    page.goto(page.url.replace(BILL, "about.html"))
    page.go_back()
    expect(field).to_have_value("0.05")
    expect(sums.first).to_have_text(after[0])
    assert sums.all_inner_texts() == after


@pytest.mark.parametrize("typed", ["-5", "1e300", "1,234.5", "5 cents", ",", " "])
def test_what_is_no_price_makes_no_sum(opened: Open, typed: str) -> None:
    page = opened(BILL)
    sums = page.locator(".cost output")
    before = sums.all_inner_texts()
    page.locator(".own input").first.fill(typed)
    assert sums.all_inner_texts() == before


@pytest.mark.parametrize("typed", ["0,05", " .05 ", "\uff10\uff0e\uff10\uff15"])
def test_a_price_is_read_however_it_is_written(opened: Open, typed: str) -> None:
    page = opened(BILL)
    field, total = page.locator(".own input").first, page.locator(".cost output").first
    field.fill("0.05")
    wanted = total.inner_text()
    field.fill("")
    field.press_sequentially(typed)
    assert total.inner_text() == wanted


def chosen(page: Page) -> list[str]:
    return [each.input_value() for each in page.locator("form.pair select").all()]


@pytest.mark.parametrize(
    "view", ["columns=fargate%2Cexternal", "rows=differing&columns=fargate,external"]
)
def test_the_two_names_are_those_that_any_address_says(opened: Open, view: str) -> None:
    assert chosen(opened(PAIR + view)) == ["fargate", "external"]


def test_the_two_names_follow_the_panel(opened: Open) -> None:
    page = opened(PAIR + "columns=fargate,external")
    panel = page.locator(".cmp-f")
    panel.locator("[value=managed-instances]").check()
    panel.locator("[value=fargate]").uncheck()
    assert chosen(page) == ["managed-instances", "external"]
    panel.locator("[type=reset]").click()
    assert chosen(page) == ["", ""]


@pytest.mark.parametrize("view", ["columns=fargate,fargate", "columns=fargate"])
def test_nothing_is_compared_with_itself(opened: Open, view: str) -> None:
    page = opened(PAIR + view)
    first, second = page.locator("form.pair select").all()
    assert chosen(page) == ["fargate", ""]
    assert second.locator("option:disabled").evaluate_all("all => all.map(e => e.value)") == [
        "fargate"
    ]
    assert first.locator("option:disabled").count() == 0
    second.select_option("external")
    expect(first.locator("option:disabled")).to_have_attribute("value", "external")
    first.select_option("")
    expect(second.locator("option:disabled")).to_have_attribute("value", "external")
    expect(first.locator("option:disabled")).to_have_count(0)


def test_questions_come_to_the_end_beside_another_language_too(opened: Open) -> None:
    page = opened("ecs/fargate.html?beside=ko")
    page.locator(".both-t").first.wait_for()
    page.locator("p.practice a").first.click()
    questions, last = page.locator("section.practice"), page.locator(".both > h2").last
    questions.wait_for()
    top = "e => e.getBoundingClientRect().top"
    assert questions.evaluate(top) > last.evaluate(top)


def test_composed_or_not_a_question_is_found(opened: Open) -> None:
    page = opened("ko/compare/index.html")
    field, shown = page.locator(".find-rows input"), page.locator(".all-rows a:visible")
    field.fill("이미지")
    found = shown.count()
    assert found
    field.fill("")
    field.fill(unicodedata.normalize("NFD", "이미지"))
    assert shown.count() == found


@pytest.mark.parametrize("path", ["compare/index.html", "compare/any-two.html"])
def test_paper_has_no_field_to_fill_in(opened: Open, path: str) -> None:
    page = opened(path)
    assert page.locator("article :is(input, select):visible").count()
    page.emulate_media(media="print")
    assert page.locator("article :is(input, select):visible").count() == 0
