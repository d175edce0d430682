"""The prose of a report, from the text files in ``prose/``: one paragraph per line, ``style|text``.

``**words**`` are set in the character style 要点, ``⏎`` breaks the line. Empty lines and lines that
begin with ``#`` are for the reader of the file. A line whose style is 表格 is the place of a table
of the form, by its key; in the place of 同用 stand the lines of another file.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.make_templates.markup import Element, text, w
from tools.make_templates.styles import LEAD

TABLE_PLACE = "表格"
_SHARED = "同用"
_PROSE = Path(__file__).with_name("prose")

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


def read_lines(name: str) -> Iterator[Line]:
    """Read the paragraphs of a text file."""
    for line in (_PROSE / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        style, _, content = line.partition("|")
        if style == _SHARED:
            yield from read_lines(content)
        elif line and not line.startswith("#"):
            yield Line(style, content)


def paragraph(style: str, content: str, *, keep_next: bool = False) -> Element:
    """Write a paragraph in a style (its id); every tag stands in one run."""
    pieces = content.split("**")
    runs = (_run(piece, LEAD if number % 2 else "") for number, piece in enumerate(pieces) if piece)
    kept = w("keepNext") if keep_next else None
    return w("p", w("pPr", w("pStyle", val=style), kept), *runs)


def _run(content: str, style: str) -> Element:
    rPr = w("rPr", w("rStyle", val=style)) if style else None  # noqa: N806 - the element's name
    first, *others = content.split("⏎")
    broken = (element for line in others for element in (w("br"), text(line)))
    return w("r", rPr, text(first), *broken)
