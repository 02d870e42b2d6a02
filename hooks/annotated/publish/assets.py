"""Own styles and scripts: written one file a feature, published as one file each."""

from __future__ import annotations

import re
from pathlib import Path


def joined(assets: Path) -> list[tuple[str, list[str], str]]:
    """Join what stands in ``styles/`` and ``scripts/`` below `assets`.

    Returns:
        For each kind with files: the path to publish, the paths that it replaces (both below
        the site's root), and the text. Files are joined in the order of their names.
    """
    out = []
    for folder, ending, name in (("styles", ".css", "site.css"), ("scripts", ".js", "site.js")):
        files = sorted((assets / folder).glob("*" + ending))
        if files:
            parts = [f"assets/{folder}/{file.name}" for file in files]
            # A lone semicolon parts scripts: the first may end without one.
            glue = "\n;\n" if ending == ".js" else "\n"
            text = glue.join(file.read_text(encoding="utf-8") for file in files)
            if ending == ".css":
                text = compact(text)
            out.append((f"assets/{name}", parts, text))
    return out


def compact(css: str) -> str:
    r"""Leave out what only authors need, comments and indentation, but keep a rule a line.

    >>> compact("/* why */\n.a {\n  color: red;\n}\n")
    '.a { color: red; }\n'
    """
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css).strip()
    return re.sub(r"\} (?!\})", "}\n", css) + "\n"
