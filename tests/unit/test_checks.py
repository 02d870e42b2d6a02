"""Every rule: the good case (the golden project), each bad one, two bad at once."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from annotated.project import open_layout, open_project
from annotated.records import models
from annotated.records.counts import counts_of
from annotated.records.layout import by_convention
from annotated.records.problems import Problem
from tests.conftest import edit

TODAY = date(2026, 11, 24)


@pytest.fixture
def golden(records: Path) -> Path:
    """Records and pages are all that a check reads."""
    return records


def problems_of(root: Path) -> list[Problem]:
    return open_project(root, root / "docs" / "en", "en", TODAY)[1]


def test_the_golden_project_is_good(golden: Path) -> None:
    assert problems_of(golden) == []


CLAIMS = "data/claims/brewing.yml"
TABLE = "data/comparisons/tea-kinds.yml"
BREWING = "docs/en/brewing.md"
WORDS = "data/words/en.yml"
PRICES = "data/prices.yml"
ESTIMATE = "data/estimates/a-month-of-tea.yml"
NOTES = "data/notes.yml"
GLOSSARY = "data/glossary/tea.yml"
OTHER_TERM = """\
  - id: brewing
    term: {en: Fermentation}
    definition: {en: Pouring water.}
    page: brewing.md
    sources: [tea-encyclopedia]
