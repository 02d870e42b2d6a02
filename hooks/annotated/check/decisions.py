"""Rules about decisions: each reason holds in its cell, and each way leads to a candidate."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from annotated.check.references import ids_once, known_cell, page_shows, page_target, unknown
from annotated.records.choosing import (
    MOST_STEPS,
    Step,
    TooLongError,
    ends_of,
    steps_of,
    written_out,
)
from annotated.records.evidence import EvidentCell, evidence
from annotated.records.load import Located, Site
from annotated.records.models import Answer, Cell, Decision, Elimination, Number, Question
from annotated.records.pages import Fence
from annotated.records.problems import Place, Problem, quoted

#: The decision that a diagram draws, and its arrows, as Mermaid writes them.
_DRAWN = re.compile(r"%% *decision: *(\S+)")
_ARROW = re.compile(r"^ *(\w+) *(?:--(?:[^-\n]|-(?!-))*)?-->(?:\|[^|\n]*\|)? *(\w+)", re.MULTILINE)


def known_parts(site: Site) -> Iterable[Problem]:
    """Candidates, pages, and the questions and answers of a condition exist."""
    for decision in site.decisions.values():
        for n, candidate in enumerate(decision.value.candidates):
            for i, page in enumerate(candidate.pages):
                yield from page_target(site, page, decision.at("candidates", n, "pages", i))
        known = {candidate.id for candidate in decision.value.candidates}
        for elimination, place in _eliminations(decision):
            for i, name in enumerate(elimination.out):
                yield from unknown(site, "candidate", name, known, place("out", i))
        yield from _conditions(site, decision)


def _conditions(site: Site, decision: Located[Decision]) -> Iterator[Problem]:
    """What a question asks of earlier ones is among them, and among their answers."""
    earlier: dict[str, set[str]] = {}
    for n, question in enumerate(decision.value.questions):
        for c, condition in enumerate(question.when):
            for name, allowed in condition.items():
                at = ("questions", n, "when", c, name)
                yield from unknown(site, "earlier question", name, earlier, decision.at(*at))
                for i, answer in enumerate(allowed if name in earlier else []):
                    yield from unknown(site, "answer", answer, earlier[name], decision.at(*at, i))
        earlier[question.id] = {answer.id for answer in question.answers}


def unique_parts(site: Site) -> Iterable[Problem]:
    """No two candidates or questions of a decision, and no two answers of one, share an id."""
    for decision in site.decisions.values():
        questions = decision.value.questions
        yield from ids_once(decision, ("candidates",), decision.value.candidates)
        yield from ids_once(decision, ("questions",), questions)
        for n, question in enumerate(questions):
            yield from ids_once(decision, ("questions", n, "answers"), question.answers)


def own_page(site: Site) -> Iterable[Problem]:
    """A decision's page exists and shows it, and no other does: its questions have addresses."""
    for name, decision in site.decisions.items():
        yield from page_shows(site, "decision", name, decision.value.page, decision.at("page"))
        for page in site.pages.values():
            for directive in page.directives:
                if (directive.name, directive.argument) != ("decision", name):
                    continue
                if page.path != decision.value.page:
                    yield Problem(
                        directive.place,
                        "decision-elsewhere",
                        f"'{name}' stands on '{decision.value.page}'; link to it there",
                    )


def reasons_hold(site: Site) -> Iterable[Problem]:
    """The cell of each elimination exists, and says what the elimination expects of it."""
    for decision in site.decisions.values():
        for elimination, place in _eliminations(decision):
            yield from known_cell(site, elimination.cell, place("cell"))
            found = evidence(site, elimination.cell)
            if not isinstance(found, EvidentCell):
                continue
            for name, wanted in elimination.expectations().items():
                if says := _differs(found.cell, name, wanted):
                    yield Problem(
                        place(name),
                        "reason-gone",
                        f"cell '{elimination.cell}' says {says}, expected {_told(name, wanted)}: "
                        f"it does not rule out {', '.join(elimination.out)}",
                    )


