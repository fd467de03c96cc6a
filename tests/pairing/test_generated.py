"""Generated collections: every pair of the gold is there, the seed decides everything, and both sides vary alike."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from benchmarks.generated import read_segments, write_collection


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two documents of fourteen lines, each with a name and a number that stand on both sides."""
    folder = tmp_path_factory.mktemp("data")
    for k, name in enumerate(("ntrex_news", "docs_hf")):
        place = folder / "sentalign" / name
        place.mkdir(parents=True)
        numbers = range(100 + 20 * k, 114 + 20 * k)
        (place / "a.vi").write_text("".join(f"Ông Hoàng trồng {n} cây\n" for n in numbers), encoding="utf-8")
        (place / "a.en").write_text("".join(f"Mr. Hoang planted {n} trees\n" for n in numbers), encoding="utf-8")
        (place / "a.gold").write_text("".join(f"[{n}]:[{n}]\n" for n in range(14)), encoding="utf-8")
    return folder


def read(folder: Path, lang: str) -> list[list[str]]:
    lines = (folder / f"{lang}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"].split("\n") for line in lines]


def test_partners_tell_the_same(data: Path, tmp_path: Path) -> None:
    write_collection(data, tmp_path, 20, lonely=5)
    vi, en = read(tmp_path, "vi"), read(tmp_path, "en")
    assert len(vi) == len(en) == 25
    gold = [line.split("\t") for line in (tmp_path / "gold.tsv").read_text(encoding="utf-8").splitlines()]
    places = [[int(name.partition("#")[2]) - 1 for name in row] for row in gold]
    assert len({i for i, _ in places}) == len({j for _, j in places}) == len(places) == 20
    for i, j in places:
        numbers = [set(re.findall(r"\d+", " ".join(lines))) for lines in (vi[i], en[j])]
        assert len(numbers[0] & numbers[1]) >= 0.5 * len(numbers[0] | numbers[1])


def test_the_seed_decides_everything(data: Path, tmp_path: Path) -> None:
    texts = []
    for k, seed in enumerate((1, 1, 2)):
        write_collection(data, tmp_path / str(k), 5, lonely=1, seed=seed)
        texts.append([path.read_bytes() for path in sorted((tmp_path / str(k)).iterdir())])
    assert texts[0] == texts[1] != texts[2]


def test_what_stands_on_both_sides_may_be_replaced(data: Path) -> None:
    segment = read_segments(data)[0][0]
    assert [slot.old for slot in segment.vi if not isinstance(slot, str)] == ["Hoàng", "100"]
    assert "".join(slot if isinstance(slot, str) else slot.old for slot in segment.vi) == "Ông Hoàng trồng 100 cây"
