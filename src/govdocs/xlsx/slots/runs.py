"""Pieces of text written as runs of a cell: its own font, and over it what each piece asks for.

A run says its whole font: what it leaves out would be the program's default, not the cell's
(ECMA-376 part 1, 18.4.7). What a cell cannot show is left out: markers, styles, languages.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, Protocol

from govdocs.values.rich import Format, Piece
from govdocs.xlsx.xml.encoding import escape_attribute, escape_text

RICH: Final = "\x12"
"""Stands in the text of a cell around the number of a rich value."""
Font = tuple[tuple[str, str], ...]
"""The properties of a run: local name, and its attributes as they are written."""


class RunCell(Protocol):
    """What is asked of a cell."""

    @property
    def prefix(self) -> str:
        """Of its elements, with the colon."""

    @property
    def is_rich(self) -> bool:
        """Whether its text comes in runs."""


_ORDER: Final = (
    *("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign"),
    *("sz", "color", "rFont", "family", "charset", "scheme"),
)
_EMPTY_TAG: Final = re.compile(r"<(?:[^\s/>:]+:)?([A-Za-z]+)((?:\s+[^\s=]+\s*=\s*\"[^\"]*\")*)\s*/")
_HEX: Final = re.compile(r"#?([0-9a-fA-F]{6})")
_SCRIPTS: Final = ("eastAsia", "ascii", "hAnsi", "cs")
_LINK: Final = Format(color="0563C1", underline=True)
_CHINESE: Final = "134"


@lru_cache(maxsize=1024)
def read_font(raw: str) -> Font:
    """Read the properties of a run, or a font of the styles, whose name is written otherwise."""
    if not raw:
        return ()
    inner = raw.partition(">")[2]
    found = _EMPTY_TAG.finditer(inner)
    return tuple(("rFont" if one[1] == "name" else one[1], one[2]) for one in found)


def write_runs(pieces: Iterable[Piece], font: Font, prefix: str) -> str:
    """Write pieces as runs.

    Args:
        pieces: their content is text.
        font: what a piece is written in that asks for nothing.
        prefix: of the sheet's elements, with its colon.
    """
    return "".join(write_run(one, font, prefix) for one in pieces if one.content)


def write_run(piece: Piece, font: Font, prefix: str) -> str:
    """Write a piece as a run."""
    wishes = _LINK if piece.link and piece.format == Format() else piece.format
    own = dict(font) | {name: raw for name, raw in _wanted(wishes).items() if raw is not None}
    for name, raw in _wanted(wishes).items():
        if raw is None:
            own.pop(name, None)
    inner = "".join(f"<{prefix}{name}{own[name]}/>" for name in _ORDER if name in own)
    properties = f"<{prefix}rPr>{inner}</{prefix}rPr>" if inner else ""
    text = escape_text(piece.content)
    return f'<{prefix}r>{properties}<{prefix}t xml:space="preserve">{text}</{prefix}t></{prefix}r>'


def put_pieces(markup: str, pieces: Sequence[Sequence[Piece]], font: Font, cell: RunCell) -> str:
    """Put rich values into a gathered text, as runs among the runs of the text around them.

    before: ``a`` RICH 0 RICH ``b``, or ``<r>rPr<t>a`` RICH 0 RICH ``b</t></r>``
    after:  ``<r>rPr<t>a</t></r><r>...</r><r>rPr<t>b</t></r>``
    """
    p = cell.prefix
    opening, closing = f'<{p}t xml:space="preserve">', f"</{p}t></{p}r>"
    if not cell.is_rich:
        head = write_run(Piece(" "), font, p).partition(opening)[0]
        markup = f"{head}{opening}{markup}{closing}"
    text = ""
    for at, one in enumerate(markup.split(RICH)):
        if at % 2 == 0:
            text += one
            continue
        head = text.rpartition(f"<{p}r>")[2].partition(opening)[0]
        runs = write_runs(pieces[int(one)], read_font(head) or font, p)
        text += f"{closing}{runs}<{p}r>{head}{opening}"
    empty = rf"<{p}r>(?:<{p}rPr>(?:(?!</{p}rPr>).)*</{p}rPr>|<{p}rPr/>)?{opening}{closing}"
    return re.sub(empty, "", text)


@lru_cache(maxsize=1024)
def _wanted(wishes: Format) -> dict[str, str | None]:
    """List what a piece asks for; None takes a property away."""
    wanted: dict[str, str | None] = {
        name: "" if wish else None
        for name, wish in (("b", wishes.bold), ("i", wishes.italic), ("strike", wishes.strike))
        if wish is not None
    }
    if wishes.underline is not None:
        wanted["u"] = _underline(wishes.underline)
    if wishes.superscript is not None or wishes.subscript is not None:
        raised = "superscript" if wishes.superscript else "subscript" if wishes.subscript else ""
        wanted["vertAlign"] = f' val="{raised}"' if raised else None
    if wishes.size:
        wanted["sz"] = f' val="{int(wishes.size) / 2:g}"'
    if found := _HEX.fullmatch(wishes.color or ""):
        wanted["color"] = f' rgb="FF{found[1].upper()}"'
    return wanted | _family(wishes.font)


def _underline(wish: bool | str) -> str | None:
    if wish in (False, "none"):
        return None
    return ' val="double"' if "double" in str(wish).lower() else ""


def _family(font: str | None) -> dict[str, str | None]:
    """Name a font; Chinese ones say so, that programs without them find another Chinese one."""
    if not font:
        return {}
    script, colon, name = font.partition(":")
    family = name if colon and script in _SCRIPTS else font
    is_chinese = any(char > "\u2e7f" for char in family)
    return {
        "rFont": f' val="{escape_attribute(family)}"',
        "family": None,
        "charset": f' val="{_CHINESE}"' if is_chinese else None,
        "scheme": None,
    }
