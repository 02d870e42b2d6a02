"""What we change in moto so that labs can be run, each change by its name in ``data/labs.yml``.

A change that takes part in an answer says so: the label of the block tells readers.
"""

from __future__ import annotations

import json
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


@patch
def ecs_gone() -> None:
    """Clusters and services that were deleted are not listed: moto keeps them there for good."""
    from moto.ecs.models import EC2ContainerServiceBackend  # noqa: PLC0415

    @around(EC2ContainerServiceBackend, "list_clusters")
    def _(old: Callable[..., list[str]], self: Any) -> list[str]:
        gone = {one.arn for one in self.clusters.values() if one.status == "INACTIVE"}
        return _without(old(self), gone)

    @around(EC2ContainerServiceBackend, "list_services")
    def _(old: Callable[..., list[str]], self: Any, *args: Any, **kwargs: Any) -> list[str]:
        gone = {one.arn for one in self.services.values() if one.status != "ACTIVE"}
        return _without(old(self, *args, **kwargs), gone)


def _without(listed: list[str], gone: set[str]) -> list[str]:
    if gone.intersection(listed):
        used("ecs-gone")
    return [each for each in listed if each not in gone]


@patch
def stack_deletes() -> None:
    """A stack that is deleted takes with it what moto would leave: of ECS, and target groups."""
    from moto.ecs.models import Cluster, Service, TaskDefinition, ecs_backends  # noqa: PLC0415
    from moto.elbv2.models import FakeTargetGroup, elbv2_backends  # noqa: PLC0415

    def deleting(owner: Any, away: Callable[[Any, str, str], Any]) -> None:
        def delete(self: Any, account: str, region: str) -> None:
            used("stack-deletes")
            away(self, account, region)

        owner.delete = delete

    deleting(Cluster, lambda one, *here: _at(ecs_backends, *here).delete_cluster(one.arn))
    deleting(
        Service,
        lambda one, *here: _at(ecs_backends, *here).delete_service(
            one.cluster_name, one.name, True
        ),
    )
    deleting(
        TaskDefinition,
        lambda one, *here: _at(ecs_backends, *here).deregister_task_definition(one.arn),
    )
    deleting(
        FakeTargetGroup,
        lambda one, *here: _at(elbv2_backends, *here).delete_target_group(one.arn),
    )


def _at(backends: Any, account: str, region: str) -> Any:
    return backends[account][region]


@patch
def rules_start_tasks() -> None:
    """A rule whose target is ECS starts a task: moto would fail on it."""
    from moto.ecs.models import ecs_backends  # noqa: PLC0415
    from moto.events.models import Rule  # noqa: PLC0415

    @around(Rule, "send_to_targets")
    def _(
        old: Callable[..., None], self: Any, event: dict[str, Any], *rest: Any, **kw: Any
    ) -> None:
        if self.state == "DISABLED" or self.scheduled_expression:
            return
        targets = self.targets
        tasks = [one for one in targets if "EcsParameters" in one]
        if tasks and self.event_pattern.matches_event(event):
            used("rules-start-tasks")
            for target in tasks:
                _start(_at(ecs_backends, self.account_id, self.region_name), target, event)
        self.targets = [one for one in targets if one not in tasks]
        try:
            old(self, event, *rest, **kw)
        finally:
            self.targets = targets


def _start(ecs: Any, target: dict[str, Any], event: dict[str, Any]) -> None:
    """Call RunTask as a target of a rule says."""
    wanted = target["EcsParameters"]
    ecs.run_task(
        target["Arn"].split("/")[-1],
        wanted["TaskDefinitionArn"],
        wanted.get("TaskCount", 1),
        transformed(target.get("InputTransformer"), event),
        "events-rule",
        None,
        wanted.get("LaunchType"),
        networking_configuration=_small(wanted.get("NetworkConfiguration")),
        capacity_provider_strategy=wanted.get("CapacityProviderStrategy"),
    )


def transformed(transformer: dict[str, Any] | None, event: dict[str, Any]) -> Any:
    """Return what an input transformer makes of an event.

    >>> rule = {"InputPathsMap": {"key": "$.detail.key"}, "InputTemplate": '{"file": <key>}'}
    >>> transformed(rule, {"detail": {"key": "a.csv"}})
    {'file': 'a.csv'}
    """
    if transformer is None:
        return None
    text = transformer["InputTemplate"]
    for name, path in transformer.get("InputPathsMap", {}).items():
        value: Any = event
        for key in path.removeprefix("$.").split("."):
            value = value[key]
        text = text.replace(f"<{name}>", json.dumps(value))
    return json.loads(text)


def _small(value: Any) -> Any:
    """The same with small first letters: a rule writes Subnets where ECS writes subnets."""
    if isinstance(value, dict):
        return {key[0].lower() + key[1:]: _small(each) for key, each in value.items()}
    return [_small(each) for each in value] if isinstance(value, list) else value


