"""Own styles and scripts: written one file a feature, published as one file each."""

from __future__ import annotations

import json
import re
from pathlib import Path

from annotated.records.urls import named_by

#: Scripts that are not needed until something is used, a folder each.
LATER = "later/"


def joined(assets: Path) -> list[tuple[str, list[str], str]]:
    """Join what stands in ``styles/`` and ``scripts/`` below `assets`.

    Scripts below ``later/`` are named by their content, and ``site.js`` is told these names. Those
    in ``inline/`` are written into every page and published with it only.

    Returns:
        For each kind with files: the path to publish, the paths that it replaces (both below
        the site's root), and the text. Files are joined in the order of their names.
    """
    out = _later(assets)
    later = {f"%{LATER}{path.split('/')[1].split('.')[0]}%": path.split("/")[1] for path, *_ in out}
    for folders, ending, name in (
        (["styles"], ".css", "site.css"),
        (["scripts", "search/page"], ".js", "site.js"),
    ):
        files = [file for folder in folders for file in _files(assets / folder, ending)]
        if files:
            written = sorted((assets / "inline").glob("*" + ending))
            parts = [f"assets/{f.relative_to(assets).as_posix()}" for f in (*files, *written)]
            # A lone semicolon parts scripts: the first may end without one.
            glue = "\n;\n" if ending == ".js" else "\n"
            text = glue.join(file.read_text(encoding="utf-8") for file in files)
            if ending == ".css":
                text = compact(text)
            for placeholder, address in later.items():
                text = text.replace(placeholder, address)
            out.append((f"assets/{name}", parts, text))
    return out


def _later(assets: Path) -> list[tuple[str, list[str], str]]:
    """Join each folder below ``later/`` into a script that comes with its first use.

    What stands there of styles comes with it, as the text ``STYLES``.

    It is named by its content: a page of the last release never gets the script of this one.
    """
    out = []
    for folder in sorted(path for path in (assets / LATER).glob("*") if path.is_dir()):
        files = _files(folder, ".js")
        code = "\n".join(file.read_text(encoding="utf-8") for file in files)
        sheets = _files(folder, ".css")
        if sheets:
            styles = compact("\n".join(file.read_text(encoding="utf-8") for file in sheets))
            code = f"const STYLES = {json.dumps(styles)};\n{code}"
        text = f'(function () {{\n"use strict";\n{code}}})();\n'
        digest = named_by(text)
        parts = [f"assets/{file.relative_to(assets).as_posix()}" for file in [*files, *sheets]]
        out.append((f"assets/{folder.name}.{digest}.js", parts, text))
    return out


def compact(css: str) -> str:
    r"""Leave out what only authors need, comments and indentation, but keep a rule a line.

    >>> compact("/* why */\n.a {\n  color: red;\n}\n")
    '.a{color:red}\n'
    """
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css).strip()
    css = re.sub(r" ?([{};,]) ?", r"\1", css).replace(": ", ":").replace(";}", "}")
    return re.sub(r"\}(?!\})", "}\n", css).strip() + "\n"


def _files(path: Path, ending: str) -> list[Path]:
    """The files of a folder in order, or the one file of that name."""
    if path.is_dir():
        return sorted(path.glob("*" + ending))
    file = path.with_suffix(ending)
    return [file] if file.exists() else []
