"""Drawings as files of their own, with their colours inside, to open, keep and print."""

from __future__ import annotations

import re
from pathlib import Path

from annotated.records.drawings import Drawing, load_drawing
from annotated.render.fences import FOLDER

_USE = re.compile(r"var\((--[\w-]+)\)")
_RULES = re.compile(r"/\* drawing \*/(.*?)/\* end \*/", re.DOTALL)


def standalone_drawings(folder: Path, styles: Path) -> list[tuple[str, str]]:
    """Return path below the site's root and content of every drawing stored in `folder`.

    Args:
        folder: the stored drawings.
        styles: the folder of the stylesheets, whose tokens give the colours.
    """
    names = sorted(file.stem for file in folder.glob("d-*.svg"))
    if not names:
        return []
    tokens, diagrams = (
        next(iter(sorted(styles.glob(f"*{name}.css")))).read_text(encoding="utf-8")
        for name in ("tokens", "diagrams")
    )
    style = standalone_style(tokens, diagrams)
    drawings = (_readable(folder, name) for name in names)
    return [(f"{FOLDER}/{d.id}.svg", standalone_svg(d, style)) for d in drawings if d is not None]


def _readable(folder: Path, name: str) -> Drawing | None:
    """A stored drawing; None where it cannot be read, which the checks say."""
    try:
        return load_drawing(folder, name)
    except ValueError:
        return None


def standalone_style(tokens: str, diagrams: str) -> str:
    """Return the style of drawings that stand alone, for light and dark.

    The values are written out, not left as variables: programs that show SVG but are no
    browser know no variables.

    Args:
        tokens: the stylesheet that gives the variables, for ``:root`` and the slate scheme.
        diagrams: the stylesheet ``diagrams.css``, whose drawing section is taken.
    """
    section = _RULES.search(diagrams)
    if section is None:
        raise ValueError("the stylesheet of diagrams has no section 'drawing'")
    rules = _bare(section[1])
    light = _variables(tokens, ":root")
    dark = {**light, **_variables(tokens, '[data-md-color-scheme="slate"]')}
    dark_rules = _filled(_coloured(rules), dark)
    return f"{_filled(rules, light)}@media(prefers-color-scheme:dark){{{dark_rules}}}"


def standalone_svg(drawing: Drawing, style: str) -> str:
    """Return the drawing as a file of its own, on its own paper, with `style` inside."""
    head, _, body = drawing.readable.partition(">")
    named, described, drawn = body.partition("</desc>")
    size = f'width="{drawing.width}" height="{drawing.height}"'
    paper = '<rect class="dg-paper" width="100%" height="100%"/>'
    return f"{head} {size}>{named}{described}\n<style>{style}</style>\n{paper}{drawn}"


def _variables(css: str, selector: str) -> dict[str, str]:
    """The variables that the first rule with this very selector sets."""
    rule = re.search(rf"(?:^|[}}{{\s]){re.escape(selector)}\s*{{(.*?)}}", _bare(css), re.DOTALL)
    return dict(re.findall(r"(--[\w-]+):\s*([^;]+)", rule[1])) if rule else {}


def _filled(rules: str, values: dict[str, str]) -> str:
    return _USE.sub(lambda use: values[use[1]].strip(), rules)


def _coloured(rules: str) -> str:
    """Only the declarations that use a colour: the others hold in dark as they do in light."""
    kept = []
    for selector, body in re.findall(r"([^{}]+){([^{}]*)}", rules):
        colours = [part for part in body.split(";") if "var(" in part and "--sans" not in part]
        if colours:
            kept.append(f"{selector}{{{';'.join(colours)}}}")
    return "".join(kept)


def _bare(css: str) -> str:
    """CSS without comments and spare white space."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return re.sub(r"\s*([{};,:])\s*(?![a-z-]+\()", r"\1", re.sub(r"\s+", " ", css)).strip()
