# ruff: noqa: E501 - a template's paragraph fits on a line

"""Larger programs, as offices write them: an invoice, a yearly report, letters to many."""

import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import jinja2
from docx.shared import Mm

from tests.compat.samples import make, paragraph, save
from tests.compat.typing_hand import box, grid, lines, typed
from tests.values.pictures import png

BOLD = "<w:rPr><w:b/></w:rPr>"
RIGHT = '<w:pPr><w:jc w:val="right"/></w:pPr>'


def invoice(docxtpl: Any, place: Path) -> None:
    """Lines with amounts and notes, a total, a coloured state, a logo, a link to pay."""
    body = (
        lines("{{ logo }}")
        + typed("Invoice {{ number }}", BOLD)
        + typed("{{ date.strftime('%Y-%m-%d') }}", style=RIGHT)
        + lines("{%p for line in customer.address %}", "{{ line }}", "{%p endfor %}")
        + grid(
            ("No.", "Item", "Price"),
            ("{%tr for item in items %}", "", ""),
            (
                "{{ loop.index }}",
                box("{{ item.name }}", "{%p if item.note %}", "{{ item.note }}", "{%p endif %}"),
                "{{ item.price|money }}",
            ),
            ("{%tr endfor %}", "", ""),
            (
                box("{% colspan 2 %}Total"),
                box(typed("{{ items|sum(attribute='price')|money }}", BOLD, RIGHT)),
            ),
            (
                box(
                    "{% cellbg 'FF0000' if due else '00FF00' %}{% if due %}due{% else %}paid{% endif %}"
                ),
                "{{ currency }}",
                "",
            ),
        )
        + paragraph("Pay at ", "{{r link }}", ".")
        + lines("{{ remarks }}", "{#p checked by the office #}")
    )
    environment = jinja2.Environment()
    environment.filters["money"] = lambda value: f"{value:,.2f}"

    def change(document: Any) -> None:
        document.core_properties.title = "Invoice {{ number }}"
        document.sections[0].footer.paragraphs[0].text = "{{ customer.name }} · {{ number }}"

    content = make(body, "{{ sender }} {{ logo }}", change)
    for number, paid in (("2019/1", True), ("2019/2", False)):
        template = docxtpl.DocxTemplate(io.BytesIO(content))
        link = docxtpl.RichText(
            "our site",
            url_id=template.build_url_id(f"https://example.org/pay?no={number}"),
            style="Strong",
        )
        template.render(
            {
                "number": number,
                "date": dt.date(2019, 1, 24),
                "due": not paid,
                "currency": "EUR",
                "sender": "Office",
                "customer": {"name": "A and B", "address": ["A and B", "Street 1", "00000 Town"]},
                "items": [
                    {"name": "Paper", "price": 1234.5, "note": "A4\nwhite"},
                    {"name": "Ink", "price": 20},
                ],
                "logo": docxtpl.InlineImage(template, io.BytesIO(png(20, 10)), width=Mm(15)),
                "link": link,
                "remarks": docxtpl.Listing("Thank you & good bye\nsee <you>"),
            },
            environment,
        )
        template.save(place / f"{number.replace('/', '-')}.docx")


