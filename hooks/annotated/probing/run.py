"""All probes of a site against packages: each with its answer, whatever is wrong with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from annotated.probing.answers import Finding, judged
from annotated.probing.packages import Archive, PackageError
from annotated.probing.values import GoneError, PathError, compiled, found_at, value_at
from annotated.records.load import PROBES, Site
from annotated.records.models import Location, Probe, Watch
from annotated.records.probes import ProbedRecord, located, probed_records
from annotated.records.problems import Place, Problem, in_order, nearest
from annotated.records.results import Results, digest, registered

Opener = Callable[[str], Archive]  # a package's key to its archive; raises PackageError


@dataclass(frozen=True)
class Look:
    """One probe that was run."""

    record: ProbedRecord
    probe: Probe
    place: Place
    package: str
    digest: str
    finding: Finding


@dataclass(frozen=True)
class News:
    """What came into a watched list, and what left it."""

    watch: Watch
    place: Place
    package: str
    came: tuple[str, ...]
    went: tuple[str, ...]


@dataclass
class Shelf:
    """Packages that are open, and the files of them that were read: each once."""

    site: Site
    opener: Opener
    archives: dict[str, Archive | PackageError] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)

    def archive(self, package: str) -> Archive:
        """Return an open package.

        Raises:
            PackageError: it cannot be had.
        """
        if package not in self.archives:
            try:
                self.archives[package] = self.opener(package)
            except PackageError as error:
                self.archives[package] = error
        found = self.archives[package]
        if isinstance(found, PackageError):
            raise found
        return found

    def value(self, where: str, location: Location) -> Any:
        """Return what a place holds.

        Raises:
            GoneError: nothing.
            PackageError: the package cannot be had, or the file is broken.
        """
        if where not in self.values:
            try:
                self.values[where] = value_at(self.archive(location.package), location)
            except (GoneError, PackageError) as error:
                self.values[where] = error
        found = self.values[where]
        if isinstance(found, Exception):
            raise found
        return found

    def problems(self) -> Iterator[Problem]:
        """Yield a problem for each package or file that cannot be read."""
        probing = self.site.probing
        assert probing is not None
        for name, archive in self.archives.items():
            if isinstance(archive, PackageError):
                place = probing.at("packages", name)
                yield Problem(place, "no-package", f"{archive}; the last results stay")
        for where, value in self.values.items():
            package = probing.value.places[where].package
            if isinstance(value, PackageError) and value is not self.archives[package]:
                yield Problem(probing.at("places", where), "broken-file", str(value))


def run(
    site: Site, shelf: Shelf, wanted: set[str] | None = None
) -> tuple[list[Look], list[Problem]]:
    """Run the probes of `site`, or of the `wanted` records; return what they find.

    The problems are those that keep a probe from an answer: a package that is not there, a path
    that cannot be read.
    """
    looks: list[Look] = []
    problems: list[Problem] = []
    for record in probed_records(site):
        if wanted is not None and record.key not in wanted:
            continue
        for probe, place in record.probes:
            try:
                look = _look(site, shelf, record, probe, place)
            except PathError as error:
                problems.append(Problem(place, "bad-path", f"'{probe.path}' {error}"))
            except PackageError:
                pass  # told once, at the package
            else:
                looks += [look] if look else []
    return looks, in_order([*problems, *shelf.problems()])


def _look(
    site: Site, shelf: Shelf, record: ProbedRecord, probe: Probe, place: Place
) -> Look | None:
    found = located(site, probe)
    if found is None:
        return None  # the checks have named it
    location, name, package = found
    if probe.path is not None:
        compiled(probe.path)
    finding = judged(probe, lambda: shelf.value(probe.where, location))
    return Look(
        record, probe, place, name, digest(probe, location, registered(name, package)), finding
    )


def results_of(site: Site, looks: list[Look]) -> Results:
    """Return the results to commit; where a package gave no answer, the last one stays."""
    asked = {(look.record.key, look.digest): look.finding.answer for look in looks}
    answers: dict[str, Any] = {}
    for record in probed_records(site):
        for probe, _ in record.probes:
            place = located(site, probe)
            if place is None:
                continue
            name = digest(probe, place[0], registered(place[1], place[2]))
            answer = asked.get((record.key, name)) or site.results.answer(record.key, name)
            if answer is not None:
                answers.setdefault(record.key, []).append((name, answer))
    used = {look.package for look in looks}
    assert site.probing is not None
    packages = site.probing.value.packages
    versions = {
        name: package.version if name in used else site.results.versions[name]
        for name, package in packages.items()
        if name in used or name in site.results.versions
    }
    return Results(versions, answers)


def problems_of(looks: list[Look]) -> list[Problem]:
    """Return a problem for each probe that does not hold."""
    return in_order(
        Problem(look.place, f"probe-{look.finding.answer}", sentence(look))
        for look in looks
        if look.finding.answer != "holds"
    )


def sentence(look: Look) -> str:
    """Say of a probe that does not hold what was found, what was expected, and who says it."""
    finding, pages = look.finding, ", ".join(look.record.pages)
    said = f"{look.record.key}: found {finding.found}; expected {finding.expected}"
    if finding.answer == "gone":
        said = f"{look.record.key}: {finding.found}; expected there: {finding.expected}"
    return f"{said}; said on {pages}" if pages else said


def news(site: Site, before: Shelf, now: Shelf) -> tuple[list[News], list[Problem]]:
    """Compare the watched lists of two versions; lists that are alike are left out."""
    found: list[News] = []
    problems: list[Problem] = []
    probing = site.probing
    for at, watch in enumerate(probing.value.watch if probing else []):
        assert probing is not None
        place = probing.at("watch", at)
        location = probing.value.places.get(watch.where)
        if location is None:
            continue
        try:
            new = _members(watch, now.value(watch.where, location))
        except (GoneError, PathError) as error:
            problems.append(Problem(place, "watch-gone", f"'{watch.id}': {error}"))
            continue
        except PackageError:
            continue
        try:
            old = _members(watch, before.value(watch.where, location))
        except GoneError:
            old = []  # it came after the older version
        except PackageError:
            continue
        came, went = set(new) - set(old), set(old) - set(new)
        if came or went:
            found.append(
                News(watch, place, location.package, tuple(sorted(came)), tuple(sorted(went)))
            )
    return found, in_order([*problems, *before.problems(), *now.problems()])


def _members(watch: Watch, value: Any) -> list[str]:
    found = found_at(watch.path, value)
    if isinstance(found, dict):
        return list(found)
    if isinstance(found, list) and all(isinstance(each, (str, int, float)) for each in found):
        return [str(each) for each in found]
    raise GoneError(f"'{watch.path}' is no list of names")


def unknown_records(site: Site, wanted: list[str]) -> list[str]:
    """Say of each record that is asked for and has no probe what is wrong with it."""
    known = {record.key: record for record in probed_records(site)}
    said = []
    for key in wanted:
        if key not in known:
            said.append(f"there is no record '{key}'{nearest(key, known)}")
        elif not known[key].probes:
            reason = site.probing.value.without.get(key) if site.probing else None
            said.append(f"'{key}' has no probe" + (f": {reason}" if reason else f" ({PROBES})"))
    return said
