"""Steps back and forward: each is one thing that a reader did, and shows what was there."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.look.conftest import Open
from tests.look.test_notes_page import choose
from tests.look.test_tables import ANCHOR, panel, rows, worked


def test_a_word_that_is_typed_is_one_step_between_others(opened: Open) -> None:
    page = worked(opened)
    everything = rows(page)
    find = panel(page).locator("[name=find]")
    panel(page).locator("[name=differing]").check()
    differing = rows(page)
    find.press_sequentially("gpu")
    found = rows(page)
    assert 0 < found < differing <= everything
    panel(page).locator("[value=external]").uncheck()
    find.press_sequentially("s")
    steps = [
        (f"#{ANCHOR}?columns=ec2,fargate,managed-instances&rows=differing&find=gpu", "gpu"),
        (f"#{ANCHOR}?rows=differing&find=gpu", "gpu"),
        (f"#{ANCHOR}?rows=differing", ""),
        ("", ""),
    ]
    for fragment, word in steps:
        page.go_back()
        expect(find).to_have_value(word)
        assert page.url.endswith(f"html{fragment}"), page.url
    assert rows(page) == everything
    for fragment, word in reversed(steps[:-1]):
        page.go_forward()
        expect(find).to_have_value(word)
        assert page.url.endswith(fragment), page.url


def test_a_filter_that_the_browser_kept_does_not_hide_where_the_address_leads(
    opened: Open,
) -> None:
    page = opened("notes/index.html#c-003")
    choose(page, "gap")
    assert not page.locator("#c-003").is_visible()
    page.reload()
    page.locator("#c-003").wait_for()
    choose(page, "gap")
    page.goto(page.url.replace("index.html#c-003", "changes.html"))
    page.go_back()
    page.locator("#c-003").wait_for()