def report(docxtpl: Any, place: Path) -> None:
    """Chapters with prose, figures, tables of both directions, notes, pictures, an appendix."""
    body = (
        typed("{{ office }}{{ year }}年报告", BOLD)
        + lines("{%p for chapter in chapters %}")
        + typed(
            "{{ loop.index }}、{{ chapter.title }}",
            style='<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>',
        )
        + lines(
            "{{ chapter.text }}", "{%p if chapter.image %}", "{{ chapter.image }}", "{%p endif %}"
        )
        + lines("{%p for point in chapter.points %}")
        + typed("{{ point }}", style='<w:pPr><w:pStyle w:val="ListBullet"/></w:pPr>')
        + lines("{%p endfor %}", "{%p endfor %}")
        + grid(
            ("", "{%tc for y in years %}", "{{ y }}年", "{%tc endfor %}"),
            ("{%tr for row in rows %}", "", "", ""),
            (
                "{{ row.name }}",
                "{%tc for v in row.values_ %}",
                "{{ '%d'|format(v) }}",
                "{%tc endfor %}",
            ),
            ("{%tr endfor %}", "", "", ""),
        ).replace('<w:gridCol w:w="1000"/>', "", 1)
        + grid(
            ("{%tr for g in groups %}", ""),
            ("{%tr for m in g.members %}", ""),
            ("{% vm %}{{ g.name }}", "{{ m }}"),
            ("{%tr endfor %}", ""),
            ("{%tr endfor %}", ""),
        )
        + paragraph("{{p statement }}")
        + lines(
            "Signed", "{%- if deputy -%}", "\xa0for the head", "{%- endif -%}", "\xa0on {{ date }}."
        )
        + paragraph("{{p appendix }}")
        + paragraph("{{r closing }}")
    )

    def change(document: Any) -> None:
        for section in document.sections:
            section.different_first_page_header_footer = True
            section.first_page_header.paragraphs[0].text = "{{ office }}"
            section.footer.paragraphs[0].text = "{{ year }}"
        document.core_properties.subject = "{{ year }}"

    template = docxtpl.DocxTemplate(io.BytesIO(make(body, "{{ office }} {{ year }}", change)))
    appendix = template.new_subdoc()
    appendix.add_heading("Appendix", 1)
    appendix.add_table(2, 2).cell(0, 0).text = "cell"
    appendix.add_picture(io.BytesIO(png(5, 5)))
    statement = docxtpl.RichTextParagraph(docxtpl.R("说明", bold=True), parastyle="Heading2")
    statement.add("正文\n续行")
    closing = docxtpl.RichText("谨此", color="#333333", size=28)
    closing.add("报告", italic=True, underline="wave")
    context = {
        "office": "某局",
        "year": 2018,
        "years": [2017, 2018],
        "deputy": True,
        "date": dt.date(2019, 1, 24),
        "chapters": [
            {
                "title": "概述",
                "text": "第一段\a第二段",
                "points": ["甲", "乙"],
                "image": docxtpl.InlineImage(template, io.BytesIO(png(9, 3))),
            },
            {"title": "数据", "text": "x\ty", "points": []},
        ],
        "rows": [{"name": "件数", "values_": [1, 2]}, {"name": "金额", "values_": [3.0, 4.0]}],
        "groups": [{"name": "A", "members": "xy"}, {"name": "B", "members": "z"}],
        "statement": statement,
        "appendix": appendix,
        "closing": closing,
    }
    template.render(context)
    template.save(place / "out.docx")


def letters_from_json(docxtpl: Any, place: Path) -> None:
    """One template object, a letter for each record of a file, names checked first."""
    (place / "records.json").write_text(
        json.dumps([{"name": "张三", "sums": [1, 2]}, {"name": "李四", "sums": []}])
    )
    body = lines(
        "{{ name }}：", "{%p if sums %}", "合计{{ sums|sum }}", "{%p else %}", "无", "{%p endif %}"
    ) + grid(
        ("n", "m"),
        ("{%tr for s in sums %}", ""),
        ("{{ s }}", "{{ loop.index }}"),
        ("{%tr endfor %}", ""),
    )
    (place / "template.docx").write_bytes(make(body, "{{ name }}"))
    template = docxtpl.DocxTemplate(str(place / "template.docx"))
    assert template.get_undeclared_template_variables() == {"name", "sums"}
    for number, record in enumerate(json.loads((place / "records.json").read_text())):
        template.render(record)
        template.save(place / f"{number}.docx")
        assert not template.get_undeclared_template_variables(context=record)
    (place / "last.docx").write_bytes(save(template))
