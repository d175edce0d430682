"""Values land where their tag stood: as typed, in the tag's format, escaped once."""

# ruff: noqa: E501 - a case stands on a line

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from govdocs.errors import DataError
from tests.support.packages import read_parts
from tests.support.word import fill_body, fill_package, part_of

XML_TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff").filter(
        lambda char: char >= " " or char in "\t\n"
    ),
    max_size=40,
)
HOSTILE = (
    "A&B<C>\"D\"'E'",
    "]]>",
    "{{ 1+1 }}{% if x %}{# c #}",
    "=1+1",
    "😀𠮷\ufdd0\x7f\x85",
    "<w:p/><script>&lt;&amp;",
    " 两端有空格 ",
    "a\tb\nc\n\nd\t",
    "长" * 10_000,
)

CORE = "docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"
APP = "docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"
CUSTOM = (
    "docProps/custom.xml",
    "application/vnd.openxmlformats-officedocument.custom-properties+xml",
)
CHART = (
    "word/charts/chart1.xml",
    "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
)
SMART = (
    "word/diagrams/data1.xml",
    "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml",
)
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
C = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'

PLAIN_PLACES: dict[str, tuple[tuple[str, str], str, str]] = {
    "core property": (CORE, '<p xmlns:dc="urn:dc"><dc:title>{}</dc:title></p>', "{*}title"),
    "app property": (APP, "<Properties><Company>{}</Company></Properties>", "Company"),
    "custom property": (
        CUSTOM,
        "<P><property name='a'><lpwstr>{}</lpwstr></property></P>",
        ".//lpwstr",
    ),
    "series name": (CHART, f"<c:chart {C}><c:tx><c:v>{{}}</c:v></c:tx></c:chart>", ".//{*}v"),
}


def read_text(root: etree._Element) -> str:
    """Read text as Word shows it: tabs and breaks are characters."""
    out = ""
    for one in root.iter(etree.Element):
        name = etree.QName(one).localname
        out += {"tab": "\t", "br": "\n"}.get(name, "") or ((one.text or "") if name == "t" else "")
    return out


WORD_PLACES = {
    "body": ('p"{{ x }}"', {}, "word/document.xml"),
    "cell": ('tbl(tr("{{ x }}"))', {}, "word/document.xml"),
    "control": ('sdt(p"{{ x }}")', {}, "word/document.xml"),
    "link": ('p(hyperlink[anchor=a](r"{{ x }}"))', {}, "word/document.xml"),
    "insertion": ('p(ins[id=1](r"{{ x }}"))', {}, "word/document.xml"),
    "header": ('p"a"', {"header": 'p"{{ x }}"'}, "word/header.xml"),
    "footer": ('p"a"', {"footer": 'p"{{ x }}"'}, "word/footer.xml"),
    "footnote": ('p"a"', {"footnotes": 'footnote[id=2](p"{{ x }}")'}, "word/footnotes.xml"),
    "endnote": ('p"a"', {"endnotes": 'endnote[id=2](p"{{ x }}")'}, "word/endnotes.xml"),
    "comment": ('p"a"', {"comments": 'comment[id=2](p"{{ x }}")'}, "word/comments.xml"),
}


@pytest.mark.parametrize("place", WORD_PLACES)
@example("")
@example(HOSTILE[0])
@example(HOSTILE[3])
@example(HOSTILE[7])
@example(HOSTILE[8])
@settings(deadline=None, max_examples=15)
@given(text=XML_TEXT)
def test_text_comes_out_as_typed(place: str, text: str) -> None:
    """A law: what is filled in is what a reader sees, in every kind of place."""
    body, parts, name = WORD_PLACES[place]
    root = part_of(fill_package(body, {"x": text}, **parts), name)
    found = root.find("{*}body") if name == "word/document.xml" else root
    assert found is not None
    assert (
        read_text(found).removeprefix("a" if parts and name == "word/document.xml" else "") == text
    )


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("place", WORD_PLACES)
def test_hostile_text_comes_out_as_typed(place: str, text: str) -> None:
    """Nothing that stands in a value is taken for markup, a tag or a formula."""
    body, parts, name = WORD_PLACES[place]
    root = part_of(fill_package(body, {"x": text}, **parts), name)
    assert text in read_text(root)


