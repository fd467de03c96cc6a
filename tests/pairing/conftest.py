"""A small lexicon, small articles, and an aligner that looks words up: enough to pair by, and nothing to load."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from corpus.alignment.beads import Bead
from corpus.lexicon.lexicon import Lexicon, from_entries
from corpus.lexicon.read import Entry
from corpus.pairing import Explainer

ENTRIES = {
    "hội nghị": "conference", "tổng kết": "review", "biên giới": "border", "tuần tra": "patrol",
    "cửa khẩu": "border gate", "đại biểu": "delegate", "tham dự": "attend", "phát biểu": "speak|spoke|speech",
    "đồng chí": "comrade", "nông dân": "farmer", "trồng": "plant|grow", "cà phê": "coffee",
    "thu hoạch": "harvest", "giá": "price", "xuất khẩu": "export", "tăng": "rise|rose|increase",
    "mưa": "rain", "lũ": "flood", "cầu": "bridge", "sập": "collapse", "học sinh": "pupil|student",
    "trường": "school", "thầy giáo": "teacher", "sách": "book", "thư viện": "library", "mở": "open",
    "tặng": "donate|give|gave", "bệnh viện": "hospital", "bác sĩ": "doctor", "vắc xin": "vaccine",
    "tiêm": "inject|vaccinate", "đường": "road", "xây dựng": "build|built", "hoàn thành": "complete",
    "xã": "commune", "huyện": "district", "tỉnh": "province", "người": "people|person", "nghèo": "poor",
    "nhà": "house", "mới": "new", "sửa": "repair", "công an": "police", "bắt": "arrest", "ma túy": "drug",
    "thu giữ": "seize", "rừng": "forest", "cháy": "fire|burn", "dập tắt": "extinguish", "năm": "year",
    "và": "and", "của": "of", "tại": "at", "được": "be",
}  # fmt: skip

TOPICS = [
    ("Hội nghị tổng kết công tác biên giới\nĐồng chí Lò Văn Ba phát biểu tại hội nghị.\n"
     "Năm 2023, tỉnh tuần tra biên giới 182 lần tại cửa khẩu Lóng Sập.",
     "Conference to review border work\nComrade Lo Van Ba spoke at the conference.\n"
     "In 2023, the province patrolled the border 182 times at the Long Sap border gate."),
    ("Nông dân thu hoạch cà phê\nÔng Giàng A Tủa trồng 3 ha cà phê tại xã Chiềng Ban.\nGiá cà phê xuất khẩu tăng 17%.",
     "Farmers harvest coffee\nMr. Giang A Tua grows 3 ha of coffee in Chieng Ban commune.\n"
     "The price of exported coffee rose by 17%."),
    ("Lũ làm sập cầu\nMưa lũ làm sập cầu Nậm Păm ngày 3/8/2017.\nCầu mới được xây dựng và hoàn thành năm 2018.",
     "Flood makes a bridge collapse\nRain and flood made the Nam Pam bridge collapse on August 3, 2017.\n"
     "A new bridge was built and completed in 2018."),
    ("Trường mở thư viện\nThầy giáo Phạm Quốc Huy tặng học sinh 450 sách.\nThư viện mở tại trường Tô Hiệu.",
     "School opens a library\nTeacher Pham Quoc Huy gave the pupils 450 books.\nThe library opens at To Hieu school."),
    ("Bệnh viện tiêm vắc xin\nBác sĩ Đinh Thị Mận tiêm vắc xin 1.200 người tại Mai Sơn.\nNgười nghèo được tiêm.",
     "Hospital gives vaccine\nDoctor Dinh Thi Man vaccinated 1,200 people at Mai Son.\nPoor people are vaccinated."),
    ("Công an bắt người\nCông an huyện Vân Hồ bắt 5 người và thu giữ 80 kg ma túy.\nCông an tỉnh thu giữ nhà.",
     "Police arrest people\nVan Ho district police arrest 5 people and seize 80 kg of drugs.\n"
     "The police of the province seize a house."),
]  # fmt: skip
"""Short articles with their translations."""


class WordAligner:
    """Joins a sentence with the best one further on, if half of both is explained."""

    def __init__(self, explainer: Explainer) -> None:
        self._explainer = explainer

    def align_all(self, documents: Sequence[tuple[Sequence[str], Sequence[str]]]) -> list[list[Bead]]:
        return [self.align(vi, en) for vi, en in documents]

    def align(self, vi: Sequence[str], en: Sequence[str]) -> list[Bead]:
        beads, start = [], 0
        for i, sentence in enumerate(vi):
            shares = [(self._explainer.measure(sentence, en[j]).lesser, -j) for j in range(start, len(en))]
            share, found = max(shares, default=(0.0, 0))
            if share >= 0.4:
                beads += [Bead((), (j,), 0.9) for j in range(start, -found)]
                beads.append(Bead((i,), (-found,), min(0.6 + share / 2, 1.0)))
                start = 1 - found
            else:
                beads.append(Bead((i,), (), 0.9))
        return beads + [Bead((), (j,), 0.9) for j in range(start, len(en))]


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return from_entries(Entry(vi, tuple(en.split("|"))) for vi, en in ENTRIES.items())


@pytest.fixture(scope="session")
def explainer(lexicon: Lexicon) -> Explainer:
    return Explainer(lexicon)


@pytest.fixture(scope="session")
def aligner(explainer: Explainer) -> WordAligner:
    return WordAligner(explainer)
