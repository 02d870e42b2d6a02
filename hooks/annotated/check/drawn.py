"""Rules about the diagrams of a site and its stored drawings, as the list of rules runs them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotated.check import diagrams, svg
from annotated.check.references import unknown
from annotated.records.load import Site
from annotated.records.pages import Fence
from annotated.records.problems import Problem


def drawings_are_drawings(site: Site) -> Iterable[Problem]:
    """Every stored drawing is made of shapes and words."""
    return svg.only_drawn(site.drawings.folder, site.drawings.shown)


def each_is_named(site: Site) -> Iterable[Problem]:
    """Each diagram has a title and a description."""
    return diagrams.named_and_described(_fences(site))


def labels_are_plain(site: Site) -> Iterable[Problem]:
    """No label asks for what a stored drawing cannot show."""
    return diagrams.plain_labels(_fences(site))


def each_is_drawn(site: Site) -> Iterable[Problem]:
    """Each diagram has its drawing, which says what the fence says; a draft may wait for it."""
    if site.draft:
        return ()
    stored = site.drawings
    return diagrams.drawn(_fences(site), stored.folder, stored.settings, stored.shown)


def roles_are_known(site: Site) -> Iterable[Problem]:
    """Each role in a stored drawing is one of the site's, so that its key can name it."""
    stored = site.drawings
    for fence in diagrams.diagrams_of(_fences(site)):
        drawing = stored.of(fence.text)
        for role in drawing.roles() if drawing else []:
            yield from unknown(site, "role", role, site.roles, fence.place)


def each_is_used(site: Site) -> Iterable[Problem]:
    """No drawing is left over, in any edition."""
    stored = site.drawings
    fences = [fence for each in site.editions or [site] for fence in _fences(each)]
    return diagrams.unused(fences, stored.folder, stored.settings, stored.shown)


def _fences(site: Site) -> Iterator[Fence]:
    for page in site.pages.values():
        yield from page.fences
