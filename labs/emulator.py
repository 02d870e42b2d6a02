"""A stand-in for AWS on this machine: moto's server, made stricter, and honest about its answers.

Each request is held against AWS's own model of the operation first: what that refuses (a value
outside a list, a length, a pattern, a range) is refused here. Then moto answers. Where it has no
such operation, a stub answers with the shape of an answer and nothing behind it. Who asks
``/lab/answers`` is told, for each request since the last time, which of that it was, and which of
our patches to moto took part.

Run as ``python labs/emulator.py PORT``. Built on parts of moto that it does not promise to keep:
its version is pinned.
"""

from __future__ import annotations

import io
import json
import logging
import os
import re
import sys
import threading
from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from inspect import getmembers, isclass
from typing import Any
from xml.sax.saxutils import escape

os.environ.setdefault("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")
os.environ.setdefault("MOTO_EC2_ENABLE_INSTANCE_TYPE_VALIDATION", "true")

import patches
import policies
import strict
import stub
from moto.core.base_backend import BackendDict
from moto.core.model_instances import reset_model_data
from moto.core.parse import PROTOCOL_PARSERS
from moto.core.request import Request, determine_request_protocol
from moto.core.responses import BaseResponse
from moto.core.routing import get_service_router
from moto.core.serialize import get_serializer_class
from moto.core.utils import get_service_model
from moto.server import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import run_simple

#: Services that sign by another name than their model has.
SIGNED_AS = {"elasticfilesystem": "efs", "monitoring": "cloudwatch"}
#: Two services sign alike; the version of the API tells them apart.
BALANCERS = {b"2015-12-01": "elbv2", b"2012-06-01": "elb"}
#: Operations that moto names, but only to say that they are not there.
EMPTY = {
    ("ecr", "StartLifecyclePolicyPreview"),
    ("ecr", "GetLifecyclePolicyPreview"),
}

Start = Callable[..., Any]


class RefusedError(Exception):
    """A request that is not answered, with the name of the error."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


class Emulator:
    """The stand-in as a WSGI application."""

    def __init__(self) -> None:
        self.moto = DomainDispatcherApplication(create_backend_app)
        self.answers: list[dict[str, Any]] = []
        self.alone = threading.Lock()  # moto changes what another request may be reading

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        """Answer one request."""
        if environ["PATH_INFO"] == "/lab/answers":
            told, self.answers = self.answers, []
            return _send(start, 200, {"Content-Type": "application/json"}, json.dumps(told))
        if environ["PATH_INFO"] == "/lab/fresh":
            reset()
            self.answers = []
            return _send(start, 200, {}, "")
        authorization = environ.get("HTTP_AUTHORIZATION", "")
        if "Credential=" not in authorization:
            return self._moto(environ, start)
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        return self._signed(environ, body, _service(authorization, body), start)

    def _moto(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        answer: Iterable[bytes] = self.moto.get_application(environ)(environ, start)
        return answer

    def _signed(
        self, environ: dict[str, Any], body: bytes, service: str, start: Start
    ) -> Iterable[bytes]:
        request = Request({**environ, "wsgi.input": io.BytesIO(body)})
        operation, in_path = get_service_router(service).match(request)
        protocol = determine_request_protocol(get_service_model(service), request.content_type)
        given = PROTOCOL_PARSERS[protocol](operation).parse(
            {
                "method": request.method, "values": request.values, "headers": request.headers,
                "body": body, "url_path": request.path, "url_params": in_path,
            }
        )  # fmt: skip
        told = {"request": f"{service} {operation.name}", "how": "moto", "patches": []}
        self.answers.append(told)
        try:
            defects = strict.defects(operation.input_shape, given, operation.name)
            defects += policies.defects(given)
            if defects:
                raise RefusedError("ValidationException", "; ".join(defects))
            if not has(service, operation.name):
                told["how"] = "stub"
                answer = stub.answer(service, operation, given)
                made = get_serializer_class(service, protocol)(operation).serialize(answer)
                return _send(start, made["status_code"], dict(made["headers"]), made["body"])
        except RefusedError as refusal:
            return _refuse(start, protocol, refusal)
        with self.alone:
            patches.used.begin()
            try:
                return list(self._moto(environ, start))
            finally:
                told["patches"] = patches.used.end()


def reset() -> None:
    """Forget all that was made."""
    BackendDict.reset()
    reset_model_data()


def _service(authorization: str, body: bytes) -> str:
    """Which service a request is signed for."""
    name = authorization.partition("Credential=")[2].split("/")[3]
    if name == "elasticloadbalancing":
        version = re.search(rb"Version=([\d-]+)", body)
        return BALANCERS.get(version[1] if version else b"", "elbv2")
    return SIGNED_AS.get(name, name)


def has(service: str, operation: str) -> bool:
    """Does moto answer this operation?"""
    if (service, operation) in EMPTY:
        return False
    return operation.lower() in _operations(service)


@cache
def _operations(service: str) -> frozenset[str]:
    """The operations of a service that moto has a method for, in small letters."""
    try:
        module = import_module(f"moto.{service.replace('-', '')}.responses")
    except ModuleNotFoundError:
        return frozenset()
    handlers = (each for _, each in getmembers(module, isclass) if issubclass(each, BaseResponse))
    return frozenset(
        name.replace("_", "") for handler in handlers for name in vars(handler) if name[0] != "_"
    )


def _send(start: Start, status: int, headers: dict[str, Any], body: str | bytes) -> list[bytes]:
    content = body.encode() if isinstance(body, str) else body
    headers["Content-Length"] = str(len(content))
    start(f"{status} Answer", [(name, str(value)) for name, value in headers.items()])
    return [content]


def _refuse(start: Start, protocol: str, refusal: RefusedError) -> list[bytes]:
    """Say no as the service would, in its protocol."""
    name, message = refusal.name, str(refusal)
    if "json" in protocol:
        headers = {"Content-Type": "application/json", "x-amzn-errortype": name}
        return _send(start, 400, headers, json.dumps({"__type": name, "message": message}))
    code = f"<Code>{name}</Code><Message>{escape(message)}</Message>"
    if protocol == "ec2":
        body = f"<Response><Errors><Error>{code}</Error></Errors></Response>"
    else:
        body = f"<ErrorResponse><Error><Type>Sender</Type>{code}</Error></ErrorResponse>"
    return _send(start, 400, {"Content-Type": "text/xml"}, body)


if __name__ == "__main__":
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    patches.put_in()
    run_simple(
        "127.0.0.1", int(sys.argv[1]), Emulator(), threaded=True, request_handler=MotoRequestHandler
    )
