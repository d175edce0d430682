"""Hyperlinks written where their tag stands, with a relationship in the part where they land."""

from govdocs.docx.writing.formats import prefix_of, quote
from govdocs.docx.writing.shelf import current_part, shelf
from govdocs.docx.writing.slots import Slot
from govdocs.values.rich import Format

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"


def link_markup(url: str | None, inner: str, slot: Slot, url_id: str | None = None) -> str:
    """Write a hyperlink around runs.

    Args:
        url: the address; ``#name`` is a bookmark of the document; None where ``url_id`` says it.
        inner: the runs.
        slot: of the tag.
        url_id: a relationship of the part; where the part has no such, the runs stand alone.
    """
    w = prefix_of(slot)
    if url and url.startswith("#") and len(url) > 1:
        return f'<{w}hyperlink {w}anchor="{quote(url[1:])}" {w}history="1">{inner}</{w}hyperlink>'
    where = shelf()
    if url:
        url_id = where.relate(current_part(), "hyperlink", url, external=True)
    elif url_id is None or not _is_related(url_id):
        return inner
    r = _STRICT if where.office == _STRICT else _R
    return (
        f'<{w}hyperlink xmlns:r="{r}" r:id="{quote(url_id)}" {w}history="1">{inner}</{w}hyperlink>'
    )


def _is_related(url_id: str) -> bool:
    return any(one.id == url_id for one in shelf().package.relationships(current_part()))


def link_style() -> Format:
    """Return how a link looks: the document's style for links, else blue and underlined."""
    style = shelf().styles.find("character", "hyperlink", "超链接")
    return Format(style=style) if style else Format(color="0563C1", underline=True)
