"""Articles with articles: the right ones, no others, each with one partner, whatever the order they come in."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import UsageError
from corpus.lexicon.lexicon import Lexicon
from corpus.pairing import REASONS, Document, Pair, find_pairs
from tests.pairing.conftest import TOPICS, WordAligner

VI = [Document(f"v{k}", vi) for k, (vi, _) in enumerate(TOPICS)]
EN = [Document(f"e{k}", en) for k, (_, en) in enumerate(TOPICS)]


def accepted(pairs: Sequence[Pair]) -> list[tuple[str, str]]:
    return [(pair.vi, pair.en) for pair in pairs if pair.reject is None]


def test_every_article_finds_its_translation(lexicon: Lexicon, aligner: WordAligner) -> None:
    pairs = find_pairs(VI, EN[::-1], lexicon=lexicon, aligner=aligner)
    assert accepted(pairs) == [(f"v{k}", f"e{k}") for k in range(len(TOPICS))]
    assert {pair.relation for pair in pairs if pair.reject is None} <= {"parallel", "partial"}


def test_articles_without_a_partner_stay_alone(lexicon: Lexicon, aligner: WordAligner) -> None:
    pairs = find_pairs(VI[:4], EN[2:], lexicon=lexicon, aligner=aligner)
    assert accepted(pairs) == [("v2", "e2"), ("v3", "e3")]


def test_evidence_says_what_matched(lexicon: Lexicon, aligner: WordAligner) -> None:
    published = Document("v", TOPICS[2][0], published="2017-08-05"), Document("e", TOPICS[2][1], published="2017-08-05")
    (pair,) = find_pairs([published[0]], [published[1]], lexicon=lexicon, aligner=aligner)
    assert {"published:2017-08-05", "name:nam pam", "date:2017-08-03"} <= set(pair.evidence)
    assert any(item.startswith("words:") for item in pair.evidence)
    assert "name:nam" not in pair.evidence


def test_one_event_told_twice_is_comparable_at_most(lexicon: Lexicon, aligner: WordAligner) -> None:
    vi = Document("v", "Hội nghị biên giới tỉnh Sơn La\nĐồng chí Hoàng Quốc Khánh dự ngày 04/8/2023.\n"
                       "Giá trị đạt 17 tỷ đồng.")  # fmt: skip
    en = Document("e", "Comrade Hoang Quoc Khanh chaired the conference in Son La on February 19.\n"
                       "Three collectives and seven individuals were awarded certificates.")  # fmt: skip
    pairs = find_pairs([vi], [en], lexicon=lexicon, aligner=aligner)
    assert accepted(pairs) == []
    assert [pair.relation for pair in pairs] == ["comparable"]


def test_a_pair_id_beats_a_nearer_article(lexicon: Lexicon, aligner: WordAligner) -> None:
    shorter = TOPICS[0][1].rsplit("\n", 1)[0]
    en = [Document("near", TOPICS[0][1]), Document("linked", shorter, pair="48213")]
    pairs = find_pairs([Document("v", TOPICS[0][0], pair="48213")], en, lexicon=lexicon, aligner=aligner)
    assert accepted(pairs) == [("v", "linked")]
    assert "link:pair-id" in pairs[0].evidence


def test_a_pair_id_cannot_make_strangers_a_pair(lexicon: Lexicon, aligner: WordAligner) -> None:
    vi, en = Document("v", TOPICS[0][0], pair="1"), Document("e", TOPICS[1][1], pair="1")
    (pair,) = find_pairs([vi], [en], lexicon=lexicon, aligner=aligner)
    assert pair.reject == "pair:comparable"


def test_file_names_that_agree_by_chance_link_nothing(lexicon: Lexicon, aligner: WordAligner) -> None:
    count = len(TOPICS)
    vi = [Document(f"v{k}", text.text, name=f"vi{k:04}.txt") for k, text in enumerate(VI)]
    en = [Document(f"e{k}", text.text, name=f"en{(k + 1) % count:04}.txt") for k, text in enumerate(EN)]
    pairs = find_pairs(vi, en, lexicon=lexicon, aligner=aligner)
    assert accepted(pairs) == [(f"v{k}", f"e{k}") for k in range(count)]
    assert not [item for pair in pairs for item in pair.evidence if item.startswith("link:")]


def test_file_names_that_agree_with_the_articles_are_evidence(lexicon: Lexicon, aligner: WordAligner) -> None:
    vi = [document._replace(name=f"tin-{k}.vi.txt") for k, document in enumerate(VI)]
    en = [document._replace(name=f"tin-{k}.en.txt") for k, document in enumerate(EN)]
    pairs = find_pairs(vi, en, lexicon=lexicon, aligner=aligner)
    assert all("link:file-name" in pair.evidence for pair in pairs if pair.reject is None)


def test_hreflang_is_a_link(lexicon: Lexicon, aligner: WordAligner) -> None:
    vi = Document("v", TOPICS[3][0], url="https://www.tinh.vn/thu-vien", alternates=("https://tinh.vn/en/library/",))
    en = Document("e", TOPICS[3][1], url="http://tinh.vn/en/library")
    (pair,) = find_pairs([vi], [en], lexicon=lexicon, aligner=aligner)
    assert pair.evidence[0] == "link:hreflang"


@given(st.randoms(use_true_random=False), st.integers(0, len(TOPICS)), st.integers(0, len(TOPICS)))
@settings(max_examples=15, deadline=None)
def test_laws(lexicon: Lexicon, aligner: WordAligner, rng: random.Random, vi_count: int, en_count: int) -> None:
    """One partner each, known reasons, pairs first; the order of the input changes nothing."""
    vi, en = rng.sample(VI, vi_count), rng.sample(EN, en_count)
    pairs = find_pairs(vi, en, lexicon=lexicon, aligner=aligner)
    found = accepted(pairs)
    assert len({one for one, _ in found}) == len({other for _, other in found}) == len(found)
    assert [pair.reject is None for pair in pairs] == sorted((pair.reject is None for pair in pairs), reverse=True)
    assert all(pair.reject is None or pair.reject in REASONS for pair in pairs)
    assert all(pair.coverage is None or 0 <= pair.coverage <= 1 for pair in pairs)
    assert all(pair.relation in ("parallel", "partial") for pair in pairs if pair.reject is None)
    again = find_pairs(sorted(vi), sorted(en), lexicon=lexicon, aligner=aligner)
    assert {(*pair[:2], pair.reject) for pair in again} == {(*pair[:2], pair.reject) for pair in pairs}


def test_odd_documents_never_raise(lexicon: Lexicon, aligner: WordAligner) -> None:
    odd = ["", " \n\n", "\x00", "\ud800", "12345", "x" * 50_000, "🙂" * 100, "Ã¡ÂºÂ", "\u200b"]
    vi = [Document(f"v{k}", text, published="soon", url="http://[", name="", pair=" ") for k, text in enumerate(odd)]
    en = [Document(f"e{k}", text, published="2020-13-99", alternates=("http://[",)) for k, text in enumerate(odd)]
    for pair in find_pairs(vi, en, lexicon=lexicon, aligner=aligner):
        assert pair.reject is None or pair.reject in REASONS


def test_an_id_given_twice_is_the_callers_mistake(lexicon: Lexicon) -> None:
    with pytest.raises(UsageError, match="'v0'"):
        find_pairs([VI[0], VI[0]], EN, lexicon=lexicon)
