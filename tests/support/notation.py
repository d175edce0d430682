r"""A short notation for WordprocessingML, written and read: a case of a test fits on a line.

====================================  =============================================================
``p"text"``                           a paragraph with one run
``p(r"a", b r"b")``                   two runs, the second bold (``i`` italic, ``h`` highlighted)
``p[Title]"text"``                    a paragraph of style ``Title``
``tbl(tr("a", "b"), tr(tc(p"c")))``   a table; a text in a row is a cell with one paragraph
``sdt(p"a")``                         a content control; ``sdt`` in ``p`` holds runs
``box(p"a")``                         a run with a text box, as choice and fallback
``ins(r"a")``, ``bookmarkStart[id=1 name=x]``   any other element of the w namespace
====================================  =============================================================

In a run's text ``\t`` is a tab, ``\n`` a line break, ``\f`` a page break.
"""

# ruff: noqa: E501 - markup stands on a line

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = {
    "w": W,
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
}
_TOKEN = re.compile(r'\s*(?:("(?:[^"\\]|\\.)*")|([\w:]+)|(\[[^\]]*\])|([(),]))')
_FLAGS = {"b": "<w:b/>", "i": "<w:i/>", "h": '<w:highlight w:val="yellow"/>'}
_CONTAINERS = ("body", "tc", "hdr", "ftr", "txbxContent", "footnote", "endnote", "comment")


@dataclass(slots=True)
class Node:
    """One item of the notation."""

    name: str
    flags: str = ""
    attributes: str = ""
    text: str | None = None
    children: list["Node"] = field(default_factory=list)


def write_xml(notation: str, parent: str = "body") -> str:
    """Write the elements that ``notation`` describes, to stand in ``parent``."""
    return "".join(_write(node, parent) for node in _parse(notation))


def _parse(notation: str) -> list[Node]:
    tokens = [match.group().strip() for match in _TOKEN.finditer(notation)]
    assert "".join(tokens) == re.sub(r'("(?:[^"\\]|\\.)*")|\s', lambda m: m[1] or "", notation) or (
        re.sub(r"\s", "", "".join(tokens)) == re.sub(r"\s", "", notation)
    ), f"not understood: {notation}"
    nodes, rest = _parse_items(tokens)
    assert not rest, f"left over: {rest}"
    return nodes


def _parse_items(tokens: list[str]) -> tuple[list[Node], list[str]]:
    nodes = []
    while tokens and tokens[0] != ")":
        node, tokens = _parse_item(tokens)
        nodes.append(node)
        if tokens and tokens[0] == ",":
            tokens = tokens[1:]
    return nodes, tokens


def _parse_item(tokens: list[str]) -> tuple[Node, list[str]]:
    if tokens[0].startswith('"'):
        return Node("", text=_unquote(tokens[0])), tokens[1:]
    flags = ""
    while tokens[0] in _FLAGS and len(tokens) > 1 and (tokens[1] == "r" or tokens[1] in _FLAGS):
        flags, tokens = flags + tokens[0], tokens[1:]
    node, tokens = Node(tokens[0], flags), tokens[1:]
    if tokens and tokens[0].startswith("["):
        node.attributes, tokens = tokens[0][1:-1], tokens[1:]
    if tokens and tokens[0].startswith('"'):
        node.text, tokens = _unquote(tokens[0]), tokens[1:]
    elif tokens and tokens[0] == "(":
        node.children, tokens = _parse_items(tokens[1:])
        tokens = tokens[1:]
    return node, tokens


def _unquote(literal: str) -> str:
    return re.sub(
        r"\\(.)",
        lambda found: {"n": "\n", "t": "\t", "f": "\f"}.get(found[1], found[1]),
        literal[1:-1],
    )


def _write(node: Node, parent: str) -> str:  # noqa: PLR0911 - one for each kind of item
    match node.name:
        case "":
            return _write(_implied(node, parent), parent)
        case "p":
            style = f'<w:pPr><w:pStyle w:val="{node.attributes}"/></w:pPr>' * bool(node.attributes)
            return f"<w:p>{style}{_inner(node, 'p')}</w:p>"
        case "r":
            properties = "".join(_FLAGS[flag] for flag in node.flags)
            head = f"<w:rPr>{properties}</w:rPr>" if properties else ""
            content = "".join(_write(child, "r") for child in node.children)
            return f"<w:r>{head}{_run_text(node.text)}{content}</w:r>"
        case "tbl":
            return f"<w:tbl>{_table_head(node)}{_inner(node, 'tbl')}</w:tbl>"
        case "tc":
            return (
                f"<w:tc><w:tcPr>{_attributes_as_elements(node)}</w:tcPr>{_inner(node, 'tc')}</w:tc>"
            )
        case "sdt":
            properties = _attributes_as_elements(node)
            inner = _inner(node, parent)
            return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"
        case "box":
            return _box(_inner(node, "txbxContent"))
        case _:
            return f"<w:{node.name}{_attributes(node)}>{_inner(node, node.name)}</w:{node.name}>"


def _inner(node: Node, parent: str) -> str:
    children = node.children
    if node.text is not None:
        children = [Node("", text=node.text)]
    return "".join(_write(child, parent) for child in children)


def _implied(node: Node, parent: str) -> Node:
    """What a bare text stands for: a cell in a row, a paragraph in a cell, a run in a paragraph."""
    if parent == "tr":
        return Node("tc", text=node.text)
    return Node("p" if parent in _CONTAINERS else "r", text=node.text)


def _run_text(text: str | None) -> str:
    if text is None:
        return ""
    out = ""
    for piece in re.split(r"([\t\n\f])", text):
        special = {"\t": "<w:tab/>", "\n": "<w:br/>", "\f": '<w:br w:type="page"/>'}.get(piece)
        plain = f'<w:t xml:space="preserve">{escape(piece)}</w:t>' if piece else ""
        out += special or plain
    return out


