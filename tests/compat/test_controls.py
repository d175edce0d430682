"""Content controls with tags: no prompts any more, and their data say what they show."""

import io
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

import govdocs.compat.docxtpl as ours
from tests.compat.samples import body_of, make, paragraph, render
from tests.support.packages import read_parts

STORE = "{11111111-2222-3333-4444-555555555555}"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"


def control(properties: str, run: str = "<w:r><w:t>{{ x }}</w:t></w:r>") -> str:
    """Write a paragraph with a control in it."""
    held = f"<w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{run}</w:sdtContent>"
    return f"<w:p><w:sdt>{held}</w:sdt></w:p>"


def test_control_that_was_filled_shows_no_prompt() -> None:
    """The mark of a placeholder goes, with its grey; a control without tags keeps both."""
    grey = '<w:r><w:rPr><w:rStyle w:val="Grey"/></w:rPr><w:t>§</w:t></w:r>'
    shown = "<w:showingPlcHdr/>"
    body = control(shown, grey.replace("§", "{{ x }}")) + control(shown, grey)

    def change(document: Any) -> None:
        style = document.styles.add_style("Placeholder Text", WD_STYLE_TYPE.CHARACTER)
        style.element.set(f"{{{style.element.nsmap['w']}}}styleId", "Grey")

    filled = body_of(render(ours, make(body, change=change), {"x": "值"}))
    assert filled.count("showingPlcHdr") == filled.count('w:val="Grey"') == 1
    assert filled.index("值") < filled.index("showingPlcHdr")


def add_store(text: str) -> Any:
    """Make the change that adds a custom XML part, with its identity."""

    def change(document: Any) -> None:
        package = document.part.package
        kind = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
        item = Part(
            PackURI("/customXml/item7.xml"),
            "application/xml",
            f'<d xmlns="urn:d"><name>{text}</name></d>'.encode(),
            package,
        )
        described = f'<ds:i xmlns:ds="{OFFICE}/customXml" ds:itemID="{STORE}"/>'.encode()
        properties = Part(PackURI("/customXml/itemProps7.xml"), kind, described, package)
        item.relate_to(properties, f"{OFFICE}/relationships/customXmlProps")
        document.part.relate_to(item, f"{OFFICE}/relationships/customXml")

    return change


def test_data_of_a_bound_control_are_filled_with_it() -> None:
    """Word shows the data: whether the tag stands in them or only in the control."""
    bound = (
        '<w:dataBinding w:prefixMappings="xmlns:d=\'urn:d\'" w:xpath="/d:d[1]/d:name[1]" '
        f'w:storeItemID="{STORE}"/>'
    )
    for text in ("old", "{{ x }}", ""):
        template = make(control(bound), change=add_store(text))
        parts = read_parts(render(ours, template, {"x": "R&D"}))
        assert b"<name>R&amp;D</name>" in parts["customXml/item7.xml"]
        assert "R&amp;D" in parts["word/document.xml"].decode()


def test_data_that_no_tag_stands_for_stay() -> None:
    """A control without tags, a path that is no plain one, another store."""
    other = '<w:dataBinding w:xpath="//*" w:storeItemID=""/>'
    body = control(other) + paragraph("{{ x }}")
    parts = read_parts(render(ours, make(body, change=add_store("old")), {"x": 1}))
    assert b"<name>old</name>" in parts["customXml/item7.xml"]


def test_names_in_bound_data_are_asked_for() -> None:
    """What only the data name is among the names of the template."""
    template = ours.DocxTemplate(io.BytesIO(make("", change=add_store("{{ only_there }}"))))
    assert template.get_undeclared_template_variables() == {"only_there"}
