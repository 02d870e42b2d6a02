"""Styles in every mode: on paper, in the dark, in the colours of a system, by pointer and by keys.

Tables of what a reader needs: a page, a part of it, and what is true of that part in which mode.
"""

from __future__ import annotations

from tests.look.conftest import DESK, Open, Published
from tests.site_tools import escape

#: One page of each kind, and of each kind of list that is made from records.
KINDS = (
    "index.html", "ecs/iam-roles.html", "compare/ecs-capacity.html", "compare/index.html",
    "choose/service.html", "practice/ecs.html", "labs/first-image.html", "costs/index.html",
    "notes/index.html", "notes/changes.html", "glossary.html", "ecs/when-it-fails.html",
)  # fmt: skip

#: What is seen of each text: its colour and the ground behind it, as light as WCAG counts them.
#: What nothing is drawn behind stands on white, since printers leave a page's own ground out.
INK = """paper => {
  const parts = (colour) => {
    const [r, g, b, a = 1] = colour.match(/[\\d.]+(?:e-\\d+)?/g).map(Number);
    return colour.startsWith("color(") ? [r, g, b, a] : [r / 255, g / 255, b / 255, a];
  };
  const light = ([r, g, b]) => [r, g, b].map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = part => {
    for (; part; part = part.parentElement) {
      if (part === document.body && paper) break;
      const inner = getComputedStyle(part, "::before"); // a shape that is drawn by two, one in the other
      const found = parts((inner.zIndex === "-1" ? inner : getComputedStyle(part)).backgroundColor);
      if (found[3] > 0.5) return light(found);
    }
    return 1;
  };
  const found = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text; (text = walker.nextNode());) {
    const part = text.parentElement;
    if (!text.data.trim() || part.closest(".vh, script, style, title, desc")) continue;
    if (!part.checkVisibility({ contentVisibilityAuto: true, opacityProperty: true })) continue;
    const style = getComputedStyle(part);
    const ink = light(parts(part.closest("svg") ? style.fill : style.color)), below = ground(part);
    const ratio = (Math.max(ink, below) + 0.05) / (Math.min(ink, below) + 0.05);
    const name = `${part.localName}.${part.className.baseVal ?? part.className}`;
    if (ratio < 4.5) found.set(name, `${ratio.toFixed(1)} ${text.data.trim().slice(0, 30)}`);
  }
  return [...found].map(each => each.join(": "));
}"""


def test_paper_is_light_whatever_the_screen_was(opened: Open, published: Published) -> None:
    """A reader in dark mode prints: dark letters, on what is white where nothing is drawn."""
    page = opened(KINDS[0], color_scheme="dark")
    faint = []
    for path in KINDS:
        page.emulate_media(media="screen")
        page.goto(published.address + path)
        assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
        page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true; })")
        page.emulate_media(media="print")
        faint += [f"{path} {each}" for each in page.evaluate(INK, True)]
        drawn = page.locator(".diagram-drawing .dg-paper").first
        if drawn.count():
            assert drawn.evaluate("e => getComputedStyle(e).fill") == "rgb(255, 255, 255)"
    assert faint == []


#: What paper shows of a page, and what it leaves out, that the screen has.
PAPER: dict[str, tuple[str, str]] = {
    "ecs/iam-roles.html": (
        ".tally ul, .cl .said, .cl note-head, .nb.m-correct .mk, .page-end > :first-child,"
        " .diagram-drawing svg, .diagram figcaption li, .cmp-t thead th, .cmp .fn li",
        ".md-header, .md-sidebar, .md-footer, .md-path, .tally-s, .headerlink,"
        " .page-end > :not(:first-child), .diagram-tools, .cl .cl-w, .dl, .cmp-b",
    ),
    "notes/index.html": (".row .said, .row .fn", ".filter"),
    "compare/index.html": (".all-rows dt, .all-rows dd a", ".find-rows"),
    "practice/ecs.html": (".q-ask, .q-o, .q-a .right", ".q-a > summary"),
    "labs/first-image.html": (".lab-label, pre > code", ".md-code__nav"),
    "costs/index.html": (".cost-t td", "form, .md-header"),
    "index.html": (".map li, .sheet", ".md-tabs"),
    "ecs/fargate.html": ("h1", "p.practice"),
}


