"""A project whose labs are about tea: a folder is the shelf, a small server tells of the kettle."""

from __future__ import annotations

import json
from pathlib import Path

from annotated.records.lab_results import FILE, LabResult, LabResults, written

#: Tells how the requests since the last time were answered, as the kettle has written them down.
SERVER = """
import http.server, pathlib, sys
work = pathlib.Path(sys.argv[2])
told, shelf = work / "told.txt", work / "shelf"
shelf.mkdir()
class Kettle(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/fresh":
            for cup in shelf.iterdir():
                cup.unlink()
        lines = told.read_text().splitlines() if told.exists() else []
        told.write_text("")
        body = ("[" + ",".join(lines) + "]").encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *_):
        pass
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Kettle).serve_forever()
"""

#: ``kettle fill NAME``, ``kettle empty NAME``; ``brew`` needs a patch, ``whistle`` is a stub's.
KETTLE = """#!/bin/bash
tell() { echo "{\\"request\\": \\"kettle $1\\", \\"how\\": \\"$2\\", \\"patches\\": [$3]}" >> "$WORK/told.txt"; }
case $1 in
  fill) touch "$WORK/shelf/$2" && tell fill real && echo "cup-$RANDOM is $2" ;;
  empty) rm "$WORK/shelf/$2" && tell empty real ;;
  brew) tell brew real '"hot-at-once"' && echo "tea" ;;
  whistle) tell whistle stub && echo "made up" ;;
  *) echo "kettle: what is '$1'?" >&2; exit 2 ;;
esac
"""

#: Tea is not stirred with coffee.
TASTE = """
import pathlib, sys
lines = pathlib.Path(sys.argv[1]).read_text().splitlines()
found = [f"{sys.argv[1]}:{n}: coffee is no tea" for n, line in enumerate(lines, 1) if "coffee" in line]
print("\\n".join(found))
sys.exit(bool(found))
"""

LABS = r"""
services:
  - {command: ["{python}", "{root}/tea/server.py", "{port}", "{work}"], ready: "http://127.0.0.1:{port}/"}
fresh: "http://127.0.0.1:{port}/fresh"
answers: "http://127.0.0.1:{port}/"
path: [tea/bin]
environment: {WORK: "{work}"}
listing: [ls, "{work}/shelf"]
seconds: 300
normalize: [{pattern: "cup-[0-9]+", by: cup}]
validators:
  taste: {files: ["*.tea", commands.sh], command: ["{python}", "{root}/tea/taste.py", "{file}"]}
  no-stars: {files: ["*-policy.json"], command: ["{python}", POLICIES, "{file}"]}
sections: [steps, clean-up]
creating: "kettle (fill|brew)"
pairs:
  - {makes: "kettle fill", unmakes: "kettle empty"}
  - {makes: "kettle brew"}
patches: {hot-at-once: {en: the water is hot at once.}}
reasons: {no-leaves: {en: there are no leaves here.}}
stubbed: {en: Nobody heard it.}
notice: {en: A kettle is not a tea house.}
"""

HEAD = """---
title: {name}
description: A lab about tea.
kind: lab
checked: 2024-03-02
---

# {name}

A cup is filled and emptied.

<!-- lab -->

## Steps {{#steps}}

"""

GOOD = """```bash title="Fill a cup"
CUP=green
kettle fill "$CUP"
```

```output
cup-17 is green
```

```bash
kettle brew "$CUP"
```

```bash
kettle whistle
```

<!-- block: shown no-leaves -->
```bash
kettle pick
```

```text title="one.tea"
leaves and water
```
"""

CLEAN = """
## Clean up {#clean-up}

```bash
kettle empty "$CUP"
```
"""


#: Puts pots on a table: unlike cups on the shelf, they stay there when the lab is over.
POT = """#!/bin/bash
case $1 in
  put) mkdir "$TABLE/$2" ;;
  clear) rmdir "$TABLE/$2" ;;
  version) echo 3.1; echo of clay ;;
  *) echo "pot: what is '$1'?" >&2; exit 2 ;;
esac
"""

POTS = """```bash
POT=big
pot put "$POT" &&
pot put small
```

```bash
ls "$TABLE"
```
"""

CLEARED = """
## Clean up {#clean-up}

```bash
pot clear "$POT" &&
pot clear small
```
"""


def lay_pots(root: Path, *names: str) -> Path:
    """Give these labs of a project with a kettle pots as well; return the table."""
    table = root / "table"
    table.mkdir()
    (root / "tea" / "bin" / "pot").write_text(POT, encoding="utf-8")
    (root / "tea" / "bin" / "pot").chmod(0o755)
    own = {
        "needs": ["test", "-d", "{root}/table"],
        "without": "no-leaves",
        "listing": ["ls", "{root}/table"],
        "versions": {"Pot": ["pot", "version"]},
        "patches": {"hot-at-once": {"command": ["test", "-e", "{root}/hot"], "blocks": "pot put"}},
    }
    file = root / "data" / "labs.yml"
    text = file.read_text(encoding="utf-8").replace(
        'WORK: "{work}"', 'WORK: "{work}", TABLE: "{root}/table"'
    )
    labs = json.dumps({f"labs/{name}.md": own for name in names})
    file.write_text(f"{text}labs: {labs}\n", encoding="utf-8")
    return table


def lay_tea(root: Path, policies: Path) -> None:
    """Put the kettle and ``data/labs.yml`` into the project at `root`."""
    (root / "tea" / "bin").mkdir(parents=True)
    for name, text in (("server.py", SERVER), ("bin/kettle", KETTLE), ("taste.py", TASTE)):
        (root / "tea" / name).write_text(text, encoding="utf-8")
    (root / "tea" / "bin" / "kettle").chmod(0o755)
    labs = LABS.replace("POLICIES", json.dumps(str(policies)))
    (root / "data" / "labs.yml").write_text(labs, encoding="utf-8")


def lab(root: Path, name: str, steps: str = GOOD, clean: str = CLEAN) -> Path:
    """Write a lab, and name it in the navigation; return its file."""
    file = root / "docs" / "en" / "labs" / f"{name}.md"
    file.parent.mkdir(exist_ok=True)
    file.write_text(HEAD.format(name=name) + steps + clean, encoding="utf-8")
    settings = root / "mkdocs.yml"
    with settings.open("a", encoding="utf-8") as out:
        out.write(f"  - labs/{name}.md\n")
    return file


def line_of(file: Path, part: str) -> int:
    """The line of a page that holds `part` first."""
    lines = file.read_text(encoding="utf-8").split("\n")
    return next(number for number, line in enumerate(lines, 1) if part in line)


def keep(root: Path, results: dict[str, LabResult]) -> None:
    """Write results as if labs had been run."""
    (root / FILE).parent.mkdir(parents=True, exist_ok=True)
    (root / FILE).write_text(written(LabResults(results)), encoding="utf-8")
