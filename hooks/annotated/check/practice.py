"""Rules about practice questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotated.check.editions import not_read
from annotated.check.references import ids_once, known_cell, page_target, repeated, unknown
from annotated.records.evidence import rested, said_by
from annotated.records.load import Site
from annotated.records.models import UNCHECKED
from annotated.records.problems import Place, Problem, quoted


def known_evidence(site: Site) -> Iterable[Problem]:
    """What an answer rests on exists, and somebody has checked it."""
    for practice in site.practice.values():
        for index, question in enumerate(practice.value.questions):
            for number, answer in enumerate(question.answers()):
                path = ("wrong", number - 1) if number else ("right",)
                place = practice.at("questions", index, *path, "rests")
                yield from _known(site, answer.rests, place)


def _known(site: Site, name: str, place: Place) -> Iterable[Problem]:
    if "/" not in name:
        yield from unknown(site, "claim", name, site.claims, place)
        claim = site.claims.get(name)
        if claim and claim.value.verdict in (UNCHECKED, "personal"):
            message = f"'{name}' is {claim.value.verdict}: an answer rests on what was checked"
            yield Problem(place, "open-evidence", message)
        return
    yield from known_cell(site, name, place)


def each_has_its_reason(site: Site) -> Iterable[Problem]:
    """A wrong answer says why, unless it alone rests on a record, which then says it."""
    for practice in site.practice.values():
        for index, question in enumerate(practice.value.questions):
            used = [answer.rests for answer in question.answers()]
            for number, answer in enumerate(question.wrong):
                if answer.why is None and used.count(answer.rests) > 1:
                    yield Problem(
                        practice.at("questions", index, "wrong", number, "text"),
                        "no-reason",
                        f"another answer rests on '{answer.rests}', too; say with 'why' what is "
                        "wrong with this one",
                    )


def no_reason_again(site: Site) -> Iterable[Problem]:
    """No answer says why in the words of the record that it rests on: that stands right behind."""
    for practice in site.practice.values():
        for index, question in enumerate(practice.value.questions):
            for number, answer in enumerate(question.wrong):
                why = answer.why.in_language(site.language) if answer.why else ""
                if why and any(why in text for text in said_by(site, answer.rests)):
                    message = (
                        f"{quoted(why)} is what '{answer.rests}' says, which is shown behind it; "
                        "say what that does not, or leave 'why' out"
                    )
                    place = practice.at("questions", index, "wrong", number, "why")
                    yield Problem(place, "said-twice", message)


def unique_parts(site: Site) -> Iterable[Problem]:
    """No two questions of a file share an id, no two answers of a question their text."""
    for practice in site.practice.values():
        yield from ids_once(practice, ("questions",), practice.value.questions)
        for index, question in enumerate(practice.value.questions):
            texts = [answer.text.in_language(site.language) for answer in question.answers()]
            for number, text in repeated(text.casefold() for text in texts):
                place = practice.at("questions", index, "wrong", number - 1, "text")
                yield Problem(place, "twice", f"'{text}' stands twice among the answers")


def own_page(site: Site) -> Iterable[Problem]:
    """The page of the questions exists, no other file is of it, and a page lists them all."""
    owners: dict[str, str] = {}
    listed = site.practice_pages()
    for name, practice in site.practice.items():
        target, place = practice.value.page, practice.at("page")
        yield from page_target(site, target, place)
        owner = owners.setdefault(target, name)
        if owner != name:
            yield Problem(place, "duplicate-page", f"the questions of '{owner}' are of it already")
        if name not in listed and "page" not in site.unreadable:
            yield Problem(
                practice.at("id"),
                "practice-without-page",
                f"no page lists these questions; add <!-- practice: {name} --> to one",
            )


def once(site: Site) -> Iterable[Problem]:
    """Questions are listed once: an address of theirs leads to one place."""
    seen: dict[str, Place] = {}
    for page in site.pages.values():
        for directive in page.directives:
            if directive.name == "practice" and directive.argument in site.practice:
                first = seen.setdefault(directive.argument, directive.place)
                if first != directive.place:
                    message = f"'{directive.argument}' is listed at {first} already; once is enough"
                    yield Problem(directive.place, "duplicate-id", message)


def read_again(site: Site) -> Iterator[Problem]:
    """Each question was read against what it rests on, as that is now."""
    yield from not_read(rested(site), site, "practice")
