"""What changed since the notes: by year, the newest few, the status of one subject."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from annotated.records.models import Change
from annotated.records.probes import change_key
from annotated.render import markdown
from annotated.render.edition import Edition, lines_label, link_to
from annotated.render.marks import claim_link
from annotated.render.parts import part
from annotated.render.probes import ProofView, proof_view, proved
from annotated.render.views import (
    PageView,
    SourceView,
    VerdictView,
    cited,
    page_view,
    source_views,
    verdict_view,
)


@dataclass(frozen=True)
class TouchedView:
    """A claim that a change is about."""

    lines: str
    href: str
    verdict: VerdictView


@dataclass(frozen=True)
class ChangeView:
    """Something that changed: when, what, and whom it touches."""

    id: str
    date: str
    title: str
    text: str
    href: str  # its row on the Changes page, or empty
    claims: tuple[TouchedView, ...]
    pages: tuple[PageView, ...]
    sources: tuple[SourceView, ...]
    proof: ProofView


def change_views(page: str, edition: Edition, newest: int | None = None) -> list[ChangeView]:
    """Changes, newest first; all, or only the `newest` so many."""
    changes = [located.value for located in edition.site.changes.values()]
    changes.sort(key=lambda change: (change.date, change.id), reverse=True)
    return [change_view(change, page, edition) for change in changes[:newest]]


def change_view(change: Change, page: str, edition: Edition) -> ChangeView:
    """Return what is said of one change on `page`."""
    words, language = edition.words, edition.language
    listed = edition.changes_page
    claims = [edition.site.claims[name].value for name in change.claims]
    return ChangeView(
        change.id,
        change.date,
        change.title.in_language(language),
        change.text.in_language(language),
        link_to(f"{listed}#{change.id}", page) if listed else "",
        tuple(
            TouchedView(
                lines_label(claim.lines, words),
                claim_link(claim.id, page, edition),
                verdict_view(claim.verdict, words),
            )
            for claim in claims
        ),
        tuple(page_view(target, page, edition) for target in change.pages),
        source_views(change.sources, edition),
        proof_view(change_key(change.id), change, edition.site, words),
    )


def change_list(page: str, edition: Edition, newest: int | None = None) -> str:
    """Changes by year; or only the `newest` so many, without headings and details."""
    words = edition.words
    views = change_views(page, edition, newest)
    if newest is not None:
        return part("teasers", view=views, words=words)
    return "\n\n".join(
        f"{markdown.heading(year, f'y-{year}')}\n\n{part('changes', view=list(group), words=words)}"
        for year, group in groupby(views, key=lambda view: view.date[:4])
    )


def changes_markdown(page: str, edition: Edition, newest: int | None = None) -> str:
    """The same in plain Markdown."""
    views = change_views(page, edition, newest)
    if newest is not None:
        return "\n".join(_line(view) for view in views)
    return "\n\n".join(
        markdown.heading(year, f"y-{year}")
        + "\n\n"
        + "\n".join(f"{_line(view, markdown.anchor(view.id))}" for view in group)
        for year, group in groupby(views, key=lambda view: view.date[:4])
    )


def _line(view: ChangeView, anchor: str = "") -> str:
    said = f"**{markdown.rich(view.title)}** {markdown.rich(view.text)}"
    return f"- {anchor}{view.date}: {said} ({cited(view.sources)}){proved(view.proof)}"


def status(change_id: str, page: str, edition: Edition) -> str:
    """One line that says what changed for the whole subject of a page."""
    view = change_view(edition.site.changes[change_id].value, page, edition)
    return part("status", view=view, words=edition.words)


def status_markdown(change_id: str, page: str, edition: Edition) -> str:
    """The same in plain Markdown."""
    view = change_view(edition.site.changes[change_id].value, page, edition)
    date = markdown.text(edition.words.date(view.date))
    return f"> **{markdown.rich(view.title)}** ({date}). {markdown.rich(view.text)}"
