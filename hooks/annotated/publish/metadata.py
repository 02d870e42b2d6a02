"""What machines read about a page: structured data, links in the head, the search description."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from annotated.records.pages import Page
from annotated.records.urls import url_of
from annotated.render import markdown
from annotated.render.edition import Edition
from annotated.render.parts import part, plain

#: A page is made ready when a finger is on the link to it; not where a script brings what is meant.
_LINKS = {"and": [{"href_matches": "/*.html"}, {"not": {"selector_matches": "[data-practice]"}}]}
SPECULATION = {"prerender": [{"where": _LINKS, "eagerness": "moderate"}]}


#: Behind this, the name of a site tells more than a short name does.
_MORE = re.compile(r"(?<=\S)\s*[,(:]")
#: So many letters the names of a search may have (OpenSearch 1.1, ShortName and LongName).
_SHORT, _LONG = 16, 48


def short_name(name: str) -> str:
    """The part of a site's name that stands for it.

    >>> short_name("Tea, annotated"), short_name(", x")
    ('Tea', ', x')
    """
    return _MORE.split(name, maxsplit=1)[0]


def _whole_words(name: str, most: int) -> str:
    """As many words of a name as fit; of a first word that is longer, its letters.

    >>> _whole_words("Tea 컨테이너 노트", 9), _whole_words("Teatime", 3), _whole_words("Tea", 3)
    ('Tea 컨테이너', 'Tea', 'Tea')
    """
    if len(name) <= most:
        return name
    return name[: most + 1].rpartition(" ")[0] or name[:most]


@dataclass(frozen=True)
class SiteFacts:
    """What the configuration says of one edition; ``url`` ends in a slash or is empty.

    ``licence`` is the address of the licence of its texts and tables, or empty; ``folder`` is where
    the edition stands below the site's root, like ``ko/``, empty for the first.
    """

    name: str
    description: str
    url: str
    language: str
    licence: str = ""
    folder: str = ""

    @property
    def search_names(self) -> tuple[str, str]:
        """What browsers call its search: a short name and a longer one, in whole words."""
        return _whole_words(short_name(self.name), _SHORT), _whole_words(self.name, _LONG)

    @property
    def site(self) -> str:
        """The address of the site, which the first edition has as well."""
        return self.url.removesuffix(self.folder) if self.url else ""


def structured_data(page: Page, edition: Edition, facts: SiteFacts) -> list[dict[str, Any]]:
    """Return the schema.org descriptions of `page`: an article, its terms, its tables."""
    language = edition.language
    found: list[dict[str, Any]] = []
    address = facts.url + page.url if facts.url else page.url
    notes = edition.site.notes.value if edition.site.notes else None
    article: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "TechArticle",
        "headline": plain(page.title),
        "description": page.front("description") or facts.description,
        "inLanguage": language,
        "url": address,
        **({"dateModified": page.checked} if page.checked else {}),
        "isPartOf": {"@type": "WebSite", "name": facts.name},
    }
    if notes:
        article["isBasedOn"] = {
            "@type": "CreativeWork",
            "name": plain(notes.title.in_language(language)),
            "author": notes.author,
            "dateCreated": notes.written,
            "inLanguage": notes.language,
        }
    found.append(article)
    names = [directive.name for directive in page.directives]
    if "glossary" in names:
        found.append(
            {
                "@context": "https://schema.org",
                "@type": "DefinedTermSet",
                "name": plain(page.title),
                "url": address,
                "hasDefinedTerm": [
                    {
                        "@type": "DefinedTerm",
                        "name": plain(term.value.term.in_language(language)),
                        "description": plain(term.value.definition.in_language(language)),
                        "url": f"{address}#{key}",
                    }
                    for key, term in sorted(edition.site.terms.items())
                ],
            }
        )
    for key, comparison in edition.site.comparisons.items():
        if comparison.value.page == page.path:
            stem = facts.url + url_of(edition.site.downloads()[key])
            found.append(
                {
                    "@context": "https://schema.org",
                    "@type": "Dataset",
                    "name": plain(comparison.value.title.in_language(language)),
                    "description": page.front("description") or facts.description,
                    "url": f"{address}#table-{key}",
                    **({"license": facts.licence} if facts.licence else {}),
                    **({"dateModified": page.checked} if page.checked else {}),
                    "distribution": [
                        {
                            "@type": "DataDownload",
                            "encodingFormat": kind,
                            "contentUrl": f"{stem}.{ending}",
                        }
                        for kind, ending in (("text/csv", "csv"), ("application/json", "json"))
                    ],
                }
            )
    return found


def head_links(
    page: Page,
    edition: Edition,
    facts: SiteFacts,
    root: str,
    card: str | None = None,
    feed: str = "",
) -> str:
    """Return the elements to add to the head of `page`.

    Args:
        page: the page.
        edition: what it is rendered from.
        facts: what is true of the whole site.
        root: the way from the page to the site's root, like ``../`` or empty.
        card: the path of its picture for other sites, if there is one.
        feed: the name of the feed of its changes, or empty.
    """
    return part(
        "head",
        facts=facts,
        title=plain(page.title),
        description=page.front("description") or facts.description,
        url=page.url,
        root=root,
        words=edition.words,
        feed=feed,
        card=card,
        speculation=SPECULATION,
        data=structured_data(page, edition, facts),
    )


def open_search(facts: SiteFacts, icon: str) -> str:
    """Return the OpenSearch description: the address bar of a browser can search the site."""
    return part("opensearch", facts=facts, icon=icon)


def llms_txt(
    edition: Edition, facts: SiteFacts, order: list[str], sections: Mapping[str, str] | None = None
) -> str:
    """Return ``llms.txt``: the pages in reading order, each with its Markdown twin.

    `sections` tells what the navigation calls a folder that has no page of its own.
    """
    lines = [f"# {markdown.text(facts.name)}", "", f"> {markdown.text(facts.description)}", ""]
    groups: dict[str, list[str]] = {}
    for path in order:
        groups.setdefault(path.rpartition("/")[0], []).append(path)
    for folder, paths in groups.items():
        index = edition.site.pages.get(f"{folder}/index.md") if folder else None
        # The pages at the top belong to no section; the site's own name stands above them all.
        named = (sections or {}).get(folder) or folder
        title = plain(index.title) if index else named if folder else edition.words("nav-pages")
        lines += ["", f"## {markdown.text(title)}", ""]
        for path in paths:
            page = edition.site.pages[path]
            twin = markdown.link(plain(page.title), facts.url + quote(path))
            lines.append(f"- {twin}: {markdown.text(page.front('description') or '')}")
    return "\n".join(lines) + "\n"
