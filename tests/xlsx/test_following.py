"""Everything that holds a reference follows the rows: one loop, with all of it below."""

import base64
import io
import re
from collections.abc import Mapping
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from govdocs.errors import DataError
from tests.support.packages import different_parts, read_parts
from tests.xlsx.workbooks import cached, fill, make_book, make_sheet, part, read_cells

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
CHAIN = f'<calcChain xmlns="{MAIN}"><c r="A2" i="1"/></calcChain>'
NAMES = ["表", "2018年 统计"]


def _quoted(name: str) -> str:
    return f"'{name}'" if " " in name else name


def make_template(name: str) -> bytes:
    """One loop over row 5; totals, and one of everything, below."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet, other = book.add_worksheet(name), book.add_worksheet("Ref")
    own = _quoted(name)
    texts = {"A5": "{% for r in rows %}{{ r.name }}", "C5": "{{ r.n }}", "D5": "{{ r.p }}"}
    for address, text in {**texts, "F5": "{% endfor %}", "A12": "甲", "A13": "乙"}.items():
        sheet.write_string(address, text)
    formulas = {"E5": "=C5*D5", "C6": "=SUM(C5:C5)", "C8": "=C6*2", "E8": "=$C$6/2"}
    for address, formula in formulas.items():
        sheet.write_formula(address, formula, None, 0)
    other.write_formula("A1", f"='{name}'!C6", None, 0)
    sheet.merge_range("A5:B5", "")
    sheet.write_string("A5", texts["A5"])
    sheet.merge_range("A10:C11", "并")
    bold = book.add_format({"bold": 1})
    rule = {"type": "cell", "criteria": ">", "value": "$C$6", "format": bold}
    sheet.conditional_format("C5:C6", rule)
    sheet.conditional_format("C12:C13", {"type": "data_bar", "data_bar_2010": True})
    sheet.data_validation("C8", {"validate": "list", "source": "=$A$12:$A$13"})
    sheet.add_sparkline("G6", {"range": f"{own}!C5:C5"})
    sheet.add_sparkline("G5", {"range": f"{own}!C5:E5"})
    sheet.write_comment("A12", "注")
    sheet.write_url("A13", f"internal:{own}!A10", string="乙")
    sheet.insert_image("H12", "x.png", {"image_data": io.BytesIO(PNG)})
    chart = book.add_chart({"type": "column"})
    chart.add_series(
        {
            "name": f"={own}!$C$6",
            "categories": f"={own}!$A$5:$A$5",
            "values": f"={own}!$C$5:$C$5",
        }
    )
    sheet.insert_chart("I20", chart)
    columns = {"columns": [{"header": "a"}, {"header": "b"}], "data": [[1, 2], [3, 4]]}
    sheet.add_table("K12:L14", columns)
    sheet.set_row(11, 40)
    sheet.set_row(12, None, None, {"level": 1, "hidden": True})
    sheet.print_area("A1:L40")
    sheet.repeat_rows(0, 3)
    sheet.set_h_pagebreaks([9])
    book.define_name("合计", f"={own}!$C$6")
    book.define_name("明细", f"={own}!$C$5")
    sheet.protect()
    sheet.unprotect_range("A12:B13", "r1")
    sheet.ignore_errors({"number_stored_as_text": "A12 A5"})
    sheet.freeze_panes(6, 0)
    book.close()
    return buffer.getvalue()


def data_of(count: int) -> Mapping[str, Any]:
    """Rows with a number and a price."""
    rows = [{"name": f"第{n}", "n": n, "p": 2.5} for n in range(1, count + 1)]
    return {"rows": rows}


@pytest.fixture(scope="module", params=NAMES)
def filled(request: pytest.FixtureRequest) -> tuple[str, dict[str, str]]:
    """The template filled with four rows: the sheet's name, and its parts as text."""
    document = fill(make_template(request.param), data_of(4))
    parts = {n: d.decode(errors="replace") for n, d in read_parts(bytes(document)).items()}
    return _quoted(request.param), parts


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        (SHEET, '<c r="E6"><f>C6*D6</f><v>5</v></c>'),
        (SHEET, '<c r="C9"><f>SUM(C5:C8)</f><v>10</v></c>'),
        (SHEET, '<c r="C11"><f>C9*2</f><v>20</v></c>'),
        (SHEET, '<c r="E11"><f>$C$9/2</f><v>5</v></c>'),
        (SHEET, '<mergeCell ref="A8:B8"/>'),
        (SHEET, '<mergeCell ref="A13:C14"/>'),
        (SHEET, '<conditionalFormatting sqref="C5:C9">'),
        (SHEET, "<formula>$C$9</formula>"),
        (SHEET, "<xm:sqref>C15:C16</xm:sqref>"),
        (SHEET, 'sqref="C11"><formula1>$A$15:$A$16</formula1>'),
        (SHEET, "<xm:f>{own}!C8:E8</xm:f><xm:sqref>G8</xm:sqref>"),
        (SHEET, "<xm:f>{own}!C5:C8</xm:f><xm:sqref>G9</xm:sqref>"),
        (SHEET, '<hyperlink ref="A16" location="{own}!A13"'),
        (SHEET, '<brk id="12" '),
        (SHEET, '<protectedRange sqref="A15:B16" '),
        (SHEET, '<ignoredError sqref="A15 A5:A8" '),
        (SHEET, '<pane ySplit="9" topLeftCell="A10" '),
        (SHEET, '<dimension ref="A5:L17"/>'),
        (SHEET, '<row r="15" spans="1:12" ht="39.75" customHeight="1"'),
        (SHEET, '<row r="16" spans="1:12" hidden="1" outlineLevel="1"'),
        ("xl/worksheets/sheet2.xml", "!C9</f><v>10</v>"),
        ("xl/workbook.xml", '<definedName name="合计">{own}!$C$9</definedName>'),
        ("xl/workbook.xml", '<definedName name="明细">{own}!$C$5:$C$8</definedName>'),
        ("xl/workbook.xml", "{own}!$A$1:$L$43</definedName>"),
        ("xl/workbook.xml", "{own}!$1:$4</definedName>"),
        ("xl/workbook.xml", 'fullCalcOnLoad="1"'),
        ("xl/comments1.xml", '<comment ref="A15" '),
        ("xl/drawings/vmlDrawing1.vml", "<x:Row>14</x:Row>"),
        ("xl/drawings/drawing1.xml", "<xdr:row>14</xdr:row>"),
        ("xl/drawings/drawing1.xml", "<xdr:row>22</xdr:row>"),
        ("xl/tables/table1.xml", 'ref="K15:L17"'),
        ("xl/charts/chart1.xml", "<c:f>{own}!$C$9</c:f>"),
        ("xl/charts/chart1.xml", "<c:f>{own}!$C$5:$C$8</c:f>"),
        ("xl/charts/chart1.xml", '<c:pt idx="3"><c:v>4</c:v></c:pt>'),
    ],
)
def test_reference_follows_the_rows(
    filled: tuple[str, dict[str, str]], name: str, wanted: str
) -> None:
    """Every kind of reference points where its cells have gone, whatever the sheet is called."""
    own, parts = filled
    assert wanted.replace("{own}", own) in parts[name]


