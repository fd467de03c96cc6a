"""Phase `article_pairs`: the same parts however the work is cut or grew, and the pairs that memory would find."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus.alignment.alone import AloneAligner
from corpus.engine.ledger import Ledger
from corpus.engine.local import LocalEngine
from corpus.engine.parts import write_part
from corpus.engine.run import Run
from corpus.lexicon.shipped import shipped_lexicon
from corpus.pairing import Document, Pair, find_pairs
from corpus.pipeline.article_pairs.align import LearnTask, learn
from corpus.pipeline.article_pairs.features import to_document
from corpus.pipeline.article_pairs.phase import pair_articles
from corpus.pipeline.knowledge import learnt_file
from corpus.pipeline.manifest import write_manifest
from corpus.pipeline.store import ArticleStore, Place, read_article, read_part
from tests.pairing.conftest import TOPICS

NAMES = ["Lò Văn Sơn", "Trần Thị Yến", "Giàng A Páo", "Quàng Văn Hặc"]


class Here:
    """An engine that runs every task where it is called."""

    def map(self, function: Callable[[Any], Any], tasks: Iterable[Any], rescue: Any = None) -> Iterator[Any]:
        return map(function, tasks)


def article(number: int, lang: str) -> dict[str, Any]:
    """Article `number` in one language: a topic, told of another place in other figures."""
    from corpus.orthography import fold

    topic, name = number % len(TOPICS), NAMES[number // len(TOPICS) % len(NAMES)]
    text = TOPICS[topic][lang == "en"]
    text = re.sub(r"\d{2,}", lambda found: str(int(found[0]) + 10 * number), text)
    text += f"\nÔng {name} phát biểu tại hội nghị." if lang == "vi" else f"\nMr. {fold(name)} spoke at the conference."
    spans = [
        {"lang": lang, "start": found.start(), "end": found.end(), "paragraph": k, "tokens": []}
        for k, found in enumerate(re.finditer(r"[^\n]+", text))
    ]
    return {
        "id": f"{'ab'[lang == 'en']}{number:015x}", "source": f"{lang}/{(number * 7) % 11}.txt", "lang": lang,
        "text": text, "paragraphs": [{**span, "role": "body"} for span in spans], "sentences": spans,
    }  # fmt: skip


def write_articles(run: Run, numbers: Iterable[int], per_part: int = 5) -> list[Path]:
    """Parts of Vietnamese articles, then of English ones; each tenth of them has fallen out."""
    rows = [
        {**article(k, lang), "reject": "detect:other" if k % 10 == 9 else None}
        for lang in ("vi", "en")
        for k in numbers
    ]
    parts = []
    for start in range(0, len(rows), per_part):
        piece = rows[start : start + per_part]
        parts.append(run.parts("articles") / f"{piece[0]['id']}{piece[-1]['id']}-0000000000000000.parquet")
        write_part(parts[-1], piece, "articles", Ledger(), "test")
    return parts


def stored(run: Run) -> dict[str, bytes]:
    """The names and the bytes of all parts and notes."""
    return {str(path.relative_to(run.path)): path.read_bytes() for path in sorted((run.path / "parts").rglob("*.*"))}


def paired_rows(parts: Iterable[Path]) -> list[dict[str, Any]]:
    return [row for part in parts for row in read_part(part).to_pylist()]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return Run.create(tmp_path / "run")


@pytest.fixture
def paired(run: Run) -> dict[str, bytes]:
    """What lies there after 24 articles were paired in one go."""
    pair_articles(run, write_articles(run, range(24)), Here())
    return stored(run)


def test_articles_find_their_translations(run: Run) -> None:
    rows = paired_rows(pair_articles(run, write_articles(run, range(24)), Here()))
    found = {row["vi_id"][1:]: row["en_id"][1:] for row in rows if row["reject"] is None}
    assert found == {f"{k:015x}": f"{k:015x}" for k in range(24) if k % 10 != 9}
    assert all(row["beads"] and row["evidence"] for row in rows if row["reject"] is None)


def test_memory_would_find_the_same(run: Run) -> None:
    parts = write_articles(run, range(24))
    rows = paired_rows(pair_articles(run, parts, Here()))
    sides: dict[str, list[Document]] = {"vi": [], "en": []}
    for row in ArticleStore(parts):
        sides[row["lang"]].append(to_document(row))
    pairs = find_pairs(sides["vi"], sides["en"], aligner=AloneAligner(shipped_lexicon()))

    def told(pair: Pair) -> tuple[Any, ...]:
        coverage = None if pair.coverage is None else round(pair.coverage, 5)
        return (*pair[:2], round(pair.score, 4), pair.relation, coverage, pair.evidence, pair.reject, len(pair.beads))

    assert sorted(
        (row["vi_id"], row["en_id"], round(row["score"], 4), row["relation"],
         None if row["coverage"] is None else round(row["coverage"], 5), tuple(row["evidence"]), row["reject"],
         len(row["beads"]))
        for row in rows
    ) == sorted(map(told, pairs))  # fmt: skip


@pytest.mark.parametrize("groups", [1, 7])
def test_how_the_work_is_cut_changes_nothing(
    tmp_path: Path, paired: dict[str, bytes], groups: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.pipeline.article_pairs.groups.ARTICLES_PER_GROUP", groups)
    monkeypatch.setattr("corpus.pipeline.article_pairs.groups.KEYS_PER_RANGE", 10 * groups)
    other = Run.create(tmp_path / "other")
    pair_articles(other, write_articles(other, range(24)), Here())
    assert stored(other) == paired


def test_two_processes_make_the_same_parts(tmp_path: Path, paired: dict[str, bytes]) -> None:
    other = Run.create(tmp_path / "other")
    with LocalEngine(2) as engine:
        pair_articles(other, write_articles(other, range(24)), engine)
    assert stored(other) == paired


def test_what_grew_is_what_was_made_at_once(
    tmp_path: Path, paired: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    other, aligned = Run.create(tmp_path / "other"), []
    align_all = AloneAligner.align_all
    monkeypatch.setattr(AloneAligner, "align_all", lambda self, pairs: aligned.extend(pairs) or align_all(self, pairs))
    pair_articles(other, write_articles(other, range(15)), Here())
    first = len(aligned)
    pair_articles(other, write_articles(other, range(24)), Here())
    assert 0 < len(aligned) - first < first
    for name in stored(other).keys() - paired.keys():
        (other.path / name).unlink()  # as a build does with parts that nothing names any more
    assert stored(other) == paired


def test_a_second_time_nothing_is_done(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = write_articles(run, range(12))
    first = pair_articles(run, parts, Here())
    monkeypatch.setattr("corpus.pipeline.article_pairs.phase.search", None)
    assert pair_articles(run, parts, Here()) == first


def test_nothing_to_pair(run: Run) -> None:
    rows = [{**article(0, "vi"), "reject": "load:empty", "text": None, "sentences": None}]
    part = run.parts("articles") / "0-0.parquet"
    write_part(part, rows, "articles", Ledger(), "test")
    assert pair_articles(run, [part], Here()) == [] == pair_articles(run, [], Here())


def test_progress_is_told_to_the_end(run: Run) -> None:
    told: dict[str, tuple[int, int]] = {}
    pair_articles(
        run, write_articles(run, range(12)), Here(), tell=lambda step, done, total: told.update({step: (done, total)})
    )
    assert list(told) == ["features", "gather", "compare", "measure", "learn", "align", "pairs"]
    assert all(done == total > 0 for done, total in told.values())


def test_what_is_handed_on_is_removed(paired: dict[str, bytes]) -> None:
    assert {name.split("/")[1] for name in paired} == {
        "articles", "features", "features.json", "aligned", "aligned.json", "article_pairs", "article_pairs.json",
    }  # fmt: skip


# What is learnt


class OneLearner:
    """Learns the same from any articles, and writes it as `Learnt` does."""

    hash = "moi"

    @property
    def learnt(self) -> OneLearner:
        return self

    def save(self, path: Path) -> None:
        path.write_bytes(b"learnt")


def learn_now(run: Run, monkeypatch: pytest.MonkeyPatch) -> Path | None:
    monkeypatch.setattr("corpus.pairing.teach_aligner", lambda documents, lexicon: OneLearner())
    return learn(LearnTask((), run.path / "learnt"))


def test_what_was_learnt_before_is_replaced(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (run.path / "learnt").mkdir()
    (run.path / "learnt" / "cu.npz").write_bytes(b"old")
    assert learn_now(run, monkeypatch) == learnt_file(run) == run.path / "learnt" / "moi.npz"
    assert learn_now(run, monkeypatch) == learnt_file(run)
    assert [path.read_bytes() for path in (run.path / "learnt").iterdir()] == [b"learnt"]


def test_learning_again_that_is_stopped_never_leaves_two_files(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*names: object) -> None:
        raise KeyboardInterrupt

    (run.path / "learnt").mkdir()
    (run.path / "learnt" / "cu.npz").write_bytes(b"old")
    with monkeypatch.context() as patched:
        patched.setattr("corpus.pipeline.article_pairs.align.os.replace", stop)
        with pytest.raises(KeyboardInterrupt):
            learn_now(run, monkeypatch)
    assert list((run.path / "learnt").iterdir()) == []


def test_what_a_killed_learner_left_is_vouched_for_by_none_and_swept_away(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(path: Path, new: Path) -> None:
        left.append(path)
        raise KeyboardInterrupt

    left: list[Path] = []
    with monkeypatch.context() as patched:
        patched.setattr("corpus.pipeline.article_pairs.align.os.replace", die)
        with pytest.raises(KeyboardInterrupt):
            learn_now(run, monkeypatch)
    left[0].write_bytes(b"half")
    for name in ("inputs.jsonl", "ledger.json"):
        (run.path / name).touch()
    write_manifest(run, [], {}, {})
    assert set(run.manifest["files"]) == {"inputs.jsonl", "ledger.json"}
    with run.lock():
        assert not left[0].exists()


# The store


def test_the_store_finds_articles_by_id(run: Run) -> None:
    parts = write_articles(run, range(12))
    store = ArticleStore(parts)
    assert len(store.places) == 22
    for row in store:
        assert read_article(store.places[row["id"]]) == row
    with pytest.raises(KeyError):
        store.places[article(9, "vi")["id"]]
    with pytest.raises(KeyError):
        store.places["f" * 16]


def test_the_store_knows_articles_in_two_languages(run: Run) -> None:
    rows = [article(k, "vi") for k in range(4)]
    rows[1]["sentences"][0]["lang"] = rows[3]["sentences"][0]["lang"] = "en"
    rows[3]["reject"] = "dedup:exact"
    part = run.parts("articles") / "0-0.parquet"
    write_part(part, rows, "articles", Ledger(), "test")
    store = ArticleStore([part])
    assert store.bilingual == [(part, [1])]
    assert store.places[rows[1]["id"]] == Place(part, 1)
