"""Tags are found in the text as a reader sees it, however Word has cut it."""

# ruff: noqa: E501 - a case stands on a line

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govdocs.template import Template
from tests.support.notation import write_xml
from tests.support.word import fill_body, fill_package, part_of, read_body, word_package


@pytest.mark.parametrize(
    ("body", "filled"),
    [
        ('p"{{ x }}"', 'p"1"'),
        ('p(r"{{ ", r"x }}")', 'p"1"'),
        ('p(r"{", r"{", r" x }", r"}")', 'p"1"'),
        ('p(r"a{", b r"{ x }", i r"}b")', 'p(r"a1", i r"b")'),
        ('p(b r"{{", r" x }}")', 'p(b r"1")'),
        ('p(r"{{ ", proofErr[type=spellStart], r"x", proofErr[type=spellEnd], r" }}")', 'p"1"'),
        ('p(r"{{ x ", r"}}{{ y", r" }}")', 'p(r"1", r"2")'),
        ('p"{{x}}{{y}}{{x}}"', 'p"121"'),
        (r'p"{{\tx\n}}"', 'p"1"'),
        ('p(sdt(r"{{ x"), r" }}")', 'p(sdt(r"1"))'),
        ('p(r"{{ x", sdt(r" }} b"))', 'p(r"1", sdt(r" b"))'),
        ('p(r"A {{ ", hyperlink(r"x }} B")), p"C"', 'p(r"A 1", hyperlink(r" B")), p"C"'),
        ('p(r"{{ ", ins[id=7](r"x }}"), r"b")', 'p(r"1", ins[id=7], r"b")'),
        ('p(r"{{ ", smartTag[element=x](r"x"), r" }}b")', 'p(r"1", smartTag[element=x], r"b")'),
        ('p(r"{{ ", fldSimple[instr=PAGE](r"x }}b"))', 'p(r"1", fldSimple[instr=PAGE](r"b"))'),
        (
            'p(r"{{", bookmarkStart[id=1 name=m], r" x", bookmarkEnd[id=1], r" }}")',
            'p(r"1", bookmarkStart[id=1 name=m], bookmarkEnd[id=1])',
        ),
        (
            'p(r"底价", del[id=5](r(delText)), r"{{ x }}")',
            'p(r"底价", del[id=5](r(delText)), r"1")',
        ),
        ('sdt(p"{{ x }}"), sdt(sdt(p"{{ y }}"))', 'sdt(p"1"), sdt(sdt(p"2"))'),
        ('p(r"{{ ", r(lastRenderedPageBreak), r"x }}")', 'p(r"1", r(lastRenderedPageBreak))'),
    ],
)
def test_tag_is_one_however_it_is_cut(body: str, filled: str) -> None:
    """Runs, proof marks, bookmarks, links, insertions, controls and fields may cut a tag."""
    assert fill_body(body, {"x": 1, "y": 2}) == filled


@settings(deadline=None)
@given(st.data())
def test_tag_cut_at_random_gives_the_same_as_uncut(data: st.DataObject) -> None:
    """A law: cuts never change the text; the format is that of the tag's first character."""
    text = "共{{ 单位.名称 }}，{% if a %}{{ x|upper }}件{% endif %}。"
    cuts = sorted(data.draw(st.sets(st.integers(1, len(text) - 1), max_size=8)))
    noise = (
        "",
        ", proofErr[type=gramStart]",
        ", bookmarkStart[id={0} name=m{0}], bookmarkEnd[id={0}]",
    )
    items = []
    for number, (start, end) in enumerate(zip([0, *cuts], [*cuts, len(text)], strict=True)):
        between = data.draw(st.sampled_from(noise)).format(number)
        items.append(f'r"{text[start:end]}"{between}')
    values = {"单位": {"名称": "贺兰"}, "a": data.draw(st.booleans()), "x": "b"}
    body = part_of(fill_package(f"p({', '.join(items)})", values)).find("{*}body")
    assert body is not None
    printed = "".join(str(one) for one in body.itertext())
    assert printed == f"共贺兰，{'B件' if values['a'] else ''}。"


@pytest.mark.parametrize(
    ("body", "filled"),
    [
        ('p"{_{ x }_}"', 'p"{{ x }}"'),
        ('p"{_% if %_} {{ x }}"', 'p"{% if %} 1"'),
        ('p(r"{_", r"{ x }_", r"}")', 'p(r"{{", r" x }}")'),
        ('p"{% raw %}{{ x }}{% endraw %}{{ x }}"', 'p"{{ x }}1"'),
        ('p"{% raw %}", p"{{ x }", p"{% endraw %}", p"{{ x }}"', 'p"{{ x }", p"1"'),
        ("p\"{{ '{{ x }}' }}\"", 'p"{{ x }}"'),
    ],
)
def test_tags_can_be_written_as_text(body: str, filled: str) -> None:
    """Escapes, raw blocks and literals leave the delimiters in the document."""
    assert fill_body(body, {"x": 1}) == filled


