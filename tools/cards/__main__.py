"""Draw the pictures that other sites show when somebody links to a page: ``python tools/cards``.

One card for each page whose title or marks have changed, and none that nothing uses. Needs a
browser; building the site does not, and a page without its card shows the one of the home page.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "hooks")]

from playwright.sync_api import sync_playwright  # noqa: E402
from web.browser import launch  # noqa: E402

from annotated.project import all_problems, cards_of, open_editions  # noqa: E402
from annotated.records.problems import counted  # noqa: E402
from mkdocs_layout import read_layouts  # noqa: E402

FOLDER = ROOT / "overrides" / "assets" / "cards"


def main() -> int:
    """Draw what is missing, remove what is left over; return 0."""
    opened = open_editions(ROOT, read_layouts(ROOT), date.today())
    if problems := all_problems(opened):
        print(*problems, sep="\n", file=sys.stderr)
        return 1
    wanted = {name: card.html for name, (card, _) in cards_of(opened).items()}
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.png"):
        if old.name not in wanted:
            old.unlink()
            print(f"removed {old.name}")
    missing = {file: html for file, html in wanted.items() if not (FOLDER / file).exists()}
    if not missing:
        print(f"{counted(len(wanted), 'card')}, none missing")
        return 0
    with sync_playwright() as playwright:
        browser = launch(playwright)
        view = browser.new_page(viewport={"width": 1200, "height": 630})
        for number, (file, html) in enumerate(missing.items(), 1):
            view.set_content(html)
            view.screenshot(path=str(FOLDER / file))
            print(f"{number}/{len(missing)} {file}")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
