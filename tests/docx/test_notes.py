"""Notes whose marks stand in a loop are printed once for each copy, with the loop's values."""

# ruff: noqa: E501 - markup stands on a line

import pytest

from govdocs.errors import DataError
from govdocs.template import Template
from tests.support.notation import NAMESPACES
from tests.support.word import fill_package, part_of, word_package

ID = f"{{{NAMESPACES['w']}}}id"
SEPARATORS = '<w:footnote w:id="-1"><w:p/></w:footnote>'


def note(kind: str, number: int, text: str) -> str:
    """Write a note with one paragraph."""
    return f'<w:{kind} w:id="{number}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:{kind}>'


def loop(*inner: str, head: str = "for x in xs") -> str:
    """Write paragraphs between the tags of a loop."""
    p = "<w:p><w:r><w:t>{{% {} %}}</w:t></w:r></w:p>"
    return p.format(head) + "".join(f"<w:p>{one}</w:p>" for one in inner) + p.format("endfor")


def read_notes(document: object, kind: str) -> list[tuple[str, str]]:
    """Read id and text of the notes of a kind."""
    root = part_of(document, f"word/{kind}s.xml")  # type: ignore[arg-type]
    return [
        (str(one.get(ID)), "".join(map(str, one.itertext("{*}t"))))
        for one in root.iter(f"{{*}}{kind}")
    ]


@pytest.mark.parametrize("kind", ["footnote", "endnote", "comment"])
def test_note_in_a_loop_has_a_copy_for_each_pass(kind: str) -> None:
    """Each mark leads to a note of its own, which knows the loop's names."""
    mark = f'<w:r><w:t>{{{{ x.a }}}}</w:t></w:r><w:r><w:{kind}Reference w:id="2"/></w:r>'
    notes = (
        note(kind, 1, "static {{ y }}") + note(kind, 2, "note {{ x.b }}") + note(kind, 3, "last")
    )
    data = {"xs": [{"a": 1, "b": "R&D"}, {"a": 2, "b": 5}, {"a": 3, "b": 6}], "y": "Y"}
    body = loop(mark) + f'<w:p><w:r><w:{kind}Reference w:id="3"/></w:r></w:p>'
    document = fill_package(body, data, **{f"{kind}s": notes})
    assert [one.get(ID) for one in part_of(document).iter(f"{{*}}{kind}Reference")] == [
        "2",
        "4",
        "5",
        "3",
    ]
    assert read_notes(document, kind) == [
        ("1", "static Y"),
        ("2", "note R&D"),
        ("4", "note 5"),
        ("5", "note 6"),
        ("3", "last"),
    ]


def test_note_without_tags_is_copied_too() -> None:
    """Two marks must not lead to one note."""
    body = loop('<w:r><w:footnoteReference w:id="1"/></w:r>')
    document = fill_package(
        body, {"xs": [1, 2]}, footnotes=SEPARATORS + note("footnote", 1, "static")
    )
    assert read_notes(document, "footnote") == [("-1", ""), ("1", "static"), ("2", "static")]


def test_note_of_a_loop_without_passes_goes() -> None:
    """Nothing marks it, and its tags have nothing to say."""
    body = loop('<w:r><w:footnoteReference w:id="1"/></w:r>')
    document = fill_package(
        body, {"xs": []}, footnotes=SEPARATORS + note("footnote", 1, "{{ x.b }}")
    )
    assert read_notes(document, "footnote") == [("-1", "")]


def test_blocks_and_paragraphs_inside_of_a_note() -> None:
    """A note in a loop is a small document of its own."""
    body = loop('<w:r><w:footnoteReference w:id="1"/></w:r>')
    p = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    inner = "".join(map(p.format, ["{% if x > 1 %}", "big {{ x }}", "{% endif %}"]))
    document = fill_package(
        body, {"xs": [1, 2]}, footnotes=f'<w:footnote w:id="1">{inner}</w:footnote>'
    )
    assert read_notes(document, "footnote") == [("1", ""), ("2", "big 2")]


def test_comment_in_a_loop_keeps_its_range() -> None:
    """Start, end and mark of each copy name the same comment."""
    ranged = '<w:commentRangeStart w:id="0"/><w:r><w:t>{{ x }}</w:t></w:r><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    document = fill_package(
        loop(ranged), {"xs": [1, 2]}, comments=note("comment", 0, "why {{ x }}?")
    )
    root = part_of(document)
    ids = [
        [one.get(ID) for one in root.iter(f"{{*}}comment{name}")]
        for name in ("RangeStart", "RangeEnd", "Reference")
    ]
    assert ids == [["0", "1"]] * 3
    assert read_notes(document, "comment") == [("0", "why 1?"), ("1", "why 2?")]


def test_missing_value_in_a_note_of_a_loop_names_the_note() -> None:
    """The place is where the tag was typed."""
    body = loop('<w:r><w:footnoteReference w:id="1"/></w:r>')
    with pytest.raises(DataError) as caught:
        fill_package(body, {"xs": [{}]}, footnotes=note("footnote", 1, "{{ x.b }}"))
    assert (
        caught.value.message("zh")
        == """\
[data.missing] 数据中没有“xs[].b”
  位置：脚注1 第1段 > {{ x.b }} (xs[].b)
  改法：请在数据中补上；草稿可用 --missing mark。"""
    )


def test_notes_outside_of_loops_are_filled_where_they_are() -> None:
    """Their part is compiled by itself."""
    body = '<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>' + loop(
        "<w:r><w:t>{{ x }}</w:t></w:r>"
    )
    document = fill_package(body, {"xs": [1], "y": 2}, footnotes=note("footnote", 1, "{{ y }}"))
    assert read_notes(document, "footnote") == [("1", "2")]


def test_prefix_that_the_notes_part_does_not_declare_is_declared() -> None:
    """A note travels through the main document and back."""
    template = word_package(
        loop('<w:r><w:footnoteReference w:id="1"/></w:r>'), footnotes=note("footnote", 1, "{{ x }}")
    )
    from tests.support.packages import read_parts, replace_parts

    part = read_parts(template)["word/footnotes.xml"].decode()
    renamed = (
        part.replace("<w:", "<z:")
        .replace("</w:", "</z:")
        .replace(" w:", " z:")
        .replace("xmlns:w=", "xmlns:z=")
    )
    document = Template(replace_parts(template, {"word/footnotes.xml": renamed})).fill(
        {"xs": [1, 2]}
    )
    assert read_notes(document, "footnote") == [("1", "1"), ("2", "2")]
