"""Make the slot of a printed tag from the tree: its format, what to close and open around it."""

from copy import deepcopy

from lxml import etree

from govdocs.docx.tree.anchors import Anchor, without_marks
from govdocs.docx.tree.dialect import Dialect
from govdocs.docx.tree.streams import Element, empty_copy
from govdocs.docx.writing.slots import Slot

_NO_BREAKS = {"\n": " ", "\r": " ", "\t": " ", "\v": " ", "\a": " ", "\f": " "}
_NO_BREAKS = {"\n": " ", "\r": " ", "\t": " ", "\v": " ", "\a": " ", "\f": " "}
_AFTER_HIGHLIGHT = (
    *("u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang"),
    *("eastAsianLayout", "specVanish", "oMath"),
)


def slot_of(anchor: Anchor) -> Slot:
    """Make the slot of ``anchor``, which stands in a text."""
    place = anchor.placed.place
    dialect = anchor.stream.dialect
    kind = anchor.stream.kind
    if kind == "text" and dialect is not None:
        prefix = anchor.placed.tag.prefix
        wanted = {"r": "runs", "p": "paragraphs"}.get(prefix, "text")
        run = anchor.node.getparent()
        if run is None or run.tag != dialect.r:
            return Slot("plain", place, _NO_BREAKS)  # a formula, or a field of a drawing
        if dialect.containers:
            return _word_slot(anchor, dialect, wanted)
        return _drawing_slot(anchor, dialect)
    if kind in ("picture", "chart"):
        return Slot(kind, place, {}, properties=anchor.stream.text)
    if kind == "attribute":
        return Slot("attribute", place, {})
    return Slot(kind, place, {} if kind == "plain" else _NO_BREAKS)


def _word_slot(anchor: Anchor, dialect: Dialect, kind: str) -> Slot:
    run, p = anchor.node.getparent(), anchor.stream.owner
    assert run is not None
    w = _prefix(p, dialect)
    t = f'<{w}t xml:space="preserve">'
    properties = _properties(run, dialect)
    wraps = _wrappers(run, p)
    leave_p = "".join(f"</{_name(one)}>" for one in reversed(wraps)) + f"</{w}p>"
    enter_p = f"<{w}p>{_paragraph_properties(p, dialect)}" + "".join(map(markup_open, wraps))
    leave, enter = f"</{w}t></{w}r>", f"<{w}r>{properties}{t}"
    kind_of_break = _attribute("type", "page", p, dialect)
    page = f"{leave}{leave_p}<{w}p><{w}r><{w}br {kind_of_break}/></{w}r></{w}p>{enter_p}{enter}"
    return Slot(
        kind,
        anchor.placed.place,
        {
            "\n": f"</{w}t><{w}br/>{t}",
            "\r": f"</{w}t><{w}br/>{t}",
            "\v": f"</{w}t><{w}br/>{t}",
            "\t": f"{leave}<{w}r>{properties}<{w}tab/></{w}r>{enter}",
            "\a": f"{leave}{leave_p}{enter_p}{enter}",
            "\f": page,
        },
        leave,
        enter,
        f"<{w}r>{_highlighted(run, dialect)}{t}",
        properties,
        leave_p,
        enter_p,
    )


def _drawing_slot(anchor: Anchor, dialect: Dialect) -> Slot:
    run = anchor.node.getparent()
    assert run is not None
    a = _prefix(run, dialect)
    properties = _properties(run, dialect)
    leave, enter = f"</{a}t></{a}r>", f"<{a}r>{properties}<{a}t>"
    line = f"{leave}<{a}br>{properties}</{a}br>{enter}"
    breaks = {"\n": line, "\r": line, "\v": line, "\a": line, "\f": line}
    return Slot("text", anchor.placed.place, breaks, leave, enter, "", properties)


def markup(element: Element, *, keep_marks: bool = False) -> str:
    """Write ``element`` as it stands in its part: without declarations that the root has."""
    copy = deepcopy(element)
    copy.tail = None
    written = _written(copy, element)
    return written if keep_marks else without_marks(written)


def markup_open(element: Element) -> str:
    """Write ``element``'s start tag."""
    empty = empty_copy(element)
    return without_marks(_written(empty, element)).removesuffix("/>") + ">"


def _written(element: Element, part: Element) -> str:
    """Serialise ``element`` without the declarations that ``part``'s root already makes."""
    text = etree.tostring(element, encoding="unicode")
    for prefix, uri in part.getroottree().getroot().nsmap.items():
        name = f"xmlns:{prefix}" if prefix else "xmlns"
        text = text.replace(f' {name}="{uri}"', "")
    return text


def _prefix(element: Element, dialect: Dialect) -> str:
    for prefix, uri in element.nsmap.items():
        if uri == dialect.namespace:
            return f"{prefix}:" if prefix else ""
    return ""


def _attribute(name: str, value: str, element: Element, dialect: Dialect) -> str:
    """Write an attribute: it needs a prefix even where the elements have none."""
    prefixes = [p for p, uri in element.nsmap.items() if uri == dialect.namespace and p]
    if prefixes:
        return f'{prefixes[0]}:{name}="{value}"'
    return f'xmlns:w="{dialect.namespace}" w:{name}="{value}"'


def _name(element: Element) -> str:
    local = etree.QName(element).localname
    return f"{element.prefix}:{local}" if element.prefix else local


def _wrappers(run: Element, p: Element) -> list[Element]:
    """What stands between the paragraph and the run: links, insertions; outermost first."""
    found = []
    for above in run.iterancestors():
        if above is p:
            break
        found.append(above)
    return found[::-1]


def _properties(run: Element, dialect: Dialect) -> str:
    properties = run.find(dialect.q("rPr"))
    return "" if properties is None else markup(properties)


def empty_paragraph(p: Element, dialect: Dialect) -> str:
    """Write a paragraph without content, with the properties of ``p`` if that is one."""
    w = _prefix(p, dialect)
    return f"<{w}p>{_paragraph_properties(p, dialect)}</{w}p>"


def _paragraph_properties(p: Element, dialect: Dialect) -> str:
    """The paragraph's properties for a further paragraph: its section break stays the first's."""
    properties = p.find(dialect.q("pPr"))
    if properties is None:
        return ""
    copy = deepcopy(properties)
    for name in ("sectPr", "pPrChange"):
        for child in copy.findall(dialect.q(name)):
            copy.remove(child)
    return without_marks(_written(copy, p))


def _highlighted(run: Element, dialect: Dialect) -> str:
    """The run's properties with a yellow highlight, in schema order (ECMA-376 17.3.2.28)."""
    found = run.find(dialect.q("rPr"))
    properties = etree.SubElement(empty_copy(run), dialect.q("rPr")) if found is None else found
    properties = deepcopy(properties)
    for old in properties.findall(dialect.q("highlight")):
        properties.remove(old)
    highlight = properties.makeelement(dialect.q("highlight"), {dialect.q("val"): "yellow"})
    later = {dialect.q(name) for name in _AFTER_HIGHLIGHT}
    position = next(
        (index for index, child in enumerate(properties) if child.tag in later), len(properties)
    )
    properties.insert(position, highlight)
    return without_marks(_written(properties, run))