@pytest.mark.parametrize("count", [0, 1, 2, 50])
def test_cached_values_are_those_of_the_rows(count: int) -> None:
    """Totals are worked out for any number of rows; none is left as it was."""
    content = bytes(fill(make_template("表"), data_of(count)))
    total = sum(range(1, count + 1))
    values = cached(content)
    assert values.get(f"C{5 + count}") == total
    assert values.get(f"C{7 + count}") == total * 2
    assert cached(content, "Ref") == {"A1": total}


def test_one_row_gives_the_templates_own_references() -> None:
    """With one row nothing moves: every part but those with tags and values stays as it was."""
    source = make_template("表")
    content = bytes(fill(source, data_of(1)))
    changed = set(different_parts(content, source))
    assert changed <= {
        *("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/workbook.xml"),
        *("xl/sharedStrings.xml", "xl/charts/chart1.xml"),
    }
    assert read_cells(content)["C6"] == "=SUM(C5:C5)"


def test_formula_on_a_vanished_cell_is_an_error_with_its_cell() -> None:
    """What cannot follow is told, with the formula's place, and nothing is written."""
    source = make_sheet({"A1": "{%tr for x in xs %}{{ x }}{%tr endfor %}", "B2": "=A1+1"})
    with pytest.raises(DataError) as caught:
        fill(source, {"xs": []})
    problem = caught.value.problems[0]
    assert (problem.code, problem.place.spot) == ("reference.vanished", (("cell", "表1!B2"),))


def test_workbook_in_which_nothing_changes_keeps_its_calc_chain() -> None:
    """A fill that moves no row leaves the list of formulas alone."""
    source = _with_chain(make_sheet({"A1": "{{ x }}", "A2": "=A1*2"}), CHAIN)
    content = bytes(fill(source, {"x": 4}))
    assert part(content, "xl/calcChain.xml") == CHAIN
    assert cached(content) == {"A1": 4, "A2": 8}


def test_calc_chain_goes_with_relationship_and_type_when_rows_move() -> None:
    """Part, relationship and override are removed together."""
    cells = {"A1": "{%tr for x in xs %}{{ x }}{%tr endfor %}", "A2": "=SUM(A1:A1)"}
    content = bytes(fill(_with_chain(make_sheet(cells), CHAIN), {"xs": [1, 2]}))
    parts = read_parts(content)
    assert "xl/calcChain.xml" not in parts
    assert b"calcChain" not in parts["xl/_rels/workbook.xml.rels"] + parts["[Content_Types].xml"]


def _with_chain(source: bytes, chain: str) -> bytes:
    from tests.support.packages import write_package

    parts: dict[str, bytes | str] = dict(read_parts(source))
    rels, types = part(source, "xl/_rels/workbook.xml.rels"), part(source, "[Content_Types].xml")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
    rel = f'<Relationship Id="rId99" Type="{kind}" Target="calcChain.xml"/></Relationships>'
    parts["xl/_rels/workbook.xml.rels"] = rels.replace("</Relationships>", rel)
    own = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    override = f'<Override PartName="/xl/calcChain.xml" ContentType="{own}"/></Types>'
    parts["[Content_Types].xml"] = types.replace("</Types>", override)
    parts["xl/calcChain.xml"] = chain
    return write_package(parts)


