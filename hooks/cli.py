"""The same core without MkDocs: check, import, stale, stats, probe, render, schemas.

Run as ``python hooks/cli.py COMMAND``; ``--help`` lists what each command takes.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import own_python  # noqa: F401 (before what needs packages)

# isort: split
from annotated import __version__
from annotated.check import WARNING_RULES, check_site
from annotated.folder import Folder
from annotated.importing.command import add_import, run_import
from annotated.project import (
    Opened,
    all_problems,
    check_cards,
    check_editions,
    check_files,
    check_published,
    compare_with,
    drawing_settings,
    drawings_of,
    gaps_of,
    open_editions,
    read_again,
)
from annotated.publish.deck import deck_file
from annotated.publish.docset import docset
from annotated.publish.downloads import all_files
from annotated.publish.metadata import SiteFacts
from annotated.publish.offline import site_zip
from annotated.records.labs import labs_of
from annotated.records.layout import Layout, by_convention
from annotated.records.load import Site
from annotated.records.models import UNCHECKED, VERDICTS, schemas
from annotated.records.problems import Problem, counted
from annotated.render.edition import Edition
from annotated.render.fences import DiagramFence
from annotated.render.labs import counts_of_lab
from annotated.render.reference import reference_file
from annotated.render.twin import page_markdown
from annotated.repository import repository_of

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return its exit code: 0 if all is well, 1 if not."""
    try:
        return run(arguments)
    except BrokenPipeError:
        raise
    except OSError as error:
        place = f"'{error.filename}': " if error.filename else ""
        return _fail(f"{place}{(error.strerror or str(error)).lower()}")


def run(arguments: list[str] | None = None) -> int:
    """Run one command; return its exit code.

    Raises:
        OSError: something cannot be read or written.
    """
    parser = argparse.ArgumentParser(prog="hooks/cli.py", description=__doc__)
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--root", type=Path, default=ROOT, help="the project (default: this one)")
    parser.add_argument("--language", help="the edition (default: that of mkdocs.yml)")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="check records and pages, and count them")
    check.add_argument("--since", metavar="REF", help="also compare claims with a git revision")
    check.add_argument(
        "--published", action="store_true", help="what is not fit for readers is an error"
    )
    check.add_argument("--strict-open", action="store_true", help="what is still open is an error")
    stale = commands.add_parser("stale", help="what was read longest ago, by page")
    stale.add_argument("--days", type=int, default=0, help="only readings older than this")
    commands.add_parser("stats", help="count records and pages, as JSON")
    _probe_arguments(commands.add_parser("probe", help="look up whether the facts still hold"))
    render = commands.add_parser("render", help="write the site as plain Markdown")
    render.add_argument("out", type=Path, nargs="?", default=Path("markdown"))
    schema = commands.add_parser("schemas", help="write the JSON Schemas of the records")
    schema.add_argument(
        "--check", action="store_true", help="fail if they are stale, write nothing"
    )
    reread = commands.add_parser(
        "reread", help="record that a translation, or a question, was read against its original"
    )
    reread.add_argument(
        "texts", nargs="*", metavar="TEXT", help="like brewing.md, brewing.md#kinds, claims/c-001"
    )
    reread.add_argument("--new", action="store_true", help="also all that was never recorded")
    reread.add_argument(
        "--alike", action="store_true", help="these say the same word for word, and are meant to"
    )
    reference = commands.add_parser("reference", help="write REFERENCE.md, of all records")
    reference.add_argument("--check", action="store_true", help="fail if it is stale")
    offline = commands.add_parser("offline", help="pack a built site for a double click")
    offline.add_argument("site", type=Path, nargs="?", default=Path("site"))
    offline.add_argument("out", type=Path, nargs="?", default=Path("site-offline.zip"))
    add_import(commands)
    dash = commands.add_parser("docset", help="pack a built site for Dash, Zeal and their like")
    dash.add_argument("site", type=Path, nargs="?", default=Path("site"))
    dash.add_argument("out", type=Path, nargs="?", default=Path("site.docset.tgz"))
    chosen = parser.parse_args(arguments)
    root: Path = chosen.root.resolve()
    if not root.is_dir():
        return _fail(f"there is no folder '{chosen.root}'")
    if chosen.command == "schemas":
        return _schemas(root, chosen.check)
    if chosen.command == "reference":
        return _reference(root / "REFERENCE.md", chosen.check)
    if chosen.command == "offline":
        return _offline(chosen.site, chosen.out)
    layouts = _layouts(root, chosen.language)
    if chosen.command == "import":
        return run_import(root, layouts[0], chosen)
    return _on_records(root, layouts, chosen)


