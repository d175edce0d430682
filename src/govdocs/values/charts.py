"""Charts as values: categories, series and their figures, from a Chart or from plain data.

What a value cannot be is told here, all of it at once. This module knows no kind of chart and no
cells, and rounds nothing.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeAlias

from govdocs.errors import DataError, Problem
from govdocs.values.frames import Frame, maybe_frame, rows_of
from govdocs.values.numbers import as_number, is_number
from govdocs.values.plain import plain
from govdocs.values.printing import print_value

Figure: TypeAlias = int | float | Decimal | None
"""A number as it was given; None is a gap."""

Category: TypeAlias = str | int | float | Decimal | dt.date | tuple[str, ...]
"""What a figure stands over: a text, a number, a date, or texts of several levels, outermost first.
"""

CATEGORIES, SERIES, ALT = ("categories", "类别"), ("series", "系列"), ("alt", "替代文字")
_KEYS = (*CATEGORIES, *SERIES, *ALT)
_POINTS = (2, 3)
_GLIMPSE = 40


@dataclass(frozen=True, slots=True)
class Series:
    """One series of a chart.

    Attributes:
        name: what the legend says; None keeps what the template's series says.
        values: its figures.
        x: of a scatter or bubble chart: where each figure stands; None: over the categories.
        sizes: of a bubble chart.
    """

    name: str | None
    values: tuple[Figure, ...]
    x: tuple[Figure | dt.date, ...] | None = None
    sizes: tuple[Figure, ...] | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """The data of a chart: what its series show over which categories.

    Args:
        categories: texts, numbers or dates, one for each point; for categories of several levels
            tuples such as ``("2019年", "上半年")``, outermost first. Left out where points have
            their own x.
        series: a mapping of name -> figures, or pairs of name and figures. As many figures as there
            are categories; None is a gap. In a scatter chart figures may be pairs ``(x, y)``, in a
            bubble chart they are ``(x, y, size)``. A name of None keeps the template's.
        alt: what the chart shows, for those who cannot see it.

    Raises:
        DataError: every fault: series of another length, figures that are none, names given twice.
    """

    categories: tuple[Category, ...]
    series: tuple[Series, ...]
    alt: str = ""

    def __init__(
        self,
        categories: Iterable[Any] = (),
        series: Mapping[Any, Any] | Iterable[Any] = (),
        alt: str = "",
    ) -> None:
        reader = _Reader()
        own = reader.categories(categories)
        read = reader.all_series(series, None if reader.problems else own)
        if reader.problems:
            raise DataError(reader.problems)
        object.__setattr__(self, "categories", own)
        object.__setattr__(self, "series", read)
        object.__setattr__(self, "alt", str(alt))

    @property
    def levels(self) -> int:
        """How many levels its categories have."""
        first = self.categories[0] if self.categories else ""
        return len(first) if isinstance(first, tuple) else 1


@dataclass(frozen=True, slots=True)
class Described:
    """Data of a chart together with the description that its chart has already."""

    value: Any
    alt: str


@dataclass(frozen=True, slots=True)
class Columns:
    """A table that columns were chosen from: the categories', then one for each series."""

    names: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def read_chart(value: Any) -> Chart:
    """Read the data of a chart.

    Args:
        value: a :class:`Chart`; a mapping with ``categories`` and ``series`` (类别, 系列); a table,
            whose first column holds the categories and each other column a series: rows as
            mappings, a mapping of columns, a data frame; or, for a single series, a mapping of
            category -> figure.

    Raises:
        DataError: every fault.
    """
    if isinstance(value, Described):
        chart = read_chart(value.value)
        return chart if chart.alt else _with_alt(chart, value.alt)
    if isinstance(value, Chart):
        return value
    if isinstance(value, Columns):
        return read_table(value.names, value.rows)
    if isinstance(value, Mapping):
        return _read_mapping(value)
    frame = value if isinstance(value, Frame) else maybe_frame(value)
    if frame is not None:
        return read_table(frame.columns, list(rows_of(frame)))
    if isinstance(value, (str, bytes)) or not isinstance(value, Iterable):
        raise _not_data(value)
    rows = list(value)
    if not rows:
        raise DataError.of("chart.no_series")
    if all(isinstance(row, Mapping) for row in rows):
        return _read_rows(rows)
    raise _not_data(value)


