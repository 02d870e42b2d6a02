"""A directive becomes Markdown with HTML in it, or plain Markdown: two functions a directive."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass

from annotated.render import (
    changes,
    claims,
    combined,
    decisions,
    estimates,
    failures,
    glossary,
    labs,
    practice,
    reference,
    summary,
    tables,
)
from annotated.render.edition import Edition, file_link


@dataclass(frozen=True)
class Form:
    """How one directive is rendered; both functions take its argument, the page, the edition."""

    html: Callable[[str, str, Edition], str]
    markdown: Callable[[str, str, Edition], str]
    known: Callable[[Edition], Container[str]] | None = None  # what its argument may name


def _table(argument: str, page: str, edition: Edition) -> tables.TableView:
    stem = edition.site.downloads().get(argument, "")
    files = file_link(stem, page) if stem else ""
    comparison, words = edition.site.comparisons[argument].value, edition.words
    report = edition.issue(
        words("issue-title", claim=argument, page=page), words("issue-table", table=argument)
    )
    return tables.table_of(comparison, edition.site, words, files, report)


def _newest(argument: str) -> int | None:
    return int(argument) if argument else None


FORMS: dict[str, Form] = {
    "tally": Form(
        lambda _, page, edition: summary.tally(page, edition),
        lambda _, page, edition: summary.tally_markdown(page, edition),
    ),
    "sheet": Form(
        lambda _, page, edition: summary.sheet(page, edition),
        lambda _, page, edition: summary.sheet_markdown(page, edition),
    ),
    "claims": Form(
        lambda _, page, edition: claims.claim_list(page, edition),
        lambda _, page, edition: claims.claims_markdown(page, edition),
    ),
    "changes": Form(
        lambda argument, page, edition: changes.change_list(page, edition, _newest(argument)),
        lambda argument, page, edition: changes.changes_markdown(page, edition, _newest(argument)),
    ),
    "glossary": Form(
        lambda _, page, edition: glossary.glossary(page, edition),
        lambda _, page, edition: glossary.glossary_markdown(page, edition),
    ),
    "status": Form(changes.status, changes.status_markdown, lambda edition: edition.site.changes),
    "decision": Form(
        lambda argument, page, edition: decisions.decision_html(
            edition.site.decisions[argument].value, page, edition
        ),
        lambda argument, page, edition: decisions.decision_markdown(
            edition.site.decisions[argument].value, page, edition
        ),
        lambda edition: edition.site.decisions,
    ),
    "combined": Form(
        lambda argument, _, edition: combined.combined_html(argument, edition),
        lambda argument, _, edition: combined.combined_markdown(argument, edition),
        lambda edition: edition.site.combined,
    ),
    "rows": Form(
        lambda _, page, edition: combined.rows_html(page, edition),
        lambda _, page, edition: combined.rows_markdown(page, edition),
    ),
    "estimate": Form(
        lambda argument, _, edition: estimates.estimate_html(
            edition.site.estimates[argument].value, edition
        ),
        lambda argument, _, edition: estimates.estimate_markdown(
            edition.site.estimates[argument].value, edition
        ),
        lambda edition: edition.site.estimates,
    ),
    "practice": Form(
        practice.practice_html, practice.practice_markdown, lambda edition: edition.site.practice
    ),
    "reference": Form(
        lambda *given: reference.reference_html(given[2]),
        lambda *_: reference.reference_markdown(),
    ),
    "lab": Form(
        lambda _, page, edition: labs.box(page, edition),
        lambda _, page, edition: labs.box_markdown(page, edition),
    ),
    "labs": Form(
        lambda _, page, edition: labs.overview(page, edition),
        lambda _, page, edition: labs.overview_markdown(page, edition),
    ),
    # Speaks of the block below it, whose label says it.
    "block": Form(lambda *_: "", lambda *_: ""),
    "failures": Form(failures.failure_list, failures.failures_markdown),
    "comparison": Form(
        lambda argument, page, edition: tables.table_html(
            _table(argument, page, edition), edition.words
        ),
        lambda argument, page, edition: tables.table_markdown(
            _table(argument, page, edition), edition.words
        ),
        lambda edition: edition.site.comparisons,
    ),
}


def render_directive(name: str, argument: str, page: str, edition: Edition) -> str:
    """Render one block directive of `page` as Markdown with HTML in it.

    The checks have run: names and arguments are known. What is not known renders to nothing,
    so that a preview of a broken page still shows the rest.
    """
    form = _form(name, argument, edition)
    return form.html(argument, page, edition) if form else ""


def directive_markdown(name: str, argument: str, page: str, edition: Edition) -> str:
    """Render one block directive of `page` in plain Markdown."""
    form = _form(name, argument, edition)
    return form.markdown(argument, page, edition) if form else ""


def _form(name: str, argument: str, edition: Edition) -> Form | None:
    form = FORMS.get(name)
    if form is None or (form.known is not None and argument not in form.known(edition)):
        return None
    return form
