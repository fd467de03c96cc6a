"""The card: YAML that the Hub and `datasets` take, figures that are those of the rows, and data that stays data."""

from __future__ import annotations

import re
import statistics
from pathlib import Path
from typing import Any

import pytest

import corpus
from corpus import schema
from corpus.errors import UsageError
from corpus.publishing import card_facts
from corpus.publishing.card import RunFacts, make_card, write_card
from corpus.publishing.card_head import yaml_features
from corpus.publishing.card_merge import BEGIN, END
from tests.publishing.cards import Row, article, cells, head, pair, section, shards_of

# ---- the head


def test_datasets_and_the_hub_take_the_head(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    from datasets import load_dataset_builder
    from datasets.utils.logging import get_logger
    from huggingface_hub import DatasetCard

    shards = shards_of(tmp_path, bitext={"train": [pair()], "test": [pair(), pair()]}, articles=[article()])
    write_card(tmp_path, shards, RunFacts())
    logger = get_logger("datasets.info")
    logger.propagate = True
    logger.addHandler(caplog.handler)
    builder = load_dataset_builder(str(tmp_path), "bitext", cache_dir=str(tmp_path / "cache"))
    logger.removeHandler(caplog.handler)
    assert "Ignoring" not in caplog.text
    assert builder.info.features == corpus.features("bitext")
    assert {name: split.num_examples for name, split in builder.info.splits.items()} == {"train": 1, "test": 2}
    card = DatasetCard.load(tmp_path / "README.md")
    assert vars(card.data) == vars(DatasetCard(str(card)).data)
    assert {key: card.data.get(key) for key in head(str(card))} == head((tmp_path / "README.md").read_text())


def test_the_features_of_the_card_are_those_of_the_schema() -> None:
    from datasets import Features

    for table in schema.TABLES:
        assert Features._from_yaml_list(yaml_features(table)) == corpus.features(table)


def test_the_first_configuration_with_rows_is_the_default(tmp_path: Path) -> None:
    for number, shards in enumerate((
        shards_of(tmp_path / "a", bitext=[pair()], articles=[article()]),
        shards_of(tmp_path / "b", articles=[article()]),
    )):  # fmt: skip
        configs = head(make_card(shards, RunFacts()))["configs"]
        assert [config.get("default", False) for config in configs] == [True, False][: len(configs)], number


def test_a_dataset_without_rows_has_a_card_without_configurations(tmp_path: Path) -> None:
    from huggingface_hub import DatasetCard

    stages = [{"stage": "load", "in": 2, "kept": 0, "rejected": {"load:empty": 2}}]
    write_card(tmp_path, {}, RunFacts(ledger={"stages": stages}))
    card = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert not {"configs", "dataset_info", "task_categories"} & head(card).keys()
    assert head(card)["language"] == ["vi", "en"]
    assert DatasetCard.load(tmp_path / "README.md").data.size_categories == ["n<1K"]
    assert cells(card, "`load`") == ["`load:empty` 2", "2", "0", "2"]
    assert "load_dataset" not in card


@pytest.mark.parametrize(
    ("langs", "expected"),
    [
        (["vi"], (["vi"], "monolingual")),
        (["en", "en"], (["en"], "monolingual")),
        (["vi", "en"], (["vi", "en"], "multilingual")),
    ],
)
def test_articles_alone_name_their_own_languages(tmp_path: Path, langs: list[str], expected: tuple[Any, str]) -> None:
    found = head(make_card(shards_of(tmp_path, articles=[article(lang) for lang in langs]), RunFacts()))
    assert (found["language"], found["multilinguality"][0]) == expected
    assert found["task_categories"] == ["text-generation"]


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ([None, None], {"license": "unknown"}),
        (["CC BY 4.0", "cc-by-4.0"], {"license": "cc-by-4.0"}),
        (["MIT", "CC BY 4.0"], {"license": "other", "license_name": "differs-by-source"}),
        (["MIT", None], {"license": "other", "license_name": "differs-by-source"}),
        (["CC BY-SA 2.0"], {"license": "other", "license_name": "cc-by-sa-2.0"}),
        (["© Báo: all rights reserved"], {"license": "other", "license_name": "b-o-all-rights-reserved"}),
        (["\n---\n{x}"], {"license": "other", "license_name": "x"}),
    ],
)  # fmt: skip
def test_a_licence_is_named_only_where_every_row_states_it(
    tmp_path: Path, stated: list[str | None], expected: dict[str, str]
) -> None:
    found = head(make_card(shards_of(tmp_path, bitext=[pair(license=each) for each in stated]), RunFacts()))
    assert {key: value for key, value in found.items() if key.startswith("license")} == expected


