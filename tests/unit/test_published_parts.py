"""What a published build makes of its files: editions, copies, stylesheets, searches, drawings."""

from __future__ import annotations

import gzip
import io
import json
import plistlib
import re
import shutil
import sqlite3
import tarfile
import zipfile
from contextlib import closing
from email.message import Message
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from annotated.publish import editions, licences, search, search_index, styles
from annotated.publish.assets import joined
from annotated.publish.docset import docset
from annotated.publish.drawings import standalone_drawings, standalone_style
from annotated.publish.first_paint import Look, linked_sheets, look_of, styled
from annotated.publish.metadata import SiteFacts
from annotated.publish.navigation import shown_entries
from annotated.publish.offline import left_out, manifest, page_script, site_zip
from annotated.publish.page_html import accessible_names, named_tasks, sized_pictures
from annotated.publish.policy import judged_scripts, policy, script_hash, with_policy
from annotated.publish.scripts import smaller_inline_scripts
from annotated.publish.search_texts import search_texts
from annotated.records.wording import KEYS, Words
from annotated.render.edition import Edition
from tests.conftest import ROOT
from tests.unit.rich import editions_of, lay_rich

WORDS = {
    "search-dialog": 'Search "&"', "nav-pages": "Pages", "task-done": "done <b>", "task-open": "to do",
    "edition-offer": "Read it", "search-advice": "Try.", "search-advice-also": "Try {languages}.",
}  # fmt: skip


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> list[Edition]:
    return editions_of(lay_rich(tmp_path_factory.mktemp("parts") / "rich"))


def edition(language: str, folder: str) -> Any:
    return SimpleNamespace(
        folder=folder, language=language, words=Words(language, {"edition-offer": f"in {language}"})
    )


EN, KO, DE = edition("en", ""), edition("ko", "ko/"), edition("de", "de/")


# Editions ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "own", "others", "hrefs"),
    [
        ("index.html", EN, [EN], []),
        ("index.html", EN, [EN, KO], ["ko/index.html"]),
        ("a/b.html", EN, [EN, KO, DE], ["../ko/a/b.html", "../de/a/b.html"]),
        ("a/b.html", KO, [EN, KO, DE], ["../../a/b.html", "../../de/a/b.html"]),
        ("c d.html", KO, [EN, KO], ["../c%20d.html"]),
        ("404.html", EN, [EN, KO, DE], ["ko/index.html", "de/index.html"]),
        ("404.html", KO, [EN, KO], ["index.html"]),
    ],
)
def test_a_page_leads_to_itself_in_each_other_language(
    path: str, own: Any, others: list[Any], hrefs: list[str]
) -> None:
    ways = editions.ways_from(path, own, others)
    assert [way.href for way in ways] == hrefs
    assert [way.offer for way in ways] == [f"in {way.language}" for way in ways]
    assert {way.language: way.name for way in ways}.items() <= {
        "en": "English", "ko": "한국어", "de": "Deutsch"
    }.items()  # fmt: skip


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_every_language_is_told_of_all_and_one_alone_of_none(count: int) -> None:
    known = [("en", "https://t.test/"), ("ko", "https://t.test/ko/"), ("de", "https://t.test/de/")]
    found = editions.alternates("a/b.html", known[:count])
    if count < 2:
        assert found == []
    else:
        expected = [(language, f"{address}a/b.html") for language, address in known[:count]]
        assert found == [*expected, ("x-default", "https://t.test/a/b.html")]


def facts(language: str, folder: str, url: str = "https://t.test/") -> SiteFacts:
    return SiteFacts("T", "D", url + folder if url else "", language, folder=folder)


def sitemap(*addresses: str) -> bytes:
    entries = "".join(f"<url>\n <loc>{one}</loc>\n<lastmod>x</lastmod></url>" for one in addresses)
    return f"<urlset >{entries}</urlset>".encode()


def test_one_sitemap_lists_the_pages_of_all_editions() -> None:
    files = {
        "sitemap.xml": sitemap("https://t.test/a.html"), "sitemap.xml.gz": b"old",
        "ko/sitemap.xml": sitemap("https://t.test/ko/a.html"), "ko/sitemap.xml.gz": b"old",
    }  # fmt: skip
    editions.one_sitemap(files, [facts("en", ""), facts("ko", "ko/")])
    assert sorted(files) == ["sitemap.xml", "sitemap.xml.gz"]
    text = files["sitemap.xml"].decode()
    assert gzip.decompress(files["sitemap.xml.gz"]) == files["sitemap.xml"]
    _, head, first, second, end, _ = text.split("\n")
    assert head.startswith("<urlset xmlns:xhtml=")
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href="https://t.test/{path}"/>'
        for language, path in (("en", "a.html"), ("ko", "ko/a.html"), ("x-default", "a.html"))
    )
    assert first == f"<url><loc>https://t.test/a.html</loc><lastmod>x</lastmod>{links}</url>"
    assert second == f"<url><loc>https://t.test/ko/a.html</loc><lastmod>x</lastmod>{links}</url>"
    assert end == "</urlset>"


