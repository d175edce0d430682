"""The series of a chart written from data: those that there are, further ones, fewer.

A further series is a copy of the last one, told apart from it: its own number, the next colour of
the theme, nothing that was said of single points. What is read from cells that are not the chart's
any more (labels from cells, error bars from cells, hidden series) goes, because it would be stale.
"""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import replace

from lxml import etree

from govdocs.charts.areas import Area
from govdocs.charts.caches import (
    format_code,
    formula_of,
    write_levels,
    write_name,
    write_numbers,
    write_texts,
)
from govdocs.charts.fitting import FittedSeries
from govdocs.charts.parts import (
    NAMES,
    SERIES_ORDER,
    SIZE,
    TX,
    Element,
    SeriesPart,
    X,
    Y,
    groups_of,
    is_group,
    local_name,
    number_in,
    value_of,
)

_ACCENTS = 6
_ACCENT = re.compile(r"accent([1-6])")
_UNIQUE = re.compile(r"\{([0-9A-Fa-f]{8})(-.*\})")


def match_series(series: Sequence[SeriesPart], count: int) -> list[SeriesPart]:
    """Let a chart have ``count`` series: remove the last ones, or copy the last one."""
    kept = list(series[:count])
    for gone in series[count:]:
        _take_out(gone.element)
    for _ in range(count - len(series)):
        kept.append(replace(series[-1], element=_copy_after(kept[-1].element)))
    return kept


def write_series(
    series: SeriesPart, data: FittedSeries, areas: dict[str, Area] | None
) -> list[str]:
    """Write data into a series.

    Args:
        series: of the chart.
        data: to be written.
        areas: the cells of its dimensions; None where there is no workbook: its formulas stay.

    Returns:
        What was taken away because nobody knows it any more: codes of notes.
    """
    dropped = _drop_stale(series.element, len(data.y))
    formulas = _formulas(series, areas)
    if data.name is not None:
        write_name(_held(series, TX), formulas[TX], data.name)
    code = format_code(series.data(X))
    x = _held(series, X)
    match data.x_kind:
        case "levels":
            write_levels(x, formulas[X], data.x)
        case "number":
            write_numbers(x, formulas[X], data.x[0], code)
        case _:
            write_texts(x, formulas[X], data.x[0])
    for dimension, values in ((Y, data.y), (SIZE, data.sizes)):
        if values is not None:
            held = _held(series, dimension)
            write_numbers(held, formulas[dimension], values, format_code(held))
    return dropped


def _formulas(series: SeriesPart, areas: dict[str, Area] | None) -> dict[str, str | None]:
    """Tell what each dimension is read from; None writes its values out."""
    if areas is not None:
        return {one: formula_of(areas.get(one)) for one in NAMES}
    return {one: series.formula(one) for one in NAMES}


def _held(series: SeriesPart, dimension: str) -> Element:
    """Return the element of a dimension; it is made where the schema wants it."""
    found = series.data(dimension)
    if found is not None:
        return found
    names = NAMES[dimension]
    name = names[-1] if series.kind != "category" else names[0]
    ser = series.element
    made = ser.makeelement(f"{{{etree.QName(ser).namespace}}}{name}")
    place = SERIES_ORDER.index(name)
    before = [one for one in ser if local_name(one) in SERIES_ORDER[:place]]
    before[-1].addnext(made)
    return made


def _take_out(ser: Element) -> None:
    """Remove a series, and its chart with its axes if that shows nothing any more."""
    group = ser.getparent()
    assert group is not None, "a series stands in a chart"
    group.remove(ser)
    plot = group.getparent()
    if group.find("{*}ser") is not None or plot is None:
        return
    plot.remove(group)
    groups = [one for one in plot if is_group(one)]
    used = {value_of(one) for other in groups for one in other.iterchildren("{*}axId")}
    for axis in [one for one in plot if local_name(one).endswith("Ax")]:
        if value_of(axis.find("{*}axId")) not in used:
            plot.remove(axis)


