"""A hard workbook, first half: what XlsxWriter can make of a template with three loops.

Rows of sheet 统计: 2 repeats (above), 5 repeats inside the table 明细, 30 repeats (below).
"""

import io
from typing import Any

import xlsxwriter

from tests.xlsx.below import make_png

MAIN, DATA, PIVOT, LIST = "统计", "数据", "透视", "参数"


def make_sheets() -> bytes:
    """Make the workbook without what XlsxWriter does not know."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.add_vba_project(io.BytesIO(b"\xd0\xcf\x11\xe0 macros"), is_stream=True)
    book.set_custom_property("文号", "〔2019〕1号")
    page, data = book.add_worksheet(MAIN), book.add_worksheet(DATA)
    pivot, listed = book.add_worksheet(PIVOT), book.add_worksheet(LIST)
    _write_main(book, page)
    _write_rules(book, page)
    _write_objects(book, page)
    _write_setup(book, page)
    _write_data(data)
    for row, text in enumerate(["是", "否", "未定"]):
        listed.write(row, 0, text)
    listed.very_hidden()
    pivot.write_row("A3", ["单位", "求和项:数量"])
    pivot.write_row("A4", ["甲", 1])
    pivot.write_row("A5", ["总计", 1])
    book.add_chartsheet("图表").set_chart(_make_chart(book))
    book.close()
    return buffer.getvalue()


def _write_main(book: Any, page: Any) -> None:
    page.merge_range("A1:F1", "")
    page.write("A1", "{{ title }}", book.add_format({"bold": True, "align": "center"}))
    page.write("A2", "{%tr for x in above %}{{ x }}{%tr endfor %}")
    heads = ["项目", "数量", "单价", "金额"]
    columns: list[dict[str, str]] = [{"header": head} for head in heads]
    columns[0]["total_string"] = "合计"
    columns[1]["total_function"] = "sum"
    columns[3] |= {
        "formula": "=明细[[#This Row],[数量]]*明细[[#This Row],[单价]]",
        "total_function": "sum",
    }
    options = {
        "name": "明细",
        "columns": columns,
        "total_row": True,
        "style": "Table Style Light 9",
    }
    page.add_table("A4:D6", options)
    page.write("A5", "{%tr for r in rows %}{{ r.name }}")
    page.write("B5", "{{ r.n }}")
    page.write("C5", "{{ r.p }}{%tr endfor %}")
    page.write_rich_string("A8", "普通", book.add_format({"bold": True}), "加粗", "字")
    page.write("A9", "東京")
    page.write_array_formula("A10:A10", "{=SUM(B13:B15*C13:C15)}", None, 0)
    page.write_dynamic_array_formula("F11:F13", "=_xlfn._xlws.SORT(B13:B15)", None, 1)
    for row in range(13, 16):
        page.write_row(row - 1, 0, [f"第{row}行", row, row * 2])
        page.write_formula(row - 1, 3, f"=B{row}*2", None, row * 2)
    page.write_formula("A16", "=1/0", None, "#DIV/0!")
    page.write_formula("B16", "=NA()", None, "#N/A")
    page.write_formula("C16", "=SUM(明细[数量])", None, 0)
    page.write_formula("D16", f"=SUM({DATA}!B2:B2)", None, 0)
    page.write("A30", "{%tr for y in below %}{{ y }}{%tr endfor %}")
    page.write_formula("A31", "=COUNTA(A30:A30)", None, 0)


def _write_rules(book: Any, page: Any) -> None:
    page.conditional_format("B13:B15", {"type": "data_bar", "data_bar_2010": True})
    red = book.add_format({"font_color": "red"})
    rule = {"type": "formula", "criteria": "=$B13>$B$6", "format": red}
    page.conditional_format("A13:D15", rule)
    page.add_sparkline("G13", {"range": "B13:D13"})
    page.data_validation("A13:A15", {"validate": "length", "criteria": "<", "value": 9})
    page.protect("secret")
    page.unprotect_range("B13:B15", "可填")
    page.ignore_errors({"number_stored_as_text": "A13:A15"})


def _write_objects(book: Any, page: Any) -> None:
    chart = _make_chart(book)
    chart.add_series({"name": f"={MAIN}!$B$4", "values": f"={MAIN}!$B$5:$B$5"})
    page.insert_chart("H2", chart)
    image = {"image_data": io.BytesIO(make_png()), "description": "徽标"}
    page.insert_image("H20", "图.png", image)
    page.insert_textbox("H25", "说明", {"textlink": f"={MAIN}!$B$13"})
    page.write_comment("A14", "一条批注")
    page.insert_button("H28", {"macro": "run", "caption": "运行"})
    page.insert_checkbox("E13", True)
    page.write_url("A17", f"internal:{MAIN}!B13", string="见上")


def _make_chart(book: Any) -> Any:
    chart = book.add_chart({"type": "line"})
    chart.set_title({"name": f"={MAIN}!$A$13"})
    chart.add_series(
        {"categories": f"={MAIN}!$A$13:$A$15", "values": f"={MAIN}!$B$13:$B$15"},
    )
    return chart


def _write_setup(book: Any, page: Any) -> None:
    page.freeze_panes(4, 1)
    page.set_h_pagebreaks([20])
    page.set_v_pagebreaks([8])
    page.repeat_rows(3)
    page.print_area("A1:G31")
    for row in range(12, 15):
        page.set_row(row, None, None, {"level": 1})
    page.set_row(18, None, None, {"hidden": True})
    page.set_header(
        "&C&G", {"image_center": "logo.png", "image_data_center": io.BytesIO(make_png())}
    )
    book.define_name("首行", f"={MAIN}!$B$13")
    book.define_name(f"{MAIN}!比率", "=0.25")


def _write_data(data: Any) -> None:
    data.write_row("A1", ["单位", "数量"])
    data.write("A2", "{%tr for r in rows %}{{ r.name }}")
    data.write("B2", "{{ r.n }}{%tr endfor %}")
    data.write_row("A3", ["其他", 1])
    data.autofilter("A1:B3")
