"""Packages of public registries: fetched by their own clients, checked, and read as they are.

Nothing of a package is ever run or installed: a wheel or an npm tarball is opened as an archive.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path

from annotated.records.models import Package
from annotated.records.problems import quoted

#: A registry that is slow gets this long, in seconds; then the run goes on without the package.
PATIENCE = 180
#: Archives that are made to be the same every time have all their files dated so early.
_UNDATED = date(2021, 1, 1)
#: ``a-b-1.2.3-beta.1.tgz``
_NPM_VERSION = re.compile(r"-([0-9]+\.[0-9]+\.[0-9]+.*)\.tgz$")


class PackageError(Exception):
    """A package that cannot be had, or is not what it should be; the message says why."""


@dataclass(frozen=True)
class Request:
    """A package to fetch; without a version the newest, without a hash whatever comes."""

    registry: str
    name: str
    version: str = ""
    hash: str = ""

    @classmethod
    def of(cls, key: str, package: Package) -> Request:
        """The pinned package."""
        return cls(package.registry, package.name or key, package.version, package.hash)


class Archive:
    """The file of a package: its names and their contents."""

    def __init__(self, file: Path) -> None:
        """Open `file`.

        Raises:
            PackageError: it is no archive of a kind that is known.
        """
        self.file = file
        try:
            if file.suffix == ".tgz":
                self._members, self._read = _tar(file)
            else:
                self._members, self._read = _zip(file)
        except (zipfile.BadZipFile, tarfile.TarError, OSError, EOFError) as error:
            raise PackageError(f"'{file.name}' cannot be opened: {error}") from error

    @cached_property
    def names(self) -> list[str]:
        """The paths of all files, in order."""
        return sorted(self._members)

    @cached_property
    def folders(self) -> dict[str, set[str]]:
        """What stands in each folder, by the path of the folder."""
        found: dict[str, set[str]] = {}
        for name in self.names:
            path = name
            while "/" in path:
                path, _, last = path.rpartition("/")
                found.setdefault(path, set()).add(last)
        return found

    def read(self, name: str) -> bytes:
        """Return what the file `name` holds; a gzipped file is unpacked.

        Raises:
            PackageError: it is broken.
        """
        try:
            content = self._read(name)
            return gzip.decompress(content) if name.endswith(".gz") else content
        except (zipfile.BadZipFile, tarfile.TarError, OSError, EOFError, zlib.error) as error:
            raise PackageError(f"'{name}' in '{self.file.name}' is broken: {error}") from error

    @property
    def version(self) -> str:
        """The version that the file's name says: ``name-1.2.3-py3-none-any.whl``."""
        if self.file.suffix == ".whl":
            return self.file.name.split("-")[1]
        found = _NPM_VERSION.search(self.file.name)
        return found[1] if found else ""

    @property
    def packed(self) -> date | None:
        """The day on which the newest of its files was made; None if the archive does not tell."""
        newest = max(self._members.values())
        return newest if newest > _UNDATED else None


Members = dict[str, date]


def _zip(file: Path) -> tuple[Members, Callable[[str], bytes]]:
    archive = zipfile.ZipFile(file)
    members = {
        info.filename: date(*info.date_time[:3]) for info in archive.infolist() if not info.is_dir()
    }
    return members, archive.read


def _tar(file: Path) -> tuple[Members, Callable[[str], bytes]]:
    # Read once: a gzipped tarball cannot be entered in the middle.
    members: Members = {}
    contents: dict[str, bytes] = {}
    with tarfile.open(file) as archive:
        for info in archive:
            part = archive.extractfile(info) if info.isfile() else None
            if part is not None:
                # npm puts everything into a folder "package".
                name = info.name.partition("/")[2] or info.name
                members[name] = datetime.fromtimestamp(info.mtime, UTC).date()
                contents[name] = part.read()
    return members, contents.__getitem__


