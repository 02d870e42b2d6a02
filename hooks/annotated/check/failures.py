"""Rules about failures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotated.check.references import page_target, repeated, unknown, written_page
from annotated.records.load import Located, Site
from annotated.records.models import FailureList
from annotated.records.problems import Place, Problem


def known_parts(site: Site) -> Iterable[Problem]:
    """The group of a failure exists, and so do the terms and pages that it leads to."""
    for listed in site.failures.values():
        groups = [group.id for group in listed.value.groups]
        for index, failure in enumerate(listed.value.failures):
            place = listed.at("failures", index, "group")
            yield from unknown(site, "group", failure.group, groups, place)
            for i, term in enumerate(failure.terms):
                place = listed.at("failures", index, "terms", i)
                yield from unknown(site, "term", term, site.terms, place)
            for i, target in enumerate(failure.pages):
                yield from page_target(site, target, listed.at("failures", index, "pages", i))


def unique_parts(site: Site) -> Iterable[Problem]:
    """No two failures or groups of a file share an id: each has its address on a page."""
    for listed in site.failures.values():
        groups = [group.id for group in listed.value.groups]
        ids = [failure.id for failure in listed.value.failures]
        for index, name in repeated([*groups, *ids]):
            at = index - len(groups)
            place = listed.at("groups", index, "id") if at < 0 else listed.at("failures", at, "id")
            yield Problem(place, "duplicate-id", f"'{name}' stands twice among groups and failures")


def no_empty_group(site: Site) -> Iterable[Problem]:
    """Each group has a failure."""
    for listed in site.failures.values():
        used = {failure.group for failure in listed.value.failures}
        for index, group in enumerate(listed.value.groups):
            if group.id not in used:
                place = listed.at("groups", index, "id")
                yield Problem(place, "empty-group", f"no failure is of '{group.id}'")


def one_message_one_failure(site: Site) -> Iterable[Problem]:
    """No two failures share a message: who looks for it must find one thing."""
    owners: dict[str, tuple[str, Place]] = {}
    for listed in site.failures.values():
        for name, message, place in _messages(listed):
            owner, first = owners.setdefault(" ".join(message.casefold().split()), (name, place))
            if owner != name:
                yield Problem(
                    place,
                    "shared-message",
                    f"this is a message of '{owner}' already, at {first}; leave it to one of the "
                    "two, or tell more of it in both",
                )


def _messages(listed: Located[FailureList]) -> Iterator[tuple[str, str, Place]]:
    for index, failure in enumerate(listed.value.failures):
        for i, message in enumerate(failure.messages):
            name = f"{listed.value.id}-{failure.id}"
            yield name, message, listed.at("failures", index, "messages", i)


def own_page(site: Site) -> Iterable[Problem]:
    """The page of a list exists and shows every group, or it is still `open`."""
    for name, listed in site.failures.items():
        target, place = listed.value.page, listed.at("page")
        page = yield from written_page(site, target, place)
        if page is None:
            continue
        shown = {d.argument for d in page.directives if d.name == "failures"}
        for index, group in enumerate(listed.value.groups):
            if not {name, f"{name}/{group.id}"} & shown:
                yield Problem(
                    listed.at("groups", index, "id"),
                    "failures-without-page",
                    f"page '{target}' does not show them; add <!-- failures: {name} --> or "
                    f"<!-- failures: {name}/{group.id} --> there",
                )
