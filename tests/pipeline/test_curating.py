"""Curation in a build: copies, test sets, splits, thresholds and personal data, on collections with planted cases."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

import corpus
from corpus.engine.run import Run
from corpus.pipeline import bitext, building
from corpus.pipeline.article_pairs import phase as pairing
from tests.conftest import rows, table_bytes
from tests.made_pairs import made_pair, made_records, write_records

PAGES = 40
ANYTHING = "quality: {min: 0}\n"


@pytest.fixture
def anything(tmp_path: Path) -> str:
    """Thresholds that let everything pass: these tests are about the other decisions."""
    (tmp_path / "anything.yaml").write_text(ANYTHING)
    return str(tmp_path / "anything.yaml")


@pytest.fixture
def curation(anything: str) -> corpus.Curation:
    return corpus.Curation(accept=anything, validation=0.2, test=0.2)


def page(number: int, vi: str, en: str) -> dict[str, Any]:
    return {"vi": vi, "en": en, "url": f"https://example.vn/{number}.html"}


def by_side(run: Run) -> dict[tuple[str, str], dict[str, Any]]:
    return {(row["translation"]["vi"], row["translation"]["en"]): row for row in rows(run, "bitext")}


def likeness(one: str, other: str) -> float:
    """Jaccard similarity of the words, measured here in the plainest way."""
    a, b = (set(re.findall(r"\w+", text.lower())) for text in (one, other))
    return len(a & b) / len(a | b)


def with_one_word_changed(text: str) -> str:
    return " ".join(["khác" if k == 4 else word for k, word in enumerate(text.split())])


def planted() -> list[dict[str, Any]]:
    """Pages of which some say what another page says: on both sides, on one, word for word or nearly."""
    records = made_records(PAGES)
    for k in range(0, PAGES - 1, 2):
        vi, en = made_pair(k * 5)
        records.append(page(k + 1, vi, "Quite another English sentence " + made_pair(9000 + k)[1]))
        records.append(page(k + 1, with_one_word_changed(made_pair(k * 5 + 1)[0]), made_pair(k * 5 + 1)[1]))
        records.append(page(900 + k, vi, en))
    return records


def test_no_held_out_sentence_has_a_copy_in_another_split(tmp_path: Path, curation: corpus.Curation) -> None:
    run = corpus.build([write_records(tmp_path / "a.jsonl", planted())], tmp_path / "out", curation=curation)
    kept = [row for row in rows(run, "bitext") if row["reject"] is None]
    assert {row["split"] for row in kept} == {"train", "validation", "test"}
    held_out = [row for row in kept if row["split"] != "train"]
    for row in held_out:
        for other in kept:
            if other["split"] != row["split"]:
                for lang in ("vi", "en"):
                    assert likeness(row["translation"][lang], other["translation"][lang]) < 0.7
    assert corpus.verify(run.path) == []


def test_a_pair_that_comes_twice_is_kept_once(tmp_path: Path, curation: corpus.Curation) -> None:
    run = corpus.build([write_records(tmp_path / "a.jsonl", planted())], tmp_path / "out", curation=curation)
    found = {row["id"]: row for row in rows(run, "bitext")}
    copies = [row for row in found.values() if row["reject"] == "dedup:exact"]
    assert len(copies) == PAGES // 2
    for row in copies:
        assert found[row["duplicate_of"]]["reject"] is None
        assert found[row["duplicate_of"]]["translation"] == row["translation"]


def test_rows_stay_in_their_split_when_pages_are_added(tmp_path: Path, curation: corpus.Curation) -> None:
    source = write_records(tmp_path / "a.jsonl", made_records(PAGES))
    run = corpus.build([source], tmp_path / "out", curation=curation)
    before = by_side(run)
    bridge = {split: next(row for row in before.values() if row["split"] == split) for split in ("train", "test")}
    joining = page(5000, bridge["train"]["translation"]["vi"], bridge["test"]["translation"]["en"])
    write_records(source, [*made_records(PAGES), joining, *made_records(30, first=PAGES)])
    grown = by_side(corpus.build([source], run.path, curation=curation))
    for sides, row in before.items():
        assert (grown[sides]["split"], grown[sides]["reject"]) == (row["split"], None)
    new = grown[joining["vi"], joining["en"]]
    assert (new["reject"], new["split"]) == ("split:bridge", None)
    assert sum(row["reject"] is not None for row in grown.values()) == 1


def test_the_order_of_the_input_decides_nothing(tmp_path: Path, curation: corpus.Curation) -> None:
    def labels(name: str, records: list[dict[str, Any]]) -> Mapping[tuple[str, str], tuple[Any, ...]]:
        run = corpus.build([write_records(tmp_path / name, records)], tmp_path / f"out-{name}", curation=curation)
        return {sides: (row["split"], row["reject"]) for sides, row in by_side(run).items()}

    assert labels("a.jsonl", made_records(PAGES)) == labels("b.jsonl", made_records(PAGES)[::-1])


def test_a_small_collection_goes_to_train(tmp_path: Path, curation: corpus.Curation) -> None:
    run = corpus.build([write_records(tmp_path / "a.jsonl", made_records(4))], tmp_path / "out", curation=curation)
    assert {row["split"] for row in rows(run, "bitext")} == {"train"}


def test_other_thresholds_touch_no_model(
    tmp_path: Path, curation: corpus.Curation, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentence = "Hanoi is the capital of Vietnam and a large city."
    copied = page(7000, sentence, sentence)
    source = write_records(tmp_path / "a.jsonl", [*made_records(PAGES), copied])
    run = corpus.build([source], tmp_path / "out", curation=curation)
    for module, name in ((building, "make_part"), (bitext, "make_part")):
        monkeypatch.setattr(module, name, lambda task: pytest.fail("done again"))
    (tmp_path / "own.yaml").write_text("copy: {max: 0.5}\n")
    strict = by_side(corpus.curate(run.path, corpus.Curation(accept=str(tmp_path / "own.yaml"))))
    rejected = [row for row in strict.values() if row["reject"]]
    assert [row["reject"] for row in rejected] == ["accept:copy"]
    assert corpus.verify(run.path) == []
    assert {entry["stage"]: entry["rejected"] for entry in run.ledger["stages"]}["accept"] == {"accept:copy": 1}


def test_the_way_with_personal_data_and_other_thresholds_touch_no_model(
    tmp_path: Path, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = corpus.build([articles, write_records(tmp_path / "a.jsonl", made_records(PAGES))], tmp_path / "out")
    assert rows(run, "article_pairs")
    steps = [(building, "make_part"), (bitext, "make_part"), (pairing, "make_features"), (pairing, "align")]
    for module, name in steps:
        monkeypatch.setattr(module, name, lambda task: pytest.fail("done again"))
    for pii, accept in (("off", "default"), ("flag", "loose"), ("mask", "strict"), ("off", "strict")):
        corpus.curate(run.path, corpus.Curation(pii=pii, accept=accept))
        assert run.manifest["options"]["pii"] == pii
        assert corpus.verify(run.path) == []


def test_curating_gives_the_bytes_of_a_build_with_the_same_options(tmp_path: Path, curation: corpus.Curation) -> None:
    source = write_records(tmp_path / "a.jsonl", planted())
    run = corpus.build([source], tmp_path / "out")
    corpus.curate(run.path, curation)
    assert table_bytes(run) == table_bytes(corpus.build([source], tmp_path / "fresh", curation=curation))


def test_sentences_of_a_test_set_are_labelled(tmp_path: Path, anything: str) -> None:
    source = write_records(tmp_path / "a.jsonl", made_records(PAGES))
    vi, en = made_pair(17)
    (tmp_path / "public.vi").write_text(f"{made_pair(99999)[0]}\n{vi.upper()}\n", encoding="utf-8")
    (tmp_path / "public.tsv").write_text(f"Một câu khác.\t{made_pair(23)[1]}\n", encoding="utf-8")
    against = (str(tmp_path / "public.vi"), str(tmp_path / "public.tsv"))
    run = corpus.build([source], tmp_path / "out", curation=corpus.Curation(accept=anything, against=against))
    hits = {row["against"]: row for row in rows(run, "bitext") if row["against"]}
    assert set(hits) == {"public.vi#2", "public.tsv#1"}
    assert hits["public.vi#2"]["translation"] == {"vi": vi, "en": en}
    assert {row["reject"] for row in hits.values()} == {"against:exact"}


def test_personal_data_is_masked_in_the_dataset_alone(tmp_path: Path, anything: str) -> None:
    from datasets import load_dataset

    vi = "Xin gửi thư về địa chỉ lan.anh@example.vn trước thứ sáu."
    mail = page(8000, vi, "Write to lan.anh@example.vn by Friday.")
    source = write_records(tmp_path / "a.jsonl", [*made_records(3), mail])
    curation = corpus.Curation(accept=anything, pii="mask")
    run = corpus.build([source], tmp_path / "out", curation=curation)
    row = by_side(run)[mail["vi"], mail["en"]]
    assert row["pii"] == ["email"]
    published = load_dataset(str(run.dataset), "bitext", split="train", cache_dir=str(tmp_path / "cache"))
    english = [pair["en"] for pair in published["translation"]]
    assert "Write to xxx.xxx@xxxxxxx.xx by Friday." in english
    assert not any("lan.anh" in str(row) for row in published)


def test_where_nobody_looked_the_column_is_null_and_the_card_says_so(tmp_path: Path, articles: Path) -> None:
    flagged = corpus.build([articles], tmp_path / "flagged")
    before = table_bytes(flagged)
    off = corpus.curate(flagged.path, corpus.Curation(pii="off"))
    published = [
        row for config in ("articles", "bitext") for path in (off.dataset / config).glob("*.parquet")
        for row in pq.read_table(path, partitioning=None).to_pylist()
    ]  # fmt: skip
    for found in (rows(off, "articles"), rows(off, "bitext"), published):
        assert {row["pii"] is None for row in found} == {True}
    assert "The texts were not searched for personal data." in (off.dataset / "README.md").read_text(encoding="utf-8")
    assert corpus.verify(off.path) == []
    assert table_bytes(corpus.curate(off.path, corpus.Curation())) == before


def test_kinds_are_named_wherever_the_data_stands(tmp_path: Path, anything: str) -> None:
    told = [
        {"text": "Hội làng khai mạc sáng nay tại sân đình với hàng nghìn người dự.", "author": "lan.anh@example.vn"},
        {"text": "Mưa lớn kéo dài ở miền Trung khiến nhiều tuyến đường bị ngập.", "hotline": "0912 345 678"},
        {"text": "Le village a fêté hier son saint patron; écrivez à jean.petit@example.fr pour venir avec nous."},
    ]
    source = write_records(tmp_path / "a.jsonl", told)
    aligned = {**made_records(1)[0], "author": "lan.anh@example.vn", "hotline": "0912 345 678"}
    pairs = write_records(tmp_path / "b.jsonl", [aligned])
    run = corpus.build([source, pairs], tmp_path / "out", curation=corpus.Curation(accept=anything))
    found = {row["source"]: row for row in rows(run, "articles")}
    assert [found[f"a.jsonl#{number}"]["pii"] for number in (1, 2, 3)] == [["email"], ["phone"], ["email"]]
    assert found["a.jsonl#3"]["reject"] == "detect:other"
    assert [row["pii"] for row in rows(run, "bitext")] == [["email", "phone"]]


def test_an_article_that_repeats_another_is_labelled_and_not_paired(articles: Path, tmp_path: Path) -> None:
    text = (articles / "vi" / "le-hoi.txt").read_text(encoding="utf-8")
    (articles / "vi" / "zz-copy.txt").write_text(text.replace("Lan Anh", "LAN ANH"), encoding="utf-8")
    run = corpus.build([articles], tmp_path / "out")
    found = {row["source"]: row for row in rows(run, "articles")}
    labels = {source: row["reject"] for source, row in found.items() if (row["reject"] or "").startswith("dedup")}
    assert list(labels.values()) == ["dedup:exact"]
    [copy] = labels
    of = next(row for row in found.values() if row["id"] == found[copy]["duplicate_of"])
    assert {of["source"], copy} == {"articles/vi/le-hoi.txt", "articles/vi/zz-copy.txt"}
    assert found[copy]["id"] not in {row["vi_id"] for row in rows(run, "article_pairs")}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"pii": "hide"}, "flag, mask, off"),
        ({"accept": "stricter"}, "default"),
        ({"against": ("nowhere.tsv",)}, "no test set nowhere.tsv; name a file"),
        ({"test": 0.6, "validation": 0.5}, "leave nothing to train"),
        ({"test": -1}, "give a share"),
    ],
)
def test_a_wrong_option_is_refused_before_any_work(tmp_path: Path, options: dict[str, Any], message: str) -> None:
    source = write_records(tmp_path / "a.jsonl", made_records(1))
    with pytest.raises(corpus.UsageError, match=re.escape(message)):
        corpus.build([source], tmp_path / "out", curation=corpus.Curation(**options))
    assert not (tmp_path / "out").exists()


def test_a_run_without_parts_cannot_be_curated(tmp_path: Path) -> None:
    import shutil

    run = corpus.build([write_records(tmp_path / "a.jsonl", made_records(1))], tmp_path / "out")
    shutil.rmtree(run.path / "parts")
    with pytest.raises(corpus.UsageError, match="give its `songngu build` command again"):
        corpus.curate(run.path)
