"""A sheet per item: ``{% for %}`` in a sheet's name, with drawings, names and print setup."""

import io
import re
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table

from govdocs import Image
from govdocs.errors import DataError, TemplateError
from govdocs.template import Template
from tests.support.auditing import audit_against
from tests.support.packages import read_parts, write_package
from tests.xlsx.below import make_png
from tests.xlsx.workbooks import cached, fill, make_book, part, read_cells, texts_of, with_part

NAME = "{% for d in 部门 %}{{ d.名 }}"
CELLS = {
    "A1": "{{ d.名 }}（{{ 年 }}）",
    "A3": "{%tr for r in d.行 %}{{ r.a }}",
    "B3": "{{ r.b }}{%tr endfor %}",
    "B5": "=SUM(B3:B3)",
}
DATA = {
    "年": 2018,
    "部门": [
        {"名": "甲", "行": [{"a": "一", "b": 2}, {"a": "二", "b": 3}]},
        {"名": "乙 处", "行": [{"a": "三", "b": 4}]},
    ],
}


def _change(book: openpyxl.Workbook) -> None:
    sheet = book.worksheets[1]
    sheet.print_area = "A1:B5"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=3, max_row=3))
    sheet.add_chart(chart, "D4")
    sheet["A1"].comment = Comment("批注：{{ d.名 }}", "甲")
    book.defined_names["合计"] = DefinedName("合计", attr_text=f"'{NAME}'!$B$5")
    book.active = 2


@cache
def _template() -> bytes:
    total = {"A1": f"=SUM('{NAME}'!B5)", "A2": f"=SUM('{NAME}'!B3:B3)"}
    return make_book({"封面": {"A1": "{{ 年 }}"}, NAME: CELLS, "汇总": total}, _change)


@cache
def _fill() -> bytes:
    return bytes(fill(_template(), DATA))


def _all(pattern: str, name: str) -> list[Any]:
    return re.findall(pattern, part(_fill(), name))


def test_each_item_has_a_sheet_in_the_place_of_the_template() -> None:
    """Tabs stand in the order of the items, with ids of their own; the shown tab stays shown."""
    book = openpyxl.load_workbook(io.BytesIO(_fill()))
    assert book.sheetnames == ["封面", "甲", "乙 处", "汇总"]
    ids = _all(r'sheetId="(\d+)"', "xl/workbook.xml")
    assert len(ids) == len(set(ids)) == 4
    assert _all('activeTab="([^"]*)"', "xl/workbook.xml") == ["3"]


def test_cells_of_each_sheet_are_those_of_its_item() -> None:
    """Tags see the item and everything else; rows repeat for each sheet by themselves."""
    assert read_cells(_fill(), "甲") == {
        "A1": "甲（2018）",
        "A3": "一",
        "B3": 2,
        "A4": "二",
        "B4": 3,
        "B6": "=SUM(B3:B4)",
    }
    assert read_cells(_fill(), "乙 处") == {
        "A1": "乙 处（2018）",
        "A3": "三",
        "B3": 4,
        "B5": "=SUM(B3:B3)",
    }


def test_other_sheets_sum_over_all_items() -> None:
    """A reference to the template's sheet means all that it became, and so does a name."""
    formulas = {"A1": "=SUM(甲!B6,'乙 处'!B5)", "A2": "=SUM(甲!B3:B4,'乙 处'!B3:B3)"}
    assert read_cells(_fill(), "汇总") == formulas
    assert cached(_fill(), "汇总") == {"A1": 9, "A2": 9}
    names = dict(_all('<definedName name="(合计)">(.*?)<', "xl/workbook.xml"))
    assert names == {"合计": "(甲!$B$6,'乙 处'!$B$5)"}


