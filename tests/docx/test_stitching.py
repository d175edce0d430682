"""Tags that run over the end of a paragraph are put together, prose is not."""

import pytest

from tests.support.word import fill_body


@pytest.mark.parametrize(
    ("body", "filled"),
    [
        ('p"{{ x", p"}}"', 'p"1"'),
        ('p"a {{ x", p[Title]"|string", p"}} b", p"c"', 'p(r"a 1", r" b"), p"c"'),
        ('p"{{ x if yes", p"else 2 }}{{ x", p"}}c"', 'p(r"1", r"1", r"c")'),
        ('p"{# a note", p"over {{ three }}", p"lines #}{{ x }}"', 'p(r"", r"1")'),
        ('p"{% if yes", p"and x %}", p"a", p"{% endif %}"', 'p"a"'),
        ('p"{%p for y in", p"[1, 2] %}", p"{{ y }}", p"{%p endfor %}"', 'p"1", p"2"'),
        ('tbl(tr(tc(p"{{ x", p"}}"), "b"))', 'tbl(tr("1", "b"))'),
    ],
)
def test_tag_over_several_paragraphs_is_one(body: str, filled: str) -> None:
    """Its paragraphs become one, with the properties of the first."""
    assert fill_body(body, {"x": 1, "yes": True}) == filled


@pytest.mark.parametrize(
    "body",
    [
        'p"{{", p"}}"',
        'p"{", p"{{ \\"a\\": 1,", p"\\"b\\": 2", p"}}", p"}"',
        'p"100 {% of them", p"and 50 %}"',
        'p"{{ a b", p"c }}"',
        'tbl(tr("{{ x", "}}"))',
        'p"{{ x", tbl(tr("}}"))',
        'p"{# a", p"b"',
    ],
)
def test_prose_over_several_paragraphs_stays(body: str) -> None:
    """Listings, percentages, other cells."""
    assert fill_body(body + ', p"{{ x }}"', {"x": 1}) == body + ', p"1"'
