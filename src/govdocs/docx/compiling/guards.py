r"""Guards: what keeps a part valid when a block prints nothing, and what is shown twice alike.

A cell needs a paragraph at its end, a table needs a row. Where a template's blocks could leave one
without, tokens are put around its content at compiling time; after rendering, a pair of tokens with
nothing in between is filled or the table taken away. The content of a text box stands in a part
twice, for newer and for older readers: the first is kept while it is rendered, the second is a
token. Tokens are control characters, which XML cannot hold.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from govdocs.docx.compiling.columns import fit_grid
from govdocs.docx.tree.anchors import Inserts, marks_in, put_after, put_before
from govdocs.docx.tree.dialect import WORD, Dialect
from govdocs.docx.tree.streams import Element
from govdocs.language import Block

BEGIN, END = "\x0e", "\x0f"
_DIGITS = "\x10\x11\x12\x13"
_MARKERS = re.compile(
    r"(?:(?:<[\w.:-]+(?:Start|End)\b[^<>]*/>|<!--(?:[^-]|-[^-])*-->|<\?[^?]*\?>)\s*)+\Z"
)

_END_OF_CELL = 400
"""How many characters of a cell are looked at to see what it ends with."""


class Guard(IntEnum):
    """What a token says."""

    TABLE = 0
    ROWS = 1
    ROWS_END = 2
    TABLE_END = 3
    CELL = 4
    CELL_END = 5
    GRID = 6
    GRID_END = 7
    ROW = 8
    ROW_END = 9
    KEEP = 10
    KEEP_END = 11
    COPY = 12
    NOTE = 13
    NOTE_END = 14
    NOTE_PLACE = 15
    CHART = 16
    CHART_END = 17


_GUARDS = 32


def token(guard: Guard, number: int = 0) -> str:
    """Return the token of a guard, written in control characters alone."""
    written, rest = "", number * _GUARDS + guard
    while rest:
        written, rest = _DIGITS[rest % 4] + written, rest // 4
    return f"{BEGIN}{written}{END}"


def _read(written: str) -> tuple[Guard, int]:
    value = 0
    for digit in written:
        value = value * 4 + _DIGITS.index(digit)
    return Guard(value % _GUARDS), value // _GUARDS


@dataclass(slots=True)
class Guards:
    """The guards of one part while it is compiled.

    Attributes:
        root: of the part.
        inserts: where tokens are put.
        depths: what each tag of a block does to the depth: 1 opens, -1 closes.
        prefixes: by number of a token: the prefix of WordprocessingML where it stands.
    """

    root: Element
    inserts: Inserts
    depths: Mapping[int, int]
    prefixes: list[str] = field(default_factory=list)
    _unsure: set[Element] = field(default_factory=set)

    def fit_grids(self, tables: Iterable[Element]) -> None:
        """Put tokens around tables whose columns may change."""
        for table in tables:
            for dialect in WORD.values():
                if table.tag == dialect.q("tbl"):
                    put_before(table, self._mark(Guard.GRID, table, dialect))
                    put_after(table, self._mark(Guard.GRID_END, table, dialect))

    def set(self) -> None:
        """Put tokens where blocks could leave a table, a row or a container empty."""
        for dialect in WORD.values():
            for row in self.root.iter(dialect.q("tr")):
                if self._is_at_risk(row, dialect.q("tc"), last=False):
                    self._unsure.add(row)
                    put_before(row, self._mark(Guard.ROW, row, dialect))
                    put_after(row, self._mark(Guard.ROW_END, row, dialect))
            for table in self.root.iter(dialect.q("tbl")):
                if self._is_at_risk(table, dialect.q("tr"), last=False):
                    self._guard_table(table, dialect)
            for container in self.root.iter(*dialect.containers - {dialect.q("body")}):
                if self._is_at_risk(container, dialect.p, last=True):
                    self._guard_container(container, dialect)

    def _is_at_risk(self, container: Element, child: str, *, last: bool) -> bool:
        """Whether blocks stand among the children and no ``child`` is sure to be printed.

        Args:
            container: the element.
            child: what it needs.
            last: whether it needs one at its end.
        """
        depth, is_steered, is_sure = 0, False, False
        for one in _content(container):
            if isinstance(one, str):
                numbers = marks_in(one)
                depth += sum(self.depths.get(number, 0) for number in numbers)
                is_steered = is_steered or bool(numbers)
            elif one in self._unsure:
                is_steered = True
            elif one.tag == child and depth == 0:
                is_sure = True
            elif last and str(one.tag).endswith(("}tbl", "}p", "}altChunk")):
                is_sure = False
        return is_steered and not is_sure

    def _mark(self, guard: Guard, element: Element, dialect: Dialect) -> str:
        prefix = next((p for p, uri in element.nsmap.items() if uri == dialect.namespace), None)
        self.prefixes.append(f"{prefix}:" if prefix else "")
        return self.inserts.text(token(guard, len(self.prefixes) - 1))

    def _guard_table(self, table: Element, dialect: Dialect) -> None:
        head = [one for one in table if one.tag in (dialect.q("tblPr"), dialect.q("tblGrid"))]
        put_in(table, head[-1] if head else None, self._mark(Guard.ROWS, table, dialect))
        put_at_end(table, self._mark(Guard.ROWS_END, table, dialect))
        put_before(table, self._mark(Guard.TABLE, table, dialect))
        put_after(table, self._mark(Guard.TABLE_END, table, dialect))

    def _guard_container(self, container: Element, dialect: Dialect) -> None:
        first = container[0] if len(container) else None
        is_head = first is not None and first.tag == dialect.q("tcPr")
        mark = self._mark(Guard.CELL, container, dialect)
        put_in(container, first if is_head else None, mark)
        put_at_end(container, self._mark(Guard.CELL_END, container, dialect))


def _content(container: Element) -> Iterator[Element | str]:
    """Yield the children of a container and the texts between them; controls are looked into."""
    yield container.text or ""
    for one in container:
        inner = one.find("{*}sdtContent") if str(one.tag).endswith("}sdt") else None
        if inner is not None:
            yield from _content(inner)
        elif str(one.tag).endswith("}customXml"):
            yield from _content(one)
        else:
            yield one
        yield one.tail or ""


def put_in(parent: Element, head: Element | None, mark: str) -> None:
    """Put a mark at the beginning of ``parent``'s content, after its properties."""
    if head is not None:
        head.tail = mark + (head.tail or "")
    else:
        parent.text = mark + (parent.text or "")


