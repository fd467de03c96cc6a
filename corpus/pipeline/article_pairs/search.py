"""The candidates of a run's articles, found in tasks: no process ever holds more than some thousand articles' features.

    pair_groups  parts of features -> blocks of articles, weighed
    compare      a Vietnamese block and an English one -> who is near whom
    measure      the same blocks -> the cosines of the candidates

What the steps hand on lies in a folder of its own, and is removed when the pairs are written. The main process holds a
few numbers an article and a candidate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import numpy as np

from corpus.engine.local import Engine
from corpus.pipeline.article_pairs.groups import GroupTask, Side, count, cut_groups, gather, make_side, weigh_group

if TYPE_CHECKING:
    from corpus.pairing.candidates import Candidates
    from corpus.pairing.index import Block, Near

Array = Any
Tell = Callable[[str, int, int], None]
Item = TypeVar("Item")


def told(tell: Tell, step: str, items: Iterable[Item], total: int) -> Iterator[Item]:
    """The same items; `tell(step, done, total)` is called for each that has come."""
    for done, item in enumerate(items, 1):
        yield item
        tell(step, done, total)


def search(parts: Sequence[Path], folder: Path, engine: Engine, tell: Tell) -> tuple[Candidates, tuple[Side, Side]]:
    """The candidates among the articles of some parts of features, and these articles. `folder` is empty."""
    from corpus.pairing import thresholds
    from corpus.pairing.candidates import choose_pairs, weigh
    from corpus.pairing.links import match_links

    groups = list(cut_groups(parts, folder))
    gathered = list(told(tell, "gather", engine.map(gather, groups), len(groups)))
    sides = make_side(groups, gathered, 0), make_side(groups, gathered, 1)
    count(folder, groups, gathered, engine)
    for _ in engine.map(weigh_group, groups):
        pass
    links = match_links(*(side.links for side in sides))
    pairs = choose_pairs(*_compare(groups, sides, thresholds.CANDIDATES, engine, tell), links)
    cosines = _measure(groups, sides, pairs, engine, tell)
    return weigh(pairs, cosines, links, (sides[0].days, sides[1].days)), sides


class BlockTask(NamedTuple):
    """A Vietnamese block and an English one: their files, their numbers, how many to keep, and which pairs to measure
    (rows of the blocks)."""

    vi: Path
    en: Path
    numbers: tuple[int, int]
    keep: int = 0
    pairs: Array = None

    def load(self) -> tuple[Block, Block]:
        from corpus.pairing.index import Block

        return Block.load(self.vi), Block.load(self.en)


def _block_tasks(groups: Sequence[GroupTask], sides: tuple[Side, Side], keep: int) -> list[BlockTask]:
    filled = [np.flatnonzero(np.diff(side.bounds)).tolist() for side in sides]
    return [BlockTask(groups[i].block("vi"), groups[j].block("en"), (i, j), keep) for i in filled[0] for j in filled[1]]


def compare(task: BlockTask) -> tuple[Near, Near]:
    """Who is near whom among two blocks, both ways (runs in any process)."""
    from corpus.pairing.index import nearest

    return nearest(*task.load(), task.keep)


def _compare(
    groups: Sequence[GroupTask], sides: tuple[Side, Side], keep: int, engine: Engine, tell: Tell
) -> tuple[Near, Near]:
    """The best of every article of either side; what one block has to offer is weighed against the others' at once."""
    from corpus.pairing.index import Near, best_of, join_near

    tasks = _block_tasks(groups, sides, keep)
    best: tuple[dict[int, Near], dict[int, Near]] = ({}, {})
    for task, found in zip(tasks, told(tell, "compare", engine.map(compare, tasks), len(tasks)), strict=True):
        for way in (0, 1):
            own, other = task.numbers[way], task.numbers[1 - way]
            first, there = (np.int32(sides[k].bounds[number]) for k, number in ((way, own), (1 - way, other)))
            near = Near(found[way].row + first, found[way].other + there, found[way].value)
            best[way][own] = best_of(join_near([best[way].get(own, Near.none()), near]), keep)
    vi, en = (join_near([Near.none(), *(near for _, near in sorted(one.items()))]) for one in best)
    return vi, en


def measure(task: BlockTask) -> Array:
    """The cosines of some pairs of two blocks (runs in any process)."""
    from corpus.pairing.index import similarities

    return similarities(*task.load(), task.pairs)


def _measure(groups: Sequence[GroupTask], sides: tuple[Side, Side], pairs: Array, engine: Engine, tell: Tell) -> Array:
    """The cosines of all candidates, k x 2."""
    numbers = [np.searchsorted(side.bounds, pairs[:, k], side="right") - 1 for k, side in enumerate(sides)]
    block = numbers[0] * len(groups) + numbers[1]
    order = np.argsort(block, kind="stable")
    ordered, cosines = block[order], np.zeros((len(pairs), 2), np.float32)
    tasks, places = [], []
    for task in _block_tasks(groups, sides, 0):
        i, j = task.numbers
        first, last = np.searchsorted(ordered, [i * len(groups) + j, i * len(groups) + j + 1])
        if first < last:
            places.append(order[first:last])
            tasks.append(task._replace(pairs=pairs[places[-1]] - [sides[0].bounds[i], sides[1].bounds[j]]))
    found = told(tell, "measure", engine.map(measure, tasks), len(tasks))
    for place, values in zip(places, found, strict=True):
        cosines[place] = values
    return cosines
