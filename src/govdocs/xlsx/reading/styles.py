"""Cell formats: which of them are General, and further ones appended for dates and marks.

Formats are appended, never renumbered. What a filling needs is collected in a :class:`StyleUse` and
written once at its end. This module never sees a cell.
"""

import re
from dataclasses import dataclass, field
from functools import cached_property

from govdocs.errors import DataError, Place
from govdocs.xlsx.xml.dialect import STYLE_LIMIT
from govdocs.xlsx.xml.encoding import escape_attribute
from govdocs.xlsx.xml.markup import Element, read_markup

_GENERAL = "0"
_TEXT = "49"
_FIRST_OWN_FORMAT = 164
FORMATS = {
    "date": 'yyyy"年"m"月"d"日"',
    "datetime": 'yyyy"年"m"月"d"日" hh:mm:ss',
    "time": "hh:mm:ss",
    "timedelta": "[h]:mm:ss",
}
"""The number formats that a date gets in a cell that has none."""
_YELLOW = (
    '<{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="FFFFFF00"/>'
    '<{p}bgColor indexed="64"/></{p}patternFill></{p}fill>'
)
EMPTY = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<styleSheet xmlns="{}">'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    "</styleSheet>"
)
"""A styles part for a workbook that has none."""


@dataclass(frozen=True)
class Styles:
    """The formats of the template.

    Attributes:
        part: the part's name; empty if the workbook has none.
        data: its bytes, in UTF-8.
        place: of the part, for problems.
    """

    part: str
    data: bytes
    place: Place

    @cached_property
    def root(self) -> Element:
        """The part's root."""
        return read_markup(self.data, self.place)

    @cached_property
    def formats(self) -> tuple[Element, ...]:
        """The cell formats (``cellXfs/xf``), in order."""
        table = self.root.find("cellXfs")
        return () if table is None else tuple(one for one in table.children if one.name == "xf")

    def font_of(self, style: int) -> str:
        """Give the font of a cell format as it is written; empty if there is none."""
        fonts = self.root.find("fonts") if self.data else None
        number = self.formats[style].get("fontId", "0") if style < len(self.formats) else "0"
        found = [] if fonts is None else [one for one in fonts.children if one.name == "font"]
        return found[int(number)].raw if number.isdigit() and int(number) < len(found) else ""

    def is_general(self, style: int) -> bool:
        """Tell whether a cell of this format shows a date as a bare number."""
        if style >= len(self.formats):
            return True
        return self.formats[style].get("numFmtId", _GENERAL) in (_GENERAL, _TEXT)

    def is_locked(self, style: int) -> bool:
        """Tell whether a cell of this format is locked once its sheet is protected."""
        if style >= len(self.formats):
            return True
        protection = self.formats[style].find("protection")
        return protection is None or protection.get("locked", "1").lower() in ("1", "true", "on")

    @cached_property
    def number_formats(self) -> dict[str, int]:
        """The number formats of the workbook's own: code -> id."""
        table = self.root.find("numFmts")
        found = () if table is None else table.children
        return {one.get("formatCode"): int(one.get("numFmtId", "0")) for one in found}


@dataclass(slots=True)
class StyleUse:
    """The formats that one filling appends."""

    styles: Styles
    added: dict[tuple[int, str], int] = field(default_factory=dict)

    def dated(self, style: int, kind: str) -> int:
        """Return the format ``style`` with a date's number format; ``kind`` as in ``FORMATS``."""
        return self._index(style, kind) if self.styles.is_general(style) else style

    def marked(self, style: int) -> int:
        """Return the format ``style`` with a yellow fill."""
        return self._index(style, "mark")

    def _index(self, style: int, kind: str) -> int:
        found = self.added.get((style, kind))
        if found is None:
            found = len(self.styles.formats) + len(self.added)
            if found >= STYLE_LIMIT:
                raise DataError.of("xlsx.too_many_styles", fields={"limit": STYLE_LIMIT})
            self.added[style, kind] = found
        return found

    def write(self) -> bytes:
        """Write the styles part with what was appended."""
        return _Writer(self).write()


class _Writer:
    """Puts formats into the part: text into its tables, from the last one to the first."""

    def __init__(self, use: StyleUse) -> None:
        self.root = use.styles.root
        self.use = use
        self.p = self.root.prefix
        self.inserts: list[tuple[int, int, str]] = []
        self.codes = dict(use.styles.number_formats)
        self.new_codes: dict[str, int] = {}

    def write(self) -> bytes:
        fills = self.root.find("fills")
        count = sum(child.name == "fill" for child in fills.children) if fills else 0
        made = [self._format(style, kind, count) for style, kind in self.use.added]
        self._append("cellXfs", made)
        if any(kind == "mark" for _, kind in self.use.added):
            self._append("fills", [_YELLOW.format(p=self.p)])
        if self.new_codes:
            self._add_codes()
        data = self.root.data
        for start, end, text in sorted(self.inserts, reverse=True):
            data = data[:start] + text.encode() + data[end:]
        return data

    def _format(self, style: int, kind: str, fill: int) -> str:
        formats = self.use.styles.formats
        raw = f'<{self.p}xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        if style < len(formats):
            raw = formats[style].raw
        if kind == "mark":
            return _set(_set(raw, "fillId", str(fill)), "applyFill", "1")
        number = self._code(FORMATS[kind])
        return _set(_set(raw, "numFmtId", str(number)), "applyNumberFormat", "1")

    def _code(self, code: str) -> int:
        if code not in self.codes:
            number = max([_FIRST_OWN_FORMAT - 1, *self.codes.values()]) + 1
            self.codes[code] = self.new_codes[code] = number
        return self.codes[code]

    def _append(self, table: str, items: list[str]) -> None:
        element = self.root.find(table)
        if element is None:
            return
        if element.content == element.end:  # an empty-element tag
            name = element.qname
            text = f'<{name} count="{len(items)}">{"".join(items)}</{name}>'
            self.inserts.append((element.start, element.end, text))
            return
        self.inserts.append((element.close, element.close, "".join(items)))
        span = element.span_of("count")
        if span is not None:
            self.inserts.append((*span, str(len(element.children) + len(items))))

    def _add_codes(self) -> None:
        items = [
            f'<{self.p}numFmt numFmtId="{number}" formatCode="{escape_attribute(code)}"/>'
            for code, number in self.new_codes.items()
        ]
        if self.root.find("numFmts") is not None:
            self._append("numFmts", items)
            return
        name = f"{self.p}numFmts"
        text = f'<{name} count="{len(items)}">{"".join(items)}</{name}>'
        self.inserts.append((self.root.content, self.root.content, text))


def _set(raw: str, name: str, value: str) -> str:
    """Set an attribute of the element that ``raw`` begins with."""
    written = re.compile(rf"(<[^>]*?\s{name}\s*=\s*[\"'])[^\"']*")
    if written.match(raw):
        return written.sub(rf"\g<1>{value}", raw, count=1)
    return re.sub(r"(<[^\s/>]+)", rf'\g<1> {name}="{value}"', raw, count=1)
