"""``{%-`` and ``-%}`` join paragraphs and lines, and never more than that."""

import pytest

from tests.support.word import fill_body

HOUSE = (
    'p"My house is", p"{%- if town -%}", p" in town", p"{%- else -%}", p" outside", '
    'p"{%- endif -%}", p" and I like it."'
)


@pytest.mark.parametrize(
    ("town", "text"),
    [(True, "My house is in town and I like it."), (False, "My house is outside and I like it.")],
)
def test_sentence_on_several_lines_is_one_paragraph(town: bool, text: str) -> None:
    """The documented use: every tag has a line of its own, spaces stay."""
    assert fill_body(HOUSE, {"town": town}) == f'p"{text}"'


@pytest.mark.parametrize(
    ("body", "filled"),
    [
        (r'p(r"A\n{%- if yes -%}\nB\n{%- endif -%}\nC")', 'p(r"A", r"B", r"C")'),
        ('p"A", p"{%- if yes %}", p"B", p"{% endif %}"', 'p"A", p"B"'),
        ('p(b r"A"), p(r"{%- if yes -%}"), p(i r"B"), p"{%- endif %}C"', 'p(b r"A", i r"B", r"C")'),
        ('p[Title]"A", p[Text]"{%- if yes -%}", p[Body]"B", p"{%- endif %}"', 'p[Title]"AB"'),
        ('tbl(tr("A", "{%- if yes %}B{% endif %}"))', 'tbl(tr("A", "B"))'),
        ('tbl(tr("A")), p"{%- if yes %}B{% endif %}"', 'tbl(tr("A")), p"B"'),
        ('p"{% if yes -%}", tbl(tr("A")), p"{% endif %}"', 'tbl(tr("A"))'),
        ('p"A {%- if yes %} B{% endif %}"', 'p"A  B"'),
        (
            'p"A", bookmarkStart[id=1 name=b], p"{%- if yes %}B{% endif %}", bookmarkEnd[id=1]',
            'p"AB", bookmarkStart[id=1 name=b], bookmarkEnd[id=1]',
        ),
    ],
)
def test_join_ends_at_cells_and_tables(body: str, filled: str) -> None:
    """Formats stay with their texts; nothing is joined to a table or to another cell."""
    assert fill_body(body, {"yes": True}) == filled


def test_end_of_a_section_is_not_joined_away() -> None:
    """A section break stays where it is."""
    section = "<w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t>A</w:t></w:r></w:p>"
    assert (
        fill_body(
            section + "<w:p><w:r><w:t>{%- if yes %}B{% endif %}</w:t></w:r></w:p>", {"yes": 1}
        )
        == 'p"A", p"B"'
    )
