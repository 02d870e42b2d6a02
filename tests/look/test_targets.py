"""Where a link leads is in sight: every place that has an address, at the width of phone and desk."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.look.conftest import DESK, PHONE, Open, Published
from tests.site_tools import documents
from tools.shots.__main__ import kinds

# Go to each place; it is in sight if its upper edge is on the screen and nothing lies upon it.
HIDDEN = """async names => {
  const frame = () => new Promise(requestAnimationFrame);
  const fault = name => {
    const target = document.getElementById(name);
    const box = [...target.getClientRects()].find(rect => rect.height && rect.width);
    if (!box) return name + " has no place";
    if (box.top < 0 || box.top > innerHeight - 10) return `${name} is at ${box.top}`;
    const over = document.elementFromPoint(Math.max(box.left, 0) + 3, box.top + 3);
    const clear = over && (target.contains(over) || over.contains(target) || over.closest("p, li, td, th"));
    const bar = over && [...document.querySelectorAll(".md-header, .filter, .cmp-t thead")]
      .find(part => part.contains(over) && !part.contains(target));
    return clear && !bar ? "" : `${name} at ${box.top} is under ${over && over.outerHTML.slice(0, 80)}`;
  };
  const found = [];
  for (const name of names) {
    location.replace("#" + name);
    let wrong = fault(name);
    for (let i = 0; wrong && i < 6; i++) { await frame(); wrong = fault(name); }
    if (wrong) found.push(wrong);
  }
  await frame(); await frame();
  return [...found, fault(names.at(-1))].filter(Boolean);
}"""


def places(published: Published) -> dict[str, list[str]]:
    """What has an address, by page: of each kind of element the first, the middle and the last.

    Those are ids that a link of the site leads to, and every heading and row.
    """
    pages = documents(published.folder)
    linked = {link.rpartition("#")[2] for page in pages.values() for _, _, link in page.links}
    found = {}
    for path, page in pages.items():
        of_tag: dict[str, list[str]] = {}
        for tag, attributes in page.tags:
            name = attributes.get("id", "")
            addressed = name in linked or tag in {"h2", "h3", "li", "tr", "note-part"}
            # The questions come later, with the address: test_practice.py looks where that leads.
            if name and addressed and not name.startswith(("__", "v-", "t-", "practice")):
                of_tag.setdefault(tag, []).append(name)
        chosen = (names[i] for names in of_tag.values() for i in (0, len(names) // 2, -1))
        found[path] = list(dict.fromkeys(chosen))
    return found


def test_every_place_is_in_sight(opened: Open, published: Published) -> None:
    """On a phone on every page; at a desk, which has room, on one of each kind and language."""
    page = opened("index.html")
    hidden = []
    one_of_each_kind = kinds(published.folder).values()
    for path, names in places(published).items():
        if not names:
            continue
        page.goto(published.address + path, wait_until="domcontentloaded")
        for viewport in (PHONE, DESK) if path in one_of_each_kind else (PHONE,):
            page.set_viewport_size(viewport)  # type: ignore[arg-type]
            faults = page.evaluate(HIDDEN, names)
            hidden += [f"{path} at {viewport['width']}: {fault}" for fault in faults]
    assert hidden == []


def current(page: Page) -> str:
    active = page.locator(".md-sidebar--secondary .md-nav__link--active")
    return (active.last.get_attribute("href") or "") if active.count() else ""


@pytest.mark.parametrize("path", ["notes/index.html", "ecs/iam-roles.html", "glossary.html"])
def test_the_contents_mark_the_section_that_a_link_leads_to(opened: Open, path: str) -> None:
    page = opened(path)
    links = page.locator(".md-sidebar--secondary .md-nav__link[href^='#']").all()
    for link in [links[0], links[1], links[len(links) // 2]]:
        href = link.get_attribute("href") or ""
        link.click()
        for _ in range(100):  # rows that come near get their true height meanwhile
            page.evaluate("() => new Promise(requestAnimationFrame)")
            if current(page) == href:
                break
        assert current(page) == href
