"""What editors read: each data file names its schema, and fits it as it fits the models."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from annotated.records.located import read_yaml
from tests.conftest import ROOT

MODELINE = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")
FILES = sorted([*(ROOT / "data").rglob("*.yml"), *(ROOT / "starter" / "data").rglob("*.yml")])
#: The schema of the files of a folder, or of a single file.
SCHEMAS = {
    "site": "site", "sources": "sources", "changes": "changes", "notes": "notes", "claims": "claims",
    "glossary": "glossary", "comparisons": "comparison", "decisions": "decision", "words": "words",
    "failures": "failures", "practice": "practice", "combined": "combined",
    "prices": "prices", "estimates": "estimate", "probes": "probes",
    "corrections": "corrections", "labs": "labs",
}  # fmt: skip


def validator(name: str) -> Any:
    schema = json.loads((ROOT / "data" / "schemas" / name).read_text(encoding="utf-8"))
    kind = jsonschema.Draft202012Validator
    kind.check_schema(schema)
    return kind(schema)


VALIDATORS = {kind: validator(f"{name}.schema.json") for kind, name in SCHEMAS.items()}


def kind_of(file: Path) -> str:
    data = next(parent for parent in file.parents if parent.name == "data")
    return file.relative_to(data).parts[0].removesuffix(".yml")


def value_of(text: str) -> Any:
    document, problems = read_yaml("f.yml", text)
    assert document is not None, problems
    return document.value


def named(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def test_all_data_is_found() -> None:
    assert len(FILES) > 50
    assert {kind_of(file) for file in FILES} >= SCHEMAS.keys() - {"decisions"}


@pytest.mark.parametrize("file", FILES, ids=named)
def test_each_data_file_names_its_schema_and_fits_it(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    match = MODELINE.match(text)
    assert match, f"begin {named(file)} with '# yaml-language-server: $schema=...'"
    data = next(parent for parent in file.parents if parent.name == "data")
    schema = (file.parent / match[1]).resolve()
    assert schema == (data / "schemas" / f"{SCHEMAS[kind_of(file)]}.schema.json").resolve()
    errors = [e.message[:200] for e in VALIDATORS[kind_of(file)].iter_errors(value_of(text))]
    assert errors == []


def test_editors_can_read_the_schemas() -> None:
    """Their regular expressions are those of JavaScript, which Python does not check."""
    files = sorted((ROOT / "data" / "schemas").glob("*.json"))
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--check-metaschema", *map(str, files)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


#: kind, what is replaced in the starter's file, by what: the schema sees these mistakes, too
BAD = [
    ("claims", "id: c-001", "id: c-01"),
    ("claims", "verdict: wrong", "verdict: wrnog"),
    ("claims", "lines: 3-4", "lines: 3 to 4"),
    ("claims", "lines: [5]", "lines: []"),
    ("claims", "{en: Brewing, ko: 우리기}", "Brewing"),
    ("claims", "{en: Brewing, ko: 우리기}", "{}"),
    ("claims", "{en: Brewing,", "{English: Brewing,"),
    ("claims", "since: 2019-12", "since: December"),
    ("sources", "read: 2024-03-01", "read: 2024-03"),
    ("sources", "https://www.iso", "http://www.iso"),
    ("comparisons", "exact: 6", "exact: six"),
    ("comparisons", "id: green", "id: Green Tea"),
    ("glossary", "{en: [oxydation],", "{English: [oxydation],"),
    ("notes", "lines: 6", "lines: 0"),
    ("failures", 'messages: ["pot', "messages: [] #"),
    ("failures", "    sources: [iso-3103]\n", ""),
    ("failures", "id: wrong-pot", "id: Wrong pot"),
]


@pytest.mark.parametrize(("kind", "old", "new"), BAD)
def test_a_schema_sees_what_the_check_sees(kind: str, old: str, new: str) -> None:
    file = next(f for f in FILES if "starter" in f.parts and kind_of(f) == kind)
    text = file.read_text(encoding="utf-8")
    assert old in text
    assert VALIDATORS[kind].is_valid(value_of(text))
    assert not VALIDATORS[kind].is_valid(value_of(text.replace(old, new, 1)))
