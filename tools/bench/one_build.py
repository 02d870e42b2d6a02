"""Build one project in this process and print, as JSON, how long what took.

Run as ``python one_build.py ROOT SITE_DIR``; a process of its own, so that peak memory is its.
"""

from __future__ import annotations

import json
import logging
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


class Stopwatch:
    """Adds up the time spent in the functions that it wraps, nested calls counted once.

    Time of the processor: what else the machine does is not counted.
    """

    def __init__(self) -> None:
        self.total = 0.0
        self.running = False

    def timed(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return `function`, with its time counted."""

        def call(*args: Any, **kwargs: Any) -> Any:
            if self.running:
                return function(*args, **kwargs)
            self.running = True
            start = time.process_time()
            try:
                return function(*args, **kwargs)
            finally:
                self.total += time.process_time() - start
                self.running = False

        return call


def main(root: Path, site: Path) -> None:
    """Build `root` into `site` and print the figures."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    watch = Stopwatch()
    start, processor = time.perf_counter(), time.process_time()
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(site))
    from annotated.render import extension

    for name, part in vars(extension).items():
        if name.startswith("_") and isinstance(part, type):
            for method in ("run", "handleMatch"):
                if method in vars(part):
                    setattr(part, method, watch.timed(vars(part)[method]))
    for event, functions in config.plugins.events.items():
        config.plugins.events[event] = [
            watch.timed(f) if getattr(f, "__module__", "").endswith("mkdocs_events.py") else f
            for f in functions
        ]
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    config.plugins.on_shutdown()
    total, processor = time.perf_counter() - start, time.process_time() - processor
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures = {"seconds": total, "processor": processor, "hooks": watch.total}
    print(json.dumps({**figures, "megabytes": memory}))


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]))
