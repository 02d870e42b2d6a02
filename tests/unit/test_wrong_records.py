"""Whatever is wrong in a record, somebody is told where, and no table is made of it."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

import cli
from annotated.project import open_project
from annotated.publish.downloads import comparison_files
from annotated.records.located import read_yaml
from annotated.records.problems import Problem
from annotated.render.directives import render_directive
from annotated.render.edition import Edition
from tests.conftest import lay_records

FILE = "data/comparisons/tea-kinds.yml"
#: So many wrong records are made each time.
EXAMPLES = 100

#: What no field of a comparison takes, whichever it is.
NEVER = st.one_of(
    st.none(),
    st.just([]),
    st.just({}),
    st.just("=1+1 | 2"),
    st.floats(allow_nan=False, allow_infinity=False).filter(lambda n: not n.is_integer()),
    st.text(alphabet="<b>&|\n ", min_size=1, max_size=6),
    st.dictionaries(st.sampled_from(["en", "xx", "value"]), st.just(7), min_size=1),
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every key and item of a record, by its path."""
    found = []
    entries = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in entries:
        found.append((*path, key))
        if isinstance(item, (dict, list)):
            found += places(item, (*path, key))
    return found


def holder(record: Any, path: tuple[Any, ...]) -> Any:
    for step in path[:-1]:
        record = record[step]
    return record


def without(record: Any, path: tuple[Any, ...]) -> None:
    del holder(record, path)[path[-1]]


def broken(data: DataObject, record: dict[str, Any]) -> dict[str, Any]:
    """A record in which one thing is wrong: missing, of another kind, unknown, or twice."""
    made = deepcopy(record)
    how = data.draw(st.sampled_from(["missing", "other", "unknown", "source", "twice", "cell"]))
    if how == "missing":
        # A note may be left out, and of two sources either; all else is needed.
        needed = [p for p in places(record) if p[-1] != "note" and "sources" not in p[:-1]
                  and p[-1] not in {"exact", "ko"} and p != ("rows", 0) and len(p) != 2]  # fmt: skip
        without(made, data.draw(st.sampled_from(needed)))
    elif how == "other":
        path = data.draw(st.sampled_from([p for p in places(record) if p[-1] != "value"]))
        value = data.draw(NEVER)
        holder(made, path)[path[-1]] = value
    elif how == "unknown":
        path = data.draw(st.sampled_from([p for p in places(record) if isinstance(p[-1], str)]))
        key = data.draw(st.from_regex(r"[a-z]{3,9}_[a-z]{2,5}", fullmatch=True))
        holder(made, path)[key] = "x"
    elif how == "source":
        path = data.draw(st.sampled_from([p for p in places(record) if p[-2:-1] == ("sources",)]))
        holder(made, path)[path[-1]] = data.draw(
            st.from_regex(r"[a-z]{4,8}-[a-z]{9}", fullmatch=True)
        )
    elif how == "twice":
        rows = made[data.draw(st.sampled_from(["rows", "subjects"]))]
        rows.append(deepcopy(data.draw(st.sampled_from(rows))))
    else:
        row = data.draw(st.sampled_from(made["rows"]))
        row["cells"][data.draw(st.sampled_from(["white", "green "]))] = deepcopy(
            row["cells"]["green"]
        )
    return made


def told_of(root: Path, record: dict[str, Any]) -> tuple[str, list[Problem]]:
    """Write a record; return its text and what is said of it."""
    text = yaml.safe_dump(record, allow_unicode=True, sort_keys=False)
    (root / FILE).write_text(text, encoding="utf-8")
    _, problems = open_project(root, root / "docs" / "en", "en", date(2026, 11, 24))
    return text, [problem for problem in problems if problem.place.file == FILE]


def test_a_hundred_wrong_tables_are_told_with_their_place_and_never_shown(tmp_path: Path) -> None:
    root = lay_records(tmp_path / "records")
    document, _ = read_yaml(FILE, (root / FILE).read_text(encoding="utf-8"))
    assert document is not None
    record = document.value
    assert told_of(root, record)[1] == [], "written anew, the good one is good"
    seen: list[str] = []

    @settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(st.data())
    def wrong(data: DataObject) -> None:
        text, told = told_of(root, broken(data, record))
        assert told, f"nobody says what is wrong in\n{text}"
        lines = text.count("\n") + 1
        for problem in told:
            assert 1 <= problem.place.line <= lines
            assert problem.place.column >= 1
            assert problem.rule
            assert "\n" not in str(problem)
        seen.append(told[0].rule)

    wrong()
    assert len(seen) >= EXAMPLES
    assert len(set(seen)) >= 5, f"all alike: {set(seen)}"


def test_a_wrong_record_ends_a_check_and_makes_no_file(tmp_path: Path, capsys: Any) -> None:
    root = lay_records(tmp_path / "records")
    file = root / FILE
    file.write_text(file.read_text(encoding="utf-8").replace("value: yes", "value: yess"))
    assert cli.main(["--root", str(root), "check"]) == 1
    assert f"{FILE}:" in capsys.readouterr().err
    assert cli.main(["--root", str(root), "render", str(tmp_path / "out")]) == 1
    assert not (tmp_path / "out").exists()


def test_a_source_of_one_cell_moves_every_form_of_it(tmp_path: Path) -> None:
    """Popover, list of sources, CSV and JSON are made of the same line of YAML."""
    root = lay_records(tmp_path / "records")

    def forms() -> dict[str, str]:
        site, problems = open_project(root, root / "docs" / "en", "en", date(2026, 11, 24))
        assert problems == []
        edition = Edition.of(site, "en")
        files = dict(comparison_files(edition))
        return {**files, "html": table(edition)}

    def cell(html: str) -> list[str]:
        """What the list says of the numbers at the cell: its popover is filled from there."""
        at = html.index('id="tea-kinds-oxidised.green"')
        numbers = (
            html[html.index("&#8288;", at) :]
            .split("<", maxsplit=1)[0]
            .removeprefix("&#8288;")
            .split(",")
        )
        return [
            html.split(f'id="src-tea-kinds-{n}"')[1].split("</li>", maxsplit=1)[0] for n in numbers
        ]

    before = forms()
    text = (root / FILE).read_text(encoding="utf-8")
    old, new = "{value: no, sources: [tea-encyclopedia]}", "{value: no, sources: [iso-3103]}"
    assert old in text
    (root / FILE).write_text(text.replace(old, new, 1), encoding="utf-8")
    after = forms()
    sources = {name: open_source(root, name) for name in ("tea-encyclopedia", "iso-3103")}
    for made, name in ((before, "tea-encyclopedia"), (after, "iso-3103")):
        title, url = sources[name]
        assert len(cell(made["html"])) == 1
        assert title in cell(made["html"])[0]
        row = next(
            line for line in made["compare/tea-kinds.csv"].splitlines() if "Oxidised,Green" in line
        )
        assert url in row
        value = json.loads(made["compare/tea-kinds.json"])
        green = next(r for r in value["rows"] if r["id"] == "oxidised")["cells"]["green"]
        assert green["sources"] == [name]
        assert value["sources"][name]["url"] == url


def table(edition: Edition) -> str:
    return render_directive("comparison", "tea-kinds", "compare/tea-kinds.md", edition)


def open_source(root: Path, name: str) -> tuple[str, str]:
    found = yaml.safe_load((root / "data/sources.yml").read_text(encoding="utf-8"))["sources"]
    one = next(each for each in found if each["id"] == name)
    return one["title"], one["url"]
