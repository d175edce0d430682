"""Guards: what keeps a part valid when a block prints nothing.

A cell needs a paragraph at its end, a table needs a row. Where a template's blocks could leave one
without, marks are put around its content at compiling time; after rendering, a pair of marks with
nothing in between is filled or the table taken away. Marks are control characters, which XML cannot
hold, so nothing else can be taken for one.
"""

import re
from collections.abc import Iterator, Sequence

from govdocs.docx.anchors import CLOSE, OPEN, Anchor, marks_in
from govdocs.docx.dialect import WORD, Dialect
from govdocs.docx.streams import Element

TABLE, ROWS, ROWS_END, CELL, CELL_END = "\x0e", "\x0f", "\x10", "\x11", "\x12"
_TOKENS = re.compile(f"([{TABLE}-{CELL_END}])")
_MARKS = {"tbl": TABLE, "rows": ROWS, "rows_end": ROWS_END, "cell": CELL, "cell_end": CELL_END}


def guard_mark(name: str) -> str:
    """Return the characters that stand in the tree for a guard."""
    return f"{OPEN}{name}{CLOSE}"


def guard_text(name: str) -> str:
    """Return the control character of a guard."""
    return _MARKS[name]


def set_guards(root: Element, anchors: Sequence[Anchor]) -> bool:
    """Put guards where blocks could leave a container empty; tell whether there are any."""
    found = False
    for dialect in WORD.values():
        for table in list(_at_risk(root, dialect, {dialect.q("tbl")}, dialect.q("tr"))):
            _guard_table(table, dialect)
            found = True
        for container in list(_at_risk(root, dialect, dialect.containers, dialect.p)):
            if container.tag != dialect.q("body"):
                _guard_container(container, dialect)
                found = True
    return found


def _at_risk(
    root: Element, dialect: Dialect, tags: set[str] | frozenset[str], child: str
) -> Iterator[Element]:
    """Yield containers with a block among their children and no ``child`` outside of blocks."""
    for container in root.iter(*tags):
        texts = [container.text, *(one.tail for one in container)]
        if any(marks_in(text) for text in texts) and not _has_sure_child(container, child):
            yield container


def _has_sure_child(container: Element, child: str) -> bool:
    """Whether the last child stands outside of all blocks: then it is always there."""
    last = container[-1] if len(container) else None
    return last is not None and last.tag == child and not marks_in(last.tail)


def _guard_table(table: Element, dialect: Dialect) -> None:
    head = [child for child in table if child.tag in (dialect.q("tblPr"), dialect.q("tblGrid"))]
    last = head[-1] if head else None
    if last is not None:
        last.tail = guard_mark("rows") + (last.tail or "")
    else:
        table.text = guard_mark("rows") + (table.text or "")
    final = table[-1]
    final.tail = (final.tail or "") + guard_mark("rows_end")
    previous = table.getprevious()
    parent = table.getparent()
    assert parent is not None
    if previous is not None:
        previous.tail = (previous.tail or "") + guard_mark("tbl")
    else:
        parent.text = (parent.text or "") + guard_mark("tbl")


def _guard_container(container: Element, dialect: Dialect) -> None:
    first = container[0] if len(container) else None
    if first is not None and str(first.tag).endswith("tcPr"):
        first.tail = guard_mark("cell") + (first.tail or "")
    else:
        container.text = guard_mark("cell") + (container.text or "")
    if len(container):
        last = container[-1]
        last.tail = (last.tail or "") + guard_mark("cell_end")
    else:
        container.text = (container.text or "") + guard_mark("cell_end")


def finish(text: str, w: str) -> str:
    """Resolve the guards of a rendered part.

    Args:
        text: the part, with guards.
        w: the prefix of WordprocessingML in it, with its colon.
    """
    levels: list[list[str]] = [[]]
    gone = False
    for token in _TOKENS.split(text):
        if token in (CELL, TABLE, ROWS):
            levels.append([])
        elif token == CELL_END:
            inner = "".join(levels.pop())
            levels[-1] += inner, _paragraph_if_needed(inner, w)
        elif token == ROWS_END:
            rows, head = "".join(levels.pop()), "".join(levels.pop())
            gone = f"<{w}tr" not in rows
            levels[-1] += () if gone else (head, rows)
        else:
            levels[-1].append(token.removeprefix(f"</{w}tbl>") if gone else token)
            gone = False
    return "".join(levels[0])


def _paragraph_if_needed(inner: str, w: str) -> str:
    ends_well = inner.rstrip().endswith((f"</{w}p>", f"<{w}p/>", f"</{w}sdt>"))
    return "" if ends_well else f"<{w}p/>"
