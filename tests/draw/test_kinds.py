"""Every kind that Mermaid draws, drawn. It needs Node's packages, which only authors have."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType
from typing import get_args, get_type_hints

import pytest

from annotated.check.diagrams import mismatches
from annotated.check.svg import strange_parts
from annotated.records.drawings import Drawing, Structure, drawing_id, load_drawing
from tests.draw.kinds import ALL, SETTINGS, STORED, source, stored, write_page
from tests.draw.test_tool import chromium, drawings, run

pytestmark = pytest.mark.node
__all__ = ["chromium"]  # a fixture

NAMES = "  accTitle: Tea\n  accDescr: Tea.\n"


def geometry() -> ModuleType:
    """How the tool compares two drawings."""
    file = Path(__file__).parents[2] / "tools" / "draw" / "geometry.py"
    spec = importlib.util.spec_from_file_location("draw_geometry", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Path:
    """A folder in which one of each was drawn."""
    root = tmp_path_factory.mktemp("kinds")
    write_page(root, map(source, ALL))
    done = run(root, chromium)
    assert done.returncode == 0, done.stderr
    return root


def one(root: Path, name: str) -> Drawing:
    folder = root / "overrides" / "assets" / "drawings"
    found = load_drawing(folder, drawing_id(source(name), SETTINGS))
    assert found is not None
    return found


def test_each_kind_is_drawn_clean_named_and_said(drawn: Path) -> None:
    for name in ALL:
        drawing = one(drawn, name)
        assert strange_parts(drawing.svg) == [], name
        assert list(mismatches(drawing, source(name))) == [], name
        assert drawing.title in source(name), name
        assert drawing.description in source(name), name
        assert drawing.lines or drawing.edges, name
        assert drawing.labels(), name
        assert "NaN" not in drawing.svg, name
        assert drawing.width <= 1200, name
    assert "DIGIT { DIGIT } SP" in one(drawn, "railroadabnf").lines[0].words, "one, or more"
    _, others = get_args(get_type_hints(Structure)["kind"])
    assert {one(drawn, name).kind for name in ALL} == set(get_args(others))


def test_the_stored_ones_are_what_is_drawn(drawn: Path) -> None:
    hint = "run 'python tests/draw/kinds.py', and look at what changed"
    for name in STORED:
        assert geometry().difference(stored(name).svg, one(drawn, name).svg, 2.0) == "", hint


def test_the_same_source_gives_the_same_bytes(drawn: Path, tmp_path: Path, chromium: str) -> None:
    # In another order: nothing that was drawn before may leave a trace.
    write_page(tmp_path, map(source, reversed(ALL)))
    assert run(tmp_path, chromium).returncode == 0
    assert drawings(tmp_path) == drawings(drawn)


#: what no drawing takes: a source, the line of the fence that is named, and what is said
REFUSED = {
    "settings": ('%%{init: {"securityLevel": "loose"}}%%\npie\n' + NAMES + '  "a": 1\n', 1, "settings of its own"),
    "front matter": ("---\nconfig:\n  theme: dark\n---\npie\n" + NAMES + '  "a": 1\n', 1, "settings of its own"),
    "click": ("classDiagram\n" + NAMES + '  class A\n  click A href "javascript:alert(1)"\n', 5, "leads nowhere"),
    "link": ("classDiagram\n" + NAMES + '  class A\n  link A "https://evil.test"\n', 5, "leads nowhere"),
    "callback": ("classDiagram\n" + NAMES + '  class A\n  callback A "go"\n', 5, "leads nowhere"),
    "gantt link": ("gantt\n" + NAMES + "  dateFormat YYYY-MM-DD\n  A :a, 2026-01-01, 1d\n  click a href \"x\"\n", 6, "leads nowhere"),
    "C4 link": ("C4Context\n" + NAMES + '  Person(a, "A", $link="https://evil.test")\n', 4, "words and shapes only"),
    "C4 picture": ("C4Context\n" + NAMES + '  Person(a, "A", $sprite="x")\n', 4, "words and shapes only"),
    "colours": ("classDiagram\n" + NAMES + "  class A\n  style A fill:#f00\n", 5, "colours come from the site"),
    "classes": ("erDiagram\n" + NAMES + "  A\n  classDef red fill:#f00\n", 5, "colours come from the site"),
    "C4 colours": ("C4Context\n" + NAMES + '  Person(a, "A")\n  UpdateElementStyle(a, $x="red")\n', 5, "colours come from the site"),
    "icons": ("mindmap\n" + NAMES + "  root\n    ::icon(fa fa-book)\n", 5, "no font of icons"),
    "today": ("gantt\n" + NAMES + "  todayMarker stroke:#f00\n  A :a, 2026-01-01, 1d\n", 4, "knows no today"),
    "markup": ('pie\n' + NAMES + '  "<img src=x onerror=alert(1)>": 1\n', 4, "HTML"),
    "mistake": ("pie\n" + NAMES + "%% a comment\n  nothing here\n", 5, "Pars"),
    "mistake of the other parser": ("classDiagram\n" + NAMES + "\n  class A\n  A <|-- \n", 6, "Pars"),
    "too wide": ("timeline\n" + NAMES + "".join(f"    {i} : {'x' * 20}\n" for i in range(20)), 0, "too wide"),
    "an address that Mermaid would link": ("mindmap\n" + NAMES + "  root\n    https://evil.test\n", 0, "Mermaid left it out"),
    "no such kind": ("zenuml\n" + NAMES + "  a\n", 1, "what can be drawn: flowchart, "),
    "HTML of Mermaid's": ("eventmodeling\n" + NAMES + "\ntf 01 ui Menu\n", 1, "what can be drawn: flowchart, "),
}  # fmt: skip


def test_what_leads_runs_or_colours_is_refused_at_its_line(tmp_path: Path, chromium: str) -> None:
    write_page(tmp_path, [text for text, _, _ in REFUSED.values()])
    done = run(tmp_path, chromium)
    assert done.returncode == 1
    said = [line for line in done.stderr.splitlines() if "error[" in line]
    starts, at = [], 7  # the line of the first fence
    for text, _, _ in REFUSED.values():
        starts.append(at)
        at += text.count("\n") + 3
    for (name, (_, line, found)), start in zip(REFUSED.items(), starts, strict=True):
        place = f"docs/en/tea.md:{start + line}:"
        mine = [text for text in said if text.startswith(place) and found in text]
        assert mine, (name, place, said)
    assert "Traceback" not in done.stderr
    (svg,) = (text.decode() for name, text in drawings(tmp_path).items() if name.endswith(".svg"))
    assert "&lt;img src=x onerror=alert(1)&gt;" in svg  # named, and nothing but words
    assert strange_parts(svg) == []


#: labels that mean something elsewhere: as words they are drawn as they stand
INERT = {
    "address": "mindmap\n" + NAMES + '  root["javascript:alert(1)"]\n    href=x\n',
    "entities": "pie\n" + NAMES + '  "a & b #35; &lt;script&gt;": 1\n  "c": 2\n',
    "quotes": "timeline\n" + NAMES + "  1 : \"x' onload='y\n",
}


def test_labels_that_mean_something_elsewhere_are_words(tmp_path: Path, chromium: str) -> None:
    write_page(tmp_path, INERT.values())
    done = run(tmp_path, chromium)
    assert done.returncode == 0, done.stderr
    for name, content in drawings(tmp_path).items():
        if name.endswith(".svg"):
            text = content.decode()
            assert strange_parts(text) == []
            assert not re.search(r"<(?:a|script|image|foreignObject)\b", text)


def test_a_choice_of_states_can_be_read_back(tmp_path: Path, chromium: str) -> None:
    states = (
        "stateDiagram-v2\n  accTitle: Tea\n  accDescr: Tea.\n  state hot <<choice>>\n"
        "  [*] --> hot\n  hot --> Cup: hot\n  hot --> Pot: cold\n"
    )
    write_page(tmp_path, [states])
    done = run(tmp_path, chromium)
    assert (done.returncode, done.stderr) == (0, "")
