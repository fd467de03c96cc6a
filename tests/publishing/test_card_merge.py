"""Cards in one: a person's words stay, measured facts are renewed, and merging again changes nothing."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UsageError
from corpus.publishing.card_licences import licence_head
from corpus.publishing.card_merge import BEGIN, END, merge_cards
from corpus.publishing.front_matter import SAYS_NOTHING, head_values, split_card


def make_card(
    head: str = "language: [vi, en]\nlicense: unknown\n", block: str = "10 hàng\n", above: str = "", below: str = ""
) -> str:
    return f"---\n{head}---\n{above}{BEGIN}\n{block}{END}\n{below}"


def merged_head(theirs: str, ours: str) -> dict[str, object]:
    return head_values(merge_cards(f"---\n{theirs}---\n", f"---\n{ours}---\n{BEGIN}\n{END}\n"))


LINES = st.lists(
    st.text(st.characters(exclude_characters="\r", exclude_categories=["Cs"]), max_size=30).filter(
        lambda line: "songngu:" not in line and "\n" not in line
    ),
    max_size=6,
).map(lambda lines: "".join(f"{line}\n" for line in lines))
WORDS = LINES.filter(lambda text: not text.lstrip("\ufeff \t\n").startswith("---"))
VALUES = st.one_of(
    st.integers(), st.booleans(), st.none(), st.text(max_size=8), st.lists(st.text(max_size=5), max_size=3)
)
KEYS = st.sampled_from(["license", "tags", "pretty_name", "doi", "extra_gated_prompt", "language", "source_datasets"])
HEADS = st.dictionaries(KEYS, VALUES, max_size=5).map(lambda head: yaml.safe_dump(head) if head else "")


@given(HEADS, HEADS, WORDS, WORDS, WORDS, WORDS, WORDS)
def test_merging_again_changes_nothing(
    their_head: str, our_head: str, above: str, below: str, block: str, our_above: str, our_below: str
) -> None:
    ours = make_card(our_head, block, our_above, our_below)
    once = merge_cards(make_card(their_head, "x\n", above, below), ours)
    assert merge_cards(once, ours) == once


@given(WORDS, WORDS, WORDS)
def test_text_around_the_markers_is_kept_as_it_is(above: str, below: str, block: str) -> None:
    merged = merge_cards(make_card(above=above, below=below, block="alt\n"), make_card(block=block))
    assert merged == make_card(above=above, below=below, block=block) or not (above + below).strip()


@given(WORDS)
def test_a_text_without_markers_is_kept_above_the_block(text: str) -> None:
    merged = merge_cards(text, make_card())
    assert text.strip("\n \t").removeprefix("\ufeff").strip() in merged
    assert merged.endswith(f"{BEGIN}\n10 hàng\n{END}\n")


@given(HEADS, HEADS)
def test_every_key_of_a_person_is_still_there(theirs: str, ours: str) -> None:
    kept = yaml.safe_load(theirs) or {}
    merged = merged_head(theirs, ours)
    assert kept.keys() - {"license"} <= merged.keys()
    said = {key: kept[key] for key in ("doi", "extra_gated_prompt") if kept.get(key) not in SAYS_NOTHING}
    assert merged | said == merged


def test_a_card_that_is_not_there_is_the_card_that_was_made() -> None:
    ours = make_card(above="# Tựa\n", below="\nHết.\n")
    assert merge_cards("", ours) == ours


def test_more_text_of_our_own_is_taken_over() -> None:
    theirs = make_card(above="# Tựa\n\nMột đoạn.\n")
    ours = make_card(above="# Tựa\n\nMột đoạn.\n\nHai đoạn.\n", block="11 hàng\n")
    assert merge_cards(theirs, ours) == ours


def test_their_text_wins_where_both_wrote_something_else() -> None:
    merged = merge_cards(make_card(below="\nCủa trang.\n"), make_card(below="\nCủa máy.\n", block="11 hàng\n"))
    assert merged == make_card(below="\nCủa trang.\n", block="11 hàng\n")


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_other_line_ends_and_a_byte_order_mark_are_read(ending: str) -> None:
    theirs = "\ufeff" + make_card("license: mit\n", above="# Tựa\n", below="Hết.\n").replace("\n", ending)
    assert merge_cards(theirs, make_card(block="11 hàng\n")) == make_card(
        "license: mit\nlanguage: [vi, en]\n", "11 hàng\n", "# Tựa\n", "Hết.\n"
    )


def test_rules_of_dashes_are_no_head() -> None:
    prose = "---\nĐây là lời nói đầu\n---\n\nVà đây là phần còn lại.\n"
    merged = merge_cards(prose, make_card())
    assert prose in merged and head_values(merged) == {"language": ["vi", "en"], "license": "unknown"}
    assert split_card("---\nkhông có dòng đóng\n").head == ""


def test_lines_and_comments_of_a_person_are_kept_in_the_head() -> None:
    theirs = "# hỏi trước khi sửa\nlicense: mit   # đã hỏi\nsize_categories: [n<1K]\nnote: |\n  hai\n  dòng\n# hết\n"
    ours = "license: unknown\nsize_categories:\n- 1K<n<10K\n"
    assert split_card(merge_cards(f"---\n{theirs}---\n", make_card(ours))).head == (
        "# hỏi trước khi sửa\nlicense: mit   # đã hỏi\nsize_categories:\n- 1K<n<10K\nnote: |\n  hai\n  dòng\n# hết\n"
    )


def test_measured_values_are_renewed_and_described_ones_stay() -> None:
    theirs = (
        "language: [vi]\npretty_name: Của tôi\ntags: [bao]\nsize_categories: [n<1K]\nmultilinguality: [monolingual]\n"
    )
    ours = "language: [vi, en]\npretty_name: Articles\ntags: [songngu, bao]\nsize_categories: [1K<n<10K]\n"
    assert merged_head(theirs, ours) == {
        "language": ["vi", "en"], "pretty_name": "Của tôi", "tags": ["bao", "songngu"],
        "size_categories": ["1K<n<10K"], "multilinguality": ["monolingual"],
    }  # fmt: skip


def test_our_configurations_are_replaced_and_a_persons_stay() -> None:
    theirs = """\
