"""Which parts of a Word package can hold tags, and how a spot in them is called."""

from collections.abc import Iterator

from lxml import etree

from govdocs.docx.dialect import DIALECTS
from govdocs.docx.streams import (
    Element,
    Stream,
    attribute_streams,
    paragraph_streams,
    plain_streams,
)
from govdocs.errors import Spot

_TEXT_TYPES = (
    "wordprocessingml.document.main+xml",
    "wordprocessingml.template.main+xml",
    "word.document.macroEnabled.main+xml",
    "word.template.macroEnabledTemplate.main+xml",
    "wordprocessingml.header+xml",
    "wordprocessingml.footer+xml",
    "wordprocessingml.footnotes+xml",
    "wordprocessingml.endnotes+xml",
    "wordprocessingml.comments+xml",
    "drawingml.chart+xml",
    "drawingml.diagramData+xml",
    "drawingml.diagramDrawing+xml",
    "ms-office.drawingml.diagramDrawing+xml",
)
_PROPERTY_TYPES = (
    "package.core-properties+xml",
    "officedocument.extended-properties+xml",
    "officedocument.custom-properties+xml",
)


def text_kind(content_type: str) -> str:
    """Tell how a part shows text: ``paragraphs``, ``properties``, or not at all (empty)."""
    if content_type.endswith(_TEXT_TYPES):
        return "paragraphs"
    return "properties" if content_type.endswith(_PROPERTY_TYPES) else ""


def may_hold_tag(data: bytes) -> bool:
    """Tell in a glance whether a part's bytes can hold a tag."""
    # UTF-16 parts are rare; they are parsed to be sure.
    return b"{" in data or "｛".encode() in data or data[:2] in (b"\xff\xfe", b"\xfe\xff")


def streams_of(root: Element, kind: str) -> Iterator[Stream]:
    """Yield every text of a part, paragraphs first."""
    if kind == "properties":
        yield from plain_streams(root)
        return
    yield from paragraph_streams(root)
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
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname
        if element.tag in DIALECTS or name in ("tbl", "tr", "tc", "txbxContent"):
            key = (_counting_root(element), name)
            counters[key] = counters.get(key, 0) + 1
            counts[element] = counters[key]
        elif name in ("footnote", "endnote", "comment"):
            identity = next((v for k, v in element.attrib.items() if k.endswith("}id")), "0")
            counts[element] = int(identity) if str(identity).lstrip("-").isdigit() else 0
    return counts


def _counting_root(element: Element) -> Element | None:
    wanted = {"tr": ("tbl",), "tc": ("tr",)}.get(
        etree.QName(element).localname, ("tc", "txbxContent", "footnote", "endnote", "comment")
    )
    for above in element.iterancestors():
        if etree.QName(above).localname in wanted:
            return above
    return None
