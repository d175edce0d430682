"""The rarer holders of references: each follows the rows, goes with them, or is told."""

import re
from collections.abc import Mapping
from functools import cache

import pytest

from govdocs.template import Document
from tests.support.packages import read_parts, write_package
from tests.xlsx.workbooks import Cells, fill, make_book, part

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_X15 = "http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"
_EXCEL = "http://schemas.microsoft.com/office/excel/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
SHEET, OTHER, BOOK = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/workbook.xml"
CELLS: Cells = {"A5": "{% for r in rows %}{{ r }}", "B5": "{% endfor %}", "A6": "下"}
NAME = "2018年 统计"

HEAD = '<sheetPr syncVertical="1" syncRef="A8"/>'
TAIL = (
    '<scenarios current="0" show="0" sqref="C8 C9"><scenario name="高" count="2" user="u">'
    '<inputCells r="C8" val="1"/><inputCells r="C5" val="2"/></scenario></scenarios>'
    '<dataConsolidate><dataRefs count="4"><dataRef ref="A5:B6" sheet="2018年 统计"/>'
    '<dataRef ref="A8:B9"/><dataRef name="合计"/><dataRef ref="A1:B2" sheet="引用"/></dataRefs>'
    "</dataConsolidate><customSheetViews>"
    '<customSheetView guid="{00000000-0000-0000-0000-000000000001}" topLeftCell="A1">'
    '<pane ySplit="6" topLeftCell="A7" state="frozen"/>'
    '<selection activeCell="A8" activeCellId="1" sqref="A5 A8"/>'
    '<rowBreaks count="1" manualBreakCount="1"><brk id="7" max="11" man="1"/></rowBreaks>'
    '<colBreaks count="1" manualBreakCount="1"><brk id="2" min="6" max="8" man="1"/></colBreaks>'
    '<autoFilter ref="A6:B9"/></customSheetView></customSheetViews>'
    '<colBreaks count="1" manualBreakCount="1"><brk id="3" max="8" man="1"/></colBreaks>'
    '<cellWatches><cellWatch r="A8"/><cellWatch r="A5"/></cellWatches>'
    '<smartTags><cellSmartTags r="A8"><cellSmartTag type="0"/></cellSmartTags></smartTags>'
    '<webPublishItems count="1"><webPublishItem id="1" divId="d" sourceType="range" '
    'sourceRef="A5:B8" destinationFile="x.htm"/></webPublishItems>'
    f'<extLst><ext xmlns:x15="{_X15}" uri="{{x15}}"><x15:webExtensions xmlns:xm="{_EXCEL}">'
    "<x15:webExtension appRef=\"{1}\"><xm:f>'2018年 统计'!A8:B9</xm:f></x15:webExtension>"
    f'</x15:webExtensions></ext><ext xmlns:x14="{_X14}" uri="{{x14}}">'
    f'<x14:protectedRanges xmlns:xm="{_EXCEL}"><x14:protectedRange name="p"><xm:sqref>A8:B9'
    "</xm:sqref></x14:protectedRange></x14:protectedRanges></ext></extLst>"
)
DRAWING = (
    f'<xdr:wsDr xmlns:xdr="{_DRAWING}" xmlns:a="{_A}" xmlns:r="{_OFFICE}"><xdr:oneCellAnchor>'
    "<xdr:from><xdr:col>4</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row>"
    '<xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx="1" cy="1"/><xdr:pic><xdr:nvPicPr>'
    '<xdr:cNvPr id="2" name="图"><a:hlinkClick r:id="rId1"/></xdr:cNvPr><xdr:cNvPicPr><a:extLst>'
    '<a:ext uri="{84589F7E-364E-4C9E-8A38-B11213B215E9}"><a14:cameraTool '
    'xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main" '
    "cellRange=\"'2018年 统计'!$A$5:$B$8\"/></a:ext></a:extLst></xdr:cNvPicPr></xdr:nvPicPr>"
    "</xdr:pic><xdr:clientData/></xdr:oneCellAnchor></xdr:wsDr>"
)
RELS = (
    f'<Relationships xmlns="{_RELATIONSHIPS}"><Relationship Id="rId1" Type="{_OFFICE}/hyperlink" '
    'Target="#\'2018年 统计\'!A8"/><Relationship Id="rId2" '
    f'Type="{_OFFICE}/hyperlink" Target="#\'2018%E5%B9%B4%20%E7%BB%9F%E8%AE%A1\'!A9"/>'
    "</Relationships>"
)
CONNECTIONS = (
    f'<connections xmlns="{_MAIN}"><connection id="1"><parameters><parameter '
    'parameterType="cell" cell="\'2018年 统计\'!$A$8"/></parameters></connection></connections>'
)
BOUND = f'<singleXmlCells xmlns="{_MAIN}"><singleXmlCell id="1" r="A8"/></singleXmlCells>'
KEPT = (
    '<namedSheetViews xmlns="http://schemas.microsoft.com/office/spreadsheetml/2019/'
    'namedsheetviews"><namedSheetView name="v"><nsvFilter filterId="{1}" ref="A6:B9"><sortRules>'
    '<sortRule colId="0"><sortCondition ref="A7:A9"/></sortRule></sortRules></nsvFilter>'
    "</namedSheetView></namedSheetViews>"
)
VOLATILE = f'<volTypes xmlns="{_MAIN}"><volType type="realTimeData"/></volTypes>'
BINDING = (
    '<we:webextension xmlns:we="http://schemas.microsoft.com/office/webextensions/webextension/'
    '2010/11"><we:bindings><we:binding id="b" type="matrix" '
    "appref=\"'2018年 统计'!A8:B9\"/></we:bindings></we:webextension>"
)
USER_SHAPES = (
    '<c:userShapes xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:cdr="http://schemas.openxmlformats.org/drawingml/2006/chartDrawing">'
    "<cdr:relSizeAnchor><cdr:sp textlink=\"'2018年 统计'!$A$8\"/></cdr:relSizeAnchor>"
    "</c:userShapes>"
)
CHART = (
    '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart">'
    "<c:pivotSource><c:name>[a.xlsx]{{ new }}!透视表1</c:name></c:pivotSource>"
    "<c15:fullRef><c15:sqref>'2018年 统计'!$A$5:$A$8</c15:sqref></c15:fullRef></c:chartSpace>"
)


