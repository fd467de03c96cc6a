"""Progress bars for people at a terminal; nothing otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Any, TypeVar

Item = TypeVar("Item")


class Progress:
    """Counts what passes by. The bar is drawn only on a terminal, and not at all when `quiet`."""

    def __init__(self, unit: str, *, quiet: bool) -> None:
        self._unit, self._quiet = unit, quiet
        self._bar: Any = None

    def __enter__(self) -> Progress:
        from tqdm import tqdm

        # disable=None is tqdm's own word for "only on a terminal".
        self._bar = tqdm(unit=f" {self._unit}", disable=True if self._quiet else None)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.close()

    def watch(self, items: Iterable[Item]) -> Iterator[Item]:
        """The same items, each counted as it passes."""
        for item in items:
            yield item
            self._bar.update()
