"""The Ray engine: the tasks of the local engine, over the machines of a Ray cluster.

Ray decides where a task runs and runs it again when a node dies. On its node a task is done by a worker of the local
engine, so a record that kills or hangs is found and labelled in the same way, and the tables are the same bytes.
"""

from __future__ import annotations

import os
import socket
import sys
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from corpus import __version__
from corpus.engine.local import WAITING_PER_PROCESS, LocalEngine
from corpus.engine.process import WorkerTraceback
from corpus.engine.rescue import Rescue
from corpus.errors import UsageError

Task = TypeVar("Task")
Result = TypeVar("Result")

MOST_RETRIES = 10
"""How many nodes may die under one task."""
KNOCK_SECONDS = 10.0
_MIB = 1 << 20
_OBJECT_STORE = 256 * _MIB
"""For a Ray of our own: three pieces of at most 8 MiB wait for each processor."""


class RayEngine:
    """Tasks over a Ray cluster: the one at `address`, or at RAY_ADDRESS, or the one this program is connected to
    already; else a Ray on this machine alone, with `num_proc` processors, that ends with the engine.

    Raises UsageError where Ray is not installed, no cluster answers, or its nodes do not see `folder`.
    """

    def __init__(self, address: str | None = None, *, num_proc: int = 1, folder: Path | None = None) -> None:
        self._address, self._num_proc, self._folder = address or os.environ.get("RAY_ADDRESS"), num_proc, folder
        self._connected = False

    def __enter__(self) -> RayEngine:
        ray = _import_ray()
        if not ray.is_initialized():
            self._connect(ray)
            self._connected = True
        try:
            self._check_nodes(ray)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *exception: Any) -> None:
        if self._connected:
            _import_ray().shutdown()
            self._connected = False

    def map(
        self, function: Callable[[Task], Result], tasks: Iterable[Task], rescue: Rescue[Task] | None = None
    ) -> Iterator[Result]:
        """`function` of every task, in order; at most `WAITING_PER_PROCESS` tasks a processor are held at a time."""
        ray = _import_ray()
        remote = ray.remote(run_isolated).options(num_cpus=1, max_retries=MOST_RETRIES, scheduling_strategy="SPREAD")
        waiting: deque[Any] = deque()
        try:
            for task in tasks:
                waiting.append(remote.remote(function, task, rescue))
                while len(waiting) >= WAITING_PER_PROCESS * _processors(ray):
                    yield _outcome(ray, waiting.popleft())
            while waiting:
                yield _outcome(ray, waiting.popleft())
        finally:
            for reference in waiting:
                ray.cancel(reference, force=True)

    def _connect(self, ray: Any) -> None:
        quiet = {"log_to_driver": False, "logging_level": "error"}
        if self._address and self._address != "local":
            try:
                _knock(self._address)
                ray.init(address=self._address, **quiet)
            except OSError as error:  # a ConnectionError is one
                raise UsageError(
                    f"no Ray answers at {self._address}; start one there with `ray start --head`,"
                    " or unset RAY_ADDRESS and leave out --ray-address for one on this machine"
                ) from error
            return
        ray.init(
            address="local",
            num_cpus=self._num_proc,
            include_dashboard=False,
            object_store_memory=_OBJECT_STORE,
            _node_ip_address="127.0.0.1",
            runtime_env={"env_vars": {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}},
            **quiet,
        )

    def _check_nodes(self, ray: Any) -> None:
        """Every node must have this version of the package and see the run folder; say which does not."""
        from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

        nodes = [node for node in ray.nodes() if node["Alive"] and node["Resources"].get("CPU")]
        if not nodes:
            raise UsageError("the Ray cluster has no processors; add a node with `ray start --address=HEAD:6379`")
        asked = [
            ray.remote(look_around)
            .options(num_cpus=1, scheduling_strategy=NodeAffinitySchedulingStrategy(node["NodeID"], soft=True))
            .remote(self._folder)
            for node in nodes
        ]
        for node, reference in zip(nodes, asked, strict=True):
            name = node["NodeManagerAddress"]
            try:
                version, sees = ray.get(reference)
            except (ray.exceptions.RayError, ImportError) as error:
                raise UsageError(
                    f"node {name} cannot run songngu {__version__}; install it there with"
                    f" `pip install 'songngu[ray]=={__version__}'` ({str(error).splitlines()[-1]})"
                ) from error
            if version != __version__:
                raise UsageError(
                    f"node {name} has songngu {version} and this one {__version__}; install the same on every node"
                )
            if not sees:
                raise UsageError(f"node {name} does not see {self._folder}; name a folder that all nodes share with -o")


def _knock(address: str) -> None:
    """Raises OSError where nobody listens: Ray itself would wait for a minute or more."""
    host, _, port = address.rpartition(":")
    if "/" not in host and port.isdecimal():
        socket.create_connection((host, int(port)), KNOCK_SECONDS).close()


def look_around(folder: Path | None) -> tuple[str, bool]:
    """The version of the package on a node, and whether it sees a folder (runs on the node)."""
    return __version__, folder is None or folder.is_dir()


def run_isolated(function: Callable[[Task], Any], task: Task, rescue: Rescue[Task] | None) -> Any:
    """`(result, None)` or `(error, its traceback)` of one task, done by the worker of this Ray process."""
    try:
        (result,) = _local_engine().map(function, [task], rescue)
    except Exception as error:
        return error, traceback.format_exc()
    return result, None


@cache
def _local_engine() -> LocalEngine:
    """One worker for each Ray process, so that models are loaded once; it ends with that process."""
    return LocalEngine(1)


def _outcome(ray: Any, reference: Any) -> Any:
    value, trace = ray.get(reference)
    if trace is not None:
        raise value from WorkerTraceback(trace)
    return value


def _processors(ray: Any) -> int:
    """How many processors the cluster has now: it may grow and shrink while a build runs."""
    return max(1, int(ray.cluster_resources().get("CPU", 1)))


def _import_ray() -> Any:
    # Ray would report that it is used; nothing leaves the machine here.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray
    except ImportError:
        raise UsageError("the engine `ray` needs Ray; install it with: pip install 'songngu[ray]'") from None
    return ray