def test_print_setup_goes_with_each_sheet() -> None:
    """Print areas and titles are there for each sheet; the page stays turned."""
    found = _all(r'_xlnm\.(\w+)" localSheetId="(\d)">(.*?)<', "xl/workbook.xml")
    assert sorted(found) == [
        ("Print_Area", "1", "甲!$A$1:$B$6"),
        ("Print_Area", "2", "'乙 处'!$A$1:$B$5"),
        ("Print_Titles", "1", "甲!$1:$1"),
        ("Print_Titles", "2", "'乙 处'!$1:$1"),
    ]
    for name in ("sheet2", "sheet4"):
        assert _all('orientation="(.*?)"', f"xl/worksheets/{name}.xml") == ["landscape"]


def test_drawings_charts_and_comments_are_copied_and_follow() -> None:
    """Each sheet has a drawing, a chart of its own cells, and a comment about its item."""
    charts = [_all("<f>(.*?)</f>", f"xl/charts/chart{number}.xml")[-1] for number in (1, 2)]
    assert charts == ["甲!$B$3:$B$4", "'乙 处'!$B$3"]
    notes = [_all("批注：([^<]*)<", f"xl/comments/comment{number}.xml") for number in (1, 2)]
    assert notes == [["甲"], ["乙 处"]]


def test_properties_list_the_sheets_and_names_that_there_are() -> None:
    """Headings and titles of the document's properties count what came out."""
    heads = "".join(
        f"<vt:variant><vt:lpstr>{text}</vt:lpstr></vt:variant>"
        f"<vt:variant><vt:i4>{count}</vt:i4></vt:variant>"
        for text, count in [("工作表", 3), ("命名范围", 2)]
    )
    titles = ["封面", NAME, "汇总", f"'{NAME}'!Print_Area", "合计"]
    listed = "".join(f"<vt:lpstr>{text}</vt:lpstr>" for text in titles)
    name = "docProps/app.xml"
    source = with_part(
        _template(),
        lambda xml: re.sub("<HeadingPairs>.*</TitlesOfParts>", "", xml).replace(
            "</Properties>",
            '<HeadingPairs xmlns:vt="v"><vt:vector size="4" baseType="variant">'
            f'{heads}</vt:vector></HeadingPairs><TitlesOfParts xmlns:vt="v">'
            f'<vt:vector size="5" baseType="lpstr">{listed}</vt:vector></TitlesOfParts>'
            "</Properties>",
        ),
        name,
    )
    written = part(bytes(fill(source, DATA)), name)
    assert re.findall("<vt:i4>(.*?)</vt:i4>", written) == ["4", "3"]
    assert re.findall('<vt:vector size="(.*?)"', written) == ["4", "7"]
    assert re.findall("<vt:lpstr>(.*?)</vt:lpstr>", written)[2:] == [
        *("封面", "甲", "乙 处", "汇总"),
        *("甲!Print_Area", "'乙 处'!Print_Area", "合计"),
    ]


def test_no_label_and_no_tag_is_left_anywhere() -> None:
    """The name under which the sheet was compiled stands in no part."""
    assert [text for text in texts_of(_fill()) if "«" in text or "{%" in text] == []


def test_nothing_new_is_found_by_an_audit(tmp_path: Path) -> None:
    """openxml-audit finds nothing that it did not find in the template."""
    template, filled = tmp_path / "t.xlsx", tmp_path / "f.xlsx"
    template.write_bytes(_template())
    filled.write_bytes(_fill())
    # the template has inline strings as well, which the audit counts sheet by sheet
    found = audit_against(filled, template)
    assert [one for one in found if "inline-string" not in one] == []


def test_no_items_take_the_sheet_away() -> None:
    """Without items there is no such sheet, and its part is gone."""
    filled = bytes(fill(make_book({"封面": {"A1": "x"}, NAME: {"A1": "{{ d }}"}}), {"部门": []}))
    assert openpyxl.load_workbook(io.BytesIO(filled)).sheetnames == ["封面"]
    assert [name for name in read_parts(filled) if "sheet2" in name] == []


