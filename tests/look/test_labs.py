"""Labs on the published site: what is copied is what was run, and labels can be read."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from annotated.records.labs import blocks_of
from annotated.records.pages import read_page
from tests.conftest import ROOT
from tests.look.conftest import PHONE, Open

LABS = sorted(
    file.stem
    for file in (ROOT / "docs" / "en" / "labs").glob("*.md")
    if "\nkind: lab\n" in file.read_text(encoding="utf-8")
)


def copied(page: Page) -> list[str]:
    """What the button of each block copies, in order."""
    found = []
    buttons = page.locator("article .highlight:not(.language-output) button[data-md-type=copy]")
    for number in range(buttons.count()):
        buttons.nth(number).click()
        found.append(page.evaluate("navigator.clipboard.readText()"))
    return found


@pytest.mark.parametrize("name", LABS)
def test_the_copy_button_gives_what_was_run(opened: Open, name: str) -> None:
    page = opened(f"labs/{name}.html", permissions=["clipboard-read", "clipboard-write"])
    page.locator("button[data-md-type=copy]").first.wait_for()
    source = (ROOT / "docs" / "en" / "labs" / f"{name}.md").read_text(encoding="utf-8")
    authored, _ = read_page(f"labs/{name}.md", name, source)
    expected = [block.code.rstrip("\n") for block in blocks_of(authored)]
    assert [text.rstrip("\n") for text in copied(page)] == expected


def test_a_label_stands_below_each_block(opened: Open) -> None:
    page = opened("labs/ecr-repository.html", viewport=PHONE)
    blocks = page.locator("article > .highlight:not(.language-output)").count()
    assert page.locator("article > .lab-label").count() == blocks
    outputs = page.locator(".language-output")
    assert outputs.count()
    assert not outputs.locator(".md-code__nav:visible").count()
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE["width"]