def test_paper_shows_what_is_read_and_nothing_that_is_pressed(
    opened: Open, published: Published
) -> None:
    page = opened("about.html", locale="ko-KR")
    assert page.locator(".offer").is_visible()
    wrong = []
    for path, (shown, hidden) in PAPER.items():
        page.emulate_media(media="screen")
        page.goto(published.address + path)
        page.emulate_media(media="print")
        assert not page.locator(".offer").is_visible()
        for parts, visible in ((shown, True), (hidden, False)):
            for part in parts.split(","):
                seen = page.locator(part).evaluate_all(
                    "all => all.map(e => e.checkVisibility({ visibilityProperty: true }))"
                )
                there = any(seen) if visible else not any(seen)
                if not there or (visible and not seen):
                    wrong.append(f"{path} {part.strip()}: {seen[:5]}")
    assert wrong == []


def test_paper_has_the_notes_when_the_box_is_on_and_not_when_it_is_off(opened: Open) -> None:
    page = opened("ecs/iam-roles.html")
    notes, box = page.locator(".cl:not(.cs)"), page.locator(".printnotes")
    whole = notes.count()
    assert whole > 10
    page.locator(".cmp .src").first.click()
    escape(page)  # its note stays in the page, closed
    for all_in_the_text in (False, True):
        page.emulate_media(media="screen")
        page.locator(".showall").set_checked(all_in_the_text)
        for printed in (True, False, True):
            page.emulate_media(media="screen")
            box.set_checked(printed)
            assert notes.locator("visible=true").count() == (whole if all_in_the_text else 0)
            page.emulate_media(media="print")
            assert notes.locator("visible=true").count() == (whole if printed else 0)
            assert not page.locator(".cl.cs").is_visible()
    # A note runs on in the text: it floats nowhere, and its parts stand in a line.
    note = notes.first
    style = note.evaluate("e => { const s = getComputedStyle(e); return [s.position, s.display]; }")
    assert style == ["static", "block"]
    display = "e => getComputedStyle(e).display"
    assert note.locator("note-row").first.evaluate(display) == "inline"


def test_a_table_on_paper_is_as_the_reader_has_made_it(opened: Open) -> None:
    page = opened("compare/ecs-capacity.html#table-ecs-capacity?columns=ec2,fargate&find=gpu")
    page.locator(".cmp-f").wait_for()
    rows = page.locator("tbody tr:visible").count()
    page.emulate_media(media="print")
    assert not page.locator(".cmp-f").is_visible()
    assert page.locator("thead th:not(:first-child):visible").count() == 2
    assert page.locator("tbody tr:visible").count() == rows
    stuck = page.locator(".cmp-t :is(th, td)").evaluate_all(
        "all => all.filter(e => getComputedStyle(e).position !== 'static').length"
    )
    assert stuck == 0, "nothing on paper is held at an edge"
    assert page.locator(".cmp-t thead").evaluate("e => getComputedStyle(e).display") == (
        "table-header-group"
    )


def test_answers_on_paper_are_told_with_their_reasons(opened: Open) -> None:
    page = opened("choose/service.html#choose-service?kubernetes=no")
    page.locator(".choose-given li").first.wait_for()
    page.emulate_media(media="print")
    for part in (".choose-now .choose-ask", ".choose-given li", ".choose-all .choose-ways"):
        assert page.locator(part).first.is_visible(), part
    for part in (".choose-ways-back", ".choose-more", ".choose-given button"):
        assert not page.locator(part).first.is_visible(), part


