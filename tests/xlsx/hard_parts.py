"""A hard workbook, second half: parts that XlsxWriter does not write, added by hand."""

import re
from functools import cache

from tests.support.packages import read_parts, write_package
from tests.xlsx.hard_sheets import DATA, LIST, MAIN, make_sheets

Parts = dict[str, bytes | str]
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_SHEET, _PIVOT_SHEET = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet3.xml"
_THREAD = "{11111111-2222-4333-8444-555555555555}"
_PERSON = "{99999999-2222-4333-8444-555555555555}"


@cache
def make_hard_workbook() -> bytes:
    """Make the workbook: macros, three loops and every feature of the list in the tests."""
    parts: Parts = dict(read_parts(make_sheets()))
    for add in (
        *(_add_printer, _add_phonetic, _add_shared_formula, _add_x14_validation, _add_thread),
        *(_add_control, _add_pivot, _add_slicer, _add_external, _add_custom_xml, _add_calc_chain),
    ):
        add(parts)
    return write_package(parts)


def _text(parts: Parts, name: str) -> str:
    content = parts[name]
    return content if isinstance(content, str) else content.decode()


def _edit(parts: Parts, name: str, old: str, new: str) -> None:
    text = _text(parts, name)
    assert old in text, f"{old} is not in {name}"
    parts[name] = text.replace(old, new, 1)


def _declare(parts: Parts, part: str, content_type: str) -> None:
    override = f'<Override PartName="/{part}" ContentType="{content_type}"/></Types>'
    _edit(parts, "[Content_Types].xml", "</Types>", override)


def _relate(parts: Parts, source: str, rel_id: str, kind: str, target: str) -> None:
    folder, _, file = source.rpartition("/")
    name = f"{folder}/_rels/{file}.rels"
    empty = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        "</Relationships>"
    )
    parts.setdefault(name, _XML + empty)
    kind = kind if "/" in kind else f"{_OFFICE}/{kind}"
    made = f'<Relationship Id="{rel_id}" Type="{kind}" Target="{target}"/></Relationships>'
    _edit(parts, name, "</Relationships>", made)


def _add_printer(parts: Parts) -> None:
    parts["xl/printerSettings/printerSettings1.bin"] = bytes(range(256))
    bin_type = f"{_TYPE}.printerSettings"
    _declare(parts, "xl/printerSettings/printerSettings1.bin", bin_type)
    _relate(parts, _SHEET, "rId90", "printerSettings", "../printerSettings/printerSettings1.bin")
    margins = re.findall(r"<pageMargins[^>]*/>", _text(parts, _SHEET))[0]
    _edit(parts, _SHEET, margins, f'{margins}<pageSetup paperSize="9" r:id="rId90"/>')


def _add_phonetic(parts: Parts) -> None:
    guide = '<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="0"/></si>'
    _edit(parts, "xl/sharedStrings.xml", "<si><t>東京</t></si>", guide)


def _add_shared_formula(parts: Parts) -> None:
    shared = '<f t="shared" ref="D13:D15" si="0">B13*2</f>'
    _edit(parts, _SHEET, "<f>B13*2</f>", shared)
    for row in (14, 15):
        _edit(parts, _SHEET, f"<f>B{row}*2</f>", '<f t="shared" si="0"/>')


def _add_x14_validation(parts: Parts) -> None:
    extension = (
        '<ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
        'uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"><x14:dataValidations '
        'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" count="1">'
        '<x14:dataValidation type="list" allowBlank="1"><x14:formula1>'
        f"<xm:f>{LIST}!$A$1:$A$3</xm:f></x14:formula1><xm:sqref>C13:C15</xm:sqref>"
        "</x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>"
    )
    _edit(parts, _SHEET, "</extLst></worksheet>", extension)


