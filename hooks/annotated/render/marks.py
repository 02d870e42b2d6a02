"""The statement mark and its note: what the notes said, what is true now, and how we know.

The note is a popover straight after its button. It may stand inside a paragraph or a table
cell, so it holds phrasing content only; its rows are custom elements, because a search index
that skips the note stops at the first closing tag of the note's own name.
"""

from __future__ import annotations

from urllib.parse import urlencode

from annotated.records.models import VERDICTS, Claim
from annotated.render.edition import Edition, lines_label, link_to, note_lines, numbers
from annotated.render.html import citation, escape, icon, plain, rich, verdict_badge

#: From the quietest to the gravest: the mark of several claims shows the gravest verdict.
GRAVITY = ("personal", "correct", "imprecise", "gap", "garbled", "outdated", "wrong")
assert set(GRAVITY) == set(VERDICTS)


def anchor(claim_id: str) -> str:
    """The id of a claim's note on its page: ``c-051`` is ``p-051``."""
    return "p-" + claim_id.removeprefix("c-")


def mark(ids: tuple[str, ...], word: str, page: str, edition: Edition) -> str:
    """Render a mark glued to `word`, and its note, as HTML.

    Args:
        ids: the claims, at least one, all known.
        word: the end of the sentence that may not be parted from the mark, as escaped HTML.
        page: path of the page on which it stands.
    """
    claims = [edition.site.claims[i].value for i in ids if i in edition.site.claims]
    if not claims:
        return word
    words = edition.words
    gravest = max(claims, key=lambda c: GRAVITY.index(c.verdict)).verdict
    lines = note_lines(claims)
    said = lines_label(lines, words)
    verdicts = ", ".join(dict.fromkeys(words(f"verdict-{c.verdict}").lower() for c in claims))
    label = words("mark-label", lines=said, verdict=verdicts)
    pop = "pop-" + claims[0].id.removeprefix("c-")
    parts = "".join(_part(claim, page, edition) for claim in claims)
    return (
        f'<span class="nb m-{gravest}">{word}<button type="button" class="mk v-{gravest}" '
        f'popovertarget="{pop}" aria-label="{escape(label)}">{icon("v-" + gravest)}'
        f'<span aria-hidden="true">{numbers(lines)}</span></button></span>'
        f'<span id="{pop}" class="cl m-{gravest} v-{gravest}" popover role="note" '
        f'aria-label="{escape(words("note-label", lines=said))}" data-search-exclude>'
        f"{parts}</span>"
    )


def _part(claim: Claim, page: str, edition: Edition) -> str:
    words, language = edition.words, edition.language
    head = verdict_badge(claim.verdict, words) + " " + _line_link(claim, page, edition)
    rows = [("label-said", f'<i class="said">{rich(claim.said.in_language(language))}</i>')]
    if claim.now:
        rows.append(("label-now", rich(claim.now.in_language(language))))
    if claim.since:
        date = escape(words.date(claim.since))
        rows.append(("label-since", f'<time datetime="{claim.since}">{date}</time>'))
    if claim.sources:
        cited = [citation(s, words) for s in edition.site.source_list(claim.sources)]
        rows.append(("label-sources", "<br>".join(cited)))
    body = "".join(
        f"<note-row><note-label>{escape(words(key))} </note-label>"
        f"<note-text>{value} </note-text></note-row>"
        for key, value in rows
    )
    return (
        f'<note-part id="{anchor(claim.id)}" class="v-{claim.verdict}">'
        f"<note-head>{head}</note-head>{body}{_report(claim, page, edition)}</note-part>"
    )


def _line_link(claim: Claim, page: str, edition: Edition) -> str:
    words = edition.words
    text = lines_label(claim.lines, words)
    if claim.origin == "ours":
        text = words("mark-label-ours", lines=text)
    if edition.notes_page is None:
        return escape(text)
    href = link_to(f"{edition.notes_page}#{claim.id}", page)
    return f'<a class="cl-l" href="{href}">{escape(text)}</a>'


def _report(claim: Claim, page: str, edition: Edition) -> str:
    """A link to a prefilled issue, where the project has an address for issues."""
    if not edition.repository:
        return ""
    words = edition.words
    said = plain(claim.said.in_language(edition.language))
    query = urlencode(
        {
            "title": words("issue-title", claim=claim.id, page=page),
            "body": words("issue-body", claim=claim.id, page=page, said=said),
        }
    )
    href = escape(f"{edition.repository}/issues/new?{query}")
    return f'<a class="cl-w" href="{href}" rel="noopener">{escape(words("issue-link"))}</a>'


def mark_markdown(ids: tuple[str, ...], page: str, edition: Edition) -> str:
    """The mark in plain Markdown: a link to the claim on the Notes page."""
    claims = [edition.site.claims[i].value for i in ids if i in edition.site.claims]
    words = edition.words
    out = []
    for claim in claims:
        text = words(
            "mark-label",
            lines=lines_label(claim.lines, words),
            verdict=words(f"verdict-{claim.verdict}").lower(),
        )
        if edition.notes_page:
            target = link_to(f"{edition.notes_page}#{claim.id}", page, html=False)
            text = f"[{text}]({target})"
        out.append(text)
    return f" ({'; '.join(out)})" if out else ""
