"""A decision, walked: which question comes next, what is left, and every way through it.

The script of the page walks in the same way (`overrides/assets/later/choose/walk.js`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from annotated.records.models import Answer, Decision, Question

#: Nobody reads a longer list: ways that meet again stand in it once, and it still has an end.
MOST_STEPS = 150


@dataclass(frozen=True)
class Way:
    """Where somebody stands: the answers given, by their questions, and who is left, in order."""

    given: Mapping[str, str]
    left: tuple[str, ...]

    def answered(self, question: Question, answer: Answer) -> Way:
        """Where that answer leads."""
        out = ruled_out(answer)
        left = tuple(name for name in self.left if name not in out)
        return Way({**self.given, question.id: answer.id}, left)


@dataclass
class Step:
    """A question as it comes up on a way, or the end of one: then there is no question."""

    way: Way
    question: Question | None
    number: int = 0  # of questions, in the order in which they are written out; from 1
    leads: list[tuple[Answer, Step]] = field(default_factory=list)
    again: bool = False  # whether it has been written out before, with this number


class TooLongError(ValueError):
    """A decision with more steps than `MOST_STEPS`."""


def start(decision: Decision) -> Way:
    """Where everybody begins: nothing is answered, all are left."""
    return Way({}, tuple(candidate.id for candidate in decision.candidates))


def ruled_out(answer: Answer) -> set[str]:
    """The candidates that an answer rules out."""
    return {name for elimination in answer.rules_out for name in elimination.out}


def applies(question: Question, given: Mapping[str, str]) -> bool:
    """Whether a question may be asked after these answers."""
    return not question.when or any(
        all(given.get(name) in allowed for name, allowed in condition.items())
        for condition in question.when
    )


def steering(decision: Decision) -> set[str]:
    """The questions that others hang on."""
    return {name for q in decision.questions for condition in q.when for name in condition}


def next_question(decision: Decision, way: Way, steers: set[str]) -> Question | None:
    """The first question that is not answered and makes a difference.

    It rules out a candidate that is left; or others hang on it (they are in `steers`), and there
    is still something to choose from.
    """
    left = set(way.left)
    for question in decision.questions:
        if question.id in way.given or not applies(question, way.given):
            continue
        matters = len(left) > 1 and question.id in steers
        if matters or any(ruled_out(answer) & left for answer in question.answers):
            return question
    return None


def written_out(decision: Decision) -> Step:
    """Return the first step with all that follow; where ways meet again, `again` is said.

    Raises:
        TooLongError: there are too many of them for anybody to read.
    """
    steers = steering(decision)
    known: dict[tuple[object, ...], int] = {}
    count = 0

    def step(way: Way) -> Step:
        nonlocal count
        count += 1
        if count > MOST_STEPS:
            raise TooLongError
        question = next_question(decision, way, steers)
        if question is None or not way.left:
            return Step(way, None)
        key = (question.id, way.left, _pending(decision, question, way.given))
        if key in known:
            return Step(way, question, known[key], again=True)
        known[key] = len(known) + 1
        here = Step(way, question, known[key])
        here.leads = [(each, step(way.answered(question, each))) for each in question.answers]
        return here

    return step(start(decision))


def _pending(decision: Decision, question: Question, given: Mapping[str, str]) -> frozenset[object]:
    """What the conditions of later questions still wait for, by `question` and those after it.

    Where that and who is left are the same, what follows is the same.
    """
    later = decision.questions[decision.questions.index(question) :]
    coming = {each.id for each in later}
    found: set[object] = set()
    for each in later:
        for number, condition in enumerate(each.when):
            waits = [name for name in condition if name in coming]
            met = all(given.get(n) in allowed for n, allowed in condition.items() if n not in waits)
            if met:
                found.add((each.id, number if waits else "", *waits))
    return frozenset(found)


def steps_of(first: Step) -> Iterator[Step]:
    """Yield a step and all that follow, in the order in which they are written out."""
    yield first
    for _, following in first.leads:
        yield from steps_of(following)


def ends_of(first: Step) -> list[Way]:
    """The ends of all ways."""
    return [step.way for step in steps_of(first) if step.question is None]