def test_a_site_of_one_edition_or_without_a_sitemap_keeps_what_it_has() -> None:
    files = {"sitemap.xml": b"as it is"}
    editions.one_sitemap(files, [facts("en", "")])
    assert files == {"sitemap.xml": b"as it is"}
    none: dict[str, bytes] = {}
    editions.one_sitemap(none, [facts("en", "", ""), facts("ko", "ko/", "")])
    assert none == {}


def test_what_two_editions_share_stands_once() -> None:
    files = {
        "assets/a.css": b"1", "ko/assets/a.css": b"1", "assets/b.css": b"1", "ko/assets/b.css": b"2",
        "ko/assets/own.css": b"3", "cup.png": b"4", "ko/cup.png": b"4", "a.html": b"5", "ko/a.html": b"5",
        "licences.txt": b"6", "ko/licences.txt": b"6", "x.csv": b"7", "ko/x.csv": b"7",
        "sub/p.WOFF": b"8", "ko/sub/p.WOFF": b"8", "sub/p.woff2": b"8", "ko/sub/p.woff2": b"8",
    }  # fmt: skip
    assert editions.share(files, "ko/") == {
        "assets/a.css",
        "cup.png",
        "licences.txt",
        "sub/p.woff2",
    }
    assert [path for path in files if path.startswith("ko/")] == [
        "ko/assets/b.css", "ko/assets/own.css", "ko/a.html", "ko/x.csv", "ko/sub/p.WOFF",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("html", "page", "expected"),
    [
        ('<a href="a.css">', "x.html", '<a href="../a.css">'),
        ('<a href="./a.css?v=1">', "x.html", '<a href="../a.css?v=1">'),
        ('<a href="../a.css#b">', "s/x.html", '<a href="../../a.css#b">'),
        ('<a href="b%20c.png">', "x.html", '<a href="../b%20c.png">'),
        ('<a href="https://t.test/a.css">', "x.html", '<a href="https://t.test/a.css">'),
        ('<a href="other.css">', "x.html", '<a href="other.css">'),
        ('<a href="/t/ko/a.css">', "404.html", '<a href="/t/a.css">'),
        ('<a href="/t/ko/other.css">', "404.html", '<a href="/t/ko/other.css">'),
        ('<a href="a.css">', "404.html", '<a href="a.css">'),
    ],
)
def test_a_page_of_another_edition_finds_what_is_shared(
    html: str, page: str, expected: str
) -> None:
    shared = {"a.css", "b c.png"}
    assert editions.sharing(html, page, shared, "ko/", "/t/") == expected


@pytest.mark.parametrize(
    ("text", "page", "expected"),
    [
        ("![x](a.png)", "p.md", "![x](../a.png)"),
        ("![x](../a.png \"t\")", "s/p.md", "![x](../../a.png \"t\")"),
        ("[x]: a.png\n", "p.md", "[x]: ../a.png\n"),
        ("[x](<b c.png>)", "p.md", "[x](../b%20c.png)"),
        ("[x](b%20c.png)", "p.md", "[x](../b%20c.png)"),
        ("```\n[x](a.png)\n```\n[x](a.png)", "p.md", "```\n[x](a.png)\n```\n[x](../a.png)"),
        ("`[x](a.png)`", "p.md", "`[x](a.png)`"),
        ("[x](other.png)", "p.md", "[x](other.png)"),
    ],
)  # fmt: skip
def test_the_markdown_of_another_edition_finds_it_too(text: str, page: str, expected: str) -> None:
    assert editions.sharing_twin(text, page, {"a.png", "b c.png"}, "ko/") == expected


def lost(language: str, said: str) -> str:
    return (
        f'<html lang="{language}"><title>{said} "T"</title><script id="__config" type=x>{{"{language}": 1}}'
        f"</script><p><!-- lost -->{said}<!-- /lost --></p></html>"
    )


