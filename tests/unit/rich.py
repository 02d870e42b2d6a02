"""A project in which every field that a page can show says something, in two languages."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from annotated.project import open_layout
from annotated.records.layout import by_convention
from annotated.records.results import FILE as RESULTS
from annotated.records.results import Answer, Results, digest, registered
from annotated.records.results import written as as_written
from annotated.render.edition import Edition
from tests.conftest import edit, lay_whole

TODAY = date(2026, 11, 24)
REPOSITORY = "https://git.test/tea/"

_NOTES = """\
# Tea & <more>
모든 차는 한 식물이다.
  Green tea and black tea\u200b
are different plants.
A pot of 150 ml.
Without milk!
"""

#: What is added at the end of a file.
_MORE = {
    "data/sources.yml": """\
  - {id: tea-book, title: "Tea & <Time>", author: A. Reader, pages: 12-19, via: book, as_of: 1906, read: 2024-03-03}
  - {id: tea-talk, title: A talk, via: conversation, author: A. Grower, publisher: A House, read: 2024-03-04}
  - {id: tea-api, title: An API, url: "https://api.test/", publisher: A Press, via: api-model, read: 2024-03-07}
  - {id: tea-lecture, title: A lecture, via: lecture, read: 2024-03-06}
  - {id: tea-paper, title: A paper, url: "https://tea.test/a(b)?c=1&d", publisher: A Press, via: paper, as_of: 2020-02-29, read: 2024-03-05}
""",
    "data/claims/choosing.yml": """\
  - id: c-008
    origin: notes
    lines: [2, 5-6]
    verdict: open
    said: {en: Nobody has looked at *this* `code`.}
  - id: c-009
    origin: ours
    lines: 5
    verdict: gap
    said: {en: "Nothing is said of `lids`."}
    now: {en: A lid keeps it warm.}
    sources: [tea-lecture, tea-api]
  - id: c-1000
    origin: ours
    lines: 3
    verdict: wrong
    home: open
    said: {en: "A < b & `c|d`", ko: 우리 것}
    now: {en: So it is.}
    since: 2020
    sources: [tea-book, tea-talk, tea-paper]
    probes: [{where: model, path: a, equals: 1}, {where: leaf, exists: true}]
