"""What settings and workflows must hold: what would go wrong unseen if a line of them went."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT
from tests.workflows.test_workflows import WORKFLOWS, read


def steps(file: str, job: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read(ROOT / ".github" / "workflows" / file)["jobs"][job]["steps"]
    return found


def runs(file: str, job: str) -> list[str]:
    """The commands of a job, in order."""
    return [step["run"] for step in steps(file, job) if "run" in step]


#: Of each job of each workflow, the commands in their order.
JOBS: list[tuple[str, str, list[str]]] = [
        ("publish.yml", "test", ['make check ARGS="--since HEAD^1"', "make test"]),
        ("publish.yml", "build", ["make check ARGS=--published", "make build"]),
        ("publish.yml", "publish", []),
        ("links.yml", "links", ["make links", ".venv/bin/python tools/weekly_issue.py links links.md"]),
        ("probes.yml", "probes", [
            "make probes", 'make probes ARGS="--latest --report probes.md"',
            ".venv/bin/python tools/weekly_issue.py probes probes.md",
            'make probes ARGS="--raise --report raised.md" && make probes ARGS="--report raised.md"',
            "gh auth setup-git && .venv/bin/python tools/raise_request.py probes.md",
        ]),
        ("release.yml", "pack", ["make offline"]),
        ("release.yml", "attach", ['gh release upload --clobber -- "$TAG" site-offline.zip site.docset.tgz']),
        ("drawings.yml", "drawings", ["make diagrams ARGS=--all", "git status --short && git diff --stat"]),
        ("engine.yml", "properdocs", ["make properdocs"]),
        ("engine.yml", "lab", [
            'make labs LAB=first-image ARGS="--check --must-run"',
            "make labs LAB=first-image ARGS=--mutate",
        ]),
        ("engine.yml", "drawing", [
            "make diagrams", ".venv/bin/python -m pytest -m node",
            "node tests/draw/record.mjs && git diff --exit-code --stat tests/draw/graphs",
        ]),
        ("way-out.yml", "way-out", [
            "make zensical",
            '.venv/bin/python tools/way_out.py compare site site-zensical/site >> "$GITHUB_STEP_SUMMARY"',
        ]),
    ]  # fmt: skip


@pytest.mark.parametrize(("file", "job", "commands"), JOBS)
def test_each_job_runs_what_it_is_for(file: str, job: str, commands: list[str]) -> None:
    assert runs(file, job) == commands


@pytest.mark.parametrize(
    ("file", "events"),
    [
        ("publish.yml", {"push", "pull_request", "workflow_dispatch"}),
        ("links.yml", {"schedule", "workflow_dispatch"}),
        ("probes.yml", {"schedule", "workflow_dispatch"}),
        ("drawings.yml", {"schedule", "workflow_dispatch"}),
        ("way-out.yml", {"schedule", "workflow_dispatch"}),
        ("engine.yml", {"push", "pull_request", "schedule", "workflow_dispatch"}),
        ("release.yml", {"release"}),
    ],
)
def test_each_workflow_starts_when_it_should(file: str, events: set[str]) -> None:
    workflow = read(ROOT / ".github" / "workflows" / file)
    assert set(workflow["on"]) == events
    for schedule in workflow["on"].get("schedule") or []:
        minute, hour, day, month, weekday = schedule["cron"].split()
        assert minute.isdecimal(), "at the full hour all the world starts its jobs"
        assert minute != "0"
        assert hour.isdecimal()
        assert (day, month) == ("*", "*")
        assert weekday in set("0123456"), "once a week"


def test_every_job_is_looked_at() -> None:
    assert {(file, job) for file, job, _ in JOBS} == {
        (file.name, job) for file in WORKFLOWS for job in read(file)["jobs"]
    }


def test_nothing_that_is_published_is_cut_off_and_nothing_is_cached_into_it() -> None:
    jobs = read(ROOT / ".github" / "workflows" / "publish.yml")
    assert jobs["jobs"]["publish"]["concurrency"] == {
        "group": "pages",
        "cancel-in-progress": "false",
    }
    assert jobs["concurrency"] == {
        "group": "test-${{ github.ref }}",
        "cancel-in-progress": "${{ github.ref != 'refs/heads/main' }}",
    }
    assert jobs["jobs"]["build"]["if"] == (
        "github.ref == 'refs/heads/main' && github.event_name != 'pull_request'"
    )
    for file, job in (("publish.yml", "build"), ("release.yml", "pack")):
        python = next(step for step in steps(file, job) if "setup-python" in step.get("uses", ""))
        assert python["with"] == {"python-version": "3.13"}
    artifact = next(s for s in steps("publish.yml", "build") if "upload-pages" in s.get("uses", ""))
    assert artifact["with"] == {"path": "site"}
    since = next(step for step in steps("publish.yml", "test") if "--since" in step.get("run", ""))
    assert since["if"] == "github.event_name == 'pull_request'"
    checkout = steps("publish.yml", "test")[0]
    assert checkout["with"] == {"persist-credentials": "false", "fetch-depth": "2"}


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_a_checkout_leaves_no_key_behind(file: Any) -> None:
    for job in read(file)["jobs"].values():
        for step in job["steps"]:
            if "actions/checkout" in step.get("uses", ""):
                assert step["with"]["persist-credentials"] == "false"
        assert int(job["timeout-minutes"]) <= 60


def test_what_asks_github_has_a_token_and_what_is_released_is_there() -> None:
    for file in WORKFLOWS:
        for job in read(file)["jobs"].values():
            for step in job["steps"]:
                if re.search(r"\bgh |weekly_issue|raise_request", step.get("run", "")):
                    assert step["env"]["GH_TOKEN"] == "${{ github.token }}"  # noqa: S105 (its name)
                    assert step["env"]["GH_REPO"] == "${{ github.repository }}"
    upload = next(s for s in steps("release.yml", "pack") if "upload-artifact" in s.get("uses", ""))
    assert upload["with"]["if-no-files-found"] == "error"
    assert upload["with"]["path"].split() == ["site-offline.zip", "site.docset.tgz"]


def settings(name: str) -> dict[str, Any]:
    """A configuration of MkDocs, its own tags taken for nothing."""

    class Loader(yaml.SafeLoader):
        """Knows no tags."""

    Loader.add_multi_constructor("", lambda *_: None)
    found: dict[str, Any] = yaml.load((ROOT / name).read_text(encoding="utf-8"), Loader)  # noqa: S506
    return found


#: What every site of this kind relies on, and what would be seen without it.
HELD: list[tuple[str, Any, str]] = [
    ("use_directory_urls", False, "a double click opens pages, and no folders"),
    ("strict", True, "a warning ends a build"),
    ("watch", ["data", "overrides"], "a record that is saved is shown while serving"),
    ("hooks", ["hooks/mkdocs_events.py"], "all that is ours"),
    ("validation.nav", {"omitted_files": "warn", "not_found": "warn", "absolute_links": "warn"},
     "a page that nobody finds is told"),
    ("validation.links", {"not_found": "warn", "anchors": "warn", "absolute_links": "warn",
                          "unrecognized_links": "warn"}, "a link that leads nowhere is told"),
    ("theme.name", "material", "the theme"),
    ("theme.custom_dir", "overrides", "our parts of it"),
    ("theme.font", False, "no letters from another site"),
    ("extra.generator", False, "no line that advertises"),
    ("extra_css", ["assets/site.css"], "our styles"),
    ("extra_javascript", [{"path": "assets/site.js", "defer": True}], "our script, after the page"),
    ("plugins.search", {"lang": ["en", "ko"]}, "both languages are searched"),
    ("plugins.mermaid2", {"javascript": "assets/vendor/mermaid.min.js"}, "no library from the web"),
    ("markdown_extensions.toc", {"permalink": True, "toc_depth": "2-3"}, "headings have addresses"),
    ("markdown_extensions.pymdownx.highlight",
     {"anchor_linenums": False, "pygments_lang_class": True}, "code tells its language"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "value", "why"), HELD, ids=[key for key, *_ in HELD])
def test_what_every_site_relies_on_is_set(key: str, value: Any, why: str) -> None:
    found = settings("hooks/settings.yml")
    top, _, inner = key.partition(".")
    found = found[top]
    assert (found[inner] if inner else found) == value, why


def test_what_pages_are_written_in_is_read() -> None:
    given = settings("hooks/settings.yml")
    assert set(given["markdown_extensions"]) >= {
        "admonition", "attr_list", "footnotes", "md_in_html", "tables", "pymdownx.details",
        "pymdownx.inlinehilite", "pymdownx.superfences", "pymdownx.tasklist",
    }  # fmt: skip
    assert set(given["theme"]["features"]) >= {
        "content.code.copy", "navigation.footer", "navigation.indexes", "navigation.path",
        "navigation.prune", "navigation.sections", "navigation.tabs", "navigation.top",
        "search.highlight", "search.share", "search.suggest", "toc.follow",
    }  # fmt: skip
    assert [one.get("scheme") for one in given["theme"]["palette"]] == [None, "default", "slate"]
    assert [one.get("media", "") for one in given["theme"]["palette"]] == [
        f"(prefers-color-scheme{rest})" for rest in ("", ": light", ": dark")
    ]


@pytest.mark.parametrize("name", ["mkdocs.yml", "starter/mkdocs.yml"])
def test_a_site_inherits_them_and_says_who_may_do_what(name: str) -> None:
    own = settings(name)
    assert own["INHERIT"] == "hooks/settings.yml"
    assert own["docs_dir"] == "docs/en"
    assert own["site_dir"] == "site"
    assert own["extra"]["licence"].startswith("https://")
    assert set(own["extra"]["editions"]) == {"ko"}
    # What every site has in common is said once.
    assert not {"hooks", "plugins", "strict", "use_directory_urls", "validation"} & set(own)
