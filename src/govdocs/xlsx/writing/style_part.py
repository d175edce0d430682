"""The styles part of a filled workbook; one that had none is given one, for the dates it shows."""

from govdocs.opc import Draft
from govdocs.opc.names import write_target
from govdocs.xlsx.reading.styles import StyleUse
from govdocs.xlsx.reading.workbook import Workbook

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"


def write_styles(styles: StyleUse, workbook: Workbook, draft: Draft) -> None:
    """Write the formats that a filling has appended, if any."""
    if not styles.added:
        return
    part = styles.styles.part
    if part:
        draft.replace(part, styles.write())
        return
    folder, slash, _ = workbook.part.rpartition("/")
    part = f"{folder}{slash}styles.xml"  # some readers look for this name only
    part = draft.unused_name(f"{folder}{slash}styles{{}}.xml") if part in draft else part
    draft.add(part, _TYPE, styles.write())
    space = _STRICT if "purl.oclc.org" in workbook.root.space else _SPACE
    draft.relate(workbook.part, f"{space}/styles", write_target(workbook.part, part))
