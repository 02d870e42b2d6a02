"""Rules about glossary terms."""

from __future__ import annotations

from collections.abc import Iterable

from annotated.check.references import page_target
from annotated.records.load import Site
from annotated.records.problems import Problem


def taught_somewhere(site: Site) -> Iterable[Problem]:
    """The page and heading that teach a term exist, or the page is still `open`."""
    for term in site.terms.values():
        if term.value.page != "open":
            yield from page_target(site, term.value.page, term.at("page"))