def _on_records(root: Path, layouts: list[Layout], chosen: argparse.Namespace) -> int:
    """Run a command that reads what the project holds."""
    opened = open_editions(root, layouts, date.today())
    problems = all_problems(opened)
    if chosen.command == "probe":
        return _probe(opened[0].site, problems, root, chosen)
    if not opened[0].layout.known:
        return _report(problems)
    try:
        one = _chosen(opened, chosen.language)
    except ValueError as error:
        return _fail(str(error))
    if chosen.command == "check":
        return _check_all(root, chosen, opened, one)
    if problems:
        return _report(problems)
    if chosen.command == "reread":
        return _reread(opened, root, chosen)
    layout = one.layout
    edition = Edition.of(one.site, layout.language, repository_of(root).url, layout.folder)
    if chosen.command == "docset":
        return _docset(edition, layout, chosen.site, chosen.out)
    if chosen.command == "stats":
        print(json.dumps(edition.counts, indent=1))
        return 0
    if chosen.command == "stale":
        return _stale(edition, chosen.days)
    fence = DiagramFence(edition, drawings_of(root), drawing_settings(root), lambda: "")
    return _render(edition, layout, chosen.out, fence)


def _check_all(root: Path, chosen: argparse.Namespace, opened: list[Opened], one: Opened) -> int:
    """Check all editions; count the records of `one`."""
    problems = all_problems(opened)
    try:
        problems += _beside_records(opened, root, chosen.since)
    except ValueError as error:
        return _fail(f"cannot compare with '{chosen.since}': {error}")
    problems += check_published(one.site) if chosen.published else []
    problems += check_editions(opened)
    still_open = _counted(one.site, one.layout.language)
    for each in opened[1:]:
        state = "draft; " if each.layout.draft else ""
        print(f"edition {each.layout.language:4} {state}{gaps_of(opened[0], each)}", flush=True)
    for warning in check_site(one.site, WARNING_RULES):
        print(warning, file=sys.stderr)
    # Last, where somebody looks first.
    return _report(problems) or (1 if chosen.strict_open and still_open else 0)


def _probe_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("records", nargs="*", metavar="RECORD", help="show what these find")
    parser.add_argument("--latest", action="store_true", help="in today's versions")
    parser.add_argument(
        "--in", action="append", default=[], dest="versions", metavar="NAME=VERSION",
        help="in this version of a package",
    )  # fmt: skip
    parser.add_argument(
        "--since", action="append", default=[], metavar="NAME=VERSION",
        help="compare the watched lists with this version (default: the pinned one)",
    )  # fmt: skip
    parser.add_argument("--raise", action="store_true", dest="raise_pins", help="pin the newest")
    parser.add_argument("--report", type=Path, metavar="FILE", help="write a report in Markdown")


def _probe(site: Site, problems: list[Problem], root: Path, chosen: argparse.Namespace) -> int:
    try:
        from annotated.probing.command import Wanted, probe  # noqa: PLC0415 (only authors have it)
    except ImportError as error:
        return _fail(f"looking up facts needs '{error.name}'; 'make probes' brings it")
    wanted = Wanted(
        chosen.records, chosen.latest, tuple(chosen.versions), tuple(chosen.since),
        chosen.raise_pins, chosen.report,
    )  # fmt: skip
    return probe(site, problems, root, wanted)


def _reread(opened: list[Opened], root: Path, chosen: argparse.Namespace) -> int:
    """Record what was read again, in the edition that is named or in all."""
    first = opened[0]
    readers = [e for e in opened if chosen.language in (None, e.layout.language)]
    if chosen.alike and not chosen.texts:
        return _fail("say which texts may be alike, as 'make check' names them")
    if not first.site.practice and readers == [first]:
        return _fail("there is no edition beside the first; 'extra.editions' declares one")
    found = [
        (each, read_again(each, first, chosen.texts, new=chosen.new, alike=chosen.alike))
        for each in readers
    ]
    for text in chosen.texts:
        if all(text in again.strange for _, again in found):
            return _fail(f"there is no text '{text}'; 'make check' names each that waits")
    for each, again in found:
        file = root / each.site.readings.file
        if again.read or file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(again.text, encoding="utf-8")
        for name in again.read:
            print(f"{each.layout.language}  {name}")
    count, gone = sum(len(a.read) for _, a in found), sum(a.gone for _, a in found)
    print(f"{counted(count, 'text')} recorded as read against the original")
    if gone:
        print(f"{counted(gone, 'reading')} left out, of what is there no more")
    return 0


