"""Good records broken at random: a problem at a place, or a site; never a trace, never slow."""

from __future__ import annotations

import copy
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotated.project import open_project
from annotated.records.load import Site
from annotated.records.located import read_yaml
from annotated.records.problems import UNSEEN, Problem
from annotated.render.directives import render_directive
from annotated.render.edition import Edition
from annotated.render.twin import page_markdown
from tests.conftest import lay_records

TODAY = date(2026, 11, 24)
#: Seconds of work that no small project takes, whatever stands in it.
SLOW = 5
RECORDS = [
    "data/notes.yml",
    "data/sources.yml",
    "data/changes.yml",
    "data/claims/brewing.yml",
    "data/glossary/tea.yml",
    "data/comparisons/tea-kinds.yml",
    "data/decisions/which-tea.yml",
    "data/site.yml",
    "data/words/en.yml",
]
FILES = [*RECORDS, "docs/en/brewing.md", "docs/en/index.md"]
JUNK = st.sampled_from(
    ["", ":", "- ", "{", "}", "[", "]", "'", '"', "|", "&x ", "*x", "!!python/name:os.system ",
     "\t", "null", "2026-13-45", "<!-- ", "-->", "[^", "`", "```\n", "---\n", "\u0000", "🍵", "<<: ",
     "9" * 400, "{#", "](", "# ", "<b>", "c-001", "\n\n", "? ", "%YAML 9\n", "\u202e", "!!int ''",
     "<<<<<<< HEAD\n", "{names!z}", "\x85", "\r", "\\x02"]
)  # fmt: skip
#: What an author could write by mistake where something else belongs.
VALUES: list[Any] = [
    None, True, False, 0, -1, 8, 10**6, 10**14, 0.5, "", " ", "no", "open", "x" * 5_000, "9" * 400,
    "1-99999", "99999-1", "2026-02-30", "2026-13", 2026, "c-1000", "c-001", "a/../brewing.md",
    "./brewing.md", "brewing.md#", "#kinds", "https://x", "\x02t\x03", "\u202eabc", "{0}", "{x!z}",
    "{names:d}", "a\nb", "<b>", "[x](y)", "`", "|", "ko", "차", [], [[]], [None], ["a", "a"], {}, {"en": None},
    {"en": "차", "ko": "tea"}, {"kr": "tea"}, {"en": {"en": "x"}}, [1, "2-3", {"x": 1}],
]  # fmt: skip


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = lay_records(tmp_path_factory.mktemp("broken") / "golden")
    (root / "data" / "decisions").mkdir()
    (root / "data" / "decisions" / "which-tea.yml").write_text(
        """id: which-tea
title: {en: Which tea}
page: brewing.md
candidates:
  - {id: black, name: {en: Black}, answer: {en: Browned.}, pages: [brewing.md], sources: [iso-3103]}
  - {id: green, name: {en: Green}, answer: {en: Not so.}, pages: [brewing.md#kinds], sources: [iso-3103]}
questions:
  - id: hot
    ask: {en: Is it hot?}
    answers:
      - {id: yes, text: {en: Yes}}
      - {id: no, text: {en: No}, rules_out: [{out: [black], cell: tea-kinds/oxidised/black, equals: yes}]}
  - id: strong
    ask: {en: Should it be strong?}
    help: {en: Some like it so.}
    when: [{hot: [yes]}]
    answers:
      - id: yes
        text: {en: Yes}
        rules_out:
          - {out: [green], cell: tea-kinds/steeped/green, at_most: 6}
      - id: no
        text: {en: No}
        rules_out: [{out: [black], cell: tea-kinds/oxidised/black, contains: [y, e], lacks: no}]
""",
        encoding="utf-8",
    )
    page = root / "docs/en/brewing.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n<!-- decision: which-tea -->\n", "utf-8")
    assert opened(root)[1] == []
    return root


