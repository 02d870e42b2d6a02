"""The drawing tool itself. It needs Node's packages, which only authors have."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from web.browser import find

from annotated.records.drawings import Drawing, load_drawing
from annotated.render.sentences import Sentence, sentences

ROOT = Path(__file__).resolve().parents[2]
TOOL = ROOT / "tools" / "draw"
HEAD = "flowchart TB\n  accTitle: Tea\n  accDescr: The maker fills the pot.\n"
GOOD = HEAD + '  maker(["Maker"]):::code\n  pot[["Pot"]]:::you\n  maker -- fills --> pot\n'
SITE = """roles:
  code: {shape: pill, name: {en: Code}}
  you: {shape: sides, name: {en: Yours}}
  aws: {shape: box, name: {en: Given}}
"""

pytestmark = pytest.mark.node


def said(drawing: Drawing) -> list[Sentence]:
    return sentences(drawing.kind, drawing.nodes, drawing.groups, drawing.edges)


@pytest.fixture(scope="module")
def chromium() -> str:
    with sync_playwright() as playwright:
        path = find(playwright)
    assert path is not None
    return str(path)


def run(root: Path, chromium: str, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(TOOL), "--root", str(root), *options],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "CHROMIUM": chromium, "PYTHONIOENCODING": "utf-8"},
    )


def write(root: Path, *sources: str, name: str = "tea") -> None:
    (root / "data").mkdir(parents=True, exist_ok=True)
    (root / "data" / "site.yml").write_text(SITE, encoding="utf-8")
    page = root / "docs" / "en" / f"{name}.md"
    page.parent.mkdir(parents=True, exist_ok=True)
    fences = "".join(f"\n```mermaid\n{source}```\n" for source in sources)
    page.write_text(f"---\ntitle: Tea\n---\n\n# Tea {{#tea}}\n{fences}", encoding="utf-8")


def drawings(root: Path) -> dict[str, bytes]:
    folder = root / "overrides" / "assets" / "drawings"
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*"))}


def test_what_changed_is_drawn_and_what_is_unused_is_removed(tmp_path: Path, chromium: str) -> None:
    other = GOOD.replace("Maker", "Cook")
    write(tmp_path, GOOD, other)
    assert run(tmp_path, chromium, "--check").returncode == 1
    first = run(tmp_path, chromium)
    assert first.returncode == 0, first.stderr
    assert "1/2" in first.stdout
    before = drawings(tmp_path)
    assert len(before) == 4
    assert "2 diagrams, 0 drawn" in run(tmp_path, chromium).stdout

    turned = other.replace("maker -- fills --> pot", "pot -- fills --> maker")
    write(tmp_path, GOOD, turned)
    second = run(tmp_path, chromium)
    assert "2 diagrams, 1 drawn" in second.stdout
    after = drawings(tmp_path)
    assert len(after) == 4
    assert len(before.keys() & after.keys()) == 2
    (new,) = {Path(name).stem for name in after.keys() - before.keys()}
    drawing = load_drawing(tmp_path / "overrides/assets/drawings", new)
    assert drawing is not None
    assert said(drawing)[0].parts == {"subject": "Pot", "verb": "fills", "object": "Cook"}
    assert run(tmp_path, chromium, "--check").returncode == 0
    assert run(tmp_path, chromium, "--all").returncode == 0
    assert drawings(tmp_path) == after


def test_the_same_source_gives_the_same_bytes(tmp_path: Path, chromium: str) -> None:
    for name in ("one", "two"):
        write(tmp_path / name, GOOD)
        assert run(tmp_path / name, chromium).returncode == 0
    assert drawings(tmp_path / "one") == drawings(tmp_path / "two")


def test_all_mistakes_of_a_run_are_named_with_their_lines(tmp_path: Path, chromium: str) -> None:
    wide = "".join(f'  n{i}["A long name of a node"]:::aws\n' for i in range(4))
    write(
        tmp_path,
        GOOD.replace("fills --> pot", "fills --> [pot"),  # Mermaid's own complaint
        GOOD.replace('(["Maker"])', '["Maker"]'),  # not the brackets of its role
        GOOD.replace(":::you", ":::mine"),  # no such role
        HEAD + wide,
        GOOD + "  classDef code fill:red\n",
        GOOD.replace("  accDescr: The maker fills the pot.\n", ""),
        "zenuml\n  accTitle: Tea\n  accDescr: Tea.\n  a: 1\n",
    )
    done = run(tmp_path, chromium)
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    assert [
        re.sub(r"^docs/en/tea\.md:(\d+):1: error\[([\w-]+)\].*", r"\1 \2", x) for x in lines
    ] == [
        "13 diagram-syntax",
        "20 diagram-syntax",
        "30 diagram-syntax",
        "34 diagram-syntax",
        "51 diagram-syntax",
        "54 diagram-unnamed",
        "63 diagram-syntax",
    ]
    assert "7 diagrams, 1 drawn, 6 not drawn: see below" in done.stdout
    assert "Expecting" in lines[0]
    assert 'write it as maker(["Maker"]):::you' in lines[1]
    assert "there is no role 'mine'" in lines[2]
    assert "too wide" in lines[3]
    assert len(drawings(tmp_path)) == 2  # only the one without description could be drawn


def test_every_kind_says_all_its_arrows(tmp_path: Path, chromium: str) -> None:
    state = (
        "stateDiagram-v2\n  accTitle: Tea\n  accDescr: Tea cools.\n"
        "  [*] --> Hot\n  Hot --> Cold: waiting\n  Cold --> [*]\n"
    )
    messages = (
        "sequenceDiagram\n  accTitle: Tea\n  accDescr: Tea is asked for.\n"
        "  %% roles: a code, b you\n"
        "  participant a as Guest\n  participant b as Host\n  a->>b: ask for tea\n"
        "  loop for each cup\n    b->>b: pour\n  end\n  b-->>a: tea\n"
    )
    write(tmp_path, GOOD, state, messages)
    done = run(tmp_path, chromium)
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "overrides/assets/drawings"
    found = [load_drawing(folder, path.stem) for path in sorted(folder.glob("*.svg"))]
    forms = {d.kind: [sentence.form for sentence in said(d)] for d in found if d}
    assert forms == {
        "flowchart": ["acts"],
        "state": ["starts", "becomes-on", "ends"],
        "sequence": ["tells", "itself-when", "tells"],
    }
