"""Records of one template in one file: nothing that must be unique stands there twice."""

# ruff: noqa: E501 - markup stands on a line

import re
from typing import Any

import pytest

from govdocs.template import Document, Template
from tests.support.packages import read_parts
from tests.support.soundness import assert_sound
from tests.support.word import part_of, word_package

W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
SECTION = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'


def join(body: str, *names: str, **parts: Any) -> Document:
    """Fill a template once for each name; what comes out is sound."""
    template = word_package(body, **parts)
    document = Template(template).fill_all([{"x": one} for one in names])
    assert_sound(bytes(document), template)
    return document


def attributes(document: Document | bytes, element: str, name: str) -> list[str]:
    """List the values of an attribute of the elements that are called ``element``."""
    found = part_of(bytes(document)).iter(f"{{*}}{element}")
    return [str(v) for one in found for k, v in one.attrib.items() if str(k).endswith(name)]


def test_ids_of_records_are_their_own() -> None:
    """Tracked changes, permissions, paragraphs, controls and shapes of old, with their types."""
    tracked = '<w:ins w:id="{}" w:author="a"><w:r><w:t>{{{{ x }}}}</w:t></w:r></w:ins>'
    shape = (
        '<w:r><w:pict><v:shapetype xmlns:v="urn:schemas-microsoft-com:vml" id="_x0000_t75"/>'
        '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" id="_x0000_s1026" type="#_x0000_t75"/></w:pict></w:r>'
    )
    control = '<w:sdt><w:sdtPr><w:id w:val="9"/></w:sdtPr><w:sdtContent><w:r><w:t>c</w:t></w:r></w:sdtContent></w:sdt>'
    body = (
        f'<w:p {W14} w14:paraId="00000001">{tracked.format(1)}{tracked.format(2)}'
        f'<w:permStart w:id="7" w:edGrp="everyone"/>{control}<w:permEnd w:id="7"/>{shape}</w:p>{SECTION}'
    )
    document = join(body, "甲", "乙", "丙")
    for element, name in (
        ("ins", "}id"),
        ("permStart", "}id"),
        ("shape", "id"),
        ("shapetype", "id"),
    ):
        found = attributes(document, element, name)
        assert len(set(found)) == len(found) >= 3, element
    assert attributes(document, "permStart", "}id") == attributes(document, "permEnd", "}id")
    types = attributes(document, "shapetype", "id")
    assert attributes(document, "shape", "type") == [f"#{one}" for one in types]


def test_links_and_fields_lead_within_their_record() -> None:
    """Also where they stand before the bookmark that they name."""
    code = "<w:r><w:instrText> PAGEREF part \\h </w:instrText></w:r>"
    link = '<w:hyperlink w:anchor="part"><w:r><w:t>{{ x }}</w:t></w:r></w:hyperlink>'
    simple = '<w:fldSimple w:instr=" REF part "><w:r><w:t>a</w:t></w:r></w:fldSimple>'
    mark = '<w:bookmarkStart w:id="1" w:name="part"/><w:bookmarkEnd w:id="1"/>'
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{one}"/></w:r>' for one in ("begin", "end"))
    document = join(f"<w:p>{link}{begin}{code}{end}{simple}{mark}</w:p>{SECTION}", "甲", "乙")
    names = attributes(document, "bookmarkStart", "}name")
    assert names == ["part", "part_1"]
    assert attributes(document, "hyperlink", "}anchor") == names
    assert attributes(document, "fldSimple", "}instr") == [f" REF {one} " for one in names]
    codes = [one.text for one in part_of(document).iter("{*}instrText")]
    assert codes == [f" PAGEREF {one} \\h " for one in names]


def test_comments_of_each_record_are_brought_with_their_ranges() -> None:
    """Each has the text of its record; both ends of the range and the mark lead to it."""
    marked = (
        '<w:p><w:commentRangeStart w:id="4"/><w:r><w:t>{{ x }}</w:t></w:r><w:commentRangeEnd w:id="4"/>'
        f'<w:r><w:commentReference w:id="4"/></w:r></w:p>{SECTION}'
    )
    document = join(marked, "甲", "乙", comments='comment[id=4 author=a](p"说{{ x }}")')
    ids = attributes(document, "commentReference", "}id")
    assert len(set(ids)) == 2
    assert attributes(document, "commentRangeStart", "}id") == ids
    assert attributes(document, "commentRangeEnd", "}id") == ids
    comments = part_of(document, "word/comments.xml")
    assert ["".join(map(str, one.itertext())) for one in comments] == ["说甲", "说乙"]