def test_a_book_without_any_sheet_is_refused() -> None:
    """If the only sheet stands for items and there are none, nothing is written."""
    with pytest.raises(DataError) as caught:
        fill(make_book({NAME: {"A1": "{{ d }}"}}), {"部门": []})
    assert [problem.code for problem in caught.value.problems] == ["xlsx.no_sheet_left"]


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["甲", "甲"], "xlsx.sheet_name_taken"),
        (["封面"], "xlsx.sheet_name_taken"),
        (["a/b"], "xlsx.sheet_name_forbidden"),
        (["长" * 32], "xlsx.sheet_name_too_long"),
    ],
)
def test_names_that_cannot_be_are_refused(names: list[str], code: str) -> None:
    """Two sheets of one name, forbidden characters and names that are too long."""
    template = make_book({"封面": {"A1": "x"}, NAME: {"A1": "{{ d.名 }}"}})
    with pytest.raises(DataError) as caught:
        fill(template, {"部门": [{"名": name} for name in names]})
    assert [problem.code for problem in caught.value.problems] == [code]


TABLE = {
    "A1": "科室",
    "B1": "数量",
    "A2": "{% for r in d.行 %}{{ r.a }}",
    "B2": "{{ r.b }}",
    "C2": "{% endfor %}",
    "A3": "合计",
    "B3": "=SUBTOTAL(109,明细[数量])",
    "D1": "=SUM(明细[数量])*2",
}


def _add_table(book: openpyxl.Workbook) -> None:
    table = Table(displayName="明细", ref="A1:B3", totalsRowCount=1)
    book[NAME].add_table(table)
    book.defined_names["明细_2"] = DefinedName("明细_2", attr_text="1")


def test_table_on_a_sheet_that_repeats_has_a_name_of_its_own_on_each() -> None:
    """Formulas of a sheet read its own table; a name that is taken is not given out."""
    filled = bytes(fill(make_book({NAME: TABLE}, _add_table), DATA))
    book = openpyxl.load_workbook(io.BytesIO(filled))
    tables = [(one.displayName, one.ref, one.id) for page in book for one in page.tables.values()]
    assert tables == [("明细", "A1:B4", 1), ("明细_3", "A1:B3", 2)]
    assert read_cells(filled, "甲")["B4"] == "=SUBTOTAL(109,明细[数量])"
    assert read_cells(filled, "乙 处")["D1"] == "=SUM(明细_3[数量])*2"
    assert [cached(filled, name)["D1"] for name in ("甲", "乙 处")] == [10, 8]
    assert len([name for name in read_parts(filled) if "xl/tables/" in name]) == 2


@pytest.mark.parametrize(
    ("items", "code"), [(2, "reference.scattered"), (1, ""), (0, "reference.vanished")]
)
def test_table_of_several_sheets_is_read_from_outside_only_if_there_is_one(
    items: int, code: str
) -> None:
    """A sum over one of several tables would leave the others out."""
    source = make_book({NAME: TABLE, "汇总": {"A1": "=SUM(明细[数量])"}}, _add_table)
    data = {**DATA, "部门": DATA["部门"][:items]}  # type: ignore[index]
    if not code:
        assert cached(bytes(fill(source, data)), "汇总") == {"A1": 5}
        return
    with pytest.raises(DataError) as caught:
        fill(source, data)
    assert [problem.code for problem in caught.value.problems] == [code]


def test_tables_whose_heads_differ_from_item_to_item_are_refused() -> None:
    """Formulas name columns by their heads, and stand on all sheets alike."""
    source = make_book({NAME: {**TABLE, "B1": "{{ d.名 }}"}}, _add_table)
    with pytest.raises(DataError) as caught:
        fill(source, DATA)
    assert "xlsx.table_heads_differ" in [problem.code for problem in caught.value.problems]


def test_tables_go_with_a_sheet_without_items() -> None:
    """No part of them is left."""
    source = make_book({"封面": {"A1": "x"}, NAME: TABLE}, _add_table)
    filled = bytes(fill(source, {"部门": []}))
    assert [name for name in read_parts(filled) if "table" in name] == []


