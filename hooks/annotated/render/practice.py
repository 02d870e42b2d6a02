"""Practice: questions whose reasons are what the records say, never written twice.

One tree of plain values, from which the page of all questions, the questions at the end of a page,
plain Markdown and the deck of cards are written.
"""

from __future__ import annotations

import hashlib
import json
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from annotated.records.evidence import EvidentCell, evidence
from annotated.records.load import Located
from annotated.records.models import Claim, Practice, PracticeQuestion, RightAnswer, WrongAnswer
from annotated.records.urls import named_by
from annotated.render import markdown
from annotated.render.edition import Edition, lines_label, link_to
from annotated.render.marks import anchor
from annotated.render.parts import part, plain
from annotated.render.tables import cell_address, cell_words, with_note
from annotated.render.views import SourceView, cited, source_views

#: How the letters of answers begin.
FIRST_LETTER = "A"
#: What leaves a heading and all below it out of the search, as Markdown's attribute lists write it.
_NOT_SEARCHED = 'data-search-exclude="data-search-exclude"'


@dataclass(frozen=True)
class ReasonView:
    """What a record says, and where it stands."""

    text: str
    title: str
    href: str  # or empty, while no page has it
    sources: list[str]  # by their ids


@dataclass(frozen=True)
class AnswerView:
    """An answer: its letter, whether it is right, why it is not, and what the record says."""

    letter: str
    text: str
    right: bool
    why: str
    reason: ReasonView | None  # None where another answer of the question has shown it


@dataclass(frozen=True)
class QuestionView:
    """A question, and its answers in an order that stays."""

    id: str
    anchor: str
    ask: str
    answers: tuple[AnswerView, ...]
    sources: tuple[SourceView, ...]  # of all reasons, each once

    @property
    def right(self) -> AnswerView:
        """The right answer."""
        return next(answer for answer in self.answers if answer.right)


@dataclass(frozen=True)
class PracticeView:
    """The questions on a page."""

    id: str
    anchor: str
    title: str
    href: str  # of the page that answers them
    questions: tuple[QuestionView, ...]


@dataclass(frozen=True)
class OfferView:
    """What a page says of its questions: how many, where they all are, which file brings them."""

    count: int
    href: str
    file: str


def practice_anchor(name: str) -> str:
    """The id of the questions of a file where they are listed."""
    return f"practice-{name}"


def question_anchor(name: str, question: str) -> str:
    """The id of one question."""
    return f"{practice_anchor(name)}-{question}"


def practice_view(name: str, page: str, edition: Edition, *, html: bool = True) -> PracticeView:
    """Return the questions of the file `name` as `page` shows them."""
    practice = edition.site.practice[name].value
    return PracticeView(
        name,
        practice_anchor(name),
        plain(edition.site.pages[practice.page].title),
        link_to(practice.page, page, html=html),
        tuple(_question(practice, each, page, edition, html=html) for each in practice.questions),
    )


def _question(
    practice: Practice, question: PracticeQuestion, page: str, edition: Edition, *, html: bool
) -> QuestionView:
    told: set[str] = set()
    reasons = {}
    for answer in question.answers():  # the right one tells what it shares
        if answer.rests not in told:
            reasons[id(answer)] = _reason(answer.rests, page, edition, html=html)
            told.add(answer.rests)
    views = tuple(
        _answer(chr(ord(FIRST_LETTER) + place), answer, reasons.get(id(answer)), edition)
        for place, answer in enumerate(_shuffled(practice.id, question))
    )
    return QuestionView(
        question.id,
        question_anchor(practice.id, question.id),
        question.ask.in_language(edition.language),
        views,
        source_views(
            list(dict.fromkeys(s for reason in reasons.values() for s in reason.sources)), edition
        ),
    )


def _shuffled(name: str, question: PracticeQuestion) -> list[RightAnswer | WrongAnswer]:
    """The answers in an order that tells nothing, alike in every language and build."""

    def order(numbered: tuple[int, object]) -> str:
        return hashlib.sha256(f"{name}/{question.id}/{numbered[0]}".encode()).hexdigest()

    return [answer for _, answer in sorted(enumerate(question.answers()), key=order)]


def _answer(
    letter: str, answer: RightAnswer | WrongAnswer, reason: ReasonView | None, edition: Edition
) -> AnswerView:
    wrong = isinstance(answer, WrongAnswer)
    why = answer.why if isinstance(answer, WrongAnswer) else None
    language = edition.language
    return AnswerView(
        letter,
        answer.text.in_language(language),
        not wrong,
        why.in_language(language) if why else "",
        reason,
    )


def _reason(name: str, page: str, edition: Edition, *, html: bool) -> ReasonView:
    found = evidence(edition.site, name)
    assert found is not None  # the checks have run
    if isinstance(found, EvidentCell):
        return _of_cell(found, page, edition, html=html)
    return _of_claim(found, page, edition, html=html)


