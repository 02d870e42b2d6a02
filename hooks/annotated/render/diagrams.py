"""A stored drawing -> the figure of a page, the file for download, and plain Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotated.check.diagrams import Drawing, Sentence, drawing_id, load_drawing
from annotated.records.wording import Words
from annotated.render import markdown
from annotated.render.html import escape

__all__ = [
    "WORD_KEYS",
    "diagram_figure",
    "diagram_markdown",
    "drawing_id",
    "in_words",
    "load_drawing",
    "standalone_style",
    "standalone_svg",
]

FORMS = (
    "acts",
    "leads",
    "both",
    "both-on",
    "joined",
    "joined-on",
    "tells",
    "tells-when",
    "itself",
    "itself-when",
    "becomes",
    "becomes-on",
    "starts",
    "starts-on",
    "starts-in",
    "starts-in-on",
    "ends",
    "ends-on",
    "ends-in",
    "ends-in-on",
    "holds",
    "alone",
)
ROLES = ("aws", "you", "code", "data", "identity")
DIALOG = ("close", "zoom-in", "zoom-out", "whole", "help")

#: Every key that this module asks for; the words of a language must have them all.
WORD_KEYS = (
    *(f"diagram-{form}" for form in FORMS),
    *(f"diagram-role-{role}" for role in (*ROLES, "closed")),
    *(f"diagram-{name}" for name in DIALOG),
    "diagram-words",
    "diagram-key",
    "diagram-enlarge",
    "diagram-open",
)

#: The shape of each role, as small as the key shows it.
_SHAPES = {
    "aws": '<rect class="dg-shape" x="1" y="1" width="20" height="12"/>',
    "you": '<rect class="dg-shape" x="1" y="1" width="20" height="12"/>'
    '<path class="dg-side" d="M1 1h3v12H1ZM21 1h-3v12h3Z"/>',
    "code": '<rect class="dg-shape" x="1" y="1" width="20" height="12" rx="6"/>',
    "data": '<path class="dg-shape" d="M3 3.5a8 2.5 0 0 1 16 0v7a8 2.5 0 0 1-16 0Z"/>'
    '<path class="dg-lid" d="M3 3.5a8 2.5 0 0 0 16 0"/>',
    "identity": '<path class="dg-shape" d="M5 1h12l4 6-4 6H5L1 7Z"/>',
    "closed": '<rect class="dg-shape" x="1" y="1" width="20" height="12"/>',
}


def diagram_figure(drawing: Drawing, words: Words, href: str, number: int = 1) -> str:
    """Return the figure: the drawing, what it says in words, its key, and ways to see it large.

    Args:
        drawing: the stored drawing.
        words: the interface words.
        href: the address of the drawing's own file, as seen from the page.
        number: 1 for the first figure of this drawing on a page, 2 for the next: ids differ.
    """
    labels = " ".join(f'data-{name}="{escape(words(f"diagram-{name}"))}"' for name in DIALOG)
    return (
        f'<figure class="diagram" {labels}>\n'
        f'<div class="diagram-drawing">{_inline(drawing, number)}</div>\n'
        f'<figcaption>\n<p class="diagram-title">{escape(drawing.title)}</p>\n'
        f"{_said(drawing, words)}{_key(drawing, words)}"
        f'<p class="diagram-tools">'
        f'<button type="button" class="diagram-enlarge" hidden>'
        f"{escape(words('diagram-enlarge'))}</button> "
        f'<a href="{escape(href)}">{escape(words("diagram-open"))}</a></p>\n'
        f"</figcaption>\n</figure>"
    )


def _inline(drawing: Drawing, number: int) -> str:
    """The SVG as it stands in a page: no namespace, ids of its own, skipped by the search."""
    svg = drawing.svg.strip().replace(' xmlns="http://www.w3.org/2000/svg"', "", 1)
    if number > 1:
        for part in ("title", "desc"):
            svg = svg.replace(f'"{drawing.id}-{part}"', f'"{drawing.id}-{part}-{number}"')
    return svg.replace("<svg ", "<svg data-search-exclude ", 1)


@dataclass(frozen=True)
class Piece:
    """A piece of a sentence; what the sentence is about is `strong`."""

    text: str
    strong: bool = False


def in_words(drawing: Drawing, words: Words) -> tuple[list[list[Piece]], list[list[Piece]]]:
    """Say the drawing in sentences: those of the arrows, in order; then what stands where."""
    said = [(sentence, _sentence(sentence, words)) for sentence in drawing.sentences]
    placed = {"holds", "alone"}
    return (
        [pieces for sentence, pieces in said if sentence.form not in placed],
        [pieces for sentence, pieces in said if sentence.form in placed],
    )


def _sentence(sentence: Sentence, words: Words) -> list[Piece]:
    pieces = words.pieces(f"diagram-{sentence.form}", **sentence.parts)
    return [Piece(text, name in ("subject", "object", "group")) for text, name in pieces]


def _html(sentence: list[Piece]) -> str:
    return "".join(f"<b>{escape(p.text)}</b>" if p.strong else escape(p.text) for p in sentence)


def _markdown(sentence: list[Piece]) -> str:
    return "".join(
        f"**{markdown.text(p.text)}**" if p.strong else markdown.inner(p.text) for p in sentence
    )


def _said(drawing: Drawing, words: Words) -> str:
    arrows, places = in_words(drawing, words)
    html = f'<p class="diagram-head">{escape(words("diagram-words"))}</p>\n'
    if arrows:
        html += "<ol>\n" + "".join(f"<li>{_html(said)}</li>\n" for said in arrows) + "</ol>\n"
    if places:
        html += "<ul>\n" + "".join(f"<li>{_html(said)}</li>\n" for said in places) + "</ul>\n"
    return html


def _key(drawing: Drawing, words: Words) -> str:
    """The roles that the drawing uses, each with its shape and colour."""
    used = [role for role in ROLES if role in drawing.roles()]
    used += ["closed"] if drawing.has_closed() else []
    if not used:
        return ""
    items = "".join(
        f'<li><svg class="dg dg-swatch" viewBox="0 0 22 14" aria-hidden="true">'
        f'<g class="dg-{role}">{_SHAPES[role]}</g></svg> '
        f"{escape(words(f'diagram-role-{role}'))}</li>\n"
        for role in used
    )
    return f'<ul class="diagram-key" aria-label="{escape(words("diagram-key"))}">\n{items}</ul>\n'


# Plain Markdown -----------------------------------------------------------------------------


def diagram_markdown(drawing: Drawing, words: Words) -> str:
    """Return title, description and sentences as plain Markdown."""
    arrows, places = in_words(drawing, words)
    lines = [f"**{markdown.text(drawing.title)}**", "", markdown.text(drawing.description), ""]
    lines += [f"{number}. {_markdown(said)}" for number, said in enumerate(arrows, 1)]
    if places:
        lines += ["", *(f"- {_markdown(said)}" for said in places)]
    return "\n".join(lines).rstrip() + "\n"


# The file alone -----------------------------------------------------------------------------

_USE = re.compile(r"var\((--[\w-]+)\)")
_RULES = re.compile(r"/\* drawing \*/(.*?)/\* end \*/", re.DOTALL)


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
    head, _, body = drawing.svg.partition(">")
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
