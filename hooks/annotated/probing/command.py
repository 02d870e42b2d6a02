"""``hooks/cli.py probe``: run the probes, show what they find, write what has changed."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path

from annotated.probing.packages import Archive, PackageError, Request, hash_of, opened, released
from annotated.probing.report import Report, yaml_line
from annotated.probing.run import (
    Look,
    Shelf,
    news,
    problems_of,
    results_of,
    run,
    unknown_records,
)
from annotated.records.load import PROBES, Located, Site
from annotated.records.models import Probing
from annotated.records.problems import Problem, counted, in_order, nearest
from annotated.records.results import FILE, written

#: Where fetched packages are kept, below the project.
CACHE = ".probes"


@dataclass(frozen=True)
class Wanted:
    """What the command line asks for."""

    records: list[str]
    latest: bool = False
    versions: tuple[str, ...] = ()  # name=version, instead of the pinned ones
    since: tuple[str, ...] = ()  # name=version, what the watched lists are compared with
    raise_pins: bool = False
    report: Path | None = None


class WantedError(ValueError):
    """The command line asks for what is not there; the message says what is."""


def probe(site: Site, problems: list[Problem], root: Path, wanted: Wanted) -> int:
    """Run what is `wanted`; return 0 if every probe holds and nothing is wrong, else 1."""
    if problems:
        return _told(problems)
    probing = site.probing
    if probing is None:
        print(f"no probes: there is no data/{PROBES}")
        if wanted.report:
            wanted.report.write_text("", encoding="utf-8")
        return 0
    try:
        versions, since = _named(probing, wanted.versions), _named(probing, wanted.since)
    except WantedError as error:
        print(error, file=sys.stderr)
        return 1
    if unknown := unknown_records(site, wanted.records):
        print("\n".join(unknown), file=sys.stderr)
        return 1
    other = wanted.latest or wanted.raise_pins or bool(versions)
    shelf = _shelf(site, probing, root, versions, latest=wanted.latest or wanted.raise_pins)
    looks, found = run(site, shelf, set(wanted.records) or None)
    if wanted.records:
        _show(looks)
        return _told(found) if found else int(any(look.finding.answer != "holds" for look in looks))
    report = Report(_versions(shelf, probing), looks, language=site.language)
    if other or since:
        pinned = _shelf(site, probing, root, since, latest=False)
        report.news, more = news(site, pinned, shelf)
        if wanted.raise_pins:  # what is pinned anew need not be there: any hash will do
            more = [problem for problem in more if problem not in pinned.problems()]
        found = in_order([*found, *more])
    report.problems = found
    if wanted.raise_pins:
        _raise(root, probing, shelf)
    elif not other:
        _write(root, site, looks)
    code = _summed(report, looks, found)
    if wanted.report is None:
        return code
    # The report says what is wrong, and whoever asked for it goes on from there.
    wanted.report.write_text("" if report.empty else report.markdown(), encoding="utf-8")
    return 0


def _named(probing: Located[Probing], given: tuple[str, ...]) -> dict[str, str]:
    """Read ``name=version`` of packages.

    Raises:
        WantedError: there is no such package, or no version is said.
    """
    found = {}
    for each in given:
        name, _, version = each.partition("=")
        known = probing.value.packages
        if name not in known:
            raise WantedError(f"there is no package '{name}'{nearest(name, known)}")
        if not version:
            raise WantedError(f"'{each}': expected NAME=VERSION, like {name}={known[name].version}")
        found[name] = version
    return found


def _shelf(
    site: Site, probing: Located[Probing], root: Path, versions: dict[str, str], *, latest: bool
) -> Shelf:
    def open_one(name: str) -> Archive:
        request = Request.of(name, probing.value.packages[name])
        if name in versions:
            request = replace(request, version=versions[name], hash="")
        elif latest:
            request = replace(request, version="", hash="")
        return opened(request, root / CACHE)

    return Shelf(site, open_one)


def _versions(shelf: Shelf, probing: Located[Probing]) -> list[str]:
    said = []
    for name, archive in shelf.archives.items():
        package = probing.value.packages[name]
        if isinstance(archive, PackageError):
            continue
        same = archive.version == package.version
        other = "" if same else f" (pinned: {package.version})"
        said.append(f"{package.name or name} {archive.version}{other}")
    return said


def _show(looks: list[Look]) -> None:
    """Print what each probe finds."""
    for look in looks:
        said = {"where": look.probe.where}
        said |= {"path": look.probe.path} if look.probe.path else {}
        print(f"{look.place}: {yaml_line(said)}")
        print(f"  {look.finding.answer}: found {look.finding.found}")
        print(f"  expected: {look.finding.expected}")


def _write(root: Path, site: Site, looks: list[Look]) -> None:
    """Write the results if one of them is another than the one that is there."""
    file = root / FILE
    text = written(results_of(site, looks))
    if not file.exists() or file.read_text(encoding="utf-8") != text:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        print(f"{FILE} written")


def _raise(root: Path, probing: Located[Probing], shelf: Shelf) -> None:
    """Pin the versions that were fetched, in the lines that say the old ones."""
    file = root / "data" / PROBES
    lines = file.read_text(encoding="utf-8").split("\n")
    for name, package in probing.value.packages.items():
        archive = shelf.archives.get(name)
        if not isinstance(archive, Archive) or archive.version == package.version:
            continue
        request = replace(Request.of(name, package), version=archive.version)
        day = released(archive, request)
        values = {"version": archive.version, "hash": hash_of(archive.file, package.registry)}
        if day:
            values["released"] = day.isoformat()
        else:
            print(f"{name}: nobody tells the day of release {archive.version}; write it yourself")
        for key, value in values.items():
            at = probing.at("packages", name, key).line - 1
            lines[at] = lines[at].replace(str(getattr(package, key)), value)
        print(f"{name}: {package.version} -> {archive.version}")
    file.write_text("\n".join(lines), encoding="utf-8")


def _summed(report: Report, looks: list[Look], found: list[Problem]) -> int:
    failed = [*problems_of(looks), *found]
    for item in report.news:
        for word, names in (("new", item.came), ("gone", item.went)):
            if names:
                print(f"{item.place}: {item.watch.id}: {word} {', '.join(names)}")
    holds = sum(look.finding.answer == "holds" for look in looks)
    where = "; ".join(report.versions) or "nothing"
    print(f"Probes that hold: {holds} of {len(looks)}, in {where}")
    return _told(failed) if failed else 0


def _told(problems: list[Problem]) -> int:
    for problem in problems:
        print(problem, file=sys.stderr)
    print(counted(len(problems), "problem"), file=sys.stderr)
    return 1
