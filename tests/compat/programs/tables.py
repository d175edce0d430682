# ruff: noqa: E501 - a template's paragraph fits on a line

"""What docxtpl's documentation says of rows, columns, spans, merged and coloured cells."""

from pathlib import Path
from typing import Any

from markupsafe import Markup

from tests.compat.programs.tags import fill
from tests.compat.samples import paragraph
from tests.compat.typing_hand import box, grid, lines, typed

ITEMS = [
    {"label": "yellow", "cols": ["banana", "capsicum", "pyrite"]},
    {"label": "red", "cols": ["apple", "tomato", "brick"]},
    {"label": "green", "cols": ["guava", "cucumber", "aventurine"]},
]
SPAN3 = '<w:tcW w:w="3000" w:type="dxa"/><w:gridSpan w:val="3"/>'


def dynamic_table(docxtpl: Any, place: Path) -> None:
    """Rows and columns both from data, under a heading as wide as the columns."""
    body = grid(
        ("", box("{% colspan labels|count %}Labels", properties=SPAN3)),
        ("", "{%tc for col in labels %}", "{{ col }}", "{%tc endfor %}"),
        ("{%tr for item in items %}", "", "", ""),
        ("{{ item.label }}", "{%tc for col in item.cols %}", "{{ col }}", "{%tc endfor %}"),
        ("{%tr endfor %}", "", "", ""),
    )
    context = {"labels": ["fruit", "vegetable", "stone"], "items": ITEMS}
    (place / "out.docx").write_bytes(fill(docxtpl, body + lines("after"), context))


def rows(docxtpl: Any, place: Path) -> None:
    """Repeat rows, with conditions in them and about them, and totals behind."""
    body = grid(
        ("No.", "Name", "Price"),
        ("{%tr for item in items %}", "", ""),
        (
            "{{ loop.index }}",
            "{{ item.name }}{% if item.new %} (new){% endif %}",
            "{{ '%.2f'|format(item.price) }}",
        ),
        ("{%tr if item.note %}", "", ""),
        ("", "note: {{ item.note }}", ""),
        ("{%tr endif %}", "", ""),
        ("{%tr endfor %}", "", ""),
        ("", "Total", "{{ '%.2f'|format(items|sum(attribute='price')) }}"),
    )
    items = [
        {"name": "a", "price": 1.5},
        {"name": "b", "price": 2, "new": True, "note": "two\nlines"},
    ]
    (place / "two.docx").write_bytes(fill(docxtpl, body, {"items": items}))
    (place / "none.docx").write_bytes(fill(docxtpl, body, {"items": []}))


def tags_in_any_cell(docxtpl: Any, place: Path) -> None:
    """The row's tag stands in the last cell, amid empty ones; begin and end in one table twice."""
    body = grid(
        ("", "{%tr for i in l %}"),
        ("{{ i }}", "x"),
        ("", "{%tr endfor %}"),
        ("middle", ""),
        ("{%tr for i in l %}", ""),
        ("y", "{{ i }}"),
        ("{%tr endfor %}", ""),
    )
    (place / "out.docx").write_bytes(fill(docxtpl, body, {"l": "ab"}))


def rows_in_rows(docxtpl: Any, place: Path) -> None:
    """Rows for each group, rows for each of its items."""
    body = grid(
        ("{%tr for g in groups %}", ""),
        ("{{ g.name }}", "{{ g[‘values’]|length }}"),
        ("{%tr for v in g['values'] %}", ""),
        ("", "{{ g.name }}-{{ v }}"),
        ("{%tr endfor %}", ""),
        ("{%tr endfor %}", ""),
    )
    groups = [
        {"name": "A", "values": [1, 2]},
        {"name": "B", "values": []},
        {"name": "C", "values": [3]},
    ]
    (place / "out.docx").write_bytes(fill(docxtpl, body, {"groups": groups}))


