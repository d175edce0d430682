"""Place an office's own image of its seal as GB/T 9704-2012 7.3.5.1 says; never draw one.

The seal floats behind the text, upright, centred on the signature and pressing down on signature
and date, which come to stand a little below its centre; its top is within one line of the body.
How long the signature is and how many lines are blank above it is known only when the part is
rendered: until then marks stand for the two distances.
"""

import re
import unicodedata

from govdocs.docx.writing.formats import prefix_of
from govdocs.docx.writing.pictures import add_picture, graphic_markup, namespaces, properties_markup
from govdocs.docx.writing.rich import is_word, place_runs
from govdocs.docx.writing.shelf import shelf
from govdocs.docx.writing.slots import Slot
from govdocs.values.lengths import EMU_PER_MM, EMU_PER_TWIP
from govdocs.values.pictures import Image, Seal

MARK = "\x1b"
_MARKED = re.compile(f"{MARK}([HV])(\\d+):(\\d+){MARK}")
_HALF_POINT = 6_350
_THREE = 32  # 三号, the size of official text, in half points
_LINE = 580  # twips: 22 lines on a page of 225 mm
_LOWER = 3 * EMU_PER_MM  # how far below the seal's centre signature and date stand
_NEAR = 20_000  # characters of markup: more than any signature is set off by
_WORDS = re.compile(r"[（(](?:盖章|代章|印章|公章|签章)[）)]")


def write_seal(seal: Seal, slot: Slot) -> str:
    """Write a floating seal; without an image nothing, so that the form's own words stay alone."""
    if seal.source is None or not is_word(slot):
        return ""
    placed = add_picture(Image(seal.source), slot)
    w, diameter = prefix_of(slot), seal.diameter
    size = _size_of(slot.properties)
    across = f"{MARK}H{diameter}:{size}{MARK}"
    down = f"{MARK}V{diameter}:{_line_of(slot.enter_paragraph, size)}{MARK}"
    anchor = (
        f'<wp:anchor xmlns:wp="{namespaces()["wp"]}" distT="0" distB="0" distL="0" distR="0" '
        f'simplePos="0" relativeHeight="{shelf().next_drawing_id()}" behindDoc="1" locked="0" '
        'layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="character"><wp:posOffset>{across}</wp:posOffset>'
        f'</wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>{down}'
        f'</wp:posOffset></wp:positionV><wp:extent cx="{diameter}" cy="{diameter}"/>'
        '<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f"{properties_markup('印章', '印章')}"
        f"{graphic_markup(placed, diameter, diameter)}</wp:anchor>"
    )
    shelf().untidy = True
    return place_runs(f"<{w}r>{slot.properties}<{w}drawing>{anchor}</{w}drawing></{w}r>", slot)


def _size_of(properties: str) -> int:
    """The size of the signature's characters in EMU."""
    found = re.search(r'<(?:\w+:)?sz (?:\w+:)?val="(\d+)"', properties)
    return (int(found[1]) if found else _THREE) * _HALF_POINT


def _line_of(paragraph: str, size: int) -> int:
    """The height of a line in EMU, as the signature's paragraph sets it."""
    spacing = re.search(r"<(?:\w+:)?spacing\b[^>]*>", paragraph)
    line = re.search(r'\bline="(\d+)"', spacing[0]) if spacing else None
    if spacing is None or line is None:
        return max(_LINE * EMU_PER_TWIP, size)
    if re.search(r'lineRule="(?:exact|atLeast)"', spacing[0]):
        return int(line[1]) * EMU_PER_TWIP
    return round(int(line[1]) / 240 * size * 1.3)


def settle_seals(text: str, w: str) -> str:
    """Work out the distances of the seals in a rendered part.

    Args:
        text: the part; where no seal is, it stays as it is.
        w: the prefix of WordprocessingML in it, with its colon.
    """
    done: list[str] = []
    position = 0
    for found in _MARKED.finditer(text):
        done += text[position : found.start()], str(_distance(text, found, w))
        position = found.end()
    return "".join((*done, text[position:]))


def _distance(text: str, found: re.Match[str], w: str) -> int:
    """Work out one distance from the paragraph that the seal stands in."""
    start = max(text.rfind(f"<{w}p{end}", 0, found.start()) for end in "> ")
    end = text.find(f"</{w}p>", found.end())
    diameter, measure = int(found[2]), int(found[3])
    if found[1] == "H":
        before, after = text[start : found.start()], text[found.end() : end]
        return across(_shown(before, w), _shown(after, w), diameter, measure)
    return down(_blank_lines(text[max(start - _NEAR, 0) : start], w), diameter, measure)


def across(before: str, after: str, diameter: int, size: int) -> int:
    """Return how far right of its tag the seal begins, so that it is centred on the signature.

    Args:
        before: the paragraph's text before the tag.
        after: its text after the tag.
        diameter: of the seal, in EMU.
        size: of a full-width character, in EMU.
    """
    whole = before + after
    shown = _WORDS.sub(lambda found: "\0" * len(found[0]), whole)
    text = shown.replace("\0", " ").strip(" \u3000\t")
    start = shown.replace("\0", " ").find(text) if text else len(before)
    centre = _width(whole[:start], size) + _width(text, size) // 2
    return centre - _width(before, size) - diameter // 2


def down(blank: int, diameter: int, line: int) -> int:
    """Return how far below the top of the signature's line the seal begins.

    Args:
        blank: how many lines are blank between the body and the signature.
        diameter: of the seal, in EMU.
        line: height of a line, in EMU.
    """
    wished = line - diameter // 2 - _LOWER
    body = -blank * line
    near = min(max(wished, body), body + line)
    # signature and date must be pressed upon, whatever is blank above them
    return min(max(near, 2 * line - diameter), 0)


def _width(text: str, size: int) -> int:
    full = sum(unicodedata.east_asian_width(char) in "FWA" for char in text)
    return full * size + (len(text) - full) * size // 2


def _shown(markup: str, w: str) -> str:
    found = re.findall(rf"<{w}t(?: [^>]*)?>([^<]*)</{w}t>", markup)
    return re.sub(r"&[^;]+;", "&", "".join(found))


def _blank_lines(text: str, w: str) -> int:
    """Count the empty paragraphs at the end of ``text``."""
    count = 0
    text = text.rstrip()
    while text.endswith((f"</{w}p>", f"<{w}p/>")):
        begin = max(text.rfind(f"<{w}p{end}") for end in (">", " ", "/>"))
        if begin < 0 or _shown(text[begin:], w).strip() or "<wp:" in text[begin:]:
            return count
        count, text = count + 1, text[:begin].rstrip()
    return count
