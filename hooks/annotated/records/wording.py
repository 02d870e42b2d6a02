"""The words of the interface: looked up by key, filled in, never written in code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

#: Every key that Python and the templates use, verdicts and units aside.
KEYS: tuple[str, ...] = (
    "also",
    "answer-no",
    "answer-yes",
    "aspect",
    "cell-sources",
    "change-new",
    "checked-on",
    "claim-page-open",
    "csv",
    "diagram-acts",
    "diagram-alone",
    "diagram-becomes",
    "diagram-becomes-on",
    "diagram-both",
    "diagram-both-on",
    "diagram-close",
    "diagram-ends",
    "diagram-ends-in",
    "diagram-ends-in-on",
    "diagram-ends-on",
    "diagram-enlarge",
    "diagram-help",
    "diagram-holds",
    "diagram-itself",
    "diagram-itself-when",
    "diagram-joined",
    "diagram-joined-on",
    "diagram-key",
    "diagram-leads",
    "diagram-open",
    "diagram-role-aws",
    "diagram-role-closed",
    "diagram-role-code",
    "diagram-role-data",
    "diagram-role-identity",
    "diagram-role-you",
    "diagram-starts",
    "diagram-starts-in",
    "diagram-starts-in-on",
    "diagram-starts-on",
    "diagram-tells",
    "diagram-tells-when",
    "diagram-undrawn",
    "diagram-whole",
    "diagram-words",
    "diagram-zoom-in",
    "diagram-zoom-out",
    "filter-all",
    "filter-verdict",
    "issue-body",
    "issue-link",
    "issue-title",
    "json",
    "label-now",
    "label-said",
    "label-since",
    "label-sources",
    "line",
    "lines",
    "mark-label",
    "mark-label-ours",
    "month-1",
    "month-10",
    "month-11",
    "month-12",
    "month-2",
    "month-3",
    "month-4",
    "month-5",
    "month-6",
    "month-7",
    "month-8",
    "month-9",
    "nav-pages",
    "note-label",
    "notfound-search",
    "notfound-text",
    "notfound-title",
    "number-from",
    "number-range",
    "number-to",
    "offline-ready",
    "offline-switch",
    "offline-update",
    "ours",
    "page-copied",
    "page-copy",
    "page-edit",
    "page-markdown",
    "page-source",
    "print-notes",
    "read-on",
    "search-advice",
    "search-closest",
    "search-dialog",
    "search-failed",
    "search-nothing",
    "search-partly",
    "search-retry",
    "sheet-label",
    "sheet-skip",
    "show-all",
    "source",
    "sources-read",
    "sources-title",
    "status-see",
    "tally-ours",
    "text-of",
    "value-no",
    "value-partly",
    "value-unknown",
    "value-yes",
    "via-api-model",
    "via-changelog",
    "via-copy",
    "via-mirror",
    "via-page",
    "via-repository",
)


class _Given(dict[str, object]):
    """Values to fill in; a name that is not given stays as it is written."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


@dataclass(frozen=True)
class Words:
    """Interface words of one language; call it with a key and the values to fill in."""

    language: str
    entries: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """Return the text under `key` with `values` filled in.

        Raises:
            KeyError: there is no such word; the checks report this before anything is rendered.
        """
        return self.entries[key].format_map(_Given(values))

    def has(self, key: str) -> bool:
        """Is there a word under `key`?"""
        return key in self.entries

    def date(self, value: str, *, with_year: bool = True) -> str:
        """Return a partial date in words: ``2026-04-07`` is 7 Apr 2026."""
        year, month, day = [*value.split("-"), "", ""][:3]
        parts = [str(int(day))] if day else []
        parts += [self(f"month-{int(month)}")] if month else []
        if with_year or not parts:
            parts.append(year)
        return " ".join(parts)
