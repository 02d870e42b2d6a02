"""Fixtures: a small project on another subject, complete, in a folder of its own."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from engine import Git, stage
from hypothesis import HealthCheck, settings

# A machine that is busy with other tests may take its time over an example.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

ROOT = Path(__file__).resolve().parent.parent


def lay_golden(target: Path, *, editions: bool = False) -> Path:
    """Lay out the golden project with this project's hooks and theme at `target`.

    In its first language alone, unless `editions` is said: most of what is tested is the same
    in each, and takes the time of one.
    """
    # With what Python has made of the modules: each copy would spend a fifth of its build on that.
    skip = shutil.ignore_patterns("drawings", "cards")
    for part in ("hooks", "overrides"):
        shutil.copytree(ROOT / part, target / part, ignore=skip)
    _lay_starter(target)
    settings = target / "tools" / "draw" / "settings.json"
    if (ROOT / "tools" / "draw" / "settings.json").exists():
        settings.parent.mkdir(parents=True)
        shutil.copy(ROOT / "tools" / "draw" / "settings.json", settings)
    return _lay_words(target if editions else in_one_language(target))


def staged(folder: Path, engine: Path) -> Git:
    """Make a repository of what a site is given of an engine, laid out and not committed."""
    folder.mkdir()
    git = Git(folder)
    git("init", "--quiet", "--initial-branch=main")
    stage(git, engine)
    git("checkout-index", "--all")
    return git


def edit(root: Path, file: str, old: str, new: str) -> None:
    """Replace `old`, which has to be there, by `new` where it stands first in a file."""
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def lay_records(target: Path, *, editions: bool = False) -> Path:
    """Lay out only records and pages of the golden project: quick, for what needs no theme."""
    _lay_starter(target)
    return _lay_words(target if editions else in_one_language(target))


#: What the starter shows besides, on pages of its own: a diagram, a decision, the rarer verdicts,
#: and questions, which rest on records that tests change. Tests make theirs where they need one.
MORE = ("choosing.*", "decisions", "drawings", "practice", "practice.md")


def _lay_starter(target: Path) -> None:
    skip = shutil.ignore_patterns(*MORE)
    shutil.copytree(ROOT / "starter", target, ignore=skip, dirs_exist_ok=True)
    settings = target / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    for entry in (
        "  - Choosing: choosing.md\n", "Choosing: 고르기, ",
        "  - Practice: practice.md\n", "Practice: 연습, ",
    ):  # fmt: skip
        assert entry in text
        text = text.replace(entry, "")
    settings.write_text(text, encoding="utf-8")
    known = target / "data" / "translated" / "ko.txt"
    lines = known.read_text(encoding="utf-8").splitlines(keepends=True)
    more = re.compile(
        r" (?:choosing\.md|practice\.md|practice/|decisions/|claims/(?:c-006|c-007|choosing)|topics/choosing)"
    )
    known.write_text("".join(line for line in lines if not more.search(line)), encoding="utf-8")


def in_one_language(root: Path) -> Path:
    """Take the other editions, and every word in them, out of the starter at `root`."""
    shutil.rmtree(root / "docs" / "ko")
    shutil.rmtree(root / "data" / "translated", ignore_errors=True)
    settings = root / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(re.sub(r"  # Beside the first edition.*\n  editions:\n( {4}.*\n)+", "", text),
                        encoding="utf-8")  # fmt: skip
    for file in (root / "data").rglob("*.yml"):
        _without_korean(file)
    return root


def _without_korean(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    one = re.sub(r', ko: ("[^"]*"|\[[^\]]*\]|[^"\[{}][^{}]*)(?=\})', "", text)
    file.write_text(one, encoding="utf-8")
    assert "ko" not in one


def with_questions(root: Path) -> Path:
    """Add the starter's questions and the page of them to the golden project at `root`."""
    shutil.copytree(ROOT / "starter/data/practice", root / "data/practice")
    for docs in (root / "docs").iterdir():
        shutil.copy(ROOT / "starter/docs" / docs.name / "practice.md", docs)
    if (root / "docs/ko").exists():
        edit(root, "mkdocs.yml", "Glossary: 용어집, ", "Glossary: 용어집, Practice: 연습, ")
    else:
        _without_korean(root / "data/practice/brewing.yml")
    edit(root, "mkdocs.yml", "  - Notes:\n", "  - Practice: practice.md\n  - Notes:\n")
    return root


#: Kinds of records that the starter has none of.
LACKING = {
    "corrections.yml": """\
corrections:
  - {id: pots, date: 2024-06-01, text: {en: A pot is larger.}, pages: [brewing.md]}
""",
    "combined/teas.yml": """\
id: teas
title: {en: Teas}
page: brewing.md
subjects:
  - {id: green, name: {en: Green}, columns: {tea-kinds: green}}
  - {id: black, name: {en: Black}, columns: {tea-kinds: black}}
rows:
  - {id: oxidised, name: {en: Oxidised}, rows: [tea-kinds/oxidised]}
""",
    "probes.yml": """\
packages:
  api: {registry: pypi, version: 1.0.0, hash: "sha256:0", released: 2024-01-01}
places:
  model: {package: api, file: model.json}
watch:
  - {id: kinds, name: {en: Kinds}, where: model, pages: [brewing.md]}
""",
}


def lay_whole(target: Path) -> Path:
    """Lay out the starter's records and pages whole, with a record of every kind."""
    shutil.copytree(ROOT / "starter", target)
    for name, text in LACKING.items():
        file = target / "data" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    page = target / "docs" / "en" / "brewing.md"
    page.write_text(f"{page.read_text('utf-8')}\n<!-- combined: teas -->\n", encoding="utf-8")
    return _lay_words(target)


def _lay_words(target: Path) -> Path:
    shutil.copytree(ROOT / "data" / "words", target / "data" / "words", dirs_exist_ok=True)
    return target


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """The records and pages of the golden project, free to be broken."""
    return lay_records(tmp_path / "records")


@pytest.fixture
def golden(tmp_path: Path) -> Path:
    """The golden project, good in every part, free to be broken."""
    return lay_golden(tmp_path / "golden")


@pytest.fixture
def both(tmp_path: Path) -> Path:
    """The golden project in both of its languages, free to be broken."""
    return lay_golden(tmp_path / "both", editions=True)


@pytest.fixture
def both_records(tmp_path: Path) -> Path:
    """Its records and pages alone, in both languages."""
    return lay_records(tmp_path / "both", editions=True)
