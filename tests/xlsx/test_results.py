"""Cells that show results of others: of array formulas, data tables and pivot tables."""

import re

import pytest

from govdocs.errors import DataError
from tests.support.packages import read_parts, write_package
from tests.xlsx.workbooks import Cells, cached, fill, make_book, make_sheet, part, with_part

ARRAY = (
    '<row r="3"><c r="B3" s="0"><f t="array" ref="B3:B5">A3:A5*$A$1</f><v>1</v></c></row>'
    '<row r="4"><c r="B4"><v>2</v></c><c r="C4"><f>B4+1</f><v>3</v></c></row>'
    '<row r="5"><c r="B5" t="str"><v>{{ a }}</v></c></row>'
)
TABLE = (
    '<row r="3"><c r="A3"><f>A1*2</f><v>2</v></c><c r="B3"><v>7</v></c><c r="C3"><v>8</v></c></row>'
    '<row r="4"><c r="A4"><v>5</v></c><c r="B4"><f t="dataTable" ref="B4:C5" dt2D="1" dtr="1" '
    'r1="A1" r2="A2"/><v>11</v></c><c r="C4"><v>12</v></c></row>'
    '<row r="5"><c r="A5"><v>6</v></c><c r="B5"><v>13</v></c><c r="C5"><v>14</v></c></row>'
)


def _make(cells: Cells, rows: str) -> bytes:
    return with_part(
        make_sheet(cells), lambda xml: xml.replace("</sheetData>", rows + "</sheetData>")
    )


def _cell(content: bytes, address: str) -> str:
    found = re.search(rf'<c r="{address}"[^>]*?(?:/>|>.*?</c>)', part(content))
    return found[0] if found else ""


def test_all_cells_of_an_array_formula_lose_a_stale_result() -> None:
    """The cells beside the formula's own hold no formula, but their value is as old."""
    filled = bytes(fill(_make({"A1": "{{ a }}"}, ARRAY), {"a": 3}))
    assert cached(filled) == {"A1": 3}
    assert 'ref="B3:B5"' in _cell(filled, "B3")
    assert _cell(filled, "B4") == '<c r="B4"></c>'
    assert "{{" not in part(filled)


def test_array_formula_of_what_stays_keeps_its_results_where_rows_move() -> None:
    """Its cells move with their values, and its area with them."""
    cells = {"A1": 2, "A2": "{%tr for r in rows %}{{ r }}{%tr endfor %}"}
    filled = bytes(fill(_make(cells, ARRAY.replace("{{ a }}", "x")), {"rows": [1, 2, 3]}))
    assert cached(filled) == {
        "A1": 2,
        "A2": 1,
        "A3": 2,
        "A4": 3,
        "B5": 1,
        "B6": 2,
        "C6": 3,
        "B7": "x",
    }
    assert '<f t="array" ref="B5:B7">A5:A7*$A$1</f>' in part(filled)


def test_array_formula_over_columns_of_a_loop_has_empty_results_in_each_pass() -> None:
    """Each copy has its own area and none keeps the template's result."""
    row = (
        '<row r="2"><c r="A2" t="str"><v>{% for r in rows %}{{ r }}</v></c>'
        '<c r="B2"><f t="array" ref="B2:C2">A2*{1,2}</f><v>1</v></c><c r="C2"><v>2</v></c>'
        '<c r="D2" t="str"><v>{% endfor %}</v></c></row>'
    )
    filled = bytes(fill(_make({"A1": "x"}, row), {"rows": [1, 2]}))
    assert cached(filled) == {"A1": "x", "A2": 1, "A3": 2}
    assert re.findall('ref="([B-D][^"]*)"', part(filled)) == ["B2:C2", "B3:C3"]


@pytest.mark.parametrize(
    ("cells", "kept"),
    [
        ({"A1": "{{ a }}"}, False),  # what the table puts other values in
        ({"A1": 1, "D9": "{{ a }}"}, True),
    ],
)
def test_results_of_a_data_table_hold_only_as_long_as_what_it_reads(
    cells: Cells, kept: bool
) -> None:
    """Its formula and its inputs stand in the row above and in the column left of it."""
    values = cached(bytes(fill(_make(cells, TABLE), {"a": 3})))
    found = [values.get(cell) for cell in ("B4", "C4", "B5", "C5")]
    assert found == ([11, 12, 13, 14] if kept else [None] * 4)


