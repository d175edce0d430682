"""Templates as LibreOffice and WPS save them come through whole."""

# ruff: noqa: E501 - markup stands on a line

import io
from pathlib import Path

import docx
import pytest
from docx.shared import Pt
from lxml import etree

from govdocs.template import Template
from tests.support.libreoffice import LibreOffice
from tests.support.packages import read_compressed, read_parts, replace_parts
from tests.support.soundness import assert_sound
from tests.support.word import part_of, read_body

DATA = {
    "单位": {"名称": "贺兰工业园区"},
    "year": 2018,
    "rows": [{"name": "主动公开", "count": 401}, {"name": "依申请", "count": 7}],
    "sections": [{"title": "概述", "items": ["甲", "乙"]}, {"title": "收费", "items": ["丙"]}],
    "secret": False,
}


def write_template(path: Path) -> None:
    """Write a template with all that an office uses."""
    document = docx.Document()
    document.core_properties.title = "{{ year }}年度报告"
    document.sections[0].header.paragraphs[0].text = "{{ 单位.名称 }}"
    document.sections[0].footer.paragraphs[0].text = "第 {{ year }} 号"
    document.add_heading("{{ 单位.名称 }}{{ year }}年度报告", 0)
    document.add_paragraph("{%p if secret %}")
    document.add_paragraph("机密")
    document.add_paragraph("{%p endif %}")
    p = document.add_paragraph("共")
    p.add_run("{{ rows[0]").bold = True
    p.add_run(".count }}").font.size = Pt(20)
    p.add_run("件。")
    table = document.add_table(2, 2, "Table Grid")
    table.cell(0, 0).text, table.cell(0, 1).text = "名称", "件数"
    table.cell(1, 0).text = "{%tr for row in rows %}{{ row.name }}"
    table.cell(1, 1).text = "{{ row.count }}{%tr endfor %}"
    document.add_paragraph("{% for section in sections %}")
    document.add_heading("{{ section.title }}", 1)
    document.add_paragraph("{% for item in section['items'] %}")
    document.add_paragraph("{{ item }}", "List Number")
    document.add_paragraph("{% endfor %}")
    document.add_paragraph("{% endfor %}")
    document.save(str(path))


def check(template: Path) -> bytes:
    """Fill a template and check what must hold of every outcome."""
    filled = bytes(Template(template).fill(DATA))
    assert_sound(filled, template.read_bytes())
    before, after = read_compressed(template), read_compressed(filled)
    assert list(before)[: len(after)] == list(after)[: len(before)]
    tagged = {name for name, data in read_parts(template).items() if b"{" in data}
    changed = {name for name in before if before[name] != after[name]}
    types = {"[Content_Types].xml"} if template.suffix == ".dotx" else set()
    assert changed <= tagged | {"word/numbering.xml"} | types
    for name, data in read_parts(filled).items():
        assert b"{{" not in data, name
        assert b"{%" not in data, name
    return filled


def test_template_as_python_docx_saves_it(tmp_path: Path) -> None:
    """The plain case, read back by python-docx."""
    write_template(tmp_path / "a.docx")
    document = docx.Document(io.BytesIO(check(tmp_path / "a.docx")))
    texts = [p.text for p in document.paragraphs]
    assert texts == ["贺兰工业园区2018年度报告", "共401件。", "概述", "甲", "乙", "收费", "丙"]
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
        ["名称", "件数"],
        ["主动公开", "401"],
        ["依申请", "7"],
    ]
    assert document.core_properties.title == "2018年度报告"
    assert document.sections[0].header.paragraphs[0].text == "贺兰工业园区"


@pytest.mark.parametrize(
    "way",
    [
        pytest.param(("docx",), marks=pytest.mark.slow),
        ("odt", "docx"),
        pytest.param(("docm",), marks=pytest.mark.slow),
        ("dotx",),
    ],
)
def test_template_as_libreoffice_saves_it(
    tmp_path: Path, libreoffice: LibreOffice, way: tuple[str, ...]
) -> None:
    """Saved as Word's own formats, or by way of its own format."""
    source = tmp_path / "made.docx"
    write_template(source)
    filters = {
        "docx": "docx:MS Word 2007 XML",
        "docm": "docm:MS Word 2007 XML VBA",
        "dotx": "dotx:MS Word 2007 XML Template",
    }
    for number, kind in enumerate(way):
        source = libreoffice.convert(source, filters.get(kind, kind), tmp_path / str(number))
    body = read_body(check(source))
    for text in ("共", "401", "主动公开", "依申请", "概述", "甲", "乙", "收费", "丙"):
        assert text in body
    assert "机密" not in body


def test_filled_document_is_printed_by_libreoffice(
    tmp_path: Path, libreoffice: LibreOffice
) -> None:
    """Lists begin anew, headers are filled, nothing is left of the template."""
    write_template(tmp_path / "a.docx")
    (tmp_path / "filled.docx").write_bytes(check(tmp_path / "a.docx"))
    [page] = libreoffice.pages(tmp_path / "filled.docx", tmp_path / "out")
    lines = [line.strip().replace(" ", "") for line in page.splitlines() if line.strip()]
    assert lines[0] == "贺兰工业园区"
    assert [line for line in lines if line[-1] in "甲乙丙"] == ["1.甲", "2.乙", "1.丙"]
    assert "{" not in page


def test_template_as_wps_saves_it(tmp_path: Path) -> None:
    """Its own namespaces and properties stay; its runs are cut at every change of language."""
    write_template(tmp_path / "a.docx")
    parts = read_parts(tmp_path / "a.docx")
    run = '<w:r><w:rPr><w:rFonts w:hint="eastAsia" w:ascii="仿宋_GB2312" w:eastAsia="仿宋_GB2312"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr><w:t>{}</w:t></w:r>'
    cut = "".join(run.format(piece) for piece in ["{", "{ 单位", ".", "名称", " }", "}"])
    body = parts["word/document.xml"].decode()
    head, tail = body.split("<w:body>", 1)
    head = head.replace(
        "<w:document ",
        '<w:document xmlns:wpsCustomData="http://www.wps.cn/officeDocument/2013/wpsCustomData" ',
    )
    custom = '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="KSOProductBuildVer"><vt:lpwstr>2052-12.1.0.15990</vt:lpwstr></property></Properties>'
    types = parts["[Content_Types].xml"].replace(
        b"</Types>",
        b'<Override PartName="/docProps/custom.xml" ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/></Types>',
    )
    wps = replace_parts(
        tmp_path / "a.docx",
        {
            "word/document.xml": f"{head}<w:body><w:p>{cut}</w:p>{tail}",
            "docProps/custom.xml": custom,
            "[Content_Types].xml": types,
        },
    )
    (tmp_path / "wps.docx").write_bytes(wps)
    filled = check(tmp_path / "wps.docx")
    assert read_parts(filled)["docProps/custom.xml"].decode() == custom
    first = next(part_of(filled).iter("{*}p"))
    assert "".join(map(str, first.itertext())) == "贺兰工业园区"
    [fonts] = first.iter("{*}rFonts")
    assert "仿宋_GB2312" in etree.tostring(fonts, encoding="unicode")
    assert b"wpsCustomData" in read_parts(filled)["word/document.xml"]
