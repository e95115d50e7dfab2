"""Pictures of the command line, by matplotlib: the reliability curve of the confidence, figures over time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import InputError
from index.types import Figure, Period

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

_STYLES: dict[str, dict[str, Any]] = {
    "actual": {"marker": "o", "linestyle": "-", "label": "thực hiện"},
    "estimate": {"marker": "o", "linestyle": ":", "markerfacecolor": "white", "label": "ước"},
    "plan": {"marker": "s", "linestyle": "--", "markerfacecolor": "white", "label": "kế hoạch"},
}
"""How each kind of figure is drawn: what has happened filled, what has not hollow."""
_COLOURS = ("#1b6ca8", "#c8553d", "#3a7d44", "#7b4b94", "#b8860b", "#444444")
_SCALES = ((Decimal(10**12), "nghìn tỷ "), (Decimal(10**9), "tỷ "), (Decimal(10**6), "triệu "))


def plot_reliability(points: Sequence[tuple[float, float, int]], path: Path) -> None:
    """Draw the reliability curve: (mean confidence, share that is right, how many).

    Raises:
        InputError: matplotlib is not installed (the extra ``dev`` or ``figures``).
    """
    canvas = _canvas(5, 5)
    axes = canvas.subplots()
    axes.plot([0, 1], [0, 1], color="grey", linestyle="--")
    axes.plot([x for x, _, _ in points], [y for _, y, _ in points], marker="o")
    for x, y, count in points:
        axes.annotate(str(count), (x, y))
    axes.set(xlabel="confidence", ylabel="share right", xlim=(0, 1), ylim=(0, 1))
    canvas.savefig(path)


def plot_figures(figures: Sequence[Figure], title: str, path: Path) -> int:
    """Draw figures over time, one colour a place, plans and estimates hollow; only the unit most of them have.

    Args:
        figures: of one indicator; those without a period are left out.
        title: what is written above.
        path: the file to make; its suffix names the format.

    Returns:
        How many figures were drawn.

    Raises:
        InputError: nothing to draw, or matplotlib is not installed.
    """
    dated = [figure for figure in figures if figure.period and figure.period.last]
    units = [figure.unit for figure in dated]
    if not units:
        raise InputError("không có số liệu nào có thời gian để vẽ")
    unit = max(units, key=units.count)
    drawn = [figure for figure in dated if figure.unit == unit]
    scale, word = _scale(max(abs(figure.value) for figure in drawn), unit)
    canvas = _canvas(8, 4.5)
    axes = canvas.subplots()
    for colour, place in zip(cycle(_COLOURS), sorted({figure.place for figure in drawn}), strict=False):
        for kind in _STYLES:
            chosen = [figure for figure in drawn if figure.place == place and figure.kind == kind]
            _line(axes, chosen, colour, scale)
    axes.set(title=title, ylabel=f"{word}{unit}")
    axes.locator_params(axis="x", integer=True)
    axes.grid(alpha=0.3)
    axes.legend()
    canvas.savefig(path, dpi=150, bbox_inches="tight")
    return len(drawn)


def _line(axes: Axes, figures: Sequence[Figure], colour: str, scale: Decimal) -> None:
    """The figures of one place and kind as a line over the ends of their periods."""
    points = sorted(
        {(_year(figure.period), float(figure.value / scale)) for figure in figures if figure.period}
    )
    if not points:
        return
    style = dict(_STYLES[figures[0].kind])
    label = f"{figures[0].place or 'không rõ nơi'}, {style.pop('label')}"
    axes.plot(
        [year for year, _ in points], [value for _, value in points], color=colour, label=label, **style
    )


def _year(period: Period) -> float:
    """Where a period ends, in years: 2020 for the whole of 2020, 2019.75 for its first nine months."""
    last = period.last or date.max
    return last.year - 1 + last.month / 12


def _scale(most: Decimal, unit: str) -> tuple[Decimal, str]:
    """What values are divided by, and the word for it; only money grows so large that a word helps.

    >>> _scale(Decimal(459_600_000_000), "đồng")
    (Decimal('1000000000'), 'tỷ ')
    """
    fitting = (
        (pair for pair in _SCALES if most >= pair[0]) if unit.split("/")[0] in ("đồng", "usd") else iter(())
    )
    return next(fitting, (Decimal(1), ""))


def _canvas(width: float, height: float) -> Canvas:
    try:
        from matplotlib.figure import Figure as Canvas
    except ImportError as error:
        raise InputError("drawing needs matplotlib: pip install 'hoidap[figures]'") from error
    return Canvas(figsize=(width, height))
