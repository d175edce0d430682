"""Content controls, bookmarks and pictures that are bound from outside."""

import datetime as dt
import io
import pickle
from pathlib import Path

import docx
import pytest
from docx.shared import Mm

from govdocs import DataError, Image, Template, TemplateError
from tests.docx.controls import (
    BOX,
    LIST,
    MAIN,
    bound_document,
    control,
    faults,
    fill,
    package,
    picture,
    texts,
)
from tests.support.auditing import audit_against
from tests.support.packages import different_parts


def test_a_control_is_filled_by_its_tag_or_by_its_title() -> None:
    """The text takes the format of the one before; what stands around stays."""
    source = package(
        "<w:r><w:t>单位：</w:t></w:r>" + control("unit", "<w:text/>", alias="单位名称")
    )
    expected = (
        '<w:p><w:r><w:t>单位：</w:t></w:r><w:sdt><w:sdtPr><w:alias w:val="单位名称"/>'
        '<w:tag w:val="unit"/><w:text/></w:sdtPr><w:sdtContent><w:r><w:rPr><w:b/></w:rPr>'
        '<w:t xml:space="preserve">某局</w:t></w:r></w:sdtContent></w:sdt></w:p>'
    )
    assert fill(source, {"unit": "name"}, {"name": "某局"}) == expected
    assert fill(source, {"单位名称": "name"}, {"name": "某局"}) == expected


def test_a_bookmark_takes_the_format_of_its_first_text() -> None:
    """What stands before and behind it stays, and so does the bookmark."""
    source = package(
        '<w:r><w:t>甲</w:t></w:r><w:bookmarkStart w:id="1" w:name="名称"/>'
        "<w:r><w:rPr><w:i/></w:rPr><w:t>旧</w:t></w:r><w:r><w:tab/><w:t>旧</w:t></w:r>"
        '<w:bookmarkEnd w:id="1"/><w:r><w:t>乙</w:t></w:r>'
    )
    assert fill(source, {"名称": "x"}, {"x": "新"}) == (
        '<w:p><w:r><w:t>甲</w:t></w:r><w:bookmarkStart w:id="1" w:name="名称"/>'
        '<w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve">新</w:t></w:r>'
        '<w:bookmarkEnd w:id="1"/><w:r><w:t>乙</w:t></w:r></w:p>'
    )


def test_an_empty_bookmark_takes_the_format_of_what_stands_before() -> None:
    """As when somebody types there."""
    source = package(
        '<w:r><w:rPr><w:b/></w:rPr><w:t>甲</w:t></w:r><w:bookmarkStart w:id="1" w:name="空"/>'
        '<w:bookmarkEnd w:id="1"/>'
    )
    assert fill(source, {"空": "x"}, {"x": "新"}).endswith(
        '<w:bookmarkStart w:id="1" w:name="空"/><w:r><w:rPr><w:b/></w:rPr>'
        '<w:t xml:space="preserve">新</w:t></w:r><w:bookmarkEnd w:id="1"/></w:p>'
    )


def test_a_bookmark_may_end_at_the_beginning_of_the_next_paragraph() -> None:
    """So Word marks a whole paragraph; its text is within one."""
    source = package(
        '<w:bookmarkStart w:id="1" w:name="段"/><w:r><w:t>旧</w:t></w:r>',
        '<w:bookmarkEnd w:id="1"/><w:r><w:t>下一段</w:t></w:r>',
    )
    assert texts(bytes(Template(source, {"段": "x"}).fill({"x": "新"}))) == ["新", "下一段"]


def test_a_picture_is_swapped_by_its_alt_text() -> None:
    """Its place, its size and its description stay; the other picture stays as well."""
    document = docx.Document()
    for _ in range(2):
        document.add_picture(io.BytesIO(picture(255, 0, 0)), width=Mm(20))
    named = document.element.body.xpath("//wp:docPr")[0]
    named.set("descr", "公章")
    buffer = io.BytesIO()
    document.save(buffer)
    content = bytes(
        Template(buffer.getvalue(), {"公章": "seal"}).fill({"seal": Image(picture(0, 9, 0))})
    )
    shapes = docx.Document(io.BytesIO(content)).inline_shapes
    assert [one.width for one in shapes] == [Mm(20), Mm(20)]
    document = docx.Document(io.BytesIO(content))
    shown = [
        document.part.related_parts[one].blob
        for one in document.element.body.xpath("//a:blip/@r:embed")
    ]
    assert shown == [picture(0, 9, 0), picture(255, 0, 0)]
    assert document.element.body.xpath("//wp:docPr/@descr")[0] == "公章"
    with pytest.raises(DataError, match="not_a_picture"):
        Template(buffer.getvalue(), {"公章": "seal"}).fill({"seal": "公章.png"})


def test_controls_in_headers_and_text_boxes_are_found() -> None:
    """Every part that shows text; a text box, which stands in a part twice, is one place."""
    box = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic>'
        "<a:graphicData><wps:wsp><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx></wps:wsp>"
        "</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        "<v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    ).format("<w:p>" + control("框") + "</w:p>")
    source = package(box, header=f"<w:p>{control('眉')}</w:p>")
    content = bytes(Template(source, {"框": "a", "眉": "b"}).fill({"a": "甲", "b": "乙"}))
    assert texts(content) == ["甲", "甲"]
    assert texts(content, "word/header.xml") == ["乙"]


