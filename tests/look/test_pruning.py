"""The published stylesheet does what the sheets do from which it is made."""

from __future__ import annotations

import random
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import lightningcss
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Playwright, expect
from web.browser import launch

from annotated.publish.assets import joined
from annotated.publish.styles import Seen
from annotated.publish.styles import one_stylesheet as one_of
from tests.conftest import ROOT
from tests.look.conftest import DESK, PHONE, Open, Published
from tools.shots.__main__ import kinds

#: Every element that a made-up rule may mean; "gone", "lost" and "left" stand nowhere.
BODY = """
<body dir="ltr" data-md-color-primary="indigo">
<main id="top" class='a first'><p class="b">x <em class=c>y</em></p><p class="b c"></p>
<ul class="&#100;"><li class="a">1<li class="b">2<li class="c d">3</ul>
<a href="#top" title="}.gone{(,[">l</a><input class="a" type="checkbox" checked></main></body>
"""
SIMPLE = (
    ".a", ".b", ".c", ".d", ".made", ".gone", ".lost", ".left", "p", "em", "li", "*", "#top",
    '[title="}.gone{(,["]', '[class~="gone"]', '[class*="a"]', "[dir=ltr]", "[dir=rtl]",
    "[data-md-color-primary=indigo]", '[data-md-color-primary="red"]', ":checked",
    ":first-child", ":nth-child(2n+1 of .b, .gone)", ":lang(en)",
)  # fmt: skip
AROUND = ("{}", "@media screen{{{}}}", "@supports (top:0){{{}}}", "@layer x{{{}}}",
          "@media (min-width:1px){{@supports (color:red){{{}}}}}", "@container (min-width:1px){{{}}}")  # fmt: skip


@pytest.fixture(scope="module")
def browser(player: Playwright) -> Iterator[Browser]:
    """A whole one, in which no pointer rests on a page: that would be a sign of a reader."""
    started = launch(player, whole=True)
    yield started
    started.close()


def one_stylesheet(sheets: list[str], pages: list[str], scripts: list[str]) -> str:
    seen = Seen()
    for page in pages:
        seen.add(page)
    return one_of(sheets, seen, scripts)


NESTING = ("is", "not", "where", "has")


def selector(draw: random.Random, depth: int = 0, names: tuple[str, ...] = NESTING) -> str:
    """One complex selector, nested three deep at most; ``:has()`` may not hold another."""
    parts = []
    for _ in range(draw.choice((1, 1, 2, 3))):
        compound = draw.choice(SIMPLE)
        if depth < 3 and draw.random() < 0.45:
            name = draw.choice(names)
            inside = NESTING[:3] if name == "has" else names
            count = draw.choice((1, 2, 3))
            inner = ",".join(selector(draw, depth + 1, inside) for _ in range(count))
            compound += f":{name}({inner})"
        parts.append(compound)
    return "".join(f"{part}{draw.choice((' ', '>', '+', '~'))}" for part in parts[:-1]) + parts[-1]


def made_up(draw: random.Random, number: int) -> str:
    """A rule that leaves its number on whatever it matches."""
    group = ",".join(selector(draw) for _ in range(draw.choice((1, 1, 2, 3))))
    inside = f"--r{number}:1"
    if draw.random() < 0.2:
        inside = f"&{draw.choice(SIMPLE[:8])}{{{inside}}}"
    text = draw.choice(("", "", "/* .gone{ */", '--s:"}.gone{";', "--u:url('x.svg?}.gone{');"))
    if text.startswith("--"):
        inside = text + inside
    return draw.choice(AROUND).format(f"{group}{{{inside}}}")


MARKS = """css => {
  document.querySelector("style").textContent = css;
  return [...document.querySelectorAll("*")].map(element => {
    const style = getComputedStyle(element);
    return names.filter(name => style.getPropertyValue(name) !== "");
  });
}"""


