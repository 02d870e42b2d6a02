"""What is built again under serve, by what has changed and by who shows it."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from types import SimpleNamespace as Stand
from typing import Any

import pytest

import mkdocs_events

GLOSSARY, BREWING = "docs/en/glossary.md", "docs/en/brewing.md"
LENT: dict[str, Path] = {"glossary.md": Path(GLOSSARY)}
NOW, LATER = (1, 10), (2, 10)
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
    changed: dict[str, dict[str, tuple[int, int] | None]],
    lent: dict[str, Path],
    built: str,
) -> None:
    """What an edition lends is made again with the edition that it is of; what came or went, too."""
    session = mkdocs_events.Session(serving=True)
    monkeypatch.setattr(mkdocs_events, "session", session)
    state = {folder: dict(files) for folder, files in FILES.items()}
    monkeypatch.setattr(mkdocs_events, "made_from", lambda config: deepcopy(state))
    done: list[str] = []
    monkeypatch.setattr(mkdocs_events, "rebuild_other", done.append)
    layout = Stand(folder="ko/", lent=lent)
    build = Stand(others=[(Stand(docs_dir="docs/ko"), Stand(layout=layout))])
    config: Any = Stand(extra={"build": build})
    server: Any = Stand(
        watch=lambda folder: None,
        builder=lambda: done.append("the first alone" if session.alone else "all"),
    )
    mkdocs_events.on_serve(server, config, server.builder)
    for folder, files in changed.items():
        for file, stamp in files.items():
            if stamp is None:
                del state[folder][file]
            else:
                state[folder][file] = stamp
    server.builder()
    assert done == [built]
    assert not session.alone


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