#: At which width (the last of the narrow ones) parts that stood below each other stand side by side.
BESIDE = (
    ("compare/ecs-capacity.html", 480, "tbody tr:first-child th", "tbody tr:first-child td"),
    ("glossary.html", 767, ".gl dt", ".gl dd"),
    ("notes/index.html", 767, ".row .row-n", ".row .row-b"),
    ("notes/changes.html", 480, ".chg time", ".chg li > div"),
    ("ecs/when-it-fails.html", 480, ".fail dt", ".fail dd"),
    ("ecs/iam-roles.html", 704, ".diagram-drawing", ".diagram figcaption"),
    ("index.html", 959, ".hero > :first-child", ".hero > :last-child"),
    ("index.html", 480, ".questions ul", ".questions ul >> nth=2"),
)


def test_what_a_phone_puts_below_stands_beside_where_there_is_room(
    opened: Open, published: Published
) -> None:
    page = opened("about.html")
    for path, narrow, one, other in BESIDE:
        page.goto(published.address + path)
        for width in (360, narrow, narrow + 1):
            page.set_viewport_size({"width": width, "height": 800})
            first, second = (page.locator(part).first.bounding_box() for part in (one, other))
            assert first is not None
            assert second is not None
            below = second["y"] >= first["y"] + first["height"] - 1
            assert below is (width <= narrow), (path, width, first, second)


def test_a_phone_shows_two_columns_with_their_names(opened: Open) -> None:
    page = opened("compare/ecs-capacity.html", viewport={"width": 480, "height": 800})
    row = page.locator("tbody tr").nth(1)
    cells, hint = row.locator("td:visible"), page.locator(".cmp-b small")
    names = page.locator("thead th").all_text_contents()[1:]
    assert len(names) == 4

    def labels() -> list[str]:
        found: list[str] = row.locator("td:visible").evaluate_all(
            "all => all.map(e => getComputedStyle(e, '::before').content.replaceAll('\"', ''))"
        )
        return found

    assert labels() == names[:2]
    assert hint.is_visible()
    assert (
        "thead" in page.locator(".cmp-t").aria_snapshot() or page.locator("thead th").count() == 5
    )
    head = page.locator("thead").bounding_box()
    assert head is not None
    assert head["height"] <= 1, "heard, not seen"
    page.set_viewport_size({"width": 481, "height": 800})
    assert cells.count() == 4
    assert labels() == ["none"] * 4
    assert not hint.is_visible()
    page.set_viewport_size({"width": 480, "height": 800})
    last = row.locator("td").last.get_attribute("id")
    page.evaluate("id => { location.hash = id; }", last)
    assert labels() == [*names[:2], names[-1]], "and the one that is linked to"
    # The question stays in sight above its answers, below the bar.
    page.evaluate("history.replaceState(null, '', location.pathname); location.hash = '';")
    sticky = row.locator("th").evaluate(
        "e => { const s = getComputedStyle(e); return [s.position, parseFloat(s.top) > 40]; }"
    )
    assert sticky == ["sticky", True]


def test_a_phone_has_a_bill_without_a_head_and_no_second_language(opened: Open) -> None:
    page = opened("costs/index.html", viewport={"width": 480, "height": 800})
    head = page.locator(".cost-t thead").first
    box = head.bounding_box()
    assert box is not None
    assert box["height"] <= 1
    page.set_viewport_size({"width": 481, "height": 800})
    box = head.bounding_box()
    assert box is not None
    assert box["height"] > 10
    page.goto(page.url.replace("costs/index.html", "ecs/fargate.html"))
    for width, seen in ((1219, False), (1220, True)):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.locator(".beside-b").is_visible() is seen, width