def test_hub_inputs_are_named_as_sources_and_files_are_original(tmp_path: Path) -> None:
    inputs: list[Row] = [
        {"named": "hf://nguoi-viet/bao@main/tin", "from_run": None},
        {"named": "thu/muc", "from_run": "../thu/muc"},
    ]
    found = head(make_card(shards_of(tmp_path, bitext=[pair()]), RunFacts(inputs=inputs)))
    assert found["source_datasets"] == ["original", "nguoi-viet/bao"]


# ---- figures


def test_sizes_are_those_of_the_rows(tmp_path: Path) -> None:
    train = [pair("Một câu.", "One sentence here."), pair("Hai.", "Two.")]
    card = make_card(shards_of(tmp_path, bitext={"train": train, "test": [pair()]}), RunFacts())
    sizes = section(card, "Sizes")
    assert cells(sizes, "`bitext` | train")[1:6] == ["2", "8", "6", "12", "22"]
    assert cells(sizes, "`bitext` | test")[1:6] == ["1", "4", "3", "17", "14"]


def test_quantiles_are_values_that_occur_and_nulls_are_counted(tmp_path: Path) -> None:
    values = [number / 100 for number in range(100)]
    rows = [pair(quality=value) for value in values] + [pair(), pair()]
    found = section(make_card(shards_of(tmp_path, bitext=rows), RunFacts()), "Lengths and scores")
    shown = cells(found, "`quality`")
    assert shown[2] == f"{statistics.median_low(values):.3f}"
    assert shown[:5] == ["0.040", "0.240", "0.490", "0.740", "0.940"]
    assert shown[5] == "2.0 %"
    assert "`numbers`" not in found


def test_of_very_many_rows_an_even_sample_is_measured_and_the_card_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(card_facts, "MOST_SAMPLED", 10)
    monkeypatch.setattr(card_facts, "ROWS_AT_ONCE", 4)
    rows = [pair(quality=0.25 if number % 3 == 0 else 0.75) for number in range(30)]
    card = make_card(shards_of(tmp_path, bitext=rows), RunFacts())
    assert cells(section(card, "Lengths and scores"), "`quality`") == ["0.250"] * 5 + ["0 %"]
    assert "Quantiles are those of 10 rows" in card


def test_sources_are_counted_by_site_then_host_then_folder(tmp_path: Path) -> None:
    rows = [
        article(site="Báo Sơn La", published="2021-03-13", license="CC BY 4.0"),
        article("en", site="Báo Sơn La", published="2020"),
        article(url="https://WWW.Bao.vn/1.html"),
        article(source="thu/muc/a.txt"),
    ]
    found = section(make_card(shards_of(tmp_path, articles=rows), RunFacts()), "Where the texts come from")
    assert cells(found, "Báo Sơn La") == ["2020 – 2021-03-13", "CC BY 4.0; not stated", "1", "1"]
    assert cells(found, "thu/muc") == ["no date", "not stated", "1", "0"]
    assert cells(found, "bao.vn") == ["no date", "not stated", "1", "0"]


def test_sources_beyond_the_first_twenty_share_a_line(tmp_path: Path) -> None:
    rows = [article(site=f"s{number:02d}") for number in range(23) for _ in range(2 if number < 20 else 1)]
    found = section(make_card(shards_of(tmp_path, articles=rows), RunFacts()), "Where the texts come from")
    assert cells(found, "3 others") == ["no date", "not stated", "3"]


def test_clusters_in_two_splits_are_counted(tmp_path: Path) -> None:
    splits = {"train": [pair(cluster="a"), pair(cluster="a"), pair(cluster="b")], "test": [pair(cluster="b")]}
    stages = [{"stage": "split", "in": 5, "kept": 4, "rejected": {"split:bridge": 1}}]
    card = make_card(shards_of(tmp_path, bitext=splits), RunFacts(ledger={"stages": stages}))
    found = section(card, "Splits and leakage")
    assert cells(found, "train") == ["3", "2"]
    assert "more than one split: 1." in found
    assert "`split:bridge` 1" in found


