"""Laws that hold on a document with a little of everything, however it is written."""

import re

import pytest
from lxml import etree

from govdocs.template import Template
from tests.support.everything import MACROS, MAIN, NAMESPACES, WAYS, make_everything
from tests.support.packages import diff_packages, read_compressed, read_parts, replace_parts
from tests.support.soundness import assert_sound

XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
TEXTS = [f"{{{NAMESPACES[prefix]}}}t" for prefix in ("w", "m", "a")]
_TAG = "<w:p xmlns:w='{}'><w:r><w:t>{{% {} %}}</w:t></w:r></w:p>"


def tagged(package: bytes) -> tuple[bytes, dict[str, str]]:
    """Put a tag in place of every text, with the text as its value."""
    data: dict[str, str] = {}
    changed: dict[str, bytes | str] = {}
    for name, content in read_parts(package).items():
        if name.startswith("word/") and name.endswith(".xml"):
            root = etree.fromstring(content)
            for one in root.iter(*TEXTS):
                if next(one.iterancestors("{*}moveFrom"), None) is None:
                    one.text = f"{{{{ {_named(one.text or '', data)} }}}}"
                    one.set(XML_SPACE, "preserve")
            changed[name] = etree.tostring(root.getroottree(), encoding="UTF-8", standalone=True)
    return replace_parts(package, changed), data


def _named(text: str, data: dict[str, str]) -> str:
    data[f"v{len(data)}"] = text
    return f"v{len(data) - 1}"


def plain(package: bytes) -> bytes:
    """Take out ``xml:space``, which texts that were filled have."""
    parts: dict[str, bytes | str] = {}
    for name, content in read_parts(package).items():
        if name.startswith("word/") and name.endswith(".xml"):
            root = etree.fromstring(content)
            for one in root.iter(*TEXTS):
                one.attrib.pop(XML_SPACE, "")
            parts[name] = etree.tostring(root)
    return replace_parts(package, parts)


def looped(package: bytes, opening: str, closing: str) -> bytes:
    """Stand a block around every paragraph and table of the body, the end of a section apart."""
    root = etree.fromstring(read_parts(package)["word/document.xml"])
    body = root.find("{*}body")
    assert body is not None
    for one in list(body.iterchildren("{*}p", "{*}tbl", "{*}sdt", "{*}customXml")):
        if one.find("{*}pPr/{*}sectPr") is None:
            one.addprevious(etree.fromstring(_TAG.format(NAMESPACES["w"], opening)))
            end = etree.fromstring(_TAG.format(NAMESPACES["w"], closing))
            end.tail, one.tail = one.tail, None
            one.addnext(end)
    xml = etree.tostring(root.getroottree(), encoding="UTF-8", standalone=True)
    return replace_parts(package, {"word/document.xml": xml})


@pytest.mark.parametrize("way", WAYS)
def test_every_text_replaced_by_a_tag_and_filled_with_itself_is_the_document(way: str) -> None:
    """As canonical XML, in every part; and the data are read back."""
    package = WAYS[way](make_everything())
    template, data = tagged(package)
    assert len(data) > 60
    filled = bytes(Template(template).fill(data))
    assert diff_packages(plain(filled), plain(package)) == ""
    assert_sound(filled, template)


@pytest.mark.parametrize("way", WAYS)
def test_condition_around_every_paragraph_and_table_leaves_all_or_nothing(way: str) -> None:
    """What is kept is as it was; what is left out leaves a document that is sound."""
    package = WAYS[way](make_everything())
    template = looped(package, "if yes", "endif")
    kept = bytes(Template(template).fill({"yes": True}))
    assert diff_packages(plain(kept), plain(package)) == ""
    left = bytes(Template(template).fill({"yes": False}))
    assert_sound(left, template)
    texts = etree.fromstring(read_parts(left)["word/document.xml"]).iter(TEXTS[0])
    assert [one.text for one in texts] == ["节末"]


@pytest.mark.parametrize("way", WAYS)
def test_loop_around_every_paragraph_and_table_makes_sound_copies(way: str) -> None:
    """Three of each: no id twice, every relationship with its target, every text three times."""
    package = WAYS[way](make_everything())
    template = looped(package, "for x in range(3)", "endfor")
    filled = bytes(Template(template).fill({}))
    assert_sound(filled, template)
    before, after = (
        [one.text for one in etree.fromstring(read_parts(one)["word/document.xml"]).iter(TEXTS[0])]
        for one in (package, filled)
    )
    assert len(after) == 3 * len(before) - 2  # the end of the section is there once


@pytest.mark.parametrize("main_type", [MAIN, MACROS])
def test_what_has_no_tag_stays_as_it_is_compressed(main_type: str) -> None:
    """Macros, objects, stores, chunks and parts without tags; a deletion that holds braces too."""
    package = make_everything(main_type)
    assert read_compressed(bytes(Template(package).fill({}))) == read_compressed(package)
    parts = read_parts(package)
    footer = parts["word/footer1.xml"].replace("页脚末".encode(), b"{{ x }}")
    filled = read_compressed(
        bytes(Template(replace_parts(package, {"word/footer1.xml": footer})).fill({"x": 1}))
    )
    assert {name for name, data in read_compressed(package).items() if filled[name] != data} == {
        "word/footer1.xml"
    }


def test_records_of_it_are_one_sound_file() -> None:
    """Three records: ids, comments, notes, links and sections of their own."""
    document = read_parts(make_everything())["word/document.xml"].replace(
        "末段".encode(), b"{{ x }}"
    )
    template = replace_parts(make_everything(), {"word/document.xml": document})
    filled = bytes(Template(template).fill_all([{"x": one} for one in "甲乙丙"]))
    assert_sound(filled, template)
    body = read_parts(filled)["word/document.xml"].decode()
    assert len(set(re.findall(r'<w:commentReference w:id="(\d+)"', body))) == 3
    assert len(set(re.findall(r'<w:footnoteReference w:id="(\d+)"', body))) == 3
