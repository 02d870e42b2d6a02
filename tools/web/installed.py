"""Where a browser may stand on Linux, macOS and Windows. The standard library is enough for it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

COMMANDS = (
    "google-chrome",
    "google-chrome-stable",
    "chromium",
    "chromium-browser",
    "microsoft-edge",
    "microsoft-edge-stable",
    "chrome",
    "msedge",
)
# Chromium without a window of its own: it does what a test asks for in half of the time.
SHELLS = ("chromium-headless-shell", "chrome-headless-shell")
MACOS = ("Google Chrome", "Microsoft Edge", "Chromium")
WINDOWS = (
    r"Google\Chrome\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
    r"Chromium\Application\chrome.exe",
)


def installed() -> Iterable[Path]:
    """Return where Chrome, Edge and Chromium stand on Linux, macOS and Windows."""
    for command in COMMANDS:
        path = shutil.which(command)
        if path:
            yield Path(path)
    for name in MACOS:
        for folder in (Path("/Applications"), Path.home() / "Applications"):
            yield folder / f"{name}.app" / "Contents" / "MacOS" / name
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        if os.environ.get(variable):
            for place in WINDOWS:
                yield Path(os.environ[variable], place)


def shells() -> Iterable[Path]:
    """Return where Chromium without a window of its own stands: on the path, or fetched."""
    for command in SHELLS:
        path = shutil.which(command)
        if path:
            yield Path(path)
    for folder in sorted(_fetched_into().glob("chromium_headless_shell-*"), reverse=True):
        yield from folder.glob("*/*headless*shell*")


def fetched() -> Iterable[Path]:
    """Return the browsers that Playwright has fetched, as folders."""
    return sorted(_fetched_into().glob("chromium-*"))


def _fetched_into() -> Path:
    named = os.environ.get("PLAYWRIGHT_BROWSERS_PATH", "")
    caches = {"darwin": "Library/Caches", "win32": "AppData/Local"}
    return Path(named or Path.home() / caches.get(sys.platform, ".cache") / "ms-playwright")
