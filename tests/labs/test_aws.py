"""What of the labs is about AWS: the listing reads only, requests and policies are held to rules."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import botocore.session
import pytest

from tests.conftest import ROOT

LISTING = ROOT / "docs" / "en" / "labs" / "list-what-is-left.sh"


def loaded(name: str) -> ModuleType:
    """A module of labs/, which is no package."""
    spec = importlib.util.spec_from_file_location(f"labs_{name}", ROOT / "labs" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_listing_that_readers_run_only_reads() -> None:
    text = re.sub(r"\\\n\s*", " ", LISTING.read_text(encoding="utf-8"))
    calls = re.findall(
        r'(?:\bshow "[^"]+"|\bnames|\baws) ([a-z][a-z0-9-]*) ([a-z][a-z0-9-]*)', text
    )
    assert len(calls) > 25
    for service, operation in calls:
        assert operation.startswith(("describe-", "list-", "get-")), f"{service} {operation}"
    known = {word for call in calls for word in call}
    for word in re.findall(r"\b(?:create|delete|put|update|run|stop|terminate)-[a-z-]+", text):
        assert word not in known


def test_no_command_of_a_lab_names_an_account_or_shows_a_prompt() -> None:
    for page in (ROOT / "docs").glob("*/labs/*.md"):
        for block in re.findall(
            r"```bash.*?\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL
        ):
            assert not re.search(r"\b\d{12}\b", block), page
            assert not re.search(r"^\s*[$#>] \w", block, re.MULTILINE) or "# " in block, page


@pytest.mark.parametrize(
    ("service", "operation", "given", "expected"),
    [
        (
            "ecs",
            "RunTask",
            {"taskDefinition": "a", "launchType": "FARGATES"},
            "'FARGATES' is none of",
        ),
        ("ecs", "RunTask", {}, "taskDefinition is missing"),
        ("ecs", "RunTask", {"taskDefinition": "a", "colour": "red"}, "there is no colour"),
        ("ecr", "CreateRepository", {"repositoryName": "__"}, "does not match"),
        ("ecr", "DescribeRepositories", {"maxResults": 5000}, "allowed are 1 to 1000"),
        ("ecr", "BatchGetImage", {"repositoryName": "a/b", "imageIds": []}, "0 items"),
        *(
            ("ecr", "DescribeRepositories", {"maxResults": number}, said)
            for number, said in ((0, "1 to 1000"), (1, ""), (1000, ""), (1001, "1 to 1000"))
        ),
        *(
            ("ecr", "CreateRepository", {"repositoryName": "a" * length}, said)
            for length, said in ((1, "2 to 256"), (2, ""), (256, ""), (257, "2 to 256"))
        ),
        *(
            ("ecr", "BatchGetImage", {"repositoryName": "a/b", "imageIds": [{}] * count}, said)
            for count, said in ((1, ""), (100, ""), (101, "101 items, allowed are 1 to 100"))
        ),
        ("ecs", "RunTask", {"taskDefinition": "a", "count": 1}, ""),
    ],
)
def test_a_request_is_held_against_the_model(
    service: str, operation: str, given: dict[str, Any], expected: str
) -> None:
    model = botocore.session.get_session().get_service_model(service)
    shape = model.operation_model(operation).input_shape
    found = loaded("strict").defects(shape, given, operation)
    assert (expected in " ".join(found)) if expected else not found


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        ('"Effect": "Allow",\n"Action": "iam:PassRole",\n"Resource": "*"', 3),
        ('"Effect": "Allow",\n"Resource": ["*"],\n"Action": ["ecs:RunTask",\n"iam:PassRole"]', 5),
        # IAM takes no notice of capitals.
        *(
            (f'"Effect": "Allow",\n"Action": "{action}",\n"Resource": "*"', 3)
            for action in ("iam:passrole", "IAM:PASSROLE", "iam:Pass*", "iam:pass*", "ECS:*")
        ),
        ('"Effect": "Allow",\n"Action": "ecs:*",\n"Resource": "arn:aws:ecs:a:b:c"', 3),
        ('"Effect": "Allow",\n"Action": "*",\n"Resource": "*"', 3),
        ('"Effect": "Deny",\n"Action": "*",\n"Resource": "*"', 0),
        ('"Effect": "Allow",\n"Action": "iam:PassRole",\n"Resource": "arn:aws:iam::1:role/a"', 0),
        ('"Effect": "Allow",\n"Action": "ssmmessages:OpenDataChannel",\n"Resource": "*"', 0),
    ],
)
def test_a_star_where_a_name_will_do_is_told_with_its_line(
    tmp_path: Path, statement: str, line: int
) -> None:
    file = tmp_path / "policy.json"
    file.write_text('{"Statement": [{\n' + statement + "}]}", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(ROOT / "labs" / "policies.py"), str(file)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == (1 if line else 0)
    assert done.stdout.startswith(f"{file}:{line}: " if line else "")


#: In place of the schemas of every version of Kubernetes: an image is asked for, and one version.
SCHEMAS = """
class ValidationError(Exception):
    def __init__(self, message, path):
        self.message, self.path = message, path

class SchemaNotFoundError(Exception):
    pass

def validate(value, version, strict):
    if version != "1.34":
        raise SchemaNotFoundError(f"no schema of {version}")
    for number, container in enumerate(value["containers"]):
        if not isinstance(container["image"], str):
            raise ValidationError("not a string", ["containers", number, "image"])
"""

GOOD = "containers:\n- image: tea\n"


@pytest.mark.parametrize(
    ("text", "version", "said"),
    [
        (GOOD, "1.34", []),
        (f"{GOOD}- name: b\n  image: 7\n", "1.34", ["4: containers.1.image: not a string"]),
        (f"# Two\n---\n{GOOD}---\n---\ncontainers:\n- image: [a]\n", "1.34",
         ["8: containers.0.image: not a string"]),
        (f"# Which one\n{GOOD}", "1.3", ["2: no schema of 1.3"]),
        ("containers:\n  - [\n", "1.34", ["3: expected the node content, but found '<stream end>'"]),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_manifest_is_told_with_its_line(
    tmp_path: Path, text: str, version: str, said: list[str]
) -> None:
    (tmp_path / "kubernetes_validate.py").write_text(SCHEMAS, encoding="utf-8")
    file = tmp_path / "pod.yaml"
    file.write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(ROOT / "labs" / "check_manifest.py"), version, str(file)],
        capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )  # fmt: skip
    assert done.stdout.splitlines() == [f"{file}:{each}" for each in said]
    assert done.returncode == bool(said), done.stderr
