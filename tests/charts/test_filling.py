"""What hangs on the series of a chart follows them, or goes."""

import io
import re

import openpyxl
from lxml import etree
from openpyxl.worksheet.filters import FilterColumn

from govdocs import Chart
from govdocs.charts import fill_chart, fit_chart, read_facts
from govdocs.opc import Package
from govdocs.values.charts import Series
from tests.support.charts import C, Sample, chart_xml, workbook_of
from tests.support.packages import read_parts

UNIQUE = (
    '<c:extLst><c:ext uri="{C3380CC4-5D6E-409C-BE32-E72D297353CC}" xmlns:c16="http://schemas.'
    'microsoft.com/office/drawing/2014/chart"><c16:uniqueId val="{00000000-AAAA-4BBB-8CCC-'
    '000000000001}"/></c:ext></c:extLst></c:ser>'
)
HIDDEN = (
    '<c:extLst><c:ext uri="{02D57815-91ED-43cb-92C2-25804820EDAC}" xmlns:c15="http://schemas.'
    'microsoft.com/office/drawing/2012/chart"><c15:filteredBarSeries><c15:ser/>'
    "</c15:filteredBarSeries></c:ext></c:extLst></c:barChart>"
)
TITLE = (
    "<c:chart><c:title><c:tx><c:strRef><c:f>Sheet1!$B$1</c:f><c:strCache>"
    '<c:ptCount val="1"/><c:pt idx="0"><c:v>旧</c:v></c:pt></c:strCache></c:strRef></c:tx>'
    "</c:title>"
)
ENTRY = '<c:legendPos val="b"/><c:legendEntry><c:idx val="{}"/><c:delete val="1"/></c:legendEntry>'


def one_point(names: str) -> Chart:
    """Make the data of a chart with one point in each series."""
    return Chart(["a"], {name: [1] for name in names})


def fill(xml: str, chart: Chart, sample: Sample | None = None) -> etree._Element:
    """Write data into a chart; return its root."""
    root = etree.fromstring(xml.encode())
    book = Package(workbook_of(sample or Sample()))
    fill_chart(root, fit_chart(chart, read_facts(root)), book)
    return root


def test_copies_of_a_series_have_identities_of_their_own() -> None:
    """Word tells series apart by them."""
    root = fill(chart_xml(Sample()).replace("</c:ser>", UNIQUE), one_point("甲乙丙"))
    found = [one.get("val") for one in root.iter("{*}uniqueId")]
    assert found[0] == found[1], "the template's own are not touched"
    assert found[2] == "{00000001-AAAA-4BBB-8CCC-000000000001}"


def test_series_that_a_filter_hides_go() -> None:
    """They are read from cells of the old data."""
    root = fill(chart_xml(Sample()).replace("</c:barChart>", HIDDEN), one_point("甲"))
    assert list(root.iter("{*}extLst")) == []


def test_title_that_is_read_from_a_cell_of_the_data_follows() -> None:
    """A title taken from the name of the first series says the new name."""
    xml = chart_xml(Sample()).replace("<c:chart>", TITLE, 1)
    root = fill(xml, one_point("甲"))
    assert root.findtext(f"{{{C}}}chart/{{{C}}}title//{{{C}}}v") == "甲"


def test_entries_of_the_legend_go_with_their_series() -> None:
    """What the legend hides is hidden still; what it said of surplus series is gone."""
    for number, kept in ((0, 1), (5, 0)):
        xml = chart_xml(Sample()).replace('<c:legendPos val="b"/>', ENTRY.format(number))
        root = fill(xml, one_point("甲"))
        assert len(list(root.iter("{*}legendEntry"))) == kept


