"""Files as other programs write them: prefixes, no addresses, other encodings, strict, comments."""

import datetime as dt
import re

import pytest

from govdocs.errors import PackageError
from govdocs.template import Template
from tests.support.packages import (
    canonical_lines,
    different_parts,
    read_parts,
    replace_parts,
    write_package,
)
from tests.xlsx.workbooks import (
    SHEET,
    fill,
    make_sheet,
    part,
    read_cells,
    read_values,
    with_part,
)

LOOP = {
    "A1": "头",
    "A2": "{%tr for x in xs %}{{ x }}{%tr endfor %}",
    "B2": 9,
    "A3": "尾",
    "B3": "=A1",
}
FILLED = {"A1": "头", "A2": 1, "B2": 9, "A3": 2, "B3": 9, "A4": "尾", "B4": "=A1"}
RELS = "xl/_rels/workbook.xml.rels"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def prefixed(xml: str) -> str:
    """Give every element of SpreadsheetML a prefix."""
    xml = xml.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')
    return re.sub(r"<(/?)(?=[A-Za-z])", r"<\1x:", xml)


def unnumbered(xml: str) -> str:
    """Take the numbers of rows and cells away."""
    return re.sub(r'<(row|c) r="[A-Z]*\d+"', r"<\1", xml)


def commented(xml: str) -> str:
    """Put comments, instructions and CDATA among the rows."""
    xml = xml.replace('<row r="3"', '<!-- <row r="9"> --><?x <c r="A9">?><row r="3"')
    return xml.replace("<t>尾</t>", "<t><![CDATA[尾]]></t>").replace(
        "<t>&#23614;</t>", "<t><![CDATA[尾]]></t>"
    )


def with_crlf(xml: str) -> str:
    """Put line breaks between rows."""
    return xml.replace("<row", "\r\n  <row")


def single_quoted(xml: str) -> str:
    """Quote attributes by apostrophes."""
    return xml.replace('"', "'")


@pytest.mark.parametrize(
    "change", [prefixed, unnumbered, commented, with_crlf, single_quoted], ids=lambda f: f.__name__
)
def test_sheet_written_in_another_way_is_filled(change: object) -> None:
    """A loop works, and rows below move, however the sheet was written."""
    source = with_part(make_sheet(LOOP), change)  # type: ignore[arg-type]
    content = bytes(fill(source, {"xs": [1, 2]}))
    assert read_cells(content) == FILLED


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "gb18030"])
def test_sheet_in_another_encoding_is_filled(encoding: str) -> None:
    """Parts in other encodings are turned to UTF-8."""
    xml = part(make_sheet(LOOP)).replace("&#22836;", "头").replace("&#23614;", "尾")
    declared = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>' + xml
    source = replace_parts(make_sheet(LOOP), {SHEET: declared.encode(encoding)})
    assert read_cells(bytes(fill(source, {"xs": [1, 2]}))) == FILLED


def test_strict_workbook_is_filled() -> None:
    """Strict namespaces are as good as transitional ones."""
    strict = {
        MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
            "http://purl.oclc.org/ooxml/officeDocument/relationships"
        ),
    }
    parts = {}
    for name, data in read_parts(make_sheet(LOOP)).items():
        for old, new in strict.items():
            data = data.replace(old.encode(), new.encode())  # noqa: PLW2901
        parts[name] = data
    content = bytes(fill(write_package(dict(parts)), {"xs": [1, 2]}))
    xml = part(content).replace(strict[MAIN], MAIN)
    assert read_cells(replace_parts(make_sheet(LOOP), {SHEET: xml})) == FILLED


def test_shared_strings_with_phonetic_guides_are_read() -> None:
    """The guides are no part of the text; a filled cell has none."""
    strings = (
        f'<sst xmlns="{MAIN}" count="2" uniqueCount="2"><si><t>名</t><rPh sb="0" eb="1"><t>ﾅ</t>'
        '</rPh><phoneticPr fontId="1"/></si><si><t>{{ x }}</t><rPh sb="0" eb="1"><t>{{ y }}</t>'
        "</rPh></si></sst>"
    )
    source = _with_strings({"A1": "0", "A2": "1"}, strings)
    content = bytes(fill(source, {"x": "值"}))
    assert read_cells(content) == {"A1": "名", "A2": "值"}
    assert "{{" not in part(content, "xl/sharedStrings.xml")


def _with_strings(cells: dict[str, str], strings: str) -> bytes:
    """A workbook whose cells show shared strings by their index."""
    base = make_sheet(dict.fromkeys(cells, 0))
    xml = part(base)
    for address, index in cells.items():
        old = f'<c r="{address}" t="n"><v>0</v></c>'
        xml = xml.replace(old, f'<c r="{address}" t="s"><v>{index}</v></c>')
    parts: dict[str, bytes | str] = dict(read_parts(base))
    parts[SHEET] = xml
    parts["xl/sharedStrings.xml"] = strings
    rels = part(base, "xl/_rels/workbook.xml.rels")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    rel = f'<Relationship Id="rId77" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'
    parts["xl/_rels/workbook.xml.rels"] = rels.replace("</Relationships>", rel)
    own = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{own}"/></Types>'
    types = part(base, "[Content_Types].xml")
    if "sharedStrings" not in types:
        parts["[Content_Types].xml"] = types.replace("</Types>", override)
    return write_package(parts)


