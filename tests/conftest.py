"""What several tests need: the checkout's seeds, a small collection of articles, and a look at a run's tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from corpus.engine.run import Run

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"

ARTICLES = {
    "vi/le-hoi.txt": """\
Khai mạc lễ hội hoa ban

Lan Anh

(Baodienbien.vn) - Tối 13/3/2021, tỉnh Điện Biên khai mạc lễ hội hoa ban. Lễ hội có hơn 12.000 khách trong ba ngày.

Trong ngày đầu, nhân dân các xã trình diễn múa xòe. Nhiều gian hàng bán nông sản của địa phương.
""",
    "en/festival.txt": """\
Ban flower festival opens

By Lan Anh

The province of Dien Bien opened the Ban flower festival on March 13, 2021. The festival had more than 12,000 visitors
during the three days.

On the first day people of the communes danced the xoe. Many stalls sold local farm produce.
""",
    "en/road.md": """\
---
title: A new road to the border
author: Minh Duc
---

# A new road to the border

The road to the border gate was opened on Monday. It is 42 kilometres long and cost 300 billion dong.
""",
    "table.csv": "tieu_de,noi_dung,ngay_dang\nMưa lớn,Mưa lớn từ đêm qua. Nhiều tuyến đường bị ngập.,05/8/2023\n",
    "pairs.tsv": "vi\ten\tsite\nTrời hôm nay đẹp.\tThe weather is fine today.\texample.vn\n",
    "empty.txt": "",
    "french.txt": """\
Le conseil municipal a adopté hier soir le budget de la ville pour l'année prochaine, après un débat de plus de trois
heures entre la majorité et l'opposition.
""",
}


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder with one article of each kind, aligned input, and what must fall out."""
    folder = tmp_path / "articles"
    for name, text in ARTICLES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def rows(run: Run, table: str) -> list[dict[str, Any]]:
    """All rows of a finished table, in order."""
    return [row for shard in run.shards(table) for row in pq.read_table(shard, partitioning=None).to_pylist()]


def table_bytes(run: Run) -> dict[str, bytes]:
    """Every finished file that must be the same bytes whoever built it."""
    names = ("articles", "article_pairs", "bitext", "dataset")
    files = [path for name in names for path in (run.path / name).rglob("*") if path.is_file()]
    return {path.relative_to(run.path).as_posix(): path.read_bytes() for path in [*files, run.path / "ledger.json"]}
