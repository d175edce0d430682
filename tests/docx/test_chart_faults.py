"""What is wrong with the data of a chart, or with the chart, is said; nothing is guessed."""

import pytest

from govdocs import Chart, DataError, Template, TemplateError
from tests.support.charts import Sample, chart_document, read_charts
from tests.support.packages import different_parts, read_parts, replace_parts
from tests.support.soundness import assert_sound

CHART = "word/charts/chart1.xml"
BOOK = "word/embeddings/Microsoft_Excel_Worksheet1.xlsx"
TWO_YEARS = {"categories": ["2020年", "2021年"], "series": {"收到": [30, 28], "办结": [29, 28]}}


def codes(sample: Sample, value: object) -> list[str]:
    """List what is wrong with the data of a chart."""
    with pytest.raises(DataError) as caught:
        Template(chart_document(sample)).fill({"trend": value})
    return [one.code for one in caught.value.problems]


def test_labels_and_bars_from_cells_go_and_are_said() -> None:
    """What is read from cells of the sample would be stale."""
    stale = (
        '<c:dLbls><c:dLbl><c:idx val="9"/><c:delete val="1"/></c:dLbl><c:showLegendKey val="0"/>'
        '<c:showVal val="1"/><c:extLst><c:ext uri="{CE6537A1-D6FC-4f65-9D91-7224C49458BB}" '
        'xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart">'
        '<c15:showDataLabelsRange val="1"/></c:ext></c:extLst></c:dLbls>'
        '<c:errBars><c:errBarType val="both"/><c:errValType val="cust"/><c:plus><c:numLit>'
        '<c:ptCount val="0"/></c:numLit></c:plus></c:errBars>'
    )
    document = Template(chart_document(Sample(in_series=stale))).fill({"trend": TWO_YEARS})
    codes = [one.code for one in document.notes]
    assert codes == ["chart.labels_dropped", "chart.error_bars_dropped"]
    written = read_parts(bytes(document))[CHART].decode()
    assert 'showDataLabelsRange val="0"' in written
    assert "errBars" not in written
    assert "<c:dLbl>" not in written
    assert '<c:showVal val="1"/>' in written


def test_figure_beyond_a_fixed_axis_is_said() -> None:
    """A column that is cut off looks like a smaller one."""
    template = chart_document(Sample())
    part = read_parts(template)[CHART].decode()
    fixed = '<c:valAx><c:axId val="222"/><c:scaling><c:orientation val="minMax"/><c:max val="25"/>'
    part = part.replace(fixed.replace('<c:max val="25"/>', ""), fixed)
    document = Template(replace_parts(template, {CHART: part})).fill({"trend": TWO_YEARS})
    [note] = document.notes
    assert (note.code, note.fields) == ("chart.beyond_axis", {"value": "30", "limit": "25"})


def test_chart_without_a_workbook_is_filled_and_says_so() -> None:
    """What it shows is new; that its data cannot be edited is a note."""
    template = chart_document(Sample(workbook=False))
    document = Template(template).fill({"trend": TWO_YEARS})
    assert_sound(bytes(document), template)
    assert read_charts(bytes(document))[0][1].cached["val"] == ["29", "28"]
    assert [one.code for one in document.notes] == ["chart.no_workbook"]


def test_workbook_of_another_kind_is_left_and_said() -> None:
    """What cannot be read is not touched."""
    template = replace_parts(chart_document(Sample()), {BOOK: b"\xd0\xcf\x11\xe0" * 200})
    document = Template(template).fill({"trend": TWO_YEARS})
    assert [one.code for one in document.notes] == ["chart.workbook_unreadable"]
    assert different_parts(bytes(document), template) == ["word/document.xml", CHART]


