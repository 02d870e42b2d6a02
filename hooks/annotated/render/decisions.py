"""A decision as nested questions: whole without script, in HTML and in Markdown."""

from __future__ import annotations

from dataclasses import dataclass

from annotated.records.models import Decision
from annotated.render import markdown
from annotated.render.edition import Edition
from annotated.render.parts import part
from annotated.render.views import PageView, page_view


@dataclass(frozen=True)
class StepView:
    """A question with what follows from yes and no, or an answer with its page."""

    text: str
    yes: StepView | None = None
    no: StepView | None = None
    page: PageView | None = None


def decision_view(
    decision: Decision, page: str, edition: Edition, *, html: bool = True
) -> StepView:
    """Return the first question of `decision`, with all that follows from it."""
    questions = {question.id: question for question in decision.questions}
    language = edition.language

    def step(name: str) -> StepView:
        if name in decision.outcomes:
            outcome = decision.outcomes[name]
            answer = outcome.answer.in_language(language)
            return StepView(answer, page=page_view(outcome.page, page, edition, html=html))
        question = questions[name]
        return StepView(question.ask.in_language(language), step(question.yes), step(question.no))

    return step(decision.first)


def decision_html(decision: Decision, page: str, edition: Edition) -> str:
    """Render the questions of `decision` as a nested list that ends in linked answers."""
    view = decision_view(decision, page, edition)
    title = decision.title.in_language(edition.language)
    return part("decision", view=view, title=title, words=edition.words)


def decision_markdown(decision: Decision, page: str, edition: Edition) -> str:
    """Return the same as nested lists in plain Markdown."""
    title = decision.title.in_language(edition.language)
    view = decision_view(decision, page, edition, html=False)
    return "\n".join([f"**{markdown.rich(title)}**", "", *_lines(view, "", edition)])


def _lines(view: StepView, label: str, edition: Edition, depth: int = 0) -> list[str]:
    words, indent = edition.words, "    " * depth
    said = f"{indent}- {label}{markdown.rich(view.text)}"
    if view.yes is None or view.no is None:
        assert view.page is not None
        return [f"{said} {markdown.link(view.page.title, view.page.href)}"]
    return [
        said,
        *_lines(view.yes, markdown.text(words("answer-yes")) + " ", edition, depth + 1),
        *_lines(view.no, markdown.text(words("answer-no")) + " ", edition, depth + 1),
    ]