def _beside_records(opened: list[Opened], root: Path, since: str | None) -> list[Problem]:
    """Check drawings, templates and cards, and what changed `since` a git revision.

    Raises:
        ValueError: git does not know the revision.
    """
    problems = check_files([each.site for each in opened], root) + check_cards(opened, root)
    return problems + (compare_with(opened[0].site, root, since) if since else [])


def _layouts(root: Path, language: str | None) -> list[Layout]:
    """Ask MkDocs for the editions and their pages; without it, take the pages that are there."""
    try:
        from mkdocs_layout import read_layouts  # noqa: PLC0415 (the core works without MkDocs)
    except ImportError:
        print("MkDocs is not installed: its configuration is not checked", file=sys.stderr)
        return [by_convention(root / "docs" / (language or "en"), language or "en")]
    return read_layouts(root)


def _chosen(opened: list[Opened], language: str | None) -> Opened:
    """The edition in a language; the first one if none is named.

    Raises:
        ValueError: the site has no such edition.
    """
    known = [each.layout.language for each in opened]
    if language and language not in known:
        raise ValueError(f"there is no edition '{language}'; expected one of {', '.join(known)}")
    return opened[known.index(language) if language else 0]


def _fail(message: str) -> int:
    print(message, file=sys.stderr)
    return 1


def _report(problems: list[Problem]) -> int:
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        print(counted(len(problems), "problem"), file=sys.stderr)
    return 1 if problems else 0


def _counted(site: Site, language: str) -> int:
    """Print what there is; return how much of it is open."""
    edition = Edition.of(site, language)
    claims = [c.value for c in site.claims.values()]
    lines = site.notes.value.lines if site.notes else 0
    asides = {n for a in site.notes.value.asides for n in a.lines} if site.notes else set()
    covered = {n for c in claims if c.origin == "notes" for n in c.lines}
    verdicts = Counter(c.verdict for c in claims)
    counts = edition.counts
    open_claims = [c.id for c in claims if c.id not in edition.homes]
    open_tables = [c.value.id for c in site.comparisons.values() if c.value.page == "open"]
    open_lists = [f.value.id for f in site.failures.values() if f.value.page == "open"]
    open_terms = [t.value.id for t in site.terms.values() if t.value.page == "open"]
    open_lines = lines - len(covered | asides)
    print(f"lines        {len(covered | asides)} of {lines}: {len(covered - asides)} claimed, "
          f"{counted(len(asides), 'aside')}, {open_lines} open")  # fmt: skip
    print(f"claims       {len(claims)}: {counts['claims']} of the notes, {counts['ours']} ours; "
          + ", ".join(f"{verdicts[v]} {v}" for v in VERDICTS if verdicts[v]))  # fmt: skip
    judged = {n for c in claims if c.verdict != UNCHECKED and c.origin == "notes" for n in c.lines}
    print(f"checked      {len(judged | asides)} of {counted(lines, 'line')}; "
          f"{len(claims) - verdicts[UNCHECKED]} of {counted(len(claims), 'claim')}")  # fmt: skip
    print(f"homes        {len(claims) - len(open_claims)} of {len(claims)}")
    print(f"terms        {counts['terms']}, {len(open_terms)} without page")
    print(f"comparisons  {counts['comparisons']}, {len(open_tables)} without page; "
          f"{counted(counts['cells'], 'cell')}, all with source and date")  # fmt: skip
    print(f"failures     {counts['failures']} in {counted(len(site.failures), 'list')}, "
          f"{len(open_lists)} without page")  # fmt: skip
    if site.practice:
        asked, files = counts["questions"], len(site.practice)
        print(f"practice     {counted(asked, 'question')} in {counted(files, 'file')}")
    print(f"changes      {counts['changes']}")
    if site.estimates:
        print(f"estimates    {len(site.estimates)}, from {counted(len(site.prices), 'price')}")
    print(f"sources      {counts['sources']}")
    if site.probing:
        reasons = len(site.probing.value.without)
        waiting = counts["modelled"] - counts["modelled-probed"] - reasons
        print(f"probes       {counts['probes']} on {counted(counts['probed'], 'record')}; "
              f"{counts['modelled']} cite an API model: {counts['modelled-probed']} have a "
              f"probe, {reasons} cannot, {waiting} wait")  # fmt: skip
    for page in labs_of(site):
        fates = ", ".join(f"{n} {fate}" for fate, n in counts_of_lab(page, edition).items() if n)
        print(f"lab          {page.path}: {fates}")
    if borrowed := site.borrowed_words():
        total = len(site.interface)
        own = f"data/words/{site.language}.yml"
        missing = ", ".join(borrowed)
        if len(borrowed) == total:
            missing = f"write {own}, with the keys of en.yml"
        print(f"words        {len(borrowed)} of {total} are not in '{site.language}': {missing}")
    print(f"pages        {counts['pages']}, {counted(counts['diagrams'], 'diagram')}")
    homeless = sum(map(len, (open_claims, open_tables, open_terms, open_lists)))
    left = {
        counted(open_lines, "line"): open_lines,
        f"{counted(verdicts[UNCHECKED], 'claim')} not checked": verdicts[UNCHECKED],
        f"{homeless} without a page": homeless,
    }
    still_open = sum(left.values())
    told = ", ".join(what for what, number in left.items() if number)
    print(f"open         {still_open}" + (f": {told}" if told else ""), flush=True)
    return still_open


