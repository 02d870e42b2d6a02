"""The house itself: who may import what, and that no word stands in code."""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import pkgutil
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import engine

from annotated import __version__, check
from annotated.records.located import read_yaml
from annotated.records.wording import KEYS

HOOKS = Path(__file__).resolve().parents[2] / "hooks"
ROOT = HOOKS.parent
ORDER = ["records", "check", "render", "publish", "probing", "importing"]


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
    edge = ("editions", "events", "kept", "layout", "settings")
    assert talkers == {f"mkdocs_{name}.py" for name in edge}


def test_packages_import_only_what_stands_before_them() -> None:
    for file in (HOOKS / "annotated").rglob("*.py"):
        part = file.relative_to(HOOKS / "annotated").parts[0]
        if part not in ORDER:
            continue
        later = {f"annotated.{name}" for name in ORDER[ORDER.index(part) + 1 :]}
        crossed = {n for n in imports(file) if any(n == x or n.startswith(x + ".") for x in later)}
        assert not crossed, f"{file}: {crossed}"


def test_nothing_is_defined_that_nobody_names() -> None:
    """Functions, classes and constants of the hooks; an event of MkDocs is named by MkDocs."""
    said = Counter(
        word
        for folder in ("hooks", "labs", "tools", "overrides/parts", "tests")
        for file in (ROOT / folder).rglob("*.*")
        if file.suffix in {".py", ".html"} and "node_modules" not in file.parts
        for word in re.findall(r"\w+", file.read_text(encoding="utf-8"))
    )
    defined: set[str] = set()
    for file in HOOKS.rglob("*.py"):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                defined.add(node.name)
            elif isinstance(node, (ast.Assign, ast.AnnAssign)):
                defined |= {name.id for name in ast.walk(node) if isinstance(name, ast.Name)}
    assert {name for name in defined if said[name] < 2 and not name.startswith("on_")} == set()


def test_no_test_waits_by_what_a_policy_forbids() -> None:
    """See `site_tools.until`."""
    asking = re.compile(r"\.wait_for_function\(")
    files = (ROOT / "tests").rglob("*.py")
    assert [file for file in files if asking.search(file.read_text(encoding="utf-8"))] == []


def test_every_script_of_a_page_is_checked_for_its_types() -> None:
    folder = ROOT / "tools" / "javascript"
    checked: set[Path] = set()
    for settings in folder.glob("tsconfig*.json"):
        for pattern in json.loads(settings.read_text(encoding="utf-8"))["include"]:
            checked |= {file.resolve() for file in folder.glob(pattern)}
    for scripts in ("overrides/assets", "tools/draw/page"):
        assert set((ROOT / scripts).rglob("*.js")) <= checked


def test_the_page_on_the_search_names_each_of_its_modules() -> None:
    folder = ROOT / "overrides/assets/search"
    modules = {file.relative_to(folder).as_posix() for file in folder.rglob("*.js")}
    table = re.findall(r"^\| (.*?) \|", (folder / "README.md").read_text("utf-8"), re.MULTILINE)
    assert {name for row in table for name in re.findall(r"`([\w/-]+\.js)`", row)} == modules


#: Who may escape a text by hand, and why; whatever else is filled in, a template escapes.
BY_HAND = {
    "publish/page_html.py",  # texts that the theme's templates, which escape nothing, write
    "records/rendered.py",  # a page that is rendered to be read back
    "render/fences.py",  # a source that another plugin puts into its page, under serve
    "render/marks.py",  # a word that Markdown has given out of its hands
}


def test_nobody_else_escapes_by_hand() -> None:
    """HTML stands in templates, which escape what they are filled with."""
    escaping = {
        file.relative_to(HOOKS / "annotated").as_posix()
        for file in (HOOKS / "annotated").rglob("*.py")
        if {"html.escape", "markupsafe.escape"} & imports(file)
    }
    assert escaping == BY_HAND


#: What this site is about. Its own data, pages and configuration say it; nothing that is copied does.
SUBJECT = re.compile(
    r"(?<![a-z])(?:aws|amazon|ecs|eks|ecr|ec2|iam|vcpu|fargate|kubernetes|docker|app ?runner"
    r"|cloudwatch|eventbridge|lambda function|closed to new customers)(?![a-z])"
    r"|\uc544\ub9c8\uc874|\ud30c\uac8c\uc774\ud2b8|\ucfe0\ubc84\ub124\ud2f0\uc2a4|\ub3c4\ucee4",
    re.IGNORECASE,
)
#: Locks name packages, and licences their own addresses.
LOCKS = re.compile(r"package-lock\.json$|^requirements[\w-]*\.txt$")
#: Hashes may spell anything.
HASH = re.compile(r"\b[0-9a-f]{8,}\b")


def copied_texts() -> list[Path]:
    """The texts of what a new site is made of: the engine, the starter, and what makes them one."""
    git, asked = engine.Git(ROOT), ("ls-files", "--cached", "--others", "--exclude-standard", "--")
    listed = git(*asked, *engine.paths(ROOT), "starter") + git(*asked, "tools/new")
    files = [ROOT / path for path in sorted(listed.splitlines()) if not LOCKS.search(path)]
    return [file for file in files if file.is_file() and b"\0" not in file.read_bytes()[:8000]]


