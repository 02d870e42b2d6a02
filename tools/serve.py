"""Serve the site with live reload on the first free port from 8000.

Run as ``python tools/serve.py [PORT]`` inside the environment; a port that is named must be free.
"""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from typing import NoReturn

HOST = "127.0.0.1"
FIRST = 8000
TRIED = 100


class PortError(Exception):
    """Why the site cannot be served, as one sentence."""


def main(arguments: list[str]) -> int:
    """Print the address and become MkDocs; return 1 if there is no port to serve on."""
    try:
        port = choose_port(arguments[0] if arguments else "")
    except PortError as error:
        print(error, file=sys.stderr)
        return 1
    address = f"http://{HOST}:{port}/"
    print(f"The site will be at {address} once it is built; Ctrl-C stops it.", flush=True)
    return serve(port)


def serve(port: int) -> NoReturn:
    """Become MkDocs, so that Ctrl-C and its exit code are its own."""
    program = str(Path(__file__).with_name("run_mkdocs.py"))
    # Without the flag, live reload is off with the pinned version of click.
    command = [program, "serve", "--livereload", "--dev-addr", f"{HOST}:{port}"]
    os.execv(sys.executable, [sys.executable, *command])  # noqa: S606 (no shell: that is the point)


def choose_port(wanted: str) -> int:
    """Return the port that was asked for, else the first free one."""
    if not wanted:
        for port in range(FIRST, FIRST + TRIED):
            if is_free(port):
                return port
        raise PortError(
            f"Ports {FIRST} to {FIRST + TRIED - 1} are all taken: name another, as in"
            " `make serve PORT=9000`."
        )
    if not wanted.isdecimal() or not 0 < int(wanted) < 65536:
        raise PortError(f"'{wanted}' is not a port: name a number, as in `make serve PORT=9000`.")
    if not is_free(int(wanted)):
        raise PortError(
            f"Port {wanted} is taken: name another, or leave PORT out to take the first free one."
        )
    return int(wanted)


def is_free(port: int) -> bool:
    """Try whether the development server could listen on a port."""
    with socket.socket() as probe:
        if os.name == "posix":  # As the server does: a port that was just left counts as free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
