"""Engines by name."""

from __future__ import annotations

from pathlib import Path

from corpus.engine.local import Engine, LocalEngine
from corpus.errors import UsageError, unknown

ENGINES = ("local", "ray")


def check_engine(name: str, num_proc: int, ray_address: str | None) -> None:
    """Raises UsageError for an engine there is not, no process to run it in, or an address it has no use for."""
    if name not in ENGINES:
        raise unknown("engine", name, ENGINES)
    if num_proc < 1:
        raise UsageError(f"num_proc is {num_proc}; give a number of processes of 1 or more")
    if ray_address and name != "ray":
        raise UsageError("--ray-address is for --engine ray; add that, or leave the address out")


def choose_engine(name: str, *, num_proc: int, ray_address: str | None, folder: Path) -> Engine:
    """The engine of that name, for tasks that read and write in `folder`."""
    check_engine(name, num_proc, ray_address)
    if name == "local":
        return LocalEngine(num_proc)
    from corpus.engine.cluster import RayEngine

    return RayEngine(ray_address, num_proc=num_proc, folder=folder)
