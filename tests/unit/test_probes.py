"""Probes: where they look, what they answer, what is wrong with them, what readers see."""

from __future__ import annotations

import copy
import gzip
import hashlib
import io
import json
import os
import re
import tarfile
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import cli
from annotated.probing.answers import judged
from annotated.probing.packages import Archive, PackageError, Request, hash_of, opened, released
from annotated.probing.values import GoneError, PathError, found_at, value_at
from annotated.project import check_files, open_project
from annotated.publish.downloads import comparison_files
from annotated.records import patterns
from annotated.records.models import Location, Probe
from annotated.records.results import FILE
from annotated.render.claims import claims_markdown
from annotated.render.directives import directive_markdown, render_directive
from annotated.render.edition import Edition
from annotated.render.marks import mark
from tests.conftest import edit

#: A model of an API, as packages ship them.
MODEL: dict[str, Any] = {
    "operations": {
        "BrewTea": {"documentation": "<p>Pours water over leaves.</p>"},
        "ListTeas": {"deprecated": False},
    },
    "shapes": {
        "Kind": {"type": "string", "enum": ["BLACK", "GREEN", "WHITE"]},
        "Minutes": {"type": "integer", "min": 1, "max": 10},
        "BrewTeaRequest": {
            "required": ["kind"],
            "members": {
                "kind": {"shape": "Kind"},
                "minutes": {
                    "shape": "Minutes",
                    "documentation": "<p>How long. The default\n is <code>3</code> minutes. At most"
                    " 10 cups &amp; pots.</p>",
                },
                "milk": {"shape": "Boolean"},
            },
        },
    },
    "waiters": [{"name": "Brewed", "delay": 15}],
}


def probe(**said: Any) -> Probe:
    return Probe.model_validate({"where": "api", **said})


def at(path: str, **expected: Any) -> Probe:
    return probe(path=path, **expected)


KIND, MINUTES = "shapes.Kind.enum", "shapes.BrewTeaRequest.members.minutes"


def _set(*steps: str | int) -> Callable[[Any], Callable[[Any], None]]:
    def to(value: Any) -> Callable[[Any], None]:
        def change(model: Any) -> None:
            for step in steps[:-1]:
                model = model[step]
            model[steps[-1]] = value

        return change

    return to


def _drop(*steps: str) -> Callable[[Any], None]:
    def change(model: Any) -> None:
        for step in steps[:-1]:
            model = model[step]
        del model[steps[-1]]

    return change


def _rename(old: str, new: str, *steps: str) -> Callable[[Any], None]:
    def change(model: Any) -> None:
        for step in steps:
            model = model[step]
        model[new] = model.pop(old)

    return change


MEMBERS = ("shapes", "BrewTeaRequest", "members")
TEXT = (*MEMBERS, "minutes", "documentation")
DEFAULT = at(f"{MINUTES}.documentation", contains="The default is 3 minutes")

