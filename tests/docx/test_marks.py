"""Cell marks: colour, span, merging across and down, as docxtpl documents them."""

# ruff: noqa: E501 - a case stands on a line

import pytest
from lxml import etree

from govdocs.errors import DataError, TemplateError
from tests.support.notation import NAMESPACES
from tests.support.word import fill_body, fill_package, part_of

XS = {"xs": [1, 2, 3], "c": "d9d9d9"}


@pytest.mark.parametrize(
    ("body", "filled"),
    [
        ('tbl(tr("{% cellbg c %}a"))', 'tbl(tr(tc[shd=D9D9D9]"a"))'),
        ("tbl(tr(\"{% cellbg '#EEEEEE' if xs else '' %}a\"))", 'tbl(tr(tc[shd=EEEEEE]"a"))'),
        ("tbl(tr(\"{% cellbg '' %}a\"))", 'tbl(tr(tc[shd=auto]"a"))'),
        ('tbl(tr(tc(p"{% cellbg c %}", p"a")))', 'tbl(tr(tc[shd=D9D9D9]"a"))'),
        ('tbl(tr("{% colspan 2 %}a"))', 'tbl(tr(tc[gridSpan=2]"a"))'),
        ('tbl(tr("{% colspan xs|length %}{{ c }}"))', 'tbl(tr(tc[gridSpan=3]"d9d9d9"))'),
        ('tbl(tr("{% cellbg c %}{% colspan 2 %}a"))', 'tbl(tr(tc[gridSpan=2 shd=D9D9D9]"a"))'),
        (
            'tbl(tr("{%tr for x in xs %}"), tr("{% cellbg \'AAAAAA\' if loop.index % 2 else \'BBBBBB\' %}{{ x }}"), tr("{%tr endfor %}"))',
            'tbl(tr(tc[shd=AAAAAA]"1"), tr(tc[shd=BBBBBB]"2"), tr(tc[shd=AAAAAA]"3"))',
        ),
        (
            'tbl(tr("{%tr for x in xs %}", ""), tr("{% vm %}一", "{{ x }}"), tr("{%tr endfor %}", ""))',
            'tbl(tr(tc[vMerge=restart]"一", "1"), tr(tc[vMerge=continue](p()), "2"), tr(tc[vMerge=continue](p()), "3"))',
        ),
        (
            'tbl(tr("{%tc for x in xs %}", "{% hm %}head", "{%tc endfor %}"), tr("{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}"))',
            'tbl(tr(tc[gridSpan=3]"head"), tr("1", "2", "3"))',
        ),
        (
            'tbl(tr(tc"{%tc for x in xs %}", tc[gridSpan=2]"{% hm %}head", tc"{%tc endfor %}"))',
            'tbl(tr(tc[gridSpan=6]"head"))',
        ),
        (
            (
                'tbl(tr("{%tr for x in [1, 2] %}", ""), tr("{%tr for y in [1, 2] %}", ""), tr("{% vm %}{{ x }}", "{{ y }}"), '
                'tr("{%tr endfor %}", ""), tr("{%tr endfor %}", ""))'
            ),
            (
                'tbl(tr(tc[vMerge=restart]"1", "1"), tr(tc[vMerge=continue](p()), "2"), '
                'tr(tc[vMerge=restart]"2", "1"), tr(tc[vMerge=continue](p()), "2"))'
            ),
        ),
    ],
)
def test_mark_changes_its_cell(body: str, filled: str) -> None:
    """Alone, beside a value, in a paragraph of its own, in loops and nested loops."""
    assert fill_body(body, XS) == filled


def test_marks_stand_in_schema_order() -> None:
    """``gridSpan`` before ``vMerge`` before ``shd`` before ``vAlign``, whatever was there."""
    body = (
        (
            '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="9"/></w:tblGrid>{% for %}'
            "<w:tr><w:tc><w:tcPr><w:tcW w:w='9' w:type='dxa'/><w:vAlign w:val='center'/></w:tcPr><w:p><w:r><w:t>"
            "{{%tr for x in xs %}}{{% cellbg c %}}{{% colspan 2 %}}{{% vm %}}a{{%tr endfor %}}"
            "</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        )
        .replace("{% for %}", "")
        .replace("{{%", "{%")
        .replace("%}}", "%}")
    )
    document = part_of(fill_package(body, XS))
    for properties in document.iter("{*}tcPr"):
        names = [etree.QName(one).localname for one in properties]
        assert names == ["tcW", "gridSpan", "vMerge", "shd", "vAlign"]
    shades = document.findall(".//w:shd", NAMESPACES)
    assert len(shades) == 3
    assert {etree.QName(key).localname: value for key, value in shades[0].attrib.items()} == {
        "val": "clear",
        "color": "auto",
        "fill": "D9D9D9",
    }


def test_content_of_a_merged_cell_is_written_once() -> None:
    """Pictures, lists and further paragraphs of the cell stand in its first copy only."""
    body = 'tbl(tr("{%tr for x in xs %}{{ x }}", tc(p"{% vm %}a", p"{% if x %}", p"b", p"{% endif %}", p"c{%tr endfor %}")))'
    assert fill_body(body, XS) == (
        'tbl(tr("1", tc[vMerge=restart](p"a", p"b", p"c")), '
        'tr("2", tc[vMerge=continue](p())), tr("3", tc[vMerge=continue](p())))'
    )


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('p"{% cellbg c %}"', "template.mark_outside_cell"),
        ('tbl(tr("{% vm %}a"))', "template.mark_outside_loop"),
        ('tbl(tr("{% hm %}a"))', "template.mark_outside_loop"),
        ('tbl(tr("{% cellbg c| %}a"))', "template.syntax"),
        ('tbl(tr("{% colspan %}a"))', "template.empty_tag"),
        ('tbl(tr("{% cellbg c|uper %}a"))', "template.unknown_filter"),
    ],
)
def test_mark_that_cannot_be_used_is_told(body: str, code: str) -> None:
    """Where it stands and how it is written is checked when the template is compiled."""
    with pytest.raises(TemplateError) as caught:
        fill_body(body, XS)
    assert [one.code for one in caught.value.problems] == [code]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (
            'tbl(tr("{% cellbg name %}a"))',
            (
                '[data.not_a_colour] "红色" is no colour\n'
                "  where: body (word/document.xml) > table 1 row 1 cell 1 paragraph 1 > {% cellbg name %} (name)\n"
                "  mend: write six hexadecimal digits such as D9D9D9, or auto."
            ),
        ),
        (
            'tbl(tr("{% colspan name %}a"))',
            (
                '[data.not_a_span] "红色" is no count of columns to span\n'
                "  where: body (word/document.xml) > table 1 row 1 cell 1 paragraph 1 > {% colspan name %} (name)\n"
                "  mend: write a whole number from 1 to 63."
            ),
        ),
        (
            'tbl(tr("{% cellbg none_such %}a"))',
            (
                '[data.missing] the data have no "none_such"\n'
                "  where: body (word/document.xml) > table 1 row 1 cell 1 paragraph 1 > "
                "{% cellbg none_such %} (none_such)\n"
                "  mend: add it to the data; for a draft use --missing mark."
            ),
        ),
    ],
)
def test_value_that_no_cell_can_have_is_told(body: str, text: str) -> None:
    """A colour that Word does not know would be a damaged file."""
    with pytest.raises(DataError) as caught:
        fill_body(body, {"name": "红色"})
    assert caught.value.message("en") == text
