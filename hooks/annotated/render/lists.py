"""Lists made from records: claims, changes, terms, the marked sheet, the tally, the status.

Each function returns Markdown whose headings are Markdown (so that they reach the table of
contents and the search index) and whose rows are HTML.
"""

from __future__ import annotations

from collections import Counter

from annotated.records.models import VERDICTS, Change, Claim, Term
from annotated.records.order import initial, name_key, sections
from annotated.records.urls import parted
from annotated.render import markdown
from annotated.render.edition import Edition, lines_label, link_to, note_lines, numbers
from annotated.render.html import citation, escape, icon, plain, rich, verdict_badge
from annotated.render.marks import anchor


def tally(page: str, edition: Edition) -> str:
    """Sum up the marks of `page`; empty where none stands."""
    claims = edition.claims_at_home(page)
    if not claims:
        return ""
    words = edition.words
    said = [c for c in claims if c.origin == "notes"]
    ours = [c for c in claims if c.origin == "ours"]
    label = escape(lines_label(note_lines(claims), words))
    items = "".join(
        f'<li class="v-{verdict}">{icon("v-" + verdict)}<b>{count}</b> '
        f"{escape(words(f'verdict-{verdict}').lower())}</li> "
        for verdict, count in by_verdict(said)
    )
    if ours:
        items += f"<li><b>{len(ours)}</b> {escape(words('tally-ours'))}</li> "
    return (
        f'<div class="tally" data-search-exclude><span class="tally-l">{label}</span> '
        f'<ul>{items}</ul><label class="tally-s"><input type="checkbox" class="showall">'
        f"{escape(words('show-all'))}</label></div>"
    )


def by_verdict(claims: list[Claim]) -> list[tuple[str, int]]:
    """Count `claims` by verdict, in the order of the legend, without zeros."""
    counted = Counter(c.verdict for c in claims)
    return [(verdict, counted[verdict]) for verdict in VERDICTS if counted[verdict]]


def sheet(page: str, edition: Edition) -> str:
    """The marked sheet: one mark a statement, in the order of the notes, with a legend."""
    words = edition.words
    target = edition.notes_page or page
    claims = [c for c in edition.claims_in_order if c.origin == "notes"]
    cells = "".join(
        f'<li><a class="v-{c.verdict}" href="{link_to(f"{target}#{c.id}", page)}" '
        f'aria-label="{(label := escape(_sheet_label(c, edition)))}" title="{label}">'
        f"{icon('v-' + c.verdict)}</a></li>"
        for c in claims
    )
    legend = "".join(
        f'<li class="v-{verdict}">{verdict_badge(verdict, words)} <b>{count}</b></li> '
        for verdict, count in by_verdict(claims)
    )
    return (
        f'<figure class="sheet-f" data-search-exclude>'
        f'<a class="vh" href="#sheet-legend">{escape(words("sheet-skip"))}</a><ol class="sheet" '
        f'aria-label="{escape(words("sheet-label"))}">{cells}</ol>'
        f'<ul class="legend" id="sheet-legend">{legend}</ul></figure>'
    )


def _sheet_label(claim: Claim, edition: Edition) -> str:
    verdict = edition.words(f"verdict-{claim.verdict}").lower()
    return edition.words(
        "mark-label", lines=lines_label(claim.lines, edition.words), verdict=verdict
    )


def claim_list(page: str, edition: Edition) -> str:
    """Every claim in note order, by topic: the Notes page."""
    out = [_claim_filter(edition)]
    for section in sections(edition.site):
        name = section.topic.topic.in_language(edition.language)
        rows = "".join(_claim_row(claim, page, edition) for claim in section.claims)
        out.append(
            f'## {markdown.rich(name)} {{#{section.anchor}}}\n\n<ol class="rows">{rows}</ol>'
        )
    return "\n\n".join(out)


def _claim_filter(edition: Edition) -> str:
    """Radio buttons that show one verdict; pure CSS, all rows without it."""
    words = edition.words
    claims = [c.value for c in edition.site.claims.values()]
    options = [("all", escape(words("filter-all")), len(claims))]
    options += [
        (verdict, icon("v-" + verdict) + escape(words(f"verdict-{verdict}")), count)
        for verdict, count in by_verdict(claims)
    ]
    labels = "".join(
        f'<label class="v-{key}"><input type="radio" name="verdict" value="{key}"'
        f"{' checked' if key == 'all' else ''}>{text} <b>{count}</b></label> "
        for key, text, count in options
    )
    legend = escape(words("filter-verdict"))
    return (
        f'<div class="tools filter" data-search-exclude><fieldset><legend>{legend}</legend>'
        f"{labels}</fieldset></div>"
    )


