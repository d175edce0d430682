"""Blocks are lifted to whole paragraphs, rows and cells, with or without docxtpl's prefixes."""

# ruff: noqa: E501 - a case stands on a line

import pytest

from govdocs.errors import TemplateError
from tests.support.word import fill_body

DATA = {"yes": True, "no": False, "xs": [1, 2], "rows": [{"a": 1, "b": 2}, {"a": 3, "b": 4}]}


@pytest.mark.parametrize(
    ("body", "filled"),
    [
        ('p"{%p if yes %}", p"a", p"{%p endif %}"', 'p"a"'),
        ('p"{% if yes %}", p"a", p"{% endif %}"', 'p"a"'),
        ('p"{% if no %}", p"a", p"{% else %}", p"b", p"{% endif %}"', 'p"b"'),
        (
            'p"{% if no %}", p"a", p"{% elif yes %}", p"b", p"{% else %}", p"c", p"{% endif %}"',
            'p"b"',
        ),
        ('p"{% for x in xs %}", p"{{ x }}", p"{% endfor %}"', 'p"1", p"2"'),
        ('p"{% for x in xs %}{{ x }}", p"{% endfor %}"', 'p"1", p"2"'),
        ('p"{% for x in xs %}{{ x }}", p"b{% endfor %}"', 'p"1", p"b", p"2", p"b"'),
        ('p"{%p for x in xs %}{{ x }}{%p endfor %}"', 'p"1", p"2"'),
        ('p"a {% for x in xs %}{{ x }}{% endfor %} b"', 'p"a 12 b"'),
        (
            'p"Intro: {% for x in xs %}", p"{{ x }}", p"{% endfor %} end"',
            'p"Intro: ", p"1", p"2", p" end"',
        ),
        ('p"{% for x in xs %}", tbl(tr("{{ x }}")), p"{% endfor %}"', 'tbl(tr("1")), tbl(tr("2"))'),
        (
            'p"{% for x in xs %}{% for y in xs %}", p"{{ x }}{{ y }}", p"{% endfor %}{% endfor %}"',
            'p"11", p"12", p"21", p"22"',
        ),
        (
            'p"{% for x in xs %}", p"{% if x > 1 %}", p"{{ x }}", p"{% endif %}", p"{% endfor %}"',
            'p"2"',
        ),
        ('p"{%p if yes %}", p"{%p if no %}", p"a", p"{%p endif %}", p"b", p"{%p endif %}"', 'p"b"'),
        ('p"{% set y = 5 %}", p"{{ y }}"', 'p"5"'),
        ('p"{# a note #}", p"{#p another #}", p"a{# third #}b"', 'p"ab"'),
        ('p"{% with y = 1 %}", p"{{ y }}", p"{% endwith %}"', 'p"1"'),
        ('sdt(p"{% if yes %}"), p"a", sdt(p"{% endif %}")', 'p"a"'),
        ('sdt(p"{% for x in xs %}", p"{{ x }}", p"{% endfor %}")', 'sdt(p"1", p"2")'),
        ('p(r"{% if yes %}", box(p"a")), p"b", p"{% endif %}"', 'p(r"", box(p"a")), p"b"'),
        (r'p"{% if yes %}\f", p"a", p"{% endif %}"', r'p"\f", p"a"'),
    ],
)
def test_paragraphs(body: str, filled: str) -> None:
    """A paragraph that holds only tags goes; one that holds more stays inside the block."""
    assert fill_body(body, DATA) == filled


