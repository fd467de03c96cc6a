"""Laws of an alignment, golden cases, and bad input."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.alignment import Aligner, Bead, Learnt, align
from corpus.errors import UsageError

GOLDEN = Path(__file__).parent.parent / "golden" / "alignment_documents.json"
CASES = json.loads(GOLDEN.read_text("utf-8"))
WORDS = st.sampled_from(["Hà Nội", "mưa", "1.200", "hộ dân", "rain", "1,200", "", " ", "React", "\x00", "\ud800", "…"])
SENTENCES = st.lists(st.lists(WORDS, max_size=6).map(" ".join), max_size=9)


def assert_covers(beads: list[Bead], n: int, m: int) -> None:
    assert [i for bead in beads for i in bead.vi] == list(range(n))
    assert [j for bead in beads for j in bead.en] == list(range(m))
    assert all(0.0 <= bead.probability <= 1.0 for bead in beads)
    assert all(bead.vi or bead.en for bead in beads)


@settings(max_examples=40, deadline=None)
@given(SENTENCES, SENTENCES, st.booleans())
def test_beads_cover_every_sentence_once_in_order(vi: list[str], en: list[str], lexicon: bool) -> None:
    assert_covers(align(vi, en, lexicon="shipped" if lexicon else None), len(vi), len(en))


def case_params() -> list[object]:
    """The golden cases; a known failure must fail until it is mended."""
    known = pytest.mark.xfail(strict=True)
    return [pytest.param(c, id=c["label"], marks=[known] if c.get("known_failure") else []) for c in CASES]


@pytest.mark.parametrize("case", case_params())
def test_golden_documents(case: dict[str, object]) -> None:
    beads = align(case["vi"], case["en"])  # type: ignore[arg-type]
    assert [[list(bead.vi), list(bead.en)] for bead in beads if bead.vi and bead.en] == case["expect"]


def test_alignment_is_the_same_in_every_process() -> None:
    program = (
        "import json,sys; from corpus.alignment import align; c=json.load(open(sys.argv[1],encoding='utf-8'))[0];"
        "print([(b.vi,b.en,b.probability) for b in align(c['vi'],c['en'])])"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program, str(GOLDEN)], capture_output=True, text=True, check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONIOENCODING": "utf-8"},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(outputs) == 1


def test_an_empty_side_gives_lone_sentences() -> None:
    assert align([], []) == []
    assert [bead.type for bead in align(["Mưa to."] * 3, [])] == ["1-0"] * 3
    assert [bead.type for bead in align([], ["Rain."] * 2)] == ["0-1"] * 2


def test_one_sentence_against_a_thousand_finds_its_own() -> None:
    en = [f"The committee discussed item {k} of the agenda." for k in range(1000)]
    en[700] = "Heavy rain flooded 1,234 households in Hanoi on Monday."
    beads = align(["Mưa lớn làm ngập 1.234 hộ dân ở Hà Nội hôm thứ Hai."], en)
    assert_covers(beads, 1, 1000)
    assert [bead.en for bead in beads if bead.vi] == [(700,)]


def test_unrelated_texts_get_no_confident_pair() -> None:
    vi = [
        "Đội tuyển thắng ba bàn trong hiệp hai.",
        "Khán giả rời sân trong tiếng hát.",
        "Huấn luyện viên khen thủ môn.",
    ]
    en = ["Interest rates rose again.", "Banks expect slower growth next year because exports fell.", "Gold was flat."]
    assert all(bead.probability < 0.9 for bead in align(vi, en) if bead.vi and bead.en)


def test_blank_lines_are_lone_and_cost_nothing() -> None:
    started = time.perf_counter()
    beads = align([""] * 100_000, [" "] * 100_000)
    assert time.perf_counter() - started < 10
    assert_covers(beads, 100_000, 100_000)
    assert not any(bead.vi and bead.en for bead in beads)


def test_the_same_text_on_both_sides_is_aligned_with_itself() -> None:
    text = ["Thủ tướng thăm Sơn La.", "Chiều cùng ngày, ông dự lễ khánh thành.", "Cầu dài 1.200 mét."]
    assert [(bead.vi, bead.en) for bead in align(text, text)] == [((k,), (k,)) for k in range(3)]


def test_what_is_learnt_can_be_kept(tmp_path: Path) -> None:
    documents = [(case["vi"], case["en"]) for case in CASES]
    aligner = Aligner(None).learn(documents)
    assert aligner.learnt is not None
    aligner.learnt.save(tmp_path / "learnt.npz")
    again = Learnt.load(tmp_path / "learnt.npz")
    assert again.hash == aligner.learnt.hash
    assert Aligner(None, learnt=again).align_all(documents) == Aligner(None, learnt=aligner.learnt).align_all(documents)


def test_vectors_can_take_the_lexicons_place() -> None:
    """Sentences that share no word and have equal lengths, so that only the vectors know the order."""
    vi, en = ["aa bb cc", "dd ee ff", "gg hh ii", "kk ll mm"], ["uu vv ww", "xx yy zz", "oo pp qq", "rr ss tt"]
    meaning = {"dd": 0, "gg": 1, "kk": 2, "uu": 0, "xx": 1, "oo": 2, "aa": 3, "rr": 4}

    def embed(sentences: list[str]) -> np.ndarray:
        return np.array([np.eye(5)[meaning[sentence[:2]]] for sentence in sentences])

    pairs = [(bead.vi, bead.en) for bead in Aligner(None, embed=embed).align(vi, en) if bead.vi and bead.en]
    assert pairs == [((1,), (0,)), ((2,), (1,)), ((3,), (2,))]


def test_a_model_that_cannot_be_loaded_names_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(UsageError, match=r"pip install 'songngu\[embed\]'"):
        Aligner(None, embed="any-model")


def test_vectors_of_a_wrong_shape_are_refused() -> None:
    with pytest.raises(UsageError, match="one row each"):
        Aligner(None, embed=lambda sentences: np.zeros(3)).align(["mưa"], ["rain"])


@pytest.mark.slow
def test_long_documents_stay_linear() -> None:
    def seconds(n: int) -> float:
        rng = np.random.default_rng(1)
        vi = [f"Câu {k} nói về hồ sơ {rng.integers(10**6)} của phòng Alpha{k % 97}." for k in range(n)]
        en = [sentence.replace("Câu", "Line").replace("nói về hồ sơ", "is about file") for sentence in vi]
        started = time.process_time()
        beads = align(vi, en, lexicon=None)
        assert sum(bead.vi == bead.en for bead in beads) > 0.98 * n
        return time.process_time() - started

    assert seconds(6000) < 4.0 * seconds(3000)