def _add_thread(parts: Parts) -> None:
    space = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    kind = "http://schemas.microsoft.com/office/2017/10/relationships"
    parts["xl/threadedComments/threadedComment1.xml"] = (
        f'{_XML}<ThreadedComments xmlns="{space}"><threadedComment ref="A15" '
        f'dT="2019-01-24T08:00:00.00" personId="{_PERSON}" id="{_THREAD}"><text>请核对</text>'
        "</threadedComment></ThreadedComments>"
    )
    parts["xl/persons/person.xml"] = (
        f'{_XML}<personList xmlns="{space}"><person displayName="统计员" id="{_PERSON}" '
        'userId="统计员" providerId="None"/></personList>'
    )
    _declare(
        parts,
        "xl/threadedComments/threadedComment1.xml",
        "application/vnd.ms-excel.threadedcomments+xml",
    )
    _declare(parts, "xl/persons/person.xml", "application/vnd.ms-excel.person+xml")
    target = "../threadedComments/threadedComment1.xml"
    _relate(parts, _SHEET, "rId91", f"{kind}/threadedComment", target)
    _relate(parts, "xl/workbook.xml", "rId91", f"{kind}/person", "persons/person.xml")
    author = f"</author><author>tc={_THREAD}</author></authors>"
    _edit(parts, "xl/comments1.xml", "</author></authors>", author)
    note = '<comment ref="A15" authorId="1"><text><t>[线程批注] 请核对</t></text></comment>'
    _edit(parts, "xl/comments1.xml", "</commentList>", f"{note}</commentList>")
    drawing = next(name for name in parts if name.endswith("vmlDrawing1.vml"))
    shape = re.findall(r"<v:shape .*?</v:shape>", _text(parts, drawing), re.DOTALL)
    note_shape = next(one for one in shape if "<x:Row>13<" in one)
    copy = note_shape.replace("<x:Row>13<", "<x:Row>14<").replace("_s1025", "_s1090")
    _edit(parts, drawing, "</xml>", f"{copy.replace('_s1026', '_s1091')}</xml>")


def _add_control(parts: Parts) -> None:
    """A drop-down of the forms toolbar: its properties, its anchor in the sheet, its shape."""
    space = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
    parts["xl/ctrlProps/ctrlProp1.xml"] = (
        f'{_XML}<formControlPr xmlns="{space}" objectType="Drop" dropLines="8" '
        f'fmlaLink="$B$15" fmlaRange="$A$13:$A$15" sel="1" val="0"/>'
    )
    _declare(parts, "xl/ctrlProps/ctrlProp1.xml", "application/vnd.ms-excel.controlproperties+xml")
    _relate(parts, _SHEET, "rId92", "ctrlProp", "../ctrlProps/ctrlProp1.xml")
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
    corner = (
        "<xdr:col>{}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{}</xdr:row>"
        "<xdr:rowOff>0</xdr:rowOff>"
    )
    control = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/'
        f'2006"><mc:Choice xmlns:x14="{space}" Requires="x14"><controls>'
        '<mc:AlternateContent><mc:Choice Requires="x14"><control shapeId="1095" r:id="rId92" '
        'name="下拉"><controlPr defaultSize="0" autoFill="0" autoLine="0" autoPict="0">'
        f'<anchor moveWithCells="1" xmlns:xdr="{drawing}"><from>{corner.format(8, 13)}</from>'
        f"<to>{corner.format(9, 14)}</to></anchor></controlPr></control></mc:Choice>"
        "</mc:AlternateContent></controls></mc:Choice></mc:AlternateContent>"
    )
    legacy = re.findall(r"<legacyDrawingHF[^>]*/>", _text(parts, _SHEET))[0]
    _edit(parts, _SHEET, legacy, legacy + control)
    shape = (
        '<v:shape id="_x0000_s1095" type="#_x0000_t202" style="position:absolute"><x:ClientData '
        'ObjectType="Drop"><x:Anchor>8, 0, 13, 0, 9, 0, 14, 0</x:Anchor>'
        "<x:FmlaRange>$A$13:$A$15</x:FmlaRange><x:FmlaLink>$B$15</x:FmlaLink></x:ClientData>"
        "</v:shape></xml>"
    )
    _edit(parts, "xl/drawings/vmlDrawing1.vml", "</xml>", shape)


