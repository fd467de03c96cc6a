"""The plots: matplotlib draws them, each small enough to be read on a phone; several stand side by side on a screen.

No data from an article is written into a plot: labels are ours, and numbers and dates are numbers and dates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, cast

from corpus.errors import UsageError
from corpus.reporting.histogram import BINS, Histogram
from corpus.reporting.svg import INKS, SETTINGS, to_svg

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

POINT = 1 / 72
MOST_MONTHS = 60


def draw_histogram(name: str, histogram: Histogram) -> str:
    """Kept rows below, rejected ones on top of them, hollow: the two are told apart without colour."""
    figure, axes = _axes(340, 150)
    step = (histogram.high - histogram.low) / BINS
    layers: list[tuple[list[int], list[int], dict[str, Any]]] = [
        (histogram.kept, [0] * BINS, {"color": INKS["kept"], "linewidth": 0}),
        (histogram.rejected, histogram.kept, {"facecolor": "none", "edgecolor": INKS["rejected"], "linewidth": 0.9}),
    ]
    for heights, below, style in layers:
        filled = [k for k in range(BINS) if heights[k]]
        lefts = [histogram.low + (k + 0.07) * step for k in filled]
        bottoms = [below[k] for k in filled]
        axes.bar(lefts, [heights[k] for k in filled], width=step * 0.86, align="edge", bottom=bottoms, **style)
    axes.set_xlim(histogram.low, histogram.high)
    if histogram.high > 1:
        axes.set_xticks([0, 1, 2, 3], ["0", "1", "2", "3 and more"])
        axes.get_xticklabels()[-1].set_horizontalalignment("right")
    label = f"Distribution of {name}: median {histogram.quantile(0.5) or 0:.2f}, {histogram.values} values"
    return to_svg(figure, f"h-{name}", label)


def draw_dates(months: Mapping[str, Counter[str]]) -> str:
    """Articles by month of publication, or by year where there are more than `MOST_MONTHS` months."""
    together: Counter[str] = sum(months.values(), Counter())
    known = sorted(month for month in together if len(month) == 7)
    by_year = len(known) < len(together) or _month_number(known[-1]) - _month_number(known[0]) >= MOST_MONTHS
    place = _year_number if by_year else _month_number
    places = sorted({place(month) for month in together})
    figure, axes = _axes(440, 190)
    below: Counter[int] = Counter()
    for lang in ("vi", "en", "mixed"):
        heights: Counter[int] = Counter()
        for month, articles in months.get(lang, {}).items():
            heights[place(month)] += articles
        bottoms, ink = [below[p] for p in places], INKS.get(lang, INKS["soft"])
        axes.bar(places, [heights[p] for p in places], width=0.8, bottom=bottoms, color=ink, linewidth=0)
        below.update(heights)
    _date_ticks(axes, places[0], places[-1], by_year=by_year)
    return to_svg(figure, "dates", f"Articles by {'year' if by_year else 'month'} of publication")


def _year_number(month: str) -> int:
    return int(month[:4])


def _month_number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def _date_ticks(axes: Axes, first: int, last: int, *, by_year: bool) -> None:
    """A few whole years or months, and room for one bar that stands alone."""
    stride = max(1, -(-(last - first + 1) // 5))
    ticks = list(range(first, last + 1, stride))
    labels = [str(tick) if by_year else f"{tick // 12}-{tick % 12 + 1:02d}" for tick in ticks]
    axes.set_xticks(ticks, labels)
    axes.set_xlim(first - 3 if last - first < 6 else first - 1, last + 3 if last - first < 6 else last + 1)


def draw_lengths(points: Sequence[tuple[int, int, bool]], ratio: float) -> str:
    """Characters of both sides, on logarithmic scales; the line is the collection's own ratio."""
    figure, axes = _axes(440, 330, grid="both")
    styles: list[tuple[bool, dict[str, Any]]] = [
        (True, {"marker": "o", "facecolor": INKS["kept"], "alpha": 0.45, "linewidth": 0}),
        (False, {"marker": "x", "color": INKS["rejected"], "alpha": 0.8, "linewidth": 0.9}),
    ]
    for kept, style in styles:
        chosen = [(max(1, vi), max(1, en)) for vi, en, is_kept in points if is_kept == kept]
        axes.scatter([x for x, _ in chosen], [y for _, y in chosen], s=10, **style)
    axes.set_xscale("log")
    axes.set_yscale("log")
    low, high = _limits(points)
    axes.plot([low, high], [low * ratio, high * ratio], color=INKS["text"], linewidth=0.8, linestyle=(0, (4, 3)))
    for axis, limits in ((axes.xaxis, axes.set_xlim), (axes.yaxis, axes.set_ylim)):
        limits(low, high)
        ticks = [tick for tick in (1, 3, 10, 30, 100, 300, 1000, 3000, 10000, 100000) if low <= tick <= high]
        axis.set_ticks(ticks, [f"{tick:,}" for tick in ticks])
        axis.set_ticks([], minor=True)
    axes.set_xlabel("characters, Vietnamese")
    axes.set_ylabel("characters, English")
    label = f"Characters of both sides of {len(points)} rows; English is {ratio:.2f} times as long"
    return to_svg(figure, "lengths", label)