@pytest.mark.parametrize(
    ("body", "filled"),
    [
        ('p(r"{% if yes %}a", b r"b{% endif %}", r"c")', 'p(r"a", b r"b", r"c")'),
        ('p(r"{% if no %}a", b r"b{% endif %}", r"c")', 'p"c"'),
        ('p(r"a{%r if yes %}", b r"b", r"{%r endif %}c")', 'p(r"a", b r"b", r"c")'),
        ('p(r"{%r for x in xs %}", b r"{{ x }}", r"{%r endfor %}")', 'p(b r"1", b r"2")'),
        (
            'p(r"{% if yes %}a", hyperlink(r"b{% endif %}c"), r"d")',
            'p(r"a", hyperlink(r"b"), hyperlink(r"c"), r"d")',
        ),
        ('p(r"{% if yes %}", sdt(r"a"), r"{% endif %}")', 'p(sdt(r"a"))'),
        ('p(r"{% if no %}", sdt(r"a"), r"{% endif %}b")', 'p"b"'),
        ('p(r"a{% if yes %}", r"b{% else %}", r"c{% endif %}d")', 'p(r"a", r"b", r"d")'),
        ('p(r"{% for x in xs %}{{ x }}", r"、{% endfor %}")', 'p(r"1", r"、", r"2", r"、")'),
    ],
)
def test_runs(body: str, filled: str) -> None:
    """A block whose tags stand in different runs of one paragraph takes whole runs."""
    assert fill_body(body, DATA) == filled


@pytest.mark.parametrize(
    ("body", "filled"),
    [
        (
            'tbl(tr("{%tr for r in rows %}", ""), tr("{{ r.a }}", "{{ r.b }}"), tr("{%tr endfor %}", ""))',
            'tbl(tr("1", "2"), tr("3", "4"))',
        ),
        (
            'tbl(tr("{% for r in rows %}"), tr("{{ r.a }}"), tr("{% endfor %}"))',
            'tbl(tr("1"), tr("3"))',
        ),
        (
            'tbl(tr("{% for r in rows %}{{ r.a }}", "{{ r.b }}{% endfor %}"))',
            'tbl(tr("1", "2"), tr("3", "4"))',
        ),
        (
            'tbl(tr("{%tr for r in rows %}{{ r.a }}", "{{ r.b }}{%tr endfor %}"))',
            'tbl(tr("1", "2"), tr("3", "4"))',
        ),
        (
            'tbl(tr("{%tr for r in rows %}", "kept"), tr("{{ r.a }}", ""), tr("{%tr endfor %}", ""))',
            'tbl(tr("", "kept"), tr("1", ""), tr("", "kept"), tr("3", ""))',
        ),
        (
            'tbl(tr("h"), tr("{%tr if no %}"), tr("a"), tr("{%tr else %}"), tr("b"), tr("{%tr endif %}"))',
            'tbl(tr("h"), tr("b"))',
        ),
        (
            'tbl(tr("{%tr for r in rows %}{%tr if r.a > 1 %}"), tr("{{ r.a }}"), tr("{%tr endif %}{%tr endfor %}"))',
            'tbl(tr("3"))',
        ),
        ('tbl(tr("{% for x in xs %}", "{{ x }}", "{% endfor %}"))', 'tbl(tr("1", "2"))'),
        (
            'tbl(tr("a", "{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}"))',
            'tbl(tr("a", "1", "2"))',
        ),
        ('tbl(tr("{%tc if no %}", "a", "{%tc endif %}", "b"))', 'tbl(tr("b"))'),
        ('tbl(tr("{#tr note #}", ""), tr("a", "b"))', 'tbl(tr("a", "b"))'),
        (
            'tbl(sdt(tr("{% for r in rows %}{{ r.a }}", "{{ r.b }}{% endfor %}")))',
            'tbl(sdt(tr("1", "2"), tr("3", "4")))',
        ),
        (
            'tbl(tr("{%tr for r in rows %}"), sdt(tr("{{ r.a }}")), tr("{%tr endfor %}"))',
            'tbl(sdt(tr("1")), sdt(tr("3")))',
        ),
        (
            'tbl(tr(tc(p"{% for x in xs %}", p"{{ x }}", p"{% endfor %}")))',
            'tbl(tr(tc(p"1", p"2")))',
        ),
        (
            'tbl(tr("{%tr for r in rows %}{{ r.a }}", tc(tbl(tr("in {{ r.b }}")), p"{%tr endfor %}")))',
            'tbl(tr("1", tc(tbl(tr("in 2")), p"")), tr("3", tc(tbl(tr("in 4")), p"")))',
        ),
        (
            'tbl(tr(tc(p"{%tr for r in rows %}", tbl(tr("{{ r.a }}")), p"x{%tr endfor %}"))), p"after"',
            'tbl(tr(tc(p"", tbl(tr("1")), p"x")), tr(tc(p"", tbl(tr("3")), p"x"))), p"after"',
        ),
    ],
)
def test_rows_and_cells(body: str, filled: str) -> None:
    """Rows repeat where tags stand in different cells, columns where each tag has its own cell."""
    assert fill_body(body, DATA) == filled


