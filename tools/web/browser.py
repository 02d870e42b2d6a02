"""The browser for the tests: one that is there, or else one that is fetched.

``python tools/web/browser.py`` makes sure of it before the tests start. No browser is a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

if __name__ == "__main__":  # run as a program, its neighbours are not on the path
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from web.installed import installed, shells

FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# What pages are measured and pictured with: Korean, and the widest Latin.
FONTS = ("fonts-noto-cjk", "fonts-dejavu", "fonts-liberation")


class BrowserError(Exception):
    """There is no browser and none can be fetched: one sentence with the command to run."""


def launch(playwright: Playwright, more: Sequence[str] = (), *, whole: bool = False) -> Browser:
    """Start the browser for a test; the caller closes it.

    A whole one for `more` flags, too: without a window of its own, it knows the engine's alone.
    """
    path = find(playwright, whole=whole or bool(more))
    if path is None:
        raise BrowserError("No browser: run `python tools/web/browser.py` to fetch one.")
    # A machine that is busy with other tests may take its time.
    return playwright.chromium.launch(executable_path=path, args=[*flags(), *more], timeout=120_000)


def flags() -> list[str]:
    """Return the browser's flags; only root, whom the sandbox refuses, goes without it."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*FLAGS, *(("--no-sandbox",) if root else ())]


def find(playwright: Playwright, *, whole: bool = False) -> Path | None:
    """Return a browser that is there: the CHROMIUM variable, Playwright's own, an installed one.

    One without a window of its own comes first, unless `whole` is said: it does not read the
    settings that somebody makes in a browser, and a pointer rests on each page from the start.
    """
    named = os.environ.get("CHROMIUM", "")
    if named:
        path = shutil.which(named)
        if path is None:
            raise BrowserError(f"CHROMIUM names no program: '{named}'. Correct it, or unset it.")
        return Path(path)
    there = [Path(playwright.chromium.executable_path), *installed()]
    return next(filter(Path.is_file, there if whole else [*shells(), *there]), None)


def provide(playwright: Playwright) -> Path:
    """Return a browser; fetch one if none is there."""
    path = find(playwright)
    if path is None:
        say("No browser here: fetching Playwright's Chromium ...")
        run([sys.executable, "-m", "playwright", "install", "chromium"])
        path = find(playwright)
    if path is None and can_install():
        say("That did not work: installing Debian's package chromium with apt-get, as root ...")
        install("chromium")
        path = find(playwright)
    if path and not os.environ.get("CHROMIUM") and not any(shells()) and can_install():
        say("Installing Debian's package chromium-headless-shell, which is quicker ...")
        install("chromium-headless-shell")
        path = find(playwright)
    if path is None:
        raise BrowserError(
            "The tests need a browser: install Chrome, Edge or Chromium, or connect and run"
            " `python -m playwright install chromium`."
        )
    return path


def provide_driver() -> None:
    """Make sure that Playwright itself starts: its driver needs a library that Debian may lack."""
    command = [sys.executable, "-m", "playwright", "--version"]
    done = run(command)
    if done.returncode and can_install():
        say("Playwright does not start: installing Debian's libatomic1 with apt-get, as root ...")
        install("libatomic1")
        done = run(command)
    if done.returncode:
        reason = (done.stdout + done.stderr).strip().splitlines()[-1:]
        raise BrowserError(
            f"Playwright does not start ({''.join(reason)}): on Debian and Ubuntu,"
            " `apt install libatomic1` may bring what it lacks."
        )


def provide_fonts() -> None:
    """Bring the fonts of the tests where Debian's packages are; other systems have their own."""
    if shutil.which("dpkg-query") is None:
        return
    missing = [font for font in FONTS if not has_package(font)]
    if not missing:
        return
    if not can_install():
        say(f"Fonts for Korean may be missing here; `apt install {' '.join(missing)}` brings them.")
        return
    say(f"Installing Debian's packages {', '.join(missing)} with apt-get, as root ...")
    install(*missing)


def can_install() -> bool:
    """Tell whether apt-get is here and would obey; sudo is never asked for."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return root and shutil.which("apt-get") is not None


def install(*packages: str) -> None:
    """Install Debian packages. Whether that worked is for the caller to look at."""
    run(["apt-get", "update", "-qq"])
    run(["apt-get", "install", "-qq", "-y", "--no-install-recommends", *packages])


def has_package(name: str) -> bool:
    """Tell whether a Debian package is installed."""
    status = run(["dpkg-query", "--show", "--showformat=${db:Status-Status}", name])
    return status.stdout == "installed"


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, its noise kept from the terminal."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(
        command,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        text=True,
        errors="replace",
        check=False,
        env=environment,
    )


def say(line: str) -> None:
    """Tell the person at the terminal what is about to happen."""
    print(line, flush=True)


def main() -> int:
    """Make sure of browser and fonts; print one sentence and return 1 if there is no browser."""
    try:
        provide_driver()
        with sync_playwright() as playwright:
            provide(playwright)
    except BrowserError as error:
        print(error, file=sys.stderr)
        return 1
    provide_fonts()
    return 0


if __name__ == "__main__":
    sys.exit(main())
