"""Charts whose own workbook holds tags: it is filled as a template, and the chart follows."""

import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.table import Table

from govdocs import DataError, Template, TemplateError
from tests.support.charts import Sample, chart_document, read_charts
from tests.support.packages import different_parts, read_parts
from tests.support.soundness import assert_sound

HEAD = ("年度", "收到", "办结")
LOOP = ("{% for r in rows %}{{ r.year }}", "{{ r.n }}", "{{ r.m }}{% endfor %}")
BOOK = "word/embeddings/Microsoft_Excel_Worksheet1.xlsx"
CHART = "word/charts/chart1.xml"
ROWS = [
    {"year": "2019", "n": 1, "m": 2},
    {"year": "2020", "n": 3, "m": 4.5},
    {"year": "2021", "n": 7, "m": 0},
]


def workbook(*rows: Sequence[Any], table: str = "") -> bytes:
    """Make a workbook with one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Sheet1"
    for row in rows:
        sheet.append(list(row))
    if table:
        sheet.add_table(Table(displayName="表1", ref=table))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def sample(*rows: Sequence[Any], table: str = "") -> Sample:
    """Make a chart over such a workbook; what it keeps of the cells is the tags, as Word has it."""
    content = workbook(HEAD, *rows, table=table)
    return Sample(
        alt="图", head=HEAD, rows=((rows[0][0], 0, 0),), title="{{ t }}", bytes_of_book=content
    )


def faults(made: Sample, **options: Any) -> list[tuple[str, str]]:
    """List what is wrong with a template: codes and parts."""
    with pytest.raises(TemplateError) as caught:
        Template(chart_document(made, **options))
    return [(one.code, one.place.part) for one in caught.value.problems]


def test_rows_of_the_workbook_repeat_and_the_chart_follows() -> None:
    """Areas, what the part keeps, cells, table and title come out of one dict."""
    template = chart_document(sample(LOOP, table="A1:C2"))
    filled = bytes(Template(template).fill({"t": "标题", "rows": ROWS}))
    assert_sound(filled, template)
    first, second = read_charts(filled)[0]
    assert first.formulas == {
        "tx": "Sheet1!$B$1",
        "cat": "Sheet1!$A$2:$A$4",
        "val": "Sheet1!$B$2:$B$4",
    }
    assert first.cached == {"tx": ["收到"], "cat": ["2019", "2020", "2021"], "val": ["1", "3", "7"]}
    assert second.cells == {"tx": ["办结"], "cat": ["2019", "2020", "2021"], "val": [2, 4.5, 0]}
    assert "<a:t>标题</a:t>" in read_parts(filled)[CHART].decode()
    book = read_parts(filled)[BOOK]
    assert openpyxl.load_workbook(io.BytesIO(book))["Sheet1"].tables["表1"].ref == "A1:C4"
    assert [name for name in read_parts(book) if "drawing" in name or "chart" in name] == []
    assert bytes(Template(template).fill({"t": "标题", "rows": ROWS})) == filled


def test_formulas_of_the_workbook_are_worked_out_for_the_chart() -> None:
    """A share that the workbook computes is drawn."""
    made = sample(("2019", "{{ n }}", "=B2*2"))
    [_, second] = read_charts(bytes(Template(chart_document(made)).fill({"t": "", "n": 4})))[0]
    assert (second.cached["val"], second.cells["val"]) == (["8"], ["=B2*2"])


def test_what_cannot_be_worked_out_is_a_fault() -> None:
    """A chart that would be blank is told, and nothing is written."""
    made = sample(("2019", "{{ n }}", '=CUBEVALUE("a",B2)'))
    with pytest.raises(DataError) as caught:
        Template(chart_document(made)).fill({"t": "", "n": 4})
    [problem] = caught.value.problems
    assert (problem.code, problem.fields) == (
        "chart.not_worked_out",
        {"found": ["Sheet1!$C$2:$C$2"]},
    )


def test_fields_and_faults_name_the_workbook_and_its_cells() -> None:
    """A clerk finds the cell."""
    template = Template(chart_document(sample(LOOP)))
    assert {one.name: (one.kind, one.places[0].part) for one in template.fields()} == {
        "rows": ("list", BOOK),
        "rows[].year": ("value", BOOK),
        "rows[].n": ("value", BOOK),
        "rows[].m": ("value", BOOK),
        "t": ("value", CHART),
    }
    with pytest.raises(DataError) as caught:
        template.fill({"rows": [{"year": "2019", "n": 1}]})
    assert caught.value.message("en") == (
        '[data.missing] the data have no "rows[].m"\n'
        f"  where: {BOOK} > cell Sheet1!C2 > {{{{ r.m }}}} (rows[].m)\n"
        "  mend: add it to the data; for a draft use --missing mark.\n"
        '[data.missing] the data have no "t"\n'
        f"  where: {CHART} > {{{{ t }}}} (t)\n"
        "  mend: add it to the data; for a draft use --missing mark."
    )


def test_broken_tags_of_a_workbook_are_told_with_the_template() -> None:
    """All of them at once, each with its cell."""
    assert sorted(faults(sample(("2019", "{{ y | nothing }}", "{% if %}")))) == [
        ("template.syntax", BOOK),
        ("template.unclosed_block", BOOK),
        ("template.unknown_filter", BOOK),
    ]


def test_one_chart_takes_its_data_from_one_place() -> None:
    """Tags in the alt text contradict those of the workbook, which know no loop's names."""
    made = sample(LOOP)
    bound = replace(made, alt="{{ x }}")
    assert faults(bound) == [("chart.tags_in_workbook", "word/document.xml")]
    body = "<w:p><w:r><w:t>{% for r in x %}</w:t></w:r>[0]<w:r><w:t>{% endfor %}</w:t></w:r></w:p>"
    assert faults(made, body=body) == [("chart.workbook_in_loop", "word/document.xml")]


def test_texts_beside_such_a_chart_are_read_back() -> None:
    """The chart is not read back, and does not stand in the way."""
    body = "<w:p><w:r><w:t>{{ name }}</w:t></w:r>[0]</w:p>"
    template = Template(chart_document(sample(LOOP), body=body))
    filled = template.fill({"t": "标题", "rows": ROWS, "name": "甲局"})
    assert template.extract(filled) == {"name": "甲局"}


def test_workbook_without_tags_stays_as_it_is() -> None:
    """What only looks like a tag is a text; the chart's own texts are filled."""
    template = chart_document(sample(("{#N/A}", 1, 2)))
    filled = bytes(Template(template).fill({"t": "标题"}))
    assert different_parts(filled, template) == [CHART]
