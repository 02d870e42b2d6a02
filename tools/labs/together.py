"""Work on several labs at a time, each worker with services of its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import TypeVar

from run import Runner

Job = TypeVar("Job")
Found = TypeVar("Found")

#: More would have the services of one lab wait for those of another.
MOST = 2


def together(
    jobs: Sequence[Job], runner: Runner, work: Callable[[Runner, Job], Found]
) -> Iterator[tuple[Job, Found]]:
    """Do `work` for each job, and yield job and result as they are done.

    What waits stops with the first error, and the services with the last job.

    Raises:
        LabError: a service does not start, or a job cannot be done at all.
    """
    waiting: SimpleQueue[Job] = SimpleQueue()
    for job in jobs:
        waiting.put(job)
    done: SimpleQueue[tuple[Job, Found] | None] = SimpleQueue()
    stopped = False
    runners: list[Runner] = []

    def worker() -> None:
        nonlocal stopped
        own = runner.another()
        runners.append(own)
        try:
            with own.services(), suppress(Empty):
                while not stopped:
                    job = waiting.get_nowait()
                    done.put((job, work(own, job)))
        except BaseException:
            stopped = True
            raise
        finally:
            done.put(None)

    workers = max(1, min(MOST, os.cpu_count() or 1, len(jobs)))
    with ThreadPoolExecutor(workers) as pool:
        running = [pool.submit(worker) for _ in range(workers)]
        ended = 0
        try:
            while ended < workers:
                found = done.get()
                if found is None:
                    ended += 1
                else:
                    yield found
        finally:
            stopped = True
            for own in runners if ended < workers else ():
                own.stop()
            for each in as_completed(running):
                each.result()
