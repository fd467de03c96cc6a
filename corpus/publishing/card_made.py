"""Sections of the card about how the rows came to be: ledger, splits, personal data, audit, recipe, limits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from corpus.publishing.card_facts import ConfigFacts, Facts
from corpus.publishing.card_markdown import code, count, plain, plural, share, table

if TYPE_CHECKING:
    from corpus.publishing.card import RunFacts

PII_NAMES = {
    "email": "e-mail addresses",
    "phone": "telephone numbers",
    "id": "numbers of identity cards",
    "card": "numbers of bank cards",
    "secret": "tokens and keys",
}
SKIPPED_NAMES = {
    "hidden": ("hidden file", ""),
    "manifest": ("file that only lists others", "files that only list others"),
    "symlink-loop": ("link to a folder that holds it", "links to folders that hold them"),
    "symlink-again": ("link to a folder that was read already", "links to folders that were read already"),
    "run-folder": ("run of Song Ngữ", "runs of Song Ngữ"),
    "named-twice": ("input named before", "inputs named before"),
    "moses-partner": ("file read together with its Vietnamese half", "files read together with their Vietnamese half"),
    "dataset-card": ("card of a dataset", "cards of datasets"),
    "dataset-info": ("file that describes a dataset", "files that describe datasets"),
    "dataset-cache": (
        "file of a dataset that is not among its data",
        "files of datasets that are not among their data",
    ),
}
"""One and many of each reason in `corpus.loaders.record.SKIPPED`."""
PII_NOTE = "Such data is told by its form; names of people are no part of it."


def ledger(entries: Mapping[str, Any]) -> list[str]:
    """What every stage took in, kept and rejected, and why."""
    stages = entries.get("stages", ())
    if not stages:
        return []
    by_table = any("table" in each for each in stages)
    head = [*(["rows of"] if by_table else []), "stage", "reasons", "in", "kept", "rejected"]
    rows = [
        [*([code(str(each.get("table", "")))] if by_table else []), code(str(each["stage"])),
         _reasons(each["rejected"]), count(each["in"]), count(each["kept"]), count(sum(each["rejected"].values()))]
        for each in stages
        if each["in"] or each["kept"] or each["rejected"]
    ]  # fmt: skip
    lines = ["## From files to rows", "", "Nothing is dropped silently: at every stage, in = kept + rejected.", ""]
    return [*lines, *table(head, rows, text_columns=len(head) - 3), *_skipped(entries.get("skipped", ()))]


def _reasons(rejected: Mapping[str, int]) -> str:
    ordered = sorted(rejected.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{code(reason)} {count(times)}" for reason, times in ordered)


def _skipped(skipped: Any) -> list[str]:
    times = Counter(str(each["reason"]) for each in skipped)
    if not times:
        return []
    ordered = sorted(times.items(), key=lambda item: (-item[1], item[0]))
    return [f"Not read: {', '.join(_skipped_files(reason, number) for reason, number in ordered)}.", ""]


def _skipped_files(reason: str, number: int) -> str:
    """
    >>> _skipped_files("manifest", 1), _skipped_files("hidden", 3)
    ('1 file that only lists others', '3 hidden files')
    """
    one, many = SKIPPED_NAMES.get(reason, (f"file ({code(reason)})", f"files ({code(reason)})"))
    return plural(number, one, many)


def splits(facts: Facts, entries: Mapping[str, Any]) -> list[str]:
    """How rows were split and what was left out so that nothing leaks."""
    bitext = facts.configs.get("bitext")
    lines = []
    if bitext and any(bitext.clusters.values()):
        rows = [[name, count(size.rows), count(bitext.clusters.get(name, 0))] for name, size in bitext.sizes.items()]
        lines += [
            "Rows that belong together (of one pair of articles, or near copies of one another) form a cluster, and a"
            " cluster goes to one split whole.",
            "",
            *table(["split", "rows", "clusters"], rows),
            f"Clusters that stand in more than one split: {count(bitext.torn_clusters)}.",
            "",
        ]
    left_out = {
        reason: times
        for each in entries.get("stages", ())
        for reason, times in each["rejected"].items()
        if reason.partition(":")[0] in ("dedup", "against", "split")
    }
    if left_out:
        lines += [f"Rows left out as copies, as rows of public test sets, or between splits: {_reasons(left_out)}.", ""]
    return ["## Splits and leakage", "", *lines] if lines else []


def personal_data(facts: Facts, options: Mapping[str, Any]) -> list[str]:
    """How many rows hold which kind of personal data."""
    configs = [name for name in ("bitext", "articles") if name in facts.configs and facts.configs[name].pii_searched]
    if not configs:
        return []
    if not any(facts.configs[config].pii_rows for config in configs):
        return ["## Personal data", "", f"The rows were searched, and nothing was found. {PII_NOTE}", ""]
    rows = [
        [name, *(count(facts.configs[config].pii[kind]) for config in configs)]
        for kind, name in PII_NAMES.items()
        if any(facts.configs[config].pii[kind] for config in configs)
    ]
    masked = options.get("pii") == "mask"
    verb = "masked in these files, with as many characters" if masked else "named in the column `pii` and left in place"
    totals = ["rows with any", *(count(facts.configs[config].pii_rows) for config in configs)]
    head = ["found", *(f"rows of `{config}`" for config in configs)]
    note = f"What was found is {verb}. {PII_NOTE}"
    return ["## Personal data", "", *table(head, [*rows, totals]), note, ""]


def audit(run: RunFacts) -> list[str]:
    """What people said of a sample."""
    judged = run.audit
    if not judged or judged.get("precision") is None:
        return []
    if not run.audit_is_current:
        earlier = f" of {plural(judged['rows'], 'row')}" if "rows" in judged else ""
        return ["## Audit", "", f"An audit of an earlier selection{earlier} is out of date; draw a new sample.", ""]
    strata = _strata(judged.get("strata", ()))
    line = (
        f"People judged {count(judged['judged'])} of {plural(judged['sampled'], 'sampled row')}:"
        f" {count(judged['good'])} good, {count(judged['bad'])} bad, {count(judged['unsure'])} unsure."
        f" Precision: **{_percent(judged['precision'])}**"
        f" ({100 * judged['confidence']:.0f} % confidence interval: {_percent(judged['low'])} to"
        f" {_percent(judged['high'])}){', each stratum counted by its rows' if strata else ''}."
    )
    return ["## Audit", "", line, "", *strata]


def _percent(value: float | None) -> str:
    return "" if value is None else f"{100 * value:.1f} %"


def _strata(strata: Any) -> list[str]:
    if len(strata) < 2:
        return []
    head = ["stratum", "rows", "sampled", "good", "bad", "unsure", "precision"]
    rows = [
        [plain(str(each["stratum"])), *(count(each[name]) for name in head[1:-1]), _percent(each["precision"])]
        for each in strata
    ]
    return table(head, rows)


def made(run: RunFacts) -> list[str]:
    """Recipe, options and versions: what it takes to make the same rows again."""
    rows = [[code(name), f"`{_one_line(_elements(line))}`"] for name, line in run.recipe.items()]
    lines = [f"Made with Song Ngữ {plain(run.version)}.", ""]
    if rows:
        lines += table(["rows of", "recipe"], rows, text_columns=2)
    shown = {name: value for name, value in run.options.items() if name not in ("limits", "fields", "until")}
    if shown:
        lines += [f"Options: {', '.join(_option(name, value) for name, value in shown.items())}.", ""]
    versions = [f"{plain(name)} {plain(version)}" for name, version in run.packages.items() if version]
    if versions:
        lines += [f"Versions: {', '.join(versions)}.", ""]
    return ["## How it was made", "", *lines]


def _elements(recipe: str) -> str:
    """A recipe with every element once: the phases that it is joined from share some of theirs, and some are empty.

    >>> _elements("load:v1|usual:None|lexicon:c6|load:v1+lxml-6|lexicon:c6|against:v1()")
    'usual:default|lexicon:c6|load:v1+lxml-6'
    """
    named = [re.sub(r"^usual:None$", "usual:default", element) for element in recipe.split("|")]
    once = [element for element in dict.fromkeys(named) if element and not element.endswith("()")]
    return "|".join(element for element in once if not any(other.startswith(f"{element}+") for other in once))


def _one_line(recipe: str) -> str:
    """A recipe inside a code span inside a table."""
    return " ".join(recipe.replace("`", "'").replace("<", "‹").split()).replace("|", "\\|")


def _option(name: str, value: Any) -> str:
    """Of a file only its name: where it lay is nobody's business."""
    if isinstance(value, bool):
        return f"{plain(name)} = {'yes' if value else 'no'}"
    values = value if isinstance(value, list | tuple) else [value]
    shown = [str(each).replace("\\", "/").rstrip("/").rpartition("/")[2] for each in values]
    return f"{plain(name)} = {', '.join(map(plain, shown)) or 'none'}"


