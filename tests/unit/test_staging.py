"""Where the next site is built: whatever happens, a whole site is there afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from annotated.staging import Staging, StagingError

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Yesterday's site."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "index.html").write_text("yesterday", encoding="utf-8")
    (folder / "gone.html").write_text("old page", encoding="utf-8")
    return folder


def built(site: Path, text: str = "today") -> Staging:
    staging = Staging.beside(site)
    (staging.folder / "assets").mkdir()
    (staging.folder / "assets" / "site.css").write_text(text, encoding="utf-8")
    (staging.folder / "index.html").write_text(text, encoding="utf-8")
    return staging


def text_of(site: Path) -> str:
    return (site / "index.html").read_text(encoding="utf-8")


def left_beside(site: Path) -> list[str]:
    return sorted(path.name for path in site.parent.iterdir() if path != site)


def test_a_finished_site_takes_the_place_of_the_old_one(site: Path) -> None:
    built(site).publish()
    assert text_of(site) == "today"
    assert not (site / "gone.html").exists()
    assert left_beside(site) == []
    assert site.stat().st_mode & 0o777 == 0o777 & ~_umask()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_an_unfinished_site_is_dropped(site: Path) -> None:
    built(site).drop()
    assert text_of(site) == "yesterday"
    assert left_beside(site) == []


def test_two_runs_have_folders_of_their_own_and_the_last_one_stays(site: Path) -> None:
    first, second = built(site, "first"), built(site, "second")
    assert first.folder != second.folder
    second.publish()
    assert text_of(site) == "second"
    first.publish()
    assert text_of(site) == "first"
    assert left_beside(site) == []


RACE = """
import sys
from pathlib import Path
from annotated.staging import Staging
site, name = Path(sys.argv[1]), sys.argv[2]
for round in range(25):
    staging = Staging.beside(site)
    for file in range(20):
        (staging.folder / f"{file}.html").write_text(f"{name} {round}")
    staging.publish()
"""


def test_runs_at_the_same_time_never_mix(tmp_path: Path) -> None:
    site = tmp_path / "site"
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", RACE, str(site), name],
            env={**os.environ, "PYTHONPATH": str(ROOT / "hooks")},
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in ("one", "two", "three")
    ]
    said = [run.communicate(timeout=240)[1] for run in runs]  # all end, whatever one says
    assert [run.returncode for run in runs] == [0, 0, 0], "\n".join(said)
    assert len({file.read_text(encoding="utf-8") for file in site.iterdir()}) == 1
    assert len(list(site.iterdir())) == 20
    assert left_beside(site) == []


def test_a_site_that_another_run_moves_away_meanwhile_is_no_file(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is there when it is first looked at, and a moment later it is not."""
    whole = Path.stat

    def once(path: Path, **asked: bool) -> os.stat_result:
        seen = whole(path, **asked)
        if path == site:
            shutil.rmtree(site)
        return seen

    monkeypatch.setattr(Path, "stat", once)
    staging = Staging.beside(site)
    monkeypatch.undo()
    staging.publish()
    assert site.is_dir()


def test_a_link_stays_a_link(site: Path, tmp_path: Path) -> None:
    real = tmp_path / "elsewhere" / "real"
    real.parent.mkdir()
    site.rename(real)
    site.symlink_to(real, target_is_directory=True)
    built(site).publish()
    assert site.is_symlink()
    assert text_of(real) == "today"
    assert left_beside(real) == []


