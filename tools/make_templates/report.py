"""The report as a Word file: the prose of the form's text files, the tables in their places."""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from tools.make_templates.forms import Form
from tools.make_templates.lines import NAMES, TABLE_PLACE, paragraph
from tools.make_templates.markup import Element, serialise, w, write_package
from tools.make_templates.page import footer, section_properties, settings
from tools.make_templates.styles import style_sheet
from tools.make_templates.tables import statistics_table

_MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MADE = "2019-01-01T00:00:00Z"  # any fixed time: made again, a file is the same

_PARTS = (  # relationship, part, content type; footers are rId2 and rId3, see page.py
    ("styles", "styles.xml", f"{_MIME}.styles+xml"),
    ("footer", "footer1.xml", f"{_MIME}.footer+xml"),
    ("footer", "footer2.xml", f"{_MIME}.footer+xml"),
    ("settings", "settings.xml", f"{_MIME}.settings+xml"),
    ("fontTable", "fontTable.xml", f"{_MIME}.fontTable+xml"),
    (
        "theme",
        "theme/theme1.xml",
        "application/vnd.openxmlformats-officedocument.theme+xml",
    ),
)

_FONTS = (  # name, the name it goes by elsewhere, family
    ("仿宋_GB2312", "仿宋", "modern"),
    ("楷体_GB2312", "楷体", "modern"),
    ("方正小标宋简体", "方正小标宋_GBK", "auto"),
    ("黑体", "SimHei", "auto"),
    ("宋体", "SimSun", "auto"),
)


def make_report(form: Form) -> bytes:
    """Make ``report.docx``."""
    document = w("document", w("body", *_blocks(form), section_properties()))
    return write_package(
        {
            "[Content_Types].xml": _content_types(),
            "_rels/.rels": _package_relationships(),
            "word/document.xml": serialise(document),
            "word/_rels/document.xml.rels": _document_relationships(),
            "word/styles.xml": serialise(style_sheet()),
            "word/settings.xml": serialise(settings()),
            "word/fontTable.xml": serialise(_font_table()),
            "word/theme/theme1.xml": Path(__file__).with_name("theme.xml").read_bytes(),
            "word/footer1.xml": serialise(footer("Footer")),
            "word/footer2.xml": serialise(footer("FooterEven")),
            "docProps/core.xml": _core_properties(),
            "docProps/app.xml": _app_properties(),
        }
    )


def _blocks(form: Form) -> Iterator[Element]:
    tables = {table.key: table for table in form.tables}
    for line in form.lines:
        if line.style == TABLE_PLACE:
            yield statistics_table(tables[line.text])
        else:
            yield paragraph(NAMES[line.style], line.text)


def _font_table() -> Element:
    return w(
        "fonts",
        *(
            w(
                "font",
                w("altName", val=other),
                w("charset", val="86"),
                w("family", val=family),
                w("pitch", val="fixed" if family == "modern" else "variable"),
                name=name,
            )
            for name, other, family in _FONTS
        ),
    )


def _content_types() -> bytes:
    overrides = [
        ("/word/document.xml", f"{_MIME}.document.main+xml"),
        *((f"/word/{part}", content_type) for _, part, content_type in _PARTS),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        (
            "/docProps/app.xml",
            "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        ),
    ]
    types = _element(f"{_PACKAGE}/content-types", "Types")
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    _add(types, "Default", Extension="rels", ContentType=rels)
    _add(types, "Default", Extension="xml", ContentType="application/xml")
    for part, content_type in overrides:
        _add(types, "Override", PartName=part, ContentType=content_type)
    return serialise(types)


def _package_relationships() -> bytes:
    core = f"{_PACKAGE}/relationships/metadata/core-properties"
    return _relationships(
        (f"{_OFFICE}/officeDocument", "word/document.xml"),
        (core, "docProps/core.xml"),
        (f"{_OFFICE}/extended-properties", "docProps/app.xml"),
    )


def _document_relationships() -> bytes:
    return _relationships(*((f"{_OFFICE}/{kind}", part) for kind, part, _ in _PARTS))


def _relationships(*targets: tuple[str, str]) -> bytes:
    root = _element(f"{_PACKAGE}/relationships", "Relationships")
    for number, (kind, target) in enumerate(targets, 1):
        _add(root, "Relationship", Id=f"rId{number}", Type=kind, Target=target)
    return serialise(root)


def _element(namespace: str, tag: str) -> Element:
    return etree.fromstring(f'<{tag} xmlns="{namespace}"/>')


def _add(parent: Element, tag: str, **attributes: str) -> None:
    etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{tag}", attributes)


def _core_properties() -> bytes:
    return f"""<?xml version='1.0' encoding='UTF-8' standalone='yes'?>
<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"\
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"\
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\
<dc:title>{{{{ report.title }}}}</dc:title><dc:creator>govdocs</dc:creator>\
<cp:lastModifiedBy>govdocs</cp:lastModifiedBy><cp:revision>1</cp:revision>\
<dcterms:created xsi:type="dcterms:W3CDTF">{_MADE}</dcterms:created>\
<dcterms:modified xsi:type="dcterms:W3CDTF">{_MADE}</dcterms:modified>\
<dc:language>zh-CN</dc:language></cp:coreProperties>""".encode()


def _app_properties() -> bytes:
    namespace = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    properties = _element(namespace, "Properties")
    etree.SubElement(properties, f"{{{namespace}}}Application").text = "govdocs"
    return serialise(properties)