def _add_pivot(parts: Parts) -> None:
    name = "xl/pivotCache/pivotCacheDefinition1.xml"
    parts[name] = (
        f'{_XML}<pivotCacheDefinition xmlns="{_MAIN}" xmlns:r="{_OFFICE}" r:id="rId1" '
        'refreshedBy="统计员" refreshedDate="43000" createdVersion="6" refreshedVersion="6" '
        f'minRefreshableVersion="3" recordCount="1"><cacheSource type="worksheet">'
        f'<worksheetSource ref="A1:B3" sheet="{DATA}"/></cacheSource><cacheFields count="2">'
        '<cacheField name="单位" numFmtId="0"><sharedItems count="1"><s v="甲"/></sharedItems>'
        '</cacheField><cacheField name="数量" numFmtId="0"><sharedItems '
        'containsSemiMixedTypes="0" containsString="0" containsNumber="1" containsInteger="1" '
        'minValue="1" maxValue="1"/></cacheField></cacheFields></pivotCacheDefinition>'
    )
    parts["xl/pivotCache/pivotCacheRecords1.xml"] = (
        f'{_XML}<pivotCacheRecords xmlns="{_MAIN}" count="1"><r><x v="0"/><n v="1"/></r>'
        "</pivotCacheRecords>"
    )
    parts["xl/pivotTables/pivotTable1.xml"] = (
        f'{_XML}<pivotTableDefinition xmlns="{_MAIN}" name="透视表1" cacheId="7" '
        'dataCaption="值" applyNumberFormats="0" applyBorderFormats="0" applyFontFormats="0" '
        'applyPatternFormats="0" applyAlignmentFormats="0" applyWidthHeightFormats="1" '
        'updatedVersion="6" minRefreshableVersion="3" createdVersion="6" outline="1">'
        '<location ref="A3:B5" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/>'
        '<pivotFields count="2"><pivotField axis="axisRow" showAll="0"><items count="2">'
        '<item x="0"/><item t="default"/></items></pivotField><pivotField dataField="1" '
        'showAll="0"/></pivotFields><rowFields count="1"><field x="0"/></rowFields>'
        '<rowItems count="2"><i><x/></i><i t="grand"><x/></i></rowItems><colItems count="1">'
        '<i/></colItems><dataFields count="1"><dataField name="求和项:数量" fld="1" '
        'baseField="0" baseItem="0"/></dataFields></pivotTableDefinition>'
    )
    _declare(parts, name, f"{_TYPE}.pivotCacheDefinition+xml")
    _declare(parts, "xl/pivotCache/pivotCacheRecords1.xml", f"{_TYPE}.pivotCacheRecords+xml")
    _declare(parts, "xl/pivotTables/pivotTable1.xml", f"{_TYPE}.pivotTable+xml")
    _relate(parts, name, "rId1", "pivotCacheRecords", "pivotCacheRecords1.xml")
    _relate(parts, _PIVOT_SHEET, "rId1", "pivotTable", "../pivotTables/pivotTable1.xml")
    target = "../pivotCache/pivotCacheDefinition1.xml"
    _relate(parts, "xl/pivotTables/pivotTable1.xml", "rId1", "pivotCacheDefinition", target)
    _relate(
        parts,
        "xl/workbook.xml",
        "rId93",
        "pivotCacheDefinition",
        "pivotCache/pivotCacheDefinition1.xml",
    )
    caches = '<pivotCaches><pivotCache cacheId="7" r:id="rId93"/></pivotCaches></workbook>'
    _edit(parts, "xl/workbook.xml", "</workbook>", caches)


