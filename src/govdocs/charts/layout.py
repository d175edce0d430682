"""Where the data of a chart stand in its workbook: the template's own cells, and room beside them.

A run of values begins where the template's did and goes on in the same direction. A series that the
template has not, and a run whose way is blocked by something that is not the chart's, stand in the
first free columns (rows, where series run along rows) behind the chart's own. Nothing is written.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from govdocs.charts.areas import MAX_COLUMN, MAX_ROW, Area
from govdocs.charts.fitting import CellValue, FittedSeries
from govdocs.charts.parts import SIZE, TX, SeriesPart, X, Y

Spot = tuple[str, int, int]
"""Sheet, row and column."""

Areas = dict[str, Area]
"""Where the data of one series stand, by dimension."""

IsOccupied = Callable[[str, int, int], bool]
_INTERNAL = re.compile(r"[0-9]+")
_Columns = tuple[tuple[CellValue, ...], ...]


@dataclass(slots=True)
class Layout:
    """Where everything stands.

    Attributes:
        areas: of each series, by its dimension; what has no cells is not in it.
        cells: what they hold from now on.
        models: a cell -> the cell of the template whose format it takes.
        own: the cells that the template's series were read from.
    """

    areas: list[Areas] = field(default_factory=list)
    cells: dict[Spot, CellValue] = field(default_factory=dict)
    models: dict[Spot, Spot] = field(default_factory=dict)
    own: frozenset[Spot] = frozenset()


def read_areas(template: Sequence[SeriesPart], sheet: str) -> list[Areas]:
    """Read where the series of a chart stand, each by its dimensions.

    LibreOffice names the columns of a plain table by their numbers alone; that table is then looked
    for on ``sheet``.
    """
    if all(_INTERNAL.fullmatch(one.formula(Y) or "") for one in template):
        return [_column(one, number, sheet) for number, one in enumerate(template, 2)]
    found = [{name: one.area(name) for name in (TX, X, Y, SIZE)} for one in template]
    return [{name: area for name, area in one.items() if area is not None} for one in found]


def _column(series: SeriesPart, number: int, sheet: str) -> Areas:
    last = max(series.points, 1) + 1
    return {
        TX: Area(sheet, 1, number, 1, number),
        X: Area(sheet, 2, 1, last, 1),
        Y: Area(sheet, 2, number, last, number),
    }


def lay_out(
    data: Sequence[FittedSeries],
    template: Sequence[Areas],
    is_occupied: IsOccupied,
    sheet: str,
) -> Layout:
    """Lay out the data of a chart.

    Args:
        data: the series to be written.
        template: where the series stand that there are.
        is_occupied: tells whether a cell holds anything: sheet, row, column.
        sheet: where to go if the template's series do not say.
    """
    turned = _runs_along_rows(template)
    areas = [{name: area.turned() for name, area in one.items()} for one in template]

    def holds(name: str, row: int, column: int) -> bool:
        return is_occupied(name, column, row) if turned else is_occupied(name, row, column)

    placing = _Placing(areas if turned else template, holds, sheet)
    placing.run(data)
    return _turned(placing.layout) if turned else placing.layout


def _runs_along_rows(template: Sequence[Areas]) -> bool:
    """Tell whether the values of a series stand beside each other, not below."""
    for one in template:
        values, name = one.get(Y), one.get(TX)
        if values is not None and values.width != values.height:
            return values.width > values.height
        if values is not None and name is not None and (values.top, values.left) != (1, 1):
            return values.top == name.top
    return False


def _turned(layout: Layout) -> Layout:
    def turn(spot: Spot) -> Spot:
        return spot[0], spot[2], spot[1]

    return Layout(
        [{name: area.turned() for name, area in one.items()} for one in layout.areas],
        {turn(spot): value for spot, value in layout.cells.items()},
        {turn(spot): turn(model) for spot, model in layout.models.items()},
        frozenset(map(turn, layout.own)),
    )


@dataclass(slots=True)
class _Placing:
    """The placing of one chart's data; series run down columns here."""

    template: Sequence[Areas]
    holds: IsOccupied
    sheet: str
    layout: Layout = field(default_factory=Layout)
    known: dict[_Columns, Area] = field(default_factory=dict)

    def run(self, data: Sequence[FittedSeries]) -> None:
        every = [area for one in self.template for area in one.values()]
        self.layout.own = frozenset(
            (area.sheet, row, column) for area in every for row, column in area.cells
        )
        for number, one in enumerate(data):
            self._place_series(number, one)

    def _place_series(self, number: int, series: FittedSeries) -> None:
        last = self.template[-1] if self.template else {}
        is_known = number < len(self.template)
        wanted = self.template[number] if is_known else {}
        made: Areas = {}
        if series.x_kind != "none":
            place = wanted.get(X) if is_known else last.get(X)
            made[X] = self._place_x(series.x, place, last.get(X))
        made[Y] = self._place((series.y,), wanted.get(Y), last.get(Y), made.get(X))
        if series.sizes is not None:
            made[SIZE] = self._place((series.sizes,), wanted.get(SIZE), last.get(SIZE), made[Y])
        if series.name is not None:
            name = self._place_name(series.name, wanted.get(TX), made[Y], last.get(TX))
            if name is not None:
                made[TX] = name
        elif TX in wanted:
            made[TX] = wanted[TX]
            self._keep(wanted[TX])
        self.layout.areas.append(made)

    def _keep(self, area: Area) -> None:
        """Let cells stay as they are."""
        self.layout.own -= {(area.sheet, row, column) for row, column in area.cells}

    def _place_x(self, columns: _Columns, wanted: Area | None, last: Area | None) -> Area:
        area = self._maybe_at(columns, wanted)
        if area is None and columns in self.known:
            return self.known[columns]
        area = area or self._fresh(columns, wanted or last)
        self._take(area, columns, wanted or last)
        self.known.setdefault(columns, area)
        return area

    def _place(
        self, columns: _Columns, wanted: Area | None, last: Area | None, beside: Area | None
    ) -> Area:
        area = self._maybe_at(columns, wanted) or self._fresh(columns, wanted or last or beside)
        self._take(area, columns, wanted or last)
        return area

    def _place_name(
        self, name: str, wanted: Area | None, values: Area, last: Area | None
    ) -> Area | None:
        """Place the name of a series; None if there is no cell above its values."""
        columns = ((name,),)
        above = Area(values.sheet, values.top - 1, values.left, values.top - 1, values.left)
        own = None if wanted is None or not _is_over(wanted, values) else wanted
        area = self._maybe_at(columns, own)
        if area is None and above.top:
            area = self._maybe_at(columns, above)
        if area is not None:
            self._take(area, columns, wanted or last)
        return area

    def _maybe_at(self, columns: _Columns, wanted: Area | None) -> Area | None:
        """Return the area that begins where ``wanted`` does, if the values may stand there."""
        if wanted is None or len(columns) > wanted.width:
            return None
        left = wanted.right - len(columns) + 1
        area = _area(wanted.sheet, wanted.top, left, columns)
        values = list(_cells(area, columns))
        return area if area.bottom <= MAX_ROW and all(map(self._may_hold, values)) else None

    def _may_hold(self, cell: tuple[Spot, CellValue]) -> bool:
        spot, value = cell
        if spot in self.layout.cells:
            return self.layout.cells[spot] == value
        return spot in self.layout.own or not self.holds(*spot)

    def _fresh(self, columns: _Columns, near: Area | None) -> Area:
        """Find free columns behind the chart's own, with a free cell above them."""
        sheet = self.sheet if near is None else near.sheet
        top = max(2 if near is None else near.top, 2)
        spots = (*self.layout.own, *self.layout.cells)
        left = 1 + max((spot[2] for spot in spots if spot[0] == sheet), default=0)
        while left < MAX_COLUMN:
            area = _area(sheet, top, left, columns)
            over = Area(sheet, top - 1, left, area.bottom, area.right)
            if not any(self.holds(sheet, row, column) for row, column in over.cells):
                break
            left += 1
        return area

    def _take(self, area: Area, columns: _Columns, model: Area | None) -> None:
        for (sheet, row, column), value in _cells(area, columns):
            self.layout.cells[sheet, row, column] = value
            if model is not None:
                like_row = min(row - area.top + model.top, model.bottom)
                like_column = max(model.right - (area.right - column), model.left)
                spot = (model.sheet, like_row, like_column)
                self.layout.models.setdefault((sheet, row, column), spot)


def _is_over(name: Area, values: Area) -> bool:
    """Whether a name still stands where a reader of the workbook looks for it."""
    return name.sheet != values.sheet or name.left == values.left or name.top != values.top - 1


def _area(sheet: str, top: int, left: int, columns: _Columns) -> Area:
    height = max(*map(len, columns), 1)
    return Area(sheet, top, left, top + height - 1, left + len(columns) - 1)


def _cells(area: Area, columns: _Columns) -> Iterable[tuple[Spot, CellValue]]:
    """Pair the cells of an area with their values; one without values is blank."""
    for offset, column in enumerate(columns):
        for row in range(area.height):
            value = column[row] if row < len(column) else None
            yield (area.sheet, area.top + row, area.left + offset), value
