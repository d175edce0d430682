"""WordprocessingML elements, and the bytes of a package: the same for the same parts, always."""

import io
import zipfile
from collections.abc import Mapping

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PREFIXES = {"w": W, "r": R}  # said, or lxml would choose by what else runs in the process
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
ZIP_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip entry can have: made again tomorrow, a file is the same."""

Element = etree._Element  # noqa: SLF001 - lxml has no public name for its element type


def w(tag: str, /, *children: Element | None, **attributes: str | int) -> Element:
    """Make an element of WordprocessingML; children that are None are left out.

    ``w("jc", val="center")`` is ``<w:jc w:val="center"/>``.
    """
    named = {f"{{{W}}}{name}": str(value) for name, value in attributes.items()}
    element = etree.Element(f"{{{W}}}{tag}", named, nsmap=PREFIXES)
    element.extend(child for child in children if child is not None)
    return element


def text(content: str) -> Element:
    """Make a ``w:t``, its spaces kept."""
    t = w("t")
    t.text = content
    if content != content.strip():
        t.set(XML_SPACE, "preserve")
    return t


def serialise(root: Element) -> bytes:
    """Write a part."""
    etree.cleanup_namespaces(root, keep_ns_prefixes=["w"])
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def write_package(parts: Mapping[str, bytes]) -> bytes:
    """Write parts as a package, in the order given."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, ZIP_TIME)
            entry.create_system = 0  # else the machine's own
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, 6)
    return buffer.getvalue()