def _limits(points: Sequence[tuple[int, int, bool]]) -> tuple[float, float]:
    lengths = [max(1, length) for vi, en, _ in points for length in (vi, en)]
    return min(lengths) / 1.4, max(lengths) * 1.4


def draw_bands(name: str, bands: Sequence[tuple[float, int, float, float, float]]) -> str:
    """A score at every level of `align_prob`: its median as points, the middle 80 % as a bar."""
    figure, axes = _axes(340, 200, grid="both")
    levels = [level for level, *_ in bands]
    _bars(axes, bands)
    axes.plot(levels, [middle for _, _, _, middle, _ in bands], "o-", color=INKS["kept"], linewidth=1, markersize=4)
    return _square(figure, axes, f"b-{name}", name, f"Median and middle 80 % of {name} at each level of align_prob")


def draw_reliability(bins: Sequence[tuple[float, int, float, float, float]]) -> str:
    """The share a person found good at each level of `align_prob`, with its 95 % interval; the diagonal is perfect."""
    figure, axes = _axes(340, 240, grid="both")
    axes.plot([0, 1], [0, 1], color=INKS["text"], linewidth=0.8, linestyle=(0, (4, 3)))
    levels = [level for level, *_ in bins]
    _bars(axes, bins)
    axes.plot(levels, [good for _, _, _, good, _ in bins], "o", color=INKS["kept"], markersize=5)
    return _square(figure, axes, "reliability", "found good", "Share found good at each level of align_prob")


def _bars(axes: Axes, bands: Sequence[tuple[float, int, float, float, float]]) -> None:
    lows, highs = [low for _, _, low, _, _ in bands], [high for *_, high in bands]
    axes.vlines([level for level, *_ in bands], lows, highs, color=INKS["soft"], linewidth=5)


def _square(figure: Figure, axes: Axes, name: str, ylabel: str, label: str) -> str:
    axes.set_xlim(0, 1.02)
    axes.set_ylim(0, 1.02)
    axes.set_xlabel("align_prob")
    axes.set_ylabel(ylabel)
    return to_svg(figure, name, label)


def _axes(width: int, height: int, *, grid: Literal["y", "both"] = "y") -> tuple[Figure, Axes]:
    """An empty plot of so many points, without a frame. Raises UsageError where matplotlib is missing."""
    try:
        import matplotlib
        from matplotlib.figure import Figure
    except ImportError as error:
        raise UsageError("a report needs matplotlib; pip install matplotlib") from error

    with matplotlib.rc_context(SETTINGS):
        figure = Figure(figsize=(width * POINT, height * POINT), dpi=72, layout="constrained")
        axes = figure.add_subplot()
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(INKS["line"])
    axes.grid(axis=grid, color=INKS["line"], linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(colors=INKS["line"], labelcolor=INKS["text"], length=0, labelsize=10)
    for axis in (axes.xaxis, axes.yaxis):
        axis.label.set_color(INKS["text"])
        axis.label.set_fontsize(10)
    cast(Any, axes.yaxis.get_major_locator()).set_params(integer=grid == "y", nbins=4)
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}" if grid == "y" else f"{value:g}")
    return figure, axes
