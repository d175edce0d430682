"""Slots: where the value of a printed tag lands, and how it is written there.

A slot knows what has to be closed and opened again around a value that is more than plain text: a
line break closes the ``w:t``, a new paragraph closes the run too. Every value is escaped here, and
only here. This module writes markup as text; it holds no trees at filling time.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from govdocs.docx.tree.targets import write_address
from govdocs.errors import Place, Problem, TemplateError
from govdocs.language import Absent, current
from govdocs.language.missing import as_missing
from govdocs.language.printable import printed
from govdocs.language.values import Captured

_SPECIAL = re.compile('[&<>"\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]')
_PLAIN = frozenset((str, int, float, bool))
_WHOLE = {"tr": "rows", "tc": "cells"}
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


@dataclass(frozen=True, slots=True)
class Slot:
    """One landing place.

    Attributes:
        kind: ``text``, ``runs`` ({{r x}}), ``paragraphs`` ({{p x}}), ``cells`` ({{tc x}}), ``rows``
            ({{tr x}}), ``attribute``, ``code`` (of a field), ``address``, ``plain``.
        breaks: what line break, tab, new paragraph and page break are written as; a character
            that is not in it is written as it is.
        leave_run: markup from inside the text to between runs.
        enter_run: markup from between runs back into the text, with the run's own format.
        marked_run: like ``enter_run``, highlighted: for a value that is still missing.
        properties: ``w:rPr`` of the run, as text; empty for none.
        leave_paragraph: markup from between runs to between paragraphs.
        enter_paragraph: markup from between paragraphs to between runs.
        place: where the tag stands.
        inner: of a slot for rows or cells: the slot of a plain value, in the tag's own row or cell,
            which ``enter_run`` and ``leave_run`` are the rest of.
    """

    kind: str
    place: Place
    breaks: dict[str, str]
    leave_run: str = ""
    enter_run: str = ""
    marked_run: str = ""
    properties: str = ""
    leave_paragraph: str = ""
    enter_paragraph: str = ""
    inner: "Slot | None" = None


def slot_writer(slots: Sequence[Slot]) -> Callable[[Any, int], str]:
    """Return the filter that writes a value into slot ``number``."""

    def write(value: Any, number: int) -> str:
        slot = slots[number]
        if type(value) is str:
            if slot.kind == "text" and _SPECIAL.search(value) is None:
                return value
            if slot.inner is None:
                return write_text(value, slot)
        return write_value(value, slot)

    return write


def write_value(value: Any, slot: Slot) -> str:
    """Write any value."""
    if slot.inner is not None:
        if type(value) is Captured and slot.kind == _WHOLE.get(value.level):
            return value
        return f"{slot.enter_run}{write_value(value, slot.inner)}{slot.leave_run}"
    missing = as_missing(value)
    if missing is not None:
        return _write_missing(missing, slot)
    if type(value) is Captured:
        return write_captured(value, slot)
    written = _write_rich(value, slot)
    return write_text(printed(value), slot) if written is None else written


def _write_rich(value: Any, slot: Slot) -> str | None:
    """Write a value that is more than text; return None for one that is text."""
    rich = getattr(value, "__govdocs_docx__", None)
    if rich is not None:
        return str(rich(slot))
    if type(value) in _PLAIN:
        return None
    from govdocs.docx.writing.native import write_native  # it writes into slots itself

    return write_native(value, slot)


def write_captured(value: Captured, slot: Slot) -> str:
    """Write what a block of the template printed: it is markup, and stays so where it fits."""
    if not slot.leave_run:
        return write_text(value.plain, slot)
    if value.level == "text":
        return f"{slot.enter_run}{value}{slot.leave_run}" if slot.kind == "runs" else value
    from govdocs.docx.writing.rich import (  # they write into slots themselves
        place_blocks,
        place_runs,
    )

    if value.level == "runs":
        return place_runs(value, slot)
    if value.level == "p":
        return place_blocks(value, slot)
    fields = {"tag": slot.place.tag, "level": value.level}
    raise TemplateError.of("template.does_not_fit", fields=fields)


def write_text(text: str, slot: Slot) -> str:
    """Write plain text: escaped, with line breaks and tabs as Word has them."""
    if slot.kind == "address":
        text = write_address(text)
    elif slot.kind == "code":
        text = text.replace("\\", "\\\\").replace('"', '\\"')  # it stands inside an argument
    if _SPECIAL.search(text):
        text = text.replace("\r\n", "\n")
        breaks = slot.breaks
        text = _SPECIAL.sub(lambda found: _write_char(found.group(), breaks, slot), text)
    if slot.kind == "runs":
        return f"{slot.enter_run}{text}{slot.leave_run}"
    if slot.kind == "paragraphs":
        return f"{slot.enter_paragraph}{slot.enter_run}{text}{slot.leave_run}{slot.leave_paragraph}"
    return text


def _write_char(char: str, breaks: dict[str, str], slot: Slot) -> str:
    if char in breaks:
        return breaks[char]
    if char in _ENTITIES:
        return _ENTITIES[char]
    if char in "\t\n\r":
        return f"&#{ord(char)};" if slot.kind == "attribute" else char
    if char >= "\x7f" and char <= "\x9f":
        return char
    state = current()
    if state is not None:
        fields = {"char": f"U+{ord(char):04X}", "tag": slot.place.tag}
        state.engine.notes.append(
            Problem("data.control_character", (slot.place,), fields, "warning")
        )
    return ""


def _write_missing(value: Absent, slot: Slot) -> str:
    path = value.use()
    state = current()
    if state is None or state.mode != "mark":
        return ""
    text = write_text(f"〔待填：{path}〕", Slot("text", slot.place, {}))
    if slot.kind == "text" and slot.marked_run:
        return f"{slot.leave_run}{slot.marked_run}{text}{slot.leave_run}{slot.enter_run}"
    if slot.kind == "runs":
        return f"{slot.marked_run}{text}{slot.leave_run}"
    if slot.kind == "paragraphs":
        return (
            f"{slot.enter_paragraph}{slot.marked_run}{text}{slot.leave_run}{slot.leave_paragraph}"
        )
    return text
