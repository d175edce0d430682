"""Lines that ``{%-`` and ``-%}`` join, and what of a part's markup can be cut out of it whole.

Here a part is text with marks for its tags, not yet a template and no tree any more.
"""

import re

from govdocs.docx.tree.anchors import CLOSE, OPEN, Anchor

_WALLS = frozenset({"tc", "tbl", "txbxContent", "sdtContent", "drawing", "pict"})


def join_lines(document: str, anchors: list[Anchor]) -> str:
    """Join what ``{%-`` and ``-%}`` ask for: the text before a tag, the text after it.

    before: <p><r><t>a</t></r></p><p><r><t>{%- if x -%}</t></r></p><p><r><t>b</t></r></p>
    after:  <p><r><t>a{% if x %}b</t></r></p>
    """
    for anchor in anchors:
        tag = anchor.placed.tag
        if tag.join_left:
            document = _join(document, anchor.mark, left=True)
        if tag.join_right:
            document = _join(document, anchor.mark, left=False)
    return document


def _join(document: str, mark: str, *, left: bool) -> str:
    before, found, after = document.partition(mark)
    if not found:
        return document
    if left:
        trimmed = before.rstrip(" \n\t")
        opened = re.search(rf"<[\w.-]+:t(?: [^>]*)?>(?:{OPEN}\d+{CLOSE})*$", trimmed)
        start = _last_text_end(trimmed, opened.start()) if opened else -1
        if (
            opened
            and start >= 0
            and _is_balanced(trimmed[start : _tag_end(trimmed, opened.start())])
        ):
            kept = trimmed[_tag_end(trimmed, opened.start()) :]
            return f"{trimmed[:start]}{kept}{mark}{after}"
        return f"{trimmed}{mark}{after}"
    trimmed = after.lstrip(" \n\t")
    closed = re.match(rf"((?:{OPEN}\d+{CLOSE})*)</[\w.-]+:t>", trimmed)
    following = (
        re.compile(r"<[\w.-]+:t(?: [^>]*)?(?<!/)>").search(trimmed, closed.end())
        if closed
        else None
    )
    if closed and following and _is_balanced(trimmed[closed.end(1) : following.end()]):
        return f"{before}{mark}{closed[1]}{trimmed[following.end() :]}"
    return f"{before}{mark}{trimmed}"


def _last_text_end(text: str, end: int) -> int:
    found = [one.start() for one in re.finditer(r"</[\w.-]+:t>", text[:end])]
    return found[-1] if found else -1


def _tag_end(text: str, start: int) -> int:
    return text.index(">", start) + 1


def _is_balanced(markup: str) -> bool:
    """Whether markup closes and opens the same elements, and no cell or table ends in it."""
    closed, opened = loose_ends(markup)
    return closed == opened[::-1] and not any(name.rpartition(":")[2] in _WALLS for name in closed)


def loose_ends(markup: str) -> tuple[list[str], list[str]]:
    """List what a piece of markup closes that it has not opened, and opens without closing.

    >>> loose_ends("a</t></r><r/><r><t>b")
    (['t', 'r'], ['r', 't'])
    """
    closed: list[str] = []
    opened: list[str] = []
    for found in re.finditer(r"<(/?)([\w.:-]+)[^>]*?(/?)>", markup):
        if found[3]:
            continue
        if found[1] and opened and opened[-1] == found[2]:
            opened.pop()
        elif found[1]:
            closed.append(found[2])
        else:
            opened.append(found[2])
    return closed, opened
