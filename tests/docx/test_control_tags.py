"""Content controls: tags inside, in titles, in the data that they are bound to."""

# ruff: noqa: E501 - markup stands on a line

import datetime as dt

import pytest
from lxml import etree

from govdocs.errors import DataError
from govdocs.template import Template
from tests.support.notation import NAMESPACES
from tests.support.packages import replace_parts
from tests.support.word import fill_body, fill_package, part_of, word_package

W14 = NAMESPACES["w14"]
STORE = "{11111111-2222-3333-4444-555555555555}"
BINDING = f'<w:dataBinding w:xpath="/o:office[1]/o:name[1]" w:prefixMappings="xmlns:o=\'urn:o\'" w:storeItemID="{STORE}"/>'
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"/></Relationships>'
)


def control(properties: str, content: str) -> str:
    """Write a control in a paragraph of its own."""
    run = f"<w:p><w:r><w:t>{content}</w:t></w:r></w:p>"
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{run}</w:sdtContent></w:sdt>"


def bound_package(body: str, stored: str) -> bytes:
    """Make a package with a custom XML part that controls are bound to."""
    props = f'<d:datastoreItem xmlns:d="http://schemas.openxmlformats.org/officeDocument/2006/customXml" d:itemID="{STORE}"/>'
    return replace_parts(
        word_package(body),
        {
            "word/_rels/document.xml.rels": RELS.format("customXml", "../customXml/item1.xml"),
            "customXml/item1.xml": f'<office xmlns="urn:o"><name>{stored}</name></office>',
            "customXml/_rels/item1.xml.rels": RELS.format("customXmlProps", "itemProps1.xml"),
            "customXml/itemProps1.xml": props,
        },
    )


def text_of(document: object, name: str = "word/document.xml") -> str:
    """Read all text of a part."""
    return "".join(map(str, part_of(document, name).itertext()))  # type: ignore[arg-type]


def test_control_that_holds_a_tag_shows_no_placeholder_any_more() -> None:
    """Word would take the value for a prompt; the grey of the prompt goes too."""
    styles = (
        '<w:style w:type="character" w:styleId="a3"><w:name w:val="Placeholder Text"/></w:style>'
    )
    body = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r><w:rPr><w:rStyle w:val='a3'/><w:b/></w:rPr>"
        "<w:t>{{ x }}</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        + control("<w:showingPlcHdr/>", "click here")
    )
    root = part_of(fill_package(body, {"x": 1}, styles=styles))
    first, second = root.iter("{*}sdt")
    assert first.find(".//{*}showingPlcHdr") is None
    assert first.find(".//{*}rStyle") is None
    assert first.find(".//{*}b") is not None
    assert second.find(".//{*}showingPlcHdr") is not None


@pytest.mark.parametrize("name", ["alias", "tag"])
def test_control_whose_title_is_a_tag_shows_the_value(name: str) -> None:
    """The content and its format are the template's; the title says the name without braces."""
    properties = f'<w:{name} w:val="{{{{ 单位.名称 }}}}"/><w:showingPlcHdr/>'
    root = part_of(fill_package(control(properties, "单击此处"), {"单位": {"名称": "贺兰"}}))
    assert "".join(map(str, root.itertext())) == "贺兰"
    assert root.find(".//{*}showingPlcHdr") is None
    [written] = root.iter(f"{{*}}{name}")
    assert written.get(f"{{{NAMESPACES['w']}}}val") == "单位.名称"


@pytest.mark.parametrize(("value", "sign", "checked"), [(True, "☑", "1"), (False, "□", "0")])
@pytest.mark.parametrize("inside", [True, False])
def test_check_box_is_set_by_a_boolean(value: bool, sign: str, checked: str, inside: bool) -> None:
    """Sign and state together, whether the tag stands in the box or in its title."""
    states = '<w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="2611"/><w14:uncheckedState w14:val="25A1"/></w14:checkbox>'
    alias = "" if inside else '<w:alias w:val="{{ granted }}"/>'
    body = control(alias + states, "{{ granted }}" if inside else "☐")
    root = part_of(fill_package(body, {"granted": value}))
    assert "".join(map(str, root.itertext())) == sign
    [state] = root.iter(f"{{{W14}}}checked")
    assert state.get(f"{{{W14}}}val") == checked


def test_date_is_written_in_the_pattern_of_its_control() -> None:
    """And the date that the control kept of its own goes."""
    properties = '<w:alias w:val="{{ day }}"/><w:date w:fullDate="2001-01-01T00:00:00Z"><w:dateFormat w:val="yyyy-MM-dd"/></w:date>'
    root = part_of(fill_package(control(properties, "2001-01-01"), {"day": dt.date(2019, 1, 24)}))
    assert "".join(map(str, root.itertext())) == "2019-01-24"
    [date] = root.iter("{*}date")
    assert not date.attrib


