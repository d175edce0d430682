"""Tags that were typed over the end of a paragraph: ``{{ a if b`` and then ``else c }}``.

Such a tag is put together before tags are looked for: its paragraphs become one, with the
properties of the first. Only what is a tag without doubt is put together; braces in prose and in
listings are not.
"""

from collections.abc import Callable, Iterator

from lxml import etree

from govdocs.docx.tree.dialect import DIALECTS, XML_SPACE, Dialect
from govdocs.docx.tree.streams import Element, paragraph_stream, remove
from govdocs.language import Tag, scan
from govdocs.language.tags import maybe_unclosed

_MOST = 20
"""How many paragraphs one tag may run over."""


def stitch_tags(root: Element, is_sound: Callable[[Tag], bool]) -> None:
    """Put together the tags of a part that run over the ends of paragraphs.

    Args:
        root: the part; it is changed.
        is_sound: whether a tag can be read.

    before: <p><r><t>{{ a if b</t></r></p><p><r><t>else c }}.</t></r></p>
    after:  <p><r><t>{{ a if b</t></r><r><t> </t></r><r><t>else c }}.</t></r></p>
    """
    for p in list(root.iter(*DIALECTS)):
        dialect = DIALECTS[p.tag]
        if p.getparent() is None or not _has_brace(p):
            continue
        while following := _rest_of_tag(p, dialect, is_sound):
            for one in following:
                _append(p, one, dialect)


def _has_brace(p: Element) -> bool:
    text = "".join(map(str, p.itertext()))
    return "{" in text or "｛" in text


def _rest_of_tag(p: Element, dialect: Dialect, is_sound: Callable[[Tag], bool]) -> list[Element]:
    """The paragraphs after ``p`` over which a tag runs that begins in it."""
    text = paragraph_stream(p, dialect).text
    start = maybe_unclosed(text)
    following: list[Element] = []
    if start is None:
        return following
    for one in _neighbours(p, dialect):
        following.append(one)
        text += "\n" + paragraph_stream(one, dialect).text
        tag = next((tag for tag in scan(text)[0] if tag.start == start), None)
        if tag is not None:
            return following if is_sound(tag) else []
        if text[start + 1] not in "#＃" and maybe_unclosed(text) != start:
            return []  # another tag begins
    return []


def _neighbours(p: Element, dialect: Dialect) -> Iterator[Element]:
    """The paragraphs right after ``p`` that it may be joined with."""
    before = p
    for count, one in enumerate(p.itersiblings(etree.Element)):
        ends_section = before.find(f"{dialect.q('pPr')}/{dialect.q('sectPr')}") is not None
        if one.tag != dialect.p or ends_section or count >= _MOST:
            return
        yield one
        before = one


def _append(p: Element, other: Element, dialect: Dialect) -> None:
    """Move the content of ``other`` to the end of ``p``, after a space."""
    run = etree.SubElement(p, dialect.r)
    t = etree.SubElement(run, dialect.t)
    t.text = " "
    if dialect.containers:
        t.set(XML_SPACE, "preserve")
    p.extend(
        [child for child in other if child.tag not in (dialect.q("pPr"), dialect.q("endParaRPr"))]
    )
    remove(other)
