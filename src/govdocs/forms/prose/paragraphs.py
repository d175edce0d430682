"""Paragraphs made ready for the rules: folded, numbered, and knowing the section they stand in.

Folding takes out the spaces beside 汉字 (extractors and old files are full of them) and makes
digits half-width; every other character stays, so that what is quoted can be found again.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from govdocs.errors import Place

_SPACES = re.compile(r"(?<![0-9A-Za-z])\s+|\s+(?![0-9A-Za-z])")
_BETWEEN = re.compile(r"(?<=[A-Za-z])\s+(?=\d)|(?<=\d)\s+(?=[A-Za-z])")
_DIGITS = str.maketrans("０１２３４５６７８９％", "0123456789%")
_THIN = str.maketrans("", "", "*\u200b\ufeff")
_HEADING = re.compile(r"^([一二三四五六七八九十]{1,3})、([^。；;]{2,40})$")
_FUTURE = re.compile(r"计划|打算|安排|下一步|下步|改进|问题|不足|展望")
_CLAUSE_ENDS = "。；;，,：:！？"
LONGEST_QUOTE = 48


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph.

    Attributes:
        number: from 1.
        text: folded.
        section: the title of the section in which it stands, empty before the first.
        is_heading: whether it is the title of a section.
    """

    number: int
    text: str
    place: Place
    section: str = ""
    is_heading: bool = False

    @property
    def is_of_the_future(self) -> bool:
        """Tell whether the section speaks of plans and shortcomings, not of what was done."""
        return _FUTURE.search(self.section) is not None


def prepare(texts: Sequence[str], places: Sequence[Place] | None = None) -> list[Paragraph]:
    """Make paragraphs ready; empty ones are left out but counted."""
    return list(_prepare(texts, places))


def _prepare(texts: Sequence[str], places: Sequence[Place] | None) -> Iterator[Paragraph]:
    section = ""
    for at, raw in enumerate(texts):
        text = fold_paragraph(raw)
        if not text:
            continue
        heading = _HEADING.match(text)
        if heading:
            section = heading[2]
        place = places[at] if places is not None else Place(spot=(("p", at + 1),))
        yield Paragraph(at + 1, text, place, section, heading is not None)


def fold_paragraph(text: str) -> str:
    """Fold a paragraph: no spaces beside 汉字, digits half-width."""
    folded = _SPACES.sub("", text.translate(_THIN).translate(_DIGITS).strip())
    return _BETWEEN.sub("", folded)


def clause_before(text: str, start: int) -> str:
    """Return what stands in the clause before ``start``."""
    begin = max(text.rfind(mark, 0, start) for mark in _CLAUSE_ENDS) + 1
    return text[begin:start]


def quote(text: str, start: int, end: int) -> str:
    """Quote a stretch of text; one too long keeps its beginning and its end."""
    found = text[start:end]
    if len(found) <= LONGEST_QUOTE:
        return found
    half = LONGEST_QUOTE // 2
    return f"{found[:half]}…{found[-half:]}"