def test_item_of_a_list_must_be_one_of_them() -> None:
    """A drop-down list shows what its item shows."""
    items = '<w:alias w:val="{{ kind }}"/><w:dropDownList><w:listItem w:displayText="予以公开" w:value="1"/><w:listItem w:displayText="不予公开" w:value="2"/></w:dropDownList>'
    assert text_of(fill_package(control(items, "选择"), {"kind": 2})) == "不予公开"
    with pytest.raises(DataError) as caught:
        fill_package(control(items, "选择"), {"kind": "其他"})
    assert [one.code for one in caught.value.problems] == ["bind.not_in_list"]
    assert caught.value.problems[0].place.tag == "{{ kind }}"


@pytest.mark.parametrize(
    ("content", "stored", "properties"),
    [
        ("{{ 名称 }}", "", ""),
        ("{{ 名称 }}", "old", ""),
        ("{{ 名称 }}", "{{ 名称 }}", ""),
        ("old", "{{ 名称 }}", ""),
        ("old", "old", '<w:alias w:val="{{ 名称 }}"/>'),
    ],
)
def test_bound_control_and_its_data_say_the_same(
    content: str, stored: str, properties: str
) -> None:
    """Word shows what stands in the data, other readers what stands in the control."""
    template = bound_package(control(properties + BINDING, content), stored)
    document = Template(template).fill({"名称": "R&D"})
    assert text_of(document) == "R&D"
    assert text_of(document, "customXml/item1.xml") == "R&D"


def test_control_bound_to_a_document_property_fills_it() -> None:
    """The title on a cover page is such a control."""
    binding = '<w:dataBinding w:xpath="/cp:coreProperties[1]/dc:title[1]" w:prefixMappings="xmlns:cp=\'urn:cp\' xmlns:dc=\'urn:dc\'" w:storeItemID="{6C3C8BC8-F283-45AE-878A-BAB7291924A1}"/>'
    core = '<cp:coreProperties xmlns:cp="urn:cp" xmlns:dc="urn:dc"><dc:title>old</dc:title></cp:coreProperties>'
    kind = "application/vnd.openxmlformats-package.core-properties+xml"
    template = word_package(control(binding, "{{ x }}"), extra={"docProps/core.xml": (kind, core)})
    rels = RELS.format("officeDocument", "word/document.xml").replace(
        "</Relationships>",
        '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
    )
    document = Template(replace_parts(template, {"_rels/.rels": rels})).fill({"x": "题目"})
    assert text_of(document, "docProps/core.xml") == "题目"


def test_bound_control_in_a_loop_is_cut_off_from_its_data() -> None:
    """Its copies differ, the data are one."""
    loop = "<w:p><w:r><w:t>{{%{}%}}</w:t></w:r></w:p>"
    body = loop.format(" for x in xs ") + control(BINDING, "{{ x }}") + loop.format(" endfor ")
    document = Template(bound_package(body, "old")).fill({"xs": [1, 2]})
    assert text_of(document) == "12"
    assert text_of(document, "customXml/item1.xml") == "old"
    assert part_of(document).find(".//{*}dataBinding") is None


def test_control_in_a_line_a_row_and_a_cell() -> None:
    """Wherever a control stands."""
    assert (
        fill_body('p(r"a", sdt[alias=x](r"{{ x }}"), r"b")', {"x": 1})
        == 'p(r"a", sdt[alias=x](r"1"), r"b")'
    )
    body = 'tbl(sdt(tr("{% for x in xs %}{{ x }}", "{% endfor %}")), tr(sdt(tc"{{ y }}"), "c"))'
    assert (
        fill_body(body, {"xs": [1, 2], "y": 3})
        == 'tbl(sdt(tr("1", ""), tr("2", "")), tr(sdt(tc"3"), "c"))'
    )


def test_missing_value_of_a_title_names_the_tag_as_typed() -> None:
    """What the engine put in its place is nobody's business."""
    with pytest.raises(DataError) as caught:
        fill_package(control('<w:alias w:val="{{ 单位 }}"/>', "单击此处"), {})
    assert (
        caught.value.message("zh")
        == """\
[data.missing] 数据中没有“单位”
  位置：正文（word/document.xml） > 内容控件“{{ 单位 }}” > {{ 单位 }} (单位)
  改法：请在数据中补上；草稿可用 --missing mark。"""
    )


def test_controls_without_tags_stay_as_they_are() -> None:
    """Byte for byte, where nothing else of the part is filled."""
    body = (
        control(BINDING + "<w:showingPlcHdr/>", "单击此处")
        + "<w:p><w:r><w:t>{{ x }}</w:t></w:r></w:p>"
    )
    template = bound_package(body, "old")
    filled = etree.tostring(part_of(Template(template).fill({"x": 1})), encoding="unicode")
    assert filled == etree.tostring(part_of(template), encoding="unicode").replace(
        "{{ x }}", "1"
    ).replace("<w:t>1", '<w:t xml:space="preserve">1')
