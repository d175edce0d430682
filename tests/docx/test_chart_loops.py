"""Charts that a loop repeats: each printing has a chart, a workbook and data of its own."""

import re
from typing import Any

import pytest

from govdocs import DataError, Template
from tests.support.charts import Sample, chart_document, read_charts
from tests.support.packages import different_parts, read_parts, replace_parts
from tests.support.soundness import assert_sound

BY_COLUMNS = "{{ o.rows | chart('year', 'n', m='办结') }}"
OFFICES: list[dict[str, Any]] = [
    {"name": "甲局", "rows": [{"year": "2019", "n": 1, "m": 2}, {"year": "2020", "n": 3, "m": 4}]},
    {"name": "乙局", "rows": [{"year": "2019", "n": 10, "m": None}]},
]


def in_loop(inner: str) -> str:
    """Stand a loop around paragraphs."""
    begin, end = (
        f"<w:p><w:r><w:t>{tag}</w:t></w:r></w:p>"
        for tag in ("{% for o in offices %}", "{% endfor %}")
    )
    return begin + inner + end


def titles(document: bytes) -> dict[str, list[str]]:
    """Read the texts of all charts."""
    return {
        name: re.findall(r"<a:t>(.*?)</a:t>", data.decode())
        for name, data in read_parts(document).items()
        if re.fullmatch(r"word/charts/chart\d+\.xml", name)
    }


def test_chart_in_a_loop_has_data_and_title_of_each_pass() -> None:
    """The loop's names are known to the alt text and to the texts of the chart."""
    sample = Sample(alt=BY_COLUMNS, title="{{ o.name }}趋势{{ loop.index }}")
    template = chart_document(sample, body=in_loop("<w:p>[0]</w:p>"))
    filled = bytes(Template(template).fill({"offices": OFFICES}))
    assert_sound(filled, template)
    assert [[one.cells for one in chart] for chart in read_charts(filled)] == [
        [
            {"tx": ["n"], "cat": ["2019", "2020"], "val": [1, 3]},
            {"tx": ["办结"], "cat": ["2019", "2020"], "val": [2, 4]},
        ],
        [
            {"tx": ["n"], "cat": ["2019"], "val": [10]},
            {"tx": ["办结"], "cat": ["2019"], "val": [None]},
        ],
    ]
    assert list(titles(filled).values()) == [["甲局趋势1"], ["乙局趋势2"]]


def test_chart_without_data_of_its_own_is_copied_with_its_workbook() -> None:
    """No two frames lead to one chart: whoever edits one would edit both."""
    template = chart_document(Sample(alt="图"), body=in_loop("<w:p>[0]</w:p>"))
    filled = bytes(Template(template).fill({"offices": OFFICES}))
    assert_sound(filled, template)
    parts = read_parts(filled)
    assert parts["word/charts/chart1.xml"] == parts["word/charts/chart2.xml"]
    assert read_charts(filled)[0] == read_charts(filled)[1]
    assert "Worksheet2.xlsx" in parts["word/charts/_rels/chart2.xml.rels"].decode()
    assert different_parts(filled, template)[-4:] == [
        "word/_rels/document.xml.rels",
        "word/charts/chart2.xml",
        "word/embeddings/Microsoft_Excel_Worksheet2.xlsx",
        "word/charts/_rels/chart2.xml.rels",
    ]


def test_loop_without_passes_leaves_no_chart_and_no_tag() -> None:
    """A chart that is printed nowhere goes, with its sample and its tags."""
    template = chart_document(
        Sample(alt=BY_COLUMNS, title="{{ o.name }}"), body=in_loop("<w:p>[0]</w:p>") + "<w:p/>"
    )
    filled = bytes(Template(template).fill({"offices": []}))
    assert_sound(filled, template)
    assert [name for name in read_parts(filled) if "chart" in name or "embeddings" in name] == []


