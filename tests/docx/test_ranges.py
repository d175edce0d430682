"""What begins in one element and ends in another is printed whole."""

# ruff: noqa: E501 - a case stands on a line

import pytest

from govdocs.errors import TemplateError
from tests.support.word import fill_body

FIELD = "r(fldChar[fldCharType={}])"


@pytest.mark.parametrize(
    ("body", "filled"),
    [
        (
            'p"{% for x in xs %}", p(bookmarkStart[id=1 name=b], r"{{ x }}"), p"{% endfor %}", p(bookmarkEnd[id=1], r"c")',
            'bookmarkStart[id=1 name=b], p"1", p"2", p(bookmarkEnd[id=1], r"c")',
        ),
        (
            'p(bookmarkStart[id=1 name=b], r"a"), p"{% for x in xs %}", p(r"{{ x }}", bookmarkEnd[id=1]), p"{% endfor %}"',
            'p(bookmarkStart[id=1 name=b], r"a"), p"1", p"2", bookmarkEnd[id=1]',
        ),
        (
            'p(bookmarkStart[id=1 name=b], r"{% for x in xs %}"), p"{{ x }}", p(r"{% endfor %}", bookmarkEnd[id=1])',
            'bookmarkStart[id=1 name=b], p"1", p"2", bookmarkEnd[id=1]',
        ),
        (
            'tbl(tr("{%tr for x in xs %}"), tr(tc(p(bookmarkStart[id=1 name=b], r"{{ x }}"))), tr("{%tr endfor %}")), p(bookmarkEnd[id=1])',
            'tbl(bookmarkStart[id=1 name=b], tr("1"), tr("2")), p(bookmarkEnd[id=1])',
        ),
        (
            'p(r"{% if no %}a", bookmarkStart[id=1 name=b], r"b{% endif %}c", bookmarkEnd[id=1])',
            'p(bookmarkStart[id=1 name=b], r"c", bookmarkEnd[id=1])',
        ),
        (
            'p"{% if no %}", p(commentRangeStart[id=4], r"a"), p"{% else %}", p"b", p"{% endif %}", p(r"c", commentRangeEnd[id=4])',
            'commentRangeStart[id=4], p"b", p(r"c", commentRangeEnd[id=4])',
        ),
    ],
)
def test_marker_with_its_other_end_outside_leaves_the_block(body: str, filled: str) -> None:
    """A start is never printed without its end, nor twice."""
    assert fill_body(body, {"xs": [1, 2], "no": False}) == filled


def test_block_around_a_whole_field_is_fine() -> None:
    """A field inside of a block, or a block inside of its result."""
    begin, separate, end = (FIELD.format(kind) for kind in ("begin", "separate", "end"))
    body = f'p(r"{{% if yes %}}", {begin}, {separate}, r"{{% if yes %}}1", r"2{{% endif %}}", {end}, r"{{% endif %}}")'
    filled = f'p({begin}, {separate}, r"1", r"2", {end})'
    assert fill_body(body, {"yes": True}) == filled


def test_block_that_cuts_a_field_is_told() -> None:
    """Half a field would damage the document."""
    begin, end = FIELD.format("begin"), FIELD.format("end")
    with pytest.raises(TemplateError) as caught:
        fill_body(f'p"{{% if yes %}}", p({begin}, r"a"), p"{{% endif %}}", p({end})', {"yes": 1})
    assert (
        caught.value.message("en")
        == """\
[template.block_cuts_field] the block from {% if yes %} to {% endif %} holds one half of a field \
(contents, page number, reference)
  where: body (word/document.xml) > paragraph 1 > {% if yes %}
  where: body (word/document.xml) > paragraph 3 > {% endif %}
  mend: let the whole field be inside the block or outside of it."""
    )
