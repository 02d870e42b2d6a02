"""Notes become records: the first time, or where records were written by hand."""

from __future__ import annotations

from collections.abc import Sequence

from annotated.importing import writing
from annotated.importing.outline import Guess, Outline
from annotated.importing.reading import ImportStopError, Raw
from annotated.importing.taking import (
    CLAIMS,
    MOST_SHOWN,
    NOTES,
    Setting,
    Taken,
    Wanted,
    asides_of,
    kept,
    notes_of,
    progress,
)  # fmt: skip
from annotated.records.load import Site
from annotated.records.problems import counted


def first_import(raw: Raw, outline: Outline, wanted: Wanted, setting: Setting) -> Taken:
    """Make records of notes that nobody has taken over yet."""
    main = setting.words.language
    title = Guess(wanted.title, "as you say") if wanted.title else outline.title
    written = _written(outline, wanted, setting)
    author = _author(outline, wanted, setting)
    language = _language(outline, wanted, main)
    topics = writing.topics_of(outline)
    claims = [number for topic in topics for number in topic.claims]
    ids = {number: writing.claim_id(n) for n, number in enumerate(sorted(claims), 1)}
    files: dict[str, str | None] = {}
    for topic in topics:
        items = (
            writing.claim_text(ids[n], [n], outline.lines[n - 1].text, language.value)
            for n in topic.claims
        )
        files[f"{CLAIMS}/{topic.name}.yml"] = writing.claims_file(topic, items, [main])
    asides = [
        (reason, numbers)
        for reason, numbers in asides_of(outline, setting.words, range(1, len(outline.lines) + 1))
    ]
    titles = writing.by_language({main: title.value})
    files[NOTES] = (
        writing.schema_line("schemas", "notes")
        + "# Made by 'make import', and yours now: the next import keeps what you write here.\n"
        f"title: {titles}\nauthor: {writing.quoted(author.value)}\n"
        f"written: {written.value}\nlanguage: {language.value}\nlines: {len(raw.lines)}\n"
        + ("show: true\n" if wanted.show else "")
        + ("asides:\n" + writing.listed(writing.aside_texts(asides, main)) if asides else "")
    )
    files |= kept(raw, len(claims) + 1, show=wanted.show)
    guesses = [("title", title), ("date", written), ("language", language), ("author", author)]
    report = [f"{name:9} {_guessed(guess)}" for name, guess in guesses]
    report += _counted(outline, topics)
    if language.value != main:
        report.append(
            f"The notes are in '{language.value}' and the site is in '{main}': headings stand "
            "there as the notes have them until you translate them."
        )
    report.append(progress(len(raw.lines), len(raw.lines) - len(claims), 0))
    return Taken(files, report, title.value)


def _guessed(guess: Guess) -> str:
    sure = "" if guess.sure else "; a guess: change it in data/notes.yml if it is wrong"
    return f"{guess.value}  ({guess.why}{sure})"


def _written(outline: Outline, wanted: Wanted, setting: Setting) -> Guess:
    if wanted.written:
        return Guess(wanted.written, "as you say")
    day = min(setting.file_date, setting.today).isoformat()
    return outline.written or Guess(
        day, "the day on which the file was last changed; the notes do not tell", sure=False
    )


def _author(outline: Outline, wanted: Wanted, setting: Setting) -> Guess:
    if wanted.author:
        return Guess(wanted.author, "as you say")
    if outline.author:
        return outline.author
    if setting.user:
        return Guess(setting.user, "your name in git; the notes do not tell", sure=False)
    return Guess("unknown", "the notes do not tell", sure=False)


def _language(outline: Outline, wanted: Wanted, main: str) -> Guess:
    if wanted.language:
        return Guess(wanted.language, "as you say")
    return outline.language or Guess(
        main, "the site's own; the notes are too short to tell", sure=False
    )


def _counted(outline: Outline, topics: Sequence[writing.Topic]) -> list[str]:
    claims = sum(len(topic.claims) for topic in topics)
    kinds = [line.kind for line in outline.lines]
    names = ", ".join(f"{topic.name} ({len(topic.claims)})" for topic in topics[:MOST_SHOWN])
    more = f" and {len(topics) - MOST_SHOWN} more" if len(topics) > MOST_SHOWN else ""
    guessed = sum(line.kind == "heading" and not line.sure for line in outline.lines)
    return [
        f"topics    {len(topics)} in {CLAIMS}/: {names}{more}",
        f"claims    {claims}, one a line, none of them checked",
        f"asides    {len(kinds) - claims}: {counted(kinds.count('heading'), 'heading')} "
        f"({guessed} of them guessed), {kinds.count('blank')} empty, "
        f"{len(kinds) - claims - kinds.count('heading') - kinds.count('blank')} other",
    ]


def adopt(raw: Raw, site: Site) -> Taken:
    """Take down what the lines are that records were written for by hand; change none of them.

    Raises:
        ImportStopError: the records speak of another number of lines.
    """
    notes = notes_of(site).value
    if notes.lines != len(raw.lines):
        raise ImportStopError(
            f"{NOTES} speaks of {counted(notes.lines, 'line')}, and these notes have "
            f"{len(raw.lines)}; without the lines that the records were written for, no line can "
            "be followed"
        )
    numbers = [int(name.removeprefix("c-")) for name in site.claims]
    files = kept(raw, max(numbers, default=0) + 1, show=notes.show)
    return Taken(files, ["The lines are taken down; the records stay as they are."])
