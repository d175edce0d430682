"""How each kind of content control takes a value that is bound to it."""

import datetime as dt
import io

import docx
import pytest
from lxml import etree

from govdocs import DataError, Template
from tests.docx.controls import (
    BOX,
    LIST,
    MAIN,
    PLACEHOLDER,
    body,
    bound_document,
    control,
    date_of,
    faults,
    fill,
    package,
    texts,
)
from tests.support.packages import read_parts
from tests.support.word import word_package


def test_a_placeholder_goes_with_its_style() -> None:
    """What is filled in is no placeholder, and takes the format that the control asks for."""
    own = '<w:rPr><w:sz w:val="32"/></w:rPr>'
    plain = control("a", "<w:showingPlcHdr/><w:text/>", PLACEHOLDER)
    sized = control("b", f"{own}<w:showingPlcHdr/>", PLACEHOLDER)
    filled = fill(package(plain + sized), {"a": "x", "b": "x"}, {"x": "字"})
    assert "showingPlcHdr" not in filled
    assert "rStyle" not in filled
    assert '<w:r><w:t xml:space="preserve">字</w:t></w:r>' in filled
    assert f'<w:r>{own}<w:t xml:space="preserve">字</w:t></w:r>' in filled


def test_a_control_around_paragraphs_keeps_its_first_one() -> None:
    """Two paragraphs of old text become one of new text, set as the first was."""
    inner = (
        '<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t>旧一</w:t></w:r></w:p>'
        "<w:p><w:r><w:t>旧二</w:t></w:r></w:p>"
    )
    source = word_package(control("正文", "", inner) + "<w:p/>")
    assert fill(source, {"正文": "x"}, {"x": "新"}) == (
        '<w:sdt><w:sdtPr><w:tag w:val="正文"/></w:sdtPr><w:sdtContent>'
        '<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t xml:space="preserve">新</w:t></w:r>'
        "</w:p></w:sdtContent></w:sdt><w:p/>"
    )


def test_a_control_around_a_cell_keeps_the_cell() -> None:
    """The cell's properties and its paragraph stay."""
    cell = '<w:tc><w:tcPr><w:tcW w:w="1" w:type="dxa"/></w:tcPr><w:p/><w:p/></w:tc>'
    source = word_package(f"<w:tbl><w:tr>{control('n', '', cell)}</w:tr></w:tbl><w:p/>")
    filled = fill(source, {"n": "x"}, {"x": 7})
    assert filled.count("<w:p>") == 1
    assert '<w:tcW w:w="1" w:type="dxa"/></w:tcPr><w:p><w:r><w:t xml:space="preserve">7' in filled


@pytest.mark.parametrize(
    ("pattern", "shown"),
    [
        ("yyyy年M月d日", "2019年1月4日"),
        ("yyyy'年'M'月'd'日'", "2019年1月4日"),
        ("yyyy-MM-dd", "2019-01-04"),
        ("EEEE年O月A日", "二〇一九年一月四日"),
        ("yy.M.d", "19.1.4"),
        ("dddd, MMMM d, yyyy", "2019年1月4日"),
    ],
)
def test_a_date_control_shows_a_date_in_its_own_pattern(pattern: str, shown: str) -> None:
    """Where the pattern asks for words of a language, the date prints as anywhere else."""
    source = package(control("d", date_of(pattern)))
    filled = Template(source, {"d": "day"}).fill({"day": dt.date(2019, 1, 4)})
    assert texts(bytes(filled)) == [shown]
    assert "fullDate" not in body(bytes(filled))


def test_a_date_control_takes_a_text_as_it_is() -> None:
    """A date that somebody wrote out stays as written."""
    source = package(control("d", date_of("yyyy-MM-dd")))
    assert texts(bytes(Template(source, {"d": "day"}).fill({"day": "二月底"}))) == ["二月底"]