def test_blank_rows_of_tables_are_no_items_on_any_sheet() -> None:
    """Each of several sheets may have no rows, and is read back so."""
    template = Template(make_book({NAME: TABLE}, _add_table))
    data = {"部门": [{"名": "甲", "行": []}, {"名": "乙", "行": []}]}
    filled = bytes(template.fill(data))
    assert [cached(filled, name)["D1"] for name in ("甲", "乙")] == [0, 0]


def test_pictures_stand_on_their_own_sheets() -> None:
    """A picture that a cell prints is in the drawing of its sheet."""
    template = make_book({NAME: {"A1": "{{ d.像 }}"}})
    items = [{"名": name, "像": Image(make_png(9, size))} for name, size in (("甲", 9), ("乙", 5))]
    parts = read_parts(bytes(fill(template, {"部门": items})))
    drawings = [name for name in parts if re.fullmatch(r"xl/drawings/drawing\d\.xml", name)]
    assert [parts[name].count(b"<xdr:pic>") for name in drawings] == [1, 1]


def test_closing_tag_and_text_may_stand_in_the_name() -> None:
    """A name may say ``{% endfor %}``, and text around the tags."""
    template = make_book({"{%for d in x%}第{{d}}组{%endfor%}": {"A1": "{{ d * 2 }}"}})
    filled = bytes(fill(template, {"x": [1, 2]}))
    assert [read_cells(filled, name) for name in ("第1组", "第2组")] == [{"A1": 2}, {"A1": 4}]


def test_fields_name_the_list_and_its_members() -> None:
    """What the sheet asks for is asked of each item."""
    found = [field.name for field in Template(_template()).fields()]
    assert found == ["年", "部门", "部门[].名", "部门[].行", "部门[].行[].a", "部门[].行[].b"]


def test_fault_in_the_name_is_told_with_all_others() -> None:
    """A tag that cannot be read names the sheet."""
    template = make_book({"{% for d in %}{{ d }}": {"A1": "{{ x + }}"}})
    with pytest.raises(TemplateError) as caught:
        Template(template)
    assert [problem.code for problem in caught.value.problems] == ["template.syntax"] * 2


def test_no_items_take_the_sheets_drawing_away_too() -> None:
    """No part is left that only the vanished sheet led to."""
    filled = bytes(fill(_template(), {"年": 2018, "部门": []}))
    assert [name for name in read_parts(filled) if "drawing" in name or "chart" in name] == []
    assert [text for text in texts_of(filled) if "«" in text or "{%" in text] == []


@pytest.mark.parametrize(
    ("items", "code"), [(0, "xlsx.sheet_not_removed"), (2, "xlsx.sheet_not_copied")]
)
def test_sheet_with_a_slicer_has_to_come_out_once(items: int, code: str) -> None:
    """Caches of the workbook know the sheet and what stands on it."""
    parts = dict(read_parts(make_book({"封面": {"A1": "x"}, NAME: {"A1": "{{ d.名 }}"}})))
    space = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
    relationships = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts["xl/slicers/slicer1.xml"] = f'<slicers xmlns="{space}"/>'.encode()
    parts["xl/worksheets/_rels/sheet2.xml.rels"] = (
        f'<Relationships xmlns="{relationships}"><Relationship Id="rId1" Type="'
        'http://schemas.microsoft.com/office/2007/relationships/slicer" '
        'Target="../slicers/slicer1.xml"/></Relationships>'
    ).encode()
    types = parts["[Content_Types].xml"].decode()
    kind = '<Override PartName="/xl/slicers/slicer1.xml" ContentType="application/vnd.ms-excel.'
    parts["[Content_Types].xml"] = types.replace(
        "</Types>", f'{kind}slicer+xml"/></Types>'
    ).encode()
    with pytest.raises(DataError) as caught:
        fill(write_package({**parts}), {"部门": [{"名": f"科{n}"} for n in range(items)]})
    assert [problem.code for problem in caught.value.problems] == [code]