def test_who_is_lost_is_spoken_to_in_each_language() -> None:
    page = editions.lost_in_any_language({"": lost("en", "Lost"), "ko/": lost("ko", "없음")})
    assert page == (
        '<html lang="en"><title>Lost "T"</title><script id="__config" type=x>{"en": 1}</script><p>'
        '<section lang="en" data-folder="" data-title="Lost &#34;T&#34;" data-config="{&#34;en&#34;: 1}">Lost</section>\n'
        '<section lang="ko" data-folder="ko/" data-title="없음 &#34;T&#34;" data-config="{&#34;ko&#34;: 1}">없음</section>'
        "</p></html>"
    )
    with pytest.raises(ValueError, match=r"^404\.html: expected .* once, found it 0 times$"):
        editions.lost_in_any_language({"": "<html></html>"})


# The copy ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "short"),
    [("Tea, annotated", "Tea"), ("Tea (all of it)", "Tea"), ("Tea", "Tea"), (", x", ", x")],
)
def test_a_manifest_has_a_short_name_and_icons_of_a_size(name: str, short: str) -> None:
    told = json.loads(manifest(name, "차", "ko", ["a.svg", "b-512.png", "c.png"]))
    assert (told["name"], told["short_name"], told["lang"]) == (name, short, "ko")
    assert [(icon["src"], icon["sizes"], icon["type"]) for icon in told["icons"]] == [
        ("a.svg", "any", "image/svg+xml"), ("b-512.png", "512x512", "image/png"),
        ("c.png", "192x192", "image/png"),
    ]  # fmt: skip
    assert (told["start_url"], told["scope"]) == ("./index.html", "./")


@pytest.mark.parametrize(
    ("path", "out"),
    [
        ("sitemap.xml.gz", True), ("ko/sitemap.xml.gz", True), ("sw.js", True), ("sub/sw.js", False),
        ("assets/javascripts/bundle.1.min.js.map", True), ("assets/stylesheets/m.css.map", True),
        ("ko/assets/javascripts/workers/search.js.map", True), ("assets/javascripts/lunr/x.js", True),
        ("lunr/x.js", False), ("ko/assets/javascripts/lunr/min/x.js", True), ("town.map", False),
        ("dump.sql.gz", False), ("maps/assets/a.map", False),
        ("assets/cards/a.png", True), ("ko/assets/cards/a.png", False), ("assets/offline/a.js", True),
        ("index.html", False), ("a.gzip", False),
    ],
)  # fmt: skip
def test_a_zip_has_what_a_double_click_needs(path: str, out: bool) -> None:
    assert left_out(path) is out
    packed = site_zip({path: b"x", "z.html": b"y"}, "tea")
    assert packed == site_zip({"z.html": b"y", path: b"x"}, "tea")
    archive = zipfile.ZipFile(io.BytesIO(packed))
    names = archive.namelist()
    assert names == ([] if out else [f"tea/{path}"]) + ["tea/z.html"]
    assert archive.getinfo("tea/z.html").external_attr == 0o644 << 16
    assert archive.read("tea/z.html") == b"y"


def test_a_page_says_of_the_copy_what_each_language_says() -> None:
    words = {
        language: {key: f"{language} {key}" for key in (*KEYS, "offline-new")}
        for language in ("en", "ko")
    }
    script = page_script(b'const W = "%WORDS%";', words)
    told = json.loads(script.removeprefix("const W = ").removesuffix(";"))
    assert told["ko"]["failed"] == "ko offline-failed"
    assert told["en"].pop("new") == "en offline-new", "no word is listed a second time"
    source = (ROOT / "overrides" / "assets" / "offline" / "page.js").read_text(encoding="utf-8")
    assert set(told["en"]) == set(re.findall(r"\bwords\.(\w+)", source))


