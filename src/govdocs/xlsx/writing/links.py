"""Links of cells: a cell whose value is a link leads where the link does.

before: ...<pageMargins .../>
after:  ...<hyperlinks><hyperlink ref="B2" r:id="rId3"/></hyperlinks><pageMargins .../>

Source: ECMA-376 part 1, 18.3.1.47. A link of the template on the same cell gives way.
"""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from govdocs.errors import DataError, Place
from govdocs.opc import Draft
from govdocs.xlsx.blocks.columns import ColumnPlaces
from govdocs.xlsx.following.hanging import change_tail
from govdocs.xlsx.grid.address import cell_name
from govdocs.xlsx.slots.text_slots import ADDRESS_SAFE
from govdocs.xlsx.writing.output_sheets import OutputSheet
from govdocs.xlsx.xml.editing import Edits
from govdocs.xlsx.xml.encoding import escape_attribute
from govdocs.xlsx.xml.markup import Element

_LEADS = re.compile(r'r:id="([^"]*)"')
LIMIT = 65_530
"""So many links a sheet may hold."""
_BEFORE = frozenset(
    (
        *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData"),
        *("sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios", "autoFilter"),
        *("sortState", "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr"),
        *("conditionalFormatting", "dataValidations"),
    )
)
"""What stands before the links of a sheet (18.3.1.99)."""
_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"


def write_links(
    draft: Draft, output: OutputSheet, places: ColumnPlaces, chunks: Iterable[bytes]
) -> Iterator[bytes]:
    """Yield a sheet with the links of its cells.

    Args:
        draft: takes the relationships.
        output: the sheet.
        places: where its columns have come out.
        chunks: its part.

    Raises:
        DataError: there are more than a sheet may hold.
    """
    links = list(_find(output, places))
    if len(links) > LIMIT:
        fields = {"count": len(links), "limit": LIMIT}
        raise DataError.of("xlsx.too_many_links", Place(part=output.part), fields=fields)
    root = output.sheet.frame.root
    space = _STRICT if "purl.oclc.org" in root.space else _SPACE
    related: dict[str, str] = {}
    written: dict[str, str] = {}
    own = frozenset(output.sheet.links)
    for cell, url in links:
        if url.startswith("#"):
            target = f'location="{escape_attribute(url[1:])}"'
        else:
            if url not in related:
                address = quote(url, safe=ADDRESS_SAFE)
                kind = f"{space}/hyperlink"
                related[url] = draft.relate(output.part, kind, address, external=True)
            target = f'xmlns:r="{space}" r:id="{related[url]}"'
        written[cell] = f'<{root.prefix}hyperlink ref="{cell}" {target}/>'
    for rel_id in output.sheet.links:
        draft.unrelate(output.part, rel_id)
    return change_tail(chunks, root, lambda whole, edits: _insert(whole, edits, written, own))


def _find(output: OutputSheet, places: ColumnPlaces) -> Iterator[tuple[str, str]]:
    for one in output.state.links if output.state is not None else ():
        for column in places.columns(one.column, one.path):
            yield cell_name(one.row, column), one.url


def _insert(whole: Element, edits: Edits, written: dict[str, str], own: frozenset[str]) -> None:
    """Put the links among those that the sheet has, or where the schema wants them.

    Those whose targets were rendered, ``own``, stay as they are but for what they lead to.
    """
    found = whole.find("hyperlinks")
    if found is not None:
        for one in found.children:
            cell = one.get("ref").partition(":")[0]
            if one.get("id") in own and (led := _LEADS.search(written.get(cell, ""))):
                edits.set(one, "id", led[1])
                del written[cell]
            elif one.get("ref") in written or one.get("id") in own:
                edits.replace(one, "")
        if written:
            edits.append(found, "".join(written.values()))
        return
    if not written:
        return
    new = "".join(written.values())
    markup = f"<{whole.prefix}hyperlinks>{new}</{whole.prefix}hyperlinks>"
    behind = [child for child in whole.children if child.name not in _BEFORE]
    if behind:
        edits.insert_before(behind[0], markup)
    else:
        edits.append(whole, markup)