def read_table(names: Sequence[Any], rows: Sequence[Sequence[Any]]) -> Chart:
    """Read a table: the first column holds the categories, each other column a series."""
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    pairs = list(zip(names[1:], columns[1:], strict=True))
    return Chart(columns[0] if columns else (), pairs)


def is_gap(value: Any) -> bool:
    """Tell whether a value is none: null, NaN, or what data frames write for them."""
    value = plain(value)
    return value is None or (isinstance(value, Decimal) and value.is_nan())


def _with_alt(chart: Chart, alt: str) -> Chart:
    copy = object.__new__(Chart)
    for name, one in (("categories", chart.categories), ("series", chart.series), ("alt", alt)):
        object.__setattr__(copy, name, one)
    return copy


def _read_mapping(value: Mapping[Any, Any]) -> Chart:
    if any(key in value for key in SERIES):
        unknown = [str(key) for key in value if key not in _KEYS]
        if unknown:
            fields = {"found": unknown, "known": ["categories", "series", "alt"]}
            raise DataError.of("chart.unknown_key", fields=fields)
        own, series, alt = (_first(value, keys) for keys in (CATEGORIES, SERIES, ALT))
        return Chart(own, series, alt or "")
    if value and all(is_number(one) or is_gap(one) for one in value.values()):
        return Chart(value.keys(), [(None, list(value.values()))])
    if not all(_is_list(one) for one in value.values()):
        raise _not_data(value)
    if not value:
        raise DataError.of("chart.no_series")
    columns = {str(name): list(one) for name, one in value.items()}
    counts = {name: len(one) for name, one in columns.items()}
    if len(set(counts.values())) > 1:
        (_, wanted), *others = counts.items()
        differ = [_lengths_differ(name, count, wanted) for name, count in others if count != wanted]
        raise DataError(differ)
    return read_table(list(columns), list(zip(*columns.values(), strict=True)))


def _first(value: Mapping[Any, Any], keys: Iterable[str]) -> Any:
    return next((value[key] for key in keys if value.get(key) is not None), ())


def _read_rows(rows: list[Mapping[Any, Any]]) -> Chart:
    names = list(dict.fromkeys(key for row in rows for key in row))
    problems = [
        Problem("chart.row_without", (), {"row": number, "name": name})
        for number, row in enumerate(rows, 1)
        for name in names
        if name not in row
    ]
    if problems:
        raise DataError(problems)
    return read_table(names, [[row[name] for name in names] for row in rows])


def _is_list(value: Any) -> bool:
    return isinstance(value, Iterable) and not isinstance(value, (str, bytes, Mapping))


def _not_data(value: Any) -> DataError:
    return DataError.of("chart.not_data", fields={"kind": type(value).__name__})


def _lengths_differ(name: str, count: int, wanted: int) -> Problem:
    return Problem("chart.lengths_differ", (), {"name": name, "count": count, "wanted": wanted})


def _glimpse(value: Any) -> str:
    text = str(value)
    return text if len(text) <= _GLIMPSE else text[: _GLIMPSE - 1] + "…"


