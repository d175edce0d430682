"""The report is set as GB/T 9704-2012 says (clause numbers in the tests)."""

from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm
from lxml import etree

from tests.support.libreoffice import LibreOffice
from tests.support.packages import read_parts

FORMS = ("disclosure-2014", "disclosure-2019", "disclosure-2021")
ANNEXED = "disclosure-2014"  # the only one whose table is an annex
BODY = "公文正文"
W = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}


def path_of(root: Path, form: str) -> Path:
    """Where the template of a form's report stands."""
    return root / "templates" / form / "report.docx"


@pytest.fixture(scope="module", params=FORMS)
def report(root: Path, request: pytest.FixtureRequest) -> Document:
    """The template of each form's report."""
    return docx.Document(str(path_of(root, request.param)))


def twips(element: Any, name: str) -> int:
    """A length of an element, as it stands in the file."""
    return int(element.get(qn(f"w:{name}")))


def half_points(report: Document, style: str) -> str:
    """The size of a style, in half points, as it stands in the file."""
    [size] = report.styles[style].element.xpath("./w:rPr/w:sz/@w:val")
    return str(size)


def east_asian_font(report: Document, style: str) -> str:
    """The font that a style gives to Chinese."""
    [font] = report.styles[style].element.xpath("./w:rPr/w:rFonts/@w:eastAsia")
    return str(font)


def test_paper_is_a4_and_text_area_is_156_by_225_mm(report: Document) -> None:
    """5.1, 5.2.1: 37 mm above, 28 mm on the binding side; within a tenth of a millimetre."""
    [section] = report.sections
    lengths = [
        (section.page_width, 210),
        (section.page_height, 297),
        (section.top_margin, 37),
        (section.left_margin, 28),
        (section.right_margin, 26),
        (section.bottom_margin, 35),
    ]
    for found, millimetres in lengths:
        assert found is not None
        assert abs(found - Mm(millimetres)) < Mm(0.1)


def test_grid_has_22_lines_of_28_characters(report: Document) -> None:
    """5.2.3: one more line or character would not fit, one less would leave room."""
    [size] = report.element.xpath("//w:pgSz")
    [margins] = report.element.xpath("//w:pgMar")
    height = twips(size, "h") - twips(margins, "top") - twips(margins, "bottom")
    width = twips(size, "w") - twips(margins, "left") - twips(margins, "right")
    [grid] = report.element.xpath("//w:docGrid")
    character = 20 * (16 + twips(grid, "charSpace") / 4096)
    assert grid.get(qn("w:type")) == "linesAndChars"
    assert height // twips(grid, "linePitch") == 22
    assert width // character == 28


@pytest.mark.parametrize("form", FORMS)
def test_page_number_stands_outside_and_is_the_only_thing_in_the_footers(
    root: Path, form: str
) -> None:
    """7.5: odd pages to the right, even pages to the left, a dash on either side."""
    parts = read_parts(path_of(root, form))
    settings = etree.fromstring(parts["word/settings.xml"])
    footers = [etree.fromstring(parts[f"word/footer{number}.xml"]) for number in (1, 2)]
    assert settings.find("w:evenAndOddHeaders", W) is not None
    for footer, style in zip(footers, ("Footer", "FooterEven"), strict=True):
        assert footer.xpath("string(.//w:pStyle/@w:val)", namespaces=W) == style
        assert footer.xpath("string(.//w:instrText)", namespaces=W) == "PAGE"
        assert "".join(t.text or "" for t in footer.iterfind(".//w:t", W)) == "— 1 —"
    styles = etree.fromstring(parts["word/styles.xml"])
    sides = [
        styles.xpath(f"string(//w:style[@w:styleId='{name}']/w:pPr/w:jc/@w:val)", namespaces=W)
        for name in ("Footer", "FooterEven")
    ]
    assert sides == ["right", "left"]


def test_every_style_of_text_names_its_chinese_font(report: Document) -> None:
    """A run without w:eastAsia would be set in whatever font the reader's machine prefers."""
    kinds = (WD_STYLE_TYPE.PARAGRAPH, WD_STYLE_TYPE.CHARACTER)
    styles = [style for style in report.styles if style.type in kinds]
    assert len(styles) > 25
    nameless = [
        style.name
        for style in styles
        if style.name != "Default Paragraph Font"
        and not style.element.xpath("./w:rPr/w:rFonts[@w:eastAsia and @w:ascii and @w:hAnsi]")
    ]
    assert nameless == []


