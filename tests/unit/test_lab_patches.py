"""What the emulator of the labs adds to moto, as far as it can be asked without moto."""

import importlib.util
import re
from types import ModuleType

import pytest
import yaml

from tests.conftest import ROOT

PATCHES = ROOT / "labs" / "patches.py"


@pytest.fixture(scope="module")
def patches() -> ModuleType:
    spec = importlib.util.spec_from_file_location("patches", PATCHES)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("value", "told"),
    [
        pytest.param("A-17", {"order": "A-17"}, id="text gets its quotes"),
        pytest.param(3, {"order": 3}, id="a number stays one"),
        pytest.param('say "7"', {"order": 'say "7"'}, id="quotes in a text do not end it"),
    ],
)
def test_an_input_transformer_puts_values_in_as_json(
    patches: ModuleType, value: object, told: object
) -> None:
    transformer = {"InputPathsMap": {"it": "$.detail.order"}, "InputTemplate": '{"order": <it>}'}
    assert patches.transformed(transformer, {"detail": {"order": value}}) == told


def test_a_target_without_a_transformer_tells_the_task_nothing(patches: ModuleType) -> None:
    assert patches.transformed(None, {"detail": {}}) is None


def test_each_patch_is_told_to_readers_and_each_that_is_told_is_there() -> None:
    """A label names the patch that took part in a block."""
    named = set(re.findall(r'used\("([a-z-]+)"\)', PATCHES.read_text(encoding="utf-8")))
    labs = yaml.safe_load((ROOT / "data/labs.yml").read_text(encoding="utf-8"))
    brought = {patch for lab in labs["labs"].values() for patch in lab.get("patches", {})}
    assert named | brought == set(labs["patches"])
