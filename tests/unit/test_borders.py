"""Where one case ends and the next begins: what only the case beside the usual one shows."""

from __future__ import annotations

import importlib.util
import re
import sys
from datetime import date
from pathlib import Path
from types import ModuleType
from types import SimpleNamespace as Stand
from typing import Any

import pytest
import yaml
from mkdocs.structure.pages import Page

import mkdocs_events
from annotated.project import open_project
from annotated.publish.downloads import all_files, decision_files
from annotated.records.lab_results import BlockResult, LabResult
from annotated.records.labs import blocks_of
from annotated.records.load import Site
from annotated.render.edition import Edition
from annotated.render.estimates import estimate_view
from annotated.render.labs import box_view
from mkdocs_kept import Kept
from tests.conftest import ROOT
from tests.labs.tea import keep, lab, lay_tea
from tests.unit.test_estimates import POT, PRICES
from tests.unit.test_taken_over import empty, take  # noqa: F401 (a fixture)

TODAY = date(2024, 3, 2)


def opened(root: Path) -> Site:
    site, problems = open_project(root, root / "docs" / "en", "en", TODAY)
    assert problems == []
    return site


# Addresses of files --------------------------------------------------------------------------

DECISION = """\
id: {name}
title: {{en: Which tea}}
page: {page}
candidates:
  - {{id: black, name: {{en: Black}}, answer: {{en: Drink it.}}, pages: [brewing.md], sources: [iso-3103]}}
  - {{id: green, name: {{en: Green}}, answer: {{en: Drink it.}}, pages: [brewing.md], sources: [iso-3103]}}
questions:
  - id: hot
    ask: {{en: Hot?}}
    answers:
      - {{id: yes, text: {{en: Yes}}, rules_out: []}}
      - {{id: no, text: {{en: No}}, rules_out: []}}
"""


@pytest.mark.parametrize(
    ("decisions", "names"),
    [
        # Alone on its page it stands at the page's address, whatever it is called.
        ({"which-tea": "brewing.md"}, {"brewing.json"}),
        # Two of a page, or one beside a table, have their own names.
        ({"which-tea": "brewing.md", "which-pot": "brewing.md"}, {"which-tea.json", "which-pot.json"}),
        ({"which-tea": "compare/tea-kinds.md"}, {"compare/which-tea.json"}),
        ({"which-tea": "open"}, set()),
    ],
    ids=["alone", "two", "beside a table", "nowhere"],
)  # fmt: skip
def test_each_file_of_a_page_has_an_address_of_its_own(
    records: Path, decisions: dict[str, str], names: set[str]
) -> None:
    (records / "data" / "decisions").mkdir()
    for name, page in decisions.items():
        text = DECISION.format(name=name, page=page)
        (records / "data" / "decisions" / f"{name}.yml").write_text(text, encoding="utf-8")
    site, problems = open_project(records, records / "docs" / "en", "en", TODAY)
    assert {p.rule for p in problems} <= {"decision-without-page", "decision-unreached"}
    edition = Edition.of(site, "en")
    assert {path for path, _ in decision_files(edition)} == names
    tables = [path for path, _ in all_files(edition) if "kinds" in path]
    assert not names & set(tables)
    own = "compare/tea-kinds.json" in tables
    assert own, "its id and its page have one name"


# Bills ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lacking", "ratio"),
    [((), ""), ((0,), ""), ((1,), ""), ((0, 1), "")],
    ids=["free", "first", "second", "both"],
)
def test_nothing_is_compared_with_a_bill_that_is_not_whole_or_costs_nothing(
    records: Path, lacking: tuple[int, ...], ratio: str
) -> None:
    prices = PRICES if lacking else PRICES.replace("0.0333", "0")
    (records / "data" / "prices.yml").write_text(prices, encoding="utf-8")
    file = records / "data" / "estimates" / "a-month-of-tea.yml"
    head, *options = re.split(r"(?m)^(?=  - id: )", file.read_text(encoding="utf-8"))
    for number in lacking:
        options[number] = options[number].rstrip("\n") + "\n" + POT
    file.write_text("".join([head, *options]), encoding="utf-8")
    edition = Edition.of(opened(records), "en")
    found = estimate_view(edition.site.estimates["a-month-of-tea"].value, edition).options
    assert [one.whole for one in found] == [0 not in lacking, 1 not in lacking]
    assert [one.ratio for one in found] == ["", ratio]