def _table_head(node: Node) -> str:
    rows = [child for child in node.children if child.name == "tr"]
    count = max((len(row.children) for row in rows), default=1)
    columns = '<w:gridCol w:w="1000"/>' * count
    return f'<w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'


def _attributes(node: Node) -> str:
    pairs = (pair.partition("=") for pair in node.attributes.split())
    return "".join(
        f" {name if ':' in name else f'w:{name}'}={quoteattr(value)}" for name, _, value in pairs
    )


def _attributes_as_elements(node: Node) -> str:
    pairs = (pair.partition("=") for pair in node.attributes.split())
    return "".join(
        f"<w:{name} w:val={quoteattr(value)}/>" if value else f"<w:{name}/>"
        for name, _, value in pairs
    )


def _box(content: str) -> str:
    inner = f"<w:txbxContent>{content}</w:txbxContent>"
    size = '<wp:extent cx="9525" cy="9525"/><wp:docPr id="1" name="Box 1"/>'
    uri = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    shape = f"<wps:wsp><wps:cNvSpPr txBox='1'/><wps:spPr/><wps:txbx>{inner}</wps:txbx><wps:bodyPr/></wps:wsp>"
    graphic = f"<a:graphic><a:graphicData uri='{uri}'>{shape}</a:graphicData></a:graphic>"
    choice = f"<w:drawing><wp:inline>{size}{graphic}</wp:inline></w:drawing>"
    fallback = f"<w:pict><v:shape id='s1'><v:textbox>{inner}</v:textbox></v:shape></w:pict>"
    return (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{choice}</mc:Choice>"
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def read_xml(root: etree._Element) -> str:
    """Write what stands in ``root`` (a body, a header, ...) in the notation."""
    return ", ".join(_read_children(root))


def _read_children(parent: etree._Element) -> Iterator[str]:
    for child in parent.iterchildren(etree.Element):
        note = _read(child)
        if note:
            yield note


def _read(element: etree._Element) -> str:  # noqa: PLR0911 - one for each kind of element
    name = etree.QName(element).localname
    if name in ("sectPr", "tblPr", "tblGrid", "trPr", "sdtPr", "pPr", "rPr", "tcPr", "proofErr"):
        return ""
    if name == "p":
        style = element.find(f"{{{W}}}pPr/{{{W}}}pStyle")
        label = "" if style is None else f"[{style.get(f'{{{W}}}val')}]"
        return f"p{label}{_shortest(list(_read_children(element)), 'r')}"
    if name == "r":
        return _read_run(element)
    if name == "tc":
        marks = _read_marks(element.find(f"{{{W}}}tcPr"))
        return f"tc{marks}{_shortest(list(_read_children(element)), 'p')}"
    if name == "tr":
        cells = (re.sub(r'^tc(?=")', "", cell) for cell in _read_children(element))
        return f"tr({', '.join(cells)})"
    if name == "sdt":
        content = element.find(f"{{{W}}}sdtContent")
        marks = _read_marks(element.find(f"{{{W}}}sdtPr"))
        return f"sdt{marks}({', '.join(_read_children(content)) if content is not None else ''})"
    if name == "tbl":
        return f"tbl({', '.join(_read_children(element))})"
    inner = ", ".join(_read_children(element))
    attributes = " ".join(f"{etree.QName(k).localname}={v!s}" for k, v in element.attrib.items())
    return name + f"[{attributes}]" * bool(attributes) + f"({inner})" * bool(inner)


def _shortest(children: Iterable[str], only: str) -> str:
    """Leave out the name of an only plain child."""
    items = list(children)
    if len(items) == 1 and re.match(rf'{only}"', items[0]):
        return items[0][len(only) :]
    return f"({', '.join(items)})"


def _read_run(r: etree._Element) -> str:
    boxes = r.findall(f".//{{{NAMESPACES['mc']}}}AlternateContent")
    if boxes:
        contents = [", ".join(_read_children(c)) for c in boxes[0].iter(f"{{{W}}}txbxContent")]
        choice = contents[0] if len(set(contents)) == 1 else " | ".join(contents)
        return f"box({choice})"
    marks = {f"{{{W}}}b": "b ", f"{{{W}}}i": "i ", f"{{{W}}}highlight": "h "}
    properties = r.find(f"{{{W}}}rPr")
    flags = (
        "".join(marks.get(str(one.tag), "") for one in properties) if properties is not None else ""
    )
    text, others = "", []
    for child in r.iterchildren(etree.Element):
        name = etree.QName(child).localname
        if name == "t":
            text += child.text or ""
        elif name in ("tab", "br"):
            text += "\t" if name == "tab" else "\f" if child.get(f"{{{W}}}type") else "\n"
        elif name != "rPr":
            others.append(_read(child))
    if others and not text:
        return f"{flags}r({', '.join(others)})"
    return f"{flags}r{_quote(text)}" + (f"({', '.join(others)})" if others else "")


def _quote(text: str) -> str:
    for char, written in (
        ("\\", "\\\\"),
        ('"', '\\"'),
        ("\t", "\\t"),
        ("\n", "\\n"),
        ("\f", "\\f"),
    ):
        text = text.replace(char, written)
    return f'"{text}"'


def _read_marks(properties: etree._Element | None) -> str:
    if properties is None or not len(properties):
        return ""
    marks = []
    for one in properties:
        name, value = etree.QName(one).localname, one.get(f"{{{W}}}val")
        value = one.get(f"{{{W}}}fill") if name == "shd" else value
        marks.append(f"{name}={value}" if value is not None else name)
    return f"[{' '.join(marks)}]"
