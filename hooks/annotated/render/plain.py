"""A page as plain Markdown: directives, marks, terms and counts expanded, code untouched."""

from __future__ import annotations

import re
from collections.abc import Callable

from annotated.records.models import Claim, Decision
from annotated.records.order import sections
from annotated.records.pages import COUNT, DIRECTIVE_LINE, MARK, Page
from annotated.render import lists, markdown, tables
from annotated.render.edition import Edition, lines_label, link_to, note_lines
from annotated.render.html import plain
from annotated.render.marks import mark_markdown

_CODE = re.compile(
    r"^(?P<fence>[ >]*(?P<ticks>`{3,}|~{3,}).*?\n(?:.*\n)*?[ >]*(?P=ticks)[`~]*[ \t]*)$"
    r"|(?<!`)(?P<span>(?P<t>`+)(?!`).+?(?<!`)(?P=t))(?!`)",
    re.MULTILINE,
)


def page_markdown(
    page: Page, edition: Edition, diagram: Callable[[str], str | None] | None = None
) -> str:
    """Return `page` as Markdown that any renderer understands, without front matter.

    Args:
        page: the page.
        edition: what it is rendered from.
        diagram: says a diagram's source in words; without it, its fence stays alone.
    """
    body = "\n".join(page.text.split("\n")[page.body_line - 1 :])
    out, last = [], 0
    for code in _CODE.finditer(body):
        out.append(_expand(body[last : code.start()], page, edition))
        out.append(code[0] + _said(code[0], diagram))
        last = code.end()
    out.append(_expand(body[last:], page, edition))
    return re.sub(r"\n{3,}", "\n\n", "".join(out)).strip() + "\n"


def _said(code: str, diagram: Callable[[str], str | None] | None) -> str:
    """What follows a diagram's fence: the same in words, for who cannot see it drawn."""
    match = re.match(r"```mermaid\n(.*)\n```[ \t]*$", code, re.DOTALL)
    said = diagram(match[1]) if match and diagram else None
    return f"\n\n{said}" if said else ""


def _expand(text: str, page: Page, edition: Edition) -> str:
    text = MARK.sub(lambda m: mark_markdown(tuple(m[1].split()), page.path, edition), text)
    counts = edition.counts
    text = COUNT.sub(lambda m: f"{counts.get(m[1].strip(), 0):,}", text)
    text = re.sub(r"\]\((term|claim):([^)\s]+)\)", lambda m: _target(m, page.path, edition), text)
    # Last, so that the texts of records stay as they are.
    return re.sub(
        DIRECTIVE_LINE.pattern.replace(r"\s*$", r"[ \t]*$"),
        lambda m: directive_markdown(m[1], (m[2] or "").strip(), page.path, edition),
        text,
        flags=re.MULTILINE,
    )


def _target(match: re.Match[str], page: str, edition: Edition) -> str:
    where = edition.glossary_page if match[1] == "term" else edition.notes_page
    return f"]({link_to(f'{where}#{match[2]}', page, html=False)})" if where else match[0]


def directive_markdown(name: str, argument: str, page: str, edition: Edition) -> str:
    """One directive in plain Markdown."""
    site, words, language = edition.site, edition.words, edition.language
    if name == "comparison":
        table = tables.table_of(site.comparisons[argument].value, site, words)
        return tables.table_markdown(table, words)
    if name == "status":
        change = site.changes[argument].value
        return (
            f"> **{markdown.rich(change.title.in_language(language))}** "
            f"({words.date(change.date)}). {markdown.rich(change.text.in_language(language))}"
        )
    if name == "tally":
        return _tally(page, edition)
    if name == "sheet":
        said = [c for c in edition.claims_in_order if c.origin == "notes"]
        return _verdict_line(said, edition)
    if name == "claims":
        return _claims(edition)
    if name == "changes":
        return _changes(edition, int(argument) if argument else None)
    if name == "glossary":
        terms = sorted(
            (t.value.term.in_language(language), t.value.definition.in_language(language))
            for t in site.terms.values()
        )
        return "\n".join(
            f"- **{markdown.rich(name)}**: {markdown.rich(definition)}"
            for name, definition in terms
        )
    if name == "decision":
        decision = site.decisions[argument].value
        return "\n".join(
            f"- {markdown.rich(q.ask.in_language(language))}\n"
            f"    - {words('answer-yes')} {_after(decision, q.yes, language)}\n"
            f"    - {words('answer-no')} {_after(decision, q.no, language)}"
            for q in decision.questions
        )
    return ""


def _after(decision: Decision, name: str, language: str) -> str:
    if name in decision.outcomes:
        return markdown.rich(decision.outcomes[name].answer.in_language(language))
    ask = next(q.ask for q in decision.questions if q.id == name)
    return markdown.rich(ask.in_language(language))


def _verdict_line(claims: list[Claim], edition: Edition) -> str:
    return ", ".join(
        f"{count} {edition.words(f'verdict-{verdict}').lower()}"
        for verdict, count in lists.by_verdict(claims)
    )


def _tally(page: str, edition: Edition) -> str:
    claims = edition.claims_at_home(page)
    if not claims:
        return ""
    said = [c for c in claims if c.origin == "notes"]
    label = lines_label(note_lines(claims), edition.words)
    return f"*{label}: {_verdict_line(said, edition)}*"


def _claims(edition: Edition) -> str:
    words, language = edition.words, edition.language
    out = []
    for section in sections(edition.site):
        out.append(f"## {markdown.rich(section.topic.topic.in_language(language))}\n")
        for claim in section.claims:
            said = markdown.text(plain(claim.said.in_language(language)))
            now = (
                f" **{words('label-now')}:** {markdown.rich(claim.now.in_language(language))}"
                if claim.now
                else ""
            )
            cited = _cited(claim.sources, edition)
            cited = f" ({cited})" if cited else ""
            out.append(
                f"- {lines_label(claim.lines, words)}, "
                f"**{words(f'verdict-{claim.verdict}')}**: *{said}*{now}{cited}"
            )
        out.append("")
    return "\n".join(out)


def _cited(sources: list[str], edition: Edition) -> str:
    return "; ".join(
        f"{markdown.link(s.title, s.url)}, {s.read}" for s in edition.site.source_list(sources)
    )


def _changes(edition: Edition, newest: int | None) -> str:
    language = edition.language
    changes = sorted(
        (c.value for c in edition.site.changes.values()), key=lambda c: (c.date, c.id), reverse=True
    )
    return "\n".join(
        f"- {change.date}: **{markdown.rich(change.title.in_language(language))}** "
        f"{markdown.rich(change.text.in_language(language))} ({_cited(change.sources, edition)})"
        for change in changes[:newest]
    )
