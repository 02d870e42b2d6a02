"""What we change in moto so that labs can be run, each change by its name in ``data/labs.yml``.

A change that takes part in an answer says so: the label of the block tells readers.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import wraps
from typing import Any


class Used(threading.local):
    """The patches that took part in the request that this thread answers."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def begin(self) -> None:
        """A request begins."""
        self.names = set()

    def __call__(self, name: str) -> None:
        """The patch `name` takes part."""
        self.names.add(name)

    def end(self) -> list[str]:
        """The request is answered: which patches took part?"""
        return sorted(self.names)


used = Used()
_patches: list[Callable[[], None]] = []


def patch(make: Callable[[], None]) -> Callable[[], None]:
    """Have a function that changes moto called when the emulator starts."""
    _patches.append(make)
    return make


def put_in() -> None:
    """Change moto."""
    for make in _patches:
        make()


def around(owner: Any, name: str) -> Callable[[Callable[..., Any]], None]:
    """Replace the method `name` of `owner` by a function that gets the old one first."""
    old = getattr(owner, name)

    def replace(new: Callable[..., Any]) -> None:
        @wraps(old)
        def called(*args: Any, **kwargs: Any) -> Any:
            return new(old, *args, **kwargs)

        setattr(owner, name, called)

    return replace


@patch
def ecs_running() -> None:
    """A service's tasks count as running at once: else `wait services-stable` would never end."""
    from moto.ecs.models import Service  # noqa: PLC0415

    @around(Service, "__init__")
    def _(old: Callable[..., None], self: Any, *args: Any, **kwargs: Any) -> None:
        used("ecs-running")
        old(self, *args, **kwargs)
        self.running_count, self.pending_count = self.desired_count, 0
        for deployment in self.deployments:
            deployment.update(
                runningCount=self.desired_count, pendingCount=0, rolloutState="COMPLETED"
            )


@patch
def ecs_memory() -> None:
    """A task whose containers name no memory of their own is placed: moto would fail on it."""
    from moto.ecs.models import EC2ContainerServiceBackend  # noqa: PLC0415

    needs = "_calculate_task_resource_requirements"
    old = getattr(EC2ContainerServiceBackend, needs)

    def called(definition: Any) -> Any:
        names = ("memory", "Memory", "memoryReservation", "MemoryReservation")
        without = [
            one
            for one in definition.container_definitions
            if all(one.get(name) is None for name in names)
        ]
        for one in without:
            one["memory"] = 0
        try:
            return old(definition)
        finally:
            for one in without:
                del one["memory"]

    setattr(EC2ContainerServiceBackend, needs, staticmethod(called))


@patch
def ecs_list_providers() -> None:
    """All capacity providers are listed where none is named: moto would fail on it."""
    from moto.ecs.models import EC2ContainerServiceBackend  # noqa: PLC0415

    @around(EC2ContainerServiceBackend, "describe_capacity_providers")
    def _(old: Callable[..., Any], self: Any, names: list[str] | None) -> Any:
        if names is None:
            used("ecs-list-providers")
            names = list(self.capacity_providers)
        return old(self, names)


@patch
def ecs_task_stays() -> None:
    """A task that runs goes on running until it is stopped: moto would end it by itself."""
    from moto.moto_api import state_manager  # noqa: PLC0415

    state_manager.set_transition("ecs::task", {"progression": "manual", "times": 10**6})