@pytest.mark.parametrize("seed", range(8))
def test_no_rule_is_lost_that_can_match(browser: Browser, seed: int) -> None:
    """Made-up rules of every nesting mark the same elements before and after."""
    draw = random.Random(seed)  # noqa: S311 (the same rules in every run)
    count = 150
    names = [f"--r{n}" for n in range(count)]
    # What a script may read stays; what inherits would show on children, too.
    reader = "read(" + ",".join(f'"{name}"' for name in names) + "); x.className = 'made'"
    plain = "".join(f'@property {name}{{syntax:"*";inherits:false}}' for name in names)
    css = plain + "".join(made_up(draw, n) for n in range(count))
    smaller = one_stylesheet([css], [BODY], [reader])
    assert len(smaller) < 0.9 * len(css), "something goes"
    page = browser.new_page()
    page.set_content(f"<html lang=en><style></style>{BODY}")
    page.evaluate(
        "p => { window.names = p; document.querySelector('em').classList.add('made') }", names
    )
    whole, pruned = page.evaluate(MARKS, css), page.evaluate(MARKS, smaller)
    page.close()
    assert pruned == whole
    assert sum(map(len, whole)) > count / 3, "the rules match something"


def test_something_goes() -> None:
    css = ".a{top:0}.gone{top:1px}.a .lost,.gone b{top:2px}:is(.gone,.lost)>b{top:3px}"
    css += "@media print{.gone{top:4px}}[dir=rtl] .a{top:5px}[data-md-color-accent=red] .a{top:6px}"
    assert one_stylesheet([css], [BODY], []) == ".a{top:0}"


def test_only_properties_that_nobody_reads_go() -> None:
    css = ':root{--a:url("data:x;--q:y");--b:1;--c:var(--b);--d:2;--e:var(--gone)}.a{top:var(--c)}'
    pruned = one_stylesheet([css], [BODY], ['style.getPropertyValue("--d")'])
    assert pruned == ":root{--b:1;--c:var(--b);--d:2}.a{top:var(--c)}"


def test_a_name_that_a_rule_defines_is_no_class() -> None:
    css = ".gone{top:0}@keyframes gone{to{top:1px}}.a{animation:gone 1s}"
    assert "@keyframes gone" in one_stylesheet([css], [BODY], [])


@pytest.mark.parametrize(
    ("page", "part"),
    [
        ('<div class="tabbed-set">', ".tabbed-control"),
        ("<div data-md-component=source data-md-component=\"source\">", ".md-source__fact"),
        ('<script>{"features":["content.code.annotate"]}</script>', ".md-annotation"),
        ('<script>{"version":{"provider":"mike"}}</script>', ".md-version"),
        ("<DIV CLASS = 'x y'>", ".y"),
        ("<div class=y>", ".y"),
        ('<div class="x&#10;y">', ".y"),
    ],
)  # fmt: skip
def test_what_a_page_switches_on_stays(page: str, part: str) -> None:
    script = 'add("tabbed-control", "md-source__fact", "md-annotation", "md-version")'
    css = f"{part}{{top:0}}"
    assert one_stylesheet([css], [page], [script]) == css
    assert one_stylesheet([css], ["<p>"], [script]) == ""


def test_a_broken_sheet_is_a_sentence() -> None:
    with pytest.raises(ValueError, match="a stylesheet cannot be read"):
        one_stylesheet(["a{}}}{{ x"], [], [])


def theme_sheets() -> list[str]:
    spec = find_spec("material")
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parent / "templates" / "assets" / "stylesheets"
    own = next(text for path, _, text in joined(ROOT / "overrides/assets") if path.endswith(".css"))
    return [
        *(next(folder.glob(f"{name}.*.css")).read_text("utf-8") for name in ("main", "palette")),
        own,
    ]


