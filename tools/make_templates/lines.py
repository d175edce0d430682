"""The prose of a report, from a text file: one paragraph per line, ``style|text``.

``**words**`` are set in the character style 要点. Empty lines and lines that begin with ``#`` are
for the reader of the file. A line whose style is 表格 is the place of the form's table.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tools.make_templates.markup import Element, text, w
from tools.make_templates.styles import LEAD

TABLE_PLACE = "表格"

NAMES = {
    "标题": "Title",
    "文号": "GwNumber",
    "正文": "GwBody",
    "一级": "Heading1",
    "二级": "Heading2",
    "三级": "Heading3",
    "标记": "GwMark",
    "附件说明": "GwAttachment",
    "附件首项": "GwAttachmentFirst",
    "附件续项": "GwAttachmentNext",
    "署名": "GwSignature",
    "日期": "GwDate",
    "署名不盖章": "GwSignatureUnsealed",
    "日期不盖章": "GwDateUnsealed",
    "附件": "GwAnnex",
    "附件标题": "GwAnnexTitle",
    "表头行": "GwFormHead",
    "表尾": "GwFormFoot",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph to be: its style's short name and its text."""

    style: str
    text: str


def read_lines(prose: str) -> Iterator[Line]:
    """Read the paragraphs of a text file."""
    for line in prose.splitlines():
        if line and not line.startswith("#"):
            style, _, content = line.partition("|")
            yield Line(style, content)


def paragraph(style: str, content: str) -> Element:
    """Write a paragraph in a style (its id); every tag stands in one run."""
    pieces = content.split("**")
    runs = (_run(piece, LEAD if number % 2 else "") for number, piece in enumerate(pieces) if piece)
    return w("p", w("pPr", w("pStyle", val=style)), *runs)


def _run(content: str, style: str) -> Element:
    rPr = w("rPr", w("rStyle", val=style)) if style else None  # noqa: N806 - the element's name
    return w("r", rPr, text(content))
