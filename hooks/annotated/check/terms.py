"""Rules about glossary terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotated.check.references import page_target
from annotated.records.load import Located, Site
from annotated.records.models import Term
from annotated.records.problems import Place, Problem


def taught_somewhere(site: Site) -> Iterable[Problem]:
    """The page and heading that teach a term exist, or the page is still `open`."""
    for term in site.terms.values():
        if term.value.page != "open":
            yield from page_target(site, term.value.page, term.at("page"))


def one_alias_one_term(site: Site) -> Iterable[Problem]:
    """No two terms share a name: who looks for it must find one thing."""
    owners: dict[str, tuple[str, Place]] = {}
    named = [(key, name, at) for key, term in site.terms.items() for name, at in _names(term)]
    # A slip that is another term's right name comes after all right names.
    named += [(key, name, at) for key, term in site.terms.items() for name, at in _slips(term)]
    for name_of_term, name, place in named:
        owner, first = owners.setdefault(_alike(name), (name_of_term, place))
        if owner != name_of_term:
            yield Problem(
                place,
                "shared-alias",
                f"'{name}' names the term '{owner}' already, at {first}; leave it to one of "
                "the two, or make it longer in both",
            )


def _names(term: Located[Term]) -> Iterator[tuple[str, Place]]:
    for language, name in term.value.term.root.items():
        yield name, term.at("term", language)
    if term.value.abbreviation:
        yield term.value.abbreviation, term.at("abbreviation")
    for key in ("also", "aliases"):
        for language, names in getattr(term.value, key).root.items():
            for index, name in enumerate(names):
                yield name, term.at(key, language, index)


def _slips(term: Located[Term]) -> Iterator[tuple[str, Place]]:
    for language, names in term.value.misspellings.root.items():
        for index, name in enumerate(names):
            yield name, term.at("misspellings", language, index)


def _alike(name: str) -> str:
    return " ".join(name.casefold().split())
