"""The content security policy of a page: nothing but what the site itself brings.

The policy blesses scripts that are known by what they are, never what happens to stand in a page:
markup may reach a page from a record or from Markdown, and a script in it must not run.
"""

from __future__ import annotations

import base64
import hashlib
import posixpath
import re
from collections.abc import Collection

#: The inline scripts of the theme, by the hash of their text (the way to the site's root, which
#: differs from page to page, as "."). A new release of the theme may bring new ones: the build
#: then names their hashes, and whoever takes the release over reads them before adding them.
THEME_SCRIPTS = {
    "sha256-apoQPHefCNWjxbCm+HzVDOAW4CSVWhY7VylQjgOFyfk=": "where settings are stored",
    "sha256-DrEMJJ29sL7vIloQzly+VUGMxKcBTMII+OfW7Y8AkG4=": "light or dark, as chosen before",
    "sha256-/8wPdzX9q0NNJXyA5lzsLojXFpkeaXVxhbfkUOQaWy8=": "the tab that the address names",
    "sha256-10uztYJZm7OLYtHrFaYKCvTOAUfjM17+CoEWk5hLcc4=": "tabs, as chosen before",
    "sha256-5EHb3eWgUBuZUnu0Q9hodd97GgLtFd937Ze0yCNOS3A=": "an announcement that was put away",
}

#: The script files that a page may name, from the site's root; a name may hold a hash.
_FILES = re.compile(r"assets/(?:javascripts/bundle|site)(?:\.[0-9a-f]{6,})?(?:\.min)?\.js")

_SCRIPT = re.compile(
    r"<script(?P<attributes>(?:[\s/][^>]*)?)>(?P<body>.*?)</script\s*>", re.DOTALL | re.IGNORECASE
)
_ATTRIBUTE = re.compile(r"([\w-]+)(?:=(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
#: What acts like a script and is none of ours: the start of one, and orders to the browser.
_ACTING = re.compile(
    r"<script(?![\w-])[^>]{0,60}|<meta\s[^>]{0,60}?http-equiv[^>]{0,60}", re.IGNORECASE
)
_SCOPE = re.compile(r'^__md_scope=new URL\("[^"\\<\n]*",')
_CHARSET = re.compile(r"<meta charset=[\"']?utf-8[\"']?\s*/?>", re.IGNORECASE)
_DATA = {"application/json", "application/ld+json"}


def script_hash(text: str) -> str:
    """Return the hash of a script's `text`, as a policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode()


def inline_texts(html: str) -> list[str]:
    """Return the text of every inline script of `html`, data among them."""
    return [match["body"] for match in _SCRIPT.finditer(html)]


def judged_scripts(html: str, path: str, own: Collection[str]) -> tuple[list[str], list[str]]:
    """Tell the scripts of a finished page apart.

    Args:
        html: the page.
        path: its path below the site's root.
        own: the texts of our own inline scripts and data, without white space around them.

    Returns:
        The hash sources of the known inline scripts that run, and the beginning of everything
        that acts in the page and is not known.
    """
    hashes: set[str] = set()
    configured = 0

    def judge(match: re.Match[str]) -> str:
        nonlocal configured
        given = {
            m[1].lower(): m[2] or m[3] or m[4] or ""
            for m in _ATTRIBUTE.finditer(match["attributes"])
        }
        body, kind = match["body"], given.get("type", "")
        if "src" in given:
            known = not body.strip() and _known_file(given["src"], path)
        elif given.get("id") == "__config" and kind in _DATA:
            configured += 1
            known = configured == 1
        else:
            ours = body.strip() in own
            known = (
                ours or script_hash(_SCOPE.sub('__md_scope=new URL(".",', body)) in THEME_SCRIPTS
            )
            if known and kind not in _DATA:
                hashes.add(f"'{script_hash(body)}'")
        return "" if known else match[0]

    rest = _SCRIPT.sub(judge, html)
    return sorted(hashes), [match[0] for match in _ACTING.finditer(rest)]


def _known_file(address: str, path: str) -> bool:
    if address.startswith("/"):  # only the page for lost readers, which is a template
        lost = posixpath.basename(path) == "404.html"
        return lost and bool(re.search(f"/{_FILES.pattern}$", address))
    return bool(
        _FILES.fullmatch(posixpath.normpath(posixpath.join(posixpath.dirname(path), address)))
    )


def policy(hashes: list[str], styles: str = "") -> str:
    """Return the policy that lets the inline scripts with these hashes run, and no other.

    Args:
        hashes: the hash sources of the scripts.
        styles: the text of the one style element that the page may hold, or empty.
    """
    scripts = " ".join(["'self'", *hashes])
    sheet = f"'self' '{script_hash(styles)}'" if styles else "'self'"
    return (
        f"default-src 'none'; script-src {scripts}; style-src {sheet}; style-src-attr 'none'; "
        "img-src 'self' data:; font-src 'none'; connect-src 'self'; worker-src 'self'; "
        "manifest-src 'self'; base-uri 'none'; form-action 'self'"
    )


def with_policy(html: str, hashes: list[str], styles: str = "") -> str:
    """Add the policy right after the character set, once everything else stands.

    Args:
        html: the page.
        hashes: the hash sources of the inline scripts that may run.
        styles: the text of the style element that the page may hold.

    Raises:
        ValueError: the page does not declare its character set exactly once.
    """
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(hashes, styles)}">'
    result, count = _CHARSET.subn(lambda m: m[0] + meta, html)
    if count != 1:
        raise ValueError(f"expected one <meta charset>, found {count}")
    return result
