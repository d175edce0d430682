"""Charts of a template take their series from the data."""

import datetime as dt
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from govdocs import Chart, DataError, Template, TemplateError
from tests.support.charts import (
    C,
    Sample,
    Shown,
    chart_document,
    read_charts,
    workbook_of,
)
from tests.support.libreoffice import LibreOffice
from tests.support.packages import read_parts, replace_parts
from tests.support.soundness import assert_sound

CHART = "word/charts/chart1.xml"
BOOK = "word/embeddings/Microsoft_Excel_Worksheet1.xlsx"
TWO_YEARS = {"categories": ["2020年", "2021年"], "series": {"收到": [30, 28], "办结": [29, 28]}}


def fill(sample: Sample, value: Any, **options: Any) -> list[Shown]:
    """Fill a document with one chart; return the chart's series."""
    template = chart_document(sample)
    filled = bytes(Template(template, **options).fill({"trend": value}))
    assert_sound(filled, template)
    return read_charts(filled)[0]


def faults(sample: Sample, value: Any) -> list[tuple[str, dict[str, object]]]:
    """List what is wrong with the data of a chart."""
    with pytest.raises(DataError) as caught:
        Template(chart_document(sample)).fill({"trend": value})
    return [(one.code, dict(one.fields)) for one in caught.value.problems]


def root_of(sample: Sample, value: Any, name: str = CHART) -> etree._Element:
    """Fill a document with one chart; return the root of a part."""
    filled = bytes(Template(chart_document(sample)).fill({"trend": value}))
    return etree.fromstring(read_parts(filled)[name])


def sheet_of(sample: Sample, value: Any) -> Any:
    """Fill a document with one chart; return the sheet of its workbook."""
    filled = bytes(Template(chart_document(sample)).fill({"trend": value}))
    return openpyxl.load_workbook(io.BytesIO(read_parts(filled)[BOOK])).active


def test_chart_named_by_a_tag_takes_its_series() -> None:
    """The part's copy of the values, the cells and the areas say the same."""
    assert fill(Sample(), TWO_YEARS) == [
        Shown(
            {"tx": "Sheet1!$B$1", "cat": "Sheet1!$A$2:$A$3", "val": "Sheet1!$B$2:$B$3"},
            {"tx": ["收到"], "cat": ["2020年", "2021年"], "val": ["30", "28"]},
            {"tx": ["收到"], "cat": ["2020年", "2021年"], "val": [30, 28]},
        ),
        Shown(
            {"tx": "Sheet1!$C$1", "cat": "Sheet1!$A$2:$A$3", "val": "Sheet1!$C$2:$C$3"},
            {"tx": ["办结"], "cat": ["2020年", "2021年"], "val": ["29", "28"]},
            {"tx": ["办结"], "cat": ["2020年", "2021年"], "val": [29, 28]},
        ),
    ]


@pytest.mark.parametrize(
    "value",
    [
        Chart(["2020年", "2021年"], {"收到": [30, 28], "办结": [29, 28]}),
        {"类别": ["2020年", "2021年"], "系列": {"收到": [30, 28], "办结": [29, 28]}},
        {"categories": ["2020年", "2021年"], "series": [["收到", [30, 28]], ["办结", [29, 28]]]},
        [{"年": "2020年", "收到": 30, "办结": 29}, {"年": "2021年", "收到": 28, "办结": 28}],
        {"年": ["2020年", "2021年"], "收到": [30, 28], "办结": [29, 28]},
    ],
    ids=["chart", "chinese", "pairs", "rows", "columns"],
)
def test_same_data_in_other_shapes_make_the_same_chart(value: object) -> None:
    """A Chart, a mapping, rows and columns are ways to say one thing."""
    assert fill(Sample(), value) == fill(Sample(), TWO_YEARS)


@pytest.mark.parametrize("kind", ["bar", "line", "area", "pie", "doughnut", "radar"])
def test_every_kind_over_categories_is_filled(kind: str) -> None:
    """A mapping of category and figure is one series, which keeps its name."""
    sample = Sample(kind, ("结果", "件数"), (("予以公开", 5), ("不予公开", 1)))
    [series] = fill(sample, {"予以公开": 12, "部分公开": 3, "不予公开": None})
    assert series.cached["tx"] == ["件数"]
    assert series.cached["cat"] == ["予以公开", "部分公开", "不予公开"]
    assert series.cached["val"] == ["12", "3", None]
    assert series.cells["val"] == [12, 3, None]