def every_way_ends_well(site: Site) -> Iterable[Problem]:
    """Each way leaves a candidate, each question comes up, and something leads to each candidate.

    The whole is small enough to be read.
    """
    for decision in site.decisions.values():
        if any(True for _ in _conditions(site, decision)):
            continue  # a question whose condition cannot be met has been reported
        try:
            first = written_out(decision.value)
        except TooLongError:
            yield Problem(
                decision.at("questions"),
                "decision-too-long",
                f"written out it has more than {MOST_STEPS} steps: ask less, or make two "
                "decisions of it",
            )
            continue
        yield from _dead_ends(decision, first)
        yield from _never_asked(decision, first)
        yield from _never_first(decision, first)


def drawings_agree(site: Site) -> Iterable[Problem]:
    """A diagram of a decision, ``%% decision: id``, leads from question to question as that does.

    A node is named by the question or candidate that it stands for, with ``_`` for a hyphen, and
    ``__`` and more where one comes up twice. Where arrows leave a question, all that its answers
    lead to is drawn; without an arrow the drawing ends there.
    """
    for page in site.pages.values():
        for fence in page.fences:
            named = _DRAWN.search(fence.text) if fence.language == "mermaid" else None
            if named is None:
                continue
            place = Place(fence.place.file, fence.place.line + 1 + _line(fence.text, named.start()))
            yield from unknown(site, "decision", named[1], site.decisions, place)
            decision = site.decisions.get(named[1])
            if decision and not any(True for _ in _conditions(site, decision)):
                yield from _drawn_ways(decision.value, fence)


def _drawn_ways(decision: Decision, fence: Fence) -> Iterator[Problem]:
    """Walk the drawing and the decision together; tell the first difference at each node."""
    arrows: dict[str, dict[str, int]] = {}
    for match in _ARROW.finditer(fence.text):
        arrows.setdefault(match[1], {})[match[2]] = _line(fence.text, match.start())
    try:
        beginning = written_out(decision)
    except TooLongError:
        return  # told by `every_way_ends_well`
    first = next(iter(arrows), "")
    if _stands_for(first) != _name(beginning):
        yield _differs_at(fence, 0, f"begins with '{_stands_for(first)}'", {_name(beginning)})
        return
    waiting, told = [(beginning, first)], set()
    while waiting:
        step, node = waiting.pop()
        drawn = arrows.get(node, {})
        follows = {_name(after): after for _, after in step.leads}
        there = {_stands_for(each): each for each in drawn}
        if drawn and not step.again and there.keys() != follows.keys() and node not in told:
            told.add(node)
            found = ", ".join(f"'{name}'" for name in sorted(there))
            line = min(drawn.values())
            yield _differs_at(fence, line, f"leads from '{node}' to {found}", set(follows))
        waiting += [(follows[name], there[name]) for name in follows.keys() & there.keys()]


def _differs_at(fence: Fence, line: int, found: str, expected: set[str]) -> Problem:
    names = ", ".join(f"'{name}'" for name in sorted(expected))
    place = Place(fence.place.file, fence.place.line + 1 + line)
    return Problem(place, "drawing-differs", f"the drawing {found}; in the decision it is {names}")


def _name(step: Step) -> str:
    """What a step is in a drawing: its question, or the candidate that stands first at its end."""
    return step.question.id if step.question else (*step.way.left, "")[0]


def _stands_for(node: str) -> str:
    return node.partition("__")[0].replace("_", "-")


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at)


def _dead_ends(decision: Located[Decision], first: Step) -> Iterator[Problem]:
    seen = set()
    for step in steps_of(first):
        for answer, following in step.leads:
            assert step.question is not None
            at = (step.question.id, answer.id)
            if following.way.left or at in seen:
                continue
            seen.add(at)
            given = ", ".join(f"{q}: {a}" for q, a in following.way.given.items())
            yield Problem(
                _place_of(decision, step.question, answer),
                "decision-dead-end",
                f"nothing is left after {given}; it rules out {', '.join(step.way.left)}",
            )