def _claim_row(claim: Claim, page: str, edition: Edition) -> str:
    words, language = edition.words, edition.language
    said = f'<p class="said">{rich(claim.said.in_language(language))}</p>'
    now = f'<p class="now">{rich(claim.now.in_language(language))}</p>' if claim.now else ""
    cited = "".join(
        f"<li>{citation(s, words)}</li>" for s in edition.site.source_list(claim.sources)
    )
    sources = (
        f'<details class="fn" data-search-exclude><summary>{escape(words("label-sources"))}'
        f"</summary><ul>{cited}</ul></details>"
        if cited
        else ""
    )
    home = edition.homes.get(claim.id)
    where = (
        f'<a href="{link_to(f"{home}#{anchor(claim.id)}", page)}">'
        f"{escape(plain(edition.site.pages[home].title))}</a>"
        if home
        else f"<small>{escape(words('claim-page-open'))}</small>"
    )
    ours = f' <small class="ours">{escape(words("ours"))}</small>' if claim.origin == "ours" else ""
    return (
        f'<li class="row r-{claim.verdict}" id="{claim.id}">'
        f'<a class="row-n" href="#{claim.id}">{numbers(claim.lines)}</a> '
        f'<div class="row-b">{said} {now} {sources}</div> '
        f'<div class="row-v">{verdict_badge(claim.verdict, words)}{ours}</div> '
        f'<div class="row-p">{where}</div></li>'
    )


def change_list(page: str, edition: Edition, newest: int | None = None) -> str:
    """Changes, newest first; by year, or only the `newest` so many without headings."""
    changes = sorted(
        (c.value for c in edition.site.changes.values()), key=lambda c: (c.date, c.id), reverse=True
    )
    if newest is not None:
        rows = "".join(_change_teaser(change, page, edition) for change in changes[:newest])
        return f'<ol class="chg chg-s">{rows}</ol>'
    out = []
    for year in dict.fromkeys(change.date[:4] for change in changes):
        rows = "".join(_change_row(c, page, edition) for c in changes if c.date.startswith(year))
        out.append(f'## {year} {{#y-{year}}}\n\n<ol class="chg">{rows}</ol>')
    return "\n\n".join(out)


def _change_teaser(change: Change, page: str, edition: Edition) -> str:
    words, language = edition.words, edition.language
    title = rich(change.title.in_language(language))
    if edition.changes_page:
        title = f'<a href="{link_to(f"{edition.changes_page}#{change.id}", page)}">{title}</a>'
    return (
        f'<li><time datetime="{change.date}">{escape(words.date(change.date))}</time> '
        f"<p>{title}</p></li>"
    )


def _change_row(change: Change, page: str, edition: Edition) -> str:
    words, language, site = edition.words, edition.language, edition.site
    facts = []
    for name in change.claims:
        claim = site.claims[name].value
        text = escape(lines_label(claim.lines, words))
        if edition.notes_page:
            text = f'<a href="{link_to(f"{edition.notes_page}#{name}", page)}">{text}</a>'
        facts.append(f"<span>{text} {verdict_badge(claim.verdict, words)}</span>")
    if not change.claims:
        facts.append(f"<span>{escape(words('change-new'))}</span>")
    for target in change.pages:
        title = escape(plain(site.pages[parted(target)[0]].title))
        facts.append(f'<a href="{link_to(target, page)}">{title}</a>')
    cited = "; ".join(citation(s, words) for s in site.source_list(change.sources))
    facts.append(f"<p data-search-exclude>{escape(words('source'))} {cited}</p>")
    date = words.date(change.date, with_year=False)
    return (
        f'<li id="{change.id}"><time datetime="{change.date}">{escape(date)}</time> '
        f"<div><h3>{rich(change.title.in_language(language))}</h3> "
        f"<p>{rich(change.text.in_language(language))}</p> "
        f'<div class="chg-m">{" ".join(facts)}</div></div></li>'
    )


def status(change_id: str, page: str, edition: Edition) -> str:
    """One line that says what changed for the whole subject of a page."""
    change = edition.site.changes[change_id].value
    words, language = edition.words, edition.language
    see = ""
    if edition.changes_page:
        href = link_to(f"{edition.changes_page}#{change_id}", page)
        see = f' <a href="{href}">{escape(words("status-see"))}</a>'
    date = f'<time datetime="{change.date}">{escape(words.date(change.date))}</time>'
    return (
        f'<p class="status v-outdated">{icon("v-outdated")}<span><b>'
        f"{rich(change.title.in_language(language))}</b> ({date}). "
        f"{rich(change.text.in_language(language))}{see}</span></p>"
    )


def glossary(page: str, edition: Edition) -> str:
    """Every term by its first letter, with its other names and the page that teaches it."""
    language = edition.language
    terms = sorted(
        (t.value for t in edition.site.terms.values()),
        key=lambda t: name_key(t.term.in_language(language)),
    )
    groups: dict[str, list[Term]] = {}
    for term in terms:
        groups.setdefault(initial(term.term.in_language(language)), []).append(term)
    out = []
    for letter, group in groups.items():
        rows = "".join(_term_row(term, page, edition) for term in group)
        anchor_ = letter.lower() if letter.isalpha() else "other"
        out.append(
            f'## {markdown.text(letter)} {{#letter-{anchor_}}}\n\n<dl class="gl">{rows}</dl>'
        )
    return "\n\n".join(out)


def _term_row(term: Term, page: str, edition: Edition) -> str:
    words, language = edition.words, edition.language
    name = term.term.in_language(language)
    other = term.other_names(language)
    also = ""
    if other:
        also = f' <small class="ab">{escape(words("also", names=", ".join(other)))}</small>'
    more = ""
    if term.page != "open":
        title = escape(plain(edition.site.pages[parted(term.page)[0]].title))
        more = f' <a href="{link_to(term.page, page)}">{title}</a>'
    return (
        f'<div id="{term.id}"><dt>{rich(name)}</dt> '
        f"<dd>{rich(term.definition.in_language(language))}{also}{more}</dd></div>"
    )
