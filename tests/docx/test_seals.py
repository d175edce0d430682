"""Seals: placed as GB/T 9704-2012 7.3.5.1 says, never drawn."""

import io
import re
from pathlib import Path

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from govdocs import Seal, Template
from govdocs.docx.writing.seals import across, down
from tests.compat.samples import body_of, save
from tests.support.auditing import audit_against
from tests.values.pictures import png

MM = 36_000
LINE = 28 * 12_700
SIZE = 16 * 12_700


def letter(signature: str, blank: int = 2) -> bytes:
    """Make a letter: body, blank lines, signature, date."""
    document = docx.Document()
    for text in ("正文。" * 9, *[""] * blank, signature, "2019年1月24日"):
        p = document.add_paragraph()
        p.add_run(text).font.size = Pt(16)
        p.paragraph_format.line_spacing = Pt(28)
        if text and not text.startswith("正文"):
            p.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return save(document)


def test_seal_is_centred_on_the_signature_wherever_its_tag_stands() -> None:
    """From the tag to the seal's left side: half of the signature's rest less half of the seal."""
    diameter = 42 * MM
    assert across("某某县人民政府", "", diameter, SIZE) == -7 * SIZE + 7 * SIZE // 2 - 21 * MM
    assert across("", "某某县人民政府", diameter, SIZE) == 7 * SIZE // 2 - 21 * MM
    spaced = across("　　某某局", "（盖章）", diameter, SIZE)
    assert spaced == 2 * SIZE + 3 * SIZE // 2 - 5 * SIZE - 21 * MM


def test_seals_top_is_within_a_line_of_the_body_and_presses_on_the_signature() -> None:
    """For any number of blank lines both hold as far as they can."""
    diameter = 42 * MM
    for blank in range(4):
        top = down(blank, diameter, LINE)
        assert top <= 0
        assert top + diameter >= 2 * LINE
        if blank <= 2:
            assert -blank * LINE <= top <= (1 - blank) * LINE
    assert down(9, diameter, LINE) == 2 * LINE - diameter


def test_seal_floats_behind_the_text_without_a_line_of_its_own(tmp_path: Path) -> None:
    """An anchor behind the text, of the diameter; the signature's text stays as it was."""
    template, filled = tmp_path / "template.docx", tmp_path / "filled.docx"
    template.write_bytes(letter("{{ 单位 }}{{ 章 }}（盖章）"))
    Template(template).fill({"单位": "某某市某某局", "章": Seal(png(9, 9))}).save(filled)
    body = body_of(filled.read_bytes())
    assert 'behindDoc="1"' in body
    assert f'<wp:extent cx="{42 * MM}" cy="{42 * MM}"/>' in body
    offsets = [int(one) for one in re.findall(r"<wp:posOffset>(-?\d+)</wp:posOffset>", body)]
    assert offsets == [-6 * SIZE + 3 * SIZE - 21 * MM, LINE - 21 * MM - 3 * MM]
    texts = [p.text for p in docx.Document(str(filled)).paragraphs]
    assert texts[-2:] == ["某某市某某局（盖章）", "2019年1月24日"]
    assert audit_against(filled, template) == []


def test_seal_without_image_prints_nothing_and_leaves_the_placeholder() -> None:
    """（盖章） is text of the form and stays."""
    filled = Template(letter("某某局{{ 章 }}（盖章）")).fill({"章": Seal()})
    assert filled.to_docx().paragraphs[-2].text == "某某局（盖章）"
    assert "drawing" not in body_of(bytes(filled))


def test_diameter_is_the_offices() -> None:
    """An office whose seal is smaller says so."""
    filled = Template(letter("某某局{{ 章 }}")).fill({"章": Seal(io.BytesIO(png(9, 9)), Mm(38))})
    assert f'cx="{38 * MM}"' in body_of(bytes(filled))