def speaks_of_the_subject(text: str) -> list[str]:
    """The words of a text that name what this site is about."""
    text = re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), text)
    return [match[0] for match in SUBJECT.finditer(HASH.sub("", text))]


def test_what_is_copied_knows_nothing_of_the_subject() -> None:
    files = copied_texts()
    assert len(files) > 250
    names = {file.relative_to(ROOT).as_posix() for file in files}
    for name in (
        "CONTRIBUTING.md", "Makefile", ".github/ISSUE_TEMPLATE/1-statement.yml", "requirements.in",
        "hooks/mkdocs_events.py", "overrides/assets/styles/50-marks.css", "data/words/ko.yml",
        "data/schemas/claims.schema.json", "starter/docs/en/index.md", "tests/own/test_site.py",
        "tools/new/engine.txt",
    ):  # fmt: skip
        assert name in names, name
    found = {file.relative_to(ROOT).as_posix(): words for file in files
             if (words := speaks_of_the_subject(file.read_text("utf-8")))}  # fmt: skip
    assert found == {}


def test_the_subject_would_be_noticed() -> None:
    for text in (
        ".at-ecs {}",
        "an AWS-managed part",
        "--dg-aws-line",
        "unit-vcpu",
        "AppRunner",
        "ec2_x",
    ):
        assert speaks_of_the_subject(text), text
    assert not speaks_of_the_subject("sha256:8ec2aa10 starts no word")


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
    generated = re.compile(r"^(verdict|value|via|diagram|search|palette|callout|offline)-")
    named = set(re.findall(r"""["']([a-z][a-z0-9-]*)["']""", sources))
    unused = {key for key in words | set(KEYS) if not generated.match(key)} - named
    assert not unused
    assert set(KEYS) <= words


def test_every_rule_is_run() -> None:
    """A function of `check` that takes a site and yields problems is a rule, and stands in a list."""
    listed = {
        *check.RULES, *check.DRAWING_RULES, *check.PROBE_RULES, *check.PUBLISHING_RULES,
        *check.WARNING_RULES, *check.EDITION_RULES,
    }  # fmt: skip
    for module in pkgutil.iter_modules(check.__path__, "annotated.check."):
        for name, function in inspect.getmembers(
            importlib.import_module(module.name), inspect.isfunction
        ):
            hints = inspect.get_annotations(function)
            if function.__module__ == module.name and list(hints.items()) == [
                ("site", "Site"), ("return", "Iterable[Problem]")
            ]:  # fmt: skip
                assert function in listed, f"{module.name}.{name}"


def test_the_version_is_the_newest_of_the_changelog() -> None:
    found = re.findall(
        r"^## (\d+\.\d+\.\d+) \(", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE
    )
    assert found[0] == __version__
    assert found == sorted(found, key=lambda v: [int(n) for n in v.split(".")], reverse=True)


def test_every_decision_is_listed_and_every_link_leads_somewhere() -> None:
    folder = ROOT / "decisions"
    listed = re.findall(r"\]\(([\w-]+\.md)\)", (folder / "README.md").read_text("utf-8"))
    assert listed == sorted(f.name for f in folder.glob("*.md") if f.name != "README.md")
    for file in folder.glob("*.md"):
        for link in re.findall(r"\]\(([\w-]+\.md)\)", file.read_text("utf-8")):
            assert (folder / link).exists(), f"{file.name}: {link}"


def test_the_architecture_page_is_true() -> None:
    """What it names is there, and its arrows are the order in which packages may import."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    paths = re.findall(
        r"`((?:data|decisions|docs|hooks|overrides|starter|tests|tools)/[\w./-]*)`", text
    )
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    assert len(paths) > 15
    for path in {*paths, *links, "engine.mk"}:
        assert (ROOT / path).exists(), path
    for path in re.findall(r"`((?:records|check|render|publish)/\w+\.py)`", text):
        assert (HOOKS / "annotated" / path).exists(), path
    arrows = re.findall(r"^  (\w+) --> (\w+)$", text, re.MULTILINE)
    build = ORDER[: ORDER.index("publish") + 1]
    assert [arrow for arrow in arrows if set(arrow) <= set(ORDER)] == list(pairwise(build))
    for package in set(ORDER) - set(build):
        assert f"`{package}`" in text, package
    commands = set(re.findall(r"`make ([a-z-]+)`", text))
    known = (ROOT / "Makefile").read_text("utf-8") + (ROOT / "engine.mk").read_text("utf-8")
    assert commands <= set(re.findall(r"^([a-z-]+):", known, re.MULTILINE))


def test_no_two_sources_have_one_address() -> None:
    """What was read is one source, however many records cite it."""
    document, problems = read_yaml(
        "sources.yml", (ROOT / "data" / "sources.yml").read_text(encoding="utf-8")
    )
    assert document is not None
    assert not problems
    urls = Counter(source["url"] for source in document.value["sources"] if "url" in source)
    assert [url for url, count in urls.items() if count > 1] == []