"""

#: rule, file, what is replaced, by what, the line of the problem, a part of the message
BAD = [
    ("yaml-syntax", CLAIMS, "lines: 3-4", "lines: [3-4", 13, "not closed"),
    ("duplicate-key", CLAIMS, "lines: 2\n", "lines: 2\n    lines: 2\n", 7, "stands twice"),
    ("unknown-key", CLAIMS, "verdict: wrong", "verdct: wrong", 14, "did you mean 'verdict'"),
    ("missing-key", CLAIMS, "    verdict: wrong\n", "", 11, "'verdict' is missing"),
    ("unknown-value", CLAIMS, "verdict: wrong", "verdict: wrnog", 14, "did you mean 'wrong'"),
    ("unknown-source", PRICES, "[iso-3103]", "[iso-3104]", 10, "did you mean 'iso-3103'"),
    ("unknown-unit", PRICES, "per: [grams]", "per: [gram]", 9, "did you mean 'grams'"),
    ("bad-value", PRICES, "currency: EUR", "currency: euro", 2, "expected a currency"),
    ("missing-key", PRICES, "warn_after: 365\n", "", 2, "'warn_after' is missing"),
    ("unknown-key", PRICES, "warn_after", "warn_aftr", 4, "did you mean 'warn_after'"),
    ("wrong-type", PRICES, "    unit:", "    amount: a lot\n    unit:", 8, "expected a number"),
    ("bad-value", PRICES, "    unit:", "    amount: -1\n    unit:", 8, "expected 0 or more"),
    ("unknown-price", ESTIMATE, "price: leaf", "price: lef", 15, "did you mean 'leaf'"),
    ("unknown-unit", ESTIMATE, "unit: cups", "unit: cup", 13, "did you mean 'cups'"),
    ("unfitting-units", ESTIMATE, "          - {number: 4, unit: grams}\n", "", 11, "found 0"),
    ("unfitting-units", ESTIMATE, "unit: cups", "unit: grams", 11, "found 2"),
    ("bad-value", ESTIMATE, "{number: 30,", "{number: 0,", 12, "expected a number above 0"),
    ("duplicate-id", ESTIMATE, "id: four-cups", "id: two-cups", 16, "among the options"),
    ("estimate-without-page", BREWING, "<!-- estimate: a-month-of-tea -->", "", 0, ""),
    ("unknown-source", CLAIMS, "[iso-3103]", "[iso-3104]", 25, "did you mean 'iso-3103'"),
    ("missing-key", CLAIMS, "    sources: [iso-3103]\n", "", 18, "'sources' is missing"),
    ("duplicate-id", CLAIMS, "id: c-002", "id: c-001", 11, "taken already by data/claims"),
    ("bad-id", CLAIMS, "id: c-002", "id: claim-2", 11, "like 'c-012'"),
    ("html-in-text", CLAIMS, "from one plant", "from <i>one</i> plant", 8, "HTML"),
    ("html-in-text", CLAIMS, "from one plant", "from `one`<i>`plant`", 8, "HTML"),
    ("line-out-of-range", CLAIMS, "lines: 6", "lines: 7", 28, "line 7 cannot be: the notes have 6 lines"),
    ("line-out-of-range", NOTES, "- lines: 1", "- lines: [1, 8-9]", 8, "lines 8-9 cannot be"),
    ("unclaimed-line", CLAIMS, "lines: 3-4", "lines: 3", 6, "line 4 of the notes"),
    ("unclaimed-line", NOTES, "lines: 6", "lines: 34", 6, "lines 7-34 of the notes; what waits is 'open: [7-34]'"),
    ("line-twice", NOTES, "- lines: 1", "- lines: 1-4", 8, "lines 2-4 are claimed"),
    ("not-open", NOTES, "lines: 6", "lines: 6\nopen: 2-5", 7, "lines 2-5"),
    ("shared-alias", GLOSSARY, "terms:", "terms:\n" + OTHER_TERM, 11, "'fermentation' names the term"),
    ("future-date", "data/sources.yml", "read: 2024-03-01", "read: 2026-11-26", 9, "future"),
    ("bad-date", "data/sources.yml", "read: 2024-03-01", "read: 2024-02-31", 9, ""),
    ("missing-key", "data/sources.yml", "    read: 2024-03-01\n", "", 3, "'read' is missing"),
    ("missing-key", "data/sources.yml", "    url: https://www.iso", "    #", 3, "'url' is missing"),
    ("bad-value", "data/sources.yml", "https://www.iso", "http://www.iso", 5, "https://"),
    ("missing-cell", TABLE, "      green: {value: no, sources: [tea-encyclopedia]}\n", "", 13, "'green'"),
    ("wrong-type", TABLE, "{value: no, ", "{number: 6, ", 14, "lines with 'exact', 'max', 'min', 'unit'"),
    ("unknown-subject", TABLE, "      green: {value: no", "      gren: {value: no", 14, "'green'"),
    ("pipe-in-cell", TABLE, "en: fully", "en: fully | yes", 15, "'|'"),
    ("html-in-text", TABLE, "en: fully", "en: fully<br>", 15, "HTML"),
    ("missing-key", TABLE, "{value: no, sources: [tea-encyclopedia]}", "{value: no}", 14, "'sources'"),
    ("unknown-value", TABLE, "{value: no,", "{value: nope,", 14, "expected 'yes'"),
    ("bad-value", TABLE, "{value: no,", "{value: no, code: [x],", 14, "exactly one"),
    ("unknown-unit", TABLE, "unit: minutes", "unit: minute", 19, "did you mean 'minutes'"),
    ("unknown-unit", TABLE, "unit: minutes", "unit: years", 19, "add it to 'units' of data/site.yml"),
    ("duplicate-id", TABLE, "id: steeped", "id: oxidised", 16, "twice among the rows"),
    ("broken-link", TABLE, "compare/tea-kinds.md", "compare/tea-kind.md", 4, "did you mean"),
    ("comparison-without-page", TABLE, "compare/tea-kinds.md", "glossary.md", 4, "add <!-- comp"),
    ("file-name", TABLE, "id: tea-kinds", "id: kinds-of-tea", 2, "a file named"),
    ("unknown-claim", "data/changes.yml", "[c-003]", "[c-033]", 7, "no claim 'c-033'"),
    ("broken-link", "data/changes.yml", "[brewing.md]", "[brewin.md]", 8, "brewing.md"),
    ("broken-anchor", "data/glossary/tea.yml", "#kinds", "#kind", 10, "did you mean 'kinds'"),
    ("unknown-directive", BREWING, "<!-- tally -->", "<!-- tallly -->", 12, "did you mean 'tally'"),
    ("directive-not-alone", BREWING, "<!-- tally -->", "See <!-- tally -->", 12, "alone"),
    ("bad-argument", BREWING, "<!-- tally -->", "<!-- tally: 3 -->", 12, "takes no argument"),
    ("bad-argument", "docs/en/index.md", "changes: 2", "changes: two", 17, "expected a number"),
    ("unknown-change", BREWING, "status: tasting", "status: testing", 14, "did you mean"),
    ("unknown-comparison", "docs/en/compare/tea-kinds.md", "tea-kinds -->", "tea-kins -->", 12, "did"),
    ("unknown-claim", BREWING, "leaf.[^c-001]", "leaf.[^c-011]", 10, "no claim 'c-011'"),
    ("claim-without-home", BREWING, "leaf.[^c-001]", "leaf.", 0, "[^c-001]"),
    ("two-homes", BREWING, "milk.[^c-004]", "milk.[^c-004 c-001]", 18, "[text](claim:c-001)"),
    ("mark-in-heading", BREWING, "## Kinds", "## Kinds[^c-001]", 16, "heading"),
    ("mark-in-link", BREWING, "[oxidation](", "[oxidation[^c-001]](", 10, "link"),
    ("empty-mark", BREWING, "leaf.[^c-001]", "leaf.[^ ]", 10, "names a claim"),
    ("unknown-term", BREWING, "term:oxidation", "term:oxydation", 10, "did you mean 'oxidation'"),
    ("unknown-claim", BREWING, "claim:c-003", "claim:c-030", 18, "c-030"),
    ("broken-link", "docs/en/index.md", "(brewing.md)", "(brewin.md)", 11, "brewing.md"),
    ("broken-anchor", "docs/en/index.md", "(brewing.md)", "(brewing.md#kin)", 11, "kinds"),
    ("broken-link", "docs/en/index.md", "(brewing.md)", "(brewing.html)", 11, "ending in .md"),
    ("absolute-link", "docs/en/index.md", "(brewing.md)", "(/brewing.md)", 11, "relative"),
    ("unknown-scheme", "docs/en/index.md", "(brewing.md)", "(trem:x)", 11, "term"),
    ("unknown-count", "docs/en/index.md", "count:lines", "count:line", 11, "did you mean 'lines'"),
    ("heading-without-id", BREWING, "## Kinds {#kinds}", "## Kinds", 16, "{#kinds}"),
    ("duplicate-id", BREWING, "## Kinds", "<!-- comparison: tea-kinds -->\n\n## Kinds", 29, "once"),
    ("one-title", BREWING, "# Brewing tea", "## Brewing tea {#x}", 1, "expected one"),
    ("unknown-key", BREWING, "checked: 2024", "chekced: 2024", 5, "did you mean 'checked'"),
    ("wrong-type", BREWING, "kind: concept", "kind: concept\nnames: tea", 5, "a list"),
    ("unknown-value", BREWING, "kind: concept", "kind: concpt", 4, "did you mean 'concept'"),
    ("future-date", BREWING, "checked: 2024-03-02", "checked: 2026-12-24", 5, "future"),
    ("missing-word", WORDS, "  csv: CSV\n", "", 4, "'csv'"),
    ("unknown-word", WORDS, "  also:", "  alos: x\n  also:", 5, "did you mean 'also'"),
    ("bad-word", WORDS, '"also: {names}"', "'also: {names'", 5, "'also'"),
    ("bad-word", WORDS, '"also: {names}"', "'also: {nmaes}'", 5, "did you mean 'names'"),
    ("bad-word", WORDS, '"also: {names}"', "'also: {names:d}'", 5, "more than a name"),
    ("bad-word", WORDS, '"also: {names}"', "'also: {names!z}'", 5, "'also'"),
    ("bad-word", WORDS, '"also: {names}"', "'also: {names.real}'", 5, "did you mean 'names'"),
    ("bad-word", WORDS, '"also: {names}"', "'also: {names[0]}'", 5, "did you mean 'names'"),
    ("bad-word", WORDS, '"also: {names}"', "'also: {} {0}'", 5, "expected {names}"),
    ("html-in-text", WORDS, '"also: {names}"', "'<b>also</b>'", 5, "HTML"),
    ("wrong-type", WORDS, '"also: {names}"', "1", 5, "holds a number, expected a text"),
    ("unknown-key", WORDS, "locale: en-GB", "locale: xx", 3, "like 'en'"),
    ("twice", CLAIMS, "[iso-3103]", "[iso-3103, tea-encyclopedia, iso-3103]", 25, "'iso-3103' stands twice"),
    ("twice", "data/changes.yml", "[c-003]", "[c-003, c-003]", 7, "'c-003' stands twice"),
    ("twice", GLOSSARY, "{en: [oxydation]}", "{en: [oxydation, oxydation]}", 7, "'oxydation' stands twice"),
    ("bad-value", WORDS, '"also: {names}"', "' '", 5, "found nothing"),
    ("bad-value", CLAIMS, "lines: [5]", "lines: []", 20, "found none"),
    ("bad-value", CLAIMS, "lines: [5]", "lines: [5, -1]", 20, "a line number like 68"),
    ("bad-value", CLAIMS, "lines: [5]", "lines: 9-5", 20, "'9-5' is not a range"),
    ("bad-value", CLAIMS, "lines: [5]", "lines: 1000000", 20, "too far"),
    ("bad-value", CLAIMS, "lines: [5]", "lines: 1-99999", 20, "10000 at most"),
    ("bad-value", CLAIMS, "lines: [5]", "lines: true", 20, "a line number like 68"),
    ("bad-value", NOTES, "lines: 6", "lines: 1000000", 6, "expected 100000 at most"),
    ("wrong-type", NOTES, "lines: 6", "lines: six", 6, "expected a whole number"),
    ("wrong-type", CLAIMS, "topic: {en: Brewing}", "topic: Brewing", 2, "write it by language: {en: Brewing}"),
    ("missing-key", CLAIMS, "topic: {en: Brewing}", "topic: {ko: 차}", 2, "key 'en' is missing"),
    ("unknown-key", CLAIMS, "topic: {en: Brewing}", "topic: {en: Brewing, kr: 차}", 2, "like 'en' or 'ko'"),
    ("bad-value", CLAIMS, "topic: {en: Brewing}", 'topic: {en: "a\\nb"}', 2, "a line break"),
    ("markup-in-text", CLAIMS, "topic: {en: Brewing}", 'topic: {en: "[x](y)"}', 2, "'](', which is Markdown"),
    ("markup-in-text", CLAIMS, "topic: {en: Brewing}", 'topic: {en: "x {#y}"}', 2, "Markdown"),
    ("markup-in-text", CLAIMS, "topic: {en: Brewing}", 'topic: {en: "x [^c-001]"}', 2, "Markdown"),
    ("bad-id", CLAIMS, "id: c-002", "id: c-0002", 11, "like 'c-012'"),
    ("bad-id", CLAIMS, "id: c-002", "id: c-٠٠٢", 11, "like 'c-012'"),
    ("bad-value", TABLE, "page: compare/tea-kinds.md", "page: ./compare/tea-kinds.md", 4, "'compare/tea-kinds.md'"),
    ("bad-value", TABLE, "page: compare/tea-kinds.md", "page: a/../compare/tea-kinds.md", 4, "'compare/tea-kinds.md'"),
    ("bad-value", "data/glossary/tea.yml", "brewing.md#kinds", "/brewing.md#kinds", 10, "'brewing.md#kinds'"),
    ("wrong-type", TABLE, "{exact: 6, unit", "{exact: six, unit", 19, "like 4 or 0.25"),
    ("bad-value", "data/sources.yml", "https://www.iso.org/standard/73224.html", "'https://[www.iso.org'", 5, "no browser opens it"),
    ("bad-value", "data/sources.yml", "https://www.iso.org/standard/73224.html", "https://www.iso.org:73224/", 5, "no browser opens it"),
    ("bad-value", "data/sources.yml", "url: https://www.iso.org/standard/73224.html", "url: 'https://www.iso.org/\"><b>'", 5, "https://"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "file", "old", "new", "line", "part"), BAD)
def test_a_defect_is_named_at_its_place(
    golden: Path, rule: str, file: str, old: str, new: str, line: int, part: str
) -> None:
    edit(golden, file, old, new)
    found = [p for p in problems_of(golden) if p.rule == rule]
    assert found, [str(p) for p in problems_of(golden)]
    messages = [str(p) for p in found]
    if line:
        assert line in [p.place.line for p in found], messages
    assert any(part in message for message in messages), messages


#: All that a term is called. A slip that is another term's right name comes after it.
CALLED = {
    "term": "term: {en: %s}",
    "abbreviation": "abbreviation: %s",
    "also": "also: {en: [%s]}",
    "aliases": "aliases: {en: [%s]}",
    "misspellings": "misspellings: {en: [%s]}",
}


@pytest.mark.parametrize("first", CALLED)
@pytest.mark.parametrize("second", CALLED)
def test_no_two_terms_share_a_name_of_whatever_kind(golden: Path, first: str, second: str) -> None:
    terms = ""
    for name, kind in (("steam", first), ("vapour", second)):
        said = CALLED[kind] % "CUP"
        own = "" if kind == "term" else f"    term: {{en: The {name}}}\n"
        terms += f"  - id: {name}\n{own}    {said}\n    definition: {{en: It rises.}}\n    page: brewing.md\n    sources: [tea-encyclopedia]\n"
    edit(golden, GLOSSARY, "terms:\n", "terms:\n" + terms)
    found = [p for p in problems_of(golden) if p.rule == "shared-alias"]
    assert ["'CUP' names the term" in p.message for p in found] == [True], problems_of(golden)


def test_a_file_of_records_may_end_in_yaml(golden: Path) -> None:
    before = open_project(golden, golden / "docs" / "en", "en", TODAY)[0]
    files = [f for f in (golden / "data").rglob("*/*.yml") if f.parent.name != "words"]
    for file in files:
        file.rename(file.with_suffix(".yaml"))
    site, problems = open_project(golden, golden / "docs" / "en", "en", TODAY)
    assert problems == []
    assert counts_of(site) == counts_of(before)
    assert len({file.parent for file in files}) > 4


def test_two_defects_are_reported_in_one_run(golden: Path) -> None:
    edit(golden, CLAIMS, "verdict: wrong", "verdict: wrnog")
    edit(golden, CLAIMS, "sources: [iso-3103]", "sources: [nowhere]")
    edit(golden, BREWING, "<!-- tally -->", "<!-- tallly -->")
    rules = [p.rule for p in problems_of(golden)]
    assert rules.count("unknown-value") == 1
    assert rules.count("unknown-source") == 1
    assert rules.count("unknown-directive") == 1


def test_a_broken_record_is_not_blamed_twice(golden: Path) -> None:
    edit(golden, CLAIMS, "verdict: wrong", "verdict: wrnog")
    assert [p.rule for p in problems_of(golden)] == ["unknown-value"]


def test_open_things_are_not_errors(golden: Path) -> None:
    edit(golden, BREWING, "leaf.[^c-001]", "leaf.")
    edit(golden, CLAIMS, "    verdict: correct\n", "    verdict: correct\n    home: open\n")
    edit(golden, TABLE, "page: compare/tea-kinds.md", "page: open")
    edit(golden, "data/notes.yml", "asides:\n  - lines: 1\n    reason: {en: The title}", "open: 1")
    assert problems_of(golden) == []


def test_what_looks_like_markup_in_code_is_code(golden: Path) -> None:
    code = "`<div>`, `&nbsp;`, `<!-- a` and `[x](y)`"
    edit(golden, CLAIMS, "All tea comes from one plant.", f'"{code}"')
    assert problems_of(golden) == []


def test_what_is_no_longer_open_is_an_error(golden: Path) -> None:
    edit(golden, CLAIMS, "    verdict: correct\n", "    verdict: correct\n    home: open\n")
    edit(golden, NOTES, "lines: 6", "lines: 6\nopen: 2")
    assert [p.rule for p in problems_of(golden)] == ["not-open", "not-open"]


def test_code_is_never_touched(golden: Path) -> None:
    page = golden / BREWING
    text = page.read_text(encoding="utf-8")
    page.write_text(
        text + "\n~~~~text\n<!-- nonsense -->\n```\n[^c-777]\n~~~~\n\nAnd `[^c-888]` too.\n",
        encoding="utf-8",
    )
    assert problems_of(golden) == []


def test_a_file_that_is_not_text_is_named(golden: Path) -> None:
    (golden / BREWING).write_bytes(b"\xff\xfe\x00")
    (golden / "data" / "changes.yml").unlink()
    rules = {p.rule for p in problems_of(golden)}
    assert {"encoding", "missing-file"} <= rules


def test_a_message_has_its_form(golden: Path) -> None:
    edit(golden, CLAIMS, "verdict: wrong", "verdict: wrnog")
    assert str(problems_of(golden)[0]).startswith(
        "data/claims/brewing.yml:14:5: error[unknown-value] 'wrnog' is not a value of 'verdict'; "
        "did you mean 'wrong'?"
    )


def test_an_unreadable_file_is_reported_alone(golden: Path) -> None:
    edit(golden, CLAIMS, "lines: 3-4", "lines: [3-4")
    edit(golden, "data/sources.yml", "sources:", "sources: [")
    assert {p.rule for p in problems_of(golden)} == {"yaml-syntax"}


def decide(root: Path, questions: str, candidates: str = "") -> list[tuple[str, int]]:
    """Lay a decision between two teas out; return the rules that it breaks, with their lines."""
    (root / "data" / "decisions").mkdir()
    (root / "data" / "decisions" / "which-tea.yml").write_text(
        "id: which-tea\ntitle: {en: Which tea}\npage: brewing.md\ncandidates:\n"
        + candidate("black") + candidate("green") + candidates + "questions:\n" + questions,
        encoding="utf-8",
    )  # fmt: skip
    page = root / BREWING
    shown = page.read_text(encoding="utf-8") + "\n<!-- decision: which-tea -->\n"
    page.write_text(shown, encoding="utf-8")
    return [(p.rule, p.place.line) for p in problems_of(root)]


def candidate(name: str) -> str:
    return (
        f"  - {{id: {name}, name: {{en: Tea}}, answer: {{en: Drink it.}}, "
        "pages: [brewing.md], sources: [iso-3103]}\n"
    )


def question(name: str, yes: str = "", no: str = "", when: str = "") -> str:
    """A question in three lines; `yes` and `no` rule out these, for a reason that holds."""
    asked = f"when: [{{{when}}}], " if when else ""
    lines = f"  - {{id: {name}, {asked}ask: {{en: Is it?}}, answers: [\n"
    for answer, out in (("yes", yes), ("no", no)):
        reason = f"{{out: [{out}], cell: tea-kinds/oxidised/green, equals: no}}" if out else ""
        end = "]}" if answer == "no" else ","
        lines += f"      {{id: {answer}, text: {{en: So}}, rules_out: [{reason}]}}{end}\n"
    return lines


BOTH = question("hot", "black", "green")


def test_a_decision_may_meet_again(golden: Path) -> None:
    assert decide(golden, question("kind", "", "") + BOTH) == [("decision-unreached", 8)]


def test_a_decision_that_nobody_reads_to_its_end_is_refused(golden: Path) -> None:
    chain = "".join(question(f"q-{n}", "green") for n in range(500))
    started = time.process_time()
    found = decide(golden, chain)
    assert found == [("decision-too-long", 7)]
    assert time.process_time() - started < 5


def test_a_step_of_a_decision_has_one_name(golden: Path) -> None:
    found = decide(golden, BOTH + BOTH, candidate("black"))
    assert [rule for rule, _ in found].count("duplicate-id") == 2


def test_a_way_that_leaves_nothing_is_named(golden: Path) -> None:
    assert decide(golden, question("hot", "black", "green, black")) == [
        ("decision-unreached", 5),
        ("decision-dead-end", 10),
    ]
    message = problems_of(golden)[1].message
    assert message == "nothing is left after hot: no; it rules out black, green"


def test_a_question_that_never_comes_up_is_named(golden: Path) -> None:
    late = question("late", "black", "", "hot: [yes]")
    assert decide(golden, BOTH + late) == [("decision-unreached", 11)]


def test_a_question_after_which_a_way_ends_in_nothing_is_no_end(golden: Path) -> None:
    """Who is left alone is still asked what would rule it out: no way ends before its time."""
    assert decide(golden, BOTH + question("late", "black", "green")) == [
        ("decision-dead-end", 12),
        ("decision-dead-end", 13),
    ]


def test_a_candidate_that_nothing_leads_to_is_named(golden: Path) -> None:
    assert decide(golden, question("hot", "", "green")) == [("decision-unreached", 6)]
    assert "'black' stands before it" in problems_of(golden)[0].message


def test_a_condition_names_what_was_asked_before(golden: Path) -> None:
    later = question("kind", "black", "green", "hto: [yes]")
    assert decide(golden, BOTH + later) == [("unknown-earlier-question", 11)]
    edit(golden, "data/decisions/which-tea.yml", "hto: [yes]", "hot: [yse]")
    assert [str(p) for p in problems_of(golden)] == [
        "data/decisions/which-tea.yml:11:30: error[unknown-answer] there is no answer 'yse'; "
        "did you mean 'yes'?"
    ]


def test_a_reason_that_has_gone_is_named_where_it_is_claimed(golden: Path) -> None:
    """The cell is right and has changed; the elimination rests on what it said."""
    assert decide(golden, BOTH) == []
    edit(golden, TABLE, "green: {value: no,", "green: {value: yes,")
    found = [str(p) for p in problems_of(golden)]
    assert found == [
        f"data/decisions/which-tea.yml:{line}:{column}: error[reason-gone] cell "
        f"'tea-kinds/oxidised/green' says 'yes', expected 'no': it does not rule out {name}"
        for line, column, name in ((9, 92, "black"), (10, 91, "green"))
    ]


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("tea-kinds/oxidised/gren", "did you mean 'tea-kinds/oxidised/green'?"),
        ("tea-kinds/oxidized/green", "did you mean 'tea-kinds/oxidised/green'?"),
        ("tea-kind/oxidised/green", "there is no comparison 'tea-kind'; did you mean 'tea-kinds'?"),
    ],
)
def test_a_cell_that_is_not_there_has_its_nearest_name(golden: Path, cell: str, told: str) -> None:
    decide(golden, BOTH.replace("tea-kinds/oxidised/green", cell, 1))
    (problem,) = problems_of(golden)
    assert problem.place.line == 9
    assert problem.message.endswith(told)


@pytest.mark.parametrize(
    ("cell", "expected", "holds"),
    [
        ("steeped/green", "at_most: 6", True),
        ("steeped/green", "at_most: 5", False),
        ("steeped/green", "at_least: 7", False),
        ("steeped/green", "equals: 6", True),
        ("oxidised/green", "at_least: 1", False),
        ("oxidised/black", "equals: [yes]", True),
        ("oxidised/black", "lacks: o", True),
        ("oxidised/black", "contains: [y, s]", True),
        ("oxidised/black", "contains: [y, z]", False),
    ],
)
def test_what_is_expected_of_a_cell_is_compared(
    golden: Path, cell: str, expected: str, *, holds: bool
) -> None:
    reason = BOTH.replace("tea-kinds/oxidised/green, equals: no", f"tea-kinds/{cell}, {expected}")
    rules = {rule for rule, _ in decide(golden, reason)}
    assert rules == (set() if holds else {"reason-gone"})


@pytest.mark.parametrize(
    ("number", "expected", "holds"),
    [
        ("min: 3, max: 6", "at_least: 3", True),
        ("min: 3, max: 6", "at_least: 4", False),
        ("min: 3, max: 6", "at_most: 6", True),
        ("min: 3, max: 6", "at_most: 5", False),
        ("min: 3", "at_least: 3", True),
        ("min: 3", "at_most: 100", False),
        ("max: 6", "at_most: 6", True),
        ("max: 6", "at_least: 1", False),
    ],
)
def test_of_a_range_the_least_is_at_least_and_the_most_at_most(
    golden: Path, number: str, expected: str, *, holds: bool
) -> None:
    edit(golden, TABLE, "exact: 6", number)
    reason = BOTH.replace("oxidised/green, equals: no", f"steeped/green, {expected}")
    rules = {rule for rule, _ in decide(golden, reason)}
    assert rules == (set() if holds else {"reason-gone"})


def test_a_decision_stands_on_its_page(golden: Path) -> None:
    decide(golden, BOTH)
    edit(golden, "data/decisions/which-tea.yml", "page: brewing.md", "page: index.md")
    found = {(p.rule, p.place.file) for p in problems_of(golden)}
    assert found == {
        ("decision-without-page", "data/decisions/which-tea.yml"),
        ("decision-elsewhere", BREWING),
    }


def drawn(arrows: str) -> str:
    return f"""
