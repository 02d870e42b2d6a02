"""Practice: what a question may rest on, what is shown of it, and who hears when that changes."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import cli
from annotated.project import Opened, all_problems, check_editions, open_editions
from annotated.publish.deck import deck
from annotated.publish.metadata import SiteFacts
from annotated.records.problems import in_order
from annotated.render.directives import directive_markdown, render_directive
from annotated.render.edition import Edition
from annotated.render.practice import brought_later, practice_offer, practice_view
from mkdocs_layout import read_layouts
from tests.conftest import ROOT, edit, lay_records, with_questions

GIT = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org"]
FILE = "data/practice/brewing.yml"
FACTS = SiteFacts("Tea, annotated", "", "https://example.org/tea/", "en")


def lay(root: Path) -> Path:
    """Lay questions into a project of records, with the theme that its configuration names."""
    (root / "overrides").mkdir(exist_ok=True)
    (root / "hooks").symlink_to(ROOT / "hooks")
    return with_questions(root)


@pytest.fixture
def tea(records: Path) -> Path:
    return lay(records)


def opened(root: Path) -> list[Opened]:
    return open_editions(root, read_layouts(root), date(2026, 11, 24))


def edition_of(root: Path) -> Edition:
    first = opened(root)[0]
    assert first.problems == []
    return Edition.of(first.site, "en")


def wrong(root: Path) -> list[str]:
    """All that is said of a project: by check, and by a build."""
    editions = opened(root)
    problems = in_order([*all_problems(editions), *check_editions(editions)])
    return [str(problem) for problem in problems]


BLACK = "rests: tea-kinds/oxidised/black"

#: rule, what is replaced, by what, the place, a part of the message
BAD = [
    ("unknown-claim", "rests: c-002", "rests: c-092", "12:9", "no claim 'c-092'"),
    ("open-evidence", "rests: c-002", "rests: c-004", "12:9", "'c-004' is personal"),
    ("unknown-comparison", BLACK, "rests: tea-kind/oxidised/black", "9:7", "mean 'tea-kinds'"),
    ("unknown-cell", BLACK, "rests: tea-kinds/oxidized/black", "9:7", "mean 'tea-kinds/oxidised/black'"),
    ("unknown-cell", BLACK, "rests: tea-kinds/oxidised/blac", "9:7", "did you mean"),
    ("bad-id", BLACK, "rests: tea-kinds/oxidised", "9:7", "'tea-kinds/oxidised/black'"),
    ("bad-id", "rests: c-002", "rests: c-2", "12:9", "a claim like 'c-012'"),
    ("missing-key", "        rests: c-002\n", "", "11:9", "'rests' is missing"),
    ("missing-key", "    right:\n", "    rigt:\n", "5:5", "'right' is missing"),
    ("no-reason", "        why: {en: That was so in the older standard.}\n", "", "22:9", "say with 'why'"),
    ("no-reason", "rests: c-002", BLACK, "11:9", "'tea-kinds/oxidised/black', too"),
    ("said-twice", "That was so in the older standard.", "It allows two sizes of pot", "23:9", "which is shown behind it"),
    ("twice", "One of 150 ml", "One of two sizes", "22:9", "among the answers"),
    ("duplicate-id", "id: pots", "id: green-or-black", "16:5", "twice among the questions"),
    ("broken-link", "page: brewing.md", "page: brewin.md", "3:1", "did you mean 'brewing.md'"),
    ("file-name", "id: brewing\n", "id: brew\n", "2:1", "a file named 'brewing'"),
    ("html-in-text", "Which pot does", "Which <b>pot</b> does", "17:11", "HTML"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "old", "new", "place", "part"), BAD)
def test_a_defect_is_named_at_its_place(
    tea: Path, rule: str, old: str, new: str, place: str, part: str
) -> None:
    edit(tea, FILE, old, new)
    found = [p for p in wrong(tea) if f"error[{rule}]" in p and part in p]
    assert [p for p in found if p.startswith(f"{FILE}:{place}")], wrong(tea)


def test_questions_are_listed_once_somewhere(tea: Path) -> None:
    assert wrong(tea) == []
    edit(tea, "docs/en/practice.md", "<!-- practice: brewing -->", "")
    assert "error[practice-without-page]" in wrong(tea)[0]
    edit(tea, "docs/en/practice.md", "\n# Practice", "\n# Practice\n\n<!-- practice: brew -->\n")
    assert any("did you mean 'brewing'" in p for p in wrong(tea))
    edit(tea, "docs/en/practice.md", "practice: brew ", "practice: brewing ")
    assert wrong(tea) == []
    edit(tea, "docs/en/brewing.md", "## Kinds", "<!-- practice: brewing -->\n\n## Kinds")
    assert any("listed at docs/en/brewing.md" in p for p in wrong(tea)), wrong(tea)


@pytest.mark.parametrize(
    ("file", "old", "new", "question"),
    [
        ("data/claims/brewing.yml", "by how far the leaves are oxidised.", "by age.", "green-or-black/c-002"),
        ("data/claims/brewing.yml", "verdict: outdated", "verdict: wrong", "pots/c-003"),
        ("data/comparisons/tea-kinds.yml", "{en: fully}", "{en: nearly fully}", "green-or-black/tea-kinds/oxidised/black"),
        ("data/comparisons/tea-kinds.yml", "green: {number: {exact: 6", "green: {number: {exact: 4", "green-or-black/tea-kinds/steeped/green"),
    ],
)  # fmt: skip
def test_a_question_whose_evidence_changed_waits_until_somebody_has_read_it(
    tea: Path, file: str, old: str, new: str, question: str, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(tea, file, old, new)
    found = [p for p in wrong(tea) if "practice-changed" in p]
    assert len(found) == 1
    assert found[0].startswith(f"{FILE}:")
    assert f"'practice/brewing/{question}' changed in {file}" in found[0]
    assert cli.main(["--root", str(tea), "reread", "--new"]) == 0
    assert [p for p in wrong(tea) if "practice-changed" in p], "what is not new is named"
    assert cli.main(["--root", str(tea), "reread", f"practice/brewing/{question}"]) == 0
    assert "practice-changed" not in "".join(wrong(tea))
    assert f"en  practice/brewing/{question}" in capsys.readouterr().out


def test_what_has_changed_in_the_evidence_is_told(tea: Path) -> None:
    for command in (["init", "-q"], ["add", "--all"], ["commit", "-q", "-m", "a"]):
        subprocess.run([*GIT, *command], cwd=tea, check=True, capture_output=True)
    edit(tea, "data/claims/brewing.yml", "leaves are oxidised", "leaves are rolled")
    edit(tea, "data/comparisons/tea-kinds.yml", "{en: fully}", "{en: nearly fully}")
    claim, cell = sorted(p for p in wrong(tea) if "practice-changed" in p)
    assert "'oxidised.' became 'rolled.'" in claim
    assert "'fully' became 'nearly fully'" in cell or "'nearly' was added" in cell


def test_sources_and_probes_of_evidence_may_change(tea: Path) -> None:
    edit(tea, "data/claims/brewing.yml", "sources: [iso-3103]", "sources: [tea-encyclopedia]")
    assert wrong(tea) == []


def test_a_new_question_waits_for_a_reading(tea: Path) -> None:
    edit(tea, FILE, "id: pots", "id: kettles")
    assert "nobody has yet said that 'practice/brewing/kettles/c-003'" in wrong(tea)[0]
    assert cli.main(["--root", str(tea), "reread", "--new"]) == 0
    assert wrong(tea) == []
    assert "pots" not in (tea / "data/practice/read.txt").read_text(), "what is gone leaves no line"


def test_each_language_has_its_questions(tmp_path: Path) -> None:
    both = lay(lay_records(tmp_path / "both", editions=True))
    found = [p for p in wrong(both) if "edition-unread" not in p]
    assert found == []
    edit(both, FILE, ", ko: 찻잎이 나온 식물", "")
    assert "key 'ko' is missing" in next(p for p in wrong(both) if "edition-text" in p)


def test_reasons_come_from_the_records(tea: Path) -> None:
    html = render_directive("practice", "brewing", "practice.md", edition_of(tea))
    assert "## Brewing tea {#practice-brewing data-search-exclude" in html
    assert html.count("They differ by how far the leaves are oxidised.") == 1
    assert 'href="brewing.html#p-002"' in html
    assert 'href="compare/tea-kinds.html#tea-kinds-oxidised.black"' in html
    assert "Oxidised, Black: Yes: fully" in html
    assert html.count("It allows two sizes of pot.") == 1, "what answers share is told once"
    edit(tea, "data/claims/brewing.yml", "by how far the leaves are oxidised.", "by age.")
    assert "They differ by age." in render_directive(
        "practice", "brewing", "practice.md", edition_of(tea)
    )


def test_every_answer_has_its_reason_and_each_question_its_sources(tea: Path) -> None:
    html = render_directive("practice", "brewing", "practice.md", edition_of(tea))
    questions = html.split('<li class="q"')[1:]
    assert len(questions) == 2
    for question in questions:
        asked, told = question.split("<details", 1)
        assert asked.count("<li>") == told.count("</li>") - 1
        assert told.count('class="right"') == 1
        for reason in re.findall(r"<span>(.*?)</span>", told):
            assert len(reason) > 10
        assert 'class="read"' in told


def test_the_order_of_answers_is_that_of_every_language_and_build(tmp_path: Path) -> None:
    both = lay(lay_records(tmp_path / "both", editions=True))
    sites = [each.site for each in opened(both)]
    orders = []
    for site in sites:
        html = render_directive(
            "practice", "brewing", "practice.md", Edition.of(site, site.language)
        )
        orders.append([("right" in li) for li in re.findall(r"<li( class=\"right\")?><b", html)])
    assert orders[0] == orders[1]


def test_no_letter_is_that_of_all_right_answers(tea: Path) -> None:
    """Who has seen through one question does not know the next."""
    edition = edition_of(tea)
    questions = edition.site.practice["brewing"].value.questions
    more = [questions[0].model_copy(update={"id": f"q-{number}"}) for number in range(30)]
    questions.extend(more)
    shown = practice_view("brewing", "practice.md", edition).questions
    letters = Counter(question.right.letter for question in shown)
    assert set(letters) == {"A", "B", "C"}
    assert max(letters.values()) < len(shown) / 2, letters


def test_markdown_has_questions_and_then_answers(tea: Path) -> None:
    text = directive_markdown("practice", "brewing", "practice.md", edition_of(tea))
    asked, told = text.split("**Answers, with their reasons**")
    assert "Right." not in asked
    assert "Not so." not in asked
    assert told.count("Right.") == 2
    assert "(brewing.md#p-002)" in told
    assert "compare/tea-kinds.md#tea-kinds-steeped)" in told


def test_a_page_leads_to_its_questions_and_to_the_script_that_brings_them(tea: Path) -> None:
    edition = edition_of(tea)
    offer = practice_offer("brewing.md", edition)
    assert 'href="practice.html#practice-brewing"' in offer
    assert "Practice for this page: 2" in offer
    assert practice_offer("glossary.md", edition) == ""
    [(path, script)] = brought_later(edition)
    assert f'data-practice="{path}"' in offer
    html = json.loads(script.removeprefix("window.practice = ").rstrip(";\n"))
    assert html.count('class="q"') == 2
    assert 'href="#p-002"' in html, "seen from its own page"
    edit(tea, FILE, "ask: {en: Which pot", "ask: {en: What pot")
    assert next(brought_later(edition_of(tea)))[0] != path, "named by its content"


def cards(text: str) -> dict[str, list[str]]:
    """The notes of a deck by their ids, as Anki reads them."""
    lines = [line for line in text.splitlines(keepends=True) if not line.startswith("#")]
    rows = list(csv.reader(io.StringIO("".join(lines)), delimiter="\t"))
    assert {len(row) for row in rows} == {5}
    return {row[0]: row[1:] for row in rows}


def test_a_deck_keeps_the_ids_of_its_cards(tea: Path) -> None:
    first = deck(edition_of(tea), FACTS)
    assert first.startswith("#separator:tab\n#html:true\n#guid column:1\n#deck column:2\n")
    before = cards(first)
    assert len(before) == 2
    edit(tea, "data/claims/brewing.yml", "by how far the leaves are oxidised.", "by age & more.")
    edit(tea, "docs/en/brewing.md", "# Brewing tea", "# Brew::ing")
    after = cards(deck(edition_of(tea), FACTS))
    assert list(after) == list(before)
    changed = after[next(guid for guid in after if guid.endswith("/green-or-black"))]
    assert changed[0] == "Tea, annotated::Brew ing"
    assert "by age &amp; more." in changed[2]
    assert "by age" not in changed[1], "the front has no answer"
    assert 'href="https://example.org/tea/brewing.html"' in changed[2]


def test_cards_of_two_sites_do_not_meet(tea: Path) -> None:
    before = set(cards(deck(edition_of(tea), FACTS)))
    edit(tea, "data/notes.yml", "author: ", "author: not ")
    assert not before & set(cards(deck(edition_of(tea), FACTS)))


def test_cards_of_two_languages_do_not_meet(both_records: Path) -> None:
    found = []
    for each in opened(lay(both_records)):
        language = each.layout.language
        found.append(
            cards(deck(Edition.of(each.site, language), replace(FACTS, language=language)))
        )
    first, other = found
    assert len(first) == len(other) == 2
    assert not first.keys() & other.keys()


def test_a_record_that_holds_html_is_shown_as_it_is_written(tea: Path) -> None:
    edit(tea, FILE, "{en: One of 150 ml}", "{en: One of 150 ml & `a < b` *5*}")
    html = render_directive("practice", "brewing", "practice.md", edition_of(tea))
    assert "150 ml &amp; <code>a &lt; b</code> *5*" in html


def test_what_is_written_as_markdown_leads_to_nothing_that_is_missing(
    tea: Path, tmp_path: Path
) -> None:
    """Pages, and files such as the deck of the questions."""
    out = tmp_path / "markdown"
    assert cli.main(["--root", str(tea), "render", str(out)]) == 0
    links = {
        (page.parent / link).resolve().relative_to(out).as_posix()
        for page in out.rglob("*.md")
        for link in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", page.read_text("utf-8"))
    }
    assert "practice-anki.txt" in links
    assert [link for link in sorted(links) if not (out / link).is_file()] == []
