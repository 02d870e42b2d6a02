"""Every text of every record, attacked: what is published shows it as text, and nothing else."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import markdown
import pytest
import yaml

from tests.conftest import lay_golden
from tests.site.test_injection import acting
from tests.site_tools import Document, documents, mkdocs

#: Fields whose form is checked: an id, a day, an address, a word of a list. They hold no text.
FORMED = {
    "id", "origin", "verdict", "via", "url", "page", "pages", "sources", "claims", "date", "since",
    "read", "as_of", "written", "language", "unit", "value", "out", "cell", "at_most", "lines", "exact",
    "shape", "number", "warn_after", "currency", "price", "per", "group", "terms",
}  # fmt: skip
#: Names that people give; they may look like HTML. All else is prose, where that is refused.
NAMES = {
    "publisher",
    "author",
    "abbreviation",
    "also",
    "aliases",
    "misspellings",
    "questions",
    "code",
}
NAME = """</title></script><script>alert(1)</script><img src=x onerror=alert(1)>"'](x) &amp; #"""
PROSE = (
    """"a' <3 & [b] (javascript:alert(1)) *c* __d__ ! [e] { onclick=f } ~~g~~ `h{=i` """
    f"""`{NAME}</code></td>&lt;&#60;<!-- claims -->--> ]]>` | #"""
)
#: Fields that no reader sees: they feed the search, or say to authors why.
UNSEEN = (
    "aliases", "misspellings", "questions", "publisher", "reason", "author", "notes.yml",
    "site.yml/roles", "site.yml/closed",  # the starter has no diagram
    "failures/tea.yml/title",  # names the download; its page has a title of its own
)  # fmt: skip


@dataclass(frozen=True)
class Attack:
    """A text put into a record, and what a reader has to see of it."""

    field: str
    text: str

    @property
    def shown(self) -> str:
        code = "/messages" in self.field or self.field.endswith("/command")
        return " ".join((self.text if code else self.text.replace("`", "")).split())


def attacked(value: Any, path: str, attacks: list[Attack]) -> Any:
    """`value` with an attack of its own in each text; `attacks` tells what was done."""
    if isinstance(value, dict):
        return {k: attacked(v, f"{path}/{k}", attacks) for k, v in value.items()}
    if isinstance(value, list):
        return [attacked(item, f"{path}.{i}", attacks) for i, item in enumerate(value)]
    names = re.findall(r"[a-z_]+", path.partition(".yml/")[2])
    if FORMED.intersection([names[-1]]) or not isinstance(value, str):
        return value
    free = bool(NAMES.intersection(names)) or path.startswith("sources.yml")
    free = free and not path.startswith("decisions/")
    attack = Attack(path, f"=m{len(attacks)}m {NAME if free else _prose(path)} z{len(attacks)}z")
    attacks.append(attack)
    return attack.text


def _prose(path: str) -> str:
    if "/messages" in path:  # what differs from case to case stands in them as <name>
        return re.sub("[<>]", "", PROSE)
    barred = ("comparisons", "estimates", "site.yml/units")  # there a bar parts something
    return PROSE.replace("|", "") if path.startswith(barred) else PROSE


#: What the starter has not: a decision, identifiers in a cell, texts in a second language.
DECISION = {
    "id": "which-tea",
    "title": {"en": "Which"},
    "page": "brewing.md",
    "candidates": [
        {
            "id": name,
            "name": {"en": name},
            "answer": {"en": name},
            "pages": ["brewing.md"],
            "sources": ["iso-3103"],
        }
        for name in ("black", "green")
    ],
    "questions": [
        {
            "id": "milk",
            "ask": {"en": "Milk?"},
            "help": {"en": "Some like it."},
            "answers": [
                {
                    "id": answer,
                    "text": {"en": answer},
                    "rules_out": [{"out": [out], "cell": f"tea-kinds/steeped/{out}", "at_most": 6}],
                }
                for answer, out in (("with", "green"), ("without", "black"))
            ],
        }
    ],
}


def lay_attacked(target: Path) -> tuple[Path, list[Attack]]:
    """Lay out the starter with every text of its records attacked."""
    root, attacks = lay_golden(target), list[Attack]()
    data = root / "data"
    (data / "decisions").mkdir()
    (data / "decisions" / "which-tea.yml").write_text(yaml.safe_dump(DECISION), encoding="utf-8")
    table = data / "comparisons" / "tea-kinds.yml"
    text = table.read_text(encoding="utf-8")
    text = text.replace("{value: no,", "{code: [a, b],").replace("{value: yes,", "{text: {en: x},")
    text = text.replace(
        "number: {exact: 6, unit: minutes}", "number: {exact: -6, unit: minutes}", 1
    )
    table.write_text(text, encoding="utf-8")
    brewing = root / "docs" / "en" / "brewing.md"
    brewing.write_text(
        brewing.read_text(encoding="utf-8") + "\n<!-- decision: which-tea -->\n", encoding="utf-8"
    )
    for file in sorted(data.rglob("*.yml")):
        name = file.relative_to(data).as_posix()
        if name.startswith("words/"):
            continue
        value = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506
        value = attacked(value, name, attacks)
        # As it was written, but for the texts: numbers and words of lists stay what they are.
        file.write_text(_flow(value), encoding="utf-8")
    return root, attacks


