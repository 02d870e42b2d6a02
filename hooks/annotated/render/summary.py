"""What marks add up to: the tally of a page, the marked sheet of the whole notes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from annotated.records.wording import Words
from annotated.render import markdown
from annotated.render.edition import Edition, lines_label, note_lines
from annotated.render.marks import claim_link
from annotated.render.parts import part
from annotated.render.views import VerdictView, by_verdict


@dataclass(frozen=True)
class TallyView:
    """The marks of a page: the lines they are about, how many of each verdict, how many ours."""

    lines: str
    verdicts: tuple[VerdictView, ...]
    ours: int


def tally_view(page: str, edition: Edition) -> TallyView | None:
    """Sum up the marks of `page`; None where none stands."""
    claims = edition.claims_at_home(page)
    if not claims:
        return None
    said = [claim for claim in claims if claim.origin == "notes"]
    lines = lines_label(note_lines(claims), edition.words)
    return TallyView(lines, by_verdict(said, edition.words), len(claims) - len(said))


def tally(page: str, edition: Edition) -> str:
    """The tally of `page` as HTML, empty where no mark stands."""
    view = tally_view(page, edition)
    return part("tally", view=view, words=edition.words) if view else ""


def tally_markdown(page: str, edition: Edition) -> str:
    """The tally of `page` in plain Markdown."""
    view = tally_view(page, edition)
    if view is None:
        return ""
    words = edition.words
    said = [_verdict_line(view.verdicts, words)] if view.verdicts else []
    said += [words("counted", count=view.ours, what=words("tally-ours"))] if view.ours else []
    line = f"{view.lines}: {', '.join(said)}"
    return f"*{markdown.text(line)}*"


def _verdict_line(verdicts: Iterable[VerdictView], words: Words) -> str:
    return ", ".join(
        words("counted", count=each.count, what=each.word.lower()) for each in verdicts
    )


@dataclass(frozen=True)
class SheetMark:
    """A statement on the sheet."""

    verdict: str
    href: str
    label: str


@dataclass(frozen=True)
class SheetView:
    """All statements of the notes, and how many of each verdict."""

    marks: tuple[SheetMark, ...]
    verdicts: tuple[VerdictView, ...]


def sheet_view(page: str, edition: Edition) -> SheetView:
    """One mark a statement, in the order of the notes."""
    words = edition.words
    claims = [claim for claim in edition.claims_in_order if claim.origin == "notes"]
    marks = [
        SheetMark(
            claim.verdict,
            claim_link(claim.id, page, edition) or f"#{claim.id}",
            words(
                "mark-label",
                lines=lines_label(claim.lines, words),
                verdict=words(f"verdict-{claim.verdict}").lower(),
            ),
        )
        for claim in claims
    ]
    return SheetView(tuple(marks), by_verdict(claims, words))


def sheet(page: str, edition: Edition) -> str:
    """The marked sheet as HTML."""
    return part("sheet", view=sheet_view(page, edition), words=edition.words)


def sheet_markdown(page: str, edition: Edition) -> str:
    """What the sheet adds up to, in plain Markdown."""
    said = markdown.text(_verdict_line(sheet_view(page, edition).verdicts, edition.words))
    return markdown.anchor("sheet-legend") + said
