"""Rules about decisions."""

from __future__ import annotations

from collections.abc import Iterable

from annotated.check.references import page_target, unknown
from annotated.records.load import Site
from annotated.records.problems import Problem


def every_path_ends(site: Site) -> Iterable[Problem]:
    """Each answer leads to a question that comes later, or to an outcome that exists."""
    for decision in site.decisions.values():
        questions = [question.id for question in decision.value.questions]
        known = [*questions, *decision.value.outcomes]
        yield from unknown(site, "question", decision.value.first, known, decision.at("first"))
        for index, question in enumerate(decision.value.questions):
            for key, target in (("yes", question.yes), ("no", question.no)):
                place = decision.at("questions", index, key)
                yield from unknown(site, "question", target, known, place)
                if target in questions[: index + 1]:
                    yield Problem(
                        place, "decision-loop", f"'{target}' comes earlier: the path has no end"
                    )
        for name, outcome in decision.value.outcomes.items():
            yield from page_target(site, outcome.page, decision.at("outcomes", name, "page"))
