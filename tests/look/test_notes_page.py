"""The Notes page as published: its filter, and links to what the filter hides."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.look.conftest import DESK, PHONE, Open

VERDICTS = ("correct", "imprecise", "garbled", "outdated", "wrong", "gap", "personal")


def choose(page: Page, verdict: str) -> int:
    """Choose a verdict as a reader does, and return the count that its label tells."""
    label = page.locator(f".filter label:has([value={verdict}])")
    label.click()
    return int(label.locator("b").inner_text())


def shown(page: Page) -> list[str]:
    """The verdicts of the rows that are seen, in words."""
    return [text.strip() for text in page.locator(".row:visible .vd").all_text_contents()]


@pytest.mark.parametrize("width", [360, 1280])
def test_the_filter_shows_one_verdict(opened: Open, width: int) -> None:
    page = opened("notes/index.html", viewport={"width": width, "height": 800})
    everything = page.locator(".row").count()
    total = 0
    for verdict in VERDICTS:
        count = choose(page, verdict)
        assert shown(page) == [verdict.capitalize()] * count
        total += count
        for heading in page.locator(".filter ~ h2:visible").all():
            rows = heading.locator("xpath=following-sibling::*[1]").locator(".row:visible")
            assert rows.count() > 0, f"{verdict}: {heading.inner_text()} heads nothing"
    assert total == everything
    assert choose(page, "all") == everything == len(shown(page))


def test_the_filter_works_without_script(opened: Open) -> None:
    page = opened("notes/index.html", java_script_enabled=False)
    assert len(shown(page)) > choose(page, "wrong") == len(shown(page))
    page.goto(page.url + "#c-001")
    page.locator(".filter label:has([value=wrong])").click()
    assert page.locator("#c-001").is_visible()


def in_sight(page: Page, name: str) -> bool:
    page.wait_for_timeout(50)
    box = page.locator(f"#{name}").bounding_box()
    height = page.viewport_size["height"] if page.viewport_size else 0
    return box is not None and 0 <= box["y"] < height


@pytest.mark.parametrize("viewport", [PHONE, DESK])
def test_a_link_to_a_hidden_row_shows_it(opened: Open, viewport: dict[str, int]) -> None:
    page = opened("notes/index.html#c-003", viewport=viewport)
    hidden = page.locator(".row:not(.r-wrong)").nth(60).get_attribute("id") or ""
    choose(page, "wrong")
    page.evaluate("name => { location.hash = name }", hidden)
    page.locator(f"#{hidden}").wait_for()
    assert in_sight(page, hidden)
    assert page.locator(".filter [value=all]").is_checked()
    # The same place once more: the address does not change, so nothing but the click tells.
    choose(page, "wrong")
    assert not page.locator(f"#{hidden}").is_visible()
    page.evaluate(
        "name => { const link = document.createElement('a'); link.href = '#' + name;"
        " document.querySelector('article').append(link); link.click(); }",
        hidden,
    )
    page.locator(f"#{hidden}").wait_for()
    assert in_sight(page, hidden)


def test_a_section_that_the_filter_hides_opens_from_the_contents(opened: Open) -> None:
    page = opened("notes/index.html")
    choose(page, "personal")
    hidden = page.locator(".filter ~ h2:not(:visible)").first.get_attribute("id") or ""
    page.locator(f".md-sidebar--secondary a[href='#{hidden}']").click()
    page.locator(f"h2#{hidden}").wait_for()
    assert in_sight(page, hidden)


def test_what_the_reader_chose_before_does_not_hide_where_a_link_leads(opened: Open) -> None:
    page = opened("notes/index.html")
    choose(page, "gap")
    page.goto(page.url.replace("index.html", "changes.html"))
    page.go_back()
    page.evaluate("location.hash = 'c-001'")
    page.locator("#c-001").wait_for()
    assert in_sight(page, "c-001")


@pytest.mark.parametrize("edition", ["", "ko/"])
def test_a_desk_shows_all_filters_whichever_is_chosen(opened: Open, edition: str) -> None:
    page = opened(f"{edition}notes/index.html")
    for name in page.locator(".filter label").all():
        name.click()
        hidden = "(line => line.scrollWidth - line.clientWidth)(document.querySelector('.filter fieldset'))"
        assert page.evaluate(hidden) <= 0, name.inner_text()
