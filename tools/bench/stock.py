"""The same content built with stock Material, to compare with."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = ROOT / "tools/draw/node_modules/mermaid/dist/mermaid.min.js"

CONFIG = """
site_name: Stock
use_directory_urls: false
docs_dir: docs
theme:
  name: material
  font: false
  features: [content.code.copy, navigation.footer, navigation.tabs, search.highlight, search.suggest]
  palette:
    - {media: "(prefers-color-scheme: light)", scheme: default, toggle: {icon: material/brightness-7, name: d}}
    - {media: "(prefers-color-scheme: dark)", scheme: slate, toggle: {icon: material/brightness-4, name: l}}
plugins: [search]
markdown_extensions:
  - attr_list
  - md_in_html
  - tables
  - toc: {permalink: true}
  - pymdownx.highlight
  - pymdownx.superfences:
      custom_fences:
        - {name: mermaid, class: mermaid, format: !!python/name:pymdownx.superfences.fence_code_format }
"""


def lay(folder: Path, root: Path = ROOT) -> Path:
    """Write the content of the project at `root` as a project of stock Material; return it."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, str(root / "hooks" / "cli.py"), "render", str(folder / "docs")]
    subprocess.run(command, cwd=root, check=True, capture_output=True, env=environment)
    (folder / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    return folder


def build(folder: Path) -> Path:
    """Build the content of this site with stock Material below `folder`; return the site."""
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet"],
        cwd=lay(folder), check=True, capture_output=True,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )  # fmt: skip
    return folder / "site"
