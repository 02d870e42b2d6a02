"""A site in any language: its own texts, what English lends, dates and numbers as it writes them."""

from __future__ import annotations

import ast
import importlib.util
import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from babel import Locale
from markdown import markdown

import cli
from annotated.project import open_layout, open_project
from annotated.records.layout import by_convention
from annotated.records.load import _word_files
from annotated.records.models import Number, Term
from annotated.records.order import initial, name_key
from annotated.records.problems import Problem
from annotated.records.readings import load_readings
from annotated.records.wording import KEYS, NAMES, Words, date_in_words, theme_key
from annotated.render.edition import Edition
from annotated.render.extension import AnnotatedExtension
from annotated.render.tables import number_words
from tests.conftest import ROOT, edit, lay_records
from tests.words_read import languages, readings_of, waiting, words_of

TODAY = date(2026, 11, 24)


def translate(root: Path, language: str) -> None:
    """Put every text of the project into `language`, and none into English."""
    for file in [*(root / "data").rglob("*.yml"), root / "mkdocs.yml"]:
        if file.parent.name != "words":
            text = file.read_text(encoding="utf-8")
            text = text.replace("{en: ", f"{{{language}: ").replace(
                "language: en", f"language: {language}"
            )
            file.write_text(text, encoding="utf-8")


def problems_of(root: Path, language: str) -> list[Problem]:
    return open_project(root, root / "docs" / "en", language, TODAY)[1]


@pytest.mark.parametrize("language", ["ko", "de", "pt-BR", "ja"])
def test_no_record_needs_english(records: Path, language: str) -> None:
    translate(records, language)
    assert problems_of(records, language) == []


def test_a_text_stands_in_the_language_of_the_site(records: Path) -> None:
    found = {(p.rule, p.place.file) for p in problems_of(records, "ko")}
    assert ("missing-key", "data/notes.yml") in found
    assert ("missing-key", "data/glossary/tea.yml") in found
    assert all(
        "key 'ko' is missing" in p.message
        for p in problems_of(records, "ko")
        if p.rule == "missing-key"
    )


def test_a_second_language_falls_back_to_the_first(records: Path) -> None:
    notes = records / "data" / "notes.yml"
    text = notes.read_text(encoding="utf-8")
    notes.write_text(text.replace("{en: Notes", "{ko: 차에 관한 노트, en: Notes"), encoding="utf-8")
    table = records / "data" / "comparisons" / "tea-kinds.yml"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace("{en: Green}", "{de: Grün, en: Green}"), encoding="utf-8")
    site, problems = open_layout(records, by_convention(records / "docs" / "en", "ko", "en"), TODAY)
    assert problems == []
    assert site.notes
    assert site.notes.value.title.in_language("ko") == "차에 관한 노트"
    assert site.comparisons["tea-kinds"].value.subjects[0].name.in_language("ko") == "Green"


def test_words_that_a_language_lacks_are_lent_and_listed(
    golden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    translate(golden, "de")
    (golden / "data" / "words" / "de.yml").write_text(
        "words:\n  csv: CSV-Datei\n", encoding="utf-8"
    )
    site, problems = open_project(golden, golden / "docs" / "en", "de", TODAY)
    assert problems == []
    words = Edition.of(site, "de").words
    assert (words("csv"), words("aspect")) == ("CSV-Datei", "Aspect")
    assert words.date("2017-10-05") == "5. Okt. 2017"
    assert words.number(1234.5) == "1.234,5"
    cli.main(["--root", str(golden), "--language", "de", "check"])
    line = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("words"))
    assert f"{len(site.interface) - 1} of {len(site.interface)} are not in 'de'" in line
    assert "aspect" in line
    assert " csv," not in line
    (golden / "data" / "words" / "de.yml").unlink()
    cli.main(["--root", str(golden), "--language", "de", "check"])
    said = capsys.readouterr().out
    assert "are not in 'de': write data/words/de.yml, with the keys of en.yml" in said