#: What changes below the pointer, on each page.
POINTED = {
    "index.html": ".btn, .sheet a, .map a, .md-tabs__link, .editions a",
    "ecs/iam-roles.html": ".mk:visible, a.term, .headerlink, .diagram-enlarge, .md-nav__link:visible,"
    " .tally-s, .page-end a, .tx:visible, .fn summary, .cmp-t tbody td",
    "choose/service.html": ".choose-answers a, .choose-more button",
    "practice/ecs.html": ".q-o button, .q-a summary, .q-ask .headerlink",
}
#: The contrast of a part's own letters, with what is behind them.
OWN = INK.replace("document.body, NodeFilter", "document.querySelector('[data-here]'), NodeFilter")


def test_what_is_pointed_at_can_be_read(opened: Open, published: Published) -> None:
    page = opened("about.html")
    faint = []
    for path, parts in POINTED.items():
        page.goto(published.address + path)
        for part in parts.split(","):
            one = page.locator(part).first
            one.evaluate("e => { e.dataset.here = ''; }")
            one.hover()
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                found = page.evaluate(OWN, False)
                faint += [f"{path} {part.strip()}, {scheme}: {each}" for each in found]
            one.evaluate("e => { delete e.dataset.here; }")
    assert faint == []


#: What the keyboard comes to on each page, beside links; the frame stands round a part, or round
#: what it is in.
FOCUSED = {
    "index.html": ".btn, .sheet a, .md-tabs__link, .editions a, #__palette_0",
    "compare/ecs-capacity.html": ".cmp-b, .cmp-f [name=columns], .cmp-f [name=find],"
    " .cmp-f [name=csv], .cmp-w, td .src, .cmp .fn summary",
    "ecs/iam-roles.html": ".mk:visible, .showall, .diagram-enlarge, .printnotes, .tx, a.term",
    "notes/index.html": ".filter input",
    "choose/service.html": ".choose-answers a, .choose-more button",
    "practice/ecs.html": ".q-o button, .q-a summary",
    "compare/any-two.html": ".pair select, .pairs a",
    "compare/index.html": ".find-rows input",
}
#: Whether a frame of 2 pixels or so, in a colour that stands out, is round what has the focus.
FRAMED = """part => {
  part.focus();
  if (document.activeElement !== part) return "takes no focus";
  for (const each of [part, part.closest("label"), part.nextElementSibling]) {
    if (!each) continue;
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(each);
    const seen = outlineStyle !== "none" && parseFloat(outlineWidth) >= 1 && !/, 0\\)$/.test(outlineColor);
    if (seen && each.getBoundingClientRect().width > 2) return "";
  }
  return "no frame";
}"""


def test_what_has_the_focus_has_a_frame(opened: Open, published: Published) -> None:
    page = opened("about.html")
    unseen = []
    for path, parts in FOCUSED.items():
        page.goto(published.address + path)
        if page.locator(".cmp-b:visible").count():
            page.locator(".cmp-b").first.click()
            page.locator(".cmp-f").wait_for()
        page.keyboard.press("Tab")
        for part in parts.split(","):
            fault = page.locator(part).first.evaluate(FRAMED)
            if fault:
                unseen.append(f"{path} {part.strip()}: {fault}")
        skip = page.locator("a.vh")
        if skip.count():
            skip.first.focus()
            box = skip.first.bounding_box()
            assert box is not None
            assert box["height"] > 10, "a way past is seen while the keyboard is on it"
    assert unseen == []
    page.goto(published.address + "about.html")
    form = page.locator(".md-search__form")
    shadow = "e => getComputedStyle(e).boxShadow"
    before = form.evaluate(shadow)
    page.keyboard.press("/")
    page.locator("#__search:checked").wait_for(state="attached")
    assert form.evaluate(shadow) != before, "the search shows it by its own frame"


