"""The report as a file: what it says, what it refuses, and that data stays data."""

from __future__ import annotations

import errno
import json
import os
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import corpus
from corpus.cli import songngu
from corpus.errors import UsageError
from corpus.reporting import report
from tests.reporting.made import VI, article, bead_row, given, make_run, pair, small_run

HOSTILE = (
    "<img src=x onerror=alert(1)> </script><script>alert(2)</script> %%DATA%% {{7*7}} ${7*7} <!-- & \"' "
    "\u2028 \u202egpj"
)


class Tags(HTMLParser):
    """Every element of a page with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def data_of(page: str) -> Any:
    [block] = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    return json.loads(block)


@pytest.fixture
def page(tmp_path: Path) -> str:
    return report(small_run(tmp_path / "lễ-hội")).read_text(encoding="utf-8")


def test_a_build_can_be_reported(articles: Path, tmp_path: Path) -> None:
    run = corpus.build([articles], tmp_path / "out")
    path = report(run.path)
    assert path == run.path / "report.html"
    data = data_of(path.read_text(encoding="utf-8"))
    assert len(data["rows"]) == sum(1 for _ in data["rows"]) > 3
    assert any("12.000" in row[1] and "12,000" in row[2] for row in data["rows"])


def test_the_same_run_gives_the_same_bytes(tmp_path: Path) -> None:
    run = small_run(tmp_path / "run")
    first = report(run).read_bytes()
    assert report(run, tmp_path / "again.html").read_bytes() == first


def test_every_reason_of_the_ledger_is_in_the_funnel(page: str) -> None:
    funnel = page[page.index('<section id="funnel"') : page.index('<section id="alignment"')]
    for label in ("accept:numbers", "dedup:exact", "binary"):
        assert f"<bdi>{label}</bdi>" in funnel


def test_scores_that_no_row_has_are_left_out(page: str) -> None:
    shown = re.findall(r"<figcaption><b><code>(\w+)</code>", page)
    assert shown == ["align_prob", "numbers", "quality"]


def test_beads_carry_their_fate(page: str) -> None:
    kept, refused = data_of(page)["pairs"]
    fates = [(vi, en, fate, reject) for vi, en, _, fate, reject, _ in kept["beads"]]
    assert fates == [
        ([0], [0], "kept", None),
        ([1], [1], "kept", None),
        ([2, 3], [2], "kept", None),
        ([4], [], "single", None),
        ([], [3], "single", None),
        ([5], [4], "rejected", "accept:numbers"),
    ]
    assert {fate for *_, fate, _, _ in refused["beads"]} == {"unused"}
    assert refused["reject"] == "pair:comparable"


def test_marks_count_as_javascript_does(page: str) -> None:
    """The smiling face before the name is one character here and two there."""
    kept = data_of(page)["pairs"][0]
    sentence, marks = kept["sentences"][1][2], kept["marks"][1][2]
    units = sentence.encode("utf-16-le")
    shown = [units[2 * marks[k] : 2 * marks[k + 1]].decode("utf-16-le") for k in range(0, len(marks), 3)]
    assert shown == ["12,000"]


def test_a_hostile_article_makes_no_element_and_no_link(tmp_path: Path) -> None:
    plain = small_run(tmp_path / "plain")
    bad = {"site": HOSTILE, "url": "javascript:alert(3)", "title": HOSTILE, "license": HOSTILE, "published": "2021"}
    vi, en = article("v", "vi", [HOSTILE, "Mưa."], **bad), article("e", "en", [HOSTILE, "Rain."], **bad)
    beads: list[tuple[list[int], list[int], float]] = [([0], [0], 0.9), ([1], [1], 0.9)]
    rows = [bead_row(vi, en, bead, reject=f"accept:{HOSTILE}", site=HOSTILE) for bead in beads]
    ledger = [{"table": HOSTILE, "stage": HOSTILE, "in": 2, "kept": 0, "rejected": {f"accept:{HOSTILE}": 2}}]
    skipped = [{"source": HOSTILE, "reason": HOSTILE}]
    run = make_run(tmp_path / "run", articles=[vi, en], pairs=[pair(vi, en, beads)], bitext=rows, stages=ledger,
                   skipped=skipped)  # fmt: skip
    page = report(run).read_text(encoding="utf-8")
    tags = Tags(page).found
    assert {tag for tag, _ in tags} <= {tag for tag, _ in Tags(report(plain).read_text(encoding="utf-8")).found}
    assert sum(tag == "script" for tag, _ in tags) == 2
    assert not [name for _, attributes in tags for name in attributes if name.startswith("on") or name == "style"]
    assert all(attributes["href"].startswith("#") for tag, attributes in tags if tag == "a" and attributes["href"])
    assert data_of(page)["rows"][0][1] == HOSTILE
    outside = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    assert "\u202e" not in outside and "{{7*7}}" in outside


def test_nothing_on_the_page_points_outside(page: str) -> None:
    for tag, attributes in Tags(page).found:
        for name, value in attributes.items():
            if name in ("src", "href", "xlink:href", "action", "data", "srcset", "poster"):
                assert (value or "").startswith("#"), f"<{tag} {name}={value}>"
    assert "url(http" not in page and "@import" not in page
    assert "default-src 'none'" in page and "unsafe" not in page.partition("</head>")[0].partition("<style>")[0]


def test_articles_of_long_sentences_keep_to_the_room(tmp_path: Path) -> None:
    """Three hundred pairs of long sentences would take 8 MB; what is left out is said."""
    articles, pairs, rows = [], [], []
    beads: list[tuple[list[int], list[int], float]] = [([k], [k], 0.9) for k in range(10)]
    for n in range(300):
        vi = article(f"v{n}", "vi", [f"{n} {k} " + "<ộ> " * 150 for k in range(10)])
        en = article(f"e{n}", "en", [f"{n} {k} " + "long " * 120 for k in range(10)])
        articles += [vi, en]
        pairs.append(pair(vi, en, beads))
        rows += [bead_row(vi, en, bead, url="<" * 900) for bead in beads]
    path = report(make_run(tmp_path / "run", articles=articles, pairs=pairs, bitext=rows))
    page = path.read_text(encoding="utf-8")
    shown = data_of(page)
    assert path.stat().st_size < 5_000_000
    assert 20 < len(shown["pairs"]) < 300 and f"{len(shown['pairs'])} of 300 aligned article pairs" in page


def test_only_the_first_beads_of_a_long_pair_are_shown(tmp_path: Path) -> None:
    vi, en = (article(lang, lang, [f"{k}." for k in range(400)]) for lang in ("vi", "en"))
    beads: list[tuple[list[int], list[int], float]] = [([k], [k], 0.9) for k in range(400)]
    run = make_run(tmp_path / "run", articles=[vi, en], pairs=[pair(vi, en, beads)])
    [shown] = data_of(report(run).read_text(encoding="utf-8"))["pairs"]
    assert (len(shown["beads"]), shown["all"]) == (250, 400)


def test_names_in_figures_are_not_shared(page: str) -> None:
    names = [attributes["id"] for _, attributes in Tags(page).found if "id" in attributes]
    assert len(names) == len(set(names))


def test_a_run_that_stopped_after_articles_says_what_is_missing(articles: Path, tmp_path: Path) -> None:
    run = corpus.build([articles], tmp_path / "out", until="articles")
    page = report(run.path).read_text(encoding="utf-8")
    assert "without --until" in page and '<section id="languages"' in page and '<section id="rows"' not in page


def test_a_run_in_one_language_says_so(tmp_path: Path) -> None:
    run = make_run(tmp_path / "run", articles=[article("a", "vi", ["Mưa to."])])
    page = report(run).read_text(encoding="utf-8")
    assert "Every article is Vietnamese" in page


def test_a_run_of_given_rows_alone_can_be_reported(tmp_path: Path) -> None:
    run = make_run(tmp_path / "run", bitext=[given(1, "Mưa to.", "Heavy rain."), given(2, "", "")])
    page = report(run).read_text(encoding="utf-8")
    assert len(data_of(page)["rows"]) == 2 and '<section id="alignment"' not in page


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("nothing", "holds no article and no row"),
        ("older", "built by another version"),
        ("columns", "other columns"),
        ("parquet", "cannot be read"),
        ("ledger", "build the run again"),
        ("stages", "of another version"),
        ("inputs", "build the run again"),
        ("stranger", "is not a Song Ngữ run"),
    ],
)
def test_bad_runs_are_refused_and_nothing_is_written(broken: str, said: str, tmp_path: Path) -> None:
    rows = [] if broken == "nothing" else [given(1, "Mưa.", "Rain.")]
    run = make_run(tmp_path / "run", bitext=rows, version=1 if broken == "older" else corpus.schema.SCHEMA_VERSION)
    if broken == "columns":
        (run / "articles" / "00000-0.parquet").write_bytes(next((run / "bitext").iterdir()).read_bytes())
    elif broken == "parquet":
        next((run / "bitext").iterdir()).write_bytes(b"PAR1 no PAR1")
    elif broken == "ledger":
        (run / "ledger.json").write_text("{")
    elif broken == "stages":
        (run / "ledger.json").write_text(
            '{"stages": [{"stage": "load", "in": 1, "kept": 1, "rejected": {}}], "skipped": []}'
        )
    elif broken == "inputs":
        (run / "inputs.jsonl").unlink()
    elif broken == "stranger":
        (run / ".songngu-run").unlink()
    with pytest.raises(UsageError, match=said):
        report(run, tmp_path / "r.html")
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_a_target_that_cannot_be_written_is_named_before_the_work(tmp_path: Path) -> None:
    run = small_run(tmp_path / "run")
    with pytest.raises(UsageError, match="is not there; make it"):
        report(run, tmp_path / "none" / "r.html")
    with pytest.raises(UsageError, match="is a folder; name a file"):
        report(run, tmp_path)


def test_a_full_disk_leaves_the_earlier_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = small_run(tmp_path / "run")
    earlier = report(run).read_bytes()

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UsageError, match="No space left on device"):
        report(run)
    assert (run / "report.html").read_bytes() == earlier
    assert not list(run.glob(".report*"))


def test_the_command_writes_the_page(tmp_path: Path) -> None:
    run = small_run(tmp_path / "run")
    result = CliRunner().invoke(songngu, ["report", str(run), "-o", str(tmp_path / "r.html")])
    assert result.exit_code == 0, result.output
    assert (tmp_path / "r.html").read_bytes() == report(run).read_bytes()
    assert "r.html" in result.output


@pytest.mark.slow
def test_a_hundred_thousand_rows_stay_under_five_megabytes(tmp_path: Path) -> None:
    """And every reason is in the sample, however rare."""
    words = " ".join(VI).split()

    def rows() -> Any:
        for k in range(100_000):
            vi = " ".join(words[(k * 7 + n * n) % len(words)] for n in range(24))
            reject = None if k % 5 else f"accept:{'abcdefgh'[k // 5 % 8]}" if k % 50_000 else "split:bridge"
            yield given(k, f"{vi} {k}.", f"The people of the province held {k} festivals in the city, {k}.",
                        quality=k % 997 / 997, reject=reject, split=None if reject else "train")  # fmt: skip

    path = report(make_run(tmp_path / "run", bitext=rows()))
    page = path.read_text(encoding="utf-8")
    assert path.stat().st_size < 5_000_000
    shown = data_of(page)["rows"]
    assert {row[8] for row in shown} == {None, "split:bridge", *(f"accept:{c}" for c in "abcdefgh")}
    assert f"{len(shown):,} of 100,000 rows" in page and sum(row[8] is None for row in shown) > len(shown) / 3
