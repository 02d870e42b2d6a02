"""The content security policy of a page: nothing but what the site itself brings."""

from __future__ import annotations

import base64
import hashlib
import re

_INLINE = re.compile(
    r"<script(?P<attributes>(?:\s[^>]*)?)>(?P<body>.*?)</script>", re.DOTALL | re.IGNORECASE
)
_DATA = re.compile(r"type=[\"']?(?:application/(?:ld\+)?json)", re.IGNORECASE)
_CHARSET = re.compile(r"<meta charset=[\"']?utf-8[\"']?\s*/?>", re.IGNORECASE)


def script_hashes(html: str) -> list[str]:
    """Return the hash source of every inline script of `html` that a browser would run."""
    found = []
    for match in _INLINE.finditer(html):
        attributes = match["attributes"] or ""
        if re.search(r"\ssrc\s*=", attributes) or _DATA.search(attributes):
            continue
        digest = hashlib.sha256(match["body"].encode("utf-8")).digest()
        found.append(f"'sha256-{base64.b64encode(digest).decode()}'")
    return sorted(set(found))


def policy(hashes: list[str]) -> str:
    """Return the policy that lets the inline scripts with these hashes run, and no other."""
    scripts = " ".join(["'self'", *hashes])
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'self'; style-src-attr 'none'; "
        "img-src 'self' data:; font-src 'none'; connect-src 'self'; worker-src 'self'; "
        "manifest-src 'self'; base-uri 'none'; form-action 'self'"
    )


def with_policy(html: str) -> str:
    """Add the policy right after the character set, once everything else stands.

    Raises:
        ValueError: the page does not declare its character set exactly once.
    """
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(script_hashes(html))}">'
    result, count = _CHARSET.subn(lambda m: m[0] + meta, html)
    if count != 1:
        raise ValueError(f"expected one <meta charset>, found {count}")
    return result