@dataclass(slots=True)
class _Reader:
    """The reading of one chart; faults are gathered."""

    problems: list[Problem] = field(default_factory=list)

    def categories(self, given: Any) -> tuple[Category, ...]:
        if not _is_list(given):
            self.problems.append(_not_data(given).problems[0])
            return ()
        read = [self._category(one, number) for number, one in enumerate(given, 1)]
        depths = {len(one) if isinstance(one, tuple) else 1 for one in read}
        if len(depths) > 1:
            self.problems.append(Problem("chart.levels_differ", (), {"found": sorted(depths)}))
        return tuple(read)

    def all_series(self, given: Any, categories: tuple[Category, ...] | None) -> tuple[Series, ...]:
        """Read the series; without categories, which are at fault, none is too long."""
        pairs = self._pairs(given)
        if not pairs and not self.problems:
            self.problems.append(Problem("chart.no_series"))
        read = [
            self._series(name, values, categories, str(number))
            for number, (name, values) in enumerate(pairs, 1)
        ]
        names = [one.name for one in read if one.name is not None]
        twice = list(dict.fromkeys(name for name in names if names.count(name) > 1))
        self.problems += [Problem("chart.same_name", (), {"name": name}) for name in twice]
        return tuple(read)

    def _pairs(self, given: Any) -> list[tuple[Any, Any]]:
        if isinstance(given, Mapping):
            return list(given.items())
        if not _is_list(given):
            self.problems.append(_not_data(given).problems[0])
            return []
        pairs: list[tuple[Any, Any]] = []
        for one in given:
            is_pair = isinstance(one, (tuple, list)) and len(one) == len(("name", "values"))
            if is_pair and (one[0] is None or isinstance(one[0], str) or not _is_list(one[0])):
                pairs.append((one[0], one[1]))
            elif isinstance(one, Series):
                pairs.append((one.name, _points_of(one)))
            else:
                self.problems.append(_not_data(one).problems[0])
        return pairs

    def _series(
        self, name: Any, values: Any, categories: tuple[Category, ...] | None, number: str
    ) -> Series:
        own = None if name is None else print_value(name)
        said = own or number
        if not _is_list(values):
            fields = {"name": said, "kind": type(values).__name__}
            self.problems.append(Problem("chart.not_a_series", (), fields))
            return Series(own, ())
        listed = list(values)
        sizes = {len(one) if isinstance(one, (tuple, list)) else 1 for one in listed}
        if len(sizes) == 1 and sizes & set(_POINTS):
            return self._series_of_points(own, said, listed)
        if categories == () and listed:
            self.problems.append(Problem("chart.no_categories", (), {"name": said}))
        elif categories is not None and len(listed) != len(categories):
            self.problems.append(_lengths_differ(said, len(listed), len(categories)))
        return Series(own, self._figures(listed, said))

    def _series_of_points(self, name: str | None, said: str, points: list[Any]) -> Series:
        x, y, *sizes = (list(column) for column in zip(*points, strict=True))
        read_x = tuple(
            one if isinstance(one, dt.date) and not is_gap(one) else self._figure(one, said, number)
            for number, one in enumerate(x, 1)
        )
        read_sizes = self._figures(sizes[0], said) if sizes else None
        return Series(name, self._figures(y, said), read_x, read_sizes)

    def _figures(self, values: list[Any], name: str) -> tuple[Figure, ...]:
        return tuple(self._figure(one, name, number) for number, one in enumerate(values, 1))

    def _figure(self, value: Any, name: str, number: int) -> Figure:
        value = plain(value)
        if is_gap(value):
            return None
        try:
            exact = as_number(value)
        except DataError:
            fields = {"name": name, "number": number, "value": _glimpse(value)}
            fields["kind"] = type(value).__name__
            self.problems.append(Problem("chart.not_a_number", (), fields))
            return None
        # a float keeps all of its digits: what is drawn is what was given
        return float(value) if isinstance(value, float) else exact

    def _category(self, value: Any, number: int) -> Category:
        value = plain(value)
        if is_gap(value):
            return ""
        if isinstance(value, (tuple, list)) and value:
            return tuple("" if is_gap(one) else print_value(one) for one in value)
        if isinstance(value, (str, dt.date)):
            return value
        if is_number(value):
            return float(value) if isinstance(value, float) else as_number(value)
        if isinstance(value, (bool, dt.time)):
            return print_value(value)
        fields = {"number": number, "value": _glimpse(value), "kind": type(value).__name__}
        self.problems.append(Problem("chart.not_a_category", (), fields))
        return ""


def _points_of(series: Series) -> list[Any]:
    """Write a series as it is given to a chart."""
    if series.x is None:
        return list(series.values)
    rows = (series.x, series.values, *([series.sizes] if series.sizes is not None else []))
    return list(zip(*rows, strict=True))