def test_a_link_to_a_folder_that_is_not_there_yet_makes_it(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.symlink_to(tmp_path / "www" / "notes")
    built(site).publish()
    assert site.is_symlink()
    assert text_of(tmp_path / "www" / "notes") == "today"


def test_a_link_in_a_circle_is_one_sentence(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.symlink_to(site)
    with pytest.raises(StagingError, match="leads nowhere"):
        Staging.beside(site)


def test_a_file_is_not_replaced(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.write_text("mine", encoding="utf-8")
    with pytest.raises(StagingError, match="is a file"):
        Staging.beside(site)
    assert site.read_text(encoding="utf-8") == "mine"


def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(StagingError, match="cannot be written"):
        Staging.beside(Path("/proc/site"))


def _file(path: Path) -> None:
    path.write_text("left", encoding="utf-8")


def _folder(path: Path) -> None:
    path.mkdir()
    (path / "index.html").write_text("left", encoding="utf-8")


def _link(path: Path) -> None:
    path.symlink_to(path.parent / "nowhere")


@pytest.mark.parametrize(
    "name", ["site.building", "site.old", "site.building-x", "site.replaced-x"]
)
@pytest.mark.parametrize("make", [_file, _folder, _link, os.mkfifo])
def test_leftovers_of_any_kind_are_cleared_away(
    site: Path, name: str, make: Callable[[Path], None]
) -> None:
    make(site.with_name(name))
    built(site).publish()
    assert text_of(site) == "today"
    assert left_beside(site) == []


@pytest.mark.parametrize("name", ["site.old", "site.replaced-x/site"])
def test_a_site_that_a_killed_run_had_moved_aside_is_put_back(site: Path, name: str) -> None:
    aside = site.parent / name
    aside.parent.mkdir(exist_ok=True)
    site.rename(aside)
    Staging.beside(site).drop()
    assert text_of(site) == "yesterday"
    assert left_beside(site) == []


def test_what_another_run_uses_is_no_leftover(site: Path) -> None:
    run = built(site)
    Staging.beside(site).drop()
    run.publish()
    assert text_of(site) == "today"


def refuse(monkeypatch: pytest.MonkeyPatch, refused: Callable[[Path, Path], bool]) -> None:
    rename = Path.rename

    def careful(self: Path, target: Path) -> Path:
        if refused(self, Path(target)):
            raise OSError(16, "Device or resource busy")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", careful)


@pytest.mark.parametrize("which", ["first", "second", "both and back"])
def test_where_renames_are_refused_the_site_is_copied(
    site: Path, monkeypatch: pytest.MonkeyPatch, which: str
) -> None:
    def refused(source: Path, target: Path) -> bool:
        if which == "first":
            return source == site
        return target == site and (which == "both and back" or ".building" in source.name)

    run = built(site)
    refuse(monkeypatch, refused)
    run.publish()
    assert text_of(site) == "today"
    assert (site / "assets" / "site.css").read_text(encoding="utf-8") == "today"
    assert not (site / "gone.html").exists()
    assert left_beside(site) == []


def test_a_copy_that_fails_halfway_leaves_the_old_site(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = built(site)
    refuse(monkeypatch, lambda source, target: True)
    replace = Path.replace

    def full(self: Path, target: Path) -> Path:
        if self.read_text(encoding="utf-8") == "today" and self.name.startswith("index"):
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(StagingError, match="no space left"):
        run.publish()
    assert text_of(site) == "yesterday"
    assert (site / "gone.html").exists()
    assert not (site / "assets").exists()


def test_a_site_of_another_configuration_and_hidden_files_are_kept(site: Path) -> None:
    korean = site / "ko"
    korean.mkdir()
    for name in ("404.html", "sitemap.xml", "index.html"):
        (korean / name).write_text("ko", encoding="utf-8")
    for name in (".git", ".nojekyll"):
        (site / name).write_text("gitdir: elsewhere", encoding="utf-8")
    (site / ".well-known").mkdir()
    (site / ".well-known" / "security.txt").write_text("whom to tell", encoding="utf-8")
    (site / "old-section").mkdir()
    (site / "old-section" / "404.html").write_text("a page", encoding="utf-8")
    assert built(site).publish() == [".git", ".nojekyll", ".well-known", "ko"]
    assert text_of(korean) == "ko"
    assert (site / ".well-known" / "security.txt").read_text() == "whom to tell"
    assert not (site / "old-section").exists()


def test_a_site_that_is_copied_gets_what_pages_need_before_the_pages(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who reads meanwhile has a page of yesterday or one of today, and each finds its styles."""
    run = built(site)
    for name in ("404.html", "a.html", "search/index.json", "zen/index.html", "zen/a.svg"):
        file = run.folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("today", encoding="utf-8")
    refuse(monkeypatch, lambda source, target: True)
    replace, came = Path.replace, list[str]()

    def told(self: Path, target: Path) -> Path:
        if target.is_relative_to(site):
            came.append(target.relative_to(site).as_posix())
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", told)
    run.publish()
    pages = [name.endswith(".html") for name in came]
    assert pages == [False] * 3 + [True] * 4, came
