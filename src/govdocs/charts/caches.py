"""What a chart keeps of the values that it draws: a copy of each area, point by point.

before: <c:f>Sheet1!$B$2:$B$5</c:f><c:numCache>..old points..</c:numCache>
after:  <c:f>Sheet1!$B$2:$B$6</c:f><c:numCache>..new points..</c:numCache>

A gap has no point. Without an area the values are written out as a literal. Source: ECMA-376
part 1, 21.2.2.
"""

from collections.abc import Sequence

from lxml import etree

from govdocs.charts.areas import Area
from govdocs.charts.fitting import CellValue
from govdocs.charts.numbers import write_number
from govdocs.charts.parts import Element

Values = Sequence[CellValue]


def write_numbers(parent: Element, formula: str | None, values: Values, code: str) -> None:
    """Write numbers in place of all that ``parent`` holds.

    Args:
        parent: ``c:val``, ``c:cat`` and their like.
        formula: what they are read from; None writes them out.
        values: None is a gap.
        code: the number format; empty for none.
    """
    cache = _emptied(parent, "num", formula)
    if code:
        _add(cache, "formatCode").text = code
    _write_points(cache, values)


def write_texts(parent: Element, formula: str | None, values: Values) -> None:
    """Write texts in place of all that ``parent`` holds."""
    _write_points(_emptied(parent, "str", formula), values)


def write_levels(parent: Element, formula: str | None, columns: Sequence[Values]) -> None:
    """Write texts of several levels, the outermost first in ``columns``, last in the part."""
    if formula is None:
        write_texts(
            parent,
            None,
            [" ".join(map(str, filter(None, row))) for row in zip(*columns, strict=True)],
        )
        return
    cache = _emptied(parent, "multiLvlStr", formula)
    _add(cache, "ptCount").set("val", str(len(columns[0])))
    for column in reversed(columns):
        _write_only_points(_add(cache, "lvl"), column)


def write_name(parent: Element, formula: str | None, name: str) -> None:
    """Write the name of a series into its ``c:tx``."""
    if formula is None:
        for child in list(parent):
            parent.remove(child)
        _add(parent, "v").text = name
        return
    write_texts(parent, formula, [name])


def format_code(held: Element | None) -> str:
    """Return the number format that values are shown in; empty for none."""
    found = None if held is None else next(held.iter("{*}formatCode"), None)
    return "" if found is None else found.text or ""


def formula_of(area: Area | None) -> str | None:
    """Write an area as a formula."""
    return None if area is None else str(area)


def _emptied(parent: Element, kind: str, formula: str | None) -> Element:
    """Empty ``parent``; return the element that takes the points."""
    for child in list(parent):
        parent.remove(child)
    if formula is None:
        return _add(parent, f"{kind}Lit")
    reference = _add(parent, f"{kind}Ref")
    _add(reference, "f").text = formula
    return _add(reference, f"{kind}Cache")


def _write_points(cache: Element, values: Values) -> None:
    _add(cache, "ptCount").set("val", str(len(values)))
    _write_only_points(cache, values)


def _write_only_points(cache: Element, values: Values) -> None:
    for number, value in enumerate(values):
        if value is None:
            continue
        point = _add(cache, "pt")
        point.set("idx", str(number))
        _add(point, "v").text = value if isinstance(value, str) else write_number(value)


def _add(parent: Element, name: str) -> Element:
    return etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{name}")
