"""The two ways that Office XML writes paragraphs of runs: WordprocessingML and DrawingML.

Here live element names, nothing else. Strict and transitional documents differ in namespaces only.
"""

from dataclasses import dataclass, field

_W = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_A = (
    "http://schemas.openxmlformats.org/drawingml/2006/main",
    "http://purl.oclc.org/ooxml/drawingml/main",
)
_M = {
    _W[0]: "http://schemas.openxmlformats.org/officeDocument/2006/math",
    _W[1]: "http://purl.oclc.org/ooxml/officeDocument/math",
}
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def _names(namespace: str, *locals_: str) -> frozenset[str]:
    return frozenset(f"{{{namespace}}}{name}" for name in locals_)


@dataclass(frozen=True, slots=True)
class Dialect:
    """The element names of one dialect, in Clark notation.

    Attributes:
        namespace: of all its elements.
        p, r, t: paragraph, run and text.
        math: the text of a formula; empty where there are none.
        chars: elements of a run that stand for one character: tabs, breaks.
        containers: elements whose children are paragraphs, tables and the like.
        transparent: elements that may stand around paragraphs, rows, cells or runs alike.
        splittable: inline elements that may be cut in two where a block begins or ends.
        ranges: markers that must outlive a removed paragraph: bookmarks, comment ranges.
        substance: what makes an element more than tags: pictures, fields, notes.
        dead: elements whose text is not part of the document: deletions, moved-away text.
    """

    namespace: str
    p: str
    r: str
    t: str
    math: str = ""
    chars: dict[str, str] = field(default_factory=dict)
    containers: frozenset[str] = frozenset()
    transparent: frozenset[str] = frozenset()
    splittable: frozenset[str] = frozenset()
    ranges: frozenset[str] = frozenset()
    substance: frozenset[str] = frozenset()
    dead: frozenset[str] = frozenset()

    def q(self, local: str) -> str:
        """Return the Clark name of ``local`` in this dialect."""
        return f"{{{self.namespace}}}{local}"


def _word(namespace: str) -> Dialect:
    def q(local: str) -> str:
        return f"{{{namespace}}}{local}"

    math = _M[namespace]
    return Dialect(
        namespace,
        q("p"),
        q("r"),
        q("t"),
        f"{{{math}}}t",
        {q("tab"): "\t", q("br"): "\n", q("cr"): "\n", q("noBreakHyphen"): "-"},
        _names(
            namespace,
            *("body", "tc", "txbxContent", "hdr", "ftr", "footnote", "endnote", "comment"),
            "docPartBody",
        ),
        _names(namespace, "sdtContent", "customXml"),
        _names(namespace, "r", "hyperlink", "ins", "moveTo", "smartTag", "dir", "bdo")
        | _names(math, "r"),
        _names(
            namespace,
            *("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd"),
            *("permStart", "permEnd", "moveFromRangeStart", "moveFromRangeEnd"),
            *("moveToRangeStart", "moveToRangeEnd"),
        ),
        _names(
            namespace,
            *("drawing", "pict", "object", "fldChar", "fldSimple", "footnoteReference"),
            *("endnoteReference", "commentReference", "sym", "ptab", "sectPr", "altChunk"),
            *("pgNum", "ruby", "contentPart", "subDoc"),
        ),
        _names(namespace, "del", "moveFrom"),
    )


def _drawing(namespace: str) -> Dialect:
    def q(local: str) -> str:
        return f"{{{namespace}}}{local}"

    return Dialect(
        namespace,
        q("p"),
        q("r"),
        q("t"),
        chars={q("br"): "\n"},
        splittable=_names(namespace, "r"),
        substance=_names(namespace, "fld"),
    )


DIALECTS = {d.p: d for d in (*map(_word, _W), *map(_drawing, _A))}
"""Dialect by the name of its paragraph element."""

WORD = {d.namespace: d for d in DIALECTS.values() if d.containers}
"""The WordprocessingML dialects by namespace."""

TEXT_HOLDERS = frozenset(
    name for d in DIALECTS.values() for name in (d.t, d.math, d.q("instrText")) if name
)
"""Elements that hold the text of a run."""
