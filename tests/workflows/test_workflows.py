"""The workflows: right by their schema, safe by zizmor, and with no right that they do not use."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted((GITHUB / "ISSUE_TEMPLATE").glob("[!c]*.yml"))


def read(file: Path) -> dict[str, Any]:
    """Return a workflow; `on` keeps its name (YAML 1.1 takes it for a truth value)."""
    loader = type("Loader", (yaml.SafeLoader,), {"yaml_implicit_resolvers": {}})
    document: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), loader)  # noqa: S506
    return document


def run(module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a tool of this environment."""
    return subprocess.run(
        [str(Path(sys.executable).with_name(module)), *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def named(file: Path) -> str:
    """Name a test by its file."""
    return file.name


def test_there_are_workflows_and_forms() -> None:
    assert {"publish.yml", "links.yml", "drawings.yml"} <= {file.name for file in WORKFLOWS}
    assert FORMS


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", WORKFLOWS),
        ("custom.github-workflows-require-timeout", WORKFLOWS),
        ("vendor.github-issue-forms", FORMS),
        ("vendor.github-issue-config", [GITHUB / "ISSUE_TEMPLATE" / "config.yml"]),
        ("vendor.dependabot", [GITHUB / "dependabot.yml"]),
    ],
)
def test_schema_holds(schema: str, files: list[Path]) -> None:
    done = run("check-jsonschema", "--builtin-schema", schema, *map(str, files))
    assert done.returncode == 0, done.stdout + done.stderr


def test_zizmor_finds_nothing() -> None:
    done = run("zizmor", "--offline", "--persona", "pedantic", "--no-progress", str(GITHUB))
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("file", WORKFLOWS, ids=named)
def test_actions_are_pinned_by_commit_and_named(file: Path) -> None:
    uses = re.findall(r"uses: (.*)", file.read_text(encoding="utf-8"))
    assert uses
    for line in uses:
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line


def test_an_action_has_one_pin() -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in WORKFLOWS)
    pins = set(re.findall(r"uses: (.*)", text))
    assert len(pins) == len({pin.split("@")[0] for pin in pins})


@pytest.mark.parametrize("file", WORKFLOWS, ids=named)
def test_rights_are_given_by_job(file: Path) -> None:
    workflow = read(file)
    assert workflow["permissions"] == {}
    writes = {
        right
        for job in workflow["jobs"].values()
        for right, given in job["permissions"].items()
        if given == "write"
    }
    allowed = {
        "publish.yml": {"pages", "id-token"},
        "links.yml": {"issues"},
        "release.yml": {"contents"},
    }
    assert writes <= allowed.get(file.name, set())


def test_ci_runs_the_command_of_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make test" in readme
    assert "exec make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    steps = read(GITHUB / "workflows" / "publish.yml")["jobs"]["test"]["steps"]
    assert "make test" in [step.get("run") for step in steps]


def test_only_main_is_published_after_its_tests() -> None:
    jobs = read(GITHUB / "workflows" / "publish.yml")["jobs"]
    assert "refs/heads/main" in jobs["build"]["if"]
    assert jobs["build"]["needs"] == ["test", "properdocs"]
    assert jobs["publish"]["needs"] == "build"


def test_a_fork_publishes_without_edits() -> None:
    text = (GITHUB / "workflows" / "publish.yml").read_text(encoding="utf-8")
    step = next(
        step
        for step in read(GITHUB / "workflows" / "publish.yml")["jobs"]["build"]["steps"]
        if step.get("run") == "make build"
    )
    assert step["env"] == {
        "SITE_URL": "${{ steps.pages.outputs.base_url }}",
        "REPOSITORY_URL": "${{ github.server_url }}/${{ github.repository }}",
    }
    assert "github.io" not in text