def test_points_of_a_scatter_chart_have_an_x_of_their_own() -> None:
    """Series that stand at other places are read from columns of their own."""
    sample = Sample("scatter", ("x", "甲", "乙"), ((1, 2, 3), (4, 5, 6)))
    first, second = fill(
        sample, {"series": {"甲": [(1, Decimal("0.10"))], "乙": [(7, 8), (9, None)]}}
    )
    assert first.cached == {"tx": ["甲"], "xVal": ["1"], "yVal": ["0.10"]}
    assert second.cached == {"tx": ["乙"], "xVal": ["7", "9"], "yVal": ["8", None]}
    assert first.formulas["xVal"] == "Sheet1!$A$2"
    assert second.formulas["xVal"] == "Sheet1!$D$2:$D$3"
    assert second.cells == {"tx": ["乙"], "xVal": [7, 9], "yVal": [8, None]}


def test_columns_of_a_bubble_chart_are_figures_and_sizes() -> None:
    """Of a table each two columns make a series."""
    sample = Sample("bubble", ("x", "甲", "大小"), ((1, 2, 3), (4, 5, 6)))
    [series] = fill(sample, [{"x": 1, "甲": 2, "大小": 10}, {"x": 2, "甲": 4, "大小": 30}])
    assert series.cached["bubbleSize"] == ["10", "30"]
    assert series.cells == {"tx": ["甲"], "xVal": [1, 2], "yVal": [2, 4], "bubbleSize": [10, 30]}


def test_further_series_are_told_apart_and_stand_beside() -> None:
    """A copy of the last series has its own number, colour and column; nothing of single points."""
    point = '<c:dPt><c:idx val="0"/><c:bubble3D val="0"/></c:dPt>'
    value = {"categories": ["a"], "series": {name: [1] for name in "甲乙丙丁"}}
    root = root_of(Sample(in_series=point), value)
    series = list(root.iter(f"{{{C}}}ser"))
    assert [one.find("{*}idx").get("val") for one in series] == ["0", "1", "2", "3"]  # type: ignore[union-attr]
    colours = [one.get("val") for one in root.iter("{*}schemeClr")]
    assert colours == ["accent1", "accent2", "accent3", "accent4"]
    assert [len(one.findall("{*}dPt")) for one in series] == [1, 1, 0, 0]
    assert [one.formulas["val"] for one in fill(Sample(), value)] == [
        "Sheet1!$B$2",
        "Sheet1!$C$2",
        "Sheet1!$D$2",
        "Sheet1!$E$2",
    ]


def test_surplus_series_and_points_go_with_their_cells() -> None:
    """What the sample had more is in neither, and the table around the data follows."""
    sheet = sheet_of(Sample(), {"categories": ["2020年"], "series": {"收到": [3]}})
    assert [[cell.value for cell in row] for row in sheet["A1:C4"]] == [
        ["年度", "收到", None],
        ["2020年", 3, None],
        [None, None, None],
        [None, None, None],
    ]
    table = sheet.tables["表1"]
    assert (table.ref, [one.name for one in table.tableColumns]) == ("A1:B2", ["年度", "收到"])


def test_table_grows_with_the_data_and_new_cells_take_the_format() -> None:
    """Word finds one table around all of the data, with the names of the series as its head."""
    value = {"categories": list("abcd"), "series": {name: [1, 2, 3, 4] for name in "甲乙丙"}}
    sheet = sheet_of(Sample(), value)
    table = sheet.tables["表1"]
    assert table.ref == table.autoFilter.ref == "A1:D5"
    assert [one.name for one in table.tableColumns] == ["年度", "甲", "乙", "丙"]
    assert sheet["D5"].number_format == sheet["B2"].number_format == "#,##0.00"
    assert sheet.dimensions == "A1:D5"


def test_what_stands_below_the_data_is_not_overwritten() -> None:
    """Data that have no room where they stood move to free columns."""
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(Sample())))
    book["Sheet1"]["B5"] = "说明"
    buffer = io.BytesIO()
    book.save(buffer)
    value = {"categories": list("abcd"), "series": {"收到": [1, 2, 3, 4]}}
    [series] = fill(Sample(bytes_of_book=buffer.getvalue()), value)
    assert series.formulas["val"] == "Sheet1!$D$2:$D$5"
    assert series.cells == {"tx": ["收到"], "cat": list("abcd"), "val": [1, 2, 3, 4]}