""",
    "data/changes.yml": """\
  - {id: pots-2024, date: 2024-05-02, title: {en: "Pots & `lids`", ko: 주전자}, text: {en: Now three., ko: 이제 셋.}, sources: [tea-paper, tea-book]}
  - {id: cups-2024, date: 2024-05, title: {en: Cups}, text: {en: Now four.}, claims: [c-001, c-005], pages: [brewing.md#kinds, index.md], sources: [iso-3103], probes: [{where: model, path: gone, exists: true}]}
  - {id: first, date: 1980, title: {en: First}, text: {en: The first.}, sources: [iso-3103], probes: [{where: model, path: changed, exists: true}]}
""",
    "data/corrections.yml": """\
  - {id: lids, date: 2024-06-01, text: {en: "A `lid` is <needed>", ko: 뚜껑}, pages: [compare/tea-kinds.md, brewing.md#kinds]}
  - {id: cups, date: 2024-07-03, text: {en: A cup is smaller.}, pages: [brewing.md#kinds]}
""".replace("<needed>", "needed"),
    "data/glossary/tea.yml": """\
  - id: assam
    term: {en: Assam, ko: 아삼}
    abbreviation: AS
    also: {en: [assam tea, AS], ko: [아쌈]}
    definition: {en: "A `region`, \\"wet\\" & warm.", ko: 지역.}
    page: open
    sources: [tea-book]
    probes: [{where: model, path: a, equals: 1}]
  - {id: pu-er, term: {en: "8-year pu'er"}, definition: {en: Old tea.}, page: index.md, sources: [tea-book]}
  - {id: oolong, term: {en: Oolong, ko: 우롱}, definition: {en: Between both.}, page: compare/tea-kinds.md, sources: [tea-book]}
""",
    "data/comparisons/tea-kinds.yml": """\
  - id: words
    name: {en: "In words & `code`"}
    asks: {en: "What is it, in `words`?", ko: 말로는?}
    cells:
      green: {text: {en: "a < b, [x] `kindOfTeaThatIsVeryLong`", ko: 말}, note: {en: "if *so*", ko: 그러면}, sources: [tea-talk]}
      black: {code: ["a b", "tea:DescribeBrewingInstructions"], sources: [tea-book, tea-encyclopedia]}
  - id: range
    name: {en: A range}
    cells:
      green: {number: {min: 0.25, max: 1200, unit: grams}, sources: [tea-paper], probes: [{where: model, path: a, equals: 1}]}
      black: {number: {min: 3, unit: cups}, note: {en: at least}, sources: [tea-paper]}
  - id: dates
    name: {en: Since when}
    cells:
      green: {date: 2019-12-01, sources: [iso-3103]}
      black: {number: {max: 5, unit: days}, sources: [iso-3103]}
""",
    "data/prices.yml": """\
  - {id: water, amount: 0.005, unit: {en: litre, ko: 리터}, per: [litres], sources: [tea-paper]}
  - {id: air, amount: 0, unit: {en: breath}, per: [pots], sources: [tea-lecture]}
  - {id: pot, amount: 1250, unit: {en: pot}, per: [pots], sources: [tea-book, tea-paper]}
""",
    "data/failures/tea.yml": """\
  - id: cold
    group: taste
    messages: ["Tea at <n> degrees & `cold`", "-1 leaf"]
    seen: {en: "On the `thermometer`"}
    means: {en: "It is <= warm & `so`"}
    look:
      - text: {en: The pot}
        command: "touch `pot`"
      - text: {en: The `cup`}
        command: ls
    mends: {en: Drink `it`.}
    terms: [oxidation, assam]
    pages: [brewing.md#kinds, index.md]
    sources: [tea-book, tea-talk]
    probes: [{where: model, path: a, equals: 1}]
""".replace("<= warm", "lukewarm"),
    "data/probes.yml": """\
""",
    "data/combined/teas.yml": """\
  - {id: either, name: {en: Either}, rows: [leaves/steeped, tea-kinds/range]}
  - {id: mixed, name: {en: In words}, rows: [tea-kinds/words]}
pairs:
  - [black, green]
  - [green, mate]
""",
    "data/site.yml": """\
publish_unchecked: true
""",
    "docs/en/brewing.md": """
## All {#all}

<!-- estimate: two-pots -->

<!-- estimate: free -->

### Each {#each}

A list ends.[^c-008]
""",
}

_FILES = {
    "data/notes.txt": _NOTES,
    "data/comparisons/leaves.yml": """\
id: leaves
title: {en: "Leaves & more"}
page: open
subjects:
  - {id: mate, name: {en: Mate}}
  - {id: mint, name: {en: "Mint `leaf`"}}
  - {id: lime, name: {en: Lime}}
  - {id: hop, name: {en: Hop}}
rows:
  - id: steeped
    name: {en: Steeping}
    cells:
      mate: {number: {exact: 1, unit: minutes}, sources: [iso-3103]}
      mint: {number: {exact: 0.5, unit: minutes}, sources: [tea-book]}
      lime: {value: yes, sources: [iso-3103]}
      hop: {value: no, sources: [iso-3103]}
""",
    "data/estimates/two-pots.yml": """\
id: two-pots
title: {en: "Two pots & water"}
given: {en: "A `pot` lasts."}
options:
  - id: one
    name: {en: One pot}
    lines:
      - {id: pot, name: {en: The pot}, factors: [{number: 1, unit: pots}], price: pot}
      - {id: water, name: {en: Water}, factors: [{number: 0.5, unit: litres}, {number: 30, unit: days}], price: water}
  - id: two
    name: {en: Two pots}
    lines:
      - {id: pot, name: {en: The pots}, factors: [{number: 2, unit: pots}], price: pot}
      - {id: water, name: {en: Water}, factors: [{number: 1, unit: litres}], price: water}
  - id: leaves
    name: {en: With leaves}
    lines:
      - {id: pot, name: {en: The pot}, factors: [{number: 1, unit: pots}], price: pot}
      - {id: leaf, name: {en: Leaves}, factors: [{number: 4, unit: grams}], price: leaf}
""",
    "data/estimates/free.yml": """\
id: free
title: {en: Nothing to pay}
given: {en: Air is free.}
options:
  - id: air
    name: {en: Air}
    lines: [{id: air, name: {en: Air}, factors: [{number: 1, unit: pots}], price: air}]
  - id: water
    name: {en: Water}
    lines: [{id: water, name: {en: Water}, factors: [{number: 1, unit: litres}], price: water}]
""",
    "data/decisions/which-pot.yml": """\
id: which-pot
title: {en: "Which `pot`"}
page: choosing.md
candidates:
  - {id: large, name: {en: "Large & round"}, answer: {en: "It holds `much`."}, pages: [brewing.md#kinds], sources: [iso-3103]}
  - {id: small, name: {en: Small}, answer: {en: It holds little.}, pages: [index.md], sources: [tea-book, iso-3103, tea-lecture]}
  - {id: none, name: {en: "None `at` all"}, answer: {en: A cup will do.}, pages: [index.md], sources: [tea-book]}
questions:
  - id: many
    ask: {en: Are there many?}
    answers:
      - {id: yes, text: {en: Yes}, rules_out: [{out: [none, small], cell: tea-kinds/words/green, contains: [a], lacks: xyz}]}
      - {id: no, text: {en: "No `pot`"}}
      - {id: two, text: {en: Two}, rules_out: [{out: [large], cell: tea-kinds/range/green, at_least: 0.25, at_most: 1200}]}
      - {id: three, text: {en: Three}}
  - id: round
    ask: {en: "Is it `round`?"}
    help: {en: Look at it.}
    when: [{many: [no, three]}, {many: [two]}]
    answers:
      - {id: yes, text: {en: Yes}, rules_out: [{out: [small, large], cell: tea-kinds/caffeine/black, equals: partly}]}
      - {id: no, text: {en: No}, rules_out: [{out: [none], cell: leaves/steeped/mate, at_most: 1}]}
""",
}


def lay_rich(target: Path) -> Path:
    """Lay the project out at `target`."""
    lay_whole(target)
    for name, text in _FILES.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_text(text, encoding="utf-8")
    for name, text in _MORE.items():
        file = target / name
        file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")
    edit(target, "data/notes.yml", "language: en\nlines: 6", "language: ar\nlines: 6\nshow: true")
    edit(
        target,
        "data/comparisons/tea-kinds.yml",
        "{en: Kinds of tea,",
        "{en: Kinds of `tea` & more,",
    )
    edit(target, "data/site.yml", "units:\n", "units:\n  litres: {en: litres, ko: \"{number} 리터\"}\n  pots: {en: \"{number}-pots\"}\n")  # fmt: skip
    edit(target, "data/probes.yml", "places:\n", "  leaf: {registry: npm, name: \"@tea/leaf\", version: 2.0.0-rc.1, hash: x, released: 2024-02-29}\nplaces:\n  leaf: {package: leaf, folder: leaves}\n")  # fmt: skip
    edit(target, "data/combined/teas.yml", "rows:\n", "  - {id: mate, name: {en: Mate}, columns: {leaves: mate}}\nrows:\n")  # fmt: skip
    edit(target, "docs/en/index.md", "<!-- changes: 2 -->", "<!-- changes: 2 -->\n\n<!-- rows -->\n\n<!-- changes: 1 -->")  # fmt: skip
    edit(target, "docs/en/choosing.md", "<!-- decision: which-kind -->", "<!-- decision: which-kind -->\n\n<!-- decision: which-pot -->")  # fmt: skip
    edit(target, "docs/en/choosing.md", "# Choosing a tea", "# Choosing a `tea` & a pot")
    edit(
        target,
        "docs/en/compare/tea-kinds.md",
        "# Kinds of tea, compared",
        "# Kinds of `tea`, compared",
    )
    edit(target, "docs/en/glossary.md", "checked: 2024-03-02", "checked: open")
    edit(target, "docs/en/glossary.md", "# Glossary", "# `Glossary`")
    edit(
        target,
        "docs/en/when-it-fails.md",
        "what mends it.\n\n<!--",
        "what mends it.[^c-009]\n\n<!--",
    )
    edit(
        target,
        "docs/en/when-it-fails.md",
        "<!-- failures: tea -->",
        "<!-- tally -->\n\n<!-- failures: tea -->",
    )
    edit(
        target,
        "data/practice/brewing.yml",
        "      - text: {en: Any pot",
        "      - text: {en: One with a lid}\n        rests: c-009\n      - text: {en: Any pot",
    )
    _ran(target)
    return target


def editions_of(root: Path) -> list[Edition]:
    """The editions of the project, which is good in every part that is asked here."""
    found = []
    for language, folder in (("en", ""), ("ko", "ko/")):
        layout = replace(by_convention(root / "docs" / language, language, "en"), folder=folder)
        site, problems = open_layout(root, layout, TODAY)
        assert language != "en" or not problems, list(map(str, problems))
        found.append(Edition.of(site, language, REPOSITORY if language == "en" else "", folder))
    return found


def _ran(root: Path) -> None:
    """Write down what the probes have found: all hold, but for those that say otherwise."""
    from annotated.records.probes import located, probed_records

    site = open_layout(root, by_convention(root / "docs" / "en", "en"), TODAY)[0]
    answers: dict[str, list[tuple[str, Answer]]] = {}
    told: dict[str, Answer] = {"gone": "gone", "changed": "changed"}
    for record in probed_records(site):
        for probe, _ in record.probes:
            place = located(site, probe)
            assert place is not None
            location, name, package = place
            key = digest(probe, location, registered(name, package))
            answers.setdefault(record.key, []).append((key, told.get(probe.path or "", "holds")))
    file = root / RESULTS
    file.parent.mkdir(exist_ok=True)
    versions = {"api": "1.0.0", "leaf": "2.0.0-rc.1"}
    file.write_text(as_written(Results(versions, answers)), encoding="utf-8")
    assert json.loads(file.read_text(encoding="utf-8"))["answers"]