@patch
def target_in_range() -> None:
    """Registering a scalable target moves the desired count into its range, as its API says."""
    from moto.applicationautoscaling.models import (  # noqa: PLC0415
        ApplicationAutoscalingBackend,
    )
    from moto.ecs.models import ecs_backends  # noqa: PLC0415

    @around(ApplicationAutoscalingBackend, "register_scalable_target")
    def _(old: Callable[..., Any], self: Any, space: str, name: str, *args: Any, **kw: Any) -> Any:
        target = old(self, space, name, *args, **kw)
        if space == "ecs":
            _, cluster, service = name.split("/")
            ecs = _at(ecs_backends, self.account_id, self.region_name)
            [found], _ = ecs.describe_services(cluster, [service])
            count = max(found.desired_count, int(target.min_capacity))
            count = min(count, int(target.max_capacity))
            if count != found.desired_count:
                used("target-in-range")
                found.desired_count = found.running_count = count
        return target


@patch
def agents_join() -> None:
    """An instance whose user data names a cluster joins it: moto starts no ECS agent."""
    from moto.autoscaling.models import autoscaling_backends  # noqa: PLC0415
    from moto.ecs.models import EC2ContainerServiceBackend  # noqa: PLC0415

    @around(EC2ContainerServiceBackend, "list_container_instances")
    def _(old: Callable[..., Any], self: Any, cluster: str, *args: Any, **kw: Any) -> Any:
        joined = vars(self).setdefault("joined", set())
        groups = _at(autoscaling_backends, self.account_id, self.region_name).autoscaling_groups
        for group in groups.values():
            said = group.user_data.decode() if group.user_data else ""
            if f"ECS_CLUSTER={cluster.rsplit('/', maxsplit=1)[-1]}" not in said.split():
                continue
            for each in {one.instance.id for one in group.instance_states} - joined:
                used("agents-join")
                joined.add(each)
                self.register_container_instance(cluster, each)
        return old(self, cluster, *args, **kw)


@patch
def eks_group() -> None:
    """An EKS cluster has a security group, which goes with it: moto names none."""
    from moto.ec2.models import ec2_backends  # noqa: PLC0415
    from moto.eks.models import EKSBackend  # noqa: PLC0415

    key = "clusterSecurityGroupId"

    @around(EKSBackend, "create_cluster")
    def _(old: Callable[..., Any], self: Any, *args: Any, **kw: Any) -> Any:
        used("eks-group")
        cluster = old(self, *args, **kw)
        network, config = (
            _at(ec2_backends, self.account_id, self.region_name),
            cluster.resources_vpc_config,
        )
        subnet = network.get_subnet(config["subnetIds"][0])
        made = network.create_security_group(
            f"eks-cluster-sg-{cluster.name}", "EKS", vpc_id=subnet.vpc_id
        )
        config[key] = made.id
        return cluster

    @around(EKSBackend, "delete_cluster")
    def _(old: Callable[..., Any], self: Any, *args: Any, **kw: Any) -> Any:
        cluster = old(self, *args, **kw)
        network = _at(ec2_backends, self.account_id, self.region_name)
        network.delete_security_group(group_id=cluster.resources_vpc_config[key])
        return cluster


@patch
def ecs_full_cluster() -> None:
    """A cluster in use is not deleted: moto would delete it, and hide its tasks by that."""
    from moto.core.exceptions import JsonRESTError  # noqa: PLC0415
    from moto.ecs.models import EC2ContainerServiceBackend  # noqa: PLC0415

    @around(EC2ContainerServiceBackend, "delete_cluster")
    def _(old: Callable[..., Any], self: Any, name: str) -> Any:
        cluster = name.rsplit("/", maxsplit=1)[-1]
        tasks = self.tasks.get(cluster, {}).values()
        services = [one for one in self.services.values() if one.cluster_name == cluster]
        full = {
            "Services": any(one.status == "ACTIVE" for one in services),
            "Tasks": any(one.desired_status == "RUNNING" for one in tasks),
            "ContainerInstances": bool(self.container_instances.get(cluster)),
        }
        for what in (each for each, there in full.items() if there):
            raise JsonRESTError(f"ClusterContains{what}Exception", f"{cluster} is in use.")
        return old(self, name)


@patch
def ecs_provider_in_use() -> None:
    """A capacity provider that a cluster uses is not deleted, as AWS says: moto deletes it."""
    from moto.ecs.exceptions import EcsClientException  # noqa: PLC0415
    from moto.ecs.models import EC2ContainerServiceBackend  # noqa: PLC0415

    @around(EC2ContainerServiceBackend, "delete_capacity_provider")
    def _(old: Callable[..., Any], self: Any, name: str) -> Any:
        own = name.rpartition("/")[2]
        for cluster in self.clusters.values():
            if cluster.status == "ACTIVE" and own in (cluster.capacity_providers or []):
                raise EcsClientException(f"{own} is still used by the cluster {cluster.name}")
        return old(self, name)