def _never_asked(decision: Located[Decision], first: Step) -> Iterator[Problem]:
    asked = {step.question.id for step in steps_of(first) if step.question}
    for n, question in enumerate(decision.value.questions):
        if question.id not in asked:
            yield Problem(
                decision.at("questions", n, "id"),
                "decision-unreached",
                f"question '{question.id}' never comes up: its condition is never met, or "
                "what its answers rule out has fallen before",
            )


def _never_first(decision: Located[Decision], first: Step) -> Iterator[Problem]:
    ends = [end.left for end in ends_of(first) if end.left]
    reached = {left[0] for left in ends}
    for n, candidate in enumerate(decision.value.candidates):
        if candidate.id in reached:
            continue
        ahead = next((left[0] for left in ends if candidate.id in left), None)
        why = f"'{ahead}' stands before it where it is left" if ahead else "every way rules it out"
        yield Problem(
            decision.at("candidates", n, "id"),
            "decision-unreached",
            f"nothing leads to '{candidate.id}': {why}",
        )


def _place_of(decision: Located[Decision], question: Question, answer: Answer) -> Place:
    n = decision.value.questions.index(question)
    return decision.at("questions", n, "answers", question.answers.index(answer), "id")


class _At:
    """The places within an elimination."""

    def __init__(self, decision: Located[Decision], *path: str | int) -> None:
        self.decision, self.path = decision, path

    def __call__(self, *path: str | int) -> Place:
        return self.decision.at(*self.path, *path)


def _eliminations(decision: Located[Decision]) -> Iterator[tuple[Elimination, _At]]:
    for q, question in enumerate(decision.value.questions):
        for a, answer in enumerate(question.answers):
            for e, elimination in enumerate(answer.rules_out):
                path = ("questions", q, "answers", a, "rules_out", e)
                yield elimination, _At(decision, *path)


def _differs(cell: Cell, name: str, wanted: Any) -> str:
    """Say what the cell holds, if the expectation does not hold; else nothing."""
    found = _answer(cell)
    shown = _plain(found)
    if name in ("at_least", "at_most"):
        if not isinstance(found, Number):
            return f"{shown}, which is no number"
        least, most = (found.min, found.max) if found.exact is None else (found.exact,) * 2
        if name == "at_least":
            return "" if least is not None and least >= wanted else shown
        return "" if most is not None and most <= wanted else shown
    if isinstance(found, Number):
        found = "" if found.exact is None else _written(found.exact)
    parts = [_written(each) for each in (wanted if isinstance(wanted, list) else [wanted])]
    if name == "equals":
        same = sorted(found) == sorted(parts) if isinstance(found, list) else [found] == parts
        return "" if same else shown
    there = [part in found for part in parts]
    return "" if (all(there) if name == "contains" else not any(there)) else shown


def _written(value: Any) -> str:
    """A value as text, where 5 and 5.0 are one number, with all its digits.

    >>> _written(1048576), _written(5.0), _written(0.5), _written("on")
    ('1048576', '5', '0.5', 'on')
    """
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _answer(cell: Cell) -> str | list[str] | Number:
    """The answer of a cell, in the site's own language, which stands first."""
    if cell.text is not None:
        return next(iter(cell.text.root.values()))
    return cell.value or cell.date or cell.code or cell.number or ""


def _plain(found: str | list[str] | Number) -> str:
    if isinstance(found, Number):
        given = found.model_dump(exclude_none=True)
        return ", ".join(f"{key} {value}" for key, value in given.items())
    return quoted(", ".join(found) if isinstance(found, list) else found)


def _told(name: str, wanted: Any) -> str:
    parts = wanted if isinstance(wanted, list) else [wanted]
    verb = "" if name == "equals" else name.replace("_", " ") + " "
    return verb + ", ".join(quoted(part) for part in parts)
