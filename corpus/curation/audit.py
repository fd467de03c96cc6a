"""An audit: a person judges a sample of the kept pairs, and the run learns its precision.

OUT/audit.csv    the sheet (or wherever the caller wants it)
OUT/audit.json   what came of it, read by the dataset card
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from corpus.curation.audit_precision import CONFIDENCE, Judged, precision, wilson
from corpus.curation.audit_sample import Sample, dataset_hash, draw_sample
from corpus.curation.audit_sheet import Verdict, read_sheet, same_text, sheet_text
from corpus.engine.run import Run
from corpus.errors import NothingUsableError, UsageError

RESULT = "audit.json"
SHEET = "audit.csv"
_DRAW = re.compile(r"seed=(-?[0-9]{1,18}) n=([0-9]{1,9}) dataset=([0-9a-f]{1,64})")


def write_sheet(run: Run, n: int = 200, seed: int = 0, path: str | Path | None = None) -> tuple[Path, Sample]:
    """Draw a sample and write its sheet (to OUT/audit.csv unless told otherwise); a sheet that exists is never lost."""
    target = Path(path) if path is not None else run.path / SHEET
    if target.exists():
        raise UsageError(f"{target} is there already, perhaps with verdicts; name another file with -o")
    sample = draw_sample(run, n, seed)
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(sheet_text(sample).encode("utf-8-sig", "replace"))
        os.replace(temporary, target)
    except OSError as error:
        raise UsageError(f"cannot write {target} ({error.strerror}); name a file you may write with -o") from error
    finally:
        with suppress(OSError):
            temporary.unlink()
    return target, sample


def read_audit(run: Run, path: str | Path) -> dict[str, Any]:
    """Read a filled sheet, write OUT/audit.json and return it.

    Raises UsageError where the sheet is not one of this build, or does not say what was drawn; NothingUsableError where
    no row has a verdict of good or bad.
    """
    try:
        lines = read_sheet(Path(path).read_bytes(), str(path))
    except OSError as error:
        raise UsageError(f"cannot read {path} ({error.strerror}); name the sheet you filled in") from error
    sample = _redraw(run, lines, str(path))
    result = audit_result(sample, _verdicts(sample, lines, str(path)))
    if result["precision"] is None:
        raise NothingUsableError(f"{path} has no row marked good or bad; fill in its first column and read it again")
    run.write_json(RESULT, result)
    return result


def audit_result(sample: Sample, verdicts: Mapping[str, str]) -> dict[str, Any]:
    """What the verdicts, `{bitext id: good | bad | unsure}`, say of the run: the content of audit.json.

    `judged` counts the rows with any verdict; `precision`, `low` and `high` are null if none is good or bad.
    """
    shown = Counter(row["stratum"] for row in sample.rows)
    found = Counter((row["stratum"], verdicts.get(row["id"])) for row in sample.rows)
    strata = [
        Judged(name, rows, *(found[name, verdict] for verdict in ("good", "bad", "unsure")))
        for name, rows in sample.strata.items()
    ]
    whole = precision(strata)
    totals = {verdict: sum(getattr(part, verdict) for part in strata) for verdict in ("good", "bad", "unsure")}
    return {
        "dataset": sample.dataset,
        "seed": sample.seed,
        "n": sample.n,
        "rows": sum(sample.strata.values()),
        "sampled": len(sample.rows),
        "judged": sum(totals.values()),
        **totals,
        "precision": _rounded(whole and whole.value),
        "low": _rounded(whole and whole.low),
        "high": _rounded(whole and whole.high),
        "confidence": CONFIDENCE,
        "strata": [{**_stratum(part), "sampled": shown[part.stratum]} for part in strata],
    }


def is_current(run: Run, result: Mapping[str, Any]) -> bool:
    """Whether an audit was made of the bitext that the run holds now."""
    return bool(result.get("dataset") == dataset_hash(run))


def _stratum(part: Judged) -> dict[str, Any]:
    judged = part.good + part.bad
    low, high = wilson(part.good, judged)
    limits = {
        "precision": _rounded(part.good / judged if judged else None),
        "low": _rounded(low if judged else None),
        "high": _rounded(high if judged else None),
    }
    return {**part._asdict(), **limits}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def _redraw(run: Run, lines: Sequence[Verdict], name: str) -> Sample:
    """The sample that a sheet shows, drawn again."""
    draws = {line.draw for line in lines}
    if not lines:
        raise UsageError(f"{name} has no row; draw a new sheet with: songngu audit {run.path} -o FILE.csv")
    match = _DRAW.fullmatch(min(draws))
    if len(draws) > 1 or match is None:
        raise UsageError(f"the column draw of {name} was changed; copy it from the sheet as it was drawn")
    if match[3] != dataset_hash(run):
        raise UsageError(
            f"{name} was drawn from another build than the one in {run.path}; name the run it was drawn from, or draw "
            f"a new sheet with: songngu audit {run.path} -o FILE.csv"
        )
    return draw_sample(run, int(match[2]), int(match[1]))


def _verdicts(sample: Sample, lines: Sequence[Verdict], name: str) -> dict[str, str]:
    """The verdict of each judged row, once it is clear that it is a verdict on what was drawn."""
    drawn = {row["id"]: row["translation"] for row in sample.rows}
    found: dict[str, str] = {}
    seen: set[str] = set()
    for line in lines:
        where = f"{name}, line {line.line}"
        if line.id not in drawn:
            raise UsageError(f"{where}: {line.id!r} is no row of this sample; take the line out")
        if line.id in seen:
            raise UsageError(f"{where}: the row {line.id} stands twice; take one of the lines out")
        seen.add(line.id)
        for lang, cell in (("vi", line.vi), ("en", line.en)):
            if not same_text(cell, drawn[line.id][lang]):
                raise UsageError(
                    f"{where}: the {lang} text is not the one that was drawn; put it back (remarks go under note), and "
                    "save as 'CSV UTF-8' so that no letter is lost"
                )
        if line.verdict:
            found[line.id] = line.verdict
    return found
