"""The questions of an edition as a deck of cards for Anki, as the text that it imports.

The form is Anki's own, documented in its manual (https://docs.ankiweb.net/importing/text-files.html):
lines of tab-separated fields below a head that says what they are. Each note has an id of ours, so
that who imports a later deck gets the cards that are there corrected, and keeps what was learnt.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator

from annotated.publish.metadata import SiteFacts
from annotated.records.evidence import DECK
from annotated.records.load import Site
from annotated.records.urls import address_of, url_of
from annotated.render.edition import Edition
from annotated.render.parts import part, plain
from annotated.render.practice import PracticeView, practice_view

#: What each field is; Anki takes those that its head does not name for front and back.
_HEAD = "#separator:tab\n#html:true\n#guid column:1\n#deck column:2\n#tags column:5\n"
#: What parts a deck from the deck below it.
_BELOW = "::"
#: So much of a hash tells sites apart.
_DIGITS = 10


def deck_file(edition: Edition, facts: SiteFacts) -> Iterator[tuple[str, str]]:
    """Yield path and content of the deck, where there are questions."""
    if edition.site.practice:
        yield DECK, deck(edition, facts)


def deck(edition: Edition, facts: SiteFacts) -> str:
    """Return the deck: a card for each question, in a deck for each page."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    known = _site_id(edition.site)
    for name, practice in edition.site.practice.items():
        page = practice.value.page
        address = facts.url + url_of(address_of(page)) if facts.url else ""
        view = practice_view(name, page, edition)
        for question in view.questions:
            front = part("card-front", question=question)
            back = part(
                "card-back", question=question, view=view, address=address, words=edition.words
            )
            guid = f"{known}/{edition.language}/{name}/{question.id}"
            writer.writerow([guid, _deck_name(facts, view), front, back, name])
    return _HEAD + out.getvalue()


def _site_id(site: Site) -> str:
    """What tells the cards of this site from those of another, and never changes: its notes."""
    notes = site.notes.value if site.notes else None
    said = f"{notes.author} {notes.written}" if notes else ""
    return hashlib.sha256(said.encode()).hexdigest()[:_DIGITS]


def _deck_name(facts: SiteFacts, view: PracticeView) -> str:
    names = (plain(facts.name), view.title)
    return _BELOW.join(" ".join(name.replace(_BELOW, " ").split()) for name in names)
