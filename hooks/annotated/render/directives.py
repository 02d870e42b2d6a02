"""A directive becomes Markdown with HTML in it: one function, one line a directive."""

from __future__ import annotations

from annotated.render import decisions, lists, tables
from annotated.render.edition import Edition, link_to


def render_directive(name: str, argument: str, page: str, edition: Edition) -> str:
    """Render one block directive of `page`.

    The checks have run: names and arguments are known. What is not known renders to nothing,
    so that a preview of a broken page still shows the rest.
    """
    site = edition.site
    if name == "tally":
        return lists.tally(page, edition)
    if name == "sheet":
        return lists.sheet(page, edition)
    if name == "claims":
        return lists.claim_list(page, edition)
    if name == "changes":
        return lists.change_list(page, edition, int(argument) if argument else None)
    if name == "glossary":
        return lists.glossary(page, edition)
    if name == "status" and argument in site.changes:
        return lists.status(argument, page, edition)
    if name == "decision" and argument in site.decisions:
        return decisions.decision_html(site.decisions[argument].value, page, edition)
    if name == "comparison" and argument in site.comparisons:
        comparison = site.comparisons[argument].value
        table = tables.table_of(comparison, site, edition.words)
        downloads = "" if comparison.page == "open" else link_to(comparison.page, page)
        return tables.table_html(table, edition.words, downloads.removesuffix(".html"))
    return ""
