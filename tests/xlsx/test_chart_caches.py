"""What charts keep of the cells that they show: labels of several levels, newer charts."""

import io
import re

import pytest
import xlsxwriter

from govdocs.errors import Place
from govdocs.template import Template
from govdocs.xlsx.following.charts import move_chart
from govdocs.xlsx.grid.cellvalues import UNKNOWN, Value
from govdocs.xlsx.xml.markup import read_markup
from tests.xlsx.workbooks import part, with_part

CHART = "xl/charts/chart1.xml"
OLD_POINTS = '<c:pt idx="0"><c:v>旧</c:v></c:pt>'


def _template(area: str, levels: int, points: int) -> bytes:
    """A chart whose labels have several levels, over row 2, which repeats, and column B on."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    page = book.add_worksheet("表1")
    page.write_row("A1", ["片", "局", "数"])
    page.write_row("A2", ["{%tr for r in rows %}{{ r.a }}", "{{ r.b }}", "{{ r.v }}{%tr endfor %}"])
    page.write_row("A4", ["一", "{{ title }}"])
    page.write_row("A5", ["甲", "乙"])
    chart = book.add_chart({"type": "column"})
    chart.add_series({"categories": "=表1!$A$2:$A$2", "values": "=表1!$C$2:$C$2"})
    page.insert_chart("F8", chart)
    book.close()
    level = f"<c:lvl>{OLD_POINTS}</c:lvl>"
    kept = (
        f'<c:multiLvlStrRef><c:f>表1!{area}</c:f><c:multiLvlStrCache><c:ptCount val="{points}"/>'
        f"{level * levels}</c:multiLvlStrCache></c:multiLvlStrRef>"
    )
    return with_part(
        buffer.getvalue(),
        lambda xml: re.sub("<c:cat>.*?</c:cat>", f"<c:cat>{kept}</c:cat>", xml),
        CHART,
    )


@pytest.mark.parametrize(
    ("area", "points", "moved", "expected"),
    [
        ("$A$2:$B$2", 1, "$A$2:$B$4", [["子", "丑", "寅"], ["东", None, "西"]]),
        ("$A$4:$B$5", 2, "$A$6:$B$7", [["题", "乙"], ["一", "甲"]]),
    ],
)
def test_labels_of_several_levels_are_renewed(
    area: str, points: int, moved: str, expected: list[list[str | None]]
) -> None:
    """The innermost level comes first; an empty cell has no point."""
    rows = [{"a": a, "b": b, "v": 1} for a, b in [("东", "子"), (None, "丑"), ("西", "寅")]]
    filled = bytes(
        Template(_template(area, 2, points)).fill({"rows": rows, "title": "题"}, "blank")
    )
    chart = part(filled, CHART)
    found = re.findall("<c:cat>(.*?)</c:cat>", chart)[0]
    assert re.findall("<c:f>(.*?)</c:f>", found) == [f"表1!{moved}"]
    assert re.findall('<c:ptCount val="(.*?)"', found) == [str(len(expected[0]))]
    levels = [
        dict(re.findall('idx="(.*?)"><c:v>(.*?)</c:v>', one))
        for one in re.findall("<c:lvl>(.*?)</c:lvl>", found)
    ]
    assert levels == [
        {str(index): text for index, text in enumerate(level) if text is not None}
        for level in expected
    ]


def test_labels_in_rows_have_a_level_for_each_row() -> None:
    """Where labels stand side by side, the last row is the innermost level."""
    filled = bytes(Template(_template("$A$4:$C$5", 2, 3)).fill({"rows": [], "title": "题"}))
    found = re.findall("<c:cat>(.*?)</c:cat>", part(filled, CHART))[0]
    levels = [
        re.findall("<c:v>(.*?)</c:v>", one) for one in re.findall("<c:lvl>(.*?)</c:lvl>", found)
    ]
    assert levels == [["甲", "乙"], ["一", "题"]]


def test_newer_charts_keep_what_their_cells_say() -> None:
    """A chart of the newer kind has its points in levels of its own; what is not known goes."""
    markup = (
        '<cx:data xmlns:cx="c"><cx:strDim type="cat"><cx:f>表1!$A$1:$A$2</cx:f>'
        '<cx:lvl ptCount="1"><cx:pt idx="0">旧</cx:pt></cx:lvl></cx:strDim>'
        '<cx:numDim type="val"><cx:f>表1!$B$1:$B$2</cx:f>'
        '<cx:lvl ptCount="1" formatCode="0.0"><cx:pt idx="0">1</cx:pt></cx:lvl></cx:numDim>'
        '<cx:numDim><cx:f>表1!$C$1</cx:f><cx:lvl ptCount="1"/></cx:numDim></cx:data>'
    )
    root = read_markup(markup.encode(), Place())
    values: dict[tuple[int, int], Value] = {(1, 1): "甲", (2, 1): None, (1, 2): 2.0, (2, 2): 3.5}
    edits = move_chart(root, "p", None, lambda _, row, column: values.get((row, column), UNKNOWN))
    written = edits.write(root)
    levels = re.findall("<cx:lvl (.*?)>(.*?)</cx:lvl>", written)
    assert levels == [
        ('ptCount="2"', '<cx:pt idx="0">甲</cx:pt>'),
        ('ptCount="2" formatCode="0.0"', '<cx:pt idx="0">2</cx:pt><cx:pt idx="1">3.5</cx:pt>'),
    ]
    assert written.count("<cx:lvl") == 2
