"""Part names and where targets lead."""

import pytest

from govdocs.opc import is_rels_name, rels_name, write_target
from govdocs.opc.names import maybe_resolve


@pytest.mark.parametrize(
    ("source", "target", "part"),
    [
        ("", "word/document.xml", "word/document.xml"),
        ("", "/word/document.xml", "word/document.xml"),
        ("word/document.xml", "header1.xml", "word/header1.xml"),
        ("word/document.xml", "./header1.xml", "word/header1.xml"),
        ("word/document.xml", "/word/header1.xml", "word/header1.xml"),
        ("word/document.xml", "../customXml/item1.xml", "customXml/item1.xml"),
        ("word/document.xml", "media/image1.png#a", "word/media/image1.png"),
        ("word/document.xml", "media\\image1.png", "word/media/image1.png"),
        ("xl/worksheets/sheet1.xml", "../drawings/drawing1.xml", "xl/drawings/drawing1.xml"),
        ("word/document.xml", "../../../etc/passwd", "etc/passwd"),
        ("word/document.xml", "媒体/图.png", "word/媒体/图.png"),
        ("word/document.xml", "#bookmark", None),
        ("word/document.xml", "", None),
        ("word/document.xml", "/", None),
        ("word/document.xml", "file:///c:/a.docx", None),
        ("word/document.xml", "http://example.org/a", None),
    ],
)
def test_target_is_resolved_from_its_source(source: str, target: str, part: str | None) -> None:
    """Relative, absolute and climbing targets lead to part names; addresses lead to none."""
    assert maybe_resolve(source, target) == part


@pytest.mark.parametrize(
    ("name", "rels"),
    [
        ("", "_rels/.rels"),
        ("document.xml", "_rels/document.xml.rels"),
        ("word/document.xml", "word/_rels/document.xml.rels"),
    ],
)
def test_relationships_of_a_part_stand_beside_it(name: str, rels: str) -> None:
    """The name of a ``.rels`` part follows from the name of its source."""
    assert rels_name(name) == rels
    assert is_rels_name(rels)
    assert not is_rels_name(name)


@pytest.mark.parametrize(
    ("source", "part", "target"),
    [
        ("", "word/document.xml", "word/document.xml"),
        ("word/document.xml", "word/media/image1.png", "media/image1.png"),
        ("xl/worksheets/sheet1.xml", "xl/drawings/drawing1.xml", "/xl/drawings/drawing1.xml"),
    ],
)
def test_written_target_leads_back_to_its_part(source: str, part: str, target: str) -> None:
    """A target is written as short as it can be, and resolves to the part again."""
    assert write_target(source, part) == target
    assert maybe_resolve(source, target) == part
