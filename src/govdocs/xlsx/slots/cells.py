"""Slots of cells: a value comes, the whole cell is written, typed.

Numbers, dates and truth values keep the cell's number format; text stays text, whatever it looks
like. Every value is escaped here. A slot is a few strings made at compiling time, because it may be
written a million times in one filling.
"""

import datetime as dt
import decimal
import math
import numbers
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from html import unescape
from typing import TYPE_CHECKING, Any, Final

from govdocs.errors import DataError, Place, Problem
from govdocs.language import NULL, Absent, current
from govdocs.language.missing import as_missing
from govdocs.language.printable import printed
from govdocs.values.pictures import Image, Seal
from govdocs.values.plain import plain_scalar
from govdocs.values.rich import Format, Piece
from govdocs.values.serials import serial_of
from govdocs.xlsx.slots.filling import CellLink, present
from govdocs.xlsx.slots.pictures import refuse_picture, take_picture
from govdocs.xlsx.slots.rich_values import maybe_rich, native, readable
from govdocs.xlsx.slots.runs import RICH, Font, put_pieces, read_font, write_runs
from govdocs.xlsx.xml.dialect import TEXT_LIMIT
from govdocs.xlsx.xml.encoding import escape_text, unescape_text
from govdocs.xlsx.xml.tokens import COLUMN

if TYPE_CHECKING:
    from govdocs.xlsx.slots.tables import TableRoom

_EXACT: Final = 10**15
"""Whole numbers below this have 15 digits at most: as many as a sheet keeps."""
_SURE: Final = TEXT_LIMIT // 2
"""A text of so many characters is short enough however they are counted."""
TEXTS: Final = re.compile(r"<(?:[^\s/>:]+:)?rPr\b.*?</(?:[^\s/>:]+:)?rPr>|<[^>]*>", re.DOTALL)
_LITERAL: Final = object()
"""Stands among the values that a cell has printed for a text of the template."""
_NULL: Final = "\x11"
"""Stands in the text of a cell for a null, until it is known whether it is all that was printed."""
_SPECIAL: Final = re.compile("[&<>_\x00-\x1f\ud800-\udfff\ufffe\uffff]")

Shape = tuple[str, str, str, str, str, str, "CellSlot"]
"""Before the row's number, before a number, behind it, before plain text, before text whose spaces
count, behind it, and the slot itself."""


@dataclass(frozen=True, slots=True)
class CellSlot:
    """A cell that takes one value.

    Attributes:
        place: of the cell.
        name: of its element as it is written: ``c``, ``x:c``.
        column: its letters; :data:`COLUMN` where they are not known yet.
        style: its format; None if it names none.
        attributes: others that it keeps, as written, with a space before each.
        run: the ``rPr`` that its text is written in; empty for the cell's own format.
        is_rich: whether its text comes in runs, as markup.
        number: of its column in the template.
        room: the cells that it may take, where it takes a row of a table.
    """

    place: Place
    name: str
    column: str
    style: int | None
    attributes: str = ""
    run: str = ""
    is_rich: bool = False
    number: int = 0
    room: "TableRoom | None" = None

    @property
    def prefix(self) -> str:
        """The prefix of its elements, with its colon."""
        return self.name.removesuffix("c")

    def shape(self) -> Shape:
        """Make the strings that the value stands between."""
        p = self.prefix
        head = f'<{self.name} r="{self.column}'
        rest = '"' + self._style(self.style) + self.attributes
        opening, closing = f'{rest} t="inlineStr"><{p}is>', f"</{p}t></{p}is></{self.name}>"
        if self.run:
            opening, closing = f"{opening}<{p}r>{self.run}", f"</{p}t></{p}r></{p}is></{self.name}>"
        return (
            head,
            f"{rest}><{p}v>",
            f"</{p}v></{self.name}>",
            f"{opening}<{p}t>",
            f'{opening}<{p}t xml:space="preserve">',
            closing,
            self,
        )

    def empty(self, row: object) -> str:
        """Write the cell without a value; its format stays."""
        return f'<{self.name} r="{self.column}{row}"{self._style(self.style)}{self.attributes}/>'

    def write(self, row: object, kind: str, value: str, style: int | None) -> str:
        """Write the cell with a ``v``; ``kind`` is its ``t`` or empty."""
        p = self.prefix
        kind = f' t="{kind}"' if kind else ""
        head = f'<{self.name} r="{self.column}{row}"{self._style(style)}{self.attributes}{kind}>'
        return f"{head}<{p}v>{value}</{p}v></{self.name}>"

    def write_markup(self, row: object, markup: str, style: int | None) -> str:
        """Write the cell with a text that is markup already: runs, or what stands in one ``t``."""
        p = self.prefix
        if not self.is_rich:
            markup = f'<{p}t xml:space="preserve">{markup}</{p}t>'
        head = f'<{self.name} r="{self.column}{row}"{self._style(style)}{self.attributes}'
        return f'{head} t="inlineStr"><{p}is>{markup}</{p}is></{self.name}>'

    def _style(self, style: int | None) -> str:
        return "" if style is None else f' s="{style}"'


