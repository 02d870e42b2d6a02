"""The house itself: who may import what, and that no word stands in code."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from pathlib import Path

from annotated import check
from annotated.records.located import read_yaml
from annotated.records.wording import KEYS

HOOKS = Path(__file__).resolve().parents[2] / "hooks"
ROOT = HOOKS.parent
ORDER = ["records", "check", "render", "publish"]


def imports(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def test_only_the_edge_talks_to_mkdocs() -> None:
    talkers = {
        file.relative_to(HOOKS).as_posix()
        for file in HOOKS.rglob("*.py")
        if any(name.split(".")[0] in ("mkdocs", "material") for name in imports(file))
    }
    assert talkers == {"mkdocs_events.py", "mkdocs_layout.py"}


def test_packages_import_only_what_stands_before_them() -> None:
    for file in (HOOKS / "annotated").rglob("*.py"):
        part = file.relative_to(HOOKS / "annotated").parts[0]
        if part not in ORDER:
            continue
        later = {f"annotated.{name}" for name in ORDER[ORDER.index(part) + 1 :]}
        crossed = {n for n in imports(file) if any(n == x or n.startswith(x + ".") for x in later)}
        assert not crossed, f"{file}: {crossed}"


def test_the_hooks_know_nothing_of_the_subject() -> None:
    names = re.compile(r"\b(AWS|Amazon|ECS|EKS|ECR|Fargate|Kubernetes|Docker|App Runner)\b")
    for file in HOOKS.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        assert not names.search(text), f"{file}: {names.search(text)}"


def test_every_word_is_used_and_every_use_has_its_word() -> None:
    sources = "".join(
        f.read_text(encoding="utf-8")
        for f in [*HOOKS.rglob("*.py"), *(ROOT / "overrides").rglob("*.html")]
        if f.name != "wording.py"
    )
    document, problems = read_yaml(
        "en.yml", (ROOT / "data" / "words" / "en.yml").read_text(encoding="utf-8")
    )
    assert document is not None
    assert not problems
    words = set(document.value["words"])
    generated = re.compile(r"^(verdict|value|unit|via|diagram|search|palette)-")
    named = set(re.findall(r"""["']([a-z][a-z0-9-]*)["']""", sources))
    unused = {key for key in words | set(KEYS) if not generated.match(key)} - named
    assert not unused
    assert set(KEYS) <= words


def test_every_rule_is_run() -> None:
    """A function of `check` that takes a site and yields problems is a rule, and stands in a list."""
    listed = {*check.RULES, *check.DRAWING_RULES}
    for module in pkgutil.iter_modules(check.__path__, "annotated.check."):
        for name, function in inspect.getmembers(
            importlib.import_module(module.name), inspect.isfunction
        ):
            hints = inspect.get_annotations(function)
            if function.__module__ == module.name and list(hints.items()) == [
                ("site", "Site"), ("return", "Iterable[Problem]")
            ]:  # fmt: skip
                assert function in listed, f"{module.name}.{name}"