def _of_claim(located: Located[Claim], page: str, edition: Edition, *, html: bool) -> ReasonView:
    claim, words = located.value, edition.words
    home = edition.homes.get(claim.id)
    label = words("ours") if claim.origin == "ours" else lines_label(claim.lines, words)
    href = link_to(f"{home}#{anchor(claim.id)}", page, html=html) if home else ""
    told = claim.now or claim.said
    return ReasonView(told.in_language(edition.language), label, href, claim.sources)


def _of_cell(found: EvidentCell, page: str, edition: Edition, *, html: bool) -> ReasonView:
    language = edition.language
    answer = cell_words(found.cell, edition.words)
    note = found.cell.note.in_language(language) if found.cell.note else ""
    said = edition.words(
        "practice-cell",
        row=found.row.name.in_language(language),
        subject=found.subject.name.in_language(language),
        answer=with_note(answer, note),
    )
    title, href = found.table.title.in_language(language), cell_address(found, page, html=html)
    return ReasonView(said, title, href, found.cell.sources)


# On the page that lists them all ----------------------------------------------------------------


def practice_html(name: str, page: str, edition: Edition) -> str:
    """The questions of one file below a heading that names their page.

    They are left out of the search: it is to find what is true, and half of this is not.
    """
    view = practice_view(name, page, edition)
    heading = f"## {markdown.rich(view.title)} {{#{view.anchor} {_NOT_SEARCHED}}}"
    return f"{heading}\n\n{part('practice', view=view, words=edition.words)}"


def practice_markdown(name: str, page: str, edition: Edition) -> str:
    """The same in plain Markdown: questions, then answers."""
    words, view = edition.words, practice_view(name, page, edition, html=False)
    out = [markdown.heading(view.title, view.anchor), ""]
    out += [markdown.link(words("practice-page"), view.href), ""]
    for number, question in enumerate(view.questions, 1):
        out.append(f"{number}. {markdown.anchor(question.anchor)}{markdown.rich(question.ask)}")
        out += [f"    - {each.letter}: {markdown.rich(each.text)}" for each in question.answers]
    out += ["", f"**{markdown.text(words('practice-answers'))}**", ""]
    for number, question in enumerate(view.questions, 1):
        out.append(f"{number}. {markdown.text(question.right.letter)}")
        out += [f"    - {each.letter}: {_told(each, edition)}" for each in question.answers]
        out.append(f"    - {markdown.text(words('source'))} {cited(question.sources)}")
    return "\n".join(out)


def _told(answer: AnswerView, edition: Edition) -> str:
    """Whether an answer is right, and why, in plain Markdown."""
    said = [markdown.text(edition.words("practice-right" if answer.right else "practice-wrong"))]
    said += [markdown.rich(answer.why)] if answer.why else []
    if answer.reason:
        title, href = answer.reason.title, answer.reason.href
        said.append(markdown.rich(answer.reason.text))
        where = markdown.rich_link(title, href) if href else markdown.rich(title)
        said.append(f"({where})")
    return " ".join(said)


# At the end of a page ---------------------------------------------------------------------------


def brought_later(edition: Edition) -> Iterator[tuple[str, str]]:
    """Return path and content of the script that brings a page its questions, for each page.

    A script, since a page that is opened from a file may not read another file. It is named by
    its content: a page of the last release never gets the questions of this one.
    """
    for practice in edition.site.practice.values():
        yield _script(practice.value, edition)


def _script(practice: Practice, edition: Edition) -> tuple[str, str]:
    """The path of the script that brings a page its questions, and the script."""
    page = practice.page
    html = part(
        "practice-here",
        view=practice_view(practice.id, page, edition),
        words=edition.words,
        all=_listed(practice.id, page, edition),
    )
    script = f"window.practice = {json.dumps(html, ensure_ascii=False)};\n"
    file = f"practice-{practice.id}.{named_by(script)}.js"
    return posixpath.join(posixpath.dirname(page), file), script


def _listed(name: str, page: str, edition: Edition) -> str:
    """Where the questions of a file stand among all, as seen from a page."""
    home = edition.site.practice_pages()[name]
    return link_to(f"{home}#{practice_anchor(name)}", page)


def practice_offer(page: str, edition: Edition) -> str:
    """Return the way to the questions of `page`, to stand at its end; empty if it has none."""
    for located in edition.site.practice.values():
        practice = located.value
        if practice.page == page:
            file = posixpath.basename(_script(practice, edition)[0])
            view = OfferView(len(practice.questions), _listed(practice.id, page, edition), file)
            return part("practice-offer", view=view, words=edition.words)
    return ""
