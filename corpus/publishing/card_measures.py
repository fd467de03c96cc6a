"""Sections of the card about what the rows hold: sources, sizes, distributions, metadata, licences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.publishing.card_facts import FIELDS, LISTS, QUANTILES, ConfigFacts, Facts
from corpus.publishing.card_licences import hub_licence
from corpus.publishing.card_markdown import count, plain, plural, share, size, table
from corpus.publishing.card_sources import Source

MOST_SOURCES = 20
MEASURES = {
    "bitext": ("vi words", "en words", "vi characters", "en characters"),
    "articles": ("sentences", "characters"),
}
LANG_NAMES = {"vi": "Vietnamese", "en": "English", "mixed": "bilingual"}


def sources(facts: Facts) -> list[str]:
    """A table of sites and folders, the largest first, those after `MOST_SOURCES` in one line."""
    found = facts.sources.largest()
    if not found:
        return []
    langs = [lang for lang in LANG_NAMES if any(source.langs[lang] for _, source in found)]
    pairs = any(source.pairs for _, source in found)
    head = ["site or source", "published", "licence", *(LANG_NAMES[lang] for lang in langs)]
    head += ["aligned pairs"] if pairs else []
    shown = [(plain(name), source) for name, source in found[:MOST_SOURCES]]
    others = found[MOST_SOURCES:]
    if others:
        shown.append((f"{plural(len(others), 'other')}", _sum([source for _, source in others])))
    rows = [_source_row(name, source, langs, pairs=pairs) for name, source in shown]
    return ["## Where the texts come from", "", *table(head, rows, text_columns=3)]


def _source_row(name: str, source: Source, langs: list[str], *, pairs: bool) -> list[str]:
    dates = " – ".join(sorted({plain(each) for each in (source.first, source.last) if each}))
    counts = [count(source.langs[lang]) for lang in langs] + ([count(source.pairs)] if pairs else [])
    return [name, dates or "no date", _licences_of(source.licences), *counts]


def _licences_of(stated: Counter[str | None], most: int = 2) -> str:
    """The most frequent licences of a source."""
    ordered = sorted(stated, key=lambda name: (-stated[name], name is None, name or ""))
    shown = [plain(name) if name else "not stated" for name in ordered[:most]]
    return "; ".join(shown + ([f"{len(ordered) - most} more"] if len(ordered) > most else []))


def _sum(found: list[Source]) -> Source:
    total = Source()
    for source in found:
        total.langs.update(source.langs)
        total.licences.update(source.licences)
        total.pairs += source.pairs
        total.add_date(source.first)
        total.add_date(source.last)
    return total


def sizes(facts: Facts) -> list[str]:
    """Rows, words and characters of every split."""
    if not facts.configs:
        return []
    measures = [name for names in MEASURES.values() for name in names if _is_measured(facts, name)]
    head = ["configuration", "split", "rows", *measures, "download", "unpacked"]
    rows = [
        [f"`{config}`", split, count(found.rows), *(_measured(found.sums, name) for name in measures),
         size(found.packed), size(found.unpacked)]
        for config, measured in facts.configs.items() for split, found in measured.sizes.items()
    ]  # fmt: skip
    note = "Words of `bitext` are what white space parts in `vi_words` and `en_words`, punctuation marks among them."
    return ["## Sizes", "", *table(head, rows, text_columns=2), *([note, ""] if "vi words" in measures else [])]


def _is_measured(facts: Facts, name: str) -> bool:
    return any(name in size.sums for config in facts.configs.values() for size in config.sizes.values())


def _measured(sums: Counter[str], name: str) -> str:
    return count(sums[name]) if name in sums else ""


def distributions(facts: Facts) -> list[str]:
    """Quantiles of lengths and scores."""
    lines: list[str] = []
    for name in ("bitext", "articles"):
        found = facts.configs.get(name)
        if found and found.distributions:
            lines += [f"`{name}`:", "", *_quantile_table(found), *_sample_note(found)]
    note = "Half of the rows lie at or under p50, one in twenty at or under p5, and so on."
    return ["## Lengths and scores", "", note, "", *lines] if lines else []


def _quantile_table(found: ConfigFacts) -> list[str]:
    head = ["measure", *(f"p{round(100 * level)}" for level in QUANTILES), "no value"]
    rows = []
    for each in found.distributions:
        whole = " " in each.name or each.name in MEASURES["articles"]
        values = [count(round(value)) if whole else f"{value:.3f}" for value in each.quantiles]
        rows.append([each.name if whole else f"`{each.name}`", *values, share(each.nulls, each.rows)])
    return table(head, rows)


def _sample_note(found: ConfigFacts) -> list[str]:
    if found.sampled == found.rows:
        return []
    return [f"Quantiles are those of {plural(found.sampled, 'row')}, drawn at even steps; the rest is counted.", ""]


def coverage(facts: Facts) -> list[str]:
    """The share of rows that have each field."""
    configs = [name for name in ("bitext", "articles") if name in facts.configs]
    fields = [*FIELDS["articles"], *LISTS] if "articles" in configs else list(FIELDS["bitext"])
    rows = [[f"`{field}`", *(_covered(facts.configs[name], field) for name in configs)] for field in fields]
    head = ["field", *(f"`{name}`" for name in configs)]
    return ["## Metadata", "", "Rows in which the field is filled:", "", *table(head, rows)] if configs else []


def _covered(config: ConfigFacts, field: str) -> str:
    return share(config.filled[field], config.rows) if field in config.filled else ""


def licences(facts: Facts) -> list[str]:
    """What the sources state, how often."""
    configs = [name for name in ("bitext", "articles") if name in facts.configs]
    stated = {each for name in configs for each in facts.configs[name].licences}
    if not configs:
        return []
    if stated <= {None}:
        return ["## Licences", "", "No source states a licence. That the text can be read does not say that it may be"
                " passed on: ask its owner first.", ""]  # fmt: skip
    totals = {each: sum(facts.configs[name].licences[each] for name in configs) for each in stated}
    ordered = sorted(stated, key=lambda each: (-totals[each], each is None, each or ""))
    rows = list(_licence_rows(facts, configs, ordered))
    head = ["licence as stated", "on the Hub", *(f"rows of `{name}`" for name in configs)]
    return ["## Licences", "", *table(head, rows, text_columns=2)]


def _licence_rows(facts: Facts, configs: Sequence[str], ordered: Sequence[str | None]) -> Iterator[list[str]]:
    for each in ordered[:MOST_SOURCES]:
        known = hub_licence(each) if each else None
        counts = [count(facts.configs[name].licences[each]) for name in configs]
        yield [plain(each) if each else "not stated", f"`{known}`" if known else "", *counts]
    others = ordered[MOST_SOURCES:]
    if others:
        counts = [count(sum(facts.configs[name].licences[each] for each in others)) for name in configs]
        yield [plural(len(others), "other"), "", *counts]