def _rels(*targets: str) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{one.partition(" ")[0]}" '
        f'Target="{one.partition(" ")[2]}"/>'
        for number, one in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_RELATIONSHIPS}">{listed}</Relationships>'


ADDED: Mapping[str, tuple[str, str]] = {
    "xl/drawings/drawing1.xml": (
        "application/vnd.openxmlformats-officedocument.drawing+xml",
        DRAWING,
    ),
    "xl/drawings/_rels/drawing1.xml.rels": (
        "",
        RELS.replace(
            "</Rel",
            f'<Relationship Id="rId3" Type="{_OFFICE}/chart" Target="../charts/chart1.xml"/></Rel',
        ),
    ),
    "xl/charts/chart1.xml": (
        "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
        CHART,
    ),
    "xl/charts/_rels/chart1.xml.rels": (
        "",
        _rels(f"{_OFFICE}/chartUserShapes ../drawings/drawing2.xml"),
    ),
    "xl/drawings/drawing2.xml": (
        "application/vnd.openxmlformats-officedocument.drawingml.chartshapes+xml",
        USER_SHAPES,
    ),
    "xl/connections.xml": (f"{_KIND}.connections+xml", CONNECTIONS),
    "xl/tables/cells.xml": (f"{_KIND}.tableSingleCells+xml", BOUND),
    "xl/namedSheetViews/namedSheetView1.xml": (
        "application/vnd.ms-excel.namedsheetviews+xml",
        KEPT,
    ),
    "xl/volatileDependencies.xml": (f"{_KIND}.volatileDependencies+xml", VOLATILE),
    "xl/webextensions/webextension1.xml": (
        "application/vnd.ms-office.webextension+xml",
        BINDING,
    ),
    "xl/revisions/revisionHeaders.xml": (
        f"{_KIND}.revisionHeaders+xml",
        f'<headers xmlns="{_MAIN}"/>',
    ),
    "xl/worksheets/_rels/sheet1.xml.rels": (
        "",
        _rels(
            f"{_OFFICE}/drawing ../drawings/drawing1.xml",
            f"{_OFFICE}/tableSingleCells ../tables/cells.xml",
            "http://schemas.microsoft.com/office/2019/04/relationships/namedSheetView "
            "../namedSheetViews/namedSheetView1.xml",
        ),
    ),
}


def _make() -> bytes:
    """Make a workbook with a loop in row 5 and every rare holder there is."""
    parts = dict(read_parts(make_book({NAME: CELLS, "引用": {"A1": 1}, "{{ new }}": {"A1": 1}})))
    sheet = re.sub("<sheetPr>.*?</sheetPr>", HEAD, parts[SHEET].decode())
    parts[SHEET] = sheet.replace("</sheetData>", "</sheetData>" + TAIL).encode()
    rels = parts["xl/_rels/workbook.xml.rels"].decode()
    added = [
        f'<Relationship Id="rId9{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(
            {
                "connections": "connections.xml",
                "volatileDependencies": "volatileDependencies.xml",
                "revisionHeaders": "revisions/revisionHeaders.xml",
            }.items()
        )
    ]
    parts["xl/_rels/workbook.xml.rels"] = rels.replace("</Rel", "".join(added) + "</Rel").encode()
    types = parts["[Content_Types].xml"].decode()
    for name, (kind, content) in ADDED.items():
        parts[name] = content.encode()
        override = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'
        types = types.replace("</Types>", override) if kind else types
    parts["[Content_Types].xml"] = types.encode()
    book = parts[BOOK].decode()
    parts[BOOK] = book.replace("</workbook>", '<oleSize ref="A1:B8"/></workbook>').encode()
    return write_package({**parts})