def opened(request: Request, cache: Path) -> Archive:
    """Return the package from `cache`, where it is fetched to if it is not there or is broken.

    Raises:
        PackageError: it cannot be had, or its hash is another.
    """
    folder = cache / request.registry / request.name.replace("/", "+")
    if request.version:
        for file in sorted((folder / request.version).glob("*")):
            if file.suffix in (".whl", ".tgz") and not _wrong(file, request):
                return Archive(file)
    fetched = _fetched(request, cache)
    if problem := _wrong(fetched, request):
        fetched.unlink()
        raise PackageError(problem)
    target = folder / Archive(fetched).version / fetched.name
    target.parent.mkdir(parents=True, exist_ok=True)
    fetched.replace(target)
    return Archive(target)


def hash_of(file: Path, registry: str) -> str:
    """Return the hash of a file as its registry writes it."""
    content = file.read_bytes()
    if registry == "npm":
        return "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()
    return "sha256:" + hashlib.sha256(content).hexdigest()


def _wrong(file: Path, request: Request) -> str:
    """Say that the hash of a file is not the pinned one; empty if it is, or none is pinned."""
    found = hash_of(file, request.registry)
    if not request.hash or found == request.hash:
        return ""
    return f"'{file.name}' has the hash {quoted(found)}, expected {quoted(request.hash)}"


def _fetched(request: Request, cache: Path) -> Path:
    """Have the registry's client write the package's file to the cache; return it."""
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as made:
        folder = Path(made)
        _run(_command(request, folder), request)
        files = [f for f in folder.iterdir() if f.suffix in (".whl", ".tgz")]
        if len(files) != 1:
            raise PackageError(f"{request.registry} gave {len(files)} files, expected one")
        kept = cache / files[0].name
        files[0].replace(kept)
    return kept


def _command(request: Request, folder: Path) -> list[str]:
    if request.registry == "npm":
        version = request.version or "latest"
        named = f"{request.name}@{version}"
        return [
            "npm",
            "pack",
            named,
            "--ignore-scripts",
            "--silent",
            f"--pack-destination={folder}",
        ]
    wanted = f"{request.name}=={request.version}" if request.version else request.name
    listed = folder / "requirements.txt"
    sure = ["--require-hashes"] if request.hash else []
    listed.write_text(f"{wanted} --hash={request.hash}\n" if request.hash else f"{wanted}\n")
    pip = (sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check")
    return [
        *pip,
        "--no-deps",
        "--only-binary=:all:",
        "--dest",
        str(folder),
        *sure,
        "-r",
        str(listed),
    ]


def _run(command: list[str], request: Request) -> str:
    """Run a registry's client; return what it prints."""
    wanted = f"{request.name} {request.version}".strip()
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=True, timeout=PATIENCE,
            stdin=subprocess.DEVNULL, env={**os.environ, "PIP_NO_INPUT": "1"},
        )  # fmt: skip
    except FileNotFoundError as error:
        raise PackageError(f"'{wanted}' needs {command[0]}, which is not installed") from error
    except subprocess.TimeoutExpired as error:
        raise PackageError(f"'{wanted}' did not arrive within {PATIENCE} seconds") from error
    except subprocess.CalledProcessError as error:
        said = [line for line in error.stderr.splitlines() if "error" in line.lower()]
        reason = said[-1].strip() if said else f"{command[0]} failed"
        raise PackageError(f"'{wanted}' cannot be fetched: {reason}") from error
    return done.stdout


def released(archive: Archive, request: Request) -> date | None:
    """The day of a release: that of its newest file, or what npm says; None if nobody tells.

    Raises:
        PackageError: npm fails.
    """
    if archive.packed or request.registry != "npm":
        return archive.packed
    named = f"{request.name}@{archive.version}"
    said = _run(["npm", "view", named, "time", "--json"], request)
    return date.fromisoformat(json.loads(said)[archive.version][:10])
