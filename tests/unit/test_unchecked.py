"""A statement that nobody has checked yet is shown as such, counted, and not published unseen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import cli
from annotated.project import open_project
from annotated.records.models import VERDICTS
from annotated.render.claims import claim_list, claims_markdown
from annotated.render.edition import Edition
from annotated.render.marks import mark, mark_markdown
from annotated.render.summary import sheet, tally, tally_markdown

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 24)
JUDGED = """\
    verdict: wrong
    said: {en: Green tea and black tea are different plants.}
    now: {en: They differ by how far the leaves are oxidised.}
    sources: [tea-encyclopedia]
"""
OPEN = """\
    verdict: open
    said: {en: Green tea and black tea are different plants.}
"""


def lay_open(root: Path, claim: str = OPEN) -> None:
    file = root / "data" / "claims" / "brewing.yml"
    text = file.read_text(encoding="utf-8")
    assert JUDGED in text
    file.write_text(text.replace(JUDGED, claim), encoding="utf-8")


def test_it_has_its_own_word_everywhere(records: Path) -> None:
    lay_open(records)
    site, problems = open_project(records, records / "docs" / "en", "en", TODAY)
    assert problems == []
    edition = Edition.of(site, "en")
    assert edition.counts["open"] == 1
    told = [
        mark(("c-002",), "oxidation", "brewing.md", edition),
        mark_markdown(("c-002",), "brewing.md", edition),
        tally("brewing.md", edition),
        tally_markdown("brewing.md", edition),
        sheet("index.md", edition),
        claim_list("notes/index.md", edition),
        claims_markdown("notes/index.md", edition),
    ]
    assert all("not checked yet" in text.lower() for text in told)
    # A judged statement beside it is not hidden by it, and a correct one hides nothing.
    assert 'class="nb m-wrong"' in mark_of(edition, "c-002", "wrong")
    assert 'class="nb m-open"' in mark(("c-001", "c-002"), "leaf", "brewing.md", edition)


def mark_of(edition: Edition, claim: str, verdict: str) -> str:
    """The mark of `claim` together with one that is judged."""
    judged = next(c for c in edition.site.claims.values() if c.value.verdict == "outdated")
    other = judged.value.model_copy(update={"id": "c-900", "verdict": verdict})
    edition.site.claims["c-900"] = type(judged)(other, judged.document, judged.path)
    return mark((claim, "c-900"), "leaf", "brewing.md", edition)


@pytest.mark.parametrize(
    ("claim", "message"),
    [
        (JUDGED.replace("wrong", "open"), "'now' says what was found"),
        (OPEN + "    sources: [tea-encyclopedia]\n", "'sources' says what was found"),
        (OPEN + "    since: 2019\n", "'since' says what was found"),
    ],
)
def test_no_verdict_is_half_given(records: Path, claim: str, message: str) -> None:
    lay_open(records, claim)
    problems = open_project(records, records / "docs" / "en", "en", TODAY)[1]
    assert [message in p.message for p in problems] == [True]
    assert "give the verdict, or leave the key out" in problems[0].message


def test_it_is_counted_and_kept_from_being_published(
    golden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lay_open(golden)
    check = ["--root", str(golden), "check"]
    assert cli.main(check) == 0
    assert "checked      4 of 6 lines; 4 of 5 claims" in capsys.readouterr().out
    assert cli.main([*check, "--published"]) == 1
    problem = capsys.readouterr().err.splitlines()[0]
    assert problem.startswith("data/claims/brewing.yml:14:5: error[unchecked] 'c-002' is not")
    site = golden / "data" / "site.yml"
    site.write_text(site.read_text(encoding="utf-8") + "publish_unchecked: true\n", "utf-8")
    assert cli.main([*check, "--published"]) == 0


def test_the_workflow_asks_before_it_publishes() -> None:
    workflow = (ROOT / ".github" / "workflows" / "publish.yml").read_text(encoding="utf-8")
    build = workflow.partition("\n  build:")[2].partition("\n  publish:")[0]
    assert build.index("make check ARGS=--published") < build.index("make build")


@pytest.mark.parametrize("verdict", VERDICTS)
def test_each_verdict_has_a_shape_a_colour_and_a_place_in_the_filter(verdict: str) -> None:
    styles = "".join(
        file.read_text(encoding="utf-8")
        for file in sorted((ROOT / "overrides" / "assets" / "styles").glob("*.css"))
    )
    assert f".v-{verdict} {{ --i:" in styles
    assert f'.filter:has([value="{verdict}"]:checked) ~ .rows > :not(.r-{verdict})' in styles
    colours = styles.partition("/* Who wears which colour. */")[2][:500]
    assert f".v-{verdict}" in colours
