"""Plain functions of scripts, tested in Node; the worker's with a pack that Python has made."""

from __future__ import annotations

import base64
import json
import os
import subprocess
from pathlib import Path

from annotated.publish.packs import packed
from tests.search.engine import node


def test_the_workers_plain_functions_do_what_they_say() -> None:
    files = {"a.html": "머리글" * 3000, "b.css": "b{}", "c.html": "글" * 6000}
    content = packed({path: text.encode() for path, text in files.items()})
    given = {"pack": base64.b64encode(content).decode(), "files": files}
    passes("places.test.js", PACK=json.dumps(given))


def test_views_of_tables_do_what_they_say() -> None:
    passes("tables.test.js")


def passes(name: str, **variables: str) -> None:
    done = subprocess.run(
        [node(), "--test", str(Path(__file__).with_name(name))],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **variables},
    )
    assert done.returncode == 0, done.stdout + done.stderr