def _stale(edition: Edition, days: int) -> int:
    """List each page with the source that was read longest ago, oldest first."""
    site, today = edition.site, date.today()
    oldest: dict[str, tuple[str, str]] = {}
    for name, located in site.claims.items():
        page = edition.homes.get(name, "(no page yet)")
        for source in site.source_list(located.value.sources):
            oldest[page] = min(oldest.get(page, (source.read, source.id)), (source.read, source.id))
    for page, (read, source_id) in sorted(oldest.items(), key=lambda item: (item[1], item[0])):
        age = (today - date.fromisoformat(read)).days
        if age >= days:
            print(f"{read}  {age:4} {'day ' if age == 1 else 'days'}  {page}  {source_id}")
    return 0


def _render(edition: Edition, layout: Layout, out: Path, fence: DiagramFence) -> int:
    """Write each page as plain Markdown, with the files that it may link to."""
    if os.path.lexists(out) and not out.is_dir():
        return _fail(f"'{out}' is not a folder; name one to write to")
    for page in edition.site.pages.values():
        target = out / page.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(page_markdown(page, edition, fence.markdown), encoding="utf-8")
    facts = SiteFacts(layout.name, "", "", layout.language, folder=layout.folder)
    for path, content in (*all_files(edition), *deck_file(edition, facts)):
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_text(content, encoding="utf-8", newline="")
    for path in layout.files or ():
        beside = layout.file_of(path)
        if beside.is_file():
            (out / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(beside, out / path)
    print(f"{counted(len(edition.site.pages), 'page')} written to {out}{os.sep}")
    return 0


def _docset(edition: Edition, layout: Layout, site: Path, out: Path) -> int:
    if not (site / "index.html").exists():
        return _fail(f"'{site}' holds no built site; run 'make build' first")
    if not out.parent.is_dir():
        return _fail(f"there is no folder '{out.parent}' to write '{out.name}' to")
    packed = docset(Folder(site), edition, layout.name or site.name)
    out.write_bytes(packed)
    print(f"{out}: {len(packed) / 1024:,.0f} kB; unpack it into the docsets of your reader")
    return 0


def _offline(site: Path, out: Path) -> int:
    if not (site / "index.html").exists():
        return _fail(f"'{site}' holds no built site; run 'make build' first")
    if not out.parent.is_dir():
        return _fail(f"there is no folder '{out.parent}' to write '{out.name}' to")
    packed = site_zip(Folder(site), out.stem)
    out.write_bytes(packed)
    print(f"{out}: {len(packed) / 1024:,.0f} kB; unpack it and open index.html")
    return 0


def _reference(file: Path, check: bool) -> int:
    text = reference_file()
    stale = not file.is_file() or file.read_text(encoding="utf-8") != text
    if check and stale:
        return _fail(f"'{file.name}' is stale; run 'python hooks/cli.py reference'")
    if stale:
        file.write_text(text, encoding="utf-8", newline="\n")
    return 0


def _schemas(root: Path, check: bool) -> int:
    folder = root / "data" / "schemas"
    stale = []
    for name, schema in schemas().items():
        text = json.dumps(schema, indent=1, ensure_ascii=False) + "\n"
        file = folder / name
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            stale.append(name)
            if not check:
                folder.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
    if check and stale:
        return _fail(f"stale: {', '.join(stale)}; run 'python hooks/cli.py schemas'")
    return 0


def _until_nobody_reads() -> int:
    """Run a command whose output may be cut off, as by ``| head``: that is no mistake."""
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still to be said when Python ends would fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return code


if __name__ == "__main__":
    sys.exit(_until_nobody_reads())