def cell_writer(shapes: Sequence[Shape]) -> Callable[[Any, object, int], str]:
    """Return the filter that writes a value into cell ``number`` of row ``row``."""

    def write(value: Any, row: object, number: int) -> str:
        head, before, behind, text, spaced, end, _ = shapes[number]
        kind = type(value)
        if kind is int:
            if -_EXACT < value < _EXACT:
                return f"{head}{row}{before}{value}{behind}"
        elif kind is str:
            if len(value) <= _SURE:
                if value.isalnum():
                    return f"{head}{row}{text}{value}{end}"
                if value and _SPECIAL.search(value) is None:
                    return f"{head}{row}{spaced}{value}{end}"
        elif kind is float and value - value == 0.0:
            return f"{head}{row}{before}{value!r}{behind}"
        return write_value(value, row, shapes[number])

    return write


def write_value(value: Any, row: object, shape: Shape) -> str:  # noqa: PLR0911 - one per kind
    """Write a cell with any value."""
    head, _, _, _, spaced, end, slot = shape
    missing = as_missing(value)
    if missing is not None:
        write = _write_null if missing is NULL else _write_missing
        return write(missing, row, slot)
    value = native(plain_scalar(value))
    if isinstance(value, (dt.date, dt.time, dt.timedelta)):
        return _write_moment(value, row, slot)
    kind = "b" if isinstance(value, bool) else ""
    if isinstance(value, (int, numbers.Number)) and not isinstance(value, complex):
        return slot.write(row, kind, number_text(value), slot.style)
    if isinstance(value, (Image, Seal)):
        return _write_picture(value, row, slot)
    pieces = maybe_rich(value)
    if pieces is not None and any(one.link or one.format != Format() for one in pieces):
        return _write_rich(pieces, row, slot)
    text = printed(value) if pieces is None else "".join(one.content for one in pieces)
    if not text:
        return slot.empty(row)
    check_length(text)
    return f"{head}{row}{spaced}{escape_text(text)}{end}"


def _write_rich(pieces: list[Piece], row: object, slot: CellSlot) -> str:
    """Write a cell with text in several formats; one that is a link as a whole leads there."""
    text = "".join(one.content for one in pieces)
    if not text:
        return slot.empty(row)
    check_length(text)
    state = present()
    links = {one.link for one in pieces if one.content}
    if len(links) == 1 and (url := links.pop()):
        path = tuple(state.columns.path) if slot.column == COLUMN else ()
        state.links.append(CellLink(int(str(row)), slot.number, path, url))
    runs = write_runs(pieces, _font_of(slot), slot.prefix)
    return replace(slot, is_rich=True).write_markup(row, runs, slot.style)


def _font_of(slot: CellSlot) -> Font:
    """The font that the text of a cell is written in."""
    return read_font(slot.run or present().filling.styles.styles.font_of(slot.style or 0))


def number_text(value: Any) -> str:
    """Write a number as the format has it.

    Raises:
        DataError: it is no finite number, or has more digits than a sheet keeps.
    """
    if isinstance(value, numbers.Integral):
        return _whole(int(value))
    if isinstance(value, decimal.Decimal):
        if not value.is_finite():
            raise DataError.of("xlsx.no_number", fields={"value": str(value)})
        if value == value.to_integral_value():
            return _whole(int(value))
        return str(value)
    number = float(value)
    if not math.isfinite(number):
        raise DataError.of("xlsx.no_number", fields={"value": str(number)})
    return repr(number)


def _whole(value: int) -> str:
    digits = str(value)
    if not -_EXACT < value < _EXACT and len(digits.strip("-").rstrip("0")) > 15:  # noqa: PLR2004
        raise DataError.of("xlsx.too_many_digits", fields={"value": digits[:40]})
    return digits


def check_length(text: str) -> None:
    """Refuse a text that is longer than a cell may hold.

    Raises:
        DataError: ``xlsx.text_too_long``.
    """
    length = len(text)
    if 2 * length > TEXT_LIMIT:  # Excel counts in UTF-16
        length += sum(char > "\uffff" for char in text)
    if length > TEXT_LIMIT:
        raise DataError.of("xlsx.text_too_long", fields={"length": length, "limit": TEXT_LIMIT})


def _write_moment(value: Any, row: object, slot: CellSlot) -> str:
    filling = present().filling
    kind = "timedelta"
    if isinstance(value, dt.datetime):
        kind = "datetime"
    elif isinstance(value, dt.date):
        kind = "date"
    elif isinstance(value, dt.time):
        kind = "time"
    serial = serial_of(value, date1904=filling.date1904)
    style = filling.styles.dated(slot.style or 0, kind)
    return slot.write(row, "", str(serial), style or slot.style)


