"""A decision asks one question at a time: its answers are links, the address says them all."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.look.conftest import DESK, PHONE, Open, Published
from tests.look.test_pages import GRAVE
from tests.site_tools import escape, violations

PAGE = "choose/service.html"
ANCHOR = "choose-service"
WEB = f"#{ANCHOR}?kubernetes=no&place=aws&work=web&needs=no&form=image&machines=aws"
TWO = "#table-compute?columns=fargate,lambda"


def title(page: Page) -> Locator:
    return page.locator(".choose-ask")


def answers(page: Page) -> Locator:
    return page.locator(".choose-answers a")


def decision(published: Published) -> dict[str, list[dict[str, object]]]:
    text = (published.folder / PAGE.replace(".html", ".json")).read_text(encoding="utf-8")
    found: dict[str, list[dict[str, object]]] = json.loads(text)
    return found


def test_answers_lead_to_a_service_and_back(opened: Open) -> None:
    page = opened(PAGE)
    first = title(page).inner_text()
    asked = [first]
    for _ in range(9):
        if not answers(page).count():
            break
        answers(page).first.click()
        expect(title(page)).not_to_have_text(asked[-1])
        asked.append(title(page).inner_text())
    assert 4 < len(asked) <= 9
    assert page.locator(".choose-pages a").first.get_attribute("href")
    assert page.locator(".choose-given > ol > li").count() == len(asked) - 1
    page.locator(".choose-ways-back a").first.click()
    expect(title(page)).to_have_text(asked[-2])
    page.go_back()
    expect(title(page)).to_have_text(asked[-1])
    page.locator(".choose-ways-back a").nth(1).click()
    expect(title(page)).to_have_text(first)
    assert page.url.endswith(f"#{ANCHOR}")
    page.go_back()
    expect(title(page)).to_have_text(asked[-1])


def test_an_address_leads_to_the_same_end_in_a_fresh_profile_and_after_a_reload(
    opened: Open,
) -> None:
    page = opened(PAGE + WEB)
    expect(answers(page)).to_have_count(3)
    answers(page).first.click()
    expect(title(page)).to_have_text("ECS Express Mode")
    shared = page.url.partition(".html")[2]
    for other in (opened(PAGE + shared), page):
        if other is page:
            other.reload()
        expect(title(other)).to_have_text("ECS Express Mode")
        assert title(other).evaluate("e => e.getBoundingClientRect().top") < 740, "in sight"


def test_what_is_ruled_out_says_by_which_cell_and_leads_there(opened: Open) -> None:
    page = opened(PAGE + WEB + "&wish=start")
    page.locator(".choose-given button").click()
    reasons = page.locator(".choose-given details[open] li")
    assert reasons.count() > 6
    told = page.locator(".choose-given").inner_text()
    assert "AWS App Runner" in told
    assert "Open to new customers" in told
    reasons.first.locator("a.src").click()
    expect(page.locator(".cs:popover-open")).to_contain_text("read")
    escape(page)
    cell = reasons.first.locator("a:not(.src)")
    fragment = str(cell.get_attribute("href")).partition("#")[2]
    cell.click()
    page.wait_for_url(re.compile(re.escape("#" + fragment)))
    assert page.locator("td:target").count() == 1


def test_an_answer_that_is_asked_no_more_is_left_out_and_that_is_said(opened: Open) -> None:
    page = opened(f"{PAGE}#{ANCHOR}?kubernetes=no&milk=yes&place=moon")
    expect(page.locator(".choose-stale")).to_be_visible()
    expect(title(page)).to_have_text("Where do the machines stand?")
    answers(page).first.click()
    expect(page.locator(".choose-stale")).to_have_count(0)


def test_a_decision_works_from_a_file(published: Published, opened: Open) -> None:
    page = opened("")
    page.goto((published.folder / PAGE).as_uri() + WEB)
    expect(answers(page)).to_have_count(3)
    answers(page).nth(1).click()
    expect(title(page)).to_have_text("Lightsail containers")
    page.go_back()
    expect(answers(page)).to_have_count(3)


def test_the_keyboard_alone_comes_to_an_end(opened: Open) -> None:
    page = opened(PAGE)
    answers(page).first.focus()
    for _ in range(9):
        before = title(page).inner_text()
        page.keyboard.press("Enter")
        expect(title(page)).not_to_have_text(before)
        assert page.evaluate("document.activeElement.matches('.choose-ask')")
        if not answers(page).count():
            break
        page.keyboard.press("Tab")
    expect(page.locator(".choose-pages")).to_be_visible()


@pytest.mark.parametrize("viewport", [PHONE, DESK])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_of_it_is_in_the_way(opened: Open, viewport: dict[str, int], scheme: str) -> None:
    """Axe: a question, an end with all reasons, the whole decision, two columns of a table."""
    page = opened(PAGE + WEB, viewport=viewport, color_scheme=scheme)
    expect(answers(page)).to_have_count(3)
    found = faults(page, ".choose")
    answers(page).first.click()
    page.locator(".choose-given button").click()
    page.locator(".choose-more button").click()
    found += faults(page, ".choose")
    page.goto(page.url.partition("choose/")[0] + "compare/any-two.html" + TWO)
    page.locator(".cmp-f").wait_for()
    found += faults(page, ".md-content")
    assert found == []


def faults(page: Page, within: str) -> list[str]:
    found = violations(page, {"resultTypes": ["violations"]}, [[within]])
    return [f"{v['id']}: {v['nodes'][0]['html'][:90]}" for v in found if v["impact"] in GRAVE]


@pytest.mark.parametrize("viewport", [PHONE, DESK])
def test_nothing_of_it_is_wider_than_the_page(opened: Open, viewport: dict[str, int]) -> None:
    page = opened(PAGE + WEB + "&wish=start", viewport=viewport)
    page.locator(".choose-given button").click()
    page.locator(".choose-more button").click()
    expect(page.locator(".choose-all")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]


def test_without_script_all_ways_stand_there_as_a_list(opened: Open) -> None:
    page = opened(PAGE, viewport=PHONE, java_script_enabled=False)
    assert not page.locator(".choose-now").is_visible()
    ways = page.locator(".choose-all > .choose-ways")
    expect(ways).to_be_visible()
    assert "Do you want Kubernetes?" in ways.inner_text()
    again = ways.locator("a").first
    again.click()
    assert page.locator(":target").is_visible()
    assert page.locator(".choose-reasons a.src").count() > 50


def test_what_a_link_names_among_all_ways_is_shown(opened: Open) -> None:
    page = opened(f"{PAGE}#{ANCHOR}-work")
    expect(page.locator(f"#{ANCHOR}-work")).to_be_visible()
    assert page.locator(".choose-more button").get_attribute("aria-expanded") == "true"


def test_each_end_of_the_page_is_one_of_the_file(published: Published, opened: Open) -> None:
    """What the file for machines says is ruled out is what the page rules out."""
    told = decision(published)
    page = opened(PAGE)
    shown = page.locator(".choose-reasons > li").evaluate_all(
        "items => items.map(q => [q.dataset.q, [...q.querySelectorAll('[data-a]')].map("
        "a => [a.dataset.a, [...a.querySelectorAll('[data-out]')].map(o => o.dataset.out)])])"
    )
    assert shown == [
        [
            question["id"],
            [
                [answer["id"], [" ".join(each["out"]) for each in answer["rules_out"]]]
                for answer in question["answers"]  # type: ignore[attr-defined]
            ],
        ]
        for question in told["questions"]
    ]


def test_the_scripts_that_come_with_first_use_are_small(published: Published) -> None:
    later = [
        *published.folder.glob("assets/tables.*.js"),
        *published.folder.glob("assets/choose.*.js"),
    ]
    assert len(later) == 2
    assert sum(len(gzip.compress(Path(file).read_bytes(), 9)) for file in later) < 10_000


def test_any_two_stand_side_by_side(opened: Open) -> None:
    page = opened("compare/any-two.html")
    whole = page.locator("thead th:visible").count()
    assert whole > 12
    first, second = page.locator(".pair select").all()
    assert first.input_value() == second.input_value() == ""
    first.select_option("fargate")
    second.select_option("lambda")
    expect(page.locator("thead th:not(:first-child):visible")).to_have_count(2)
    assert page.url.endswith("#table-compute?columns=fargate,lambda")
    page.locator(".pairs a").nth(1).click()
    heads = page.locator("thead th:not(:first-child):visible")
    expect(heads.nth(1)).to_have_text("ECS on Managed Instances")
    page.go_back()
    expect(heads.nth(1)).to_have_text("Lambda function")
    # The form says what is shown, however that came about.
    expect(first).to_have_value("fargate")
    expect(second).to_have_value("lambda")
    number = page.locator("td:visible a.src").first
    number.click()
    expect(page.locator(".cs:popover-open")).to_contain_text("read")


def test_without_script_the_whole_table_of_any_two_stands_there(opened: Open) -> None:
    page = opened("compare/any-two.html", java_script_enabled=False)
    assert page.locator("tbody tr").first.locator("td:visible").count() > 12
    assert not page.locator(".pair, .pairs").first.is_visible()


def test_a_question_is_found_among_those_of_all_tables(opened: Open) -> None:
    page = opened("compare/index.html")
    rows, tables = page.locator(".all-rows dd a:visible"), page.locator(".all-rows dt:visible")
    assert rows.count() == tables.count() == 0
    field = page.locator(".find-rows input")
    field.fill("Who patches the host?")
    expect(rows).to_have_count(1)
    expect(tables).to_have_count(1)
    field.fill("nothing of that kind")
    expect(page.locator(".find-rows [role=status]")).not_to_be_empty()
    expect(tables).to_have_count(0)
    field.fill("gpu")
    assert rows.count() > 2
    rows.first.click()
    page.wait_for_url(re.compile(r"compare/[\w-]+\.html#"))
    assert page.locator("tr:target").count() == 1


def test_without_script_all_questions_stand_there(opened: Open) -> None:
    page = opened("compare/index.html", java_script_enabled=False)
    assert page.locator(".all-rows dd a:visible").count() > 250