def test_a_docset_finds_pages_terms_tables_and_messages(
    rich: list[Edition], tmp_path: Path
) -> None:
    files = {"index.html": b"<p>", "ko/index.html": b"<p>", "sw.js": b""}
    for one, start in zip(rich, ("index.html", "ko/index.html"), strict=True):
        packed = docset(files, one, "Tea & more: all!")
        assert packed == docset(files, one, "Tea & more: all!")
        archive = tarfile.TarFile(fileobj=io.BytesIO(gzip.decompress(packed)))
        root = "Tea-more-all.docset/Contents"
        assert archive.getnames() == [
            f"{root}/Info.plist", f"{root}/Resources/Documents/index.html",
            f"{root}/Resources/Documents/ko/index.html", f"{root}/Resources/docSet.dsidx",
        ]  # fmt: skip
        info = archive.extractfile(f"{root}/Info.plist")
        assert info
        told = plistlib.load(info)
        assert told["dashIndexFilePath"] == start
        assert (told["CFBundleName"], told["CFBundleIdentifier"]) == (
            "Tea & more: all!",
            "tea-more-all",
        )
        index = archive.extractfile(f"{root}/Resources/docSet.dsidx")
        assert index
        (tmp_path / "index").write_bytes(index.read())
        with closing(sqlite3.connect(tmp_path / "index")) as database:
            found = set(database.execute("SELECT name, type, path FROM searchIndex"))
        folder = one.folder
        assert {kind for _, kind, _ in found} == {"Guide", "Word", "Section", "Error"}
        table = {"en": "Kinds of tea & more", "ko": "차의 종류"}[one.language]
        assert (table, "Section", f"{folder}compare/tea-kinds.html#table-tea-kinds") in found
        term = {"en": "fermentation", "ko": "발효"}[one.language]
        assert (term, "Word", f"{folder}glossary.html#oxidation") in found
        assert ("AS", "Word", f"{folder}glossary.html#assam") in found
        assert ("-1 leaf", "Error", f"{folder}when-it-fails.html#tea-cold") in found
        assert not [name for name, _, _ in found if "Leaves" in name], "a table without a page"


# Search --------------------------------------------------------------------------------------


def told(value: Any) -> str:
    return repr(value)


def test_the_search_knows_each_record_by_its_address(rich: list[Edition]) -> None:
    english, korean = rich
    listed = {"brewing.html", "compare/tea-kinds.html", "glossary.html", "notes/index.html"}
    concepts = {one.id: one for one in search._concepts(english, listed)}
    assert {name: one.location for name, one in concepts.items()} == {
        "oxidation": "brewing.html#kinds", "assam": "glossary.html#assam",
        "pu-er": "glossary.html#pu-er", "oolong": "compare/tea-kinds.html",
    }  # fmt: skip
    assert concepts["oxidation"].aliases == {
        "en": ["fermentation", "fermented tea"],
        "ko": ["발효", "발효차"],
    }
    assert concepts["assam"].abbreviation == "AS"
    failures = search._failures(english)
    assert [one.location for one in failures] == [
        "when-it-fails.html#tea-bitter", "when-it-fails.html#tea-wrong-pot", "when-it-fails.html#tea-cold",
    ]  # fmt: skip
    assert failures[0].term == {"en": "Bitter after … minutes"}
    assert failures[0].messages == ["Too strong to taste"]
    claims = search._claims(english)
    assert [one.location.partition("#")[2] for one in claims] == [
        c.id for c in english.claims_in_order
    ]
    assert claims[0].location == "notes/index.html#c-001"
    rows = search._rows(english)
    assert [one.location for one in rows][:2] == [
        "compare/tea-kinds.html#tea-kinds-oxidised", "compare/tea-kinds.html#tea-kinds-steeped",
    ]  # fmt: skip
    assert "Green: No; Black: Yes (fully)" in told(rows[0])
    assert "녹차: 아니요; 홍차: 예 (완전히)" in told(search._rows(korean)[0])
    assert len(rows) == 6, "none of a table without a page"
    inside = search._in_pages(failures, {"when-it-fails.html"})
    assert len(inside) == 3
    assert search._in_pages(failures, set()) == []


@pytest.mark.parametrize(
    ("languages", "advice"),
    [
        (["en"], "Try."), (["en", "ko"], "Try Korean."), (["en", "ko", "de"], "Try Korean, German."),
        ([], "Try."),
    ],
)  # fmt: skip
def test_where_nothing_is_found_other_languages_are_offered(
    languages: list[str], advice: str
) -> None:
    sites = [SimpleNamespace(language=name) for name in languages]
    one: Any = SimpleNamespace(
        site=SimpleNamespace(language="en", editions=sites), words=Words("en", WORDS)
    )
    assert search.advice(one) == advice


@pytest.mark.parametrize(
    ("location", "file"),
    [("", "index.html"), ("a/", "a/index.html"), ("a.html", "a.html"), ("b%20c.html", "b c.html")],
)
def test_an_address_has_a_file(location: str, file: str) -> None:
    assert search._file_of(location) == file


