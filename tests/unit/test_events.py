"""What is built again under serve, by what has changed and by who shows it."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from pathlib import Path
from types import SimpleNamespace as Stand
from typing import Any

import pytest

import mkdocs_events
from annotated.records.layout import Layout
from annotated.records.load import Site
from mkdocs_kept import KeptSites, stamps

GLOSSARY, BREWING = "docs/en/glossary.md", "docs/en/brewing.md"
LENT: dict[str, Path] = {"glossary.md": Path(GLOSSARY)}
NOW, LATER = (1, 10), (2, 10)
#: What is written, or taken away, of each.
Changed = dict[str, dict[str, tuple[int, int] | None]]
#: The files of each edition; those of the first come from one place, and may be lent.
FILES = {
    "": {GLOSSARY: NOW, BREWING: NOW},
    "ko/": {"docs/ko/a.md": NOW},
    "all": {"mkdocs.yml": NOW},
}


@pytest.mark.parametrize(
    ("changed", "lent", "built"),
    [
        ({"": {BREWING: LATER}}, {}, "the first alone"),
        ({"": {BREWING: LATER}}, LENT, "the first alone"),
        ({"": {BREWING: (1, 11)}}, LENT, "the first alone"),
        ({"": {GLOSSARY: LATER}}, {}, "the first alone"),
        ({"": {GLOSSARY: LATER}}, LENT, "all"),
        ({"": {GLOSSARY: LATER, BREWING: LATER}}, LENT, "all"),
        ({"": {"docs/en/new.md": NOW}}, {}, "all"),
        ({"": {BREWING: None}}, {}, "all"),
        ({"ko/": {"docs/ko/a.md": LATER}}, {}, "ko/"),
        ({"ko/": {"docs/ko/a.md": LATER}}, LENT, "ko/"),
        ({"": {BREWING: LATER}, "ko/": {"docs/ko/a.md": LATER}}, {}, "all"),
        ({"all": {"mkdocs.yml": LATER}}, {}, "all"),
        ({}, {}, "all"),
    ],
    ids=str,
)
def test_a_save_builds_what_shows_it(
    monkeypatch: pytest.MonkeyPatch,
    changed: Changed,
    lent: dict[str, Path],
    built: str,
) -> None:
    """What an edition lends is made again with the edition that it is of; what came or went, too."""
    assert built_after({}, changed, lent, monkeypatch) == [built]


def test_what_was_saved_while_the_first_build_ran_is_built_with_the_next_save(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    meanwhile: Changed = {"ko/": {"docs/ko/a.md": LATER}}
    assert built_after(meanwhile, {"": {BREWING: LATER}}, {}, monkeypatch) == ["all"]


def built_after(
    meanwhile: Changed,
    changed: Changed,
    lent: dict[str, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> list[str]:
    """What is built once something has changed: while the first build ran, and after it."""
    session = mkdocs_events.Session(serving=True)
    session.read.seen = deepcopy(FILES)
    monkeypatch.setattr(mkdocs_events, "session", session)
    state: dict[str, dict[str, Any]] = deepcopy(FILES)
    save_in(state, meanwhile)
    monkeypatch.setattr(mkdocs_events, "made_from", lambda config: deepcopy(state))
    done: list[str] = []
    monkeypatch.setattr(mkdocs_events, "rebuild_other", done.append)
    layout = Stand(folder="ko/", lent=lent)
    build = Stand(others=[(Stand(docs_dir="docs/ko"), Stand(layout=layout))])
    config: Any = Stand(extra={"build": build}, config_file_path="mkdocs.yml", docs_dir="docs/en")
    server: Any = Stand(
        watch=lambda folder: None,
        builder=lambda: done.append("the first alone" if session.alone else "all"),
    )
    mkdocs_events.on_serve(server, config, server.builder)
    save_in(state, changed)
    server.builder()
    assert not session.alone
    return done


def save_in(state: dict[str, dict[str, Any]], changed: Changed) -> None:
    for folder, files in changed.items():
        for file, stamp in files.items():
            if stamp is None:
                del state[folder][file]
            else:
                state[folder][file] = stamp


def test_under_serve_an_edition_that_is_gone_is_served_no_more(tmp_path: Path) -> None:
    """It has what makes a site of its own; a published one beside another one's is kept."""
    for file in ("index.html", "ko/404.html", "ko/sitemap.xml"):
        (tmp_path / "site" / file).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / "site" / file).write_text("before", encoding="utf-8")
    session = mkdocs_events.Session(serving=True)
    config: Any = Stand(site_dir=str(tmp_path / "site"))
    session.begin(config)
    Path(config.site_dir, "index.html").write_text("after", encoding="utf-8")
    session.publish()
    assert [file.name for file in (tmp_path / "site").rglob("*")] == ["index.html"]