def test_input_cells_of_a_data_table_follow_the_rows() -> None:
    """They are addresses in attributes, and one that has vanished is a fault."""
    moved = TABLE.replace('r1="A1" r2="A2"', 'r1="A8" r2="A9"')
    cells = {"A2": "{%tr for r in rows %}{{ r }}{%tr endfor %}"}
    filled = bytes(fill(_make(cells, moved), {"rows": [1, 2, 3]}))
    assert 'ref="B6:C7" dt2D="1" dtr="1" r1="A10" r2="A11"' in part(filled)
    with pytest.raises(DataError) as caught:
        bytes(fill(_make(cells, TABLE), {"rows": []}))
    assert {one.code for one in caught.value.problems} == {"reference.vanished"}


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def make_pivot(source: str, shown: Cells) -> bytes:
    """Make a workbook with a pivot table on the sheet 透视; it reads from the sheet 表1."""
    cells = {"A1": "名称", "B1": "数量", "A2": "{% for r in rows %}{{ r.n }}", "C2": "{% endfor %}"}
    cells["B2"] = "{{ r.v }}"
    parts: dict[str, bytes] = dict(
        read_parts(make_book({"表1": cells, "透视": {**shown, "H1": "=B5*2"}}))
    )
    cache, pivot = "xl/pivotCache/pivotCacheDefinition1.xml", "xl/pivotTables/pivotTable1.xml"
    parts[cache] = (
        f'<pivotCacheDefinition xmlns="{_MAIN}" xmlns:r="{_OFFICE}" r:id="rId1" recordCount="1">'
        f'<cacheSource type="worksheet"><worksheetSource {source}/></cacheSource>'
        '<cacheFields count="2"><cacheField name="名称"><sharedItems count="2">'
        '<s v="{% for r in rows %}{{ r.n }}"/><s v="{{ r.v }}"/></sharedItems></cacheField>'
        '<cacheField name="数量"><sharedItems/></cacheField></cacheFields></pivotCacheDefinition>'
    ).encode()
    parts["xl/pivotCache/pivotCacheRecords1.xml"] = (
        f'<pivotCacheRecords xmlns="{_MAIN}" count="1"><r><s v="{{{{ r.n }}}}"/><n v="1"/></r>'
        "</pivotCacheRecords>"
    ).encode()
    parts[pivot] = (
        f'<pivotTableDefinition xmlns="{_MAIN}" name="透视表1" cacheId="7" dataCaption="值">'
        '<location ref="A4:B6" firstHeaderRow="1" firstDataRow="1" firstDataCol="1" '
        'rowPageCount="1" colPageCount="1"/></pivotTableDefinition>'
    ).encode()
    _relate(parts, cache, "pivotCacheRecords", "pivotCacheRecords1.xml")
    _relate(parts, pivot, "pivotCacheDefinition", "../pivotCache/pivotCacheDefinition1.xml")
    _relate(parts, "xl/worksheets/sheet2.xml", "pivotTable", "../pivotTables/pivotTable1.xml")
    rels = parts["xl/_rels/workbook.xml.rels"].decode()
    own = f'<Relationship Id="rId9" Type="{_OFFICE}/pivotCacheDefinition" Target="/{cache}"/>'
    parts["xl/_rels/workbook.xml.rels"] = rels.replace("</Rel", f"{own}</Rel").encode()
    types = "".join(
        f'<Override PartName="/{name}" ContentType="{_KIND}.{kind}+xml"/>'
        for name, kind in {
            cache: "pivotCacheDefinition",
            pivot: "pivotTable",
            "xl/pivotCache/pivotCacheRecords1.xml": "pivotCacheRecords",
        }.items()
    )
    listed = parts["[Content_Types].xml"].decode()
    parts["[Content_Types].xml"] = listed.replace("</Types>", f"{types}</Types>").encode()
    caches = '<pivotCaches><pivotCache cacheId="7" r:id="rId9"/></pivotCaches></workbook>'
    book = parts["xl/workbook.xml"].decode()
    parts["xl/workbook.xml"] = (
        book.replace("</workbook>", caches).replace(
            "<workbook ", f'<workbook xmlns:r="{_OFFICE}" ', 1
        )
    ).encode()
    return write_package({**parts})


def _relate(parts: dict[str, bytes], source: str, kind: str, target: str) -> None:
    folder, _, file = source.rpartition("/")
    parts[f"{folder}/_rels/{file}.rels"] = (
        f'<Relationships xmlns="{_RELATIONSHIPS}"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/{kind}" Target="{target}"/></Relationships>'
    ).encode()


SHOWN: Cells = {
    "A2": "{{ r.n }}",
    "B2": "(全部)",
    "A4": "名称",
    "B4": "求和",
    "A5": "{{ r.n }}",
    "B5": 41,
}


@pytest.mark.parametrize("source", ['ref="A1:B2" sheet="表1"', 'name="来源"'])
def test_pivot_table_of_filled_cells_keeps_labels_and_loses_figures(source: str) -> None:
    """Its cells hold no tags, whatever they show; what reads them is stale too."""
    names = '<definedNames><definedName name="来源">表1!$A$1:$B$2</definedName></definedNames>'
    book = with_part(
        make_pivot(source, SHOWN),
        lambda xml: xml.replace("<definedNames/>", names),
        "xl/workbook.xml",
    )
    filled = bytes(fill(book, {"rows": [{"n": "甲", "v": 3}, {"n": "乙", "v": 4}]}))
    assert cached(filled, "透视") == {"B2": "(全部)", "A4": "名称", "B4": "求和"}
    assert 'refreshOnLoad="1"' in part(filled, "xl/pivotCache/pivotCacheDefinition1.xml")
    assert not any(b"{{" in data for data in read_parts(filled).values())


def test_pivot_table_of_other_cells_stays_as_it_is() -> None:
    """Nothing that it shows hangs on the filling."""
    shown = {**SHOWN, "A2": "名称", "A5": "甲"}
    book = make_pivot('ref="F1:G2" sheet="透视"', shown)
    filled = bytes(fill(book, {"rows": []}))
    assert cached(filled, "透视")["B5"] == 41
