"""Marks that change the cell they stand in: ``cellbg``, ``colspan``, ``hm``, ``vm``.

Unlike docxtpl's they stand in schema order, and in a cell without properties they make some.
"""

from collections.abc import Callable
from typing import Any

from govdocs.docx.tree.anchors import Anchor, put_after, put_before
from govdocs.docx.tree.dialect import Dialect
from govdocs.docx.tree.streams import Element, remove
from govdocs.language import Tag

_ORDER = (
    *("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar"),
    *("textDirection", "tcFitText", "vAlign", "hideMark"),
)
MARKS = ("cellbg", "colspan", "hm", "vm")
PROPERTIES = ("cellbg", "colspan")
"""Marks that only set a property of the cell."""
Further = Callable[[Anchor, str, str], str]
"""Makes a further tag: (like which anchor, kind, body) to the characters that stand for it."""


def is_mark(tag: Tag) -> bool:
    """Tell whether a tag changes its cell."""
    return tag.kind == "stmt" and tag.word in MARKS


def apply_mark(anchor: Anchor, further: Further) -> bool:
    """Write a mark into its cell's properties; tell whether it stands in a cell."""
    dialect = anchor.stream.dialect
    tc = next(anchor.stream.owner.iterancestors(dialect.q("tc")), None) if dialect else None
    if tc is None or dialect is None:
        return False
    node, word = anchor.node, anchor.placed.tag.word
    body = anchor.placed.tag.body[len(word) :].strip()
    text = (node.text or "").replace(anchor.mark, "")
    if word == "vm":
        node.text = (
            f"{further(anchor, 'stmt', 'if loop.first')}{text}{further(anchor, 'stmt', 'endif')}"
        )
        value = further(anchor, "expr", "'restart' if loop.first else 'continue'")
        _set(tc, dialect, "vMerge", {"val": value})
        return True
    node.text = text
    if word == "colspan":
        _set(tc, dialect, "gridSpan", {"val": further(anchor, "expr", body)})
    elif word == "cellbg":
        fill = further(anchor, "expr", body)
        _set(tc, dialect, "shd", {"val": "clear", "color": "auto", "fill": fill})
    else:
        _merge_across(tc, dialect, anchor, further)
    return True


def _merge_across(tc: Element, dialect: Dialect, anchor: Anchor, further: Further) -> None:
    """Let the first pass of a loop print a cell as wide as all passes together."""
    found = tc.find(f"{dialect.q('tcPr')}/{dialect.q('gridSpan')}")
    width = found.get(dialect.q("val"), "1") if found is not None else "1"
    width = width if width.isdigit() else "1"
    _set(tc, dialect, "gridSpan", {"val": further(anchor, "expr", f"{width} * loop.length")})
    put_before(tc, further(anchor, "stmt", "if loop.first"))
    put_after(tc, further(anchor, "stmt", "endif"))


def _set(tc: Element, dialect: Dialect, name: str, values: dict[str, str]) -> None:
    properties = tc.find(dialect.q("tcPr"))
    if properties is None:
        properties = tc.makeelement(dialect.q("tcPr"), None, _prefixes(tc))
        tc.insert(0, properties)
    for old in properties.findall(dialect.q(name)):
        remove(old)
    later = {dialect.q(one) for one in _ORDER[_ORDER.index(name) + 1 :]}
    position = next(
        (i for i, child in enumerate(properties) if child.tag in later), len(properties)
    )
    attributes = {dialect.q(key): value for key, value in values.items()}
    properties.insert(position, tc.makeelement(dialect.q(name), attributes, _prefixes(tc)))


def _prefixes(element: Element) -> Any:
    return element.nsmap
