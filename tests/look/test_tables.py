"""Work with a table: choose, find, copy; the view lives in the address."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.look.conftest import DESK, PHONE, Open, Published
from tests.look.test_pages import faults

TABLE = "compare/ecs-capacity.html"
ANCHOR = "table-ecs-capacity"


def worked(opened: Open, fragment: str = "", **options: object) -> Page:
    page = opened(TABLE + fragment, **options)
    if not fragment:
        page.locator(".cmp-b").click()
    panel(page).wait_for()
    return page


def panel(page: Page) -> Locator:
    return page.locator(".cmp-f")


def heads(page: Page) -> list[str]:
    return page.locator("thead th:not(:first-child):visible").all_inner_texts()


def rows(page: Page) -> int:
    return page.locator("tbody tr:visible").count()


def test_columns_and_rows_are_chosen_and_the_address_follows(opened: Open) -> None:
    page = worked(opened)
    everything, all_rows = heads(page), rows(page)
    panel(page).locator("[value=external]").uncheck()
    assert heads(page) == [head for head in everything if "External" not in head]
    panel(page).locator("[name=find]").fill("gpu")
    assert 0 < rows(page) < all_rows
    assert page.url.endswith(f"#{ANCHOR}?columns=ec2,fargate,managed-instances&find=gpu"), page.url
    panel(page).locator("[name=find]").fill("nothing like that")
    expect(panel(page).locator("[role=status]")).to_have_text(re.compile("No row"))
    panel(page).locator("[type=reset]").click()
    assert (heads(page), rows(page)) == (everything, all_rows)
    assert page.url.endswith(f"#{ANCHOR}")


def test_one_column_stays(opened: Open) -> None:
    page = worked(opened)
    for box in panel(page).locator("[name=columns]").all():
        box.click()
    assert len(heads(page)) == 1


def test_a_view_is_found_again_by_its_address_on_reload_and_on_the_way_back(opened: Open) -> None:
    fragment = f"#{ANCHOR}?columns=ec2,external&rows=differing&find=e"
    page = worked(opened, fragment)
    seen = heads(page), rows(page)
    assert len(seen[0]) == 2
    assert page.locator(".cmp").evaluate("e => e.getBoundingClientRect().top") < 400, "in sight"
    page.reload()
    panel(page).wait_for()
    assert (heads(page), rows(page)) == seen
    panel(page).locator("[value=fargate]").check()
    assert len(heads(page)) == 3
    page.go_back()
    expect(page.locator("thead th:not(:first-child):visible")).to_have_count(2)
    assert (heads(page), rows(page)) == seen
    page.go_forward()
    expect(page.locator("thead th:not(:first-child):visible")).to_have_count(3)


def test_a_view_opens_from_a_file(published: Published, opened: Open) -> None:
    address = (published.folder / TABLE).as_uri() + f"#{ANCHOR}?columns=ec2,fargate"
    page = opened("")
    page.goto(address)
    panel(page).wait_for()
    assert len(heads(page)) == 2
    panel(page).locator("[name=markdown]").click()
    told = panel(page).locator("textarea, [role=status]:text-is('Copied')").first
    told.wait_for()
    if told.evaluate("e => e.localName") == "textarea":  # the clipboard is not for files
        assert told.input_value().startswith("**Where")


def test_an_address_that_names_a_lost_column_shows_all_and_says_so(opened: Open) -> None:
    page = worked(opened, f"#{ANCHOR}?columns=ec2,gone")
    expect(panel(page).locator("[role=status]")).to_have_text(re.compile("no longer there"))
    assert len(heads(page)) == 4


def test_a_phone_shows_two_columns_first_and_the_cell_that_is_linked_to(opened: Open) -> None:
    page = opened(TABLE, viewport=PHONE)
    cells = page.locator("tbody tr:first-child td:visible")
    assert cells.count() == 2
    assert page.locator(".cmp-b small").inner_text() == "2 of 4 columns"
    page.locator(".cmp-b").click()
    panel(page).wait_for()
    assert cells.count() == 2, "the panel shows what was shown"
    panel(page).locator("[value=external]").check()
    assert cells.count() == 3
    last = page.locator("tbody tr").last.locator("td").last
    anchor = last.get_attribute("id")
    page.goto("about:blank")
    page = opened(f"{TABLE}#{anchor}", viewport=PHONE)
    expect(page.locator("td:target")).to_be_visible()
    assert page.locator("tr:has(:target) td:visible").count() == 3
    assert page.locator("tbody tr:first-child td:visible").count() == 2
    page.locator(".cmp-b").click()
    panel(page).wait_for()
    expect(page.locator("td:target")).to_be_visible()


def test_without_script_a_phone_shows_the_whole_table(opened: Open) -> None:
    page = opened(TABLE, viewport=PHONE, java_script_enabled=False)
    assert page.locator("tbody tr:first-child td:visible").count() == 4
    assert not page.locator(".cmp-b").is_visible()


def test_what_is_shown_is_what_is_copied_and_saved(opened: Open, tmp_path: Path) -> None:
    page = worked(
        opened,
        f"#{ANCHOR}?columns=fargate&find=gpu",
        permissions=["clipboard-read", "clipboard-write"],
    )
    panel(page).locator("[name=markdown]").click()
    expect(panel(page).locator("[role=status]")).to_have_text("Copied")
    text = page.evaluate("navigator.clipboard.readText()")
    lines = [line for line in text.splitlines() if line.startswith("|")]
    assert lines[0] == "| Aspect | Fargate |"
    assert len(lines) == 2 + rows(page)
    assert page.url in text
    with page.expect_download() as download:
        panel(page).locator("[name=csv]").click()
    download.value.save_as(tmp_path / "view.csv")
    saved = (tmp_path / "view.csv").read_bytes()
    assert saved.startswith(b"\xef\xbb\xbfAspect,Fargate\r\n")
    assert saved.count(b"\r\n") == 1 + rows(page)
    assert download.value.suggested_filename == "ecs-capacity.csv"


def test_the_keyboard_opens_the_panel_and_closes_it(opened: Open) -> None:
    page = opened(TABLE)
    button = page.locator(".cmp-b")
    button.focus()
    page.keyboard.press("Enter")
    panel(page).wait_for()
    assert page.evaluate("document.activeElement.name") == "columns"
    assert button.get_attribute("aria-expanded") == "true"
    button.focus()
    page.keyboard.press("Enter")
    panel(page).wait_for(state="hidden")


def test_an_answer_has_an_address_that_its_note_gives(opened: Open) -> None:
    page = opened(TABLE)
    number = page.locator("td .src").nth(5)
    cell = number.evaluate("e => e.closest('td').id")
    number.click()
    page.locator(".cs a", has_text="Link to this cell").click()
    assert page.url.endswith("#" + cell)
    assert page.locator("td:target").count() == 1


def test_a_cell_says_where_it_holds(opened: Open) -> None:
    page = opened(TABLE)
    number = page.locator("a.src[data-holds]").first
    holds = number.get_attribute("data-holds") or ""
    assert re.search(r"^Holds in \S+ \d[\d.]+ \(\d+ \w+ \d{4}\)", holds)
    number.click()
    expect(page.locator(".cs:popover-open")).to_contain_text(holds)
    bare = page.locator("a.src:not([data-holds]):visible").first
    bare.click()
    expect(page.locator(".cs:popover-open")).to_be_visible()
    expect(page.locator(".cs:popover-open")).not_to_contain_text("Holds in")


@pytest.mark.parametrize("viewport", [DESK, PHONE])
def test_nothing_is_in_the_way_of_a_table_at_work(opened: Open, viewport: dict[str, int]) -> None:
    """Axe, with the panel open, with the table reduced, with a cell's sources open."""
    page = worked(opened, viewport=viewport)
    parts = [["figure.cmp"]]
    assert faults(page, within=parts) == []
    panel(page).locator("[name=find]").fill("gpu")
    panel(page).locator("[value=external]").uncheck()
    assert faults(page, within=parts) == []
    panel(page).locator("[name=find]").fill("nothing like that")
    assert faults(page, within=parts) == []
    panel(page).locator("[type=reset]").click()
    page.locator(".src:visible").first.click()
    assert faults(page, within=[*parts, [":popover-open"]]) == []