def test_of_several_that_are_called_alike_one_is_named_by_its_number() -> None:
    """A copied control keeps its tag: which one is meant has to be said."""
    source = package(control("数量") + control("数量"), control("", alias="数量"))
    assert faults(source, {"数量": "a"}) == ["[bind.found_twice] “数量”在文件中不止一处"]
    bind = {"数量#1": "a", "数量#2": "b", "数量#3": "c"}
    assert texts(bytes(Template(source, bind).fill({"a": 1, "b": 2, "c": 3}))) == ["1", "2", "3"]


def test_the_same_expression_twice_is_told_by_its_own_key_each_time() -> None:
    """Tags of the template and bindings are told apart though they say the same."""
    source = package("<w:r><w:t>{{ n }}</w:t></w:r>" + control("甲") + control("乙"))
    (only,) = Template(source, {"甲": "n", "乙": "n"}).fields()
    assert [(one.tag, one.key) for one in only.places] == [
        ("{{ n }}", ""),
        ("n", "甲"),
        ("n", "乙"),
    ]


def test_all_faults_are_told_at_once() -> None:
    """What is wrong with the keys, with the expressions and with the template's own tags."""
    source = package(
        control("unit") + control("tagged", "", "<w:r><w:t>{{ x }}</w:t></w:r>"),
        control("outer", "", control("inner")) + "<w:r><w:t>{% if y %}</w:t></w:r>",
        '<w:bookmarkStart w:id="1" w:name="跨"/><w:r><w:t>a</w:t></w:r>',
        '<w:r><w:t>b</w:t></w:r><w:bookmarkEnd w:id="1"/>',
    )
    bind = {
        "unti": "x",
        "unit": "x y",
        "tagged": "x",
        "outer": "x",
        "跨": "x",
        "inner": "row for row in rows",
        "没有": "x",
    }
    assert faults(source, bind) == [
        "[template.syntax] 标签 x y 的写法有误：expected token 'end of print statement', got 'y'",
        "[bind.misspelt] 文件中没有“unti”",
        "[bind.tagged] tagged 处已有标签",
        "[bind.unfit] “outer”里不只是文字（sdt），填写会把它们丢掉",
        "[bind.bookmark_spans] 书签“跨”的起止不在同一段落",
        "[bind.loop_in_text] inner 不是表格的列，不能写 for 循环",
        "[bind.unknown] 文件中没有“没有”",
        "[template.unclosed_block] {% if y %} 没有对应的 endif",
    ]


def test_a_key_that_names_nothing_lists_what_there_is() -> None:
    """The whole message, in both languages; Word's own hidden bookmarks are not listed."""
    source = package(control("unit", alias="单位") + '<w:bookmarkStart w:id="1" w:name="_GoBack"/>')
    with pytest.raises(TemplateError) as caught:
        Template(source, {"日期": "day"})
    assert caught.value.message("zh") == (
        "[bind.unknown] 文件中没有“日期”\n  位置：day (日期)\n  改法：文件中有：unit、单位。"
    )
    assert caught.value.message("en") == (
        '[bind.unknown] the file has no "日期"\n  where: day (日期)\n  mend: it has: unit, 单位.'
    )


def test_missing_values_are_told_with_the_control() -> None:
    """Strict as for tags."""
    template = Template(package(control("unit")), {"unit": "unit.name"})
    with pytest.raises(DataError) as caught:
        template.fill({"unit": {}})
    assert caught.value.message("en") == (
        '[data.missing] the data have no "unit.name"\n'
        "  where: body (word/document.xml) > "
        'paragraph 1 content control "unit" > unit.name (unit.name)\n'
        "  mend: add it to the data; for a draft use --missing mark."
    )


def test_parts_without_bindings_stay_byte_for_byte() -> None:
    """Only the parts that hold what was bound are written."""
    source = bound_document()
    content = bytes(Template(source, {"title": "t"}).fill({"t": "新题"}))
    assert sorted(different_parts(content, source)) == ["docProps/core.xml", MAIN]


def test_a_bound_document_is_pickled_with_its_bindings() -> None:
    """Another process gives the same bytes."""
    template = Template(package(control("a", LIST.format("dropDownList"))), {"a": "x"})
    again = pickle.loads(pickle.dumps(template))
    assert bytes(again.fill({"x": "1"})) == bytes(template.fill({"x": "1"}))


def test_a_filled_document_has_no_findings_that_its_template_has_not(tmp_path: Path) -> None:
    """The validator is content."""
    template, filled = tmp_path / "0.docx", tmp_path / "1.docx"
    template.write_bytes(bound_document())
    bind = {"unit": "u", "day": "d", "yes": "y", "item": "i", "title": "t"}
    data = {"u": "某局", "d": dt.date(2019, 1, 24), "y": False, "i": "否", "t": "题"}
    Template(template, bind).fill(data).save(filled)
    assert audit_against(filled, template) == []


def test_what_is_filled_in_can_be_read_back_where_it_is_not_translated() -> None:
    """A text comes back; the sign of a check box is not taken for its value, and that is said."""
    template = Template(package(control("a"), control("b", BOX)), {"a": "x", "b": "y"})
    assert template.extract(template.fill({"x": "某局", "y": True})) == {"x": "某局"}
    assert [one.notes for one in template.fields()] == [("bound",), ("bound", "not_extractable")]