def test_controls_of_later_records_are_cut_off_from_the_data_of_the_first() -> None:
    """The data are one: Word would show the first record's in all."""
    from tests.docx.test_control_tags import BINDING, bound_package, control

    template = Template(bound_package(control(BINDING, "{{ x }}") + SECTION, "old"))
    document = template.fill_all([{"x": "甲"}, {"x": "乙"}])
    root = part_of(document)
    assert ["".join(map(str, one.itertext())) for one in root.iter("{*}sdt")] == ["甲", "乙"]
    assert [one.find(".//{*}dataBinding") is not None for one in root.iter("{*}sdt")] == [
        True,
        False,
    ]
    assert "甲" in read_parts(bytes(document))["customXml/item1.xml"].decode()


@pytest.mark.parametrize(
    ("section", "restarts"),
    [
        (SECTION, ["eachSect"]),
        (
            '<w:sectPr><w:footnotePr><w:numFmt w:val="decimal"/></w:footnotePr></w:sectPr>',
            ["eachSect"],
        ),
        (
            '<w:sectPr><w:footnotePr><w:numRestart w:val="eachPage"/></w:footnotePr></w:sectPr>',
            ["eachPage"] * 2,
        ),
    ],
)
def test_footnotes_of_each_record_begin_at_one(section: str, restarts: list[str]) -> None:
    """As its pages do, unless the template says how they are numbered."""
    body = f'<w:p><w:r><w:t>{{{{ x }}}}</w:t><w:footnoteReference w:id="2"/></w:r></w:p>{section}'
    document = join(body, "甲", "乙", footnotes='footnote[id=2](p"{{ x }}")')
    assert attributes(document, "numRestart", "}val") == restarts
    assert len(attributes(document, "footnoteReference", "}id")) == 2
    plain = join(f"<w:p><w:r><w:t>{{{{ x }}}}</w:t></w:r></w:p>{SECTION}", "甲", "乙")
    assert attributes(plain, "numRestart", "}val") == []


def test_remarks_in_the_xml_do_not_matter() -> None:
    """Programs write comments and instructions between paragraphs, and at the end."""
    section = "<w:sectPr><!-- a --><w:pgSz w:w='1' w:h='2'/><?b c?></w:sectPr>"
    body = f"<!-- d --><w:p><w:r><w:t>{{{{ x }}}}</w:t></w:r></w:p><?e f?>{section}<!-- g -->"
    document = join(body, "甲", "乙")
    assert "".join(map(str, part_of(document).itertext("{*}t"))) == "甲乙"
    assert len(attributes(document, "pgSz", "}w")) == 2


def test_comments_of_a_document_put_in_come_along() -> None:
    """Their ids are new, and their ranges theirs; in a header there can be none."""
    commented = word_package(
        '<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>文</w:t></w:r><w:commentRangeEnd w:id="0"/>'
        '<w:r><w:commentReference w:id="0"/></w:r></w:p>',
        comments='comment[id=0 author=b](p"批")',
    )
    template = word_package(
        '<w:p><w:r><w:t>a</w:t></w:r><w:r><w:commentReference w:id="0"/></w:r></w:p>'
        "<w:p><w:r><w:t>{{p x }}</w:t></w:r></w:p>",
        header='p"{{p x }}"',
        comments='comment[id=0 author=a](p"原")',
    )
    filled = bytes(Template(template).fill({"x": commented}))
    assert_sound(filled, template)
    assert attributes(filled, "commentReference", "}id") == ["0", "1"]
    assert attributes(filled, "commentRangeStart", "}id") == ["1"]
    comments = part_of(filled, "word/comments.xml")
    assert ["".join(map(str, one.itertext())) for one in comments] == ["原", "批"]
    assert not re.search(b"comment(Range|Reference)", read_parts(filled)["word/header.xml"])
