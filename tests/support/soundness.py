"""What must hold of every filled Word document, whatever was filled in."""

import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from tests.support.auditing import new_findings
from tests.support.packages import read_parts

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_CONTAINERS = ("tc", "txbxContent", "hdr", "ftr", "footnote", "endnote", "comment")
_ENDS = ("p", "sdt", "customXml", "bookmarkEnd")


def assert_sound(document: bytes, template: bytes) -> None:
    """Check that a filled document is valid, its ids unique, its tables and cells not empty.

    What the template has already is not the filling's fault.
    """
    found = set(_faults(document)) - set(_faults(template))
    assert not found, "\n".join(sorted(found))
    with tempfile.TemporaryDirectory() as folder:
        made, given = Path(folder) / "made.docx", Path(folder) / "given.docx"
        made.write_bytes(document)
        given.write_bytes(template)
        findings = new_findings(made, given)
    assert not findings, "\n".join(findings)


def _faults(document: bytes) -> Iterator[str]:
    for name, data in read_parts(document).items():
        if name.endswith((".xml", ".rels")):
            root = etree.fromstring(data)
            yield from (f"{name}: {fault}" for fault in (*_twice(root), *_empty(root)))


def _twice(root: etree._Element) -> Iterator[str]:
    """Ids that stand in a part twice; older readers' copies of text boxes repeat theirs."""
    ids = Counter(
        one
        for element in root.iter(etree.Element)
        if not _is_copy(element)
        for one in _ids(element)
    )
    yield from (
        f"{kind} {value} stands {count} times" for (kind, value), count in ids.items() if count > 1
    )
    starts = Counter(_id(one) for one in root.iter("{*}bookmarkStart"))
    ends = Counter(_id(one) for one in root.iter("{*}bookmarkEnd"))
    yield from (f"bookmark {one} is not matched" for one in (starts - ends) + (ends - starts))


def _is_copy(element: etree._Element) -> bool:
    return next(element.iterancestors(_FALLBACK), None) is not None


def _id(element: etree._Element) -> str:
    return next((str(v) for k, v in element.attrib.items() if str(k).endswith("}id")), "")


def _ids(element: etree._Element) -> Iterator[tuple[str, str]]:
    name = etree.QName(element).localname
    for key, value in element.attrib.items():
        local = str(key).rpartition("}")[2]
        if local == "paraId":
            assert int(str(value), 16) < 0x80000000
            yield "paraId", str(value)
        elif name in ("docPr", "bookmarkStart", "bookmarkEnd") and local in ("id", "name"):
            if name == "docPr" and local == "name":
                continue
            yield f"{name} {local}", str(value)
    parent = element.getparent()
    if name == "id" and parent is not None and etree.QName(parent).localname == "sdtPr":
        yield "sdt id", str(next(iter(element.attrib.values())))


def _empty(root: etree._Element) -> Iterator[str]:
    for name, needed in (("tbl", "tr"), ("tr", "tc")):
        for element in root.iter(f"{{*}}{name}"):
            if "wordprocessingml" in str(element.tag) and element.find(f".//{{*}}{needed}") is None:
                yield f"a {name} has no {needed}"
    for name in _CONTAINERS:
        for element in root.iter(f"{{*}}{name}"):
            last = next((one for one in _backwards(element) if "Range" not in str(one.tag)), None)
            ends = last is not None and etree.QName(last).localname
            if "wordprocessingml" in str(element.tag) and ends not in _ENDS:
                yield f"a {name} does not end with a paragraph"


def _backwards(element: etree._Element) -> Iterator[etree._Element]:
    """The children from the last to the first, without comments and instructions."""
    return element.iterchildren(etree.Element, reversed=True)
