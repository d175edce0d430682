"""Pictures as values, and pictures of the template that a tag in their alt text swaps."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.shared import Mm

from govdocs import DataError, Image, Seal, Template
from tests.compat.samples import body_of, make, paragraph, save
from tests.support.auditing import audit_against
from tests.support.packages import read_parts
from tests.values.pictures import bmp, gif, jpeg, png, tiff

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"></svg>'


def extents(content: bytes) -> list[tuple[int, int]]:
    """Read the size of each picture of a body."""
    found = re.findall(r'<wp:extent cx="(\d+)" cy="(\d+)"/>', body_of(content))
    return [(int(width), int(height)) for width, height in found]


def test_picture_with_one_side_keeps_its_ratio() -> None:
    """The side that is not given follows."""
    filled = Template(make(paragraph("{{ x }}"))).fill({"x": Image(png(40, 20), width=Mm(30))})
    assert extents(bytes(filled)) == [(Mm(30), Mm(15))]


def test_picture_without_size_has_its_own_and_stays_within_the_text() -> None:
    """A small picture has its natural size, a huge one the width of the text."""
    template = Template(make(paragraph("{{ x }}")))
    small = bytes(template.fill({"x": Image(png(40, 20))}))
    assert extents(small) == [(508000, 254000)]
    document = docx.Document(io.BytesIO(small))
    section = document.sections[0]
    width = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    huge = bytes(template.fill({"x": Image(png(4000, 2000))}))
    assert extents(huge) == [(width, width // 2)]


@pytest.mark.parametrize(
    ("data", "ending", "kind"),
    [
        (png(), "png", "image/png"),
        (jpeg(), "jpg", "image/jpeg"),
        (gif(), "gif", "image/gif"),
        (bmp(), "bmp", "image/bmp"),
        (tiff(), "tif", "image/tiff"),
    ],
)
def test_picture_of_each_kind_is_a_part_of_its_type(data: bytes, ending: str, kind: str) -> None:
    """The part is named and typed by what the picture is."""
    filled = Template(make(paragraph("{{ x }}"))).fill({"x": Image(data, Mm(3), Mm(3))})
    parts = read_parts(bytes(filled))
    assert parts[f"word/media/image1.{ending}"] == data
    assert f'Extension="{ending}" ContentType="{kind}"'.encode() in parts["[Content_Types].xml"]


def test_picture_used_often_is_one_part_with_ids_of_their_own() -> None:
    """Body and header show one part; each part relates to it; no two drawings have one id."""
    template = Template(make(paragraph("{{ x }}") * 3, header="{{ x }}"))
    parts = read_parts(bytes(template.fill({"x": Image(png(), alt="图 & 表")})))
    assert [name for name in parts if name.startswith("word/media/")] == ["word/media/image1.png"]
    xml = parts["word/document.xml"].decode() + parts["word/header1.xml"].decode()
    ids = re.findall(r'<wp:docPr id="(\d+)"', xml)
    assert len(ids) == len(set(ids)) == 4
    assert xml.count('descr="图 &amp; 表"') == 4
    assert b"media/image1.png" in parts["word/_rels/header1.xml.rels"]


def test_svg_stands_behind_its_fallback() -> None:
    """Readers that know SVG show it, others the PNG; without one the filling says so."""
    template = Template(make(paragraph("{{ x }}")))
    both = bytes(template.fill({"x": Image(SVG, fallback=png(40, 20))}))
    parts = read_parts(both)
    assert {"word/media/image1.svg", "word/media/image1.png"} <= set(parts)
    shown = re.search(r'<a:blip [^>]*r:embed="(\w+)"', body_of(both))
    assert shown is not None
    assert f'Id="{shown[1]}"' in parts["word/_rels/document.xml.rels"].decode()
    assert "svgBlip" in body_of(both)
    alone = template.fill({"x": Image(SVG)})
    assert [note.code for note in alone.notes] == ["value.svg_without_fallback"]


def test_missing_picture_is_told_with_its_tag_and_all_others() -> None:
    """Two pictures that are not there are two problems, each with tag and file."""
    template = Template(make(paragraph("{{ x }}") + paragraph("{{ y }}")))
    with pytest.raises(DataError) as caught:
        template.fill({"x": Image("none-a.png"), "y": Image("none-b.png")})
    assert [one.code for one in caught.value.problems] == ["value.picture_missing"] * 2
    assert [one.places[0].tag for one in caught.value.problems] == ["{{ x }}", "{{ y }}"]
    assert [one.places[1].file for one in caught.value.problems] == ["none-a.png", "none-b.png"]


def test_filled_pictures_are_valid(tmp_path: Path) -> None:
    """A validator finds nothing that it did not find in the template."""
    template, filled = tmp_path / "template.docx", tmp_path / "filled.docx"
    template.write_bytes(make(paragraph("{{ x }}"), header="{{ x }}"))
    Template(template).fill({"x": Image(png(40, 20), width=Mm(20))}).save(filled)
    assert audit_against(filled, template) == []


def swappable(attribute: str = "descr") -> bytes:
    """Make a document that shows one picture twice, the first named by a tag."""

    def change(document: Any) -> None:
        document.add_picture(io.BytesIO(png(40, 20)))
        document.add_picture(io.BytesIO(png(40, 20)))
        document.inline_shapes[0]._inline.docPr.set(attribute, "{{ photo }}")

    return make("", change=change)


@pytest.mark.parametrize("attribute", ["descr", "title", "name"])
def test_picture_named_by_a_tag_is_swapped_where_it_stands(attribute: str) -> None:
    """The named picture shows the value in the same frame; the other one stays."""
    filled = bytes(Template(swappable(attribute)).fill({"photo": Image(png(8, 8), alt="新")}))
    shown = re.findall(r'r:embed="(\w+)"', body_of(filled))
    assert len(set(shown)) == 2
    assert extents(filled) == extents(swappable())
    assert f'{attribute}="新"' in body_of(filled)
    assert read_parts(filled)["word/media/image2.png"] == png(8, 8)


def test_swap_by_something_else_leaves_the_picture() -> None:
    """A text is a description; a seal without image leaves the placeholder."""
    template = Template(swappable())
    before = re.findall(r'r:embed="(\w+)"', body_of(swappable()))
    for value in ("说明", Seal()):
        filled = bytes(template.fill({"photo": value}))
        assert re.findall(r'r:embed="(\w+)"', body_of(filled)) == before


def test_swap_reaches_both_branches_of_a_choice() -> None:
    """The picture of the fallback is swapped with that of the choice."""
    body = body_of(swappable())
    drawing = body[body.index("<w:drawing") : body.index("</w:drawing>") + 12]
    rel = re.search(r'r:embed="(\w+)"', drawing)
    assert rel is not None
    fallback = (
        '<w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape>'
        f'<v:imagedata r:id="{rel[1]}"/></v:shape></w:pict>'
    )
    choice = (
        f'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        f'><mc:Choice Requires="wps">{drawing}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )
    with zipfile.ZipFile(io.BytesIO(swappable())) as archive:
        parts: dict[str, bytes | str] = {name: archive.read(name) for name in archive.namelist()}
    xml = str(parts["word/document.xml"].decode()).replace(drawing, choice, 1)  # type: ignore[union-attr]
    from tests.support.packages import write_package

    filled = bytes(
        Template(write_package({**parts, "word/document.xml": xml})).fill(
            {"photo": Image(png(8, 8))}
        )
    )
    shown = re.search(r'<mc:Choice.*?r:embed="(\w+)"', body_of(filled), re.DOTALL)
    fallen = re.search(r'<v:imagedata r:id="(\w+)"', body_of(filled))
    assert shown is not None
    assert fallen is not None
    assert shown[1] == fallen[1] != rel[1]


def test_saved_document_still_opens() -> None:
    """python-docx reads what was filled."""
    filled = Template(swappable()).fill({"photo": Image(png(8, 8))})
    assert len(filled.to_docx().inline_shapes) == 2
    assert save(filled.to_docx())
