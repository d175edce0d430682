"""Documents with content controls, made in memory, and what is read of them."""

import io
import struct
import zlib
from collections.abc import Mapping
from typing import Any

import docx
import pytest
from lxml import etree

from govdocs import Template, TemplateError
from tests.support.notation import NAMESPACES, W
from tests.support.packages import read_parts, write_package
from tests.support.word import word_package

MAIN = "word/document.xml"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PLACEHOLDER = '<w:r><w:rPr><w:rStyle w:val="a3"/></w:rPr><w:t>单击此处</w:t></w:r>'
BOX = (
    '<w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="00FE" '
    'w14:font="Wingdings"/><w14:uncheckedState w14:val="00A8" w14:font="Wingdings"/></w14:checkbox>'
)
LIST = '<w:{0}><w:listItem w:displayText="是" w:value="1"/><w:listItem w:value="否"/></w:{0}>'


def control(tag: str, properties: str = "", content: str = "", alias: str = "") -> str:
    """A content control with a tag, or a title, or both."""
    named = f'<w:alias w:val="{alias}"/>' if alias else ""
    named += f'<w:tag w:val="{tag}"/>' if tag else ""
    content = content or "<w:r><w:rPr><w:b/></w:rPr><w:t>旧</w:t></w:r>"
    return (
        f"<w:sdt><w:sdtPr>{named}{properties}</w:sdtPr>"
        f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def package(*paragraphs: str, header: str = "") -> bytes:
    """A document of paragraphs, whose content is given."""
    parts = {"header": header} if header else {}
    return word_package("".join(f"<w:p>{one}</w:p>" for one in paragraphs), extra=None, **parts)


def date_of(pattern: str, stored: str = "dateTime") -> str:
    """The properties of a date control that shows an old date."""
    return (
        f'<w:date w:fullDate="2018-01-01T00:00:00Z"><w:dateFormat w:val="{pattern}"/>'
        f'<w:lid w:val="zh-CN"/><w:storeMappedDataAs w:val="{stored}"/></w:date>'
    )


def fill(source: bytes, bind: Mapping[str, str], data: Mapping[str, Any]) -> str:
    """Bind, fill and read the body of the main document, without the declarations."""
    return body(bytes(Template(source, bind).fill(data)))


def body(content: bytes, part: str = MAIN) -> str:
    """Write what stands in the root of a part."""
    root = etree.fromstring(read_parts(content)[part])
    text = etree.tostring(root, encoding="unicode")
    for prefix, uri in NAMESPACES.items():
        text = text.replace(f' xmlns:{prefix}="{uri}"', "")
    return text.partition("<w:body>")[2].partition("</w:body>")[0] if part == MAIN else text


def texts(content: bytes, part: str = MAIN) -> list[str]:
    """List the texts of a part."""
    root = etree.fromstring(read_parts(content)[part])
    return [node.text or "" for node in root.iter(f"{{{W}}}t")]


def faults(source: bytes, bind: Mapping[str, str]) -> list[str]:
    """Compile and return what is said of each fault, without its places and its mending."""
    with pytest.raises(TemplateError) as caught:
        Template(source, bind)
    return [one.message("zh").splitlines()[0] for one in caught.value]


def picture(*colour: int) -> bytes:
    """A PNG of one pixel."""
    pieces = [
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0" + bytes(colour))),
        (b"IEND", b""),
    ]
    chunks = (
        struct.pack(">I", len(d)) + t + d + struct.pack(">I", zlib.crc32(t + d)) for t, d in pieces
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def bound_document() -> bytes:
    """Controls that show custom XML and a property of the document."""

    def bound(path: str, kind: str = "<w:text/>", store: str = "{1-2}", names: str = "") -> str:
        names = names or "xmlns:n='urn:x'"
        return (
            f'<w:dataBinding w:prefixMappings="{names}" w:xpath="{path}" w:storeItemID="{store}"/>'
            f"{kind}"
        )

    core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    names = f"xmlns:cp='{core}' xmlns:dc='http://purl.org/dc/elements/1.1/'"
    title = "/cp:coreProperties[1]/dc:title[1]"
    identity = "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}"
    document = docx.Document()
    document.core_properties.title = "旧题"
    for one in (
        control("unit", bound("/n:r[1]/n:unit[1]")),
        control("again", bound("/n:r[1]/n:unit[1]")),
        control("day", bound("/n:r[1]/n:day[1]", date_of("yyyy.M.d", "date"))),
        control("yes", bound("/n:r[1]/@yes", BOX)),
        control("item", bound("/n:r[1]/n:item[1]", LIST.format("dropDownList"))),
        control("title", bound(title, store=identity, names=names)),
    ):
        wrapped = f'<x xmlns:w="{W}" xmlns:w14="{NAMESPACES["w14"]}">{one}</x>'
        document.add_paragraph()._p.append(etree.fromstring(wrapped)[0])
    buffer = io.BytesIO()
    document.save(buffer)
    return _with_store(buffer.getvalue())


def _with_store(source: bytes) -> bytes:
    parts: dict[str, bytes | str] = {**read_parts(source)}
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    custom = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
    office = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    _insert(
        parts,
        "word/_rels/document.xml.rels",
        f'<Relationship Id="rId99" Type="{RELATIONSHIPS}/customXml" '
        'Target="../customXml/item1.xml"/>',
    )
    _insert(
        parts,
        "[Content_Types].xml",
        f'<Override PartName="/customXml/itemProps1.xml" ContentType="{office}"/>',
    )
    return write_package(
        {
            **parts,
            "customXml/item1.xml": (
                '<r xmlns="urn:x" yes="false"><unit>旧</unit><day>2018-01-01</day>'
                "<item>0</item></r>"
            ),
            "customXml/itemProps1.xml": (
                f'<ds:datastoreItem xmlns:ds="{custom}" ds:itemID="{{1-2}}"><ds:schemaRefs/>'
                "</ds:datastoreItem>"
            ),
            "customXml/_rels/item1.xml.rels": (
                f'<Relationships xmlns="{rels}"><Relationship Id="rId1" '
                f'Type="{RELATIONSHIPS}/customXmlProps" Target="itemProps1.xml"/></Relationships>'
            ),
        }
    )


def _insert(parts: dict[str, bytes | str], name: str, markup: str) -> None:
    head, closing, tail = bytes(parts[name]).decode().rpartition("</")  # type: ignore[arg-type]
    parts[name] = f"{head}{markup}{closing}{tail}"