@cache
def _fill(count: int) -> Document:
    return fill(_make(), {"rows": list(range(count)), "new": "新名"})


FOLLOWS = [
    (SHEET, 'syncRef="A11"'),
    (SHEET, '<scenarios current="0" show="0" sqref="C11 C12">'),
    (SHEET, 'count="2" user="u"><inputCells r="C11" val="1"/><inputCells r="C5" val="2"/>'),
    (SHEET, f'<dataRefs count="4"><dataRef ref="A5:B9" sheet="{NAME}"/><dataRef ref="A11:B12"/>'),
    (SHEET, '<dataRef name="合计"/><dataRef ref="A1:B2" sheet="引用"/>'),
    (SHEET, 'topLeftCell="A1"><pane ySplit="9" topLeftCell="A10" state="frozen"/>'),
    (SHEET, '<selection activeCell="A11" activeCellId="1" sqref="A5:A8 A11"/>'),
    (SHEET, '<brk id="10" max="11" man="1"/>'),
    (SHEET, '<brk id="2" min="9" max="11" man="1"/>'),
    (SHEET, '<autoFilter ref="A9:B12"/></customSheetView>'),
    (SHEET, '<brk id="3" max="11" man="1"/>'),
    (SHEET, '<cellWatch r="A11"/><cellWatch r="A5"/><cellWatch r="A6"/><cellWatch r="A7"/>'),
    (SHEET, '<cellSmartTags r="A11">'),
    (SHEET, 'sourceRef="A5:B11"'),
    (SHEET, f"<xm:f>'{NAME}'!A11:B12</xm:f>"),
    (SHEET, "<xm:sqref>A11:B12</xm:sqref>"),
    (BOOK, '<oleSize ref="A1:B11"/>'),
    ("xl/drawings/drawing1.xml", f"cellRange=\"'{NAME}'!$A$5:$B$11\""),
    ("xl/drawings/_rels/drawing1.xml.rels", f"Target=\"#'{NAME}'!A11\""),
    ("xl/drawings/_rels/drawing1.xml.rels", "%20%E7%BB%9F%E8%AE%A1'!A12\""),
    ("xl/drawings/drawing2.xml", f"textlink=\"'{NAME}'!$A$11\""),
    ("xl/charts/chart1.xml", "<c:name>[a.xlsx]新名!透视表1</c:name>"),
    ("xl/charts/chart1.xml", f"<c15:sqref>'{NAME}'!$A$5:$A$11</c15:sqref>"),
    ("xl/connections.xml", f"cell=\"'{NAME}'!$A$11\""),
    ("xl/tables/cells.xml", 'r="A11"'),
    ("xl/namedSheetViews/namedSheetView1.xml", 'ref="A9:B12"'),
    ("xl/namedSheetViews/namedSheetView1.xml", '<sortCondition ref="A10:A12"/>'),
    ("xl/webextensions/webextension1.xml", f"appref=\"'{NAME}'!A11:B12\""),
]


@pytest.mark.parametrize(("name", "wanted"), FOLLOWS, ids=[one[1] for one in FOLLOWS])
def test_rare_holder_of_references_follows_the_rows(name: str, wanted: str) -> None:
    """The loop of one row came out four times, so what stood below it is three rows down."""
    assert wanted in part(bytes(_fill(4)), name)


def test_list_of_volatile_cells_goes_when_rows_move() -> None:
    """As the calculation chain does: the program that works formulas out makes it anew."""
    parts = read_parts(bytes(_fill(4)))
    assert "xl/volatileDependencies.xml" not in parts
    assert b"volatileDependencies" not in parts["xl/_rels/workbook.xml.rels"]


def test_setting_whose_cells_vanished_goes_with_them_and_is_told() -> None:
    """A scenario does not change what stands there now, and no area is left without cells."""
    document = _fill(0)
    assert 'count="1" user="u"><inputCells r="C7" val="1"/></scenario>' in part(bytes(document))
    assert [one.fields for one in document.notes if one.code == "xlsx.entry_vanished"] == [
        {"reference": "C5"}
    ]


def test_part_whose_references_do_not_follow_is_told() -> None:
    """The log of a shared workbook names cells of the past."""
    found = [one.fields for one in _fill(4).notes if one.code == "xlsx.not_followed"]
    assert found == [{"kind": "revisionHeaders"}]
