"""The glossary: every term by its first letter."""

from __future__ import annotations

from dataclasses import dataclass

from annotated.records.models import Term
from annotated.records.order import initial, letter_anchor, name_key
from annotated.records.probes import term_key
from annotated.render import markdown
from annotated.render.edition import Edition
from annotated.render.parts import part
from annotated.render.probes import NO_PROOF, ProofView, proof_view, proved
from annotated.render.views import PageView, page_view


@dataclass(frozen=True)
class TermView:
    """A term: its name, what it is, what else it is called, the page that teaches it."""

    id: str
    name: str
    definition: str
    others: tuple[str, ...]
    page: PageView | None
    proof: ProofView = NO_PROOF


def term_views(page: str, edition: Edition) -> list[TermView]:
    """Every term in the order of its letters."""
    language = edition.language
    terms = [located.value for located in edition.site.terms.values()]
    terms.sort(key=lambda term: name_key(term.term.in_language(language)))
    return [_term(term, page, edition) for term in terms]


def _term(term: Term, page: str, edition: Edition) -> TermView:
    return TermView(
        term.id,
        term.term.in_language(edition.language),
        term.definition.in_language(edition.language),
        tuple(term.other_names(edition.language)),
        page_view(term.page, page, edition) if term.page != "open" else None,
        proof_view(term_key(term.id), term, edition.site, edition.words),
    )


def glossary(page: str, edition: Edition) -> str:
    """Every term by its first letter, with its other names and the page that teaches it."""
    return "\n\n".join(
        f"{markdown.heading(letter, letter_anchor(letter))}\n\n"
        f"{part('terms', view=group, words=edition.words)}"
        for letter, group in _by_letter(page, edition).items()
    )


def _by_letter(page: str, edition: Edition) -> dict[str, list[TermView]]:
    groups: dict[str, list[TermView]] = {}
    for term in term_views(page, edition):
        groups.setdefault(initial(term.name), []).append(term)
    return groups


def glossary_markdown(page: str, edition: Edition) -> str:
    """The same in plain Markdown."""
    return "\n\n".join(
        f"{markdown.heading(letter, letter_anchor(letter))}\n\n" + "\n".join(map(_line, group))
        for letter, group in _by_letter(page, edition).items()
    )


def _line(term: TermView) -> str:
    name = markdown.anchor(term.id) + f"**{markdown.rich(term.name)}**"
    return f"- {name}: {markdown.rich(term.definition)}{proved(term.proof)}"
