"""The picture of a page for other sites: its title, and the marks that it carries."""

from __future__ import annotations

import hashlib

from annotated.records.pages import Page
from annotated.render.edition import Edition
from annotated.render.html import escape, icon, plain

FOLDER = "assets/cards"
_COLOURS = {"wrong": "#b3261e", "imprecise": "#7d4e00", "garbled": "#7d4e00",
            "outdated": "#6a3a9a", "gap": "#005e73"}  # fmt: skip
_STYLE = """
*{margin:0;box-sizing:border-box}
body{width:1200px;height:630px;padding:80px;background:#fff;color:#161a19;display:flex;
flex-direction:column;font-family:"Noto Sans","Segoe UI",Roboto,"Liberation Sans",sans-serif}
p{font-size:30px;color:#434b47}
h1{font-size:76px;line-height:1.08;letter-spacing:-.02em;font-weight:680;margin:auto 0;
max-width:980px;
text-wrap:balance}
ul{display:flex;flex-wrap:wrap;gap:14px;padding:28px 0 0;border-top:3px solid #161a19;
min-height:64px}
li{list-style:none}svg.g{width:30px;height:30px;display:block}
"""


def card_name(page: Page, edition: Edition) -> str:
    """The file of a page's card: its path and the hash of what the card shows."""
    marks = ",".join(claim.verdict for claim in edition.claims_at_home(page.path))
    digest = hashlib.sha256(f"{page.title}|{marks}|{_STYLE}".encode()).hexdigest()[:8]
    return f"{page.path.removesuffix('.md').replace('/', '-')}-{digest}.png"


def card_html(page: Page, edition: Edition, site: str, shapes: str) -> str:
    """The card as a page of 1200 by 630 px, to be photographed."""
    claims = edition.claims_at_home(page.path) or edition.claims_in_order
    marks = "".join(
        f'<li style="color:{_COLOURS.get(verdict, "#5a635e")}">{icon("v-" + verdict)}</li>'
        for verdict in (claim.verdict for claim in claims[:88])
    )
    return (
        f'<!doctype html><meta charset="utf-8"><style>{_STYLE}</style>{shapes}'
        f"<p>{escape(site)}</p><h1>{escape(plain(page.title))}</h1><ul>{marks}</ul>"
    )
