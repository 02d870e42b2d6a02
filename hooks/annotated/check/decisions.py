"""Rules about decisions."""

from __future__ import annotations

from collections.abc import Iterable

from annotated.check.references import page_target, repeated, unknown
from annotated.records.load import Located, Site
from annotated.records.models import Decision
from annotated.records.problems import Problem

#: A decision is written out as a tree: nobody reads more, and ways that meet again double it.
MOST_STEPS = 100


def every_path_ends(site: Site) -> Iterable[Problem]:
    """Each answer leads to a question that comes later, or to an outcome that exists."""
    for decision in site.decisions.values():
        questions = [question.id for question in decision.value.questions]
        known = {*questions, *decision.value.outcomes}
        position = {name: index for index, name in enumerate(questions)}
        yield from unknown(site, "question", decision.value.first, known, decision.at("first"))
        for index, question in enumerate(decision.value.questions):
            for key, target in (("yes", question.yes), ("no", question.no)):
                place = decision.at("questions", index, key)
                yield from unknown(site, "question", target, known, place)
                if position.get(target, index + 1) <= index:
                    yield Problem(
                        place, "decision-loop", f"'{target}' comes earlier: the path has no end"
                    )
        for name, outcome in decision.value.outcomes.items():
            yield from page_target(site, outcome.page, decision.at("outcomes", name, "page"))


def unique_steps(site: Site) -> Iterable[Problem]:
    """No two questions share an id, and no outcome has that of a question."""
    for decision in site.decisions.values():
        questions = [question.id for question in decision.value.questions]
        for index, name in repeated(questions):
            place = decision.at("questions", index, "id")
            yield Problem(place, "duplicate-id", f"'{name}' stands twice among the questions")
        for name in decision.value.outcomes:
            if name in questions:
                yield Problem(
                    decision.at("outcomes", name),
                    "duplicate-id",
                    f"'{name}' is a question already; an outcome needs a name of its own",
                )


def every_step_reached(site: Site) -> Iterable[Problem]:
    """Each question and outcome can be reached, and the whole is small enough to be read."""
    for decision in site.decisions.values():
        steps = _steps(decision.value)
        if steps is None:
            continue  # there is a loop, which has been reported
        total, reached = steps
        if total > MOST_STEPS:
            yield Problem(
                decision.at("first"),
                "decision-too-long",
                f"written out it has more than {MOST_STEPS} steps: let answers that meet again "
                "lead to an outcome, or make two decisions of it",
            )
        yield from _unreached(decision, reached)


def _unreached(decision: Located[Decision], reached: set[str]) -> Iterable[Problem]:
    for index, question in enumerate(decision.value.questions):
        if question.id not in reached:
            place = decision.at("questions", index, "id")
            yield Problem(place, "decision-unreached", f"no answer leads to '{question.id}'")
    for name in decision.value.outcomes:
        if name not in reached:
            place = decision.at("outcomes", name)
            yield Problem(place, "decision-unreached", f"no answer leads to '{name}'")


def _steps(decision: Decision) -> tuple[int, set[str]] | None:
    """Count the steps of the decision as a tree, and name what is reached; None where it loops."""
    reached = {decision.first}
    below: dict[str, int] = {}
    position = {question.id: index for index, question in enumerate(decision.questions)}
    for index, question in reversed(list(enumerate(decision.questions))):
        if any(position.get(target, index + 1) <= index for target in (question.yes, question.no)):
            return None
        below[question.id] = 1 + below.get(question.yes, 1) + below.get(question.no, 1)
    for question in decision.questions:
        if question.id in reached:
            reached |= {question.yes, question.no}
    return below.get(decision.first, 1), reached