def test_an_edition_that_is_added_is_watched(tmp_path: Path) -> None:
    """By the folder around those of the editions, which outlives them; never the project itself."""
    watched: list[str] = []
    build = Stand(others=[])
    config: Any = Stand(
        extra={"build": build}, config_file_path=tmp_path / "mkdocs.yml", docs_dir=tmp_path / "docs"
    )
    server: Any = Stand(watch=watched.append, builder=lambda: None)
    mkdocs_events.on_serve(server, config, server.builder)
    build.others = [
        (Stand(docs_dir=tmp_path / "ko"), None),
        (Stand(docs_dir=tmp_path / "d/ja"), None),
    ]
    server.builder()
    server.builder()
    assert watched == [str(tmp_path / folder) for folder in ("docs", "ko", "d")]


def test_a_save_behind_a_link_is_seen_and_one_that_is_gone_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "docs" / "folder").mkdir(parents=True)
    (tmp_path / "more").mkdir()
    page = tmp_path / "more" / "page.md"
    page.write_text("before", encoding="utf-8")
    (tmp_path / "docs" / "more").symlink_to(tmp_path / "more")
    (tmp_path / "docs" / "around").symlink_to(tmp_path)
    (tmp_path / "docs" / ".#page.md").symlink_to("someone@machine")
    seen = stamps([tmp_path / "docs", tmp_path / "gone"])
    assert list(seen) == [str(tmp_path / "docs" / "more" / "page.md")]
    page.write_text("after that", encoding="utf-8")
    assert stamps([tmp_path / "docs"]) != seen


def test_an_edition_that_is_kept_holds_nothing_of_the_builds_before(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Each of them would hold the one before: memory would grow with every save."""
    monkeypatch.setattr("mkdocs_kept.open_layout", lambda *_: (Site(), []))
    theme: Any = Stand(dirs=[])
    config: Any = Stand(config_file_path=tmp_path / "mkdocs.yml", watch=[], theme=theme)
    kept, layout = KeptSites(), Layout(tmp_path, "en", {})
    site, _ = kept.open(config, tmp_path, layout, date.today())
    site.editions = [site]
    again, _ = kept.open(config, tmp_path, layout, date.today())
    assert not again.editions


def test_what_the_first_edition_has_in_the_folder_of_another_is_not_mixed_with_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for file in ("site/ko/index.html", "next/ko/index.html", "next/ko/cup.txt"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(file, encoding="utf-8")
    staging: Any = Stand(target=tmp_path / "site", folder=tmp_path / "next")
    monkeypatch.setattr(mkdocs_events.session, "staging", staging)
    mkdocs_events.take_over("ko/")
    assert [file.name for file in (tmp_path / "next/ko").iterdir()] == ["index.html"]


#: The options of the palette by what they are on for, and what a switch of each leads to.
SCHEMES: dict[str, dict[str, str]] = {
    "system": {},
    "light": {"scheme": "default"},
    "dark": {"scheme": "slate"},
}


@pytest.mark.parametrize(
    "order", [("system", "light", "dark"), ("system", "dark", "light"), ("light", "dark")], ids=str
)
def test_a_switch_of_the_palette_is_named_by_what_it_leads_to(order: tuple[str, ...]) -> None:
    """Not by what is on: whoever hears it would be told where they stand."""
    palette: list[dict[str, Any]] = [{**SCHEMES[name], "toggle": {"icon": "x"}} for name in order]
    named = [*palette, {"toggle": {"name": "Mine"}}]
    for options in (palette, named, [{"scheme": "slate"}], {"scheme": "default"}, None):
        config: Any = Stand(theme={"palette": options}, mdx_configs={}, markdown_extensions=[])
        mkdocs_events.speak(config, lambda key, **_: key)  # type: ignore[arg-type]
        if options is palette:
            names = [option["toggle"]["name"] for option in palette]
            assert names == [f"palette-{after}" for after in (*order[1:], order[0])]
    assert named[-1]["toggle"]["name"] == "Mine", "what the configuration says stays"