# Pages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "sized"),
    [
        ('<img src="a.png">', '<img src="a.png" width="4" height="3">'),
        ('<img src="a.png" />', '<img src="a.png" width="4" height="3" />'),
        ('<img src="a.png?x#y">', '<img src="a.png?x#y" width="4" height="3">'),
        ('<img src="a&amp;b.png">', '<img src="a&amp;b.png" width="5" height="6">'),
        ('<img src="../p/a.png">', '<img src="../p/a.png" width="4" height="3">'),
        ('<img src="a.png" width="9">', '<img src="a.png" width="9">'),
        ('<img src="a.png" height=9>', '<img src="a.png" height=9>'),
        ('<img src="c.png">', '<img src="c.png">'),
        ('<img alt="x">', '<img alt="x">'),
        ('<img data-src="a.png" src="c.png">', '<img data-src="a.png" src="c.png">'),
    ],
)
def test_pictures_are_sized_that_are_the_sites_own(tag: str, sized: str) -> None:
    sizes = {"p/a.png": (4, 3), "p/a&b.png": (5, 6)}
    assert sized_pictures(f"<p>{tag}</p>", "p/x.html", sizes) == f"<p>{sized}</p>"


def test_boxes_of_a_task_list_say_whether_they_are_done() -> None:
    html = '<input type="checkbox" disabled checked/><input type="checkbox" disabled><input type="checkbox">'
    assert named_tasks(html, Words("en", WORDS)) == (
        '<input type="checkbox" disabled checked aria-label="done &lt;b&gt;">'
        '<input type="checkbox" disabled aria-label="to do"><input type="checkbox">'
    )


PAGE = (
    '<div data-md-component="search" role="dialog"></div><nav class="md-nav md-nav--primary md-nav--lifted" aria-label="Old">'
    '<nav class="x" aria-labelledby="__nav_2_label" y><label class="md-nav__title" for="__nav_2">'
    '<span class="md-nav__icon md-icon"></span> A <b>B</b> </label>'
    '<label class="md-nav__link x" for="__nav_2" y><span class="md-nav__icon md-icon"></span>'
)


def test_what_the_theme_leaves_nameless_is_named() -> None:
    html = accessible_names(PAGE, Words("en", WORDS))
    assert 'role="dialog" aria-label="Search &#34;&amp;&#34;"' in html
    assert 'md-nav--lifted" aria-label="Pages"' in html
    assert 'class="x" aria-label="A B" y>' in html
    assert '<span class="vh">A B</span><span class="md-nav__icon md-icon">' in html
    for broken, said in (
        (PAGE.replace('role="dialog"', ""), "found it 0 times"),
        (PAGE + PAGE, "found it 2 times"),
        (PAGE.replace('<label class="md-nav__title"', "<label"), "another shape than expected"),
    ):
        with pytest.raises(ValueError, match=said):
            accessible_names(broken, Words("en", WORDS))


@pytest.mark.parametrize(
    ("count", "at", "shown"),
    [(60, 30, 60), (61, 0, 21), (61, 20, 41), (61, 21, 42), (61, 60, 22), (61, 40, 42), (1, 0, 1)],
)
def test_a_list_up_to_sixty_is_whole_and_a_longer_one_is_the_neighbours(
    count: int, at: int, shown: int
) -> None:
    found = shown_entries(range(count), at)
    assert len(found) == shown
    assert found == sorted(found)
    assert at in found
    assert found[0] == 0


# The policy ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "path", "hashes", "unknown"),
    [
        ("<script>own()</script>", "a.html", 1, 0),
        ("<script>\n own() \n</script>", "a.html", 1, 0),
        ("<script>other()</script>", "a.html", 0, 1),
        ('<script type="application/json">own()</script>', "a.html", 0, 0),
        ('<script type="application/ld+json">{}</script>', "a.html", 0, 1),
        ('<script id="__config" type="application/json">{}</script>', "a.html", 0, 0),
        ('<script id="__config" type="application/json">{}</script>' * 2, "a.html", 0, 1),
        ('<script id="__config">{}</script>', "a.html", 0, 1),
        ('<script src="assets/site.0a1b2c3d.js"></script>', "a.html", 0, 0),
        ('<script src="../assets/javascripts/bundle.0a1b2c.min.js"></script>', "s/a.html", 0, 0),
        ('<script src="assets/site.js">own()</script>', "a.html", 0, 1),
        ('<script src="assets/more.js"></script>', "a.html", 0, 1),
        ('<script src="/t/assets/site.js"></script>', "a.html", 0, 1),
        ('<script src="/t/assets/site.js"></script>', "ko/404.html", 0, 0),
        ('<script src="https://t.test/assets/site.js"></script>', "a.html", 0, 1),
        ('<meta http-equiv="refresh" content="0">', "a.html", 0, 1),
        ("<script-like></script-like><meta name=x>", "a.html", 0, 0),
        ("<SCRIPT>other()</SCRIPT>", "a.html", 0, 1),
        ("<script src='assets/site.js'></script>", "a.html", 0, 0),
        ("<script src=assets/site.js></script>", "a.html", 0, 0),
    ],
)
def test_each_script_is_known_by_what_it_is(
    html: str, path: str, hashes: int, unknown: int
) -> None:
    found, strange = judged_scripts(html, path, {"own()"})
    assert (len(found), len(strange)) == (hashes, unknown), (found, strange)