def test_text_box_shows_the_text_twice() -> None:
    """Both copies."""
    for text in HOSTILE:
        root = part_of(fill_package('p(box(p"{{ x }}"))', {"x": text}))
        assert [read_text(box) for box in root.iter("{*}txbxContent")] == [text, text]


@pytest.mark.parametrize("place", PLAIN_PLACES)
@example("a\tb\nc")
@example(HOSTILE[0])
@settings(deadline=None, max_examples=15)
@given(text=XML_TEXT)
def test_text_comes_out_as_typed_in_plain_parts(place: str, text: str) -> None:
    """Properties of the document, names in charts."""
    (name, kind), xml, path = PLAIN_PLACES[place]
    extra = {name: (kind, xml.format("{{ x }}"))}
    found = part_of(fill_package('p"a"', {"x": text}, extra=extra), name).find(path)
    assert found is not None
    assert (found.text or "") == text


@example("a\nb")
@settings(deadline=None, max_examples=15)
@given(text=XML_TEXT.filter(lambda text: "\t" not in text))
def test_text_comes_out_as_typed_in_drawings(text: str) -> None:
    """Titles of charts, texts of SmartArt: their breaks are elements of their own."""
    for name, kind in (CHART, SMART):
        xml = f"<r {A}><a:p><a:r><a:rPr b='1'/><a:t>{{{{ x }}}}</a:t></a:r></a:p></r>"
        root = part_of(fill_package('p"a"', {"x": text}, extra={name: (kind, xml)}), name)
        assert read_text(root) == text
        assert len(root.findall(".//{*}rPr[@b='1']")) == 1 + 2 * text.count("\n")


def test_text_in_an_attribute_comes_out_as_typed() -> None:
    """Line breaks and quotes survive the reading of attributes."""
    for text in HOSTILE:
        body = '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="a" descr="{{ x }}"/></wp:inline></w:drawing></w:r></w:p>'
        [drawing] = part_of(fill_package(body, {"x": text})).iter("{*}docPr")
        assert drawing.get("descr") == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1, "1"),
        (-5, "-5"),
        (0, "0"),
        (1.5, "1.5"),
        (2.0, "2"),
        (1e16, "10000000000000000"),
        (Decimal("1.50"), "1.50"),
        (True, "是"),
        (False, "否"),
        ("", ""),
        (dt.date(2019, 1, 24), "2019年1月24日"),
        (dt.datetime.fromisoformat("2019-01-24T15:30"), "2019年1月24日15时30分"),
    ],
)
def test_values_print_as_official_documents_do(value: Any, text: str) -> None:
    """Numbers plain, dates in Chinese, truth as 是 and 否."""
    root = part_of(fill_package('p"[{{ x }}]"', {"x": value}))
    assert "".join(map(str, root.itertext("{*}t"))) == f"[{text}]"


@pytest.mark.parametrize("value", [[], [1], {}, {"a": 1}, (1,), {1}, b"a", print, str, iter([])])
def test_value_that_is_no_text_is_told(value: Any) -> None:
    """Python's way to write a list in a report would be wrong in silence."""
    with pytest.raises(DataError) as caught:
        fill_body('p"{{ x }}"', {"x": value})
    assert [one.code for one in caught.value.problems] == ["data.not_printable"]


@pytest.mark.parametrize("value", [None, float("nan"), Decimal("NaN")])
def test_null_is_told_as_empty(value: Any) -> None:
    """A null in a data frame is no text either."""
    with pytest.raises(DataError) as caught:
        fill_body('p"{{ a.x }}"', {"a": {"x": value}})
    assert (
        caught.value.message("zh")
        == """\
[data.empty] “a.x”的值是空（null），不能印成文字
  位置：正文（word/document.xml） > 第1段 > {{ a.x }} (a.x)
  改法：请填上；确实应当留空的，写成 ""；草稿可用 --missing mark。"""
    )