def _add_slicer(parts: Parts) -> None:
    space = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
    kind = "http://schemas.microsoft.com/office/2007/relationships"
    parts["xl/slicers/slicer1.xml"] = (
        f'{_XML}<slicers xmlns="{space}"><slicer name="单位" cache="切片器_单位" caption="单位" '
        'rowHeight="241300"/></slicers>'
    )
    parts["xl/slicerCaches/slicerCache1.xml"] = (
        f'{_XML}<slicerCacheDefinition xmlns="{space}" name="切片器_单位" sourceName="单位">'
        '<pivotTables><pivotTable tabId="3" name="透视表1"/></pivotTables><data>'
        '<tabular pivotCacheId="7"><items count="1"><i x="0" s="1"/></items></tabular></data>'
        "</slicerCacheDefinition>"
    )
    _declare(parts, "xl/slicers/slicer1.xml", "application/vnd.ms-excel.slicer+xml")
    _declare(parts, "xl/slicerCaches/slicerCache1.xml", "application/vnd.ms-excel.slicerCache+xml")
    _relate(parts, _PIVOT_SHEET, "rId2", f"{kind}/slicer", "../slicers/slicer1.xml")
    cache_target = "slicerCaches/slicerCache1.xml"
    _relate(parts, "xl/workbook.xml", "rId94", f"{kind}/slicerCache", cache_target)
    listed = (
        f'<extLst><ext xmlns:x14="{space}" uri="{{A8765BA9-456A-4dab-B4F3-ACF838C121DE}}">'
        f'<x14:slicerList><x14:slicer xmlns:r="{_OFFICE}" r:id="rId2"/></x14:slicerList></ext>'
        "</extLst></worksheet>"
    )
    _edit(parts, _PIVOT_SHEET, "</worksheet>", listed)
    caches = (
        f'<extLst><ext xmlns:x14="{space}" uri="{{BBE1A952-AA13-448e-AADC-164F8A28A991}}">'
        '<x14:slicerCaches><x14:slicerCache r:id="rId94"/></x14:slicerCaches></ext></extLst>'
        "</workbook>"
    )
    _edit(parts, "xl/workbook.xml", "</workbook>", caches)


def _add_external(parts: Parts) -> None:
    parts["xl/externalLinks/externalLink1.xml"] = (
        f'{_XML}<externalLink xmlns="{_MAIN}"><externalBook xmlns:r="{_OFFICE}" r:id="rId1">'
        '<sheetNames><sheetName val="上年"/></sheetNames><sheetDataSet><sheetData sheetId="0">'
        '<row r="5"><cell r="A5"><v>7</v></cell></row></sheetData></sheetDataSet>'
        "</externalBook></externalLink>"
    )
    parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = (
        f'{_XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships"><Relationship Id="rId1" Type="{_OFFICE}/externalLinkPath" '
        'Target="last-year.xlsx" TargetMode="External"/></Relationships>'
    )
    _declare(parts, "xl/externalLinks/externalLink1.xml", f"{_TYPE}.externalLink+xml")
    _relate(parts, "xl/workbook.xml", "rId95", "externalLink", "externalLinks/externalLink1.xml")
    listed = '<externalReferences><externalReference r:id="rId95"/></externalReferences>'
    _edit(parts, "xl/workbook.xml", "<definedNames>", f"{listed}<definedNames>")
    _edit(parts, _SHEET, "<f>NA()</f>", "<f>[1]上年!A5</f>")


def _add_custom_xml(parts: Parts) -> None:
    parts["customXml/item1.xml"] = "<meta xmlns='urn:office'><!-- kept --><a/></meta>"
    _relate(parts, "xl/workbook.xml", "rId96", "customXml", "../customXml/item1.xml")


def _add_calc_chain(parts: Parts) -> None:
    cells = "".join(f'<c r="{cell}" i="1"/>' for cell in ("D5", "A10", "F11", "D13", "A16"))
    parts["xl/calcChain.xml"] = f'{_XML}<calcChain xmlns="{_MAIN}">{cells}</calcChain>'
    _declare(parts, "xl/calcChain.xml", f"{_TYPE}.calcChain+xml")
    _relate(parts, "xl/workbook.xml", "rId97", "calcChain", "calcChain.xml")


__all__ = ["MAIN", "make_hard_workbook"]
