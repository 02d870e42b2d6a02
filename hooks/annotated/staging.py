"""Where a site is built before it is published, so that the last good one stays until then.

The next site is written to a folder of its own beside the old one, and takes its place by two
renames. Every run has its own folder, so that runs at the same time never mix: each publishes a
whole site, and the last one stays.
"""

from __future__ import annotations

import errno
import filecmp
import glob
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

HAS_LOCKS = os.name == "posix"
if HAS_LOCKS:
    import fcntl

#: What the folders are called, after the name of the site's own.
BUILDING, REPLACED = ".building", ".replaced"
#: Without locks, a folder that was left behind is known by its age: no build takes a day.
ABANDONED_AFTER_SECONDS = 24 * 60 * 60
#: How often a run tries again when another one publishes at the same moment.
TRIES = 100
#: What MkDocs writes at the root of each site, by which one inside another is known.
ROOT_FILES = ("404.html", "sitemap.xml")
LOST = "lost+found"


class StagingError(Exception):
    """Why a site cannot be built or published, as one sentence."""


class _Claim(NamedTuple):
    """A folder of this run; the lock on `handle` ends with the process, however that ends."""

    folder: Path
    handle: int | None


@dataclass
class Staging:
    """The folder in which the next site is built, and the place that it will take."""

    target: Path
    folder: Path
    _claims: list[_Claim]

    @classmethod
    def beside(cls, site: Path) -> Staging:
        """Make a folder for the next `site`, and clear away what interrupted runs left.

        Raises:
            StagingError: nothing can be written there, or `site` is no folder.
        """
        try:
            # A link stays a link: what it points to is what is replaced, or made.
            target = Path(os.path.realpath(site))
            with suppress(FileNotFoundError):
                os.path.realpath(site, strict=True)
        except OSError as error:
            raise StagingError(f"'{site}' leads nowhere: {_why(error)}") from error
        if _is_other_than_folder(target):
            raise StagingError(f"'{site}' is a file: move it, or set another 'site_dir'")
        _clear(target)
        try:
            claim = _claim(target, BUILDING)
        except OSError as error:
            raise StagingError(f"'{site}' cannot be written: {_why(error)}") from error
        return cls(target, claim.folder, [claim])

    def publish(self, *, keep: bool = True) -> list[str]:
        """Put the finished site in the place of the old one.

        Args:
            keep: whether something may stand in the old one that no build of this site has made.

        Returns:
            What was kept of the old one, by its paths: hidden files, as MkDocs keeps them, and
            sites that another configuration has published inside it.

        Raises:
            StagingError: the place cannot be taken; the sentence says where the last site is.
        """
        try:
            kept = self._keep() if keep else []
            # Others may read what is published, whatever a folder for one run allows.
            self.folder.chmod(0o777 & ~_umask())
            if not self._rename():
                self._copy()
        except OSError as error:
            raise StagingError(
                f"the new site could not take the place of '{self.target}': {_why(error)}; "
                "what stood there still does"
            ) from error
        finally:
            self.drop()
        return kept

    def drop(self) -> None:
        """Remove what this run has made and not published."""
        for claim in self._claims:
            _remove(claim.folder)
            if claim.handle is not None:
                os.close(claim.handle)
        self._claims = []

    def _keep(self) -> list[str]:
        """Copy what the old site holds and no build has made; return its paths."""
        for attempt in range(1, TRIES + 1):
            kept: list[str] = []
            try:
                for name in _others_in(self.target):
                    if not (self.folder / name).exists():
                        kept.append(name)
                        _copy_any(self.target / name, self.folder / name)
            except FileNotFoundError:  # Another run has just moved the old site away.
                if attempt == TRIES:
                    raise
                for name in kept:
                    _remove(self.folder / name)
            else:
                break
        return kept

    def _rename(self) -> bool:
        """Try to take the place by renames; False where the system does not allow them."""
        for _ in range(TRIES):
            aside: Path | None = None
            try:
                if self.target.exists():
                    claim = _claim(self.target, REPLACED)
                    self._claims.append(claim)
                    aside = claim.folder / "site"
                    self.target.rename(aside)
            except FileNotFoundError:
                continue  # Another run has just moved it away.
            except OSError:
                return False
            try:
                self.folder.rename(self.target)
            except OSError as error:
                if error.errno in (errno.EEXIST, errno.ENOTEMPTY):
                    continue  # Another run was quicker: its site is replaced in turn.
                if aside is not None:
                    self._put_back(aside)
                return False
            return True
        return False

    def _put_back(self, aside: Path) -> None:
        """Bring the last site back to its place, or leave it where it is whole."""
        try:
            aside.rename(self.target)
        except OSError:
            try:
                shutil.copytree(aside, self.target, symlinks=True, dirs_exist_ok=True)
            except OSError as error:
                self._claims = [claim for claim in self._claims if claim.folder != aside.parent]
                raise StagingError(
                    f"'{self.target}' cannot be written: {_why(error)}; "
                    f"the last site is now in '{aside}'"
                ) from error

    def _copy(self) -> None:
        """Copy the site into a place that cannot be renamed, such as a mount."""
        self.target.mkdir(parents=True, exist_ok=True)
        safe = Path(tempfile.mkdtemp(prefix=f"{self.target.name}{REPLACED}-"))
        with _locked(self.target):
            _mirror(self.target, safe)
            try:
                _mirror(self.folder, self.target)
            except OSError as error:
                try:
                    _mirror(safe, self.target)
                except OSError:
                    raise StagingError(
                        f"'{self.target}' cannot be written: {_why(error)}; it may hold parts of "
                        f"two sites, and the last one is whole in '{safe}'"
                    ) from error
                raise
        _remove(safe)


