"""A decision: its ways as a nested list, all reasons with their cells, what can be chosen.

All of it stands in the page, whole without script; the script that asks the questions one by one
reads it there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from annotated.records.choosing import Step, written_out
from annotated.records.evidence import EvidentCell, evidence
from annotated.records.models import Candidate, Decision, Elimination, Question
from annotated.render import markdown
from annotated.render.edition import Edition, file_link
from annotated.render.parts import part
from annotated.render.probes import NO_PROOF, ProofView, proof_view
from annotated.render.tables import PROVED, cell_address, cell_words, with_note
from annotated.render.views import (
    Cited,
    PageView,
    SourceView,
    cite,
    numbered,
    page_view,
    source_views,
)


@dataclass(frozen=True)
class CandidateView(Cited):
    """What can be chosen: what speaks for it, what to read next, the numbers of its sources."""

    id: str
    name: str
    answer: str
    pages: tuple[PageView, ...]


@dataclass(frozen=True)
class ReasonView(Cited):
    """Why candidates fall: a cell with its row, its subject, what it says, and its sources."""

    out: tuple[CandidateView, ...]
    cell: str
    expects: Mapping[str, Any]
    row: str
    subject: str
    text: str
    note: str
    href: str  # of the cell; empty where its table has no page yet
    proof: ProofView = NO_PROOF


@dataclass(frozen=True)
class AnswerView:
    """An answer, and what it rules out."""

    id: str
    text: str
    reasons: tuple[ReasonView, ...]


@dataclass(frozen=True)
class QuestionView:
    """A question with its answers; `when` as in the record."""

    id: str
    ask: str
    help: str  # or empty
    when: tuple[Mapping[str, list[str]], ...]
    answers: tuple[AnswerView, ...]


@dataclass(frozen=True)
class StepView:
    """A question on its way, with what follows; or the candidates that are left at its end."""

    number: int
    again: bool
    question: QuestionView | None
    leads: tuple[tuple[AnswerView, StepView], ...]
    left: tuple[CandidateView, ...]


@dataclass(frozen=True)
class DecisionView:
    """A decision in one language, its sources numbered in the order of first use."""

    id: str
    title: str
    candidates: tuple[CandidateView, ...]
    questions: tuple[QuestionView, ...]
    steps: StepView
    sources: tuple[SourceView, ...]
    file: str = ""  # address of the JSON beside it

    @property
    def anchor(self) -> str:
        """The id of the decision on a page."""
        return f"choose-{self.id}"

    @property
    def latest(self) -> str:
        """The day on which a source was last read."""
        return max(source.read for source in self.sources)

    def source_id(self, number: int) -> str:
        """The id of a source in the list below, counted from 1."""
        return f"src-{self.anchor}-{number}"


class _Builder:
    """Builds the view of one decision; numbers its sources on the way."""

    def __init__(self, decision: Decision, page: str, edition: Edition, *, html: bool) -> None:
        self.decision, self.page, self.edition, self.html = decision, page, edition, html
        self.numbering: dict[str, int] = {}
        self.candidates = {each.id: self._candidate(each) for each in decision.candidates}
        self.questions = {each.id: self._question(each) for each in decision.questions}

    def view(self) -> DecisionView:
        decision, edition = self.decision, self.edition
        first = written_out(decision)
        stem = edition.site.decision_downloads().get(decision.id, "")
        return DecisionView(
            decision.id,
            decision.title.in_language(edition.language),
            tuple(self.candidates.values()),
            tuple(self.questions.values()),
            self._step(first),
            source_views(list(self.numbering), edition),
            file_link(f"{stem}.json", self.page) if stem else "",
        )

    def _candidate(self, candidate: Candidate) -> CandidateView:
        language = self.edition.language
        pages = (page_view(p, self.page, self.edition, html=self.html) for p in candidate.pages)
        return CandidateView(
            candidate.id,
            candidate.name.in_language(language),
            candidate.answer.in_language(language),
            tuple(pages),
            sources=cite(candidate.sources, self.numbering),
        )

    def _question(self, question: Question) -> QuestionView:
        language = self.edition.language
        answers = tuple(
            AnswerView(
                answer.id,
                answer.text.in_language(language),
                tuple(self._reason(each) for each in answer.rules_out),
            )
            for answer in question.answers
        )
        told = question.help.in_language(language) if question.help else ""
        ask = question.ask.in_language(language)
        return QuestionView(question.id, ask, told, tuple(question.when), answers)

    def _reason(self, elimination: Elimination) -> ReasonView:
        words, site = self.edition.words, self.edition.site
        language = words.language
        found = evidence(site, elimination.cell)
        assert isinstance(found, EvidentCell)  # the checks have run
        cell = found.cell
        return ReasonView(
            tuple(self.candidates[each] for each in elimination.out),
            elimination.cell,
            elimination.expectations(),
            found.row.name.in_language(language),
            found.subject.name.in_language(language),
            cell_words(cell, words),
            cell.note.in_language(language) if cell.note else "",
            cell_address(found, self.page, html=self.html),
            proof_view(elimination.cell, cell, site, words),
            sources=cite(cell.sources, self.numbering),
        )

    def _step(self, step: Step) -> StepView:
        question = self.questions[step.question.id] if step.question else None
        answers = {each.id: each for each in question.answers} if question else {}
        leads = tuple((answers[answer.id], self._step(after)) for answer, after in step.leads)
        left = () if question else tuple(self.candidates[name] for name in step.way.left)
        return StepView(step.number, step.again, question, leads, left)


def decision_view(
    decision: Decision, page: str, edition: Edition, *, html: bool = True
) -> DecisionView:
    """Return what `decision` shows on `page`.

    Args:
        decision: the record; the checks have run.
        page: the page that links are seen from.
        edition: what it is rendered from.
        html: whether links lead to what pages become, or to their Markdown.
    """
    return _Builder(decision, page, edition, html=html).view()


def decision_html(decision: Decision, page: str, edition: Edition) -> str:
    """Render `decision`: the first question for the script, and all that stands without it."""
    return part("decision", view=decision_view(decision, page, edition), words=edition.words)


def decision_markdown(decision: Decision, page: str, edition: Edition) -> str:
    """Return the same in plain Markdown: nested lists, reasons, candidates, sources."""
    view, words = decision_view(decision, page, edition, html=False), edition.words
    lines = [f"{markdown.anchor(view.anchor)}**{markdown.rich(view.title)}**", ""]
    lines += _step_lines(view.steps, edition)
    lines += ["", f"{markdown.text(words('choose-candidates'))}:", ""]
    for candidate in view.candidates:
        pages = ", ".join(markdown.link(p.title, p.href) for p in candidate.pages)
        lines.append(
            f"- **{markdown.rich(candidate.name)}**: {markdown.rich(candidate.answer)} "
            f"[{candidate.numbers}] {pages}"
        )
    lines += ["", f"{markdown.text(words('choose-reasons'))}:", ""]
    for question in view.questions:
        lines.append(f"- **{markdown.rich(question.ask)}** {markdown.rich(question.help)}".rstrip())
        for answer in question.answers:
            lines.append(f"    - {markdown.rich(answer.text)}")
            lines += [f"        - {_reason_line(reason, edition)}" for reason in answer.reasons]
    return "\n".join([*lines, *numbered(view.sources, words)])


def _reason_line(reason: ReasonView, edition: Edition) -> str:
    names = ", ".join(markdown.rich(candidate.name) for candidate in reason.out)
    told = markdown.rich(with_note(reason.text, reason.note))
    about = f"{reason.row}, {reason.subject}"
    about = markdown.rich_link(about, reason.href) if reason.href else markdown.rich(about)
    out = markdown.text(edition.words("choose-out"))
    proved = PROVED if reason.proof.holds else ""
    return f"{out} {names}. {about}: {told} [{reason.numbers}]{proved}"


def _step_lines(step: StepView, edition: Edition, label: str = "", depth: int = 0) -> Iterator[str]:
    words, indent = edition.words, "    " * depth
    if step.question is None:
        names = ", ".join(markdown.rich(each.name) for each in step.left[1:])
        also = f" ({markdown.text(words('choose-also'))} {names})" if names else ""
        yield f"{indent}- {label}**{markdown.rich(step.left[0].name)}**{also}"
    elif step.again:
        yield f"{indent}- {label}{markdown.text(words('choose-again', number=step.number))}"
    else:
        yield f"{indent}- {label}{step.number}. {markdown.rich(step.question.ask)}"
        for answer, after in step.leads:
            told = f"*{markdown.rich(answer.text)}* → "
            yield from _step_lines(after, edition, told, depth + 1)
