"""Failures: one row for each way in which something fails, found by what is read then.

Headings are Markdown, so that they reach the table of contents and the search index.
"""

from __future__ import annotations

from dataclasses import dataclass

from annotated.records.models import Failure, FailureList, message_parts
from annotated.records.probes import failure_key
from annotated.render import markdown
from annotated.render.edition import Edition, file_link, link_to
from annotated.render.parts import part
from annotated.render.probes import NO_PROOF, ProofView, proof_view, proved
from annotated.render.views import PageView, SourceView, cited, page_view, source_views


@dataclass(frozen=True)
class MessagePart:
    """A part of a message: words that always stand there, or the name of what differs."""

    text: str
    varies: bool


@dataclass(frozen=True)
class StepView:
    """Something to look at, and the command that shows it, or nothing."""

    text: str
    command: str


@dataclass(frozen=True)
class FailureView:
    """A row: the messages, what they mean, what to look at, what mends it, and the sources."""

    anchor: str
    group: str
    messages: tuple[tuple[MessagePart, ...], ...]
    seen: str
    means: str
    look: tuple[StepView, ...]
    mends: str
    pages: tuple[PageView, ...]  # and terms: what explains it
    sources: tuple[SourceView, ...]
    proof: ProofView = NO_PROOF


@dataclass(frozen=True)
class FailuresView:
    """Failures of one group, and the address of the files of the whole list, if it is the last."""

    title: str
    rows: tuple[FailureView, ...]
    files: str = ""


def failure_views(
    listed: FailureList, group: str, page: str, edition: Edition, *, html: bool = True
) -> tuple[FailureView, ...]:
    """Return the failures of a group, in the order of the file."""
    return tuple(
        _failure(listed.id, failure, page, edition, html=html)
        for failure in listed.failures
        if failure.group == group
    )


def _failure(
    prefix: str, failure: Failure, page: str, edition: Edition, *, html: bool
) -> FailureView:
    language = edition.language
    return FailureView(
        f"{prefix}-{failure.id}",
        failure.group,
        tuple(
            tuple(MessagePart(text, varies) for text, varies in message_parts(message))
            for message in failure.messages
        ),
        failure.seen.in_language(language),
        failure.means.in_language(language),
        tuple(
            StepView(step.text.in_language(language), step.command or "") for step in failure.look
        ),
        failure.mends.in_language(language),
        (
            *(page_view(target, page, edition, html=html) for target in failure.pages),
            *(_term(name, page, edition, html=html) for name in failure.terms),
        ),
        source_views(failure.sources, edition),
        proof_view(failure_key(prefix, failure.id), failure, edition.site, edition.words),
    )


def _term(name: str, page: str, edition: Edition, *, html: bool) -> PageView:
    term = edition.site.terms[name].value.term.in_language(edition.language)
    target = f"{edition.glossary_page}#{name}" if edition.glossary_page else f"{page}#{name}"
    return PageView(term, link_to(target, page, html=html))


def failure_list(argument: str, page: str, edition: Edition) -> str:
    """Failures of one group, or of all with a heading for each."""
    shown = edition.site.failures_shown(argument)
    if shown is None:
        return ""
    listed, groups = shown
    stem = edition.site.failure_downloads().get(listed.id, "")
    files = file_link(stem, page) if stem else ""
    out = []
    for group in groups:
        name = group.name.in_language(edition.language)
        rows = failure_views(listed, group.id, page, edition)
        last = group.id == listed.groups[-1].id
        view = FailuresView(name, rows, files if last else "")
        if "/" not in argument:
            out.append(markdown.heading(name, f"{listed.id}-{group.id}"))
        out.append(part("failures", view=view, words=edition.words))
    return "\n\n".join(out)


def failures_markdown(argument: str, page: str, edition: Edition) -> str:
    """The same in plain Markdown."""
    shown = edition.site.failures_shown(argument)
    if shown is None:
        return ""
    listed, groups = shown
    out = []
    for group in groups:
        if "/" not in argument:
            name = group.name.in_language(edition.language)
            out += [markdown.heading(name, f"{listed.id}-{group.id}"), ""]
        for row in failure_views(listed, group.id, page, edition, html=False):
            out += [*_lines(row, edition), ""]
    return "\n".join(out).rstrip()


def _lines(row: FailureView, edition: Edition) -> list[str]:
    words = edition.words
    said = " · ".join(markdown.code(message_text(message)) for message in row.messages)
    out = [f"- {markdown.anchor(row.anchor)}{said} ({markdown.rich(row.seen)})"]
    out.append(f"    - **{markdown.text(words('failure-means'))}** {markdown.rich(row.means)}")
    for step in row.look:
        command = f" {markdown.code(step.command)}" if step.command else ""
        looked = f"**{markdown.text(words('failure-look'))}** {markdown.rich(step.text)}"
        out.append(f"    - {looked}{command}")
    out.append(f"    - **{markdown.text(words('failure-mends'))}** {markdown.rich(row.mends)}")
    more = "; ".join(markdown.link(page.title, page.href) for page in row.pages)
    known, proof = f"{markdown.text(words('source'))} {cited(row.sources)}", proved(row.proof)
    out.append(f"    - {more + '. ' if more else ''}{known}{'.' + proof if proof else ''}")
    return out


def message_text(message: tuple[MessagePart, ...]) -> str:
    """Return a message as its record has it, with ``<name>`` for what differs."""
    return "".join(f"<{part.text}>" if part.varies else part.text for part in message)