@pytest.mark.parametrize(
    "body",
    ['p"{", p"}", p"}"', 'tbl(tr("100%", "} b"))', 'p"{{", p"}}"', 'p"a {% b", p"# {# c"'],
)
def test_braces_in_prose_stay(body: str) -> None:
    """What is no tag is text, over the ends of paragraphs and cells too."""
    assert fill_body(body + ', p"{{ x }}"', {"x": 1}) == body + ', p"1"'


def test_tag_in_a_deletion_is_left_as_it_was_deleted() -> None:
    """History is not filled: what was deleted was the tag."""
    deleted = "<w:del w:id='1'><w:r><w:delText>{{ x }} {{ broken }</w:delText></w:r></w:del>"
    body = f"<w:p>{deleted}<w:r><w:t>{{{{ x }}}}</w:t></w:r></w:p>"
    document = part_of(fill_package(body, {"x": "底价100万"}))
    assert [one.text for one in document.iter("{*}delText")] == ["{{ x }} {{ broken }"]
    assert [one.text for one in document.iter("{*}t")] == ["底价100万"]


def test_text_moved_away_is_left_and_text_moved_here_is_filled() -> None:
    """Of a tracked move the destination counts."""
    run = "<w:r><w:t>{{ x }}</w:t></w:r>"
    body = f"<w:p><w:moveFrom w:id='1'>{run}</w:moveFrom><w:moveTo w:id='2'>{run}</w:moveTo></w:p>"
    assert [one.text for one in part_of(fill_package(body, {"x": 1})).iter("{*}t")] == [
        "{{ x }}",
        "1",
    ]


def test_characters_that_anchors_are_made_of_may_stand_in_a_document() -> None:
    """They are no text that anyone writes, but XML holds them."""
    body = 'p"\ufdd0\ufdd1{{ x }}\ufdd01\ufdd1"'
    assert fill_body(body, {"x": "\ufdd0y\ufdd1"}) == 'p"\ufdd0\ufdd1\ufdd0y\ufdd1\ufdd01\ufdd1"'


def test_field_codes_are_filled_and_quotes_in_them_escaped() -> None:
    """A value stays inside the argument that it was written into."""
    field = write_xml(
        'p(r(fldChar[fldCharType=begin]), r(instrText), r(fldChar[fldCharType=separate]), r"link", '
        "r(fldChar[fldCharType=end]))"
    ).replace("<w:instrText>", '<w:instrText> HYPERLINK "{{ url }}" ')
    document = part_of(fill_package(field, {"url": 'a"b\\c\n'}))
    assert [one.text for one in document.iter("{*}instrText")] == [' HYPERLINK "a\\"b\\\\c " ']


def test_attributes_are_filled_and_escaped() -> None:
    """Alt texts, titles, tooltips."""
    body = '<w:p><w:hyperlink w:anchor="a" w:tooltip="{{ x }}"><w:r><w:t>b</w:t></w:r></w:hyperlink></w:p>'
    document = part_of(fill_package(body, {"x": 'A&"B"<C>\n\t\''}))
    [link] = document.iter("{*}hyperlink")
    assert [v for k, v in link.attrib.items() if str(k).endswith("tooltip")] == ['A&"B"<C>\n\t\'']


def test_formula_is_filled() -> None:
    """Braces typed into an equation are a tag too."""
    formula = "<m:oMath><m:r><m:t>y={{ </m:t></m:r><m:r><m:t>x }}+1</m:t></m:r></m:oMath>"
    document = part_of(fill_package(f"<w:p>{formula}</w:p>", {"x": "2\n3"}))
    math = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
    assert "".join(one.text or "" for one in document.iter(math)) == "y=2 3+1"


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("共 {{ total 件", "{{ total 件"),
        ("｛｛ 单位.名称", "｛｛ 单位.名称"),
        ("{{ a 和 {{ b }}", "{{ a 和"),
    ],
)
def test_tag_that_never_closes_stays_as_text_and_is_noted(text: str, tag: str) -> None:
    """It may be prose, so filling goes on; the template and the document say so, with the place."""
    template = Template(word_package(f'p"{text}", p"{{{{ x }}}}"'))
    document = template.fill({"x": 1, "b": 2})
    assert read_body(bytes(document)) == f'p"{text.replace("{{ b }}", "2")}", p"1"'
    assert [(one.code, one.severity, one.place.tag) for one in document.notes] == [
        ("template.unclosed_tag", "note", tag)
    ]
    assert template.notes == document.notes
    assert document.notes[0].message("en") == (
        f'[template.unclosed_tag] "{tag}" looks like a tag that never closes; it stays as text\n'
        f"  where: body (word/document.xml) > paragraph 1 > {tag}\n"
        "  mend: close it with }}; if it is meant as text there is nothing to do, or write {_{."
    )


@pytest.mark.parametrize("text", ["{{", "{{ 1", '{{"a": 1}', "{_{ a", "{% raw %}{{ a{% endraw %}"])
def test_braces_that_ask_for_no_name_are_not_noted(text: str) -> None:
    """Prose, JSON, what is written as text."""
    assert not Template(word_package(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")).notes
