"""The packs that the service worker fetches: what is in them, how they are laid out and named."""

from __future__ import annotations

import gzip
import hashlib
import json

import pytest

from annotated.publish import packs
from annotated.publish.offline import MOST_UNASKED_BYTES, bytes_by_edition, service_worker
from annotated.publish.packs import Pack, integrity, listing, packed, packs_of, section_of

PAGE = b"<html><head>all alike</head><p>its own</html>"
SITE = {
    "index.html": PAGE,
    "404.html": PAGE,
    "ecs/index.html": PAGE,
    "ecs/picture.png": b"\x89PNG",
    "assets/site.1.css": b"a{}",
    "assets/site.1.js": b"1",
    "assets/mark.svg": b"<svg/>",
    "assets/drawings/d-1.svg": b"<svg/>",
    "search/concepts.1.json": b"{}",
    "search/words.1.json": b"{}",
    "compare/tea.csv": b"a,b",
    "manifest.webmanifest": b"{}",
}
# What a reader never opens, or what a host keeps to itself.
LEFT_OUT = {
    "_headers": b"",
    "_redirects": b"",
    "CNAME": b"",
    ".nojekyll": b"",
    "sub/.hidden": b"",
    "sw.js": b"",
    "sitemap.xml": b"",
    "sitemap.xml.gz": b"",
    "llms.txt": b"",
    "ecs/index.md": b"",
    "film.mp4": b"",
    "assets/cards/home.png": b"",
    "assets/offline/ecs.0.pack": b"",
    "search/concepts.1.js": b"",
    "search/deep/file.js": b"",
    "assets/javascripts/lunr/min.js": b"",
    "assets/bundle.js.map": b"",
}


def sections(files: dict[str, bytes]) -> dict[str, tuple[str, ...]]:
    return {pack.section: pack.files for pack in packs_of(files)}


def noise(seed: str, size: int) -> bytes:
    """Bytes that nothing compresses, always the same."""
    return hashlib.shake_256(seed.encode()).digest(size).replace(b"<", b"-")


def unpack(content: bytes) -> dict[str, bytes]:
    """As places.js does it, by the description in packs.py."""
    line, _, rest = gzip.decompress(content).partition(b"\n")
    left = dict(json.loads(line))
    found = dict.fromkeys(left, b"")
    while rest:
        for path, size in left.items():
            length = min(packs.CHUNK, size)
            found[path] += rest[:length]
            rest, left[path] = rest[length:], size - length
    return found


def test_each_file_travels_with_its_section() -> None:
    assert sections({**SITE, **LEFT_OUT}) == {
        "shell": (
            "404.html",
            "assets/mark.svg",
            "assets/site.1.css",
            "assets/site.1.js",
            "manifest.webmanifest",
        ),
        "search": ("search/concepts.1.json",),
        "downloads": ("assets/drawings/d-1.svg", "compare/tea.csv"),
        "ecs": ("ecs/index.html", "ecs/picture.png"),
        "home": ("index.html",),
        "search-words": ("search/words.1.json",),
    }
    assert [pack.section for pack in packs_of(SITE) if pack.is_first] == ["shell", "search"]


#: The same site with a second edition, which has pages and a search of its own.
BOTH = {**SITE, **{f"ko/{path}": content for path, content in SITE.items() if "site.1" not in path}}


def test_each_edition_has_a_first_copy_of_its_own() -> None:
    found = packs_of(BOTH, ["ko/"])
    first = [(pack.edition, pack.section) for pack in found if pack.is_first]
    assert first == [("", "shell"), ("", "search"), ("ko/", "ko.shell"), ("ko/", "ko.search")]
    assert {pack.section.removeprefix("ko.") for pack in found if pack.edition} == set(
        sections(SITE)
    )


def test_a_copy_of_an_edition_is_told_with_all_that_it_fetches() -> None:
    """What the worker fetches for it: its own packs, and the shell that all pages need."""
    found = packs_of(BOTH, ["ko/"])
    fetched = {
        edition: sum(
            len(pack.content)
            for pack in found
            if pack.edition == edition or pack.section == packs.SHELL
        )
        for edition in ("", "ko/")
    }
    assert bytes_by_edition(found) == fetched


@pytest.mark.parametrize(
    ("path", "section"),
    [
        ("shell/index.html", "shell-pages"),
        ("home/index.html", "home-pages"),
        ("My Notes/a.html", "my-notes"),
        ("메모/a.html", "c8a14b"),
    ],
)
def test_a_folder_of_any_name_becomes_a_section(path: str, section: str) -> None:
    assert section_of(path) == section
    assert section.isascii()


def test_a_pack_opens_to_what_was_packed() -> None:
    files = {**SITE, "메모.html": "글".encode() * 9000, "empty.html": b""}
    assert unpack(packed(files)) == files


def test_the_same_files_give_the_same_pack_and_others_another_name() -> None:
    one, two = packs_of(SITE), packs_of(dict(reversed(SITE.items())))
    assert [pack.name for pack in one] == [pack.name for pack in two]
    changed = packs_of({**SITE, "ecs/index.html": PAGE + b" "})
    differ = {a.section for a, b in zip(one, changed, strict=True) if a.name != b.name}
    assert differ == {"ecs"}


def test_what_pages_repeat_is_paid_once() -> None:
    """Though it is longer than what gzip can look back over, and not quite at the same place."""
    head = noise("head", 60_000)
    pages = {f"ecs/{n}.html": b"-" * n * 300 + head + noise(str(n), 40_000) for n in range(3)}
    plain = len(gzip.compress(b"".join(pages.values())))
    assert len(packed(pages)) < plain - 1.8 * len(head)


def test_a_heavy_section_is_parted_and_a_heavy_file_left_online(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pages = {f"ecs/{n}.html": noise(str(n), 400) for n in range(5)}
    monkeypatch.setattr(packs, "MOST_PACK_BYTES", 1000)
    monkeypatch.setattr(packs, "MOST_FILE_BYTES", 1000)
    found = sections({**pages, "ecs/film.gif": bytes(1001)})
    assert found == {
        "ecs": ("ecs/0.html", "ecs/1.html"),
        "ecs.2": ("ecs/2.html", "ecs/3.html"),
        "ecs.3": ("ecs/4.html",),
    }


def test_the_worker_knows_each_pack_by_hash_and_size() -> None:
    for pack in packs_of(SITE):
        known = listing([pack])[pack.name]
        assert known["integrity"] == integrity(pack.content)
        assert known["bytes"] == len(pack.content)
        assert pack.path == f"assets/offline/{pack.name}.pack"


@pytest.mark.parametrize(("size", "fits"), [(0, "true"), (1, "false")])
@pytest.mark.parametrize("large", ["", "ko/", "de/"])
def test_a_copy_is_bounded_unless_the_reader_asks(size: int, fits: str, large: str) -> None:
    """Whichever edition is the largest, however small the others are."""
    found = [
        Pack(
            "ecs", ("a.html",), bytes(MOST_UNASKED_BYTES + size if edition == large else 1), edition
        )
        for edition in ("", "ko/", "de/")
    ]
    sources = {
        "assets/offline/places.js": b"first;",
        "assets/offline/worker.js": b'packs = "%PACKS%"; all = "%ALL%"; base = "%BASE%";',
    }
    script = service_worker(sources, found, "/no\"te's/")
    assert script.startswith("first;\npacks = {")
    assert script.endswith(f'; all = {fits}; base = "/no\\"te\'s/";')
