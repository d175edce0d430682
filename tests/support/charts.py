"""Make Word packages with charts as Word writes them: a chart part that embeds its workbook."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import openpyxl
from lxml import etree
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table

from tests.support.packages import read_parts, write_package
from tests.support.word import wrap

C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_C = {"c": C}
_BAR = '<c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
_HEADS = {
    "bar": _BAR,
    "line": '<c:grouping val="standard"/><c:varyColors val="0"/>',
    "area": '<c:grouping val="standard"/><c:varyColors val="0"/>',
    "pie": '<c:varyColors val="1"/>',
    "doughnut": '<c:varyColors val="1"/>',
    "radar": '<c:radarStyle val="marker"/><c:varyColors val="0"/>',
    "scatter": '<c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>',
    "bubble": '<c:varyColors val="0"/>',
}
_TAILS = {
    "doughnut": '<c:firstSliceAng val="0"/><c:holeSize val="50"/>',
    "line": '<c:marker val="1"/>',
}
_ROUND = ("pie", "doughnut")


@dataclass(frozen=True, slots=True)
class Sample:
    """A chart of a template.

    Attributes:
        kind: ``bar``, ``line``, ``pie``, ...
        head: of the columns of its workbook, the categories' first.
        rows: of its workbook.
        alt: its alt text.
        title: its title; empty for none.
        in_series: further markup of each series, by the element that it stands before.
        in_chart: further markup of the plot area, before its axes.
        workbook: whether it embeds one.
        axes: in place of the usual ones.
        bytes_of_book: the workbook, if it is another than the usual one.
    """

    kind: str = "bar"
    head: Sequence[str] = ("年度", "收到", "办结")
    rows: Sequence[Sequence[Any]] = (("2017年", 10, 9), ("2018年", 12, 12), ("2019年", 20, 18))
    alt: str = "{{ trend }}"
    title: str = ""
    in_series: str = ""
    in_chart: str = ""
    workbook: bool = True
    axes: str = ""
    bytes_of_book: bytes = field(default=b"", repr=False)


def chart_xml(sample: Sample) -> str:
    """Write a chart part."""
    title = (
        f"<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>{sample.title}</a:t></a:r></a:p>"
        '</c:rich></c:tx><c:overlay val="0"/></c:title>'
        if sample.title
        else ""
    )
    step = 2 if sample.kind == "bubble" else 1
    series = "".join(
        _series(sample, number, column)
        for number, column in enumerate(range(1, len(sample.head), step))
    )
    ids = '<c:axId val="111"/><c:axId val="222"/>'
    is_round = sample.kind in _ROUND
    external = '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData>'
    return (
        f'{_HEAD}<c:chartSpace xmlns:c="{C}" xmlns:a="{_A}" xmlns:r="{_R}">'
        f'<c:date1904 val="0"/><c:chart>{title}<c:autoTitleDeleted val="{int(not title)}"/>'
        f"<c:plotArea><c:layout/><c:{sample.kind}Chart>{_HEADS[sample.kind]}{series}"
        f"{_TAILS.get(sample.kind, '')}"
        f"{'' if is_round else ids}</c:{sample.kind}Chart>{sample.in_chart}"
        f"{'' if is_round else sample.axes or _axes(sample.kind)}</c:plotArea>"
        '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>'
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"{external if sample.workbook else ''}</c:chartSpace>"
    )


def _axes(kind: str) -> str:
    is_pair = kind in ("scatter", "bubble")
    first = "valAx" if is_pair else "catAx"
    more = "" if is_pair else '<c:auto val="1"/><c:lblOffset val="100"/>'
    scaling = '<c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>'
    return (
        f'<c:{first}><c:axId val="111"/>{scaling}<c:axPos val="b"/><c:crossAx val="222"/>'
        f'<c:crosses val="autoZero"/>{more}</c:{first}>'
        f'<c:valAx><c:axId val="222"/>{scaling}<c:axPos val="l"/><c:crossAx val="111"/>'
        '<c:crosses val="autoZero"/></c:valAx>'
    )


def _series(sample: Sample, number: int, column: int) -> str:
    last = len(sample.rows) + 1
    is_pair = sample.kind in ("scatter", "bubble")
    x, y = ("xVal", "yVal") if is_pair else ("cat", "val")
    letter = get_column_letter(column + 1)
    categories = [row[0] for row in sample.rows]
    numeric = all(isinstance(one, (int, float)) for one in categories)
    own = f"<c:{y}>{_numbers(sample, column)}</c:{y}>"
    sizes = ""
    if sample.kind == "bubble":
        sizes = f"<c:bubbleSize>{_numbers(sample, column + 1)}</c:bubbleSize>"
        sizes += '<c:bubble3D val="0"/>'
    name = _reference("str", f"Sheet1!${letter}$1", [sample.head[column]])
    below = _reference("num" if numeric else "str", f"Sheet1!$A$2:$A${last}", categories)
    colour = (
        f'<c:spPr><a:solidFill><a:schemeClr val="accent{number + 1}"/></a:solidFill></c:spPr>'
        if sample.kind not in _ROUND
        else ""
    )
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx>{name}</c:tx>{colour}'
        f"{sample.in_series}<c:{x}>{below}</c:{x}>{own}{sizes}</c:ser>"
    )


def _numbers(sample: Sample, column: int) -> str:
    letter = get_column_letter(column + 1)
    area = f"Sheet1!${letter}$2:${letter}${len(sample.rows) + 1}"
    return _reference("num", area, [row[column] for row in sample.rows])


def _reference(kind: str, formula: str, values: Sequence[Any]) -> str:
    code = "<c:formatCode>General</c:formatCode>" if kind == "num" else ""
    points = "".join(
        f'<c:pt idx="{index}"><c:v>{value}</c:v></c:pt>' for index, value in enumerate(values)
    )
    return (
        f"<c:{kind}Ref><c:f>{formula}</c:f><c:{kind}Cache>{code}"
        f'<c:ptCount val="{len(values)}"/>{points}</c:{kind}Cache></c:{kind}Ref>'
    )


def workbook_of(sample: Sample) -> bytes:
    """Make the workbook that a chart embeds, with the table that Word lays around its data."""
    if sample.bytes_of_book:
        return sample.bytes_of_book
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Sheet1"
    for row in (sample.head, *sample.rows):
        sheet.append(list(row))
    for row in sheet.iter_rows(min_row=2, min_col=2):
        for cell in row:
            cell.number_format = "#,##0.00"
    last = get_column_letter(len(sample.head))
    sheet.add_table(Table(displayName="表1", ref=f"A1:{last}{len(sample.rows) + 1}"))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def frame_xml(number: int, alt: str) -> str:
    """Write a run that shows the chart of relationship ``rId{number}``."""
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{_WP}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="5274310" cy="3076575"/><wp:docPr id="{number}" name="图表 {number}" '
        f'descr="{alt}"/><wp:cNvGraphicFramePr/><a:graphic xmlns:a="{_A}"><a:graphicData uri="{C}">'
        f'<c:chart xmlns:c="{C}" xmlns:r="{_R}" r:id="rId{number}"/></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def chart_document(*samples: Sample, body: str = "") -> bytes:
    """Make a document with charts.

    Args:
        samples: one chart each.
        body: with ``{0}``, ``{1}`` where the runs of the charts stand; by default a paragraph each.
    """
    body = body or "".join(f"<w:p>[{number}]</w:p>" for number in range(len(samples)))
    parts: dict[str, bytes | str] = {}
    links, overrides = "", ""
    for number, one in enumerate(samples, 1):
        body = body.replace(f"[{number - 1}]", frame_xml(number, one.alt))
        name = f"word/charts/chart{number}.xml"
        parts[name] = chart_xml(one)
        overrides += f'<Override PartName="/{name}" ContentType="{CHART_TYPE}"/>'
        links += _relationship(f"rId{number}", "chart", f"charts/chart{number}.xml")
        if one.workbook:
            book = f"word/embeddings/Microsoft_Excel_Worksheet{number}.xlsx"
            parts[book] = workbook_of(one)
            to_book = _relationship("rId1", "package", f"../{book.removeprefix('word/')}")
            parts[f"word/charts/_rels/chart{number}.xml.rels"] = _relationships(to_book)
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = (
        f'{_HEAD}<Types xmlns="{_TYPES}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="xlsx" ContentType="{BOOK_TYPE}"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/>{overrides}</Types>'
    )
    root = _relationship("rId1", "officeDocument", "word/document.xml")
    return write_package(
        {
            "[Content_Types].xml": types,
            "_rels/.rels": _relationships(root),
            "word/document.xml": wrap("document", f"<w:body>{body}</w:body>"),
            "word/_rels/document.xml.rels": _relationships(links),
            **parts,
        }
    )


def _relationship(rel_id: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{rel_id}" Type="{_R}/{kind}" Target="{target}"/>'


def _relationships(inner: str) -> str:
    return f'{_HEAD}<Relationships xmlns="{_RELS}">{inner}</Relationships>'


@dataclass(frozen=True, slots=True)
class Shown:
    """What a chart keeps of one series, and the cells that it is read from.

    Attributes:
        formulas: by the element that they stand in.
        cached: the values of the part; None is a gap.
        cells: the values of the workbook, in the same way.
    """

    formulas: dict[str, str] = field(default_factory=dict)
    cached: dict[str, list[str | None]] = field(default_factory=dict)
    cells: dict[str, list[Any]] = field(default_factory=dict)


def read_charts(document: bytes) -> list[list[Shown]]:
    """Read all charts of a document in the order of its frames: their series."""
    parts = read_parts(document)
    links = _targets(parts, "word/document.xml")
    frames = etree.fromstring(parts["word/document.xml"]).iter(f"{{{C}}}chart")
    return [_read_chart(parts, links[str(one.get(f"{{{_R}}}id"))]) for one in frames]


def _read_chart(parts: Mapping[str, bytes], name: str) -> list[Shown]:
    root = etree.fromstring(parts[name])
    books = [one for one in _targets(parts, name).values() if one.endswith(".xlsx")]
    book = openpyxl.load_workbook(io.BytesIO(parts[books[0]])) if books else None
    return [_read_series(ser, book) for ser in root.iter(f"{{{C}}}ser")]


def _read_series(ser: etree._Element, book: Any) -> Shown:
    shown = Shown()
    for name in ("tx", "cat", "xVal", "val", "yVal", "bubbleSize"):
        held = ser.find(f"c:{name}", _C)
        if held is None:
            continue
        formula = held.findtext("*/c:f", None, _C)
        count = held.find(".//c:ptCount", _C)
        values: list[str | None] = [None] * int(count.get("val", "0") if count is not None else 0)
        for point in held.iterfind(".//c:pt", _C):
            values[int(point.get("idx", "0"))] = point.findtext("c:v", None, _C)
        shown.cached[name] = values
        if formula:
            shown.formulas[name] = formula
            if book is not None and "!" in formula:
                shown.cells[name] = _read_cells(book, formula)
    return shown


def _read_cells(book: Any, formula: str) -> list[Any]:
    sheet, _, reference = formula.rpartition("!")
    found = book[sheet.strip("'")][reference.replace("$", "")]
    rows = found if isinstance(found, tuple) else ((found,),)
    return [cell.value for row in rows for cell in (row if isinstance(row, tuple) else (row,))]


def _targets(parts: Mapping[str, bytes], name: str) -> dict[str, str]:
    folder, _, base = name.rpartition("/")
    rels = parts.get(f"{folder}/_rels/{base}.rels")
    if rels is None:
        return {}
    found = {}
    for one in etree.fromstring(rels):
        target = str(one.get("Target"))
        if target.startswith("/"):
            found[str(one.get("Id"))] = target[1:]
        elif target.startswith("../"):
            found[str(one.get("Id"))] = f"word/{target[3:]}"
        else:
            found[str(one.get("Id"))] = f"{folder}/{target}"
    return found
