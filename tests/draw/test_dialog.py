"""The figure in a real browser: large by hand and by keys, whole without script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, Page, sync_playwright
from web.browser import launch

from annotated.publish.drawings import standalone_style, standalone_svg
from annotated.records.drawings import load_drawing
from annotated.records.wording import Words
from annotated.render.diagrams import diagram_figure
from tests.site_tools import escape, until

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "overrides/assets/drawings"
STYLES = ROOT / "overrides/assets/styles"
SCRIPT = ROOT / "overrides/assets/scripts/diagrams.js"
VIEW = "document.querySelector('dialog svg').getAttribute('viewBox')"


def style(name: str) -> str:
    return next(iter(STYLES.glob(f"*{name}.css"))).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = launch(playwright)
        yield started
        started.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A page with one figure, and its drawing beside it, as files."""
    drawing = load_drawing(FOLDER, min(FOLDER.glob("*.svg")).stem)
    assert drawing is not None
    entries = yaml.safe_load((ROOT / "data/words/en.yml").read_text(encoding="utf-8"))["words"]
    figure = diagram_figure(drawing, Words("en", entries), {}, "drawing.svg")
    css = style("tokens") + style("diagrams")
    (tmp_path / "page.html").write_text(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><style>{css}</style>'
        f'<body class="md-typeset"><p><a href="#before">before</a></p>{figure}'
        f"<script>{SCRIPT.read_text(encoding='utf-8')}</script>",
        encoding="utf-8",
    )
    alone = standalone_svg(drawing, standalone_style(style("tokens"), style("diagrams")))
    (tmp_path / "drawing.svg").write_text(alone, encoding="utf-8")
    return tmp_path


@pytest.fixture
def page(browser: Browser, folder: Path) -> Iterator[Page]:
    opened = browser.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.goto((folder / "page.html").as_uri())
    yield opened
    opened.close()
    assert not errors


def test_enter_opens_escape_closes_and_focus_returns(page: Page) -> None:
    button = page.locator(".diagram-enlarge")
    button.press("Enter")
    assert page.locator("dialog[open] svg").is_visible()
    assert page.evaluate("document.activeElement.className") == "diagram-stage"
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(part => part.id)")
    assert len(ids) == len(set(ids))
    escape(page)
    assert button.evaluate("button => button === document.activeElement")


def test_a_click_on_the_drawing_opens_it(page: Page) -> None:
    page.locator(".diagram-drawing").click()
    dialog = page.locator("dialog[open]")
    assert dialog.get_attribute("aria-labelledby") == "diagram-dialog-title"
    dialog.get_by_role("button", name="Close").click()
    assert not page.locator("dialog[open]").count()


def test_keys_wheel_and_drag_change_what_is_seen(page: Page) -> None:
    page.locator(".diagram-enlarge").click()
    seen = [page.evaluate(VIEW)]

    def changed() -> bool:
        seen.append(page.evaluate(VIEW))
        return bool(seen[-1] != seen[-2])

    for key in ("+", "ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp", "-", "+"):
        page.keyboard.press(key)
        assert changed(), key
    page.keyboard.press("0")
    assert page.evaluate(VIEW) == seen[0]
    page.mouse.move(400, 300)
    page.mouse.wheel(0, -400)
    until(page, f"{VIEW} !== '{seen[0]}'")
    seen.append(page.evaluate(VIEW))
    page.mouse.down()
    page.mouse.move(330, 250)
    page.mouse.up()
    assert changed()
    page.get_by_role("button", name="Show all").click()
    assert page.evaluate(VIEW) == seen[0]


def under(page: Page, x: float, y: float) -> tuple[float, float]:
    """The point of the drawing that stands at a point of the screen."""
    point = page.evaluate(
        """([x, y]) => {
          const matrix = document.querySelector('dialog svg').getScreenCTM().inverse();
          const { x: right, y: down } = new DOMPoint(x, y).matrixTransform(matrix);
          return [right, down];
        }""",
        [x, y],
    )
    return (point[0], point[1])


