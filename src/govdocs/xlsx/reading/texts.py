"""Texts of cells: plain, or in runs that each have a format; shared ones and inline ones.

A text is what a reader sees: the runs joined, without phonetic guides. This module finds texts and
says how each run is written; it never looks for tags inside them.
"""

from dataclasses import dataclass

from govdocs.errors import Place
from govdocs.language import scan
from govdocs.xlsx.xml.encoding import unescape_text
from govdocs.xlsx.xml.markup import Element, read_markup


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with one format.

    Attributes:
        start: offset of its first character in the whole text.
        properties: its ``rPr`` as written; empty for the cell's own format.
        rich: whether it is written as ``r``, or is the plain ``t``.
    """

    start: int
    text: str
    properties: str = ""
    rich: bool = False


@dataclass(frozen=True, slots=True)
class CellText:
    """The text of a cell: what is read, and the runs that it is written in."""

    text: str
    runs: tuple[Run, ...]

    @property
    def holds_tag(self) -> bool:
        """Whether any tag stands in it."""
        return bool(scan(self.text)[0])

    def run_at(self, offset: int) -> int:
        """Return the index of the run that holds the character at ``offset``."""
        index = 0
        for position, run in enumerate(self.runs):
            if run.start <= offset:
                index = position
        return index


def plain_text(text: str) -> CellText:
    """Make the text of a cell that has one format."""
    return CellText(text, (Run(0, text),))


def read_text(element: Element) -> CellText:
    """Read the text of an ``si`` or ``is`` element."""
    runs: list[Run] = []
    length = 0
    for child in element.children:
        if child.name not in ("r", "t"):
            continue
        run = _read_run(child, length)
        runs.append(run)
        length += len(run.text)
    return CellText("".join(run.text for run in runs), tuple(runs) or (Run(0, ""),))


def _read_run(element: Element, start: int) -> Run:
    if element.name == "t":
        return Run(start, unescape_text(element.text))
    properties = element.find("rPr")
    texts = [child.text for child in element.children if child.name == "t"]
    raw = "" if properties is None else properties.raw
    return Run(start, unescape_text("".join(texts)), raw, rich=True)


def read_fragment(root_tag: bytes, raw: bytes, place: Place) -> Element:
    """Read an element that was cut out of a part.

    Args:
        root_tag: start tag of the part's root, which declares the prefixes.
        raw: the element as written.
        place: of the part.
    """
    name = root_tag[1:].split(None, 1)[0].rstrip(b"/>")
    opening = root_tag[:-2] + b">" if root_tag.endswith(b"/>") else root_tag
    return read_markup(opening + raw + b"</" + name + b">", place).children[0]
