"""What every renderer needs to know: the records, the language, and where things stand."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode

from annotated.records.counts import counts_of
from annotated.records.load import Site
from annotated.records.models import Claim
from annotated.records.order import in_note_order, ranges
from annotated.records.urls import address_of, parted, url_of
from annotated.records.wording import Words


@dataclass
class Edition:
    """One language of a site, ready to render. Holds no state of a page."""

    site: Site
    words: Words
    repository: str = ""
    homes: dict[str, str] = field(default_factory=dict)
    notes_page: str | None = None
    changes_page: str | None = None
    glossary_page: str | None = None
    folder: str = ""  # where it stands below the site's root, like "ko/"

    @classmethod
    def of(cls, site: Site, language: str, repository: str = "", folder: str = "") -> Edition:
        """Build the edition of `site` in `language`.

        Args:
            site: what it holds.
            language: like ``en``.
            repository: its web address, or empty.
            folder: where it stands below the site's root, like ``ko/``; empty for the first.
        """
        return cls(
            site,
            Words(language, site.words, site.locale),
            repository.rstrip("/"),
            site.homes(),
            _page_with(site, "claims"),
            _page_with(site, "changes"),
            _page_with(site, "glossary"),
            folder,
        )

    @property
    def language(self) -> str:
        """The language of this edition, like ``en``."""
        return self.words.language

    def issue(self, title: str, body: str) -> str:
        """The address of a prefilled issue; empty where the project has none for issues."""
        query = urlencode({"title": title, "body": body})
        return f"{self.repository}/issues/new?{query}" if self.repository else ""

    @cached_property
    def claims_in_order(self) -> list[Claim]:
        """All claims in the order of the notes; where they share a line, by id."""
        return in_note_order(c.value for c in self.site.claims.values())

    @cached_property
    def _claims_by_home(self) -> dict[str, list[Claim]]:
        found: dict[str, list[Claim]] = {}
        for claim in self.claims_in_order:
            if claim.id in self.homes:
                found.setdefault(self.homes[claim.id], []).append(claim)
        return found

    def claims_at_home(self, page: str) -> list[Claim]:
        """The claims whose marks stand on `page`, in the order of the notes."""
        return self._claims_by_home.get(page, [])

    @cached_property
    def counts(self) -> dict[str, int]:
        """What the site counts: the numbers that prose may name."""
        return counts_of(self.site)


def _page_with(site: Site, directive: str) -> str | None:
    for page in site.pages.values():
        if any(d.name == directive and not d.argument for d in page.directives):
            return page.path
    return None


def link_to(target: str, from_page: str, *, html: bool = True) -> str:
    """Return the relative address of ``page.md#anchor`` as seen from the page `from_page`.

    With `html`, the address of what the page becomes; else that of its Markdown.
    """
    path, anchor = parted(target)
    if path == from_page and anchor:
        return "#" + anchor
    there = address_of(path) if html else path
    return file_link(there, from_page) + ("#" + anchor if anchor else "")


def file_link(path: str, from_page: str) -> str:
    """Return the relative address of a file as seen from the page `from_page`.

    >>> file_link("tea/c#.csv", "tea/c#.md")
    'c%23.csv'
    """
    return url_of(posixpath.relpath(path, posixpath.dirname(from_page) or "."))


def note_lines(claims: list[Claim]) -> tuple[int, ...]:
    """The lines that `claims` stand on; rows of ours count only where no statement does."""
    said = [c for c in claims if c.origin == "notes"]
    return tuple(sorted({n for c in (said or claims) for n in c.lines}))


def lines_label(lines: tuple[int, ...], words: Words) -> str:
    """Say ``Note line 68`` or ``Note lines 61–72``."""
    return words("line" if len(lines) == 1 else "lines", lines=numbers(lines))


def numbers(lines: tuple[int, ...]) -> str:
    """Write line numbers shortly: ``(61, 62, 63, 72)`` becomes ``61–63, 72``."""
    return ", ".join(ranges(lines, "–"))