def test_a_policy_names_what_may_run_and_stands_once() -> None:
    told = policy(["'sha256-a'", "'sha256-b'"], "x{}")
    assert told == (
        "default-src 'none'; script-src 'self' 'sha256-a' 'sha256-b'; style-src 'self' "
        f"'{script_hash('x{}')}'; style-src-attr 'none'; img-src 'self' data:; font-src 'none'; "
        "connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'"
    )
    assert "style-src 'self'; style-src-attr" in policy([])
    for charset in ("<meta charset=utf-8>", '<META charset="UTF-8"/>', "<meta charset='utf-8'>"):
        html = with_policy(f"<head>{charset}<x>", [])
        assert html.startswith(
            f'<head>{charset}<meta http-equiv="Content-Security-Policy" content="'
        )
        assert html.endswith('"><x>')
    for wrong, count in (("<head>", 0), ("<meta charset=utf-8>" * 2, 2)):
        with pytest.raises(ValueError, match=f"^expected one <meta charset>, found {count}$"):
            with_policy(wrong, [])


# Styles --------------------------------------------------------------------------------------


def test_a_page_has_the_styles_of_its_kind_and_tells_which_sheet_follows() -> None:
    def page(kind: str, body: str, root: str = "") -> str:
        return (
            f'<link rel="stylesheet" href="{root}a.css"> <link rel="stylesheet" href="{root}b.css">\n'
            f'<i data-sheet=""></i><div class="page kind-{kind}">{body}</div>'
            f'<script src="{root}s.js"></script><script async src="{root}s.js"></script>'
        )

    start = page("home", '<p class="home">')
    other = page("lab", '<p class="lab">', "../")
    files = {
        "a.css": b".home { color: red } .lab { color: blue } .gone { color: lime }",
        "b.css": b".added { color: #010203 }", "s.js": b'x.classList.add("added")',
        "search/x.js": b'"gone"',
    }  # fmt: skip
    linked = linked_sheets(start)
    assert linked == ["a.css", "b.css"]
    look = look_of(linked, [start, other], files)
    assert look.css == ".home{color:red}.lab{color:#00f}.added{color:#010203}"
    assert look.kinds == {"home": ".home{color:red}", "lab": ".lab{color:#00f}"}
    html, own = styled(other, look)
    assert own == ".lab{color:#00f}"
    assert html.startswith(
        '<link rel="preload" as="script" href="../s.js" fetchpriority="low"><style>.lab{color:#00f}</style>'
    )
    assert f'data-sheet="../{look.path}"' in html
    assert 'rel="stylesheet"' not in html
    with pytest.raises(ValueError, match="'</style'"):
        look_of(["a.css"], [start], {"a.css": b'.home { content: "</STYLE" }'})


def test_parts_that_the_theme_completes_stay_while_a_page_has_one() -> None:
    scripts = ['"md-annotation__x" "tabbed-button" "note"']
    css = ".md-annotation__x{top:1px}.tabbed-button{top:2px}.note{top:3px}.js{top:4px}"
    nothing, tabs = styles.Seen(), styles.Seen()
    tabs.add('<p class="tabbed-set">content.code.annotate')
    assert styles.one_stylesheet([css], nothing, scripts) == ""
    assert styles.one_stylesheet([css], tabs, scripts) == (
        ".md-annotation__x{top:1px}.tabbed-button{top:2px}"
    )
    early = styles.Seen()
    early.add('<p class="a">')
    assert (
        styles.sheet_before_scripts(".js .a{color:red}.b{color:red}", early) == ".js .a{color:red}"
    )


def test_variables_that_nobody_reads_go_with_those_that_they_read() -> None:
    seen = styles.Seen()
    seen.add('<p class="a" style="color: var(--page)">')
    css = ".a{--x:1px;--y:var(--x);--page:red;--script:blue;width:var(--used);--used:2px}"
    assert styles.one_stylesheet([css], seen, ['"--script"']) == (
        ".a{--page:red;--script:blue;width:var(--used);--used:2px}"
    )


