"""Tags as people type them, input methods and autocorrection included."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govdocs.language import Tag, may_hold_tag, scan, unescape
from govdocs.language.tags import ends_raw


def only(text: str) -> Tag:
    """Scan a text that is one tag."""
    tags, broken = scan(text)
    assert broken == []
    assert [tag.text for tag in tags] == [text]
    return tags[0]


def bodies(text: str) -> list[str]:
    """List the bodies of the tags of a text."""
    return [tag.body for tag in scan(text)[0]]


@pytest.mark.parametrize(
    ("text", "kind", "prefix", "body"),
    [
        ("{{ x }}", "expr", "", "x"),
        ("{{x}}", "expr", "", "x"),
        ("{{ 单位.名称 }}", "expr", "", "单位.名称"),
        ("{%p if x %}", "stmt", "p", "if x"),
        ("{%tr for x in xs %}", "stmt", "tr", "for x in xs"),
        ("{% tr endfor %}", "stmt", "tr", "endfor"),
        ("{%tc endfor%}", "stmt", "tc", "endfor"),
        ("{%r if x %}", "stmt", "r", "if x"),
        ("{{r x }}", "expr", "r", "x"),
        ("{{p x }}", "expr", "p", "x"),
        ("{{tc x }}", "expr", "tc", "x"),
        ("{{ r }}", "expr", "", "r"),
        ("{{p + 1}}", "expr", "", "p + 1"),
        ("{{r if r else 0}}", "expr", "", "r if r else 0"),
        ("{{tr|length}}", "expr", "", "tr|length"),
        ("{#p a note #}", "comment", "p", "a note"),
        ("{# {{ x }} 100% #}", "comment", "", "{{ x }} 100%"),
        ("{%- if x -%}", "stmt", "", "if x"),
        ("{%-p if x %}", "stmt", "p", "if x"),
    ],
)
def test_tag_is_read_as_kind_prefix_and_body(text: str, kind: str, prefix: str, body: str) -> None:
    """Every form of docxtpl's dialect is one tag."""
    tag = only(text)
    assert (tag.kind, tag.prefix, tag.body) == (kind, prefix, body)


@pytest.mark.parametrize(
    "text",
    [
        "{{ '}}' }}",
        '{{ "{{ }}" }}',
        "{{ {'a': {'b': 1}}['a'] }}",
        "{% if x == '%}' %}",
        "{%tr if loop.index % 2 %}",
        "{%tr set d = {'a': 1}%}",
        "{%p if x == '}' %}",
        "{%tc if loop.index % 2 == 0 %}",
    ],
)
def test_delimiters_inside_literals_brackets_and_arithmetic_do_not_end_a_tag(text: str) -> None:
    """``%`` and braces may stand in any tag, with or without a prefix."""
    assert only(text).text == text


@pytest.mark.parametrize(
    ("text", "body", "notes"),
    [
        ("｛｛ 单位 ｝｝", "单位", ("full_width",)),
        ("{{ ａ＋ｂ }}", "a+b", ("full_width",)),
        ("｛％ｉｆ　ｘ＞１％｝", "if x>1", ("full_width",)),
        ("{{ d【'a'】 }}", "d['a']", ("full_width",)),
        ("{% if x ≥ 3 and y ≠ 0 %}", "if x >= 3 and y != 0", ("full_width",)),
        ("{{ a – b }}", "a - b", ("full_width",)),
        ("{% if d == “十三五” %}", 'if d == "十三五"', ("curly_quotes",)),
        ("{% if d == ‘十三五’ %}", "if d == '十三五'", ("curly_quotes",)),
        ("{% if d == “it's” %}", 'if d == "it\'s"', ("curly_quotes",)),
        ("{% if d == '“十三五”' %}", "if d == '“十三五”'", ()),
        ('{% if d == "“十三五”，（一）" %}', 'if d == "“十三五”，（一）"', ()),
        ("{{ x\u3000|\xa0f }}", "x | f", ()),
        ("{{ 名\u200b称 }}", "名称", ()),
    ],
)
def test_what_was_typed_is_understood_and_said(
    text: str, body: str, notes: tuple[str, ...]
) -> None:
    """Full-width characters and curly quotes are undone outside of literals, and noted."""
    tag = only(text)
    assert (tag.body, tag.notes) == (body, notes)


