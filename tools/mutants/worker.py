"""Run tests in a copy of the project, each time in a process that begins where this one stands.

Run there as ``python tools/mutants/worker.py``, by `trying.py`. It loads what the tests need of
others once and forgets what is the copy's own; each line that it reads asks for one run, and each
line that it writes is the exit code. A fresh Python for each run would take most of the time.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import resource
import sys
import traceback
from pathlib import Path
from typing import Any, NoReturn

import pytest
from recording import QUIET, record


def main(tests: list[str]) -> int:
    """Answer until nobody asks any more."""
    copy = Path.cwd()
    del sys.path[0]  # this folder
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what tests print is no answer
    pytest.main([*QUIET, "--collect-only", "-qq", *tests])
    from hypothesis import settings  # not before pytest, which would refuse it

    # Values that are drawn at random are the same in each run, and none is kept for the next one.
    settings.register_profile("still", database=None, deadline=None, derandomize=True)
    settings.load_profile("still")
    forget(copy)
    gc.freeze()  # what is shared with each run is not looked through again
    for line in sys.stdin:
        child = os.fork()
        if not child:
            end_with(json.loads(line))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), file=answers, flush=True)
    return 0


def forget(copy: Path) -> None:
    """Take out of memory what was loaded from a folder: it is loaded again as it is then."""
    inside = f"{copy}{os.sep}"
    for name, module in list(sys.modules.items()):
        if str(getattr(module, "__file__", None) or "").startswith(inside):
            del sys.modules[name]
    importlib.invalidate_caches()


def end_with(asked: dict[str, Any]) -> NoReturn:
    """Do what was asked and end this process with an exit code of pytest, whatever happens."""
    code = None
    try:
        code = answer(asked)
    finally:
        if code is None:
            traceback.print_exc()
        sys.stderr.flush()
        os._exit(int(pytest.ExitCode.INTERNAL_ERROR) if code is None else code)


def answer(asked: dict[str, Any]) -> int:
    """Do what was asked; return an exit code of pytest."""
    resource.setrlimit(resource.RLIMIT_CPU, (asked["limit"], asked["limit"] + 1))
    if "data" in asked:
        return record(asked["tests"], Path(asked["data"]), asked["without"])
    return int(pytest.main([*QUIET, "-x", *asked["tests"]]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
