"""Every example of a field is a request that the model of the ECS API takes."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml
from botocore.model import ListShape, MapShape, ServiceModel, Shape, StringShape, StructureShape
from botocore.session import get_session
from botocore.validate import ParamValidator

from tests.conftest import ROOT

#: Each table, and what its examples are added to.
BARE: dict[str, dict[str, Any]] = {
    "container-definition-fields": {"name": "web", "image": "orders:1.4.2"},
    "task-definition-fields": {"family": "orders", "containerDefinitions": []},
}
SHAPES = {
    "container-definition-fields": "ContainerDefinition",
    "task-definition-fields": "RegisterTaskDefinitionRequest",
}


def examples(table: str) -> list[tuple[str, str]]:
    """The name of each row, and the text of its example."""
    record = yaml.safe_load((ROOT / f"data/comparisons/{table}.yml").read_text(encoding="utf-8"))
    found = []
    for row in record["rows"]:
        [code] = row["cells"]["example"]["code"]
        found.append((row["name"]["en"], code))
    return found


@pytest.fixture(scope="module")
def model() -> ServiceModel:
    return get_session().get_service_model("ecs")


def not_in_enum(value: Any, shape: Shape) -> list[str]:
    """Words that are none of those which the model lists; its own validator lets them pass."""
    if isinstance(shape, StructureShape):
        return [word for key, v in value.items() for word in not_in_enum(v, shape.members[key])]
    if isinstance(shape, ListShape):
        return [word for v in value for word in not_in_enum(v, shape.member)]
    if isinstance(shape, MapShape):
        return [word for v in value.values() for word in not_in_enum(v, shape.value)]
    if isinstance(shape, StringShape) and shape.enum and value not in shape.enum:
        return [value]
    return []


def problems(table: str, code: str, model: ServiceModel) -> str:
    """What the model says against an example; empty if it takes it."""
    shape = model.shape_for(SHAPES[table])
    request = BARE[table] | json.loads(f"{{{code}}}")
    report = ParamValidator().validate(request, shape).generate_report()
    return report or ", ".join(not_in_enum(request, shape))


@pytest.mark.parametrize("table", BARE)
def test_examples_are_taken_by_the_api(table: str, model: ServiceModel) -> None:
    assert len(examples(table)) > 15
    for name, code in examples(table):
        assert problems(table, code, model) == "", name


@pytest.mark.parametrize("table", BARE)
def test_an_example_shows_the_field_that_its_row_is_about(table: str) -> None:
    for name, code in examples(table):
        for field in re.findall(r"`(\w+)`", name):
            assert f'"{field}":' in code, name


@pytest.mark.parametrize("code", [
    '"stopTimeOut": 60', '"stopTimeout": "60"', '"versionConsistency": "off"',
    '"dependsOn": [{"containerName": "db"}]',
])  # fmt: skip
def test_a_wrong_example_would_be_found(code: str, model: ServiceModel) -> None:
    assert problems("container-definition-fields", code, model)
