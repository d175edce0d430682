"""``{%-`` joins a tag's paragraph to the one before, ``-%}`` the one after to it.

A long sentence with conditions may so be written on several lines in the template. Spaces stay as
they are typed; only the ends of lines and paragraphs go. Nothing is joined to a table, to another
cell or over the end of a section: where there is no paragraph beside, the mark has no effect.
"""

from collections.abc import Sequence

from govdocs.docx.tree.anchors import Anchor
from govdocs.docx.tree.dialect import Dialect
from govdocs.docx.tree.streams import Element, remove


def join_paragraphs(anchors: Sequence[Anchor]) -> None:
    """Join what the tags ask for, in document order."""
    for anchor in anchors:
        tag, dialect = anchor.placed.tag, anchor.stream.dialect
        if anchor.stream.kind != "text" or dialect is None or tag.kind != "stmt":
            continue
        if tag.join_left:
            _join_left(anchor, dialect, anchors)
        if tag.join_right:
            _join_right(anchor, dialect, anchors)


def _join_left(anchor: Anchor, dialect: Dialect, anchors: Sequence[Anchor]) -> None:
    before, _ = _around(anchor, dialect)
    breaks = _trailing_breaks(before)
    for one in breaks:
        _remove_from_run(one, dialect)
    if not breaks and not before:
        previous = _neighbour(anchor.stream.owner, dialect, -1)
        if previous is not None:
            _merge(previous, anchor.stream.owner, dialect, anchors)


def _join_right(anchor: Anchor, dialect: Dialect, anchors: Sequence[Anchor]) -> None:
    _, after = _around(anchor, dialect)
    breaks = _trailing_breaks(after[::-1])
    for one in breaks:
        _remove_from_run(one, dialect)
    if not breaks and not after:
        following = _neighbour(anchor.stream.owner, dialect, 1)
        if following is not None:
            _merge(anchor.stream.owner, following, dialect, anchors)


def _around(anchor: Anchor, dialect: Dialect) -> tuple[list[Element | str], list[Element | str]]:
    """List what shows before and after the anchor in its paragraph, breaks as elements."""
    pieces: list[Element | str] = []
    for element in anchor.stream.owner.iter(dialect.t, *dialect.chars, *dialect.substance):
        if element.tag == dialect.t:
            text, mark, rest = (element.text or "").partition(anchor.mark)
            pieces += [text, mark, rest] if mark else [text]
        else:
            pieces.append(element)
    shown = [piece for piece in pieces if not isinstance(piece, str) or piece]
    position = shown.index(anchor.mark)
    return shown[:position], shown[position + 1 :]


def _trailing_breaks(pieces: Sequence[Element | str]) -> list[Element]:
    """The line breaks at the end of ``pieces``."""
    found: list[Element] = []
    for piece in reversed(pieces):
        if isinstance(piece, str) or not piece.tag.endswith(("}br", "}cr")) or piece.attrib:
            break
        found.append(piece)
    return found


def _remove_from_run(element: Element, dialect: Dialect) -> None:
    run = element.getparent()
    remove(element)
    if run is not None and all(child.tag == dialect.q("rPr") for child in run):
        remove(run)


def _neighbour(p: Element, dialect: Dialect, step: int) -> Element | None:
    """The paragraph right before or after ``p``; None if something else stands there."""
    siblings = p.itersiblings(preceding=step < 0)
    beside = next((one for one in siblings if one.tag not in dialect.ranges), None)
    if beside is None or beside.tag != dialect.p:
        return None
    first = beside if step < 0 else p
    return None if first.find(f"{dialect.q('pPr')}/{dialect.q('sectPr')}") is not None else beside


def _merge(first: Element, second: Element, dialect: Dialect, anchors: Sequence[Anchor]) -> None:
    """Move the content of ``second`` to the end of ``first``, whose properties stay.

    Texts of one format become one text.

    before: <p><r><t>a</t></r></p><p><r><t>b</t></r></p>     after: <p><r><t>ab</t></r></p>
    """
    last = first[-1] if len(first) else None
    moved = [child for child in second if child.tag != dialect.q("pPr")]
    first.extend(moved)
    remove(second)
    for anchor in anchors:
        if anchor.stream.owner is second:
            anchor.stream.owner = first
    if last is not None and moved:
        _merge_runs(last, moved[0], dialect, anchors)


def _merge_runs(left: Element, right: Element, dialect: Dialect, anchors: Sequence[Anchor]) -> None:
    texts = [_only_text(run, dialect) for run in (left, right)]
    if None in texts or _format(left, dialect) != _format(right, dialect):
        return
    one, other = texts
    assert one is not None
    assert other is not None
    one.text = (one.text or "") + (other.text or "")
    one.attrib.update(other.attrib)
    for anchor in anchors:
        if anchor.node is other:
            anchor.node = one
    remove(right)


def _only_text(run: Element, dialect: Dialect) -> Element | None:
    """The text of a run that holds one text and nothing else."""
    content = [child for child in run if child.tag != dialect.q("rPr")]
    return content[0] if run.tag == dialect.r and [c.tag for c in content] == [dialect.t] else None


def _format(run: Element, dialect: Dialect) -> list[tuple[str, str]]:
    properties = run.find(dialect.q("rPr"))
    if properties is None:
        return []
    return [(str(one.tag), str(sorted(one.attrib.items()))) for one in properties.iter()]