def test_lent_words_stay_together_in_a_language_that_runs_the_other_way(golden: Path) -> None:
    (golden / "data" / "words" / "ar.yml").write_text(
        'words:\n  lines: "\u0633\u0637\u0648\u0631 {lines}"\n', encoding="utf-8"
    )
    site, _ = open_project(golden, golden / "docs" / "en", "ar", TODAY)
    words = Edition.of(site, "ar").words
    assert words("number-range", min="3", max="4").startswith("\u2066")
    assert words("number-range", min="3", max="4").endswith("\u2069")
    assert words("csv") == "CSV"
    assert words("lines", lines="3").startswith("\u0633"), "its own are as they are written"
    site, _ = open_project(golden, golden / "docs" / "en", "en", TODAY)
    assert "\u2066" not in "".join(site.words.values())


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_words_of_this_project_are_whole(language: str) -> None:
    site, _ = open_layout(ROOT, by_convention(ROOT / "docs" / "en", language, "en"), TODAY)
    assert site.borrowed_words() == []
    assert site.words.keys() >= set(KEYS)


@pytest.mark.parametrize("language", languages())
def test_each_word_was_read_again_when_its_original_changed(language: str) -> None:
    read = load_readings(ROOT, readings_of(language))[0].read
    original, own = words_of("en"), words_of(language)
    waits = sorted(waiting(original, own, read))
    hint = f"read them in data/words/{language}.yml, then run 'python tests/words_read.py {waits}'"
    assert waits == [], hint
    changed = {**original, "search-dialog": "Find", "of-today": "New"}
    assert list(waiting(changed, [*own, "of-today"], read)) == ["search-dialog", "of-today"]


def test_dates_are_written_as_their_language_writes_them() -> None:
    assert date_in_words("2017-10-05", "ko") == "2017년 10월 5일"
    assert date_in_words("2017-10", "ko") == "2017년 10월"
    assert date_in_words("2017", "ko") == "2017년"
    assert date_in_words("2017-10-05", "en-GB") == "5 Oct 2017"
    assert date_in_words("2017-10-05", "ja") == "2017年10月5日"
    assert date_in_words("2017-10-05", "xx-YY") == "Oct 5, 2017"


def test_every_language_of_the_theme_has_dates_and_numbers() -> None:
    spec = importlib.util.find_spec("material")
    assert spec
    assert spec.origin
    folder = Path(spec.origin).parent / "templates" / "partials" / "languages"
    names = sorted(file.stem for file in folder.glob("*.html"))
    assert len(names) > 50
    for name in names:
        words = Words(name, {})
        for value in ("2026", "2026-04", "2026-04-07"):
            assert words.date(value)
            assert words.date(value, with_year=False)
        assert words.number(0.0625)


def test_numbers_keep_their_last_digits() -> None:
    assert Words("en", {}, "en-GB").number(0.0625) == "0.0625"
    assert Words("en", {}, "en-GB").number(16384) == "16,384"
    assert Words("ko", {}).number(16384) == "16,384"


def term(**names: object) -> Term:
    rest = {"id": "t", "definition": {"en": "A term."}, "page": "open", "sources": ["s"]}
    return Term.model_validate({**rest, **names})


def test_each_other_name_is_shown_once() -> None:
    ecr = term(
        term={"en": "Amazon ECR", "ko": "Amazon ECR"},
        abbreviation="ECR",
        also={"en": ["ECR", "Amazon ECR", "Registry"], "ko": ["amazon ecr", "레지스트리"]},
    )
    assert ecr.other_names("en") == ["ECR", "Registry"]
    assert ecr.other_names("ko") == ["ECR", "레지스트리"]
    two = term(
        term={"en": "task", "ko": "태스크"},
        also={"ko": ["태스크", "작업"]},
        aliases={"en": ["job"]},
    )
    assert two.other_names("en") == ["태스크"]
    assert two.other_names("ko") == ["작업", "task"]


def test_names_are_sorted_without_case_and_accents() -> None:
    names = ["zone", "Éclair", "echo", "Echo", "task", "차", "가방", "10 Gbit"]
    assert sorted(names, key=name_key) == [
        "10 Gbit",
        "Echo",
        "echo",
        "Éclair",
        "task",
        "zone",
        "가방",
        "차",
    ]
    assert [initial(n) for n in ("Éclair", "echo", "차", "꽃", "10 Gbit", "ß")] == [
        "E",
        "E",
        "ㅊ",
        "ㄲ",
        "#",
        "S",
    ]


