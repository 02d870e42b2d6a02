"""Workflows that pages show are right by their schema, and safe but for what the page says of pins."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.workflows.test_workflows import run

FENCE = re.compile(
    r'^```yaml title="\.github/workflows/([^"]+)"\n(.*?)^```$', re.DOTALL | re.MULTILINE
)
SHOWN = {
    f"{page.stem}-{name}": text
    for page in sorted((ROOT / "docs" / "en").rglob("*.md"))
    for name, text in FENCE.findall(page.read_text(encoding="utf-8"))
}


def test_there_is_one() -> None:
    assert "shipping-deploy.yml" in SHOWN


@pytest.mark.parametrize("name", SHOWN)
def test_a_shown_workflow_is_right_and_safe(name: str, tmp_path: Path) -> None:
    file = tmp_path / ".github" / "workflows" / name
    file.parent.mkdir(parents=True)
    file.write_text(SHOWN[name], encoding="utf-8")
    done = run("check-jsonschema", "--builtin-schema", "vendor.github-workflows", str(file))
    assert done.returncode == 0, done.stdout + done.stderr
    # A page that pinned a commit would be old next month: it says that readers can pin.
    config = tmp_path / "zizmor.yml"
    config.write_text('rules: {unpinned-uses: {config: {policies: {"*": ref-pin}}}}\n')
    done = run("zizmor", "--offline", "--no-progress", "--config", str(config), str(file))
    assert done.returncode == 0, done.stdout + done.stderr
