"""The policy blesses the site's own scripts; whatever else acts in a page is named."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from annotated.publish.policy import THEME_SCRIPTS, judged_scripts, policy, script_hash

SPECULATION = '{"prerender":[]}'


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<SCRIPT >alert(1)</SCRIPT >",
        "<script/x>alert(1)</script>",
        "<script\n>alert(1)</script\n>",
        "<svg><script>alert(1)</script></svg>",
        "<script>alert(1)",
        '<script type="module">alert(1)</script>',
        '<script type="speculationrules">{"prefetch":[{"urls":["//evil.test"]}]}</script>',
        '<script type="application/ld+json">{"@type":"Lie"}</script>',
        '<script src="../notes/evil.js"></script>',
        '<script src="notes/assets/site.js"></script>',
        "<script src=//evil.test/assets/site.js></script>",
        '<script src="assets/site.js">alert(1)</script>',
        '<meta http-equiv="refresh" content="0;url=https://evil.test">',
        "<meta content='0;url=//evil.test' HTTP-EQUIV=refresh>",
        "<script>__md_scope=new URL(\".\",location),alert(1)</script>",
        '<script id="__config" type="application/json">{}</script>'
        '<script id="__config" type="application/json">{"search":"evil.js"}</script>',
    ],
)  # fmt: skip
def test_what_is_not_known_is_named_and_not_blessed(html: str) -> None:
    hashes, unknown = judged_scripts(html, "ecs/page.html", {"known()"})
    assert len(unknown) == 1
    assert not hashes


def test_what_is_known_is_blessed() -> None:
    html = (
        "<script>known()\n</script><script>other()</script>"
        f'<script type="speculationrules">{SPECULATION}</script>'
        '<script type="application/ld+json">{"a":1}</script>'
        '<script src="../assets/javascripts/bundle.a5f9d56c.min.js"></script>'
        "<script defer src=../assets/site.0123abcd.js></script>"
        '<script id="__config" type="application/json">{}</script>'
    )
    hashes, unknown = judged_scripts(
        html, "ecs/page.html", {"known()", "other()", SPECULATION, '{"a":1}'}
    )
    assert not unknown
    texts = ("known()\n", "other()", SPECULATION)
    assert hashes == sorted(f"'{script_hash(text)}'" for text in texts)


def test_the_scripts_of_the_theme_are_those_that_it_has_now() -> None:
    """A new release of the theme makes this fail: read its scripts before their hashes change."""
    theme = find_spec("material")
    assert theme is not None
    assert theme.origin is not None
    found = set()
    for file in (Path(theme.origin).parent / "templates" / "partials" / "javascripts").glob(
        "*.html"
    ):
        for text in re.findall(
            r"<script>(.*?)</script>", file.read_text(encoding="utf-8"), re.DOTALL
        ):
            found.add(script_hash(re.sub(r'new URL\("\{\{.*?\}\}",', 'new URL(".",', text)))
    assert set(THEME_SCRIPTS) <= found


def test_only_the_site_itself_is_asked() -> None:
    rules = dict(rule.split(" ", 1) for rule in policy(["'sha256-x'"]).split("; "))
    assert rules == {
        "default-src": "'none'",
        "script-src": "'self' 'sha256-x'",
        "style-src": "'self'",
        "style-src-attr": "'none'",
        "img-src": "'self' data:",
        "font-src": "'none'",
        "connect-src": "'self'",
        "worker-src": "'self'",
        "manifest-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
    }