def _write_missing(value: Absent, row: object, slot: CellSlot) -> str:
    path = value.use()
    state = current()
    if state is None or state.mode != "mark":
        return slot.empty(row)
    marked = present().filling.styles.marked(slot.style or 0)
    return replace(slot, is_rich=False).write_markup(row, escape_text(f"〔待填：{path}〕"), marked)


def _write_picture(value: Image | Seal, row: object, slot: CellSlot) -> str:
    """Leave the cell empty, and note what is to be drawn over it; a seal without image is none."""
    if isinstance(value, Seal):
        if value.source is None:
            return slot.empty(row)
        value = Image(value.source, value.diameter, value.diameter)
    state = present()
    path = tuple(state.columns.path) if slot.column == COLUMN else ()
    state.pictures.append(take_picture(value, int(str(row)), slot.number, path))
    return slot.empty(row)


def _write_null(null: Absent, row: object, slot: CellSlot) -> str:
    """Leave the cell empty and say so; in a draft what is still open shows."""
    state = current()
    if state is not None and state.mode == "mark":
        return _write_missing(null, row, slot)
    _note_null(slot)
    return slot.empty(row)


def _note_null(slot: CellSlot) -> None:
    filling = present().filling
    if slot.place not in filling.nulls:
        filling.nulls.add(slot.place)
        filling.notes.append(Problem("data.null_cell", (slot.place,), {}, "warning"))


def write_inside(value: Any) -> str:
    """Write a value amid the text of a cell."""
    if isinstance(value, str):
        return escape_text(readable(value))
    missing = as_missing(value)
    if missing is not None:
        path = missing.use()
        state = current()
        if state is None or state.mode != "mark":
            return ""
        present().is_marked = True
        return escape_text(f"〔待填：{path}〕")
    value = native(value)
    refuse_picture(value)
    pieces = maybe_rich(value)
    if pieces is None:
        return escape_text(printed(value))
    rich = present().pieces
    rich.append(pieces)
    return f"{RICH}{len(rich) - 1}{RICH}"


def write_captured(value: Any) -> str:
    """Write a value amid a text that a block captures: of a rich one what is read."""
    pieces = maybe_rich(value)
    return write_inside(value if pieces is None else readable(value))


def text_writer(shapes: Sequence[Shape]) -> Callable[[str, object, int], str]:
    """Return the filter that writes a gathered text into cell ``number`` of row ``row``."""

    def write(markup: str, row: object, number: int) -> str:
        return _write_gathered(markup, row, shapes[number][-1])

    return write


def _write_gathered(markup: str, row: object, slot: CellSlot) -> str:
    """Write a cell with a gathered text, unless that is blank."""
    if RICH in markup:
        markup = put_pieces(markup, present().pieces, _font_of(slot), slot)
        slot = replace(slot, is_rich=True)
        present().pieces.clear()
    text = TEXTS.sub("", markup) if slot.is_rich else markup
    if len(text) > TEXT_LIMIT or not text.strip():
        text = unescape_text(unescape(text))
        if not text.strip():
            return slot.empty(row)
        check_length(text)
    return slot.write_markup(row, markup, _style_of_text(slot))


def _style_of_text(slot: CellSlot) -> int | None:
    """The format of a text: yellow where something in it is still missing."""
    state = present()
    if not state.is_marked:
        return slot.style
    state.is_marked = False
    return state.filling.styles.marked(slot.style or 0)


def choice_writer(shapes: Sequence[Shape]) -> Callable[[Any, object, int], str]:
    """Return the filter that writes what a cell printed: typed where that is one value."""
    write, write_text = cell_writer(shapes), text_writer(shapes)

    def write_choice(text: str, row: object, number: int) -> str:
        state = present()
        printed, state.printed = state.printed, []
        pieces, state.pieces = state.pieces, []
        if len(printed) == 1 and printed[0] is not _LITERAL:
            state.is_marked = False
            return write(printed[0], row, number)
        for value in printed:
            refuse_picture(value)
        if _NULL in text:
            text = text.replace(_NULL, write_inside(None))
        if RICH in text:
            state.pieces = pieces
            return _write_gathered(text, row, replace(shapes[number][-1], is_rich=False))
        if shapes[number][-1].is_rich:
            return write(unescape_text(unescape(text)), row, number)
        return write_text(text, row, number)

    return write_choice


def print_choice(value: Any) -> str:
    """Keep a value for the cell that is being written, and print it."""
    present().printed.append(value)
    if isinstance(value, (Image, Seal)):
        return ""
    return _NULL if as_missing(value) is NULL else write_inside(value)


def note_literal(_: object) -> None:
    """Note that the cell being written shows a text of the template's own."""
    present().printed.append(_LITERAL)