```mermaid
flowchart TB
  %% decision: which-tea
  accTitle: Which tea
  accDescr: Hot or not.
  hot["Hot"]:::step
{arrows}
```
"""


@pytest.mark.parametrize(
    ("arrows", "told"),
    [
        ("  hot -- no --> black\n  hot -- yes --> strong__two", None),
        (
            "  hot -->|no| black\n  hot --> strong\n  strong -- a --> green\n  strong --> black",
            None,
        ),
        ("  hot -- no --> green\n  hot -- yes --> strong", "leads from 'hot' to 'green', 'strong'"),
        ("  hot -- no --> black", "in the decision it is 'black', 'strong'"),
        ("  hot --> black\n  hot --> strong\n  strong --> black", "leads from 'strong' to 'black'"),
        ("  strong -- x --> black", "begins with 'strong'; in the decision it is 'hot'"),
    ],
)
def test_a_drawing_of_a_decision_leads_where_it_leads(
    golden: Path, arrows: str, told: str | None
) -> None:
    strong = question("strong", "green", "black", "hot: [yes]")
    assert decide(golden, question("hot", "", "green") + strong) == []
    page = golden / BREWING
    page.write_text(page.read_text(encoding="utf-8") + drawn(arrows), encoding="utf-8")
    found = [p for p in problems_of(golden) if p.rule == "drawing-differs"]
    assert [str(told) in p.message for p in found] == ([True] if told else [])
    assert all(p.place.line > 20 for p in found)


def test_a_file_of_records_that_are_not_there_is_none(golden: Path) -> None:
    """The deck of a site without questions, the tree of one without decisions, lists without a page."""
    names = ["practice-anki.txt", "choosing.json", "when-it-fails.csv", "compare/tea-kinds.json"]
    edit(golden, "data/failures/tea.yml", "page: when-it-fails.md", "page: open")
    edit(golden, TABLE, "page: compare/tea-kinds.md", "page: open")
    for name in ("failures: tea", "comparison: tea-kinds"):
        for page in (golden / "docs/en").rglob("*.md"):
            text = page.read_text(encoding="utf-8")
            page.write_text(text.replace(f"<!-- {name} -->", ""), encoding="utf-8")
    links = " ".join(f"[a]({name})" for name in names)
    edit(golden, "docs/en/index.md", "[Read on](brewing.md).", f"[Read on](brewing.md). {links}")
    site = open_layout(
        golden, replace(by_convention(golden / "docs/en", "en"), files=frozenset()), TODAY
    )
    told = [p.message for p in site[1] if p.rule == "broken-link"]
    assert [message.split("'")[1] for message in told] == names, told


def test_claims_go_on_after_999(golden: Path) -> None:
    edit(golden, CLAIMS, "id: c-004", "id: c-1000")
    edit(golden, BREWING, "[^c-004]", "[^c-1000]")
    assert problems_of(golden) == []


def test_an_unreadable_page_is_reported_alone(golden: Path) -> None:
    page = golden / BREWING
    page.write_bytes(page.read_text(encoding="utf-8").encode("utf-16"))
    assert [(p.rule, p.place.line) for p in problems_of(golden)] == [("encoding", 1)]


@pytest.mark.parametrize(
    ("file", "part"),
    [
        ("glosary/tea.yml", "did you mean 'glossary'"),
        ("claim/more.yaml", "did you mean 'claims'"),
        ("claims/old/more.yml", "nothing reads"),
        ("term.yml", "nothing reads"),
        ("words/kr.yml", "'kr' is not a language"),
    ],
)
def test_a_file_that_nobody_reads_is_named(golden: Path, file: str, part: str) -> None:
    path = golden / "data" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("terms: []\n", encoding="utf-8")
    (golden / "data" / "words" / "de.yml").write_text("words: {}\n", encoding="utf-8")
    (golden / "data" / "claims" / ".draft.yml").write_text("", encoding="utf-8")
    (problem,) = problems_of(golden)
    assert (problem.rule, problem.place.file) == ("unread-file", f"data/{file}")
    assert part in problem.message


def test_each_folder_of_records_is_the_nearest_to_its_own_slip(golden: Path) -> None:
    data = golden / "data"
    folders = {name.split("/")[0] for _, name in models.FILES.values() if "/" in name}
    for name in folders:
        (data / f"{name}x").mkdir()
        (data / f"{name}x" / "a.yml").write_text("terms: []\n", encoding="utf-8")
    (data / "xyz.yml").write_text("", encoding="utf-8")
    told = {p.place.file: p.message for p in problems_of(golden)}
    assert set(told) == {"data/xyz.yml", *(f"data/{name}x/a.yml" for name in folders)}
    known = told.pop("data/xyz.yml").removeprefix("nothing reads this file; records stand in ")
    assert set(known.split(", ")) == folders
    for name in folders:
        assert f"; did you mean '{name}'?; " in told[f"data/{name}x/a.yml"]


def test_each_date_in_the_future_is_told_by_its_name(golden: Path) -> None:
    (golden / "data/corrections.yml").write_text(
        "corrections:\n  - {id: lids, date: 2099-01-01, text: {en: A lid.}, pages: [brewing.md]}\n",
        encoding="utf-8",
    )
    for file, old, new in (
        ("data/notes.yml", "written: 2024-02-10", "written: 2099-02-01"),
        (
            "data/sources.yml",
            "as_of: 2019-12\n    read: 2024-03-01",
            "as_of: 2099\n    read: 2099-03-01",
        ),
        ("data/claims/brewing.yml", "since: 2019-12", "since: 2099-12"),
        ("data/changes.yml", "date: 2019-12", "date: 2099-12"),
        (BREWING, "checked: 2024-03-02", "checked: 2099-03-02"),
    ):
        edit(golden, file, old, new)
    told = [p for p in problems_of(golden) if p.rule == "future-date"]
    assert {f"{p.place.file} {p.message.split(';')[0]}" for p in told} == {
        "data/notes.yml 'written: 2099-02-01' lies in the future",
        "data/sources.yml 'as_of: 2099' lies in the future",
        "data/sources.yml 'read: 2099-03-01' lies in the future",
        "data/claims/brewing.yml 'since: 2099-12' lies in the future",
        "data/changes.yml 'date: 2099-12' lies in the future",
        "data/corrections.yml 'date: 2099-01-01' lies in the future",
        f"{BREWING} 'checked: 2099-03-02' lies in the future",
    }


def test_a_link_that_loops_is_an_unreadable_file(golden: Path) -> None:
    for file in ("site.yml", "claims/more.yml"):
        (golden / "data" / file).unlink(missing_ok=True)
        (golden / "data" / file).symlink_to(Path(file).name)
    found = [(p.rule, p.place.file) for p in problems_of(golden)]
    assert found == [("missing-file", "data/claims/more.yml"), ("missing-file", "data/site.yml")]