# Labs ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fates", "said"),
    [
        (("run", "run"), "Last run"),
        (("patched", "patched"), "Last run"),
        (("shown", "patched"), "Last run"),
        (("validated", "run"), "Last run"),
        (("validated", "shown"), "Last checked"),
        (("shown", "shown"), "Last checked"),
    ],
)
def test_a_lab_ran_if_any_of_its_blocks_did_however(
    records: Path, fates: tuple[str, str], said: str
) -> None:
    lay_tea(records, ROOT / "labs" / "policies.py")
    lab(records, "good")
    page = opened(records).pages["labs/good.md"]
    by = {"patched": ("hot-at-once",), "validated": ("taste",), "shown": ("no-leaves",)}
    first, last = fates
    results = tuple(
        BlockResult(block.digest, fate, by.get(fate, ()))  # type: ignore[arg-type]
        for number, block in enumerate(blocks_of(page))
        for fate in [last if number else first]
    )
    keep(records, {"labs/good.md": LabResult("2024-03-02", {}, results, ())})
    edition = Edition.of(opened(records), "en")
    assert box_view(edition.site.pages["labs/good.md"], edition).run.startswith(said)


# While it is served ----------------------------------------------------------------------------


def test_a_page_is_made_again_for_its_text_and_for_the_files_beside_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is the same is taken over; each thing that a page is made from alone asks for it anew."""
    monkeypatch.setattr(mkdocs_events, "session", mkdocs_events.Session(serving=True))
    monkeypatch.setattr(mkdocs_events, "labelled", lambda *_: "")
    kept = mkdocs_events.session.kept[""] = Kept()
    authored = Stand(meta=None, text="A lab.", beside={"tea.sh": "boil", "cup.sh": "pour"})
    build = Stand(
        edition=Stand(site=Stand(pages={"lab.md": authored})), layout=Stand(folder=""), page=""
    )
    config: Any = Stand(extra={"build": build})

    def taken_over() -> bool:
        page: Any = Stand(file=Stand(src_uri="lab.md"), meta={}, render=Page.render)
        mkdocs_events.on_page_markdown("", page, config, Stand())  # type: ignore[arg-type]
        kept.end()
        return "template" in page.meta

    assert [taken_over(), taken_over()] == [False, True]
    for part in ("tea.sh", "cup.sh"):
        authored.beside[part] += " twice"
        assert [taken_over(), taken_over()] == [False, True], part
    del authored.beside["cup.sh"]
    assert [taken_over(), taken_over()] == [False, True]
    authored.text += " Or two."
    assert [taken_over(), taken_over()] == [False, True]


# A new site ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def new() -> ModuleType:
    spec = importlib.util.spec_from_file_location("new_site", ROOT / "tools/new/__main__.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("licence", ["", "cc-by-4.0"])
@pytest.mark.parametrize(
    ("owner", "shown"),
    [
        ("Tea & <b>Co", "Tea &amp; &lt;b&gt;Co"),
        ('The "Tea" House: # 1', 'The "Tea" House: # 1'),
        ("차 \\ 집's", "차 \\ 집's"),
    ],
)
def test_whoever_the_owner_is_the_foot_of_each_page_says_their_name(
    new: ModuleType, tmp_path: Path, owner: str, shown: str, licence: str
) -> None:
    """The theme takes the line for HTML, MkDocs for YAML; the other files are plain."""
    (tmp_path / "mkdocs.yml").write_text(
        "copyright: x\nother:\n  copyright: y\nextra:\n  licence: z\n", encoding="utf-8"
    )
    (tmp_path / "README.md").write_text("# Tea\n<!-- licence -->\n", encoding="utf-8")
    new.sign(tmp_path, licence, owner)
    config = yaml.safe_load((tmp_path / "mkdocs.yml").read_text(encoding="utf-8"))
    name = ", CC BY 4.0" if licence else ""
    mark = f"© {date.today().year} {shown}{name}"
    assert (config["copyright"], config["other"]["copyright"]) == (mark, mark)
    assert f"© {date.today().year} {owner}, " in (tmp_path / "README.md").read_text("utf-8")


# Notes that are taken over again -----------------------------------------------------------------


@pytest.mark.parametrize("own", [9, 40, 999])
def test_a_number_that_a_hand_has_given_is_not_given_again(
    taken: Path, own: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """The statements of the notes go on behind the highest that there is, whoever made it."""
    claims = next((taken / "data" / "claims").iterdir())
    text = claims.read_text(encoding="utf-8")
    mine = f"  - id: c-{own:03}\n    origin: ours\n    lines: 3\n    verdict: gap\n    home: open\n"
    mine += "    said: {en: Nothing.}\n    now: {en: Ours.}\n    sources: [a-source]\n"
    claims.write_text(text + mine, encoding="utf-8")
    (taken / "data" / "sources.yml").write_text(SOURCE, encoding="utf-8")
    assert take(taken, TEA + "\nIt came at the end, and it is another.\n") == 0
    capsys.readouterr()
    ids = re.findall(r"id: (c-\d+)", claims.read_text(encoding="utf-8"))
    assert len(ids) == len(set(ids)) == 3
    assert f"c-{own + 1:03}" in ids, ids


TEA = "# Tea\n\nTea is a plant, and it is a drink.\n"
SOURCE = "sources:\n  - {id: a-source, title: A book, via: book, author: A, read: 2024-03-01}\n"


@pytest.fixture
def taken(empty: Path) -> Path:  # noqa: F811 (a fixture)
    assert take(empty, TEA) == 0
    return empty