def loops_in_a_cell(docxtpl: Any, place: Path) -> None:
    """Paragraphs and runs are repeated within a cell of a repeated row; a table stands in one."""
    body = grid(
        ("{%tr for dish in dishes %}", ""),
        ("{{ dish.name }}", box("{%p for i in dish.parts %}", "- {{ i }}", "{%p endfor %}", "end")),
        ("{{ dish.parts|join(', ') }}", "{% for i in dish.parts %}[{{ i }}]{% endfor %}"),
        ("{%tr endfor %}", ""),
    )
    inner = grid(("{%tr for i in l %}", ""), ("{{ i }}", "z"), ("{%tr endfor %}", ""))
    nested = grid((box(inner + "<w:p/>"), box("{{ l|length }}")))
    dishes = [{"name": "Pizza", "parts": ["bread", "tomato"]}, {"name": "Air", "parts": []}]
    (place / "out.docx").write_bytes(fill(docxtpl, body + nested, {"dishes": dishes, "l": [1, 2]}))


def columns(docxtpl: Any, place: Path) -> None:
    """Repeat cells: as many as the grid has columns."""
    body = grid(
        ("{%tc for c in l %}", "{{ c }}", "{%tc endfor %}"),
        ("{%tc for c in l %}", "{{ loop.index }}", "{%tc endfor %}"),
    )
    (place / "out.docx").write_bytes(fill(docxtpl, body, {"l": ["a", "b", "c"]}))


def columns_on_condition(docxtpl: Any, place: Path) -> None:
    """Show a cell or another in its place."""
    body = grid(("{%tc if x %}", "yes", "{%tc else %}", "no", "{%tc endif %}"), ("l",))
    body = body.replace('<w:gridCol w:w="1000"/>' * 5, '<w:gridCol w:w="1000"/>')
    for x in (0, 1):
        (place / f"{x}.docx").write_bytes(fill(docxtpl, body, {"x": x}))


def merged_down(docxtpl: Any, place: Path) -> None:
    """Merge a column's cells over all rows of a loop, one of two columns or both."""
    body = grid(
        ("{%tr for i in l %}", "", ""),
        ("{% vm %}{{ title }}", "{{ i }}", "{% vm %}end"),
        ("{%tr endfor %}", "", ""),
    )
    (place / "out.docx").write_bytes(fill(docxtpl, body, {"l": [1, 2, 3], "title": "T"}))
    (place / "one.docx").write_bytes(fill(docxtpl, body, {"l": [1], "title": "T"}))


def merged_down_in_loops(docxtpl: Any, place: Path) -> None:
    """Merge within the inner loop, for each pass of the outer."""
    body = grid(
        ("{%tr for g in groups %}", ""),
        ("{%tr for v in g.v %}", ""),
        ("{% vm %}{{ g.n }}", "{{ v }}"),
        ("{%tr endfor %}", ""),
        ("{%tr endfor %}", ""),
    )
    groups = [{"n": "A", "v": [1, 2]}, {"n": "B", "v": [3, 4, 5]}]
    (place / "out.docx").write_bytes(fill(docxtpl, body, {"groups": groups}))


def merged_across(docxtpl: Any, place: Path) -> None:
    """Merge the cells of a loop over columns, with and without a span in the template."""
    plain = grid(("{%tc for i in l %}", "{% hm %}{{ title }}", "{%tc endfor %}"), ("a", "b", "c"))
    spanned = grid(
        (
            "{%tc for i in l %}",
            box("{% hm %}x", properties='<w:tcW w:w="1" w:type="dxa"/><w:gridSpan w:val="1"/>'),
            "{%tc endfor %}",
        ),
        ("a", "b", "c"),
    )
    for name, body in (("plain", plain), ("spanned", spanned)):
        (place / f"{name}.docx").write_bytes(fill(docxtpl, body, {"l": [1, 2, 3], "title": "T"}))


def coloured_cells(docxtpl: Any, place: Path) -> None:
    """Colour a cell from data: with and without a colour in the template, in loops, by condition."""
    shaded = '<w:tcW w:w="1000" w:type="dxa"/><w:shd w:val="clear" w:color="auto" w:fill="FFFFFF"/>'
    body = grid(
        ("{%tr for a in alerts %}", "", ""),
        (
            "{{ a.date }}",
            "{% cellbg a.bg %}{{ a.type }}",
            box("{% cellbg '00FF00' if loop.first else 'FF0000' %}{{ a.type }}", properties=shaded),
        ),
        ("{%tr endfor %}", "", ""),
        (box("{% cellbg alerts[0].bg %}", "second paragraph"), "", ""),
    )
    alerts = [
        {"date": "2015-03-10", "type": "CRITICAL", "bg": "FF0000"},
        {"date": "2015-03-11", "type": "INFO", "bg": "EEEEEE"},
    ]
    (place / "out.docx").write_bytes(fill(docxtpl, body, {"alerts": alerts}))