def limits(facts: Facts, run: RunFacts) -> list[str]:
    """What the rows cannot promise, each with its figure."""
    known = [
        *_limits_of_bitext(facts),
        *_limits_of_one_language(facts),
        *_limits_of_metadata(facts),
        *_limits_of_curation(facts, run),
    ]
    return ["## Known limits", "", *(f"- {each}" for each in known), ""] if known else []


def _limits_of_bitext(facts: Facts) -> Iterator[str]:
    bitext = facts.configs.get("bitext")
    if not bitext:
        return
    made = bitext.rows - bitext.origins["given"]
    if made:
        yield (
            f"{plural(made, 'pair was', 'pairs were')} aligned by a program; `align_prob` says how sure it is of each"
            f"{_least_sure(bitext)}."
        )
    if bitext.origins["given"]:
        yield (
            f"{plural(bitext.origins['given'], 'pair')} came aligned with the input, and no article stands behind them."
        )
    if bitext.sizes.keys() == {"train"}:
        yield "There is no validation or test split; everything is in `train`."


def _least_sure(bitext: ConfigFacts) -> str:
    found = [each.quantiles[0] for each in bitext.distributions if each.name == "align_prob"]
    return f", and of one in twenty it says {found[0]:.3f} or less" if found else ""


def _limits_of_one_language(facts: Facts) -> Iterator[str]:
    articles = facts.configs.get("articles")
    if not articles or "bitext" in facts.configs:
        return
    for lang, named in (("vi", "Vietnamese"), ("en", "English")):
        if articles.rows and articles.langs[lang] == articles.rows:
            yield f"Every article is {named}, so nothing could be aligned."


