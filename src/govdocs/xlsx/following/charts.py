"""Charts: the areas that they show follow, and the values they keep of them are renewed.

A chart keeps a copy of each area's values, which other programs show. It is written anew where all
of its cells are known, and left out otherwise; then whoever opens the file reads the cells.
"""

from collections.abc import Callable, Sequence

from govdocs.errors import Place
from govdocs.xlsx.following.moving import Drawn, MovedBook
from govdocs.xlsx.grid.address import Area
from govdocs.xlsx.grid.cellvalues import ErrorValue, Unknown, Value
from govdocs.xlsx.grid.formula import scan
from govdocs.xlsx.xml.editing import Edits
from govdocs.xlsx.xml.encoding import escape_markup
from govdocs.xlsx.xml.markup import Element

_CACHES = ("strCache", "numCache", "multiLvlStrCache", "lvl")
_POINT_LIMIT = 32_000
_EXACT = 1e15
WorkOut = Callable[[str, int, int], Value]
Rows = list[list[Value]]
Cells = list[Rows]
"""The values of several areas."""


def _areas(text: str) -> list[tuple[str, Area]]:
    return [
        (token.scope.sheet if token.scope else "", token.ref.area)
        for token in scan(text)
        if token.ref is not None and not (token.scope and token.scope.external)
    ]


def move_chart(
    root: Element,
    part: str,
    book: MovedBook | None,
    work_out: WorkOut | None,
    sheet: str = "",
    seat: Drawn | None = None,
) -> Edits:
    """Let a chart follow its areas, and renew what it keeps of them.

    Args:
        root: of the chart's part.
        part: its name, for problems.
        book: where everything has gone; None if nothing moves.
        work_out: gives the value of a cell: sheet, row, column; None if all values still hold.
        sheet: of the output on which it stands, if that is a sheet of cells.
        seat: where it stands; one on the rows of a loop shows those of its own pass.
    """
    edits = Edits()
    for name in root.iter("pivotSource"):
        _rename_source(name.find("name"), book, edits)
    for formula in root.iter("f", "sqref"):
        if not formula.text.strip():
            continue
        moved = formula.text
        if book is not None:
            place = Place(part=part, spot=(("chart", formula.text),))
            own = sheet or None
            moved = book.formula(formula.text, place, reads="area", sheet=own, seat=seat)
            edits.set_text(formula, moved)
        if work_out is None:
            continue
        kept = (
            [one for one in formula.parent.children if one.name in _CACHES]
            if formula.parent
            else []
        )
        for number, cache in enumerate(kept):
            edits.replace(cache, _write_cache(cache, (formula.text, moved), work_out, number))
    return edits


def _rename_source(name: Element | None, book: MovedBook | None, edits: Edits) -> None:
    """Let the sheet of a pivot table follow, ``[book.xlsx]sheet!table``, where it is renamed."""
    if name is None or book is None or "!" not in name.text:
        return
    start = name.text.rfind("]") + 1
    end = name.text.rindex("!")
    outputs = book.outputs(name.text[start:end].strip("'").replace("''", "'"))
    if outputs and outputs[0] != name.text[start:end]:
        edits.set_text(name, name.text[:start] + outputs[0] + name.text[end:])


def _write_cache(cache: Element, formulas: tuple[str, str], work_out: WorkOut, number: int) -> str:
    """Write what is kept of an area; nothing if any of its cells is not known.

    Args:
        cache: of the template.
        formulas: the area in the template, and where it is now.
        work_out: gives the value of a cell.
        number: which of the caches of this area it is: a level of a newer chart.
    """
    template, areas = _areas(formulas[0]), _areas(formulas[1])
    if not _is_listable(areas):
        return ""
    values = [
        [
            [work_out(sheet, row, column) for column in range(area[1], area[3] + 1)]
            for row in range(area[0], area[2] + 1)
        ]
        for sheet, area in areas
    ]
    rows = [row for own in values for row in own]
    if any(isinstance(value, Unknown) for row in rows for value in row):
        return ""
    if cache.name == "multiLvlStrCache":
        levels = _levels(cache, template, values)
        return _write_levels(cache, levels) if levels else ""
    if cache.name == "lvl":
        return _write_level(cache, rows) if number == 0 and len(areas) == 1 else ""
    p = cache.prefix
    head = "".join(one.raw for one in cache.children if one.name == "formatCode")
    listed = [value for row in rows for value in row]
    points = _points(listed, cache.name, p)
    return f'<{cache.qname}>{head}<{p}ptCount val="{len(listed)}"/>{points}</{cache.qname}>'


def _points(values: Sequence[Value], cache: str, p: str) -> str:
    return "".join(
        f'<{p}pt idx="{index}"><{p}v>{escape_markup(text)}</{p}v></{p}pt>'
        for index, value in enumerate(values)
        if (text := _text_of(value, cache)) is not None
    )


def _levels(cache: Element, template: Sequence[tuple[str, Area]], values: Cells) -> Rows:
    """Sort the labels of several levels into one list for each level, the outermost first.

    Labels stand in columns, or in rows; the template's own points tell which. None are given where
    the areas do not fit each other.
    """
    count, levels = cache.find("ptCount"), len(list(cache.iter("lvl")))
    area = template[0][1]
    height, width = area[2] - area[0] + 1, area[3] - area[1] + 1
    known = count.get("val") if count is not None else ""
    in_columns = width == levels and (height != levels or known == str(height))
    rows = [row for own in values for row in own]
    if len({len(row) if in_columns else len(own) for own in values for row in own}) != 1:
        return []
    if in_columns:
        return [list(column) for column in zip(*rows, strict=True)]
    return [[value for own in values for value in own[level]] for level in range(len(values[0]))]


def _write_levels(cache: Element, levels: Rows) -> str:
    """Write labels of several levels, the innermost first."""
    p = cache.prefix
    written = "".join(f"<{p}lvl>{_points(one, 'strCache', p)}</{p}lvl>" for one in reversed(levels))
    head = f'<{p}ptCount val="{len(levels[0])}"/>'
    return f"<{cache.qname}>{head}{written}</{cache.qname}>"


def _write_level(cache: Element, rows: Rows) -> str:
    """Write what a newer chart keeps of an area of one row or column."""
    if len(rows) > 1 and len(rows[0]) > 1:
        return ""
    values = [value for row in rows for value in row]
    edits = Edits()
    edits.set(cache, "ptCount", str(len(values)))
    head = edits.write(cache).partition(">")[0].rstrip("/") + ">"
    is_text = cache.parent is not None and cache.parent.name == "strDim"
    texts = [_text_of(value, "strCache" if is_text else "numCache") for value in values]
    points = "".join(
        f'<{cache.prefix}pt idx="{index}">{escape_markup(text)}</{cache.prefix}pt>'
        for index, text in enumerate(texts)
        if text is not None
    )
    return f"{head}{points}</{cache.qname}>"


def _is_listable(areas: Sequence[tuple[str, Area]]) -> bool:
    size = sum(
        (one.last_row - one.first_row + 1) * (one.last_column - one.first_column + 1)
        for _, one in areas
    )
    return bool(areas) and size <= _POINT_LIMIT and all(sheet for sheet, _ in areas)


def _text_of(value: Value, cache: str) -> str | None:
    """Write a point; None where the chart shows none."""
    if value is None or isinstance(value, Unknown):
        return None
    if isinstance(value, ErrorValue):
        return value.code
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _EXACT else repr(value)
    return value if cache == "strCache" else None
