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

_POINT_LIMIT = 32_000
_EXACT = 1e15
WorkOut = Callable[[str, int, int], Value]
MoveFormula = Callable[[str], str]


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
        for cache in formula.parent.children if formula.parent else ():
            if cache.name in ("strCache", "numCache", "multiLvlStrCache", "lvl"):
                edits.replace(cache, _write_cache(cache, moved, work_out))
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


def _write_cache(cache: Element, formula: str, work_out: WorkOut) -> str:
    areas = _areas(formula)
    if cache.name not in ("strCache", "numCache") or not _is_listable(areas):
        return ""
    values = [
        work_out(sheet, row, column)
        for sheet, area in areas
        for row in range(area.first_row, area.last_row + 1)
        for column in range(area.first_column, area.last_column + 1)
    ]
    if any(isinstance(value, Unknown) for value in values):
        return ""
    p = cache.prefix
    head = "".join(one.raw for one in cache.children if one.name == "formatCode")
    points = "".join(
        f'<{p}pt idx="{index}"><{p}v>{escape_markup(text)}</{p}v></{p}pt>'
        for index, value in enumerate(values)
        if (text := _text_of(value, cache.name)) is not None
    )
    return f'<{cache.qname}>{head}<{p}ptCount val="{len(values)}"/>{points}</{cache.qname}>'


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