def _limits_of_metadata(facts: Facts) -> Iterator[str]:
    for name in ("bitext", "articles"):
        config = facts.configs.get(name)
        if config:
            parts = [
                f"{share(config.rows - config.filled[field], config.rows)} have no {named}"
                for field, named in (("published", "date"), ("site", "site"), ("license", "stated licence"))
                if config.filled[field] < config.rows
            ]
            if parts:
                yield f"Of the rows of `{name}`, {', '.join(parts)}."
    articles = facts.configs.get("articles")
    if articles:
        mixed = articles.langs["mixed"]
        also = f"; {plural(mixed, 'article holds', 'articles hold')} both" if mixed else ""
        yield f"Languages were told by a program, from the text{also}."
        yield (
            "Titles, authors, dates and places were given by the input or read off the texts by rules; the shares above"
            " say how often there is one, not how often it is right."
        )


def _limits_of_curation(facts: Facts, run: RunFacts) -> Iterator[str]:
    searched = any(config.pii_searched for config in facts.configs.values())
    if facts.configs and not searched:
        yield "The texts were not searched for personal data."
    if "bitext" in facts.configs:
        if not run.options.get("against"):
            yield "The rows were not searched for sentences of public test sets."
        if not run.audit or run.audit.get("precision") is None or not run.audit_is_current:
            yield "No person has judged a sample of these rows."
    if "bitext" in facts.configs or "articles" in facts.configs:
        yield "Sentences and words were told apart by programs and not checked by people."