@pytest.mark.parametrize(("value", "shown"), [("是", "是"), ("1", "是"), (1, "是"), ("否", "否")])
def test_a_drop_down_shows_the_item_that_is_meant(value: object, shown: str) -> None:
    """By what the item shows, or by what it stores."""
    source = package(control("a", LIST.format("dropDownList")))
    assert texts(bytes(Template(source, {"a": "x"}).fill({"x": value}))) == [shown]


def test_a_drop_down_refuses_what_is_not_in_its_list() -> None:
    """The whole message; a combo box takes other texts as well."""
    source = package(control("a", LIST.format("dropDownList")))
    with pytest.raises(DataError) as caught:
        Template(source, {"a": "x"}).fill({"x": "或"})
    assert caught.value.message("zh") == (
        "[bind.not_in_list] “或”不在下拉列表中\n"
        "  位置：正文（word/document.xml） > 第1段 内容控件“a” > x (x)\n"
        "  改法：可选：是、否。"
    )
    free = package(control("a", LIST.format("comboBox")))
    assert texts(bytes(Template(free, {"a": "x"}).fill({"x": "或"}))) == ["或"]


@pytest.mark.parametrize(("value", "sign", "state"), [(True, "\uf0fe", "1"), (0, "\uf0a8", "0")])
def test_a_check_box_shows_and_holds_its_state(value: object, sign: str, state: str) -> None:
    """Sign, font and state agree."""
    source = package(control("a", BOX, '<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>'))
    content = bytes(Template(source, {"a": "x"}).fill({"x": value}))
    assert texts(content) == [sign]
    assert f'<w14:checked w14:val="{state}"/>' in body(content)
    assert 'w:rFonts w:ascii="Wingdings"' in body(content)


def test_a_check_box_refuses_what_is_neither_true_nor_false() -> None:
    """A word is no truth: 否 would be ticked."""
    source = package(control("a", BOX))
    with pytest.raises(DataError, match="not_a_truth"):
        Template(source, {"a": "x"}).fill({"x": "否"})
    content = bytes(Template(source, {"a": "x == '是'"}).fill({"x": "否"}))
    assert '<w14:checked w14:val="0"/>' in body(content)


def test_a_check_box_that_is_not_answered_stays_open_in_a_draft() -> None:
    """Its state is valid whatever is missing."""
    content = bytes(Template(package(control("a", BOX)), {"a": "x"}).fill({}, missing="mark"))
    assert '<w14:checked w14:val="0"/>' in body(content)
    assert "〔待填：x〕" in texts(content)


def test_controls_and_the_data_they_are_bound_to_say_the_same() -> None:
    """Word shows the data: all controls of one datum, and the datum in the form it is kept in."""
    bind = {"unit": "u", "day": "d", "yes": "y", "item": "i", "title": "t"}
    data = {"u": "某<局>", "d": dt.date(2019, 1, 24), "y": True, "i": "是", "t": "新题"}
    content = bytes(Template(bound_document(), bind).fill(data))
    assert texts(content) == ["某<局>", "某<局>", "2019.1.24", "\uf0fe", "是", "新题"]
    store = etree.fromstring(read_parts(content)["customXml/item1.xml"])
    assert [one.text for one in store] == ["某<局>", "2019-01-24", "1"]
    assert store.get("yes") == "true"
    assert docx.Document(io.BytesIO(content)).core_properties.title == "新题"


def test_data_of_controls_are_one_place_of_a_field() -> None:
    """A control, its twin and its datum are told once, by the key."""
    fields = Template(bound_document(), {"unit": "u", "yes": "y"}).fields()
    assert [(one.name, len(one.places), one.notes[:1]) for one in fields] == [
        ("u", 1, ("bound",)),
        ("y", 1, ("bound",)),
    ]
    place = fields[0].places[0]
    assert (place.part, place.spot) == (MAIN, (("p", 1), ("control", "unit")))
    assert (place.tag, place.key) == ("u", "unit")
    assert faults(bound_document(), {"unit": "u", "again": "u"}) == [
        "[bind.same_place] again 与 unit 绑定的是同一处"
    ]
