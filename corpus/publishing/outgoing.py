"""What a push would send: the shards of a dataset folder and its card. Nothing here writes or asks the Hub."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.engine.run import MARKER, Run
from corpus.errors import NothingUsableError, UsageError
from corpus.publishing.card import HERE, RunFacts, facts_of, make_card
from corpus.publishing.card_merge import merge_cards
from corpus.publishing.card_sources import source_name
from corpus.publishing.dataset import CARD, Shards, find_shards
from corpus.publishing.front_matter import head_values

WITHOUT_ARTICLES = ("bitext",)


@dataclass(frozen=True)
class Outgoing:
    """A dataset folder as it would be pushed: its shards by their path in the repository, and its card."""

    folder: Path
    shards: Mapping[str, Path]
    card: str
    rows: Mapping[str, int]
    unlicensed: Sequence[tuple[str, int]]
    """Sources whose rows state no licence, with the number of those rows; the most rows first."""


def read_outgoing(out: str | Path, repo_id: str, *, no_articles: bool = False) -> Outgoing:
    """Read what `out`, a run or a dataset folder, would send to `repo_id`.

    Raises UsageError where it is neither, and NothingUsableError where no row is left to publish.
    """
    folder, run = _locate(Path(out))
    everything = find_shards(folder)
    if run and not everything:
        raise NothingUsableError(f"{folder} holds no row to publish; see why rows fell out: songngu ledger {out}")
    card = _read_card(folder).replace(HERE, repo_id)
    shards = {name: splits for name, splits in everything.items() if not no_articles or name in WITHOUT_ARTICLES}
    rows = {name: _count_rows(splits) for name, splits in shards.items()}
    if not any(rows.values()):
        which = "no aligned pair" if no_articles else "no row"
        raise NothingUsableError(f"{folder} holds {which} to publish; see why rows fell out: songngu ledger {out}")
    if no_articles:
        card = merge_cards(card, make_card(shards, _facts(run), name=repo_id))
    paths = [path for splits in shards.values() for found in splits.values() for path in found]
    return Outgoing(
        folder=folder,
        shards={path.relative_to(folder).as_posix(): path for path in sorted(paths)},
        card=merge_cards("", card),  # which puts markers on a card that has none
        rows=rows,
        unlicensed=_find_unlicensed(everything),
    )


def _locate(out: Path) -> tuple[Path, Run | None]:
    """The dataset folder of a run, and the run; or a folder that is a dataset itself."""
    if (out / MARKER).exists():
        run = Run.open(out)
        if not (run.dataset / CARD).exists():
            if run.manifest["options"].get("until") == "dataset":
                raise UsageError(f"{run.dataset / CARD} is missing; write it anew with: songngu curate {out}")
            raise UsageError(f"the run in {out} has no dataset yet; build it without --until: songngu build … -o {out}")
        return run.dataset, run
    if not out.is_dir():
        raise UsageError(f"there is no folder {out}; name a run folder: songngu build INPUT -o OUT makes one")
    if not (out / CARD).exists():
        raise UsageError(
            f"{out} is neither a Song Ngữ run nor a dataset folder with a {CARD};"
            f" make a run with: songngu build INPUT -o OUT"
        )
    return out, None


def _facts(run: Run | None) -> RunFacts:
    if run is None:
        return RunFacts()
    try:
        return facts_of(run)
    except KeyError as error:
        raise UsageError(
            f"{run.path} is of an older version, without {error} in its manifest; build it again"
        ) from None


def _read_card(folder: Path) -> str:
    """The card as it lies in the folder. Raises UsageError where its head cannot be read or names no configuration."""
    path = folder / CARD
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read ({error}); save it as UTF-8, or build the run again") from None
    try:
        configs = head_values(text).get("configs")
    except UsageError as error:
        raise UsageError(f"{path}: {error}") from None
    if not configs:
        raise UsageError(f"{path} names no configuration under `configs`; build the run again to have it written anew")
    return text


def _count_rows(splits: Mapping[str, Sequence[Path]]) -> int:
    import pyarrow.parquet as pq

    return sum(pq.read_metadata(path).num_rows for paths in splits.values() for path in paths)


def _find_unlicensed(shards: Shards) -> list[tuple[str, int]]:
    """Counted over the articles, also where they stay at home: the aligned pairs are made of them."""
    config = "articles" if "articles" in shards else "bitext"
    found: Counter[str] = Counter()
    for paths in shards.get(config, {}).values():
        for path in paths:
            _count_unlicensed(path, found)
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))


def _count_unlicensed(shard: Path, found: Counter[str]) -> None:
    import pyarrow.parquet as pq

    with pq.ParquetFile(shard) as file:
        for batch in file.iter_batches(columns=["site", "url", "source", "license"]):
            for row in batch.to_pylist():
                if row["license"] is None:
                    name, _ = source_name(row["site"], row["url"], row["source"])
                    found[name] += 1
