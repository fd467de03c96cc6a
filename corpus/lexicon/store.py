"""Lexicons in files: one compressed archive of arrays, the same bytes for the same contents."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path
from typing import IO, Any

import numpy as np

from corpus.errors import UsageError
from corpus.lexicon.lexicon import Lexicon

Array = Any
write_array: Any = np.lib.format.write_array  # untyped in some releases of numpy
_STEPS = 10_000  # probabilities are kept to a ten-thousandth


def save_lexicon(lexicon: Lexicon, target: str | Path | IO[bytes], *, ratio: float = 1.0) -> None:
    """Write a lexicon. `ratio` (English characters per Vietnamese one) goes with what an aligner learnt."""
    if isinstance(target, (str, Path)):
        with open(target, "wb") as file:
            return save_lexicon(lexicon, file, ratio=ratio)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in sorted(_arrays(lexicon, ratio).items()):
            buffer = io.BytesIO()
            write_array(buffer, array, allow_pickle=False)
            # A fixed date: the bytes must not tell when they were written.
            archive.writestr(
                zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0)), buffer.getvalue(), zipfile.ZIP_DEFLATED
            )


def load_lexicon(source: str | Path | IO[bytes]) -> tuple[Lexicon, float]:
    """A lexicon and its ratio. Raises UsageError if the file holds none."""
    from scipy.sparse import csr_matrix

    try:
        with np.load(source, allow_pickle=False) as file:
            part = {name: file[name] for name in file.files}
        vi, en = (_split(part[f"units_{side}"]) for side in ("vi", "en"))
        tables: list[Any] = []
        for name, shape in (("forward", (len(vi), len(en))), ("backward", (len(en), len(vi)))):
            values = (part[f"{name}_values"] / _STEPS).astype(np.float32)
            table = csr_matrix((values, part[f"{name}_columns"], part[f"{name}_starts"]), shape=shape)
            table.check_format(full_check=True)
            tables.append(table)
        lexicon = Lexicon(
            vi, en, tables[0], tables[1], part["counts_vi"].astype(float), part["counts_en"].astype(float)
        )
        return lexicon, float(part["ratio"])
    except (OSError, ValueError, KeyError, IndexError, zipfile.BadZipFile, EOFError) as error:
        raise UsageError(
            f"{source} is no stored lexicon ({error}); make one with `songngu lexicon train`, "
            "or write entries as vietnamese<TAB>english|english in a .tsv file"
        ) from error


def content_hash(lexicon: Lexicon, ratio: float = 1.0) -> str:
    """Sixteen hexadecimal digits of what the lexicon holds."""
    digest = hashlib.sha256()
    for name, array in sorted(_arrays(lexicon, ratio).items()):
        digest.update(name.encode() + str(array.dtype).encode() + array.tobytes())
    return digest.hexdigest()[:16]


def _arrays(lexicon: Lexicon, ratio: float) -> dict[str, Array]:
    arrays = {
        "units_vi": _join(lexicon.vi),
        "units_en": _join(lexicon.en),
        "counts_vi": np.asarray(lexicon.counts_vi).astype("<u4"),
        "counts_en": np.asarray(lexicon.counts_en).astype("<u4"),
        "ratio": np.array(round(ratio, 4), "<f8"),
    }
    for name, table in (("forward", lexicon.forward), ("backward", lexicon.backward)):
        table = table.tocsr().copy()
        table.sort_indices()
        arrays[f"{name}_values"] = np.rint(table.data * _STEPS).astype("<u2")
        arrays[f"{name}_columns"] = table.indices.astype("<i4")
        arrays[f"{name}_starts"] = table.indptr.astype("<i4")
    return arrays


def _join(units: Any) -> Array:
    return np.frombuffer("\n".join(units).encode("utf-8", errors="replace"), np.uint8)


def _split(array: Array) -> list[str]:
    text = array.tobytes().decode("utf-8")
    return text.split("\n") if text else []
