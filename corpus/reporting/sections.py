"""The parts of the page that stand still: numbers, tables and plots, as HTML. Data passes through `escape`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from corpus.reporting.counting import METADATA, Counts
from corpus.reporting.figures import draw_dates, draw_histogram, draw_lengths
from corpus.reporting.histogram import Histogram
from corpus.reporting.words import count, escape, plural, share
from corpus.schema import SCORES

LANGUAGES = {"vi": "Vietnamese", "en": "English", "mixed": "both", "other": "another", "und": "undetermined"}
MOST_SITES = 40


def section(name: str, title: str, *parts: str) -> str:
    """One landmark of the page; empty parts are left out."""
    body = "\n".join(part for part in parts if part)
    heading = f'<h2 id="{name}-title">{title}</h2>'
    return f'<section id="{name}" aria-labelledby="{name}-title">\n{heading}\n{body}\n</section>'


def bar(kept: int, rejected: int, whole: int) -> str:
    """A bar of two shares of `whole`: full for what was kept, hollow for what was not."""
    left, right = (round(1000 * part / whole) if whole else 0 for part in (kept, rejected))
    hollow = f'<rect class="hollow" x="{left}" width="{right}" height="10"/>' if right else ""
    return (
        '<svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="fill-track" width="1000" height="10"/><rect class="fill-kept" width="{left}" height="10"/>'
        f"{hollow}</svg>"
    )


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, numbers_from: int = 1) -> str:
    """A table of ready HTML cells; columns from `numbers_from` on are numbers."""
    head = "".join(f'<th scope="col"{_number_class(k, numbers_from)}>{cell}</th>' for k, cell in enumerate(heads))
    body = "".join(
        "<tr>" + "".join(_cell(k, cell, numbers_from) for k, cell in enumerate(row)) + "</tr>\n" for row in rows
    )
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table></div>'


def _cell(k: int, cell: str, numbers_from: int) -> str:
    return f'<th scope="row">{cell}</th>' if k == 0 else f"<td{_number_class(k, numbers_from)}>{cell}</td>"


def _number_class(k: int, numbers_from: int) -> str:
    return ' class="n"' if k >= numbers_from else ""


def datum(value: object) -> str:
    """Data from an article or a file name: escaped, and set apart from the direction of the text around it."""
    return f"<bdi>{escape(value)}</bdi>"


def note(text: str) -> str:
    return f'<p class="note">{text}</p>'


def overview(counts: Counts, files: int) -> str:
    """The run in a few numbers."""
    rows, articles = counts.rows, counts.articles
    cards = [
        (rows.kept, "aligned rows", f"of {count(rows.total)}"),
        (counts.pairs_kept, "article pairs", f"of {count(counts.relations.total())} candidates"),
        (articles.kept.total(), "articles", f"of {count(articles.total)}"),
        (files, "files read", ""),
        (rows.characters["vi"], "characters, Vietnamese", ""),
        (rows.characters["en"], "characters, English", ""),
    ]
    items = "".join(
        f"<div><dt>{name}</dt><dd>{count(number)}</dd>" + (f'<dd class="of">{more}</dd></div>' if more else "</div>")
        for number, name, more in cards
    )
    return section(
        "overview",
        "At a glance",
        f'<dl class="cards">{items}</dl>',
        _splits(rows.splits),
        _pii(rows.pii),
        _gaps(counts),
    )


def _splits(splits: Counter[str]) -> str:
    named = [f"{escape(split)} {count(splits[split])}" for split in ("train", "validation", "test") if splits[split]]
    return f'<p class="splits">Kept rows by split: {", ".join(named)}.</p>' if named else ""


def _pii(kinds: Counter[str]) -> str:
    named = [f"{escape(kind)} {count(kinds[kind])}" for kind in sorted(kinds)]
    return f"<p>Rows that hold personal data: {', '.join(named)}.</p>" if named else ""


def _gaps(counts: Counts) -> str:
    """What is missing, with the next step."""
    kept = counts.articles.kept
    if counts.rows.total:
        return ""
    if kept and not (kept["mixed"] or (kept["vi"] and kept["en"])):
        [(lang, _)] = kept.most_common(1)
        return note(f"Every article is {LANGUAGES.get(lang, lang)}, so nothing could be aligned. "
                    "Build again with articles of the other language.")  # fmt: skip
    return note("There is no aligned row. If the build was stopped early, give the same songngu build without --until; "
                "otherwise see what was rejected with songngu ledger.")  # fmt: skip


def languages(counts: Counts) -> str:
    """Articles, sentences and characters by language."""
    found = counts.articles
    named = [lang for lang in LANGUAGES if found.kept[lang] or found.rejected[lang]]
    most = max((found.kept[lang] + found.rejected[lang] for lang in named), default=0)
    rows = [
        (LANGUAGES[lang], bar(found.kept[lang], found.rejected[lang], most), count(found.kept[lang]),
         count(found.rejected[lang]), count(found.sentences[lang]), count(found.characters[lang]))
        for lang in named
    ]  # fmt: skip
    heads = ("language", "", "kept", "rejected", "sentences", "characters")
    beads = [(datum(bead), bar(times, 0, counts.rows.kept), count(times), share(times, counts.rows.kept))
             for bead, times in counts.rows.beads.most_common(8)]  # fmt: skip
    shapes = table(("sentences, vi-en", "", "rows", "share"), beads, numbers_from=2) if beads else ""
    parts = [table(heads, rows, numbers_from=2)] if rows else [note("The run holds no article; its rows came aligned.")]
    return section("languages", "Languages", *parts, shapes and "<h3>Shapes of the kept rows</h3>", shapes)


def dates(counts: Counts) -> str:
    """Publication over time."""
    months, kept = counts.articles.months, counts.articles.kept.total()
    dated = sum(found.total() for found in months.values())
    if not dated:
        return section("dates", "Dates", note("No kept article states when it was published."))
    said = f"<p>{count(dated)} of {plural(kept, 'kept article')} ({share(dated, kept)}) state their date.</p>"
    figure = f'<figure class="square">{draw_dates(months)}</figure>'
    return section("dates", "Dates", said, legend(vi="Vietnamese", en="English", soft="both"), figure)


def lengths(counts: Counts) -> str:
    """Both sides' lengths against each other."""
    points, rows = list(counts.rows.points.items()), counts.rows
    if not points:
        return ""
    vi, en = rows.characters["vi"], rows.characters["en"]
    ratio = en / vi if vi and en else 1.0
    said = (
        f"<p>Each mark is a row: {count(len(points))} of {count(rows.total)}"
        f"{', drawn at random, the same ones every time' if len(points) < rows.total else ''}. The dashed line is the "
        f"collection's own ratio, {ratio:.2f} English characters for a Vietnamese one.</p>"
    )
    figure = f'<figure class="square">{draw_lengths(points, ratio)}</figure>'
    return section("lengths", "Lengths", said, legend(dot="kept", cross="rejected"), figure)


