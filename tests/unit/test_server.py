"""The web server of tests and tools: what browsers do to it is no error."""

import socket
import struct
from pathlib import Path
from urllib.request import urlopen

import pytest
from web.server import serving

MORE_THAN_A_SOCKET_HOLDS = 20_000_000


def test_who_hangs_up_is_not_told_of(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "long.bin").write_bytes(b"x" * MORE_THAN_A_SOCKET_HOLDS)
    (tmp_path / "a.txt").write_text("tea", encoding="utf-8")
    with serving(tmp_path) as address:
        port = int(address.rstrip("/").rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port)) as reader:
            reader.send(b"GET /long.bin HTTP/1.0\r\n\r\n")
            reader.recv(100)
            reader.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        with urlopen(address + "a.txt") as answer:
            assert answer.read() == b"tea"
    assert "Traceback" not in capfd.readouterr().err