def opened(root: Path) -> tuple[Site, list[Problem]]:
    return open_project(root, root / "docs" / "en", "en", TODAY)


def broken(root: Path, file: str, text: str) -> list[Problem]:
    """Open the project with `file` holding `text`; what is accepted is written out, too."""
    path = root / file
    good = path.read_bytes()
    started = time.process_time()
    try:
        path.write_text(text, encoding="utf-8")
        site, problems = opened(root)
        if not problems and file in RECORDS:
            edition = Edition.of(site, "en")
            for page in site.pages.values():
                page_markdown(page, edition)
                for one in page.directives:
                    render_directive(one.name, one.argument, page.path, edition)
    finally:
        path.write_bytes(good)
    assert time.process_time() - started < SLOW
    return problems


def placed(root: Path, file: str, text: str, problems: list[Problem]) -> None:
    """Each problem names a file of the project and a line that the file has."""
    for problem in problems:
        line = str(problem)
        assert "\n" not in line
        assert not UNSEEN.search(line), repr(line)
        assert len(line) < 1_000, line[:2_000]
        named = root / problem.place.file
        assert named.is_file(), line
        content = text if problem.place.file == file else named.read_text(encoding="utf-8")
        assert 1 <= problem.place.line <= content.count("\n") + content.count("\r") + 1, line
        assert problem.place.column >= 1


quickly = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@quickly
@given(
    file=st.sampled_from(FILES),
    where=st.floats(0, 1, exclude_max=True),
    length=st.integers(0, 40),
    junk=JUNK,
)
def test_broken_files_never_raise(
    project: Path, file: str, where: float, length: int, junk: str
) -> None:
    text = (project / file).read_text(encoding="utf-8")
    at = int(where * len(text))
    text = text[:at] + junk + text[at + length :]
    placed(project, file, text, broken(project, file, text))


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    items = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, inner in items:
        yield from paths(inner, (*path, key))


def mutated(value: Any, path: tuple[Any, ...], how: str, new: Any) -> Any:
    value = copy.deepcopy(value)
    parent = value
    for step in path[:-1]:
        parent = parent[step]
    key = path[-1]
    if how == "replace":
        parent[key] = new
    elif how == "remove":
        del parent[key]
    elif how == "repeat" and isinstance(parent, list):
        parent.append(copy.deepcopy(parent[key]))
    elif isinstance(parent, dict):
        parent[str(new)] = parent.pop(key)
    else:
        parent.insert(0, new)
    return value


@quickly
@given(data=st.data())
def test_wrong_values_are_placed_or_accepted(project: Path, data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(RECORDS))
    document, _ = read_yaml(file, (project / file).read_text(encoding="utf-8"))
    assert document is not None
    value = document.value
    for _ in range(data.draw(st.integers(1, 2))):
        path = data.draw(st.sampled_from(list(paths(value))))
        how = data.draw(st.sampled_from(["replace", "replace", "remove", "repeat", "rename"]))
        value = mutated(value, path, how, data.draw(st.sampled_from(VALUES)))
        if not list(paths(value)):
            break
    text = yaml.safe_dump(value, allow_unicode=True, sort_keys=False)
    placed(project, file, text, broken(project, file, text))


@pytest.mark.parametrize("folder", ["claims", "comparisons", "glossary", "words"])
def test_a_missing_folder_is_no_accident(records: Path, folder: str) -> None:
    shutil.rmtree(records / "data" / folder)
    assert opened(records)[1]


def claims(n: int, lines: Callable[[int], str] = str, source: str = "iso-3103") -> str:
    return "topic: {en: Brewing}\nclaims:\n" + "".join(
        f"  - {{id: c-{i:03}, origin: notes, lines: {lines(i)}, verdict: correct, "
        f"said: {{en: Tea.}}, home: open, sources: [{source}]}}\n"
        for i in range(1, n + 1)
    )