def test_names_of_a_page_are_read_as_it_writes_them() -> None:
    html = """<a class="x y" id=z CLASS = 'v&amp;w'><b class=q>"""
    assert styles.names_of(html) == {"x", "y", "z", "v&w", "q"}
    seen = styles.Seen()
    seen.add('<body dir="rtl" data-md-color-scheme=slate><table data-x="y"><table class="t">')
    assert seen.chosen == {("dir", "rtl"), ("data-md-color-scheme", "slate")}
    assert "__plain-table" in seen.names
    other = styles.Seen()
    other.add('<table class="t">')
    assert "__plain-table" not in other.names


def test_assets_are_joined_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name, text in {
        "styles/20-b.css": "/* b */ .b {\n color: red;\n}\n", "styles/10-a.css": ".a { color: blue; }\n",
        "inline/x.css": ".x{}", "inline/y.js": "y()", "scripts/b.js": "b()", "scripts/a.js": 'a("%later/tool%")',
        "search/page.js": "c()", "later/tool/2.js": "two();", "later/tool/1.js": "one();",
        "later/tool/t.css": ".t { color: red; }",
    }.items():  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    later, css, script = joined(tmp_path)
    assert re.fullmatch(r"assets/tool\.[0-9a-f]{8}\.js", later[0])
    assert later[1] == [
        "assets/later/tool/1.js",
        "assets/later/tool/2.js",
        "assets/later/tool/t.css",
    ]
    assert later[2] == (
        '(function () {\n"use strict";\nconst STYLES = ".t{color:red}\\n";\none();\ntwo();})();\n'
    )
    assert css == (
        "assets/site.css",
        ["assets/styles/10-a.css", "assets/styles/20-b.css", "assets/inline/x.css"],
        ".a{color:blue}\n.b{color:red}\n",
    )
    assert script[1] == [
        "assets/scripts/a.js",
        "assets/scripts/b.js",
        "assets/search/page.js",
        "assets/inline/y.js",
    ]
    assert script[2] == f'a("{later[0].removeprefix("assets/")}")\n;\nb()\n;\nc()'
    assert joined(tmp_path / "nothing") == []


def test_a_drawing_alone_has_its_colours_written_out() -> None:
    tokens = (
        "/* x */ :root { --ink: #111; --sans: Noto; --w: 2px }\n"
        '[data-md-color-scheme="slate"] { --ink: #eee }'
    )
    diagrams = ".x{} /* drawing */ .dg { stroke: var(--ink); font: var(--sans); width: 1px } .n { x: y } /* end */ .y{}"
    assert standalone_style(tokens, diagrams) == (
        ".dg{stroke: #111;font: Noto;width:1px}.n{x:y}"
        "@media(prefers-color-scheme:dark){.dg{stroke: #eee}}"
    )
    with pytest.raises(ValueError, match="no section 'drawing'"):
        standalone_style(tokens, ".x{}")


def test_each_drawing_that_can_be_read_has_a_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "20-tokens.css").write_text(":root { --ink: #111 }", encoding="utf-8")
    (tmp_path / "diagrams.css").write_text(
        "/* drawing */ .dg { stroke: var(--ink) } /* end */", encoding="utf-8"
    )
    assert standalone_drawings(tmp_path, tmp_path) == []
    stored = min((ROOT / "starter/overrides/assets/drawings").glob("d-*.svg"))
    for name in ("d-1", "d-2", "d-3"):
        shutil.copy(stored, tmp_path / f"{name}.svg")
        shutil.copy(stored.with_suffix(".json"), tmp_path / f"{name}.json")
    (tmp_path / "d-1.json").unlink()
    (tmp_path / "d-2.json").write_text("{", encoding="utf-8")
    ((path, svg),) = standalone_drawings(tmp_path, tmp_path)
    assert path == "assets/drawings/d-3.svg"
    assert "<style>.dg{stroke: #111}@media(prefers-color-scheme:dark)" in svg


def test_only_our_own_scripts_in_a_page_are_made_smaller() -> None:
    ours = "/* ours */ function tea() { const leaves = 1; return leaves + leaves }"
    html = (
        f"<script>\n{ours}\n</script><script>/* theirs */ let a = 1</script>"
        f'<script data-x="1">{ours}</script><script type="module">{ours}</script>'
    )
    smaller, kept = smaller_inline_scripts(html, {ours})
    assert smaller_inline_scripts(html, set()) == (html, frozenset())
    (text,) = kept
    assert smaller.count(f">{text}</script>") == 2
    assert f'<script type="module">{ours}</script>' in smaller
    assert "<script>/* theirs */ let a = 1</script>" in smaller
    if find_spec("minify"):
        assert "/* ours */" not in text


