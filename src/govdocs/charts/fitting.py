"""Fit data to a chart of the template: what its kind asks for, and what that makes of the data.

Bars, lines, pies take figures over categories; scatter charts take pairs, bubble charts triples.
What does not fit is told here, all of it at once, before anything is written.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, TypeAlias

from govdocs.charts.parts import (
    FIXED,
    Element,
    Kind,
    SeriesPart,
    X,
    groups_of,
    has_date_axis,
    is_1904,
    local_name,
    series_of,
)
from govdocs.errors import DataError, Problem
from govdocs.values.charts import Chart, Series
from govdocs.values.dates import as_date
from govdocs.values.number_format import is_date_format
from govdocs.values.printing import print_value
from govdocs.values.serials import serial_of

MAX_SERIES, MAX_POINTS = 255, 32_000
"""What Word and Excel draw in one chart."""

CellValue: TypeAlias = str | int | float | Decimal | None
"""What stands in a cell; a date is its serial number."""

XKind = Literal["text", "number", "levels", "none"]


@dataclass(frozen=True, slots=True)
class ChartFacts:
    """What has to be known of a chart to judge data for it.

    Attributes:
        kinds: of its series, in their order.
        is_fixed: whether each series has a meaning of its own, so that their count stays.
        on_dates: whether its categories stand on an axis of dates.
        shows_dates: whether its own categories are dates.
        date1904: whether its days count from 1904.
    """

    kinds: tuple[Kind, ...]
    is_fixed: bool
    on_dates: bool
    shows_dates: bool
    date1904: bool


@dataclass(frozen=True, slots=True)
class FittedSeries:
    """A series as it will be written.

    Attributes:
        name: None keeps the template's.
        x: columns of what stands below the points, the outermost level first.
        x_kind: what ``x`` is.
        sizes: of a bubble chart; None in others.
    """

    name: str | None
    x: tuple[tuple[CellValue, ...], ...]
    x_kind: XKind
    y: tuple[CellValue, ...]
    sizes: tuple[CellValue, ...] | None = None


def read_facts(root: Element) -> ChartFacts:
    """Read what a chart is.

    Raises:
        DataError: it is one that takes no data: a pivot chart, or one without series.
    """
    series = series_of(root)
    if root.find("{*}pivotSource") is not None:
        raise DataError.of("chart.of_pivot")
    if not series:
        raise DataError.of("chart.without_series")
    return ChartFacts(
        tuple(one.kind for one in series),
        any(local_name(one) in FIXED for one in groups_of(root)),
        has_date_axis(root),
        any(_shows_dates(one) for one in series),
        is_1904(root),
    )


def _shows_dates(series: SeriesPart) -> bool:
    held = series.data(X)
    codes = [] if held is None else [one.text or "" for one in held.iter("{*}formatCode")]
    return any(map(_is_date, codes))


def _is_date(code: str) -> bool:
    try:
        return is_date_format(code)
    except DataError:
        return False  # one that nobody can read


def _once(rows: Sequence[tuple[str, ...]]) -> Iterator[tuple[CellValue, ...]]:
    """Leave a level out where it says the same as in the row before, as workbooks have it."""
    before: tuple[str, ...] = ()
    for row in rows:
        same = 0
        while same < len(row) - 1 and before[: same + 1] == row[: same + 1]:
            same += 1
        yield (*(None for _ in row[:same]), *row[same:])
        before = row


def fit_chart(chart: Chart, facts: ChartFacts) -> tuple[FittedSeries, ...]:
    """Fit data to a chart.

    Raises:
        DataError: everything that does not fit.
    """
    fitting = _Fitting(chart, facts)
    fitted = tuple(fitting.run())
    if fitting.problems:
        raise DataError(fitting.problems)
    return fitted


@dataclass(slots=True)
class _Fitting:
    chart: Chart
    facts: ChartFacts
    problems: list[Problem] = field(default_factory=list)

    def run(self) -> Iterator[FittedSeries]:
        series = self._series()
        known = len(self.facts.kinds)
        self._check_counts(series)
        for number, one in enumerate(series):
            kind = self.facts.kinds[min(number, known - 1)]
            if number >= known and one.name is None:
                self._problem("chart.series_without_name", number=number + 1)
            said = one.name or str(number + 1)
            x, x_kind = self._x(one, kind, said)
            if kind == "bubble" and one.sizes is None:
                self._problem("chart.no_sizes", name=said)
            yield FittedSeries(one.name, x, x_kind, one.values, one.sizes)

    def _problem(self, code: str, **fields: object) -> None:
        self.problems.append(Problem(code, (), fields))

    def _series(self) -> Sequence[Series]:
        """List the series; of a bubble chart two columns of figures are one: y and size."""
        series = self.chart.series
        plain = all(one.x is None for one in series)
        if set(self.facts.kinds) != {"bubble"} or not plain or len(series) % 2:
            return series
        pairs = zip(series[::2], series[1::2], strict=True)
        return [Series(y.name, y.values, None, size.values) for y, size in pairs]

    def _check_counts(self, series: Sequence[Series]) -> None:
        if self.facts.is_fixed and len(series) != len(self.facts.kinds):
            self._problem("chart.series_count", count=len(series), wanted=len(self.facts.kinds))
        points = max((len(one.values) for one in series), default=0)
        if len(series) > MAX_SERIES:
            self._problem("chart.too_many_series", count=len(series), limit=MAX_SERIES)
        if points > MAX_POINTS:
            self._problem("chart.too_many_points", count=points, limit=MAX_POINTS)

    def _x(
        self, series: Series, kind: Kind, said: str
    ) -> tuple[tuple[tuple[CellValue, ...], ...], XKind]:
        if kind == "category":
            if series.x is not None:
                self._problem("chart.points_over_categories", name=said)
            return self._categories()
        given: Iterable[object] = self.chart.categories if series.x is None else series.x
        read: list[CellValue] = []
        for number, one in enumerate(given, 1):
            if isinstance(one, dt.date):
                read.append(self._serial(one))
            elif one is None or isinstance(one, (int, float, Decimal)):
                read.append(one)
            else:
                self._problem("chart.x_not_a_number", name=said, number=number, value=one)
        return (tuple(read),), "number"

    def _categories(self) -> tuple[tuple[tuple[CellValue, ...], ...], XKind]:
        given = self.chart.categories
        if self.chart.levels > 1:
            rows = [one for one in given if isinstance(one, tuple)]
            return tuple(zip(*_once(rows), strict=True)), "levels"
        flat = [one[0] if isinstance(one, tuple) else one for one in given]
        if not flat:
            return ((),), "text"
        if self.facts.on_dates:
            return (tuple(self._dates(flat)),), "number"
        if self.facts.shows_dates and all(isinstance(one, dt.date) for one in flat):
            return (tuple(self._serial(one) for one in flat if isinstance(one, dt.date)),), "number"
        numbers = [one for one in flat if isinstance(one, (int, float, Decimal))]
        if len(numbers) == len(flat):
            return (tuple(numbers),), "number"
        return (tuple(print_value(one) for one in flat),), "text"

    def _dates(self, given: Sequence[object]) -> Iterator[CellValue]:
        """Read the categories of an axis of dates; a year alone is no date."""
        for number, one in enumerate(given, 1):
            try:
                yield self._serial(one if isinstance(one, dt.date) else as_date(one))
            except DataError:
                self._problem("chart.not_a_date", number=number, value=one)

    def _serial(self, day: dt.date) -> int | float:
        return serial_of(day, date1904=self.facts.date1904)
