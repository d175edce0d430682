r"""Guards: what keeps a part valid when a block prints nothing, and what is shown twice alike.

A cell needs a paragraph at its end, a table needs a row. Where a template's blocks could leave one
without, tokens are put around its content at compiling time; after rendering, a pair of tokens with
nothing in between is filled or the table taken away. The content of a text box stands in a part
twice, for newer and for older readers: the first is kept while it is rendered, the second is a
token. A token is ``\x0e``, a letter, a number, ``\x0f``: control characters, which XML cannot hold.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from govdocs.docx.anchors import Inserts, marks_in, put_after, put_before
from govdocs.docx.dialect import WORD, Dialect
from govdocs.docx.streams import Element
from govdocs.language import Block

BEGIN, END = "\x0e", "\x0f"
TABLE, ROWS, ROWS_END, TABLE_END, CELL, CELL_END = "T", "R", "r", "t", "C", "c"
KEEP, KEEP_END, COPY = "K", "k", "P"
_MARKERS = re.compile(r"(?:<[\w.:-]+(?:Start|End)\b[^<>]*/>\s*)+\Z")


def token(letter: str, number: int = 0) -> str:
    """Return the token of a guard."""
    return f"{BEGIN}{letter}{number}{END}"


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

    def set(self) -> None:
        """Put tokens where blocks could leave a table or a container empty."""
        for dialect in WORD.values():
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
        depth, is_steered = self._step(container.text, 0)
        is_sure = False
        for one in container:
            if one.tag == child and depth == 0:
                is_sure = True
            elif last and str(one.tag).endswith(("}tbl", "}p", "}altChunk")):
                is_sure = False
            depth, found = self._step(one.tail, depth)
            is_steered = is_steered or found
        return is_steered and not is_sure

    def _step(self, text: str | None, depth: int) -> tuple[int, bool]:
        numbers = marks_in(text)
        return depth + sum(self.depths.get(number, 0) for number in numbers), bool(numbers)

    def _mark(self, letter: str, element: Element, dialect: Dialect) -> str:
        prefix = next((p for p, uri in element.nsmap.items() if uri == dialect.namespace), None)
        self.prefixes.append(f"{prefix}:" if prefix else "")
        return self.inserts.text(token(letter, len(self.prefixes) - 1))

    def _guard_table(self, table: Element, dialect: Dialect) -> None:
        head = [one for one in table if one.tag in (dialect.q("tblPr"), dialect.q("tblGrid"))]
        put_in(table, head[-1] if head else None, self._mark(ROWS, table, dialect))
        put_at_end(table, self._mark(ROWS_END, table, dialect))
        put_before(table, self._mark(TABLE, table, dialect))
        put_after(table, self._mark(TABLE_END, table, dialect))

    def _guard_container(self, container: Element, dialect: Dialect) -> None:
        first = container[0] if len(container) else None
        is_head = first is not None and first.tag == dialect.q("tcPr")
        mark = self._mark(CELL, container, dialect)
        put_in(container, first if is_head else None, mark)
        put_at_end(container, self._mark(CELL_END, container, dialect))


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


def finish(text: str, prefixes: Sequence[str]) -> str:
    """Resolve the tokens of a rendered part.

    Args:
        text: the part, with tokens.
        prefixes: of WordprocessingML, by number of a token.
    """
    first, *rest = text.split(BEGIN)
    if not rest:
        return text
    state = _Finishing(prefixes)
    state.levels[-1].append(first)
    for piece in rest:
        name, _, after = piece.partition(END)
        _ACTS[name[0]](state, int(name[1:]))
        state.levels[-1].append(after)
    return "".join(state.levels[0])


@dataclass(slots=True)
class _Finishing:
    """One walk over the pieces of a part, with a stack of what is open."""

    prefixes: Sequence[str]
    levels: list[list[str]] = field(default_factory=lambda: [[]])
    kept: dict[int, str] = field(default_factory=dict)

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
        table = self.close()
        if f"<{self.prefixes[number]}tr" in rows:
            self.levels[-1] += (table, *ending)

    def end_cell(self, number: int) -> None:
        w = self.prefixes[number]
        inner = self.close()
        self.levels[-1].append(inner)
        content = _MARKERS.sub("", inner).rstrip()
        if not content.endswith((f"</{w}p>", f"<{w}p/>", f"</{w}sdt>")):
            self.levels[-1].append(f"<{w}p/>")

    def keep(self, number: int) -> None:
        self.kept[number] = self.close()
        self.levels[-1].append(self.kept[number])

    def copy(self, number: int) -> None:
        self.levels[-1].append(self.kept.get(number, ""))


_ACTS: Mapping[str, Callable[[_Finishing, int], None]] = {
    TABLE: _Finishing.open,
    ROWS: _Finishing.open,
    ROWS_END: _Finishing.end_rows,
    TABLE_END: _Finishing.end_table,
    CELL: _Finishing.open,
    CELL_END: _Finishing.end_cell,
    KEEP: _Finishing.open,
    KEEP_END: _Finishing.keep,
    COPY: _Finishing.copy,
}