def test_personal_data_is_counted_by_kind_and_by_row(tmp_path: Path) -> None:
    rows = [pair(pii=["email", "phone"]), pair(pii=["phone"]), pair(pii=[])]
    found = section(make_card(shards_of(tmp_path, bitext=rows), RunFacts(options={"pii": "mask"})), "Personal data")
    assert [cells(found, name) for name in ("e-mail addresses", "telephone numbers", "rows with any")] == [
        ["1"],
        ["2"],
        ["2"],
    ]
    assert "masked" in found
    found = section(make_card(shards_of(tmp_path / "b", bitext=[pair(pii=[])]), RunFacts()), "Personal data")
    assert "nothing was found" in found
    assert section(make_card(shards_of(tmp_path / "c", bitext=[pair()]), RunFacts()), "Personal data") == ""


def test_the_audit_stands_with_its_interval(tmp_path: Path) -> None:
    judged = {"sampled": 200, "judged": 190, "good": 180, "bad": 8, "unsure": 2, "precision": 0.957, "low": 0.918,
              "high": 0.978, "confidence": 0.95, "strata": []}  # fmt: skip
    card = make_card(shards_of(tmp_path, bitext=[pair()]), RunFacts(audit=judged))
    assert "**95.7 %** (95 % confidence interval: 91.8 % to 97.8 %)" in section(card, "Audit")
    assert "No person has judged" not in card
    assert "out of date" not in card


def test_an_audit_of_other_rows_shows_no_figure(tmp_path: Path) -> None:
    judged = {"rows": 900, "sampled": 200, "judged": 190, "good": 180, "bad": 8, "unsure": 2, "precision": 0.957,
              "low": 0.918, "high": 0.978, "confidence": 0.95, "strata": []}  # fmt: skip
    card = make_card(shards_of(tmp_path, bitext=[pair()]), RunFacts(audit=judged, audit_is_current=False))
    assert "An audit of an earlier selection of 900 rows is out of date" in section(card, "Audit")
    assert "95.7" not in card
    assert "No person has judged" in section(card, "Known limits")


def test_articles_in_one_language_say_that_nothing_could_be_aligned(tmp_path: Path) -> None:
    said = "Every article is Vietnamese, so nothing could be aligned."
    assert said in make_card(shards_of(tmp_path, articles=[article(), article()]), RunFacts())
    assert "could be aligned" not in make_card(shards_of(tmp_path, articles=[article(), article("en")]), RunFacts())


def test_the_code_on_the_card_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setattr("datasets.config.HF_DATASETS_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "out"
    shards = shards_of(folder, bitext={"test": [pair()]}, articles=[article()], rejected=[pair(reject="accept:copy")])
    write_card(folder, shards, RunFacts(), name=folder.as_posix())
    code = re.search(r"```python\n(.*?)```", (folder / "README.md").read_text(encoding="utf-8"), re.S)
    assert code
    names: dict[str, Any] = {}
    exec(code[1], names)
    assert "Hello friends." in capsys.readouterr().out
    assert names["rejected"][0]["reject"] == "accept:copy"


def test_the_same_rows_make_the_same_card_and_no_folder_is_named_on_it(tmp_path: Path) -> None:
    options = {"accept": "/home/lan/chat.toml", "against": ["/home/lan/phomt.vi"]}
    one, two = (
        make_card(shards_of(tmp_path / name, bitext=[pair()]), RunFacts(options=options)) for name in ("a", "b")
    )
    assert one == two
    assert "/home" not in one
    assert "lan/" not in one
    assert "phomt.vi" in one


# ---- what a person wrote


def test_what_a_person_wrote_survives_the_next_build(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    write_card(tmp_path, shards_of(tmp_path, bitext=[pair()]), RunFacts())
    card = path.read_text(encoding="utf-8")
    path.write_text(card.replace(BEGIN, f"Lời ngỏ của tôi.\n\n{BEGIN}") + "\nCảm ơn!\n", encoding="utf-8")
    write_card(tmp_path, shards_of(tmp_path, bitext=[pair(), pair()]), RunFacts())
    again = path.read_text(encoding="utf-8")
    assert "Lời ngỏ của tôi.\n" in again.split(BEGIN)[0]
    assert "Cảm ơn!" in again.split(END)[1]
    assert "2 aligned pairs" in again


def test_a_card_broken_by_hand_is_an_error_and_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    shards = shards_of(tmp_path, bitext=[pair()])
    write_card(tmp_path, shards, RunFacts())
    for broken in (path.read_bytes().replace(END.encode(), b""), b"\xff\xfe\x00broken"):
        path.write_bytes(broken)
        with pytest.raises(UsageError):
            write_card(tmp_path, shards, RunFacts())
        assert path.read_bytes() == broken
    assert sorted(each.name for each in tmp_path.iterdir()) == ["README.md", "bitext"]
