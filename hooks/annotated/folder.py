"""A folder as a mapping from path to content: read and written one file at a time."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from pathlib import Path


class Folder(MutableMapping[str, bytes]):
    """The files below a folder by their paths, with forward slashes, in order.

    What takes a mapping of files takes this one as well, and then a site is never held as a
    whole: memory stays the same however many pages there are. Files that others write after it
    was made are not in it.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        found = (file for file in root.rglob("*") if file.is_file())
        self._paths = dict.fromkeys(sorted(file.relative_to(root).as_posix() for file in found))

    def __getitem__(self, path: str) -> bytes:
        if path not in self._paths:
            raise KeyError(path)
        return (self.root / path).read_bytes()

    def __setitem__(self, path: str, content: bytes) -> None:
        file = self.root / path
        if path not in self._paths:
            file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        self._paths[path] = None

    def __delitem__(self, path: str) -> None:
        del self._paths[path]
        (self.root / path).unlink()

    def __contains__(self, path: object) -> bool:
        return path in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(tuple(self._paths))

    def __len__(self) -> int:
        return len(self._paths)