@pytest.mark.parametrize(
    ("condition", "filled"),
    [
        ("yes", 'p(r"A ", r"B"), p(r"C", r" D")'),
        ("no", 'p(r"A ", r" D")'),
    ],
)
def test_condition_amid_text_takes_only_what_is_inside(condition: str, filled: str) -> None:
    """What stands before and after the tags stays, whatever the condition says."""
    assert fill_body(f'p"A {{% if {condition} %}}B", p"C{{% endif %}} D"', DATA) == filled


@pytest.mark.parametrize(
    "body",
    [
        'tbl(tr("{% if yes %}")), tbl(tr("{% endif %}"))',
        'p"{% if yes %}", tbl(tr("{% endif %}"))',
        'p(r"a", sdt(r"b{% if yes %}c"), r"d{% endif %}e")',
        'p"{%tr if yes %}", p"{%tr endif %}"',
    ],
)
def test_block_that_cannot_be_lifted_is_told_with_both_places(body: str) -> None:
    """A block that runs across tables or text boxes has no whole elements."""
    with pytest.raises(TemplateError) as caught:
        fill_body(body, DATA)
    assert [one.code for one in caught.value.problems] == ["template.block_crosses"]
    assert "endif" in caught.value.problems[0].places[-1].tag


def test_prefix_outside_of_its_element_is_told() -> None:
    """``{#tr`` stands for a row; where there is none, that is a fault."""
    with pytest.raises(TemplateError) as caught:
        fill_body('p"{%tr set x = 1 %}"')
    assert (
        caught.value.message("en")
        == """\
[template.no_such_element] {%tr set x = 1 %} stands in no tr, so it cannot stand for one
  where: body (word/document.xml) > paragraph 1 > {%tr set x = 1 %}
  mend: leave the prefix out, or move the tag into a tr."""
    )


def test_blocks_that_overlap_are_told() -> None:
    """Lifting can move the ends of two blocks past each other; that is said, not guessed."""
    body = 'tbl(tr("{%tr for r in rows %}{% if yes %}"), tr("{%tr endfor %}a"), tr("{% endif %}"))'
    with pytest.raises(TemplateError) as caught:
        fill_body(body, DATA)
    assert {one.code for one in caught.value.problems} <= {
        "template.blocks_overlap",
        "template.unclosed_block",
        "template.unexpected_close",
    }


def test_else_amid_text_is_told() -> None:
    """The text beside it could belong to either branch."""
    with pytest.raises(TemplateError) as caught:
        fill_body('p"{% for x in xs %}", p"a {% else %} b", p"{% endfor %}"', DATA)
    assert (
        caught.value.message("zh")
        == """\
[template.middle_in_text] {% else %} 的前后都有文字，无法判断属于哪一支
  位置：正文（word/document.xml） > 第2段 > {% else %}
  改法：请让它单独成段、成行或成格。"""
    )


@pytest.mark.parametrize(
    ("body", "filled"),
    [
        ('p"a{{r x }}b"', 'p(r"a", r"1", r"b")'),
        ('p"{{p x }}"', 'p"1"'),
        ('p(b r"{{p x }}")', 'p(b r"1")'),
        ('p[Title]"{{p x }}"', 'p[Title]"1"'),
        ('tbl(tr("{{tc x }}", "b"))', 'tbl(tr("1", "b"))'),
        ('tbl(tr("{{tr x }}", "b"))', 'tbl(tr("1", "b"))'),
    ],
)
def test_value_with_a_prefix_prints_plain_text_in_its_place(body: str, filled: str) -> None:
    """Plain text in ``{{r``, ``{{p`` stays visible: in a run, a paragraph of its own."""
    assert fill_body(body, {"x": 1}) == filled
