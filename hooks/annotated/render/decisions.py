"""A decision as nested questions: whole without script, foldable, in words."""

from __future__ import annotations

from annotated.records.models import Decision
from annotated.records.urls import parted
from annotated.render.edition import Edition, link_to
from annotated.render.html import escape, plain, rich


def decision_html(decision: Decision, page: str, edition: Edition) -> str:
    """Render the questions of `decision` as a nested list that ends in linked answers."""
    label = escape(plain(decision.title.in_language(edition.language)))
    steps = _step(decision.first, decision, page, edition)
    return f'<div class="decide" role="group" aria-label="{label}">{steps}</div>'


def _step(name: str, decision: Decision, page: str, edition: Edition) -> str:
    words, language = edition.words, edition.language
    if name in decision.outcomes:
        outcome = decision.outcomes[name]
        title = escape(plain(edition.site.pages[parted(outcome.page)[0]].title))
        return (
            f"<p>{rich(outcome.answer.in_language(language))} "
            f'<a href="{link_to(outcome.page, page)}">{title}</a></p>'
        )
    question = next(q for q in decision.questions if q.id == name)
    yes = _step(question.yes, decision, page, edition)
    no = _step(question.no, decision, page, edition)
    return (
        f"<p><b>{rich(question.ask.in_language(language))}</b></p>"
        f"<ul><li><b>{escape(words('answer-yes'))}</b> {yes}</li>"
        f"<li><b>{escape(words('answer-no'))}</b> {no}</li></ul>"
    )
