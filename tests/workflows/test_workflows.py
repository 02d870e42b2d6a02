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
    assert {"publish.yml", "links.yml", "drawings.yml", "probes.yml"} <= {
        file.name for file in WORKFLOWS
    }
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
        "probes.yml": {"contents", "issues", "pull-requests"},
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
    assert jobs["build"]["needs"] == "test"
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


def test_a_tag_is_no_part_of_a_command() -> None:
    """What somebody else names (a tag, a title) never stands in a command or in make's text."""
    for file in WORKFLOWS:
        for job in read(file)["jobs"].values():
            for step in job["steps"]:
                assert "${{" not in step.get("run", ""), step
                assert not re.search(r"make .*\$", step.get("run", "")), step


def test_the_job_that_may_write_runs_nothing_of_the_repository() -> None:
    jobs = read(GITHUB / "workflows" / "release.yml")["jobs"]
    writing = [job for job in jobs.values() if job["permissions"].get("contents") == "write"]
    assert len(writing) == 1
    assert not any("checkout" in step.get("uses", "") for step in writing[0]["steps"])


def test_a_hostile_name_is_one_word_to_make() -> None:
    name = """x";touch$IFS'made it';"$(touch made)"""
    done = subprocess.run(
        ["make", "-n", "new", f"NAME={name.replace('$', '$$')}"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "touch" not in done.stdout


def test_setting_up_runs_no_script_of_a_package() -> None:
    assert '"--only-binary", ":all:"' in (ROOT / "tools" / "setup.py").read_text(encoding="utf-8")
    commands = [*WORKFLOWS, ROOT / "Makefile", *(ROOT / "tools").rglob("*.py")]
    for file in commands:
        if "node_modules" in file.parts:
            continue
        for line in file.read_text(encoding="utf-8").splitlines():
            if re.search(r"npm[\], \"]+(?:ci|install)\b", line) and "print" not in line:
                assert "--ignore-scripts" in line, f"{file.name}: {line}"