def test_untouched_formulas_keep_their_caches() -> None:
    """A formula that reads nothing that changed stays byte for byte, its value too."""
    source = make_book({"表1": {"A1": "{{ x }}"}, "表2": {"A1": 5, "A2": "=A1*2"}})
    name = "xl/worksheets/sheet2.xml"
    parts: dict[str, bytes | str] = dict(read_parts(source))
    parts[name] = part(source, name).replace("<v></v>", "<v>10</v>").replace("<v/>", "<v>10</v>")
    from tests.support.packages import write_package

    source = write_package(parts)
    content = bytes(fill(source, {"x": 1}))
    assert different_parts(content, source) == ["xl/worksheets/sheet1.xml"]


def test_volatile_formulas_are_always_worked_out_anew() -> None:
    """TODAY changes by itself: its cache is dropped and the workbook recalculates."""
    source = make_sheet({"A1": "{{ x }}", "A2": "=TODAY()"})
    content = bytes(fill(source, {"x": 1}))
    assert re.search(r'<c r="A2"[^>]*><f>TODAY\(\)</f></c>', part(content))
    assert 'fullCalcOnLoad="1"' in part(content, "xl/workbook.xml")


def test_shared_formulas_are_written_out_where_rows_move() -> None:
    """Formulas that share their text each get their own."""
    cells = {"A1": "{%tr for x in xs %}{{ x }}{%tr endfor %}", "A2": 1, "A3": 2, "B2": 0, "B3": 0}
    source = make_sheet(cells)
    shared = part(source).replace(
        '<c r="B2" t="n"><v>0</v></c>',
        '<c r="B2"><f t="shared" ref="B2:B3" si="0">A2*2</f><v>2</v></c>',
    )
    shared = shared.replace(
        '<c r="B3" t="n"><v>0</v></c>', '<c r="B3"><f t="shared" si="0"/><v>4</v></c>'
    )
    from tests.support.packages import replace_parts

    content = bytes(fill(replace_parts(source, {SHEET: shared}), {"xs": [1, 2, 3]}))
    assert '<c r="B4"><f>A4*2</f><v>2</v></c>' in part(content)
    assert '<c r="B5"><f>A5*2</f><v>4</v></c>' in part(content)


def test_sheet_name_with_tags_is_followed_by_all_references() -> None:
    """A sheet called by a tag gets its name, and everything that names it too."""
    source = make_book(
        {"{{ year }}年": {"A1": "{{ year }}", "A2": "=A1+1"}, "汇总": {"A1": "='{{ year }}年'!A2"}}
    )
    content = bytes(fill(source, {"year": 2018}))
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["2018年", "汇总"]
    assert book["汇总"]["A1"].value == "='2018年'!A2"
    assert cached(content, "汇总") == {"A1": 2019}


@pytest.mark.parametrize(
    ("year", "code"),
    [
        ("x" * 32, "xlsx.sheet_name_too_long"),
        ("a/b", "xlsx.sheet_name_forbidden"),
        ("'a", "xlsx.sheet_name_forbidden"),
        ("", "xlsx.sheet_name_forbidden"),
        ("汇总", "xlsx.sheet_name_taken"),
    ],
)
def test_sheet_name_that_cannot_be_is_a_problem(year: str, code: str) -> None:
    """Length, characters and collisions are told."""
    source = make_book({"{{ year }}": {"A1": 1}, "汇总": {"A1": 1}})
    with pytest.raises(DataError) as caught:
        fill(source, {"year": year})
    assert [one.code for one in caught.value.problems] == [code]


def test_headers_and_properties_with_tags_are_filled() -> None:
    """``&`` is doubled in a header; a number behind a font size keeps its distance."""

    def change(sheet: Any) -> None:
        sheet.oddHeader.center.text = "{{ unit }}&12{{ year }}"
        sheet.parent.properties.title = "{{ unit }} & {{ year }}"

    content = bytes(fill(make_sheet({"A1": 1}, change), {"unit": "A&B", "year": 2018}))
    assert "<oddHeader>&amp;CA&amp;&amp;B&amp;12 2018</oddHeader>" in part(content)
    assert "A&amp;B &amp; 2018" in part(content, "docProps/core.xml")


def test_link_to_a_place_in_another_file_leads_where_it_did() -> None:
    """Only places in the workbook itself follow."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("表")
    sheet.write("A1", "{%tr for x in xs %}{{ x }}{%tr endfor %}")
    sheet.write_url("A5", "external:other.xlsx#表!A10")
    sheet.write_url("A6", "internal:表!A10")
    book.close()
    xml = part(bytes(fill(buffer.getvalue(), {"xs": [1, 2, 3]})))
    found = re.findall(r'<hyperlink ref="([^"]*)"[^>]* location="([^"]*)"', xml)
    assert found == [("A7", "表!A10"), ("A8", "表!A12")]
