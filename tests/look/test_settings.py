"""Readers' own settings: large letters, blocked site data, a dark system, paper."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, Route
from web.browser import find, flags

from tests.conftest import lay_golden
from tests.look.conftest import DESK, Open, Published
from tests.site_tools import mkdocs, until

PAGES = (
    "index.html", "glossary.html", "notes/index.html", "notes/changes.html",
    "compare/ecs-iam-roles.html", "compare/ecs-capacity.html", "ecs/iam-roles.html", "404.html",
)  # fmt: skip

# Parts of the text that are cut off or run out of their box; a few pixels are a letter's own.
CUT = """() => [...document.querySelectorAll(".cmp-t td, .c, .md-typeset :is(p, li, dd, dt, h1, h2, h3)")]
  .filter(e => e.checkVisibility() && e.clientWidth > 20 && e.scrollWidth > e.clientWidth + 9)
  .map(e => e.textContent.slice(0, 40))"""


@contextmanager
def letters(player: Playwright, setting: str) -> Iterator[Page]:
    """A page of a browser that was started with a setting of its own."""
    started = player.chromium.launch(
        executable_path=find(player), args=[*flags(), f"--blink-settings={setting}"]
    )
    yield started.new_page(reduced_motion="reduce", service_workers="block")
    started.close()


@pytest.mark.parametrize(
    ("setting", "widths"),
    [
        ("minimumFontSize=20,minimumLogicalFontSize=20", (320, 360, 768, 1280)),
        ("defaultFontSize=28", (360, 800)),
        ("defaultFontSize=32", (320,)),
    ],
)
def test_large_letters_fit(
    player: Playwright, published: Published, setting: str, widths: tuple[int, ...]
) -> None:
    faults = []
    with letters(player, setting) as page:
        for path in PAGES:
            page.goto(published.address + path, wait_until="domcontentloaded")
            for width in widths:
                page.set_viewport_size({"width": width, "height": 800})
                wide = page.evaluate("document.scrollingElement.scrollWidth")
                if wide > width:
                    faults.append(f"{path} at {width} is {wide} wide")
                faults += [f"{path} at {width} cuts {text!r}" for text in page.evaluate(CUT)]
    assert faults == []


def test_a_label_stands_above_its_value_where_letters_are_large(
    player: Playwright, published: Published
) -> None:
    above = """() => { const td = document.querySelector(".cmp-t td"), text = document.createRange();
      text.selectNodeContents(td);
      const inside = td.getBoundingClientRect(), value = text.getClientRects()[0];
      return value.left - inside.left < 5 && value.top - inside.top > 15; }"""
    for setting, expected in (("defaultFontSize=28", True), ("defaultFontSize=16", False)):
        with letters(player, setting) as page:
            page.set_viewport_size({"width": 360, "height": 800})
            page.goto(published.address + "compare/ecs-iam-roles.html")
            assert page.evaluate(above) is expected, setting


def test_a_long_word_before_a_mark_breaks(browser: Browser, tmp_path: Path) -> None:
    root = lay_golden(tmp_path / "golden")
    source = root / "docs/en/brewing.md"
    text = source.read_text("utf-8")
    word = "Donaudampfschifffahrtsgesellschaftskapitaen"
    assert "[^c-002]" in text
    source.write_text(text.replace("[^c-002]", f" {word}[^c-002]", 1), "utf-8")
    done = mkdocs(root)
    assert done.returncode == 0, done.stderr
    page = browser.new_page(viewport={"width": 320, "height": 700})
    page.goto((root / "site" / "brewing.html").as_uri())
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320
    assert page.locator(".nb:has([popovertarget=pop-002])").bounding_box()
    apart = page.evaluate(
        """() => { const nb = document.querySelector(".nb:has([popovertarget=pop-002])");
          const end = nb.firstChild, range = document.createRange(); range.selectNode(end);
          const word = [...range.getClientRects()].at(-1), mark = nb.querySelector(".mk").getBoundingClientRect();
          return mark.top - word.bottom; }"""
    )
    page.close()
    assert apart < 0, "the mark stays on the line of the word's end"


def test_everything_works_with_site_data_blocked(
    player: Playwright, published: Published, tmp_path: Path
) -> None:
    """As in a browser that refuses all cookies: its storage throws."""
    (tmp_path / "Default").mkdir()
    refuse = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    (tmp_path / "Default" / "Preferences").write_text(json.dumps(refuse))
    context = player.chromium.launch_persistent_context(
        tmp_path, executable_path=find(player, whole=True), args=flags(), viewport=DESK,  # type: ignore[arg-type]
    )  # fmt: skip
    page = context.new_page()
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.goto(published.address + "ecs/iam-roles.html")
    assert page.evaluate("localStorage.getItem('x')") is None, "the stand-in answers"
    assert "Map" not in page.evaluate("Object.prototype.toString.call(localStorage)")
    page.locator("label[for=__palette_1]").click()
    page.locator("label[for=__palette_2]").click()
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    page.keyboard.press("/")
    page.keyboard.type("task role", delay=20)
    page.locator(".md-search-result__link").first.wait_for(timeout=15_000)
    page.keyboard.press("Escape")
    button = page.locator("[data-copy]")
    assert button.is_visible()
    assert page.locator(".md-code__button, .md-clipboard").count() > 0, "code can be copied"
    until(page, "document.querySelector('head > script[src*=offline]')")
    # What it does when the browser is idle is done by the time of a second idle moment.
    page.evaluate("new Promise((done) => requestIdleCallback(() => requestIdleCallback(done)))")
    context.close()
    assert trouble == []


def paper(page: Page) -> str:
    """The colour on which the page is drawn."""
    colour: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return colour


@pytest.mark.parametrize("system", ["light", "dark"])
@pytest.mark.parametrize("chosen", [None, "light", "dark"])
def test_the_first_paint_has_the_right_scheme(
    opened: Open, published: Published, system: str, chosen: str | None
) -> None:
    page = opened("about.html", color_scheme=system)
    if chosen:
        page.locator("label[for=__palette_1]").click()
    if chosen == "dark":
        page.locator("label[for=__palette_2]").click()
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route("**/*.js", hold)  # no script file ever comes
    with page.expect_request("**/*.js"):
        page.goto(published.address + "ecs/iam-roles.html", wait_until="commit")
    page.locator("footer.page-end").wait_for(state="attached")
    dark = (chosen or system) == "dark"
    assert paper(page) == ("rgb(19, 22, 21)" if dark else "rgb(255, 255, 255)")
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") in (
        ("dark",) if dark else ("light", "normal")
    )
    shown = page.locator("label[for^=__palette]:visible")
    assert shown.count() == 1
    names = {None: "Switch to light", "light": "Switch to dark", "dark": "Follow the system"}
    assert shown.get_attribute("title") == names[chosen]


def test_a_page_is_told_its_scheme_once(opened: Open, published: Published) -> None:
    """Told again, the browser styles the whole page again: a slow phone waits for it."""
    page = opened("about.html", color_scheme="dark")
    page.add_init_script("""
        window.said = [];
        new MutationObserver((all) => all.forEach(({ target, attributeName }) => {
          if (target.name === "color-scheme" || attributeName === "data-md-color-scheme")
            said.push(target.localName);
        })).observe(document, { subtree: true, attributes: true });
    """)
    page.goto(published.address + "ecs/iam-roles.html")
    page.locator("html.js").wait_for()
    told = page.evaluate("said")
    assert sorted(told) == sorted(set(told)), told


def test_the_scheme_follows_the_system_and_other_tabs(opened: Open, published: Published) -> None:
    page = opened("about.html", color_scheme="light")
    assert paper(page) == "rgb(255, 255, 255)"
    page.emulate_media(color_scheme="dark")
    page.locator("body[data-md-color-scheme=slate]").wait_for()
    assert paper(page) == "rgb(19, 22, 21)"
    other = page.context.new_page()
    other.emulate_media(color_scheme="dark")
    other.goto(published.address + "index.html")
    other.locator("label[for=__palette_1]").click()
    assert paper(other) == "rgb(255, 255, 255)"
    page.locator("body[data-md-color-scheme=default]").wait_for()
    assert paper(page) == "rgb(255, 255, 255)"
    page.keyboard.press("Tab")
    page.locator("#__palette_1").focus()
    page.keyboard.press("Enter")
    assert paper(page) == "rgb(19, 22, 21)"
    assert page.evaluate("document.activeElement.id") == "__palette_2"
    bar = page.locator("meta[name=theme-color]").get_attribute("content")
    assert bar == "#131615"


def test_a_broken_choice_is_no_choice(opened: Open, published: Published) -> None:
    page = opened("about.html", color_scheme="dark")
    for kept in (
        "{",
        "7",
        '"x"',
        "null",
        '{"index":9}',
        '{"color":{"media":"x"}}',
        '{"color":null}',
    ):
        page.evaluate(
            "kept => localStorage.setItem(new URL('.', location).pathname + '.__palette', kept)",
            kept,
        )
        page.reload(wait_until="domcontentloaded")
        assert paper(page) == "rgb(19, 22, 21)", kept
        assert page.locator("label[for^=__palette]:visible").count() == 1, kept


def test_shapes_are_seen_where_the_system_forces_its_colours(opened: Open) -> None:
    for path in ("notes/index.html", "compare/ecs-capacity.html"):
        page = opened(path, forced_colors="active")
        shapes = page.locator(".i:visible").evaluate_all(
            """parts => { const probe = document.body.appendChild(document.createElement("i"));
              probe.style.color = "CanvasText"; const ink = getComputedStyle(probe).color;
              return parts.map(e => [e.className, getComputedStyle(e, "::before").backgroundColor === ink]); }"""
        )
        assert len(shapes) > 5
        assert [name for name, seen in shapes if not seen] == []