configs:
- config_name: articles
  data_files: [{split: train, path: old/*}]
  default: true
- config_name: cua-toi
  data_files: mine/*.csv
  default: true
dataset_info:
  config_name: articles
  features: [{name: cot_cu, dtype: string}]
"""
    ours = "configs:\n- {config_name: bitext, data_files: bitext/train-*, default: true}\n"
    assert merged_head(theirs, ours) == {
        "configs": [
            {"config_name": "bitext", "data_files": "bitext/train-*", "default": True},
            {"config_name": "cua-toi", "data_files": "mine/*.csv"},
        ]
    }


@pytest.mark.parametrize(
    ("theirs", "ours", "expected"),
    [
        ("unknown", ["CC BY 4.0"], {"license": "cc-by-4.0"}),
        ("mit", ["CC BY 4.0"], {"license": "mit"}),
        ("mit", ["CC BY 4.0", None], {"license": "mit"}),
        ("other\nlicense_name: differs-by-source", ["CC BY 4.0"], {"license": "cc-by-4.0"}),
        ("other\nlicense_name: cua-bao", ["CC BY 4.0", None], {"license": "other", "license_name": "cua-bao"}),
        ("unknown", ["CC BY 4.0", None], {"license": "other", "license_name": "differs-by-source"}),
    ],
)
def test_a_licence_and_its_name_go_together(theirs: str, ours: list[str | None], expected: dict[str, str]) -> None:
    assert merged_head(f"license: {theirs}\n", yaml.safe_dump(licence_head(set(ours)))) == expected


def test_yes_and_one_are_not_the_same() -> None:
    theirs = f"---\ntags: [1]\n---\n{BEGIN}\n{END}\n"
    assert head_values(merge_cards(theirs, make_card("tags: ['1']\n")))["tags"] == [1, "1"]


@pytest.mark.parametrize(
    "head", ["license: [mit\n", "a: b: c\n", "\tlicense: mit\n", "date: 2023-99-99\n", "a: !!python/name:os.system\n"]
)
def test_yaml_that_cannot_be_read_is_told_to_be_mended(head: str) -> None:
    with pytest.raises(UsageError, match=r"cannot be read.*mend the lines between"):
        merge_cards(f"---\n{head}---\nLời của tôi\n", make_card())


@pytest.mark.parametrize(
    "body", [f"{BEGIN}\nmột\n", f"một\n{END}\n", f"{BEGIN}\n{BEGIN}\n{END}\n", f"{END}\nmột\n{BEGIN}\n"]
)
def test_markers_without_a_partner_are_told_to_be_mended(body: str) -> None:
    with pytest.raises(UsageError, match=r"without its partner.*or take both away"):
        merge_cards(f"---\nlicense: mit\n---\n{body}", make_card())


def test_of_two_blocks_one_stays_and_the_text_between_them() -> None:
    theirs = f"đầu\n{BEGIN}\nmột\n{END}\ngiữa\n{BEGIN}\nhai\n{END}\ncuối\n"
    assert merge_cards(theirs, make_card()) == make_card(above="đầu\n", below="giữa\ncuối\n")


def test_a_marker_of_another_version_is_a_marker() -> None:
    theirs = make_card().replace(BEGIN, "<!-- songngu:begin: other words -->  ")
    assert merge_cards(theirs, make_card(block="11 hàng\n")) == make_card(block="11 hàng\n")


def test_a_long_hostile_card_is_merged_at_once() -> None:
    theirs = "---\n" * 20_000 + "<!-- songngu:" * 20_000 + "\n" + "\n \n" * 20_000
    assert merge_cards(theirs, make_card()).endswith(f"{END}\n")