def put_at_end(parent: Element, mark: str) -> None:
    """Put a mark behind all that ``parent`` holds."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + mark
    else:
        parent.text = (parent.text or "") + mark


def depths_of(blocks: Sequence[Block]) -> dict[int, int]:
    """Tell what each tag of ``blocks`` does to the depth."""
    depths = {block.open: 1 for block in blocks}
    depths.update((block.close, -1) for block in blocks)
    return depths


def finish(
    text: str,
    prefixes: Sequence[str],
    notes: dict[int, list[str]] | None = None,
    declared: Sequence[str] = (),
    charts: dict[int, str] | None = None,
) -> str:
    """Resolve the tokens of a rendered part.

    Args:
        text: the part, with tokens.
        prefixes: of WordprocessingML, by number of a token.
        notes: printed where their marks are, by number, for the part that they go back to.
        declared: prefixes that such a note has to declare, by number.
        charts: printed where their frames are, by number of the copy.
    """
    begin = text.find(BEGIN)
    if begin < 0:
        return text
    state = _Finishing(prefixes, {} if notes is None else notes, declared)
    state.charts = {} if charts is None else charts
    state.levels[-1].append(text[:begin])
    while begin >= 0:
        end = text.index(END, begin)
        guard, number = _read(text[begin + len(BEGIN) : end])
        _ACTS[guard](state, number)
        begin = text.find(BEGIN, end)
        # each piece is copied once: the rows of a table may be megabytes
        state.levels[-1].append(text[end + len(END) : begin if begin >= 0 else None])
    return "".join(state.levels[0])


@dataclass(slots=True)
class _Finishing:
    """One walk over the pieces of a part, with a stack of what is open."""

    prefixes: Sequence[str]
    notes: dict[int, list[str]]
    declared: Sequence[str]
    levels: list[list[str]] = field(default_factory=lambda: [[]])
    kept: dict[int, str] = field(default_factory=dict)
    charts: dict[int, str] = field(default_factory=dict)

    def open(self, _: int) -> None:
        self.levels.append([])

    def close(self) -> str:
        return "".join(self.levels.pop())

    def end_rows(self, _: int) -> None:
        """Note whether the table has rows: its pieces are told apart again at its end."""
        rows = self.close()
        self.levels[-1].append(rows)
        self.levels.append([rows])

    def end_table(self, number: int) -> None:
        rows, *ending = self.levels.pop()
        table = self.levels.pop()
        if f"<{self.prefixes[number]}tr" in rows:
            self.levels[-1] += (*table, *ending)

    def end_row(self, number: int) -> None:
        row = self.close()
        if f"<{self.prefixes[number]}tc" in row.partition(">")[2]:
            self.levels[-1].append(row)

    def end_grid(self, number: int) -> None:
        table = fit_grid(self.close(), self.prefixes[number])
        self.levels[-1].append(table)

    def end_cell(self, number: int) -> None:
        w = self.prefixes[number]
        inner = self.close()
        self.levels[-1].append(inner)
        content = _MARKERS.sub("", inner).rstrip()[-_END_OF_CELL:]
        around = rf"(?:</{w}(?:sdtContent|sdt|customXml)>\s*)*"
        if not re.search(rf"(?:</{w}p>|<{w}p(?:\s[^<>]*)?/>)\s*{around}\Z", content):
            self.levels[-1].append(f"<{w}p/>")

    def keep(self, number: int) -> None:
        self.kept[number] = self.close()
        self.levels[-1].append(self.kept[number])

    def end_note(self, number: int) -> None:
        note = self.close()
        name = re.match(r"<[\w.:-]+", note)
        cut = name.end() if name else 0
        written = note[:cut] + self.declared[number] + note[cut:]
        self.notes.setdefault(number, []).append(written)

    def end_chart(self, _: int) -> None:
        """Keep a chart for its own part: the number of its copy stands before it."""
        serial, opening, chart = self.close().partition("<")
        self.charts[int(serial)] = opening + chart

    def place_notes(self, number: int) -> None:
        self.levels[-1] += self.notes.get(number, ())

    def copy(self, number: int) -> None:
        self.levels[-1].append(self.kept.get(number, ""))


_ACTS: Mapping[Guard, Callable[[_Finishing, int], None]] = {
    Guard.TABLE: _Finishing.open,
    Guard.ROWS: _Finishing.open,
    Guard.ROWS_END: _Finishing.end_rows,
    Guard.TABLE_END: _Finishing.end_table,
    Guard.ROW: _Finishing.open,
    Guard.ROW_END: _Finishing.end_row,
    Guard.GRID: _Finishing.open,
    Guard.GRID_END: _Finishing.end_grid,
    Guard.CELL: _Finishing.open,
    Guard.CELL_END: _Finishing.end_cell,
    Guard.KEEP: _Finishing.open,
    Guard.KEEP_END: _Finishing.keep,
    Guard.COPY: _Finishing.copy,
    Guard.NOTE: _Finishing.open,
    Guard.NOTE_END: _Finishing.end_note,
    Guard.NOTE_PLACE: _Finishing.place_notes,
    Guard.CHART: _Finishing.open,
    Guard.CHART_END: _Finishing.end_chart,
}