def _copy_after(last: Element) -> Element:
    made = deepcopy(last)
    made.tail = None
    last.addnext(made)
    root = made.getroottree().getroot()
    every = [one for group in groups_of(root) for one in group.iterchildren("{*}ser")]
    for name in ("idx", "order"):
        found = made.find(f"{{*}}{name}")
        highest = max(number_in(one, name) for one in every if one is not made)
        if found is not None:
            found.set("val", str(highest + 1))
    for one in [one for one in made if local_name(one) == "dPt"]:
        made.remove(one)
    for trend in made.iterchildren("{*}trendline"):
        for called in list(trend.iterchildren("{*}name")):
            trend.remove(called)
    for label in [one for labels in made.iterchildren("{*}dLbls") for one in labels]:
        if local_name(label) == "dLbl":
            _remove(label)
    _recolour(made)
    _rename(made, every)
    return made


def _recolour(ser: Element) -> None:
    """Give a copy the next colour of the theme; one of no theme gives way to the automatic one."""
    for holder in [one for one in ser if local_name(one) in ("spPr", "marker", "trendline")]:
        for colour in list(holder.iter("{*}schemeClr")):
            found = _ACCENT.fullmatch(value_of(colour))
            if found:
                colour.set("val", f"accent{int(found[1]) % _ACCENTS + 1}")
            if found and int(found[1]) == _ACCENTS and not len(colour):
                # the first colour again, darker, as Word goes on
                darker = etree.SubElement(colour, colour.tag.replace("schemeClr", "lumMod"))
                darker.set("val", "60000")
        for colour in list(holder.iter("{*}srgbClr")):
            fill = colour.getparent()
            if fill is not None and local_name(fill) == "solidFill":
                _remove(fill)


def _rename(ser: Element, every: Sequence[Element]) -> None:
    """Give a copy an identity of its own."""
    taken = {value_of(one).upper() for other in every if other is not ser for one in _unique(other)}
    for one in _unique(ser):
        found = _UNIQUE.fullmatch(value_of(one))
        number = int(found[1], 16) if found else 0
        while found and value_of(one).upper() in taken:
            number = (number + 1) % (1 << 32)
            one.set("val", f"{{{number:08X}{found[2]}")


def _unique(ser: Element) -> Iterator[Element]:
    for extensions in ser.iterchildren("{*}extLst"):
        yield from extensions.iter(
            "{http://schemas.microsoft.com/office/drawing/2014/chart}uniqueId"
        )


def _drop_stale(ser: Element, points: int) -> list[str]:
    """Remove what is said of points that there are not, and what is read from other cells."""
    dropped = []
    for one in list(ser):
        name = local_name(one)
        if name == "dPt" and number_in(one, "idx") >= points:
            ser.remove(one)
        elif name == "errBars" and next(one.iter("{*}numRef", "{*}numLit"), None) is not None:
            ser.remove(one)
            dropped.append("chart.error_bars_dropped")
        elif name == "dLbls" and _drop_labels(one, points):
            dropped.append("chart.labels_dropped")
    for extensions in ser.iterchildren("{*}extLst"):
        for one in [one for ext in extensions for one in ext if _is_stale(one)]:
            _remove_extension(one)
    return dropped


def _is_stale(extension: Element) -> bool:
    name = local_name(extension)
    return name == "datalabelsRange" or name.startswith("filtered")


def _drop_labels(labels: Element, points: int) -> bool:
    """Remove labels of points that are gone and of cells; tell whether there were any of cells."""
    is_stale = False
    for label in [one for one in labels if local_name(one) == "dLbl"]:
        from_cells = any(one.get("type") == "CELLRANGE" for one in label.iter("{*}fld"))
        is_stale = is_stale or from_cells
        if from_cells or number_in(label, "idx") >= points:
            labels.remove(label)
    for shows in labels.iter("{*}showDataLabelsRange"):
        is_stale = is_stale or value_of(shows) not in ("0", "false")
        shows.set("val", "0")
    return is_stale


def drop_hidden_series(root: Element) -> None:
    """Remove the series that a filter hides: they are read from cells of the old data."""
    for group in groups_of(root):
        for extensions in group.iterchildren("{*}extLst"):
            for one in [one for ext in extensions for one in ext if _is_stale(one)]:
                _remove_extension(one)


def _remove_extension(element: Element) -> None:
    """Remove what an extension holds, and the extension and the list that it leaves empty."""
    ext = element.getparent()
    _remove(element)
    while ext is not None and not len(ext) and local_name(ext) in ("ext", "extLst"):
        parent = ext.getparent()
        _remove(ext)
        ext = parent


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