def test_chart_of_a_combination_goes_with_its_axes() -> None:
    """A line that no series draws leaves no axis behind; the columns stay."""
    line = chart_xml(Sample("line", head=("年度", "率"), rows=(("2017年", 1),)))
    inner = re.findall(r"<c:lineChart>.*</c:lineChart>", line)[0]
    inner = (
        inner.replace("111", "333").replace("222", "444").replace('order val="0"', 'order val="9"')
    )
    axes = re.findall(r"<c:catAx>.*</c:valAx>", line)[0].replace("111", "333").replace("222", "444")
    xml = chart_xml(Sample(in_chart=inner)).replace("</c:plotArea>", f"{axes}</c:plotArea>")
    both = fill(xml, one_point("甲乙丙"))
    assert len(list(both.iter("{*}lineChart"))) == 1
    bars = fill(xml, one_point("甲乙"))
    assert list(bars.iter("{*}lineChart")) == []
    assert [one.get("val") for one in bars.iter("{*}axId")] == ["111", "222"] * 2


def test_names_and_categories_that_the_template_lacks_are_made_in_order() -> None:
    """The schema wants them in their places."""
    xml = re.sub(r"<c:tx>.*?</c:tx>|<c:cat>.*?</c:cat>", "", chart_xml(Sample()))
    root = fill(xml, Chart(["a", "b"], {"甲": [1, 2], "乙": [3, 4]}))
    for ser in root.iter(f"{{{C}}}ser"):
        names = [etree.QName(one).localname for one in ser]
        assert names == ["idx", "order", "tx", "spPr", "cat", "val"]
    formulas = [one.text for one in root.iter(f"{{{C}}}f")]
    assert formulas[:2] == ["Sheet1!$D$2:$D$3", "Sheet1!$B$2:$B$3"]


def test_name_of_none_keeps_what_the_template_says() -> None:
    """A single series of a mapping has no name of its own."""
    root = fill(chart_xml(Sample()), Chart(["a"], [Series(None, (1,)), ("乙", [2])]))
    texts = [one.findtext(f"{{{C}}}tx//{{{C}}}v") for one in root.iter(f"{{{C}}}ser")]
    assert texts == ["收到", "乙"]


def test_seventh_series_is_the_first_colour_again_but_darker() -> None:
    """A theme has six colours; the legend must tell the series apart."""
    root = fill(chart_xml(Sample()), one_point("甲乙丙丁戊己庚辛"))
    colours = [
        (one.get("val"), [inner.get("val") for inner in one]) for one in root.iter("{*}schemeClr")
    ]
    assert colours[5:] == [("accent6", []), ("accent1", ["60000"]), ("accent2", ["60000"])]


def test_rows_that_a_filter_hid_are_shown() -> None:
    """A chart draws no cells that are hidden: the new data must not vanish when they are edited."""
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(Sample())))
    sheet = book["Sheet1"]
    sheet.row_dimensions[3].hidden = True
    sheet.tables["表1"].autoFilter.filterColumn.append(FilterColumn(colId=0, hiddenButton=True))
    buffer = io.BytesIO()
    book.save(buffer)
    root = etree.fromstring(chart_xml(Sample()).encode())
    data = fit_chart(Chart(["a", "b"], {"甲": [1, 2]}), read_facts(root))
    filled = fill_chart(root, data, Package(buffer.getvalue())).workbook
    assert filled is not None
    made = openpyxl.load_workbook(io.BytesIO(filled))["Sheet1"]
    assert not made.row_dimensions[3].hidden
    assert list(made.tables["表1"].autoFilter.filterColumn) == []


def test_table_whose_columns_would_share_a_name_goes_and_its_cells_stay() -> None:
    """Excel refuses such a table; the chart needs none."""
    root = etree.fromstring(chart_xml(Sample()).encode())
    data = fit_chart(Chart(["x"], {"a": [1], "A": [2]}), read_facts(root))
    filled = fill_chart(root, data, Package(workbook_of(Sample()))).workbook
    assert filled is not None
    sheet = openpyxl.load_workbook(io.BytesIO(filled))["Sheet1"]
    assert (list(sheet.tables), [cell.value for cell in sheet[1]]) == ([], ["年度", "a", "A"])
    assert "tableParts" not in read_parts(filled)["xl/worksheets/sheet1.xml"].decode()
