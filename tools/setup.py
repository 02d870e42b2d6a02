"""Set up a virtual environment from pinned, hashed requirements, unless it is up to date.

Run as ``python3 tools/setup.py [REQUIREMENTS [FOLDER]]``. It uses the standard library alone, and
only syntax that Python 3.6 can read: an old Python must get far enough to say that it is too old.
"""

import hashlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11, 5)  # pymdown-extensions asks for it
WITHOUT_NETWORK = (
    "connection broken by",
    "Failed to establish a new connection",
    "Failed to resolve",
    "Temporary failure in name resolution",
    "getaddrinfo failed",
    "Network is unreachable",
    "Connection refused",
    "timed out",
)


class SetupError(Exception):
    """Why setting up cannot go on, as one sentence for the person at the terminal."""


def main(arguments: "list[str]") -> int:
    """Set up the environment; print one sentence and return 1 where that is not possible."""
    requirements = ROOT / (arguments[0] if arguments else "requirements.txt")
    folder = ROOT / (arguments[1] if len(arguments) > 1 else ".venv")
    try:
        check_python(tuple(sys.version_info[:3]))
        prepare(requirements, folder)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped; the next run starts over.", file=sys.stderr)
        return 130
    return 0


def check_python(version: "tuple[int, ...]") -> None:
    """Refuse a Python that the site's packages do not run on."""
    if version < OLDEST:
        raise SetupError(
            f"Python {dotted(OLDEST)} or newer is needed, and this is {dotted(version)}: install a"
            " newer one and name it, as in `make serve PYTHON=python3.13`."
        )


def prepare(requirements: Path, folder: Path) -> None:
    """Bring `folder` up to `requirements`; a stamp in it tells the next run that all is there.

    A folder without any stamp is the rest of a set-up that was broken off: it is made anew.
    """
    if not requirements.is_file():
        raise SetupError(f"There is no {requirements.name} here, so this cannot be set up.")
    stamp = folder / (requirements.name + ".sha256")
    wanted = hashlib.sha256(requirements.read_bytes()).hexdigest()
    python = interpreter(folder)
    if python.exists() and stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return
    print(f"Setting up {folder.name} from {requirements.name}: a minute or so ...", flush=True)
    if not python.exists() or not any(folder.glob("*.sha256")):
        create(folder)
    install(python, requirements, folder / "setup.log")
    stamp.write_text(wanted, encoding="ascii")


def interpreter(folder: Path) -> Path:
    """Return where a virtual environment keeps its Python."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def create(folder: Path) -> None:
    """Create a virtual environment with pip in it."""
    if lacking():
        raise SetupError(
            f"This Python lacks its {lacking()} module: install it (on Debian and Ubuntu:"
            " `apt install python3-venv`) and run this again."
        )
    done = run([sys.executable, "-m", "venv", "--clear", str(folder)])
    if done.returncode:
        raise SetupError(f"Python cannot make a virtual environment: {last_line(done.stdout)}")


def lacking() -> str:
    """Return the module that a virtual environment needs and this Python lacks; else nothing."""
    modules = ("venv", "ensurepip")
    return next((name for name in modules if importlib.util.find_spec(name) is None), "")


def install(python: Path, requirements: Path, log: Path) -> None:
    """Install exactly what is pinned, as wheels: no package's own script runs at set-up.

    pip's own words go to the log.
    """
    done = run(
        [
            *(str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
            *("--no-input", "--retries", "2", "--only-binary", ":all:"),
            *("--require-hashes", "-r", str(requirements)),
        ]
    )
    if not done.returncode:
        return
    log.write_text(done.stdout, encoding="utf-8")
    place = log.relative_to(log.parent.parent)
    if any(sign in done.stdout for sign in WITHOUT_NETWORK):
        raise SetupError(
            "The first set-up downloads packages, and the network does not answer: connect and run"
            f" this again (pip's words are in {place})."
        )
    raise SetupError(f"pip cannot install {requirements.name}: {last_line(done.stdout)} ({place})")


def run(command: "list[str]") -> "subprocess.CompletedProcess[str]":
    """Run a command and keep what it says, errors included, as one text."""
    return subprocess.run(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


def last_line(said: str) -> str:
    """Return the last line of what a program said: there it gives its reason."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return lines[-1] if lines else "it gives no reason"


def dotted(version: "tuple[int, ...]") -> str:
    """Write a version with dots.

    >>> dotted((3, 11, 5))
    '3.11.5'
    """
    return ".".join(str(part) for part in version)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
