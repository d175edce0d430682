"""Fill a chart: its part and the workbook that it embeds are written from the same data.

Titles that are read from cells of the data follow; what the legend said of entries that are gone
goes. A figure that a fixed axis would cut off is said. This module opens no packages of documents.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from govdocs.charts.areas import Area, parse_area
from govdocs.charts.caches import write_texts
from govdocs.charts.fitting import CellValue, FittedSeries
from govdocs.charts.layout import Layout, lay_out, read_areas
from govdocs.charts.parts import (
    Element,
    SeriesPart,
    Y,
    groups_of,
    local_name,
    number_in,
    series_of,
    value_of,
)
from govdocs.charts.series import drop_hidden_series, match_series, write_series
from govdocs.charts.workbook import Workbook
from govdocs.errors import Problem
from govdocs.opc import Package
from govdocs.values.printing import print_value


@dataclass(slots=True)
class Filled:
    """What came of filling a chart.

    Attributes:
        workbook: the new one; None where there was none.
        notes: what the caller should know, without places.
    """

    workbook: bytes | None
    notes: list[Problem] = field(default_factory=list)


def fill_chart(root: Element, data: Sequence[FittedSeries], workbook: Package | None) -> Filled:
    """Write data into a chart and its workbook.

    Args:
        root: of the chart's part; it is changed.
        data: fitted to this chart.
        workbook: that it embeds; None for none.
    """
    template = series_of(root)
    book = None if workbook is None else Workbook(workbook)
    layout = _lay_out(template, data, book)
    series = match_series(template, len(data))
    drop_hidden_series(root)
    codes: list[str] = []
    for number, (one, values) in enumerate(zip(series, data, strict=True)):
        codes += write_series(one, values, layout.areas[number] if layout else None)
    if layout is not None:
        _follow_titles(root, series, layout)
    _drop_legend_entries(root, series)
    notes = [Problem(code, (), {}, "warning") for code in dict.fromkeys(codes)]
    notes += _beyond_axes(root, data)
    written = None if book is None or layout is None else book.write(layout)
    return Filled(written, notes)


def _lay_out(
    template: Sequence[SeriesPart], data: Sequence[FittedSeries], book: Workbook | None
) -> Layout | None:
    """Lay the data out in the workbook; None where the chart does not say where its data stand."""
    if book is None:
        if template[0].area(Y) is None:
            return None
        return lay_out(data, read_areas(template, ""), lambda *_: False, "Sheet1")
    areas = read_areas(template, book.first)
    if any(not book.has(area.sheet) for one in areas for area in one.values()):
        areas = []
    return lay_out(data, areas, book.holds, book.first)


def _follow_titles(root: Element, series: Sequence[SeriesPart], layout: Layout) -> None:
    """Write titles anew that are read from a cell of the data."""
    own = {ref for one in series for ref in one.element.iter("{*}strRef")}
    for reference in list(root.iter("{*}strRef")):
        formula = reference.find("{*}f")
        area = None if formula is None else parse_area(formula.text)
        holder = reference.getparent()
        if reference in own or area is None or holder is None or not _is_cell(area):
            continue
        spot = (area.sheet, area.top, area.left)
        if spot in layout.cells or spot in layout.own:
            value = layout.cells.get(spot)
            write_texts(holder, str(area), [None if value is None else print_value(value)])


def _is_cell(area: Area) -> bool:
    return area.height == area.width == 1


def _drop_legend_entries(root: Element, series: Sequence[SeriesPart]) -> None:
    """Remove what the legend says of entries that there are not any more."""
    entries = max([len(series), *(one.points for one in series)])
    for legend in root.iter("{*}legend"):
        for one in list(legend.iterchildren("{*}legendEntry")):
            if number_in(one, "idx") >= entries:
                legend.remove(one)


def _beyond_axes(root: Element, data: Sequence[FittedSeries]) -> Iterator[Problem]:
    """Say which figures stand beyond what an axis of the template shows."""
    groupings = {value_of(one.find("{*}grouping")) for one in groups_of(root)}
    if groupings - {"", "standard", "clustered"}:
        return  # what is stacked stands at its sum
    figures = [one for series in data for one in series.y if one is not None]
    axes = [one for one in root.iter("{*}valAx") if _shows_values(one, root)]
    if len(axes) != 1 or not figures:
        return  # with two axes it takes the drawing to say which series is whose
    for name, is_out in (("max", _is_above), ("min", _is_below)):
        limit = value_of(axes[0].find(f"{{*}}scaling/{{*}}{name}"))
        worst = [one for one in figures if limit and is_out(one, limit)]
        if worst:
            fields = {"value": print_value(worst[0]), "limit": limit}
            yield Problem("chart.beyond_axis", (), fields, "warning")


def _shows_values(axis: Element, root: Element) -> bool:
    """Whether figures stand along an axis: of a scatter chart's two, the second."""
    is_pair = any(local_name(one) in ("scatterChart", "bubbleChart") for one in groups_of(root))
    return not is_pair or value_of(axis.find("{*}axPos")) in ("l", "r")


def _is_above(value: CellValue, limit: str) -> bool:
    return not isinstance(value, (str, type(None))) and float(value) > float(limit)


def _is_below(value: CellValue, limit: str) -> bool:
    return not isinstance(value, (str, type(None))) and float(value) < float(limit)
