"""What is built again under serve, by what has changed and by who shows it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace as Stand
from typing import Any

import pytest

import mkdocs_events

LENT: dict[str, Path] = {"glossary.md": Path("docs/en/glossary.md")}


@pytest.mark.parametrize(
    ("changed", "lent", "built"),
    [
        ([""], {}, "the first alone"),
        ([""], LENT, "all"),
        (["ko/"], {}, "ko/"),
        (["ko/"], LENT, "ko/"),
        (["", "ko/"], {}, "all"),
        (["all"], {}, "all"),
        ([], {}, "all"),
    ],
    ids=str,
)
def test_a_save_builds_what_shows_it(
    monkeypatch: pytest.MonkeyPatch, changed: list[str], lent: dict[str, Path], built: str
) -> None:
    """Pages that an edition lends are made again with the edition that they are of."""
    session = mkdocs_events.Session(serving=True)
    monkeypatch.setattr(mkdocs_events, "session", session)
    state: dict[str, object] = {"": 1, "ko/": 1, "all": 1}
    monkeypatch.setattr(mkdocs_events, "made_from", lambda config: dict(state))
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
    for folder in changed:
        state[folder] = 2
    server.builder()
    assert done == [built]
    assert not session.alone