def _flow(value: Any) -> str:
    """YAML of `value` whose plain words are plain and whose texts are quoted."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    if re.fullmatch(r"[\w./:#-]+", value):
        return str(value)
    return json.dumps(value, ensure_ascii=False)


def every_field() -> list[str]:
    """The names of all texts, for one test each."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        return [attack.field for attack in lay_attacked(Path(folder) / "golden")[1]]


@dataclass
class Built:
    """The site of the attacked project, read back."""

    site: Path
    pages: dict[str, Document]
    attacks: dict[str, Attack]
    seen: str  # the text of all pages, and of the attributes that are read out


class _Text(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts += [f" {value} " for name, value in attrs if name == "aria-label"]
        if tag in ("script", "style", "title"):
            self.set_cdata_mode(tag)
        if tag in ("p", "li", "td", "th", "dd", "dt", "small", "div", "h2", "br"):
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def text_of(html: str) -> str:
    return " ".join("".join(_Text(html).parts).replace("\u2060", "").split())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root, attacks = lay_attacked(tmp_path_factory.mktemp("hostile") / "golden")
    done = mkdocs(root, "build", SITE_URL="https://someone.github.io/tea/")
    assert done.returncode == 0, done.stderr
    pages = documents(root / "site")
    seen = " ".join(text_of(page.text) for page in pages.values())
    return Built(root / "site", pages, {a.field: a for a in attacks}, seen)


@pytest.mark.parametrize("field", every_field())
def test_a_hostile_text_is_shown_as_it_is_written(built: Built, field: str) -> None:
    attack = built.attacks[field]
    if any(part in field for part in UNSEEN):
        return  # that it makes no markup is what the next test shows
    assert attack.shown in built.seen


def test_no_text_of_a_record_becomes_markup(built: Built) -> None:
    for name, page in built.pages.items():
        assert acting(page) == [], name
        for tag, given in page.tags:
            assert given.get("src") != "x", name
            assert tag not in ("em", "strong") or name == "404.html", f"{name}: {tag} {given}"
            assert given.get("alt") in (None, "logo"), name
    assert not re.search(r"z\d+z", " ".join(page.ids[0] for page in built.pages.values()))


def test_a_tooltip_says_what_its_record_says(built: Built) -> None:
    shown = {attack.shown for field, attack in built.attacks.items() if "/definition" in field}
    terms = [
        given
        for page in built.pages.values()
        for tag, given in page.tags
        if tag == "a" and given.get("class") == "term"
    ]
    assert terms
    assert {given.get("title") for given in terms} <= shown


def test_no_text_of_a_record_becomes_markup_of_a_twin(built: Built) -> None:
    for file in built.site.rglob("*.md"):
        html = markdown.markdown(
            file.read_text(encoding="utf-8"), extensions=["tables", "attr_list"]
        )
        page = Document(html)
        assert [item for item in acting(page) if "term:" not in item] == [], file.name
        assert not [tag for tag, _ in page.tags if tag in ("img", "script")], file.name


def test_no_cell_is_a_formula(built: Built) -> None:
    files = {file.stem: file for file in built.site.rglob("*.csv")}
    assert files.keys() == {"tea-kinds", "when-it-fails"}
    for name, file in files.items():
        rows = csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline=""))
        cells = [cell for row in rows for cell in row]
        assert any(cell.startswith("'=m") for cell in cells), name
        assert not [cell for cell in cells if re.match(r"[=+@\t\r-]", cell)], name
        if name == "tea-kinds":
            assert any(cell.startswith("'-6 =m") for cell in cells)  # a number's hostile unit


def test_a_feed_says_what_its_records_say(built: Built) -> None:
    (file,) = built.site.rglob("changes.xml")
    read = " ".join(" ".join(ElementTree.parse(file).getroot().itertext()).split())  # noqa: S314
    shown = [attack.shown for field, attack in built.attacks.items() if "changes.yml" in field]
    assert shown
    for text in shown:
        assert text in read


def test_what_machines_read_is_whole(built: Built) -> None:
    for name, page in built.pages.items():
        for text in re.findall(r"<script type=application/ld\+json>(.*?)</script>", page.text):
            assert "<" not in text, name
            assert json.loads(text)["@context"] == "https://schema.org"
    (file,) = built.site.rglob("compare/*.json")
    value = json.loads(file.read_text(encoding="utf-8"))
    assert value["rows"][0]["cells"]["green"]["code"][0].startswith("=m")
