"""Laws of pieces: nothing is lost, the order stays, and a new item renews one piece."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from corpus.engine.piece import Cutter, cut_pieces


def sha(item: str) -> bytes:
    return hashlib.sha256(item.encode("utf-8", errors="surrogatepass")).digest()


@given(st.lists(st.text()), st.integers(1, 8), st.integers(1, 20))
def test_pieces_hold_every_item_once_in_order(items: list[str], average: int, most: int) -> None:
    pieces = list(cut_pieces(items, sha, average=average, most=most))
    assert [item for piece in pieces for item in piece.items] == items
    assert all(1 <= len(piece.items) <= most for piece in pieces)


@given(st.lists(st.text(), unique=True, min_size=1), st.data())
def test_a_new_item_touches_at_most_two_old_pieces(items: list[str], data: st.DataObject) -> None:
    """Without a limit on size: the piece it falls into, and the cut it may bring. All others keep their key."""
    position = data.draw(st.integers(0, len(items)))
    new = data.draw(st.text().filter(lambda text: text not in items))
    before = {piece.key for piece in cut_pieces(items, sha, average=4, most=10**6)}
    after = {piece.key for piece in cut_pieces([*items[:position], new, *items[position:]], sha, average=4, most=10**6)}
    assert len(before - after) <= 1
    assert len(after - before) <= 2


def test_a_piece_holds_no_more_bytes_than_allowed_unless_one_item_does() -> None:
    cutter = Cutter(sha, len, average=10**9, most_bytes=10)
    items = ["aaaa", "bbbb", "cccc", "d" * 50, "e"]
    pieces = [piece for item in items for piece in cutter.push(item)] + list(cutter.flush())
    assert [piece.items for piece in pieces] == [("aaaa", "bbbb"), ("cccc",), ("d" * 50,), ("e",)]
