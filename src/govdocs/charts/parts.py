"""The anatomy of a chart part: its series, of which kind they are, where their data stand.

Source: ECMA-376 part 1, 21.2. Here live names of elements and where they belong; nothing is
written.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from govdocs.charts.areas import Area, parse_area

Element = etree._Element  # noqa: SLF001 - lxml's name for it
Kind = Literal["category", "scatter", "bubble"]

NAMESPACES = (
    "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "http://purl.oclc.org/ooxml/drawingml/chart",
)
EXTENDED = "http://schemas.microsoft.com/office/drawing/2014/chartex"
"""Of charts of newer kinds (waterfall, treemap, ...), which are written in another language."""

KINDS: dict[str, Kind] = {"scatterChart": "scatter", "bubbleChart": "bubble"}
FIXED = ("stockChart",)
"""Kinds of charts in which each series has a meaning of its own: their count stays."""

SERIES_ORDER = (
    *("idx", "order", "tx", "spPr", "invertIfNegative", "pictureOptions", "marker", "explosion"),
    *("dPt", "dLbls", "trendline", "errBars", "cat", "xVal", "val", "yVal", "shape", "smooth"),
    *("bubbleSize", "bubble3D", "extLst"),
)
"""The children of a series in the order that the schema asks for, those of all kinds in one."""

TX, X, Y, SIZE = "tx", "x", "y", "size"
NAMES = {TX: ("tx",), X: ("cat", "xVal"), Y: ("val", "yVal"), SIZE: ("bubbleSize",)}
"""What the data of a series are called in the part."""


@dataclass(frozen=True, slots=True)
class SeriesPart:
    """A series of the template.

    Attributes:
        element: its ``c:ser``.
        kind: of its chart.
    """

    element: Element
    kind: Kind

    def data(self, dimension: str) -> Element | None:
        """Return the element that holds its name, its x, its y or its sizes."""
        return next(
            (one for name in NAMES[dimension] for one in self.element.iterchildren(f"{{*}}{name}")),
            None,
        )

    def formula(self, dimension: str) -> str | None:
        """Return what its data are read from; None where they are written out."""
        held = self.data(dimension)
        found = None if held is None else held.find("{*}*/{*}f")
        return None if found is None else found.text or ""

    def area(self, dimension: str) -> Area | None:
        """Return the cells that its data are read from."""
        return parse_area(self.formula(dimension))

    @property
    def points(self) -> int:
        """How many points it has."""
        held = self.data(Y)
        counts = [] if held is None else list(held.iter("{*}ptCount"))
        return int(value_of(counts[0]) or 0) if counts else 0


def series_of(root: Element) -> list[SeriesPart]:
    """List the series of a chart in the order of its legend and its workbook."""
    found = [
        SeriesPart(ser, KINDS.get(local_name(group), "category"))
        for group in groups_of(root)
        for ser in group.iterchildren("{*}ser")
    ]
    return sorted(found, key=lambda one: number_in(one.element, "order"))


def groups_of(root: Element) -> Iterator[Element]:
    """Yield the charts of a plot area: bars, lines, ..."""
    for plot in root.iter(*(f"{{{one}}}plotArea" for one in NAMESPACES)):
        yield from (one for one in plot.iterchildren(etree.Element) if is_group(one))


def is_group(element: Element) -> bool:
    """Tell whether a child of a plot area is a chart, not an axis."""
    return local_name(element).endswith("Chart")


def local_name(element: Element) -> str:
    """Return an element's name without its namespace."""
    return str(etree.QName(element).localname)


def value_of(element: Element | None) -> str:
    """Return the ``val`` of an element; empty if there is none."""
    return "" if element is None else str(element.get("val", ""))


def number_in(parent: Element, name: str) -> int:
    """Return the number in a child's ``val``; 0 if there is none."""
    written = value_of(parent.find(f"{{*}}{name}"))
    return int(written) if written.isdigit() else 0


def has_date_axis(root: Element) -> bool:
    """Tell whether categories stand on an axis of dates."""
    return next(root.iter("{*}dateAx"), None) is not None


def is_1904(root: Element) -> bool:
    """Tell whether the chart counts its days from 1904."""
    found = root.find("{*}date1904")
    return found is not None and value_of(found) not in ("0", "false")
