"""The prose of the card, section by section; a section without facts is not written.

What comes from data or from a person's options goes through `plain` or `code`, so that it stays text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.publishing.card_facts import Facts
from corpus.publishing.card_head import languages, pretty_name
from corpus.publishing.card_made import audit, ledger, limits, made, personal_data, splits
from corpus.publishing.card_markdown import count, plain, plural, table
from corpus.publishing.card_measures import coverage, distributions, licences, sizes, sources
from corpus.schema import TABLES

if TYPE_CHECKING:
    from corpus.publishing.card import RunFacts

CONFIGS = {
    "bitext": "a Vietnamese text and its English counterpart, mostly one sentence each",
    "articles": "an article, with its paragraphs, sentences, words and metadata",
    "article_pairs": "a Vietnamese and an English article that belong together, with the alignment of their sentences",
    "rejected": "an aligned pair that fell out, with the reason in `reject`",
    "rejected_articles": "an article that fell out, with the reason in `reject`",
}


def make_text(facts: Facts, run: RunFacts, name: str) -> str:
    """All sections, in order."""
    sections = (
        ["# " + pretty_name(facts), "", about(facts), ""],
        loading(facts, name),
        columns(facts),
        sources(facts),
        ledger(run.ledger),
        sizes(facts),
        distributions(facts),
        coverage(facts),
        splits(facts, run.ledger),
        personal_data(facts, run.options),
        licences(facts),
        audit(run),
        made(run),
        limits(facts, run),
    )
    return "\n".join(line for section in sections for line in section) + "\n"


def about(facts: Facts) -> str:
    """One paragraph: how much of what, in which languages, from when and where."""
    if not facts.configs:
        return "This dataset holds no rows: nothing was kept. The table below says at which stage rows fell out."
    spoken = "–".join({"vi": "Vietnamese", "en": "English"}[lang] for lang in languages(facts))
    sentences = [f"This {spoken} dataset holds {_and(list(_amounts(facts)) or ['no kept row'])}."]
    if fell_out := facts.rows("rejected") + facts.rows("rejected_articles"):
        sentences.append(f"It also has {plural(fell_out, 'row')} that fell out, each with its reason.")
    if facts.sources.sites:
        sentences.append(f"The texts name {plural(facts.sources.sites, 'site')}.")
    if facts.sources.dates:
        first, last = facts.sources.dates
        span = f"in {plain(first)}" if first == last else f"between {plain(first)} and {plain(last)}"
        sentences.append(f"Those with a date were published {span}.")
    if bitext := facts.configs.get("bitext"):
        given = bitext.origins["given"]
        if given < bitext.rows:
            which = "Every pair aligned from articles" if given else "Every aligned pair"
            sentences.append(f"{which} says which characters of which article each side was taken from.")
    return " ".join(sentences)


def _amounts(facts: Facts) -> Iterator[str]:
    if rows := facts.rows("bitext"):
        yield plural(rows, "aligned pair")
    if "articles" in facts.configs:
        langs = facts.configs["articles"].langs
        for lang, named in (("vi", "Vietnamese article"), ("en", "English article"), ("mixed", "bilingual article")):
            if langs[lang]:
                yield plural(langs[lang], named)
    if rows := facts.rows("article_pairs"):
        yield plural(rows, "pair of articles", "pairs of articles")


def _and(parts: list[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def loading(facts: Facts, name: str) -> list[str]:
    """Code that loads every configuration, each with its splits."""
    if not facts.configs:
        return []
    lines = ["## How to load it", "", "```python", "from datasets import load_dataset", ""]
    for config, measured in facts.configs.items():
        split = next(iter(measured.sizes))
        lines.append(f'{config} = load_dataset("{name}", "{config}", split="{split}")')
    if "bitext" in facts.configs:
        lines.append('print(bitext[0]["translation"])')
    return [*lines, "```", ""]


def columns(facts: Facts) -> list[str]:
    """What a row of each configuration is, and where its columns are explained."""
    if not facts.configs:
        return []
    head = ["configuration", "splits", "rows", "a row is"]
    rows = [
        [f"`{name}`", ", ".join(config.sizes), count(config.rows), CONFIGS[name]]
        for name, config in facts.configs.items()
    ]
    return ["## What is in it", "", *_wide(head, rows), *_reading(facts)]


def _wide(head: list[str], rows: list[list[str]]) -> list[str]:
    return table(head, rows, text_columns=len(head))


def _reading(facts: Facts) -> list[str]:
    lines = []
    if "bitext" in facts.configs:
        lines += [
            "`translation` holds the two sides as they were written; `vi_words` and `en_words` hold them in words, the"
            " syllables of a Vietnamese word joined by `_`. `vi_id`, `vi_start` and `vi_end` lead to the article and"
            " the characters in its text, and so do `en_id`, `en_start` and `en_end`"
            + ("." if "articles" in facts.configs else "; the articles themselves are not part of this dataset."),
            "",
        ]
    lines += [
        "A missing value is null, never an empty text. Offsets count code points, the end not included.",
        "",
    ]
    for name in ("bitext", "articles", "article_pairs"):
        if name in facts.configs:
            lines += _column_list(name)
    return lines


def _column_list(name: str) -> list[str]:
    rows = [[f"`{column.name}`", column.meaning.replace("|", "\\|"), column.null_when] for column in TABLES[name]]
    heading = f"<summary>Columns of <code>{name}</code></summary>"
    return ["<details>", heading, "", *_wide(["column", "meaning", "null when"], rows), "</details>", ""]