def spans(docxtpl: Any, place: Path) -> None:
    """Span cells by a number from data, where the template has a span and where it has none."""
    body = grid(
        (box("{% colspan n %}{{ t }}", properties=SPAN3), "b"),
        ("a", "{% colspan 1 + 1 %}c"),
        ("1", "2", "3", "4"),
    )
    (place / "out.docx").write_bytes(fill(docxtpl, body, {"n": 3, "t": "T"}))


def fewer_cells(docxtpl: Any, place: Path) -> None:
    """A loop that yields fewer cells than the template has columns."""
    body = grid(
        ("Head", "{%tc for c in l %}", "{{ c }}", "{%tc endfor %}"),
        ("Row", "{%tc for c in l %}", "v{{ c }}", "{%tc endfor %}"),
    )
    for count in (1, 2, 5):
        (place / f"{count}.docx").write_bytes(fill(docxtpl, body, {"l": list("abcde"[:count])}))


def table_on_condition(docxtpl: Any, place: Path) -> None:
    """A table and its heading go together; tables are repeated."""
    table = grid(("{{ i }}", "{{ i * 2 }}"))
    body = (
        lines("{%p for i in l %}", "Table {{ i }}")
        + table
        + lines("{%p endfor %}", "{%p if l|length > 5 %}")
        + table
        + lines("{%p endif %}", "end")
    )
    (place / "out.docx").write_bytes(fill(docxtpl, body, {"l": [1, 2]}))


def zebra(docxtpl: Any, place: Path) -> None:
    """Rows that alternate by loop.cycle and divisibleby."""
    body = grid(
        ("{%tr for i in l %}", ""),
        (
            "{% cellbg loop.cycle('EEEEEE', 'FFFFFF') %}{{ i }}",
            "{{ 'even' if i is divisibleby(2) else 'odd' }}",
        ),
        ("{%tr endfor %}", ""),
    )
    (place / "out.docx").write_bytes(fill(docxtpl, body, {"l": [1, 2, 3]}))


def cells_with_formats(docxtpl: Any, place: Path) -> None:
    """Formats of cells, rows and paragraphs go along with each copy."""
    row = (
        '<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="400"/></w:trPr>'
        + box(
            typed("{{ i }}", "<w:rPr><w:b/></w:rPr>", '<w:pPr><w:jc w:val="right"/></w:pPr>'),
            properties='<w:tcW w:w="1000" w:type="dxa"/><w:vAlign w:val="center"/>',
        )
        + box(paragraph("x {{ i }}"))
        + "</w:tr>"
    )
    body = grid(("{%tr for i in l %}", ""), ("§", "§"), ("{%tr endfor %}", ""))
    start = body.index("<w:tr>", body.index("<w:tr>") + 1)
    end = body.index("</w:tr>", start) + len("</w:tr>")
    (place / "out.docx").write_bytes(
        fill(docxtpl, body[:start] + row + body[end:], {"l": ["a\nb", "c"]})
    )


def header_rows(docxtpl: Any, place: Path) -> None:
    """A row that repeats on each page, one that spans all, and a table in the header's text."""
    head = f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{box('{{ h }}')}{box('H2')}</w:tr>"
    wide = f"<w:tr>{box('all {{ h }}', properties=SPAN3.replace('3', '2'))}</w:tr>"
    body = grid(("{%tr for i in l %}", ""), ("{{ i }}", "b"), ("{%tr endfor %}", ""))
    body = body.replace("</w:tblGrid>", f"</w:tblGrid>{head}{wide}", 1)
    (place / "out.docx").write_bytes(
        fill(docxtpl, body, {"l": [1, 2], "h": "head"}, header="{{ h }}")
    )


def cells_and_rows_as_values(docxtpl: Any, place: Path) -> None:
    """Markup of whole cells and whole rows."""
    cells = Markup("<w:tc><w:p><w:r><w:t>c</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc>")
    body = grid(("{{tc cells }}",), ("a", "b")) + grid(("{{tr row }}", ""), ("a", "b"))
    context = {"cells": cells, "row": Markup(f"<w:tr>{cells}</w:tr>")}
    (place / "out.docx").write_bytes(fill(docxtpl, body, context))