#: What somebody changed in the model, a probe that held before, its answer now, what it says
SEEDED: list[tuple[str, Callable[[Any], None], Probe, str, str]] = [
    (
        "renamed member",
        _rename("milk", "cream", *MEMBERS),
        at("shapes.BrewTeaRequest.members", contains="milk"),
        "changed",
        'without "milk"',
    ),
    (
        "renamed member below a path",
        _rename("minutes", "minute", *MEMBERS),
        DEFAULT,
        "gone",
        "did you mean 'shapes.BrewTeaRequest.members.minute.documentation'?",
    ),
    (
        "renamed shape",
        _rename("Kind", "Kinds", "shapes"),
        at(KIND, contains="BLACK"),
        "gone",
        "'shapes' has no 'Kind'; did you mean 'shapes.Kinds.enum'?",
    ),
    (
        "renamed operation",
        _rename("BrewTea", "MakeTea", "operations"),
        at("operations", contains="BrewTea"),
        "changed",
        'without "BrewTea"',
    ),
    (
        "removed operation",
        _drop("operations", "ListTeas"),
        at("operations.ListTeas", exists=True),
        "gone",
        "it has BrewTea",
    ),
    (
        "new default",
        _set(*TEXT)("The default is <code>4</code> minutes."),
        DEFAULT,
        "changed",
        "The default is 4 minutes.",
    ),
    (
        "removed enumeration value",
        _set("shapes", "Kind", "enum")(["BLACK", "GREEN"]),
        at(KIND, contains=["BLACK", "WHITE"]),
        "changed",
        'without "WHITE"',
    ),
    (
        "new enumeration value",
        _set("shapes", "Kind", "enum")(["BLACK", "GREEN", "WHITE", "OOLONG"]),
        at(KIND, equals=["WHITE", "BLACK", "GREEN"]),
        "changed",
        'new: "OOLONG"',
    ),
    (
        "renamed enumeration value",
        _set("shapes", "Kind", "enum")(["BLACK", "GREEN", "WHITE_TEA"]),
        at(KIND, equals=["BLACK", "GREEN", "WHITE"]),
        "changed",
        'missing: "WHITE"',
    ),
    (
        "moved limit",
        _set("shapes", "Minutes", "max")(12),
        at("shapes.Minutes.max", equals=10),
        "changed",
        "12",
    ),
    (
        "limit above what is said",
        _set("shapes", "Minutes", "max")(12),
        at("shapes.Minutes.max", at_most=10),
        "changed",
        "12",
    ),
    (
        "limit below what is said",
        _set("shapes", "Minutes", "min")(0),
        at("shapes.Minutes.min", at_least=1),
        "changed",
        "0",
    ),
    (
        "removed limit",
        _drop("shapes", "Minutes", "max"),
        at("shapes.Minutes.max", equals=10),
        "gone",
        "'shapes.Minutes' has no 'max'",
    ),
    (
        "number became text",
        _set("shapes", "Minutes", "max")("ten"),
        at("shapes.Minutes.max", at_most=10),
        "changed",
        "is a text, expected a number",
    ),
    (
        "no longer required",
        _set("shapes", "BrewTeaRequest", "required")([]),
        at("shapes.BrewTeaRequest.required", contains="kind"),
        "changed",
        'without "kind"',
    ),
    (
        "now required",
        _set("shapes", "BrewTeaRequest", "required")(["kind", "milk"]),
        at("shapes.BrewTeaRequest.required", lacks="milk"),
        "changed",
        'it has "milk"',
    ),
    (
        "deprecated",
        _set("operations", "ListTeas", "deprecated")(True),
        at("operations.ListTeas.deprecated", equals=False),
        "changed",
        "true",
    ),
    (
        "came although absent",
        _set("shapes", "Sugar")({}),
        at("shapes.Sugar", absent=True),
        "changed",
        "{}",
    ),
    (
        "the holder of what is absent went",
        _drop("shapes", "BrewTeaRequest"),
        at("shapes.BrewTeaRequest.members.sugar", absent=True),
        "gone",
        "nothing at 'shapes.BrewTeaRequest'",
    ),
    (
        "other words",
        _set(*TEXT)("At most 12 cups."),
        at(f"{MINUTES}.documentation", matches=r"At most 10 cups"),
        "changed",
        "At most 12 cups.",
    ),
    (
        "a filter finds nothing",
        _set("waiters")([]),
        at("waiters[?name=='Brewed'].delay", lacks=[30]),
        "gone",
        "nothing at",
    ),
    (
        "a list became a number",
        _set("shapes", "Kind", "enum")(3),
        at(KIND, lacks="OOLONG"),
        "changed",
        "is a number, expected a text, a list or a mapping",
    ),
]


@pytest.mark.parametrize("seeded", SEEDED, ids=lambda seeded: str(seeded[0]))
def test_a_change_of_the_model_is_found_and_named(seeded: Any) -> None:
    _, change, one, answer, said = seeded
    assert judged(one, lambda: MODEL).answer == "holds"
    changed = copy.deepcopy(MODEL)
    change(changed)
    finding = judged(one, lambda: changed)
    assert finding.answer == answer
    assert said in finding.found


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("shapes[", "is not a path"),
        ("shapes.Kind == `1`", "says whether"),
        ("!shapes.Kind", "says whether"),
        ("shapes.Kind || shapes.Minutes", "says whether"),
        ("type(shapes.Gone)", "function 'type'"),
        ("lenght(shapes)", "did you mean 'length'"),
    ],
)
def test_a_path_says_only_where(path: str, said: str) -> None:
    with pytest.raises(PathError, match=r"^[^\n]*$") as error:
        found_at(path, MODEL)
    assert said in str(error.value)