def test_characters_that_xml_cannot_hold_are_left_out_and_said() -> None:
    """A control character in a value damages no part; the caller is told."""
    document = fill_package(
        'p"{{ x }}"', {"x": "a\x00b\x1fc\ud800d\ufffe"}, footnotes='footnote[id=2](p"{{ x }}")'
    )
    assert "".join(map(str, part_of(document).itertext("{*}t"))) == "abcd"
    assert "".join(map(str, part_of(document, "word/footnotes.xml").itertext("{*}t"))) == "abcd"
    chars = [note.fields["char"] for note in document.notes]
    assert chars == ["U+0000", "U+001F", "U+D800", "U+FFFE"]
    assert [len(note.places) for note in document.notes] == [2, 2, 2, 2]
    assert document.notes[0].severity == "warning"


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        (r"a\nb", r'p(b r"[a\nb]")'),
        (r"a\tb", r'p(b r"[a", b r"\t", b r"b]")'),
        (r"a\ab", 'p(b r"[a"), p(b r"b]")'),
        (r"a\fb", r'p(b r"[a"), p"\f", p(b r"b]")'),
        (r"a\r\nb\vc", r'p(b r"[a\nb\nc]")'),
    ],
)
def test_breaks_in_a_value_are_breaks_of_word(text: str, filled: str) -> None:
    """Line, tab, paragraph and page, each in the format of the tag."""
    value = text.encode().decode("unicode_escape")
    assert fill_body('p(b r"[{{ x }}]")', {"x": value}) == filled


def test_new_paragraph_has_the_properties_of_the_tags_own() -> None:
    """But not its section break: the document would get another section."""
    body = (
        "<w:p><w:pPr><w:pStyle w:val='Text'/><w:jc w:val='center'/><w:sectPr/></w:pPr>"
        "<w:hyperlink w:anchor='x'><w:r><w:rPr><w:i/></w:rPr><w:t>{{ x }}</w:t></w:r></w:hyperlink></w:p>"
    )
    root = part_of(fill_package(body, {"x": "a\ab"}))
    assert [len(p.findall("{*}pPr/{*}jc")) for p in root.iter("{*}p")] == [1, 1]
    assert [len(p.findall("{*}pPr/{*}sectPr")) for p in root.iter("{*}p")] == [1, 0]
    assert [len(p.findall("{*}hyperlink/{*}r/{*}rPr/{*}i")) for p in root.iter("{*}p")] == [1, 1]


@pytest.mark.parametrize(
    ("body", "filled"),
    [
        ('p(r"a {{ x", b r" }} b")', 'p(r"a ", h r"〔待填：x〕", b r" b")'),
        ('p(b r"{{ x }}")', 'p(b h r"〔待填：x〕")'),
        ('p"a{{r x }}b"', 'p(r"a", h r"〔待填：x〕", r"b")'),
        ('p"{{p x }}"', 'p(h r"〔待填：x〕")'),
        ('p"{% for y in xs %}", p"{{ y.n }}", p"{% endfor %}"', 'p(h r"〔待填：xs[].n〕")'),
        ('p"{% if x %}a{% else %}b{% endif %}"', 'p"b"'),
    ],
)
def test_missing_value_is_marked_in_a_draft(body: str, filled: str) -> None:
    """Visible, highlighted, in the tag's format."""
    written = fill_body(body, missing="mark")
    assert re.sub(r'(?:, (?:b )?r""(?!,)|(?:b )?r"", )', "", written) == filled


def test_missing_value_is_left_blank_on_request() -> None:
    """Nothing is printed, nothing is told."""
    assert fill_body('p"a{{ x }}b{{ y|d(1) }}"', missing="blank") == 'p"ab1"'


def test_title_with_ampersand_is_escaped_once() -> None:
    """The document's title is a value like any other."""
    name, kind = CORE
    extra = {name: (kind, '<p xmlns:dc="urn:dc"><dc:title>{{ x|e }}</dc:title></p>')}
    document = bytes(fill_package('p"{{ x|e }}"', {"x": "R&D"}, extra=extra))
    assert b"<dc:title>R&amp;D</dc:title>" in read_parts(document)[name]
    assert b">R&amp;D</w:t>" in read_parts(document)["word/document.xml"]
