"""Take pictures of the built site: ``python tools/shots [SITE] [FOLDER]``.

One page of each kind in each language, at three widths, light and dark; of a page with marks also
with a note open and with all notes. They are for looking at: nothing compares them.
"""

from __future__ import annotations

import re
import sys
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

from web.browser import BrowserError, launch  # noqa: E402
from web.server import serving  # noqa: E402

WIDTHS = (360, 768, 1280)
SCHEMES = ("light", "dark")
#: What makes a page look different from another.
PARTS = ("hero", "tally", "cmp", "diagram", "rows", "chg", "gl", "nf")


def kinds(site: Path) -> dict[str, str]:
    """Return one page of each kind: a name for its pictures, and its path."""
    found: dict[str, str] = {}
    for file in sorted(site.rglob("*.html")):
        path = file.relative_to(site).as_posix()
        html = file.read_text(encoding="utf-8")
        kind = re.search(r"\bkind-(\w+)", html)
        classes = set(
            re.findall(r"[\w-]+", " ".join(re.findall(r'\bclass=("[^"]*"|\S+?)[\s>]', html)))
        )
        language = re.search(r'<html[^>]* lang="?([\w-]+)', html)
        signature = (
            language[1] if language else "",
            kind[1] if kind else "",
            *(part for part in PARTS if part in classes),
        )
        found.setdefault(" ".join(signature), path)
    return {path.removesuffix(".html").replace("/", "-"): path for path in found.values()}


def shoot(browser: Browser, address: str, pages: dict[str, str], folder: Path) -> int:
    """Take all pictures into `folder` and return how many."""
    count = 0
    for width, scheme in product(WIDTHS, SCHEMES):
        context = browser.new_context(
            viewport={"width": width, "height": 800 if width < 500 else 900},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
        )
        page = context.new_page()
        for name, path in pages.items():
            page.goto(address + path, wait_until="load")
            stem = f"{name}-{width}-{scheme}"
            page.screenshot(path=folder / f"{stem}.png", full_page=True)
            count += 1 + _states(page, folder / stem)
        context.close()
    return count


def _states(page: Page, stem: Path) -> int:
    """The states of a page with marks: a note open, all notes in the text."""
    mark = page.locator(".mk:visible").first
    if not mark.count():
        return 0
    mark.click()
    page.screenshot(path=f"{stem}-note.png")
    page.keyboard.press("Escape")
    box = page.locator(".showall")
    if not box.count():
        return 1
    box.check()
    page.screenshot(path=f"{stem}-notes.png", full_page=True)
    return 2


def main(arguments: list[str]) -> int:
    """Take the pictures; print one sentence and return 1 if that is not possible."""
    site = Path(arguments[0] if arguments else ROOT / "site")
    folder = Path(arguments[1] if len(arguments) > 1 else ROOT / "shots")
    if not (site / "index.html").exists():
        print(
            f"No built site at {site}: run `make build` first, or name its folder.", file=sys.stderr
        )
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with sync_playwright() as playwright, serving(site) as address:
            browser = launch(playwright)
            count = shoot(browser, address, kinds(site), folder)
            browser.close()
    except BrowserError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Pictures in {folder}: {count}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
