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

#: What our hooks do, as the benchmark names it.
CHECK, RENDER, SEARCH, FINISH = PARTS = ("check", "render", "search", "finish")


class Stopwatch:
    """Adds up the time spent in the functions that it wraps, by part; nested calls count once.

    Time of the processor: what else the machine does is not counted.
    """

    def __init__(self) -> None:
        self.seconds = dict.fromkeys(PARTS, 0.0)
        self._inner: list[float] = []  # of each function that runs, what others took within it

    def timed(self, function: Callable[..., Any], part: str) -> Callable[..., Any]:
        """Return `function`, with its time counted for `part`."""

        def call(*args: Any, **kwargs: Any) -> Any:
            start = time.process_time()
            self._inner.append(0.0)
            try:
                return function(*args, **kwargs)
            finally:
                whole = time.process_time() - start
                self.seconds[part] += whole - self._inner.pop()
                if self._inner:
                    self._inner[-1] += whole

        return call

    def watch(self, events: dict[str, list[Any]]) -> None:
        """Wrap our functions among those that MkDocs calls, and those that Markdown calls."""
        from annotated.render import extension

        for name, part in vars(extension).items():
            if name.startswith("_") and isinstance(part, type):
                for method in ("run", "mark", "count", "directive"):
                    if method in vars(part):
                        setattr(part, method, self.timed(vars(part)[method], RENDER))
        edge = sys.modules["hooks/mkdocs_events.py"]
        edge.put_search = self.timed(edge.put_search, SEARCH)  # type: ignore[attr-defined]
        for event, functions in events.items():
            part = CHECK if event == "config" else FINISH if "post" in event else RENDER
            events[event] = [
                self.timed(f, part) if f.__module__.endswith("mkdocs_events.py") else f
                for f in functions
            ]


def peak_memory() -> float:
    """Return the most megabytes that this process ever held.

    Linux hands what the parent held on to its children (`ru_maxrss`, getrusage(2)): in a process
    that a large one started, that would be the figure of the large one. Its own stands in
    /proc (`VmHWM`, proc_pid_status(5)).
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return int(status.split("VmHWM:")[1].split()[0]) / 1024
    except (OSError, IndexError, ValueError):
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def main(root: Path, site: Path) -> None:
    """Build `root` into `site` and print the figures."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    watch = Stopwatch()
    start, processor = time.perf_counter(), time.process_time()
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(site))
    if config.hooks:
        watch.watch(config.plugins.events)
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    config.plugins.on_shutdown()
    total, processor = time.perf_counter() - start, time.process_time() - processor
    figures = {"seconds": total, "processor": processor, "hooks": sum(watch.seconds.values())}
    print(json.dumps({**figures, **watch.seconds, "megabytes": peak_memory()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]))
