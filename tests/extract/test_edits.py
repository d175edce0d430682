"""What people and programs do to a filled file: saved anew, changed a little, or another file."""

import io
from collections.abc import Callable
from typing import Any

import docx
import openpyxl
import pytest
from docx.document import Document as WordDocument

from govdocs import DataError, Template
from tests.extract.cases import as_sheet, as_word
from tests.extract.test_forms import SAMPLES, sample_of, template_of
from tests.support.word import word_package

LINES = [
    "关于{{ unit }}{{ year }}年工作的报告",
    "{{ year }}年，{{ unit }}共收到申请{{ received }}件，办结{{ closed }}件。",
    "{%p for item in items %}",
    "（{{ loop.index|cn_number }}）{{ item.name }}：{{ item.count }}件。",
    "{%p endfor %}",
    "合计{{ received + closed }}件次。",
    "{{ unit }}",
]
DATA: dict[str, Any] = {
    "unit": "示例市财政局",
    "year": 2018,
    "received": 12,
    "closed": 10,
    "items": [{"name": "当面申请", "count": 4}, {"name": "信函申请", "count": 8}],
}


def edited(filled: bytes, edit: Callable[[WordDocument], object]) -> bytes:
    """Change a Word file with python-docx, as a person would by hand."""
    document = docx.Document(io.BytesIO(filled))
    edit(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def replace_text(old: str, new: str) -> Callable[[WordDocument], None]:
    """Make an edit that replaces a text in whichever paragraph has it."""

    def edit(document: WordDocument) -> None:
        found = [p for p in document.paragraphs if old in p.text]
        assert found, old
        found[0].text = found[0].text.replace(old, new)

    return edit


def codes(found: Any) -> list[str]:
    """The codes of all notes."""
    return [note.code for note in found.notes]


@pytest.fixture(scope="module")
def template() -> Template:
    """The small report."""
    return Template(as_word(LINES))


@pytest.fixture(scope="module")
def filled(template: Template) -> bytes:
    """The small report, filled."""
    return bytes(template.fill(DATA))


def test_unedited_file_gives_the_data_without_a_note(template: Template, filled: bytes) -> None:
    """The unit beside the year is told apart by the unit's name elsewhere."""
    found = template.extract(filled)
    assert found == DATA
    assert found.notes == ()


def test_places_say_where_each_value_stands(template: Template, filled: bytes) -> None:
    """A name with its position leads to the paragraph and the tag."""
    place = template.extract(filled).places["items[1].count"]
    assert place.spot == (("p", 4),)
    assert place.tag == "{{ item.count }}"


def test_runs_cut_anew_do_not_matter(template: Template, filled: bytes) -> None:
    """A program that cuts every run in two changes nothing of what is read."""

    def cut(document: WordDocument) -> None:
        for paragraph in document.paragraphs:
            text = paragraph.text
            for run in paragraph.runs:
                run.text = ""
            for char in text:
                paragraph.add_run(char)

    found = template.extract(edited(filled, cut))
    assert (found, found.notes) == (DATA, ())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("，办结", ",办结"),
        ("共收到申请", "共 收到申请"),
        ("收到申请", "接到申请"),
        ("件。", "件"),
        ("合计", "总计"),
    ],
)
def test_small_edit_of_the_template_s_text_is_read_over_and_noted(
    template: Template, filled: bytes, old: str, new: str
) -> None:
    """Width of a mark, a space, a changed word, a mark lost: the data are the same."""
    found = template.extract(edited(filled, replace_text(old, new)))
    assert found == DATA
    assert codes(found) == ["extract.changed"]


def test_note_of_an_edit_is_a_whole_sentence(template: Template, filled: bytes) -> None:
    """What the template says, what the file says, and where."""
    [note] = template.extract(edited(filled, replace_text("合计", "总计"))).notes
    assert note.message("zh") == (
        "[extract.changed] 固定文字被改过：模板是“合计”，文件是“总计”\n"
        "  位置：正文（word/document.xml） > 第5段\n"
        "  改法：只作提示；改动不会带进数据。"
    )


def test_added_paragraph_is_noted(template: Template, filled: bytes) -> None:
    """A paragraph that the template does not have is no part of the data."""
    found = template.extract(
        edited(filled, lambda one: one.paragraphs[1].insert_paragraph_before("特此说明。"))
    )
    assert found == DATA
    assert codes(found) == ["extract.added"]


def test_lost_paragraph_is_noted_with_its_names(template: Template, filled: bytes) -> None:
    """What could only be read there is missing from the data, and said to be."""

    def remove(document: WordDocument) -> None:
        element = document.paragraphs[1]._p
        parent = element.getparent()
        assert parent is not None
        parent.remove(element)

    found = template.extract(edited(filled, remove))
    assert found == {key: DATA[key] for key in ("unit", "year", "items")}
    [note] = found.notes
    assert (note.code, note.fields["names"]) == (
        "extract.lost",
        ("year", "unit", "received", "closed"),
    )