def middle(page: Page) -> tuple[float, float]:
    box = page.locator(".diagram-stage").bounding_box()
    assert box
    return (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def view(page: Page) -> list[float]:
    return [float(part) for part in page.evaluate(VIEW).split()]


def test_what_is_under_the_pointer_stays_there(page: Page) -> None:
    page.locator(".diagram-enlarge").click()
    x, y = middle(page)
    for right, down, turn in ((40, -30, -500), (-50, 40, -300), (30, 20, 200)):
        page.mouse.move(x + right, y + down)
        before, seen = under(page, x + right, y + down), page.evaluate(VIEW)
        page.mouse.wheel(0, turn)
        until(page, f"{VIEW} !== '{seen}'")
        assert (float(seen.split()[2]) > view(page)[2]) == (turn < 0)
        assert under(page, x + right, y + down) == pytest.approx(before, abs=0.2)
    before = under(page, x + 30, y + 20)
    page.mouse.down()
    page.mouse.move(x - 25, y + 60)
    page.mouse.up()
    assert under(page, x - 25, y + 60) == pytest.approx(before, abs=0.2)
    page.mouse.move(x, y)  # nobody holds it any more
    assert under(page, x - 25, y + 60) == pytest.approx(before, abs=0.2)


def test_zoom_and_drag_end_somewhere(page: Page) -> None:
    page.locator(".diagram-enlarge").click()
    whole = view(page)
    page.keyboard.press("-")
    assert view(page) == whole
    for _ in range(12):
        page.keyboard.press("+")
    nearest = view(page)
    assert nearest[2] == pytest.approx(whole[2] / 12, abs=0.1)
    for key, axis in (("ArrowRight", 0), ("ArrowDown", 1)):
        for _ in range(70):
            page.keyboard.press(key)
        end = view(page)
        # The middle of what is seen stays in the drawing.
        assert end[axis] + end[axis + 2] / 2 == pytest.approx(
            whole[axis] + whole[axis + 2], abs=0.1
        )
    for _ in range(12):
        page.keyboard.press("-")
    assert view(page) == whole


def test_two_fingers_zoom(page: Page) -> None:
    page.locator(".diagram-enlarge").click()
    before = page.evaluate(VIEW)
    page.evaluate(
        """() => {
          const stage = document.querySelector('.diagram-stage');
          stage.setPointerCapture = () => {};
          const touch = (name, id, x) => stage.dispatchEvent(new PointerEvent(name,
            { pointerId: id, pointerType: 'touch', clientX: x, clientY: 300, bubbles: true }));
          touch('pointerdown', 1, 380); touch('pointerdown', 2, 420);
          touch('pointermove', 2, 500); touch('pointermove', 1, 300);
          touch('pointerup', 1, 300); touch('pointerup', 2, 500);
        }"""
    )
    width = [float(view.split()[2]) for view in (before, page.evaluate(VIEW))]
    assert width[1] < width[0] / 3


def test_without_script_all_is_there(browser: Browser, folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / "page.html").as_uri())
    assert page.locator(".diagram-drawing svg").is_visible()
    assert page.locator("figcaption ol li").count()
    assert not page.locator(".diagram-enlarge").is_visible()
    page.locator(".diagram-tools a").click()
    assert page.url.endswith("drawing.svg")
    context.close()


@pytest.mark.parametrize(("scheme", "paper"), [("light", "255, 255, 255"), ("dark", "19, 22, 21")])
def test_the_file_alone_follows_the_scheme(
    browser: Browser, folder: Path, scheme: str, paper: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto((folder / "drawing.svg").as_uri())
    fill = page.evaluate("getComputedStyle(document.querySelector('.dg-paper')).fill")
    assert fill == f"rgb({paper})"
    context.close()