#: In the colours of a system: a part, a property of it, and what another part has.
FORCED: tuple[tuple[str, str, str, str, str], ...] = (
    ("index.html", ".map li.hexagon", "", "borderTopStyle", "solid"),
    ("index.html", ".map li.hexagon", "", "clipPath", "none"),
    ("index.html", ".map-way em", "::before", "backgroundColor", "ink"),
    ("index.html", ".map-in", "::after", "backgroundColor", "ink"),
    ("index.html", ".md-tabs__item--active", "", "borderBottomColor", "ink"),
    ("index.html", ".md-tabs__item:not(.md-tabs__item--active)", "", "borderBottomColor", "paper"),
    ("notes/index.html", ".filter label:has(:checked)", "", "borderBottomColor", "ink"),
    ("notes/index.html", ".filter label:not(:has(:checked))", "", "borderBottomColor", "paper"),
    ("ecs/iam-roles.html", ".diagram-drawing .dg-shape", "", "stroke", "ink"),
    ("ecs/iam-roles.html", ".diagram-drawing .dg-shape", "", "fill", "paper"),
    ("ecs/iam-roles.html", ".diagram-drawing text", "", "fill", "ink"),
    ("ecs/iam-roles.html", ".diagram-drawing .dg-line", "", "stroke", "ink"),
)


#: A property by what it is in the system's colours: the ink, or the paper.
IN_SYSTEM = """(e, [pseudo, name]) => {
  const probe = document.body.appendChild(document.createElement("i"));
  const names = {};
  for (const [name, colour] of [["ink", "CanvasText"], ["paper", "Canvas"]]) {
    probe.style.color = colour;
    names[getComputedStyle(probe).color] = name;
  }
  probe.remove();
  const value = getComputedStyle(e, pseudo || null)[name];
  return names[value] || value;
}"""


def test_a_system_that_forces_its_colours_shows_what_is_drawn(
    opened: Open, published: Published
) -> None:
    page = opened("about.html", forced_colors="active")
    found = []
    for path in dict.fromkeys(path for path, *_ in FORCED):
        page.goto(published.address + path)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            for where, part, pseudo, name, expected in FORCED:
                if where != path:
                    continue
                value = page.locator(part).first.evaluate(IN_SYSTEM, [pseudo, name])
                if value != expected:
                    found.append((path, part, pseudo, name, scheme, value))
    assert found == []


#: Parts that stand at one side of what they are in: the other side, where text is read from there.
MIRRORED = (
    ("ecs/iam-roles.html", ".cl note-label", "note-row"),
    ("ecs/iam-roles.html", ".tally-s", ".tally"),
    ("notes/index.html", ".row .row-n", ".row"),
    ("notes/changes.html", ".chg time", ".chg li"),
    ("glossary.html", ".gl dt", ".gl > div"),
    ("ecs/when-it-fails.html", ".fail dt", ".fail dl"),
    ("compare/ecs-capacity.html", "tbody th", "tbody tr"),
    ("compare/ecs-capacity.html", "tbody td", "tbody tr"),
    ("costs/index.html", ".cost-t .sum td", ".cost-t .sum"),
    ("choose/service.html", ".choose-answers li", ".choose-answers"),
)
OFFSETS = """([part, whole]) => {
  const inner = document.querySelector(part), outer = inner.closest(whole);
  const [a, b] = [inner.getBoundingClientRect(), outer.getBoundingClientRect()];
  return [a.left - b.left, b.right - a.right, a.width];
}"""


def test_from_right_to_left_every_part_stands_at_the_other_side(
    opened: Open, published: Published
) -> None:
    page = opened("about.html", viewport=DESK)
    wrong = []
    for path, part, whole in MIRRORED:
        if path not in page.url:
            page.goto(published.address + path)
            if page.locator(".showall").count():
                page.locator(".showall").check()
                page.locator(".cl").first.wait_for()
        else:
            page.evaluate("document.body.dir = 'ltr'")
        start, _, width = page.evaluate(OFFSETS, [part, whole])
        page.evaluate("document.body.dir = 'rtl'")
        _, mirrored, other = page.evaluate(OFFSETS, [part, whole])
        # What is as wide as its words may differ by a little.
        if abs(start - mirrored) > 2 + abs(width - other):
            wrong.append((path, part, start, mirrored))
    assert wrong == []