def test_values_that_disagree_are_told_with_both_places(template: Template, filled: bytes) -> None:
    """The year of the title against the year of the text."""
    found = template.extract(edited(filled, replace_text("2018年，", "2017年，")))
    note = next(note for note in found.notes if note.code == "extract.disagree")
    assert {note.fields["value"], note.fields["other"]} == {"2018", "2017"}
    assert {place.spot for place in note.places} == {(("p", 1),), (("p", 2),)}


def test_value_that_most_places_have_is_taken(template: Template, filled: bytes) -> None:
    """A word before the template's text may belong to the value: the other places decide."""
    found = template.extract(edited(filled, replace_text("共收到申请", "一共收到申请")))
    assert found == DATA
    assert codes(found) == ["extract.disagree"]


def test_sum_that_does_not_come_out_is_told_with_both_numbers(
    template: Template, filled: bytes
) -> None:
    """A printed sum is not read back: it is checked."""
    found = template.extract(edited(filled, replace_text("合计22件", "合计23件")))
    assert found == DATA
    [note] = found.notes
    assert (note.code, note.fields) == (
        "extract.mismatch",
        {"tag": "{{ received + closed }}", "computed": "22", "found": "23"},
    )


def test_file_of_another_template_is_refused() -> None:
    """The reason says how much was found, and where the two first differ."""
    template, other = template_of("disclosure-2014", "report.docx"), "disclosure-2019"
    filled = template_of(other, "report.docx").fill(sample_of(other))
    with pytest.raises(DataError) as caught:
        template.extract(filled)
    assert [one.code for one in caught.value] == ["extract.other_template", "extract.differs"]


def test_file_of_another_small_template_is_refused(template: Template) -> None:
    """Few words suffice to tell."""
    with pytest.raises(DataError) as caught:
        template.extract(as_word(["会议纪要", "时间：上午九点", "出席：全体人员", "议题若干"]))
    assert caught.value.problems[0].code == "extract.other_template"


def test_workbook_is_no_word_file(template: Template) -> None:
    """The kinds must be the same."""
    with pytest.raises(DataError) as caught:
        template.extract(as_sheet([["a"]]))
    assert caught.value.problems[0].code == "extract.other_kind"


def test_sheet_saved_by_openpyxl_gives_the_same() -> None:
    """Inline strings become shared ones, formats get other numbers."""
    for form in SAMPLES:
        template = template_of(form, "statistics.xlsx")
        filled = template.fill(sample_of(form))
        book = openpyxl.load_workbook(io.BytesIO(bytes(filled)))
        target = io.BytesIO()
        book.save(target)
        assert template.extract(target.getvalue()) == template.extract(filled)


def test_report_saved_by_python_docx_gives_the_same() -> None:
    """All three reports."""
    for form in SAMPLES:
        template = template_of(form, "report.docx")
        filled = template.fill(sample_of(form))
        assert template.extract(edited(bytes(filled), lambda _: None)) == template.extract(filled)


def test_headers_are_found_whatever_their_parts_are_called() -> None:
    """Word numbers headers and footers anew when it saves."""
    template = Template(
        as_word(["正文{{ a }}。"], header='p"页眉{{ b }}"', footer='p"页脚{{ c }}"')
    )
    renamed = word_package(
        'p"正文1。"',
        extra={},
        header='p"页眉2"',
        footer='p"页脚3"',
    )
    assert template.extract(renamed) == {"a": 1, "b": 2, "c": 3}


def test_edits_of_a_sheet_are_read_over_and_noted() -> None:
    """A label changed, a row put in, a remark beside the table, a figure written as a formula."""
    template = Template(
        as_sheet(
            [
                ["统计表", None],
                ["收到申请数", "{{ received }}"],
                ["办结申请数", "{{ closed }}"],
                ["{%tr for r in rows %}"],
                ["{{ r.name }}", "{{ r.count }}"],
                ["{%tr endfor %}"],
                ["填表人", "{{ person }}"],
            ]
        )
    )
    data = {
        "received": 12,
        "closed": 10,
        "rows": [{"name": "当面", "count": 4}],
        "person": "张某某",
    }
    book = openpyxl.load_workbook(io.BytesIO(bytes(template.fill(data))))
    sheet = book.active
    assert sheet is not None
    sheet["A2"] = "收到的申请数"
    sheet["D3"] = "已核"
    sheet.insert_rows(2)
    sheet["A2"] = "（单位：件）"
    target = io.BytesIO()
    book.save(target)
    found = template.extract(target.getvalue())
    assert found == data
    assert sorted(codes(found)) == ["extract.added", "extract.added", "extract.changed"]
    assert found.notes[0].place.spot == (("cell", "表!A2"),)