def terms(n: int, alias: Callable[[int], str]) -> str:
    return "terms:\n" + "".join(
        f"  - {{id: t-{i}, term: {{en: term {i}}}, aliases: {{en: [{alias(i)}]}}, "
        "definition: {en: A term.}, page: open, sources: [iso-3103]}\n"
        for i in range(n)
    )


def decision(n: int) -> str:
    head = "id: which-tea\ntitle: {en: T}\npage: brewing.md\ncandidates:\n"
    for name in ("black", "green"):
        head += (
            f"  - {{id: {name}, name: {{en: T}}, answer: {{en: A}}, pages: [brewing.md], "
            "sources: [iso-3103]}\n"
        )
    reason = "{out: [green], cell: tea-kinds/oxidised/green, equals: no}"
    return head + "questions:\n" + "".join(
        f"  - {{id: q-{i}, ask: {{en: Is it?}}, when: [{{q-{max(0, i - 1)}: [no]}}], answers: ["
        f"{{id: yes, text: {{en: Y}}, rules_out: [{reason}]}}, {{id: no, text: {{en: N}}}}]}}\n"
        for i in range(n)
    )  # fmt: skip


GROWING: dict[str, tuple[str, Callable[[int], str]]] = {
    "claims": ("data/claims/brewing.yml", claims),
    "claims on the same line": ("data/claims/brewing.yml", lambda n: claims(n, lambda i: "2")),
    "claims without their source": (
        "data/claims/brewing.yml", lambda n: claims(n, source="iso-3104")),
    "claims of many lines": ("data/claims/brewing.yml", lambda n: claims(n, lambda i: "1-300")),
    "claims with one id": (
        "data/claims/brewing.yml", lambda n: claims(n).replace("id: c-", "id: c-1#")),
    "lists of ranges": (
        "data/claims/brewing.yml", lambda n: claims(1, lambda i: str(["1-9000"] * n))),
    "terms": ("data/glossary/tea.yml", lambda n: terms(n, lambda i: f"alias {i}")),
    "terms with one alias": ("data/glossary/tea.yml", lambda n: terms(n, lambda i: "alias")),
    "open lines": ("data/notes.yml", lambda n: (
        "title: {en: N}\nauthor: a\nwritten: 2024-02-10\nlanguage: en\n"
        f"lines: {n * 40}\nopen: {list(range(1, n * 40, 2))}\n")),
    "decisions": ("data/decisions/which-tea.yml", decision),
    "words that nobody shows": ("data/words/en.yml", lambda n: (
        "words:\n" + "".join(f"  vrdict-{i}: x\n" for i in range(n)))),
    "a long word": ("data/words/en.yml", lambda n: "words:\n  also: '" + "{" * n * 50 + "'\n"),
    "a long text": ("data/changes.yml", lambda n: (
        "changes:\n  - id: a\n    text: {en: \"" + "[x" * n * 50 + "\"}\n")),
    "a long id": ("data/changes.yml", lambda n: "changes:\n  - id: " + "a-" * n * 50 + "\n"),
    "an address": ("data/sources.yml", lambda n: (
        "sources:\n  - {id: a, url: 'https://" + "a." * n * 50 + " x'}\n")),
}  # fmt: skip


@pytest.mark.parametrize("kind", GROWING)
def test_twice_as_much_takes_about_twice_as_long(project: Path, kind: str) -> None:
    file, text = GROWING[kind]

    def took(size: int) -> float:
        started = time.process_time()
        broken(project, file, text(size))
        return time.process_time() - started

    tries = []
    for _ in range(3):  # a busy machine may spoil one measurement, and hardly three
        empty = min(took(1) for _ in range(2))
        small = min(took(200) for _ in range(2)) - empty
        large = took(800) - empty
        # Four times as much: twice what is fair, and what a busy machine adds.
        if large < 8 * max(small, 0.01) + 0.2:
            return
        tries.append((empty, small, large))
    pytest.fail(f"seconds for nothing, 200 and 800: {tries}")
