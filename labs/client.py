"""The `aws` client, loaded once: each command is a fork of this process, and starts in no time.

Run as ``python labs/client.py SOCKET``; ``labs/bin/aws`` sends it words, folder, variables, and
its own three streams.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import sys
from contextlib import suppress
from typing import Any

import awscli.botocore.auth
import awscli.botocore.httpsession  # noqa: F401 (loaded here, so not in each fork)
from awscli.clidriver import create_clidriver

#: The services whose models are read before the first command comes.
SERVICES = (
    "application-autoscaling", "apprunner", "autoscaling", "cloudformation", "cloudwatch", "ec2",
    "ecr", "ecs", "efs", "eks", "elbv2", "events", "iam", "logs", "scheduler", "secretsmanager",
    "sts",
)  # fmt: skip
#: What of our own variables a command keeps: the client finds its own files by it.
KEPT = "AWS_DATA_PATH"
_END = b"\0"


def serve(path: str) -> None:
    """Answer commands until the process is ended."""
    driver = loaded()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path)
        server.listen(64)
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        while True:
            client, _ = server.accept()
            if os.fork() == 0:
                server.close()
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                code = command(driver, client)
                client.sendall(str(code).encode())
                os._exit(0)
            client.close()


def loaded() -> Any:
    """A client that has read what its commands need."""
    driver = create_clidriver()
    loader = driver.session.get_component("data_loader")
    for kind in ("service-2", "paginators-1", "waiters-2", "endpoint-rule-set-1"):
        available = loader.list_available_services(kind)
        for service in SERVICES:
            if service in available:
                loader.load_service_model(service, kind)
    for name in ("endpoints", "partitions", "sdk-default-configuration", "_retry"):
        loader.load_data(name)
    driver._get_command_table()  # noqa: SLF001 (nobody else reads it ahead)
    # Looking for what is no longer used would copy all of it into each fork.
    gc.collect()
    gc.freeze()
    gc.disable()
    return driver


def command(driver: Any, client: socket.socket) -> int:
    """Run the command that a client sends; return its exit code."""
    message, streams, _, _ = socket.recv_fds(client, 1 << 20, 3)
    while not message.endswith(_END):
        message += client.recv(1 << 20)
    given = json.loads(message[:-1])
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    kept = os.environ.get(KEPT)
    os.environ.clear()
    os.environ.update(given["environment"])
    if kept:
        os.environ[KEPT] = kept
    os.chdir(given["folder"])
    sys.argv = ["aws", *given["words"]]
    try:
        code = driver.main(given["words"])
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException as error:  # noqa: BLE001 (whatever it is, the client gets its answer)
        print(error, file=sys.stderr)
        code = 255
    with suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    return int(code or 0)


if __name__ == "__main__":
    serve(sys.argv[1])