@pytest.mark.parametrize(
    "path",
    [
        "shapes.Gone", "shapes.Gone.*", "shapes.Gone | keys(@)", "length(shapes.Gone)",
        "waiters[?name=='Gone'].delay", "waiters[?name=='Gone'] | length(@)",
        "[shapes.Gone, shapes.Kind]", "waiters[7]", "shapes.*.gone", "sort(shapes.Gone.enum)",
    ],
)  # fmt: skip
@pytest.mark.parametrize("expected", [{"lacks": "x"}, {"at_most": 5}, {"exists": True}])
def test_nothing_is_never_passed(path: str, expected: dict[str, Any]) -> None:
    assert judged(at(path, **expected), lambda: MODEL).answer == "gone"


@pytest.mark.parametrize(
    ("path", "right"),
    [
        ("shapes.BrewTeaReqest.members.milk", "did you mean 'shapes.BrewTeaRequest.members.milk'?"),
        ("shapes.BrewTeaReqest.membrs.milk", "did you mean 'shapes.BrewTeaRequest'?"),
        ("operations.BrewCoffee.documentation", "it has BrewTea, ListTeas"),
        ("shapes.Kind.enum.x", "the list has 3"),
        ("waiters[3].delay", "the list has 1"),
    ],
)
def test_a_miss_names_the_nearest_right_way(path: str, right: str) -> None:
    assert right in judged(at(path, exists=True), lambda: MODEL).found


