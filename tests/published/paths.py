"""What readers do on the published site, once for every browser and for every way it is read.

Each path is a function of a driver and of the site's address, and its docstring says what a
reader wants. It fails by an assertion, and asks only what a reader sees.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.published.drivers import Driver, until

Path = Callable[[Driver, str], None]
PATHS: list[Path] = []

#: Whether something shows: it has a box, and the box is no thinner than a hairline.
SHOWN = """(selector) => [...document.querySelectorAll(selector)].some((e) => {
  const box = e.getBoundingClientRect();
  return box.width > 1 && box.height > 1 && getComputedStyle(e).visibility === "visible";
})"""
NOT_SHOWN = f"(selector) => !({SHOWN})(selector)"
#: Where an element stands below the bars that stick to the top: it is seen if that is not less
#: than nothing and not below the window.
IN_SIGHT = """(id) => {
  const target = document.getElementById(id);
  const box = target.getBoundingClientRect();
  const x = box.left + Math.min(box.width / 2, 60), y = Math.max(box.top, 0) + 3;
  if (box.top < 0 || box.top > innerHeight - 10) return false;
  const there = document.elementFromPoint(x, y);
  return !!there && (target.contains(there) || there.contains(target));
}"""
#: Follow a link to a place of the page.
FOLLOW = """(id) => {
  const link = document.createElement("a");
  link.href = "#" + id;
  document.body.append(link);
  link.click();
  link.remove();
}"""
#: So often a page is opened again to see what the one before it has stored.
TRIES = 20

MARKED_PAGE = "ecs/iam-roles.html"
TABLE_PAGE = "compare/ecs-capacity.html"
#: Pages with most that a page can hold: marks, a table, blocks of a lab, prices, questions.
PAGES_BESIDE = (
    MARKED_PAGE, TABLE_PAGE, "labs/fargate-behind-alb.html", "costs/index.html",
    "choose/service.html", "compare/any-two.html",
)  # fmt: skip
BESIDE = ".both-t[lang=ko]"
#: Headings that do not stand beside their own in the other language.
NOT_FACING = """() => [...document.querySelectorAll(".page > :is(h2, h3)[id]")].filter((own) => {
  const other = document.getElementById("beside-" + own.id);
  return !other || Math.abs(own.getBoundingClientRect().top - other.getBoundingClientRect().top) > 2;
}).map((own) => own.id)"""
#: What is there twice, or would do nothing: ids, names of ids that lead nowhere, controls of the copy.
DOUBLED = """() => {
  const ids = [...document.querySelectorAll("[id]")].map((part) => part.id);
  const copied = [...document.querySelectorAll(".both-t *")];
  const named = copied.flatMap((part) =>
    ["popovertarget", "for", "aria-labelledby", "aria-describedby", "aria-controls", "headers"].flatMap(
      (name) => (part.getAttribute(name) || "").split(" ").filter(Boolean)));
  const controls = "button:not([popovertarget]), input, select, textarea, form, label, [accesskey], script";
  return [...ids.filter((id, at) => ids.indexOf(id) < at), ...named.filter((id) => !ids.includes(id)),
    ...copied.filter((part) => part.matches(controls)).map((part) => part.outerHTML)];
}"""


def path(function: Path) -> Path:
    """Put a function on the list of paths."""
    PATHS.append(function)
    return function


@path
def home(driver: Driver, site: str) -> None:
    """Come to the first page, and from the marked sheet to a statement."""
    driver.open(site + "index.html")
    link = driver.run(
        "() => document.querySelector('.sheet a[href*=\"#c-\"]').getAttribute('href')"
    )
    driver.click(f'.sheet a[href="{link}"]')
    target = link.split("#")[1]
    until(
        driver, "(id) => location.hash === '#' + id && document.readyState === 'complete'", target
    )
    until(driver, IN_SIGHT, target)


@path
def note(driver: Driver, site: str) -> None:
    """Open the note of a statement, close it by Escape, and be back at its mark."""
    driver.open(site + MARKED_PAGE)
    mark = driver.run(
        """() => [...document.querySelectorAll('main .mk[popovertarget]')]
            .find((e) => e.getClientRects().length).getAttribute('popovertarget')"""
    )
    assert driver.run(NOT_SHOWN, f"#{mark}")
    driver.click(f"[popovertarget={mark}]")
    until(driver, SHOWN, f"#{mark}")
    driver.press("Escape")
    until(driver, NOT_SHOWN, f"#{mark}")
    focused = "() => document.activeElement && document.activeElement.getAttribute('popovertarget')"
    assert driver.run(focused) == mark
    driver.press("Enter")
    until(driver, SHOWN, f"#{mark}")
    driver.click(
        ".md-sidebar--secondary .md-nav__title"
    )  # beside it: a tall note covers the header
    until(driver, NOT_SHOWN, f"#{mark}")


@path
def all_notes(driver: Driver, site: str) -> None:
    """Show all notes of a page in its text, those of correct statements too; and hide them."""
    driver.open(site + MARKED_PAGE)
    hidden = "main .mk.v-correct"
    assert driver.run(NOT_SHOWN, hidden)
    driver.click(".tally-s")
    until(driver, SHOWN, hidden)
    until(driver, SHOWN, "main note-part.v-correct")
    driver.click(".tally-s")
    until(driver, NOT_SHOWN, "main note-part.v-correct")


@path
def note_by_link(driver: Driver, site: str) -> None:
    """Follow a link to a note: it stands open in the text, in sight."""
    driver.open(site + MARKED_PAGE)
    part = driver.run("() => document.querySelector('main note-part[id]').id")
    driver.open(site + MARKED_PAGE + "#" + part)
    until(driver, SHOWN, f"#{part}")
    until(driver, IN_SIGHT, part)


VERDICTS = """() => [...document.querySelectorAll('main li.row')]
  .filter((e) => e.getClientRects().length).length"""


@path
def verdict_filter(driver: Driver, site: str) -> None:
    """Choose a verdict on the Notes page: its rows stay, as many as its label says."""
    driver.open(site + "notes/index.html")
    everything = driver.run(VERDICTS)
    for verdict in ("wrong", "outdated", "correct"):
        count = driver.run(
            "(v) => +document.querySelector(`.filter .v-${v} b`).textContent", verdict
        )
        assert 0 < count < everything
        driver.click(f".filter label.v-{verdict}")
        until(driver, f"(count) => ({VERDICTS})() === count", count)
        assert driver.run(NOT_SHOWN, f"main li.row:not(.r-{verdict})")
    driver.click(".filter label.v-all")
    until(driver, f"(count) => ({VERDICTS})() === count", everything)


@path
def filtered_link(driver: Driver, site: str) -> None:
    """Follow a link to a row that the filter hides: the row shows."""
    driver.open(site + "notes/index.html")
    row = driver.run("() => document.querySelector('main li.row.r-correct').id")
    driver.click(".filter label.v-wrong")
    until(driver, NOT_SHOWN, f"#{row}")
    driver.run(FOLLOW, row)
    until(driver, SHOWN, f"#{row}")
    until(driver, IN_SIGHT, row)


@path
def targets_in_sight(driver: Driver, site: str) -> None:
    """Follow links to headings and rows: each comes to stand below the bars."""
    for page, selector in (
        ("notes/index.html", "main h2[id]"),
        ("notes/index.html", "main li.row[id]"),
        ("glossary.html", "main [id]:is(h2, li, dt, div)"),
        ("notes/changes.html", "main [id]:is(h2, h3, li)"),
        (TABLE_PAGE, "main tr[id]"),
        (MARKED_PAGE, "main h2[id]"),
    ):
        for width in (1280, 480):
            driver.resize(width, 800)
            driver.open(site + page)
            ids = driver.run(
                "(s) => [...document.querySelectorAll(s)].filter((e) => e.getClientRects().length)"
                ".map((e) => e.id)",
                selector,
            )
            assert ids, f"{page}: no {selector}"
            for target in (ids[len(ids) // 2], ids[-1], ids[0]):
                driver.run(FOLLOW, target)
                until(driver, IN_SIGHT, target)
    driver.resize(1280, 800)


@path
def cell_sources(driver: Driver, site: str) -> None:
    """Open the sources of a cell of a table, and close them."""
    driver.open(site + TABLE_PAGE)
    driver.click("main td .src")
    until(driver, SHOWN, "[popover]:popover-open")
    assert driver.run("() => !!document.querySelector('[popover]:popover-open a[href^=http]')")
    driver.press("Escape")
    until(driver, "() => !document.querySelector('[popover]:popover-open')")


@path
def enlarged_drawing(driver: Driver, site: str) -> None:
    """Enlarge a drawing, come nearer by a key, and go back."""
    driver.open(site + MARKED_PAGE)
    driver.click(".diagram-enlarge")
    until(driver, SHOWN, "dialog[open] svg")
    box = "() => document.querySelector('dialog[open] svg').getAttribute('viewBox')"
    whole = driver.run(box)
    driver.press("+")
    until(driver, f"(before) => ({box})() !== before", whole)
    driver.press("Escape")
    until(driver, NOT_SHOWN, "dialog[open]")


@path
def palette(driver: Driver, site: str) -> None:
    """Change light and dark; the choice stays on the next page."""
    driver.open(site + MARKED_PAGE)
    scheme = "() => document.body.getAttribute('data-md-color-scheme')"
    switch = "label[for^=__palette]:not([hidden])"
    seen = set()
    for _ in range(3):
        driver.click(switch)
        seen.add(driver.run(scheme))
    assert seen == {"default", "slate"}
    while driver.run(scheme) != "slate":
        driver.click(switch)
    # Another process may draw the next page, and learns a moment later what this one has stored.
    for _ in range(TRIES):
        driver.open(site + TABLE_PAGE)
        if driver.run(scheme) == "slate":
            break
    assert driver.run(scheme) == "slate"
    driver.run("() => localStorage.clear()")


@path
def search(driver: Driver, site: str) -> None:
    """Search by keys alone: open the box, type, open the first result."""
    driver.open(site + "index.html")
    driver.press("/")
    until(driver, "() => document.activeElement.matches('[data-md-component=search-query]')")
    driver.press(*"fargate")
    # What the first letters have found stands there for a moment, and Enter would open that.
    first = (
        "() => document.querySelector('.md-search-result__link')?.href.includes('ecs/fargate.html')"
    )
    until(driver, first)
    driver.press("Enter")
    until(
        driver,
        "() => location.pathname.endsWith('ecs/fargate.html') && document.readyState === 'complete'",
    )


@path
def page_keys(driver: Driver, site: str) -> None:
    """Turn pages by keys: next, and back."""
    driver.open(site + "ecs/index.html")
    here = driver.run("() => location.pathname")
    driver.press("n")
    there = until(
        driver,
        "(p) => location.pathname !== p && document.readyState === 'complete' && location.pathname",
        here,
    )
    assert there.endswith("ecs/ec2-capacity.html")
    driver.press("p")
    until(driver, "(p) => location.pathname === p && document.readyState === 'complete'", here)


@path
def skip_link(driver: Driver, site: str) -> None:
    """Skip to the content with the first key on a page."""
    driver.open(site + MARKED_PAGE)
    driver.run("() => document.querySelector('.md-skip').focus()")
    until(driver, SHOWN, ".md-skip")
    driver.press("Enter")
    until(driver, "() => location.hash.length > 1")
    until(driver, IN_SIGHT, driver.run("() => decodeURIComponent(location.hash.slice(1))"))


@path
def narrow(driver: Driver, site: str) -> None:
    """Read every kind of page on a phone: none is wider than its window."""
    driver.resize(360, 740)
    for page in ("index.html", MARKED_PAGE, TABLE_PAGE, "notes/index.html", "notes/changes.html",
                 "glossary.html", "about.html"):  # fmt: skip
        driver.open(site + page)
        assert driver.run("() => document.documentElement.scrollWidth <= innerWidth"), page
    driver.resize(1280, 800)


@path
def copy_code(driver: Driver, site: str) -> None:
    """Copy the page as Markdown where the page came from a server."""
    driver.open(site + MARKED_PAGE)
    if site.startswith("file:"):
        assert driver.run(NOT_SHOWN, "[data-copy]")
        return
    driver.run(
        """() => { Object.defineProperty(navigator, 'clipboard', { configurable: true, value: {
          writeText: (text) => { window.copied = text; return Promise.resolve(); } } }); }"""
    )
    driver.click("[data-copy]")
    text = until(driver, "() => window.copied")
    assert text.lstrip("-").lstrip().startswith(("title:", "#")), text[:60]
    assert "IAM" in text


@path
def no_script_errors(driver: Driver, site: str) -> None:
    """Open one page of each kind: nothing is reported by the policy, no script fails."""
    for page in ("index.html", MARKED_PAGE, TABLE_PAGE, "notes/index.html", "glossary.html"):
        driver.open(site + page)
        sheets = driver.run(
            "() => [...document.styleSheets].every((s) => { try { return s.cssRules.length > 0 }"
            " catch { return location.protocol === 'file:' } })"
        )
        assert sheets, page
        until(driver, "() => !document.documentElement.classList.contains('no-js')")


@path
def side_by_side(driver: Driver, site: str) -> None:
    """Read both languages side by side: each section faces its own; close it, and all is as before."""
    for page in PAGES_BESIDE:
        driver.open(site + page)
        if site.startswith("file:"):  # one file cannot read another
            assert driver.run(NOT_SHOWN, ".beside-b"), page
            continue
        assert driver.run(NOT_SHOWN, BESIDE), page
        driver.click("[data-with=ko]")
        until(driver, SHOWN, BESIDE)
        assert driver.run("() => new URL(location).searchParams.get('beside')") == "ko", page
        until(driver, f"() => ({NOT_FACING})().length === 0")
        assert driver.run(DOUBLED) == [], page
        assert driver.run("() => document.documentElement.scrollWidth <= innerWidth"), page
        driver.click("[data-with=ko]")
        until(driver, NOT_SHOWN, ".both-t")
        assert "beside" not in driver.run("() => location.href"), page


@path
def side_by_side_by_link(driver: Driver, site: str) -> None:
    """Follow a link to a heading with both languages; the copy's notes open; a phone shows one."""
    for page in (MARKED_PAGE, "labs/fargate-behind-alb.html"):
        driver.open(site + page)
        heading = driver.run("() => [...document.querySelectorAll('.page > h2[id]')].at(-3).id")
        driver.resize(1280, 800)
        driver.open(f"{site}{page}?beside=ko#{heading}")
        if site.startswith("file:"):
            assert driver.run(NOT_SHOWN, ".beside-b, .both-t"), page
            continue
        until(driver, SHOWN, BESIDE)
        until(driver, IN_SIGHT, heading)
        assert driver.run("() => location.hash.slice(1)") == heading
        if page == MARKED_PAGE:
            driver.run(  # by the keyboard: the page may still move to the heading
                """(s) => [...document.querySelectorAll(s)].find((e) => e.getClientRects().length)
                  .focus({ preventScroll: true })""",
                f"{BESIDE} [popovertarget]",
            )
            driver.press("Enter")
            until(driver, SHOWN, f"{BESIDE} [popover]:popover-open")
            driver.press("Escape")
            until(driver, NOT_SHOWN, f"{BESIDE} [popover]:popover-open")
        driver.resize(360, 740)
        until(driver, NOT_SHOWN, ".both-t, .beside-b")
        assert driver.run("() => document.documentElement.scrollWidth <= innerWidth"), page
        driver.open(f"{site}{page}?beside=ko#{heading}")
        until(driver, IN_SIGHT, heading)
        assert driver.run(NOT_SHOWN, ".both-t, .beside-b"), page
    driver.resize(1280, 800)


@path
def a_copied_row(driver: Driver, site: str) -> None:
    """Copy a row of a table, and a sentence with its mark, without their numbers."""
    texts = """(part) => { const at = document.querySelector(part), without = at.cloneNode(true);
      for (const each of without.querySelectorAll(".src, .mk, .cl")) each.remove();
      getSelection().selectAllChildren(at);
      return [getSelection().toString(), without.textContent].map((t) => t.replace(/\\s+/g, "")); }"""
    for page, part in ((TABLE_PAGE, ".cmp-t tbody tr:has(.src)"), (MARKED_PAGE, "p:has(.mk)")):
        driver.open(site + page)
        copied, words = driver.run(texts, part)
        assert copied == words
