"""Text boxes stand in a part twice: as a shape for newer readers, and again for older ones.

Where both hold the same text, only the first is compiled; what it prints is copied into the second,
so that both show the same even where a tag counts or a list can be read only once.
"""

from collections.abc import Iterator

from lxml import etree

from govdocs.docx.compiling.guards import Guard, token
from govdocs.docx.tree.anchors import Inserts, put_after, put_before
from govdocs.docx.tree.dialect import MC, WORD
from govdocs.docx.tree.streams import Element, remove

_IDS = ("paraId", "textId", "rsidR", "rsidRPr", "rsidRDefault", "rsidP", "id", "anchorId", "editId")


def join_boxes(root: Element, inserts: Inserts) -> None:
    """Let the second content of each text box that holds a tag be a copy of the first.

    before: <Choice><txbxContent>{{ x }}</txbxContent></Choice><Fallback>...{{ x }}...</Fallback>
    after:  <Choice>‹<txbxContent>{{ x }}</txbxContent>›</Choice><Fallback>...§...</Fallback>
    """
    numbers = iter(range(1 << 30))
    for alternatives in list(root.iter(f"{{{MC}}}AlternateContent")):
        for shown, copied in list(alike_boxes(alternatives)):
            text = "".join(map(str, shown.itertext()))
            if "{" not in text and "｛" not in text:
                continue
            number = next(numbers)
            put_before(shown, inserts.text(token(Guard.KEEP, number)))
            put_after(shown, inserts.text(token(Guard.KEEP_END, number)))
            put_before(copied, inserts.text(token(Guard.COPY, number)))
            remove(copied)


def alike_boxes(alternatives: Element) -> Iterator[tuple[Element, Element]]:
    """Yield the contents that are shown in a choice and, the same, in the fallback."""
    choices = [_contents(one) for one in alternatives.iterchildren(f"{{{MC}}}Choice")]
    fallback = next(alternatives.iterchildren(f"{{{MC}}}Fallback"), None)
    if not choices or fallback is None:
        return
    copies = _contents(fallback)
    if len(choices[0]) == len(copies):
        for shown, copied in zip(choices[0], copies, strict=True):
            if _bare(shown) == _bare(copied):
                yield shown, copied


def _contents(branch: Element) -> list[Element]:
    names = [dialect.q("txbxContent") for dialect in WORD.values()]
    return [one for one in branch.iter(*names) if _is_outermost(one, branch)]


def _is_outermost(content: Element, branch: Element) -> bool:
    for up in content.iterancestors():
        if up is branch:
            return True
        if up.tag == content.tag:
            return False
    return False


def _bare(content: Element) -> bytes:
    """Write what a text box holds, without the numbers that writers give to each paragraph."""
    copy = etree.fromstring(etree.tostring(content, with_tail=False, encoding="UTF-8"))
    for element in copy.iter(etree.Element):
        for name in list(element.attrib):
            if etree.QName(name).localname in _IDS:
                del element.attrib[name]
    return etree.tostring(copy, method="c14n", exclusive=True)
