"""Columns of tables are called what their heads say, and formulas call them so."""

import io
import re
from typing import Any

import pytest
import xlsxwriter

from govdocs.errors import DataError
from govdocs.template import Template
from tests.xlsx.workbooks import cached, fill, part, read_cells

TABLE = "xl/tables/table1.xml"
LOOP = "{%tc for y in years %}{{ y }}年{%tc endfor %}"
YEARS = [2017, 2018, 2019]


def make_table(heads: tuple[str, str], **cells: str) -> bytes:
    """A table of two columns and two rows of data, with formulas around it."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("表")
    columns: list[dict[str, Any]] = [{"header": head} for head in heads]
    sheet.add_table("A1:B3", {"name": "明细", "columns": columns})
    sheet.write_column("A2", ["甲", "乙"])
    sheet.write_column("B2", [1, 2])
    for address, text in cells.items():
        if text.startswith("="):
            sheet.write_formula(address, text, None, 0)
        else:
            sheet.write_string(address, text)
    book.close()
    return buffer.getvalue()


def columns_of(content: bytes) -> list[tuple[str, str]]:
    """The columns of the table: id and name."""
    return re.findall(r'<tableColumn id="(\d+)" name="([^"]*)"', part(content, TABLE))


def test_head_with_a_tag_names_its_column() -> None:
    """The column is called what the head prints, and formulas that named it follow."""
    source = make_table(("科室", "{{ y }}年"), A6="=SUM(明细[{{ y }}年])", A7="=COUNT(明细[科室])")
    content = bytes(fill(source, {"y": 2018}))
    assert columns_of(content) == [("1", "科室"), ("2", "2018年")]
    assert read_cells(content)["A6"] == "=SUM(明细[2018年])"


def test_tag_in_a_formula_chooses_a_column_by_its_name() -> None:
    """A text comes into the brackets as it is, not in quotes."""
    source = make_table(("甲", "[乙]"), A6="=SUM(明细[{{ which }}])")
    assert read_cells(bytes(fill(source, {"which": "[乙]"})))["A6"] == "=SUM(明细['[乙']])"


def test_head_that_prints_a_number_is_a_text() -> None:
    """A number in a head would have the table repaired."""
    content = bytes(fill(make_table(("科室", "{{ y }}")), {"y": 2018}))
    assert columns_of(content)[1] == ("2", "2018")
    assert read_cells(content)["B1"] == "2018"


def test_bound_head_is_followed_by_formulas() -> None:
    """The static name of the column is replaced wherever a formula uses it."""
    source = make_table(("科室", "数量"), A6="=SUM(明细[数量])", A7="=SUM(明细[[科室]:[数量]])")
    content = bytes(Template(source, {"表!B1": "head"}).fill({"head": "[新]数#"}))
    assert columns_of(content)[1] == ("2", "[新]数#")
    cells = read_cells(content)
    assert (cells["A6"], cells["A7"]) == (
        "=SUM(明细['[新']数'#])",
        "=SUM(明细[[科室]:['[新']数'#]])",
    )


def test_formulas_inside_of_the_table_need_not_name_it() -> None:
    """``[@数量]`` and the totals of the table follow the new name, too."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    columns = [
        {"header": "数量", "total_function": "sum"},
        {"header": "加倍", "formula": "=[@数量]*2", "total_function": "sum"},
    ]
    options = {"name": "明细", "total_row": True, "columns": columns}
    book.add_worksheet("表").add_table("A1:B3", options)
    book.close()
    content = bytes(Template(buffer.getvalue(), {"表!A1": "head"}).fill({"head": "件数"}))
    cells = read_cells(content)
    assert cells["B2"] == "=[[#This Row],[件数]]*2"
    assert (cells["A3"], cells["B3"]) == ("=SUBTOTAL(109,[件数])", "=SUBTOTAL(109,[加倍])")
    assert "<calculatedColumnFormula>[[#This Row],[件数]]*2<" in part(content, TABLE)


def test_columns_that_repeat_are_columns_of_the_table() -> None:
    """Each copy has an id and a name; a sum over the column reads all copies."""
    source = make_table(("科室", LOOP), A7="=SUM(B2:B3)")
    content = bytes(fill(source, {"years": YEARS}))
    assert columns_of(content) == [("1", "科室"), ("2", "2017年"), ("3", "2018年"), ("4", "2019年")]
    assert 'ref="A1:D3"' in part(content, TABLE)
    assert '<tableColumns count="4">' in part(content, TABLE)
    assert read_cells(content)["A7"] == "=SUM(B2:D3)"


def test_formula_that_names_a_column_that_repeats_reads_all_copies() -> None:
    """By the cells themselves, since no one name is left; the tags in the name are none."""
    content = bytes(fill(make_table(("科室", LOOP), A6=f"=SUM(明细[{LOOP}])"), {"years": YEARS}))
    assert read_cells(content)["A6"] == "=SUM(表!B2:D3)"
    assert cached(content)["A6"] == 9


def test_formula_on_a_column_that_repeats_reads_its_own_copy() -> None:
    """Below the table, in the same pass, the column is that of the pass."""
    content = bytes(fill(make_table(("科室", LOOP), B6=f"=SUM(明细[{LOOP}])"), {"years": YEARS}))
    cells = read_cells(content)
    assert [cells[f"{one}6"] for one in "BCD"] == [f"=SUM(表!{one}2:{one}3)" for one in "BCD"]


def test_column_that_vanished_leaves_the_table() -> None:
    """No column is left of it, and a sum over it is 0."""
    source = make_table(("科室", LOOP), A7=f"=SUM(明细[{LOOP}])")
    content = bytes(fill(source, {"years": []}))
    assert columns_of(content) == [("1", "科室")]
    assert read_cells(content)["A7"] == "=0"


@pytest.mark.parametrize(
    ("years", "code"),
    [([2018, 2018], "xlsx.table_head_twice"), (["", 2018], "xlsx.table_head_blank")],
)
def test_heads_that_a_table_cannot_have_are_problems(years: list[Any], code: str) -> None:
    """Two heads alike and a blank one are told with their cells."""
    source = make_table(("科室", "{%tc for y in years %}{{ y }}{%tc endfor %}"))
    with pytest.raises(DataError) as caught:
        fill(source, {"years": years})
    assert [one.code for one in caught.value.problems] == [code]