@pytest.mark.parametrize(
    "text",
    [
        "a { b } c",
        '{"a": {"b": 1}}',
        "{{",
        "}}",
        "{%",
        "100%}",
        "{{ }",
        "if {{ unclosed",
        "{# open",
    ],
)
def test_braces_in_prose_are_text(text: str) -> None:
    """Lone delimiters, JSON and formulas are no tags and no faults."""
    assert [(tag.text) for tag in scan(text)[0]] == []
    assert scan(text)[1] == []


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("见 {{ 名称 } 。", "{{ 名称 }"),
        ("见 { 名称 }} 。", "{ 名称 }}"),
        ("{{ 名称 %}", "{{ 名称 %}"),
        ("{% if x", "{% if"),
        ("{%p endfor }", "{%p endfor"),
    ],
)
def test_unfinished_tag_is_told(text: str, broken: str) -> None:
    """What a person meant as a tag is not left in the document in silence."""
    tags, found = scan(text)
    assert tags == []
    assert [one.text for one in found] == [broken]


def test_apostrophe_does_not_begin_a_literal() -> None:
    """A tag with a stray apostrophe ends where it ends, so that its fault names it alone."""
    assert [tag.text for tag in scan("{{ a’s }} and {{ b’s }}")[0]] == ["{{ a’s }}", "{{ b’s }}"]


def test_opening_before_the_close_leaves_the_first_as_text() -> None:
    """Of ``{{ a {{ b }}`` only the second is a tag."""
    assert bodies("{{ a {{ b }}") == ["b"]


def test_offsets_are_those_of_the_text() -> None:
    """The engines cut the text at the tag's ends."""
    text = "研发{{ a }}部{% if b %}"
    assert [text[tag.start : tag.end] for tag in scan(text)[0]] == ["{{ a }}", "{% if b %}"]


def test_join_marks_are_seen() -> None:
    """``{%-`` and ``-%}`` are told apart."""
    tags, _ = scan("{%- if a %}{% else -%}{% endif %}")
    assert [(tag.join_left, tag.join_right) for tag in tags] == [
        (True, False),
        (False, True),
        (False, False),
    ]


def test_raw_text_holds_no_tags() -> None:
    """Between ``raw`` and ``endraw`` nothing is a tag, nor a broken one."""
    tags, broken = scan("{% raw %}{{ x }} {{ y }{% endraw %}{{ z }}")
    assert [tag.body for tag in tags] == ["raw", "endraw", "z"]
    assert broken == []


def test_raw_goes_on_into_the_next_text() -> None:
    """A raw block may run over paragraphs."""
    first, _ = scan("{% raw %}{{ x }}")
    assert ends_raw(first)
    assert scan("{{ y }}", raw=True) == ([], [])
    last, _ = scan("{{ y }}{% endraw %}{{ z }}", raw=True)
    assert [tag.body for tag in last] == ["endraw", "z"]
    assert not ends_raw(last, raw=True)


def test_escapes_are_undone() -> None:
    """Delimiters can be written as text, as in docxtpl."""
    assert unescape("{_{ x }_} {_% if %_}") == "{{ x }} {% if %}"


@given(st.text(st.sampled_from("{}%#｛｝％'\"“”‘’（() ax|\n\\"), max_size=60))
def test_any_text_is_scanned_and_tags_do_not_overlap(text: str) -> None:
    """Scanning ends, never fails, and gives tags in order, each as it stands in the text."""
    tags, broken = scan(text)
    ends = [0, *(offset for tag in tags for offset in (tag.start, tag.end))]
    assert ends == sorted(ends)
    assert all(text[tag.start : tag.end] == tag.text for tag in tags)
    assert all(text[one.start : one.end] == one.text for one in broken)
    assert may_hold_tag(text) or not tags


@pytest.mark.parametrize("piece", ["{{", "{{'", "{{(", "{%", "{#", "{{ “", "{{ {", "{"])
def test_many_openings_that_never_close_are_scanned_in_linear_time(piece: str) -> None:
    """A hostile text of a hundred thousand openings takes no longer than reading it."""
    assert scan(piece * 30_000)[0] == []