def test_fields_of_a_chart_in_a_loop_belong_to_the_items() -> None:
    """What a chart asks for is asked of each item, columns included; nothing at the top."""
    template = Template(
        chart_document(Sample(alt=BY_COLUMNS, title="{{ o.name }}"), body=in_loop("<w:p>[0]</w:p>"))
    )
    assert {one.name: one.kind for one in template.fields()} == {
        "offices": "list",
        "offices[].rows": "list",
        "offices[].rows[].year": "value",
        "offices[].rows[].n": "number",
        "offices[].rows[].m": "number",
        "offices[].name": "value",
    }


def test_faults_of_all_passes_are_told_with_their_places() -> None:
    """What rows lack, what is no number, and a name that the title misses: one run tells all."""
    template = Template(
        chart_document(Sample(alt=BY_COLUMNS, title="{{ o.name }}"), body=in_loop("<w:p>[0]</w:p>"))
    )
    bad = [{"rows": [{"year": "2019", "n": "1"}]}, {"name": "乙", "rows": OFFICES[1]["rows"]}]
    with pytest.raises(DataError) as caught:
        template.fill({"offices": bad})
    found = {(one.code, one.place.part) for one in caught.value.problems}
    assert found == {
        ("data.missing", "word/document.xml"),
        ("data.missing", "word/charts/chart1.xml"),
        ("chart.not_a_number", "word/document.xml"),
    }


def test_texts_around_charts_are_read_back() -> None:
    """Charts are not read back, and do not stand in the way of what is."""
    body = in_loop("<w:p><w:r><w:t>{{ o.name }}</w:t></w:r></w:p><w:p>[0]</w:p>")
    template = Template(chart_document(Sample(alt=BY_COLUMNS, title="{{ o.name }}"), body=body))
    filled = template.fill({"offices": OFFICES})
    assert template.extract(filled) == {"offices": [{"name": "甲局"}, {"name": "乙局"}]}


def test_same_template_gives_the_same_bytes() -> None:
    """Copies are made in the order of the text, with the same names each time."""
    template = Template(chart_document(Sample(alt=BY_COLUMNS), body=in_loop("<w:p>[0]</w:p>")))
    first, second = (bytes(template.fill({"offices": OFFICES})) for _ in range(2))
    assert first == second


def test_each_record_has_a_chart_of_its_own() -> None:
    """Records that are joined into one file do not share figures."""
    template = chart_document(Sample(), body="<w:p>[0]</w:p><w:sectPr/>")
    records = [{"trend": {"甲": 1, "乙": 2}}, {"trend": {"甲": 3}}]
    filled = bytes(Template(template).fill_all(records))
    assert_sound(filled, template)
    assert [chart[0].cells["val"] for chart in read_charts(filled)] == [[1, 2], [3]]


def test_chart_in_a_header_is_filled_from_the_header() -> None:
    """The relationship starts in the part where the frame stands."""
    parts = read_parts(chart_document(Sample()))
    body = parts["word/document.xml"].decode()
    frame = body[body.index("<w:p>") : body.index("</w:body>")]
    header = body.replace("w:document", "w:hdr").replace("<w:body>", "").replace("</w:body>", "")
    links = parts["word/_rels/document.xml.rels"].decode()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
    types = parts["[Content_Types].xml"].decode()
    to_header = links.replace("ships/chart", "ships/header").replace("charts/chart1", "header1")
    override = f'<Override PartName="/word/header1.xml" ContentType="{kind}"/></Types>'
    template = replace_parts(
        chart_document(Sample()),
        {
            "word/document.xml": body.replace(frame, "<w:p/>"),
            "word/_rels/document.xml.rels": to_header,
            "word/header1.xml": header,
            "word/_rels/header1.xml.rels": links,
            "[Content_Types].xml": types.replace("</Types>", override),
        },
    )
    filled = read_parts(bytes(Template(template).fill({"trend": {"甲": 5}})))
    assert "<c:v>甲</c:v>" in filled["word/charts/chart1.xml"].decode()
    assert filled["word/_rels/header1.xml.rels"].decode() == links