def test_every_fault_of_the_data_is_told_with_the_chart() -> None:
    """One run says all; the message names the chart and the series."""
    value = {"categories": ["a", "b"], "series": {"甲": [1], "乙": ["1", True], "丙": 3}}
    with pytest.raises(DataError) as caught:
        Template(chart_document(Sample())).fill({"trend": value})
    assert caught.value.message("en") == (
        '[chart.lengths_differ] the series "甲" has 1 figures for 2 categories\n'
        "  where: body (word/document.xml) > paragraph 1 chart 1 > {{ trend }} (trend)\n"
        "  mend: give one figure for each; null leaves a gap.\n"
        '[chart.not_a_number] value 1 of the series "乙", "1" (str), is no number\n'
        "  where: body (word/document.xml) > paragraph 1 chart 1 > {{ trend }} (trend)\n"
        "  mend: write a number without separators and units; null leaves a gap.\n"
        '[chart.not_a_number] value 2 of the series "乙", "True" (bool), is no number\n'
        "  where: body (word/document.xml) > paragraph 1 chart 1 > {{ trend }} (trend)\n"
        "  mend: write a number without separators and units; null leaves a gap.\n"
        '[chart.not_a_series] the series "丙" is no list of figures but int\n'
        "  where: body (word/document.xml) > paragraph 1 chart 1 > {{ trend }} (trend)\n"
        "  mend: make it a list, one figure for each category."
    )


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        ("bar", "文字", "chart.not_data"),
        ("bar", {"系列": {"a": [1]}, "类": ["x"]}, "chart.unknown_key"),
        ("bar", {"series": {}}, "chart.no_series"),
        ("bar", {"series": {"a": [1]}}, "chart.no_categories"),
        ("bar", [{"a": 1, "b": 2}, {"a": 1}], "chart.row_without"),
        ("bar", {"a": ["x"], "b": [1, 2]}, "chart.lengths_differ"),
        ("bar", {"categories": [("a", "b"), "c"], "series": {"n": [1, 2]}}, "chart.levels_differ"),
        ("bar", {"categories": ["a"], "series": [("n", [1]), ("n", [2])]}, "chart.same_name"),
        ("bar", {"categories": [{}], "series": {"n": [1]}}, "chart.not_a_category"),
        ("bar", {"series": {"n": [(1, 2)]}}, "chart.points_over_categories"),
        ("bar", {"categories": ["a"], "series": [(None, [1])] * 3}, "chart.series_without_name"),
        (
            "bar",
            {"categories": ["a"], "series": {str(n): [1] for n in range(256)}},
            "chart.too_many_series",
        ),
        (
            "bar",
            {"categories": range(32_001), "series": {"n": range(32_001)}},
            "chart.too_many_points",
        ),
        ("scatter", {"categories": ["a"], "series": {"n": [1]}}, "chart.x_not_a_number"),
        ("bubble", {"series": {"n": [(1, 2)]}}, "chart.no_sizes"),
    ],
)
def test_data_that_do_not_fit_are_a_fault(kind: str, value: object, code: str) -> None:
    """Nothing is guessed and nothing is left out."""
    rows = (("2017年", 1, 2),) if kind == "bar" else ((1, 2, 3),)
    assert codes(Sample(kind, rows=rows), value) == [code]


def test_data_of_a_chart_are_no_text() -> None:
    """Whoever prints them in the text learns of it."""
    body = "<w:p><w:r><w:t>{{ x }}</w:t></w:r></w:p>"
    with pytest.raises(DataError, match=r"data\.not_printable"):
        Template(chart_document(body=body)).fill({"x": Chart(["a"], {"n": [1]})})


def test_missing_data_leave_no_sample_behind() -> None:
    """A draft shows what is waited for, never the figures of the template."""
    template = Template(chart_document(Sample()))
    with pytest.raises(DataError, match=r"data\.missing"):
        template.fill({})
    marked = read_charts(bytes(template.fill({}, missing="mark")))[0]
    assert [one.cached["cat"] for one in marked] == [["〔待填：trend〕"]] * 2
    assert [one.cells["val"] for one in marked] == [[None]] * 2
    blank = read_charts(bytes(template.fill({}, missing="blank")))[0]
    assert [one.cached["val"] for one in blank] == [[None]] * 2


def test_chart_of_another_language_is_refused_where_it_stands() -> None:
    """Waterfalls and their like hold their data in another way."""
    body = (
        '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
        'wordprocessingDrawing"><wp:extent cx="1" cy="1"/><wp:docPr id="1" name="图表 1" '
        'descr="{{ trend }}"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<a:graphicData uri="x"><cx:chart xmlns:cx="http://schemas.microsoft.com/office/drawing/2014/'
        'chartex" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        'r:id="rId1"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
    )
    with pytest.raises(TemplateError) as caught:
        Template(chart_document(body=body))
    assert [one.code for one in caught.value.problems] == ["chart.of_other_kind"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (
            "<c:date1904",
            "<c:pivotSource><c:name>p</c:name></c:pivotSource><c:date1904",
            "chart.of_pivot",
        ),
        ("c:ser>", "c:gone>", "chart.without_series"),
    ],
)
def test_chart_that_takes_no_data_is_told_with_the_template(old: str, new: str, code: str) -> None:
    """What can be known before filling is told then."""
    template = chart_document(Sample())
    part = read_parts(template)[CHART].decode().replace(old, new)
    with pytest.raises(TemplateError) as caught:
        Template(replace_parts(template, {CHART: part}))
    assert [one.code for one in caught.value.problems] == [code]