def test_shared_string_that_nobody_shows_leaves_no_tag() -> None:
    """An orphan with a tag is blanked too."""
    strings = f'<sst xmlns="{MAIN}"><si><t>{{{{ x }}}}</t></si><si><t>{{{{ y }}}}</t></si></sst>'
    content = bytes(fill(_with_strings({"A1": "0"}, strings), {"x": 1}))
    assert part(content, "xl/sharedStrings.xml") == (
        f'<sst xmlns="{MAIN}"><si><t/></si><si><t/></si></sst>'
    )


def test_sheet_with_a_dtd_is_refused() -> None:
    """Entities are never expanded."""
    source = with_part(make_sheet(LOOP), lambda xml: f'<!DOCTYPE w [<!ENTITY a "b">]>{xml}')
    with pytest.raises(PackageError) as caught:
        Template(source)
    assert [one.code for one in caught.value.problems] == ["package.dtd"]


def test_malformed_sheet_is_refused() -> None:
    """A sheet that is no XML is told as one."""
    source = with_part(make_sheet(LOOP), lambda xml: xml.replace("</sheetData>", ""))
    with pytest.raises(PackageError) as caught:
        Template(source)
    assert [one.code for one in caught.value.problems] == ["package.malformed_xml"]


def test_date_in_a_workbook_without_formats_is_shown_as_one() -> None:
    """A workbook that has no styles part is given one."""
    parts: dict[str, bytes | str] = dict(read_parts(make_sheet({"A1": "{{ x }}", "A2": 1})))
    del parts["xl/styles.xml"]
    for name, element in (("[Content_Types].xml", "Override"), (RELS, "Relationship")):
        text = bytes(parts[name]).decode()  # type: ignore[arg-type]
        parts[name] = re.sub(rf"<{element}\b[^>]*styles[^>]*/>", "", text)
    template = Template(write_package(parts))
    filled = bytes(template.fill({"x": dt.date(2019, 1, 24)}))
    assert read_values(filled) == [[dt.date(2019, 1, 24)], [1.0]]
    assert different_parts(bytes(template.fill({"x": 5})), write_package(parts)) == [SHEET]


def test_leavings_of_a_mac_in_the_archive_stay_as_they_are() -> None:
    """What no relationship leads to need not be XML, whatever its name ends with."""
    leavings, rels = "__MACOSX/xl/._workbook.xml", "__MACOSX/xl/_rels/._workbook.xml.rels"
    parts: dict[str, bytes | str] = dict(read_parts(make_sheet(LOOP)))
    parts |= {leavings: b"\0\5\26\7 {{", rels: b"\0\5\26\7"}
    source = write_package(parts)
    content = bytes(fill(source, {"xs": [1, 2]}))
    assert read_cells(content) == FILLED
    assert read_parts(content)[leavings] == b"\0\5\26\7 {{"


def test_unknown_markup_stays_where_it_was() -> None:
    """Extensions and vendor markup around the rows, in rows and in cells outside of tags stay."""
    vendor = 'xmlns:et="http://www.wps.cn/officeDocument/2018/et"'
    source = with_part(
        make_sheet({"A1": "{{ x }}", "A2": 1}),
        lambda xml: xml.replace("<sheetData>", f'<et:own {vendor} et:a="1"/><sheetData>').replace(
            "</sheetData>",
            f'</sheetData><extLst><ext uri="u" {vendor}><et:more>甲</et:more></ext></extLst>',
        ),
    )
    content = bytes(fill(source, {"x": 1}))
    before = [one for one in canonical_lines(part(source).encode()) if "et:" in one]
    after = [one for one in canonical_lines(part(content).encode()) if "et:" in one]
    assert before == after
    assert len(before) > 2


def test_filled_sheet_differs_only_in_its_filled_cells() -> None:
    """Everything but the filled cell is canonically the same."""
    source = make_sheet({"A1": "甲", "B1": "{{ x }}", "C1": 1.5, "A2": True})
    content = bytes(fill(source, {"x": 7}))
    assert different_parts(content, source) == [SHEET]
    changed = [
        (old, new)
        for old, new in zip(
            canonical_lines(part(source).encode()),
            canonical_lines(part(content).encode()),
            strict=False,
        )
        if old != new
    ]
    assert changed[0] == ('<c r="B1" t="inlineStr">', '<c r="B1">')


def test_same_data_give_the_same_bytes() -> None:
    """Nothing of the machine or of the moment gets in."""
    template = make_sheet(LOOP)
    data = {"xs": [1, 2, 3]}
    assert bytes(fill(template, data)) == bytes(fill(template, data))
