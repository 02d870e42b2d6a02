"""What a site needs grows with its pages and no faster: navigation, files, stylesheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jinja2 import DictLoader, Environment

from annotated.compiled import Compiled
from annotated.folder import Folder
from annotated.publish.navigation import MOST_ENTRIES, NEIGHBOURS, shown_entries


def test_a_short_section_is_listed_whole() -> None:
    entries = list(range(MOST_ENTRIES))
    assert shown_entries(entries, 30) == entries


@pytest.mark.parametrize("at", [0, 1, NEIGHBOURS, 500, 999])
def test_of_a_long_section_a_page_lists_its_neighbours_and_the_first(at: int) -> None:
    shown = shown_entries(range(1000), at)
    assert shown == sorted(shown)
    assert {0, at} <= set(shown)
    assert {max(0, at - NEIGHBOURS), min(999, at + NEIGHBOURS)} <= set(shown)
    assert len(shown) <= 2 * NEIGHBOURS + 2


def test_a_folder_is_a_mapping_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "b" / "c").mkdir(parents=True)
    (tmp_path / "b" / "c" / "d.txt").write_bytes(b"d")
    (tmp_path / "a.txt").write_bytes(b"a")
    files = Folder(tmp_path)
    assert list(files) == ["a.txt", "b/c/d.txt"]
    files["new/e.txt"] = b"e"
    files["a.txt"] = b"A"
    assert files.pop("b/c/d.txt") == b"d"
    assert dict(files) == {"a.txt": b"A", "new/e.txt": b"e"}
    assert dict(Folder(tmp_path)) == dict(files)
    assert "b/c/d.txt" not in files
    with pytest.raises(KeyError):
        files["nowhere.txt"]


def test_a_folder_holds_no_content(tmp_path: Path) -> None:
    """The finishing goes page by page: what another program writes meanwhile is read anew."""
    (tmp_path / "a.txt").write_bytes(b"a")
    files = Folder(tmp_path)
    assert files["a.txt"] == b"a"
    (tmp_path / "a.txt").write_bytes(b"other")
    assert files["a.txt"] == b"other"


def test_templates_stay_compiled_until_their_source_changes() -> None:
    kept, source = Compiled(), {"a.html": "one {{ x }}"}
    made: list[str] = []

    class Counting(Environment):
        def compile(self, *args: Any, **kwargs: Any) -> Any:
            made.append("a.html")
            return super().compile(*args, **kwargs)

    def rendered() -> str:
        """As under serve: each build makes its templates anew."""
        environment = Counting(loader=DictLoader(source), bytecode_cache=kept, autoescape=True)
        return environment.get_template("a.html").render(x=1)

    assert [rendered(), rendered()] == ["one 1", "one 1"]
    assert len(made) == 1
    source["a.html"] = "two {{ x }}"
    assert rendered() == "two 1"
    assert len(made) == 2
