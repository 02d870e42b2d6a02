"""The statement mark and its note: what the notes said, what is true now, and how we know."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import escape

from annotated.records.models import VERDICTS, Claim
from annotated.render import markdown
from annotated.render.edition import Edition, lines_label, link_to, note_lines, numbers
from annotated.render.parts import part, plain
from annotated.render.probes import ProofView, proof_view
from annotated.render.views import SourceView, VerdictView, source_views, verdict_view

#: From the quietest to the gravest: the mark of several claims shows the gravest verdict.
GRAVITY = ("personal", "correct", "open", "imprecise", "gap", "garbled", "outdated", "wrong")
assert set(GRAVITY) == set(VERDICTS)


@dataclass(frozen=True)
class NoteView:
    """What is behind one claim of a mark."""

    id: str
    verdict: VerdictView
    lines: str
    href: str  # its row on the Notes page, or empty
    said: str
    now: str
    since: str
    sources: tuple[SourceView, ...]
    proof: ProofView
    report: str  # where to say that it is wrong, or empty


@dataclass(frozen=True)
class MarkView:
    """A mark glued to the end of its sentence."""

    id: str
    verdict: str
    word: str
    lines: str
    label: str
    note_label: str
    notes: tuple[NoteView, ...]


def anchor(claim_id: str) -> str:
    """The id of a claim's note on its page: ``c-051`` is ``p-051``."""
    return "p-" + claim_id.removeprefix("c-")


def mark(ids: tuple[str, ...], word: str, page: str, edition: Edition) -> str:
    """Render a mark glued to `word`, and its note, as HTML.

    Args:
        ids: the claims, at least one, all known.
        word: the end of the sentence that may not be parted from the mark.
        page: path of the page on which it stands.
    """
    claims = _known(ids, edition)
    if not claims:
        return str(escape(word))
    return part("mark", view=mark_view(claims, word, page, edition), words=edition.words)


def mark_view(claims: list[Claim], word: str, page: str, edition: Edition) -> MarkView:
    """Return what the mark of `claims`, at least one, shows on `page`."""
    words = edition.words
    gravest = max(claims, key=lambda c: GRAVITY.index(c.verdict)).verdict
    lines = note_lines(claims)
    said = lines_label(lines, words)
    verdicts = dict.fromkeys(words(f"verdict-{c.verdict}").lower() for c in claims)
    return MarkView(
        "pop-" + claims[0].id.removeprefix("c-"),
        gravest,
        word,
        numbers(lines),
        words("mark-label", lines=said, verdict=", ".join(verdicts)),
        words("note-label", lines=said),
        tuple(_note(claim, page, edition) for claim in claims),
    )


def _known(ids: tuple[str, ...], edition: Edition) -> list[Claim]:
    return [edition.site.claims[i].value for i in ids if i in edition.site.claims]


def _note(claim: Claim, page: str, edition: Edition) -> NoteView:
    words, language = edition.words, edition.language
    lines = lines_label(claim.lines, words)
    return NoteView(
        anchor(claim.id),
        verdict_view(claim.verdict, words),
        words("mark-label-ours", lines=lines) if claim.origin == "ours" else lines,
        claim_link(claim.id, page, edition),
        claim.said.in_language(language),
        claim.now.in_language(language) if claim.now else "",
        claim.since or "",
        source_views(claim.sources, edition),
        proof_view(claim.id, claim, edition.site, words),
        _report(claim, page, edition),
    )


def claim_link(claim_id: str, page: str, edition: Edition, *, html: bool = True) -> str:
    """The way from `page` to a claim's row on the Notes page; empty if there is no such page."""
    if edition.notes_page is None:
        return ""
    return link_to(f"{edition.notes_page}#{claim_id}", page, html=html)


def _report(claim: Claim, page: str, edition: Edition) -> str:
    words = edition.words
    said = plain(claim.said.in_language(edition.language))
    title = words("issue-title", claim=claim.id, page=page)
    return edition.issue(title, words("issue-body", claim=claim.id, page=page, said=said))


def mark_markdown(ids: tuple[str, ...], page: str, edition: Edition) -> str:
    """The mark in plain Markdown: a link to each claim on the Notes page."""
    words, out = edition.words, []
    for claim in _known(ids, edition):
        verdict = words(f"verdict-{claim.verdict}").lower()
        text = words("mark-label", lines=lines_label(claim.lines, words), verdict=verdict)
        target = claim_link(claim.id, page, edition, html=False)
        said = markdown.link(text, target) if target else markdown.text(text)
        out.append(markdown.anchor(anchor(claim.id)) + said)
    return f" ({'; '.join(out)})" if out else ""