def _is_other_than_folder(place: Path) -> bool:
    """Whether something that is no folder is there; asked once, since others publish meanwhile."""
    try:
        return not stat.S_ISDIR(place.stat().st_mode)
    except OSError:
        return False


def _claim(target: Path, kind: str) -> _Claim:
    """Make a folder of this run for `target`: beside it, or where the system keeps such."""
    while True:
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            folder = Path(tempfile.mkdtemp(prefix=f"{target.name}{kind}-", dir=target.parent))
        except OSError:
            # A mount may be all that can be written.
            if kind == REPLACED or not os.access(target, os.W_OK):
                raise
            folder = Path(tempfile.mkdtemp(prefix=f"{target.name}{kind}-"))
        handle = _lock(folder, wait=False)
        # A run that clears away may have taken it for a leftover before it was locked.
        if folder.exists() and (handle is not None or not HAS_LOCKS):
            return _Claim(folder, handle)


def _lock(folder: Path, *, wait: bool) -> int | None:
    """Lock a folder for this process; None if another has it, or if it is gone.

    Where there are no locks, nothing is waited for and nothing is refused.
    """
    if not HAS_LOCKS:
        return None
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        os.close(handle)
        return None
    except OSError:
        pass  # not every file system has locks
    return handle


def _clear(target: Path) -> None:
    """Remove what interrupted runs left; a site that one had moved aside is put back."""
    first_edition = [target.with_name(target.name + ending) for ending in (".old", BUILDING)]
    for left in first_edition:
        if left.name.endswith(".old") and (left / "index.html").exists():
            _restore(left, target)
        _remove(left)
    for kind in (REPLACED, BUILDING):
        for left in sorted(target.parent.glob(f"{glob.escape(target.name + kind)}-*")):
            handle = _lock(left, wait=False) if left.is_dir() else None
            if _abandoned(left, handle):
                if kind == REPLACED:
                    _restore(left / "site", target)
                _remove(left)
            if handle is not None:
                os.close(handle)


def _restore(aside: Path, target: Path) -> None:
    """Put a site back that a run had moved aside when it ended, unless there is another."""
    if aside.is_dir() and not target.exists():
        with suppress(OSError):
            aside.rename(target)


def _abandoned(folder: Path, handle: int | None) -> bool:
    """Whether no run is using a folder any more; `handle` is its lock, if it could be had."""
    if folder.is_symlink() or not folder.is_dir() or handle is not None:
        return True
    if HAS_LOCKS:
        return False
    try:
        return time.time() - folder.stat().st_mtime > ABANDONED_AFTER_SECONDS
    except OSError:
        return False


def is_site(folder: Path) -> bool:
    """Whether a build may replace a folder: it is a site, or nothing else is seen in it."""
    if not folder.is_dir():
        return False
    seen = (path for path in folder.iterdir() if not path.name.startswith("."))
    return _is_whole(folder) or all(path.name == LOST or _is_whole(path) for path in seen)


def _is_whole(folder: Path) -> bool:
    """Whether a folder holds what MkDocs writes at the root of a site."""
    return all((folder / name).is_file() for name in ROOT_FILES)


def _others_in(site: Path) -> Iterator[str]:
    """What a site holds that its own build has not made, by path."""
    if not site.is_dir():
        return
    for there in sorted(site.iterdir()):
        if there.name.startswith("."):
            yield there.name
    for file in sorted(site.rglob(ROOT_FILES[0])):
        inner = file.parent
        if inner != site and _is_whole(inner):
            yield inner.relative_to(site).as_posix()


def _copy_any(source: Path, target: Path) -> None:
    """Copy a file, a link or a folder with all that is in it."""
    if source.is_dir() and not source.is_symlink():
        shutil.copytree(source, target, symlinks=True)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target, follow_symlinks=False)


def _below(folder: Path) -> Iterator[Path]:
    """All that is below a folder, but for what a file system keeps at its root for itself."""
    return (path for path in folder.rglob("*") if LOST not in path.relative_to(folder).parts[:1])


def _mirror(source: Path, target: Path) -> None:
    """Make `target` hold what `source` holds; what pages need comes before the pages."""
    files = sorted((f for f in _below(source) if f.is_file()), key=lambda f: f.suffix == ".html")
    wanted = {file.relative_to(source) for file in files}
    folders = {parent for path in wanted for parent in path.parents}
    for there in sorted(_below(target), reverse=True):
        path = there.relative_to(target)
        if path in folders and (there.is_symlink() or not there.is_dir()):
            there.unlink()
    for path in (file.relative_to(source) for file in files):
        place = target / path
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place)
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.is_file() and filecmp.cmp(source / path, place, shallow=False):
            continue
        part = place.with_name(place.name + ".part")
        shutil.copyfile(source / path, part)
        part.replace(place)
    for there in sorted(_below(target), reverse=True):
        path = there.relative_to(target)
        if there.is_dir() and not there.is_symlink():
            if path not in folders:
                shutil.rmtree(there)
        elif path not in wanted:
            there.unlink()


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Wait until no other run copies into `folder`."""
    handle = _lock(folder, wait=True)
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _remove(path: Path) -> None:
    """Remove a folder, a file or a link, whatever stands there; what cannot be removed stays."""
    with suppress(OSError):
        if path.is_symlink() or path.is_file():
            path.unlink()
        elif path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink()  # a pipe, or what else has no content


def _umask() -> int:
    """What the system takes away from the rights of new files."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _why(error: OSError) -> str:
    """What the system says, in a few words."""
    return (error.strerror or str(error)).lower()