@pytest.mark.parametrize(
    ("style", "font", "size"),
    [
        ("Title", "方正小标宋简体", "44"),
        (BODY, "仿宋_GB2312", "32"),
        ("Heading 1", "黑体", "32"),
        ("Heading 2", "楷体_GB2312", "32"),
        ("Heading 3", "仿宋_GB2312", "32"),
        ("附件说明", "仿宋_GB2312", "32"),
        ("署名", "仿宋_GB2312", "32"),
        ("成文日期", "仿宋_GB2312", "32"),
        ("附件", "黑体", "32"),
        ("附件标题", "方正小标宋简体", "44"),
        ("Footer", "宋体", "28"),
        ("页码（双页）", "宋体", "28"),
    ],
)
def test_style_has_the_font_and_size_of_the_standard(
    report: Document, style: str, font: str, size: str
) -> None:
    """5.2.2, 7.3.1, 7.3.3, 7.3.7, 7.5: 2号 is 22 pt, 3号 16 pt, 4号 14 pt."""
    assert (east_asian_font(report, style), half_points(report, style)) == (font, size)


def test_body_is_indented_by_two_characters(report: Document) -> None:
    """7.3.3: two characters, said as such, so that they stay two when the size is changed."""
    [indent] = report.styles[BODY].element.xpath("./w:pPr/w:ind")
    assert indent.get(qn("w:firstLineChars")) == "200"


def test_paragraphs_and_runs_have_no_format_of_their_own(report: Document) -> None:
    """A clerk restyles the report by its styles alone; rows of a table may be kept together."""
    assert report.element.xpath("//w:p/w:pPr/*[not(self::w:pStyle or self::w:keepNext)]") == []
    assert report.element.xpath("//w:body/w:p/w:pPr/w:keepNext") == []
    assert report.element.xpath("//w:r/w:rPr/*[not(self::w:rStyle)]") == []


def test_annex_begins_on_a_page_of_its_own_and_signature_stays_with_its_date(
    report: Document,
) -> None:
    """7.3.7 and 7.3.5: by style, so that filling cannot undo it."""
    for style in ("附件说明", "附件说明（首项）", "附件说明（续项）", "署名", "署名（不盖章）"):
        assert report.styles[style].element.xpath("./w:pPr/w:keepNext"), style
    assert report.styles["附件"].element.xpath("./w:pPr/w:pageBreakBefore")


def test_title_breaks_between_the_unit_and_the_name_of_the_report(report: Document) -> None:
    """7.3.1: the words of each line are complete."""
    titles = [p.text for p in report.paragraphs if p.style and p.style.name == "Title"]
    assert titles == ["{{ unit.name_title }}{{ report.year }}年\n政府信息公开工作年度报告"]


def test_table_of_the_annex_repeats_its_head_and_breaks_no_row(root: Path) -> None:
    """The annex runs over several pages."""
    [table] = docx.Document(str(path_of(root, ANNEXED))).tables
    heads = [bool(row._tr.xpath("./w:trPr/w:tblHeader")) for row in table.rows]
    assert heads == [True] + [False] * 65
    assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in table.rows)
    assert not table.autofit


def test_printed_page_has_22_lines_of_28_characters(
    root: Path, tmp_path: Path, libreoffice: LibreOffice
) -> None:
    """What the grid and the styles say is what LibreOffice prints, whatever fonts it has."""
    document = docx.Document(str(path_of(root, ANNEXED)))
    body = document.element.body
    for block in body.xpath("./w:p | ./w:tbl"):
        body.remove(block)
    document.add_paragraph("国" * (28 * 22 * 2 + 26), BODY)
    document.save(str(tmp_path / "full.docx"))
    first, second, third = libreoffice.pages(tmp_path / "full.docx", tmp_path)
    assert printed_lines(first) == [26] + [28] * 21
    assert printed_lines(second) == [28] * 22
    assert printed_lines(third) == [28]
    number = {page: line.index("—") for page in (first, second) for line in number_line(page)}
    assert number[first] > 15 > number[second]


def printed_lines(page: str) -> list[int]:
    """How many characters stand on each line of a printed page."""
    return [line.count("国") for line in page.splitlines() if "国" in line]


def number_line(page: str) -> list[str]:
    """The line of a printed page that holds its number."""
    return [line for line in page.splitlines() if "—" in line]