ENGINE = ROOT / "overrides/assets/search"
FORM = '<form class="md-search__form" name="search"></form><script id="__config">{"w":"W"}</script>'


def search_site(**changes: str | None) -> dict[str, bytes]:
    """What the theme builds that the search replaces."""
    worker = "assets/javascripts/workers/search.0a1b.min.js"
    files: dict[str, str | None] = {
        worker: "theirs", f"{worker}.map": "", "search/search_index.json": "{}",
        "search/search_index.js": "", "assets/javascripts/lunr/min/lunr.ko.min.js": "",
        "index.html": FORM.replace("W", "search.0a1b.min.js"), "plain.html": "<p>", "a.css": "x{}",
        **changes,
    }  # fmt: skip
    return {name: text.encode() for name, text in files.items() if text is not None}


def test_our_search_takes_the_place_of_the_themes() -> None:
    files, index = search_site(), search_index.search_index([], [], [], [], [], [], language="en")
    engine = {file.name: file.read_text("utf-8") for file in ENGINE.glob("*.js")}
    texts = search_texts([])
    search.put_engine(files, engine, index, texts, {"retry": '"Again" & <go>'})
    (worker,) = (name for name in files if "workers/" in name)
    assert not [
        name for name in files if "lunr" in name or name.endswith(".map") or "search_index" in name
    ]
    page = files["index.html"].decode()
    assert f'"w":"{worker.rpartition("/")[2]}"' in page
    assert 'name="search"' not in page
    assert '<script data-retry="&#34;Again&#34; &amp; &lt;go&gt;">' in page
    assert page.index("data-retry") < page.index('id="__config"')
    assert (files["plain.html"], files["a.css"]) == (b"<p>", b"x{}")
    for name in ("concepts", "texts"):
        assert [path for path in files if path.startswith(f"search/{name}")], name


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"assets/javascripts/workers/search.0a1b.min.js": None}, r"expected one search worker of the theme, found \[\]"),
        ({"assets/javascripts/workers/search.0c.min.js": ""}, "expected one search worker of the theme, found .*0a1b.*0c"),
        ({"b.html": FORM + FORM}, "^b.html: expected .* once in a page, found it 2 times"),
        ({"b.html": FORM.replace("md-search__form", "other")}, "^b.html: expected .* once in a page, found it 0 times"),
    ],
)  # fmt: skip
def test_a_theme_of_another_shape_stops_the_search(
    changes: dict[str, str | None], told: str
) -> None:
    engine = {file.name: file.read_text("utf-8") for file in ENGINE.glob("*.js")}
    index = search_index.search_index([], [], [], [], [], [], language="en")
    with pytest.raises(ValueError, match=told):
        search.put_engine(search_site(**changes), engine, index, search_texts([]), {})


# Licences ------------------------------------------------------------------------------------


def test_the_notice_of_a_theme_is_that_of_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    metadata = Message()
    for key, value in (("Name", "tea"), ("Version", "1.2"), ("Author-email", '"A. Grower" <a@t.test>'),
                       ("License", "MIT"), ("License-File", "LICENSE"), ("License-File", "NOTICE")):  # fmt: skip
        metadata[key] = value
    texts = {"licenses/LICENSE": " All of it \n", "NOTICE": "And this"}
    package: Any = SimpleNamespace(metadata=metadata, read_text=texts.get)
    asked: list[dict[str, str]] = []

    def points(**given: str) -> list[Any]:
        asked.append(given)
        return [SimpleNamespace(dist=package), SimpleNamespace(dist=None)]

    monkeypatch.setattr(licences, "entry_points", points)
    assert licences.licences("tea") == (
        "tea 1.2, by A. Grower, under the licence MIT\n\nAll of it\n\nAnd this\n"
    )
    assert asked == [{"group": "mkdocs.themes", "name": "tea"}]
    del texts["NOTICE"]
    with pytest.raises(Exception, match="tea does not bring its licence 'NOTICE'"):
        licences.licences("tea")


def test_a_look_has_a_place_for_each_kind() -> None:
    look = Look(["a.css"], {"": "x{}"}, "assets/site.1.css", "x{}y{}")
    html, own = styled('<link rel="stylesheet" href="../a.css"><i data-sheet="">', look)
    assert (html, own) == ('<style>x{}</style><i data-sheet="../assets/site.1.css">', "x{}")
