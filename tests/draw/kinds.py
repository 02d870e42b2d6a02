"""One diagram of each kind that Mermaid draws, and the drawings of some of them.

``python tests/draw/kinds.py`` draws those anew; it needs what `make diagrams` needs.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "hooks"))

from annotated.records.drawings import Drawing, drawing_id, read_drawing  # noqa: E402

FOLDER = Path(__file__).parent / "kinds"
ALL = tuple(sorted(file.name.removesuffix(".mmd") for file in FOLDER.glob("*.mmd")))
#: Those whose drawings are stored: a graph, a table, a chart, a plan, a tree, two in Korean, one in Arabic.
STORED = ("c4", "class", "class.ko", "er", "gantt", "mindmap", "mindmap.ar", "mindmap.ko", "pie")
SETTINGS = (ROOT / "tools" / "draw" / "settings.json").read_bytes()
SITE = "roles:\n  code: {shape: pill, name: {en: Code}}\n"
_ID = re.compile(r"d-[0-9a-f]{8}")


def source(name: str) -> str:
    """The source of one of them."""
    return (FOLDER / f"{name}.mmd").read_text(encoding="utf-8")


def stored(name: str) -> Drawing:
    """Its stored drawing, under the name that a fence with its source asks for."""
    svg, structure = (
        (FOLDER / f"{name}.{end}").read_text(encoding="utf-8") for end in ("svg", "json")
    )
    id_ = drawing_id(source(name), SETTINGS)
    return read_drawing(id_, structure, _ID.sub(id_, svg))


def lay(root: Path, *names: str) -> None:
    """Put stored drawings where a project has its own."""
    folder = root / "overrides" / "assets" / "drawings"
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        drawing = stored(name)
        (folder / f"{drawing.id}.svg").write_text(drawing.svg, encoding="utf-8")
        structure = (FOLDER / f"{name}.json").read_text(encoding="utf-8")
        (folder / f"{drawing.id}.json").write_text(structure, encoding="utf-8")


def page(sources: Iterable[str]) -> str:
    """A page with fences."""
    fences = "".join(f"\n```mermaid\n{text}```\n" for text in sources)
    return f"---\ntitle: Tea\n---\n\n# Tea {{#tea}}\n{fences}"


def write_page(root: Path, sources: Iterable[str]) -> None:
    """A folder with that page alone, for the tool to draw."""
    (root / "data").mkdir(parents=True, exist_ok=True)
    (root / "data" / "site.yml").write_text(SITE, encoding="utf-8")
    (root / "docs" / "en").mkdir(parents=True, exist_ok=True)
    (root / "docs" / "en" / "tea.md").write_text(page(sources), encoding="utf-8")


def main() -> int:
    """Draw the stored ones anew."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_page(root, map(source, STORED))
        tool = [sys.executable, str(ROOT / "tools" / "draw"), "--root", folder]
        code = subprocess.run(tool, check=False).returncode
        for name in STORED if code == 0 else ():
            id_ = drawing_id(source(name), SETTINGS)
            for end in ("svg", "json"):
                made = root / "overrides" / "assets" / "drawings" / f"{id_}.{end}"
                (FOLDER / f"{name}.{end}").write_bytes(made.read_bytes())
    return code


if __name__ == "__main__":
    sys.exit(main())
