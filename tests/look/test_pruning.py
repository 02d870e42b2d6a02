"""The published stylesheet does what the sheets do from which it is made."""

from __future__ import annotations

import random
from importlib.util import find_spec
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from annotated.publish.assets import joined
from annotated.publish.styles import one_stylesheet
from tests.conftest import ROOT
from tests.look.conftest import Open, Published

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
  const groups = text => {
    const sheet = new CSSStyleSheet(), found = new Set();
    sheet.replaceSync(text);
    (function walk(rules) { for (const rule of rules) {
      if (rule.selectorText) found.add(rule.selectorText);
      if (rule.cssRules) walk(rule.cssRules);
    } })(sheet.cssRules);
    return found;
  };
  const kept = groups(published);
  const gone = [...groups(whole)].filter(text => !kept.has(text));
  const free = gone.map(text => text.replace(STATE, "").replace(/(^|[\\s>+~,(])(?=$|[\\s>+~,)])/g, "$1*"));
  const lost = [];
  for (const path of paths) {
    const text = await (await fetch(path)).text();
    const page = new DOMParser().parseFromString(text, "text/html");
    page.documentElement.classList.add("js");
    free.forEach((selector, i) => {
      let found = null;
      try { found = page.querySelector(selector); } catch { found = null; }
      if (found) lost.push(path + ": " + gone[i]);
    });
  }
  return [kept.size, gone.length, lost];
}"""


def test_no_rule_that_a_page_needs_is_missing(opened: Open, published: Published) -> None:
    """What the published sheet leaves out matches nothing in any page, whatever its state."""
    [sheet] = (published.folder / "assets").glob("site.*.css")
    page = opened("index.html")
    arguments = ["\n".join(theme_sheets()), sheet.read_text("utf-8"), published.paths]
    kept, gone, lost = page.evaluate(LOST, arguments)
    assert kept > 500
    assert gone > 100
    assert lost == []