def test_texts_of_the_sample_are_in_no_part() -> None:
    """The workbook's table of texts holds what its cells show."""
    filled = bytes(Template(chart_document(Sample())).fill({"trend": TWO_YEARS}))
    book = read_parts(read_parts(filled)[BOOK])
    assert "2017年".encode() not in b"".join(book.values()) + read_parts(filled)[CHART]


def test_series_that_run_along_rows_go_on_to_do_so() -> None:
    """A chart whose data stand in rows is filled in rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Sheet1"
    sheet.append(["", "2017年", "2018年"])
    sheet.append(["收到", 1, 2])
    buffer = io.BytesIO()
    book.save(buffer)
    sample = Sample(
        head=("", "收到"), rows=(("2017年", 1), ("2018年", 2)), bytes_of_book=buffer.getvalue()
    )
    template = chart_document(sample)
    part = read_parts(template)[CHART].decode()
    for old, new in (("$B$1<", "$A$2<"), ("$B$2:$B$3", "$B$2:$C$2"), ("$A$2:$A$3", "$B$1:$C$1")):
        part = part.replace(old, new)
    turned = replace_parts(template, {CHART: part})
    value = {"categories": ["a", "b", "c"], "series": {"收到": [1, 2, 3], "办结": [4, 5, 6]}}
    first, second = read_charts(bytes(Template(turned).fill({"trend": value})))[0]
    assert first.formulas == {
        "tx": "Sheet1!$A$2",
        "cat": "Sheet1!$B$1:$D$1",
        "val": "Sheet1!$B$2:$D$2",
    }
    assert second.formulas["val"] == "Sheet1!$B$3:$D$3"
    assert second.cells == {"tx": ["办结"], "cat": ["a", "b", "c"], "val": [4, 5, 6]}


def test_categories_of_several_levels_are_written_level_by_level() -> None:
    """The outer level says a thing once, as Word has it; the innermost comes first in the part."""
    value = {
        "categories": [("2019", "上"), ("2019", "下"), ("2020", "上")],
        "series": {"n": [1, 2, 3]},
    }
    root = root_of(Sample(), value)
    levels = [[v.text for v in one.iter(f"{{{C}}}v")] for one in root.iter(f"{{{C}}}lvl")]
    assert levels == [["上", "下", "上"], ["2019", "2020"]]
    [series] = fill(Sample(), value)
    assert series.cells["cat"] == ["2019", "上", None, "下", "2020", "上"]


def test_dates_are_days_on_an_axis_of_dates_and_texts_elsewhere() -> None:
    """A date is written as its axis reads it."""
    days = {"categories": [dt.date(2020, 1, 1), "2020年1月3日"], "series": {"n": [1, 2]}}
    axes = (
        '<c:dateAx><c:axId val="111"/><c:scaling/><c:delete val="0"/><c:axPos val="b"/>'
        '<c:crossAx val="222"/></c:dateAx><c:valAx><c:axId val="222"/><c:scaling/>'
        '<c:delete val="0"/><c:axPos val="l"/><c:crossAx val="111"/></c:valAx>'
    )
    assert fill(Sample(axes=axes), days)[0].cells["cat"] == [43831, 43833]
    assert fill(Sample(), days)[0].cells["cat"] == ["2020年1月1日", "2020年1月3日"]
    [fault] = faults(Sample(axes=axes), {"categories": [2020], "series": {"n": [1]}})
    assert fault == ("chart.not_a_date", {"number": 1, "value": 2020})


def test_formulas_of_the_workbook_are_worked_out_anew() -> None:
    """A formula in the data gives way to the figure; others recalculate on opening."""
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(Sample())))
    book["Sheet1"]["B2"], book["Sheet1"]["F1"] = "=1+1", "=SUM(B2:B4)"
    buffer = io.BytesIO()
    book.save(buffer)
    sheet = sheet_of(Sample(bytes_of_book=buffer.getvalue()), TWO_YEARS)
    assert (sheet["B2"].value, sheet["F1"].value) == (30, "=SUM(B2:B4)")
    assert sheet.parent.calculation.fullCalcOnLoad


def test_chart_of_a_condition_that_fails_goes_with_its_sample() -> None:
    """A chart that nothing shows is in the package no more."""
    body = "<w:p><w:r><w:t>{% if yes %}</w:t></w:r>[0]<w:r><w:t>{% endif %}</w:t></w:r></w:p>"
    template = chart_document(Sample(), body=body)
    filled = bytes(Template(template).fill({"yes": False}))
    assert_sound(filled, template)
    assert [name for name in read_parts(filled) if "chart" in name or "embeddings" in name] == []


def test_bound_chart_keeps_its_description() -> None:
    """A chart is bound by its alt text, or by the name that Word gives it."""
    for key in ("趋势图", "图表 1"):
        template = Template(chart_document(Sample(alt="趋势图")), bind={key: "trend"})
        [field] = template.fields()
        assert (field.name, field.kind, field.notes) == (
            "trend",
            "chart",
            ("bound", "not_extractable"),
        )
        filled = bytes(template.fill({"trend": TWO_YEARS}))
        assert 'descr="趋势图"' in read_parts(filled)["word/document.xml"].decode()
        assert read_charts(filled)[0][0].cells["val"] == [30, 28]
    with pytest.raises(TemplateError, match="did you mean"):
        Template(chart_document(Sample(alt="趋势图")), bind={"趋势": "trend"})


def test_fields_name_the_chart_and_its_schema() -> None:
    """Whoever asks what a template wants is told of its charts."""
    template = Template(chart_document(Sample()))
    [field] = template.fields()
    assert (field.name, field.kind) == ("trend", "chart")
    assert field.places[0].spot == (("p", 1), ("chart", "1"))
    assert template.schema()["properties"] == {"trend": {"type": ["object", "array"]}}


def test_description_of_the_data_becomes_the_alt_text() -> None:
    """The tag in the alt text makes way for what the chart shows."""
    value = Chart(["a"], {"n": [1]}, alt="五年收到 <申请>")
    filled = bytes(Template(chart_document(Sample())).fill({"trend": value}))
    assert 'descr="五年收到 &lt;申请&gt;"' in read_parts(filled)["word/document.xml"].decode()


FIGURES = st.one_of(
    st.none(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False, width=64),
    st.decimals(-(10**9), 10**9, places=4),
)
NAMES = st.text("甲乙丙丁ab <&'\"", min_size=1, max_size=6)


@given(data=st.data())
def test_law_part_and_workbook_hold_the_data(data: st.DataObject) -> None:
    """Whatever the data: what the part keeps, what the cells hold and what was given is one."""
    points = data.draw(st.integers(1, 7))
    categories = data.draw(st.lists(NAMES, min_size=points, max_size=points))
    names = data.draw(st.lists(NAMES, min_size=1, max_size=5, unique_by=str.casefold))
    figures = st.lists(FIGURES, min_size=points, max_size=points)
    series = {name: data.draw(figures) for name in names}
    template = Template(chart_document(Sample()))
    filled = bytes(template.fill({"trend": {"categories": categories, "series": series}}))
    shown = read_charts(filled)[0]
    assert [one.cached["tx"] for one in shown] == [[name] for name in names]
    for one, values in zip(shown, series.values(), strict=True):
        assert one.cached["cat"] == one.cells["cat"] == categories
        assert [None if v is None else float(v) for v in one.cached["val"]] == [
            None if v is None else float(v) for v in values
        ]
        assert [None if v is None else float(v) for v in one.cells["val"]] == [
            None if v is None else float(v) for v in values
        ]
        exact = [v for v in values if isinstance(v, Decimal)]
        assert [v for v in map(str, exact) if v not in [str(c) for c in one.cached["val"]]] == []
    assert bytes(template.fill({"trend": {"categories": categories, "series": series}})) == filled


def test_libreoffice_draws_the_data(libreoffice: LibreOffice, tmp_path: Path) -> None:
    """A reader sees the new categories, series and axis, and nothing of the sample."""
    path = tmp_path / "chart.docx"
    value = {"categories": ["甲类", "乙类"], "series": {"新系列": [3000, 7000], "又一个": [5, 6]}}
    Template(chart_document(Sample(title="标题"))).fill({"trend": value}).save(path)
    [page] = libreoffice.pages(path, tmp_path)
    assert all(word in page for word in ("标题", "甲类", "乙类", "新系列", "又一个", "8000"))
    assert "2017年" not in page
