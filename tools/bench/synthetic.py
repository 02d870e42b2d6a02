"""Projects of any size for the benchmark: the golden one, grown."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

PAGE = """---
title: Page {n}
description: Page number {n} of a synthetic site.
kind: concept
checked: 2024-03-02
---

# Page {n}

The answer of page {n}.[^c-{a:03}] It speaks of [oxidation](term:oxidation).[^c-{b:03}]

<!-- tally -->

## First part {{#first}}

{text}

## Second part {{#second}}

{text} See [the page before](page-{before}.md).

<!-- comparison: tea-kinds -->
"""

TEXT = (
    "Leaves are picked, withered, rolled and dried, and what happens between these steps decides "
    "which tea they become. Heat stops the browning at once. Time and air let it go on. "
) * 4


def _one_edition(target: Path) -> str:
    """Take the other editions out of a project; return its configuration."""
    for folder in (target / "docs").iterdir():
        if folder.name != "en":
            shutil.rmtree(folder)
    config = (target / "mkdocs.yml").read_text(encoding="utf-8")
    config = config.replace("  - Choosing: choosing.md\n", "")
    return re.sub(r"(?m)^  editions:\n(?:    .*\n)*", "", config)


def lay(target: Path, pages: int) -> Path:
    """Write a project of about `pages` pages to `target`."""
    skip = shutil.ignore_patterns("__pycache__", "node_modules", "drawings", "cards")
    for part in ("hooks", "overrides"):
        shutil.copytree(ROOT / part, target / part, ignore=skip)
    more = shutil.ignore_patterns("choosing.*", "decisions", "drawings")
    shutil.copytree(ROOT / "starter", target, ignore=more, dirs_exist_ok=True)
    (target / "tools").mkdir()
    settings = ROOT / "tools" / "draw" / "settings.json"
    (target / "tools" / "draw").mkdir()
    shutil.copy(settings, target / "tools" / "draw" / "settings.json")
    (target / "data" / "words").mkdir()
    shutil.copy(ROOT / "data" / "words" / "en.yml", target / "data" / "words" / "en.yml")
    claims, nav = ["topic: {en: Synthetic}", "claims:"], []
    number = 10
    for n in range(pages):
        # Claim ids have three digits: beyond 490 pages only the text grows.
        marked = number + 1 < 1000
        text = PAGE.format(
            n=n, a=number % 1000, b=(number + 1) % 1000, before=max(n - 1, 0), text=TEXT
        )
        if marked:
            for k in (number, number + 1):
                claims += [
                    f"  - id: c-{k:03}",
                    "    origin: notes",
                    "    lines: 2",
                    "    verdict: imprecise",
                    "    said: {en: Tea is a leaf.}",
                    "    now: {en: Tea is a leaf of one plant.}",
                    "    sources: [tea-encyclopedia]",
                ]
            number += 2
        else:
            text = "\n".join(
                line.split("[^")[0] if "[^c-" in line else line for line in text.split("\n")
            )
        (target / "docs" / "en" / f"page-{n}.md").write_text(text, encoding="utf-8")
        nav.append(f"      - page-{n}.md")
    (target / "data" / "claims" / "synthetic.yml").write_text(
        "\n".join(claims) + "\n", encoding="utf-8"
    )
    config = _one_edition(target)
    config = config.replace(
        "  - Glossary: glossary.md", "  - Pages:\n" + "\n".join(nav) + "\n  - Glossary: glossary.md"
    )
    (target / "mkdocs.yml").write_text(config, encoding="utf-8")
    return target
