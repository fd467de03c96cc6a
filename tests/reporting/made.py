"""Runs made by hand: tables with scores, splits and rejects, and the files around them, without a build."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from corpus import schema
from corpus.engine.parts import to_arrow, write_parquet
from corpus.engine.run import MANIFEST, MARKER

Row = dict[str, Any]
GROUP = 1024


def make_run(
    folder: Path,
    *,
    articles: Iterable[Row] = (),
    pairs: Iterable[Row] = (),
    bitext: Iterable[Row] = (),
    stages: Sequence[Mapping[str, Any]] = (),
    skipped: Sequence[Mapping[str, str]] = (),
    version: int = schema.SCHEMA_VERSION,
) -> Path:
    """Write a run folder and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARKER).touch()
    for table, rows in (("articles", articles), ("article_pairs", pairs), ("bitext", bitext)):
        (folder / table).mkdir()
        stream = iter(rows)
        groups = iter(lambda stream=stream, table=table: list(islice(stream, GROUP)), [])
        first = next(groups, None)
        if first is not None:
            write_parquet(
                folder / table / "00000-0000000000000000.parquet",
                (to_arrow(group, table) for group in _chain(first, groups)),
            )
    _write(folder / "ledger.json", {"stages": list(stages), "skipped": list(skipped)})
    (folder / "inputs.jsonl").write_text('{"source": "tin/a.txt", "sha256": null, "records": 1}\n', encoding="utf-8")
    manifest = {
        "songngu": "0.0", "schema": version, "python": "3.10", "packages": {"pyarrow": "21"}, "options": {},
        "inputs": [], "recipe": {"articles": "load:v1"}, "files": {},
    }  # fmt: skip
    _write(folder / MANIFEST, manifest)
    return folder


def _chain(first: list[Row], rest: Iterable[list[Row]]) -> Iterable[list[Row]]:
    yield first
    yield from rest


def _write(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def article(name: str, lang: str, sentences: Sequence[str], **fields: Any) -> Row:
    """An article of these sentences."""
    spans, start = [], 0
    for sentence in sentences:
        spans.append({"start": start, "end": start + len(sentence), "lang": lang, "paragraph": 0, "tokens": []})
        start += len(sentence) + 1
    row: Row = {"id": name, "source": f"tin/{name}.txt", "format": "text", "lang": lang, "text": "\n".join(sentences)}
    return {**row, "sentences": spans, "title": sentences[0] if sentences else None, **fields}


def pair(vi: Row, en: Row, beads: Sequence[tuple[list[int], list[int], float]], **fields: Any) -> Row:
    """A row of article_pairs."""
    listed = [{"vi": left, "en": right, "probability": p} for left, right, p in beads]
    facts = {"score": 2.0, "relation": "parallel", "evidence": ["name:lan"], "coverage": 0.9}
    return {"vi_id": vi["id"], "en_id": en["id"], **facts, "beads": listed, **fields}


def bead_row(vi: Row, en: Row, bead: tuple[list[int], list[int], float], **fields: Any) -> Row:
    """The row of bitext that a bead with both sides becomes."""
    row: Row = {"origin": "articles", "bead": f"{len(bead[0])}-{len(bead[1])}", "align_prob": bead[2]}
    translation = {}
    for lang, home, places in (("vi", vi, bead[0]), ("en", en, bead[1])):
        start, end = home["sentences"][places[0]]["start"], home["sentences"][places[-1]]["end"]
        row.update({f"{lang}_id": home["id"], f"{lang}_start": start, f"{lang}_end": end})
        translation[lang] = home["text"][start:end]
    row["id"] = f"{vi['id']}-{en['id']}-{row['vi_start']}-{row['en_start']}"
    return {**row, "translation": translation, "title": vi["title"], "url": vi.get("url"), **fields}


def given(number: int, vi: str, en: str, **fields: Any) -> Row:
    """A row that came aligned."""
    row: Row = {"id": f"given{number}", "translation": {"vi": vi, "en": en}, "origin": "given"}
    return {**row, "source": f"pairs.tsv#{number}", **fields}


def ledger_of(rows: Sequence[Row]) -> list[Row]:
    """The stages that the rejects of these rows stand for."""
    rejects = Counter(row.get("reject") for row in rows)
    stages, left = [], len(rows)
    for stage in ("accept", "dedup", "split"):
        rejected = {label: n for label, n in sorted(rejects.items(), key=str) if (label or "").startswith(stage + ":")}
        stages.append(
            {"table": "bitext", "stage": stage, "in": left, "kept": left - sum(rejected.values()), "rejected": rejected}
        )
        left -= sum(rejected.values())
    return stages


VI = [
    "Khai mạc lễ hội hoa ban", "Tối 13/3/2021, ông Lò Văn Minh khai mạc lễ hội tại Điện Biên.", "Có 12.000 khách.",
    "Nhiều gian hàng bán nông sản.", "Trời đẹp.", "Vé 50 nghìn đồng.",
]  # fmt: skip
EN = [
    "Ban flower festival opens", "Mr Lo Van Minh opened the festival in Dien Bien on March 13, 2021.",
    "It had 12,000 visitors. 😀 Lo Van Minh was glad.", "It was on television.", "Tickets cost 70 thousand dong.",
]  # fmt: skip
BEADS: list[tuple[list[int], list[int], float]] = [
    ([0], [0], 0.99), ([1], [1], 0.97), ([2, 3], [2], 0.6), ([4], [], 0.8), ([], [3], 0.7), ([5], [4], 0.4),
]  # fmt: skip


def small_run(folder: Path) -> Path:
    """A pair of articles with every kind of bead, a pair that was refused, and given rows of every fate."""
    vi = article("vi1", "vi", VI, site="Báo Điện Biên", url="https://example.vn/1", published="2021-03-14")
    en = article("en1", "en", EN, site="Báo Điện Biên", published="2021-03-15", license="CC BY 4.0")
    other = article("en2", "en", ["Another festival", "It rained."])
    beads = [bead for bead in BEADS if bead[0] and bead[1]]
    fates: list[Row] = [{"split": "train"}, {"split": "test"}, {"split": "train"}, {"reject": "accept:numbers"}]
    rows = [
        {**bead_row(vi, en, bead), "quality": bead[2], "numbers": 1.0, **fate}
        for bead, fate in zip(beads, fates, strict=True)
    ]
    rows += [
        given(k, f"Đường số {k} ở Hà Nội.", f"Road {k} in Hanoi.", quality=k / 40, split="train") for k in range(1, 31)
    ]
    rows += [given(100 + k, "Mưa to.", "Heavy rain.", quality=0.5, reject="dedup:exact") for k in range(3)]
    refused = pair(vi, other, [([0], [0], 0.3), ([1], [1], 0.2)], relation="comparable", reject="pair:comparable")
    skipped = [{"source": "tin/ảnh.jpg", "reason": "binary"}]
    return make_run(folder, articles=[vi, en, other], pairs=[pair(vi, en, BEADS), refused], bitext=rows,
                    stages=ledger_of(rows), skipped=skipped)  # fmt: skip
