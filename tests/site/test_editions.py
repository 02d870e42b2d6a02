"""A site in two languages: built as one, published as one, each page known in both."""

from __future__ import annotations

import json
import re
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

import cli
from tests.conftest import edit, lay_golden
from tests.search.engine import ask
from tests.site.test_serve import Server
from tests.site_tools import Document, broken_links, documents, mkdocs

URL = "https://tea.test/notes/"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter, built in both of its languages; nothing may be changed in it."""
    root = lay_golden(tmp_path_factory.mktemp("editions") / "project", editions=True)
    done = mkdocs(root, SITE_URL=URL)
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    return root


@pytest.fixture(scope="module")
def pages(project: Path) -> dict[str, Document]:
    return documents(project / "site")


def test_both_have_the_same_pages_with_the_same_ids(pages: dict[str, Document]) -> None:
    own = {name: page for name, page in pages.items() if not name.startswith("ko/")}
    assert {name.removeprefix("ko/") for name in pages} == set(own)
    for name, page in own.items():
        if name == "404.html":
            continue
        ids = [i for i in page.ids if not i.startswith("__")]
        title = next(i for tag, a in page.tags if tag == "h1" and (i := a.get("id")))
        there = [i for i in pages["ko/" + name].ids if not i.startswith("__")]
        # What a language makes itself: the id of the title, and the letters of a list.
        same = [i for i in ids if i != title and not i.startswith("letter-")]
        assert [i for i in there if i in ids] == same, name


def test_every_link_lands_and_nothing_is_published_twice(
    project: Path, pages: dict[str, Document]
) -> None:
    site = project / "site"
    assert (
        broken_links(site, {n: p for n, p in pages.items() if n != "ko/404.html"}, "/notes/") == []
    )
    twice = [
        file
        for file in (site / "ko").rglob("*")
        if file.is_file() and (twin := site / file.relative_to(site / "ko")).is_file()
        and file.read_bytes() == twin.read_bytes()
    ]  # fmt: skip
    # Tables as data name the schema that stands at the root of their edition.
    assert [file.name for file in twice] in ([], ["table.schema.json"])
    assert not list((site / "ko").rglob("*.css"))
    assert list((site / "ko" / "assets").rglob("*.*")) == list(
        (site / "ko/assets/javascripts/workers").glob("search.*.js")
    ), "an edition has a search of its own, and no other script"


def test_machines_learn_of_each_page_in_both(project: Path, pages: dict[str, Document]) -> None:
    for name, page in pages.items():
        if name.endswith("404.html"):
            continue
        path = name.removeprefix("ko/")
        links = [given for tag, given in page.tags if tag == "link"]
        found = {g["hreflang"]: g["href"] for g in links if "hreflang" in g}
        assert found == {"en": URL + path, "ko": f"{URL}ko/{path}", "x-default": URL + path}
        assert all(g["rel"] == "alternate" for g in links if "hreflang" in g)
        (canonical,) = [g["href"] for g in links if g.get("rel") == "canonical"]
        assert canonical == URL + name
        language = "ko" if name.startswith("ko/") else "en"
        assert page.tags[0] == ("html", {"class": "no-js", "lang": language})
        data = [json.loads(t) for t in re.findall(r'ld\+json"?>(.*?)</script>', page.text)]
        assert {d["inLanguage"] for d in data if d["@type"] == "TechArticle"} == {language}
        assert {d["url"].partition("#")[0] for d in data} == {URL + name}
        described = [g["content"] for t, g in page.tags if g.get("property") == "og:url"]
        assert described == [URL + name]
        (search,) = [g["href"] for g in links if g.get("rel") == "search"]
        text = (project / "site" / Path(name).parent / search).read_text(encoding="utf-8")
        assert f"{URL}{'ko/' if language == 'ko' else ''}index.html?q=" in text
        assert f">{URL}assets/mark.svg<" in text


def test_one_list_of_pages_names_each_in_both(project: Path) -> None:
    site = project / "site"
    root = ET.parse(site / "sitemap.xml").getroot()  # noqa: S314 (our own file)
    names = {
        "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
        "x": "http://www.w3.org/1999/xhtml",
    }
    found = [entry.findtext("s:loc", "", names) for entry in root.findall("s:url", names)]
    assert len(found) == len(set(found)) == 16
    for entry in root.findall("s:url", names):
        links = {e.get("hreflang"): e.get("href") for e in entry.findall("x:link", names)}
        assert entry.findtext("s:loc", "", names) in links.values()
        assert list(links) == ["en", "ko", "x-default"]
    assert not list((site / "ko").glob("sitemap*"))


def test_texts_for_programs_are_in_the_language_of_their_edition(project: Path) -> None:
    site = project / "site"
    assert "차, 한 줄씩 짚어 보기" in (site / "ko" / "llms.txt").read_text(encoding="utf-8")
    assert f"{URL}ko/brewing.md" in (site / "ko" / "llms.txt").read_text(encoding="utf-8")
    manifest = json.loads((site / "ko" / "manifest.webmanifest").read_text(encoding="utf-8"))
    assert (manifest["lang"], manifest["icons"][0]["src"]) == ("ko", "../assets/mark.svg")
    assert "녹차" in (site / "ko/compare/tea-kinds.csv").read_text(encoding="utf-8")


def test_each_search_knows_its_own_texts_and_the_terms_of_both(project: Path) -> None:
    site = project / "site"
    queries = ["산화", "oxidation", "freshly boiling", "막 끓은"]
    for folder, known in (("", [True, True, True, False]), ("ko", [True, True, False, True])):
        answers = ask(site / folder, queries)
        found = [not a.nothing and "brewing.html" in str(a.pages) for a in answers[:2]]
        assert [*found, *(not a.nothing for a in answers[2:])] == known, folder


def test_a_second_edition_that_fails_leaves_yesterdays_site(both: Path) -> None:
    (both / "site" / "ko").mkdir(parents=True)
    for name in ("index.html", "404.html", "sitemap.xml", "ko/index.html"):
        (both / "site" / name).write_text("yesterday", encoding="utf-8")
    edit(both, "docs/ko/brewing.md", "](term:oxidation)", "](brewing.md#nowhere)")
    done = mkdocs(both)
    assert done.returncode != 0
    assert "docs/ko/brewing.md:10:" in done.stderr
    edit(both, "docs/ko/brewing.md", "](brewing.md#nowhere)", "](term:oxidation)")
    (both / "late.py").write_text(
        "def on_post_page(output, page, config):\n"
        "    if config.theme['language'] == 'ko' and page.file.src_uri == 'glossary.md':\n"
        "        raise ValueError('late')\n"
        "    return output\n",
        encoding="utf-8",
    )
    edit(both, "hooks/settings.yml", "hooks: [hooks/mkdocs_events.py]",
          "hooks: [hooks/mkdocs_events.py, late.py]")  # fmt: skip
    done = mkdocs(both)
    assert done.returncode != 0
    assert "late" in done.stderr
    for name in ("index.html", "ko/index.html"):
        assert (both / "site" / name).read_text(encoding="utf-8") == "yesterday"
    assert list(both.glob("site?*")) == []


def test_a_folder_of_that_name_from_before_is_replaced(both: Path) -> None:
    old = both / "site" / "ko"
    old.mkdir(parents=True)
    for name in ("404.html", "sitemap.xml", "old.html"):
        (old / name).write_text("by another configuration", encoding="utf-8")
    assert mkdocs(both).returncode == 0
    assert not (old / "old.html").exists()
    assert "차" in (old / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    ko:\n", "    ja:\n", ":5: error[missing-folder] expected its pages in"),
        ("    ko:\n", "    en:\n", ":5: error[edition-language]"),
        ("site_name: 차", "site_nmae: 차", "unknown key 'site_nmae'; did you mean 'site_name'?"),
        ("Brewing: 우리기", "Brewin: 우리기", "'nav' names no 'Brewin'; did you mean 'Brewing'?"),
        ("Brewing: 우리기", "Brewing: 우리기", ""),
        ("nav: {Start: 처음, ", "nav: {", "'Start' of 'nav' has no name in 'ko'; add it here"),
    ],
)
def test_a_declaration_that_is_wrong_is_named(
    both: Path, old: str, new: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(both, "mkdocs.yml", old, new)
    code = cli.main(["--root", str(both), "check"])
    assert (code == 0) is (said == "")
    assert said in capsys.readouterr().err


def test_each_save_is_shown_and_what_fails_in_one_language_is_named(both: Path) -> None:
    edit(both, "mkdocs.yml", "    ko:\n", "    ko:\n      draft: true\n")
    running = Server(both)
    try:
        running.until("Serving on")
        assert "차 우리기" in running.get("ko/brewing.html")
        assert 'href="ko/brewing.html"' in running.get("brewing.html")
        edit(both, "docs/ko/brewing.md", "## 종류", "## 여러 종류")
        running.until("여러 종류", "ko/brewing.html")
        assert running.said.count("Building documentation...") == 1, "the first was not made again"
        edit(both, "docs/en/brewing.md", "## Kinds", "## All kinds")
        running.until("All kinds", "brewing.html")
        assert running.said.count("building the edition in 'ko'") == 2, "the other was not, either"
        running.until("edition 'ko': 1 changed")
        assert "여러 종류" in running.get("ko/brewing.html")
        edit(both, "docs/ko/brewing.md", "](term:oxidation)", "](term:oxidaton)")
        running.until(r"docs/ko/brewing\.md:10:\d+: error\[unknown-term\]")
        running.until("the last good pages are still served")
        assert "여러 종류" in running.get("ko/brewing.html")
    finally:
        running.stop()


def test_a_draft_is_not_published(both: Path) -> None:
    edit(both, "mkdocs.yml", "    ko:\n", "    ko:\n      draft: true\n")
    (both / "docs/ko/brewing.md").unlink()
    done = mkdocs(both)
    assert done.returncode == 0, done.stderr
    assert not (both / "site" / "ko").exists()
    pages = documents(both / "site")
    assert not [name for name, page in pages.items() if "hreflang" in page.text]
    assert broken_links(both / "site", pages) == []


def in_korean_first(root: Path) -> None:
    """Turn the starter round: Korean at the root, English beside it."""
    settings = root / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    names = re.search(r"nav: \{(.*)\}", text)
    assert names
    pairs = dict(pair.split(": ") for pair in names[1].split(", "))
    text = text.replace("language: en", "language: ko").replace(
        "docs_dir: docs/en", "docs_dir: docs/ko"
    )
    said = re.compile(r"^( *)((?:site_name|site_description|copyright): .*)\n", re.MULTILINE)
    english, korean = (
        [line for indent, line in said.findall(text) if bool(indent) is beside]
        for beside in (False, True)
    )
    for one, other in zip(english, korean, strict=True):
        text = text.replace(f"\n{one}\n", f"\n{other}\n", 1)
    text = re.sub(r"    ko:\n( {6}.*\n)+", "    en:\n      " + "\n      ".join(english)
                  + "\n      nav: {" + ", ".join(f"{to}: {of}" for of, to in pairs.items())
                  + "}\n", text)  # fmt: skip
    head, nav = text.split("\nnav:\n")
    for of, to in pairs.items():
        nav = nav.replace(f"- {of}:", f"- {to}:")
    settings.write_text(f"{head}\nnav:\n{nav}", encoding="utf-8")
    (root / "data/translated/ko.txt").unlink()


def test_korean_is_the_first_language_and_english_the_second(
    both: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    in_korean_first(both)
    assert cli.main(["--root", str(both), "reread", "--new"]) == 0
    assert cli.main(["--root", str(both), "check"]) == 0
    assert "edition en   says all that the first says" in capsys.readouterr().out
    done = mkdocs(both, SITE_URL=URL)
    assert done.returncode == 0, done.stderr
    pages = documents(both / "site")
    assert (
        broken_links(
            both / "site", {n: p for n, p in pages.items() if n != "en/404.html"}, "/notes/"
        )
        == []
    )
    assert pages["brewing.html"].tags[0][1]["lang"] == "ko"
    assert "차 우리기" in pages["brewing.html"].text
    assert "Brewing tea" in pages["en/brewing.html"].text
    links = [
        given
        for tag, given in pages["en/brewing.html"].tags
        if "hreflang" in given and tag == "link"
    ]
    assert [g["hreflang"] for g in links] == ["ko", "en", "x-default"]
    assert links[-1]["href"] == URL + "brewing.html"


def test_a_third_language_borrows_the_words_that_it_lacks(
    both: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its pages and texts are its own; what the interface says is lent by English, and listed."""
    shutil.copytree(both / "docs" / "en", both / "docs" / "de")
    names = (
        "Start: Anfang, Brewing: Aufguss, When it fails: Fehler, Compare: Vergleich, Notes: Notizen,"
        " How it works: Aufbau"
    )
    edit(both, "mkdocs.yml", "    ko:\n",
          f"    de:\n      site_name: Tee\n      nav: {{{names}, Glossary: Wörter}}\n    ko:\n")  # fmt: skip
    for file in (both / "data").rglob("*.yml"):
        if file.parent.name != "words":
            text = file.read_text(encoding="utf-8")
            text = re.sub(r"\{en: (\"[^\"]*\"|[^,{}\[\]]+)(?=[,}])", r"{en: \1, de: \1", text)
            file.write_text(text, encoding="utf-8")
    assert cli.main(["--root", str(both), "reread", "--new"]) == 0
    capsys.readouterr()
    assert cli.main(["--root", str(both), "--language", "de", "check"]) == 1
    alike = re.findall(r"reread --alike (\S+)'", capsys.readouterr().err)
    assert cli.main(["--root", str(both), "reread", "--alike", *alike]) == 0
    capsys.readouterr()
    assert cli.main(["--root", str(both), "--language", "de", "check"]) == 0
    out = capsys.readouterr().out
    assert re.search(r"words +\d+ of \d+ are not in 'de': write data/words/de.yml", out)
    assert "edition ko   says all that the first says" in out
    assert "edition de   says all that the first says" in out
    done = mkdocs(both)
    assert done.returncode == 0, done.stderr
    pages = documents(both / "site")
    assert (
        broken_links(both / "site", {n: p for n, p in pages.items() if not n.endswith("/404.html")})
        == []
    )
    assert pages["de/brewing.html"].tags[0][1]["lang"] == "de"
    ways = [
        g
        for tag, g in pages["de/brewing.html"].tags
        if "data-edition" in g and "data-offer" not in g
    ]
    assert {g["data-edition"] for g in ways} == {"en", "ko"}
    assert "This page is also in English." in pages["ko/brewing.html"].text


def test_a_language_that_the_theme_does_not_speak_is_named(
    both: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(both / "docs" / "ko", both / "docs" / "gd")
    edit(both, "mkdocs.yml", "    ko:\n", "    gd:\n      draft: true\n    ko:\n")
    assert cli.main(["--root", str(both), "check"]) == 1
    assert "error[edition-language] the theme does not speak 'gd'" in capsys.readouterr().err
