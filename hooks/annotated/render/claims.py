"""The Notes page: every claim by topic, and the choice of a verdict.

Headings are Markdown, so that they reach the table of contents and the search index.
"""

from __future__ import annotations

from dataclasses import dataclass

from babel import Locale

from annotated.records.models import Claim
from annotated.records.order import sections
from annotated.records.problems import UNSEEN
from annotated.render import markdown
from annotated.render.edition import Edition, lines_label, numbers
from annotated.render.marks import anchor
from annotated.render.parts import part, plain
from annotated.render.probes import ProofView, proof_view, proved
from annotated.render.views import (
    PageView,
    SourceView,
    VerdictView,
    by_verdict,
    cited,
    page_view,
    source_views,
    verdict_view,
)


@dataclass(frozen=True)
class OriginalView:
    """Lines of the notes as they stand there, in their language and its direction."""

    language: str
    direction: str  # "ltr" or "rtl"
    lines: tuple[str, ...]


@dataclass(frozen=True)
class ClaimView:
    """A claim on the Notes page."""

    id: str
    verdict: VerdictView
    lines: str
    label: str
    said: str
    now: str
    original: OriginalView | None  # the lines themselves, where readers shall see them
    ours: bool
    sources: tuple[SourceView, ...]
    proof: ProofView
    page: PageView | None  # where its mark stands


@dataclass(frozen=True)
class FilterView:
    """The choice of a verdict."""

    all: int
    verdicts: tuple[VerdictView, ...]


@dataclass(frozen=True)
class TopicView:
    """A heading of the Notes page and the claims below it."""

    name: str
    anchor: str
    claims: tuple[ClaimView, ...]


def topic_views(page: str, edition: Edition, *, html: bool = True) -> list[TopicView]:
    """Every claim in the order of the notes, by topic."""
    return [
        TopicView(
            section.topic.topic.in_language(edition.language),
            section.anchor,
            tuple(_claim(claim, page, edition, html=html) for claim in section.claims),
        )
        for section in sections(edition.site)
    ]


def _claim(claim: Claim, page: str, edition: Edition, *, html: bool) -> ClaimView:
    words, language = edition.words, edition.language
    home = edition.homes.get(claim.id)
    original = _original(claim, edition)
    said = claim.said.in_language(language)
    if original and _letters(said) == _letters("".join(original.lines)):
        said = ""  # it stands there
    return ClaimView(
        claim.id,
        verdict_view(claim.verdict, words),
        numbers(claim.lines),
        lines_label(claim.lines, words),
        said,
        claim.now.in_language(language) if claim.now else "",
        original,
        claim.origin == "ours",
        source_views(claim.sources, edition),
        proof_view(claim.id, claim, edition.site, words),
        page_view(f"{home}#{anchor(claim.id)}", page, edition, html=html) if home else None,
    )


def _original(claim: Claim, edition: Edition) -> OriginalView | None:
    lines, notes = edition.site.originals, edition.site.notes
    if not lines or notes is None or claim.origin == "ours":
        return None
    language = notes.value.language
    shown = (UNSEEN.sub("", lines[n - 1]).strip() for n in claim.lines if n <= len(lines))
    direction = Locale.parse(language, sep="-").text_direction
    return OriginalView(language, direction, tuple(line for line in shown if line))


def _letters(text: str) -> str:
    """What a line says, whatever marks it."""
    return "".join(filter(str.isalnum, text)).casefold()


def claim_list(page: str, edition: Edition) -> str:
    """The Notes page: a choice of verdicts, then every claim by topic."""
    words = edition.words
    claims = [located.value for located in edition.site.claims.values()]
    choice = FilterView(len(claims), by_verdict(claims, words))
    out: list[str] = [part("filter", view=choice, words=words)]
    for topic in topic_views(page, edition):
        rows = part("claims", view=topic.claims, words=words)
        out.append(f"{markdown.heading(topic.name, topic.anchor)}\n\n{rows}")
    return "\n\n".join(out)


def claims_markdown(page: str, edition: Edition) -> str:
    """The same in plain Markdown."""
    now = markdown.text(edition.words("label-now"))
    out = []
    for topic in topic_views(page, edition, html=False):
        out.append(markdown.heading(topic.name, topic.anchor) + "\n")
        for claim in topic.claims:
            line = f"- {markdown.anchor(claim.id)}{markdown.text(claim.label)}, "
            line += f"**{markdown.text(claim.verdict.word)}**:"
            if claim.original:
                shown = " / ".join(markdown.text(one) for one in claim.original.lines)
                line += f" {markdown.text(edition.words('label-original'))}: {shown}"
            line += f" *{markdown.text(plain(claim.said))}*" if claim.said else ""
            line += f" **{now}:** {markdown.rich(claim.now)}" if claim.now else ""
            line += f" ({cited(claim.sources)})" if claim.sources else ""
            line += proved(claim.proof)
            if claim.page:
                line += f" {markdown.link(claim.page.title, claim.page.href)}"
            out.append(line)
        out.append("")
    return "\n".join(out)
