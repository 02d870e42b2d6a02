"""``import``: the edge, where files are read and written."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from annotated.importing import fresh
from annotated.importing.again import next_import
from annotated.importing.first import adopt, first_import
from annotated.importing.following import Known
from annotated.importing.outline import outline_of
from annotated.importing.reading import ImportStopError, Raw, read_notes
from annotated.importing.taking import CLAIMS, KNOWN, NOTES, TEXT, Setting, Taken, Wanted
from annotated.importing.writing import schema_line
from annotated.records.layout import Layout
from annotated.records.load import Site, load_site
from annotated.records.models import is_language
from annotated.records.problems import UNSEEN, counted
from annotated.records.wording import Words
from annotated.repository import git

_BYTE_ORDER_MARK = "\ufeff"
#: What must be right before it can be changed; but for what this command itself puts right.
_OURS, _MENDED = (NOTES, f"{CLAIMS}/"), "notes-text"


def add_import(commands: Any) -> None:
    """Add the command to those of the command line."""
    command = commands.add_parser(
        "import", help="make records from a file of notes; again when the notes have changed"
    )
    command.add_argument("notes", type=Path, help="the file: plain text or Markdown")
    command.add_argument("--title", default="", help="the title of the notes")
    command.add_argument("--author", default="", help="who wrote them")
    command.add_argument("--written", default="", metavar="DAY", help="when, like 2023-06-03")
    command.add_argument("--notes-language", default="", metavar="CODE", help="like ko")
    command.add_argument(
        "--site-language",
        default="",
        metavar="CODE",
        help="with --fresh: what the site shall speak, if not the language of the notes",
    )
    command.add_argument("--encoding", help="how the file is written, like cp949")
    command.add_argument(
        "--show", action="store_true", help="readers shall see the lines of the notes themselves"
    )
    command.add_argument(
        "--fresh",
        action="store_true",
        help="begin anew: put pages and records that are there away, and show these notes alone",
    )
    command.add_argument(
        "--adopt",
        action="store_true",
        help="the records were written for these very lines by hand: follow them from now on",
    )


def run_import(root: Path, layout: Layout, chosen: argparse.Namespace) -> int:
    """Run the command; return its exit code.

    Raises:
        OSError: a file cannot be written.
    """
    try:
        for line in _import(root, layout, chosen):
            print(UNSEEN.sub("", line))
    except ImportStopError as error:
        print(UNSEEN.sub(lambda m: f"<U+{ord(m[0]):04X}>", str(error)), file=sys.stderr)
        return 1
    return 0


def _import(root: Path, layout: Layout, chosen: argparse.Namespace) -> list[str]:
    wanted = _wanted(chosen)
    chosen.notes = _home(chosen.notes)
    raw = read_notes(chosen.notes, chosen.encoding)
    outline = outline_of(raw.lines, chosen.notes.stem, date.today())
    old = layout
    if chosen.fresh:
        guessed = outline.language.value if outline.language else ""
        layout = _spoken(root, layout, chosen.site_language or wanted.language or guessed)
    site, problems = load_site(root, layout)
    broken = [p for p in problems if p.place.file.startswith(_OURS) and p.rule != _MENDED]
    there = (root / NOTES).exists() and not chosen.fresh
    if there and broken:
        raise ImportStopError(f"{broken[0]}\nMend the records first; nothing was changed")
    if not site.wordings:
        raise ImportStopError("the words of the interface cannot be read: run 'make check'")
    words = Words(layout.main or layout.language, site.words, site.locale)
    taken = _taken(root, raw, outline, site, wanted, words, chosen) if there else None
    if taken is None:
        claims = sorted((root / CLAIMS).glob("*.y*ml"))
        if claims and not chosen.fresh:
            shown = claims[0].relative_to(root).as_posix()
            raise ImportStopError(
                f"'{shown}' is there already, and no {NOTES}; nothing was changed"
            )
        changed = _changed(chosen.notes)
        setting = Setting(words, date.today(), changed, _user(root), chosen.notes.stem)
        taken = first_import(raw, outline, wanted, setting)
    if chosen.fresh:
        taken = _put_away(root, old, layout, taken, words)
    _write(root, taken)
    head = f"{chosen.notes}: {counted(len(raw.lines), 'line')}, read as {raw.encoding}"
    return [head, *taken.report]


def _home(file: Path) -> Path:
    """Make has no home: a file below ``~`` comes as it was typed."""
    try:
        return file.expanduser()
    except RuntimeError as error:
        raise ImportStopError(f"'{file}' names the home of somebody who is not here") from error


def _wanted(chosen: argparse.Namespace) -> Wanted:
    language, written = chosen.notes_language, chosen.written
    for code in (language, chosen.site_language):
        if code and not is_language(code):
            raise ImportStopError(f"'{code}' is not a language, like 'en' or 'ko'")
    if chosen.site_language and not chosen.fresh:
        raise ImportStopError(
            "--site-language begins a site anew, so it goes with --fresh; the site that is here "
            "speaks the 'language' of its theme in mkdocs.yml"
        )
    try:
        written = date.fromisoformat(written).isoformat() if written else ""
    except ValueError as error:
        raise ImportStopError(f"'{written}' is not a day, like 2023-06-03") from error
    return Wanted(_label(chosen.title), _label(chosen.author), language, written, chosen.show)


def _label(said: str) -> str:
    """What was said on the command line as records hold it: one line of what people see."""
    return " ".join(UNSEEN.sub(" ", said).split())


def _taken(
    root: Path, raw: Raw, outline: Any, site: Site, wanted: Wanted, words: Words,
    chosen: argparse.Namespace,
) -> Taken:  # fmt: skip
    """Follow notes that were taken over before, or adopt records that were written by hand."""
    if chosen.adopt:
        return adopt(raw, site)
    stored = root / KNOWN
    if not stored.is_file():
        raise ImportStopError(
            f"{NOTES} is there already, and was not made from a file. If its records speak of "
            "these very lines, ARGS=--adopt follows them from now on; to begin with your own "
            "notes, ARGS=--fresh puts the pages and records that are here away"
        )
    old = Known.from_json(stored.read_text(encoding="utf-8", errors="replace"))
    if old is None:
        raise ImportStopError(
            f"{KNOWN} cannot be read, by which lines are found again; take it back from git"
        )
    if any((wanted.title, wanted.author, wanted.language, wanted.written, wanted.show)):
        raise ImportStopError(f"title, author, date, language and 'show' stand in {NOTES} now")
    files = {NOTES, *(claim.document.file for claim in site.claims.values())}
    files |= {topic.document.file for topic, _ in site.topics}
    texts = {name: _text(root / name) for name in files}
    shown = _text(root / TEXT) if (root / TEXT).is_file() else None
    return next_import(raw, outline, site, texts, old, words, shown)


def _spoken(root: Path, layout: Layout, language: str) -> Layout:
    """A site of notes speaks their language, or the one that its owner names."""
    if not language:
        return layout
    return replace(layout, language=language, main=language, docs=root / "docs" / language)


def _put_away(root: Path, old: Layout, layout: Layout, taken: Taken, words: Words) -> Taken:
    """Move pages and records out of the way; return the files of a site that shows the notes.

    One edition is left, which speaks what `layout` says; `old` says where the pages are.
    """
    aside = root / fresh.ASIDE
    if aside.exists():
        raise ImportStopError(f"'{fresh.ASIDE}' is there already; move it away, or delete it")
    config = root / "mkdocs.yml"
    docs = layout.docs.relative_to(root).as_posix()
    files: dict[str, str | None] = {
        f"{docs}/{path}": text for path, text in fresh.pages(taken.title, words).items()
    }
    files["mkdocs.yml"] = fresh.configuration(_text(config), taken.title, layout.language, docs)
    files |= {
        f"data/{name}.yml": schema_line("schemas", name) + f"{name}: []\n"
        for name in ("sources", "changes")
    }
    files["data/site.yml"] = fresh.vocabulary(layout.language)
    for readme in sorted(root.glob("README*.md")):  # in each of its languages
        files[readme.name] = fresh.readme(_text(readme), old.name, taken.title)
    moved = [part for part in (root / "data").iterdir() if part.name not in fresh.STAYS]
    pages = old.docs if old.docs.parent == root else old.docs.parent  # of every edition
    moved += [pages] if pages.is_dir() else []
    # No page is left that shows them.
    moved += [part for part in [root / "overrides" / "assets" / "drawings"] if part.is_dir()]
    done: list[tuple[Path, Path]] = []
    try:
        for part in moved:
            target = aside / part.relative_to(root)
            target.parent.mkdir(parents=True, exist_ok=True)
            part.rename(target)
            done.append((part, target))
    except OSError:
        for part, target in done:
            target.rename(part)
        raise
    language = layout.language
    report = [
        *taken.report,
        f"The site speaks '{language}' now: its pages stand in {docs}/, and texts of records are "
        f"written {{{language}: ...}}.",
        *_lent(root, language),
        f"What was here stands in {fresh.ASIDE}/ now.",
        "Next: make serve, to see it; then give each statement in data/claims/ its verdict",
    ]
    return Taken({**files, **taken.files}, report, taken.title)


def _lent(root: Path, language: str) -> list[str]:
    """Say whose words the interface speaks, where the language of the site has none yet."""
    words = f"data/words/{language}.yml"
    if (root / words).is_file():
        return []
    return [
        f"English lends the words of the interface, and of the two pages: {words} is yours to "
        "write, and 'make check' lists what it lacks."
    ]


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8-sig")


def _changed(file: Path) -> date:
    return datetime.fromtimestamp(file.stat().st_mtime, tz=UTC).date()


def _user(root: Path) -> str:
    try:
        return git(root, "config", "user.name").strip()
    except ValueError:
        return ""


def _write(root: Path, taken: Taken) -> None:
    """Write all files or none, as far as that can be: each is made beside its place first."""
    made: list[tuple[Path, Path]] = []
    try:
        for name, text in taken.files.items():
            if text is not None:
                target = root / name
                target.parent.mkdir(parents=True, exist_ok=True)
                made.append((_beside(target, text), target))
        for part, target in made:
            part.replace(target)
    except BaseException:
        for part, _ in made:
            part.unlink(missing_ok=True)
        raise
    for name, text in taken.files.items():
        if text is None:
            (root / name).unlink(missing_ok=True)


def _beside(target: Path, text: str) -> Path:
    """Write a new file beside `target`, with the line ends and the mark that it has."""
    before = target.read_bytes() if target.exists() else b""
    crlf = b"\r\n" in before
    mark = _BYTE_ORDER_MARK if before.startswith(_BYTE_ORDER_MARK.encode()) else ""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    with os.fdopen(handle, "w", encoding="utf-8", newline="\r\n" if crlf else "\n") as file:
        file.write(mark + text)
    mode = target.stat().st_mode & 0o777 if before else 0o644
    part = Path(name)
    part.chmod(mode)
    return part
