"""Slots of texts outside of cells: how a value is written in a title, a header, a name.

Each kind of text has its own rules: ``&`` is doubled in headers, a line break in a text box is an
element, the name of a sheet may be 31 characters long. Slots are found by the element that a text
stands in.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from govdocs.errors import DataError, Problem
from govdocs.language import Placed, Source, current
from govdocs.language.missing import as_missing
from govdocs.values.pictures import Image
from govdocs.xlsx.slots.filling import present
from govdocs.xlsx.slots.pictures import SWAP, refuse_picture, take_picture
from govdocs.xlsx.slots.rich_values import readable
from govdocs.xlsx.xml.dialect import MAIN, SHEET_NAME_LIMIT
from govdocs.xlsx.xml.encoding import escape_attribute, escape_markup, escape_text
from govdocs.xlsx.xml.markup import Element

HEADER_LIMIT: Final = 255
ADDRESS_SAFE: Final = "!#$%&'()*+,/:;=?@[]~"
"""What an address may hold beside letters and digits."""
_HEADERS = frozenset(
    {"oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"}
)
_PICTURES = frozenset({"cNvPr", "imagedata"})
"""Elements that say what a picture shows."""
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]|\A'|'\Z")
_SIZE: Final = re.compile(r"&(?:amp;)?\d+\Z")


@dataclass(frozen=True, slots=True)
class TextSlot:
    """How values are written in one place.

    Attributes:
        kind: ``text``, ``cell`` (a text of SpreadsheetML), ``attribute``, ``alt`` (what is said of
            a drawn object), ``address`` (the target of a link), ``header``, ``formula``, ``sheet``
            (the name of one).
        line_break: what a line break is written as; empty for itself. For a sheet, its name in
            the template.
    """

    kind: str
    line_break: str = ""

    def write(self, source: Source, pieces: Sequence[str | int], placed: Sequence[Placed]) -> None:
        """Write texts and tags into a source; numbers are tags."""
        gathers = self.kind in ("header", "sheet")
        if gathers:
            source.hidden("set _t")
        before = ""
        in_text = False
        for piece in pieces:
            if isinstance(piece, str):
                before = piece
                in_text ^= piece.count('"') % 2 == 1
                source.text(_ESCAPES[self.kind](piece))
            elif placed[piece].tag.kind == "stmt":
                source.statement(placed[piece])
            elif placed[piece].tag.kind == "expr":
                self._write_value(source, placed[piece], before, in_text)
                before = ""
        if gathers:
            source.hidden("endset")
            first = next(one for one in pieces if isinstance(one, int))
            slot = "_th" if self.kind == "header" else "_tn"
            source.value(placed[first], slot, self.line_break, body="_t")

    def _write_value(self, source: Source, placed: Placed, before: str, in_text: bool) -> None:
        if self.kind == "header":
            source.value(placed, "_tv", bool(_SIZE.search(before)))
        elif self.kind == "formula":
            source.value(placed, "_tf", in_text)
        elif self.kind == "sheet":
            source.value(placed, "_tr")
        elif self.kind == "alt":
            source.value(placed, "_tp")
        elif self.kind == "text":
            source.value(placed, "_tx", self.line_break)
        else:
            source.value(placed, {"cell": "_tc", "address": "_tq"}.get(self.kind, "_ta"))


def slot_of(element: Element, attribute: str = "") -> TextSlot:
    """Make the slot of a text, or of an attribute, of ``element``."""
    if attribute:
        is_sheet = element.name == "sheet" and attribute == "name" and element.space in MAIN
        if is_sheet:
            return TextSlot("sheet", element.get("name"))
        kind = "address" if element.name == "Relationship" else "attribute"
        return TextSlot("alt" if element.name in _PICTURES else kind)
    if element.space in MAIN:
        if element.name in _HEADERS:
            return TextSlot("header")
        formulas = ("definedName", "formula", "formula1", "formula2", "f")
        return TextSlot("formula" if element.name in formulas else "cell")
    run = element.parent
    if element.name == "t" and run is not None and run.name == "r":
        properties = run.find("rPr")
        raw = "" if properties is None else properties.raw
        t, r, p = element.qname, run.qname, run.prefix
        line = f"</{t}></{r}><{p}br>{raw}</{p}br><{r}>{raw}<{t}>"
        return TextSlot("text", line)
    return TextSlot("formula" if element.name == "f" else "text")


def _text_of(value: Any) -> str:
    """Print a value, or mark that it is missing."""
    missing = as_missing(value)
    if missing is not None:
        path = missing.use()
        state = current()
        return f"〔待填：{path}〕" if state is not None and state.mode == "mark" else ""
    refuse_picture(value)
    return readable(value)


def _without_controls(text: str) -> str:
    if _CONTROL.search(text) is None:
        return text
    state = current()
    if state is not None:
        char = _CONTROL.findall(text)[0]
        fields = {"char": f"U+{ord(char):04X}", "tag": state.program.part}
        note = Problem("data.control_character", (), fields, "warning")
        present().filling.notes.append(note)
    return _CONTROL.sub("", text)


def _write_text(value: Any, line_break: str) -> str:
    text = escape_markup(_without_controls(_text_of(value)))
    if "\n" not in text and "\r" not in text:
        return text
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", line_break or "\n")


def _write_cell(value: Any) -> str:
    return escape_text(_text_of(value))


def _write_attribute(value: Any) -> str:
    return escape_attribute(_without_controls(_text_of(value)))


def _write_address(value: Any) -> str:
    """Write a value as part of an address: what an address cannot hold is encoded."""
    return escape_attribute(quote(_without_controls(_text_of(value)), safe=ADDRESS_SAFE))


def _write_alt(value: Any) -> str:
    """Write what is said of a picture; another picture takes its place."""
    if not isinstance(value, Image):
        return _write_attribute(value)
    swaps = present().filling.swaps
    swaps.append(take_picture(value, 0, 0))
    return f"{SWAP}{len(swaps) - 1}{SWAP}"


def _write_in_header(value: Any, behind_size: bool) -> str:
    """Double ``&``; a number behind a font size keeps its distance."""
    text = _text_of(value).replace("&", "&&")
    gap = " " if behind_size and text[:1].isdigit() else ""
    return escape_text(gap + text)


def _check_header(markup: str, _: str) -> str:
    text = markup.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
    if len(text) > HEADER_LIMIT:
        fields = {"length": len(text), "limit": HEADER_LIMIT}
        raise DataError.of("xlsx.header_too_long", fields=fields)
    return markup


def _check_name(name: str, template: str) -> str:
    check_sheet_name(name)
    present().filling.names[template] = name
    return escape_attribute(name)


def check_sheet_name(name: str) -> None:
    """Refuse what cannot be the name of a sheet.

    Raises:
        DataError: it is empty, too long, reserved, or holds characters that Excel forbids.
    """
    length = len(name.encode("utf-16-le", "surrogatepass")) // 2
    if length > SHEET_NAME_LIMIT:
        fields = {"name": name, "length": length, "limit": SHEET_NAME_LIMIT}
        raise DataError.of("xlsx.sheet_name_too_long", fields=fields)
    found = _FORBIDDEN.search(name)
    if found or not name.strip() or name.casefold() == "history":
        fields = {"name": name, "found": found[0] if found else name}
        raise DataError.of("xlsx.sheet_name_forbidden", fields=fields)


def _write_in_formula(value: Any, in_text: bool) -> str:
    from govdocs.xlsx.slots.formula_slots import write_as_constant, write_in_text

    return escape_markup(write_in_text(value) if in_text else write_as_constant(value))


_ESCAPES: Mapping[str, Callable[[str], str]] = {
    "text": escape_markup,
    "cell": escape_text,
    "attribute": escape_attribute,
    "alt": escape_attribute,
    "address": escape_attribute,
    "header": escape_text,
    "formula": escape_markup,
    "sheet": str,
}

TEXT_SLOTS: Mapping[str, Callable[..., Any]] = {
    "_tx": _write_text,
    "_tc": _write_cell,
    "_ta": _write_attribute,
    "_tp": _write_alt,
    "_tq": _write_address,
    "_tv": _write_in_header,
    "_th": _check_header,
    "_tr": _text_of,
    "_tn": _check_name,
    "_tf": _write_in_formula,
}
