"""Beads in files, read back; scores equal to counting by hand."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.alignment import Bead, calibration_error, evaluate, read_beads, reliability, write_beads
from corpus.alignment.cut import PIECE, chain, cut
from corpus.alignment.formats import FORMATS, moses_sides
from corpus.errors import UsageError

VI, EN = ["Mưa to & gió.", "Nhà <ngập>.", "Hết\x01."], ["Heavy rain", "and wind.", "Houses flooded."]
BEADS = [Bead((0,), (0, 1), 0.97), Bead((1,), (2,), 0.5), Bead((2,), (), 0.8)]


def test_beads_come_back_as_they_were_written() -> None:
    lines = list(write_beads(BEADS, VI, EN, "beads"))
    assert lines == ["[0]:[0, 1]:0.97", "[1]:[2]:0.5", "[2]:[]:0.8"]
    assert read_beads("\n".join(lines)) == BEADS


def test_tmx_is_well_formed_xml() -> None:
    tree = ET.fromstring("\n".join(write_beads(BEADS, VI, EN, "tmx")).encode())
    assert [seg.text for seg in tree.iter("seg")][:2] == ["Mưa to & gió.", "Heavy rain and wind."]


def test_the_ladder_begins_and_ends_with_the_documents() -> None:
    rungs = [line.split("\t")[:2] for line in write_beads(BEADS, VI, EN, "ladder")]
    assert rungs == [["0", "0"], ["1", "2"], ["2", "3"], ["3", "3"]]


def test_moses_has_as_many_lines_on_both_sides() -> None:
    assert moses_sides(BEADS, VI, EN) == (["Mưa to & gió.", "Nhà <ngập>."], ["Heavy rain and wind.", "Houses flooded."])


@pytest.mark.parametrize("line", ["hello", "[a]:[b]", "1", "[0]:[1]:x"])
def test_a_line_that_is_no_bead_is_refused(line: str) -> None:
    with pytest.raises(UsageError, match="one a line"):
        read_beads(line)


def test_an_unknown_format_names_the_others() -> None:
    with pytest.raises(UsageError, match="beads"):
        list(write_beads(BEADS, VI, EN, "beed"))
    assert len(FORMATS) == 6


def test_scores_by_hand() -> None:
    gold = [[Bead((0,), (0,), 1), Bead((1, 2), (1,), 1), Bead((3,), (), 1)], [Bead((0,), (0, 1), 1)]]
    found = [[Bead((0,), (0,), 1), Bead((1,), (1,), 1), Bead((2,), (), 1)], [Bead((0,), (), 1), Bead((), (0, 1), 1)]]
    scores = evaluate(gold, found)
    assert (scores.gold, scores.predicted) == (3, 2)
    assert scores.strict.precision == pytest.approx(1 / 2)
    assert scores.strict.recall == pytest.approx(1 / 3)
    assert scores.lax.precision == 1.0
    assert scores.lax.recall == pytest.approx(2 / 3)


def test_a_calibrated_and_a_boasting_aligner() -> None:
    gold = [[Bead((k,), (k,), 1) for k in range(9)]]
    found = [[Bead((k,), (k,), 0.9) for k in range(9)] + [Bead((9,), (9,), 0.9)]]
    assert calibration_error(reliability(gold, found)) == pytest.approx(0.0)
    boasting = [[bead._replace(vi=(bead.vi[0] + 20,)) for bead in found[0]]]
    assert calibration_error(reliability(gold, boasting)) == pytest.approx(0.9)


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8), st.integers(1, 5)), max_size=9))
def test_the_chain_is_the_heaviest_rising_one(points: list[tuple[int, int, int]]) -> None:
    points = sorted({(i, j): (i, j, w) for i, j, w in points}.values())
    weight = {(i, j): w for i, j, w in points}
    best: dict[tuple[int, int], int] = {}
    for i, j, w in points:
        best[i, j] = w + max((best[x, y] for x, y in best if x < i and y < j), default=0)
    found = chain(points)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(found))
    assert sum(weight[point] for point in found) == max(best.values(), default=0)


@pytest.mark.parametrize(("n", "m"), [(5000, 5000), (5000, 10), (3000, 6000)])
def test_the_pieces_of_a_long_document_are_the_document(n: int, m: int) -> None:
    vi, en = [f"Mục {k} Zeta{k}" for k in range(n)], [f"Item {k} Zeta{k}" for k in range(m)]
    pieces = cut(0, (vi, en))
    assert [s for piece in pieces for s in piece.text[0]] == vi
    assert [s for piece in pieces for s in piece.text[1]] == en
    assert all(piece.vi == pieces[k - 1].vi + len(pieces[k - 1].text[0]) for k, piece in enumerate(pieces) if k)
    assert max(min(map(len, piece.text)) for piece in pieces) <= 5 * PIECE
