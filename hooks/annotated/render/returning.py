"""For readers who return or cite: what was corrected on a page, and how it is cited."""

from __future__ import annotations

from dataclasses import dataclass

from annotated.records.models import Correction
from annotated.records.pages import Page
from annotated.records.urls import parted
from annotated.render import markdown
from annotated.render.edition import Edition
from annotated.render.parts import part, plain


@dataclass(frozen=True)
class CorrectionView:
    """A correction of ours."""

    date: str
    text: str


def corrections(edition: Edition) -> list[Correction]:
    """All corrections, newest first."""
    found = [located.value for located in edition.site.corrections.values()]
    return sorted(found, key=lambda one: (one.date, one.id), reverse=True)


def corrections_on(page: str, edition: Edition) -> tuple[CorrectionView, ...]:
    """What was corrected on `page` since it was published, newest first."""
    return tuple(
        CorrectionView(one.date, one.text.in_language(edition.language))
        for one in corrections(edition)
        if any(parted(target)[0] == page for target in one.pages)
    )


def corrections_html(page: str, edition: Edition) -> str:
    """The same as HTML; empty if there are none."""
    found = corrections_on(page, edition)
    return part("corrections", view=found, words=edition.words) if found else ""


def corrections_markdown(page: str, edition: Edition) -> str:
    """The same in plain Markdown, to stand at the end of the page; empty if there are none."""
    found = corrections_on(page, edition)
    if not found:
        return ""
    words = edition.words
    title = markdown.text(words("corrections", count=len(found)))
    lines = [f"- {one.date}: {markdown.rich(one.text)}" for one in found]
    return "\n".join(["", "---", "", f"**{title}**", "", *lines, ""])


def citation(page: Page, edition: Edition, name: str, version: str, url: str) -> str:
    """Return the line by which `page` is cited: title, site, version, date, address.

    Args:
        page: the page.
        edition: its words.
        name: of the site.
        version: of the site, or empty.
        url: the page's own address, or empty.
    """
    words, checked = edition.words, page.checked
    parts = [
        words("cite-title", title=plain(page.title)),
        f"{name} {version}".strip(),
        words.date(checked) if checked else "",
        url,
    ]
    return words("cite", line=". ".join(part for part in parts if part))