def test_a_pattern_that_takes_for_ever_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "PATIENCE", 2.0)
    finding = judged(probe(matches="^(a|aa)+$"), lambda: "a" * 60 + "!")
    assert finding.answer == "changed"
    assert finding.found == "the pattern '^(a|aa)+$' takes longer than 2 seconds"
    with pytest.raises(ValueError, match="is no regular expression"):
        probe(matches="(a")


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({}, "expected one of equals"),
        ({"exists": True, "equals": 1}, "'exists' stands alone"),
        ({"absent": True}, "'path' is missing"),
        ({"contains": []}, "expected a value"),
        ({"contains": {"a": 1}}, "expected a value"),
        ({"at_most": "ten"}, "expected a number"),
    ],
)
def test_a_probe_that_expects_nothing_is_refused(said: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        probe(**said)


# Packages ---------------------------------------------------------------------------------------

YAML = "kinds:\n  - black\n---\nsecond: 2\n"


def wheel(folder: Path, version: str, model: Any = MODEL, day: int = 2) -> Path:
    """Write the package ``tea-api`` as a wheel, packed in May 2024."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"tea_api-{version}-py3-none-any.whl"
    contents = {
        "tea/data/api.json.gz": gzip.compress(json.dumps(model).encode(), mtime=0),
        "tea/data/kinds.yml": YAML.encode(),
        "tea/data/broken.json": b"{",
        "tea/README.txt": b"Tea is poured.",
        f"tea_api-{version}.dist-info/METADATA": f"Metadata-Version: 2.1\nName: tea-api\nVersion: {version}\n".encode(),
        f"tea_api-{version}.dist-info/WHEEL": b"Wheel-Version: 1.0\nTag: py3-none-any\n",
        f"tea_api-{version}.dist-info/RECORD": b"",
    }
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in contents.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 5, day, 10, 0, 0)), content)
    return file


def tarball(file: Path) -> Path:
    with tarfile.open(file, "w:gz") as archive:
        content = b'{"version": "1.2.3"}'
        info = tarfile.TarInfo("package/package.json")
        info.size, info.mtime = len(content), 499162500
        archive.addfile(info, io.BytesIO(content))
    return file


def test_files_of_a_package_are_read_by_their_kind(tmp_path: Path) -> None:
    archive = Archive(wheel(tmp_path, "1.0.0"))
    assert (archive.version, archive.packed) == ("1.0.0", date(2024, 5, 2))
    assert value_at(archive, Location(package="tea", file="tea/data/api.json.gz")) == MODEL
    kinds = value_at(archive, Location(package="tea", file="tea/data/kinds.yml"))
    assert kinds == [{"kinds": ["black"]}, {"second": 2}]
    readme = value_at(archive, Location(package="tea", file="tea/README.txt"))
    assert judged(probe(contains="is poured"), lambda: readme).answer == "holds"
    names = value_at(archive, Location(package="tea", folder="tea/data"))
    assert names == ["api.json.gz", "broken.json", "kinds.yml"]
    with pytest.raises(GoneError, match=r"did you mean 'api\.json\.gz'"):
        value_at(archive, Location(package="tea", file="tea/data/apis.json.gz"))
    with pytest.raises(GoneError, match="no folder 'tea/date'"):
        value_at(archive, Location(package="tea", folder="tea/date"))
    with pytest.raises(PackageError, match=r"broken\.json' cannot be read"):
        value_at(archive, Location(package="tea", file="tea/data/broken.json"))


@pytest.mark.parametrize(
    ("part", "text", "answer"),
    [
        ("The default is 3", "The default is 3.", "holds"),
        ("The default is 3", "The default is <code>3</code>, or 4.", "holds"),
        ("The default is 3", "The default is 30.", "changed"),
        ("The default is 3", "The default is 3.5.", "changed"),
        ("The default is 3", "The default is 3,000.", "changed"),
        ("0 to 60 minutes", "Valid: 0 to 60 minutes", "holds"),
        ("0 to 60 minutes", "Valid: 10 to 60 minutes", "changed"),
        ("5 minutes", "after 1.5 minutes", "changed"),
        ("5 minutes", "after 2, 5 minutes", "holds"),
    ],
)
def test_a_number_in_a_part_of_a_text_is_the_whole_number(
    part: str, text: str, answer: str
) -> None:
    assert judged(probe(contains=part), lambda: text).answer == answer


@pytest.mark.parametrize(
    ("value", "expected", "said"),
    [
        ([1, 2], {"equals": 2}, "a list of 2, expected a number"),
        (3, {"equals": "3"}, "is a number, expected a text"),
        ("3", {"equals": 3}, "is a text, expected a number"),
        (True, {"equals": 1}, "is true or false, expected a number"),
        ({"a": 1}, {"equals": 1}, "is a mapping, expected a number"),
        (3, {"matches": "3"}, "is a number, expected a text"),
        ("3", {"at_least": 3}, "is a text, expected a number"),
        ("3", {"at_most": 3}, "is a text, expected a number"),
        (True, {"at_least": 1}, "is true or false, expected a number"),
    ],
)
def test_what_is_of_another_kind_is_not_what_was_expected(
    value: Any, expected: dict[str, Any], said: str
) -> None:
    finding = judged(probe(**expected), lambda: value)
    assert finding.answer == "changed"
    assert said in finding.found


def test_a_broken_download_is_fetched_again_and_a_wrong_hash_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = tmp_path / "shop"
    good = wheel(shop, "1.0.0")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(shop))
    request = Request("pypi", "tea-api", "1.0.0", hash_of(good, "pypi"))
    cache = tmp_path / "cache"
    kept = opened(request, cache).file
    kept.write_bytes(kept.read_bytes()[:100])
    assert opened(request, cache).file.read_bytes() == good.read_bytes()
    other = Request("pypi", "tea-api", "1.0.0", "sha256:" + "0" * 64)
    with pytest.raises(PackageError, match=r"^'tea-api 1\.0\.0' cannot be fetched: [^\n]*$"):
        opened(other, cache)
    with pytest.raises(PackageError, match="'tea-api 3' cannot be fetched"):
        opened(Request("pypi", "tea-api", "3"), cache)


def test_packages_of_npm_are_packed_by_npm_and_their_integrity_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tarball(tmp_path / "made.tgz")
    program = tmp_path / "bin" / "npm"
    program.parent.mkdir()
    program.write_text(
        "#!/bin/sh\n"
        'if [ "$1" = view ]; then echo \'{"1.2.3": "2024-05-06T07:08:09.000Z"}\'; exit; fi\n'
        'for each; do case "$each" in --pack-destination=*) to="${each#*=}";; esac; done\n'
        f'cp {made} "$to/tea-2-go-1.2.3.tgz"\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    good = Request("npm", "tea-2-go", "1.2.3", hash_of(made, "npm"))
    assert good.hash.startswith("sha512-")
    archive = opened(good, tmp_path / "cache")
    assert (archive.version, archive.names) == ("1.2.3", ["package.json"])
    assert released(archive, good) == date(2024, 5, 6)
    with pytest.raises(PackageError, match="expected 'sha512-AAAA'"):
        opened(Request("npm", "tea-2-go", "1.2.3", "sha512-AAAA"), tmp_path / "other")


# A site with probes -------------------------------------------------------------------------------

PROBING = """\
packages:
  tea:
    registry: pypi
    name: tea-api
    version: 1.0.0
    hash: {hash}
    released: 2024-05-02
places:
  api: {{package: tea, file: tea/data/api.json.gz}}
watch:
  - id: kinds
    name: {{en: "Kinds of tea"}}
    where: api
    path: shapes.Kind.enum
    pages: [brewing.md]
"""
CLAIMS = "data/claims/brewing.yml"


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that pip takes for the registry."""
    folder = tmp_path / "shop"
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


@pytest.fixture
def probed(golden: Path, shop: Path) -> Path:
    """The golden project; its first claim has a probe, and its package is there."""
    file = wheel(shop, "1.0.0")
    cached = golden / ".probes" / "pypi" / "tea-api" / "1.0.0" / file.name
    cached.parent.mkdir(parents=True)
    cached.write_bytes(file.read_bytes())
    (golden / "data/probes.yml").write_text(PROBING.format(hash=hash_of(file, "pypi")))
    put(golden, "{where: api, path: shapes.Kind.enum, contains: BLACK}")
    return golden


def put(root: Path, line: str) -> None:
    """Give the first claim this probe."""
    file = root / CLAIMS
    text = file.read_text(encoding="utf-8")
    if "    probes:\n" in text:
        before, _, rest = text.partition("    probes:\n")
        text = before + rest.partition("\n")[2]
    first, second = text.split("  - id: c-002", 1)
    file.write_text(f"{first}    probes:\n      - {line}\n  - id: c-002{second}", encoding="utf-8")


def run(root: Path, *arguments: str) -> int:
    return cli.main(["--root", str(root), "probe", *arguments])


def rules(root: Path) -> list[str]:
    site, problems = open_project(root, root / "docs/en", "en", date(2026, 11, 24))
    return [p.rule for p in [*problems, *check_files([site], root)] if p.rule != "diagram-missing"]


def test_results_are_written_once_and_belong_to_their_probe(
    probed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "probe-unknown" in rules(probed)
    assert run(probed) == 0
    assert "Probes that hold: 1 of 1, in tea-api 1.0.0" in capsys.readouterr().out
    assert "probe-unknown" not in rules(probed)
    before = (probed / FILE).stat().st_mtime_ns
    assert run(probed) == 0
    assert (probed / FILE).stat().st_mtime_ns == before
    put(probed, "{where: api, path: shapes.Kind.enum, contains: GREEN}")
    assert "probe-unknown" in rules(probed)


def test_an_answer_that_is_not_holds_fails_and_is_kept(
    probed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(probed, "{where: api, path: shapes.Minutes.max, equals: 12}")
    assert run(probed) == 1
    said = capsys.readouterr().err
    assert (
        f"{CLAIMS}:12:9: error[probe-changed] c-001: found 10; expected equals 12; said on " in said
    )
    assert "probe-changed" in rules(probed)
    put(probed, "{where: api, path: shapes.Minuts.max, equals: 10}")
    assert run(probed) == 1
    assert "did you mean 'shapes.Minutes.max'?" in capsys.readouterr().err
    assert "probe-gone" in rules(probed)


def test_without_a_network_the_last_results_stay(
    probed: Path, shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(probed) == 0
    text = (probed / FILE).read_text()
    for file in [*shop.iterdir(), *(probed / ".probes").rglob("*.whl")]:
        file.unlink()
    capsys.readouterr()
    assert run(probed) == 1
    said = capsys.readouterr()
    assert "data/probes.yml:2:3: error[no-package] 'tea-api 1.0.0' cannot be fetched" in said.err
    assert len(said.err.splitlines()) == 2
    assert (probed / FILE).read_text() == text


@pytest.mark.parametrize(
    ("old", "new", "rule", "said"),
    [
        ("api: {package", "apis: {package", "unknown-place", "did you mean 'apis'"),
        ("package: tea,", "package: tee,", "unknown-package", "did you mean 'tea'"),
        ("pages: [brewing.md]", "pages: [brewin.md]", "broken-link", "did you mean 'brewing.md'"),
        ("registry: pypi", "registry: gems", "unknown-value", "expected 'pypi' or 'npm'"),
        ("file: tea/data/api.json.gz", "files: x", "unknown-key", "did you mean 'file'"),
        ("watch:", "without: {c-009: why}\nwatch:", "unknown-record", "no record 'c-009'"),
        ("watch:", "without: {c-001: why}\nwatch:", "not-needed", "has a probe"),
        ("watch:", "without: {c-002: why}\nwatch:", "not-needed", "cites no API model"),
    ],
)
def test_what_is_wrong_with_the_places_is_told(
    probed: Path, old: str, new: str, rule: str, said: str
) -> None:
    edit(probed, "data/probes.yml", old, new)
    _, problems = open_project(probed, probed / "docs/en", "en", date(2026, 11, 24))
    assert any(p.rule == rule and said in p.message for p in problems), problems


def test_broken_results_are_one_line(probed: Path) -> None:
    (probed / FILE).parent.mkdir(parents=True)
    for broken in ("{", "[]", '{"versions": {}, "answers": {"c-001": [["a", "perhaps"]]}}',
                   "9" * 5_000, "[" * 100_000, '"\\ud800"', '{"versions": {"a": "\\u202e"}, "answers": {}}'):  # fmt: skip
        (probed / FILE).write_text(broken)
        assert "bad-results" in rules(probed)


def test_one_record_shows_what_it_finds(probed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(probed, "c-001") == 0
    said = capsys.readouterr().out
    assert 'holds: found ["BLACK", "GREEN", "WHITE"]' in said
    assert 'expected: contains "BLACK"' in said
    assert not (probed / FILE).exists()
    assert run(probed, "c-01") == 1
    assert "did you mean 'c-001'" in capsys.readouterr().err
    assert run(probed, "c-002") == 1
    assert "'c-002' has no probe" in capsys.readouterr().err


def newer(shop: Path) -> None:
    model = copy.deepcopy(MODEL)
    model["shapes"]["Kind"]["enum"] = ["GREEN", "WHITE", "OOLONG"]
    wheel(shop, "1.1.0", model, day=9)


def test_the_newest_version_is_compared_and_reported(
    probed: Path, shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(probed) == 0
    text = (probed / FILE).read_text()
    newer(shop)
    report = probed / "probes.md"
    assert run(probed, "--latest", "--report", str(report)) == 0
    said = capsys.readouterr()
    assert "kinds: new OOLONG" in said.out
    assert "kinds: gone BLACK" in said.out
    assert 'without "BLACK"' in said.err
    assert (probed / FILE).read_text() == text, "only pinned versions give results"
    told = report.read_text()
    for part in (
        "Probes that hold: 0 of 1, in tea-api 1.1.0 (pinned: 1.0.0)",
        f"**c-001** changed, `{CLAIMS}:12`. Said on `brewing.md`",
        "- {where: api, path: shapes.Kind.enum, contains: BLACK}",
        "**Kinds of tea**: new `OOLONG` (`brewing.md`)",
    ):
        assert part in told
    assert run(probed, "--in", "tea=1.1.0", "c-001") == 1
    assert run(probed, "--in", "tee=1.1.0") == 1
    assert "did you mean 'tea'" in capsys.readouterr().err


def test_raising_the_pin_writes_version_hash_and_day(probed: Path, shop: Path) -> None:
    newer(shop)
    assert run(probed, "--raise") == 1
    said = (probed / "data/probes.yml").read_text()
    digest = hashlib.sha256((shop / "tea_api-1.1.0-py3-none-any.whl").read_bytes()).hexdigest()
    assert f"version: 1.1.0\n    hash: sha256:{digest}\n    released: 2024-05-09\n" in said
    put(probed, "{where: api, path: shapes.Kind.enum, contains: OOLONG}")
    assert run(probed) == 0
    assert '"tea": "1.1.0"' in (probed / FILE).read_text()


def test_a_new_package_is_pinned_whatever_hash_was_written_for_it(
    probed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(probed, "data/probes.yml", "version: 1.0.0", "version: 0.0.1")
    text = (probed / "data/probes.yml").read_text()
    (probed / "data/probes.yml").write_text(
        re.sub("sha256:[0-9a-f]{64}", f"sha256:{'0' * 64}", text)
    )
    assert run(probed, "--raise") == 0
    said = capsys.readouterr()
    assert "tea: 0.0.1 -> 1.0.0" in said.out
    assert said.err == ""
    assert run(probed) == 0


def test_a_report_of_nothing_is_empty(probed: Path) -> None:
    report = probed / "probes.md"
    assert run(probed, "--latest", "--report", str(report)) == 0
    assert report.read_text() == ""


TABLE = "data/comparisons/tea-kinds.yml"
CELL = "{where: api, path: shapes.Kind.enum, contains: GREEN}"


def edition_of(root: Path) -> Edition:
    site, problems = open_project(root, root / "docs/en", "en", date(2026, 11, 24))
    assert not problems
    return Edition.of(site, "en")


def test_readers_see_where_a_record_holds(probed: Path) -> None:
    file = probed / TABLE
    text = file.read_text(encoding="utf-8")
    cell = "{value: no, sources: [tea-encyclopedia]}"
    assert cell in text
    file.write_text(text.replace(cell, f"{cell[:-1]}, probes: [{CELL}]}}", 1), encoding="utf-8")
    assert run(probed) == 0
    holds = "Holds in tea-api 1.0.0 (2 May 2024)"
    edition = edition_of(probed)
    assert f"{holds}</note-row>" in mark(("c-001",), "plant", "brewing.md", edition)
    assert f"{holds}." in claims_markdown("notes.md", edition)
    html = render_directive("comparison", "tea-kinds", "compare/tea-kinds.md", edition)
    assert f'data-holds="{holds}"' in html
    assert f"Marked ✓, 1 of 6: {holds}" in html
    twin = directive_markdown("comparison", "tea-kinds", "compare/tea-kinds.md", edition)
    assert twin.count(" ✓ |") == 1
    files = dict(comparison_files(edition))
    assert files["compare/tea-kinds.csv"].count(holds) == 1
    cells = [
        c for r in json.loads(files["compare/tea-kinds.json"])["rows"] for c in r["cells"].values()
    ]
    held = {"package": "tea-api", "version": "1.0.0", "released": "2024-05-02"}
    assert [c["holds"] for c in cells if "holds" in c] == [[held]]


def test_what_held_in_another_version_is_not_said_to_hold_in_this(probed: Path) -> None:
    assert run(probed) == 0
    edit(probed, "data/probes.yml", "version: 1.0.0", "version: 1.0.1")
    html = mark(("c-001",), "plant", "brewing.md", edition_of(probed))
    assert "<mark>Not looked up as it stands" in html
    assert "Holds in" not in html
    assert "probe-unknown" in rules(probed)


def test_an_edited_probe_is_labelled_and_not_said_to_hold(probed: Path) -> None:
    assert run(probed) == 0
    put(probed, "{where: api, path: shapes.Kind.enum, contains: WHITE}")
    html = mark(("c-001",), "plant", "brewing.md", edition_of(probed))
    assert "<mark>Not looked up as it stands" in html
    assert "Holds in" not in html
    assert "Not looked up" in claims_markdown("notes.md", edition_of(probed))


def test_a_site_without_probes_has_nothing_to_run(
    golden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(golden) == 0
    assert "there is no data/probes.yml" in capsys.readouterr().out
    report = golden / "probes.md"
    assert run(golden, "--latest", "--report", str(report)) == 0
    assert report.read_text() == "", "the weekly run of such a site has nothing to tell"