def legend(**named: str) -> str:
    """Keys with their words; the name of a key is its class."""
    keys = (f'<span><span class="key key-{name}"></span>{words}</span>' for name, words in named.items())
    return f'<p class="legend">{"".join(keys)}</p>'


def scores(counts: Counts) -> str:
    """A histogram of every score that any row has."""
    meanings = {column.name: column.meaning for column in SCORES}
    cards = [
        _score_card(name, meanings[name], histogram)
        for name, histogram in counts.rows.histograms.items()
        if histogram.values
    ]
    if not cards:
        return ""
    grid = f'<div class="grid">{"".join(cards)}</div>'
    return section("scores", "Scores", legend(kept="kept", rejected="rejected"), grid)


def _score_card(name: str, meaning: str, histogram: Histogram) -> str:
    quartiles = ", ".join(f"{histogram.quantile(part):.2f}" for part in (0.25, 0.5, 0.75))
    nulls = f"; {plural(histogram.nulls, 'row has', 'rows have')} none" if histogram.nulls else ""
    return (
        f"<figure><figcaption><b><code>{name}</code></b><br>{escape(meaning)}</figcaption>"
        f'{draw_histogram(name, histogram)}<p class="small">quartiles {quartiles}{nulls}</p></figure>'
    )


def coverage(counts: Counts) -> str:
    """How many articles and rows carry each field."""
    found, rows = counts.articles, counts.rows
    sides = [lang for lang in ("vi", "en", "mixed") if found.kept[lang]]
    heads = ["field", *(LANGUAGES[lang] for lang in sides), *(["rows"] if rows.kept else [])]
    lines = []
    for name in METADATA:
        cells = [_covered(found.fields.get(lang, Counter())[name], found.kept[lang]) for lang in sides]
        if rows.kept:
            cells.append("–" if name == "place" else _covered(rows.fields[name], rows.kept))
        lines.append((f"<code>{name}</code>", *cells))
    return section("metadata", "Metadata", table(heads, lines)) if len(heads) > 1 else ""


def _covered(part: int, whole: int) -> str:
    return f'<span class="meter">{bar(part, 0, whole)}</span><span class="share">{share(part, whole)}</span>'


def sources(counts: Counts) -> str:
    """Where the kept articles come from; a site that is not known is named by its folder."""
    found = counts.articles.sites
    order = sorted(found, key=lambda site: (-_articles_of(found[site]), site))
    lines = [
        (datum(site), *(count(found[site][lang]) for lang in ("vi", "en", "mixed")), _licences(found[site]))
        for site in order[:MOST_SITES]
    ]
    rest = order[MOST_SITES:]
    more = note(
        f"{plural(len(rest), 'more source')} with {plural(sum(_articles_of(found[s]) for s in rest), 'article')}."
    )
    heads = ("site, or folder", "Vietnamese", "English", "both", "licence stated")
    return section("sources", "Sources", table(heads, lines), more if rest else "") if lines else ""


def _articles_of(counts: Counter[str]) -> int:
    return sum(counts[lang] for lang in LANGUAGES)


def _licences(counts: Counter[str]) -> str:
    named = sorted(
        (key.removeprefix("license ") for key in counts if key.startswith("license ")), key=lambda n: (not n, n)
    )
    return ", ".join(datum(name) if name else "none" for name in named)


def recipe(manifest: Mapping[str, Any]) -> str:
    """What the run was made with, for the one who wants to make it again."""
    packages = ", ".join(
        f"{escape(name)} {escape(version)}" for name, version in manifest["packages"].items() if version
    )
    facts = [("Song Ngữ", escape(manifest["songngu"])), ("Python", escape(manifest["python"])), ("packages", packages)]
    facts += [
        (f"recipe of {escape(name)}", f"<code>{escape(steps)}</code>") for name, steps in manifest["recipe"].items()
    ]
    items = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts)
    return section("recipe", "How it was made", f'<dl class="facts">{items}</dl>')
