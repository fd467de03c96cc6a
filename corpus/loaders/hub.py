"""Datasets on the Hugging Face Hub, read as streams. This is the only file of the room that touches the network,
and only for an input that the user named by its id. Code that a dataset brings along is never run."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from corpus.errors import UsageError
from corpus.loaders.containers import compression
from corpus.loaders.fields import key
from corpus.loaders.options import Options
from corpus.loaders.record import Row

_PART = r"[A-Za-z0-9][\w.-]{0,95}"
_SCHEME = "hf://"
_ADDRESS = re.compile(
    rf"hf://(?:datasets/)?(?P<repo>{_PART}(?:/{_PART})?)(?:@(?P<revision>[\w.-]{{1,100}}))?(?:/(?P<config>{_PART}))?"
)
_BARE = re.compile(rf"{_PART}/{_PART}")


class HubId(NamedTuple):
    """Which dataset, and which configuration and revision of it where the user says so."""

    repo: str
    config: str | None = None
    revision: str | None = None


def hub_id(name: str) -> HubId | None:
    """The dataset that an input names, or None where it is a path.

    `hf://org/name`, `hf://org/name@revision`, `hf://org/name@revision/config`, `hf://org/name/config`; without
    `hf://` only `org/name`, and only where neither it nor a folder `org` exists here.

    >>> hub_id("hf://nguoi-viet/bao@main/tin"), hub_id("bao/tin.jsonl.gz"), hub_id("./bao/tin")
    (HubId(repo='nguoi-viet/bao', config='tin', revision='main'), None, None)
    """
    if name.startswith(_SCHEME):
        found = _ADDRESS.fullmatch(name)
        if found is None:
            raise UsageError(f"{name} is no dataset id; write hf://org/name or hf://org/name@revision/config")
        return HubId(found["repo"], found["config"], found["revision"])
    if not _BARE.fullmatch(name) or os.path.lexists(name) or os.path.lexists(name.partition("/")[0]):
        return None
    looks_like_file = compression(name) or re.search(r"\.[a-z][a-z0-9]{0,7}$", name)
    return None if looks_like_file else HubId(name)


@lru_cache(maxsize=4)
def open_dataset(wanted: HubId) -> dict[str, Any]:
    """The splits of a dataset by name, as streams. Raises UsageError where there is no such dataset."""
    import datasets

    try:
        splits = datasets.load_dataset(wanted.repo, wanted.config, revision=wanted.revision, streaming=True)
    except Exception as error:  # the Hub client and the dataset's reader raise errors of many packages
        reason = str(error).split("\n")[0][:300] or type(error).__name__
        raise UsageError(
            f"cannot open the dataset {wanted.repo} on the Hub ({reason}); check the id and the network, "
            f"or name a configuration: hf://{wanted.repo}/CONFIG"
        ) from error
    return dict(splits)


def split_rows(split: Any, options: Options) -> Iterator[Row]:
    """One row a row of a split; pictures and sound are not decoded, and a stream that breaks ends in a reject."""
    stream = iter(_plain_columns(split, options))
    while True:
        try:
            values = next(stream)
        except StopIteration:
            return
        except Exception:  # as in open_dataset: whatever broke, the rows before it stand
            yield Row(reject="load:unreadable")
            return
        yield Row(values)


def _plain_columns(split: Any, options: Options) -> Any:
    """The split without the columns that hold neither text nor metadata, where it says what its columns are."""
    if not split.features:
        return split
    names = [name for name, feature in split.features.items() if _is_plain(name, feature, options)]
    return split.select_columns(names)


def _is_plain(name: str, feature: Any, options: Options) -> bool:
    if getattr(feature, "dtype", "binary") != "binary" and type(feature).__name__ in ("Value", "ClassLabel"):
        return True
    media = type(feature).__name__ in ("Image", "Audio", "Video", "Pdf")
    return not media and bool(options.columns.targets([name]) or key(name) == "translation")