def calls(tree: ast.AST) -> dict[str, set[str]]:
    """The words that code asks for by a fixed key, with the names that it fills in."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            function = (
                node.func.attr
                if isinstance(node.func, ast.Attribute)
                else getattr(node.func, "id", "")
            )
            if function == "words":
                found[str(node.args[0].value)] = {str(k.arg) for k in node.keywords}
    return found


def test_the_names_in_words_are_those_that_code_fills_in() -> None:
    for file in (ROOT / "hooks").rglob("*.py"):
        for key, names in calls(ast.parse(file.read_text(encoding="utf-8"))).items():
            assert names == set(NAMES.get(key, ())), f"{file.name}: {key}"


def test_locales_of_words_exist() -> None:
    assert str(Locale.parse("en-GB", sep="-")) == "en_GB"


def test_brackets_in_the_words_of_a_site_are_brackets(records: Path) -> None:
    file = records / "data" / "site.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("{en: minute|minutes}", '{en: "min {x!z} {0}"}'), encoding="utf-8")
    site, problems = open_project(records, records / "docs" / "en", "en", TODAY)
    assert problems == []
    assert Edition.of(site, "en").words("unit-minutes") == "min {x!z} {0}"


def test_an_amount_and_its_unit_stand_as_the_language_has_them(tmp_path: Path) -> None:
    root = lay_records(tmp_path / "both", editions=True)
    edit(
        root, "data/site.yml", "{en: minute|minutes, ko: 분}", '{en: minutes, ko: "{number}분짜리"}'
    )
    said = {}
    for language in ("en", "ko"):
        site, _ = open_layout(root, by_convention(root / "docs" / "en", language, "en"), TODAY)
        words = Edition.of(site, language).words
        numbers: list[dict[str, float]] = [
            {"exact": 4},
            {"min": 1000},
            {"max": 6},
            {"min": 0.5, "max": 6},
        ]
        said[language] = [
            number_words(Number.model_validate({"unit": unit, **one}), words)
            for unit in ("grams", "minutes")
            for one in numbers
        ]
    assert said["en"][:4] == ["4 g", "1,000 g or more", "up to 6 g", "0.5 to 6 g"]
    assert said["ko"] == [
        "4g", "1,000g 이상", "최대 6g", "0.5~6g", "4분짜리", "1,000분짜리 이상", "최대 6분짜리", "0.5~6분짜리",
    ]  # fmt: skip


def test_a_callout_without_a_title_says_its_kind_in_the_language_of_the_page(
    records: Path,
) -> None:
    source = (
        "!!! tip\n    a\n\n!!! warning inline\n    a\n\n??? note\n    a\n\n"
        '!!! note "Mine"\n    a\n\n!!! teapot\n    a\n\n!!! tip ""\n    a\n'
    )
    for language, said in (("en", "Tip Warning Note"), ("ko", "팁 주의 참고")):
        site, _ = open_layout(
            records, by_convention(records / "docs" / "en", language, "en"), TODAY
        )
        extension = AnnotatedExtension(Edition.of(site, language), lambda: "index.md")
        html = markdown(
            source, extensions=["admonition", "pymdownx.details", "pymdownx.superfences", extension]
        )
        titles = re.findall(r'(?:admonition-title"|<summary)>(.*?)</', html)
        assert " ".join(titles) == f"{said} Mine Teapot"


def test_a_language_may_say_what_the_theme_says_in_its_own_way(records: Path) -> None:
    words = Words("en", {theme_key("toc"): "On this page"})
    assert (words.theme("toc"), words.theme("top")) == ("On this page", "")
    edit(records, "data/words/en.yml", "words:\n", "words:\n  theme-toc: On this page\n")
    assert problems_of(records, "en") == []
    edit(records, "data/words/en.yml", "theme-toc", "theme-footr")
    (problem,) = problems_of(records, "en")
    assert "did you mean 'theme-footer'" in problem.message


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("서비스", "서비스는 따로 있습니다."),
        ("역할", "역할은 따로 있습니다."),
        ("ECS", "ECS는 따로 있습니다."),
        ("ECR", "ECR은 따로 있습니다."),
        ("Region", "Region은 따로 있습니다."),
        ("태스크 정의(task definition)", "태스크 정의(task definition)는 따로 있습니다."),
        ("443", "443은 따로 있습니다."),
        ("task", "task은(는) 따로 있습니다."),
        ("茶", "茶은(는) 따로 있습니다."),
    ],
)
def test_a_particle_follows_how_the_word_ends(word: str, said: str) -> None:
    words = Words("ko", {"diagram-alone": "{subject}은(는) 따로 있습니다."})
    text = words("diagram-alone", subject=word)
    assert text == said
    assert "".join(piece for piece, _ in words.pieces("diagram-alone", subject=word)) == text
    assert (
        Words("ja", words.entries)("diagram-alone", subject="역할") == "역할은(는) 따로 있습니다."
    )


def test_digits_and_rieul_take_their_own_way() -> None:
    words = Words("ko", {"diagram-leads": "{subject}에서 {object}(으)로 이어집니다."})
    for word, particle in (
        ("서울", "로"),
        ("부산", "으로"),
        ("1", "로"),
        ("3", "으로"),
        ("URL", "로"),
        ("RUNNING", "으로"),
        ("STOPPED", "로"),
        ("HTTPS", "로"),
        ("ROLLBACK", "(으)로"),
        ("private", "으로"),
        ("update", "로"),
    ):
        assert (
            words("diagram-leads", subject="a", object=word)
            == f"a에서 {word}{particle} 이어집니다."
        )


def test_no_sentence_that_a_script_fills_in_needs_a_particle() -> None:
    """Only Python knows how a word ends."""
    site, _ = open_layout(ROOT, by_convention(ROOT / "docs" / "en", "ko", "en"), TODAY)
    filled_by_scripts = [key for key in site.interface if key.startswith(("search-", "offline-"))]
    for key in filled_by_scripts:
        assert not re.search(
            r"\}(?:은\(는\)|이\(가\)|을\(를\)|와\(과\)|\(으\)로)", site.interface[key]
        )


def test_where_a_name_in_another_language_was_seen_is_a_source(records: Path) -> None:
    file = records / "data" / "glossary" / "tea.yml"
    text = file.read_text(encoding="utf-8")
    named = text.replace("{en: oxidation}", "{en: oxidation, ko: 산화}")
    seen = "    spelling: {ko: tea-encyclopedia}\n    sources:"
    file.write_text(named.replace("    sources:", seen), encoding="utf-8")
    assert problems_of(records, "en") == []
    file.write_text(text.replace("    sources:", seen), encoding="utf-8")
    assert [p.rule for p in problems_of(records, "en") if p.place.file.endswith("tea.yml")] == [
        "missing-key"
    ]
    wrong = seen.replace("tea-encyclopedia", "tea-encyclopaedia")
    file.write_text(named.replace("    sources:", wrong), encoding="utf-8")
    assert [(p.rule, p.place.column) for p in problems_of(records, "en")] == [
        ("unknown-source", 16)
    ]


def test_what_a_language_lacks_is_lent_by_the_first_edition_and_by_english(tmp_path: Path) -> None:
    def read(language: str, main: str) -> list[str]:
        return [file.stem for file in _word_files(tmp_path, language, main)]

    assert read("fr", "ko") == ["fr"], "the one that is missing is named"
    for name in ("en", "ko", "de"):
        (tmp_path / f"{name}.yml").touch()
    assert read("fr", "ko") == ["ko", "en"]
    assert read("de", "ko") == ["de", "ko", "en"]
    assert read("en", "en") == ["en"]


#: What is said only where there are more than three.
ALWAYS_MANY = {"table-first"}


def test_no_word_is_counted_in_one_form() -> None:
    """A number stands before no noun that has to change with it: it is said apart, or no noun is."""
    words = yaml.safe_load((ROOT / "data/words/en.yml").read_text("utf-8"))["words"]
    said = {key: text for key, text in words.items() if not key.startswith("diagram-")}
    counted = {
        key for key, text in said.items() if re.search(r"\{\w+\} (?:[a-z]+ )?[a-z]+s\b", text)
    }
    assert counted == ALWAYS_MANY
