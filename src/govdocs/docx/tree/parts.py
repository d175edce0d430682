"""Which parts of a Word package can hold tags, and how a spot in them is called."""

import re
from collections.abc import Iterator

from lxml import etree

from govdocs.docx.tree.dialect import DIALECTS
from govdocs.docx.tree.streams import (
    Element,
    Stream,
    attribute_streams,
    leaf_streams,
    paragraph_streams,
    plain_streams,
)
from govdocs.errors import Spot
from govdocs.opc import Package

_TEXT_TYPES = (
    "wordprocessingml.document.main+xml",
    "wordprocessingml.template.main+xml",
    "word.document.macroenabled.main+xml",
    "word.template.macroenabledtemplate.main+xml",
    "wordprocessingml.document.glossary+xml",
    "wordprocessingml.header+xml",
    "wordprocessingml.footer+xml",
    "wordprocessingml.footnotes+xml",
    "wordprocessingml.endnotes+xml",
    "wordprocessingml.comments+xml",
    "drawingml.chart+xml",
    "drawingml.chartshapes+xml",
    "ms-office.chartex+xml",
    "drawingml.diagramdata+xml",
    "drawingml.diagramdrawing+xml",
    "ms-office.drawingml.diagramdrawing+xml",
)
_PROPERTY_TYPES = (
    "package.core-properties+xml",
    "officedocument.extended-properties+xml",
    "officedocument.custom-properties+xml",
)
_DATA_TYPES = ("wordprocessingml.settings+xml", "wordprocessingml.numbering+xml")
_NUMBERED = ("tbl", "tr", "tc", "txbxContent")
_NOTES = ("footnote", "endnote", "comment")
_OTHER_ENCODING = re.compile(rb"""<\?xml[^>]*encoding=["'](?!utf-?8|us-ascii)""", re.IGNORECASE)


def text_kind(content_type: str) -> str:
    """Tell by its content type how a part holds text, as :func:`text_kinds` does for all parts."""
    small = content_type.lower()
    if small.endswith(_TEXT_TYPES):
        return "paragraphs"
    if small.endswith(_PROPERTY_TYPES):
        return "properties"
    return "data" if small.endswith(_DATA_TYPES) else ""


def text_kinds(package: Package) -> dict[str, str]:
    """Tell how the parts of a package hold text, the main document first.

    ``paragraphs``: as paragraphs of runs; ``properties`` and ``data``: as plain texts and
    attributes; ``links``: as targets of relationships. Parts that are not named hold none.
    """
    data = {part for name in package.names for part in package.related(name, "customXml")}
    kinds: dict[str, str] = {}
    for name in sorted(package.names, key=lambda one: one != package.main):
        kind = text_kind(package.content_type(name))
        if kind or name in data:
            kinds[name] = kind or "data"
        elif name.endswith(".rels"):
            kinds[name] = "links"
    return kinds


def may_hold_tag(data: bytes) -> bool:
    """Tell in a glance whether a part's bytes can hold a tag."""
    if b"{" in data or "｛".encode() in data or b"&#" in data or b"%7B%7B" in data:
        return True
    # other encodings are rare; such parts are parsed to be sure
    return data[:2] in (b"\xff\xfe", b"\xfe\xff") or bool(_OTHER_ENCODING.match(data))


def streams_of(root: Element, kind: str) -> Iterator[Stream]:
    """Yield every text of a part that may hold tags, paragraphs first."""
    if kind == "paragraphs":
        yield from paragraph_streams(root)
        yield from leaf_streams(root)
    else:
        yield from plain_streams(root)
    yield from attribute_streams(root)


def spot_of(element: Element, counts: dict[Element, int]) -> Spot:
    """Name the spot of a paragraph or another element: tables, rows, cells, paragraph.

    Args:
        element: the paragraph, or what holds the attribute or the text.
        counts: how manieth of its kind each element is, from :func:`count_elements`.
    """
    steps = []
    for one in (element, *element.iterancestors()):
        number = counts.get(one)
        if number is not None:
            steps.append((etree.QName(one).localname.replace("txbxContent", "textbox"), number))
    if not steps and isinstance(element.tag, str):
        return (("property", element.get("name") or etree.QName(element).localname),)
    return tuple(reversed(steps))


def count_elements(root: Element) -> dict[Element, int]:
    """Number paragraphs and tables among their likes in one container, rows and cells likewise.

    Paragraphs of the body are counted through the whole body, as a reader counts them.
    """
    counts: dict[Element, int] = {}
    counters: dict[tuple[Element | None, str], int] = {}
    for element in root.iter(*DIALECTS, *(f"{{*}}{name}" for name in (*_NUMBERED, *_NOTES))):
        name = etree.QName(element).localname
        if name in _NOTES:
            identity = next((v for k, v in element.attrib.items() if str(k).endswith("}id")), "0")
            counts[element] = int(identity) if str(identity).lstrip("-").isdigit() else 0
            continue
        key = (_counting_root(element, name), name)
        counts[element] = counters[key] = counters.get(key, 0) + 1
    return counts


def _counting_root(element: Element, name: str) -> Element | None:
    wanted = {"tr": ("tbl",), "tc": ("tr",)}.get(name, ("tc", "txbxContent", *_NOTES))
    for above in element.iterancestors():
        if etree.QName(above).localname in wanted:
            return above
    return None