# The selectors that are in the first sheet alone, and those of them that a page could match.
LOST = """async ([whole, published, paths]) => {
  const STATE = /:{1,2}(?:-webkit-|-moz-)?(?:hover|focus|focus-within|focus-visible|active|target|checked|open|popover-open|visited|disabled|indeterminate|placeholder-shown|invalid|valid|fullscreen|modal|autofill|before|after|marker|placeholder|selection|backdrop|details-content|scrollbar[\\w-]*|search-[\\w-]+|details-marker|file-selector-button|focus-inner)\\b/g;
  const parted = list => { // at its commas, those in brackets and quotes aside
    const parts = [""];
    let depth = 0, quote = "";
    for (const c of list) {
      if (quote) { if (c === quote) quote = ""; }
      else if (c === '"' || c === "'") quote = c;
      else if ("([".includes(c)) depth++;
      else if (")]".includes(c)) depth--;
      if (c === "," && !depth && !quote) parts.push(""); else parts[parts.length - 1] += c;
    }
    return parts.map(part => part.trim());
  };
  const selectors = text => {
    const sheet = new CSSStyleSheet(), found = new Set();
    sheet.replaceSync(text);
    (function walk(rules, around) { for (const rule of rules) {
      /* A rule of nothing but properties that nobody reads may go as well. */
      if (rule.selectorText && ![...rule.style].every(name => name.startsWith("--")))
        parted(rule.selectorText).forEach(part => found.add(around + part));
      if (rule.cssRules) walk(rule.cssRules, around + (rule.conditionText || "") + "|");
    } })(sheet.cssRules, "");
    return found;
  };
  const kept = selectors(published);
  const gone = [...selectors(whole)].filter(text => !kept.has(text));
  const free = gone.map(text => text.slice(text.lastIndexOf("|") + 1)
    .replace(STATE, "").replace(/(^|[\\s>+~,(])(?=$|[\\s>+~,)])/g, "$1*"));
  const lost = [];
  const look = (page, name) => free.forEach((selector, i) => {
    let found = null;
    try { found = page.querySelector(selector); } catch { found = null; }
    if (found) lost.push(name + ": " + gone[i]);
  });
  if (!paths.length) look(document, location.pathname); // the page as it is now, scripts and all
  for (const path of paths) {
    const text = await (await fetch(path)).text();
    const page = new DOMParser().parseFromString(text, "text/html");
    page.documentElement.classList.add("js");
    look(page, path);
  }
  return [kept.size, gone.length, lost];
}"""


def whole_sheet(published: Published) -> str:
    [sheet] = (published.folder / "assets").glob("site.*.css")
    return sheet.read_text("utf-8")


def test_no_rule_that_a_page_needs_is_missing(opened: Open, published: Published) -> None:
    """What the published sheet leaves out matches nothing in any page, whatever its state."""
    page = opened("index.html")
    whole = lightningcss.process_stylesheet("\n".join(theme_sheets()), minify=True)
    arguments = [whole, whole_sheet(published), published.paths]
    kept, gone, lost = page.evaluate(LOST, arguments)
    assert kept > 500
    assert gone > 100
    assert lost == []


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_a_page_has_all_styles_that_it_needs(
    opened: Open, published: Published, viewport: dict[str, int]
) -> None:
    """Until a reader acts: what the whole sheet would add matches nothing, scripts being there."""
    page = opened("index.html", viewport=viewport)
    for path in kinds(published.folder).values():
        page.goto(published.address + path, wait_until="load")
        assert page.locator("link[rel=stylesheet]").count() == 0
        own = page.locator("style").evaluate("style => style.textContent")
        kept, gone, lost = page.evaluate(LOST, [whole_sheet(published), own, []])
        assert kept > 300
        assert gone > 30
        assert lost == []


def test_the_whole_sheet_comes_at_the_first_sign_of_a_reader(
    opened: Open, published: Published
) -> None:
    page = opened("ecs/iam-roles.html")
    trouble: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error":
            trouble.append(message.text)

    page.on("console", heard)
    before = page.evaluate("getComputedStyle(document.querySelector('h1')).font")
    with page.expect_response("**/assets/site.*.css") as answer:
        page.keyboard.press("/")
    assert answer.value.ok
    page.keyboard.type("task role", delay=20)
    page.locator(".md-search-result__item").first.wait_for()
    assert page.locator("link[rel=stylesheet]").count() == 1
    result = page.locator(".md-search-result__link").first
    expect(result).to_have_css("display", "block")
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).font") == before
    assert trouble == []


def test_scripts_are_announced(opened: Open, published: Published) -> None:
    page = opened("ecs/iam-roles.html")
    ahead = page.locator("head > link[rel=preload][as=script]").evaluate_all(
        "l => l.map(e => e.href)"
    )
    needed = page.locator("body > script[src]").evaluate_all("l => l.map(e => e.src)")
    assert ahead == needed
    assert page.evaluate(
        "performance.getEntriesByType('resource').filter(e => e.name.endsWith('.js')).length"
    ) == len({*needed})
