"""What a block leaves empty stays valid: cells keep a paragraph, tables without rows go."""

# ruff: noqa: E501 - a case stands on a line

import pytest

from govdocs.docx.compiling.guards import Guard, _read, finish, token
from tests.support.word import fill_body, fill_package, part_of

NONE: dict[str, object] = {"xs": [], "no": False}


@pytest.mark.parametrize(
    ("body", "filled"),
    [
        (
            'p"a", tbl(tr("{%tr for x in xs %}"), tr("{{ x }}"), tr("{%tr endfor %}")), p"b"',
            'p"a", p"b"',
        ),
        (
            'tbl(tr("h"), tr("{%tr for x in xs %}"), tr("{{ x }}"), tr("{%tr endfor %}"))',
            'tbl(tr("h"))',
        ),
        (
            'tbl(tr("{%tr for x in xs %}"), tr("{{ x }}"), tr("{%tr else %}"), tr("none"), tr("{%tr endfor %}"))',
            'tbl(tr("none"))',
        ),
        ('tbl(sdt(tr("{% for x in xs %}{{ x }}", "{% endfor %}b")))', ""),
        ('tbl(tr("{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}"))', ""),
        ('tbl(tr("a"), tr("{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}"))', 'tbl(tr("a"))'),
        ('tbl(tr("a", tc(p"{% if no %}", p"b", p"{% endif %}")))', 'tbl(tr("a", tc(p)))'),
        ('tbl(tr("a", tc(p"{% if no %}", p"b", p"{% endif %}", p"c")))', 'tbl(tr("a", "c"))'),
        (
            'tbl(tr(tc(p"{% for x in [1, 2] %}", tbl(tr("{{ x }}")), p"{% endfor %}")))',
            'tbl(tr(tc(tbl(tr("1")), tbl(tr("2")), p)))',
        ),
        (
            'tbl(tr(tc(tbl(tr("{%tr for x in xs %}"), tr("{{ x }}"), tr("{%tr endfor %}")), p"{% if no %}", p"b", p"{% endif %}")))',
            "tbl(tr(tc(p)))",
        ),
        ('p(box(p"{% if no %}", p"a", p"{% endif %}"))', "p(box(p))"),
        (
            'tbl(tr("{%tr for x in [1] %}{%tr for y in xs %}"), tr("a"), tr("{%tr endfor %}{%tr endfor %}"))',
            "",
        ),
    ],
)
def test_nothing_to_print_leaves_a_valid_document(body: str, filled: str) -> None:
    """Rows, cells, text boxes and nested tables alike."""
    assert fill_body(body, NONE).replace("p()", "p") == filled


@pytest.mark.parametrize(
    "last",
    [
        '<w:p w:rsidR="00AB12CD"/>',
        '<w:p w:rsidR="00AB12CD"></w:p>\n  ',
        '<w:customXml w:element="a">\n<w:p w:rsidR="1"/>\n</w:customXml>\n',
        '<w:sdt><w:sdtContent><w:p w:rsidR="1"/></w:sdtContent></w:sdt>',
        "<w:p></w:p><!-- a - b -->\n<?c d?>",
    ],
)
def test_empty_paragraph_of_a_block_is_one_however_it_is_written(last: str) -> None:
    """A cell that ends with an empty paragraph, with attributes or in a control, has its end."""
    tag = "<w:p><w:r><w:t>{{% {} %}}</w:t></w:r></w:p>"
    cell = f"<w:tc>{tag.format('if x')}{last}{tag.format('endif')}</w:tc>"
    table = f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr>{cell}</w:tr></w:tbl><w:p/>"
    assert len(list(part_of(fill_package(table, {"x": 1})).iter("{*}p"))) == 2


@pytest.mark.parametrize("name", ["header", "footer"])
def test_header_left_empty_keeps_a_paragraph(name: str) -> None:
    """A header without a paragraph is damaged to Word."""
    emptied = 'p"{% if no %}", p"a", p"{% endif %}"'
    document = fill_package('p"a"', NONE, **{name: emptied})
    assert len(part_of(document, f"word/{name}.xml").findall("{*}p")) == 1


def test_footnote_left_empty_keeps_a_paragraph() -> None:
    """So is a note."""
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>{% if no %}</w:t></w:r></w:p><w:p/><w:p><w:r><w:t>{% endif %}</w:t></w:r></w:p></w:footnote>'
    document = fill_package('p"a"', NONE, footnotes=note)
    assert len(part_of(document, "word/footnotes.xml").findall("{*}footnote/{*}p")) == 1


@pytest.mark.parametrize("number", [0, 1, 2, 15, 16, 17, 255, 256, 100_000])
def test_token_is_written_and_read(number: int) -> None:
    """In control characters alone: nothing else of a document can be taken for one."""
    for guard in Guard:
        written = token(guard, number)
        assert all(ord(char) < 0x20 for char in written)
        assert _read(written[1:-1]) == (guard, number)


def test_text_without_tokens_is_not_touched() -> None:
    """Most parts have none."""
    text = "<w:p/>" * 10
    assert finish(text, ()) is text
